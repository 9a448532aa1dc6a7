"""The filter of claims: which it finds, how it reads back, and what it refuses."""

from datetime import UTC, datetime

import pytest
from django import forms
from django.http import QueryDict

from claims.filtering import facets
from claims.filtering.filter import ClaimFilter
from claims.filtering.parameters import Select
from claims.filtering.readback import phrases, words
from claims.models import Claim
from tests import shared
from tests.claims import naive
from tests.factories import (
    a_citation,
    a_claim,
    a_draft,
    a_name,
    a_source,
    a_step,
    an_actor,
    an_event,
    an_issue,
)

pytestmark = pytest.mark.django_db


def asked(query):
    claim_filter = ClaimFilter(QueryDict(query))
    claim_filter.is_valid()
    return claim_filter


def found(query):
    """What the database finds, and the read model, too."""
    claim_filter = asked(query)
    claims = naive.found(claim_filter)
    keys = facets.places(claim_filter, 100).keys if claim_filter.is_valid() else []
    assert sorted(keys) == sorted(claims.values_list("pk", flat=True))
    return sorted(claims.values_list("slug", flat=True))


def errors(query):
    return {name: [str(error) for error in listed] for name, listed in asked(query).errors.items()}


@shared.of_module()
def three():
    """Three claims that differ in everything a reader can ask for."""
    putin = an_actor("Vladimir Putin", slug="putin", kind="person")
    ukraine = an_actor("Ukraine", slug="ukraine", kind="state")
    talks, aid = an_issue("Direct talks", slug="talks"), an_issue("Military aid", slug="aid")
    kremlin, press = an_actor("Kremlin", slug="kremlin", kind="government_body"), an_actor("Press", slug="press")
    call = an_event("A call", slug="call")
    a_claim(
        "talks may begin",
        slug="a",
        speaker=putin,
        issues=[talks],
        act="offers",
        said_edtf="2022-03-15",
        source=a_source(slug="s-a", publisher=kremlin, kind="address"),
        events=[call],
        addressees=[ukraine],
    )
    second = a_claim(
        "tanks are needed",
        slug="b",
        speaker=ukraine,
        issues=[talks, aid],
        act="asks",
        form="paraphrase",
        said_edtf="2023-11",
        source=a_source(slug="s-b", publisher=press, published_edtf="2024-02-01"),
    )
    third = a_claim("talks have ended", slug="c", speaker=ukraine, issues=[aid], said_edtf="2024~", on_behalf_of=putin)
    a_citation(third, a_source(slug="s-c", publisher=kremlin), "слова", language="ru")
    a_step(second, putin, identification="anonymous")
    Claim.objects.filter(slug="c").update(
        created_at=datetime(2020, 5, 1, tzinfo=UTC), published_at=datetime(2020, 6, 1, 12, tzinfo=UTC)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["a", "b", "c"]),
        ("speaker=putin", ["a"]),
        ("speaker=putin&speaker=ukraine", ["a", "b", "c"]),
        ("speaker=ukraine&issue=talks", ["b"]),
        ("issue=talks&issue=aid", ["a", "b", "c"]),
        ("not_issue=talks", ["c"]),
        ("not_issue=talks&not_issue=aid", []),
        ("issue=aid&not_issue=talks", ["c"]),
        ("source=s-a", ["a"]),
        ("publisher=kremlin", ["a", "c"]),
        ("not_publisher=kremlin", ["b"]),
        ("publisher=kremlin&publisher=press", ["a", "b", "c"]),
        ("event=call", ["a"]),
        ("not_event=call", ["b", "c"]),
        ("act=offers&act=asks", ["a", "b"]),
        ("not_act=offers", ["b", "c"]),
        ("form=paraphrase", ["b"]),
        ("kind=state", ["b", "c"]),
        ("not_kind=state", ["a"]),
        ("source_kind=address", ["a"]),
        ("identification=anonymous", ["b"]),
        ("language=ru", ["c"]),
        ("q=talks", ["a", "b", "c"]),
        ("q=talks+begin", ["a"]),
        ("q=begin&q=tanks", ["a", "b"]),
        ("q=talks&not_q=tank", ["a", "c"]),
        ("actor=putin", ["a", "b", "c"]),
        ("actor=putin&role=speaker", ["a"]),
        ("actor=putin&role=on_behalf_of", ["c"]),
        ("actor=putin&role=attribution", ["b"]),
        ("actor=ukraine&role=addressee", ["a"]),
        ("actor=ukraine&role=mentioned", []),
    ],
)
def test_it_finds(three, query, expected):
    assert found(query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("said_from=2022&said_to=2022", ["a"]),
        ("said_from=2022-03-15&said_to=2022-03-15", ["a"]),
        ("said_from=2022-03-16", ["b", "c"]),
        ("said_to=2023-11-22", ["a", "b"]),
        ("said_to=2023-11-22&match=certain", ["a"]),
        ("said_from=2023-11&said_to=2023-11&match=certain", ["b"]),
        ("said_from=2024-06&said_to=2024-06", ["c"]),
        ("said_from=2024-06&said_to=2024-06&match=certain", []),
        ("said_from=2024-02&clock=published", ["b"]),
        ("said_to=2024-01&clock=published&match=certain", ["a", "c"]),
        ("said_to=2020-05-01&clock=recorded", ["c"]),
        ("said_to=2020-04&clock=recorded", []),
        ("as_of=2022", ["a"]),
        ("as_of=2023-11-01", ["a", "b"]),
        ("known_by=2020-06-01", ["c"]),
        ("known_by=2020-05", []),
    ],
)
def test_it_finds_by_date(three, query, expected):
    assert found(query) == expected


