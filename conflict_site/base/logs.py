"""What the log says of requests that were refused."""

import logging


class Refusals(logging.Filter):
    """A refusal is no fault of the program: it takes a line of the log, without a traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        if 400 <= getattr(record, "status_code", 0) < 500:
            record.exc_info, record.exc_text = None, None
        return True
