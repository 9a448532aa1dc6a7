"""Coming in: a name and a password, then a code; until then nobody is signed in."""

from pathlib import Path
from time import time
from typing import Any

import segno
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model, login
from django.contrib.auth.views import RedirectURLMixin
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django_otp.util import random_hex

from conflict_site.base.turnstile import Crowded, Turnstile
from conflict_site.doors import attempts, factor
from conflict_site.doors.forms import CodeForm, SignInForm
from conflict_site.doors.networks import network
from conflict_site.errors import page
from conflict_site.limits import RETRY_AFTER

PENDING = "coming_in"  # in a session: who has given a password, when, and where they want to go
KEY = "new_device"  # the key of a device that is being set up
PATIENCE = 600  # seconds to give the code in
SECONDS = 3  # to wait until others' passwords have been checked

# Checking a password takes half a second of a processor on purpose: one at a time, of all processes of this site.
hashing = Turnstile(Path(__file__), waiting=1)


class _Target(RedirectURLMixin):
    """Where to go afterwards: a place at this site, else the desk."""

    next_page = "admin:index"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request


def target(request: HttpRequest) -> str:
    """The address of the page that was asked for before signing in."""
    return str(_Target(request).get_success_url())


def sign_in(desk: Any, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponseBase:
    """Name and password."""
    if request.method == "GET" and desk.has_permission(request):
        return redirect(target(request))
    form = SignInForm(request, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.has_both():
        answer = _checked(request, form)
        if answer:
            return answer
    context = {
        **desk.each_context(request),
        "title": "Log in",
        "app_path": request.get_full_path(),
        "username": request.user.get_username(),
        "next": target(request),
        "form": form,
        **(extra_context or {}),
    }
    return TemplateResponse(request, "admin/login.html", context)


def _checked(request: HttpRequest, form: SignInForm) -> HttpResponseBase | None:
    """The answer to a name with its password, to one that has to wait; None to a wrong one."""
    name, place = str(form.data["username"]).replace("\0", "�"), network(request)  # PostgreSQL can't be asked for NUL
    refused = too_often(name, place)
    if refused:
        return refused
    try:
        hashing.enter(SECONDS)
    except Crowded:
        return told(503, RETRY_AFTER)
    try:
        refused = too_often(name, place)  # while this one waited, others have failed
        if refused:
            return refused
        right = form.is_valid()
    finally:
        hashing.leave()
    if not right:
        attempts.fail(name, place, "wrong password")
        return None
    return _passed_on(request, form.get_user())


def _passed_on(request: HttpRequest, person: Any) -> HttpResponseBase:
    """A right password: on to the code, or to setting up a device, or in."""
    has_device = factor.device_of(person) is not None
    if not has_device and not settings.SECOND_FACTOR:
        return come_in(request, person, target(request))
    request.session.flush()
    request.session[PENDING] = {
        "person": person.pk, "hash": person.get_session_auth_hash(), "at": time(), "next": target(request)
    }  # fmt: skip
    return redirect("admin:code" if has_device else "admin:set-up")


def pending(request: HttpRequest) -> Any:
    """Who has given a password and not yet a code; None for nobody."""
    kept = request.session.get(PENDING)
    if not kept or time() - kept["at"] > PATIENCE:
        return None
    person = get_user_model()._default_manager.filter(pk=kept["person"], is_active=True, is_staff=True).first()
    same = person and constant_time_compare(kept["hash"], person.get_session_auth_hash())
    return person if same else None


def come_in(request: HttpRequest, person: Any, to: str) -> HttpResponse:
    """Sign in, and go on."""
    request.session.pop(PENDING, None)
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    attempts.succeed(person, network(request))
    return redirect(to)


def code(desk: Any, request: HttpRequest) -> HttpResponseBase:
    """The code after the password."""
    person = pending(request)
    if person is None:
        return redirect("admin:login")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        refused = too_often(person.username, network(request))
        if refused:
            return refused
        if is_right(request, person, form):
            return come_in(request, person, request.session[PENDING]["next"])
    return TemplateResponse(
        request, "admin/doors/code.html", {**desk.each_context(request), "title": "Your code", "form": form}
    )


def is_right(request: HttpRequest, person: Any, form: CodeForm) -> bool:
    """Whether the code of a form is right; says beside the field if not, and keeps that it was wrong."""
    given = form.cleaned_data["code"]
    wait = factor.wait(person, given)
    if wait:
        form.add_error("code", f"There were wrong codes before. Wait {seconds(wait)}, then type a new one.")
        attempts.refuse(person.username, network(request), "a code too early")
        return False
    if factor.verify(person, given):
        return True
    form.add_error("code", "This is not the code of this moment, or it has been used. Wait for the next one.")
    attempts.fail(person.username, network(request), "wrong code")
    return False


def set_up(desk: Any, request: HttpRequest) -> HttpResponseBase:
    """A device for the codes: its key as a picture, and the first code to show that it works."""
    coming = pending(request)
    person = coming or (request.user if desk.has_permission(request) else None)
    if person is None:
        return redirect("admin:login")
    if factor.device_of(person) and KEY not in request.session:  # a new one only after a code of the old one
        return redirect("admin:code" if coming else "admin:second-factor")
    key = request.session.setdefault(KEY, random_hex(20))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if factor.set_up(person, key, form.cleaned_data["code"]):
            return _with_codes(desk, request, person, bool(coming))
        form.add_error("code", "This is not the code that the device should show. Is its clock right?")
    address = factor.address(person, key)
    context = {
        **desk.each_context(request),
        "title": "Set up your second factor",
        "form": form,
        "picture": segno.make(address).svg_data_uri(scale=5, border=3, light="white"),
        "key": address.partition("secret=")[2].partition("&")[0],
    }
    return TemplateResponse(request, "admin/doors/set_up.html", context)


def _with_codes(desk: Any, request: HttpRequest, person: Any, coming: bool) -> HttpResponseBase:
    """Once a device works: sign in whoever was coming in, and show the recovery codes."""
    del request.session[KEY]
    to = request.session[PENDING]["next"] if coming else reverse("admin:second-factor")
    if coming:
        come_in(request, person, to)
    note(person, person, "Set up a second factor.")
    return show_codes(desk, request, person, to)


def show_codes(desk: Any, request: HttpRequest, person: Any, to: str) -> HttpResponseBase:
    """New recovery codes, for this once."""
    context = {**desk.each_context(request), "title": "Your recovery codes", "to": to}
    context["codes"] = factor.new_codes(person)
    return TemplateResponse(request, "admin/doors/codes.html", context)


def note(by: Any, person: Any, message: str) -> None:
    """Note in the history of an account what was done with its second factor."""
    LogEntry.objects.log_actions(by.pk, [person], CHANGE, change_message=message, single_object=True)


def too_often(name: str, place: str) -> HttpResponse | None:
    """The answer to one who was wrong too often; None for whoever may try."""
    wait = attempts.wait(name, place)
    if not wait:
        return None
    attempts.refuse(name, place, "too many attempts")
    return told(429, wait)


def told(status: int, wait: int) -> HttpResponse:
    """A page that says to wait, logged elsewhere."""
    answer = page(status, context={"wait": seconds(wait)})
    answer.headers["Retry-After"] = str(wait)
    answer._has_been_logged = True  # type: ignore[attr-defined]
    return answer


def seconds(number: int) -> str:
    """So many seconds in words, or the minutes that they take."""
    count, unit = (number, "second") if number < 100 else (-(-number // 60), "minute")
    return f"{count} {unit}{'' if count == 1 else 's'}"
