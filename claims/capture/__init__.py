"""The texts of the sources: read from files and pages, put into one form, kept as captured, brought from the web."""

from claims.capture import wayback
from claims.capture.answers import FetchError
from claims.capture.bring import Brought, Link, bring, check, hosts_in_turn
from claims.capture.extract import media_type_of, text_of
from claims.capture.garbled import garbled
from claims.capture.normalise import DoubtfulText, RefusedText, StraySigns, normalise, stray_signs
from claims.capture.store import Captured, capture
from claims.capture.web import Fetcher, Limits

__all__ = [
    "Brought",
    "Captured",
    "DoubtfulText",
    "FetchError",
    "Fetcher",
    "Limits",
    "Link",
    "RefusedText",
    "StraySigns",
    "bring",
    "capture",
    "check",
    "garbled",
    "hosts_in_turn",
    "media_type_of",
    "normalise",
    "stray_signs",
    "text_of",
    "wayback",
]
