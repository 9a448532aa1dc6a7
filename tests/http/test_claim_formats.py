"""One claim in the formats of reference managers and of web annotations."""

import json
import re
from datetime import UTC, datetime

import pytest
import rispy
from django.utils import timezone

from claims.evidence.anchoring import anchor
from claims.models import Claim, OldSlug, Snapshot
from tests.factories import a_citation, a_claim, a_draft, a_snapshot, a_source, a_step, an_actor
from tests.guards import unguarded

pytestmark = pytest.mark.django_db

ENDINGS = [".bib", ".csl.json", ".ris", ".jsonld"]
HOSTILE = 'a "quote" }{ \\ </script> <b> & % $ # _ ~ ^ end'


def recorded(claim):
    Claim.objects.filter(pk=claim.pk).update(created_at=datetime(2026, 11, 3, 9, tzinfo=UTC))
    return claim


def a_speech():
    return a_source(title="A speech", publisher=an_actor("Gazette", kind="media"))


def get(client, ending, slug="anna"):
    response = client.get(f"/claims/{slug}{ending}")
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    return response


def test_bibtex_cites_the_attribution_with_version_and_dates(client):
    recorded(a_claim("talks may resume", slug="anna", speaker=an_actor("Anna"), source=a_speech()))
    response = get(client, ".bib")
    assert response.headers["Content-Type"] == "application/x-bibtex; charset=utf-8"
    assert response.text == (
        "@misc{anna,\n"
        "  author = {{Attributed}},\n"
        "  title = {{Anna said that talks may resume}},\n"
        "  year = {2026},\n"
        "  date = {2026-11-03},\n"
        "  version = {1},\n"
        "  note = {Claim anna, version 1, recorded 2026-11-03. "
        "Said by Anna, 15 January 2024; source: A speech (Gazette, 15 January 2024)},\n"
        "  url = {http://testserver/claims/anna/},\n"
        f"  urldate = {{{timezone.now().date()}}},\n"
        "}\n"
    )


def test_csl_cites_the_same(client):
    recorded(a_claim("talks may resume", slug="anna", speaker=an_actor("Anna"), source=a_speech()))
    response = get(client, ".csl.json")
    today = timezone.now().date()
    assert response.headers["Content-Type"] == "application/vnd.citationstyles.csl+json; charset=utf-8"
    assert response.json() == [
        {
            "id": "anna",
            "type": "webpage",
            "title": "Anna said that talks may resume",
            "author": [{"literal": "Attributed"}],
            "container-title": "Attributed",
            "number": "anna",
            "version": "1",
            "note": "Said by Anna, 15 January 2024; source: A speech (Gazette, 15 January 2024)",
            "issued": {"date-parts": [[2026, 11, 3]]},
            "accessed": {"date-parts": [[today.year, today.month, today.day]]},
            "URL": "http://testserver/claims/anna/",
        }
    ]


def test_ris_cites_the_same(client):
    recorded(a_claim("talks may resume", slug="anna", speaker=an_actor("Anna"), source=a_speech()))
    response = get(client, ".ris")
    assert response.headers["Content-Type"] == "application/x-research-info-systems; charset=utf-8"
    [entry] = rispy.loads(response.text)
    assert (entry["type_of_reference"], entry["authors"], entry["title"], entry["year"], entry["urls"]) == (
        "ELEC",
        ["Attributed,"],
        "Anna said that talks may resume",
        "2026",
        ["http://testserver/claims/anna/"],
    )


def test_annotations_lead_from_the_words_of_each_document_to_the_sentence(client):
    claim = recorded(a_claim("talks may resume", slug="anna", speaker=an_actor("Anna")))
    claim.citations.all().delete()
    held, unheld = a_source(url="https://example.org/speech"), a_source(url="", slug="paper")
    snapshot = a_snapshot(held, "We are ready to talk.", captured_at=datetime(2026, 11, 1, tzinfo=UTC))
    place = {"snapshot": snapshot, "start": 7, "end": 20, "status": "verified"}
    a_citation(claim, held, "ready to talk", prefix="We are", suffix=".", **place)
    a_citation(claim, unheld, "мы готовы", language="ru")
    response = get(client, ".jsonld")
    profile = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"; charset=utf-8'
    assert response.headers["Content-Type"] == profile
    common = {
        "type": "Annotation",
        "motivation": "describing",
        "created": "2026-11-03T09:00:00Z",
        "body": {
            "type": "TextualBody",
            "value": "Anna said that talks may resume.",
            "format": "text/plain",
            "language": "en",
        },
    }
    url = "http://testserver/claims/anna/"
    verified = {
        "type": "SpecificResource",
        "source": "https://example.org/speech",
        "state": {"type": "TimeState", "sourceDate": "2026-11-01T00:00:00Z"},
        "selector": [
            {"type": "TextQuoteSelector", "exact": "ready to talk", "prefix": "We are", "suffix": "."},
            {"type": "TextPositionSelector", "start": 7, "end": 20},
        ],
    }
    unverified = {
        "type": "SpecificResource",
        "source": "http://testserver/sources/paper/",
        "selector": [{"type": "TextQuoteSelector", "exact": "мы готовы"}],
    }
    assert response.json() == {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"{url}#passages",
        "type": "AnnotationCollection",
        "label": "Anna said that talks may resume.",
        "total": 2,
        "first": {
            "id": f"{url}#passages-1",
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": [
                {"id": f"{url}#passage-1", **common, "target": verified},
                {"id": f"{url}#passage-2", **common, "target": unverified},
            ],
        },
    }
    assert 'id="passage-2"' in client.get("/claims/anna/").text


