"""Helpers for the tests of the desk: signing in, and sending a page's form as a browser would."""

from django.contrib.auth.models import Group
from django.urls import reverse

from tests.factories import a_user


def signed_in(client, *groups, **given):
    """Sign in somebody of these groups; a superuser where none is named. Returns the account."""
    person = a_user(is_staff=True, is_superuser=not groups, **given)
    person.groups.set(Group.objects.filter(name__in=groups))
    client.force_login(person)
    return person


def page_of(row, step="change"):
    """The address of a row's page at the desk."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{step}", args=[row.pk])


def list_of(model):
    """The address of a model's list at the desk."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def blank(model):
    """The address of a model's empty form."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")


def move(row, name):
    """The address of a step of an editorial row."""
    return reverse(f"admin:claims_{row._meta.model_name}_move", args=[row.pk, name])


def filled(page, **changes):
    """What a browser sends of a page's form, with these fields typed anew."""
    formsets = [inline.formset for inline in page.context["inline_admin_formsets"]]
    forms = [page.context["adminform"].form]
    for formset in formsets:
        forms += [formset.management_form, *formset.forms]
    values = {field.html_name: field.value() for form in forms for field in form}
    return {name: value for name, value in {**values, **changes}.items() if value is not None and value is not False}


def another(page, prefix, **fields):
    """The fields of one more row of an inline, to be given to ``filled``."""
    formset = next(
        inline.formset for inline in page.context["inline_admin_formsets"] if inline.formset.prefix == prefix
    )
    number = formset.total_form_count()
    return {
        f"{prefix}-TOTAL_FORMS": number + 1,
        **{f"{prefix}-{number}-{name}": value for name, value in fields.items()},
    }


def save(client, url, *rows, **changes):
    """Open a page, type, and press "Save"; ``rows`` are pairs of an inline's prefix and the fields of a new row."""
    page = client.get(url)
    added = {}
    for prefix, fields in rows:
        added |= another(page, prefix, **fields)
    return client.post(url, filled(page, **added, **changes))


def errors(page):
    """All that a page's forms complain of."""
    formsets = [inline.formset for inline in page.context["inline_admin_formsets"]]
    forms = [page.context["adminform"].form, *(form for formset in formsets for form in formset.forms)]
    found = [message for form in forms for messages in form.errors.values() for message in messages]
    return [*found, *(message for formset in formsets for message in formset.non_form_errors())]
