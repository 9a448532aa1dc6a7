"""Merging at the desk: proposed by a curator, decided by a reviewer, undone by a managing editor."""

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.urls import reverse

from actors.models import Actor
from claims.models import Claim, Issue, Merge, Source, permitted
from tests.claims.test_merging import two_actors, two_claims, two_issues, two_sources
from tests.factories import a_claim, a_draft, a_name, a_snapshot, a_user, an_actor, an_issue
from tests.http.desk import list_of, page_of, signed_in

pytestmark = pytest.mark.django_db

GROUPS = ["Curator", "Reviewer", "Managing editor", "Auditor"]
PAIRS = [two_actors, two_sources, two_claims, two_issues]


def into(other, kept):
    """The page that shows what would move."""
    return f"{page_of(other, 'merge')}?into={kept.pk}"


def proposed(client, kept, other, note="They are one."):
    signed_in(client, "Curator")
    client.post(into(other, kept), {"note": note})
    return Merge.objects.get(merged_id=other.pk, state="proposed")


def decide(client, merge, step, words="", group="Reviewer"):
    signed_in(client, group)
    answer = client.post(page_of(merge), {"step": step, "words": words})
    merge.refresh_from_db()
    return answer


@pytest.mark.parametrize("make", PAIRS)
def test_a_pair_is_merged_by_two_people_and_its_old_address_leads_on_for_ever(client, make):
    kept, other = make()
    a_claim(
        f"on {kept.pk}",
        **({"speaker": kept} if make is two_actors else {}),
        **({"issues": [kept]} if make is two_issues else {}),
    )
    address = other.get_absolute_url()
    merge = proposed(client, kept, other)
    decide(client, merge, "approve")
    assert merge.state == "done"
    client.logout()
    answer = client.get(address)
    assert (answer.status_code, answer.url) == (301, kept.get_absolute_url())


def test_the_page_shows_how_many_rows_move_with_the_way_to_the_first(client):
    signed_in(client, "Curator")
    kept, other = two_actors()
    spoken = Claim.objects.get(content="talks should end")
    page = client.get(into(other, kept))
    numbers = {one["label"]: one["number"] for one in page.context["moving"]}
    assert numbers == {
        "other names": 2,
        "affiliations, as person": 1,
        "sources, as publisher": 1,
        "events, among their participants": 1,
        "claims, as speaker": 1,
        "claims, as on behalf of": 1,
        "claims, among their addressees": 1,
        "positions": 1,
    }
    assert f'<a href="{page_of(spoken)}">{spoken}</a>' in page.text
    assert "Merge into another" in client.get(page_of(other)).text


def test_exactly_two_ticked_in_a_list_lead_there_the_older_one_is_kept(client):
    signed_in(client, "Curator")
    rows = [an_actor() for _ in range(3)]
    for ticked, where in ((rows[:2], into(rows[1], rows[0])), (rows, None), (rows[:1], None)):
        given = {"action": "merge_selected", "_selected_action": [row.pk for row in ticked], "index": "0"}
        answer = client.post(list_of(Actor), given)
        assert answer.url == where if where else "Tick exactly two" in client.get(list_of(Actor)).text


def test_who_proposed_it_does_not_decide_it_and_may_take_it_back(client):
    kept, other = an_actor(), an_actor()
    both = signed_in(client, "Curator", "Reviewer")
    client.post(into(other, kept), {"note": "One."})
    merge = Merge.objects.get()
    assert (merge.proposed_by, [name for name, _ in client.get(page_of(merge)).context["steps"]]) == (both, ["refuse"])
    assert client.post(page_of(merge), {"step": "approve"}).status_code == 403
    client.post(page_of(merge), {"step": "refuse"})
    merge.refresh_from_db()
    assert merge.state == "refused"


@pytest.mark.parametrize(
    ("group", "may_propose", "steps", "may_undo"),
    [
        ("Curator", True, [], False),
        ("Reviewer", False, ["approve", "refuse"], False),
        ("Managing editor", False, ["refuse", "alone"], True),
        ("Auditor", False, [], False),
        (None, True, ["approve", "refuse", "alone"], True),
    ],
)
def test_each_group_may_what_is_its_part(client, group, may_propose, steps, may_undo):
    kept, other = an_actor(), an_actor()
    merge = proposed(client, kept, other)
    signed_in(client, *([group] if group else []))
    assert client.get(into(other, kept)).status_code == (200 if may_propose else 403)
    assert [name for name, _ in client.get(page_of(merge)).context["steps"]] == steps
    for step in {"approve", "refuse", "alone", "undo"} - {*steps}:
        assert client.post(page_of(merge), {"step": step, "words": "x"}).status_code == 403
    decide(client, merge, "approve")
    signed_in(client, *([group] if group else []))
    answer = client.post(page_of(merge), {"step": "undo", "words": "Two."})
    merge.refresh_from_db()
    assert (answer.status_code, merge.state) == ((302, "undone") if may_undo else (403, "done"))


