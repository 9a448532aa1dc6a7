"""What the commands that go to the sources' addresses share: which sources, how politely, and one line for each."""

import logging
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from django.conf import settings
from django.core.management.base import CommandError, CommandParser, OutputWrapper
from tqdm import tqdm

from claims.capture import Trouble
from claims.models import Source, SourceQuerySet

FAULT = "fault"

logger = logging.getLogger(__name__)


def add_arguments(parser: CommandParser) -> None:
    """The option by which a person may be more patient, or less, than the settings."""
    parser.add_argument(
        "--delay",
        type=float,
        default=settings.CAPTURE_DELAY,
        metavar="SECONDS",
        help="between two requests to one host (default: %(default)s)",
    )


def chosen(slugs: Sequence[str]) -> SourceQuerySet:
    """The sources with these ids, or all when none is named. Raises CommandError for an id that is not known."""
    found = Source.objects.filter(slug__in=slugs) if slugs else Source.objects.all()
    if unknown := sorted(set(slugs) - set(found.values_list("slug", flat=True))):
        raise CommandError(f"There is no source {', '.join(unknown)}.")
    return found.order_by("slug")


class Outcome(Protocol):
    """What a visit came to; made of the source, a word and a note where the visit itself failed."""

    def __init__(self, source: Source, outcome: str, note: str, /) -> None: ...


def visit[Result: Outcome](
    sources: Sequence[Source],
    look: Callable[[Source], Result],
    kind: type[Result],
    line: Callable[[Result], str],
    out: OutputWrapper,
) -> list[Result]:
    """Look at each source in turn and print a line, below a progress bar on a terminal; Ctrl-C ends it early.

    A fault of our own at one source is logged and told, and the others have their turn.
    """
    results = []
    try:
        for source in tqdm(sources, unit="source", disable=None):
            results.append(_looked(source, look, kind))
            with tqdm.external_write_mode():
                out.write(line(results[-1]))
    except KeyboardInterrupt:
        out.write("")
    return results


def _looked[Result: Outcome](source: Source, look: Callable[[Source], Result], kind: type[Result]) -> Result:
    try:
        return look(source)
    except Exception as error:
        logger.exception("The visit to %s failed", source.slug)
        return kind(source, FAULT, f"{type(error).__name__}: {error}")


def counted(words: Iterable[str]) -> str:
    """Words with how often they came, the most frequent first: "12 captured, 2 gone"."""
    return ", ".join(f"{number} {word}" for word, number in Counter(sorted(words)).most_common())


def end(outcomes: Iterable[str], wanted: Sequence[Any], out: OutputWrapper) -> None:
    """Where a person has stopped the visits, say what is left and exit with 130, as a shell does for Ctrl-C.

    Raises CommandError where one of them came to a fault of our own, or this machine could look up no host at all, so
    that cron tells of it.
    """
    came_to = Counter(outcomes)
    if left := len(wanted) - came_to.total():
        out.write(f"Interrupted; {left} left. The same command goes on from here.")
        sys.exit(130)
    if came_to[FAULT]:
        raise CommandError(f"{came_to[FAULT]} failed by faults of the program; the log has them.")
    if came_to[Trouble.NO_NAMES] == came_to.total() > 0:
        raise CommandError("No host could be looked up: this machine has no network, or its name service is out.")
