"""Pairs worth comparing, by the number of shared issues."""

from claims.charts.pairs import WIDEST, most_shared

HELD = {"ada": {1, 2}, "bea": {1, 2, 3}, "cyd": {3}, "dan": {1, 2}}


def test_pairs_go_by_the_number_of_shared_issues_then_alphabetically():
    assert most_shared(HELD, 9) == [
        ("ada", "bea", 2),
        ("ada", "dan", 2),
        ("bea", "dan", 2),
        ("bea", "cyd", 1),
    ]


def test_no_more_are_given_than_asked_for():
    assert most_shared(HELD, 1) == [("ada", "bea", 2)]


def test_of_one_actor_only_its_own_pairs_are_given_with_it_first():
    assert most_shared(HELD, 9, "dan") == [("dan", "ada", 2), ("dan", "bea", 2)]


def test_an_actor_without_positions_has_no_pairs():
    assert most_shared(HELD, 9, "eve") == []


def test_of_very_many_actors_those_with_most_issues_are_paired():
    many = {number: {1} for number in range(WIDEST)} | {WIDEST: {1, 2}, WIDEST + 1: {1, 2}}
    assert most_shared(many, 2) == [(WIDEST, WIDEST + 1, 2), (0, 1, 1)]
