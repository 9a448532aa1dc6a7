"""What was said, when, by whose account: issue -> source -> event -> claim -> position."""

from claims.models import guard, ids, public
from claims.models.change import REVISED, Change, ChangeKind, OldSlug
from claims.models.changed import Changed, ChangedRow
from claims.models.check import CheckOutcome, CitationCheck
from claims.models.claim import AttributionStep, Citation, Claim, ClaimRelation, ClaimWords
from claims.models.comment import LONGEST_COMMENT, Comment
from claims.models.dead_link import DeadLink
from claims.models.doubt import LOST, Doubt, JudgingWord, Overruled, lost_passages
from claims.models.editorial import State
from claims.models.event import Event, EventKind
from claims.models.importing import (
    RUNNING,
    Import,
    ImportedRow,
    ImportFile,
    ImportKind,
    ImportState,
    Mapping,
    NameAnswer,
)
from claims.models.issue import Issue, Stance
from claims.models.loaded import LoadedRow
from claims.models.merge import Merge, MergeState
from claims.models.position import EvidenceRole, Position, PositionEvidence
from claims.models.presence import Presence
from claims.models.querysets import ClaimQuerySet, possibly_within
from claims.models.revision import Permit, Revision, RevisionState, permitted
from claims.models.source import Snapshot, Source, SourceKind, SourceQuerySet, digest
from claims.models.terms import Act, Basis, CitationStatus, Form, Identification, RelationKind

__all__ = [
    "LONGEST_COMMENT",
    "LOST",
    "REVISED",
    "RUNNING",
    "Act",
    "AttributionStep",
    "Basis",
    "Change",
    "ChangeKind",
    "Changed",
    "ChangedRow",
    "CheckOutcome",
    "Citation",
    "CitationCheck",
    "CitationStatus",
    "Claim",
    "ClaimQuerySet",
    "ClaimRelation",
    "ClaimWords",
    "Comment",
    "DeadLink",
    "Doubt",
    "Event",
    "EventKind",
    "EvidenceRole",
    "Form",
    "Identification",
    "Import",
    "ImportFile",
    "ImportKind",
    "ImportState",
    "ImportedRow",
    "Issue",
    "JudgingWord",
    "LoadedRow",
    "Mapping",
    "Merge",
    "MergeState",
    "NameAnswer",
    "OldSlug",
    "Overruled",
    "Permit",
    "Position",
    "PositionEvidence",
    "Presence",
    "RelationKind",
    "Revision",
    "RevisionState",
    "Snapshot",
    "Source",
    "SourceKind",
    "SourceQuerySet",
    "Stance",
    "State",
    "digest",
    "guard",
    "ids",
    "lost_passages",
    "permitted",
    "possibly_within",
    "public",
]
