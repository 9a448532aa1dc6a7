"""`manage.py check_links` and `manage.py archive`: what became of the addresses, and where there are copies."""

import json
import socket
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.core.management import CommandError, call_command

from claims.capture.bring import bring
from claims.capture.web import Fetcher
from claims.management.commands import archive, check_links
from claims.models import DeadLink, Snapshot, Source
from tests.factories import a_claim, a_source
from tests.loopback import answer, redirect

pytestmark = pytest.mark.django_db

TEXT = "He spoke first.\nWe are ready for talks.\nThen he left."


class CheckLinks(check_links.Command):
    """The command, allowed to reach this machine."""

    loopback = True


class Archive(archive.Command):
    """The command, allowed to reach this machine."""

    loopback = True


def run(capsys, command, *slugs, **options):
    call_command(command, *slugs, delay=0, **options)
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]


def captured(web, path, **given):
    """A source whose page is captured as it is now, with a citation of it."""
    source = a_source(url=web.page(path, TEXT), **given)
    a_claim(source=source, exact="We are ready for talks")
    assert bring(source, Fetcher(delay=0, loopback=True)).outcome == "captured"
    return source


def test_it_tells_dead_from_changed_and_notes_the_dead(web, capsys):
    same, other, lost, dead, hidden = (captured(web, path, slug=path[1:]) for path in ("/a", "/b", "/c", "/d", "/e"))
    web.page("/b", TEXT.replace("He", "She"))
    web.page("/c", TEXT.replace("ready", "eager"))
    del web.replies["/d"]
    web.put("/robots.txt", answer("User-agent: *\nDisallow: /e", media_type="text/plain"))
    before = list(Snapshot.objects.values())
    assert run(capsys, CheckLinks()) == [
        "state source note",
        "reachable a 1 of 1 passages found in it",
        "changed b 1 of 1 passages found in it",
        "changed c 0 of 1 passages found in it",
        "dead d gone (status 404)",
        "refused by robots.txt e refused by robots.txt",
        "",
        "Addresses: 2 changed, 1 dead, 1 reachable, 1 refused by robots.txt.",
    ]
    assert list(Snapshot.objects.values()) == before
    assert [*DeadLink.objects.values_list("source__slug", flat=True)] == ["d"]
    assert not any(source.citations.filter(checks__isnull=False) for source in (same, other, lost, dead, hidden))


def test_a_host_without_a_name_is_dead_and_one_that_is_closed_is_not(capsys):
    a_source(slug="a", url="http://nowhere..invalid/")
    a_source(slug="b", url="http://127.0.0.1:1/")
    assert [line.split()[0] for line in run(capsys, CheckLinks())[1:3]] == ["dead", "unreachable"]


def test_where_no_host_can_be_looked_up_none_is_dead_and_cron_is_told(capsys, monkeypatch):
    def out_of_order(*given, **named):
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", out_of_order)
    a_source(slug="a", url="https://a.example/")
    a_source(slug="b", url="https://b.example/")
    with pytest.raises(CommandError, match="No host could be looked up: this machine has no network"):
        run(capsys, CheckLinks())
    assert "Addresses: 2 no name service." in capsys.readouterr().out
    assert not DeadLink.objects.exists()


def test_a_page_whose_text_is_not_held_is_reachable(web, capsys):
    a_source(slug="a", url=web.page("/a", TEXT))
    a_source(slug="b", url="")
    assert run(capsys, CheckLinks())[1:] == ["reachable a no text held", "", "Addresses: 1 reachable."]


def test_only_the_named_sources_are_looked_at(web, capsys):
    for path in ("/a", "/b"):
        a_source(slug=path[1:], url=web.page(path, TEXT))
    run(capsys, CheckLinks(), "b")
    assert web.asked == ["/robots.txt", "/b"]


