"""What a curator enters at the reading desk: a claim, its passage, and a voice that passes the words on.

The forms are those of the claim's own page, so that the same rules hold; what is proposed comes with how it is known,
and stays a proposal until it is confirmed, changed or saved.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import HttpRequest, QueryDict

from actors.models import Actor
from claims.admin.citation import CitationInline
from claims.admin.claim import StepInline
from claims.evidence import Span, Whereabouts, locating, whereabouts
from claims.models import Claim, Event, Issue, Snapshot, Source
from claims.proposals import Proposal, Reading, propose

PASSAGE, VOICE = "citations-0-", "steps-0-"  # what the names of fields begin with in the page
MAIN = ("speaker", "as_stated", "content", "act", "form", "issues", "said_edtf", "occasion", "on_behalf_of")
MORE = ("addressees", "events", "said_text", "about_edtf", "about_text")
OF_VOICE = ("actor", "as_stated", "cue", "identification")
OF_PASSAGE = ("exact", "prefix", "suffix", "locator", "language")
IN_THE_PAGE = {  # the names of fields that belong to no claim form, by those of proposals
    "via": "steps-0-actor",
    "via_as_stated": "steps-0-as_stated",
    "cue": "steps-0-cue",
    "identification": "steps-0-identification",
}
KEYS = {
    "speaker": "s", "as_stated": "w", "content": "c", "act": "a", "form": "f", "issues": "i", "said_edtf": "d",
    "occasion": "o", "on_behalf_of": "b", "steps-0-actor": "v", "citations-0-exact": "q",
}  # fmt: skip
SEVERAL = ("issues", "addressees", "events")
OF_ACTORS = ("speaker", "on_behalf_of", "steps-0-actor")
LONGEST = 1_000  # code points of a passage


class PlaceForm(forms.Form):
    """A place in the newest text of a source: by its offsets, or by words that are looked for."""

    snapshot = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1)
    start = forms.IntegerField(required=False, min_value=0, max_value=2**31)
    end = forms.IntegerField(required=False, min_value=0, max_value=2**31)
    quote = forms.CharField(required=False, max_length=4 * LONGEST, strip=False)

    def __init__(self, data: Any, held: Snapshot) -> None:
        super().__init__(data)
        self.held = held

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError where the place is none of this text, or too long for a citation."""
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("start"), cleaned.get("end")
        if cleaned.get("snapshot") not in (None, self.held.pk):
            raise forms.ValidationError("A newer text has been captured since you opened the page. Load it again.")
        if start is not None and end is not None and not start < end <= min(len(self.held.text), start + LONGEST):
            raise forms.ValidationError(f"Choose between one and {LONGEST:,} characters of the text.")
        return cleaned

    @property
    def found(self) -> Whereabouts | None:
        """Where the place is; None where none is asked for."""
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        if start is not None and end is not None:
            return Whereabouts(locating.whole_words(self.held.text, Span(start, end)))
        typed = self.cleaned_data.get("quote", "")
        return whereabouts(self.held.text, typed) if typed.strip() else None


@dataclass(frozen=True)
class Field:
    """A field of the page, with what is proposed for it."""

    bound: BoundField
    proposal: Proposal | None = None

    @property
    def name(self) -> str:
        """Its name in the page."""
        return self.bound.html_name

    @property
    def key(self) -> str:
        """The key that leads to it."""
        return KEYS.get(self.name, "")

    @property
    def proposed(self) -> str:
        """The proposed value, by which it is known whether somebody has changed it."""
        return as_sent(self.proposal.value) if self.proposal else ""


@dataclass(frozen=True)
class Entry:
    """The form of one new claim with those of its passage and of who passes it on; and the proposals, by field."""

    form: Any
    citations: Any
    steps: Any
    proposals: Mapping[str, Proposal]

    def is_valid(self) -> bool:
        """Whether all can be saved as it stands; each fault stands beside its field."""
        valid = [part.is_valid() for part in (self.form, *self.parts)]
        return all(valid)

    @property
    def parts(self) -> tuple[Any, Any]:
        """The formsets of what belongs to the claim."""
        return self.citations, self.steps

    @property
    def passage(self) -> Any:
        """The form of the passage."""
        return self.citations.forms[0]

    @property
    def has_voice(self) -> bool:
        """Whether somebody passes the words on."""
        return bool(self.steps.forms[0]["actor"].value())

    @property
    def main(self) -> list[Field]:
        """The fields of every claim."""
        return list(self._fields(self.form, MAIN))

    @property
    def more(self) -> list[Field]:
        """The fields of some claims."""
        return list(self._fields(self.form, MORE))

    @property
    def of_voice(self) -> list[Field]:
        """The fields of who passes the words on."""
        return list(self._fields(self.steps.forms[0], OF_VOICE))

    @property
    def of_passage(self) -> list[Field]:
        """The fields of the passage, its words first."""
        return list(self._fields(self.passage, OF_PASSAGE))

    def _fields(self, form: Any, names: tuple[str, ...]) -> Iterator[Field]:
        for name in names:
            bound = form[name]
            yield Field(bound, self.proposals.get(bound.html_name))


