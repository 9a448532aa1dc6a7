"""The OpenAPI 3.1 document: operations, their parameters, and the answers as they really are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from claims.api import parameters
from claims.api.answers import ANSWERS
from claims.api.schemas import SCHEMAS
from claims.api.words import SLUG, Schema, ref

JSON = "application/json"
HTML = "text/html"
PROBLEM = "application/problem+json"
ANY_SITE = {
    "Access-Control-Allow-Origin": {"description": "Programs on any site may read it.", "schema": {"const": "*"}}
}
ETAG = {
    "ETag": {
        "description": "Sent back as If-None-Match, it spares an answer that is the same.",
        "schema": {"type": "string"},
    }
}
ABOUT = (
    "A claim is given with its attribution. Where it is shown, the attribution stands with it.\n\n"
    "An address knows the parameters that are listed for it and no others: a request with another one is answered by "
    "400, which names it. Only those that other sites append to links are passed over (utm_…, fbclid, gclid)."
)
MEMORY = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The ETag of the answer that the program has.",
    "schema": {"type": "string"},
}


@dataclass(frozen=True, slots=True)
class Operation:
    """An address that programs may ask. ``form`` reads its parameters; ``schema`` names that of a JSON answer.

    ``things`` are the parts of the path, in its order, by what they name: {"slug": "actor"}; ``gone`` is the schema
    of what is told of a withdrawn one, where that is no page. ``tagged``: the answer carries an ETag. ``others`` are
    further statuses with what they mean.
    """

    path: str
    name: str
    summary: str
    group: str
    media: str = JSON
    schema: str = ""
    form: Any = None
    things: Mapping[str, str] = field(default_factory=dict)
    gone: str = ""
    tagged: bool = True
    others: Mapping[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> list[str]:
        """The names of its parameters; none where they are those of the filter of claims."""
        names = [] if self.form is None else list(self.form.fields)
        return [] if "said_from" in names else names


def document(title: str, server: str, operations: Sequence[Operation], samples: Mapping[str, str]) -> dict[str, Any]:
    """The document for the site with this title at this address; ``samples`` are slugs on file by what they name."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": "1",
            "summary": "Who said what, when, on which issue, according to which source.",
            "description": ABOUT,
            "license": {"name": settings.LICENCE_NAME, "url": settings.LICENCE_URL},
        },
        "servers": [{"url": server.rstrip("/")}],
        "security": [],
        "paths": {one.path: {"get": _operation(one, samples)} for one in operations},
        "components": {"schemas": {**SCHEMAS, **ANSWERS}},
    }


def _operation(one: Operation, samples: Mapping[str, str]) -> dict[str, Any]:
    asked = parameters.described(one.form) if one.form is not None else []
    memory = [MEMORY] if one.tagged else []
    return {
        "operationId": one.name,
        "summary": one.summary,
        "tags": [one.group],
        "parameters": [*_path(one, samples), *asked, *memory],
        "responses": _responses(one),
    }


def _path(one: Operation, samples: Mapping[str, str]) -> list[dict[str, Any]]:
    found = []
    for name, thing in one.things.items():
        sample = {"example": samples[thing]} if thing in samples else {}
        found.append({"name": name, "in": "path", "required": True, "schema": SLUG, **sample})
    return found


def _responses(one: Operation) -> dict[str, Any]:
    plain = {"type": "string"}
    answers = {"200": _answer(one.summary, one.media, ref(one.schema) if one.schema else plain)}
    answers["200"]["headers"] = {**ANY_SITE, **(ETAG if one.tagged else {})}
    if one.tagged:
        answers["304"] = {"description": "The answer is the one that the program has."}
    answers["400"] = _answer("A parameter is unknown or wrong.", PROBLEM, ref("Refusal"))
    if one.things:
        location = {"Location": {"schema": {"type": "string"}}}
        answers["301"] = {**_answer("It was renamed.", HTML, plain), "headers": location}
        answers["404"] = _answer("There is no such thing, or it is not public.", PROBLEM, ref("NotFound"))
    if one.gone:
        answers["410"] = _answer("It was withdrawn.", PROBLEM, ref(one.gone))
    answers |= {status: _answer(meaning, PROBLEM, ref("NotFound")) for status, meaning in one.others.items()}
    return dict(sorted(answers.items()))


def _answer(description: str, media: str, schema: Schema) -> dict[str, Any]:
    return {"description": description, "content": {media: {"schema": schema}}}
