"""The list of languages: ISO 639."""

import pytest
from django.core.exceptions import ValidationError

from conflict_site.base.languages import LANGUAGES, language_name, validate_language


def test_all_codes_of_two_letters_are_there_and_some_of_three():
    assert len([code for code in LANGUAGES if len(code) == 2]) == 183
    assert (LANGUAGES["uk"], LANGUAGES["ru"], LANGUAGES["crh"]) == ("Ukrainian", "Russian", "Crimean Tatar")


def test_a_language_has_a_name():
    assert [language_name(code) for code in ("uk", "crh", "xx")] == ["Ukrainian", "Crimean Tatar", "xx"]


@pytest.mark.parametrize(
    ("typed", "offer"),
    [
        ("UK", "Write uk for Ukrainian."),
        ("Ukrainian", "Write uk for Ukrainian."),
        ("ua", "Write two or three small letters, as en, ru, uk."),
        ("en-US", "Write two or three small letters, as en, ru, uk."),
        ("", "Write two or three small letters, as en, ru, uk."),
    ],
)
def test_what_is_no_code_is_refused_with_what_to_write(typed, offer):
    with pytest.raises(ValidationError) as refused:
        validate_language(typed)
    assert refused.value.messages == [f"“{typed}” is no language’s code of ISO 639. {offer}"]


@pytest.mark.parametrize("code", ["en", "ru", "uk", "und", "mul"])
def test_a_code_of_the_list_is_taken(code):
    validate_language(code)