def test_a_text_that_was_altered_has_no_place_for_its_words(client):
    source = a_source()
    claim = a_claim(slug="anna", source=source, exact="ready to talk")
    snapshot = a_snapshot(source, "We are ready to talk.")
    anchor(claim.citations.all())
    with unguarded():
        Snapshot.objects.filter(pk=snapshot.pk).update(text="We are ready to walk.")
    [item] = get(client, ".jsonld").json()["first"]["items"]
    assert item["target"]["selector"] == [{"type": "TextQuoteSelector", "exact": "ready to talk"}]


def test_an_annotation_of_what_was_taken_down_has_no_words(client):
    claim = a_claim(slug="anna", source=a_source(url="https://example.org/speech"), exact="canary words")
    claim.citations.get().source.take_down(reason="The author asked for it.")
    response = get(client, ".jsonld")
    assert [item["target"] for item in response.json()["first"]["items"]] == ["https://example.org/speech"]
    assert "canary" not in response.text


def test_hostile_signs_come_through_every_format_as_they_are(client):
    source = a_source(title=HOSTILE)
    claim = a_claim(HOSTILE, slug="anna", speaker=an_actor("Anna"), source=source, exact=HOSTILE)
    a_citation(claim, source, "other words", prefix=HOSTILE)
    sentence = f"Anna said that {HOSTILE}."
    annotations = get(client, ".jsonld").json()
    items = annotations["first"]["items"]
    assert get(client, ".csl.json").json()[0]["title"] == sentence.removesuffix(".")
    assert annotations["label"] == sentence
    assert [item["body"]["value"] for item in items] == [sentence, sentence]
    assert items[0]["target"]["selector"][0]["exact"] == items[1]["target"]["selector"][0]["prefix"] == HOSTILE
    page = client.get("/claims/anna/").text
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', page).group(1)
    assert json.loads(script)["name"] == sentence
    assert not re.search("[<>&]", script)
    assert "</script> <b>" not in page


def test_hostile_signs_are_escaped_in_bibtex(client):
    a_claim(HOSTILE, slug="anna", speaker=an_actor("Anna"))
    assert get(client, ".bib").text.splitlines()[2] == (
        r"  title = {{Anna said that a \textquotedbl{}quote\textquotedbl{} \textbraceright{}\textbraceleft{} "
        r"\textbackslash{} \textless{}/script\textgreater{} \textless{}b\textgreater{} \& \% \$ \# \_ "
        r"\textasciitilde{} \textasciicircum{} end}},"
    )


@pytest.mark.parametrize("state", ["draft", "in_review"])
@pytest.mark.parametrize("ending", ENDINGS)
def test_what_is_not_published_is_not_there(client, state, ending):
    claim = a_draft("canary")
    Claim.objects.filter(pk=claim.pk).update(state=state)
    response = client.get(f"/claims/{claim.slug}{ending}")
    assert response.status_code == 404
    assert "canary" not in response.text


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_withdrawn_claim_answers_that_it_is_gone_and_why(client, ending):
    claim = a_claim("canary", speaker=an_actor("Canary Speaker"), slug="gone")
    claim.withdraw(note="The source was retracted.")
    Claim.objects.filter(pk=claim.pk).update(withdrawn_at=datetime(2026, 11, 23, tzinfo=UTC))
    response = client.get(f"/claims/gone{ending}")
    assert response.status_code == 410
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json() == {
        "type": "about:blank",
        "title": "Gone",
        "status": 410,
        "id": "gone",
        "withdrawn": "2026-11-23T00:00:00+00:00",
        "reason": "The source was retracted.",
    }


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_old_slug_leads_to_the_new_one_for_ever(client, ending):
    OldSlug.keep(a_claim(slug="new"), "old")
    response = client.get(f"/claims/old{ending}")
    assert (response.status_code, response.headers["Location"]) == (301, f"/claims/new{ending}")


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("ending", "queries"), [(".bib", 5), (".csl.json", 5), (".ris", 5), (".jsonld", 5)])
def test_they_take_the_same_queries_however_much_hangs_on_a_claim(
    client, number, ending, queries, django_assert_num_queries
):
    claim = a_claim(slug="anna")
    for _ in range(number):
        held = a_source()
        snapshot = a_snapshot(held, "We are ready to talk.")
        a_citation(claim, held, "ready to talk", snapshot=snapshot, start=7, end=20, status="verified")
        a_step(claim, an_actor())
    with django_assert_num_queries(queries):
        client.get(f"/claims/anna{ending}")
