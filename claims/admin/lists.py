"""How the desk's lists are narrowed: by queue, by words typed, by what is held; and what they say beside each row."""

from typing import Any

from django import forms
from django.contrib.admin import SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from actors.models import Actor
from claims.editorial import EDITORIAL, QUEUES
from claims.models import Citation, Comment, Presence, Source
from conflict_site.base.desk import LONGEST_SEARCH

type Rows = QuerySet[Any]


class BesideList(ChangeList):
    """A list whose rows know who is at them, and how many comments they have: two queries, however many rows."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        rows: list[Any] = list(self.result_list)
        self.result_list = rows
        keys = [row.pk for row in rows]
        said = Comment.objects.about_rows(self.model, keys).order_by().values_list("object_id")
        numbers = dict(said.annotate(number=Count("pk"))) if request.user.has_perm("claims.view_comment") else {}
        present: dict[int, list[Presence]] = {}
        for one in Presence.objects.about_rows(self.model, keys).alive().exclude(by=request.user):
            present.setdefault(one.object_id, []).append(one)
        for row in rows:
            row.at_it, row.comments_made = present.get(row.pk, []), numbers.get(row.pk, 0)


class QueueFilter(SimpleListFilter):
    """The queues of a list that its reader can do something about, and all that is the reader's own."""

    title = "queue"
    parameter_name = "queue"

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: Any) -> None:
        self.user, self.model = request.user, model
        super().__init__(request, params, model, model_admin)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        own = [("own", "Entered by me")] if self.model in EDITORIAL else []
        mine = [one for one in QUEUES.values() if self.model in one.models and one.is_for(request.user, self.model)]
        return [*own, *((queue.name, queue.title.capitalize()) for queue in mine)]

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        """The rows of a queue. Raises IncorrectLookupParameters where the list has no such queue for its reader."""
        name = self.value()
        if name is None:
            return queryset
        if name not in dict(self.lookup_choices):
            raise IncorrectLookupParameters
        return queryset.filter(created_by=self.user) if name == "own" else QUEUES[name].pick(queryset, self.user)


class WordsForm(forms.Form):
    """Words by which rows are found."""

    words = forms.CharField(max_length=LONGEST_SEARCH)


class WordsFilter(SimpleListFilter):
    """A filter into which words are typed, where there would be a link for each of thousands of rows."""

    template = "admin/words_filter.html"
    suggest: tuple[str, str] = ("", "")  # the model and its field whose choices are offered while one types

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("", "")]

    def choices(self, changelist: Any) -> Any:
        """What the form keeps of the address."""
        others = changelist.get_filters_params().items()
        kept = [(name, value) for name, values in others if name != self.parameter_name for value in values]
        yield {"kept": [*kept, *([("q", changelist.query)] if changelist.query else [])]}

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        """The rows that the words find. Raises IncorrectLookupParameters for what no words can be."""
        if not (self.value() or "").strip():
            return queryset
        form = WordsForm({"words": self.value()})
        if not form.is_valid():
            raise IncorrectLookupParameters
        return queryset.filter(self.found(form.cleaned_data["words"]))

    def found(self, words: str) -> Q:
        """The condition that the words stand for."""
        raise NotImplementedError


class SpeakerFilter(WordsFilter):
    """Claims by their speaker."""

    title, parameter_name, suggest = "speaker", "by", ("claim", "speaker")

    def found(self, words: str) -> Q:
        return Q(speaker__in=Actor.objects.named(words)) | Q(speaker__slug=words)


class SourceFilter(WordsFilter):
    """Claims by the document that carries them."""

    title, parameter_name, suggest = "source", "in", ("citation", "source")

    def found(self, words: str) -> Q:
        sources = Source.objects.filter(Q(title__icontains=words) | Q(slug=words))
        return Q(pk__in=Citation.objects.filter(source__in=sources).values("claim"))


class PublisherFilter(WordsFilter):
    """Sources by their publisher."""

    title, parameter_name, suggest = "publisher", "from", ("source", "publisher")

    def found(self, words: str) -> Q:
        return Q(publisher__in=Actor.objects.named(words)) | Q(publisher__slug=words)


class HeldFilter(SimpleListFilter):
    """Whether the text is held: of a source, or of all sources of a claim."""

    title = "text held"
    parameter_name = "held"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Yes"), ("no", "No")]

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        if self.value() not in ("yes", "no"):
            return queryset
        lacking = _without_text(queryset.model)
        return queryset.filter(lacking if self.value() == "no" else ~lacking)


def _without_text(model: Any) -> Exists | Q:
    """The condition that no text is held: of a source, or of one on which a claim rests."""
    if model is Source:
        return Q(snapshots=None)
    unheld = Citation.objects.filter(source__snapshots=None)
    return Exists(unheld.filter(claim=OuterRef("pk")))
