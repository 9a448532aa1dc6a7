"""The page of one claim, and the same as data."""

import json
import re
from datetime import UTC, datetime

import pytest

from claims.models import Claim, OldSlug
from claims.search.index import derive
from tests.factories import (
    a_citation,
    a_claim,
    a_draft,
    a_position,
    a_relation,
    a_snapshot,
    a_source,
    a_stance,
    a_step,
    a_user,
    an_actor,
    an_affiliation,
    an_event,
    an_issue,
)

pytestmark = pytest.mark.django_db


def page_of(client, claim):
    response = client.get(claim.get_absolute_url())
    assert response.status_code == 200
    return response.text


def plain(html):
    """The words of a page as a reader sees them."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_it_leads_with_the_attribution_and_sets_the_voices_in_bold(client):
    claim = a_claim("talks may resume", speaker=an_actor("Sergei Lavrov"), act="offers")
    assert re.search(
        r'<h1 class="claim-say"><b class="lead">Sergei Lavrov</b> said that talks may resume.\s*</h1>',
        page_of(client, claim),
    )


def test_its_title_begins_with_the_attribution_and_is_cut_at_a_word(client):
    claim = a_claim("long matters " * 20, speaker=an_actor("Anna"))
    title = re.search("<title>(.*?)</title>", page_of(client, claim)).group(1)
    assert title == "Anna said that " + "long matters " * 7 + "… – Attributed"


def test_its_description_is_the_whole_sentence(client):
    claim = a_claim("talks may resume", speaker=an_actor("Anna"))
    assert 'content="Anna said that talks may resume."' in page_of(client, claim)


def test_it_shows_how_the_words_reached_the_archive(client):
    speaker, reports = an_actor("Western leaders", kind="collective"), an_actor("Reports", kind="unnamed")
    claim = a_claim(
        speaker=speaker, as_stated="many leaders", source=a_source(publisher=an_actor("Press", kind="media"))
    )
    a_step(claim, an_actor("Lavrov"), cue="told", as_stated="the minister")
    a_step(claim, reports, identification="anonymous")
    Claim.objects.filter(pk=claim.pk).update(created_at=datetime(2026, 11, 23, tzinfo=UTC))
    chain = re.search(r'<ol class="chain ui".*?</ol>', page_of(client, claim), re.DOTALL).group()
    assert [plain(step) for step in re.findall(r"<li.*?</li>", chain, re.DOTALL)] == [
        "said by Western leaders in the source: many leaders",
        "passed on by Reports not named by the source",
        "passed on by (“told”) Lavrov in the source: the minister",
        "reported in Press, transcript paragraph 1",
        "recorded by Attributed in our words, 23 Nov 2026",
    ]
    assert chain.count("is-unknown") == 1


def test_it_shows_the_three_clocks_apart(client):
    claim = a_claim(
        said_edtf="[2023-11-22..2024-01-15]", said_text="this winter", source=a_source(published_edtf="2024-02")
    )
    a_citation(claim, a_source(published_edtf="2024-03-01"))
    Claim.objects.filter(pk=claim.pk).update(created_at=datetime(2026, 11, 23, tzinfo=UTC))
    clocks = re.search(r'<ol class="clocks">.*?</ol>', page_of(client, claim), re.DOTALL).group()
    assert [plain(clock) for clock in re.findall(r"<li.*?</li>", clocks, re.DOTALL)] == [
        "Said Between 22 November 2023 and 15 January 2024, day not stated In the source: “this winter”.",
        "Published February 2024 By the earliest source.",
        "Recorded 23 November 2026",
    ]


def test_a_source_without_a_date_leaves_the_second_clock_open(client):
    claim = a_claim(source=a_source(published_edtf=""))
    assert "Not recorded" in page_of(client, claim)


def test_it_shows_each_passage_in_its_context(client):
    claim = a_claim(form="partial_quote")
    claim.citations.all().delete()
    source = a_source(title="A speech", archive_url="https://archive.example/1", url="https://example.org/speech")
    a_citation(
        claim, source, "мы готовы", prefix="Он сказал: «", suffix="», и ушёл", language="ru", locator="par 8",
        translation="we are ready", translator="A. Berg",
    )  # fmt: skip
    page = page_of(client, claim)
    assert (
        '<blockquote lang="ru"><span class="quiet">… Он сказал: «</span><mark class="mark">мы готовы</mark>'
        '<span class="quiet">», и ушёл …</span></blockquote>'
    ) in page
    text = plain(page)
    assert "A speech ”, 15 January 2024, paragraph 8. Russian." in text
    assert "we are ready Translation: A. Berg." in text
    assert "Text not held. The words were not checked by this site." in text
    assert "The source quotes some of the speaker’s words and tells the rest in its own." in text
    assert f'href="/sources/{source.slug}/?claim={claim.slug}#claim-{claim.slug}"' in page
    assert 'href="https://example.org/speech"' in page
    assert 'href="https://archive.example/1"' in page


def passage_of(page):
    """The first passage of a page: its quotation as it stands in HTML, and what is said of it in words."""
    figure = re.search(r'<figure class="passage.*?</figure>', page, re.DOTALL).group()
    quote = re.search(r"<blockquote.*?</blockquote>", figure)
    return quote.group() if quote else "", plain(figure)


def a_verified(text, exact, **given):
    """A claim with one passage, found in a text that is held."""
    claim = a_claim()
    claim.citations.all().delete()
    source = a_source(**given)
    place = {"snapshot": a_snapshot(source, text), "start": text.index(exact), "end": text.index(exact) + len(exact)}
    a_citation(claim, source, exact, prefix="noted before", suffix="noted after", status="verified", **place)
    return claim


def test_the_context_comes_from_the_text_where_it_may_be_shown(client):
    before, after = (" ".join(f"{name}{number}" for number in range(30)) for name in ("b", "a"))
    text = f"Another paragraph.\n\n{before} ready to talk, {after}.\n\nThe end."
    quote, words = passage_of(page_of(client, a_verified(text, "ready to talk", text_is_public=True)))
    assert quote == (
        f'<blockquote lang="en"><span class="quiet">… {" ".join(before.split()[-20:])} </span>'
        '<mark class="mark">ready to talk</mark>'
        f'<span class="quiet">, {" ".join(after.split()[:19])} …</span></blockquote>'
    )
    assert "Verified. These very words stand in the text that is held." in words


def test_the_context_of_a_text_that_may_not_be_shown_is_what_was_noted(client):
    quote, words = passage_of(page_of(client, a_verified("Secretly we are ready to talk now.", "ready to talk")))
    assert plain(quote) == "… noted before ready to talk noted after …"
    assert "Verified. " in words
    assert "Secretly" not in words


@pytest.mark.parametrize("text_is_public", [True, False])
def test_a_text_that_no_longer_has_the_words_gets_a_banner_instead_of_a_mark(client, text_is_public):
    claim = a_verified("We are ready to talk.", "ready to talk", text_is_public=text_is_public)
    claim.citations.update(start=6, end=19)
    quote, words = passage_of(page_of(client, claim))
    assert "<mark" not in quote
    assert "Text changed. The text that is held no longer has these words where they were found." in words
    assert "Verified" not in words


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("not_found", "Not found. The text that is held does not have these words."),
        ("ambiguous", "Ambiguous. These words stand in several places of the text that is held."),
    ],
)
def test_it_says_what_came_of_looking_for_a_passage(client, status, words):
    claim = a_claim()
    claim.citations.update(status=status)
    assert words in passage_of(page_of(client, claim))[1]


def test_a_source_that_was_taken_down_keeps_its_passages_to_itself(client):
    claim = a_verified("Canary, we are ready to talk.", "ready to talk", text_is_public=True)
    claim.citations.update(translation="canary translated")
    claim.citations.get().source.take_down(reason="The author asked for it.")
    page = page_of(client, claim)
    quote, words = passage_of(page)
    assert quote == ""
    assert "Taken down. The text and the passages of this source are hidden. The author asked for it." in words
    for hidden in ("ready to talk", "anary", "noted"):
        assert hidden not in page


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [("Ready", "to talk", "Ready to talk"), ("Ready", ", he said", "Ready, he said"), ("(", "ready", "(ready")],
)
def test_the_space_at_a_seam_is_put_back(client, before, after, expected):
    claim = a_claim()
    claim.citations.all().delete()
    a_citation(claim, exact=before, suffix=after)
    quote = re.search(r"<blockquote.*?</blockquote>", page_of(client, claim)).group()
    assert re.sub("<[^>]+>", "", quote) == f"{expected} …"


def test_it_shows_the_role_held_when_it_was_said(client):
    speaker = an_actor("Anna")
    state, party = an_actor("Freedonia", kind="state"), an_actor("Some party", kind="party")
    an_affiliation(speaker, state, "president")
    an_affiliation(speaker, party, "chair", end_edtf="2020")
    page = plain(page_of(client, a_claim(speaker=speaker, said_edtf="2024-01-15")))
    assert "president, Freedonia (dates not recorded)" in page
    assert "chair" not in page


def test_it_shows_occasion_addressees_mentions_issues_and_public_events(client):
    told, named = an_actor("Boris Told"), an_actor("Carla Named")
    claim = a_claim(
        "Carla Named should leave", occasion="joint press conference", addressees=[told], issues=[an_issue("Talks")],
        events=[an_event("Public round"), an_event("Hidden round", state="draft", published_at=None)],
        on_behalf_of=an_actor("Freedonia"),
    )  # fmt: skip
    derive([claim])
    page = page_of(client, claim)
    for text in ("joint press conference", "Boris Told", ">Carla Named</a>", ">Talks</a>", "Public round", "Freedonia"):
        assert text in page
    assert named.get_absolute_url() in page
    assert "Hidden round" not in page


def test_it_shows_relations_both_ways_by_kind_with_what_they_rest_on(client):
    claim = a_claim("talks may resume", speaker=an_actor("Anna"))
    denial = a_claim("talks may resume", speaker=an_actor("Boris"), act="denies")
    a_relation(denial, claim, "denies", basis="stated_in_source", note="the day after")
    a_relation(claim, a_claim("x", speaker=an_actor("Carla")), "repeats", note="")
    a_relation(a_draft("canary"), claim, "contradicts")
    a_relation(claim, a_draft("canary"), "contradicts")
    related = page_of(client, claim).partition('<h2 id="related">')[2].partition("</section>")[0]
    assert plain(related) == (
        "Related claims Denied by (1), Repeats (1) "
        "Denied by Boris denied that talks may resume. 15 Jan 2024 · Stated in the source; the day after "
        "Repeats Carla said that x. 15 Jan 2024 · Seen by the curator"
    )
    assert "Denies" in page_of(client, denial)


def test_it_shows_the_published_positions_it_is_evidence_for(client):
    claim = a_claim()
    stance = a_stance(an_issue("Talks"), "Ready to talk")
    a_position(an_actor("Anna"), stance, shown_by=[claim], summary="Anna was ready")
    a_position(an_actor("Canary"), stance, shown_by=[claim], state="draft", published_at=None)
    page = page_of(client, claim)
    assert "Anna was ready" in page
    assert "Ready to talk" in page
    assert "Canary" not in page


def test_it_shows_its_history_with_the_public_notes(client):
    claim = a_claim()
    claim.refresh_from_db()
    Claim.objects.filter(pk=claim.pk).update(state="in_review", submitted_by=a_user())
    claim.refresh_from_db()
    claim.publish(by=a_user(), note="first seen in spring")
    assert "first seen in spring" in page_of(client, claim)


def test_it_says_how_to_cite_it_and_where_to_report_an_error(client):
    speech = a_source(title="A speech.", publisher=an_actor("Gazette", kind="media"))
    claim = a_claim("talks may resume", slug="anna-2024", speaker=an_actor("Anna"), source=speech)
    Claim.objects.filter(pk=claim.pk).update(created_at=datetime(2026, 11, 23, tzinfo=UTC))
    page = page_of(client, claim)
    assert (
        "“Anna said that talks may resume.” "
        "Said by Anna, 15 January 2024; source: A speech (Gazette, 15 January 2024). "
        "Attributed, claim anna-2024, version 1, recorded 23 November 2026. http://testserver/claims/anna-2024/"
    ) in page
    assert 'href="/privacy/#report"' in page


def test_its_linked_data_holds_the_attribution_and_cannot_end_the_script(client):
    claim = a_claim(
        "</script><b>&", speaker=an_actor("Anna"), source=a_source(title="A speech", url="https://example.org/")
    )
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', page_of(client, claim)).group(1)
    data = json.loads(script)
    assert (data["@type"], data["@id"]) == ("Claim", f"http://testserver/claims/{claim.slug}/")
    assert (data["name"], data.get("text")) == ("Anna said that </script><b>&.", None)
    assert data["appearance"][0]["isPartOf"]["url"] == "https://example.org/"


@pytest.mark.parametrize(("kind", "creator"), [("state", ("Organization", "Somebody")), ("unnamed", None)])
def test_its_linked_data_names_whose_words_are_quoted_unless_nobody_does(client, kind, creator):
    page = page_of(client, a_claim(speaker=an_actor("Somebody", kind=kind)))
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', page).group(1)
    [quotation] = json.loads(script)["appearance"]
    named = quotation.get("creator")
    assert (named and (named["@type"], named["name"])) == creator


def test_its_head_carries_the_attribution_its_own_address_and_its_other_formats(client):
    page = page_of(client, a_claim('"quoted" <b>', slug="anna", speaker=an_actor("Anna")))
    assert '<meta property="og:title" content="Anna said that &quot;quoted&quot; &lt;b&gt;.">' in page
    assert 'content="Anna said that &quot;quoted&quot; &lt;b&gt;."' in page
    assert '<link rel="canonical" href="http://testserver/claims/anna/">' in page
    assert '<link rel="alternate" type="application/json" href="/claims/anna.json">' in page
    assert '<link rel="alternate" type="application/ld+json" href="/claims/anna.jsonld">' in page
    for ending in ("bib", "csl.json", "json", "jsonld"):
        assert f'<a href="/claims/anna.{ending}">' in page


def carried_of(client, claim):
    return plain(page_of(client, claim).partition('<h2 id="carried">')[2].partition("</section>")[0])


def related_of(client, claim):
    return plain(page_of(client, claim).partition('<h2 id="related">')[2].partition("</section>")[0])


def a_report(content, speaker, title, **given):
    """A claim that one document carries."""
    publisher = an_actor("Press", kind="media")
    return a_claim(content, speaker=speaker, source=a_source(title=title, publisher=publisher), **given)


def test_a_claim_of_one_document_stands_alone(client):
    assert carried_of(client, a_claim()) == (
        "Corroboration One document on file carries these words. "
        "No other account of what was said on this occasion is on file."
    )


def test_it_counts_the_documents_that_carry_this_utterance_by_independent_origin(client):
    anna = an_actor("Anna")
    claim = a_report("talks may resume", anna, "First", occasion="press conference")
    a_citation(claim, a_source(title="Second", publisher=an_actor("Agency", kind="media")))
    repeated = a_report("talks may", anna, "Third")
    witness = a_report("talks would resume", anna, "Fourth", occasion="Press conference", said_edtf="2024-01")
    a_relation(repeated, claim, "repeats")
    a_relation(witness, repeated, "corroborates")
    a_relation(claim, a_report("no talks", anna, "Fifth"), "contradicts")
    a_relation(claim, a_draft("canary", speaker=anna), "repeats")
    assert carried_of(client, claim) == (
        "Corroboration 4 documents on file carry these words, from 2 origins. "
        "Counted are documents that report what this speaker said on this occasion. "
        "Those of which one repeats the other are one origin. "
        "Origin 1 Anna, 15 January 2024, press conference Press, “First” Agency, “Second” Press, “Third” "
        "Anna said that talks may. 15 Jan 2024 "
        "Origin 2 Anna, January 2024, Press conference Press, “Fourth” Anna said that talks would resume. Jan 2024"
    )
    assert carried_of(client, witness).startswith("Corroboration 4 documents on file carry these words, from 2 origins")


@pytest.mark.parametrize(
    "other",
    [
        {"speaker": "Boris"},
        {"said_edtf": "2024-01-16"},
        {"occasion": "speech"},
    ],
)
@pytest.mark.parametrize("kind", ["repeats", "corroborates"])
def test_what_others_said_alike_or_the_speaker_at_other_times_is_related_and_does_not_count(client, kind, other):
    anna = an_actor("Anna")
    claim = a_claim("talks may resume", speaker=anna, occasion="briefing")
    said = {"speaker": "Anna", "said_edtf": "2024-01-15", "occasion": "briefing", **other}
    speaker = anna if said["speaker"] == "Anna" else an_actor("Boris")
    alike = a_claim("talks may", **{**said, "speaker": speaker})
    further = a_claim("talks might", speaker=an_actor("Carla"))
    a_relation(claim, alike, kind)
    a_relation(further, alike, "repeats")
    assert "One document on file carries these words." in carried_of(client, claim)
    assert related_of(client, claim) == (
        f"Related claims {kind.capitalize()} (1), Alike, through these (1) "
        f"{kind.capitalize()} {said['speaker']} said that talks may. "
        f"{'16' if 'said_edtf' in other else '15'} Jan 2024 · Seen by the curator; both seen "
        "Alike, through these Carla said that talks might. 15 Jan 2024"
    )


def test_texts_of_the_site_itself_do_not_count(client):
    anna, own = an_actor("Anna"), a_source(title="Our briefing", kind="briefing")
    claim, echo = a_claim(speaker=anna), a_claim("peace", speaker=anna, source=own)
    a_citation(claim, own)
    a_relation(echo, claim, "repeats")
    assert carried_of(client, claim) == (
        "Corroboration One document on file carries these words. "
        "No other account of what was said on this occasion is on file. Texts of this site are not counted."
    )
    assert "Repeated by Anna said that peace." in related_of(client, claim)


def test_a_claim_that_only_the_site_itself_carries_says_so(client):
    own = a_claim(source=a_source(kind="briefing"))
    assert carried_of(client, own).startswith(
        "Corroboration No document on file carries these words, apart from texts of this site."
    )


def test_what_corroborates_a_corroboration_may_speak_of_something_else(client):
    anna = an_actor("Anna")
    claim, witness, further = a_claim(speaker=anna), a_claim(speaker=anna), a_claim("far away", speaker=anna)
    a_relation(witness, claim, "corroborates")
    a_relation(further, witness, "corroborates")
    a_relation(a_claim(speaker=anna), witness, "repeats")
    assert "3 documents on file carry these words, from 2 origins." in carried_of(client, claim)
    assert "4 documents on file carry these words, from 3 origins." in carried_of(client, witness)
    assert "far away" not in page_of(client, claim)


def test_what_is_linked_through_a_draft_alone_does_not_count(client):
    anna = an_actor("Anna")
    claim, draft = a_claim(speaker=anna), a_draft("canary", speaker=anna)
    a_relation(draft, claim, "corroborates")
    a_relation(a_claim(speaker=anna), draft, "corroborates")
    assert "One document on file carries these words." in carried_of(client, claim)


def full(number):
    claim = a_claim("peace", slug="full", addressees=[an_actor() for _ in range(number)])
    stance = a_stance()
    for _ in range(number):
        a_citation(claim)
        a_step(claim, an_actor())
        a_relation(claim, a_claim())
        a_relation(a_claim(), claim, "repeats")
        a_relation(a_claim(), a_relation(claim, a_claim(), "corroborates").to_claim, "repeats")
        held = a_source(text_is_public=True)
        snapshot = a_snapshot(held, "We are ready to talk.")
        a_citation(claim, held, "ready to talk", snapshot=snapshot, start=7, end=20, status="verified")
        a_relation(a_claim(), claim, "denies")
        a_position(stance=stance, shown_by=[claim])
        an_affiliation(claim.speaker, an_actor(kind="state"))
        claim.events.add(an_event())
        claim.issues.add(an_issue())
        claim.mentions.add(an_actor())


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("/claims/full/", 19), ("/claims/full.json", 9)])
def test_it_takes_the_same_queries_however_much_hangs_on_it(client, number, path, queries, django_assert_num_queries):
    full(number)
    client.get("/claims/full/")  # content types are kept after the first time
    with django_assert_num_queries(queries):
        client.get(path)


@pytest.mark.parametrize("state", ["draft", "in_review"])
@pytest.mark.parametrize("ending", ["/", ".json"])
def test_what_is_not_published_is_not_there(client, state, ending):
    claim = a_draft("canary")
    Claim.objects.filter(pk=claim.pk).update(state=state)
    response = client.get(f"/claims/{claim.slug}{ending}")
    assert response.status_code == 404
    assert "canary" not in response.text


def test_a_withdrawn_claim_leaves_a_tombstone_with_date_and_reason(client):
    claim = a_claim("canary", speaker=an_actor("Canary Speaker"), slug="gone")
    claim.withdraw(note="The source was retracted.")
    Claim.objects.filter(pk=claim.pk).update(withdrawn_at=datetime(2026, 11, 23, tzinfo=UTC))
    response = client.get("/claims/gone/")
    assert response.status_code == 410
    assert "The source was retracted." in response.text
    assert "23 November 2026" in response.text
    assert "anary" not in response.text
    data = client.get("/claims/gone.json")
    assert data.status_code == 410
    assert data.json() == {
        "type": "about:blank",
        "title": "Gone",
        "status": 410,
        "id": "gone",
        "withdrawn": "2026-11-23T00:00:00+00:00",
        "reason": "The source was retracted.",
    }


@pytest.mark.parametrize("ending", ["/", ".json"])
def test_an_old_slug_leads_to_the_new_one_for_ever(client, ending):
    OldSlug.keep(a_claim(slug="new"), "old")
    response = client.get(f"/claims/old{ending}")
    assert (response.status_code, response.headers["Location"]) == (301, f"/claims/new{ending}")


def test_the_old_slug_of_a_draft_leads_nowhere(client):
    OldSlug.keep(a_draft(), "old")
    assert client.get("/claims/old/").status_code == 404


def test_an_unknown_id_offers_what_is_near_with_its_attribution(client):
    a_claim("talks may resume", slug="lavrov-2025-06-04-all-means", speaker=an_actor("Sergei Lavrov"))
    response = client.get("/claims/lavrov-2025-06-04-all-mean/")
    assert response.status_code == 404
    assert "Sergei Lavrov said that talks may resume." in response.text
    assert 'href="/claims/lavrov-2025-06-04-all-means/"' in response.text


def test_the_data_of_one_claim_are_its_record_and_public_relations(client):
    claim, other = a_claim(slug="one"), a_claim(slug="two")
    a_relation(other, claim, "denies", note="the day after")
    a_relation(claim, a_draft(slug="hidden"), "repeats")
    response = client.get("/claims/one.json")
    listed = client.get(f"/claims.json?speaker={claim.speaker.slug}").json()["results"][0]
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.json() == listed | {
        "relations": [
            {"from": "two", "kind": "denies", "to": "one", "basis": "curator", "note": "the day after"},
        ]
    }
