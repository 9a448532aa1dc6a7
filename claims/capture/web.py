"""Pages asked for over HTTP: politely, within limits, and from public addresses only.

Every hop of a redirect is a request of its own: its host is resolved, its addresses are checked, robots.txt is asked,
and the connection goes to the very address that was checked, so that a second look-up cannot lead elsewhere.
"""

from collections.abc import Collection, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from email.message import Message
from enum import StrEnum
from functools import cached_property
from ipaddress import ip_address
from time import monotonic, sleep
from urllib.parse import urljoin

import urllib3
from protego import Protego
from urllib3.exceptions import HTTPError, LocationParseError, NewConnectionError, SSLError, TimeoutError
from urllib3.util import Timeout, Url, parse_url

from claims.capture.addresses import is_public, resolve
from claims.capture.extract import TYPES

NAME = "Attributed"  # by which robots.txt files may name this program
HOPS = 5
LONGEST_WAIT = 60.0  # seconds between requests; a host that wants more is left alone
PORTS = {"http": 80, "https": 443}
CHUNK = 64 * 1024
NOTHING_ALLOWED = "User-agent: *\nDisallow: /"


class Trouble(StrEnum):
    """Why there is no page."""

    ADDRESS = "no usable address"
    BUSY = "host asks to wait"
    ERROR = "error"
    FORBIDDEN = "refused by the host"
    GONE = "gone"
    MEDIA_TYPE = "no readable type"
    NO_HOST = "host not found"
    PRIVATE = "no public address"
    REDIRECTS = "too many redirects"
    ROBOTS = "refused by robots.txt"
    TIMED_OUT = "timed out"
    TOO_LARGE = "too large"
    UNREACHABLE = "unreachable"


STATUSES = {
    401: Trouble.FORBIDDEN,
    403: Trouble.FORBIDDEN,
    404: Trouble.GONE,
    410: Trouble.GONE,
    429: Trouble.BUSY,
    451: Trouble.FORBIDDEN,
    503: Trouble.BUSY,
}


class FetchError(Exception):
    """No page, for a reason: ``trouble``, and a detail in words."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(f"{trouble} ({detail})" if detail else str(trouble))
        self.trouble = trouble


@dataclass(frozen=True)
class Limits:
    """Seconds for connecting, for each wait on the host and for the whole answer; and its size in bytes."""

    connect: float = 10
    read: float = 20
    total: float = 90
    size: int = 5_000_000


@dataclass(frozen=True)
class Answer:
    """What a host answered to one request."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @cached_property
    def type_and_charset(self) -> tuple[str, str]:
        """The media type and the character set by the Content-Type header; "" for what it does not say."""
        message = Message()
        message["Content-Type"] = self.headers.get("Content-Type", "")
        return message.get_content_type() if message["Content-Type"] else "", message.get_content_charset("")

    @property
    def redirect(self) -> str:
        """Where a redirect leads, or ""."""
        location = self.headers.get("Location", "") if self.status in (301, 302, 303, 307, 308) else ""
        return urljoin(self.url, location) if location else ""


