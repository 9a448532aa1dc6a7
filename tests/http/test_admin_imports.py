"""Files brought in at the desk: who may, what is asked, what is shown, and how the work ends."""

import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from actors.models import Actor
from claims.imports import look, open_new
from claims.models import Claim, Import, ImportFile, Mapping, NameAnswer
from tests.claims.imports.files import HEADER, NOT_READY, READY, a_csv, a_review, an_xlsx, as_json
from tests.factories import an_actor
from tests.http.desk import signed_in

pytestmark = pytest.mark.django_db
ADD, LIST = reverse("admin:claims_import_add"), reverse("admin:claims_import_changelist")
COLUMNS = {"speaker": "Speaker", "quote": "Text", "url": "URL", "said": "Date", "dates": "as_written"}


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Let the command, which the page starts as a process of its own, run before the page answers: the database of a
    test cannot be seen from without."""
    started = []

    def start(command, *, pass_fds, **given):
        started.append(command)
        options = {one.partition("=")[0].strip("-"): one.partition("=")[2] for one in command[3:]}
        call_command(
            command[2], job=int(options["job"]), progress=int(options["progress"]), dry_run="dry-run" in options
        )

    monkeypatch.setattr("claims.admin.importing.Popen", start)
    return started


@pytest.fixture
def curator(client):
    an_actor("Ann Lee", slug="ann-lee")
    return signed_in(client, "Curator", username="anna")


def upload(client, data, name="office.csv"):
    """Bring a file; return the page that it leads to."""
    return client.post(ADD, {"file": SimpleUploadedFile(name, data)}, follow=True)


def step(client, step_name, /, **given):
    """Take a step with the newest file."""
    job = Import.objects.latest("pk")
    return client.post(reverse("admin:claims_import_step", args=[job.pk, step_name]), given, follow=True)


def test_a_table_is_asked_for_its_columns_then_for_names_and_then_written(client, curator):
    an_actor("Robert Ray", slug="robert-ray")
    page = upload(client, a_csv())
    assert page.context["columns"].initial == COLUMNS
    assert Claim.objects.count() == 0
    page = step(client, "columns", **COLUMNS)
    assert page.context["report"]["counts"] == {"new": 1, "refused": 1}
    assert [str(one[0].label) for one in page.context["names"].pairs()] == ["“Bob Ray” (1 row)"]
    page = step(client, "names", **{"who-0": "", "else-0": "robert ray"})
    assert page.context["report"]["counts"] == {"new": 2}
    page = step(client, "write")
    assert (page.context["job"].state, page.context["report"]["counts"]) == ("done", {"new": 2})
    assert {(claim.state, claim.created_by, claim.speaker.slug) for claim in Claim.objects.all()} == {
        ("draft", curator, "ann-lee"),
        ("draft", curator, "robert-ray"),
    }
    first = Claim.objects.order_by("pk")[0]
    assert reverse("admin:claims_claim_change", args=[first.pk]) in page.text


def test_columns_that_were_said_once_are_offered_again(client, curator):
    odd = [HEADER[0], "B", "C", "D"]
    upload(client, an_xlsx(header=odd), "office.xlsx")
    chosen = {"speaker": "Speaker", "quote": "C", "url": "D", "said": "B", "dates": "day_first"}
    step(client, "columns", **chosen)
    assert Mapping.objects.count() == 1
    assert upload(client, an_xlsx(READY, header=odd), "other.xlsx").context["columns"].initial == chosen


def test_a_new_actor_is_made_where_the_answer_says_so(client, curator):
    upload(client, a_csv(NOT_READY))
    step(client, "columns", **COLUMNS)
    assert not Actor.objects.filter(name="Bob Ray").exists()
    step(client, "names", **{"who-0": "new:person", "else-0": ""})
    step(client, "write")
    assert Claim.objects.get().speaker == Actor.objects.get(name="Bob Ray") == NameAnswer.objects.get().actor


def test_a_name_that_was_read_wrongly_is_read_as_somebody_says(client, curator):
    other = an_actor("Anna Leigh", slug="anna-leigh")
    upload(client, a_csv(["LEE, Ann", *READY[1:]]))
    assert step(client, "columns", **COLUMNS).context["report"]["readings"] == [["LEE, Ann", "Ann Lee"]]
    page = step(client, "answer", name="LEE, Ann", actor="nobody")
    assert page.context["answer"].errors["actor"] == [
        "Nobody, or more than one, on file has this name; type the id from the actor’s page."
    ]
    step(client, "answer", name="LEE, Ann", actor="anna-leigh")
    step(client, "write")
    assert Claim.objects.get().speaker == other


def test_while_a_row_is_refused_nothing_is_written_unless_it_is_left_out(client, curator):
    upload(client, a_csv(READY, ["Ann Lee", "soon", *READY[2:]]))
    page = step(client, "columns", **COLUMNS)
    assert "office.csv, line 3, column Date: &#x27;soon&#x27; is not a date" in page.text
    step(client, "write")
    assert (Claim.objects.count(), Import.objects.get().state) == (0, "checked")
    step(client, "write", leaves_out="1")
    assert Claim.objects.count() == 1


def test_rows_are_shown_a_hundred_at_a_time_and_by_what_becomes_of_them(client, curator):
    rows = [["Ann Lee", "", f"sentence number {number} of hers", READY[3]] for number in range(250)]
    upload(client, a_csv(*rows, ["", "", "x", ""]))
    step(client, "columns", **COLUMNS)
    page = reverse("admin:claims_import_change", args=[Import.objects.get().pk])
    shown = [len(client.get(page, asked).context["shown"]) for asked in ({}, {"p": "3"}, {"what": "refused"})]
    assert shown == [100, 51, 1]
    for odd in ({"p": "-1"}, {"p": "x"}, {"p": "9" * 40}, {"what": "\0"}, {"what": "all"}):
        assert client.get(page, odd).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_much_for_three_rows_as_for_one(client, curator, rows, django_assert_num_queries):
    upload(client, a_csv(*(["Ann Lee", "", f"sentence {number} of hers", READY[3]] for number in range(rows))))
    step(client, "columns", **COLUMNS)
    step(client, "write")
    page = reverse("admin:claims_import_change", args=[Import.objects.get().pk])
    with django_assert_num_queries(8):
        assert len(client.get(page).context["shown"]) == rows


def test_claim_review_is_checked_at_once(client, curator):
    an_actor("The Checkers", kind="media")
    page = upload(client, as_json(a_review()), "reviews.jsonld")
    assert (page.context["job"].state, page.context["report"]["counts"]) == ("checked", {"new": 2})
    step(client, "write")
    assert Claim.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.exe", b"x", "a.exe: it is none of the files that can be brought in"),
        ("a.csv", b"\xff\xfeS", "a.csv, line 1, column 1: it is not UTF-8 text, perhaps UTF-16; save it as UTF-8"),
        ("a.xlsx", b"PK\x03\x04", "a.xlsx, line 1, column 1: it is no ZIP file, or a damaged one"),
        ("a.csv", b"A,A\n1,2\n", "a.csv, line 1, column A: the column “A” stands there twice"),
    ],
)
def test_what_is_no_such_file_is_refused_beside_the_field_and_not_kept(client, curator, name, data, told):
    page = upload(client, data, name)
    assert page.context["form"].errors["file"][0].startswith(told)
    assert Import.objects.count() == 0


def test_a_package_that_can_not_be_read_is_told_fault_by_fault(client, curator):
    page = upload(client, b"PK\x05\x06" + b"\0" * 18, "package.zip")
    assert page.context["report"]["faults"][0].startswith("datapackage.json: there is no such file")


def test_while_it_is_at_work_the_page_tells_how_far_it_has_come_and_then_shows_itself_anew(client, curator):
    job = Import.objects.create(name="a.csv", kind="table", state="writing", created_by=curator, mapping={"header": []})
    token, file = open_new()
    Import.objects.update(token=token)
    os.pwrite(file, b"         500         2000", 0)
    page = client.get(reverse("admin:claims_import_change", args=[job.pk]))
    assert "500 of 2000 steps" in page.text
    assert f'<a href="{page.request["PATH_INFO"]}">Look again</a>' in page.text
    assert step(client, "write").context["job"].state == "writing"
    Import.objects.update(state="done")
    os.close(file)
    answer = client.get(reverse("admin:claims_import_change", args=[job.pk]), headers={"HX-Request": "true"})
    assert (answer["HX-Refresh"], look(token).is_alive) == ("true", False)


def test_work_that_was_killed_is_told_and_can_be_started_again(client, curator):
    upload(client, a_csv(READY))
    step(client, "columns", **COLUMNS)
    Import.objects.update(state="writing", token="gone")
    page = client.get(reverse("admin:claims_import_change", args=[Import.objects.get().pk]))
    assert [str(one) for one in page.context["messages"]] == [
        "The work was interrupted. Nothing was written; start it again."
    ]
    step(client, "write")
    assert (Claim.objects.count(), Import.objects.get().state) == (1, "done")


@pytest.mark.parametrize(
    ("group", "may_see", "may_bring"),
    [
        ("Curator", True, True),
        ("Reviewer", False, False),
        ("Managing editor", False, False),
        ("Auditor", False, False),
        ("", True, True),
    ],
)
def test_only_curators_bring_files_in(client, group, may_see, may_bring):
    signed_in(client, *([group] if group else []))
    assert client.get(ADD).status_code == (200 if may_bring else 403)
    assert client.post(ADD, {"file": SimpleUploadedFile("a.csv", a_csv())}).status_code == (302 if may_bring else 403)
    assert client.get(LIST).status_code == (200 if may_see else 403)
    assert Import.objects.count() == int(may_bring)


def test_a_file_goes_on_only_by_whoever_has_brought_it(client, curator):
    upload(client, a_csv(READY))
    job = Import.objects.get()
    signed_in(client, "Curator")
    assert client.get(reverse("admin:claims_import_change", args=[job.pk])).status_code == 200
    assert step(client, "columns", **COLUMNS).status_code == step(client, "write").status_code == 403
    assert Claim.objects.count() == 0


def test_a_stranger_is_sent_to_sign_in_and_odd_steps_are_refused(client):
    assert client.get(ADD).status_code == client.get(LIST).status_code == 302
    curator = signed_in(client, "Curator")
    job = Import.objects.create(name="a.csv", kind="table", created_by=curator, mapping={"header": []})
    ImportFile.objects.create(job=job, data=b"x")
    assert client.get(reverse("admin:claims_import_step", args=[job.pk, "write"])).status_code == 405
    assert client.post(reverse("admin:claims_import_step", args=[job.pk, "burn"])).status_code == 404
    assert client.post(reverse("admin:claims_import_step", args=[999, "write"])).status_code == 404
    for typed in ({}, {"speaker": "\0"}, {"speaker": "nobody's column"}):
        assert step(client, "columns", **typed).context["columns"].errors
