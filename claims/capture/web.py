"""Pages asked for over HTTP: politely, within limits, and from public addresses only.

Every hop of a redirect is a request of its own: its host is resolved, its addresses are checked, robots.txt is asked,
and the connection goes to the very address that was checked, so that a second look-up cannot lead elsewhere.
"""

import builtins
import socket
from collections import Counter
from collections.abc import Collection
from contextlib import closing, suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from time import monotonic

import urllib3
from django.conf import settings
from protego import Protego
from urllib3.exceptions import HTTPError, LocationParseError, NewConnectionError, SSLError, TimeoutError
from urllib3.util import Timeout, Url, parse_url

from claims.capture.addresses import is_public, resolve
from claims.capture.answers import STATUSES, Answer, FetchError, Trouble
from claims.capture.deadline import Deadline
from claims.capture.extract import TYPES
from conflict_site.models import Site

NAME = "Attributed"  # by which robots.txt files may name this program
HOPS = 5
PATIENCE = 5  # times in a row that a host may let us wait in vain
LONGEST_WAIT = 60.0  # seconds between requests; a host that wants more is left alone
PORTS = {"http": 80, "https": 443}
CHUNK = 64 * 1024
NOT_THERE = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}  # of a host without an address
NOTHING_ALLOWED = "User-agent: *\nDisallow: /"


@dataclass(frozen=True)
class Limits:
    """Seconds for connecting, for each wait on the host and for all that one page takes, from the first look-up over
    robots.txt and redirects to the last byte; and its size in bytes."""

    connect: float = 10
    read: float = 20
    total: float = 90
    size: int = 5_000_000