def entry(
    desk: Any, request: HttpRequest, source: Source, *, data: Any = None, values: Any = None, proposals: Any = None
) -> Entry:
    """The forms of a new claim, with what was sent (``data``), or with values by the names of fields in the page."""
    sent = None if data is None else _with_one_row_each(data, source)
    form = desk.get_form(request)(sent, initial=_initial(values, ""))
    kinds: Any = ((CitationInline, PASSAGE), (StepInline, VOICE))
    citations, steps = (
        _part(kind(Claim, desk.admin_site), request, form, sent, _initial(values, lead)) for kind, lead in kinds
    )
    made = Entry(form, citations, steps, proposals or {})
    made.passage.fields["exact"].label = "Passage"
    return made


def _with_one_row_each(data: QueryDict, source: Source) -> QueryDict:
    """What was sent, as the claim's own page would send it with one passage, of this source, and one voice."""
    sent = data.copy()
    sent[f"{PASSAGE}source"] = str(source.pk)
    for kind in ("citations", "steps"):
        sent[f"{kind}-TOTAL_FORMS"], sent[f"{kind}-INITIAL_FORMS"] = "1", "0"
    return sent


def _part(inline: Any, request: HttpRequest, form: Any, sent: Any, initial: dict[str, Any]) -> Any:
    """One empty row of an inline of the claim's own page."""
    rows = inline.get_formset(request, None, extra=1, max_num=1)
    return rows(sent, instance=form.instance, queryset=inline.model.objects.none(), initial=[initial])


def at_place(source: Source, held: Snapshot, span: Span) -> tuple[dict[str, Any], dict[str, Proposal]]:
    """What a place in a text says of itself, and what it proposes: by the names of fields in the page."""
    text, found = held.text, propose(Reading.of(source, held.text, span))
    prefix, suffix = locating.frame(text, span)
    values = {
        "exact": locating.quote(text, span), "prefix": prefix, "suffix": suffix,
        "locator": locating.locator(text, span), "language": found.pop("language").value,
    }  # fmt: skip
    in_page = {IN_THE_PAGE.get(name, name): proposal for name, proposal in found.items()}
    return {f"{PASSAGE}{name}": value for name, value in values.items()}, in_page


def typed(data: QueryDict) -> dict[str, Any]:
    """What somebody has typed, chosen or confirmed in the page, without what still stands as it was proposed."""
    confirmed = data.getlist("confirmed")
    waiting = dict(one.split("=", 1) for one in data.getlist("proposed") if "=" in one)
    sent = {name: data.getlist(name) for name in data if any(data.getlist(name))}
    return {
        name: values if name in SEVERAL else values[-1]
        for name, values in sent.items()
        if name in confirmed or waiting.get(name) != ",".join(values)
    }


def as_sent(value: Any) -> str:
    """A value as a browser sends it; several with commas between them."""
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def labels(proposals: Mapping[str, Proposal]) -> dict[str, list[str]]:
    """How proposed rows are called, by the names of fields in the page. Three queries at most."""
    found: dict[str, list[str]] = {}
    for model, names in ((Actor, OF_ACTORS), (Issue, ("issues",)), (Event, ("events",))):
        wanted = {name: _keys(proposals[name].value) for name in names if name in proposals}
        rows = model._default_manager.in_bulk({key for keys in wanted.values() for key in keys}) if wanted else {}
        found |= {name: [str(rows[key]) for key in keys] for name, keys in wanted.items()}
    return found


def _keys(value: Any) -> list[int]:
    return value if isinstance(value, list) else [value]


def _initial(values: Any, lead: str) -> dict[str, Any]:
    """The values of one form by its own names of fields."""
    return {name.removeprefix(lead): value for name, value in (values or {}).items() if name.startswith(lead)}
