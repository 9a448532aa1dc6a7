"""The templates that Jinja2 draws: each escapes what it is given, and none draws without a value that it needs."""

from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.template import Context, Template
from jinja2 import UndefinedError
from markupsafe import escape

from claims.charts import density, marks, swimlanes, zoom
from claims.charts.histogram import Column, Flag, Histogram
from claims.charts.matrix import ActorHead, Cell, MatrixRow, Statement
from claims.evidence.reading import Note, Paragraph, Run
from claims.filtering.facets import Facet, FacetValue
from claims.filtering.highlight import highlighted, terms
from claims.positions import story
from claims.positions.exchanges import Relation, Said
from claims.positions.relations import Related
from claims.positions.stances import Chart, Heading, Swimlane
from claims.positions.turns import ChangeOfStance, Turn
from claims.timeline.lanes import Lane
from claims.wording import ClaimLine, Link, Voice
from claims.wording.attribution import Part, around_speaker
from conflict_site.base.edtf import parse
from conflict_site.templatetags.jinja import jinja

HOSTILE = """<script>alert('"')</script>{{ 7*7 }}{% raw %}&amp;"""
DAY = date(2024, 5, 1)


def hostile(kind, **given):
    """One of the kind, with the hostile text in every field that holds a text."""
    return kind(**{field.name: HOSTILE for field in fields(kind) if field.type is str} | given)


PRINTED = (
    *("slug", "url", "speaker_url", "sentence", "when", "when_short", "earliest", "latest", "act", "form"),
    *("form_label", "source_label", "source_url", "locator", "quote", "quote_lang"),
)


def a_line(**given):
    """What templates print of a claim, with the hostile text in every text."""
    return SimpleNamespace(**dict.fromkeys(PRINTED, HOSTILE) | {"around_speaker": around_speaker(PARTS)} | given)


PARTS = [Part(HOSTILE, is_voice=True), Part(HOSTILE), Part(HOSTILE, is_voice=True, is_speaker=True), Part(HOSTILE)]
LINK = Link(HOSTILE, HOSTILE)
STEPS = [SimpleNamespace(actor=SimpleNamespace(sentence_name=HOSTILE))]
ENTRY = a_line(parts=PARTS, is_day=True, unnamed=True, issues=[LINK], more_sources=2, steps=STEPS, document=HOSTILE)
RANGE = a_line(parts=PARTS, is_day=False, unnamed=False, issues=[], more_sources=0, steps=[], document="")
NOTE = hostile(Note, entry=ENTRY, number=1)
EVIDENCE = SimpleNamespace(
    order=1, label=HOSTILE, role_label=HOSTILE, url=HOSTILE, entry=ENTRY, first=DAY, last=DAY, position=HOSTILE
)
CHANGE = ChangeOfStance(
    *[
        SimpleNamespace(
            **vars(EVIDENCE),
            actor=SimpleNamespace(slug="a", name=HOSTILE),
            issue=SimpleNamespace(slug="i", title=HOSTILE),
        )
    ]
    * 2,
    [HOSTILE, HOSTILE],
)
FOLD = story.Fold([story.Statement(1, DAY, DAY, loaded=ENTRY, under=SimpleNamespace(name=HOSTILE))])
TURN = Turn(2, EVIDENCE, [], ChangeOfStance(EVIDENCE, EVIDENCE, [HOSTILE, HOSTILE]))
PERIOD = zoom.Period(DAY, DAY)
LABELS = [(hostile(zoom.Label, x=1.0, start=0.0, width=2.0, period=PERIOD), HOSTILE)]


def columns():
    column = hostile(
        Column, first=DAY, last=DAY, exact=1, ranged=1, is_on=True, left=0.0, width=9.0, exact_height=9, ranged_height=9
    )
    return Histogram("year", [column], is_whole=True)


