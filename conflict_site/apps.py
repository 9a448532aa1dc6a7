from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps  # not the class itself: Django would take it for this app's own
from django.db.backends.signals import connection_created

from conflict_site.base import limits, pools


class ConflictSiteConfig(AppConfig):
    name = "conflict_site"
    verbose_name = "Site"
    default = True

    def ready(self) -> None:
        from conflict_site import deployment  # it asks models, which are only now there

        connection_created.connect(pools.watch)
        connection_created.connect(limits.watch)
        deployment.register()


class DeskConfig(admin_apps.AdminConfig):
    """Django's admin, with the site's own index."""

    default_site = "conflict_site.desk.Desk"
    default = False


class LogOfTheDesk(AppConfig):
    """The table that the desk logs to, for a site that has no desk and none of its pages."""

    name = "django.contrib.admin"
    default_auto_field = admin_apps.AdminConfig.default_auto_field
