"""The reading page of a source, and its JSON."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser, Group

from claims.evidence.anchoring import anchor
from claims.evidence.passages import find
from claims.models import Citation, Claim, OldSlug, Snapshot
from claims.wording import ClaimLine
from tests.factories import (
    a_citation,
    a_claim,
    a_draft,
    a_snapshot,
    a_source,
    a_user,
    an_actor,
    an_event,
    an_issue,
)
from tests.guards import unguarded

pytestmark = pytest.mark.django_db

TEXT = "# On talks\n\nAda <b>Abel</b> says that talks should begin soon.\n\nOther words end the text."
MARK = '<mark><span id="claim-{0}"><a id="k{1}" href="#n{1}" aria-label="Note {1}">{1}</a></span>{2}</mark>'


@pytest.fixture
def source():
    publisher = an_actor("The Gazette", slug="gazette", kind="media")
    return a_source(slug="address", title="An address", publisher=publisher, rights="quotations only")


def quoting(source, exact, content="talks should begin", snapshot=None, **given):
    """A published claim, with its citation verified where a snapshot is given."""
    claim = a_claim(content, source=source, exact=exact, **given)
    if snapshot:
        span = find(snapshot.text, exact).span
        claim.citations.update(status="verified", snapshot=snapshot, start=span.start, end=span.end)
    return claim


@pytest.fixture
def held(source):
    source.text_is_public = True
    source.save()
    return a_snapshot(source, TEXT, captured_at="2024-01-15T12:00:00Z")


@pytest.fixture
def kept(source):
    """A text that is held but may not be shown in full."""
    return a_snapshot(source, TEXT, captured_at="2024-01-15T12:00:00Z")


def signed_in(client, group):
    user = a_user()
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)


def recapture(source, text, on="2024-05-03"):
    """The source as captured later, with its citations looked for in it."""
    snapshot = a_snapshot(source, text, captured_at=f"{on}T12:00:00Z")
    anchor(Citation.objects.filter(source=source))
    return snapshot


def test_its_card_says_what_is_known_of_it(client, source):
    source.author, source.archive_url = "A. Writer", "https://archive.example/1"
    source.save()
    quoting(source, "talks should begin soon")
    page = client.get("/sources/address/").text
    for words in ("The Gazette", "A. Writer", "15 January 2024", "English", "quotations only", "not held here"):
        assert words in page
    assert 'href="https://archive.example/1"' in page
    assert '<a href="/claims/?source=address">1 from this source</a>' in page


def test_a_held_text_is_shown_with_its_passages_marked_and_noted(client, source, held):
    quoting(source, "talks should begin soon", speaker=an_actor("Ada Abel"), slug="ada", snapshot=held)
    page = client.get("/sources/address/").text
    assert "<h3>On talks</h3>" in page
    assert f"<p>Ada &lt;b&gt;Abel&lt;/b&gt; says that {MARK.format('ada', 1, 'talks should begin soon')}.</p>" in page
    assert '<li id="n1"><a href="#k1" aria-label="Passage 1">1</a>' in page
    assert '<a href="/claims/ada/"><b>Ada Abel</b> said that talks should begin.</a>' in page
    assert "<p>Other words end the text.</p>" in page
    assert held.sha256 in page


def test_what_is_known_of_it_is_folded_under_a_line_and_so_is_what_its_passages_can_be_read_by(client, source):
    for words in ("talks should begin", "begin soon"):
        quoting(source, words)
    page = client.get("/sources/address/").text
    assert '<details class="fold ui">\n    <summary>Transcript, The Gazette, 15 January 2024</summary>' in page
    assert '<details class="data ui">\n      <summary>Read by issue or speaker</summary>' in page


@pytest.mark.parametrize("query", ["speaker=ada", "speaker=nobody", "issue=%00", "claim=none", "page=1"])
def test_it_stands_open_where_it_was_asked_or_asked_wrongly(client, source, query):
    ada = an_actor("Ada Abel", slug="ada")
    for words in ("talks should begin", "begin soon"):
        quoting(source, words, speaker=ada)
    assert '<details class="data ui" open>' in client.get(f"/sources/address/?{query}").text


def test_a_narrow_screen_is_led_to_the_thirteenth_excerpt_and_thus_to_all(client, source):
    for number in range(10, 22):
        quoting(source, f"words number {number}").citations.update(locator=f"par {number}")
    assert "unfold" not in client.get("/sources/address/").text
    quoting(source, "words at the end", slug="last").citations.update(locator="par 99")
    page = client.get("/sources/address/").text
    assert '<p class="unfold ui"><a href="#claim-last">Show all 13 passages</a></p>' in page


def test_so_it_is_where_the_text_is_held_but_not_shown(client, source, settings):
    settings.EXCERPT_SHARE = 1
    snapshot = a_snapshot(source, "\n\n".join(f"He named number {number} and no more." for number in range(10, 23)))
    for number in range(10, 23):
        quoting(source, f"named number {number}", slug=f"said-{number}", snapshot=snapshot)
    page = client.get("/sources/address/").text
    assert '<p class="unfold ui"><a href="#claim-said-22">Show all 13 passages</a></p>' in page
    assert "Show all notes" not in page


def test_a_whole_text_is_not_folded_but_its_notes_are(client, source):
    source.text_is_public = True
    source.save()
    snapshot = a_snapshot(source, "\n\n".join(f"He named number {number} and no more." for number in range(10, 23)))
    for number in range(10, 23):
        quoting(source, f"named number {number}", snapshot=snapshot)
    page = client.get("/sources/address/").text
    assert "unfold" not in page
    assert '<label><input type="checkbox"> Show all notes</label>' in page


def test_overlapping_passages_are_both_marked(client, source, held):
    quoting(source, "talks should begin", slug="one", snapshot=held)
    quoting(source, "begin soon", slug="two", snapshot=held)
    page = client.get("/sources/address/").text
    assert (
        '<mark class="mark-2"><span id="claim-two"><a id="k2" href="#n2" aria-label="Note 2">2</a></span>begin<' in page
    )
    assert "<mark> soon</mark>" in page


def test_passages_that_begin_together_have_each_a_number_and_an_anchor(client, source, held):
    quoting(source, "talks should begin", slug="long", snapshot=held)
    quoting(source, "talks should", slug="short", snapshot=held)
    page = client.get("/sources/address/").text
    assert page.index('id="claim-short"') < page.index('id="claim-long"') < page.index("talks should</mark>")


def test_the_notes_lead_from_passage_to_passage(client, source, held):
    for words in ("Other words", "talks should", "begin soon"):
        quoting(source, words, snapshot=held)
    page = client.get("/sources/address/").text
    first, second, third = page.split('<li id="n')[1:]
    assert 'href="#k2">next' in first
    assert "previous" not in first
    assert 'href="#k1">previous</a><a href="#k3">next' in second
    assert "next" not in third.split("</li>")[0]


def test_without_a_text_the_notes_lead_on_too(client, source):
    for number in (1, 2):
        a_claim(source=source).citations.update(locator=f"par {number}")
    page = client.get("/sources/address/").text
    assert 'id="k1" href="#n1"' in page
    assert 'href="#k2">next' in page


def test_a_translation_stands_in_the_note_of_its_passage(client, source, held):
    claim = quoting(source, "talks should begin", snapshot=held)
    claim.citations.update(translation="Gespräche", translator="A. Linguist")
    assert '<p class="quoted">Gespräche (A. Linguist)</p>' in client.get("/sources/address/").text


def test_the_notes_of_very_many_passages_say_no_more_than_they_must(client, source, held, monkeypatch):
    monkeypatch.setattr("claims.views.sources.MANY", 1)
    issue = an_issue("Ceasefire")
    for words in ("talks should", "begin soon"):
        quoting(source, words, snapshot=held, issues=[issue])
    page = client.get("/sources/address/").text
    assert "Verbatim" not in page
    assert ">Ceasefire</a>" not in page
    assert '<p>15 Jan 2024 · verified<a href="#k2">next</a></p>' in page


class TestBadges:
    """What is known of each passage, in the text that is shown."""

    @pytest.mark.parametrize(
        ("words", "badge"),
        [
            ("nowhere to be found", "not found in the text held"),
            ("th", "stands more than once in the text held"),
            ("talks should begin", "verified"),
        ],
    )
    def test_it_says_whether_the_words_stand_in_the_text(self, client, source, held, words, badge):
        quoting(source, words)
        anchor(Citation.objects.filter(source=source))
        page = client.get("/sources/address/").text
        note = page[page.index('<li id="n1">') :]
        assert badge in note[: note.index("</li>")]

    def test_a_text_that_is_not_held_cannot_be_checked(self, client, source):
        quoting(source, "talks should begin soon")
        assert "<b>text not held here</b>" in client.get("/sources/address/").text

    def test_a_passage_that_a_later_capture_still_has_is_marked_there(self, client, source, held):
        quoting(source, "Other words", slug="same", snapshot=held)
        recapture(source, "A new beginning.\n\nOther words end the text.")
        page = client.get("/sources/address/").text
        assert MARK.format("same", 1, "Other words") in page
        assert "· verified" in page

    def test_a_passage_that_has_moved_says_since_which_capture(self, client, source, held):
        quoting(source, "Other words", slug="moved", snapshot=held)
        recapture(source, "A new text.\n\nOther words end it.")
        page = client.get("/sources/address/").text
        assert MARK.format("moved", 1, "Other words") in page
        assert "<b>moved in the capture of 3 May 2024</b>" in page

    def test_a_passage_that_is_lost_says_since_which_capture(self, client, source, held):
        quoting(source, "talks should begin soon", slug="lost", snapshot=held)
        recapture(source, "A new text.")
        missing = client.get("/sources/address/").text
        missing = missing[missing.index("Passages without a place in this text") :]
        assert 'id="claim-lost"' in missing
        assert "<b>no longer found in the capture of 3 May 2024</b>" in missing

    def test_a_passage_that_a_later_capture_has_more_than_once_says_so(self, client, source, held):
        quoting(source, "Other words", snapshot=held)
        recapture(source, "Other words. Other words.")
        assert "<b>stands more than once in the capture of 3 May 2024</b>" in client.get("/sources/address/").text

    def test_a_passage_that_was_not_looked_for_in_a_later_capture_says_so(self, client, source, held):
        quoting(source, "Other words", snapshot=held)
        a_snapshot(source, "Other words end it.")
        assert "<b>verified in an earlier capture</b>" in client.get("/sources/address/").text


class TestAltered:
    """A text whose hash is no longer its own is evidence of nothing."""

    @pytest.fixture(autouse=True)
    def alter(self, source, held):
        quoting(source, "talks should begin soon", slug="ada", snapshot=held)
        with unguarded():
            Snapshot.objects.update(text=TEXT.replace("Other words", "Forged words"))

    def test_it_shows_a_banner_in_place_of_the_text(self, client):
        page = client.get("/sources/address/").text
        assert "The text held here is not the one that was captured" in page
        assert "Forged words" not in page

    def test_its_passages_are_not_called_verified(self, client):
        page = client.get("/sources/address/").text
        assert "<mark>talks should begin soon</mark>" in page
        assert "<b>not checked, since the text held was altered</b>" in page
        assert "· verified" not in page

    def test_the_json_says_so(self, client):
        assert client.get("/sources/address.json").json()["text_shown"] == "altered"


class TestExcerpts:
    """Of a text that is held but not public readers see the passages, up to a share of its words."""

    @pytest.fixture(autouse=True)
    def share(self, settings):
        settings.EXCERPT_SHARE = 0.6  # 9 of 15 words

    def test_what_is_left_out_between_the_passages_is_counted(self, client, source, kept):
        quoting(source, "talks should begin", slug="one", snapshot=kept)
        page = client.get("/sources/address/").text
        marked = f' <span class="gap">[4 words]</span> {MARK.format("one", 1, "talks should begin")}'
        assert f'<p> <span class="gap">[2 words]</span> </p>\n<div class="para"><p>{marked}' in page
        assert '<span class="gap">[1 word]</span> </p><ol>' in page
        assert '<p> <span class="gap">[5 words]</span> </p>' in page
        assert "may not be shown in full" in page

    def test_not_a_word_beside_the_passages_leaves_the_house(self, client, source, kept):
        quoting(source, "talks should begin", snapshot=kept)
        for address in ("/sources/address/", "/sources/address.json"):
            page = client.get(address).text
            for words in ("On talks", "says that", "begin soon", "Other words", "Abel"):
                assert words not in page

    def test_passages_are_repeated_up_to_a_share_of_the_words(self, client, source, kept, settings):
        settings.EXCERPT_SHARE = 0.3  # 4 of 15 words
        quoting(source, "talks should begin soon", slug="one", snapshot=kept)
        quoting(source, "Other words end", slug="two", snapshot=kept)
        page, record = client.get("/sources/address/").text, client.get("/sources/address.json").json()
        assert MARK.format("one", 1, "talks should begin soon") in page
        assert "Other words end" not in page
        assert "[words not repeated here]" in page[page.index('id="claim-two"') :]
        assert [citation["exact"] for citation in record["citations"]] == ["talks should begin soon", None]

    def test_words_that_several_passages_cover_count_once(self, client, source, kept, settings):
        settings.EXCERPT_SHARE = 0.4  # 6 of 15 words
        for words in ("says that talks should", "that talks should begin", "talks should"):
            quoting(source, words, snapshot=kept)
        quoting(source, "Other", snapshot=kept)
        quoting(source, "end the", snapshot=kept)
        record = client.get("/sources/address.json").json()
        assert [citation["exact"] for citation in record["citations"]] == [
            "says that talks should",
            "that talks should begin",
            "talks should",
            "Other",
            None,
        ]

    def test_a_filter_brings_no_more_words_to_light(self, client, source, kept, settings):
        settings.EXCERPT_SHARE = 0.3
        quoting(source, "talks should begin soon", snapshot=kept)
        quoting(source, "Other words end", snapshot=kept, speaker=an_actor("Bo Berg", slug="bo"))
        page = client.get("/sources/address/", {"speaker": "bo"}).text
        assert "1 of 2 passages" in page
        assert "Other words" not in page

    def test_a_translation_goes_with_its_passage(self, client, source, kept, settings):
        settings.EXCERPT_SHARE = 0.1
        quoting(source, "talks should begin soon", snapshot=kept).citations.update(translation="Gespräche")
        assert "Gespräche" not in client.get("/sources/address/").text
        assert "Gespräche" not in client.get("/sources/address.json").text


class TestWhoReads:
    """Curators see what is held; nobody else sees a difference."""

    def test_a_curator_sees_the_whole_of_a_text_that_is_not_public(self, client, source, kept):
        quoting(source, "talks should begin", slug="one", snapshot=kept)
        signed_in(client, "Curator")
        answer = client.get("/sources/address/")
        assert MARK.format("one", 1, "talks should begin") in answer.text
        assert "Other words end the text." in answer.text
        assert "This text is not public." in answer.text
        assert answer["Cache-Control"] == "private"

    def test_somebody_with_no_part_in_the_archive_sees_what_the_public_does(self, client, source, kept):
        quoting(source, "talks should begin", snapshot=kept)
        client.force_login(a_user())
        assert "Other words" not in client.get("/sources/address/").text

    def test_the_json_is_the_public_one_for_everybody(self, client, source, kept):
        quoting(source, "talks should begin", snapshot=kept)
        public = client.get("/sources/address.json").json()
        signed_in(client, "Curator")
        assert client.get("/sources/address.json").json() == public

    def test_the_public_gets_no_cookie_and_a_page_that_may_be_cached(self, client, source, held):
        quoting(source, "talks should begin", snapshot=held)
        answer = client.get("/sources/address/")
        assert not answer.cookies
        assert answer["Cache-Control"] == "public, no-cache"
        assert "Cookie" in answer["Vary"]
        assert answer.wsgi_request.user == AnonymousUser()


class TestFilter:
    """The passages of one issue or speaker."""

    @pytest.fixture(autouse=True)
    def passages(self, source, held):
        ceasefire = an_issue("Ceasefire", slug="ceasefire")
        ada, bo = an_actor("Ada Abel", slug="ada"), an_actor("Bo Berg", slug="bo")
        quoting(source, "talks should begin", slug="one", snapshot=held, speaker=ada, issues=[ceasefire])
        quoting(source, "Other words", slug="two", snapshot=held, speaker=bo, issues=[ceasefire])
        quoting(source, "end the text", slug="three", snapshot=held, speaker=bo)

    def test_only_the_passages_asked_for_are_marked_under_their_own_numbers(self, client):
        page = client.get("/sources/address/", {"issue": "ceasefire", "speaker": "bo"}).text
        assert MARK.format("two", 2, "Other words") in page
        assert page.count("<mark") == 1
        assert "says that talks should begin soon." in page
        assert "1 of 3 passages" in page

    def test_the_notes_lead_on_among_those_asked_for(self, client):
        page = client.get("/sources/address/", {"issue": "ceasefire"}).text
        assert 'href="#k2">next' in page
        assert "#k3" not in page

    def test_it_offers_the_speakers_and_issues_that_are_there(self, client):
        page = client.get("/sources/address/").text
        assert '<option value="bo">Bo Berg</option>' in page
        assert '<option value="ceasefire">Ceasefire</option>' in page

    @pytest.mark.parametrize(
        ("query", "error"),
        [
            ("speaker=nobody", "“nobody” is not on this list."),
            ("issue=Ceasefire", "“Ceasefire” is not on this list."),
            ("speaker=ada&speaker=bo", "Give 1 at most."),
            ("colour=red", "This list has no parameter “colour”."),
            ("speaker=a%00b", "This holds characters that cannot be seen."),
            ("issue=%E2%80%AEada", "This holds characters that cannot be seen."),
            (f"speaker={'9' * 60_000}", "This is too long"),
        ],
    )
    def test_what_is_not_there_is_an_error_beside_the_field_and_marks_nothing(self, client, query, error):
        answer = client.get(f"/sources/address/?{query}")
        assert answer.status_code == 200
        assert error in answer.text
        assert "<mark" not in answer.text
        assert "Other words end the text." in answer.text

    def test_what_other_sites_append_to_links_is_passed_over(self, client):
        assert client.get("/sources/address/?utm_source=x&fbclid=y").text.count("<mark") == 3


def test_without_a_text_the_passages_are_shown_in_the_order_of_their_places(client, source):
    claims = [a_claim(slug=slug, source=source, exact=f"words of {slug}") for slug in ("ten", "nine")]
    for claim, locator in zip(claims, ("par 10", "par 9"), strict=True):
        claim.citations.update(locator=locator)
    page = client.get("/sources/address/").text
    assert "Text not held here." in page
    assert page.index('id="claim-nine"') < page.index("words of nine") < page.index('id="claim-ten"')


class TestParts:
    """A source without a text that carries very many claims is read in pages."""

    @pytest.fixture(autouse=True)
    def few(self, monkeypatch):
        monkeypatch.setattr("claims.views.source_page.LONG", 4)
        monkeypatch.setattr("claims.views.source_page.A_PAGE", 2)

    @pytest.fixture
    def claims(self, source):
        """Five claims, entered in another order than the one in which they were made."""
        issue, ada = an_issue(slug="ceasefire"), an_actor("Ada Abel", slug="ada")
        given = {"e": {}, "a": {"issues": [issue]}, "c": {"issues": [issue]}, "d": {"speaker": ada}, "b": {}}
        days = dict(zip("abcde", range(1, 6), strict=True))
        for slug, more in given.items():
            a_claim(source=source, slug=slug, exact=f"words of {slug}", said_edtf=f"2024-01-0{days[slug]}", **more)

    def shown(self, page):
        return re.findall(r'id="claim-([a-z0-9-]+)"', page)

    def test_the_first_page_leads_to_the_next(self, client, claims):
        page = client.get("/sources/address/").text
        assert self.shown(page) == ["a", "b"]
        assert '<p class="num">1–2 of 5</p>' in page
        assert '<a href="/sources/address/?claim=c" rel="next">Next</a>' in page
        assert "Back to the first" not in page
        assert "in the order in which the claims were made." in page
        assert '<a href="/claims/?source=address">5 from this source</a>' in page

    def test_the_last_page_leads_back(self, client, claims):
        page = client.get("/sources/address/?claim=e").text
        assert self.shown(page) == ["e"]
        assert '<p class="num">5–5 of 5</p>' in page
        assert '<a href="/sources/address/">Back to the first</a>' in page
        assert 'rel="next"' not in page

    def test_a_link_to_any_passage_arrives_at_it(self, client, claims):
        for claim in Claim.objects.for_list():
            address, _, mark = ClaimLine.of(claim).source_url.partition("#")
            assert f'id="{mark}"' in client.get(address).text

    def test_it_goes_on_among_what_is_asked_for(self, client, claims):
        page = client.get("/sources/address/?issue=ceasefire").text
        assert self.shown(page) == ["a", "c"]
        assert '<p class="num">1–2 of 2</p>' in page
        page = client.get("/sources/address/?issue=ceasefire&claim=b").text
        assert self.shown(page) == ["c"]
        assert '<a href="/sources/address/?issue=ceasefire">Back to the first</a>' in page
        assert self.shown(client.get("/sources/address/?speaker=ada&issue=ceasefire").text) == []

    def test_several_passages_of_a_claim_stay_together(self, client, source, claims):
        a_citation(Claim.objects.get(slug="a"), source, "more words of a")
        assert self.shown(client.get("/sources/address/").text) == ["a", "a-2", "b"]

    def test_claims_of_one_day_go_by_the_order_in_which_they_were_entered(self, client, source, claims):
        for slug in ("f", "g", "h"):
            a_claim(source=source, slug=slug, said_edtf="2024-01-05")
        page = client.get("/sources/address/?claim=f").text
        assert self.shown(page) == ["f", "g"]
        assert '<a href="/sources/address/?claim=h" rel="next">Next</a>' in page

    def test_the_json_is_read_in_the_same_parts(self, client, claims):
        shown, address = [], "/sources/address.json"
        while address:
            record = client.get(address).json()
            shown.append([citation["claim"]["id"] for citation in record["citations"]])
            address = record["next"]
        assert shown == [["a", "b"], ["c", "d"], ["e"]]

    def test_the_json_refuses_a_claim_that_it_does_not_carry(self, client, claims):
        a_claim(slug="elsewhere")
        answer = client.get("/sources/address.json?claim=elsewhere")
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["claim"])

    @pytest.mark.parametrize("slug", ["elsewhere", "draft", "nothing", "9" * 100])
    def test_a_claim_that_it_does_not_carry_is_an_error_in_words(self, client, source, claims, slug):
        a_claim(slug="elsewhere")
        a_draft(slug="draft", source=source)
        page = client.get(f"/sources/address/?claim={slug}").text
        assert f"“{slug}” does not rest on this source." in page
        assert '<a href="/sources/address/">All passages</a>' in page
        assert self.shown(page) == []

    @pytest.mark.parametrize("query", ["claim=a%00", "claim=%E2%80%AEa", f"claim={'a' * 60_000}", "claim=a&claim=b"])
    def test_what_is_no_claim_at_all_is_refused(self, client, claims, query):
        answer = client.get(f"/sources/address/?{query}")
        assert answer.status_code == 200
        assert 'id="claim_error"' in answer.text
        assert self.shown(answer.text) == []

    def test_drafts_and_what_was_withdrawn_are_in_no_part(self, client, source, claims):
        a_draft(slug="secret", source=source, said_edtf="2024-01-01")
        a_claim(slug="gone", source=source, said_edtf="2024-01-01").withdraw(note="not said")
        page = client.get("/sources/address/").text
        assert self.shown(page) == ["a", "b"]
        assert "1–2 of 5" in page

    @pytest.mark.parametrize("number", [1, 3])
    def test_it_takes_the_same_queries_however_many_passages_there_are(
        self, client, source, claims, number, django_assert_num_queries
    ):
        for day in range(number):
            a_claim(source=source, said_edtf=f"2023-01-0{day + 1}")
        with django_assert_num_queries(13):
            client.get("/sources/address/?claim=c")


def test_two_passages_of_one_claim_have_two_anchors(client, source):
    claim = quoting(source, "the first words said", slug="ada")
    a_citation(claim, source, "the second words said", locator="par 2")
    page = client.get("/sources/address/").text
    assert page.count('id="claim-ada"') == 1
    assert page.count('id="claim-ada-2"') == 1
    assert "1 from this source" in page


def test_it_shows_neither_drafts_nor_what_was_withdrawn(client, source, held):
    quoting(source, "Other words", snapshot=held)
    a_draft("secret plans exist", source=source, exact="says that talks", slug="secret")
    a_claim("withdrawn words", source=source, exact="begin soon").withdraw(note="not said")
    an_event("Secret meeting", sources=[source], state="draft")
    for address in ("/sources/address/", "/sources/address.json"):
        page = client.get(address).text
        for words in ("secret", "withdrawn words", "Secret meeting"):
            assert words not in page


def test_a_source_of_an_event_alone_is_public(client, source):
    an_event("First round", sources=[source])
    page = client.get("/sources/address/").text
    assert "First round" in page
    assert "0 from this source" in page


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_the_same_queries_however_many_passages_there_are(
    client, source, held, number, django_assert_num_queries
):
    for words in ("should", "begin", "Other")[:number]:
        quoting(source, words, snapshot=held)
        an_event(sources=[source])
    with django_assert_num_queries(12):
        client.get("/sources/address/")


@pytest.mark.parametrize("address", ["/sources/address/", "/sources/address.json"])
def test_what_only_drafts_cite_is_not_found(client, source, address):
    a_draft(source=source)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("slug", ["nothing", "x" * 5_000, "9" * 400])
def test_an_unknown_address_is_not_found(client, slug):
    assert client.get(f"/sources/{slug}/").status_code == 404


@pytest.mark.parametrize(
    ("old", "new"), [("/sources/old/", "/sources/address/"), ("/sources/old.json", "/sources/address.json")]
)
def test_an_old_address_leads_to_the_new_one_for_ever(client, source, old, new):
    a_claim(source=source)
    OldSlug.keep(source, "old")
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (301, new)


def test_the_json_holds_what_is_known_and_the_passages_but_not_the_text(client, source, held):
    quoting(source, "talks should begin soon", slug="ada", snapshot=held, speaker=an_actor("Ada Abel"))
    answer = client.get("/sources/address.json")
    record = answer.json()
    assert "Other words" not in answer.text
    assert record["published"] == {"edtf": "2024-01-15", "text": "", "earliest": "2024-01-15", "latest": "2024-01-15"}
    assert record["sha256"] == held.sha256
    [citation] = record["citations"]
    assert (citation["exact"], citation["status"]) == ("talks should begin soon", "verified")
    assert citation["claim"]["attribution"] == "Ada Abel said that talks should begin."
    assert record["next"] is None