def positions():
    statement = hostile(marks.Statement, order=1, first=DAY, last=DAY, shows=False)
    lane = swimlanes.Lane(
        height=58,
        y=25,
        bars=[swimlanes.Bar(2, HOSTILE, 0.0, 9.0, 25, certain=(1.0, 8.0), label_x=3.0)],
        marks=[marks.Mark(1.5, 46, statement), marks.Mark(9.5, 46, statement, others=(statement,))],
        whiskers=[(1.0, 2.0, 46)],
        silences=[(9.0, 90.0)],
        gap=50.0,
        notches=[(4.0, 25, HOSTILE)],
        uncoded=[marks.Mark(1.5, 74, statement), marks.Mark(9.5, 74, statement, others=(statement,))],
    )
    heading = hostile(Heading, key=(1,))
    return Chart(
        swimlanes.axis(DAY, DAY),
        [
            Swimlane(heading, lane, [(1, HOSTILE)], EVIDENCE, [EVIDENCE]),
            Swimlane(heading, swimlanes.lane([], swimlanes.axis(DAY, DAY)), [], None, []),
        ],
    )


def drawn():
    item = hostile(density.Item, first=DAY, last=DAY)
    bar = hostile(density.Bar, x=0.0, width=9.0, y=1, height=9, period=PERIOD, count=1, possible=1)
    drawings = [
        hostile(density.Drawing, height=36, marks=[density.Mark(1.0, 2.0, 12, item)], bars=[bar], bands=[(0.0, 1.0)])
    ]
    return hostile(Lane, count=1, parts=[bar], drawings=drawings)


def a_matrix():
    stated = hostile(Statement, day=date(2022, 5, 1), said="2022-05-01", order=2)
    cells = [
        hostile(Cell, latest=latest, others=others, as_of=DAY) for latest, others in ((stated, 2), (None, 1), (None, 0))
    ]
    return [(HOSTILE, [MatrixRow(hostile(ActorHead, is_person=True), cells)])]


EVENT = SimpleNamespace(
    title=HOSTILE, place=HOSTILE, date=SimpleNamespace(words=lambda: HOSTILE), get_absolute_url=lambda: HOSTILE
)
ROWS = [FacetValue(HOSTILE, HOSTILE, 3, chosen=True), FacetValue(HOSTILE, HOSTILE, 2, excluded=True)]
TEXT = [
    Paragraph(0, [Run(HOSTILE)], []),
    Paragraph(1, [Run(HOSTILE)], []),
    Paragraph(0, [Run("", gap=3), Run(HOSTILE, covers=[NOTE, NOTE], opens=[NOTE]), Run(HOSTILE)], [NOTE]),
]
ON_FILE = hostile(Note, entry=SimpleNamespace(state=HOSTILE, state_label=HOSTILE), number=1)
BLOCKS = [
    SimpleNamespace(paragraph=Paragraph(level, [Run(HOSTILE, [ON_FILE], [ON_FILE]), Run(HOSTILE)], []), sentences=[0])
    for level in (0, 1)
]
VALUES = {
    "desk_text.html": {"blocks": BLOCKS, "lang": HOSTILE},
    "diff.html": {"segments": [SimpleNamespace(op=op, text=HOSTILE) for op in ("delete", "insert", "equal")]},
    "passage.html": {"passage": SimpleNamespace(before=HOSTILE, exact=HOSTILE, after=HOSTILE, is_lost=False)},
    "entries.html": {"entries": [ENTRY, RANGE]},
    "events.html": {
        "numbered": True,
        "events": [SimpleNamespace(event=EVENT, number=1, count=2, claims_url=HOSTILE, is_expected=True)],
    },
    "evidence.html": {"rows": [(HOSTILE, EVIDENCE)]},
    "exchange.html": {
        "statements": [
            Said(1, ENTRY, []),
            Said(2, RANGE, [hostile(Relation, to=1, is_in_order=False)]),
        ],
        "exchange": 1,
    },
    "facets.html": {"facets": [hostile(Facet, rows=ROWS, more=ROWS)]},
    "form.html": {"form": HOSTILE, "label": HOSTILE},
    "histogram.html": {"histogram": columns(), "flags": [hostile(Flag, middle=1.5, titles=[HOSTILE, HOSTILE])]},
    "lanes.html": {"chart": positions(), "keyed": True, "asked": HOSTILE, "paged": HOSTILE, "place": HOSTILE},
    "matrix.html": {"groups": a_matrix(), "columns": [SimpleNamespace(title=HOSTILE)] * 3, "asked": HOSTILE},
    "newest_changes.html": {"changes": [CHANGE], "asked": HOSTILE},
    "note.html": {"note": NOTE, "many": False},
    "say.html": {"e": ENTRY},
    "sentence.html": {"parts": PARTS},
    "short.html": {"e": ENTRY, "note": HOSTILE},
    "stance.html": {"order": 1, "label": HOSTILE},
    "story.html": {
        "chapters": [
            story.Chapter(None, then=[FOLD, story.Gap(DAY, DAY)]),
            story.Chapter(TURN, [EVIDENCE], [(HOSTILE, [hostile(Related, entry=RANGE)])]),
        ],
        "told": True,
    },
    "text.html": {"paragraphs": TEXT, "lang": HOSTILE, "many": False},
    "turns.html": {"turns": [TURN]},
    "timeline.html": {"labels": LABELS, "event_lane": drawn(), "lanes": [drawn()]},
    "timeline_table.html": {"claims": None, "lanes": [drawn()], "by": "actor"},
}
IN_OTHER_WAYS = {
    "lanes.html": {"keyed": False},
    "timeline_table.html": {"claims": [SimpleNamespace(entry=ENTRY, lanes=[LINK, LINK])]},
}


