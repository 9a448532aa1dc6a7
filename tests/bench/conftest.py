"""A small record, and the filters that are measured on it."""

from contextlib import closing

import pytest
from django.db import connection

from bench.filters import filters, ranks
from bench.generate import fill
from tests import shared


def asked(sql, values):
    with closing(connection.cursor()) as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def ask(db):
    return asked


@shared.of_module()
def rows():
    fill(300)
    return {row.name: row for row in filters(ranks(asked))}
