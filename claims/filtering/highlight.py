"""The words looked for, marked where they stand in what is printed. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from claims.search import AnyForm, Beginning, Phrase, Term, parse
from claims.wording import ClaimLine
from conflict_site.base.spelling import UNSEEN
from conflict_site.base.text import APOSTROPHES
from conflict_site.base.words import Word, words

WITHIN = f"{''.join(map(chr, APOSTROPHES))}\u0300-\u036f{UNSEEN}"
RUN = re.compile(rf"[^\W_]+(?:[{WITHIN}]+[^\W_]+)*")  # a word and what may stand within it

type Run = tuple[int, int, Word]


def terms(searches: Iterable[str]) -> list[Term]:
    """What these searches look for; what they leave out is not there to be marked."""
    return [term for typed in searches for term in parse(typed).wanted]


def highlighted(line: ClaimLine, wanted: Sequence[Term]) -> ClaimLine:
    """The line with the words marked in its sentence and its quote, as HTML; ``sentence`` stays as it is."""
    parts = [replace(part, text=marked(part.text, wanted)) for part in line.parts]
    return line.marked(parts, marked(line.quote, wanted))


def marked(text: str, wanted: Sequence[Term]) -> SafeString:
    """The text as HTML with each word that meets a term in a ``mark``."""
    html, end = [], 0
    for start, stop in _hits(text, wanted):
        html += [escape(text[end:start]), f'<mark class="hit-word">{escape(text[start:stop])}</mark>']
        end = stop
    return mark_safe("".join([*html, escape(text[end:])]))  # noqa: S308 (every run of the text is escaped)


def _hits(text: str, wanted: Sequence[Term]) -> list[tuple[int, int]]:
    """Where in the text what is marked begins and ends, in order and apart."""
    runs = [(match.start(), match.end(), word) for match in RUN.finditer(text) for word in _words(match[0])]
    found = sorted({hit for term in wanted for hit in _places(runs, term)})
    apart: list[tuple[int, int]] = []
    for start, stop in found:
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(stop, apart[-1][1]))
        else:
            apart.append((start, stop))
    return apart


@lru_cache(maxsize=20_000)  # a page's texts have many words in common, and so have the pages
def _words(run: str) -> tuple[Word, ...]:
    return tuple(words(run))


def _places(runs: Sequence[Run], term: Term) -> list[tuple[int, int]]:
    match term:
        case AnyForm(forms, apart):
            whole = [(start, end) for start, end, word in runs if not word.forms.isdisjoint(forms)]
            pairs = pairwise(runs) if apart else ()
            return whole + [(one[0], two[1]) for one, two in pairs if _spelt((one, two)) in apart]
        case Beginning(letters):
            return [(start, end) for start, end, word in runs if word.spelling.startswith(letters)]
        case Phrase(spellings):
            size = len(spellings)
            windows = (runs[first : first + size] for first in range(len(runs) - size + 1))
            return [(window[0][0], window[-1][1]) for window in windows if _spelt(window) == spellings]


def _spelt(window: Sequence[Run]) -> tuple[str, ...]:
    return tuple(word.spelling for _, _, word in window)
