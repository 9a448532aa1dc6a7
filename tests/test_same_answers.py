"""The tool for refactorings finds what has changed, down to one letter."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "scripts" / "same_answers"))

import asking
import stored

pytestmark = pytest.mark.django_db
ADDRESSES = ("/about/", "/claims.json", "/nowhere/")


def answers(client):
    return [asking.Site().answer(client, address) for address in ADDRESSES]


def test_the_same_site_gives_the_same_answers(client, tmp_path, capsys):
    assert stored.store(tmp_path / "answers", answers(client)) == 3

    assert stored.compare(tmp_path / "answers", answers(client)) == (3, 0)
    assert capsys.readouterr().out == ""


def test_a_letter_that_differs_is_found_and_shown(client, tmp_path, capsys, settings):
    stored.store(tmp_path / "answers", answers(client))
    settings.SITE_NAME = "Attributes"

    assert stored.compare(tmp_path / "answers", answers(client)) == (3, 2)
    told = capsys.readouterr().out
    assert "GET /about/" in told
    assert "-<title>About and method – Attributed</title>" in told.replace("  ", "")
    assert "+<title>About and method – Attributes</title>" in told.replace("  ", "")


def test_an_address_that_is_gone_counts_as_a_difference(client, tmp_path, capsys):
    stored.store(tmp_path / "answers", answers(client))

    assert stored.compare(tmp_path / "answers", answers(client)[1:]) == (3, 1)
    assert "GET /about/\nno longer asked" in capsys.readouterr().out
