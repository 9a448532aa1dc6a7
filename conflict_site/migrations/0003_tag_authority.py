"""In whose name feeds give out ids: given once, so that they do not depend on the address that is asked."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conflict_site", "0002_about_for_who_is_new")]

    operations = [
        migrations.AddField(
            model_name="site",
            name="tag_authority",
            field=models.CharField(blank=True, default="", editable=False, max_length=120),
            preserve_default=False,
        ),
    ]
