"""What is sent over the wire: hostile requests, many requests, and what headers come back."""

import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle, islice, product
from threading import Thread
from time import monotonic
from urllib.parse import quote

from soak.places import NotTried, Place, ask, site

REQUESTS, SECONDS, AT_ONCE = 3_000, 60, 4
SLOWEST = 1.0  # seconds
SHOWN = 90  # characters of a request
PAGES = ["/", "/claims/", "/claims.json", "/claims.csv", "/claims.atom", "/changes/", "/changes.json", "/timeline/"]
PAGES += [
    "/actors/",
    "/issues/",
    "/sources/",
    "/events/",
    "/compare/",
    "/suggest/",
    "/oembed",
    "/admin/login/",
    "/start/",
]
NAMES = [
    "q",
    "speaker",
    "said_from",
    "issue",
    "sort",
    "after",
    "page",
    "as_of",
    "kind",
    "at",
    "url",
    "next",
    "claim__regex",
]
VALUES = [
    "\0",
    "\u202eevil",
    "9" * 4300,
    "-1",
    "2024-13-45",
    "' OR 1=1--",
    "%",
    "*",
    "[" * 200,
    "\ud83d\ude00",
    "a" * 6_000,
]
VALUES += [
    "(a+)+$",
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "${7*7}",
    "=1+1",
    "\r\nSet-Cookie: a=b",
]
HEADERS = [
    {}, {"Host": "evil.example"}, {"Host": "127.0.0.1:99999"}, {"X_Forwarded_Host": "evil.example"},
    {"X_Forwarded_For": "1'\"<"}, {"Content_Type": "text/html; charset=utf-7"}, {"Content_Type": "a" * 500},
    {"Accept": "*/*;q=x"}, {"Cookie": "sessionid=" + "x" * 3000}, {"If_None_Match": '"' * 900}, {"HX_Request": "true"},
    {"If_Modified_Since": "Thu, 99 Foo 0000"}, {"Range": "bytes=5-1,9-"}, {"Content_Length": "0"},
]  # fmt: skip
METHODS = ["GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]
HALF = [
    b"GET /claims/ HTTP/1.1\r\nHost: localhost\r\n", b"POST /admin/login/ HTTP/1.1\r\nHost: localhost\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 999\r\n\r\nusername=a", b"GET /" + b"a" * 9000,
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc", b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1\r\nHost: \xff\xfe\r\n\r\n",
]  # fmt: skip
HSTS_LEAST = 182 * 24 * 3600  # seconds: six months
FORBIDDEN = ("'unsafe-inline'", "'unsafe-eval'", "data:", "http:", " * ")  # of scripts


def requests(number: int) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Method, address and headers of so many requests that nobody sends in good faith; never the same twice."""
    addresses = (
        f"{page}?{name}={quote(value, errors='surrogatepass')}" for value, name, page in product(VALUES, NAMES, PAGES)
    )
    return islice(zip(cycle(METHODS), addresses, cycle(HEADERS), strict=False), number)


def hostile(place: Place, number: int = REQUESTS) -> str:
    """Fails where an answer is an error of the server, or slow."""
    with site(place.database()) as port:
        return attack(port, number)


def attack(port: int, number: int) -> str:
    """Send them, and half-sent ones beside; what came of it. Each worker first reads the record into memory."""
    for _ in range(20):
        ask(port, "/claims/?q=talks")
    half = [send_half(port, data) for data in HALF]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(lambda request: timed(port, *request), requests(number)))
    for opened in half:
        opened.close()
    broken = [f"{request} {status}" for request, status, _ in found if status >= 500]
    slow = [f"{request} {seconds:.1f} s" for request, _, seconds in found if seconds > SLOWEST]
    assert not broken, f"{len(broken)} answers of 5xx: {broken[0]}"
    assert not slow, f"{len(slow)} answers over {SLOWEST} s: {slow[0]}"
    return f"{number} requests and {len(HALF)} half-sent: none 5xx, slowest {max(time for _, _, time in found):.2f} s"


def timed(port: int, method: str, path: str, headers: dict[str, str]) -> tuple[str, int, float]:
    """The request in short, its status and its seconds."""
    begun = monotonic()
    status, _, _ = ask(port, path, method, **headers)
    return f"{method} {path} {headers}"[:SHOWN], status, monotonic() - begun


def send_half(port: int, data: bytes) -> socket.socket:
    """A connection on which a request was begun, and is never ended."""
    opened = socket.create_connection(("127.0.0.1", port), timeout=5)
    opened.sendall(data)
    return opened


class Faulty(BaseHTTPRequestHandler):
    """A server that does not stand what is hostile."""

    def do_GET(self) -> None:
        self.send_response(500 if "regex" in self.path else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


for method in {*METHODS}:
    setattr(Faulty, f"do_{method}", Faulty.do_GET)


def hostile_control(place: Place) -> str:
    """The same requests, to a server with a fault."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Faulty)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        return attack(server.server_address[1], 600)
    finally:
        server.shutdown()
        server.server_close()


def load(place: Place, path: str = "/claims/", seconds: int = SECONDS) -> str:
    """Fails where an answer is none of 2xx."""
    if not shutil.which("wrk"):
        raise NotTried("wrk is not on the path")
    with site(place.database()) as port:
        done = subprocess.run(
            ["wrk", "-t2", "-c32", "--timeout=10s", f"-d{seconds}s", f"http://127.0.0.1:{port}{path}"],
            capture_output=True,
            text=True,
            check=True,
        )
    wrong = re.findall(r"Non-2xx.*|Socket errors.*", done.stdout)
    (rate,) = re.findall(r"Requests/sec:\s*([\d.]+)", done.stdout)
    assert not wrong, f"{path}: {wrong[0].strip()}"
    return f"{float(rate):.0f} pages a second for {seconds} s, all 2xx"


def load_control(place: Place) -> str:
    """A page that is not there."""
    return load(place, "/nowhere/", 3)


def headers(place: Place, https: str = "1") -> str:
    """Fails where a page falls short of what the HTTP Observatory asks for A+."""
    with site(place.database(), HTTPS=https, PROXIES="1") as port:
        found = [fault for page in ("/", "/claims/", "/admin/login/") for fault in short_of(port, page)]
        status, plain, _ = ask(port, "/", X_Forwarded_Proto="http", X_Forwarded_For="192.0.2.1")
        found += [] if (status, plain.get("location", "")[:8]) == (301, "https://") else ["/: not led to TLS"]
    assert not found, "; ".join(found)
    return "HSTS, CSP, nosniff, no frames, referrers, cookies, redirection: as the HTTP Observatory asks for A+"


def short_of(port: int, page: str) -> list[str]:
    """What is missing at a page, as it is asked for over TLS."""
    _, had, _ = ask(port, page, X_Forwarded_Proto="https", X_Forwarded_For="192.0.2.1", Host="localhost")
    policy, cookies = had.get("content-security-policy", ""), had.get("set-cookie", "")
    scripts = "".join(re.findall(r"script-src([^;]*)", policy))
    age = "".join(re.findall(r"max-age=(\d+)", had.get("strict-transport-security", "")))
    holds = {
        "HSTS": int(age or 0) >= HSTS_LEAST,
        "CSP": "default-src 'none'" in policy and scripts and not any(one in scripts for one in FORBIDDEN),
        "frames": "frame-ancestors 'none'" in policy,
        "nosniff": had.get("x-content-type-options") == "nosniff",
        "referrers": had.get("referrer-policy", "")
        in ("same-origin", "no-referrer", "strict-origin-when-cross-origin"),
        "cookies": not cookies or "Secure" in cookies,
    }
    return [f"{page}: {name}" for name, held in holds.items() if not held]


def headers_control(place: Place) -> str:
    """A site that does not know that it is served over TLS."""
    return headers(place, https="0")
