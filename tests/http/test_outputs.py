"""What a filter finds as a page, as JSON, CSV, XLSX, JSON-LD and Atom: the same claims in the same order."""

import csv
import json
import re
import xml.etree.ElementTree as ET
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.handlers.wsgi import WSGIHandler
from openpyxl import load_workbook

from claims.formats import csv_file, xlsx_file
from claims.formats.files import COLUMNS
from claims.models import Change, ChangeKind
from tests import shared
from tests.factories import a_citation, a_claim, a_draft, a_source, a_step, a_user, an_actor, an_event, an_issue

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
FILES = ["csv", "xlsx", "jsonld", "atom"]
STREAMED = FILES[:3]
FILTERS = [
    "",
    "sort=oldest",
    "sort=recorded",
    "q=matter",
    "q=matter&sort=relevance",
    'q="matter of"',
    "q=matter&not_q=three",
    "q=mat*",
    "speaker=ada",
    "speaker=ada&speaker=bo",
    "not_speaker=ada",
    "issue=talks",
    "issue=talks&act=denies",
    "actor=bo&role=attribution",
    "actor=ada&role=any",
    "event=round",
    "said_from=2023&said_to=2023-06",
    "said_from=2023&match=certain",
    "said_from=2024&clock=published&sort=oldest",
    "as_of=2023-06",
    "known_by=2000",
    "source=paper&not_form=paraphrase&sort=oldest",
]


@shared.of_module()
def archive():
    """Sixty claims, more than two pages, and of each kind of what is not public one."""
    ada, bo = an_actor("Ada Abel", slug="ada"), an_actor("Bo Brown", slug="bo")
    talks, other = an_issue("Talks", slug="talks"), an_issue("Other", slug="other")
    event, paper = an_event("First round", slug="round"), a_source(slug="paper")
    for number in range(60):
        claim = a_claim(
            f"matter {'of three' if number % 3 == 0 else 'for'} {number}",
            slug=f"claim-{number:02}",
            speaker=ada if number % 2 else bo,
            act="denies" if number % 5 == 0 else "asserts",
            form="paraphrase" if number % 7 == 0 else "verbatim",
            said_edtf=f"{2022 + number % 3}-0{number % 9 + 1}" + ("" if number % 4 else "-11"),
            issues=[talks] if number % 3 else [talks, other],
            events=[event] if number % 6 == 0 else [],
            source=paper if number % 2 else None,
        )
        if number % 10 == 0:
            a_step(claim, bo)
    a_draft("canary matter of three", speaker=ada, issues=[talks], events=[event], source=paper, exact="canary words")
    a_claim("canary matter", speaker=ada, source=paper).withdraw(by=a_user(), note="It was wrong.")


def of_page(client, query):
    found, url = [], f"/claims/?{query}"
    while url:
        text = client.get(url).text
        found += re.findall(r'<article class="entry" id="claim-([^"]+)"', text)
        following = re.search(r'href="([^"]+)" rel="next"|rel="next" href="([^"]+)"', text)
        url = next(filter(None, following.groups())).replace("&amp;", "&") if following else ""
    return found


def of_json(client, query):
    found, url = [], f"/claims.json?{query}"
    while url:
        data = client.get(url).json()
        found += [claim["id"] for claim in data["results"]]
        url = data["next"]
    return found


def streamed(client, ending, query=""):
    response = client.get(f"/claims.{ending}?{query}")
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode()


def nobody_may_read(*_):
    raise AssertionError("The claims of a file were read.")


def rows(client, query=""):
    return list(csv.DictReader(streamed(client, "csv", query).removeprefix("\ufeff").splitlines()))


def of_csv(client, query):
    return [row["id"] for row in rows(client, query)]


def opened(body):
    """The body of an answer; of a workbook, all of its parts."""
    if not body.startswith(b"PK"):
        return body
    with ZipFile(BytesIO(body)) as book:
        return b"".join(map(book.read, book.namelist()))


def cells(client, query=""):
    """The cells of the sheet at this address, row by row, the head among them."""
    data = b"".join(client.get(f"/claims.xlsx?{query}").streaming_content)
    return [*load_workbook(BytesIO(data)).active.iter_rows()]


def of_xlsx(client, query):
    return [row[0].value for row in cells(client, query)[1:]]


def of_json_ld(client, query):
    data = json.loads(streamed(client, "jsonld", query))
    return [claim["url"].rstrip("/").rpartition("/")[2] for claim in data["dataFeedElement"]]


def of_feed(client, query):
    found, url = [], f"/claims.atom?{query}"
    while url:
        root = ET.fromstring(client.get(url).content)
        found += [node.findtext(f"{ATOM}id").rpartition("/")[2] for node in root.iter(f"{ATOM}entry")]
        url = next((link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "next"), None)
    return found


