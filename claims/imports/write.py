"""Writes a plan to the database: drafts, with the actors and documents that they need; in the caller's transaction."""

from collections.abc import Callable, Iterable, Iterator
from itertools import batched, count
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Model
from django.utils import timezone
from django.utils.text import slugify

from actors.models import Actor, Kind
from claims.capture import address_key
from claims.evidence import anchor
from claims.imports import web
from claims.imports.matching import answer_key
from claims.imports.plan import BATCH, Outcome, Plan, What
from claims.models import (
    Act,
    Basis,
    Citation,
    Claim,
    ClaimRelation,
    Form,
    Import,
    ImportedRow,
    NameAnswer,
    RelationKind,
    Snapshot,
    Source,
    SourceKind,
    ids,
)
from claims.search import derive, index
from conflict_site.base.sounds import sounds
from conflict_site.base.text import fold, tokens

Step = Callable[[int], object]  # called with a number of rows that have been written
LONGEST_ID = 76


def write(plan: Plan, *, by: Any, job: Import | None, step: Step = lambda number: None) -> None:
    """Write what is new or changed in a plan, as drafts of the person ``by``."""
    _Writer(plan, by, job, step).run()


class _Ids:
    """Gives ids that no row of a model has yet."""

    def __init__(self, model: type[Model]) -> None:
        self.taken = set(model._default_manager.values_list("slug", flat=True))
        self.next: dict[str, Iterator[int]] = {}

    def free(self, wanted: str) -> str:
        """The id wanted, or with the first number after it that nobody has."""
        wanted = wanted[:LONGEST_ID].strip("-")
        numbers = self.next.setdefault(wanted, count(2))
        slug = wanted
        while slug in self.taken:
            slug = f"{wanted}-{next(numbers)}"
        self.taken.add(slug)
        return slug


