"""What a passage tells of the claim it carries."""

import pytest

from claims.evidence import Span
from claims.models import Claim
from claims.proposals import Reading, language, propose
from claims.proposals.dates import own_day
from claims.proposals.turns import turn_at, turns
from claims.proposals.verbs import act_of_words
from claims.search import derive
from tests.factories import a_claim, a_name, a_source, a_step, an_actor, an_affiliation, an_issue

BRIEFING = """Press Room

MS. BELL: Good afternoon. Let me be clear: questions come later.

MR. ABEL: We are ready to talk without conditions. I spoke with President Corda today.

President Corda said that his country would send more aid. He told me that talks should begin in spring.

Q  Will you talk?

THE PRESIDENT: We will continue to support peace.

Question (as interpreted): And then?

Head of the party faction Dora Dahl: The war must end now.
"""


@pytest.fixture
def people(db):
    """Speakers on file, in names of several spellings."""
    utopia = an_actor("Utopia", slug="utopia", kind="state")
    abel, corda = an_actor("Ada Abel", slug="abel"), an_actor("Carla Corda", slug="corda")
    a_name(corda, "Карла Корда")
    an_affiliation(abel, utopia, "minister")
    return {"abel": abel, "corda": corda, "dahl": an_actor("Dora Dahl", slug="dahl"), "utopia": utopia}


def proposed(text, words, without=None, **about):
    source = about.pop("source", None) or a_source(**{"kind": "press_briefing", "title": "Briefing", **about})
    start = text.index(words)
    found = propose(Reading.of(source, text, Span(start, start + len(words)), without))
    return {name: proposal.value for name, proposal in found.items()}


def test_turns_begin_with_names_titles_and_questions_and_not_with_sentences():
    assert [turn.label for turn in turns(BRIEFING)] == [
        "MS. BELL", "MR. ABEL", "Q", "THE PRESIDENT", "Question", "Head of the party faction Dora Dahl",
    ]  # fmt: skip
    assert turn_at(BRIEFING, 3) is None
    assert turn_at(BRIEFING, BRIEFING.index("ready")).label == "MR. ABEL"


@pytest.mark.parametrize(
    "line",
    [
        "My question is: when?",
        "In 2012: a year",
        "But I want to stress again: no",
        "Second, on Ukraine: no",
        "Once: no",
    ],
)
def test_a_colon_alone_makes_no_turn(line):
    assert turns(f"{line}\n\nAnd more.") == ()


def test_the_speaker_of_a_turn_is_found_by_a_name_in_capitals(people):
    found = proposed(BRIEFING, "We are ready to talk")
    assert (found["speaker"], found["as_stated"]) == (people["abel"].pk, "MR. ABEL")
    assert (found["form"], found["act"], found["on_behalf_of"]) == ("verbatim", "offers", people["utopia"].pk)
    assert (found["said_edtf"], found["language"]) == ("2024-01-15", "en")


def test_words_that_a_speaker_reports_are_of_whom_they_report_and_passed_on_by_the_speaker(people):
    found = proposed(BRIEFING, "his country would send more aid")
    assert (found["speaker"], found["as_stated"], found["form"]) == (
        people["corda"].pk,
        "President Corda",
        "paraphrase",
    )
    assert (found["via"], found["via_as_stated"], found["cue"]) == (people["abel"].pk, "MR. ABEL", "said")


def test_a_pronoun_stands_for_the_person_named_before(people):
    found = proposed(BRIEFING, "talks should begin in spring")
    assert (found["speaker"], found["as_stated"], found["via"]) == (people["corda"].pk, "He", people["abel"].pk)


def test_i_and_we_are_the_speaker_of_the_turn(people):
    text = "Ada Abel: Carla Corda has left. I said that talks should begin."
    assert proposed(text, "talks should begin")["speaker"] == people["abel"].pk


def test_an_office_is_who_holds_it_by_the_title_else_by_the_publishers_nearest_document(people):
    by_title = proposed(BRIEFING, "We will continue", title="Remarks by President Corda on peace")
    assert by_title["speaker"] == people["corda"].pk
    other = a_source(published_edtf="2023-12-01")
    a_claim(speaker=people["dahl"], as_stated="THE PRESIDENT", source=other)
    assert proposed(BRIEFING, "We will continue", publisher=other.publisher)["speaker"] == people["dahl"].pk