def test_nobody_gets_there_without_an_account(client):
    kept, other = an_actor(), an_actor()
    merge = proposed(client, kept, other)
    client.logout()
    for url in (into(other, kept), page_of(merge), list_of(Merge)):
        assert client.post(url, {"note": "x", "step": "approve"}).url.startswith("/admin/login/")
    assert Merge.objects.get().state == "proposed"


def test_a_managing_editor_decides_alone_with_a_reason_only_that_readers_see(client):
    kept, other = a_claim(slug="kept"), a_claim(slug="other")
    merge = proposed(client, kept, other)
    page = decide(client, merge, "alone", group="Managing editor")
    assert page.context["form"].errors == {"words": ["Say why."]}
    decide(client, merge, "alone", "Election day.", group="Managing editor")
    assert merge.state == "done"
    assert "Decided by one person alone: Election day." in client.get(reverse("claims:changes")).text


def test_undoing_is_refused_where_something_was_changed_since_and_says_what(client):
    kept, other = two_actors()
    merge = proposed(client, kept, other)
    decide(client, merge, "approve")
    with permitted(reason="test"):
        kept.names.get(name="Sergey Lavrov").delete()
    page = decide(client, merge, "undo", "Two.", group="Managing editor")
    [message] = page.context["form"].non_field_errors()
    assert message.startswith("Something was changed since that undoing would lose: other name")


CANARY = "Canarybird"


def canaries():
    """Pairs of which the second is to vanish, as its name."""
    actors = an_actor("Ada Abel"), an_actor(f"{CANARY} Abel", slug="canary-actor")
    source = a_claim("one", speaker=actors[0]).citations.get().source
    other = a_claim("two", speaker=actors[1], slug="second-claim").citations.get().source
    with permitted(reason="test"):
        Source.objects.filter(pk=other.pk).update(title=f"{CANARY} News", slug="canary-source")
    for held in (source, other):
        a_snapshot(held, "The same text of both.")
    issues = an_issue("Peace", slug="peace"), an_issue(f"{CANARY} peace", slug="canary-issue")
    claims = a_claim("talks", issues=[*issues]), a_claim(f"{CANARY} talks", slug="canary-claim-2")
    return [actors, (source, Source.objects.get(pk=other.pk)), issues, claims]


def test_what_was_merged_is_in_no_list_no_search_no_export_and_no_count(client, tmp_path):
    pairs = canaries()
    for kept, other in pairs:
        decide(client, proposed(client, kept, other), "approve")
    with permitted(reason="test"):
        Actor.objects.get(name="Ada Abel").names.all().delete()  # the spelling that it became
    numbers = [model.objects.count() for model in (Actor, Source, Issue, Claim)]
    assert numbers == [model._base_manager.count() - 1 for model in (Actor, Source, Issue, Claim)]
    public = ["/", "/actors/", "/sources/", "/issues/", "/claims/", "/claims.csv", "/claims.json", "/claims.jsonld"]
    client.cookies.clear()  # the messages of who merged them
    signed_in(client)
    desk = [list_of(model) for model in (Actor, Source, Issue, Claim)]
    search = [f"{url}?q={CANARY}" for url in [*desk, "/claims/"]]
    for url in [*public, *desk, *search]:
        answer = client.get(url, follow=True)
        text = b"".join(answer.streaming_content).decode() if answer.streaming else answer.text
        assert answer.status_code == 200
        assert (url, "merged:" in text, f"{CANARY} " in text.replace(f"{CANARY} News", "")) == (url, False, False)
    call_command("dump_dossier", tmp_path / "package")
    files = [path for path in (tmp_path / "package").rglob("*.*") if path.stem not in ("old_slugs", "changes")]
    assert [path.name for path in files if "merged:" in path.read_text() or "canary-" in path.read_text()] == []
    assert [path.name for path in files if path.suffix == ".txt"] == [f"{pairs[1][0].slug}.txt"]
    for _, other in pairs:
        assert client.get(page_of(other)).status_code == 302


@pytest.mark.parametrize("value", ["x", "-1", "0", "99999999999999999999", "\0", "", "9" * 5000])
def test_hostile_values_are_refused(client, value):
    kept, other = an_actor(), an_actor()
    merge = proposed(client, kept, other)
    signed_in(client)
    page = client.get(page_of(other, "merge"), {"into": value})
    assert (page.status_code, page.context["kept"]) == (200, None)
    assert client.post(page_of(merge), {"step": value or "x"}).status_code in (200, 403)
    assert client.post(into(other, kept), {"note": value[:1] + "\0"}).status_code == 200
    assert client.get(into(other, other)).context["kept"] is None
    assert client.get(reverse("admin:claims_merge_change", args=["9" * 30])).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_what_would_move_takes_the_same_number_of_queries_for_any_number(client, django_assert_num_queries, number):
    kept, other = an_actor(), an_actor()
    for index in range(number):
        a_draft(speaker=other, addressees=[other])
        a_name(other, f"Name {index}")
    signed_in(client, "Curator")
    with django_assert_num_queries(20):
        client.get(into(other, kept))


def test_whoever_may_merge_but_not_see_these_records_is_not_shown_what_leads_to_them(client):
    person = a_user(is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename="add_merge"))
    client.force_login(person)
    assert client.get(page_of(an_actor(), "merge")).status_code == 403
