"""Answers for addresses at which there is nothing (any more)."""

from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import reverse

from claims.models import OldSlug


def moved(things: QuerySet[Any], slug: str, name: str) -> HttpResponsePermanentRedirect:
    """A permanent redirect to the address (of this URL name) of what once had this slug.

    Raises Http404 where nothing had it, or nothing that is among these things.
    """
    thing = OldSlug.target(things.model, slug)
    if thing is None or not things.filter(pk=thing.pk).exists():
        raise Http404
    return HttpResponsePermanentRedirect(reverse(name, args=[thing.slug]))  # type: ignore[attr-defined]


def named[Thing: Model](things: QuerySet[Thing], slug: str) -> Thing:
    """What of these things has, or once had, this slug; raises Http404 where that is nothing."""
    thing = things.filter(slug=slug).first()
    if thing is None:
        old = OldSlug.target(things.model, slug)
        thing = things.filter(pk=old.pk).first() if old else None
    if thing is None:
        raise Http404
    return thing