@pytest.fixture
def wayback(web, settings):
    """The archive's two interfaces on this machine: gives the queries of the look-ups, and takes answers."""
    settings.WAYBACK_LOOKUP = f"{web.url}/available"
    settings.WAYBACK_SAVE = f"{web.url}/save/"
    return web


def available(web, source, **copy):
    """Lay down what the archive says of a source."""
    closest = {"available": True, "url": "http://web.archive.org/web/20240116/x", "status": "200"} | copy
    lay(web, source, {"archived_snapshots": {"closest": closest} if copy != {"available": None} else {}})


def lay(web, source, said, day="20240115"):
    body = said if isinstance(said, str) else json.dumps(said)
    query = urlencode({"url": source.url, "timestamp": day})
    web.put(f"/available?{query}", answer(body, media_type="application/json"))


def archived(source):
    return Source.objects.get(pk=source.pk).archive_url


def test_it_fills_in_the_copy_nearest_to_the_publication(wayback, capsys):
    source = a_source(slug="a", published_edtf="2024-01-15")
    available(wayback, source)
    assert run(capsys, Archive()) == [
        "found: a: https://web.archive.org/web/20240116/x",
        "",
        "Copies: 1 found.",
    ]
    assert archived(source) == "https://web.archive.org/web/20240116/x"
    assert parse_qs(urlsplit(wayback.asked[0]).query) == {"url": [source.url], "timestamp": ["20240115"]}


@pytest.mark.parametrize(
    "copy",
    [
        {"available": None},
        {"available": False},
        {"status": "404"},
        {"url": "javascript:alert(1)"},
        {"url": "https://elsewhere.example/"},
        {"url": "https://web.archive.org/web/20240116/" + "x" * 500},
    ],
)
def test_what_is_no_copy_is_not_filled_in(wayback, capsys, copy):
    source = a_source(slug="a")
    available(wayback, source, **copy)
    assert run(capsys, Archive())[0] == "no copy: a"
    assert archived(source) == ""


@pytest.mark.parametrize("said", ["no json", "[]", "{}", '{"archived_snapshots": {"closest": 3}}', '"x"'])
def test_an_answer_that_cannot_be_read_is_trouble(wayback, capsys, said):
    source = a_source(slug="a")
    lay(wayback, source, said)
    assert run(capsys, Archive())[0] == "error: a: error (the archive's answer cannot be read)"


def test_what_has_a_copy_is_not_looked_up(wayback, capsys):
    a_source(archive_url="https://web.archive.org/web/20240101/x")
    assert run(capsys, Archive()) == ["", "Copies: none looked up."]
    assert wayback.asked == []


def test_it_asks_for_a_copy_only_when_told_to(wayback, capsys):
    source = a_source(slug="a", url="https://example.org/a?b=c&d=e")
    available(wayback, source, available=None)
    run(capsys, Archive())
    assert len(wayback.asked) == 1
    wayback.put(f"/save/{source.url}", redirect("/web/20261124201500/https://example.org/a"))
    assert run(capsys, Archive(), save=True)[0].startswith("saved: a: ")
    assert archived(source) == f"{wayback.url}/web/20261124201500/https://example.org/a"


def test_a_copy_may_be_named_in_another_header(wayback, capsys):
    source = a_source(slug="a")
    available(wayback, source, available=None)
    wayback.put(f"/save/{source.url}", answer("saved", Content_Location="/web/20261124201500/x"))
    run(capsys, Archive(), save=True)
    assert archived(source) == f"{wayback.url}/web/20261124201500/x"


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (answer("queued"), "asked for: a"),
        (answer("", 429), "host asks to wait: a: host asks to wait (status 429)"),
        (answer("", 520), "error: a: error (status 520)"),
    ],
)
def test_a_copy_that_is_not_made_yet_is_not_filled_in(wayback, capsys, reply, outcome):
    source = a_source(slug="a")
    available(wayback, source, available=None)
    wayback.put(f"/save/{source.url}", reply)
    assert run(capsys, Archive(), save=True)[0] == outcome
    assert archived(source) == ""
