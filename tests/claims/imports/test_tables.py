"""Tables of statements: they become drafts, once, all of them or none."""

import pytest

from actors.models import Actor
from claims.imports import keep_mapping, keep_spellings, mapping_for
from claims.models import Change, Citation, Claim, ImportedRow, Mapping, Source
from tests.claims.imports.files import HEADER, NOT_READY, READY, a_csv, an_xlsx, bring, whats
from tests.factories import a_claim, a_name, a_source, a_user, an_actor, an_issue, published, unreviewed

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return a_user(username="anna")


@pytest.fixture(autouse=True)
def people():
    a_name(an_actor("Ann Lee", slug="ann-lee"), "Анна Ли")
    return an_actor("Bob Ray", slug="bob-ray")


def test_each_row_becomes_a_draft_with_its_passage_and_document(by):
    herald = an_actor("The Herald", kind="media")
    a_source(url="http://www.herald.example/1/", slug="herald-1", publisher=herald)
    report = bring(a_csv(), by)
    assert (report.counts, report.written) == ({"new": 2}, True)
    ready, not_ready = Claim.objects.order_by("pk")
    assert (ready.speaker.slug, ready.state, ready.created_by, ready.said_edtf) == (
        "ann-lee",
        "draft",
        by,
        "2024-01-15",
    )
    assert (ready.act, ready.form, ready.content) == ("asserts", "verbatim", "")
    assert [(one.exact, one.source.slug, one.language) for one in ready.citations.all()] == [
        (READY[2], "herald-1", "en")
    ]
    made = not_ready.citations.get().source
    assert (made.url, made.title, made.publisher) == ("https://herald.example/2", "herald.example/2", herald)
    assert Claim.objects.published().count() == Change.objects.count() == 0


def test_the_same_file_twice_changes_nothing_whatever_its_kind(by):
    bring(a_csv(), by)
    again = bring(an_xlsx(), by, "statements.xlsx")
    assert again.counts == {"same": 2}
    assert (Claim.objects.count(), Source.objects.count(), ImportedRow.objects.count()) == (2, 2, 2)


def test_a_dry_run_reports_row_by_row_and_writes_nothing(by):
    bring(a_csv(READY), by)
    changed = [*READY[:1], "2024-01-17", *READY[2:]]
    odd = ["Nobody Known", "2024-13-01", "a third statement of this file", "ftp://herald.example"]
    report = bring(a_csv(changed, NOT_READY, odd, NOT_READY), by, dry_run=True)
    assert [row[:2] for row in report.rows] == [[2, "changed"], [3, "new"], [4, "refused"], [5, "same"]]
    told = report.rows[2][5]
    assert "statements.csv, line 4, column Speaker: “Nobody Known” is nobody on file for certain" in told
    assert "statements.csv, line 4, column URL: it is no address of a page" in told
    assert "statements.csv, line 4, column Date: '2024-13-01' is not a date: there is no month 13." in told
    assert (Claim.objects.count(), Claim.objects.get().said_edtf, Claim.objects.get().version) == (1, "2024-01-15", 1)


def test_where_a_row_is_refused_none_is_written_unless_it_is_left_out(by):
    data = a_csv(READY, ["Ann Lee", "", "", "https://herald.example/1"])
    assert not bring(data, by).written
    assert (Claim.objects.count(), Source.objects.count(), Actor.objects.count()) == (0, 0, 2)
    assert bring(data, by, leaves_out=True).written
    assert Claim.objects.count() == 1


def test_a_changed_row_changes_its_draft(by):
    bring(a_csv([*READY, "talks"], header=[*HEADER, "Context"]), by)
    report = bring(a_csv([*READY, "a press conference"], header=[*HEADER, "Context"]), by)
    assert report.counts == {"changed": 1}
    claim = Claim.objects.get()
    assert (claim.occasion, claim.version, claim.citations.get().exact) == ("a press conference", 2, READY[2])


@pytest.mark.parametrize(
    ("happens", "told"),
    [
        (lambda claim: Claim.objects.filter(pk=claim.pk).update(version=2), "somebody has worked on the claim"),
        (lambda claim: Claim.objects.filter(pk=claim.pk).update(**PUBLIC), "is published; edit it at the desk"),
        (lambda claim: claim.delete(), "somebody has removed the claim that it became"),
    ],
    ids=["edited", "published", "removed"],
)
def test_a_changed_row_whose_claim_is_no_untouched_draft_is_refused(by, happens, told):
    bring(a_csv(READY), by)
    happens(Claim.objects.get())
    before = list(Claim.objects.values())
    report = bring(a_csv([READY[0], "2023-01-01", *READY[2:]]), by)
    assert (report.counts, report.written) == ({"refused": 1}, False)
    assert report.rows[0][5].startswith("statements.csv, line 2, column Text: ")
    assert told in report.rows[0][5]
    assert list(Claim.objects.values()) == before


PUBLIC = {**published(), "content": "North is ready"}


def test_a_statement_that_a_curator_has_entered_is_the_same(by):
    source = a_source(url="https://herald.example/1")
    claim = a_claim(speaker=Actor.objects.get(slug="ann-lee"), source=source)
    with unreviewed():
        Citation.objects.filter(claim=claim).update(exact="we are ready  to talk at any time")
    assert bring(a_csv(READY), by).rows[0][1:5] == ["same", "Ann Lee", READY[2], claim.slug]


