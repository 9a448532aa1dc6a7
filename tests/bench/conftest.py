"""A small record, and the filters that are measured on it."""

from contextlib import closing

import pytest
from django.db import connection

from bench.filters import filters, ranks
from bench.generate import fill


@pytest.fixture
def ask():
    def ask(sql, values):
        with closing(connection.cursor()) as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall() if cursor.description else []

    return ask


@pytest.fixture
def rows(db, ask):
    fill(300)
    return {row.name: row for row in filters(ranks(ask))}
