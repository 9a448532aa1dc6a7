from datetime import timedelta
from typing import Any

from django.apps import apps as installed
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import migrations
from django.utils import timezone


def carry_over(apps: Any, editor: Any) -> None:
    """Who signed in before sessions had a table of their own is not met by the page for the password as they save."""
    here = editor.connection.introspection.table_names()
    if not installed.is_installed("django.contrib.sessions") or "django_session" not in here:
        return
    from django.contrib.sessions.models import Session as Former

    Session, User = apps.get_model("doors", "Session"), apps.get_model(settings.AUTH_USER_MODEL)
    if Session.objects.exists():  # those of the former table are of long ago
        return
    for former in Former.objects.filter(expire_date__gt=timezone.now()):
        data = SessionStore().decode(former.session_data)
        person = User.objects.filter(pk=data.get("_auth_user_id")).first()
        if person:
            _keep(Session, former, data, person)


def _keep(model: Any, former: Any, data: dict[str, Any], person: Any) -> None:
    opened = former.expire_date - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    data["opened"] = {"opened_at": opened.isoformat(), "network": "", "browser": ""}
    words = SessionStore().encode(data)
    model.objects.create(
        session_key=former.session_key,
        session_data=words,
        expire_date=former.expire_date,
        person=person,
        opened_at=opened,
    )


class Migration(migrations.Migration):
    adds_only = True  # see conflict_site.way_back
    dependencies = [("doors", "0001_initial"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
