"""When rows were first submitted, as far as the desk's log knows; those in review, at the latest now."""

from django.db import migrations
from django.db.models import Min
from django.utils import timezone

MODELS = ["claim", "event", "position"]


def tell(apps, schema_editor):
    entries = apps.get_model("admin", "LogEntry").objects
    for name in MODELS:
        rows = apps.get_model("claims", name).objects.filter(first_submitted_at=None)
        submitted = entries.filter(content_type__app_label="claims", content_type__model=name)
        submitted = submitted.filter(change_message__startswith="Submit for review")
        for key, at in submitted.values_list("object_id").annotate(at=Min("action_time")).order_by():
            rows.filter(pk=int(key)).update(first_submitted_at=at)
        rows.filter(state="in_review").update(first_submitted_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0017_submitted_and_sent_back"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
