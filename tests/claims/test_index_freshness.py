"""The read model in several processes: each sees what the others write at its next request, and loses nothing."""

from importlib import import_module
from threading import Event, Thread

import pytest
from django.db import connection, connections, transaction

from claims.models import ChangedRow, Claim
from claims.readmodel import freshness, rows, snapshot
from claims.readmodel.freshness import Reader
from claims.readmodel.met import Met
from claims.readmodel.selection import Found, Having, Selection
from tests.claims.invented import anew
from tests.factories import a_claim, a_draft, an_actor
from tests.guards import unguarded

migration = import_module("claims.migrations.0009_changed_rows")


def acts(reader):
    """The acts that have published claims, as a reader counts them now."""
    found = reader.current()
    counts = found.tally("act")
    return {value: int(counts[code]) for value, code in found.snapshot.terms_of("act").code_of.items() if counts[code]}


@pytest.mark.django_db
def test_every_reader_sees_a_change_at_its_next_request():
    claim = a_claim(act="asserts")
    first, second = Reader(), Reader()
    assert acts(first) == acts(second) == {"asserts": 1}
    Claim.objects.filter(pk=claim.pk).update(act="denies")
    assert acts(first) == acts(second) == {"denies": 1}


@pytest.mark.django_db
def test_a_change_is_applied_to_what_is_in_memory_and_everything_else_stays(django_assert_num_queries):
    claim, _ = a_claim(act="asserts"), a_claim(act="asserts")
    reader = Reader()
    before = reader.current().snapshot
    Claim.objects.filter(pk=claim.pk).update(act="denies")
    with django_assert_num_queries(4):
        after = reader.current().snapshot
    assert [standing.part.size for standing in after.parts] == [2, 1]
    assert after.parts[0].part is before.parts[0].part
    assert (before.disorder, after.disorder) == (0, 2), "one that no longer stands, and one behind"
    with django_assert_num_queries(1):
        assert reader.current().snapshot is after


@pytest.mark.django_db
def test_what_was_written_at_once_while_a_change_was_read_is_there_as_a_whole(monkeypatch):
    first, second = a_claim(act="asserts"), a_claim(act="asserts")
    reader, read = Reader(), rows.only
    assert acts(reader) == {"asserts": 2}

    def read_while_another_writes(cursor, keys):
        monkeypatch.setattr(rows, "only", read)
        Claim.objects.filter(pk__in=[first.pk, second.pk]).update(act="offers")
        return read(cursor, keys)

    monkeypatch.setattr(rows, "only", read_while_another_writes)
    Claim.objects.filter(pk=first.pk).update(act="denies")
    assert acts(reader) == {"offers": 2}, "of the two, one alone had been read"


@pytest.mark.django_db
def test_changes_one_by_one_make_few_parts_and_are_all_there(monkeypatch):
    monkeypatch.setattr(snapshot, "SMALL", 2)
    claims = [a_claim(act="asserts", said_edtf=f"202{number % 4}") for number in range(12)]
    reader = Reader()
    most = 0
    for number, claim in enumerate([*claims, *claims[:3]]):
        Claim.objects.filter(pk=claim.pk).update(act=("denies", "offers")[number > 11])
        counted, most = acts(reader), max(most, len(reader.current().snapshot.parts))
        assert sum(counted.values()) == 12
    assert counted == {"denies": 9, "offers": 3}
    assert most == 3, "the base and two more, the first at least twice as large as the one behind it"
    claims[11].withdraw(note="It was wrong.")
    assert acts(reader) == {"denies": 8, "offers": 3}


