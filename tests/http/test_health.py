"""What load balancers and containers are told: alive, ready, or what is in the way."""

import pytest
from django.db import OperationalError, connection, connections
from django.db.migrations.recorder import MigrationRecorder
from django.test import override_settings

from tests.factories import a_claim

pytestmark = pytest.mark.django_db
CHECKED = {"database": "ok", "migrations": "ok", "static_files": "ok", "read_model": "ok"}


@pytest.mark.parametrize("path", ["/readyz", "/healthz"])
def test_a_site_that_has_all_it_needs_is_ready(client, path):
    a_claim()
    client.get("/")
    answer = client.get(path)
    assert (answer.status_code, answer.json()) == (
        200, {"status": "ok", **CHECKED, "changes_not_read_before": 0}
    )  # fmt: skip
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_site_whose_migrations_are_not_applied_is_alive_and_not_ready(client):
    MigrationRecorder.Migration.objects.filter(app="claims", name="0001_initial").delete()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"], answer.json()["migrations"]) == (
        503, "not ready", "to be applied: claims.0001_initial"
    )  # fmt: skip
    assert (client.get("/livez").status_code, client.get("/livez").json()) == (200, {"status": "ok"})


def test_migrations_of_a_newer_release_do_no_harm(client):
    MigrationRecorder(connection).record_applied("claims", "9999_of_the_future")
    assert client.get("/readyz").status_code == 200


def test_a_site_whose_database_does_not_answer_says_so_and_tells_no_password(client, monkeypatch):
    def refuse(*given):
        raise OperationalError("connection to postgresql://me:secret@host failed")

    monkeypatch.setattr(type(connections["default"]), "cursor", refuse)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, "failed: OperationalError")
    assert "secret" not in answer.text
    assert client.get("/livez").status_code == 200


@override_settings(
    DEBUG=False,
    STATIC_ROOT="/nowhere",
    STORAGES={"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}},
)
def test_a_site_without_its_styles_is_not_ready(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["static_files"]) == (503, "failed: ValueError")


@override_settings(SECURE_SSL_REDIRECT=True, ALLOWED_HOSTS=["record.example"])
@pytest.mark.parametrize("path", ["/livez", "/readyz", "/healthz"])
def test_who_asks_by_number_and_without_tls_is_answered(client, path):
    assert client.get(path, headers={"host": "10.0.0.7:8000"}).status_code == 200


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/healthz"])
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_health_can_only_be_read(client, path, method):
    assert getattr(client, method)(path).status_code == 405


def test_readiness_takes_five_queries(client, django_assert_num_queries):
    a_claim()
    client.get("/readyz")
    with django_assert_num_queries(5):
        client.get("/readyz")
