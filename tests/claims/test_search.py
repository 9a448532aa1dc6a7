"""Full text and derived mentions: one meaning on both databases."""

import pytest

from claims.search import derive, matching
from tests.factories import a_citation, a_claim, a_name, a_source, an_actor

pytestmark = pytest.mark.django_db


def found(words):
    return list(matching(words).order_by("pk"))


def test_it_finds_a_word_of_the_content_in_any_case():
    claim = a_claim("a Ceasefire should come first")
    a_claim("sanctions should stay")
    assert found("CEASEFIRE") == [claim]


def test_it_finds_a_word_by_its_beginning():
    claim = a_claim("sanctions should stay")
    assert found("sanction") == [claim]


def test_every_word_must_be_there():
    both = a_claim("sanctions should stay")
    a_claim("sanctions should go")
    assert found("stay sanctions") == [both]


def test_it_finds_the_passage_in_its_own_language():
    claim = a_claim(exact="перемовини почнуться скоро")
    assert found("Перемовини") == [claim]


def test_accents_and_yo_make_no_difference():
    claim = a_claim(exact="ещё раз о Erdoğan")
    assert found("еще erdogan") == [claim]


def test_it_finds_the_speaker_by_any_name_on_file():
    speaker = an_actor("Volodymyr Zelenskyy")
    a_name(speaker, "Зеленський")
    claim = a_claim(speaker=speaker)
    assert found("ЗЕЛЕНСЬКИЙ") == found("zelenskyy") == [claim]


def test_it_finds_the_year_and_the_title_of_the_source():
    claim = a_claim(said_edtf="2024-05-17", source=a_source(title="Remarks at the summit"))
    assert found("summit 2024") == [claim]


@pytest.mark.parametrize("words", ["", "  ", "—", "'\"*():^", "%_", "\x00"])
def test_what_holds_no_word_finds_nothing(words):
    a_claim()
    assert found(words) == []


@pytest.mark.parametrize("words", ["peace' OR 1=1", 'peace" OR "x', "peace:*", "NEAR(peace)", "peace & !war", "-peace"])
def test_the_engines_own_syntax_is_only_words(words):
    claim = a_claim("peace is near")
    assert found(words) == [claim] * ("1" not in words and "x" not in words and "war" not in words)


def test_a_changed_passage_is_found_by_its_new_words_alone():
    claim = a_claim(exact="the old words stood here")
    claim.citations.update(exact="some new ones do")
    derive([claim])
    assert (found("old"), found("ones")) == ([], [claim])


def test_a_deleted_claim_is_found_no_more():
    claim = a_claim("fleeting matter")
    claim.delete()
    assert found("fleeting") == []


def test_it_knows_whom_a_claim_mentions_by_full_name_and_surname():
    putin, biden = an_actor("Vladimir Putin"), an_actor("Joe Biden")
    claim = a_claim("Putin should meet Joe Biden")
    assert set(claim.mentions.all()) == {putin, biden}


def test_a_surname_that_two_persons_share_names_neither():
    an_actor("Joe Biden"), an_actor("Jill Biden")
    assert not a_claim("Biden will come").mentions.exists()


def test_the_speaker_does_not_count_as_mentioned():
    putin = an_actor("Vladimir Putin")
    assert not a_claim("Putin is ready", speaker=putin).mentions.exists()


def test_an_abbreviation_is_no_other_word():
    state = an_actor("United States", kind="state")
    a_name(state, "US")
    assert not a_claim("let us talk").mentions.exists()
    assert list(a_claim("the US will talk").mentions.all()) == [state]


def test_a_name_in_the_passage_counts():
    nato = an_actor("NATO", kind="international_organisation")
    claim = a_claim("membership is far away", exact="NATO is not what we speak of")
    assert list(claim.mentions.all()) == [nato]


def test_deriving_twice_changes_nothing():
    putin = an_actor("Vladimir Putin")
    claim = a_claim("Putin is ready")
    a_citation(claim)
    derive([claim])
    derive([claim])
    assert list(claim.mentions.all()) == [putin]
