"""Full text: one tokeniser in Python, each engine's own index, one meaning on SQLite and PostgreSQL.

A claim is found by the words of its content, its passages and their translations, its speaker's names in every
spelling on file, its occasion and its sources' titles. Every word typed must be there, whole or as a beginning.
Passages that nobody may be given count for nothing.
"""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from actors.models import Actor, ActorName
from claims.models import Claim, ClaimWords
from claims.proof.quoting import quotation
from conflict_site.text import WORD, fold, tokens

MAX_WORDS = 12


def matching(words: str) -> QuerySet[Claim]:
    """The claims, in any state, that hold every word typed (or a word that begins with it); none for no word."""
    wanted = tokens(words)[:MAX_WORDS]
    if not wanted:
        return Claim.objects.none()
    sql, params = _lookup(wanted)
    return Claim.objects.filter(pk__in=RawSQL(sql, params))  # noqa: S611 (the SQL is our own; words are parameters)


def _lookup(wanted: Sequence[str]) -> tuple[str, list[str]]:
    """The engine's query for the ids of matching claims. Tokens are letters and digits only, so quoting is safe."""
    if connection.vendor == "postgresql":
        query = " & ".join(f"'{word}':*" for word in wanted)
        return (
            "SELECT claim_id FROM claims_claimwords WHERE array_to_tsvector(string_to_array(text, ' ')) @@ %s::tsquery",
            [query],
        )
    query = " AND ".join(f'"{word}"*' for word in wanted)
    return "SELECT rowid FROM claims_words_index WHERE claims_words_index MATCH %s", [query]


def derive(claims: Iterable[Claim]) -> None:
    """Write again what follows from the claims' words: whom they mention, and the words they are found by."""
    names = _names()
    rows = list(
        Claim.objects.filter(pk__in=[claim.pk for claim in claims])
        .select_related("speaker")
        .prefetch_related("citations__source", "speaker__names", "issues")
    )
    ClaimWords.objects.bulk_create(
        [ClaimWords(claim=claim, text=" ".join(sorted(set(tokens(_words(claim)))))) for claim in rows],
        update_conflicts=True,
        unique_fields=["claim"],
        update_fields=["text"],
    )
    through = Claim.mentions.through
    through.objects.filter(claim__in=rows).delete()
    through.objects.bulk_create(
        through(claim_id=claim.pk, actor_id=actor) for claim in rows for actor in sorted(_mentioned(claim, names))
    )


def _words(claim: Claim) -> str:
    quoted = [(quotation(citation), citation.source) for citation in claim.citations.all()]
    return " ".join(
        [
            claim.content,
            claim.as_stated,
            claim.occasion,
            claim.speaker.name,
            claim.said_edtf[:4],  # type: ignore[attr-defined]
            *(name.name for name in claim.speaker.names.all()),
            *(issue.title for issue in claim.issues.all()),
            *(f"{words.exact} {words.translation} {source.title}" for words, source in quoted),
        ]
    )


def _names() -> list[tuple[str, int]]:
    """Every name by which an actor can be mentioned, framed by spaces, with the actor's key.

    Names are folded, save abbreviations ("US", "UN"), which would match other words in lower case. Persons are
    also known by the surname alone, where no two persons share it.
    """
    named = Actor.objects.exclude(kind="unnamed")
    found = [(actor.name, actor.pk) for actor in named]
    found += ActorName.objects.filter(actor__in=named).values_list("name", "actor_id")
    surnames: dict[str, set[int]] = {}
    for actor in named.filter(kind="person"):
        surnames.setdefault(fold(actor.sort_name.split(",")[0]), set()).add(actor.pk)
    found += [(surname, min(pks)) for surname, pks in surnames.items() if len(pks) == 1]
    return [(_framed(name), pk) for name, pk in found]


def _framed(name: str) -> str:
    words = WORD.findall(name) if name.isupper() else tokens(name)
    return f" {' '.join(words)} "


def _mentioned(claim: Claim, names: Sequence[tuple[str, int]]) -> set[int]:
    said = " ".join([claim.content, *(quotation(citation).exact for citation in claim.citations.all())])
    text = f" {' '.join(tokens(said))}  {' '.join(WORD.findall(said))} "
    return {pk for name, pk in names if name.strip() and name in text} - {claim.speaker_id}
