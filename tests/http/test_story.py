"""How one actor moved on one issue, as a page, JSON, CSV, a feed and a picture."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET

import pytest

from claims.models import OldSlug, PositionEvidence
from tests.factories import a_claim, a_draft, a_position, a_source, a_stance, a_step, an_actor, an_issue

pytestmark = pytest.mark.django_db

ADDRESS = "/issues/talks/ada"
ENDINGS = ["/", ".json", ".csv", ".atom", ".svg"]
WITH_DAYS = [".json", ".csv", ".atom"]
ATOM, SVG = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/2000/svg}"
NASTY = ["\x00", "\u202eabc", "' OR 1=1 --", "<script>alert(1)</script>", "9" * 5_000, "-1", "2023-02-30", "я" * 6_000]


@pytest.fixture
def ada():
    return an_actor("Ada Abel", slug="ada")


@pytest.fixture
def talks():
    return an_issue("Talks", slug="talks", question="Should there be talks?")


@pytest.fixture
def moved(ada, talks):
    """Ada was ready to talk, and said so once more; then she refused, as a wire reported; nothing is coded since."""
    ready, refuses = a_stance(talks, "Ready"), a_stance(talks, "Refuses")
    paper = a_source(publisher=an_actor("Gazette", kind="media"), slug="paper")
    first = claim(ada, talks, "talks should begin", "2022-02-17", slug="one", exact="let us begin to talk")
    again = claim(ada, talks, "talks should go on", "2022-03-17", slug="two")
    last = claim(ada, talks, "talks are over", "2024~", slug="three", form="paraphrase", source=paper)
    a_step(last, an_actor("Bo Brook"))
    a_position(ada, ready, shown_by=[first, again], slug="ada-ready")
    position = a_position(ada, refuses, shown_by=[last], slug="ada-refuses")
    but = claim(ada, talks, "talks may resume", "2024-06-01", slug="four")
    PositionEvidence.objects.create(position=position, claim=but, role="qualifies")
    claim(ada, talks, "the weather is fine", "2025-01-01", slug="five")


def claim(actor, issue, content, day, **given):
    return a_claim(content, speaker=actor, said_edtf=day, issues=[issue], **given)


def plain(text):
    """The running text of a page."""
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def get(client, ending="/", query=""):
    return client.get(f"{ADDRESS}{ending}{query}")


def test_it_says_in_a_neutral_sentence_what_is_on_file(client, moved):
    page = get(client).text
    assert "<h1>Ada Abel on “Talks”</h1>" in page
    assert "5 statements on file, Feb 2022 – Jan 2025; 3 show 2 stances, in 2 turns." in page


def test_each_turn_has_its_words_day_voices_wording_and_the_way_to_its_passage(client, moved):
    page = get(client).text
    turns = page[page.index('<ol class="turns list">') :]
    _, first, second = turns.split('<li class="turn" id="turn-')
    assert '<time datetime="2022-02-17">17 Feb 2022</time>' in first
    assert "let us begin to talk</blockquote>" in first
    assert '<a href="/claims/one/" aria-label="Ada Abel said that talks should begin."> said that' in first
    assert "Verbatim" in first
    assert "Ready" in first
    assert "1 more statement, Mar 2022: 1 of the same stance" in first
    assert "Nothing on file from 17 March 2022 to 1 January 2024, 21 months." in first
    assert "c. 2024, day not stated" in second
    assert "changes at some time between 17 March 2022 and 31 December 2024; the exact days are not stated." in second
    assert (
        'Reported in <a href="/sources/paper/?claim=three#claim-three">Gazette, transcript</a>, paragraph 1, '
        "citing Bo Brook" in second
    )
    assert "Paraphrase" in second
    assert "Qualifies it (the stance)" in second
    assert "1 more statement, Jan 2025: 1 with no stance recorded" in second


def test_shared_links_and_machines_are_told_what_it_is(client, moved):
    page = get(client).text
    assert '<link rel="canonical" href="http://testserver/issues/talks/ada/">' in page
    assert '<meta property="og:image" content="http://testserver/issues/talks/ada.png">' in page
    assert (
        '<link rel="alternate" type="application/atom+xml" title="Ada Abel: Talks" href="/issues/talks/ada.atom">'
        in page
    )
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page).group(1))
    assert (data["@type"], data["url"]) == ("ItemList", "http://testserver/issues/talks/ada/")
    assert [(each["position"], each["item"]["name"]) for each in data["itemListElement"]] == [
        (1, "Ada Abel said that talks should begin."),
        (2, "Gazette, citing Bo Brook, states that Ada Abel said that talks are over."),
    ]


def test_the_json_holds_the_turns_and_all_statements(client, moved):
    record = get(client, ".json").json()
    assert record["claims"] == {"count": 5, "first": "2022-02-17", "last": "2025-01-01"}
    first, _ = record["turns"]
    assert (first["number"], first["stance"], first["quote"]) == (1, "Ready", "let us begin to talk")
    assert record["turns"][0]["change"] is None
    assert record["turns"][1]["change"]["kind"] == "change"
    assert record["turns"][1]["passage_url"] == "http://testserver/sources/paper/?claim=three#claim-three"
    assert [(each["id"], each["how"]) for each in record["turns"][1]["bearing"]] == [
        ("four", "Qualifies it (the stance)")
    ]
    assert record["gaps"] == [{"from": "2022-03-17", "to": "2024-01-01"}]
    assert [(each["id"], each["turn"], each["role"], each["stance"]) for each in record["statements"]] == [
        ("one", 1, "shows", "Ready"),
        ("two", 1, "shows", "Ready"),
        ("three", 2, "shows", "Refuses"),
        ("four", 2, "qualifies", "Refuses"),
        ("five", 2, None, None),
    ]


def test_the_csv_has_a_row_for_each_statement(client, moved):
    response = get(client, ".csv")
    assert response["Content-Disposition"] == 'attachment; filename="issue-talks-ada.csv"'
    rows = list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"), newline="")))
    assert [(row["turn"], row["stance"], row["role"], row["said"], row["actor_id"]) for row in rows] == [
        ("1", "Ready", "shows", "2022-02-17", "ada"),
        ("1", "Ready", "shows", "2022-03-17", "ada"),
        ("2", "Refuses", "shows", "2024~", "ada"),
        ("2", "Refuses", "qualifies", "2024-06-01", "ada"),
        ("2", "", "on_file", "2025-01-01", "ada"),
    ]


def test_the_feed_names_the_stance_of_each_statement(client, moved):
    root = ET.fromstring(get(client, ".atom").content)
    assert root.findtext(f"{ATOM}title") == "Attributed: Ada Abel: Talks"
    titles = {
        node.findtext(f"{ATOM}id").rpartition("/")[2]: node.findtext(f"{ATOM}title")
        for node in root.iter(f"{ATOM}entry")
    }
    assert titles == {
        "one": "[Turn 1: Ready] Ada Abel said that talks should begin.",
        "two": "[Ready] Ada Abel said that talks should go on.",
        "three": "[Turn 2: Refuses] Gazette, citing Bo Brook, states that Ada Abel said that talks are over.",
        "four": "[Qualifies it: Refuses] Ada Abel said that talks may resume.",
        "five": "Ada Abel said that the weather is fine.",
    }


def test_the_picture_says_what_is_on_file(client, moved):
    words = " ".join(node.text for node in ET.fromstring(get(client, ".svg").content).iter(f"{SVG}text"))
    assert words.startswith(
        "Ada Abel on the issue “Talks”: 5 statements on file, Feb 2022 – Jan 2025; 3 show 2 stances"
    )
    assert "Should there be talks?" in words


def test_pages_of_its_claims_its_actor_and_its_issue_lead_to_it(client, moved, ada):
    a_claim(speaker=an_actor("Cy", slug="cy"))
    for address in ("/claims/one/", "/claims/five/", "/actors/ada/", "/issues/talks/", "/compare/ada/cy/"):
        page = client.get(address).text
        assert 'href="/issues/talks/ada/"' in page, address


def test_a_claim_s_page_has_what_was_said_before_and_after_with_both_stances(client, moved):
    text = plain(client.get("/claims/three/").text)
    near = text[text.index("Before and after it on the issue") : text.index("Related claims")]
    assert "Before Ada Abel said that talks should go on. 17 Mar 2022 · Ready This one c. 2024 · Refuses" in near
    assert "Next Ada Abel said that talks may resume. 1 Jun 2024 · Qualifies it: Refuses" in near


@pytest.mark.parametrize("ending", ENDINGS)
def test_it_shows_neither_drafts_nor_what_was_withdrawn(client, moved, ada, talks, ending):
    stance = talks.stances.first()
    a_position(ada, stance, shown_by=[a_draft("secret plans", speaker=ada, issues=[talks], said_edtf="2023")])
    a_position(ada, stance, shown_by=[claim(ada, talks, "open words", "2023")], state="draft", summary="hidden summary")
    gone = claim(ada, talks, "withdrawn words", "2023")
    a_position(ada, stance, shown_by=[gone])
    gone.withdraw(note="not said")
    text = get(client, ending).getvalue().decode()
    for words in ("secret plans", "hidden summary", "withdrawn words"):
        assert words not in text


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_story_of_which_nothing_is_public_is_not_found(client, ada, talks, ending):
    a_draft(speaker=ada, issues=[talks])
    a_claim(issues=[talks], addressees=[ada])
    OldSlug.keep(ada, "old-ada")
    for pair in ("talks/ada", "talks/old-ada", "talks/nobody", "nothing/ada", "talks/" + "x" * 5_000):
        assert client.get(f"/issues/{pair}{ending}").status_code == 404, pair


@pytest.mark.parametrize("ending", ENDINGS)
def test_old_addresses_lead_to_the_new_one_for_ever(client, moved, ada, talks, ending):
    OldSlug.keep(ada, "old-ada")
    OldSlug.keep(talks, "old-talks")
    for old in ("old-talks/ada", "talks/old-ada", "old-talks/old-ada"):
        answer = client.get(f"/issues/{old}{ending}")
        assert (answer.status_code, answer["Location"]) == (301, f"{ADDRESS}{ending}")


def test_as_of_a_day_it_ends_there_and_says_so(client, moved):
    page = get(client, query="?as_of=2022").text
    assert "As of the end of 2022" in page
    assert "2 statements on file, Feb – Mar 2022; 2 show 1 stance." in page
    assert "talks are over" not in page
    assert "http://testserver/issues/talks/ada/?as_of=2022" in page
    assert get(client, ".json", "?as_of=2022").json()["as_of"] == "2022-12-31"


def test_before_anything_was_said_or_known_nothing_is_on_file(client, moved):
    for query in ("?as_of=1999", "?known_by=2001"):
        assert "Nothing on file of this actor on this issue" in get(client, query=query).text
        assert get(client, ".json", query).json()["turns"] == []
        assert get(client, ".csv", query).getvalue().count(b"\n") == 1
        assert b"<entry>" not in get(client, ".atom", query).content


@pytest.mark.parametrize("parameter", ["as_of", "known_by", "page", ""])
def test_no_parameter_makes_it_fail(client, moved, parameter):
    for value in NASTY:
        sent = {parameter: value}
        page = client.get(f"{ADDRESS}/", sent)
        assert (page.status_code, 'class="error"' in page.text) == (200, True), value
        assert "<script>alert" not in page.text
        assert "talks should begin" not in page.text
        for ending in [*WITH_DAYS, ".svg"]:
            assert client.get(ADDRESS + ending, sent).status_code == 400, (value, ending)


def test_hostile_words_are_nowhere_but_escaped(client):
    bad = "</script><b>&\"'\x0b]]>"
    ada, talks = an_actor(bad, slug="ada"), an_issue(bad, slug="talks", question=bad)
    a_position(ada, a_stance(talks, bad), shown_by=[claim(ada, talks, bad, "2024", exact=bad)])
    claim(ada, talks, bad, "2023")
    for ending in ENDINGS:
        answer = get(client, ending)
        assert answer.status_code == 200, ending
        if ending in ("/", ".svg"):
            assert "<b>&" not in answer.text
    ET.fromstring(get(client, ".atom").content)
    ET.fromstring(get(client, ".svg").content)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("ending", "queries"), [("/", 11), (".json", 10), (".csv", 10), (".atom", 12), (".svg", 5)])
def test_it_takes_the_same_queries_however_much_is_on_file(
    client, ada, talks, number, ending, queries, django_assert_num_queries
):
    ready, refuses = a_stance(talks, "Ready"), a_stance(talks, "Refuses")
    for year in range(2020, 2020 + number):
        a_position(
            ada, ready, shown_by=[claim(ada, talks, "", f"{year}-01-01"), claim(ada, talks, "", f"{year}-02-01")]
        )
        a_position(ada, refuses, shown_by=[claim(ada, talks, "", f"{year}-06-01")])
        claim(ada, talks, "", f"{year}-07-01")
    get(client, ending)
    with django_assert_num_queries(queries):
        get(client, ending).getvalue()


def test_the_sitemap_lists_the_stories_that_are_told(client, moved, ada, talks):
    a_draft(speaker=an_actor(slug="hidden"), issues=[talks])
    text = client.get("/sitemap-stories.xml").text
    assert re.findall("<loc>(.*?)</loc>", text) == ["http://testserver/issues/talks/ada/"]
