"""What the desk doubts: in a claim's content, its passages and dates, and what may be on file already."""

import pytest

from actors.models import Actor
from claims import helps
from claims.helps.content import lint
from claims.models import Doubt, JudgingWord, Source
from conflict_site.base.edtf import parse
from tests.factories import a_claim, a_draft, a_name, a_source, an_actor

JUDGING = {"insist": "say", "rightly": "", "so-called": ""}


def told(content: str, *names: str) -> list[tuple[str, str]]:
    return [(doubt.code, doubt.words) for doubt in lint(content, names=names, judging=JUDGING, capitals={"NATO"})]


@pytest.mark.parametrize(
    ("content", "doubts"),
    [
        ("talks should resume", []),
        ("That talks should resume", [("that", "It begins with “that”, which stands before it already.")]),
        ("Ada Abel will resume talks", [("speaker", "It names the speaker, “abel”, who stands before it already.")]),
        (
            "we will resume talks",
            [("first_person", "“we” is the first person: these are our words, not the speaker’s.")],
        ),
        ("World War I began with talks, as the U.S. and the US know", []),
        ("both insisted on talks", [("judging", "Does the site say so, or the speaker? “insist” (rather “say”?).")]),
        ("the so-called talks end", [("judging", "Does the site say so, or the speaker? “so-called”.")]),
        ("each has the right to insisting, which it calls insistence", [("judging", told("insist")[0][1])]),
        ("talks are what he calls “insisting” and insistent ones", []),
        ("NATO should NEVER join the talks", [("capitals", "In capitals: “NEVER”.")]),
        ("the answer is “WE INSIST”, in “our” words", []),
    ],
)
def test_content_is_doubted_for_what_our_neutral_words_do_not_hold(content, doubts):
    assert told(content, "abel", "Ada Abel") == doubts


@pytest.mark.django_db
def test_the_first_list_of_judging_words_takes_one_word_from_each_side_s_mouth_as_from_the_other_s():
    listed = {*JudgingWord.objects.values_list("word", flat=True)}
    assert {"regime", "nazi", "terrorist", "heroic", "insist"} <= listed
    assert all(word == word.lower() for word in listed)


def codes(doubts: list[Doubt]) -> list[tuple[str, str]]:
    return [(doubt.field, doubt.code) for doubt in doubts]


def typed(claim, **given):
    return helps.Typed(
        **{"pk": None, "speaker": claim.speaker, "content": claim.content, "said": parse("2024-01-16")} | given
    )


@pytest.mark.django_db
def test_a_claim_of_the_same_speaker_about_that_day_in_about_those_words_is_on_file():
    claim = a_claim("talks with the delegation should resume in spring", slug="on-file")
    again = typed(claim, content="in spring, talks with that delegation should be resumed")
    [doubt] = helps.of_claim(again)
    assert (doubt.field, doubt.code, doubt.record) == ("content", "duplicate", claim)
    assert doubt.words.startswith("Perhaps on file already: ")
    assert claim.content in doubt.words
    others = (
        typed(claim, pk=claim.pk),
        typed(claim, speaker=an_actor()),
        typed(claim, said=parse("2024-02-16")),
        typed(claim, said=None),
        typed(claim, content="no delegation was there"),
    )
    assert [helps.of_claim(other) for other in others] == [[]] * 5


@pytest.mark.django_db
def test_a_draft_is_on_file_too_and_a_withdrawn_claim_is_not():
    draft = a_draft("talks should resume in spring")
    assert codes(helps.of_claim(typed(draft))) == [("content", "duplicate")]
    a_claim().__class__.objects.update(state="withdrawn", withdrawn_at="2024-01-01T00:00Z")
    assert helps.of_claim(typed(draft)) == []


@pytest.mark.django_db
def test_a_passage_is_doubted_for_its_length_its_date_and_who_rests_on_it_already():
    source = a_source(published_edtf="2024-01-15")
    claim = a_claim(source=source, exact="We demand that talks resume")
    passages = [
        helps.Passage(source, words)
        for words in ("talks resume", "demand that talks resume", "one two three " * 8 + "four", "w " * 26)
    ]
    asked = typed(claim, said=parse("2024-01-15"))
    found = helps.of_passages(asked, passages)
    assert [[doubt.code for doubt in doubts] for doubts in found] == [
        ["length", "duplicate"],
        ["duplicate"],
        [],
        ["length"],
    ]
    assert [doubt.words for doubt in found[3]] == ["26 words; a passage has 4 to 25."]
    late = helps.of_passages(typed(claim, said=parse("2024-01-16")), [helps.Passage(source, "four words of another")])
    assert [doubt.words for doubt in late[0]] == [
        "It came out on 15 January 2024, before the words were said on 16 January 2024."
    ]


@pytest.mark.django_db
def test_a_source_is_on_file_by_its_address_or_by_publisher_date_and_title():
    held = a_source(url="https://example.org/speech?id=1", title="Speech of the president at the summit")
    same = {"publisher": held.publisher, "published_edtf": "2024-01-16"}
    by_address = Source(url="http://www.example.org/speech/?id=1&utm_medium=x", title="Another", **same)
    by_title = Source(url="https://example.org/2", title="The president’s speech at the summit", **same)
    assert [(doubt.field, doubt.record) for doubt in helps.of_source(by_address)] == [("url", held)]
    assert [(doubt.field, doubt.record) for doubt in helps.of_source(by_title)] == [("title", held)]
    assert helps.of_source(Source(url="https://example.org/2", title="Another", **same)) == []
    assert helps.of_source(held) == []


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_source_may_be_of_the_first_day_of_the_calendar_or_the_last(day):
    held = a_source(title="Speech of the president", published_edtf=day)
    other = Source(title="Speech of a president", publisher=held.publisher, published_edtf=day)
    assert [doubt.record for doubt in helps.of_source(other)] == [held]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Volodymyr Zelensky", True),
        ("Володимир Зеленський", True),
        ("Selenskyj Wolodymyr", True),
        ("Zelenskyy", False),
        ("Olena Zelenska", False),
        ("?", False),
    ],
)
def test_an_actor_is_on_file_by_a_name_that_sounds_alike_in_any_spelling(name, found):
    held = an_actor("Volodymyr Zelenskyy")
    an_actor("Olena Zelenska", kind="unnamed")
    doubts = helps.of_names(Actor(name=name, kind="person"), [name])
    assert [doubt.record for doubt in doubts] == ([held] if found else [])
    assert helps.stored(held) == []


@pytest.mark.django_db
def test_an_actor_is_on_file_by_another_name_of_its_own():
    held = an_actor("Ukraine", kind="state")
    a_name(held, "Україна")
    [doubt] = helps.of_names(Actor(name="Украина", kind="state"), ["Украина"])
    assert doubt.words == "Perhaps on file already: Ukraine (“Україна”), state."
