"""Accounts of one utterance and their origins: what counts, what is counted once, and what counts apart."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.evidence.origins import Account, carriers, is_same_utterance, origins, summary


def account(key, documents=(), speaker="anna", occasion="briefing", first=date(2024, 1, 15), last=date(2024, 1, 15)):
    return Account(key, speaker, occasion, first, last, documents)


def keys(accounts, repeats=()):
    return [[one.key for one in origin] for origin in origins(accounts, repeats)]


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        ({}, True),
        ({"speaker": "boris"}, False),
        ({"occasion": "speech"}, False),
        ({"occasion": ""}, True),
        ({"occasion": " Briefing  "}, True),
        ({"first": date(2024, 1, 16), "last": date(2024, 1, 16)}, False),
        ({"first": date(2024, 1, 1), "last": date(2024, 1, 31)}, True),
        ({"last": None}, True),
        ({"first": None, "last": date(2024, 1, 14)}, False),
        ({"occasion": "speech", "first": date(2024, 1, 1), "last": date(2024, 1, 31)}, False),
    ],
)
def test_an_utterance_is_the_same_where_speaker_days_and_occasion_leave_it_open(other, is_same):
    one, other = account(1), account(2, **other)
    assert is_same_utterance(one, other) is is_same_utterance(other, one) is is_same


def test_accounts_that_nothing_links_have_origins_of_their_own():
    assert keys([account(1, ("a",)), account(2, ("b",))]) == [[1], [2]]


def test_accounts_that_one_document_carries_are_one_origin():
    assert keys([account(1, ("a",)), account(2, ("b",)), account(3, ("b", "a"))]) == [[1, 2, 3]]


def test_what_repeats_counts_with_what_it_repeats_even_through_what_is_no_account():
    assert keys([account(1), account(2), account(3)], [(1, 9), (9, 2)]) == [[1, 2], [3]]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ([[account(1)]], "No document on file carries these words, apart from texts of this site."),
        ([[account(1, ("a",))]], "One document on file carries these words."),
        ([[account(1, ("a", "b")), account(2, ("b",))]], "2 documents on file carry these words, from one origin."),
        (
            [[account(1, ("a", "b")), account(2, ("c",))], [account(3, ("d",))]],
            "4 documents on file carry these words, from 2 origins.",
        ),
    ],
)
def test_the_count_is_said_in_words(found, words):
    assert summary(found) == words


few = st.integers(0, 3)
days = st.none() | st.integers(1, 6).map(lambda day: date(2024, 1, day))
ends = st.tuples(days, days).filter(lambda pair: None in pair or pair[0] <= pair[1])
rows = st.tuples(few, st.sampled_from(["", "A b", "a  B ", "c"]), ends, st.lists(few, max_size=2).map(tuple))
many = st.lists(rows, max_size=9).map(
    lambda found: [Account(key, who, where, *when, what) for key, (who, where, when, what) in enumerate(found)]
)
pairs = st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), max_size=9)


@given(many)
def test_the_rule_of_the_same_utterance_in_other_words(accounts):
    """A day on which both may have been made, and no two names of the occasion."""
    calendar = [date(2024, 1, day) for day in range(1, 7)]

    def days_of(one):
        return {day for day in calendar if not (one.first and day < one.first) and not (one.last and day > one.last)}

    def name(one):
        return one.occasion.lower().split()

    for one in accounts:
        for other in accounts:
            expected = (
                one.speaker == other.speaker
                and bool(days_of(one) & days_of(other))
                and (not name(one) or not name(other) or name(one) == name(other))
            )
            assert is_same_utterance(one, other) is expected


@given(many, pairs)
def test_every_account_is_of_one_origin_in_the_order_given(accounts, repeats):
    found = origins(accounts, repeats)
    assert sorted(one.key for origin in found for one in origin) == [one.key for one in accounts]
    assert all(origin == sorted(origin, key=lambda one: one.key) for origin in found)
    assert [origin[0].key for origin in found] == sorted(origin[0].key for origin in found)


@given(many, pairs)
def test_origins_are_the_finest_that_keep_linked_accounts_together(accounts, repeats):
    """Checked against a second way to the same: labels that spread along the links until none changes."""
    linked = [(one.key, other.key) for one in accounts for other in accounts if {*one.documents} & {*other.documents}]
    linked += repeats
    labels = list(range(11))
    for _ in labels:
        for one, other in linked:
            labels[one] = labels[other] = min(labels[one], labels[other])
    expected = {}
    for one in accounts:
        expected.setdefault(labels[one.key], []).append(one.key)
    assert keys(accounts, repeats) == list(expected.values())


@given(many, pairs, st.randoms())
def test_the_direction_and_order_of_repetitions_do_not_matter(accounts, repeats, random):
    turned = [pair[::-1] if random.random() < 0.5 else pair for pair in repeats]
    random.shuffle(turned)
    assert origins(accounts, turned) == origins(accounts, repeats)


@given(many, pairs)
def test_every_document_is_of_one_origin(accounts, repeats):
    found = [document for origin in origins(accounts, repeats) for document in carriers(origin)]
    assert len(found) == len(set(found))
    assert set(found) == {document for one in accounts for document in one.documents}
