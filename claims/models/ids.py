"""Ids of claims, positions and sources, never changed; what a curator types is taken as it is.

Those of claims and positions are given at the first publication.
A draft has an id that says nothing: its words may be refused, and an id outlives them.
"""

import re
from itertools import count
from secrets import token_hex
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.text import slugify

from actors.models import Actor
from claims.models.change import OldSlug
from claims.models.issue import Stance

SHORTEST = 4  # letters of a word that says something
LONGEST = 76  # with a number after it, it fits the columns of 80
DRAFT = re.compile(r"draft-[0-9a-f]{12}")
DAY = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")


def for_draft() -> str:
    """An id that says nothing, for a row that was never public."""
    return f"draft-{token_hex(6)}"


def is_for_draft(slug: str) -> bool:
    """Whether an id was made for a draft."""
    return DRAFT.fullmatch(slug) is not None


def for_claim(speaker: Actor, said: str, content: str) -> str:
    """Speaker, first date said and three words of the content: "lavrov-2025-06-04-peace-talks-resume"."""
    name = slugify(speaker.sort_name.split(",")[0]) or speaker.slug
    date = DAY.search(said)
    return "-".join([name[:40], *([date.group()] if date else []), *_words(content)])


def for_source(publisher: Actor, published: str, title: str) -> str:
    """Publisher, first date of publication and three words of the title: "kremlin-2022-02-21-address-president"."""
    date = DAY.search(published)
    return "-".join([publisher.slug[:40], *([date.group()] if date else []), *_words(title)])


def for_position(actor: Actor, stance: Stance) -> str:
    """Actor and issue: "sergei-lavrov-ceasefire"."""
    return f"{actor.slug}-{stance.issue.slug}"


def free(model: type[models.Model], wanted: str) -> str:
    """The slug wanted, cut to 76 characters, or with the first number after it that no row of the model has or had."""
    wanted = wanted[:LONGEST].strip("-")
    had = OldSlug.objects.filter(content_type=ContentType.objects.get_for_model(model))
    rows: list[models.QuerySet[Any]] = [model._default_manager.all(), had]
    taken = {slug for found in rows for slug in found.filter(slug__startswith=wanted).values_list("slug", flat=True)}
    return next(slug for number in count(1) if (slug := f"{wanted}-{number}" if number > 1 else wanted) not in taken)


def _words(text: str) -> list[str]:
    return [word for word in slugify(text).split("-") if len(word) >= SHORTEST][:3]
