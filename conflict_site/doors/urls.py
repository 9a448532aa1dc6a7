"""The addresses of the doors, which are among those of the desk."""

from functools import partial
from typing import Any

from django.urls import path
from django.views.decorators.cache import never_cache

from conflict_site.doors import own, signing_in


def urls(desk: Any) -> list[Any]:
    """Those that anybody may ask for, and those of whoever is signed in."""
    return [
        path("code/", never_cache(partial(signing_in.code, desk)), name="code"),
        path("set-up/", never_cache(partial(signing_in.set_up, desk)), name="set-up"),
        path("second-factor/", desk.admin_view(partial(own.second_factor, desk)), name="second-factor"),
        path("sessions/", desk.admin_view(partial(own.own_sessions, desk)), name="sessions"),
    ]
