"""A position goes with the last public claim that shows it, on every way by which a claim stops being public."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from claims.dossier import load_package, read_package
from claims.editorial import takedown
from claims.models import Change, Claim, Position, PositionEvidence, State
from tests.claims.dossier.packages import SMALL, a_package
from tests.factories import a_claim, a_draft, a_position, a_source, a_stance, a_user, an_actor

pytestmark = pytest.mark.django_db


def log(position):
    return list(Change.objects.about(position).values_list("kind", "public_note"))


def state(position):
    position.refresh_from_db()
    return position.state


def test_the_last_claim_that_shows_it_takes_a_position_with_it():
    claim, curator = a_claim(slug="ada-2024"), a_user()
    position = a_position(shown_by=[claim])
    assert claim.withdraw(curator, note="Not said.") == [position]
    assert state(position) == State.WITHDRAWN
    assert log(position) == [("withdrawal", "The last published claim that showed it, ada-2024, was withdrawn.")]
    assert Change.objects.about(position).get().by == curator


def test_a_position_stays_while_another_public_claim_shows_it():
    first, second = a_claim(), a_claim()
    position = a_position(shown_by=[first, second])
    assert first.withdraw(note="Not said.") == []
    assert state(position) == State.PUBLISHED
    assert second.withdraw(note="Not said either.") == [position]
    assert state(position) == State.WITHDRAWN


@pytest.mark.parametrize("role", ["qualifies", "contradicts"])
def test_a_claim_that_only_qualifies_or_contradicts_holds_no_position(role):
    claim, other = a_claim(), a_claim()
    position = a_position(shown_by=[claim])
    PositionEvidence.objects.create(position=position, claim=other, role=role)
    assert other.withdraw(note="Not said.") == []
    assert state(position) == State.PUBLISHED
    claim.withdraw(note="Not said.")
    assert state(position) == State.WITHDRAWN


def test_a_draft_that_shows_it_does_not_hold_a_position():
    claim = a_claim()
    position = a_position(shown_by=[claim, a_draft()])
    claim.withdraw(note="Not said.")
    assert state(position) == State.WITHDRAWN


def test_all_positions_that_it_alone_shows_go_and_drafts_stay_as_they_are():
    claim = a_claim()
    first, second = a_position(shown_by=[claim]), a_position(shown_by=[claim])
    draft = a_position(shown_by=[claim], state="draft")
    assert claim.withdraw(note="Not said.") == [first, second]
    assert state(draft) == State.DRAFT


def test_a_withdrawal_that_is_refused_takes_no_position_with_it():
    claim = a_claim()
    position = a_position(shown_by=[claim])
    with pytest.raises(ValidationError):
        claim.withdraw(note=" ")
    assert state(position) == State.PUBLISHED
    assert log(position) == []


def test_a_claim_that_shows_a_position_cannot_be_deleted():
    claim = a_claim()
    position = a_position(shown_by=[claim])
    with pytest.raises(ProtectedError):
        claim.delete()
    assert state(position) == State.PUBLISHED


@pytest.mark.parametrize("change", ["delete", "qualifies", "contradicts"])
def test_without_its_evidence_a_position_is_withdrawn(change):
    position = a_position(shown_by=[a_claim()])
    assert not position.withdraw_unless_shown(note="Nothing shows it.")
    if change == "delete":
        position.evidence.all().delete()
    else:
        position.evidence.update(role=change)
    assert position.withdraw_unless_shown(note="Nothing shows it.")
    assert (position.state, log(position)) == (State.WITHDRAWN, [("withdrawal", "Nothing shows it.")])
    assert not position.withdraw_unless_shown(note="Nothing shows it.")


def test_a_source_taken_down_hides_passages_and_leaves_claims_and_positions_public():
    source = a_source()
    claim = a_claim(source=source)
    position = a_position(shown_by=[claim])
    takedown.take_down(source, reason="Asked for by its publisher.")
    claim.refresh_from_db()
    assert (claim.state, state(position)) == (State.PUBLISHED, State.PUBLISHED)


# A load of a data package


def cells(table, column, values):
    """A table of the small package with one more column."""
    head, *rows = SMALL[table].splitlines()
    return {
        table: "\n".join([f"{head},{column}", *(f"{row},{value}" for row, value in zip(rows, values, strict=True))])
        + "\n"
    }


def put(folder, *changes):
    tables = {name: text for change in changes for name, text in change.items()}
    return load_package(read_package(a_package(folder, tables)))


def test_a_load_that_withdraws_the_last_claim_withdraws_the_position_and_says_so(tmp_path):
    put(tmp_path / "first")
    result = put(tmp_path / "second", cells("claims", "state", ["withdrawn", "published"]))
    position = Position.objects.get(slug="lee-talks")
    assert position.state == State.WITHDRAWN
    assert result.notes == ["positions, lee-talks: withdrawn, since no published claim shows it any more"]
    assert log(position)[0] == ("withdrawal", "The last published claim that showed it, lee-ready, was withdrawn.")


def test_a_load_that_withdraws_both_itself_withdraws_the_position_once(tmp_path):
    put(tmp_path / "first")
    withdrawn = cells("claims", "state", ["withdrawn", "published"]), cells("positions", "state", ["withdrawn"])
    put(tmp_path / "second", *withdrawn)
    position = Position.objects.get(slug="lee-talks")
    assert [kind for kind, _ in log(position)] == ["withdrawal", "publication"]
    assert put(tmp_path / "third", *withdrawn).notes == []


def test_a_load_takes_an_editor_s_position_with_the_claim_too(tmp_path):
    put(tmp_path / "first")
    position = a_position(an_actor(), a_stance(), shown_by=[Claim.objects.get(slug="lee-ready")])
    put(tmp_path / "second", cells("claims", "state", ["withdrawn", "published"]))
    assert state(position) == State.WITHDRAWN


def test_a_load_publishes_before_it_withdraws(tmp_path):
    shown = {"evidence": SMALL["evidence"].replace("qualifies", "shows")}
    put(tmp_path / "first", shown, cells("claims", "state", ["published", "draft"]))
    result = put(tmp_path / "second", shown, cells("claims", "state", ["withdrawn", "published"]))
    assert result.notes == []
    assert Position.objects.get(slug="lee-talks").state == State.PUBLISHED