@pytest.mark.django_db
def test_what_was_counted_of_some_claims_is_not_counted_anew_after_a_change(monkeypatch):
    gone, moved, _ = a_claim(act="asserts"), a_claim(act="asserts", said_edtf="2023"), a_claim(act="asserts")
    a_claim(act="asks")
    reader = Reader()
    ask(reader.current())
    a_claim(act="offers", speaker=an_actor("New"), said_edtf="2024-05-06")
    gone.withdraw(note="It was wrong.")
    Claim.objects.filter(pk=moved.pk).update(act="denies", said_earliest="2022-02-02", said_latest="2022-02-02")
    counted = counting(monkeypatch)
    after = reader.current()
    answers, [_, later] = ask(after), after.snapshot.parts
    assert set(counted) == {later.part}, "of the rows that were there before nothing is counted again"
    assert answers == ask(Found.of(anew(after.snapshot)))
    assert len(set(counted)) == 3, "those of whom nobody has asked anything are"
    assert acts(reader) == {"asks": 1, "asserts": 1, "denies": 1, "offers": 1}


def ask(found):
    """Everything that is counted of all claims, and of some."""
    some = Selection(found, "said", [Having("act", "asserts"), Having("act", "offers", excluded=True)]).found()
    return [
        *(each.tally(name).tolist() for name in found.parts[0].part.values for each in (found, some)),
        *(each.of_clock(clock).tolist() for clock in found.snapshot.clocks for each in (found, some)),
        *(found.size, some.size),
    ]


def counting(monkeypatch):
    """The parts of which something is counted from here on."""
    counted, tally = [], Met._counted
    monkeypatch.setattr(Met, "_counted", lambda self, name: counted.append(self.part) or tally(self, name))
    return counted


@pytest.mark.django_db
def test_too_many_changes_are_read_in_order_again(monkeypatch):
    monkeypatch.setattr(freshness, "FEW", 2)
    claims = [a_claim(act="asserts") for _ in range(3)]
    reader = Reader()
    assert acts(reader) == {"asserts": 3}
    Claim.objects.filter(pk__in=[claim.pk for claim in claims]).update(act="denies")
    assert acts(reader) == {"denies": 3}
    assert reader.current().snapshot.disorder == 0


@pytest.mark.django_db
def test_what_was_rolled_back_is_forgotten_even_where_its_number_is_given_again():
    first, second = a_claim(act="asserts"), a_claim(act="asserts")
    reader = Reader()
    assert acts(reader) == {"asserts": 2}
    with transaction.atomic():
        Claim.objects.filter(pk=first.pk).update(act="denies")
        assert acts(reader) == {"asserts": 1, "denies": 1}
        transaction.set_rollback(True)
    assert acts(reader) == {"asserts": 2}
    with transaction.atomic():
        Claim.objects.filter(pk=first.pk).update(act="denies")
        assert acts(reader) == {"asserts": 1, "denies": 1}
        transaction.set_rollback(True)
    Claim.objects.filter(pk=second.pk).update(act="offers")
    assert acts(reader) == {"asserts": 1, "offers": 1}


@pytest.mark.django_db
def test_a_restored_backup_is_noticed_by_the_token_of_its_newest_entry():
    claim = a_claim(act="asserts")
    reader = Reader()
    assert acts(reader) == {"asserts": 1}
    with unguarded("claims_claim"):
        Claim.objects.filter(pk=claim.pk).update(act="denies")
    assert acts(reader) == {"asserts": 1}, "the triggers were away, so that nobody could know"
    newest = ChangedRow.objects.latest("seq")
    ChangedRow.objects.filter(seq=newest.seq).update(token=newest.token + 1)
    assert acts(reader) == {"denies": 1}


@pytest.mark.django_db
def test_an_older_backup_is_noticed_as_well():
    claim = a_claim(act="asserts")
    reader = Reader()
    assert acts(reader) == {"asserts": 1}
    with unguarded("claims_claim"):
        Claim.objects.filter(pk=claim.pk).update(act="denies")
    ChangedRow.objects.latest("seq").delete()
    assert acts(reader) == {"denies": 1}


@pytest.mark.django_db
@pytest.mark.parametrize("keep", [0, 1])
def test_a_log_that_was_emptied_makes_no_reader_wrong(keep):
    claim = a_claim(act="asserts")
    reader = Reader()
    assert acts(reader) == {"asserts": 1}
    ChangedRow.objects.all().delete()
    Claim.objects.filter(pk=claim.pk).update(act="denies")
    if not keep:
        ChangedRow.objects.all().delete()
    assert acts(reader) == {"denies": 1}


