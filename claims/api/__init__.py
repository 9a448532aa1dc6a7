"""The description of what the site gives to programs: an OpenAPI 3.1 document, made of the forms that read requests."""

from claims.api import parameters
from claims.api.document import HTML, Operation, document
from claims.api.examples import examples
from claims.api.samples import samples

__all__ = [
    "HTML",
    "Operation",
    "document",
    "examples",
    "parameters",
    "samples",
]
