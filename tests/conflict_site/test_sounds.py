"""Words by their sound: one name in the spellings of several languages."""

import pytest

from conflict_site.base.sounds import sound, sounds
from conflict_site.base.text import fold


@pytest.mark.parametrize(
    "spellings",
    [
        "Зеленський Зеленский Zelenskyy Zelenskyi Zelensky Zelenskiy Zelenski Selenskyj Selenski",
        "Лавров Lavrov Lawrow Lavroff Lavrof",
        "Путин Путін Putin Poutine",
        "Лукашенко Lukashenko Lukaschenko Loukachenko Łukaszenko",
        "Захарова Zakharova Zaharova",
        "Медведев Medvedev Medwedew Medvédev",
        "Щербина Shcherbyna Schtscherbyna Chtcherbina",
        "Загороднюк Zagorodnyuk Zahorodniuk Sahorodnjuk Zagorodniouk",
        "Macron Makron",
    ],
)
def test_the_spellings_of_a_name_sound_the_same(spellings):
    heard = {spelling: sound(fold(spelling)) for spelling in spellings.split()}
    assert len(set(heard.values())) == 1, heard


def test_names_that_differ_sound_different():
    assert len(set(sounds([fold(name) for name in ["Putin", "Patton", "Scholz", "Merz", "Macron", "Meloni"]]))) == 6


def test_many_words_sound_as_they_do_alone():
    words = ["ceasefire", "e", "", "зеленськии", "poutine"]
    assert sounds(words) == [sound(word) for word in words]
