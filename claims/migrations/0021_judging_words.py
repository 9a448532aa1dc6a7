"""The words that the desk doubts at first, and who may see, and change, what. What a newsroom makes of the list stays.

The list takes no side: words of blame, of praise and of belittling, verbs that tell of doubt or of guilt, and adverbs
that take the reader by the arm.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations

BLAME = """
aggressor atrocious barbaric barbarous bloodthirsty bloody brutal butcher cowardly cruel cynical demonic despicable
devious diabolical dictatorial evil fanatical fascist genocidal heinous hypocritical illegitimate inhuman insidious
malicious monstrous murderous nazi neo-nazi perfidious puppet ruthless savage sham shameful sinister terrorist
treacherous tyrannical unprovoked vicious vile warmonger wicked
"""
PRAISE = """
brave brilliant courageous fearless glorious gracious heroic honourable magnificent noble righteous statesmanlike
valiant visionary wise
"""
BELITTLING = """
absurd bizarre bogus crazy delusional desperate fake farcical foolish hysterical idiotic insane laughable ludicrous
naive pathetic preposterous ridiculous senseless silly stupid
"""
ARM = """
allegedly baselessly blatantly clearly falsely fortunately frankly merely naturally obviously ostensibly purportedly
regrettably rightly sadly self-evidently supposedly surprisingly tragically undeniably undoubtedly unfortunately
unjustly unsurprisingly wrongly
"""
PHRASES = [
    "as everybody knows",
    "at last",
    "of course",
    "needless to say",
    "so-called",
]
INSTEAD = {
    "admit": "say",
    "allege": "say",
    "boast": "say",
    "brag": "say",
    "claim": "say",
    "confess": "say",
    "gloat": "say",
    "insist": "say",
    "lash out": "criticise",
    "lie": "",
    "rant": "say",
    "regime": "government",
    "slam": "criticise",
    "thug": "",
    "whine": "say",
}
WORDS = dict.fromkeys([*f"{BLAME} {PRAISE} {BELITTLING} {ARM}".split(), *PHRASES], "") | INSTEAD
SEEN_BY = ("Curator", "Reviewer", "Managing editor", "Auditor")
CHANGED_BY = "Managing editor"


def forwards(apps, schema_editor):
    listed = apps.get_model("claims", "JudgingWord")
    listed.objects.bulk_create(listed(word=word, instead=instead) for word, instead in sorted(WORDS.items()))
    config = apps.get_app_config("claims")
    config.models_module = True  # a historical app has none; create_permissions skips apps without
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="claims")
    seen = permissions.filter(codename__in=["view_judgingword", "view_overruled"])
    changed = permissions.filter(codename__in=["add_judgingword", "change_judgingword", "delete_judgingword"])
    for group in apps.get_model("auth", "Group").objects.filter(name__in=SEEN_BY):
        group.permissions.add(*seen, *(changed if group.name == CHANGED_BY else ()))


class Migration(migrations.Migration):
    dependencies = [("claims", "0020_doubts"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
