"""Which actors a search names, by any name on file, in any script."""

from collections.abc import Sequence

from actors.models import Actor, Kind
from claims.search.names import names_of
from claims.search.telling_words import COMMON
from conflict_site.base.words import words

LONGEST = 5  # words of a name


def actors_named(typed: str) -> list[int]:
    """The keys of the actors whose name, or a person's surname, stands in what was typed, those of longer names first.

    A name that is one common word ("Will") counts where nothing else was typed. Two queries at most.
    """
    asked = list(words(typed))
    if not asked:
        return []
    forms = [
        word.forms | {f"{form[:-1]}y" for form in word.forms if form.endswith("i")} for word in asked
    ]  # as stemmed
    near = [*(word.spelling for word in asked), "", *(form for of_word in forms for form in sorted(of_word))]
    actors = Actor.objects.exclude(kind=Kind.UNNAMED).named_within(near).prefetch_related("names")
    names = (name for of_word in names_of(actors).by_first.values() for name in of_word)
    found = [name for name in names if _stands_in(name.words, forms) and _tells(name.words, forms)]
    found.sort(key=lambda name: (-len(name.words), name.actor))
    return list(dict.fromkeys(name.actor for name in found))


def _stands_in(name: Sequence[str], asked: Sequence[frozenset[str]]) -> bool:
    starts = range(len(asked) - len(name) + 1)
    return any(all(word in forms for word, forms in zip(name, asked[at:], strict=False)) for at in starts)


def _tells(name: Sequence[str], asked: Sequence[frozenset[str]]) -> bool:
    return len(name) > 1 or len(asked) == 1 or name[0] not in COMMON
