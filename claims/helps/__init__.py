"""Help against error: what in a claim, a source or an actor looks wrong, to be mended or overruled with a reason."""

from claims.helps.actors import of_names
from claims.helps.claims import Typed, of_claim, of_passages, stored
from claims.helps.near_claims import Passage
from claims.helps.sources import of_source

__all__ = [
    "Passage",
    "Typed",
    "of_claim",
    "of_names",
    "of_passages",
    "of_source",
    "stored",
]
