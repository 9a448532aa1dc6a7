"""Passages that were found in a text before it came here: what readers, programs and curators are told of them."""

import csv
import re

import pytest

from claims.capture import capture
from claims.models import Citation, digest
from tests.factories import a_claim, a_draft, a_source
from tests.http.desk import page_of, save, signed_in

pytestmark = pytest.mark.django_db

TEXT = "He spoke first.\n\nWe are ready for talks.\n\nThen he left."
WORDS = "We are ready for talks"
HASH = digest(TEXT)
FOUND = f"The words were found on 23 November 2026 in a text whose hash begins with {HASH[:12]}."


@pytest.fixture
def claim():
    return recorded()


def recorded(make=a_claim, **given):
    """A claim whose passage was found in a text that is not held."""
    claim = make(source=a_source(slug="address"), slug="ready", exact=WORDS, **given)
    claim.citations.update(status="checked", checked_on="2026-11-23", checked_sha256=HASH)
    return claim


def plain(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def told(client, claim):
    """What the claim's page says of its passage, and what its note says on the page of its source."""
    page, source = client.get(claim.get_absolute_url()).text, client.get("/sources/address/").text
    caption = re.search(r"<figcaption.*?</figcaption>", page, re.DOTALL).group()
    note = re.search(r'<li id="n1">.*?</li>', source, re.DOTALL).group()
    return plain(caption.split("<p>")[2]), plain(note.split("<p>")[1])


def test_it_is_called_checked_when_recorded_with_the_day_and_the_text(client, claim):
    caption, note = told(client, claim)
    assert caption.startswith(f"Checked when recorded. The text is not held here. {FOUND}")
    assert f"15 Jan 2024 · checked when recorded {FOUND}" in note
    for path in (claim.get_absolute_url(), "/sources/address/"):
        assert f'title="SHA-256 {HASH}"' in client.get(path).text


def test_in_the_very_text_it_is_verified_and_no_more_is_said(client, claim):
    capture(claim.citations.get().source, TEXT)
    caption, note = told(client, claim)
    assert caption.startswith("Verified. These very words stand in the text that is held. Read in the source")
    assert note.startswith("15 Jan 2024 · verified Verbatim")


def test_in_a_later_text_it_is_verified_and_says_so(client, claim):
    Citation.objects.update(checked_on="2020-01-01")
    capture(claim.citations.get().source, f"Menu. {TEXT}")
    remark = "Found in a later text than the one it was recorded from."
    caption, note = told(client, claim)
    assert caption.startswith(f"Verified. These very words stand in the text that is held. {remark}")
    assert f"· verified {remark}" in note


def test_a_text_captured_before_it_was_recorded_is_not_called_later(client, claim):
    Citation.objects.update(checked_on="2199-01-01")
    capture(claim.citations.get().source, f"Menu. {TEXT}")
    assert "Found in another text than the one it was recorded from." in told(client, claim)[0]


@pytest.mark.parametrize(
    ("text", "caption", "note"),
    [
        ("Nothing.", "Not found. The text that is held does not have these words.", "not found in the text held"),
        (
            f"{WORDS}. {WORDS}.",
            "Ambiguous. These words stand in several places of the text that is held.",
            "stands more than once in the text held",
        ),
    ],
)
def test_where_the_text_held_lacks_it_both_are_told(client, claim, text, caption, note):
    capture(claim.citations.get().source, text)
    assert told(client, claim)[0].startswith(f"{caption} {FOUND}")
    assert f"{note} {FOUND}" in told(client, claim)[1]


def test_a_later_capture_of_the_source_leaves_what_was_verified_to_its_own_text(client, claim):
    source = claim.citations.get().source
    for text in (f"Menu. {TEXT}", f"Other menu. {TEXT}"):
        capture(source, text)
    assert "recorded from" not in told(client, claim)[1]


def test_programs_get_the_day_and_the_whole_hash(client, claim):
    checked = {"status": "checked", "checked_on": "2026-11-23", "checked_sha256": HASH}
    assert checked.items() <= client.get("/claims/ready.json").json()["citations"][0].items()
    assert checked.items() <= client.get("/claims.json").json()["results"][0]["citations"][0].items()
    assert checked.items() <= client.get("/sources/address.json").json()["citations"][0].items()
    table = client.get("/claims.csv").getvalue().decode().splitlines()
    assert next(csv.DictReader(table))["status"] == "checked"


def test_the_description_for_programs_names_the_status(client):
    citation = client.get("/openapi.json").json()["components"]["schemas"]["Citation"]["properties"]
    assert "checked" in citation["status"]["enum"]
    assert {"checked_on", "checked_sha256"} <= citation.keys()


def test_of_a_source_that_was_taken_down_no_more_is_said(client, claim):
    claim.citations.get().source.take_down(reason="The author asked for it.")
    assert "The words were found" not in "".join(told(client, claim))


def test_that_of_a_draft_is_told_to_nobody(client):
    recorded(a_draft)
    assert client.get("/sources/address/").status_code == 404
    assert client.get("/claims/ready/").status_code == 404
    assert HASH not in client.get("/claims.json").text


class TestDesk:
    """What curators see of it, and what an edit makes of it."""

    @pytest.fixture(autouse=True)
    def curator(self, client):
        signed_in(client, "Curator")

    def test_a_curator_is_told_what_is_known_of_it(self, client):
        assert f"Checked when recorded. {FOUND}" in client.get(page_of(recorded(a_draft))).text

    def test_claims_can_be_listed_by_it(self, client):
        recorded(a_draft)
        found = client.get("/admin/claims/claim/?citations__status__exact=checked")
        assert found.context["cl"].result_count == 1

    def test_other_words_were_never_checked(self, client):
        claim = recorded(a_draft)
        save(client, page_of(claim), **{"citations-0-exact": "We are ready for peace"})
        citation = claim.citations.get()
        assert (citation.status, citation.checked_on, citation.checked_sha256) == ("text_not_held", None, "")

    def test_the_same_words_stay_checked_whatever_else_is_changed(self, client):
        claim = recorded(a_draft)
        save(client, page_of(claim), **{"citations-0-locator": "par 9"})
        citation = claim.citations.get()
        assert (citation.status, citation.locator, citation.checked_sha256) == ("checked", "par 9", HASH)
