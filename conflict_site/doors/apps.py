from django.apps import AppConfig


class DoorsConfig(AppConfig):
    name = "conflict_site.doors"
    verbose_name = "Doors"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from conflict_site.doors import checks, sessions

        user_logged_in.connect(sessions.note_opened)
        checks.register()
