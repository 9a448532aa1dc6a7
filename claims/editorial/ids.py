"""Ids for new claims and positions. Given once; what a curator types instead is taken as it is."""

import re
from itertools import count

from django.db import models
from django.utils.text import slugify

from actors.models import Actor
from claims.models import Stance

SHORTEST = 4  # letters of a word that says something
LONGEST = 76  # with a number after it, it fits the columns of 80
DAY = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")


def for_claim(speaker: Actor, said: str, content: str) -> str:
    """Speaker, first date said and three words of the content: "lavrov-2025-06-04-peace-talks-resume"."""
    name = slugify(speaker.sort_name.split(",")[0]) or speaker.slug
    date = DAY.search(said)
    words = [word for word in slugify(content).split("-") if len(word) >= SHORTEST][:3]
    return "-".join([name[:40], *([date.group()] if date else []), *words])


def for_position(actor: Actor, stance: Stance) -> str:
    """Actor and issue: "sergei-lavrov-ceasefire"."""
    return f"{actor.slug}-{stance.issue.slug}"


def free(model: type[models.Model], wanted: str) -> str:
    """The slug wanted, cut to 76 characters, or with the first number after it that no row of the model has."""
    wanted = wanted[:LONGEST].strip("-")
    taken = set(model._default_manager.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(slug for number in count(1) if (slug := f"{wanted}-{number}" if number > 1 else wanted) not in taken)
