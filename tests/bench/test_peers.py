"""The peers show the same page as the site: the floor without asking the database, the plain ORM by its own queries."""

from copy import deepcopy

import pytest
from django.db import connection

from bench.checks import of_plain_page
from bench.naive import answer
from bench.peers import datasette, floor


@pytest.fixture
def peer_templates(settings):
    """The templates of the benchmark's settings for the floor."""
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] += [settings.BASE_DIR / "bench" / "peers"]
    processors = templates[0]["OPTIONS"]["context_processors"]
    processors[processors.index("conflict_site.context.site")] = "bench.peers.floor.words"
    settings.TEMPLATES = templates


@pytest.mark.run_once
def test_the_floor_gives_the_same_bytes_without_a_query(
    client, rows, settings, monkeypatch, peer_templates, django_assert_num_queries
):
    monkeypatch.setattr(floor, "HELD", {})
    monkeypatch.setattr(floor, "SITES", {})
    for row in rows.values():
        settings.ROOT_URLCONF = "conflict_site.urls"
        page = client.get(row.url("/claims/"))
        settings.ROOT_URLCONF = "bench.peers.floor"
        assert client.get(row.url("/claims/")).content == page.content
        with django_assert_num_queries(0):
            assert client.get(row.url("/claims/")).content == page.content


@pytest.mark.urls("bench.peers.plain")
def test_the_plain_orm_finds_what_plain_sql_finds(client, ask, rows, peer_templates):
    for name, row in rows.items():
        page = client.get(row.url("/claims/")).content.decode()
        assert of_plain_page(page, answer(ask, connection.vendor, row)) == [], name


def test_datasette_is_named_by_its_version_alone():
    assert datasette.release() == "0.65.5"
