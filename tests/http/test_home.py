"""The pages that belong to no app."""

import re
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from claims.models import Change, Claim, Source
from conflict_site import sitemaps
from conflict_site.models import Site
from tests.factories import (
    a_claim,
    a_draft,
    a_position,
    a_snapshot,
    a_source,
    a_stance,
    a_step,
    a_user,
    an_actor,
    an_event,
    an_issue,
)

pytestmark = pytest.mark.django_db

HOSTILE = ["\x00", "‮2024", "9" * 60_000, "2024-13", "2024-02-30", "' OR 1=1 --", "<script>alert(1)</script>", "٢٠٢٤"]


def standing(number=1):
    issue = an_issue("Direct talks")
    stance = a_stance(issue, "Ready to talk")
    for index in range(number):
        actor = an_actor(f"Speaker Nr{index}")
        claim = a_claim("talks should begin", speaker=actor, said_edtf="2023-10-16", issues=[issue])
        a_step(claim, an_actor())
        a_position(actor, stance, shown_by=[claim])
        an_event(f"Round {index}")


def test_home_says_what_this_is_and_shows_who_stands_where(client):
    standing()
    page = client.get("/").text
    assert "Who said what about this conflict, when, and according to whom." in page
    assert "Ready to talk" in page
    assert "16 Oct 2023" in page


@pytest.mark.parametrize("number", [1, 3])
def test_home_takes_the_same_queries_however_much_is_on_file(client, number, django_assert_num_queries):
    standing(number)
    with django_assert_num_queries(11):
        client.get("/")


def test_home_reads_as_of_a_day(client):
    standing()
    before, on = client.get("/?as_of=2023-10-15").text, client.get("/?as_of=2023-10-16").text
    assert "No statement on file up to 15 October 2023" in before
    assert "Change after: 16 Oct 2023" in before or "as_of=2023-10-16" in before
    assert "Ready to talk" in on


@pytest.mark.parametrize("typed", HOSTILE)
def test_home_names_a_bad_day_beside_the_field_and_shows_no_stances(client, typed):
    standing()
    response = client.get("/", {"as_of": typed})
    assert response.status_code == 200
    assert 'aria-invalid="true"' in response.text
    assert "Ready to talk" not in response.text


def test_home_refuses_two_days(client):
    standing()
    assert "Give 1 at most." in client.get("/?as_of=2023&as_of=2024").text


def test_home_refuses_an_unknown_parameter_but_not_a_tracker(client):
    standing()
    assert "This page has no parameter" in client.get("/?asof=2023").text
    assert "Ready to talk" in client.get("/?utm_source=x&fbclid=y").text


def test_home_shows_no_draft(client):
    standing()
    issue = an_issue()
    a_draft("canary in a draft", issues=[issue], speaker=an_actor("Canary Speaker"))
    an_event("Canary event", state="draft")
    a_position(an_actor("Canary Holder"), a_stance(issue, "Canary stance"), shown_by=[a_draft()])
    assert "anary" not in client.get("/").text


def test_home_shows_the_newest_changes_first_and_no_draft_among_them(client):
    issue = an_issue("Who decides about Ukraine", slug="who")
    stances = [a_stance(issue, "Ready"), a_stance(issue, "Refuses")]
    for number in range(4):
        actor = an_actor(f"Speaker Nr{number}", slug=f"nr{number}")
        for stance, day in zip(stances, ("2022-01-01", f"202{number + 3}-01-01"), strict=True):
            a_position(actor, stance, shown_by=[a_claim(speaker=actor, issues=[issue], said_edtf=day)])
    page = client.get("/").text
    changes = page[page.index('id="changes"') : page.index('id="stand"')]
    heads = [
        f'<h3><a href="/issues/who/nr{number}/">Speaker Nr{number}: Who decides about Ukraine</a></h3>'
        for number in (3, 2, 1)
    ]
    assert [changes.count(head) for head in heads] == [1, 1, 1]
    assert changes.index(heads[0]) < changes.index("2 more changes") < changes.index(heads[1]) < changes.index(heads[2])
    assert "Nr0" not in changes
    a_position(actor, stances[0], shown_by=[a_draft(speaker=actor, issues=[issue], said_edtf="2027-01-01")])
    assert client.get("/").text == page
    earlier = client.get("/?as_of=2024-06-01").text
    assert earlier.count('<li class="change-pair">') == 2


