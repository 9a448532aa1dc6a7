"""The description of what the site gives to programs: an OpenAPI 3.1 document, made of the forms that read requests."""

from claims.api import parameters
from claims.api.document import Operation, document
from claims.api.examples import examples
from claims.api.samples import samples

__all__ = [
    "Operation",
    "document",
    "examples",
    "parameters",
    "samples",
]