def test_a_claim_that_fits_in_two_ways_is_found_once():
    issues = [an_issue(slug="one"), an_issue(slug="two")]
    claim = a_claim(issues=issues, slug="only")
    a_citation(claim, a_source(slug="other"))
    assert naive.found(asked("issue=one&issue=two&source=other")).count() == 1


def test_drafts_are_never_found():
    draft = a_draft("a secret matter", slug="draft", speaker=a_claim(slug="known").speaker)
    assert found(f"speaker={draft.speaker.slug}") == ["known"]
    assert found("q=secret") == []


def test_what_only_drafts_know_is_not_on_file():
    draft = a_draft(events=[an_event(slug="hidden", state="draft", published_at=None)])
    a_claim()
    assert errors(f"speaker={draft.speaker.slug}") == {"speaker": [f"“{draft.speaker.slug}” is not on file."]}
    assert errors("event=hidden") == {"event": ["“hidden” is not on file."]}
    source = draft.citations.get().source
    assert errors(f"source={source.slug}") == {"source": [f"“{source.slug}” is not on file."]}


@pytest.mark.parametrize(
    ("query", "field", "error"),
    [
        ("colour=red", "__all__", "Claims cannot be filtered by “colour”."),
        ("speaker=a&not_speaker=a", "speaker", "“a” cannot be looked for and left out at once."),
        ("said_from=2024&said_to=2023", "said_to", "2023 is before 2024."),
        ("said_from=2023&said_from=2024", "said_from", "Give 1 at most."),
        ("act=shouts", "act", "“shouts” is none of the choices. Choose from asserts, denies, demands, offers,"),
        ("act=assert", "act", "“assert” is none of the choices. Did you mean asserts?"),
        ("sort=up", "sort", "“up” is none of the choices. Choose from newest, oldest, relevance, recorded."),
        ("role=speaker", "role", "This says in which role to look for an actor, but no actor is named."),
        ("actor=a&actor=b", "actor", "Give 1 at most."),
        ("q=%21%21", "q", "“!!” holds no word to look for."),
        ("q=" + "+".join("abcdefghijklm"), "q", "These are 13 words; 12 are the most."),
        ("q=a%00b", "q", "This holds characters that cannot be seen. Type it anew."),
        ("q=%E2%80%AEabc", "q", "This holds characters that cannot be seen. Type it anew."),
        ("q=" + "a" * 60_000, "q", "This is too long; 200 characters are the most."),
        ("&".join(f"issue=i{number}" for number in range(51)), "issue", "Give 50 at most."),
        ("after=2024-01-15", "after", "This is no place in this list. Go on from the first page."),
        ("language=xx", "language", "“xx” is not on file."),
        ("as_of=2023-02-30", "as_of", "'2023-02-30' is not a date: February 2023 has no day 30."),
    ],
)
def test_it_refuses(query, field, error):
    a_claim(speaker=an_actor(slug="a"))
    listed = errors(query)
    assert list(listed) == [field]
    assert listed[field][0].startswith(error)
    assert found(query) == []


