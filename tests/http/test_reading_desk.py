"""The reading desk: a passage chosen in a source's text becomes a claim."""

import pytest
from django.urls import reverse

from claims.capture import capture
from claims.evidence import anchor
from claims.models import Citation, Claim, Source
from tests.factories import a_citation, a_claim, a_draft, a_snapshot, a_source, an_actor, an_issue
from tests.http.desk import blank, in_review, list_of, page_of, signed_in

pytestmark = pytest.mark.django_db

TEXT = """Press Room

MR. ABEL: Good morning. We are ready to talk about peace “without conditions” – now.

President Corda said that her country would send more aid to us.

Question: Will the talks begin in spring?

MR. ABEL: We hope that the talks begin in spring, as we said.
"""
WORDS = "We are ready to talk about peace"


@pytest.fixture
def abel():
    return an_actor("Ada Abel", slug="abel")


@pytest.fixture
def corda():
    return an_actor("Carla Corda", slug="corda")


@pytest.fixture
def source(abel):
    source = a_source(kind="press_briefing", title="A briefing", publisher=an_actor("Ministry", kind="government_body"))
    a_snapshot(source, TEXT)
    return source


def read(source, step="read"):
    return reverse(f"admin:claims_source_{step}", args=[source.pk])


def place(words, text=TEXT):
    return {"start": text.index(words), "end": text.index(words) + len(words)}


def sent(page, **typed):
    """What a browser sends of the page's form, with these fields typed anew."""
    made = page.context["entry"]
    values = {"proposed": [f"{one.name}={one.proposed}" for one in fields(page).values() if one.proposal]}
    for form in (made.form, *made.citations.forms, *made.steps.forms):
        values |= {field.html_name: field.value() for field in form}
    return {name: value for name, value in {**values, **typed}.items() if value not in (None, False, "")}


def fields(page):
    made = page.context["entry"]
    return {field.name: field for field in (*made.main, *made.of_passage, *made.of_voice, *made.more)}


def save(client, source, words=WORDS, button="_next", **typed):
    """Choose words, type, and press a button."""
    page = client.get(read(source), place(words))
    given = {"content": "talks should begin", "issues": [an_issue().pk], **typed}
    return client.post(read(source), sent(page, **given, **{button: "1"}))


@pytest.mark.parametrize(
    ("groups", "status", "enters"),
    [
        (["Curator"], 200, True), (["Reviewer"], 200, False), (["Managing editor"], 200, False),
        (["Auditor"], 200, False), ([], 200, True), (None, 302, False),
    ],
)  # fmt: skip
def test_whoever_may_see_sources_reads_and_whoever_may_add_claims_enters_them(client, source, groups, status, enters):
    if groups is not None:
        signed_in(client, *groups)
    page = client.get(read(source))
    assert page.status_code == status
    assert ('id="reading-form"' in page.text) is enters
    asked = [client.get(read(source, "read_place"), place(WORDS)), client.post(read(source, "read_sentence"))]
    assert {answer.status_code == 200 for answer in asked} == {enters}
    assert {answer.status_code for answer in (client.post(read(source), {"_next": "1"}),)} == {
        200 if enters else 302 if groups is None else 403
    }
    assert Claim.objects.count() == 0


def test_passages_are_marked_by_the_state_of_their_claims_and_lost_ones_are_told(client, source, abel):
    signed_in(client, "Curator")
    a_draft(speaker=abel, source=source, exact="Good morning", slug="one")
    in_review(a_draft("matter", speaker=abel, source=source, exact=WORDS, slug="two"))
    a_claim("aid", speaker=abel, source=source, exact="would send more aid", slug="three")
    a_claim("nothing", speaker=abel, source=source, exact="words that are nowhere", slug="four")
    anchor(Citation.objects.all())
    page = client.get(read(source)).text
    for state, words in (("draft", "Good morning"), ("in_review", WORDS), ("published", "would send more aid")):
        assert f'<mark class="is-{state}">{words}</mark>' in page
    assert "Lost in this text: 1" in page
    assert "“words that are nowhere”" in page


