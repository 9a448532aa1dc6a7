"""What a passage that a curator has chosen tells of the claim it carries: proposals, which a person confirms."""

from claims.proposals.propose import Proposal, language, propose
from claims.proposals.reading import Reading
from claims.proposals.turns import Turn, turns

__all__ = [
    "Proposal",
    "Reading",
    "Turn",
    "language",
    "propose",
    "turns",
]
