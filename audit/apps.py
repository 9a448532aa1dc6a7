from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class AuditConfig(AppConfig):
    name = "audit"

    def ready(self) -> None:
        from audit import install, who

        connection_created.connect(who.offer)
        pre_migrate.connect(install.make_way, sender=self)
        post_migrate.connect(install.after_migrate, sender=self)
