"""The number of the request under way, by which everything that is written of it is found."""

import logging
from contextvars import ContextVar

number: ContextVar[str] = ContextVar("number", default="-")


class Numbered(logging.Filter):
    """Gives each record the number of the request that it names, as Django's do of refusals once that is over, or else
    of the one during which it was written.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = getattr(getattr(record, "request", None), "request_id", number.get())
        return True