@pytest.mark.parametrize(
    "cursor",
    [
        "2024-01-15~0", "2024-01-15~-1", "2024-01-15~9223372036854775808", "20240115~1", "2024-W03-1~1",
        "2024-01-15~01", "2024-01-15~", "~1", "15~1", "2024-01-15~1~2",
    ],
)  # fmt: skip
def test_it_refuses_a_cursor_that_no_page_writes(cursor):
    assert list(errors(f"after={cursor}")) == ["after"]


@pytest.mark.parametrize("query", ["utm_source=x", "fbclid=1&gclid=2", "q=&said_from=&speaker=+", "sort=relevance"])
def test_it_lets_pass_what_means_nothing(query):
    a_claim(slug="one")
    assert found(query) == ["one"]
    assert asked(query).url() == "/claims/"


def test_it_offers_what_is_near_an_unknown_value_by_any_spelling():
    actor = an_actor("Volodymyr Zelenskyy", slug="volodymyr-zelensky")
    a_name(actor, "Володимир Зеленський")
    a_claim(speaker=actor)
    for typed in ("volodymir-zelenski", "Zelensky Volodymyr", "Володимир Зеленский"):
        claim_filter = asked(f"speaker={typed}")
        assert [choice.value for choice in claim_filter.near["speaker"]] == ["volodymyr-zelensky"]


def test_its_address_is_canonical(three):
    query = "sort=newest&match=certain&said_to=2024&speaker=ukraine&q=talks&not_issue=talks&role=any&clock=said"
    assert asked(query).url() == "/claims/?q=talks&not_issue=talks&speaker=ukraine&said_to=2024&match=certain"


def test_its_address_takes_a_value_in_or_out(three):
    claim_filter = asked("speaker=ukraine&said_from=2022&sort=oldest")
    assert claim_filter.url_toggled("speaker", "ukraine") == "/claims/?said_from=2022&sort=oldest"
    assert claim_filter.url_toggled("act", "asks") == "/claims/?speaker=ukraine&said_from=2022&act=asks&sort=oldest"
    assert claim_filter.url_of_period("2023-11") == (
        "/claims/?speaker=ukraine&said_from=2023-11&said_to=2023-11&sort=oldest"
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "claims"),
        ("issue=talks&speaker=putin", "claims about Direct talks by Vladimir Putin"),
        ("issue=talks&issue=aid", "claims about Direct talks or Military aid"),
        ("not_publisher=kremlin", "claims from any publisher but not Kremlin"),
        ("speaker=putin&not_issue=aid", "claims about any issue but not Military aid by Vladimir Putin"),
        ("act=asks&form=paraphrase", "claims where the speaker asks with the wording paraphrase"),
        ("q=peace+talks&not_q=war", "claims with the words “peace talks” but not “war”"),
        ("actor=putin&role=addressee", "claims addressed to Vladimir Putin"),
        ("said_from=2022-03-01&said_to=2024-01-31", "claims said 1 March 2022 to 31 January 2024"),
        ("said_from=2023-11&said_to=2023-11", "claims said November 2023"),
        ("said_from=2023&match=certain", "claims certainly said since 2023"),
        ("said_to=2023&clock=published", "claims published until 2023"),
        ("as_of=2023", "claims as they stood by the end of 2023"),
        ("language=ru", "claims quoted in Russian"),
    ],
)
def test_it_reads_itself_back(three, query, expected):
    assert words(asked(query)) == expected


def test_each_chip_takes_its_condition_away(three):
    claim_filter = asked("speaker=putin&not_speaker=ukraine&said_from=2022&said_to=2023&match=certain")
    chips = [chip for phrase in phrases(claim_filter) for chip in [*phrase.included, *phrase.excluded]]
    assert {chip.label: chip.url for chip in chips} == {
        "Vladimir Putin": "/claims/?not_speaker=ukraine&said_from=2022&said_to=2023&match=certain",
        "Ukraine": "/claims/?speaker=putin&said_from=2022&said_to=2023&match=certain",
        "2022 to 2023": "/claims/?speaker=putin&not_speaker=ukraine",
    }


@pytest.mark.parametrize("chosen", [[], ["b"], ["c", "a"], ["x"], None])
def test_a_list_to_choose_from_is_written_as_the_stock_one_is(chosen):
    choices = [("", "Anybody"), ("a", "Ada & <Bea>"), ("b", "Cem's “office”"), ("c", 'a "quote"')]
    own, stock = Select(choices=choices), forms.Select(choices=choices)
    given = ("speaker", chosen, {"id": "id_speaker", "aria-invalid": True})
    assert own.render(*given) == stock.render(*given)
