"""`manage.py capture --missing`: the texts that are not held are fetched from their addresses."""

import csv
import signal
import threading

import pytest
from django.core.management import call_command

from claims.capture.bring import bring, hosts_in_turn
from claims.capture.web import Fetcher, Limits
from claims.management.commands import capture as command
from claims.models import Snapshot, Source
from conflict_site.models import Site
from tests.factories import a_claim, a_snapshot, a_source, unreviewed
from tests.loopback import answer, late, redirect

pytestmark = [pytest.mark.django_db, pytest.mark.run_once]

TEXT = "He spoke first.\nWe are ready for talks.\nThen he left."


class Capture(command.Command):
    """The command, allowed to reach this machine."""

    loopback = True


def run(capsys, *slugs, **options):
    """What the command says, and its exit status."""
    try:
        call_command(Capture(), *slugs, missing=True, delay=0, **options)
        status = 0
    except SystemExit as exit:
        status = exit.code
    return status, capsys.readouterr().out


def cited(url, exact="We are ready for talks", **given):
    """A source at an address, with a citation of it."""
    source = a_source(url=url, **given)
    return source, a_claim(source=source, exact=exact).citations.get()


def test_it_fetches_the_page_and_verifies_its_passages(web, capsys):
    source, citation = cited(web.page("/a", TEXT))
    lost = a_claim(source=source, exact="We are not ready")
    status, said = run(capsys)
    snapshot = Snapshot.objects.get()
    assert snapshot.text == "Home\n\nHe spoke first.\n\nWe are ready for talks.\n\nThen he left.\n\nAll rights reserved"
    citation.refresh_from_db()
    assert (citation.status, citation.snapshot, citation.start) == ("verified", snapshot, 23)
    assert (status, said) == (
        0,
        f"captured: {source.slug}: 1 not found, 1 verified\n    not found: {lost.slug}\n\n"
        "Sources: 1 captured.\nPassages: 1 not found, 1 verified.\n",
    )


@pytest.mark.shared_data
def test_every_passage_is_verified_in_real_texts_served_as_pages(web, capsys, shared_data):
    call_command("load_dossier", "data/opening", verbosity=0)
    with unreviewed():
        Source.objects.update(url="")
        with open(shared_data / "dossier" / "texts.csv", encoding="utf-8") as index:
            for row in csv.DictReader(index):
                text = (shared_data / "dossier" / row["file"]).read_text(encoding="utf-8")
                Source.objects.filter(slug=row["source"]).update(url=web.page(f"/{row['source']}", text))
    capsys.readouterr()
    status, said = run(capsys)
    # The briefing came with the dossier; 124 pages hold the 210 passages that are cited to them.
    assert (status, said.splitlines()[-3:]) == (
        0,
        ["Sources: 124 captured.", "Passages: 210 verified.", "80 without a text have no address."],
    )


def test_it_names_the_contact_of_the_site(web, capsys):
    Site.objects.create(contact="desk@example.org")
    cited(web.page("/a", TEXT))
    run(capsys)
    assert {one["User-Agent"] for one in web.headers} == {"Attributed (desk@example.org)"}


def test_it_follows_a_redirect(web, capsys):
    web.page("/new", TEXT)
    cited(web.put("/old", redirect("/new", 301)))
    assert "1 captured" in run(capsys)[1]


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (answer("", 404), "gone: SOURCE: gone (status 404)"),
        (answer("", 410), "gone: SOURCE: gone (status 410)"),
        (answer("", 500), "error: SOURCE: error (status 500)"),
        (answer("", 403), "refused by the host: SOURCE: refused by the host (status 403)"),
        (redirect("http://10.1.2.3/"), "no public address: SOURCE: no public address (10.1.2.3 is 10.1.2.3)"),
        (answer("x" * 6_000_000), "too large: SOURCE: too large (6000000 bytes)"),
        (answer(b"PNG", media_type="image/png"), "no readable type: SOURCE: no readable type (image/png)"),
        (answer("<p>one&#x202e;"), "not kept: SOURCE: Line 1, column 4 is U+202E"),
        (answer("<p> </p>"), "not kept: SOURCE: There are no words in it."),
        (answer(b"%PDF", media_type="application/pdf"), "not kept: SOURCE: This PDF cannot be read"),
    ],
)
def test_it_says_why_there_is_no_text(web, capsys, reply, outcome):
    source, citation = cited(web.put("/a", reply))
    status, said = run(capsys)
    assert said.startswith(outcome.replace("SOURCE", source.slug))
    assert status == 0
    assert not Snapshot.objects.exists()
    citation.refresh_from_db()
    assert citation.status == "text_not_held"


GARBLED = "<p>Міністр сказав: «Угоди ще немає» — і пішов.".encode("cp1251")


