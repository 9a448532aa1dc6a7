"""Helpers for the tests of the desk: signing in, and sending a page's form as a browser would."""

from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from claims.admin.checklist import CHECKS
from claims.models import Change, Claim, OldSlug, Revision, Source
from tests.factories import (
    a_claim,
    a_name,
    a_position,
    a_snapshot,
    a_source,
    a_user,
    an_actor,
    an_affiliation,
    an_event,
    an_issue,
)


def signed_in(client: Client, *groups: str, **given: Any) -> Any:
    """Sign in somebody of these groups; a superuser where none is named. Returns the account."""
    person = a_user(is_staff=True, is_superuser=not groups, **given)
    person.groups.set(Group.objects.filter(name__in=groups))
    client.force_login(person)
    return person


def page_of(row: Model, step: str = "change") -> str:
    """The address of a row's page at the desk."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{step}", args=[row.pk])


def list_of(model: type[Model]) -> str:
    """The address of a model's list at the desk."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def blank(model: type[Model]) -> str:
    """The address of a model's empty form."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")


def move(row: Model, name: str) -> str:
    """The address of a step of an editorial row."""
    return reverse(f"admin:claims_{row._meta.model_name}_move", args=[row.pk, name])


def take(client: Client, row: Model, name: str, **typed: Any) -> Any:
    """Open the page of a step of an editorial row, type, and press its button."""
    form = client.get(move(row, name)).context["form"]
    return client.post(move(row, name), {**form.initial, **ticked(form), **typed})


def ticked(form: Any) -> dict[str, str]:
    """What a browser sends of a form on which every point of the reviewer's list is ticked."""
    return {field.html_name: "on" for field in form.checks}


def chosen(client: Client, action: str, *rows: Model) -> dict[str, Any]:
    """What a browser sends of a list in which these rows were ticked and an action was chosen, and all was read."""
    seen = client.get(list_of(type(rows[0]))).context["action_form"]["seen"].value()
    read = {f"checked_{name}": "on" for name in CHECKS[type(rows[0])]} | {"_checked": "1"}
    given = {"action": action, "_selected_action": [row.pk for row in rows], "index": "0", "seen": seen}
    return given | (read if action == "publish_selected" else {})


def filled(page: Any, **changes: Any) -> dict[str, Any]:
    """What a browser sends of a page's form, with these fields typed anew."""
    formsets = [inline.formset for inline in page.context["inline_admin_formsets"]]
    forms = [page.context["adminform"].form]
    for formset in formsets:
        forms += [formset.management_form, *formset.forms]
    values = {field.html_name: field.value() for form in forms for field in form}
    return {name: value for name, value in {**values, **changes}.items() if value is not None and value is not False}


def another(page: Any, prefix: str, **fields: Any) -> dict[str, Any]:
    """The fields of one more row of an inline, to be given to ``filled``."""
    formset = next(
        inline.formset for inline in page.context["inline_admin_formsets"] if inline.formset.prefix == prefix
    )
    number = formset.total_form_count()
    return {
        f"{prefix}-TOTAL_FORMS": number + 1,
        **{f"{prefix}-{number}-{name}": value for name, value in fields.items()},
    }


def save(client: Client, url: str, *rows: tuple[str, dict[str, Any]], **changes: Any) -> Any:
    """Open a page, type, and press "Save"; ``rows`` are pairs of an inline's prefix and the fields of a new row."""
    page = client.get(url)
    added: dict[str, Any] = {}
    for prefix, fields in rows:
        added |= another(page, prefix, **fields)
    return client.post(url, filled(page, **added, **changes))


def errors(page: Any) -> list[str]:
    """All that a page's forms complain of."""
    formsets = [inline.formset for inline in page.context["inline_admin_formsets"]]
    forms = [page.context["adminform"].form, *(form for formset in formsets for form in formset.forms)]
    found = [message for form in forms for messages in form.errors.values() for message in messages]
    return [*found, *(message for formset in formsets for message in formset.non_form_errors())]


def a_row_of_each_kind() -> None:
    """One row, or more, in every list."""
    source = a_source()
    a_snapshot(source, "She said that talks should resume.")
    claim = a_claim(source=source, exact="talks should resume")
    position = a_position(shown_by=[claim])
    event = an_event()
    for thing in (claim, position, event):
        Change.objects.record(
            thing, "edit", public_note="A word was changed.", before={"act": "asks"}, after={"act": "demands"}
        )
    OldSlug.keep(position, "old-position")
    an_affiliation(claim.speaker, an_actor(kind="state"))
    a_name(claim.speaker, "Зеленський")


def typed(**given: Any) -> dict[str, Any]:
    """A claim as a curator types it."""
    return {
        "speaker": an_actor("Ada Abel").pk,
        "act": "demands",
        "form": "verbatim",
        "content": "talks should resume in spring",
        "said_edtf": "2024-01-15",
        "issues": [an_issue().pk],
        **given,
    }


def passage(
    source: Source | None = None, exact: str = "We demand talks in spring.", **given: Any
) -> tuple[str, dict[str, Any]]:
    """A passage as a curator types it, to be given to ``save``."""
    return "citations", {"source": (source or a_source()).pk, "exact": exact, "language": "en", **given}


def in_review(claim: Claim, by: Any = None) -> Claim:
    """A draft, submitted."""
    claim.submit(by or a_user())
    return claim


def review_of(record: Model) -> str:
    """The address of the page on which the change to a record that waits is reviewed."""
    return reverse("admin:claims_revision_change", args=[Revision.objects.about(record).latest("pk").pk])


def approved(client: Client, record: Model, **typed: Any) -> Any:
    """Open the page of the change that waits, tick its list, and press "Approve"."""
    form = client.get(review_of(record)).context["approve"]
    return client.post(review_of(record), {**form.initial, **ticked(form), "_approve": "1", **typed})
