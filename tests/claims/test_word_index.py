"""The index of words against a look at each text, for invented ones; and as a file that processes share."""

import numpy as np
import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from claims.models import ClaimWords
from claims.readmodel import bits, freshness, indexing, shared, values
from claims.readmodel import words as reading
from claims.readmodel.freshness import Reader
from claims.readmodel.indexing import index_of
from claims.readmodel.selection import Having, Selection
from claims.search import BREAK, AnyForm, Beginning, Phrase, Query
from tests.factories import a_claim

SPELT = ("a", "ab", "abc", "b", "ba", "ї", "їж", "𝔸")
word = st.sampled_from(SPELT)
text = st.lists(st.one_of(word, st.just(BREAK)), max_size=8).map(" ".join)
texts = st.lists(st.tuples(text, st.sets(word, max_size=3)), max_size=90)
unknown = st.sampled_from(["abcd", "", "z", "\x00", "їжа"])
some_word = st.one_of(word, word, word, word, unknown)
pairs = st.lists(st.tuples(some_word, some_word), max_size=2).map(tuple)
terms = st.one_of(
    st.builds(AnyForm, st.lists(some_word, min_size=1, max_size=3).map(tuple), pairs),
    st.builds(Beginning, some_word.filter(len)),
    st.builds(Phrase, st.lists(some_word, min_size=1, max_size=3).map(tuple)),
)
queries = st.builds(Query, st.lists(terms, max_size=3).map(tuple), st.lists(terms, max_size=2).map(tuple))


def holds(spelt, forms, term):
    """Whether a text holds what a term asks for."""
    words = spelt.split()
    match term:
        case AnyForm(wanted, apart):
            return bool(forms & set(wanted)) or any(
                f" {one} {two} " in f" {spelt} " for one, two in apart if one and two
            )
        case Beginning(letters):
            return any(word.startswith(letters) for word in words)
        case Phrase(wanted):
            return all(wanted) and f" {' '.join(wanted)} " in f" {spelt} "


def finds(spelt, forms, query):
    wanted, unwanted = ([holds(spelt, forms, term) for term in side] for side in (query.wanted, query.unwanted))
    return bool(wanted or unwanted) and all(wanted) and not any(unwanted)


@pytest.mark.parametrize("least", [1, 64], ids=["masks", "rows"])
@pytest.mark.parametrize("at_a_time", [3, indexing.AT_A_TIME], ids=["in pieces", "at once"])
@given(described=texts, asked=st.lists(queries, min_size=1, max_size=5))
def test_it_finds_what_a_look_at_each_text_finds(least, at_a_time, described, asked):
    described = [(spelt, forms | {word for word in spelt.split() if word != BREAK}) for spelt, forms in described]
    size = len(described)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(values, "LEAST", least)
        patch.setattr(indexing, "AT_A_TIME", at_a_time)
        backwards = ((size - 1 - row, spelt, " ".join(forms)) for row, (spelt, forms) in enumerate(described))
        index = index_of(backwards, size)
    for query in asked:
        rows = np.flatnonzero(bits.unpacked(index.holding(query), size)).tolist()
        assert rows == sorted(size - 1 - row for row, each in enumerate(described) if finds(*each, query)), query


def test_a_row_without_a_text_is_there_and_holds_nothing():
    index = index_of([(1, "talks", "talk talks")], 3)
    assert np.flatnonzero(bits.unpacked(index.holding(Query((Phrase(("talks",)),), ())), 3)).tolist() == [1]
    assert index.lengths.tolist() == [0, len("talk talks"), 0]
    assert index.counted() == {"talks": 1}


@pytest.fixture
def folder(settings, tmp_path, monkeypatch):
    """Where processes keep what they share, although tests are within a transaction."""
    settings.READ_MODEL_DIR = str(tmp_path)
    monkeypatch.setattr(shared, "_may_be_undone", lambda alias: False)
    return tmp_path


def searches(reader, typed="talks"):
    return Selection(reader.current(), "said", [Having("q", typed)]).found().size


def reads(monkeypatch):
    """The times that all words were read from here on."""
    read, of = [], reading.index_of
    monkeypatch.setattr(reading, "index_of", lambda *given: read.append(1) or of(*given))
    return read


@pytest.mark.django_db
def test_words_are_read_by_one_process_and_mapped_by_the_others(folder, monkeypatch):
    claim = a_claim("peace talks")
    a_claim("aid")
    read = reads(monkeypatch)
    assert [searches(Reader()) for _ in range(3)] == [1, 1, 1]
    assert len(read) == 1
    assert len(list(folder.glob("*words*.model"))) == 1
    ClaimWords.objects.filter(claim=claim).update(text="silence", forms="silence")
    assert [searches(Reader()) for _ in range(2)] == [0, 0]
    assert searches(Reader(), "silence") == 1
    assert len(read) == 1 + 3, "the change alone, by each"


@pytest.mark.django_db
def test_words_that_were_kept_for_other_rows_are_not_taken(folder, monkeypatch):
    """Whoever reads everything later than its newest entry says may have other rows than who read it before."""
    claim, other = a_claim("talks"), a_claim("aid")
    first = Reader()
    assert searches(first) == 1
    [name] = [file.name for file in folder.glob("*words*.model")]
    mark = first.held().mark
    monkeypatch.setattr(freshness, "_newest", lambda alias: mark)
    next(folder.glob("*columns.model")).unlink()
    type(claim).objects.filter(pk=other.pk).update(said_edtf="1999", said_earliest="1999-01-01")
    assert searches(Reader()) == 1
    [other] = [file.name for file in folder.glob("*words*.model")]
    assert other != name, "and those of other rows are cleared away"


@pytest.mark.django_db
def test_a_torn_file_of_words_is_made_anew(folder, monkeypatch):
    a_claim("talks")
    assert searches(Reader()) == 1
    [file] = folder.glob("*words*.model")
    file.write_bytes(file.read_bytes()[:-64])
    read = reads(monkeypatch)
    assert searches(Reader()) == 1
    assert len(read) == 1


@pytest.mark.django_db
def test_what_the_command_keeps_nobody_reads_again(folder, monkeypatch, capsys):
    a_claim("talks")
    call_command("keep_read_model")
    read = reads(monkeypatch)
    assert searches(Reader()) == 1
    assert read == []
    assert capsys.readouterr().out.startswith(f"1 claims kept in {folder}, ")


@pytest.mark.django_db
def test_where_nothing_is_kept_it_says_so(settings, capsys):
    settings.READ_MODEL_DIR = ""
    call_command("keep_read_model")
    assert capsys.readouterr().out == "Nothing is kept: READ_MODEL_DIR names no folder.\n"
