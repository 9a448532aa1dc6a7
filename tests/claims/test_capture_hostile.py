"""A round over hosts that answer oddly, slowly, endlessly or not at all: it ends, and each source has its outcome."""

import gzip
import io
import re
import socket
import struct
from time import monotonic, sleep

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError, OutputWrapper

from claims.capture.bring import Brought
from claims.capture.web import Fetcher, FetchError, Limits
from claims.management import visits
from claims.management.commands import capture as command
from claims.models import Snapshot
from tests.factories import a_claim, a_source
from tests.loopback import answer, dripping, late, redirect
from tests.pdfs import a_pdf, encrypted, many_pages

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
WORDS = "<p>We are ready for talks."
READY = gzip.compress(WORDS.encode())


class Capture(command.Command):
    """The command, allowed to reach this machine."""

    loopback = True


def raw(data, *drops, pause=0.02, times=150):
    """Writes this as it is, then each drop again and again with pauses."""

    def reply(handler):
        handler.close_connection = True
        handler.wfile.write(data)
        for drop in drops * times:
            handler.wfile.write(drop)
            handler.wfile.flush()
            sleep(pause)

    return reply


def reset(handler):
    handler.wfile.write(OK + b"Content-Length: 100\r\n\r\nWe are")
    handler.wfile.flush()
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


