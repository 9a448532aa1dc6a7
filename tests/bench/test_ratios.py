"""Ratios of a run, by hand."""

from bench.ratios import Ratio, ratios


def a_run(claims=100_000, apart=None, **systems):
    measured = {
        key.replace("_", "-"): {"times": {name: {"wall": wall} for name, wall in times.items()}}
        for key, times in systems.items()
    }
    filters = [{"name": "none", "has_words": False}, {"name": "a word", "has_words": True}]
    return {"claims": claims, "filters": filters, "systems": measured, "apart": apart or {}}


def test_the_page_is_compared_with_the_floor_by_its_worst_filter_and_the_geometric_mean():
    found = ratios(a_run(floor={"none": 10, "a word": 5}, site_sqlite={"none": 20, "a word": 40}))

    assert found == [
        Ratio("page ÷ floor, worst filter", "SQLite", 8.0, 3.0, where="a word"),
        Ratio("page ÷ floor, geometric mean", "SQLite", 4.0, 2.0),
        Ratio("slowest ÷ fastest filter", "SQLite", 2.0, 4, where="a word"),
    ]
    assert [ratio.verdict for ratio in found] == [
        "missed, by a factor of 2.67",
        "missed, by a factor of 2.00",
        "met",
    ]


def test_the_page_for_a_first_reader_is_compared_with_the_floor_without_a_bar():
    found = ratios(a_run(floor={"none": 10, "a word": 5}, cold_sqlite={"none": 20, "a word": 40}))

    assert found == [
        Ratio("page with nothing kept ÷ floor, worst filter", "SQLite", 8.0, None, where="a word"),
        Ratio("page with nothing kept ÷ floor, geometric mean", "SQLite", 4.0, None),
    ]


def test_a_peer_is_compared_by_its_best_filter():
    found = ratios(a_run(orm_postgresql={"none": 900, "a word": 10}, site_postgresql={"none": 10, "a word": 10}))

    assert found[:2] == [
        Ratio("plain ORM ÷ page, geometric mean", "PostgreSQL", 9.486832980505138, 30, at_most=False),
        Ratio("plain ORM ÷ page, worst filter", "PostgreSQL", 1.0, 2, at_most=False, where="a word"),
    ]
    assert found[0].verdict == "missed, by a factor of 3.16"
    assert (found[0].bar_words, found[2].bar_words) == ("≥ 30", "≤ 4")


def test_growth_is_measured_without_words_once_both_sizes_have_run():
    small = a_run(1_000_000, site_sqlite={"none": 10, "a word": 10})
    large = a_run(10_000_000, site_sqlite={"none": 110, "a word": 500})

    assert ratios(large, [small])[-1] == Ratio(
        "10 million ÷ 1 million claims, worst filter without words", "SQLite", 11.0, 12, where="none"
    )
    assert [ratio.name for ratio in ratios(large)] == ["slowest ÷ fastest filter"]


def test_an_answer_that_nothing_has_changed_is_compared_by_processor_time():
    apart = {"full-sqlite": {"unchanged": {"page_cpu": 10.0, "unchanged_cpu": 0.5}}}

    assert ratios(a_run(apart=apart)) == [Ratio("304 ÷ page, processor time", "SQLite", 0.05, 0.1)]