def test_every_output_of_a_filter_has_the_same_claims_in_the_same_order(client, archive, subtests):
    for query in FILTERS:
        with subtests.test(query):
            expected = of_json(client, query)
            assert of_csv(client, query) == of_xlsx(client, query) == of_json_ld(client, query) == expected
            assert of_feed(client, query) == of_page(client, query) == expected
            assert bool(expected) == (query != "known_by=2000")


def test_without_a_filter_they_have_all_that_is_public(client, archive):
    assert len(of_csv(client, "")) == 60


@pytest.mark.parametrize("ending", FILES)
def test_no_draft_and_nothing_withdrawn_is_in_them(client, archive, ending):
    response = client.get(f"/claims.{ending}")
    body = b"".join(response.streaming_content) if response.streaming else response.content
    assert b"claim-0" in opened(body)
    assert b"canary" not in opened(body)


@pytest.mark.parametrize("query", ["spaker=ada", "speaker=nobody", "said_from=2024-13", "q=%00", "after=x", "x=%0A"])
@pytest.mark.parametrize("ending", FILES)
def test_an_invalid_filter_is_refused_in_words(client, ending, query):
    a_claim(speaker=an_actor("Ada", slug="ada"))
    response = client.get(f"/claims.{ending}?{query}")
    assert response.status_code == 400
    assert response.json()["errors"]


def test_a_row_has_what_is_known_of_a_claim(client):
    source = a_source(title="Speech", slug="speech", url="https://example.org/a", archive_url="https://example.org/b")
    a_claim(
        "talks may resume",
        slug="anna",
        speaker=an_actor("Anna", slug="anna"),
        issues=[an_issue("Talks", slug="talks"), an_issue("War", slug="war")],
        source=source,
        exact="we may talk",
        said_edtf="[2024-01-11..2024-01-20]",
        said_text="mid January",
    )
    [row] = rows(client)
    assert tuple(row) == COLUMNS
    del row["recorded"]
    assert row == {
        "id": "anna",
        "attribution": "Anna said that talks may resume.",
        "speaker_id": "anna",
        "speaker": "Anna",
        "as_stated": "MR. SPEAKER",
        "on_behalf_of": "",
        "act": "asserts",
        "form": "verbatim",
        "said": "[2024-01-11..2024-01-20]",
        "said_earliest": "2024-01-11",
        "said_latest": "2024-01-20",
        "said_text": "mid January",
        "published": "2024-01-15",
        "issues": "talks | war",
        "events": "",
        "quote": "we may talk",
        "quote_language": "en",
        "locator": "par 1",
        "status": "text_not_held",
        "source_id": "speech",
        "source": "Speech",
        "source_url": "https://example.org/a",
        "archive_url": "https://example.org/b",
        "citations": "1",
        "url": "http://testserver/claims/anna/",
        "said_words": "between 11 and 20 January 2024, day not stated",
        "published_words": "15 January 2024",
        "published_earliest": "2024-01-15",
        "published_latest": "2024-01-15",
        "stances": "",
    }


def test_no_cell_is_a_formula(client):
    a_claim(exact='=HYPERLINK("https://example.org")', source=a_source(title="+1", url="https://example.org/x"))
    [row] = rows(client)
    assert (row["quote"], row["source"]) == ('\'=HYPERLINK("https://example.org")', "'+1")


def test_a_sheet_has_the_cells_of_the_table_as_they_are_and_none_is_a_formula(client):
    words = '=HYPERLINK("https://example.org")\r\n;@a _x0041_ <b>&\u202e'
    a_claim(exact=words, source=a_source(title="+1", url="https://example.org/x"))
    head, row = cells(client)
    assert tuple(cell.value for cell in head) == COLUMNS
    told = dict(zip(COLUMNS, row, strict=True))
    assert (told["quote"].value.replace("_x005F_", "_"), told["source"].value) == (words, "+1")
    assert {cell.data_type for cell in row if cell.value} == {"s", "n"}
    assert told["citations"].value == 1
    [table] = rows(client)
    safe = {name: csv_file.as_it_was(cell) for name, cell in table.items() if name != "quote"}
    assert safe == {name: str("" if cell.value is None else cell.value) for name, cell in told.items() if name in safe}


def test_the_same_claims_are_the_same_sheet(client, archive):
    first, second = (b"".join(client.get("/claims.xlsx").streaming_content) for _ in range(2))
    assert first == second


def test_more_than_a_sheet_holds_is_refused_in_words(client, archive, monkeypatch):
    monkeypatch.setattr(xlsx_file, "MOST_ROWS", 59)
    answer = client.get("/claims.xlsx")
    assert (answer.status_code, answer.json()["errors"]["__all__"]) == (
        400,
        ["A sheet holds 59 claims here; this filter finds 60. Take them as CSV, or narrow the filter."],
    )
    assert client.get("/claims.xlsx?speaker=ada").status_code == 200


