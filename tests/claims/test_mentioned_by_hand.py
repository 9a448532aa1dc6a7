"""Whom three hundred and more short passages mention, by hand; about half of them are traps."""

import csv
from pathlib import Path

import pytest

from actors.models import Actor
from claims.search.mentions import mentions
from claims.search.names import names_of
from tests.factories import a_name, an_actor

pytestmark = pytest.mark.django_db

BY_HAND = Path(__file__).parents[1] / "data" / "mentions.csv"
PERSONS = {
    "putin": ("Vladimir Putin", "Владимир Путин", "Володимир Путін"),
    "zelenskyy": ("Volodymyr Zelenskyy", "Zelensky", "Володимир Зеленський", "Владимир Зеленский"),
    "biden": ("Joe Biden", "Joseph R. Biden Jr."),
    "trump": ("Donald Trump",),
    "may": ("Theresa May",),
    "will": ("George Will",),
    "bush": ("George W. Bush", "George Bush"),
    "price": ("Tom Price",),
    "king": ("Martin Luther King Jr.", "Martin Luther King"),
    "charles": ("Charles III",),
    "kim": ("Kim Jong Un",),
    "xi": ("Xi Jinping", "Си Цзиньпин"),
    "macron": ("Emmanuel Macron",),
    "lavrov": ("Sergei Lavrov", "Sergey Lavrov", "Сергей Лавров"),
    "peskov": ("Dmitry Peskov", "Дмитрий Песков"),
    "leyen": ("Ursula von der Leyen",),
    "erdogan": ("Recep Tayyip Erdoğan",),
    "walczak": ("Radosław Wałczak",),
    "frost": ("David Frost",),
    "moroz": ("Oleksandr Moroz", "Олександр Мороз"),
    "clinton-b": ("Bill Clinton",),
    "clinton-h": ("Hillary Clinton",),
    "johnson": ("Boris Johnson",),
    "scholz": ("Olaf Scholz",),
    "oneill": ("Jean-Luc O'Neill",),
    "jordan-m": ("Michael Jordan",),
    "young": ("Shalanda Young",),
}
OTHERS = {
    "us": ("state", "United States", "US", "USA"),
    "russia": ("state", "Russia", "Росія", "Россия"),
    "ukraine": ("state", "Ukraine", "Україна", "Украина"),
    "turkey": ("state", "Türkiye", "Turkey"),
    "jordan": ("state", "Jordan"),
    "un": ("international_organisation", "United Nations", "UN", "ООН"),
    "eu": ("international_organisation", "European Union", "EU"),
    "nato": ("international_organisation", "NATO"),
    "west": ("collective", "The West"),
    "leaders": ("collective", "Western leaders"),
    "kremlin": ("government_body", "Kremlin", "Кремль"),
    "whitehouse": ("government_body", "White House"),
    "congress": ("government_body", "United States Congress", "Congress"),
    "zsu": ("armed_force", "Armed Forces of Ukraine", "ЗСУ"),
    "reuters": ("media", "Reuters"),
    "guardian": ("media", "The Guardian"),
    "time": ("media", "TIME", "Time"),
    "bloomberg": ("media", "Bloomberg"),
}


@pytest.fixture
def on_file():
    kinds = {slug: ("person", *names) for slug, names in PERSONS.items()} | OTHERS
    for slug, (kind, name, *others) in kinds.items():
        actor = an_actor(name, slug=slug, kind=kind)
        for other in others:
            a_name(actor, other)


def passages():
    with BY_HAND.open(encoding="utf-8", newline="") as file:
        return [(row["passage"], {*row["actors"].split()}) for row in csv.DictReader(file)]


def test_half_of_the_passages_are_traps():
    expected = [actors for _, actors in passages()]
    assert len(expected) >= 300
    assert 0.4 < sum(not actors for actors in expected) / len(expected) < 0.6


def test_at_most_one_of_a_hundred_mentions_is_wrong_and_five_of_a_hundred_are_missed(on_file):
    names, slugs = names_of(Actor.objects.prefetch_related("names")), dict(Actor.objects.values_list("pk", "slug"))
    right = wrong = missed = 0
    odd = []
    for passage, expected in passages():
        found = {slugs[key] for key in mentions([passage], names).actors}
        right, wrong, missed = (
            right + len(found & expected),
            wrong + len(found - expected),
            missed + len(expected - found),
        )
        if found != expected:
            odd.append(f"{passage}: {sorted(found)} instead of {sorted(expected)}")
    assert right / (right + wrong) >= 0.99, odd
    assert right / (right + missed) >= 0.95, odd
