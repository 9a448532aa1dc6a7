from django.db import migrations, models


class Migration(migrations.Migration):
    """The help beside the field alone; nothing in the database changes."""

    dependencies = [("conflict_site", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="site",
            name="about",
            field=models.TextField(
                blank=True, help_text="Shown on the about page, above the method, and first to who is new. Markdown."
            ),
        ),
    ]
