"""Which requests are made when answers are stored, in rounds: what has been answered says what else can be asked."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from scripts.same_answers import patterns, queries
from scripts.same_answers.asking import Answer, Asker, Request
from scripts.same_answers.page import Fields, Page, parameters
from scripts.same_answers.sample import spread

ADMIN = "/admin/"
DOCUMENT = "/openapi.json"
STRANGE = [
    f"{path}{patterns.ABSENT}{end}" for path in ("/", "/claims", "/sources/", ADMIN) for end in ("", "/", ".json")
]
WAYS = ("HEAD", "AGAIN", "HTMX", "BACK", "POST")
ANOTHER_WAY = 3  # addresses of a pattern that are also asked in each other way
LINKS = {True: 40, False: 10}  # followed to the addresses of a pattern without open places, and of one with such
READ = 50  # answers of a pattern that are read for links and forms: the others lead to more of the same
OF_A_PATTERN = 3  # addresses of a pattern with open places that are asked with parameters


class Plan:
    """What has been asked, and what the answers have led to."""

    def __init__(self, asker: Asker) -> None:
        self.asker = asker
        self.done: set[Request] = set()
        self.links: set[Request] = set()
        self.fields: dict[str, Fields] = {}
        self.seen: Fields = {}
        self.read: Counter[str] = Counter()

    def ask(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Answer]]:
        """The answers to what has not been asked before."""
        for request in sorted(set(requests) - self.done):
            self.done.add(request)
            answer = self.asker.ask(request)
            if request.way == "GET" and answer.status == 200:
                self._read(request, answer.body)
            yield request, answer

    def _read(self, request: Request, body: str) -> None:
        route = _route(request.url)
        self.read[route] += 1
        if self.read[route] > READ:
            return
        page = Page(request.url, body)
        self.links |= {Request(link, curator=True) for link in page.links if link.startswith(ADMIN) and request.curator}
        self.links |= {Request(link) for link in page.links if not link.startswith(ADMIN)}
        if request.url == DOCUMENT:
            self._offer(queries.of_document(json.loads(body)))
        if not request.curator:
            self._offer(page.forms)

    def _offer(self, forms: dict[str, Fields]) -> None:
        for path, fields in forms.items():
            known = self.fields.setdefault(path, {})
            for name, values in fields.items():
                known[name] = known.get(name, set()) | values

    def followed(self) -> list[Request]:
        """Some of the links to each pattern that have not been asked."""
        for request in self.links:
            if not request.curator:
                for name, values in parameters(request.url).items():
                    self.seen.setdefault(name, set()).update(values)
        return [
            one for route, found in _by_route(self.links - self.done) for one in spread(found, LINKS["<" not in route])
        ]

    def with_parameters(self) -> list[Request]:
        """Some addresses of each pattern that takes parameters, with such."""
        paths = [one for _, found in _by_route(map(Request, self.fields)) for one in spread(found, OF_A_PATTERN)]
        return [
            Request(url)
            for path, _, _ in paths
            for target in self._targets(path)
            for url in queries.asked(target, self.fields[path], self.seen)
        ]

    def _targets(self, path: str) -> list[str]:
        """The addresses of a path, in which a thing may be left open, and of the page that a file belongs to."""
        pages = [path, f"{path.removesuffix('.json')}/"] if path.endswith(".json") else [path]
        wanted = [re.compile(re.sub(r"\\{\w+\\}", "[^/.?]+", re.escape(one))) for one in pages]
        urls = sorted({request.url for request in self.done if not request.curator})
        return [url for one in wanted for url in spread(list(filter(one.fullmatch, urls)), OF_A_PATTERN)]

    def other_ways(self) -> list[Request]:
        """A few addresses of each pattern, asked in other ways, and the admin's by somebody who is not signed in."""
        some = [one for _, found in _by_route(self.done) for one in spread(found, ANOTHER_WAY)]
        unsigned = [Request(one.url) for one in some if one.curator]
        return [*unsigned, *(one._replace(way=way) for one in some for way in WAYS)]


def answers(asker: Asker) -> Iterator[tuple[Request, Answer]]:
    """All requests with their answers."""
    plan = Plan(asker)
    urls = [*(url for pattern in patterns.patterns() for url in pattern.urls()), *STRANGE]
    yield from plan.ask(Request(url, curator=url.startswith(ADMIN)) for url in urls)
    yield from plan.ask(plan.followed())
    yield from plan.ask(plan.with_parameters())
    yield from plan.ask(plan.followed())
    yield from plan.ask(plan.other_ways())


def _by_route(requests: Iterable[Request]) -> Iterator[tuple[str, list[Request]]]:
    """The requests by URL pattern, sorted."""
    groups: dict[str, list[Request]] = {}
    for request in sorted(requests):
        groups.setdefault(_route(request.url), []).append(request)
    yield from sorted(groups.items())


def _route(url: str) -> str:
    try:
        return resolve(urlsplit(url).path).route
    except Resolver404:
        return ""
