"""Claims as data for other programs. What is called a record is pure over a claim fetched with ``for_page()``."""

from collections.abc import Iterable
from typing import Any

from actors.models import Actor
from claims.filtering import ClaimFilter, facets, published_on
from claims.filtering import results as browser
from claims.models import AttributionStep, Change, Citation, Claim, ClaimRelation
from claims.wording import ClaimLine, quotation
from conflict_site.base.addresses import Absolute
from conflict_site.base.edtf import FuzzyDate


def page_record(claim_filter: ClaimFilter, absolute: Absolute) -> dict[str, Any]:
    """A page of the claims that a valid filter finds, with facets, a histogram, and the address of the next page."""
    claims, after = browser.rows(claim_filter, Claim.objects.published().for_page())
    histogram = browser.columns(claim_filter, facets.months(claim_filter))
    return {
        "count": facets.counts(claim_filter)[1],
        "results": [record(claim, absolute) for claim in claims],
        "facets": {facet.name: _facet(facet, claim_filter, absolute) for facet in facets.facets(claim_filter)},
        "histogram": [
            {"from": column.first.isoformat(), "to": column.last.isoformat(), "count": column.count}
            for column in histogram.columns
        ],
        "next": absolute(claim_filter.url(page=after)) if after else None,
    }


def refusal(claim_filter: ClaimFilter) -> dict[str, Any]:
    """Why a filter is invalid, by parameter, and which values on file are near those that are not."""
    near = {
        name: [{"value": choice.value, "label": choice.label} for choice in choices]
        for name, choices in claim_filter.near.items()
    }
    return {"errors": claim_filter.errors, "near": near}


def tombstone(claim: Claim, change: Change | None) -> dict[str, Any]:
    """What is told of a withdrawn claim: since when it is, and why."""
    since = claim.withdrawn_at.isoformat() if claim.withdrawn_at else None
    return {"id": claim.slug, "withdrawn": since, "reason": change.public_note if change else ""}


def relations(found: Iterable[ClaimRelation]) -> list[dict[str, Any]]:
    """Relations between published claims, as they were entered: from one claim to another."""
    return [
        {
            "from": relation.from_claim.slug,
            "kind": relation.kind,
            "to": relation.to_claim.slug,
            "basis": relation.basis,
            "note": relation.note,
        }
        for relation in found
    ]


def record(claim: Claim, absolute: Absolute) -> dict[str, Any]:
    """One claim with its attribution, the voices of its chain (outermost first), its dates and passages.

    ``absolute`` makes an address of this site whole. ``content`` is what is denied where the act is "denies".
    """
    return {
        "id": claim.slug,
        "url": absolute(claim.get_absolute_url()),
        "attribution": ClaimLine.of(claim).sentence,
        "speaker": actor_record(claim.speaker, absolute),
        "as_stated": claim.as_stated,
        "on_behalf_of": actor_record(claim.on_behalf_of, absolute) if claim.on_behalf_of else None,
        "act": claim.act,
        "form": claim.form,
        "content": claim.content,
        "said": date_record(claim.said),
        "published": date_record(published_on(claim)),
        "recorded": claim.created_at.isoformat(),
        "about": date_record(claim.about),
        "occasion": claim.occasion,
        "issues": [thing_record(issue, absolute) for issue in claim.issues.all()],
        "events": [thing_record(event, absolute) for event in claim.events.all() if event.is_public],
        "addressees": [actor_record(actor, absolute) for actor in claim.addressees.all()],
        "chain": [_step(step, absolute) for step in claim.steps.all()],
        "citations": [_citation(citation, absolute) for citation in claim.citations.all()],
    }


def _facet(facet: facets.Facet, claim_filter: ClaimFilter, absolute: Absolute) -> list[dict[str, Any]]:
    return [
        {
            "value": row.value,
            "label": row.label,
            "count": row.count,
            "chosen": row.chosen,
            "url": absolute(claim_filter.url_toggled(facet.name, row.value)),
        }
        for row in [*facet.rows, *facet.more]
    ]


def actor_record(actor: Actor, absolute: Absolute) -> dict[str, Any]:
    """An actor in short."""
    return {
        "slug": actor.slug,
        "name": actor.name,
        "kind": actor.kind,
        "url": absolute(actor.get_absolute_url()),
    }


def thing_record(thing: Any, absolute: Absolute) -> dict[str, Any]:
    """An issue, source or event in short."""
    return {"slug": thing.slug, "title": thing.title, "url": absolute(thing.get_absolute_url())}


def date_record(date: FuzzyDate | None) -> dict[str, Any] | None:
    """A fuzzy date with its bounds; None where none is recorded."""
    if date is None:
        return None
    return {
        "edtf": date.edtf,
        "text": date.text,
        "earliest": date.earliest.isoformat() if date.earliest else None,
        "latest": date.latest.isoformat() if date.latest else None,
    }


def _step(step: AttributionStep, absolute: Absolute) -> dict[str, Any]:
    return {
        "order": step.order,
        "actor": actor_record(step.actor, absolute),
        "as_stated": step.as_stated,
        "cue": step.cue,
        "identification": step.identification,
    }


def _citation(citation: Citation, absolute: Absolute) -> dict[str, Any]:
    """A passage; its words are None where they may not be given."""
    source, given = citation.source, quotation(citation)
    words = {"exact": given.exact, "prefix": given.prefix, "suffix": given.suffix, "translation": given.translation}
    return {
        "source": thing_record(source, absolute),
        "source_url": source.url,
        "archive_url": source.archive_url,
        **(words if given.exact else dict.fromkeys(words)),
        "locator": citation.locator,
        "language": citation.language,
        "translator": citation.translator,
        "machine_translated": citation.machine_translated,
        "status": given.status,
        **check_record(citation),
    }


def check_record(checked: Any) -> dict[str, str | None]:
    """The day on which a passage was found before, and the hash of the text in which; None where it was not."""
    day = checked.checked_on
    return {"checked_on": day.isoformat() if day else None, "checked_sha256": checked.checked_sha256 or None}