def site_fetcher(delay: float, total: float | None = None, *, loopback: bool = False) -> "Fetcher":
    """A fetcher that names the site's contact address, with the settings' limits, or ``total`` seconds for a page."""
    limits = Limits(total=total or settings.CAPTURE_SECONDS, size=settings.CAPTURE_MAX_BYTES)
    return Fetcher(contact=Site.current().contact, delay=delay, limits=limits, loopback=loopback)


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
        self._rules: dict[str, Protego | FetchError] = {}
        self._in_vain: Counter[str] = Counter()
        self._free_at: dict[str, float] = {}
        self._resting: dict[str, Trouble] = {}

    def get(self, url: str, types: Collection[str] = TYPES, *, robots: bool = True) -> Answer:
        """The page at an address, redirects followed. Raises FetchError.

        ``robots`` is for addresses that robots.txt has no say on: those of interfaces made for programs.
        """
        answer = self._follow(url, Deadline(self.limits.total), robots=robots)
        if answer.status != 200:
            raise FetchError(STATUSES.get(answer.status, Trouble.ERROR), f"status {answer.status}")
        if answer.type_and_charset[0] not in types:
            raise FetchError(Trouble.MEDIA_TYPE, answer.headers.get("Content-Type") or "none given")
        return answer

    def ask(self, url: str, *, robots: bool = False) -> Answer:
        """What the host answers to one request, whatever it is. Raises FetchError where it does not answer."""
        return self._ask(url, Deadline(self.limits.total), robots=robots)

    def _ask(self, url: str, deadline: Deadline, *, robots: bool) -> Answer:
        target = _target(url)
        wait = self._allowed(target, deadline) if robots else self.delay
        host = target.host or ""
        if host in self._resting:
            raise FetchError(self._resting[host], "asked before")
        deadline.pause(self._free_at.get(host, 0) - monotonic())
        try:
            answer = self._exchange(target, deadline)
        except FetchError as error:
            self._note(host, error.trouble)
            raise
        finally:
            self._free_at[host] = monotonic() + wait
        self._note(host, STATUSES.get(answer.status))
        return answer

    def _note(self, host: str, trouble: Trouble | None) -> None:
        """Let a host rest for this round that asks for it, or that has let us wait in vain again and again."""
        self._in_vain[host] = self._in_vain[host] + 1 if trouble is Trouble.TIMED_OUT else 0
        if trouble is Trouble.BUSY or self._in_vain[host] >= PATIENCE:
            self._resting[host] = trouble or Trouble.BUSY

    def _follow(self, url: str, deadline: Deadline, *, robots: bool) -> Answer:
        for _ in range(HOPS + 1):
            answer = self._ask(url, deadline, robots=robots)
            if not answer.redirect:
                return answer
            url = answer.redirect
        raise FetchError(Trouble.REDIRECTS, f"more than {HOPS}")

    def _allowed(self, target: Url, deadline: Deadline) -> float:
        """The seconds to leave between requests to a host. Raises FetchError where robots.txt refuses."""
        origin = f"{target.scheme}://{target.netloc}"
        if origin not in self._rules:
            self._rules[origin] = self._read_rules(origin, deadline)
        rules = self._rules[origin]
        if isinstance(rules, FetchError):
            raise rules from None
        wait = max(self.delay, rules.crawl_delay(NAME) or 0)
        if not rules.can_fetch(target.url, NAME):
            raise FetchError(Trouble.ROBOTS)
        if wait > LONGEST_WAIT:
            raise FetchError(Trouble.ROBOTS, f"{wait:.0f} seconds between requests")
        return wait

    def _read_rules(self, origin: str, deadline: Deadline) -> Protego | FetchError:
        """RFC 9309, section 2.3.1: without a robots.txt all is allowed, with a host in trouble nothing is."""
        try:
            answer = self._follow(f"{origin}/robots.txt", deadline, robots=False)
        except FetchError as error:
            return error
        if answer.status == 200:
            return Protego.parse(answer.body.decode(errors="replace"))
        return Protego.parse("" if 400 <= answer.status < 500 else NOTHING_ALLOWED)

    def _exchange(self, target: Url, deadline: Deadline) -> Answer:
        """What the host answers in time. A connection that was shut down for its time may look like any other end."""
        addresses = self._addresses(target, deadline)
        try:
            answer = self._try(target, addresses, deadline)
        except FetchError as error:
            if deadline.left or error.trouble is Trouble.TOO_LARGE:
                raise
            raise FetchError(Trouble.TIMED_OUT, "too slow") from error
        if not deadline.left:
            raise FetchError(Trouble.TIMED_OUT, "too slow")
        return answer

    def _try(self, target: Url, addresses: list[str], deadline: Deadline) -> Answer:
        trouble = FetchError(Trouble.UNREACHABLE)
        for address in addresses:
            try:
                return self._request(target, address, deadline)
            except NewConnectionError as error:  # a host's next address may answer
                trouble = FetchError(Trouble.UNREACHABLE, _words(error))
            except TimeoutError:
                trouble = FetchError(Trouble.TIMED_OUT)
            except SSLError as error:
                raise FetchError(Trouble.UNREACHABLE, f"no safe connection: {_words(error)}") from error
            except HTTPError as error:
                raise FetchError(Trouble.UNREACHABLE, _words(error)) from error
        raise trouble

    def _addresses(self, target: Url, deadline: Deadline) -> list[str]:
        host, port = (target.host or "").strip("[]"), target.port or PORTS[target.scheme or ""]
        try:
            found = deadline.result_of(resolve, host, port)
        except builtins.TimeoutError as error:
            raise FetchError(Trouble.TIMED_OUT, f"looking up {host}") from error
        except (OSError, UnicodeError) as error:
            raise FetchError(_unnamed(error), target.host or "") from error
        closed = [one for one in found if not (is_public(one) or (self.loopback and ip_address(one).is_loopback))]
        if closed:
            raise FetchError(Trouble.PRIVATE, f"{target.host} is {closed[0]}")
        return found

    def _request(self, target: Url, address: str, deadline: Deadline) -> Answer:
        headers = {
            "Host": target.netloc or "",
            "User-Agent": f"{NAME} ({self.contact})" if self.contact else NAME,
            "Accept": ", ".join(sorted(TYPES)) + ", */*;q=0.1",
            "Accept-Encoding": "gzip",
        }
        with closing(self._pool(target, address, deadline)) as pool, deadline.over(pool):
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
                body = self._body(response)
        return Answer(target.url, response.status, response.headers, body)

    def _pool(self, target: Url, address: str, deadline: Deadline) -> urllib3.HTTPConnectionPool:
        connect, read = (max(0.01, min(most, deadline.left)) for most in (self.limits.connect, self.limits.read))
        port, timeout = target.port, Timeout(connect=connect, read=read)
        if target.scheme == "http":
            return urllib3.HTTPConnectionPool(address, port, timeout=timeout)
        host = (target.host or "").strip("[]")
        return urllib3.HTTPSConnectionPool(
            address, port, timeout=timeout, cert_reqs="CERT_REQUIRED", server_hostname=host, assert_hostname=host
        )

    def _body(self, response: urllib3.BaseHTTPResponse) -> bytes:
        body = bytearray()
        coding = response.headers.get("Content-Encoding", "identity").lower()
        if {one.strip() for one in coding.split(",")} - {*response.CONTENT_DECODERS, "identity", ""}:
            raise FetchError(Trouble.ERROR, f"packed as {coding}")
        with suppress(ValueError):
            if int(response.headers.get("Content-Length", 0)) > self.limits.size:
                raise FetchError(Trouble.TOO_LARGE, f"{response.headers['Content-Length']} bytes")
        while chunk := response.read1(CHUNK, decode_content=True):
            body += chunk
            if len(body) > self.limits.size:
                raise FetchError(Trouble.TOO_LARGE, f"more than {self.limits.size} bytes")
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


def _unnamed(error: Exception) -> Trouble:
    """Whether a host is not there, or nobody could be asked for it, which says nothing of the host."""
    return Trouble.NO_NAMES if isinstance(error, OSError) and error.errno not in NOT_THERE else Trouble.NO_HOST