def test_in_a_newer_capture_passages_stand_where_they_were_found_again(client, source, abel):
    signed_in(client, "Curator")
    claim = a_claim(speaker=abel, source=source, exact="Good morning")
    a_citation(claim, source, "would send more aid")
    anchor(Citation.objects.all())
    capture(source, TEXT.replace("would send more aid", "would help").replace("Press Room", "Room"))
    page = client.get(read(source)).text
    assert '<mark class="is-published">Good morning</mark>' in page
    assert "Lost in this text: 1" in page


def test_chosen_words_fill_the_passage_and_propose_the_rest(client, source, abel):
    signed_in(client, "Curator")
    answer = client.get(read(source, "read_place"), place("are ready to talk about pea")).json()
    assert answer["values"] == {
        "citations-0-exact": "are ready to talk about peace",
        "citations-0-prefix": "Room MR. ABEL: Good morning. We",
        "citations-0-suffix": "“without conditions” – now. President Corda",
        "citations-0-locator": "par 2, sentence 2",
        "citations-0-language": "en",
    }
    assert answer["proposals"]["speaker"] == {
        "value": str(abel.pk), "labels": ["Ada Abel"], "why": "the turn of “MR. ABEL”",
    }  # fmt: skip
    assert (answer["start"], answer["end"]) == tuple(place("are ready to talk about peace").values())


def test_a_saved_claim_is_a_draft_as_the_claims_own_page_would_save_it(client, source, abel):
    me = signed_in(client, "Curator")
    answer = save(client, source)
    claim = Claim.objects.get()
    assert answer.url == f"{read(source)}#claim-{claim.slug}"
    assert (claim.state, claim.created_by, claim.speaker, claim.as_stated) == ("draft", me, abel, "MR. ABEL")
    assert (claim.act, claim.form, claim.said_edtf, claim.occasion) == (
        "offers",
        "verbatim",
        "2024-01-15",
        "A briefing",
    )
    citation = claim.citations.get()
    assert (citation.exact, citation.status, citation.source) == (WORDS, "verified", source)
    assert (citation.start, citation.end) == tuple(place(WORDS).values())
    assert "talk" in claim.words.text
    assert "Saved as draft" in client.get(answer.url).text


def test_who_passes_the_words_on_is_saved_as_a_voice_in_between(client, source, abel, corda):
    signed_in(client, "Curator")
    save(client, source, "her country would send more aid")
    claim = Claim.objects.get()
    step = claim.steps.get()
    assert (claim.speaker, claim.form) == (corda, "paraphrase")
    assert (step.order, step.actor, step.as_stated, step.cue) == (1, abel, "MR. ABEL", "said")


def test_it_is_submitted_at_once_or_stays_a_draft_with_the_reason(client, source, abel):
    me = signed_in(client, "Curator")
    save(client, source, button="_submit")
    claim = Claim.objects.get()
    assert (claim.state, claim.submitted_by) == ("in_review", me)
    answer = save(client, source, "We hope that the talks begin in spring", button="_submit", content="")
    assert Claim.objects.latest("pk").state == "draft"
    assert "content" in client.get(answer.url).text


def test_the_next_claim_keeps_what_stays_the_same(client, source, abel):
    signed_in(client, "Curator")
    save(client, source, said_edtf="2024-01-14", occasion="a visit")
    offered = fields(client.get(read(source), place("We hope that the talks begin")))
    assert [offered[name].proposed for name in ("said_edtf", "occasion")] == ["2024-01-14", "a visit"]
    assert offered["said_edtf"].proposal.why == "as in an earlier claim from this source"


