"""The words by which claims, voices, passages and relations are sorted."""

from django.db import models


class Act(models.TextChoices):
    """What the speaker does with the statement. One rule for every speaker (see the method page)."""

    ASSERTS = "asserts", "Asserts"
    DENIES = "denies", "Denies"
    DEMANDS = "demands", "Demands"
    OFFERS = "offers", "Offers"
    PROMISES = "promises", "Promises"
    THREATENS = "threatens", "Threatens"
    PREDICTS = "predicts", "Predicts"
    ASKS = "asks", "Asks"
    CONCEDES = "concedes", "Concedes"
    ANNOUNCES = "announces", "Announces"
    EVALUATES = "evaluates", "Evaluates"
    REFUSES = "refuses", "Refuses"


class Form(models.TextChoices):
    """How near the source is to the speaker's own words."""

    VERBATIM = "verbatim", "Verbatim"
    PARTIAL_QUOTE = "partial_quote", "Partial quote"
    PARAPHRASE = "paraphrase", "Paraphrase"


class Identification(models.TextChoices):
    """How a source identifies a voice that passes the words on (after PolNeAR's attribution scheme)."""

    NAMED = "named", "Named"
    ROLE = "role", "By role"
    ANONYMOUS = "anonymous", "Anonymous"
    COLLECTIVE = "collective", "Collective"
    IMPLICIT = "implicit", "Implicit"


class CitationStatus(models.TextChoices):
    """Whether the quoted words were found in the text that is held, or else in one that was at hand before."""

    VERIFIED = "verified", "Verified"
    CHECKED = "checked", "Checked when recorded"
    NOT_HELD = "text_not_held", "Text not held"
    NOT_FOUND = "not_found", "Not found"
    AMBIGUOUS = "ambiguous", "Ambiguous"


class RelationKind(models.TextChoices):
    """How one claim stands to another."""

    CONTRADICTS = "contradicts", "Contradicts"
    DENIES = "denies", "Denies"
    RESPONDS_TO = "responds_to", "Responds to"
    REPEATS = "repeats", "Repeats"
    CORROBORATES = "corroborates", "Corroborates"
    QUALIFIES = "qualifies", "Qualifies"
    UPDATES = "updates", "Updates"
    RETRACTS = "retracts", "Retracts"
    ASSESSES = "assesses", "Assesses"


class Basis(models.TextChoices):
    """On what a relation rests."""

    STATED = "stated_in_source", "Stated in the source"
    CURATOR = "curator", "Seen by the curator"
