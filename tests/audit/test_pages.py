"""The pages of the audit at the desk, and its head in the public log of changes."""

import json
import re

import pytest
from django.db import connection
from django.urls import reverse

from audit import heads
from audit.models import Entry
from audit.who import acting
from tests.factories import a_draft, a_user, an_actor
from tests.guards import rewritten
from tests.http.desk import signed_in

pytestmark = pytest.mark.django_db
LIST = reverse("admin:audit_entry_changelist")
HOSTILE = ["x", "-1", "\0", "9" * 30, "9" * 5000, "", "\u202e", "[]", "1;2", "a" * 60_000]


@pytest.fixture
def entries():
    """An actor added by Ada, and renamed by Bob."""
    ada, bob = a_user(username="ada"), a_user(username="bob")
    with acting(ada.pk, "ada"):
        actor = an_actor("Eve")
    with acting(bob.pk, "bob"):
        actor.name = "Eve <b>Evans</b>"
        actor.save()
    chain()
    return actor


def chain():
    if connection.vendor == "postgresql":
        connection.check_constraints()


def lines(page):
    """The rows of the list as plain text, without number and moment."""
    rows = re.findall(r"<tr>(.*?)</tr>", page.text.partition("<tbody>")[2], re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()[3:]) for row in rows]


def test_it_tells_who_did_what_from_what_to_what(client, entries):
    signed_in(client, "Auditor")
    page = client.get(LIST, {"table": "actors_actor", "key": entries.pk})
    changed, added = lines(page)
    assert changed.startswith(f"bob Changed: actor {entries.pk} name : Eve Eve &lt;b&gt;Evans&lt;/b&gt;")
    assert added.startswith(f"ada Added: actor {entries.pk} id : {entries.pk}")
    assert f"slug : {entries.slug}" in added


def test_it_is_filtered_by_person(client, entries):
    signed_in(client, "Auditor")
    page = client.get(LIST, {"who": "bob", "table": "actors_actor"})
    assert [line.split()[0] for line in lines(page)] == ["bob"]
    assert "No entry." in client.get(LIST, {"who": "nobody"}).text


def test_a_page_goes_on_where_the_one_before_ended(client):
    person = signed_in(client, "Auditor")
    with acting(person.pk, person.username):
        actors = [an_actor() for _ in range(60)]
    chain()
    first = client.get(LIST, {"who": person.username, "table": "actors_actor"})
    (further,) = re.findall(r'href="\?([^"]*)">Earlier', first.text)
    second = client.get(f"{LIST}?{further.replace('&amp;', '&')}")
    keys = [int(key) for page in (first, second) for key in re.findall(r"Added: actor (\d+)", " ".join(lines(page)))]
    assert keys == [actor.pk for actor in reversed(actors)]
    assert "Earlier" not in second.text


def test_one_entry_has_a_page_with_its_place_in_the_chain(client, entries):
    signed_in(client, "Auditor")
    entry = Entry.objects.filter(table="actors_actor").first()
    page = client.get(reverse("admin:audit_entry_change", args=[entry.seq])).text
    assert entry.hash in page
    assert "<del>Eve</del> <ins>Eve &lt;b&gt;Evans&lt;/b&gt;</ins>" in page


@pytest.mark.parametrize(
    ("group", "status"), [("Curator", 403), ("Reviewer", 403), ("Managing editor", 403), ("Auditor", 200), (None, 200)]
)
def test_only_auditors_and_superusers_see_it(client, entries, group, status):
    signed_in(client, *([group] if group else []))
    entry = Entry.objects.filter(seq__gt=0).first()
    pages = [LIST, reverse("admin:audit_entry_change", args=[entry.seq])]
    assert [client.get(page).status_code for page in pages] == [status, status]
    assert ("audit" in client.get("/admin/").text.lower().partition("</main>")[0]) == (status == 200)


def test_nobody_changes_it_at_the_desk(client, entries):
    signed_in(client)
    entry = Entry.objects.filter(seq__gt=0).first()
    pages = [reverse("admin:audit_entry_add"), reverse("admin:audit_entry_delete", args=[entry.seq])]
    assert [client.post(page, {"post": "yes"}).status_code for page in pages] == [403, 403]
    assert client.post(reverse("admin:audit_entry_change", args=[entry.seq]), {"who": "x"}).status_code == 403


def test_who_is_not_signed_in_is_asked_to(client):
    assert client.get(LIST).status_code == 302


@pytest.mark.parametrize("value", HOSTILE)
def test_no_query_is_an_error_of_the_server(client, value):
    signed_in(client)
    client.raise_request_exception = False
    assert {client.get(LIST, {name: value}).status_code for name in ("who", "table", "key", "before", "p")} == {200}


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_number_of_queries_for_any_number_of_entries(client, number, django_assert_num_queries):
    signed_in(client, "Auditor")
    made = [an_actor() for _ in range(number)]
    chain()
    with django_assert_num_queries(6):
        page = client.get(LIST, {"table": "actors_actor"})
    assert len(lines(page)) >= len(made)


def test_the_log_of_changes_holds_the_head_of_the_day_before(client):
    a_draft("canary")
    chain()
    assert client.get("/changes.json").json()["audit"] is None
    assert "urn:attributed:audit" not in client.get("/changes.atom").text
    head = Entry.objects.filter(seq__gt=0).order_by("seq")[2]
    rewritten(Entry.objects.filter(seq__gt=0, seq__lte=head.seq), at="2026-01-02T03:04:05Z")
    told = {"seq": head.seq, "at": "2026-01-02T03:04:05+00:00", "hash": head.hash}
    answer = client.get("/changes.json")
    assert answer.json()["audit"] == told
    assert "canary" not in answer.text
    feed = f'<audit at="2026-01-02T03:04:05+00:00" hash="{head.hash}" seq="{head.seq}" xmlns="urn:attributed:audit"/>'
    assert feed in client.get("/changes.atom").text
    assert heads.read(json.dumps(told)) == heads.published()
