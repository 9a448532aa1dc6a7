from django.db import migrations


class Migration(migrations.Migration):
    """Nobody ever read when the columns of a file were last named."""

    dependencies = [
        ("claims", "0029_names_of_passages"),
    ]

    operations = [
        migrations.RemoveField(model_name="mapping", name="used_at"),
    ]
