"""The charts of actors and issues, measured: nothing lies upon another thing, is cut off, or leaves its lane."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent.parent
WIDTHS = (360, 768, 1280)

# What lies upon another thing or leaves its frame, in words. Half a pixel is nobody's.
MEASURE = """() => {
  const found = [], near = 0.5
  const box = element => element.getBoundingClientRect()
  const seen = element => element.checkVisibility() && box(element).width > 0
  const overlap = (a, b) => a.left < b.right - near && b.left < a.right - near
    && a.top < b.bottom - near && b.top < a.bottom - near
  const within = (a, b) => a.left >= b.left - near && a.right <= b.right + near
    && a.top >= b.top - near && a.bottom <= b.bottom + near
  const name = element => element.textContent.trim() || element.outerHTML.slice(0, 60)
  const apart = (elements, what) => {
    const boxes = elements.map(element => [box(element), element])
    for (let i = 0; i < boxes.length; i++)
      for (let j = i + 1; j < boxes.length; j++)
        if (overlap(boxes[i][0], boxes[j][0])) found.push(`${what}: ${name(boxes[i][1])} | ${name(boxes[j][1])}`)
  }
  const root = document.documentElement
  if (root.scrollWidth > root.clientWidth) found.push(`the page scrolls sideways: ${root.scrollWidth}`)
  for (const svg of document.querySelectorAll('.lanes svg.axis')) {
    const texts = [...svg.querySelectorAll('text')].filter(seen)
    apart(texts, 'years')
    for (const text of texts)
      if (box(text).right > root.clientWidth || box(text).left < 0) found.push(`cut: ${name(text)}`)
  }
  for (const plot of document.querySelectorAll('.lanes svg.plot')) {
    const lane = box(plot), whole = box(plot.closest('.lane'))
    const frame = {left: lane.left - 8, right: lane.right + 8, top: lane.top, bottom: lane.bottom}
    const texts = [...plot.querySelectorAll(':scope > text')].filter(seen)
    const marks = [...plot.querySelectorAll('use, path.mk, path.mk-uncoded')].filter(seen)
    const letters = [...plot.querySelectorAll('.letter')].filter(seen)
    const bars = [...plot.querySelectorAll('line.bar')].filter(seen).map(bar => {
      const b = box(bar)
      return {left: b.left, right: b.right, top: b.top - 6.5, bottom: b.bottom + 6.5, bar}
    })
    apart(texts, 'labels')
    apart(marks, 'marks')
    apart([...texts, ...letters], 'labels and letters')
    for (const text of texts) if (!within(box(text), frame)) found.push(`label cut: ${name(text)}`)
    for (const mark of [...marks, ...letters]) {
      if (!within(box(mark), frame)) found.push(`mark out of its lane: ${name(mark.closest('svg.at'))}`)
      for (const text of texts) if (overlap(box(mark), box(text))) found.push(`mark on label: ${name(text)}`)
      for (const bar of bars) if (overlap(box(mark), bar)) found.push(`mark on bar: ${name(mark.closest('svg.at'))}`)
    }
    for (const text of texts) for (const bar of bars)
      if (overlap(box(text), {...bar, top: bar.top + 1})) found.push(`label on bar: ${name(text)}`)
    if (!within(lane, whole)) found.push('a plot leaves its lane')
  }
  apart([...document.querySelectorAll('.lanes .lane')], 'lanes')
  const heads = [...document.querySelectorAll('.lane > div, .lane > svg')].filter(seen)
  for (const lane of document.querySelectorAll('.lanes .lane'))
    apart(heads.filter(head => head.parentNode === lane), 'parts of a lane')
  return found
}"""


@pytest.fixture(scope="module")
def reader(browser: Browser, base_url: str) -> Page:
    """One page without JavaScript for all of them."""
    return browser.new_context(base_url=base_url, java_script_enabled=False).new_page()


def charted() -> list[str]:
    """The addresses of all actors and issues of the opening dossier that have a chart."""
    with (ROOT / "data" / "opening" / "positions.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return sorted({f"/{name}s/{row[name]}/" for row in rows for name in ("actor", "issue")})


def test_nothing_overlaps_or_is_cut_on_any_chart(reader: Page) -> None:
    addresses = charted()
    assert len(addresses) > 40
    faults = []
    for address in addresses:
        reader.goto(address)
        assert reader.locator(".lanes svg.plot").count() > 0
        for width in WIDTHS:
            reader.set_viewport_size({"width": width, "height": 900})
            faults += [f"{address} at {width}: {fault}" for fault in reader.evaluate(MEASURE)]
    assert faults == []


def test_the_measure_finds_what_overlaps(reader: Page) -> None:
    """A mark moved onto its neighbour, and a label moved out of the plot."""
    reader.set_viewport_size({"width": 1280, "height": 900})
    reader.goto("/issues/direct-talks/")
    reader.evaluate("""() => {
      const plot = document.querySelector('.lanes svg.plot'), [one, other] = plot.querySelectorAll('svg.at:has(> use)')
      other.setAttribute('x', one.getAttribute('x')); other.setAttribute('y', one.getAttribute('y'))
      plot.querySelector(':scope > text').setAttribute('x', '110%')
    }""")
    faults = " ".join(reader.evaluate(MEASURE))
    assert "marks: " in faults
    assert "label cut: " in faults