@dataclass
class Fetcher:
    """Asks for pages, each host not more often than every ``delay`` seconds or as its robots.txt says.

    ``loopback`` lets it reach this machine itself, for tests; other private addresses stay closed.
    """

    contact: str = ""
    delay: float = 5
    limits: Limits = field(default_factory=Limits)
    loopback: bool = False

    def __post_init__(self) -> None:
        self._rules: dict[str, Protego] = {}
        self._free_at: dict[str, float] = {}
        self._resting: set[str] = set()

    def get(self, url: str, types: Collection[str] = TYPES, *, robots: bool = True) -> Answer:
        """The page at an address, redirects followed. Raises FetchError.

        ``robots`` is for addresses that robots.txt has no say on: those of interfaces made for programs.
        """
        answer = self._follow(url, robots=robots)
        if answer.status != 200:
            raise FetchError(STATUSES.get(answer.status, Trouble.ERROR), f"status {answer.status}")
        if answer.type_and_charset[0] not in types:
            raise FetchError(Trouble.MEDIA_TYPE, answer.headers.get("Content-Type") or "none given")
        return answer

    def ask(self, url: str, *, robots: bool = False) -> Answer:
        """What the host answers to one request, whatever it is. Raises FetchError where it does not answer."""
        target = _target(url)
        wait = self._allowed(target) if robots else self.delay
        host = target.host or ""
        if host in self._resting:
            raise FetchError(Trouble.BUSY, "asked before")
        sleep(max(0.0, self._free_at.get(host, 0) - monotonic()))
        try:
            answer = self._exchange(target)
        finally:
            self._free_at[host] = monotonic() + wait
        if STATUSES.get(answer.status) is Trouble.BUSY:
            self._resting.add(host)
        return answer

    def _follow(self, url: str, *, robots: bool) -> Answer:
        for _ in range(HOPS + 1):
            answer = self.ask(url, robots=robots)
            if not answer.redirect:
                return answer
            url = answer.redirect
        raise FetchError(Trouble.REDIRECTS, f"more than {HOPS}")

    def _allowed(self, target: Url) -> float:
        """The seconds to leave between requests to a host. Raises FetchError where robots.txt refuses."""
        origin = f"{target.scheme}://{target.netloc}"
        if origin not in self._rules:
            self._rules[origin] = self._read_rules(origin)
        rules = self._rules[origin]
        wait = max(self.delay, rules.crawl_delay(NAME) or 0)
        if not rules.can_fetch(target.url, NAME):
            raise FetchError(Trouble.ROBOTS)
        if wait > LONGEST_WAIT:
            raise FetchError(Trouble.ROBOTS, f"{wait:.0f} seconds between requests")
        return wait

    def _read_rules(self, origin: str) -> Protego:
        """RFC 9309, section 2.3.1: without a robots.txt all is allowed, with a host in trouble nothing is."""
        answer = self._follow(f"{origin}/robots.txt", robots=False)
        if answer.status == 200:
            return Protego.parse(answer.body.decode(errors="replace"))
        return Protego.parse("" if 400 <= answer.status < 500 else NOTHING_ALLOWED)

    def _exchange(self, target: Url) -> Answer:
        trouble = FetchError(Trouble.UNREACHABLE)
        for address in self._addresses(target):
            try:
                return self._request(target, address)
            except NewConnectionError as error:  # a host's next address may answer
                trouble = FetchError(Trouble.UNREACHABLE, _words(error))
            except TimeoutError:
                trouble = FetchError(Trouble.TIMED_OUT)
            except SSLError as error:
                raise FetchError(Trouble.UNREACHABLE, f"no safe connection: {_words(error)}") from error
            except HTTPError as error:
                raise FetchError(Trouble.UNREACHABLE, _words(error)) from error
        raise trouble

    def _addresses(self, target: Url) -> list[str]:
        try:
            found = resolve((target.host or "").strip("[]"), target.port or PORTS[target.scheme or ""])
        except (OSError, UnicodeError) as error:
            raise FetchError(Trouble.NO_HOST, target.host or "") from error
        closed = [one for one in found if not (is_public(one) or (self.loopback and ip_address(one).is_loopback))]
        if closed:
            raise FetchError(Trouble.PRIVATE, f"{target.host} is {closed[0]}")
        return found

    def _request(self, target: Url, address: str) -> Answer:
        headers = {
            "Host": target.netloc or "",
            "User-Agent": f"{NAME} ({self.contact})" if self.contact else NAME,
            "Accept": ", ".join(sorted(TYPES)) + ", */*;q=0.1",
            "Accept-Encoding": "gzip",
        }
        began = monotonic()
        with closing(self._pool(target, address)) as pool:
            response = pool.urlopen(
                "GET",
                target.request_uri,
                headers=headers,
                redirect=False,
                retries=False,
                preload_content=False,
                assert_same_host=False,
            )
            with closing(response):
                body = self._body(response, began)
        return Answer(target.url, response.status, response.headers, body)

    def _pool(self, target: Url, address: str) -> urllib3.HTTPConnectionPool:
        port, timeout = target.port, Timeout(connect=self.limits.connect, read=self.limits.read)
        if target.scheme == "http":
            return urllib3.HTTPConnectionPool(address, port, timeout=timeout)
        host = (target.host or "").strip("[]")
        return urllib3.HTTPSConnectionPool(
            address, port, timeout=timeout, cert_reqs="CERT_REQUIRED", server_hostname=host, assert_hostname=host
        )

    def _body(self, response: urllib3.BaseHTTPResponse, began: float) -> bytes:
        body = bytearray()
        with suppress(ValueError):
            if int(response.headers.get("Content-Length", 0)) > self.limits.size:
                raise FetchError(Trouble.TOO_LARGE, f"{response.headers['Content-Length']} bytes")
        while chunk := response.read1(CHUNK, decode_content=True):
            body += chunk
            if len(body) > self.limits.size:
                raise FetchError(Trouble.TOO_LARGE, f"more than {self.limits.size} bytes")
            if monotonic() - began > self.limits.total:
                raise FetchError(Trouble.TIMED_OUT, "too slow")
        return bytes(body)


def _target(url: str) -> Url:
    """The parts of an address, host and path as they go over the network. Raises FetchError."""
    try:
        parts = parse_url(url)
    except LocationParseError as error:
        raise FetchError(Trouble.ADDRESS, url) from error
    if parts.scheme not in PORTS or not parts.host:
        raise FetchError(Trouble.ADDRESS, url or "none recorded")
    return parts._replace(auth=None, fragment=None)


def _words(error: Exception) -> str:
    """An exception's own words, without the object that some begin with."""
    return str(error).rpartition(">: ")[2] or type(error).__name__