def test_every_template_is_tried_here():
    found = Path(settings.BASE_DIR, "templates", "jinja2").iterdir()
    assert set(VALUES) == {path.name for path in found if path.is_file()}


@pytest.mark.parametrize("name", VALUES)
def test_hostile_text_stands_nowhere_but_escaped(name):
    html = jinja(name, **VALUES[name])
    assert html.count("7*7") == html.count(str(escape(HOSTILE))) > 0


@pytest.mark.parametrize("name", IN_OTHER_WAYS)
def test_it_is_escaped_in_the_other_way_to_draw_a_thing_too(name):
    html = jinja(name, **VALUES[name] | IN_OTHER_WAYS[name])
    assert html.count("7*7") == html.count(str(escape(HOSTILE))) > 0


@pytest.mark.parametrize(("name", "missing"), [(name, value) for name in VALUES for value in VALUES[name]])
def test_a_missing_value_is_an_error(name, missing):
    with pytest.raises(UndefinedError, match=f"'{missing}' is undefined"):
        jinja(name, **{value: given for value, given in VALUES[name].items() if value != missing})


def test_a_value_without_what_a_template_prints_of_it_is_an_error():
    with pytest.raises(UndefinedError, match="has no attribute 'value'"):
        jinja("facets.html", facets=[hostile(Facet, rows=[LINK], more=[])])


def test_words_that_are_marked_already_stay_marked():
    voice = Voice(1, "ada", "Ada", "", "Ada", "person")
    moment = datetime(2024, 1, 1, tzinfo=UTC)
    day = parse("2024-01-01")
    line = ClaimLine(1, "one", voice, "", "", "asserts", "verbatim", "x", day, "", moment, moment, (), (), ())
    entry = highlighted(line.marked([Part("Ada", True, True), Part("Talks & peace")], "peace <now>"), terms(["peace"]))
    html = jinja("entries.html", entries=[entry])
    assert 'Talks &amp; <mark class="hit-word">peace</mark></a>' in html
    assert '><mark class="hit-word">peace</mark> &lt;now&gt;</blockquote>' in html


def test_the_tag_draws_a_template_with_nothing_but_the_values_it_is_given():
    template = Template('{% load jinja %}<p>{% jinja "stance.html" order=stance.order label=stance.label|upper %}</p>')
    html = template.render(Context({"stance": {"order": 3, "label": "Yes & no"}, "order": 9, "label": "Not asked for"}))
    assert html == (
        '<p><span class="stance"><svg width="14" height="14" aria-hidden="true"><use href="#t-3"/></svg>'
        "YES &amp; NO</span></p>"
    )


def test_a_stance_that_is_not_there_is_named_as_such():
    assert jinja("stance.html", order="", label="") == (
        '<span class="stance stance-none"><svg width="14" height="14" aria-hidden="true"><use href="#t-none"/></svg>'
        "Nothing on file</span>"
    )


def test_numbers_stand_as_plain_digits():
    label = zoom.Label(x=0.05, start=100.0, width=1234567.125, text="", period=PERIOD)
    html = jinja("timeline.html", labels=[(label, "")], event_lane=None, lanes=[])
    assert 'x1="100.0%" x2="100.0%"' in html
    assert 'x="0.05%"' in html


def test_the_digits_of_large_numbers_stand_in_groups():
    facet = Facet("issue", "Issue", [FacetValue("talks", "Talks", 1_234_567)], [])
    assert '<span class="num quiet">1,234,567</span>' in jinja("facets.html", facets=[facet])