def test_home_shows_nothing_of_a_withdrawn_claim_but_the_note(client):
    standing()
    claim = a_claim("withdrawn canary content")
    claim.withdraw(note="It was said by somebody else.")
    page = client.get("/").text
    assert "canary" not in page
    assert "It was said by somebody else." in page


@pytest.mark.parametrize("number", [1, 3])
def test_home_takes_one_query_more_for_corrections_however_many(client, number, django_assert_num_queries):
    standing()
    for claim in [a_claim() for _ in range(number)]:
        Change.objects.record(claim, "correction", public_note="The date was wrong.")
    with django_assert_num_queries(12):
        page = client.get("/").text
    assert page.count("The date was wrong.") == number


def test_home_keeps_the_notes_of_a_withdrawn_claim_to_itself(client):
    standing()
    claim = a_claim()
    Change.objects.record(claim, "correction", public_note="A canary was corrected.")
    claim.withdraw(note="It was said by somebody else.")
    page = client.get("/").text
    assert "canary" not in page
    assert "It was said by somebody else." in page


def test_an_empty_archive_says_what_to_do_first(client):
    page = client.get("/").text
    assert "Nothing is published yet" in page
    assert "load_dossier" in page


def test_the_site_takes_its_words_from_the_admin(client):
    Site.objects.create(pk=1, title="Record", subtitle="Who said what.", about="Ours is **small**.", contact="a@b.org")
    assert "<h1>Who said what.</h1>" in client.get("/").text
    about = client.get("/about/").text
    assert "Ours is <strong>small</strong>." in about
    assert "mailto:a@b.org" in about


def test_about_shows_no_raw_html_of_its_text(client):
    Site.objects.create(
        pk=1, about="<script>alert(1)</script> [x](javascript:alert(1)) ![i](https://example.org/i.png)"
    )
    page = client.get("/about/").text
    assert "<script>alert" not in page
    assert 'href="javascript:' not in page
    assert "<img" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_about_counts_what_is_public(client, number, django_assert_num_queries):
    standing(number)
    a_draft("a canary", speaker=an_actor("Canary Speaker"))
    with django_assert_num_queries(3):
        page = client.get("/about/").text
    assert f"{number} claims by {number} speakers" in page
    assert "Canary" not in page


def test_privacy_tells_how_to_report_an_error(client):
    page = client.get(reverse("privacy")).text
    assert 'id="report"' in page
    assert "not entered a contact address" in page


def test_every_page_links_to_report_an_error(client):
    for name in ("home", "about", "privacy"):
        assert "/privacy/#report" in client.get(reverse(name)).text


def test_robots_may_read_all_but_the_admin_and_a_source_once_for_each_passage(client):
    text = client.get("/robots.txt").text
    assert "Disallow: /admin/\n" in text
    assert "Disallow: /sources/*?claim=\n" in text


def test_the_sitemap_lists_what_is_public_and_nothing_else(client):
    claim, draft = a_claim(), a_draft()
    assert "/sitemap-claims.xml" in client.get("/sitemap.xml").text
    body = client.get("/sitemap-claims.xml").text
    assert f"/claims/{claim.slug}/" in body
    assert draft.slug not in body


def test_a_large_record_has_the_same_sitemaps_with_days_from_the_read_model(client, monkeypatch):
    for day in range(1, 4):
        a_claim(
            speaker=an_actor(f"Ada {day}"),
            issues=[an_issue(f"Talks {day}")],
            events=[an_event(f"Meeting {day}")],
            published_at=datetime(2024, 1, day, 12, tzinfo=UTC),
        )
    a_draft(speaker=an_actor("Nobody"))
    sections = ("pages", "claims", "actors", "issues", "stories", "sources", "events")
    before = [client.get(f"/sitemap-{section}.xml").text for section in sections]
    monkeypatch.setattr(sitemaps, "EXACT", 0)
    monkeypatch.setattr(sitemaps.Claims, "limit", 2)
    assert [client.get(f"/sitemap-{section}.xml").text for section in ("pages", *sections[2:])] == [
        before[0],
        *before[2:],
    ]
    parts = [client.get(f"/sitemap-claims.xml?p={number}").text for number in (1, 2)]
    assert [part.count("<loc>") for part in parts] == [2, 1]
    assert all(line in "".join(parts) for line in re.findall("<loc>.*?</lastmod>", before[1]))
    index = client.get("/sitemap.xml").text
    assert (index.count("<lastmod>2024-01-03"), "/sitemap-claims.xml?p=2" in index) == (4, True)


