from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class ClaimsConfig(AppConfig):
    name = "claims"

    def ready(self) -> None:
        from claims.models import guard

        pre_migrate.connect(guard.uninstall, sender=self)
        post_migrate.connect(guard.install, sender=self)
