"""Pages, files and data of issues and actors of which too much is on file to be drawn one by one: it is counted."""

import csv
import re
from datetime import date
from html import unescape

import pytest

from claims.charts import spans, swimlanes, window
from claims.positions import counted, on_file
from tests import shared
from tests.factories import a_claim, a_draft, a_position, a_stance, an_actor, an_issue

pytestmark = pytest.mark.django_db
ISSUE, ACTOR, PAIR = "/issues/talks/", "/actors/ada/", "/compare/ada/bea/"


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """Of more than two claims without a stance it is told how many there are."""
    monkeypatch.setattr(counted, "MOST_FILED", 2)


@shared.of_module()
def record():
    """Ada with a stance in 2022 and six statements without one, one of them told by Cem; Bea with two."""
    talks = an_issue("Talks", slug="talks", question="Should there be talks?")
    ada, bea, cem = (an_actor(name, slug=name.lower()) for name in ("Ada", "Bea", "Cem"))
    said = a_claim("talks should begin", speaker=ada, said_edtf="2022-02-17", issues=[talks])
    a_position(ada, a_stance(talks, "Ready"), shown_by=[said])
    for day in ("2022-02-18", "2022-03", "2022-03-31", "2024-12-24", "2022-01/.."):
        a_claim(f"on {day}", speaker=ada, said_edtf=day, issues=[talks])
    a_claim("for Ada", speaker=cem, on_behalf_of=ada, said_edtf="2022-04-02", issues=[talks])
    for day in ("2022-05-01", "2024-12-24"):
        a_claim(f"bea on {day}", speaker=bea, said_edtf=day, issues=[talks])
    a_draft("secret words", speaker=ada, said_edtf="2023-06-01", issues=[talks])
    a_claim("withdrawn words", speaker=ada, said_edtf="2023-06-02", issues=[talks]).withdraw(note="not said")
    return talks


def plots(page):
    """The plots of a page by what their labels say."""
    found = re.findall(r'<svg class="plot".*?aria-label="(.*?)">(.*?)<div class="lane-last', page, re.S)
    return {" ".join(label.split()): plot for label, plot in found}


def marks(plot):
    """The squares of a plot: what each says, and where it leads."""
    found = re.findall(r'<path class="mk-uncoded".*?<a href="(.*?)".*?><title>(.*?)</title>', plot, re.S)
    return [(title, unescape(url)) for url, title in found]


def found(client, url):
    """How many claims the claims browser finds at an address of its own."""
    assert url.startswith("/claims/?")
    return client.get(url.replace("/claims/", "/claims.json")).json()["count"]


def rows(client, address):
    """The rows of a table: for whom, with which stance, said when."""
    text = client.get(address).getvalue().decode("utf-8-sig")
    return [(row["actor"], row["stance"], row["said"]) for row in csv.DictReader(text.splitlines())]


