"""Which documents carry a claim's words: the rule of the page against a naive restatement of it. No database."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.evidence.corroboration import corroboration
from claims.models import Claim, ClaimRelation
from claims.wording import ClaimLine, Document, Voice
from claims.wording.lines import Passage
from conflict_site.base.edtf import parse

# What these dates may be, as sets of days.
DAYS = {"2024-01-01": {1}, "2024-01-02": {2}, "[2024-01-01..2024-01-02]": {1, 2}, "2024-01-03/..": {3, 4}}
KINDS = ("article", "transcript", "briefing")  # of the documents 0, 1 and 2
NOW = datetime(2024, 2, 1, tzinfo=UTC)


def a_voice(key):
    return Voice(key, f"v{key}", f"Voice {key}", "", f"{key}", "person")


def a_passage(key):
    document = Document(key, f"d{key}", f"Title {key}", KINDS[key], "", "", None, False, a_voice(9))
    return Passage(document, "words", "", "en", "", "text_not_held")


def a_line(key, speaker, said, occasion, documents):
    passages = tuple(map(a_passage, documents))
    return ClaimLine(
        key, f"c{key}", a_voice(speaker), "He", "", "asserts", "verbatim", "peace", parse(said, ""), occasion,
        NOW, NOW, (), passages, (),
    )  # fmt: skip


rows = st.tuples(
    st.integers(0, 1),
    st.sampled_from(sorted(DAYS)),
    st.sampled_from(["", "briefing", "speech"]),
    st.lists(st.integers(0, 2), min_size=1, max_size=3, unique=True),
)
several = st.lists(rows, min_size=1, max_size=6)
kinds = st.sampled_from(["repeats", "corroborates", "contradicts"])
links = st.lists(st.tuples(st.integers(0, 5), kinds, st.integers(0, 5)), max_size=8)


def naive(found, linked):
    """The documents that carry the words of claim 0."""
    speaker, said, occasion, _ = found[0]
    counted = set()
    for key, (who, when, where, documents) in enumerate(found):
        is_alike = any(key in (one, other) for one, kind, other in linked if kind != "contradicts")
        is_same = who == speaker and DAYS[when] & DAYS[said] and (where == occasion or not where or not occasion)
        if key == 0 or (is_alike and is_same):
            counted |= {document for document in documents if KINDS[document] != "briefing"}
    return {f"/sources/d{document}/" for document in counted}


def counted(found, linked):
    lines = {key: a_line(key, *row) for key, row in enumerate(found)}
    relations = [ClaimRelation(from_claim_id=one, kind=kind, to_claim_id=other) for one, kind, other in linked]
    return corroboration(Claim(pk=0), relations, lines)


@given(several, links)
def test_it_counts_what_the_rule_says_in_other_words(found, linked):
    linked = [link for link in linked if max(link[0], link[2]) < len(found)]
    shown = counted(found, linked)
    urls = [document.url for origin in shown.origins for document in origin.documents]
    assert len(urls) == len(set(urls))
    assert set(urls) == naive(found, linked)
    assert shown.words.startswith({0: "No document ", 1: "One document "}.get(len(urls), f"{len(urls)} documents "))


@pytest.mark.parametrize(("documents", "is_left_out"), [([0], False), ([0, 2], True)])
def test_it_says_where_texts_of_the_site_are_left_out(documents, is_left_out):
    assert counted([(0, "2024-01-01", "", documents)], []).leaves_out_own is is_left_out


def test_a_witness_that_repeats_nothing_is_an_origin_of_its_own():
    found = [(0, "2024-01-01", "briefing", [0]), (0, "[2024-01-01..2024-01-02]", "", [1])]
    assert counted(found, [(1, "corroborates", 0)]).words == "2 documents on file carry these words, from 2 origins."
    assert counted(found, [(1, "repeats", 0)]).words == "2 documents on file carry these words, from one origin."
