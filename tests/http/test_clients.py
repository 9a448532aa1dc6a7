"""Programs that others wrote read what the site gives out: a maker of clients, a reader of feeds, readers of tables."""

import csv
import importlib
import io
import sys
from datetime import date

import duckdb
import feedparser
import httpx
import pandas
import pytest
from openapi_python_client import generate
from openapi_python_client.config import Config, ConfigFile, MetaType

from conflict_site.wsgi import application
from tests.factories import a_claim, an_actor

pytestmark = [pytest.mark.django_db, pytest.mark.run_once]
# Media types for which the maker of clients has no reader; their answers are given as bytes.
UNREAD = {
    "application/atom+xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/x-bibtex",
    "application/x-research-info-systems",
    "image/png",
    "image/svg+xml",
}


@pytest.fixture
def on_file():
    lavrov = an_actor("Sergei Lavrov", slug="lavrov")
    return a_claim(
        speaker=lavrov,
        slug="lavrov-2023",
        said_edtf="2023-11",
        content='talks, "if any", wait',
        exact="=we are ready for talks",
    )


def test_a_maker_of_clients_makes_one_of_the_document_and_it_reads_the_site(client, on_file, tmp_path, monkeypatch):
    described = tmp_path / "openapi.json"
    described.write_bytes(client.get("/openapi.json").content)
    made = tmp_path / "made"
    file = ConfigFile(project_name_override="made", package_name_override="made_client", post_hooks=[])
    told = generate(config=Config.from_sources(file, MetaType.NONE, described, "utf-8", True, made))
    assert [each.detail for each in told if not any(media in str(each.detail) for media in UNREAD)] == []
    monkeypatch.syspath_prepend(str(tmp_path))
    asked = importlib.import_module("made.api.claims.claims")
    site = importlib.import_module("made").Client(
        base_url="http://localhost", httpx_args={"transport": httpx.WSGITransport(app=application)}
    )
    found = asked.sync(client=site, speaker=["lavrov"])
    assert [(each.id, each.speaker.name) for each in found.results] == [("lavrov-2023", "Sergei Lavrov")]
    for name in [name for name in sys.modules if name.split(".")[0] == "made"]:
        del sys.modules[name]


def test_a_reader_of_feeds_finds_nothing_wrong_with_the_feed(client, on_file):
    feed = feedparser.parse(client.get("/claims.atom").content)
    entry = feed.entries[0]
    assert (feed.bozo, feed.version, len(feed.entries)) == (False, "atom10", 1)
    assert entry.title == 'Sergei Lavrov said that talks, "if any", wait.'
    assert entry.link == "http://testserver/claims/lavrov-2023/"
    assert feed.feed.rights.startswith("Our own words: ")


def test_readers_of_tables_find_every_cell(client, on_file, tmp_path):
    table = tmp_path / "claims.csv"
    table.write_bytes(b"".join(client.get("/claims.csv")))
    row = pandas.read_csv(table, dtype=str, keep_default_na=False).iloc[0]
    asked = "SELECT id, said_earliest, said_latest, attribution FROM read_csv(?)"
    assert duckdb.execute(asked, [str(table)]).fetchall() == [
        ("lavrov-2023", date(2023, 11, 1), date(2023, 11, 30), row["attribution"])
    ]
    assert row.to_dict() == next(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig"), newline="")))
