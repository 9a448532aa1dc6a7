"""What the columns of a table hold, for programs: metadata as CSV on the Web has it (W3C, 2015). Pure."""

from collections.abc import Iterable
from typing import Any

CONTENT_TYPE = "application/csvm+json"
CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "en"}]
SEVERAL = " | "  # between the values of a cell that holds several
LISTS = ("issues", "events", "stances")
DATATYPES = {
    **dict.fromkeys(("said_earliest", "said_latest", "published_earliest", "published_latest", "from", "to"), "date"),
    **dict.fromkeys(("citations", "citation", "stance_order", "turn", "count", "possible"), "integer"),
    **dict.fromkeys(("url", "claim_url", "source_url", "archive_url", "passage_url"), "anyURI"),
    "recorded": "dateTime",
    "year": "gYear",
}
NOTES = {
    "act": "What the speaker does with it: asserts, denies, demands …",
    "actor": "The name of the actor whose position or statement it is.",
    "actor_id": "The slug of that actor.",
    "archive_url": "An archived copy of the document.",
    "as_stated": "The words by which the document names the speaker.",
    "attribution": "The whole sentence: who, by whose account, said what. Show it wherever you show the row.",
    "citation": "The number of the citation, from 1, in the order in which a claim's were recorded.",
    "citations": "How many passages the claim rests on.",
    "claim_url": "The page of the claim.",
    "count": "Claims at an event, or within a part of the period.",
    "events": "Slugs of the events that the claim is linked to.",
    "form": "Whether the words are given verbatim, in part, or as a paraphrase.",
    "from": "The first possible day.",
    "id": "The permanent id.",
    "issue": "The title of the issue.",
    "issue_id": "The slug of the issue.",
    "issues": "Slugs of the issues that the claim is filed under.",
    "lane": "The lane, or lanes, it stands in.",
    "language": "The language of the passage (ISO 639).",
    "locator": "Where in the document the passage stands.",
    "on_behalf_of": "For whom the speaker speaks.",
    "passage_url": "The passage on the page of its source here.",
    "position": "The slug of the position; empty where no stance is recorded.",
    "possible": "Claims that may fall into the part, but need not.",
    "published": "When the document came out (EDTF); of a claim with several, the earliest.",
    "published_earliest": "The first day on which it may have come out.",
    "published_latest": "The last such day; empty where that is open.",
    "published_words": "The same date in words.",
    "publisher": "The name of who published the document.",
    "publisher_id": "The slug of the publisher.",
    "question": "The question that the issue asks.",
    "quote": "The words of the passage; empty where they may not be given.",
    "quote_language": "The language of the passage (ISO 639).",
    "recorded": "When the claim was recorded here.",
    "role": "What the statement does for the position: shows, qualifies, contradicts; on_file where it bears on none.",
    "said": "When it was said (EDTF).",
    "said_earliest": "The first day on which it may have been said.",
    "said_latest": "The last such day; empty where that is open.",
    "said_text": "The document's own words for when it was said.",
    "said_words": "The same date in words.",
    "source": "The title of the document.",
    "source_id": "The slug of the document.",
    "source_kind": "What the document is: article, transcript, statement …",
    "source_url": "The document at its publisher.",
    "speaker": "The name of the speaker.",
    "speaker_id": "The slug of the speaker.",
    "stance": "The stance that the position is; empty where none is recorded.",
    "stance_order": "Its place among the possible answers to the question.",
    "stances": "What the claim shows: the slug of the issue, a colon and a space, the stance.",
    "status": "Whether the passage stands in the text held here.",
    "text": "The title of an event, or the attribution of a claim.",
    "to": "The last possible day.",
    "translation": "The passage in English.",
    "turn": "The number of the turn that it is, or follows; empty before the first.",
    "type": "What the row is: an event, a claim, or a part of the period.",
    "url": "The page of it here.",
    "year": "The year of the first day on which it may have been said.",
}


def metadata(url: str, title: str, note: str, columns: Iterable[str]) -> dict[str, Any]:
    """The description of the table at this whole address."""
    return {
        "@context": CONTEXT,
        "url": url,
        "dc:title": title,
        "dc:description": note,
        "dialect": {"encoding": "utf-8", "header": True},
        "tableSchema": {"columns": [_column(name) for name in columns]},
    }


def _column(name: str) -> dict[str, Any]:
    several = {"separator": SEVERAL} if name in LISTS else {}
    described = {"name": name, "titles": name, "dc:description": NOTES[name], "datatype": DATATYPES.get(name, "string")}
    return {**described, **several}