def test_a_question_with_its_answer_is_of_who_answers(people):
    words = BRIEFING[BRIEFING.index("Will you") : BRIEFING.index("to support")]
    assert proposed(BRIEFING, words, title="Remarks by President Corda")["speaker"] == people["corda"].pk
    assert "speaker" not in proposed(BRIEFING, "And then?")


def test_a_misspelt_label_is_the_one_that_it_is_like(people):
    text = "PRESIDENT CORDA: Welcome.\n\nPRESIDENT CORDDA: Peace must come."
    assert proposed(text, "Peace must come")["speaker"] == people["corda"].pk


ARTICLE = (
    "Talks may resume. Ada Abel said that Utopia is ready, and she called for peace.\n\n“We are tired,” Corda said."
)


def test_an_article_tells_of_others_or_speaks_itself(people):
    source = a_source(kind="article")
    assert proposed(ARTICLE, "Utopia is ready", source=source)["speaker"] == people["abel"].pk
    assert proposed(ARTICLE, "called for peace", source=source)["speaker"] == people["abel"].pk
    assert proposed(ARTICLE, "Talks may resume", source=source)["speaker"] == source.publisher_id
    quoted = proposed(ARTICLE, "We are tired", source=source)
    assert (quoted["speaker"], quoted["form"], quoted["act"]) == (people["corda"].pk, "verbatim", "asserts")


def test_what_an_earlier_claim_from_the_source_has_is_proposed_again(people):
    source = a_source(kind="transcript")
    claim = a_claim(speaker=people["abel"], source=source, said_edtf="[2024-01-11..2024-01-12]", occasion="a visit")
    text = "Ada Abel: We are ready."
    found = proposed(text, "We are ready", source=source)
    assert (found["said_edtf"], found["occasion"]) == ("[2024-01-11..2024-01-12]", "a visit")
    assert proposed(text, "We are ready", claim.pk, source=source)["said_edtf"] == "2024-01-15"


def test_a_claim_that_is_left_out_does_not_tell_whose_label_it_is(people):
    source = a_source(kind="press_briefing", title="Briefing")
    claim = a_claim(speaker=people["dahl"], as_stated="THE PRESIDENT", source=source)
    assert proposed(BRIEFING, "We will continue", source=source)["speaker"] == people["dahl"].pk
    assert proposed(BRIEFING, "We will continue", claim.pk, source=source)["speaker"] == people["corda"].pk


def test_an_issue_is_proposed_by_the_words_of_earlier_claims(people):
    talks, aid = an_issue("Talks"), an_issue("Aid")
    for content, issue in (("negotiations must start", talks), ("tanks should be sent", aid)):
        a_claim(content, issues=[issue])
    derive(Claim.objects.all())
    assert proposed("Ada Abel: Send the tanks.", "Send the tanks")["issues"] == [aid.pk]


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("(December 12, 2023)\n\n4:15 P.M.", "2023-12-12"),
        ("12 грудня 2023 року", "2023-12-12"),
        ("Talks of May 1, 2019", ""),
        ("December 13, 2023", ""),
        ("February 31, 2023", ""),
    ],
)
def test_a_text_may_say_its_own_day(head, day):
    assert own_day(head, "2023-12-13")[0] == day


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("Will you help us?", "asks"),
        ("We must end this war", "demands"),
        ("We will not negotiate with them", "refuses"),
        ("We are prepared to meet", "offers"),
        ("we will defend every inch", "promises"),
        ("It rained", "asserts"),
    ],
)
def test_the_act_follows_from_the_verb(words, act):
    assert act_of_words(words)[0] == act


def test_letters_tell_ukrainian_and_russian_apart():
    assert [language(words, "en") for words in ("Є переговори", "Мы готовы", "We", "Так")] == ["uk", "ru", "en", "en"]


def test_a_text_without_a_name_or_a_paragraph_is_read_all_the_same(db):
    text = "word " * 30_000
    found = propose(Reading.of(a_source(kind="post"), text, Span(100_000, 100_009)))
    assert found["form"].value == "verbatim"


def test_a_passage_takes_the_same_queries_however_much_is_on_file(people, django_assert_num_queries):
    source = a_source(kind="press_briefing", title="Briefing")
    for number in (1, 3):
        for _ in range(number):
            a_step(a_claim(speaker=people["abel"], source=source, occasion="a briefing"), people["corda"])
        with django_assert_num_queries(6):
            proposed(BRIEFING, "We are ready to talk", source=source)
