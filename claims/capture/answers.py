"""What a host answers, or the trouble on the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from enum import StrEnum
from functools import cached_property
from urllib.parse import urljoin


class Trouble(StrEnum):
    """Why there is no page."""

    ADDRESS = "no usable address"
    BUSY = "host asks to wait"
    ERROR = "error"
    FORBIDDEN = "refused by the host"
    GONE = "gone"
    MEDIA_TYPE = "no readable type"
    NO_HOST = "host not found"
    NO_NAMES = "no name service"
    PRIVATE = "no public address"
    REDIRECTS = "too many redirects"
    ROBOTS = "refused by robots.txt"
    TIMED_OUT = "timed out"
    TOO_LARGE = "too large"
    UNREACHABLE = "unreachable"


STATUSES = {
    401: Trouble.FORBIDDEN,
    403: Trouble.FORBIDDEN,
    404: Trouble.GONE,
    410: Trouble.GONE,
    429: Trouble.BUSY,
    451: Trouble.FORBIDDEN,
    503: Trouble.BUSY,
}


class FetchError(Exception):
    """No page, for a reason: ``trouble``, and a detail in words."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(f"{trouble} ({detail})" if detail else str(trouble))
        self.trouble = trouble


@dataclass(frozen=True)
class Answer:
    """What a host answered to one request."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @cached_property
    def type_and_charset(self) -> tuple[str, str]:
        """The media type and the character set by the Content-Type header; "" for what it does not say."""
        message = Message()
        message["Content-Type"] = said = self.headers.get("Content-Type", "")
        return said.partition(";")[0].strip().lower(), message.get_content_charset("")

    @property
    def redirect(self) -> str:
        """Where a redirect leads, or ""."""
        location = self.headers.get("Location", "") if self.status in (301, 302, 303, 307, 308) else ""
        try:
            return urljoin(self.url, location) if location else ""
        except ValueError:  # no address, but what is none will be said of it
            return location
