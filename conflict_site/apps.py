from django.apps import AppConfig


class ConflictSiteConfig(AppConfig):
    name = "conflict_site"
    verbose_name = "Site"
