"""Full text: one tokeniser in Python, each engine's own index, one meaning on SQLite and PostgreSQL.

A claim is found by the words of its content, its passages and their translations, its occasion, its issues and its
sources' titles, and by every spelling on file of the names of its speaker and of those whom it mentions.
Passages that nobody may be given count for nothing.
"""

from collections.abc import Callable, Collection, Iterable, Sequence

from django.db import connection
from django.db.models import QuerySet, prefetch_related_objects
from django.db.models.expressions import RawSQL

from actors.models import Actor, Kind
from actors.querysets import ActorQuerySet
from claims.models import Claim, ClaimWords, Permit, public
from claims.search.mentions import Mentions, mentions
from claims.search.names import names_of
from claims.search.passage_words import passage_words
from claims.search.query import AnyForm, Beginning, Phrase, Query, Term, parse
from claims.wording import quotation
from conflict_site.base.edtf import FuzzyDate
from conflict_site.base.spelling import joined
from conflict_site.base.text import tokens
from conflict_site.base.words import RUN
from conflict_site.base.words import words as words_of

FEW = 20  # claims, up to which only the names are read that their words may hold
BREAK = "ˑ"  # a token of its own between texts, so that no phrase reaches from one into the next

type Sql = tuple[str, list[str]]


def matching(typed: str) -> QuerySet[Claim]:
    """The claims, in any state, that hold what was typed (see ``claims.search.query``); none where it says nothing."""
    found = _lookup(typed)
    if found is None:
        return Claim.objects.none()
    return Claim.objects.filter(pk__in=RawSQL(*found))  # noqa: S611 (the SQL is our own; words are parameters)


def _lookup(typed: str) -> Sql | None:
    """The engine's query for the keys of the same claims (as ``claim_id``), with its parameters; None for none."""
    query = parse(typed)
    if not (query.wanted or query.unwanted):
        return None
    return _postgresql(query) if connection.vendor == "postgresql" else _sqlite(query)


# Spellings and forms are letters and digits only, so that they need no escaping within an engine's own query.


def _sqlite(query: Query) -> Sql:
    """In the syntax of FTS5: https://www.sqlite.org/fts5.html#full_text_query_syntax."""
    match = "SELECT rowid AS claim_id FROM claims_words_index WHERE claims_words_index MATCH %s"
    sql, params = "SELECT claim_id FROM claims_claimwords", []
    if query.wanted:
        sql, params = match, [" AND ".join(map(_fts5, query.wanted))]
    if query.unwanted:
        sql, params = f"{sql} EXCEPT {match}", [*params, " OR ".join(map(_fts5, query.unwanted))]
    return sql, params


def _fts5(term: Term) -> str:
    match term:
        case AnyForm(forms, apart):
            found = f"forms : ({' OR '.join(f'"{form}"' for form in forms)})"
            pairs = " OR ".join(f'"{one} {two}"' for one, two in apart)
            return f"({found} OR text : ({pairs}))" if pairs else f"({found})"
        case Beginning(letters):
            return f'(text : "{letters}" *)'
        case Phrase(spellings):
            return f'(text : "{" ".join(spellings)}")'


def _postgresql(query: Query) -> Sql:
    """By tsvectors of ready-made tokens, which have no positions: a phrase is looked for in the text besides."""
    wanted = [_tsvector(term) for term in query.wanted]
    unwanted = [(f"NOT ({sql})", params) for sql, params in map(_tsvector, query.unwanted)]
    conditions = " AND ".join(sql for sql, _ in (*wanted, *unwanted))
    params = [value for _, values in (*wanted, *unwanted) for value in values]
    return f"SELECT claim_id FROM claims_claimwords WHERE {conditions}", params  # noqa: S608 (made of our own words)


def _tsvector(term: Term) -> Sql:
    holds = "array_to_tsvector(string_to_array({}, ' ')) @@ %s::tsquery".format
    match term:
        case AnyForm(forms, apart):
            found = holds("forms"), [" | ".join(f"'{form}'" for form in forms)]
            return _or_apart(*found, apart) if apart else found
        case Beginning(letters):
            return holds("text"), [f"'{letters}':*"]
        case Phrase(spellings):
            sql = f"{holds('text')} AND strpos(' ' || text || ' ', %s) > 0"
            return sql, [" & ".join(f"'{word}'" for word in spellings), f" {' '.join(spellings)} "]


def _or_apart(sql: str, params: list[str], apart: Sequence[tuple[str, str]]) -> Sql:
    """A condition, or that one of these pairs of words stands in the text."""
    words = " | ".join(f"('{one}' & '{two}')" for one, two in apart)
    places = " OR ".join(["strpos(' ' || text || ' ', %s) > 0"] * len(apart))
    pairs = f"array_to_tsvector(string_to_array(text, ' ')) @@ %s::tsquery AND ({places})"
    return f"({sql} OR ({pairs}))", [*params, words, *(f" {one} {two} " for one, two in apart)]


