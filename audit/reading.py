"""How an entry of the audit is read: which part of a row it changed, from what to what."""

import json
from dataclasses import dataclass

from audit.models import Entry


@dataclass(frozen=True, slots=True)
class Part:
    """A column that an entry changed, as text; "" for what was not there."""

    name: str
    before: str
    after: str


def parts(entry: Entry) -> list[Part]:
    """What differs between before and after, in the order as noted; of a new or deleted row what is not empty."""
    before, after = _columns(entry.before), _columns(entry.after)
    names = [*before, *(name for name in after if name not in before)]
    sides = [Part(name, _text(before.get(name)), _text(after.get(name))) for name in names]
    return [part for part in sides if part.before != part.after]


def _columns(text: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(text) if text else {}
    return found


def _text(value: object) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False)
