"""The parameters of an address, described from the fields of the form that reads them, so that the two never differ."""

from dataclasses import dataclass
from typing import Any

from django import forms

from claims.api.words import Schema
from claims.filtering import (
    DIMENSIONS,
    LAST_PAGE,
    LONGEST_ADDRESS,
    MAX_LENGTH,
    MAX_WORDS,
    MOST,
    Address,
    DayOnce,
    Listed,
    Option,
    PageNumber,
    Phrases,
    Several,
    Whole,
)

DAY: Schema = {
    "type": "string",
    "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$",
    "description": "A day, month or year: 2023-11-22, 2023-11, 2023. Dates in words are read as on the pages.",
}

NONE = ""  # passed over where a value is expected, as forms send fields that are not filled in
PAGE: Schema = {"type": "integer", "minimum": 1, "maximum": LAST_PAGE - 1, "default": 1}
NOTES = {
    "actor": "An actor by slug, in any role or in the one that role names.",
    "after": "Where the page before ended, as its next gives it.",
    "as_of": "Nothing that was certainly said later.",
    "at": "One minute, in UTC: 2024-01-15T09:30.",
    "claim": "The claim that the page begins with, as the next of the page before it gives it.",
    "clock": "Which date the dates and orders go by: when it was said, published or recorded here.",
    "date_from": "What may have happened on this day or later.",
    "date_to": "What may have happened on this day or earlier.",
    "format": "The format of the answer; only JSON is given.",
    "known_by": "Nothing that this site published later.",
    "match": "Whether what may have been said within the dates counts, or only what certainly was.",
    "maxheight": "Pixels that it may be high.",
    "maxwidth": "Pixels that it may be wide.",
    "role": "In which role the actor appears; voice: as the one who said it, or for whom it was said.",
    "said_from": "Said on this day or later.",
    "said_to": "Said on this day or earlier.",
    "sort": "The order of the list.",
    "url": "The whole address of a page here.",
}
# Of what several forms know under one name, by its label.
OF_CLAIMS = {
    "Act": "What the speaker does with it.",
    "Event": "An event that it is linked to.",
    "Issue": "An issue that it is about.",
    "Language of the passage": "The language of a passage, by its ISO 639 code.",
    "Publisher": "Who published a document that carries it.",
    "Source": "A document that carries it.",
    "Speaker": "Who says it.",
    "Voice that passes it on": "How a voice that passes it on is named.",
    "Words": "Words, all of which it must hold, in any form that they have.",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A parameter as a page lists it, with its values where they stand on a fixed list."""

    name: str
    note: str
    values: list[str]


def described(form: forms.Form) -> list[dict[str, Any]]:
    """The parameters of a form as OpenAPI has them, in the order of its fields."""
    return [parameter(name, field) for name, field in form.fields.items()]


def tables(form: forms.Form) -> list[tuple[str, list[Row]]]:
    """The parameters of a filter of claims as a page lists them: those with a twin that leaves out, and the others."""
    rows = [Row(name, note(name, field), _values(_schema(name, field))) for name, field in form.fields.items()]
    return [
        ("With a twin that leaves out", [row for row in rows if row.name in DIMENSIONS]),
        ("Others", [row for row in rows if row.name.removeprefix("not_") not in DIMENSIONS]),
    ]


def parameter(name: str, field: forms.Field) -> dict[str, Any]:
    """One parameter. An empty one is none, as forms send it; ``explode``: a list is written by repeating it."""
    schema = _schema(name, field)
    repeated = {"style": "form", "explode": True} if schema["type"] == "array" else {}
    said = {"description": note(name, field), "allowEmptyValue": True}
    said |= {"required": True, "allowEmptyValue": False} if field.required else {}
    return {"name": name, "in": "query", **said, "schema": schema, **repeated}


def note(name: str, field: forms.Field) -> str:
    """What a parameter asks for, in words."""
    twin = DIMENSIONS.get(name.removeprefix("not_"))
    if name.startswith("not_") and twin:
        return f"{twin.title}, left out."
    return NOTES.get(name) or OF_CLAIMS.get(str(field.label), f"{field.label}.")


def _values(schema: Schema) -> list[str]:
    return [value for value in schema.get("items", schema).get("enum", []) if value != NONE]


def _schema(name: str, field: forms.Field) -> Schema:
    if isinstance(field, DayOnce):
        return DAY
    if isinstance(field, PageNumber):
        return PAGE
    if isinstance(field, Whole):
        return {"type": "integer", "minimum": 1, "maximum": MOST}
    if isinstance(field, Address):
        return {"type": "string", "maxLength": LONGEST_ADDRESS}
    if isinstance(field, Option):
        return _option(field)
    if isinstance(field, Several) and field.most > 1:
        return {"type": "array", "items": _item(field), "maxItems": field.most}
    return {"type": "string", "maxLength": MAX_LENGTH}


def _option(field: Option) -> Schema:
    """A fixed list with its default; where the only value is none at all, the list is of things on file."""
    values = [value for value in field.choices if value]
    if not values:
        return {"type": "string", "maxLength": MAX_LENGTH}
    return {"type": "string", "enum": values, **({"default": field.default} if field.default else {})}


def _item(field: Several) -> Schema:
    if isinstance(field, Listed) and field.choices:
        return {"type": "string", "enum": [*field.choices, NONE]}
    words = f"Words, each of which must be found in any form it has; {MAX_WORDS} at most."
    return {"type": "string", "maxLength": MAX_LENGTH, **({"description": words} if isinstance(field, Phrases) else {})}
