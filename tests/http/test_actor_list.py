"""The directory of actors."""

import pytest

from tests.factories import a_claim, a_draft, a_name, an_actor

pytestmark = pytest.mark.django_db

HOSTILE = [
    ("q", "a\x00b"),
    ("q", "‮nezahc"),
    ("q", "x" * 60_000),
    ("kind", "9" * 5_000),
    ("kind", "' OR 1=1 --"),
    ("kind", "<script>alert(1)</script>"),
    ("kind__in", "person"),
    ("x" * 60_000, "1"),
]


def test_it_groups_actors_by_kind_and_sorts_people_by_surname(client):
    for name in ("Ada Zimmer", "Bea Abel"):
        a_claim(speaker=an_actor(name))
    a_claim(speaker=an_actor("Utopia", kind="state"))
    page = client.get("/actors/").text
    places = [
        page.index(words)
        for words in (">People</h2>", "Bea Abel", "Ada Zimmer", ">States</h2>", "Utopia", ">Media</h2>")
    ]
    assert places == sorted(places)


def test_it_counts_what_each_has_said_and_over_which_time(client):
    actor = an_actor("Ada Abel")
    a_claim(speaker=actor, said_edtf="2022-02-24")
    a_claim(speaker=actor, said_edtf="2024-05")
    a_draft(speaker=actor, said_edtf="2020")
    assert "2 claims, Feb 2022 – May 2024" in client.get("/actors/").text


def test_it_finds_a_name_in_any_spelling(client):
    found = an_actor("Ada Abel")
    a_name(found, "Ада Абель")
    for actor in (found, an_actor("Bea Brook")):
        a_claim(speaker=actor)
    page = client.get("/actors/", {"q": "абель"}).text
    assert "Ada Abel" in page
    assert "Bea Brook" not in page


def test_it_filters_by_kind(client):
    a_claim(speaker=an_actor("Ada Abel"))
    a_claim(speaker=an_actor("Utopia", kind="state"))
    page = client.get("/actors/", {"kind": "state"}).text
    assert "Utopia" in page
    assert "Ada Abel" not in page


def test_it_leaves_out_whoever_only_drafts_lead_to(client):
    a_draft(speaker=an_actor("Ada Hidden"))
    assert "Ada Hidden" not in client.get("/actors/").text


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_the_same_queries_however_many_actors_there_are(client, number, django_assert_num_queries):
    for _ in range(number):
        a_claim(speaker=an_actor())
    with django_assert_num_queries(3):
        client.get("/actors/")


@pytest.mark.parametrize(("name", "value"), HOSTILE)
def test_it_answers_a_bad_parameter_with_an_error_and_no_rows(client, name, value):
    a_claim(speaker=an_actor("Ada Abel"))
    answer = client.get("/actors/", {name: value})
    assert answer.status_code == 200
    assert 'class="error"' in answer.text
    assert "Ada Abel" not in answer.text
    assert "<script>alert" not in answer.text
    assert len(answer.text) < 20_000


def test_it_refuses_a_parameter_given_twice(client):
    a_claim(speaker=an_actor("Ada Abel"))
    page = client.get("/actors/?q=Ada&q=Bea").text
    assert "Give 1 at most." in page
    assert 'href="/actors/actor' not in page


def test_it_lets_tracking_parameters_pass(client):
    a_claim(speaker=an_actor("Ada Abel"))
    assert "Ada Abel" in client.get("/actors/?utm_source=x&fbclid=y").text


def test_it_says_that_nothing_fits(client):
    a_claim()
    assert "Nothing on file under this name and kind" in client.get("/actors/", {"q": "nobody"}).text


def test_an_empty_archive_says_what_to_do_first(client):
    page = client.get("/actors/").text
    assert "Nothing is published here yet." in page
    assert "load_dossier" in page