@pytest.mark.parametrize(
    "spelling",
    ["ANN LEE", "Lee, Ann", "Ann Lee (North)", "Анна Ли", "ann  lee", "“Ann Lee”", "Foreign Minister Ann Lee"],
)
def test_a_name_is_known_by_its_spellings(by, spelling):
    report = bring(a_csv([spelling, *READY[1:]]), by)
    assert (report.counts, Claim.objects.get().speaker.slug) == ({"new": 1}, "ann-lee")
    assert Claim.objects.get().as_stated == " ".join(spelling.split())


def test_a_surname_alone_is_whom_the_file_names_in_full_elsewhere(by):
    alone = ["Ray", *NOT_READY[1:]]
    assert bring(a_csv(alone), by).questions[0]["name"] == "Ray"
    report = bring(a_csv(alone, ["Bob Ray", "", "another sentence of his", "https://herald.example/2"]), by)
    assert (whats(report), report.questions, report.readings) == (["new", "new"], [], [["Ray", "Bob Ray"]])


def test_a_surname_of_two_people_on_file_is_asked_for(by):
    an_actor("Jim Ray")
    report = bring(a_csv(["Ray", *NOT_READY[1:]], NOT_READY), by, dry_run=True)
    assert whats(report) == ["refused", "new"]
    assert [(one["name"], one["rows"]) for one in report.questions] == [("Ray", 1)]


def test_spellings_of_one_unknown_name_are_one_question_and_its_answer_is_remembered(by):
    rows = [[name, "", f"sentence number {at} of hers", READY[3]] for at, name in enumerate(SPELLINGS)]
    question = bring(a_csv(*rows), by).questions
    assert [(one["name"], one["rows"], sorted(one["spellings"])) for one in question] == [
        ("Yelena Smirnova", 4, sorted(SPELLINGS))
    ]
    keep_spellings(question[0]["spellings"], question[0]["name"], by=by, kind="person")
    assert bring(a_csv(*rows), by).counts == {"new": 4}
    made = Actor.objects.get(name="Yelena Smirnova")
    assert (made.claims.count(), made.kind, made.sort_name) == (4, "person", "Smirnova, Yelena")
    assert bring(a_csv(["Smirnova", "", "one more sentence of hers", READY[3]]), by).counts == {"new": 1}


SPELLINGS = ["Yelena Smirnova", "SMIRNOVA, Yelena", "Smirnova", "Yelena Smirnowa"]


@pytest.mark.parametrize(
    ("written", "order", "meant"),
    [
        ("15 January 2024", "as_written", "2024-01-15"),
        ("2024-01-15T10:30:00Z", "as_written", "2024-01-15"),
        ("03/04/2024", "day_first", "2024-04-03"),
        ("03/04/2024", "month_first", "2024-03-04"),
        ("autumn 2023", "as_written", "[2023-09..2023-11]"),
        ("січень 2024", "as_written", "2024-01"),
    ],
)
def test_a_date_is_read_as_it_is_meant(by, written, order, meant):
    mapping = {"columns": dict(zip(("speaker", "said", "quote", "url"), HEADER, strict=True)), "dates": order}
    bring(a_csv([READY[0], written, *READY[2:]]), by, mapping=mapping)
    assert Claim.objects.get().said_edtf == meant


def test_a_date_that_may_be_two_is_refused_unless_the_mapping_says_which(by):
    report = bring(a_csv([READY[0], "03/04/2024", *READY[2:]]), by)
    assert "line 2, column Date: “03/04/2024” may mean two dates." in report.rows[0][5]


def test_addresses_of_one_document_are_one_document(by):
    urls = ["https://herald.example/1?utm_source=x", "herald.example/1", "http://www.herald.example/1/#top"]
    bring(a_csv(*([READY[0], "", f"sentence number {at} of hers", url] for at, url in enumerate(urls))), by)
    assert [(one.url, one.publisher.name) for one in Source.objects.all()] == [
        ("https://herald.example/1", "herald.example")
    ]


def test_a_medium_with_the_hosts_name_is_taken_whatever_letters_it_has(by):
    medium = an_actor("bücher.example", kind="media")
    bring(a_csv([*READY[:3], "https://bücher.example/1"]), by)
    assert Source.objects.get().publisher == medium


def test_the_address_of_a_source_that_was_merged_is_the_others(by):
    kept, merged = a_source(url="https://herald.example/whole"), a_source(url=READY[3])
    Source.objects.filter(pk=merged.pk).update(merged_into=kept)
    bring(a_csv(READY), by)
    assert Citation.objects.get().source == kept


def test_a_row_with_an_id_is_known_again_however_its_address_is_written(by):
    header = [*HEADER, "id"]
    bring(a_csv([*READY, "7"], header=header), by)
    again = [READY[0], READY[1], "the words in another spelling of the desk", "www.herald.example/1", "7"]
    assert bring(a_csv(again, header=header), by).counts == {"changed": 1}


def test_other_columns_are_read_by_a_mapping_that_is_kept(by):
    header = ["Кто", "Что", "Где", "Тема"]
    columns = {"speaker": "Кто", "quote": "Что", "url": "Где", "issues": "Тема"}
    an_issue("Talks")
    row = ["Анна Ли", "мы готовы к переговорам в любое время", READY[3], "talks"]
    keep_mapping(header, {"columns": columns})
    assert mapping_for(header) == Mapping.objects.get().columns == {"columns": columns}
    assert bring(a_csv(row, header=header), by).counts == {"new": 1}
    claim = Claim.objects.get()
    assert [one.title for one in claim.issues.all()] == ["Talks"]
    assert claim.citations.get().language == "ru"
