"""A filter read back as a sentence: "claims about [Direct talks] by anybody but [not Joe Biden] said [since 2022]"."""

from collections.abc import Iterable
from dataclasses import dataclass

from claims.filtering.dimensions import DIMENSIONS, ROLES
from claims.filtering.filter import Choice, ClaimFilter


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition as a reader can take it away: its words, and the address without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """The part of the sentence on one dimension: its opening words, what is looked for, and what is left out."""

    lead: str
    included: list[Chip]
    excluded: list[Chip]

    @property
    def words(self) -> str:
        """The phrase as plain text."""
        wanted = " or ".join(chip.label for chip in self.included)
        unwanted = " and ".join(f"not {chip.label}" for chip in self.excluded)
        return " ".join(filter(None, [self.lead, wanted, unwanted and f"but {unwanted}"]))


def phrases(claim_filter: ClaimFilter) -> list[Phrase]:
    """The sentence of a valid filter, dimension by dimension."""
    names = dict.fromkeys(choice.name for choice in claim_filter.choices)
    return [_phrase(claim_filter, name) for name in names]


def words(claim_filter: ClaimFilter) -> str:
    """The conditions of a valid filter as plain text: "claims about Direct talks by Vladimir Putin"."""
    return " ".join(["claims", *(phrase.words for phrase in phrases(claim_filter))])


def _phrase(claim_filter: ClaimFilter, name: str) -> Phrase:
    chosen = claim_filter.chosen(name)
    included = [choice for choice in chosen if not choice.excluded]
    excluded = [choice for choice in chosen if choice.excluded]
    lead = _lead(claim_filter, name, anything=not included)
    return Phrase(lead, _chips(claim_filter, included), _chips(claim_filter, excluded))


def _chips(claim_filter: ClaimFilter, choices: Iterable[Choice]) -> list[Chip]:
    return [Chip(choice.label, claim_filter.url(without=[choice])) for choice in choices]


def _lead(claim_filter: ClaimFilter, name: str, *, anything: bool) -> str:
    if name in DIMENSIONS:
        return DIMENSIONS[name].anything if anything else DIMENSIONS[name].lead
    if name == "actor":
        return ROLES[claim_filter.cleaned_data["role"]]
    if name == "said":
        certainly = "certainly " if claim_filter.cleaned_data["match"] == "certain" else ""
        return f"{certainly}{claim_filter.chosen_clock}"
    return {"as_of": "as they stood by the end of", "known_by": "that were published here by the end of"}[name]
