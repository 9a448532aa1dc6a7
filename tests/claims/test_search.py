"""Full text and derived mentions: one meaning on both databases."""

import pytest

from claims.search.index import derive, matching
from tests.factories import a_citation, a_claim, a_name, a_source, an_actor
from tests.guards import deletable

pytestmark = pytest.mark.django_db


def found(words):
    return list(matching(words).order_by("pk"))


def test_it_finds_a_word_of_the_content_in_any_case():
    claim = a_claim("a Ceasefire should come first")
    a_claim("sanctions should stay")
    assert found("CEASEFIRE") == [claim]


def test_it_finds_a_word_by_its_beginning_where_a_star_asks_for_it():
    claim = a_claim("diplomacy should go on")
    assert (found("diplo*"), found("diplo")) == ([claim], [])


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("negotiations should go on", "negotiating"),
        ("a ceasefire", "ceasefires"),
        ("Russia’s terms", "russia"),
        ("ми готові до переговорів", "переговори"),
        ("після війни", "війна"),
        ("вимагаємо припинення вогню", "вогонь"),
        ("санкції проти росії", "Росія"),
        ("обʼєкти критичної інфраструктури", "об'єкт"),
        ("перемир’я на морі", "перемирʼя"),
        ("мы готовы к переговорам", "переговоры"),
        ("после войны", "война"),
        ("санкций не боимся", "санкции"),
        ("ещё одно условие", "еще условия"),
        ("слова Зеленского", "зеленский"),
    ],
)
def test_it_finds_a_word_in_any_form(text, typed):
    claim = a_claim(exact=text)
    assert found(typed) == [claim]


def test_words_of_other_roots_are_not_found():
    a_claim("universe", exact="мирний")
    assert (found("university students"), found("мировой")) == ([], [])


def test_a_phrase_finds_words_one_after_the_other_as_they_are_spelt():
    claim = a_claim("we are ready to talk")
    a_claim("to talk is to be ready")
    a_claim("we are ready to talks")
    assert found('"ready to talk"') == found("«Ready, TO talk»") == [claim]


def test_a_phrase_does_not_reach_from_one_text_into_the_next():
    a_claim("peace first", exact="talks later")
    assert found('"first talks"') == []


def test_what_must_not_be_there_is_left_out():
    with_both, other = a_claim("talks about grain"), a_claim("talks about gas")
    third = a_claim("nothing of the kind")
    assert found("talks -grain") == found('talks -"about grain"') == found("talks -gra*") == [other]
    assert found("-talk") == [third]
    assert found("-grains talking") == [other]
    assert with_both in found("talks")


def test_a_hyphen_within_a_word_leaves_nothing_out():
    claim = a_claim("Russia-Ukraine talks")
    assert found("Russia-Ukraine") == found("ukraine-russia") == [claim]


def test_it_finds_those_mentioned_by_any_name_on_file():
    zelenskyy = an_actor("Volodymyr Zelenskyy")
    a_name(zelenskyy, "Володимир Зеленський"), a_name(zelenskyy, "Volodymyr Zelensky")
    claim = a_claim("Zelenskyy should come")
    for spelling in ("Zelensky", "zelenskyy", "Зеленський", '"володимир зеленський"'):
        assert found(spelling) == [claim]


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


@pytest.mark.parametrize(
    ("on_file", "typed"),
    [
        ("Radosław Wałczak", "Walczak"),
        ("Jonas Støren", "storen"),
        ("İbrahim Yıldız", "Ibrahim Yildiz"),
        ("Łódź", "Lodz"),
        ("İstanbul", "Istanbul"),
        ("Ærø and Sørensen", "sorensen aero"),
        ("Gartenstraße", "Gartenstrasse"),
        ("Đorđević, Sigurðsson", "Dordevic Sigurdsson"),
        ("Œuvre", "oeuvre"),
    ],
)
def test_latin_letters_are_found_without_their_strokes_dots_and_tails_and_with_them(on_file, typed):
    claims = [a_claim(on_file), a_claim(exact=on_file), a_claim(speaker=an_actor(on_file))]
    assert sorted(found(typed), key=lambda claim: claim.pk) == claims
    assert sorted(found(on_file), key=lambda claim: claim.pk) == claims


def test_it_finds_the_speaker_by_any_name_on_file():
    speaker = an_actor("Volodymyr Zelenskyy")
    a_name(speaker, "Зеленський")
    claim = a_claim(speaker=speaker)
    assert found("ЗЕЛЕНСЬКИЙ") == found("zelenskyy") == [claim]


def test_it_finds_the_year_and_the_title_of_the_source():
    claim = a_claim(said_edtf="2024-05-17", source=a_source(title="Remarks at the summit"))
    assert found("summit 2024") == [claim]


def test_it_finds_the_years_of_a_range_of_dates():
    claim = a_claim(said_edtf="[2022-12-30..2023-01-02]")
    assert found("2022") == found("2023") == [claim]
    assert found("202") == []


@pytest.mark.parametrize("words", ["", "  ", "—", "'\"*():^", "%_", "\x00"])
def test_what_holds_no_word_finds_nothing(words):
    a_claim()
    assert found(words) == []


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("peace' OR 1=1", False),
        ('peace" OR "x', False),
        ("peace:*", True),
        ("NEAR(peace)", True),
        ("forms : peace", False),
        ("peace & !war", False),
        ("peace NOT is", False),
        ("-peace", False),
        ("--peace", False),
        ("- peace", True),
        ("'peace':A", False),
        ("^peace", True),
        ("peace\\", True),
        ('"peace is" near "', True),
    ],
)
def test_the_engines_own_syntax_is_only_words(typed, is_found):
    claim = a_claim("peace is near")
    assert found(typed) == [claim] * is_found


def test_a_changed_passage_is_found_by_its_new_words_alone():
    claim = a_claim(exact="the old words stood here")
    claim.citations.update(exact="some new ones do")
    derive([claim])
    assert (found("old"), found("ones")) == ([], [claim])


def test_a_deleted_claim_is_found_no_more():
    claim = a_claim("fleeting matter")
    with deletable():
        claim.delete()
    assert found("fleeting") == []


def test_it_knows_whom_a_claim_mentions_by_full_name_and_surname():
    putin, biden = an_actor("Vladimir Putin"), an_actor("Joe Biden")
    claim = a_claim("Putin should meet Joe Biden")
    assert set(claim.mentions.all()) == {putin, biden}


def test_a_surname_counts_in_every_spelling_on_file():
    zelenskyy = an_actor("Volodymyr Zelenskyy")
    a_name(zelenskyy, "Volodymyr Zelensky"), a_name(zelenskyy, "Володимир Зеленський")
    assert list(a_claim("Zelensky should come").mentions.all()) == [zelenskyy]
    assert list(a_claim(exact="Зеленський приїде").mentions.all()) == [zelenskyy]


def test_where_the_surname_comes_first_the_last_word_of_a_spelling_is_none():
    xi = an_actor("Xi Jinping", sort_name="Xi Jinping")
    a_name(xi, "Си Цзиньпин")
    assert not a_claim(exact="Цзиньпин").mentions.exists()


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
