"""The attribution sentence, rendered from the chain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.models import Act
from claims.wording import attribution


def words(**chain):
    given_chain = {"speaker": "Joe Biden", "act": "asserts", "form": "verbatim", "content": "aid will go on", **chain}
    return attribution.text(attribution.sentence(**given_chain))


def test_it_names_the_speaker_of_verbatim_words_first():
    assert words(document="the White House") == "Joe Biden said that aid will go on."


def test_it_says_who_paraphrased():
    assert words(form="paraphrase", document="RBC") == "Joe Biden, as paraphrased by RBC, said that aid will go on."


def test_it_says_who_quoted_partly():
    assert (
        words(form="partial_quote", document="RBC") == "Joe Biden, as quoted in part by RBC, said that aid will go on."
    )


def test_it_begins_with_the_document_and_cites_the_voices_outermost_first():
    assert (
        words(
            speaker="the United States",
            act="denies",
            form="paraphrase",
            document="RBC",
            steps=["Politico", "an unnamed diplomat"],
            content="the hold is a pause",
        )
        == "RBC, citing Politico, in turn citing an unnamed diplomat, states that the United States denied that the"
        " hold is a pause."
    )


def test_it_begins_with_the_first_voice_where_the_document_speaks_for_itself():
    assert words(steps=["Jake Sullivan"]) == "Jake Sullivan states that Joe Biden said that aid will go on."


def test_it_begins_with_a_capital_letter():
    assert words(speaker="the White House") == "The White House said that aid will go on."


def test_it_ends_with_one_full_stop():
    assert words(content="aid will go on.").endswith("go on.")


def test_it_marks_the_voices_and_nothing_else():
    parts = attribution.sentence(
        speaker="Joe Biden", act="asserts", form="paraphrase", content="aid will go on", document="RBC"
    )
    assert [part.text for part in parts if part.is_voice] == ["Joe Biden", "RBC"]


@pytest.mark.parametrize(
    ("act", "content", "sentence"),
    [
        ("asserts", "aid will go on", "Joe Biden said that aid will go on."),
        ("denies", "aid was stopped", "Joe Biden denied that aid was stopped."),
        ("demands", "troops should leave", "Joe Biden demanded that troops should leave."),
        ("offers", "he is ready to talk", "Joe Biden said that he is ready to talk."),
        ("promises", "aid will go on", "Joe Biden promised that aid will go on."),
        ("threatens", "sanctions will follow", "Joe Biden threatened that sanctions will follow."),
        ("predicts", "talks will fail", "Joe Biden predicted that talks will fail."),
        ("asks", "Congress should act", "Joe Biden asked that Congress should act."),
        ("concedes", "the aim has changed", "Joe Biden conceded that the aim has changed."),
        ("announces", "talks are to begin", "Joe Biden announced that talks are to begin."),
        ("evaluates", "the plan is sound", "Joe Biden judged that the plan is sound."),
        ("refuses", "he will not talk", "Joe Biden said that he will not talk."),
    ],
)
def test_each_act_reads_as_english(act, content, sentence):
    assert words(act=act, content=content) == sentence


def test_it_has_words_for_every_act():
    assert set(attribution.SAID) == set(Act.values)


def test_it_refuses_an_unknown_act():
    with pytest.raises(KeyError):
        words(act="mumbles")


@given(
    speaker=st.text(min_size=1),
    content=st.text(min_size=1),
    steps=st.lists(st.text(min_size=1), max_size=4),
    document=st.text(),
    form=st.sampled_from(["verbatim", "partial_quote", "paraphrase"]),
    act=st.sampled_from(sorted(attribution.SAID)),
)
def test_the_content_never_stands_without_its_speaker(speaker, content, steps, document, form, act):
    parts = attribution.sentence(speaker=speaker, act=act, form=form, content=content, steps=steps, document=document)
    assert parts[0].is_voice
    before, name, after = attribution.around_speaker(parts)
    assert [*before, name, *after] == parts
    assert name.text == (speaker if before else attribution.upper_first(speaker))
    assert parts[-1].text == f" {attribution.SAID[act]} {content.rstrip('.')}."
    assert attribution.upper_first(speaker) in {part.text for part in parts} | {
        attribution.upper_first(part.text) for part in parts
    }
