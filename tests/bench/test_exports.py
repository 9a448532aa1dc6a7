"""What is said of a file that was read."""

import os
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from time import sleep

import pytest

from bench.exports import Export, Reading, read, samples_of

A_SECOND = Reading(first_byte=4, first_claim=90, whole=2_000, size=3_000_000, lines=5_001)


@contextmanager
def serving(pieces, status=200):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(status)
            self.end_headers()
            for piece in pieces:
                sleep(0.05)
                self.wfile.write(piece)

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_a_line_for_the_head_is_no_claim_and_neither_is_one_for_the_foot():
    assert Export("CSV", A_SECOND, before=180, peak=215).rows == 5_000
    assert Export("JSON-LD", A_SECOND, before=180, peak=215).rows == 4_999


def test_what_a_file_costs_is_said_in_a_line():
    assert str(Export("CSV", A_SECOND, before=180, peak=215)) == (
        "CSV         5,000 claims, 3 MB, 2,500 a second; first byte 4 ms, first claim 90 ms; memory 180 MB and 35 more"
    )


@pytest.mark.parametrize(
    ("peak", "first_byte", "holds"), [(379, 199, True), (380, 199, False), (379, 200, False), (999, 1, False)]
)
def test_it_may_take_200_megabytes_and_begin_within_200_milliseconds(peak, first_byte, holds):
    reading = Reading(first_byte, 250, 2_000, 3_000_000, 5_001)
    assert Export("CSV", reading, before=180, peak=peak).holds is holds


def test_an_answer_is_read_to_its_end_and_the_moments_of_its_first_byte_and_claim_are_kept():
    with serving([b"head\n", b"a claim\nanother\n", b"a third\n"]) as port:
        reading = read(port, "/claims.csv")
    assert (reading.size, reading.lines) == (29, 4)
    assert 50 <= reading.first_byte <= reading.first_claim <= reading.whole
    assert reading.first_claim >= 100


def test_a_refusal_is_no_file():
    with serving([], status=400) as port, pytest.raises(OSError, match=r"/claims\.csv is answered by 400"):
        read(port, "/claims.csv")


def test_memory_is_sampled_while_something_runs_and_at_its_end():
    with samples_of(os.getpid()) as samples:
        held = bytearray(os.urandom(64_000_000))
        before = len(samples)
    assert len(samples) > before
    assert samples[-1] > len(held) / 1024**2