def words(page):
    """The words that a reader sees, with single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", page)).split())


def test_what_takes_no_stance_is_counted_by_spans_of_time_that_lead_to_it(client, record):
    drawn = plots(client.get(ISSUE).text)
    assert list(drawn) == ["Ada: 7 statements", "Bea: 2 statements", "Cem: 1 statement"]
    ada = marks(drawn["Ada: 7 statements"])
    assert [title for title, _ in ada] == [
        "4 statements, 1 Jan 2022 to 30 Apr 2022, on file without a stance coded here. "
        "The claims browser has them with the 1 that take one.",
        "1 statement, 1 Sep 2024 to 31 Dec 2024, on file without a stance coded here.",
    ]
    assert [found(client, url) for _, url in ada] == [5, 1]
    assert ada[1][1] == (
        "/claims/?issue=talks&actor=ada&role=voice&said_from=2024-09-01&said_to=2024-12-31&match=certain"
    )


def test_a_number_at_the_end_of_a_line_leads_to_all_of_it(client, record):
    url = unescape(re.search(r'<span class="num"><a href="(.*?)">7</a>', client.get(ISSUE).text)[1])
    assert (url, found(client, url)) == ("/claims/?issue=talks&actor=ada&role=voice", 7)


def test_a_line_is_silent_only_where_nothing_is_on_file(client, record):
    ada = plots(client.get(ISSUE).text)["Ada: 7 statements"]
    silences = re.findall(r'<line class="silence" x1="(.*?)%" x2="(.*?)%"', ada)
    # From the first of January to the middle of February, and from the second of April to Christmas Eve two years on.
    assert silences == [("1.2", "3.09"), ("9.5", "98.07")]


def test_the_coded_evidence_is_drawn_and_read_whole_beside_it(client, record):
    page = client.get(ISSUE).text
    assert "1 of 9 claims on this issue carries a coded stance; the other 8 are on file without one." in words(page)
    assert '<a href="/claims/?issue=talks">the other' in page
    assert "Read this chart as a table (1 statement)" in page
    assert '<use href="#m-verbatim"' in plots(page)["Ada: 7 statements"]


def test_the_table_of_what_takes_no_stance_says_where_it_is(client, record):
    page = client.get(f"{ISSUE}?rows=uncoded").text
    table = page[page.index('<details class="data ui" open>') :].split("</details>")[0]
    assert "Of what takes none, the number at the end of each line of the chart leads to all of it." in words(table)
    assert "talks should begin" not in table
    assert "The last page of the table is 1." in client.get(f"{ISSUE}?page=999&rows=uncoded").text


@pytest.mark.parametrize("address", [ISSUE, ACTOR, PAIR, "/issues/talks.json", "/actors/ada.json"])
def test_nothing_is_shown_of_a_draft_or_of_what_was_withdrawn(client, record, address):
    page = client.get(address).text
    assert ("secret words" in page, "withdrawn words" in page, "2023" in "".join(plots(page).values())) == (False,) * 3


def test_lines_without_a_stance_are_those_with_most_claims(client, record, monkeypatch):
    monkeypatch.setattr(counted, "MOST_LANES", 1)
    a_claim(speaker=an_actor("Dea"), issues=[record])
    page = client.get(ISSUE).text
    assert list(plots(page)) == ["Ada: 7 statements", "Bea: 2 statements"]
    assert (
        "2 more actors with fewer statements, all without a coded stance, are left out: all claims in the browser."
    ) in words(page)


def test_the_page_of_an_actor_counts_by_issue(client, record):
    other = an_issue("Borders", slug="borders")
    a_claim(speaker=record.claims.get(content="for Ada").on_behalf_of, said_edtf="2023-01-01", issues=[other])
    page = client.get(ACTOR).text
    assert {label: len(marks(plot)) for label, plot in plots(page).items()} == {
        "Talks: 7 statements": 2,
        "Borders: 1 statement": 1,
    }
    assert '<a href="/claims/?actor=ada&amp;role=voice">the other' in page
    assert found(client, "/claims/?actor=ada&role=voice") == 8
    assert "Nothing on file on" not in page


def test_a_comparison_counts_what_falls_into_its_dates(client, record):
    page = client.get(PAIR).text
    drawn = plots(page)
    assert list(drawn) == ["Ada: 1 statement", "Bea: 2 statements"]
    [(title, url)] = marks(drawn["Ada: 1 statement"])
    assert title.startswith("1 statement, 1 Jul 2024 to 24 Dec 2024, on file")
    assert found(client, url) == 1
    assert "6 statements of Ada, or behind its positions, lie outside these dates and are left out here" in words(page)


def test_the_data_of_a_comparison_say_where_the_rest_is_and_the_table_has_it(client, record):
    record_of_ada, record_of_bea = client.get("/compare/ada/bea.json").json()["actors"]
    assert record_of_ada["without_stance"]["claims"] == 6
    assert record_of_bea["without_stance"] == {
        "claims": 2,
        "claims_url": "http://testserver/claims.json?actor=bea&role=voice",
    }
    told = [("Ada", "", "2024-12-24"), ("Bea", "", "2022-05-01"), ("Bea", "", "2024-12-24")]
    assert rows(client, "/compare/ada/bea.csv") == told


@pytest.mark.parametrize(
    ("address", "asked", "claims"),
    [("/issues/talks.json", "issue=talks", 8), ("/actors/ada.json", "actor=ada&role=voice", 6)],
)
def test_the_data_say_how_much_takes_no_stance_and_where_it_is(client, record, address, asked, claims):
    data = client.get(address).json()
    url = f"http://testserver/claims.json?{asked}"
    assert data["without_stance"] == {"claims": claims, "claims_url": url}
    assert [len(position["evidence"]) for position in data["positions"]] == [1]


def test_the_tables_leave_nothing_out(client, record):
    ada = [
        ("Ada", "Ready", "2022-02-17"),
        *(
            ("Ada", "", said)
            for said in ("2022-01/..", "2022-02-18", "2022-03", "2022-03-31", "2022-04-02", "2024-12-24")
        ),
    ]
    others = [("Bea", "", "2022-05-01"), ("Bea", "", "2024-12-24"), ("Cem", "", "2022-04-02")]
    assert rows(client, "/actors/ada.csv") == ada
    assert rows(client, "/issues/talks.csv") == [*ada, *others]


def test_it_keeps_to_the_day_as_of_which_it_is_read(client, record):
    page = client.get(f"{ISSUE}?as_of=2022-03").text
    _, (title, url) = marks(plots(page)["Ada: 5 statements"])
    assert title.startswith("2 statements, 1 Mar 2022 to 30 Apr 2022")
    assert "as_of=2022-03" in url
    assert found(client, url) == 2


@pytest.mark.parametrize(("address", "queries"), [(ISSUE, 11), (ACTOR, 14), (PAIR, 8)])
@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_the_same_queries_however_much_is_on_file(
    client, record, address, queries, number, django_assert_num_queries
):
    for place in range(number):
        a_claim(speaker=an_actor(f"Other {place}"), issues=[record])
        a_claim(speaker=an_actor("Ada"), issues=[an_issue(f"Other {place}")])
    with django_assert_num_queries(queries):
        client.get(address)


def test_spans_are_months_or_parts_of_years_and_what_is_cut_short_joins_the_next():
    year = spans(swimlanes.axis(date(2022, 5, 1), date(2022, 5, 2)))
    assert (len(year), year[0]) == (12 // 2, (date(2022, 1, 1), date(2022, 2, 28)))
    cut = spans(window.axis(window.Window(date(2022, 3, 25), date(2026, 2, 3))))
    assert (cut[:2], cut[-1], len(cut)) == (
        [(date(2022, 3, 25), date(2022, 8, 31)), (date(2022, 9, 1), date(2022, 12, 31))],
        (date(2025, 9, 1), date(2026, 2, 3)),
        11,
    )
    assert spans(window.axis(window.Window(date(2022, 3, 25), date(2022, 3, 25)))) == [(date(2022, 3, 25),) * 2]


@pytest.fixture
def long(monkeypatch, record):
    """The story of Ada on talks, of which one statement of a row is listed, and more are counted."""
    monkeypatch.setattr(on_file, "MOST_TOLD", 2)
    monkeypatch.setattr(on_file, "MOST", 1)
    return "/issues/talks/ada"


def test_a_long_story_lists_some_of_each_row_and_counts_the_rest(client, long):
    page = client.get(f"{long}/").text
    assert "7 statements on file, Jan 2022 – Dec 2024; 1 shows 1 stance." in words(page)
    folds = re.findall(r"<summary>(\d+ more .*?)</summary>(.*?)</details>", page, re.S)
    assert [told for told, _ in folds] == [
        "4 more statements, Feb – Apr 2022: 4 with no stance recorded",
        "1 more statement, Dec 2024: 1 with no stance recorded",
    ]
    assert ["on 2022-02-18" in folds[0][1], "on 2022-03" in folds[0][1], "And 3 more" in folds[0][1]] == [
        True,
        False,
        True,
    ]
    assert "Nothing on file from 2 April 2022 to 24 December 2024, 32 months." in words(page)
    assert "secret words" not in page


def test_the_files_of_a_long_story_leave_nothing_out_or_say_where_it_is(client, long):
    table = csv.DictReader(client.get(f"{long}.csv").getvalue().decode("utf-8-sig").splitlines())
    assert [(row["turn"], row["said"]) for row in table] == [
        ("", "2022-01/.."),
        ("1", "2022-02-17"),
        *(("1", said) for said in ("2022-02-18", "2022-03", "2022-03-31", "2022-04-02", "2024-12-24")),
    ]
    data = client.get(f"{long}.json").json()
    assert (data["claims"]["count"], len(data["statements"])) == (7, 5)
    assert data["left_out"] == {
        "claims": 2,
        "claims_url": "http://testserver/claims.json?issue=talks&actor=ada&role=voice",
    }
    assert client.get(f"{long}.atom").text.count("<entry>") == 7


def test_a_claim_within_a_long_story_has_its_neighbours(client, long, record):
    middle = record.claims.get(content="on 2022-03-31")
    page = client.get(middle.get_absolute_url()).text
    assert ["on 2022-03." in words(page), "for Ada." in words(page), "on 2022-02-18" in page] == [True, True, False]
