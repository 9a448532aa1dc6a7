"""The attribution sentence: by whose account, who, said what. Pure.

The chain runs from the document to the speaker, outermost first:
"The article, citing unnamed reports, states that Western leaders said that ..." . What was said (the content) never
stands without it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

# Nobody offers or refuses "that" in English; the content of such a claim tells what it is ("is ready to", "will not").
SAID = {
    "asserts": "said that",
    "denies": "denied that",
    "demands": "demanded that",
    "offers": "said that",
    "promises": "promised that",
    "threatens": "threatened that",
    "predicts": "predicted that",
    "asks": "asked that",
    "concedes": "conceded that",
    "announces": "announced that",
    "evaluates": "judged that",
    "refuses": "said that",
}
PASSED_ON = {"paraphrase": "as paraphrased by", "partial_quote": "as quoted in part by"}


@dataclass(frozen=True, slots=True)
class Part:
    """A run of the sentence; ``is_voice`` marks the names of those who speak, ``is_speaker`` whose words these are."""

    text: str
    is_voice: bool = False
    is_speaker: bool = False


def sentence(
    *, speaker: str, act: str, form: str, content: str, steps: Sequence[str] = (), document: str = ""
) -> list[Part]:
    """The parts of the sentence for a claim.

    ``speaker``, ``steps`` (outermost first) and ``document`` are names as they read inside a sentence. An empty
    ``document`` means that the document speaks in its own voice or is the speaker's own. Raises KeyError for an
    act that is not in ``SAID``.
    """
    parts: list[Part] = []
    if steps:
        parts += _reported(document, steps)
    parts.append(Part(speaker, True, True))
    if document and not steps and form in PASSED_ON:
        parts += [Part(f", {PASSED_ON[form]} "), Part(document, True), Part(",")]
    parts.append(Part(f" {SAID[act]} {content.rstrip('.')}."))
    return [replace(parts[0], text=upper_first(parts[0].text)), *parts[1:]]


def document_name(publisher: Any, speaker: Any, voices: Sequence[Any], names_speaker: bool) -> str:
    """The name of the document that tells, or "" where it speaks for itself.

    That is so where its publisher is the speaker or the first of the ``voices`` that pass the words on, and where the
    document names nobody as the speaker: then the words are its own.
    """
    own = publisher in ([*voices, speaker][0], speaker) or not (names_speaker or voices)
    return "" if own else publisher.sentence_name


def around_speaker(parts: Sequence[Part]) -> tuple[Sequence[Part], Part, Sequence[Part]]:
    """What of the sentence comes before the speaker's name, the name, and what follows it."""
    place = next(number for number, part in enumerate(parts) if part.is_speaker)
    return parts[:place], parts[place], parts[place + 1 :]


def text(parts: Sequence[Part]) -> str:
    """The sentence as plain text."""
    return "".join(part.text for part in parts)


def upper_first(words: str) -> str:
    """The words with a capital at the start, as a sentence begins; the rest is untouched."""
    return words[:1].upper() + words[1:]


def _reported(document: str, steps: Sequence[str]) -> list[Part]:
    """ "The article, citing unnamed reports, states that ", or, without a document, "Jake Sullivan states that "."""
    if not document:
        document, steps = steps[0], steps[1:]
    parts = [Part(document, True)]
    for number, step in enumerate(steps):
        parts += [Part(", in turn citing " if number else ", citing "), Part(step, True)]
    return [*parts, Part(", states that " if steps else " states that ")]
