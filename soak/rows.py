"""The promises: what each is, its bar, how it is tried, and the control that must fail."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial

from soak import browser, lasting, outages, wire, writing
from soak.places import ROOT, Place

PATIENT = ("-o", "faulthandler_timeout=0")  # of a machine that has much to do

type Trial = Callable[[Place], str]  # returns a figure; raises AssertionError with one that falls short


@dataclass(frozen=True, slots=True)
class Row:
    """A promise. ``beside``: its trial and its control may run at once, since neither measures a time nor makes an
    account of the server's, of which there is one.
    """

    name: str
    what: str
    bar: str
    trial: Trial
    control: Trial
    beside: bool = False
    engines: Collection[str] = ("sqlite", "postgresql")


def run_tests(place: Place, *chosen: str, mutant: str = "") -> str:
    """Run tests of the site on this engine; with a mutant they lack what they guard."""
    name = "control" if mutant else "trial"  # of the database that they make, since both run at once
    url = "sqlite:///:memory:" if place.engine == "sqlite" else f"{place.server.rpartition('/')[0]}/{name}"
    plugin = ["-p", "soak.mutants", "--maxfail=1"] if mutant else []
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--show-capture=no",
        *PATIENT,
        *plugin,
        *chosen,
    ]
    given = os.environ | {"DATABASE_URL": url, "SECRET_KEY": "x", "SOAK_MUTANT": mutant}
    done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True)
    last = [*done.stderr.splitlines(), *done.stdout.splitlines()][-1]
    if not re.match(r"\d+ (failed|passed)", last):
        raise OSError(f"the tests were not run to their end: {last}")
    assert done.returncode == 0, last.partition(" in ")[0]
    return f"tests: {last.partition(' in ')[0]}"


def by_tests(name: str, what: str, bar: str, *chosen: str, mutant: str, beside: bool = True) -> Row:
    """A promise that tests try; the control runs them with what they guard taken away."""
    return Row(name, what, bar, partial(_run, chosen=chosen), partial(_run, chosen=chosen, mutant=mutant), beside)


def _run(place: Place, chosen: tuple[str, ...], mutant: str = "") -> str:
    return run_tests(place, *chosen, mutant=mutant)


ROWS = [
    by_tests("leaks", "drafts leaked: a canary in every unpublished field, looked for at every address in every format",
           "0", "tests/http/test_no_leak.py", "-k", "draft", mutant="leaks"),
    Row("hostile", "3,000 hostile requests: values, hosts, charsets, methods, half-sent", "0 of 5xx, none over 1 s",
        wire.hostile, wire.hostile_control),
    Row("payloads", "30 payloads in every text field, in a browser", "none runs; 0 breaches of the pages' policy",
        browser.payloads, browser.payloads_control),
    by_tests("readers", "a site for readers alone (`PUBLIC_ONLY`), asked for everything in every way", "0 bytes change",
           "tests/http/test_public_only.py", "-k", "byte", mutant="desks", beside=False),
    by_tests("curators", "six who edit the same records at once", "0 acknowledged edits lost",
           "tests/http/test_admin_conflicts.py", "-k", "six", mutant="edits", beside=False),
    Row("kills", "60 imports killed in the middle", "all rows or none", lasting.imports, lasting.imports_control),
    Row("writers", "32 who enter drafts for a minute, and a reader of `/claims/`",
        "0 refused; reader p99 < 50 ms (SQLite)", writing.writers, writing.writers_control),
    Row("locks", "somebody who has begun to write and does not end, beside readers",
        "reader p99 at most twice what it is alone", writing.locked, writing.locked_control),
    Row("logins", "eight loops that try passwords, beside readers", "reader p99 at most twice what it is alone",
        writing.tried_to_sign_in, writing.sign_in_control),
    Row("restart", "the database's server is killed amid writes (with SQLite: who writes)",
        "0 acknowledged lost; pages within 3 s", lasting.killed, lasting.killed_control),
    Row("machines", "a primary, two replicas, pgbouncer and three processes killed in turn, amid reads and saves",
        "0 reads failed or behind; saved within 5 s of a promotion", outages.outages, outages.outages_control,
        engines=["postgresql"]),
    Row("full", "a full disk", "acknowledged = rows; pages go on", lasting.full, lasting.full_control),
    Row("backup", "a backup amid writes, and its way back", "counts, checksum, head equal; under 60 s",
        lasting.backup, lasting.backup_control),
    by_tests("malformed", "200 malformed files to import", "each refused with file, line and column; 0 rows changed",
           "tests/claims/imports/test_malformed.py", mutant="places"),
    by_tests("formulas", "formulas at a cell's start", "neutralised in CSV",
           "tests/http/test_outputs.py", "-k", "formula", mutant="formulas"),
    by_tests("times", "a statement that takes too long", "1 s, answered with a clear page",
           "tests/http/test_busy.py", mutant="times"),
    by_tests("caches", "the part of a page and the page, in caches", "never one for the other",
           "tests/http/test_claims.py", "-k", "caches", mutant="caches"),
    Row("load", "wrk -c32 for 60 s", "0 of other than 2xx", wire.load, wire.load_control),
    Row("headers", "headers over TLS", "A+ by the rules of the HTTP Observatory", wire.headers, wire.headers_control),
    Row("audit", "a save with the audit and without", "at most 15 % slower", writing.audited, writing.audited_control),
]  # fmt: skip