def test_without_scripts_pasted_words_are_found_and_their_signs_told(client, source, abel):
    signed_in(client, "Curator")
    typed = {"citations-0-exact": 'about peace "without conditions" - now', "content": "mine", "act": "asks"}
    page = client.post(read(source), sent(client.get(read(source)), **typed, _find="1"))
    assert page.context["found"].differences[0] == 'quotation mark: the text has “, you have "'
    found = fields(page)
    assert found["citations-0-exact"].bound.value() == "about peace “without conditions” – now"
    assert [found[name].bound.value() for name in ("content", "act", "speaker")] == ["mine", "asks", abel.pk]
    assert [name for name, field in found.items() if field.proposal] == [
        "speaker", "as_stated", "form", "said_edtf", "occasion",
    ]  # fmt: skip


def test_a_proposal_gives_way_to_the_next_and_what_was_confirmed_or_changed_stays(client, source, abel, corda):
    signed_in(client, "Curator")
    page = client.get(read(source), place(WORDS))
    typed = {"citations-0-exact": "her country would send more aid", "confirmed": ["form"], "occasion": "other"}
    after = fields(client.post(read(source), sent(page, **typed, _find="1")))
    values = {name: after[name].bound.value() for name in ("speaker", "form", "occasion")}
    assert values == {"speaker": corda.pk, "form": "verbatim", "occasion": "other"}
    assert (after["speaker"].proposed, after["form"].proposed) == (str(corda.pk), "")


def test_words_that_are_not_in_the_text_are_refused_with_the_nearest_which_can_be_chosen(client, source, abel):
    signed_in(client, "Curator")
    page = save(client, source, **{"citations-0-exact": "We are ready to talk about war"})
    assert (page.status_code, Claim.objects.count()) == (200, 0)
    assert "The text does not have these words. Nearest to them:" in page.text
    choice = page.context["found"].choices[0]
    value = f"{choice.span.start}-{choice.span.end}"
    page = client.post(read(source), sent(page, _choose=value))
    assert fields(page)["citations-0-exact"].bound.value() == choice.exact


def test_words_that_stand_twice_are_told_apart_by_the_place_that_is_chosen(client, source, abel):
    signed_in(client, "Curator")
    page = client.post(
        read(source), sent(client.get(read(source)), _find="1", **{"citations-0-exact": "the talks begin"})
    )
    assert page.context["found"].reason == "These words stand in several places. Choose one."
    save(client, source, "the talks begin in spring, as")
    assert Citation.objects.get().locator == "par 5, sentence 1"


def test_the_sentence_reads_as_it_will(client, source, abel, corda):
    signed_in(client, "Curator")
    typed = {"speaker": corda.pk, "steps-0-actor": abel.pk, "act": "promises", "form": "paraphrase", "as_stated": "x"}
    said = client.post(read(source, "read_sentence"), {**typed, "content": "aid <b>will</b> come"}).text
    assert "<b>Ministry</b>, citing <b>Ada Abel</b>, states that <b>Carla Corda</b> promised that aid &lt;b&gt;" in said
    assert "<b>[…]</b> said that […]." in client.post(read(source, "read_sentence")).text


def test_what_is_doubtful_is_said_and_stays_with_a_reason(client, source, abel):
    signed_in(client, "Curator")
    page = save(client, source, content="that talks should begin")
    assert Claim.objects.count() == 0
    [told, *_] = page.context["doubts"]
    assert told.doubt.words in page.text
    answer = client.post(read(source), sent(page, overruling="They said so.", _next="1"))
    assert (answer.status_code, Claim.objects.get().content) == (302, "that talks should begin")


def test_a_source_without_a_text_says_so(client):
    signed_in(client, "Curator")
    source = a_source()
    page = client.get(read(source))
    assert "The text of this source is not held." in page.text
    assert 'id="reading-form"' not in page.text
    assert client.post(read(source), {"_next": "1"}).status_code == 403


