"""What the drill of an upgrade does without a site; with one it is `make drill`."""

import sys

import pytest

from soak import drill
from soak.busy import Busy
from soak.desk import SIGNED_OUT, Desk
from tests.loopback import answer, redirect, serving


def test_a_clone_without_the_history_has_tried_nothing_and_says_so(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["drill", "0000000000"])
    with pytest.raises(SystemExit, match="NOT TRIED: this clone has no such history"):
        drill.main()


def test_requests_that_nobody_answers_have_failed():
    with Busy(9, writes=True) as busy:
        while not (busy.statuses["read 0"] and busy.statuses["saved 0"]):
            assert busy.failed.keys() <= {"read 0", "saved 0"}
    assert (busy.saved, {*busy.failed}) == ({}, {"read 0", "saved 0"})


def test_a_form_that_is_answered_by_the_page_for_the_password_was_not_saved():
    """It leads elsewhere as a form that was saved does."""
    form = b"<form method=post><input name=name></form>"
    with serving() as site:
        desk = Desk(int(site.url.rpartition(":")[2]))
        site.put("/add/", redirect("/list/"))
        assert desk.sent("/add/", form, name="A group") == 302
        site.put("/add/", redirect("/admin/login/?next=/add/"))
        assert desk.sent("/add/", form, name="A group") == SIGNED_OUT
        site.put("/add/", answer("in use", 200))
        assert desk.sent("/add/", form, name="A group") == 200
