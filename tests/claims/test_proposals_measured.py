"""How often proposals are right, on real passages: the bars below which they would mislead."""

import pytest
from django.core.management import call_command

from bench import proposals

BARS = {"speaker": 0.95, "date": 0.98, "form": 0.95}  # of passages in a transcript's turn
TEXTS = 20


@pytest.mark.shared_data
@pytest.mark.run_once
@pytest.mark.django_db
def test_in_a_transcripts_turn_speaker_date_and_form_are_right(shared_data):
    call_command("load_dossier", "data/opening", verbosity=0)
    proposals.capture_texts(shared_data, TEXTS)
    there, hits = proposals.measured(proposals.drawn())
    shares = {field: hits[proposals.TURN, field] / there[proposals.TURN] for field in BARS}
    assert there[proposals.TURN] > TEXTS
    assert [field for field, share in shares.items() if share < BARS[field]] == [], shares


@pytest.mark.django_db
def test_the_table_counts_each_kind_and_all():
    there = proposals.Counter({proposals.TURN: 4, proposals.OWN: 1})
    hits = proposals.Counter({(proposals.TURN, "speaker"): 3, (proposals.OWN, "speaker"): 1})
    rows = list(proposals.table(there, hits))
    assert rows[2].startswith("| a transcript’s turn | 4 | 75 % | 0 % |")
    assert rows[-1].startswith("| all | 5 | 80 % | 0 % |")
