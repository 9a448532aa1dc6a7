"""A web server on this machine, whose pages a test lays down."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import sleep

type Reply = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Pages:
    """The server's address, what it answers by path, and the paths and headers of what it was asked."""

    url: str
    replies: dict[str, Reply] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def put(self, path: str, reply: Reply) -> str:
        """Lay down what is answered at a path; returns its full address."""
        self.replies[path] = reply
        return self.url + path

    def page(self, path: str, text: str) -> str:
        """Lay down a page with a menu, the paragraphs of a text, and a footer."""
        paragraphs = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line)
        menu, footer = "<nav><a href='/'>Home</a></nav>", "<footer>All rights reserved</footer>"
        return self.put(path, answer(f"<!doctype html><title>T</title>{menu}<main>{paragraphs}</main>{footer}"))


def answer(
    body: str | bytes = "", status: int = 200, media_type: str = "text/html; charset=utf-8", **headers: str
) -> Reply:
    """A plain answer; header names are written with underscores."""
    data = body.encode() if isinstance(body, str) else body

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", media_type)
        for name, value in ({"Content_Length": str(len(data))} | headers).items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return reply


def redirect(to: str, status: int = 302) -> Reply:
    """An answer that sends elsewhere."""
    return answer("", status, Location=to)


def late(seconds: float) -> Reply:
    """An answer that does not begin for a while."""
    return lambda handler: (sleep(seconds), answer("late")(handler))[0]


def dripping(pause: float, times: int) -> Reply:
    """An answer of unknown length that comes letter by letter."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/plain")
        handler.end_headers()
        for _ in range(times):
            handler.wfile.write(b"a")
            handler.wfile.flush()
            sleep(pause)

    return reply


@contextmanager
def serving() -> Iterator[Pages]:
    """Runs the server as long as the block lasts. What is not laid down answers 404."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pages.asked.append(self.path)
            pages.headers.append(dict(self.headers))
            try:
                pages.replies.get(self.path, answer("not here", 404))(self)
            except ConnectionError:
                self.close_connection = True  # the other side had enough

        do_PURGE = do_POST = do_GET

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    pages = Pages(f"http://127.0.0.1:{server.server_port}")
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield pages
    finally:
        server.shutdown()
        server.server_close()
