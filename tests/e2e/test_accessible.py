"""Every kind of public page: nothing that axe finds against WCAG 2.2 AA, and nothing wider than the screen."""

from collections.abc import Callable

from playwright.sync_api import Page

PATHS = [
    "/",
    "/?as_of=2024-02-30",
    "/start/",
    "/about/",
    "/privacy/",
    "/actors/",
    "/actors/sergei-lavrov/",
    "/actors/volodymyr-zelensky/",
    "/actors/ukraine/",
    "/issues/",
    "/issues/?kind=state&issue=territory&as_of=2024",
    "/issues/direct-talks/",
    "/issues/direct-talks/?relations=1&order=latest&page=2&as_of=2025&known_by=2100",
    "/issues/consequences/",
    "/issues/direct-talks/volodymyr-zelensky/",
    "/issues/security-arrangements/volodymyr-zelensky/",
    "/issues/direct-talks/volodymyr-zelensky/?as_of=2023-02-30",
    "/claims/",
    "/claims/?issue=direct-talks&not_speaker=vladimir-putin&said_from=2022-03&said_to=2024-01",
    "/claims/?said_from=2024&said_to=2023",
    "/claims/?q=zzzz",
    "/claims/lavrov-2025-06-04-all-means/",
    "/claims/narrator-2023-us-funds-96-percent/",
    "/claims/kuleba-2022-07-20-rejects-diplomacy/",
    "/sources/",
    "/sources/br-briefing/",
    "/sources/se-article/",
    "/events/",
    "/events/istanbul-talks-2022-03-29/",
    "/timeline/",
    "/timeline/?lanes=actor",
    "/timeline/?said_from=2025&said_to=2025&lanes=issue",
    "/timeline/?said_from=2024-06&said_to=2024-06&lanes=actor",
    "/timeline/?said_from=2023-12-12&said_to=2023-12-12",
    "/timeline/?said_from=2024&said_to=2023",
    "/compare/",
    "/compare/?a=lavrow&b=ukr",
    "/compare/vladimir-putin/volodymyr-zelensky/",
    "/compare/vladimir-putin/volodymyr-zelensky/?as_of=2023-02-30",
    "/changes/",
    "/api/",
    "/no-such-page/",
]


def test_axe_finds_nothing(open_page: Callable[..., Page], axe: Callable[[Page], None], complaints: list[str]) -> None:
    page = open_page("/")
    for path in PATHS:
        page.goto(path)
        for width, scheme in ((360, "dark"), (1280, "light")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            axe(page)
            overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert overflow <= 0, f"{path} is {overflow} px too wide at {width}"
    complaints[:] = [words for words in complaints if "status of 404" not in words]