SLOW = {
    "slow to begin": late(3),
    "slow status line": raw(b"", b"H"),
    "slow headers": raw(b"HTTP/1.1 200 OK\r\n", b"X-A: 1\r\n"),
    "a header letter by letter": raw(b"HTTP/1.1 200 OK\r\nX-A: ", b"a"),
    "endless continuing": raw(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "endless size of a chunk": raw(CHUNKED, b"1"),
    "endless extension of a chunk": raw(CHUNKED + b"5;", b"x"),
    "endless trailers": raw(CHUNKED + b"0\r\n", b"X-A: 1\r\n"),
    "a body letter by letter": dripping(0.02, 150),
    "chunks letter by letter": raw(CHUNKED, b"1\r\na\r\n"),
    "an empty packed body without end": raw(OK + b"Content-Encoding: gzip\r\n\r\n" + READY[:10], b"\0\0\0\xff\xff"),
}
ODD = {
    "404": (answer("", 404), "gone"),
    "410": (answer("", 410), "gone"),
    "403": (answer("", 403), "refused by the host"),
    "500": (answer("", 500), "error"),
    "206": (answer(WORDS, 206), "error"),
    "redirects in a circle": (redirect("/redirects%20in%20a%20circle"), "too many redirects"),
    "a redirect to nowhere": (redirect("http://["), "no usable address"),
    "a redirect to a private network": (redirect("http://10.0.0.1/"), "no public address"),
    "another type": (answer("{}", media_type="application/json"), "no readable type"),
    "no type": (answer("x", media_type=""), "no readable type"),
    "a type that is none": (answer("x", media_type="text/html/\\;;=;"), "no readable type"),
    "empty": (answer(""), "not kept"),
    "nonsense": (raw(b"nonsense\r\n\r\n"), "unreachable"),
    "nothing at all": (raw(b""), "unreachable"),
    "longer than it says": (raw(OK + b"Content-Length: 26\r\n\r\n" + WORDS.encode() * 2), "captured"),
    "shorter than it says": (answer(WORDS, Content_Length="9999"), "unreachable"),
    "two lengths": (raw(OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef"), "unreachable"),
    "a length that is none": (raw(OK + b"Content-Length: many\r\n\r\n" + WORDS.encode()), "captured"),
    "a negative chunk": (raw(CHUNKED + b"-5\r\nabcde\r\n0\r\n\r\n"), "unreachable"),
    "a huge chunk": (raw(CHUNKED + b"f" * 70_000 + b"\r\n"), "unreachable"),
    "a chunk that ends early": (raw(CHUNKED + b"50\r\nWe are"), "unreachable"),
    "a reset": (reset, "unreachable"),
    "a huge header": (answer(WORDS, X_A="a" * 70_000), "unreachable"),
    "a thousand headers": (raw(OK + b"X-A: 1\r\n" * 1_000 + b"\r\n" + WORDS.encode()), "unreachable"),
    "a huge page": (answer("a" * 300_000), "too large"),
    "a bomb": (answer(gzip.compress(b"a" * 30_000_000), Content_Encoding="gzip"), "too large"),
    "packed and broken": (answer(READY[:-30] + b"x" * 30, Content_Encoding="gzip"), "unreachable"),
    "packed a hundred times": (answer(READY, Content_Encoding=", ".join(["gzip"] * 100)), "unreachable"),
    "packed in an unknown way": (answer(READY, Content_Encoding="klingon"), "error"),
    "a charset that is none": (answer(WORDS, media_type="text/html; charset=klingon"), "captured"),
    "a charset without end": (answer(WORDS, media_type=f"text/html; charset={'a' * 50_000}"), "captured"),
    "a wrong charset": (answer("<p>Ми готові.".encode("cp1251")), "doubtful"),
    "control characters": (answer("<p>one&#x202e;two"), "not kept"),
    "a broken PDF": (answer(b"%PDF-1.7", media_type="application/pdf"), "not kept"),
    "a PDF with a password": (answer(encrypted(a_pdf(["x"]), "x"), media_type="application/pdf"), "not kept"),
    "a PDF without a password": (answer(encrypted(a_pdf(["We are"]), ""), media_type="application/pdf"), "captured"),
    "a PDF without end": (answer(many_pages(4_000, 2_000), media_type="application/pdf"), "not kept"),
    "a PDF called a page": (answer(a_pdf(["x"])), "not kept"),
    "a page": (answer(WORDS), "captured"),
}


@pytest.mark.parametrize("name", SLOW)
def test_no_answer_takes_longer_than_its_time(web, name):
    url, began = web.put("/a", SLOW[name]), monotonic()
    with pytest.raises(FetchError, match=r"^timed out"):
        Fetcher(delay=0, loopback=True, limits=Limits(total=0.4)).get(url)
    assert monotonic() - began < 1.5


def test_redirects_and_robots_txt_take_their_time_from_that_of_the_page(web):
    web.put("/robots.txt", late(0.3))
    web.put("/a", lambda handler: (sleep(0.3), redirect("/a")(handler))[0])
    began = monotonic()
    with pytest.raises(FetchError, match=r"^timed out \(too slow\)$"):
        Fetcher(delay=0, loopback=True, limits=Limits(total=0.5)).get(web.url + "/a")
    assert monotonic() - began < 1


def test_the_pauses_that_a_host_is_left_do_not_count(web):
    web.put("/a", redirect("/b"))
    web.page("/b", "x")
    fetcher = Fetcher(delay=0.3, loopback=True, limits=Limits(total=0.5))
    assert fetcher.get(web.url + "/a").url == web.url + "/b"


def test_looking_up_a_name_takes_no_longer_either(monkeypatch):
    monkeypatch.setattr("socket.getaddrinfo", lambda *given, **named: sleep(2))
    with pytest.raises(FetchError, match=r"^timed out \(looking up slow\.example\)$"):
        Fetcher(delay=0, loopback=True, limits=Limits(total=0.2)).ask("http://slow.example/")


def test_a_host_that_lets_us_wait_in_vain_again_and_again_is_left_alone(web):
    fetcher = Fetcher(delay=0, loopback=True, limits=Limits(read=0.05))
    for number in range(8):
        with pytest.raises(FetchError, match=r"^timed out"):
            fetcher.get(web.put(f"/{number}", late(0.2)))
    assert len(web.asked) == 6  # with robots.txt


def test_a_host_whose_robots_txt_does_not_come_is_asked_once(web):
    web.put("/robots.txt", late(0.3))
    fetcher = Fetcher(delay=0, loopback=True, limits=Limits(read=0.05))
    for path in ("/a", "/b", "/c"):
        with pytest.raises(FetchError, match=r"^timed out$"):
            fetcher.get(web.put(path, answer("x")))
    assert web.asked == ["/robots.txt"]


@pytest.mark.run_once
@pytest.mark.django_db
def test_a_round_over_odd_hosts_ends_and_lists_every_source(web, capsys, settings):
    settings.CAPTURE_SECONDS, settings.CAPTURE_READING_SECONDS, settings.CAPTURE_MAX_BYTES = 0.5, 3, 200_000
    replies = ODD | {name: (reply, "timed out") for name, reply in list(SLOW.items())[:4]}
    expected = {}
    for number, (name, (reply, outcome)) in enumerate(replies.items()):
        path = "/" + name.replace(" ", "%20")
        source = a_source(slug=f"s-{number:02}", url=web.put(path, reply))
        a_claim(source=source, exact="We are")
        expected[source.slug] = outcome
    began = monotonic()
    call_command(Capture(), missing=True, delay=0)
    told = re.findall(r"^(.+?): (s-\d+): ", capsys.readouterr().out, re.MULTILINE)
    assert {slug: outcome for outcome, slug in told} == expected
    assert Snapshot.objects.count() == [*expected.values()].count("captured")
    assert monotonic() - began < 90


@pytest.mark.django_db
def test_a_fault_of_our_own_at_one_source_is_told_and_the_round_goes_on(capsys):
    def look(source):
        if source.slug == "a":
            raise ZeroDivisionError("by zero")
        return Brought(source, "captured")

    sources, out = [a_source(slug="a"), a_source(slug="b")], io.StringIO()
    done = visits.visit(sources, look, Brought, lambda one: f"{one.outcome}: {one.note}", OutputWrapper(out))
    assert [one.outcome for one in done] == ["fault", "captured"]
    assert out.getvalue() == "fault: ZeroDivisionError: by zero\ncaptured: \n"
    with pytest.raises(CommandError, match=r"^1 failed by faults of the program; the log has them\.$"):
        visits.end([one.outcome for one in done], done, OutputWrapper(out))
