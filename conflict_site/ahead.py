"""What a worker does before it takes requests, so that its first reader waits no longer than the next.

``prepare`` asks no database: addresses and pages, templates, the digest of the program's files. What other workers keep
is mapped beside the first requests (``begin``), once the worker is a process of its own. Where the database does not
answer it starts all the same, and /healthz says so.
"""

import logging
from pathlib import Path
from threading import Thread
from typing import Any

from django import forms
from django.conf import settings
from django.db import connections
from django.template import engines
from django.urls import reverse

from claims.readmodel import freshness
from claims.views import etags
from conflict_site import replicas

OTHERS = ("admin", "jinja2")  # folders of templates: readers see none of the one, the other is another engine's

log = logging.getLogger(__name__)


class Fields(forms.Form):
    """The kinds of fields that readers meet, drawn by Django's own templates."""

    words = forms.CharField(required=False)
    choice = forms.ChoiceField(choices=[("", "")])


def prepare() -> None:
    """Make what all answers are made with; nothing where the program is being written, and starts often."""
    if settings.DEBUG:
        return
    reverse("claims:list")
    etags.program()
    for field in Fields():
        field.label_tag(), str(field)
    compile_templates()


def compile_templates() -> None:
    """All that readers' pages are printed with."""
    pages: Any = engines["django"]
    for folder in map(Path, pages.dirs):
        for name in (file.relative_to(folder) for file in folder.rglob("*.*") if file.suffix != ".md"):
            if name.parts[0] not in OTHERS:
                pages.get_template(str(name))
    rows: Any = engines["jinja2"]
    for row in rows.env.list_templates():
        rows.get_template(row)


def begin() -> None:
    """Map what other workers keep, beside the first requests."""
    Thread(target=map_kept, daemon=True).start()


def map_kept() -> None:
    """The same, in this thread, which is left without a connection."""
    try:
        replicas.ask_for_reader()
        freshness.map_kept()
    except Exception as error:  # whatever it is, the first request meets it too, and is answered accordingly
        log.warning("Nothing could be read ahead: %s", type(error).__name__)
    finally:
        connections.close_all()