def derive(claims: Iterable[Claim]) -> None:
    """Write again what follows from the claims' words: whom they mention, and the words they are found by."""
    rows = Claim.objects.filter(pk__in=[claim.pk for claim in claims])
    found = list(rows.select_related("speaker").prefetch_related("citations__source"))
    _derive_mentions(found)
    prefetch_related_objects(found, "speaker__names", "mentions__names", "issues")
    ClaimWords.objects.bulk_create(
        [_derived(claim) for claim in found],
        update_conflicts=True,
        unique_fields=["claim"],
        update_fields=["text", "forms"],
    )


def as_written(word: str, claim: int) -> str:
    """A folded word as it is written in what a claim, by key, is found by; else as it stands."""
    found = Claim.objects.filter(pk=claim).select_related("speaker")
    found = found.prefetch_related("citations__source", "speaker__names", "mentions__names", "issues")
    runs = (run for each in found for text in _texts(each) for run in RUN.findall(text))
    return next((run for run in runs if tokens(run) == [word]), word)


def mentions_of(claim: Claim) -> Mentions:
    """Whom a claim mentions by the names on file now, its speaker too; and which names several actors share."""
    texts = _said(claim)
    return mentions(texts, names_of(_actors([texts], Actor.objects.all)))


def _derive_mentions(claims: Collection[Claim]) -> None:
    """In what readers see, only those are named whom they see already: a new actor waits until a second person has
    published or approved something that shows it. With leave to change all of that, as a load has it, everybody is.
    """
    through = Claim.mentions.through
    said = {claim: _said(claim) for claim in claims}
    shown = _without_leave(said)
    everybody = names_of(_actors([texts for claim, texts in said.items() if claim not in shown], Actor.objects.all))
    seen = names_of(_actors([said[claim] for claim in shown], public.actors))
    through.objects.filter(claim__in=claims).delete()
    through.objects.bulk_create(
        through(claim_id=claim.pk, actor_id=actor)
        for claim, texts in said.items()
        for actor in sorted(mentions(texts, seen if claim in shown else everybody).actors - {claim.speaker_id})
    )


def _without_leave(claims: Iterable[Claim]) -> set[Claim]:
    """Those of the claims that readers see and that nobody has leave to change now."""
    shown = {claim for claim in claims if claim.is_public}
    leave = set(Permit.objects.filter(model__in=("", "claim")).values_list("object_id", flat=True)) if shown else set()
    return set() if 0 in leave else {claim for claim in shown if claim.pk not in leave}


def _actors(said: Collection[Sequence[str]], among: Callable[[], ActorQuerySet]) -> ActorQuerySet:
    """Who of these actors may be mentioned by claims: by their words where the claims are few, else all."""
    if not said:
        return Actor.objects.none()
    named = among().exclude(kind=Kind.UNNAMED).prefetch_related("names")
    if len(said) > FEW:
        return named
    return named.named_within([word for texts in said for text in texts for word in _words(text)])


def _words(text: str) -> list[str]:
    """The words of a text as they stand, and once more without "’s"."""
    found = passage_words(text)
    return [*(word.folded for word in found), "", *(word.key for word in found), ""]


def _derived(claim: Claim) -> ClaimWords:
    texts = [list(words_of(text)) for text in _texts(claim)]
    forms = {form for text in texts for word in text for form in word.forms}
    spelt = f" {BREAK} ".join(" ".join(word.spelling for word in text) for text in texts if text)
    return ClaimWords(claim=claim, text=spelt, forms=" ".join(sorted(forms)))


def _texts(claim: Claim) -> list[str]:
    """What a claim is found by: each a text of its own."""
    quoted = [(quotation(citation), citation.source) for citation in claim.citations.all()]
    actors = [claim.speaker, *claim.mentions.all()]
    return [
        claim.content,
        claim.as_stated,
        claim.occasion,
        " ".join(_years(claim.said)),
        *(name for actor in actors for name in (actor.name, *(name.name for name in actor.names.all()))),
        *(issue.title for issue in claim.issues.all()),
        *(text for words, source in quoted for text in (words.exact, words.translation, source.title)),
        *(joined(words.exact) for words, _ in quoted if "\n" in words.exact),
    ]


def _years(said: FuzzyDate | None) -> list[str]:
    """The first and the last year in which it may have been said, as far as they are known."""
    days = (said.earliest, said.latest) if said else ()
    return sorted({str(day.year) for day in days if day})


def _said(claim: Claim) -> list[str]:
    """The texts of a claim in which somebody may be mentioned."""
    return [claim.content, *(quotation(citation).exact for citation in claim.citations.all())]