@pytest.mark.parametrize(("groups", "status"), [(["Curator"], 403), (["Auditor"], 200), ([], 200)])
def test_a_text_that_is_taken_down_is_for_auditors_to_see_alone(client, source, abel, groups, status):
    source.take_down(reason="asked for")
    signed_in(client, *groups)
    page = client.get(read(source))
    assert page.status_code == status
    assert (WORDS in page.text) is (status == 200)
    assert 'id="reading-form"' not in page.text
    assert client.get(read(source, "read_place"), place(WORDS)).status_code == 403
    assert client.post(read(source), {"_next": "1"}).status_code == 403


def test_pages_of_sources_and_claims_lead_to_it(client, source, abel):
    signed_in(client, "Curator")
    claim = a_draft(speaker=abel, source=source)
    for address in (page_of(source), list_of(Source), page_of(claim), list_of(Claim)):
        assert read(source) in client.get(address).text, address
    assert read(source) not in client.get(blank(Claim)).text


@pytest.mark.parametrize(
    "query",
    [
        "start=-1&end=5", "start=5&end=5", "start=0&end=999999", "start=1", "start=x&end=y",
        "snapshot=999&start=1&end=5", "start=99999999999999999999&end=5", "quote=%00", "quote=nowhere", "",
    ],
)  # fmt: skip
def test_a_place_that_is_none_is_refused_in_words(client, source, query):
    signed_in(client, "Curator")
    answer = client.get(f"{read(source, 'read_place')}?{query}")
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert client.get(f"{read(source)}?{query}").status_code == 200


@pytest.mark.parametrize(
    "typed",
    [
        {"speaker": "x"}, {"speaker": "9" * 30}, {"issues": ["0", "x"]}, {"content": "\0"}, {"act": "sings"},
        {"citations-0-exact": "x" * 5_000}, {"citations-0-TOTAL_FORMS": "x"}, {"citations-TOTAL_FORMS": "900"},
        {"said_edtf": "yesterday"}, {"steps-0-actor": "x"}, {"proposed": ["=", "x", "speaker=1=2"]},
        {"_choose": "x-y"}, {"_choose": "5"}, {"_find": "1", "citations-0-exact": "\0"},
        {"steps-0-actor": "9" * 30, "_find": "1"}, {"speaker": "x", "_find": "1"},
        {"act": ["asserts", "denies"], "_find": "1"}, {"form": ["verbatim", "x"], "speaker": ["1", "2"], "_find": "1"},
    ],
)  # fmt: skip
def test_what_no_form_sends_is_no_fault(client, source, abel, typed):
    signed_in(client, "Curator")
    page = client.get(read(source), place(WORDS))
    assert client.post(read(source), {**sent(page), "content": "x", **typed}).status_code in (200, 302, 400)
    assert client.post(read(source, "read_sentence"), typed).status_code == 200
    assert client.post(read(source)).status_code == 200


def test_a_source_that_is_not_there_is_not_found(client):
    signed_in(client, "Curator")
    for key in (0, 10**30):
        assert client.get(f"/admin/claims/source/{key}/read/").status_code == 404


def test_the_page_takes_the_same_queries_however_many_passages_there_are(
    client, source, abel, django_assert_num_queries
):
    signed_in(client, "Curator")
    a_claim("nothing else"), a_claim("nothing at all")
    for more in (1, 2):
        for number in range(more):
            a_claim(
                "ready for peace", speaker=abel, source=source, exact=TEXT[20 + 9 * number : 40 + 9 * number].strip()
            )
        anchor(Citation.objects.all())
        with django_assert_num_queries(9):
            client.get(read(source))
        with django_assert_num_queries(15):
            client.get(read(source, "read_place"), place(WORDS))


def test_no_reader_sees_what_stands_at_the_desk(client, source):
    assert client.get(read(source)).url.startswith("/admin/login/")
    assert client.get(read(source, "read_place"), place(WORDS)).status_code == 302


def test_sentences_begin_after_the_name_of_a_turn(client, source):
    signed_in(client, "Curator")
    start = TEXT.index("MR. ABEL")
    assert f'<p data-start="{start}" data-sentences="10 24">MR. ABEL: Good' in client.get(read(source)).text