class _Writer:
    def __init__(self, plan: Plan, by: Any, job: Import | None, step: Step) -> None:
        self.plan, self.by, self.job, self.step = plan, by, job, step
        self.at = timezone.now()
        self.outcomes = [one for one in plan.outcomes if one.what in (What.NEW, What.CHANGED)]
        self.actors: dict[str, int] = dict(plan.matched.actors)

    def run(self) -> None:
        made = self._make_actors()
        self._make_sources()
        for outcomes in batched((one for one in self.outcomes if one.what is What.NEW), BATCH):
            self._make_claims(outcomes)
        for outcome in self.outcomes:
            if outcome.what is What.CHANGED:
                self._change(outcome)
        self._relate()
        self._anchor()
        self._derive(made)

    def _make_actors(self) -> list[Actor]:
        """The actors that somebody has said are new, and the hosts of documents without a publisher on file."""
        free = _Ids(Actor)
        new: dict[str, Actor] = {}
        wanted = {name for one in self.outcomes for name in (one.statement.cell("speaker"), _publisher(one)) if name}
        for name in sorted(wanted & {*self.plan.matched.new}):
            written, kind = self.plan.matched.new[name]
            new.setdefault(fold(written), _actor(written, kind, free))
        hosts = {web.host(one.url) for one in self.outcomes if self._lacks_publisher(one)}
        named = dict(Actor.objects.filter(name__in=hosts).values_list("name", "pk"))
        for host in sorted(hosts - {*named}):
            new.setdefault(host, _actor(host, Kind.MEDIA, free))
        Actor.objects.bulk_create(new.values(), batch_size=BATCH)
        named |= {name: actor.pk for name, actor in new.items()}
        self.plan.publishers |= {host: named[host] for host in hosts}
        for name in wanted & {*self.plan.matched.new}:
            self.actors[name] = named[fold(self.plan.matched.new[name][0])]
            NameAnswer.objects.filter(name=answer_key(name)).update(actor=self.actors[name])
        return [*new.values()]

    def _lacks_publisher(self, outcome: Outcome) -> bool:
        return not (
            _publisher(outcome)
            or address_key(outcome.url) in self.plan.sources
            or web.host(outcome.url) in self.plan.publishers
        )

    def _make_sources(self) -> None:
        """The documents that are not on file; of several rows the first that says it gives title and date."""
        free = _Ids(Source)
        new: dict[str, Source] = {}
        for outcome in self.outcomes:
            key = address_key(outcome.url)
            if key in self.plan.sources:
                continue
            source: Any = new.setdefault(key, new.get(key) or self._source(outcome, free))
            source.title = source.title or outcome.statement.cell("title")
            source.published_edtf = source.published_edtf or outcome.published
        for source in new.values():
            source.title = source.title or source.url.partition("://")[2].rstrip("/")[:400]
        Source.objects.bulk_create(new.values(), batch_size=BATCH)
        self.plan.sources |= new

    def _source(self, outcome: Outcome, free: _Ids) -> Source:
        statement, publisher = outcome.statement, _publisher(outcome)
        place = f"{web.host(outcome.url)} {urlsplit(outcome.url).path.rstrip('/').rpartition('/')[2]}"
        return Source(
            slug=free.free(slugify(place.replace(".", "-"))[:60] or "document"),
            kind=statement.cell("kind") or SourceKind.ARTICLE,
            publisher_id=self.actors[publisher] if publisher else self.plan.publishers[web.host(outcome.url)],
            url=outcome.url,
            language=outcome.language,
        )

    def _make_claims(self, outcomes: Iterable[Outcome]) -> None:
        outcomes = list(outcomes)
        speakers = Actor.objects.in_bulk({self.actors[one.statement.cell("speaker")] for one in outcomes})
        for one in outcomes:
            fields = self._fields(one, speakers[self.actors[one.statement.cell("speaker")]])
            one.claim = Claim(slug=ids.for_draft(), created_by=self.by, created_at=self.at, **fields)
        Claim.objects.bulk_create(_claims(outcomes))
        Citation.objects.bulk_create(Citation(claim=one.claim, **self._cited(one)) for one in outcomes)
        self._set_issues(outcomes)
        ImportedRow.objects.bulk_create(
            ImportedRow(key=one.statement.key, digest=one.statement.digest, claim=one.claim, job=self.job, version=1)
            for one in outcomes
        )
        self.step(len(outcomes))

    def _fields(self, outcome: Outcome, speaker: Actor) -> dict[str, Any]:
        """The columns of a claim."""
        statement = outcome.statement
        written, said = statement.cell("speaker"), statement.cell("said")
        return {
            "speaker": speaker,
            "as_stated": written if written != speaker.name else "",
            "act": statement.cell("act") or Act.ASSERTS,
            "form": statement.cell("form") or Form.VERBATIM,
            "content": statement.cell("content"),
            "said_edtf": outcome.said,
            "said_text": said[:200] if outcome.said.startswith("[") and said != outcome.said else "",
            "occasion": statement.cell("occasion"),
        }

    def _cited(self, outcome: Outcome) -> dict[str, Any]:
        """The columns of the citation of a claim."""
        return {
            "source": self.plan.sources[address_key(outcome.url)],
            "exact": outcome.statement.cell("quote"),
            "locator": outcome.statement.cell("locator"),
            "language": outcome.language,
        }

    def _set_issues(self, outcomes: Iterable[Outcome]) -> None:
        through = Claim.issues.through
        through.objects.bulk_create(
            through(claim_id=one.claim.pk, issue_id=issue)
            for one in outcomes
            if one.claim
            for issue in dict.fromkeys(one.issues)
        )

    def _change(self, outcome: Outcome) -> None:
        """Bring a draft that nobody has worked on up to what the file says now."""
        claim, row = outcome.claim, outcome.row
        if claim is None or row is None:
            return
        speaker = Actor.objects.get(pk=self.actors[outcome.statement.cell("speaker")])
        for name, value in self._fields(outcome, speaker).items():
            setattr(claim, name, value)
        claim.version += 1
        claim.save()
        claim.citations.all().delete()
        Citation.objects.create(claim=claim, **self._cited(outcome))
        claim.issues.clear()
        self._set_issues([outcome])
        row.digest, row.version, row.job = outcome.statement.digest, claim.version, self.job
        row.save()
        self.step(1)

    def _relate(self) -> None:
        """Relate what assesses a statement to it."""
        claims = {one.statement.key: one.claim for one in self.plan.outcomes if one.claim}
        pairs = [(one.claim, claims.get(one.statement.assesses)) for one in self.outcomes]
        kind = {"kind": RelationKind.ASSESSES, "basis": Basis.STATED}
        ClaimRelation.objects.bulk_create(
            (ClaimRelation(from_claim=one, to_claim=other, **kind) for one, other in pairs if one and other),
            batch_size=BATCH,
            ignore_conflicts=True,
        )

    def _anchor(self) -> None:
        """Look for the new passages in the texts that are held."""
        cited = {self.plan.sources[address_key(one.url)].pk for one in self.outcomes}
        held = [pk for pk in Snapshot.objects.order_by().values_list("source", flat=True).distinct() if pk in cited]
        for sources in batched(held, 50):
            anchor(Citation.objects.filter(source__in=sources))

    def _derive(self, made: Iterable[Actor]) -> None:
        """Write the words by which the claims are found, and anew those of claims that may name a new actor."""
        keys = {claim.pk for claim in _claims(self.outcomes)}
        for actor in made:
            keys |= {*index.matching(" ".join(tokens(actor.name))).values_list("pk", flat=True)}
        for batch in batched(sorted(keys), BATCH):
            derive(Claim.objects.filter(pk__in=batch))
            self.step(len(batch))


def _claims(outcomes: Iterable[Outcome]) -> list[Claim]:
    return [one.claim for one in outcomes if one.claim]


def _publisher(outcome: Outcome) -> str:
    return outcome.statement.cell("publisher")


def _actor(name: str, kind: str, free: _Ids) -> Actor:
    made = Actor(name=name, kind=kind, slug=free.free(slugify(name) or "-".join(sounds(tokens(name))) or "actor"))
    made.fill_sort_name()
    return made