def test_a_garbled_page_is_kept_on_a_curators_word_alone(web, capsys):
    source, _ = cited(web.put("/a", answer(GARBLED, media_type="text/html; charset=utf-8")), slug="a")
    _, said = run(capsys)
    assert said.startswith("doubtful: a: It looks garbled: “̳����� ������:")
    assert "\n\nSources: 1 doubtful.\nPassages: none.\nWhat is doubtful is kept only with --anyway" in said
    assert not Snapshot.objects.exists()
    assert "Sources: 1 captured." in run(capsys, source.slug, anyway=True)[1]


def test_the_order_of_marks_headers_and_pages_is_that_of_browsers(web, capsys):
    said = "Міністр сказав: «Угоди ще немає» — і пішов."
    meta = "<meta charset=windows-1251>"
    pages = {
        "/mark": (said.encode("utf-8-sig"), "windows-1251"),
        "/utf-16": (b"\xff\xfe" + said.encode("utf-16-le"), "utf-8"),
        "/unknown": ((meta + said).encode("cp1251"), "none"),
        "/known": (said.encode("cp1251"), '"x-cp1251"'),
        "/guessed": (said.encode("koi8-u", "ignore"), "none"),
    }
    for path, (body, charset) in pages.items():
        cited(web.put(path, answer(body, media_type=f"text/html; charset={charset}")), "Угоди ще немає")
    assert "Sources: 5 captured.\nPassages: 5 verified." in run(capsys)[1]


def test_a_page_that_is_slow_to_come_is_given_up(web):
    source, _ = cited(web.put("/a", late(0.5)))
    brought = bring(source, Fetcher(delay=0, loopback=True, limits=Limits(read=0.1)))
    assert (brought.outcome, brought.note, brought.captured) == ("timed out", "timed out", None)


def test_robots_txt_is_honoured(web, capsys):
    web.put("/robots.txt", answer("User-agent: *\nDisallow: /closed/", media_type="text/plain"))
    cited(web.page("/closed/a", TEXT))
    cited(web.page("/open/a", TEXT))
    assert "Sources: 1 captured, 1 refused by robots.txt." in run(capsys)[1]
    assert web.asked == ["/robots.txt", "/open/a"]


def test_what_is_held_is_not_fetched_again(web, capsys):
    source, _ = cited(web.page("/a", TEXT))
    a_snapshot(source, TEXT)
    assert run(capsys) == (0, "\nSources: none fetched.\nPassages: none.\n")
    assert web.asked == []


def test_only_what_a_licence_allows_to_keep_is_fetched_where_that_is_asked(web, capsys):
    cited(web.page("/free", TEXT), text_may_be_kept=True)
    cited(web.page("/shown", TEXT), text_is_public=True)
    cited(web.page("/other", TEXT))
    told = (
        "1 more without a text: no licence is on record that allows to keep one. Where you may nevertheless, "
        "ALL=1 make texts fetches them too.\n"
    )
    status, said = run(capsys, licensed=True)
    assert (status, said.endswith(f"Sources: 2 captured.\nPassages: 2 verified.\n{told}")) == (0, True)
    assert web.asked == ["/robots.txt", "/free", "/shown"]
    assert run(capsys, licensed=True) == (0, f"\nSources: none fetched.\nPassages: none.\n{told}")
    assert web.asked == ["/robots.txt", "/free", "/shown"]
    assert "more without" not in run(capsys)[1]
    assert web.asked[3:] == ["/robots.txt", "/other"]


def test_only_the_named_sources_are_fetched(web, capsys):
    source, _ = cited(web.page("/a", TEXT))
    cited(web.page("/b", TEXT))
    run(capsys, source.slug)
    assert web.asked == ["/robots.txt", "/a"]


def test_sources_without_an_address_are_counted(web, capsys):
    cited("")
    assert run(capsys)[1].endswith("1 without a text have no address.\n")


@pytest.fixture
def ctrl_c():
    """Interrupts the test as Ctrl-C would, also where whatever started the tests made them deaf to it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield lambda: signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_ends_it_with_a_summary_and_the_next_run_goes_on(web, capsys, ctrl_c):
    first, _ = cited(web.page("/a", TEXT), slug="a")
    cited(web.put("/b", lambda handler: (ctrl_c(), late(0.5)(handler))[0]), slug="b")
    cited(web.page("/c", TEXT), slug="c")
    status, said = run(capsys)
    assert status == 130
    assert "Sources: 1 captured." in said
    assert said.endswith("Interrupted; 2 left. The same command goes on from here.\n")
    assert [snapshot.source for snapshot in Snapshot.objects.all()] == [first]
    web.page("/b", TEXT)
    web.asked.clear()
    assert run(capsys)[0] == 0
    assert web.asked == ["/robots.txt", "/b", "/c"]


def test_hosts_take_turns():
    addresses = ["http://a/1", "http://a/2", "http://a/3", "http://b/1", "http://c/1", "http://b/2"]
    sources = [a_source(url=url) for url in addresses]
    assert [source.url for source in hosts_in_turn(sources)] == [
        "http://a/1",
        "http://b/1",
        "http://c/1",
        "http://a/2",
        "http://b/2",
        "http://a/3",
    ]
