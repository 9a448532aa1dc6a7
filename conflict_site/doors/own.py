"""Of whoever is signed in: their second factor, and the browsers in which they are."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django_otp.util import random_hex

from conflict_site.doors import factor, sessions, signing_in
from conflict_site.doors.forms import CodeForm
from conflict_site.doors.networks import network


def second_factor(desk: Any, request: HttpRequest) -> HttpResponseBase:
    """Whether there is a device, how many recovery codes are left; new ones of either for a code."""
    device = factor.device_of(request.user)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if device and form.is_valid():
        refused = signing_in.too_often(request.user.get_username(), network(request))
        if refused or signing_in.is_right(request, request.user, form):
            return refused or _renewed(desk, request)
    context = {
        **desk.each_context(request),
        "title": "Your second factor",
        "device": device,
        "left": factor.codes_left(request.user),
        "form": form,
    }
    return TemplateResponse(request, "admin/doors/second_factor.html", context)


def _renewed(desk: Any, request: HttpRequest) -> HttpResponseBase:
    if "_device" in request.POST:
        request.session[signing_in.KEY] = random_hex(20)
        return redirect("admin:set-up")
    signing_in.note(request.user, request.user, "Made new recovery codes.")
    return signing_in.show_codes(desk, request, request.user, request.path)


def own_sessions(desk: Any, request: HttpRequest) -> HttpResponseBase:
    """The browsers in which one is signed in, to end one of them or all others."""
    found, here = sessions.of(request.user), request.session.session_key or ""
    if request.method == "POST":
        wanted = request.POST.get("end", "")
        ended = [one for one in found if wanted in ("others", sessions.public_name(one.pk)) and one.pk != here]
        for one in ended:
            one.delete()
        messages.success(request, f"{len(ended)} ended." if ended else "There is no such session any more.")
        return redirect("admin:sessions")
    rows = [{"session": one, "name": sessions.public_name(one.pk), "is_here": one.pk == here} for one in found]
    context = {**desk.each_context(request), "title": "Where you are signed in", "rows": rows}
    context |= {"idle": settings.IDLE_MINUTES, "hours": settings.SESSION_COOKIE_AGE // 3600}
    return TemplateResponse(request, "admin/doors/sessions.html", context)