def test_the_page_leads_to_the_sheet_of_its_filter(client):
    a_claim(speaker=an_actor("Ada", slug="ada"))
    assert 'href="/claims.xlsx?speaker=ada"' in client.get("/claims/?speaker=ada").text


def test_words_that_nobody_may_be_given_are_in_none(client):
    claim = a_claim(exact="canary words")
    claim.citations.get().source.take_down(reason="The author asked for it.")
    assert rows(client)[0]["quote"] == ""
    assert "canary" not in streamed(client, "jsonld") + client.get("/claims.atom").text


def test_an_entry_of_the_feed_keeps_its_id_and_says_when_it_was_changed(client):
    claim = a_claim("talks may resume", slug="anna", speaker=an_actor("Anna"))
    before = ET.fromstring(client.get("/claims.atom").content).find(f"{ATOM}entry")
    change = Change.objects.record(claim, ChangeKind.CORRECTION, public_note="The verb was wrong.")
    after = ET.fromstring(client.get("/claims.atom").content).find(f"{ATOM}entry")
    assert before.findtext(f"{ATOM}id") == after.findtext(f"{ATOM}id")
    assert after.findtext(f"{ATOM}id") == "tag:testserver,2026:claims/anna"
    assert after.findtext(f"{ATOM}updated") == change.at.isoformat()
    assert after.findtext(f"{ATOM}title") == "Anna said that talks may resume."


def test_a_feed_has_what_atom_demands(client, archive):
    root = ET.fromstring(client.get("/claims.atom?speaker=ada").content)
    assert [root.findtext(f"{ATOM}{name}") is not None for name in ("id", "title", "updated")] == [True] * 3
    links = {(link.get("rel"), link.get("href")) for link in root.findall(f"{ATOM}link")}
    assert ("self", "http://testserver/claims.atom?speaker=ada") in links
    assert ("alternate", "http://testserver/claims/?speaker=ada") in links
    assert root.findtext(f"{ATOM}title") == "Attributed: claims by Ada Abel"
    for node in root.iter(f"{ATOM}entry"):
        assert all(node.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated", "published", "summary"))
        assert node.find(f"{ATOM}link").get("href").startswith("http://testserver/claims/claim-")


def test_an_unchanged_feed_is_not_sent_again(client, archive):
    tag = client.get("/claims.atom").headers["ETag"]
    assert client.get("/claims.atom", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("ending", STREAMED)
def test_an_unchanged_file_is_not_sent_again_and_not_even_begun(client, archive, ending, monkeypatch):
    tag = client.get(f"/claims.{ending}?speaker=ada").headers["ETag"]
    assert client.get(f"/claims.{ending}?speaker=bo", headers={"If-None-Match": tag}).status_code == 200
    monkeypatch.setattr("claims.formats.files.claims", nobody_may_read)
    answer = client.get(f"/claims.{ending}?speaker=ada", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", tag)


@pytest.mark.parametrize("ending", STREAMED)
def test_a_file_is_sent_again_once_a_claim_is_published(client, archive, ending):
    draft = a_draft(slug="new")
    tag = client.get(f"/claims.{ending}").headers["ETag"]
    draft.publish(by=a_user(), forced_reason="It is a test.")
    answer = client.get(f"/claims.{ending}", headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert answer.headers["ETag"] != tag
    assert b"/claims/new/" in opened(b"".join(answer.streaming_content))


@pytest.mark.parametrize("ending", STREAMED)
def test_whoever_asks_for_the_head_of_a_file_has_none_of_it_read(rf, archive, ending, monkeypatch):
    monkeypatch.setattr("claims.formats.files.claims", nobody_may_read)
    answer = WSGIHandler().get_response(rf.head(f"/claims.{ending}"))  # as a server gets it, which reads all of it
    assert (answer.status_code, list(answer)) == (200, [])


def test_they_may_be_read_from_any_site(client):
    a_claim()
    for ending in STREAMED:
        assert client.get(f"/claims.{ending}").headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("rows_of", [1, 3])
@pytest.mark.parametrize(("ending", "number"), [("csv", 8), ("xlsx", 8), ("jsonld", 6), ("atom", 8)])
def test_they_take_the_same_queries_however_many_rows(client, django_assert_num_queries, ending, number, rows_of):
    for _ in range(rows_of):
        claim = a_claim(events=[an_event()], issues=[an_issue(), an_issue()])
        a_citation(claim)
        a_step(claim, an_actor())
    client.get("/claims/")
    with django_assert_num_queries(number):
        response = client.get(f"/claims.{ending}")
        b"".join(response.streaming_content) if response.streaming else response.content
