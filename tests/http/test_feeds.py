"""The Atom feed of the log of changes."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest

from claims.models import Change
from conflict_site.models import Site
from tests.factories import a_claim, a_position, an_actor, an_event

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
DIGEST = "54267de91ed491dc"  # of the note
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def logged(thing, kind="publication", note="", at=NOON, **given):
    return Change.objects.record(thing, kind, public_note=note, at=at, **given)


def lavrov(content="talks should resume", **given):
    return a_claim(content, speaker=an_actor("Sergei Lavrov"), **given)


def feed(client, address="/changes.atom"):
    return ElementTree.fromstring(client.get(address).content)


def texts(element, *names):
    return [element.findtext(f"{ATOM}{name}") for name in names]


def titles(found):
    return [entry.findtext(f"{ATOM}title") for entry in found.iter(f"{ATOM}entry")]


def links(element):
    return {link.get("rel"): link.get("href") for link in element.findall(f"{ATOM}link")}


def test_an_entry_carries_kind_attribution_and_a_lasting_id(client):
    logged(lavrov(slug="lavrov-1"), "correction", "We had misread the verb.")
    (entry,) = feed(client).iter(f"{ATOM}entry")
    assert texts(entry, "title", "id", "updated", "published") == [
        "[Corrected] Sergei Lavrov said that talks should resume.",
        "tag:testserver,2026:changes/20260301T120000.000000Z/correction/claim/lavrov-1/" + DIGEST,
        "2026-03-01T12:00:00+00:00",
        "2026-03-01T12:00:00+00:00",
    ]
    assert links(entry) == {"alternate": "http://testserver/claims/lavrov-1/"}
    assert entry.find(f"{ATOM}category").get("term") == "correction"
    assert "We had misread the verb." in entry.findtext(f"{ATOM}summary")


def test_the_feed_names_itself_its_page_and_its_last_change(client):
    Site.objects.create(pk=1, title="Record")
    logged(a_claim())
    logged(a_claim(), at=NOON + timedelta(hours=1))
    found = feed(client, "/changes.atom?kind=publication")
    assert texts(found, "title", "updated") == ["Record: corrections and changes", "2026-03-01T13:00:00+00:00"]
    assert found.findtext(f"{ATOM}author/{ATOM}name") == "Record"
    assert links(found) == {
        "alternate": "http://testserver/changes/?kind=publication",
        "self": "http://testserver/changes.atom?kind=publication",
    }


def test_two_changes_of_one_thing_on_one_day_have_two_ids(client):
    claim = a_claim()
    logged(claim)
    logged(claim, "correction", "A date.")
    assert len({entry.findtext(f"{ATOM}id") for entry in feed(client).iter(f"{ATOM}entry")}) == 2


def test_a_summary_holds_the_words_before_and_after(client):
    event = an_event("Talks in Istanbul")
    logged(event, "clarification", "Where.", before={"title": "Talks"}, after={"title": event.title})
    summary = next(feed(client).iter(f"{ATOM}summary"))
    assert summary.get("type") == "html"
    assert '<ins><span class="sr">[added: </span> in Istanbul' in summary.text


def test_edits_are_left_out_unless_asked_for(client):
    logged(lavrov(), "edit", "Another spelling.")
    assert titles(feed(client)) == []
    assert titles(feed(client, "/changes.atom?kind=edit")) == ["[Edited] Sergei Lavrov said that talks should resume."]


def test_it_is_filtered_by_kind_as_the_page_is(client):
    logged(a_claim())
    logged(lavrov(), "correction", "A date.")
    assert titles(feed(client, "/changes.atom?kind=correction")) == [
        "[Corrected] Sergei Lavrov said that talks should resume."
    ]


def test_a_load_is_one_entry_and_pushes_no_correction_out(client):
    logged(lavrov(), "correction", "A date.", at=NOON - timedelta(hours=1))
    for _ in range(60):
        logged(a_claim(), note="Loaded from the data package.")
    assert titles(feed(client)) == [
        "[New] 60 claims published",
        "[Corrected] Sergei Lavrov said that talks should resume.",
    ]


def test_it_holds_the_newest_50_entries(client):
    for hour in range(51):
        logged(a_claim(), at=NOON - timedelta(hours=hour))
    assert len(titles(feed(client))) == 50


def test_what_was_withdrawn_is_named_by_its_id_alone(client):
    claim = lavrov(slug="gone")
    position = a_position(claim.speaker, shown_by=[claim], slug="held")
    position.withdraw(note="It does not follow.")
    claim.withdraw(note="Not said.")
    found = list(feed(client).iter(f"{ATOM}entry"))
    titles = [entry.findtext(f"{ATOM}title") for entry in found]
    assert titles == ["[Withdrawn] claim gone", "[Withdrawn] position held"]
    assert links(found[0])["alternate"] == "http://testserver/claims/gone/"
    assert links(found[1])["alternate"].startswith("http://testserver/changes/?kind=withdrawal&at=")


@pytest.mark.parametrize("nasty", ["<script>alert(1)</script>", "]]>&amp;\x0b\x1b\ufffe", "a ‮ b", "É 漢 🙂"])
def test_it_is_well_formed_and_harmless_whatever_a_note_holds(client, nasty):
    logged(lavrov(nasty), "correction", nasty)
    (entry,) = feed(client).iter(f"{ATOM}entry")
    assert "<script>" not in entry.findtext(f"{ATOM}summary")


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_the_same_queries_however_much_has_changed(client, number, django_assert_num_queries):
    for index in range(number):
        logged(lavrov(), "correction", "A date.", at=NOON + timedelta(hours=index))
    with django_assert_num_queries(12):
        client.get("/changes.atom")


@pytest.mark.parametrize(
    "query", ["kind=lost", "kind=edit&kind=correction", "page=2", "after=%00", "at=" + "9" * 60_000, "%E2%80%AE=1"]
)
def test_it_refuses_a_bad_parameter(client, query):
    logged(lavrov())
    response = client.get(f"/changes.atom?{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert "Lavrov" not in response.text


def test_it_lets_tracking_parameters_pass(client):
    logged(a_claim())
    assert len(titles(feed(client, "/changes.atom?utm_source=x&fbclid=y"))) == 1


def test_an_empty_feed_is_well_formed(client):
    assert titles(feed(client)) == []


def test_an_unchanged_feed_is_not_sent_twice(client):
    logged(a_claim())
    first = client.get("/changes.atom")
    assert first["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert first["Last-Modified"] == "Sun, 01 Mar 2026 12:00:00 GMT"
    assert client.get("/changes.atom", headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get("/changes.atom", headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    logged(a_claim(), at=NOON + timedelta(hours=1))
    assert client.get("/changes.atom", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_every_page_says_where_the_feed_is_and_links_to_the_log(client):
    page = client.get("/about/").text
    assert 'type="application/atom+xml"' in page
    assert 'href="/changes.atom"' in page
    assert '<a href="/changes/">Corrections</a>' in page
