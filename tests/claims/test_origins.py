"""Independent origins: what is counted once, and what counts apart."""

from hypothesis import given
from hypothesis import strategies as st

from claims.evidence.origins import Account, documents, origins, summary


def account(key, speaker="anna", occasion="briefing", said="2024-01-15", documents=()):
    return Account(key, speaker, occasion, said, documents)


def keys(accounts, repeats=()):
    return [[one.key for one in origin] for origin in origins(accounts, repeats)]


def test_one_speaker_on_one_occasion_and_day_is_one_origin():
    assert keys([account(1), account(2), account(3)]) == [[1, 2, 3]]


def test_another_speaker_occasion_or_day_is_another_origin():
    accounts = [account(1), account(2, speaker="boris"), account(3, occasion="speech"), account(4, said="2024-01-16")]
    assert keys(accounts) == [[1], [2], [3], [4]]


def test_case_and_space_make_no_other_occasion():
    assert keys([account(1, occasion="Joint  briefing"), account(2, occasion="joint briefing ")]) == [[1, 2]]


def test_where_no_occasion_is_recorded_nothing_is_called_independent():
    assert keys([account(1, occasion=""), account(2, occasion="")]) == [[1, 2]]


def test_what_repeats_counts_with_what_it_repeats_even_through_others():
    accounts = [account(1, "anna"), account(2, "boris"), account(3, "carla"), account(4, "dora")]
    assert keys(accounts, [(3, 2), (2, 1)]) == [[1, 2, 3], [4]]


def test_a_repetition_joins_all_accounts_of_an_utterance():
    assert keys([account(1, "anna"), account(2, "boris"), account(3, "anna")], [(3, 2)]) == [[1, 2, 3]]


def test_a_repetition_of_what_is_no_account_does_not_count():
    assert keys([account(1, "anna"), account(2, "boris")], [(1, 9), (9, 2)]) == [[1], [2]]


def test_the_count_is_said_in_words():
    four = [
        account(1, documents=("a", "b")),
        account(2, documents=("b", "c")),
        account(3, speaker="boris", documents=("d",)),
    ]
    assert summary(origins(four, [])) == "Carried by 4 documents from 2 origins."
    assert summary(origins([account(1, documents=("a",))], [])) == "Carried by 1 document from 1 origin."


def test_a_document_that_carries_two_origins_is_one_document():
    found = origins([account(1, documents=("a",)), account(2, speaker="boris", documents=("a",))], [])
    assert summary(found) == "Carried by 1 document from 2 origins."


few = st.integers(0, 3)
many = st.lists(
    st.builds(lambda *fields: fields, few, few.map(str), few, st.lists(few, max_size=3).map(tuple)), max_size=9
).map(lambda rows: [Account(key, *row) for key, row in enumerate(rows)])
pairs = st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), max_size=9)


@given(many, pairs)
def test_every_account_is_of_one_origin_in_the_order_given(accounts, repeats):
    found = origins(accounts, repeats)
    assert sorted(one.key for origin in found for one in origin) == [one.key for one in accounts]
    assert all(origin == sorted(origin, key=lambda one: one.key) for origin in found)
    assert [origin[0].key for origin in found] == sorted(origin[0].key for origin in found)


@given(many, pairs)
def test_origins_are_the_finest_that_keep_linked_accounts_together(accounts, repeats):
    """Checked against a second way to the same: labels that spread along the links until none changes."""
    linked = [(one.key, other.key) for one in accounts for other in accounts if one.saying == other.saying]
    linked += [(one, other) for one, other in repeats if max(one, other) < len(accounts)]
    labels = list(range(len(accounts)))
    for _ in accounts:
        for one, other in linked:
            labels[one] = labels[other] = min(labels[one], labels[other])
    expected = {}
    for key, label in enumerate(labels):
        expected.setdefault(label, []).append(key)
    assert keys(accounts, repeats) == list(expected.values())


@given(many, pairs, st.randoms())
def test_the_direction_and_order_of_repetitions_do_not_matter(accounts, repeats, random):
    turned = [pair[::-1] if random.random() < 0.5 else pair for pair in repeats]
    random.shuffle(turned)
    assert origins(accounts, turned) == origins(accounts, repeats)


@given(many)
def test_documents_are_counted_once(accounts):
    found = documents(accounts)
    assert len(found) == len(set(found))
    assert set(found) == {document for one in accounts for document in one.documents}
