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
        Ratio("page ÷ floor, geometric mean", "SQLite", 4.0, 1.7),
        Ratio("slowest ÷ fastest filter", "SQLite", 2.0, 4, where="a word"),
    ]
    assert [ratio.verdict for ratio in found] == [
        "missed, by a factor of 2.67",
        "missed, by a factor of 2.35",
        "met",
    ]


def test_the_page_for_a_first_reader_is_compared_with_the_floor_by_bars_of_its_own():
    found = ratios(a_run(floor={"none": 10, "a word": 5}, cold_sqlite={"none": 20, "a word": 40}))

    assert found == [
        Ratio("page with nothing kept ÷ floor, worst filter", "SQLite", 8.0, 5.0, where="a word"),
        Ratio("page with nothing kept ÷ floor, geometric mean", "SQLite", 4.0, 2.5),
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


def test_what_is_measured_apart_is_compared_with_its_own_page():
    times = {"first": 120.0, "after_write": 13.0, "page": 10.0, "unchanged": {"page_cpu": 10.0, "unchanged_cpu": 0.5}}

    assert ratios(a_run(apart={"full-sqlite": times})) == [
        Ratio("page after a write ÷ page", "SQLite", 1.3, 1.3),
        Ratio("a new worker's first page, milliseconds", "SQLite", 120.0, 150),
        Ratio("304 ÷ page, processor time", "SQLite", 0.05, 0.08),
    ]