@pytest.mark.django_db
def test_the_log_keeps_the_newest_entries_and_who_fell_behind_reads_everything():
    claim = a_claim(act="asserts")
    reader = Reader()
    assert acts(reader) == {"asserts": 1}
    Claim.objects.filter(pk=claim.pk).update(act="denies")
    entries = (ChangedRow(kind="claim", key=number, token=number) for number in range(1, migration.KEPT + 1))
    ChangedRow.objects.bulk_create(entries, batch_size=1000)
    assert ChangedRow.objects.count() == migration.KEPT
    assert acts(reader) == {"denies": 1}


@pytest.mark.django_db
def test_a_draft_that_is_written_changes_no_count_but_is_noticed():
    a_claim(act="asserts")
    reader = Reader()
    assert acts(reader) == {"asserts": 1}
    draft = a_draft(act="denies", speaker=an_actor())
    assert acts(reader) == {"asserts": 1}
    Claim.objects.filter(pk=draft.pk).update(
        state="published", published_at=draft.created_at, forced=True, forced_reason="test"
    )
    assert acts(reader) == {"asserts": 1, "denies": 1}


@pytest.mark.django_db
def test_every_watched_table_has_its_triggers():
    """A migration that lets Django remake a table on SQLite drops them: it has to call ``watch`` again."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
            wanted = {name for name, _ in migration.postgresql()}
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            wanted = set(migration.sqlite())
        assert wanted - {name for (name,) in cursor.fetchall()} == set()


if connection.vendor == "postgresql":

    @pytest.mark.django_db(transaction=True)
    def test_of_two_transactions_the_one_that_began_later_cannot_be_seen_first():
        first, second = a_claim(act="asserts"), a_claim(act="asserts")
        reader = Reader()
        assert acts(reader) == {"asserts": 2}
        has_begun, is_done = Event(), Event()

        def write_the_second():
            with transaction.atomic():
                has_begun.set()
                Claim.objects.filter(pk=second.pk).update(act="offers")
            is_done.set()
            connections.close_all()

        thread = Thread(target=write_the_second)
        with transaction.atomic():
            Claim.objects.filter(pk=first.pk).update(act="denies")
            thread.start()
            assert has_begun.wait(10)
            assert not is_done.wait(0.5), "it waits: else its entry could be read, and the earlier one be missed"
        thread.join(10)
        assert is_done.is_set()
        assert acts(reader) == {"denies": 1, "offers": 1}

    @pytest.mark.django_db(transaction=True)
    def test_another_connection_sees_a_transaction_when_it_is_done_and_not_before():
        claim = a_claim(act="asserts")
        reader, seen = Reader(), []
        assert acts(reader) == {"asserts": 1}

        def look():
            seen.append(acts(reader))
            connections.close_all()

        def look_elsewhere():
            thread = Thread(target=look)
            thread.start()
            thread.join(10)

        with transaction.atomic():
            Claim.objects.filter(pk=claim.pk).update(act="denies")
            assert acts(reader) == {"denies": 1}, "who writes sees what is not yet done"
            look_elsewhere()
        look_elsewhere()
        assert seen == [{"asserts": 1}, {"denies": 1}]

    @pytest.mark.django_db(transaction=True)
    def test_many_threads_ask_and_write_at_once_and_the_last_word_is_right():
        claims = [a_claim(act="asserts") for _ in range(6)]
        reader, counted = Reader(), []

        def work(claim):
            for act in ("denies", "offers", "asks"):
                Claim.objects.filter(pk=claim.pk).update(act=act)
                counted.append(sum(acts(reader).values()))
            connections.close_all()

        threads = [Thread(target=work, args=[claim]) for claim in claims]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert counted == [6] * 18
        assert acts(reader) == {"asks": 6}
