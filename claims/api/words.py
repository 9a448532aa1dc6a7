"""JSON Schema (2020-12) in few words: each function returns a schema."""

from collections.abc import Iterable
from typing import Any

type Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
NUMBER: Schema = {"type": "integer", "minimum": 0}
URL: Schema = {"type": "string", "format": "uri", "pattern": "^https?://"}
OUTWARD: Schema = {"type": "string", "description": "An address on another site; empty where there is none."}
SLUG: Schema = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}
DAY: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}


def ref(name: str) -> Schema:
    """The schema of this name among the document's components."""
    return {"$ref": f"#/components/schemas/{name}"}


def record(description: str = "", /, **members: Schema) -> Schema:
    """An object with these members, all of them, and no others."""
    said = {"description": description} if description else {}
    return {
        **said,
        "type": "object",
        "properties": members,
        "required": list(members),
        "additionalProperties": False,
    }


def at_least(**members: Schema) -> Schema:
    """An object with these members, all of them, and maybe others."""
    return {"type": "object", "properties": members, "required": list(members)}


def widened(schema: Schema, **members: Schema) -> Schema:
    """A record with more members."""
    return record(schema.get("description", ""), **schema["properties"], **members)


def sometimes(schema: Schema, **members: Schema) -> Schema:
    """A record that may have these members, too."""
    return {**schema, "properties": schema["properties"] | members}


def listed(items: Schema) -> Schema:
    """A list of such items."""
    return {"type": "array", "items": items}


def mapped(values: Schema) -> Schema:
    """An object whose members, of any name, are such values."""
    return {"type": "object", "additionalProperties": values}


def either(*schemas: Schema) -> Schema:
    """A value of one of these kinds."""
    return {"anyOf": list(schemas)}


def maybe(schema: Schema) -> Schema:
    """Such a value, or null."""
    if "$ref" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    enum = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return {**schema, **enum, "type": [schema["type"], "null"]}


def one_of(values: Iterable[str]) -> Schema:
    """One of these texts."""
    return {"type": "string", "enum": list(values)}


def paged(items: Schema, /, **members: Schema) -> Schema:
    """A page of a list: how many there are in all, those of this page, the address of the next."""
    return record(**members, count=NUMBER, results=listed(items), next=maybe(URL))


COUNTED = record(
    "Claims without a coded stance that are too many to be told one by one. The list at the address has all claims.",
    claims=NUMBER,
    claims_url=URL,
)
ATTRIBUTION: Schema = {
    "type": "string",
    "description": "Who says, by whose account, what: the sentence that a claim must not be separated from.",
}
CHECK: dict[str, Schema] = {
    "checked_on": maybe({**DAY, "description": "When the words were found in a text of the source, held here or not."}),
    "checked_sha256": maybe({"type": "string", "description": "The SHA-256 of that text."}),
}
HORIZON: dict[str, Schema] = {"as_of": maybe(DAY), "known_by": maybe(DAY)}