def test_old_corrections_stand_behind_newer_ones_of_what_was_withdrawn(client):
    kept = a_claim(slug="kept")
    Change.objects.record(kept, "correction", public_note="The day was wrong.")
    for number in range(8):
        gone = a_claim(slug=f"gone-{number}")
        Change.objects.record(gone, "correction", public_note="The words were wrong.")
        Claim.objects.filter(pk=gone.pk).update(state="withdrawn", withdrawn_at=gone.published_at)
    page = client.get("/").text
    assert "The day was wrong." in page
    assert "The words were wrong." not in page


def test_an_unknown_address_answers_404_with_near_names_and_a_search(client):
    a_claim(speaker=an_actor("Sergei Lavrov", slug="sergei-lavrov"))
    response = client.get("/actors/sergey-lavrov/")
    assert response.status_code == 404
    assert 'href="/actors/sergei-lavrov/"' in response.text
    assert 'role="search"' in response.text


@pytest.mark.parametrize("path", ["/nowhere/", "/actors/%00/", "/claims/" + "x" * 5000 + "/", "/%E2%80%AE/"])
def test_a_hostile_address_answers_404(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_public_pages_are_only_read(client, method):
    assert getattr(client, method)("/").status_code == 405


def test_pages_set_no_cookie_and_forbid_foreign_code(client):
    response = client.get("/")
    assert not response.cookies
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]


def test_a_change_is_never_published_for_a_draft(client):
    a_draft("canary")
    assert not Change.objects.exists()


class TestTextsToFetch:
    """A curator is told once which texts are not held; readers never are."""

    WORDS = "texts are not held here"

    @pytest.fixture(autouse=True)
    def sources(self):
        for given in ({"text_may_be_kept": True}, {}, {"url": "", "text_may_be_kept": True}):
            a_claim(source=a_source(**given))
        a_snapshot(a_source(), "held")

    def told(self, client, **given):
        client.force_login(a_user(**given))
        return client.get("/").text

    def test_a_curator_is_told_how_many_and_how_to_get_them(self, client):
        page = " ".join(self.told(client, is_staff=True).split())
        assert f"3 of 4 {self.WORDS}" in page
        assert (
            "<code>make texts</code>, where this site runs, fetches the 1 of which a licence on record allows" in page
        )

    @pytest.mark.parametrize("number", [1, 3])
    def test_it_takes_the_same_queries_however_much_is_on_file(self, client, number, django_assert_num_queries):
        for _ in range(number):
            a_source()
        client.force_login(a_user(is_staff=True))
        with django_assert_num_queries(19):
            client.get("/")

    def test_once(self, client):
        assert self.WORDS in self.told(client, is_staff=True)
        assert self.WORDS not in client.get("/").text

    def test_readers_are_never_told_whether_they_have_an_account_or_not(self, client):
        assert self.WORDS not in client.get("/").text
        assert self.WORDS not in self.told(client)

    def test_where_all_are_held_there_is_nothing_to_tell(self, client):
        for source in Source.objects.filter(snapshots=None):
            a_snapshot(source, "held")
        assert self.WORDS not in self.told(client, is_staff=True)

    def test_no_cache_keeps_what_a_curator_is_told(self, client):
        client.force_login(a_user(is_staff=True))
        assert client.get("/")["Cache-Control"] == "private"
        assert client.get("/")["Cache-Control"] == "public, no-cache"

    def test_a_request_for_the_head_alone_does_not_use_it_up(self, client):
        client.force_login(a_user(is_staff=True))
        client.head("/")
        assert self.WORDS in client.get("/").text


def test_security_txt_names_whom_to_tell_of_a_weakness_and_until_when(client, settings):
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT, settings.SECURITY_EXPIRES = "mailto:security@example.org", date(2027, 6, 30)
    answer = client.get("/.well-known/security.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.text.splitlines() == [
        "Contact: mailto:security@example.org",
        "Expires: 2027-06-30T00:00:00Z",
        "Preferred-Languages: en",
        "Canonical: http://testserver/.well-known/security.txt",
    ]
