"""One read model for all processes of a machine: what one has read the others map, and each adds what changed since."""

import fcntl
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actors.models import Actor
from claims.models import ChangedRow, Claim
from claims.readmodel import freshness, shared
from claims.readmodel.freshness import Reader
from tests.claims.invented import Archive, claims, set_state
from tests.claims.test_index import compare
from tests.claims.test_index_freshness import acts
from tests.factories import a_claim

STATES = ("published", "draft", "withdrawn")


@pytest.fixture
def folder(settings, tmp_path):
    settings.READ_MODEL_DIR = str(tmp_path / "model")
    return tmp_path / "model"


@pytest.fixture
def kept_always(monkeypatch):
    """Tests are within a transaction, which would keep everything for itself."""
    monkeypatch.setattr(shared, "_may_be_undone", lambda alias: False)


def files(folder):
    return sorted(path.name for path in folder.glob("*.model*")) if folder.exists() else []


def loads(monkeypatch):
    """The times that everything was read from here on."""
    read, load = [], freshness.load
    monkeypatch.setattr(freshness, "load", lambda *given: read.append(1) or load(*given))
    return read


@pytest.mark.django_db
def test_what_one_process_has_read_the_others_map(folder, kept_always, monkeypatch):
    claim, _ = a_claim(act="asserts"), a_claim(act="asserts")
    read = loads(monkeypatch)
    first = Reader().current().snapshot
    second = Reader().current().snapshot
    assert len(read) == 1
    assert first is not second
    assert not first.parts[0].part.keys.flags.owndata
    assert not second.parts[0].part.keys.flags.writeable
    Claim.objects.filter(pk=claim.pk).update(act="denies")
    assert acts(Reader()) == acts(Reader()) == {"asserts": 1, "denies": 1}
    assert len(read) == 1, "the change alone was read"


@pytest.mark.django_db
def test_a_file_that_is_torn_changed_or_of_another_site_is_made_anew(folder, kept_always, monkeypatch, settings):
    a_claim(act="asserts")
    Reader().current()
    read, [name] = loads(monkeypatch), files(folder)
    whole = (folder / name).read_bytes()
    for words in (b"", whole[:-1], whole[: len(whole) // 2], whole[:900] + b"wrong" + whole[905:], b"x" * 5000):
        (folder / name).write_bytes(words)
        assert acts(Reader()) == {"asserts": 1}
        assert (folder / name).read_bytes()[:32] == whole[:32]
    assert len(read) == 5
    settings.SECRET_KEY = "another site's " * 4
    assert acts(Reader()) == {"asserts": 1}
    assert len(read) == 6


@pytest.mark.django_db
def test_one_from_which_the_journal_no_longer_leads_on_is_made_anew(folder, kept_always, monkeypatch):
    claim = a_claim(act="asserts")
    Reader().current()
    read = loads(monkeypatch)
    Claim.objects.filter(pk=claim.pk).update(act="denies")
    ChangedRow.objects.exclude(pk=ChangedRow.objects.latest("seq").pk).delete()
    assert (acts(Reader()), acts(Reader()), len(read)) == ({"denies": 1}, {"denies": 1}, 1)


@pytest.mark.django_db
def test_what_may_yet_be_undone_is_kept_for_nobody(folder):
    a_claim(act="asserts")
    assert acts(Reader()) == {"asserts": 1}
    assert files(folder) == []


@pytest.mark.django_db(transaction=True)
def test_nor_seen_by_others_before_it_is_done(folder):
    claim = a_claim(act="asserts")
    assert acts(Reader()) == {"asserts": 1}
    with transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(act="denies")
        assert acts(Reader()) == {"denies": 1}
        transaction.set_rollback(True)
    assert acts(Reader()) == {"asserts": 1}
    assert len(files(folder)) == 1


@pytest.mark.django_db
def test_without_a_folder_that_can_be_written_each_process_reads_for_itself(settings, tmp_path, kept_always, caplog):
    caplog.set_level("WARNING")
    (tmp_path / "file").write_text("no folder")
    a_claim(act="asserts")
    for place in ("", str(tmp_path / "file" / "model")):
        settings.READ_MODEL_DIR = place
        assert acts(Reader()) == {"asserts": 1}
    assert "cannot be kept for other processes" in caplog.text


@pytest.mark.django_db
def test_where_another_process_reads_everything_it_is_waited_for_but_not_for_ever(folder, kept_always, monkeypatch):
    a_claim(act="asserts")
    Reader().current()
    monkeypatch.setattr(shared, "PATIENCE", 0.1)
    monkeypatch.setattr(shared, "PAUSE", 0.01)
    for file in files(folder):
        (folder / file).unlink()
    with next(folder.glob("*.lock")).open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert acts(Reader()) == {"asserts": 1}


@pytest.mark.django_db
def test_files_of_other_releases_and_halves_are_cleared_away(folder, kept_always, monkeypatch):
    a_claim(act="asserts")
    Reader().current()
    [name] = files(folder)
    Path(folder, f"{name}.half").write_bytes(b"left by a process that was killed")
    monkeypatch.setattr(shared, "program", lambda: "newer")
    Reader().current()
    assert files(folder) == [f"{name.partition('-')[0]}-newer-columns.model"]


@pytest.mark.django_db
@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    described=st.lists(claims(), min_size=1, max_size=4),
    steps=st.lists(st.tuples(st.integers(0, 5), st.sampled_from(STATES), st.integers(0, 3)), min_size=1, max_size=3),
)
def test_two_processes_that_come_and_go_answer_as_the_database_does(folder, kept_always, monkeypatch, described, steps):
    """Each step changes a claim; one process sees all steps, and after each a new one begins from the file."""
    with transaction.atomic():
        Archive(described)
        old = Reader()
        for number, state, speaker in [(0, "published", 0), *steps]:
            claim = list(Claim.objects.order_by("pk"))[number % len(described)]
            set_state([claim.pk], state)
            Claim.objects.filter(pk=claim.pk).update(speaker=Actor.objects.get(slug=f"a{speaker}"))
            for reader in (old, Reader()):
                monkeypatch.setattr(freshness, "_reader", reader)
                compare("not_act=denies&q=peace&q=aid")
        transaction.set_rollback(True)
