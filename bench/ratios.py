"""What the times say: ratios between systems, and how each stands to the bar that is set for it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import geometric_mean
from typing import Any

ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
BARS_AT = 1_000_000  # claims

type Results = Mapping[str, Any]  # what one run measured; see ``bench.report``


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio, the filter it belongs to ("" for a mean), and its bar: at most, or at least; None where none is set."""

    name: str
    engine: str
    value: float
    bar: float | None
    at_most: bool = True
    where: str = ""

    @property
    def verdict(self) -> str:
        """Whether the bar is met, and if not, by how much it is missed."""
        if self.bar is None:
            return ""
        excess = self.value / self.bar if self.at_most else self.bar / self.value
        return "met" if excess <= 1 else f"missed, by a factor of {excess:.2f}"

    @property
    def bar_words(self) -> str:
        """The bar as a table prints it."""
        return "" if self.bar is None else f"{'≤' if self.at_most else '≥'} {self.bar:g}"


def ratios(results: Results, others: Iterable[Results] = ()) -> list[Ratio]:
    """All ratios that a run gives; ``others`` are earlier runs, for the growth from one size to ten times as much."""
    found = [ratio for engine in ENGINES for ratio in _of_engine(results, engine)]
    return found + _growth(results, others)


def walls(results: Results, system: str) -> dict[str, float]:
    """The median milliseconds by filter; empty for a system that was not measured."""
    times = results["systems"].get(system, {}).get("times", {})
    return {name: measured["wall"] for name, measured in times.items()}


def _of_engine(results: Results, engine: str) -> list[Ratio]:
    sqlite = engine == "sqlite"
    page, everything = walls(results, f"site-{engine}"), walls(results, f"full-{engine}")
    floor, full_floor = walls(results, "floor"), walls(results, "floor-full")
    bars, cold_bars = ((3.0, 1.7), (5.0, 2.5)) if sqlite else ((3.5, 1.9), (6.0, 2.8))
    found = _at_most("page ÷ floor", engine, page, floor, bars)
    cold = walls(results, f"cold-{engine}")
    found += _at_most("page with nothing kept ÷ floor", engine, cold, floor, cold_bars)
    found += _at_most("page with all facets ÷ its floor", engine, everything, full_floor, (None, None))
    if sqlite:
        found += _at_least("Datasette ÷ page", engine, walls(results, "datasette"), page, (100, 3))
    found += _at_least(
        "plain ORM ÷ page", engine, walls(results, f"orm-{engine}"), page, (60, 2.5) if sqlite else (30, 2)
    )
    if page:
        slowest = max(page, key=lambda name: page[name])
        value = page[slowest] / min(page.values())
        found.append(Ratio("slowest ÷ fastest filter", ENGINES[engine], value, 4, where=slowest))
    return found + _apart(results["apart"].get(f"full-{engine}", {}), ENGINES[engine])


def _apart(times: Mapping[str, Any], engine: str) -> list[Ratio]:
    """The ratios of what is measured apart, of all facets; the first page is compared with the worker's second."""
    if not times:
        return []
    found = [
        Ratio("page after a write ÷ page", engine, times["after_write"] / times["page"], 1.3),
        Ratio("a new worker's first page, milliseconds", engine, times["first"], 150),
    ]
    unchanged = times.get("unchanged")
    if unchanged:
        value = unchanged["unchanged_cpu"] / unchanged["page_cpu"]
        found.append(Ratio("304 ÷ page, processor time", engine, value, 0.08))
    return found


def _at_most(
    name: str, engine: str, upper: dict[str, float], lower: dict[str, float], bars: tuple[float | None, float | None]
) -> list[Ratio]:
    """The largest ratio of all filters, and their geometric mean."""
    found = _by_filter(upper, lower)
    if not found:
        return []
    worst = max(found, key=lambda row: found[row])
    return [
        Ratio(f"{name}, worst filter", ENGINES[engine], found[worst], bars[0], where=worst),
        Ratio(f"{name}, geometric mean", ENGINES[engine], geometric_mean(found.values()), bars[1]),
    ]


def _at_least(
    name: str, engine: str, upper: dict[str, float], lower: dict[str, float], bars: tuple[float, float]
) -> list[Ratio]:
    """The geometric mean of all filters, and the smallest ratio."""
    found = _by_filter(upper, lower)
    if not found:
        return []
    worst = min(found, key=lambda row: found[row])
    return [
        Ratio(f"{name}, geometric mean", ENGINES[engine], geometric_mean(found.values()), bars[0], at_most=False),
        Ratio(f"{name}, worst filter", ENGINES[engine], found[worst], bars[1], at_most=False, where=worst),
    ]


def _growth(results: Results, others: Iterable[Results]) -> list[Ratio]:
    """The page on SQLite at ten million claims ÷ that at one million, filters without words, the worst of them."""
    by_size = {run["claims"]: run for run in (*others, results)}
    if not {BARS_AT, 10 * BARS_AT} <= by_size.keys():
        return []
    structured = {row["name"] for row in results["filters"] if not row["has_words"]}
    large, small = (walls(by_size[size], "site-sqlite") for size in (10 * BARS_AT, BARS_AT))
    found = {name: value for name, value in _by_filter(large, small).items() if name in structured}
    if not found:
        return []
    worst = max(found, key=lambda row: found[row])
    return [Ratio("10 million ÷ 1 million claims, worst filter without words", "SQLite", found[worst], 12, where=worst)]


def _by_filter(upper: dict[str, float], lower: dict[str, float]) -> dict[str, float]:
    return {name: upper[name] / lower[name] for name in upper if name in lower}
