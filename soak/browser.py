"""A real browser before pages into which somebody has written what would run there."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, Route, sync_playwright

from soak import plant
from soak.places import HOST, ROOT, NotTried, Place, script, site

LISTS = (
    "/",
    "/claims/",
    "/actors/",
    "/issues/",
    "/sources/",
    "/events/",
    "/timeline/",
    "/changes/",
    "/about/",
    "/start/",
)
SHOWN = 70  # characters of a complaint
EACH = 6  # pages of claims, actors and so on


def payloads(place: Place, planted: str = "") -> str:
    """Fails where something runs, or breaks the policy of its page. ``planted`` is put into each page on its way."""
    url = place.database()
    process = script(url, "plant")
    said = process.communicate()[0].split()
    assert process.returncode == 0, " ".join(said[-20:])
    with site(url) as port, opened() as page:
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        if planted:
            page.route("**/", lambda route: put_in(route, planted))  # pages end with a slash; files do not
        seen = [*walk(page, f"http://{HOST}:{port}")]
    ran = [path for path, has_run in seen if has_run]
    assert not ran, f"something ran at {ran[0]}"
    assert not complaints, f"{len(complaints)} complaints of the browser: {complaints[0][:SHOWN]}"
    return f"{len(plant.PAYLOADS)} payloads in {said[-1]} values, {len(seen)} pages: none ran, no breach of the policy"


def payloads_control(place: Place) -> str:
    """A script that stands in each page, and that the policy alone keeps from running."""
    return payloads(place, f"<script>{plant.RUN}</script>")


def walk(page: Page, base: str) -> Iterator[tuple[str, bool]]:
    """Lists, and some pages of each thing; whether something ran there."""
    paths, links = [*LISTS], "a => a.map(one => one.getAttribute('href').split(/[?#]/)[0])"
    for path in LISTS[:6]:
        page.goto(base + path)
        found = dict.fromkeys(page.locator(f'main a[href^="{path}"]').evaluate_all(links))
        paths += [one for one in found if one.count("/") == 3][:EACH]
    for path in dict.fromkeys(paths):
        page.goto(base + path)
        yield path, bool(page.evaluate("'ran' in window"))


def put_in(route: Route, planted: str) -> None:
    """Answer with the page, and something more in it."""
    answer = route.fetch(max_retries=3)  # of connections that the server had just closed
    route.fulfill(response=answer, body=answer.text().replace("</main>", f"{planted}</main>"))


@contextmanager
def opened() -> Iterator[Page]:
    """A page of a browser, as long as the block lasts. Raises NotTried where there is none."""
    found = subprocess.run([ROOT / "scripts" / "find-chromium"], capture_output=True, text=True)
    if found.returncode:
        raise NotTried("there is no Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found.stdout.strip(), args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()
