"""The texts of the sources: read from files and pages, put into one form, kept as captured, brought from the web."""

from claims.capture import wayback
from claims.capture.answers import FetchError, Trouble
from claims.capture.bring import Brought, Link, bring, check, hosts_in_turn
from claims.capture.extract import Document, document_of, is_source_of_a_page, media_type_of, text_of
from claims.capture.garbled import garbled
from claims.capture.normalise import DoubtfulText, RefusedText, StraySigns, normalise, stray_signs
from claims.capture.proposals import Proposal, canonical, proposals
from claims.capture.same import OnFile, address_key, on_file, without_tracking
from claims.capture.store import Captured, capture, would_lose
from claims.capture.web import Fetcher, Limits, site_fetcher

__all__ = [
    "Brought",
    "Captured",
    "Document",
    "DoubtfulText",
    "FetchError",
    "Fetcher",
    "Limits",
    "Link",
    "OnFile",
    "Proposal",
    "RefusedText",
    "StraySigns",
    "Trouble",
    "address_key",
    "bring",
    "canonical",
    "capture",
    "check",
    "document_of",
    "garbled",
    "hosts_in_turn",
    "is_source_of_a_page",
    "media_type_of",
    "normalise",
    "on_file",
    "proposals",
    "site_fetcher",
    "stray_signs",
    "text_of",
    "wayback",
    "without_tracking",
    "would_lose",
]
