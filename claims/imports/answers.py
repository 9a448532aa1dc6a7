"""Answers to whom the names in files mean, kept for the next file."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from actors.models import Kind
from claims.imports.matching import answer_key
from claims.models import NameAnswer


def keep_spellings(
    spellings: Iterable[str], written: str, *, by: Any, actor: int | None = None, kind: str = ""
) -> None:
    """Keep that these spellings mean an actor; without one, a new actor with this name and kind."""
    if actor is None and kind not in Kind.values:
        raise ValueError(f"{kind} is no kind of actor")
    given = {"actor_id": actor, "kind": kind if actor is None else "", "written": written[:200]}
    for key in dict.fromkeys(map(answer_key, spellings)):
        NameAnswer.objects.update_or_create(
            name=key, defaults={**given, "answered_by": by, "answered_at": timezone.now()}
        )
