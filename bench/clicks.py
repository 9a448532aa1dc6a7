"""What a reader waits for after ticking a facet, until its answer is painted: in Chromium, at a site that runs.

``python -m bench.clicks http://localhost:8000`` ticks 60 boxes by lot and prints median and 95th percentile, in
milliseconds: of all, of the request, and of the rest, which is the browser's own work.
"""

import random
import subprocess
import sys
from collections.abc import Iterable
from statistics import median, quantiles

from playwright.sync_api import sync_playwright

from bench.processes import ROOT
from bench.systems import PAGE

CLICKS, A_PAGE, BOXES = 60, 4, 40  # of the page's first boxes; a page is opened anew after four clicks
TICK = """at => new Promise(done => {
  const boxes = document.querySelectorAll("#filters input[type=checkbox]");
  const from = performance.now();
  document.addEventListener("htmx:afterSettle", () => requestAnimationFrame(() => setTimeout(() => {
    const asked = performance.getEntriesByType("resource").filter(each => each.startTime >= from).pop();
    done([performance.now() - from, asked.responseEnd - asked.startTime]);
  })), { once: true });
  boxes[at % boxes.length].click();
})"""  # a task that is set in a frame runs when the frame has been painted


def clicks(address: str) -> list[tuple[float, float]]:
    """Milliseconds from each click to its painted answer, and of its request."""
    chromium = subprocess.run([ROOT / "scripts" / "find-chromium"], check=True, capture_output=True, text=True)
    lot, found = random.Random(3), []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.stdout.strip(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        for click in range(CLICKS):
            if click % A_PAGE == 0:
                page.goto(f"{address.rstrip('/')}{PAGE}")
                page.wait_for_timeout(300)
            found.append(tuple(page.evaluate(TICK, lot.randrange(BOXES))))
            page.wait_for_timeout(150)
        browser.close()
    return found


def line(name: str, times: Iterable[float]) -> str:
    """Median and 95th percentile of at least two times, as they are printed."""
    times = list(times)
    return f"{name}: median {median(times):.0f} ms, p95 {quantiles(times, n=20, method='inclusive')[-1]:.0f} ms"


def report(found: Iterable[tuple[float, float]]) -> list[str]:
    """The lines that are printed of clicks."""
    found = list(found)
    rows = {
        "click to painted": [whole for whole, _ in found],
        "the request": [request for _, request in found],
        "the browser's own": [whole - request for whole, request in found],
    }
    return [line(name, times) for name, times in rows.items()]


if __name__ == "__main__":
    print(*report(clicks(sys.argv[1])), sep="\n")
