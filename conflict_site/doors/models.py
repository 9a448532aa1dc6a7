"""What is kept of those who come in, and of those who try."""

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone

ADDRESS = 45  # characters of the longest


class Session(AbstractBaseSession):
    """A browser in which somebody has signed in, or is about to."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="sessions")
    opened_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    network = models.CharField(max_length=ADDRESS, blank=True)
    browser = models.CharField(max_length=200, blank=True)

    class Meta:
        default_permissions = ()


class Failure(models.Model):
    """A wrong password or code: for whom, as a digest (some type a password as a name), and from where."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    name = models.CharField(max_length=64)
    network = models.CharField(max_length=ADDRESS)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["name", "at"], name="failure_of_name"),
            models.Index(fields=["network", "at"], name="failure_of_network"),
        ]

    def __str__(self) -> str:
        return f"{self.network} {self.at:%Y-%m-%d %H:%M}"


class KnownNetwork(models.Model):
    """From where somebody has signed in before: strangers' attempts elsewhere do not lock them out there."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    network = models.CharField(max_length=ADDRESS)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["person", "network"], name="network_known_once")]

    def __str__(self) -> str:
        return self.network
