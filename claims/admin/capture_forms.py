"""What a curator fills in to keep a text: where its words come from, and the source that they belong to."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims import helps
from claims.admin.doubts import DoubtingForm
from claims.admin.drafts import Draft, Examined, complete, fetched, of_file, of_paste
from claims.capture import FetchError, OnFile, Proposal, RefusedText
from claims.models import Doubt, Source, ids
from conflict_site.base.forms import FuzzyForm, Text

MOST_BYTES = 20_000_000  # of a file
TITLE, SELECTION = 400, 1_000  # characters that are carried along
KINDS_OF_FILES = ".html,.htm,.xhtml,.pdf,.txt,.text,.md,.docx"


class Carried(forms.CharField):
    """What the page carries along unseen. Too much of it is cut, and nothing in it is wrong."""

    widget = forms.HiddenInput

    def __init__(self, most: int) -> None:
        super().__init__(required=False)
        self.most, self.validators = most, []

    def to_python(self, value: Any) -> str:
        return " ".join(str(value or "").replace("\0", " ").split())[: self.most]


class CapturedText(Text):
    """A text as it was copied. What is wrong with it is said with its place, so NUL is not refused before."""

    def __init__(self, **given: Any) -> None:
        super().__init__(strip=False, required=False, **given)
        self.validators = []


class ReadForm(forms.Form):
    """Where the words come from: a file, a text, or an address. With a file or a text, the address is only noted."""

    file = forms.FileField(
        required=False,
        label="File",
        help_text="A web page, PDF, Word document (.docx), plain text or Markdown, up to 20 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": KINDS_OF_FILES, "data-most": MOST_BYTES}),
    )
    text = CapturedText(
        label="Or a text",
        help_text="Pasted from a page it keeps its words without the page’s tags; the source of a page, too.",
        widget=AdminTextareaWidget(attrs={"rows": 6}),
    )
    html = CapturedText(widget=forms.Textarea(attrs={"hidden": True}))
    address = forms.URLField(
        required=False,
        label="Address",
        max_length=500,
        assume_scheme="https",
        help_text="Where it stands on the web. Fetched from there if you give neither a file nor a text.",
        widget=forms.URLInput(attrs={"class": "vURLField"}),
    )
    page_title = Carried(TITLE)
    selection = Carried(SELECTION)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        given = [bool(cleaned.get("file")), bool((cleaned.get("text") or "").strip()), bool(cleaned.get("address"))]
        if all(given[:2]):
            self.add_error("text", "You gave a file, too: leave this empty, or choose no file.")
        elif not any(given) and not self.errors:
            self.add_error(None, "Give a file, a text or an address.")
        return cleaned

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise ValidationError(f"It has {file.size / 1_000_000:,.1f} MB; this page takes up to 20 MB.")
        return file

    @property
    def is_fetch(self) -> bool:
        """Whether the words are to be fetched; asked of a valid form."""
        return not (self.cleaned_data["file"] or self.cleaned_data["text"].strip())

    def read(self) -> Draft | None:
        """The words, of a valid form; None, with the reason beside the field, where they cannot be read."""
        given = self.cleaned_data
        field = "file" if given["file"] else "address" if self.is_fetch else "text"
        try:
            return complete(self._draft(), given["page_title"], given["selection"])
        except FetchError as error:
            self.add_error(field, f"It cannot be fetched: {error}. Save the page as a file, or copy its text.")
        except RefusedText as error:
            self.add_error(field, str(error))
        return None

    def _draft(self) -> Draft:
        given = self.cleaned_data
        if given["file"]:
            return of_file(given["file"].name, given["file"].read(), given["address"])
        if self.is_fetch:
            return fetched(given["address"])
        return of_paste(given["text"], given["html"], given["address"])


class Questions(forms.Form):
    """What has to be answered before a text is kept, each only where there is reason to ask."""

    examined: Examined | None = None

    def ask(self, examined: Examined) -> None:
        """Add a box to tick for each thing that a curator has to decide."""
        self.examined = examined
        if examined.stray:
            self._box("take_out", "Take these signs out; the rest is kept as it is", _list(examined.stray))
        if examined.doubts:
            self._box("anyway", "Keep it: I have seen that the document itself reads so", _list(examined.doubts))
        if examined.losing:
            self._box(
                "losing",
                "Keep it although these passages are not in it",
                _list(f"“{one.exact}” ({one.claim})" for one in examined.losing),
            )

    def _box(self, name: str, label: str, why: Any) -> None:
        told = {"required": "Tick this, or read another text."}
        self.fields[name] = forms.BooleanField(label=label, help_text=why, error_messages=told)

    @property
    def boxes(self) -> list[str]:
        """The names of the boxes that are there to tick."""
        return [name for name in ("take_out", "anyway", "losing") if name in self.fields]


class CaptureForm(Questions):
    """A new capture of a source that is on file."""


class NewSourceForm(Questions, DoubtingForm, FuzzyForm):
    """A new source with its text. Left empty, the id is made from publisher, date and title."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["slug"].help_text = "Left empty: made from publisher, date and title."

    def hint(self, proposed: dict[str, Proposal]) -> None:
        """Say beside each field what was proposed for it, and whence."""
        for name, proposal in proposed.items():
            field = self.fields[name]
            said = "Choose one: {}." if proposal.value is None else "Proposed, {}: look it over."
            field.help_text = format_html(
                '<span class="proposed">{}</span> {}', said.format(proposal.why), field.help_text
            )

    def suppose(self, proposed: dict[str, Proposal]) -> None:
        """Doubt the source as it is proposed, before anything is sent."""
        columns = {"title": "title", "url": "url", "published_edtf": "published_edtf", "publisher": "publisher_id"}
        self.instance = Source(**{column: proposed[name].value for name, column in columns.items() if name in proposed})
        self.doubted = self._doubts()

    def doubts(self) -> list[Doubt]:
        return [] if self.errors else self._doubts()

    def _doubts(self) -> list[Doubt]:
        """What is doubtful in the source, and other sources that may be this document by its text."""
        found = helps.of_source(self.instance)
        told = {doubt.record for doubt in found}
        same = self.examined.same if self.examined else []
        return [*found, *(_doubt(one) for one in same if one.source not in told)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("slug") and cleaned.get("publisher") and cleaned.get("title"):
            wanted = ids.for_source(cleaned["publisher"], cleaned.get("published_edtf", ""), cleaned["title"])
            cleaned["slug"] = self.instance.slug = ids.free(Source, wanted)
        return cleaned


def _doubt(one: OnFile) -> Doubt:
    words = f"“{one.source.title}” {one.why}."
    return Doubt("", "duplicate", words, about=f"source {one.source.pk}", record=one.source)


def _list(lines: Iterable[str]) -> SafeString:
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ([line] for line in lines)))
