"""Texts kept at the desk: read from a file, a text or an address, looked over, then kept."""

import re

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.admin import drafts
from claims.models import Overruled, Snapshot, Source
from tests.factories import a_citation, a_claim, a_snapshot, a_source, an_actor
from tests.http.desk import list_of, page_of, signed_in
from tests.loopback import serving
from tests.pdfs import a_pdf
from tests.words_files import a_docx

pytestmark = pytest.mark.django_db

NEW = "/admin/claims/source/capture/"
WORDS = "We demand talks in spring."
PAGE = f"""<!doctype html><html lang="en"><title>On talks</title>
<meta property="og:site_name" content="Times of Utopia">
<meta property="article:published_time" content="2024-01-15T10:00:00Z"><script>alert(1)</script><p>{WORDS}</p>"""
TYPED = {"title": "On talks", "kind": "article", "language": "en", "published_edtf": "2024-01-15"}


@pytest.fixture(autouse=True)
def a_curator(client):
    return signed_in(client, "Curator")


@pytest.fixture
def web(monkeypatch):
    """A web server on this machine, which the desk is let reach."""
    monkeypatch.setattr(drafts, "LOOPBACK", True)
    monkeypatch.setattr(drafts, "DELAY", 0)
    with serving() as pages:
        yield pages


def more(source):
    return reverse("admin:claims_source_capture", args=[source.pk])


def a_file(name, content):
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def read(client, url=NEW, **given):
    """The page once somebody has pressed “Read it”."""
    return client.post(url, {"_read": "1", **given})


def keep(client, page, to=NEW, **typed):
    """What comes of pressing “Keep” on a page with words that were read."""
    form = page.context["adminform"].form
    proposed = {name: value for name, value in form.initial.items() if name in form.fields and value is not None}
    return client.post(to, {"_keep": "1", "words": page.context["words"], **proposed, **typed})


def faults(page):
    """All that the page complains of, by field."""
    forms = [page.context["reading"].form, page.context["adminform"].form]
    return {name: [*said] for form in forms for name, said in form.errors.items()}


def said(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


# A new source


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", PAGE),
        ("speech.docx", a_docx(WORDS)),
        ("speech.pdf", a_pdf([WORDS])),
        ("speech.txt", WORDS),
        ("speech.md", WORDS),
        ("a page by a wrong name.txt", PAGE),
    ],
)
def test_the_words_of_a_file_are_shown_before_anything_is_kept(client, name, content):
    page = read(client, file=a_file(name, content))
    assert page.context["shown"] == [(WORDS, False)]
    assert "alert(1)" not in page.text
    assert not Source.objects.exists()


def test_a_page_is_kept_as_a_new_source_with_what_it_says_of_itself(client, a_curator):
    times = an_actor("Times of Utopia", kind="media")
    page = read(client, file=a_file("page.html", PAGE), address="https://example.org/talks?utm_source=x")
    assert page.text.count('<span class="proposed">Proposed, from Open Graph: look it over.</span>') == 1
    answer = keep(client, page, kind="article")
    source = Source.objects.get()
    assert (source.title, source.publisher, source.language) == ("On talks", times, "en")
    assert (source.published_edtf, source.url) == ("2024-01-15", "https://example.org/talks")
    assert source.slug == f"{times.slug}-2024-01-15-talks"
    snapshot = source.snapshots.get()
    assert (snapshot.text, snapshot.captured_by) == (WORDS, a_curator)
    assert said(answer) == ["“On talks”: its text is kept, 26 characters. Passages: none cited."]
    assert answer.headers["Location"] == f"/admin/claims/source/{source.pk}/read/"
    assert client.get(page_of(source, "history")).text.count("Entered with its text.") == 1


def test_a_pasted_page_is_kept_without_its_tags_as_the_browser_or_its_source_has_it(client):
    for given in ({"text": f"{WORDS}\r\n", "html": f"<p onclick='x()'>{WORDS}</p>"}, {"text": PAGE}, {"text": WORDS}):
        assert read(client, **given).context["shown"][0][0].strip() == WORDS


def test_a_page_is_fetched_from_its_address(client, web):
    page = read(client, address=web.page("/talks", WORDS))
    assert page.context["shown"] == [(f"Home\n\n{WORDS}\n\nAll rights reserved", False)]
    assert page.context["adminform"].form.initial["url"] == f"{web.url}/talks"


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://127.0.0.1/", "It cannot be fetched: no public address"),
        ("http://169.254.169.254/latest/", "It cannot be fetched: no public address"),
        ("javascript:alert(1)", "Enter a valid URL."),
        ("file:///etc/passwd", "Enter a valid URL."),
        ("https://example.org/\0", "Null characters are not allowed."),
        ("https://example.org/" + "x" * 600, "Ensure this value has at most 500 characters"),
        ("https://example.org/" + "x" * 60_000, "Enter a valid URL."),
    ],
)
def test_what_cannot_be_fetched_is_said_beside_the_address(client, address, why):
    page = read(client, address=address)
    assert why in faults(page)["address"][0]
    assert page.context["examined"] is None


WHOLE = a_docx(WORDS)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.txt", "", "The submitted file is empty."),
        ("a.txt", " \n\u200b", "There are no words in it."),
        ("a.html", "<script>x</script>", "There are no words in it."),
        ("a.exe", WORDS, "The file's name ends with none of"),
        ("a", WORDS, "The file's name ends with none of"),
        ("a.docx", WORDS, "This is no Word document (.docx), or it is not whole."),
        ("a.docx", WHOLE[:300], "This is no Word document (.docx), or it is not whole."),
        ("a.txt", WHOLE, "This is a packed file and no text."),
        ("a.html", a_pdf([WORDS]), "This is a PDF and no page."),
        ("a.pdf", PAGE, "This PDF cannot be read"),
        ("a.pdf", a_pdf([WORDS])[:200], "This PDF cannot be read"),
        ("a.txt", "x" * 2_000_001, "It holds 2,000,001 characters; this page takes up to 2,000,000."),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_file_which_has_to_be_chosen_again(client, name, content, why):
    page = read(client, file=a_file(name, content), address="https://example.org/a")
    assert why in faults(page)["file"][0]
    assert "The file has to be chosen again" in page.text
    assert page.context["reading"].form["address"].value() == "https://example.org/a"


def test_a_file_that_is_too_large_is_refused_before_it_is_read(client, monkeypatch):
    monkeypatch.setattr("claims.admin.capture_forms.MOST_BYTES", 10)
    assert faults(read(client, file=a_file("a.txt", WORDS))) == {
        "file": ["It has 0.0 MB; this page takes up to 20 MB."]
    }


def test_words_that_do_not_fit_into_the_page_are_refused(client, monkeypatch):
    monkeypatch.setattr("claims.admin.capturing.MOST_SEALED", 100)
    assert "It is too long for this page." in faults(read(client, text=WORDS))["__all__"][0]


def test_one_thing_is_read_at_a_time_and_nothing_is_said_to_be_nothing(client):
    assert faults(read(client)) == {"__all__": ["Give a file, a text or an address."]}
    both = read(client, file=a_file("a.txt", WORDS), text="Other words")
    assert faults(both) == {"text": ["You gave a file, too: leave this empty, or choose no file."]}


def test_after_an_error_nothing_typed_is_lost(client):
    page = keep(client, read(client, text=WORDS), **TYPED | {"language": "xx", "author": "Ada <Abel>"})
    assert faults(page)["language"][0].startswith("“xx” is no language’s code of ISO 639.")
    assert faults(page)["publisher"] == ["This field is required."]
    assert 'value="Ada &lt;Abel&gt;"' in page.text
    assert page.context["shown"] == [(WORDS, False)]
    answer = keep(client, page, **TYPED, publisher=an_actor().pk, author="Ada")
    assert answer.status_code == 302


@pytest.mark.parametrize("words", ["", "x", "\0", "a:b:c", "x" * 60_000])
def test_without_the_words_that_were_read_they_are_to_be_read_again_and_what_was_typed_stays(client, words):
    page = client.post(NEW, {"_keep": "1", "words": words, **TYPED, "author": "Ada"})
    assert said(page) == [
        "The words that were read did not come along, or lay too long. Read them again; what you typed stands below."
    ]
    assert 'value="Ada"' in page.text
    page = client.post(NEW, {"_read": "1", "text": WORDS, **TYPED, "author": "Ada"})
    assert 'value="Ada"' in page.text
    assert not Source.objects.exists()


def test_words_that_were_read_are_of_use_to_who_read_them_alone(client):
    page = read(client, text=WORDS)
    signed_in(client, "Curator")
    assert keep(client, page, **TYPED, publisher=an_actor().pk).context["examined"] is None


def test_stray_signs_and_garbled_words_are_kept_on_the_curators_word_alone(client):
    text = "She said\0:\n\u202eРњС–РЅС–СЃС‚СЂ СЃРєР°Р·Р°РІ"
    page = read(client, text=text)
    assert page.context["adminform"].form.boxes == ["take_out", "anyway"]
    assert "Line 1, column 9 is U+0000 (a control character)" in page.text
    typed = {**TYPED, "publisher": an_actor().pk}
    page = keep(client, page, **typed)
    assert faults(page) == {name: ["Tick this, or read another text."] for name in ("take_out", "anyway")}
    answer = keep(client, page, **typed, take_out="on", anyway="on")
    assert Snapshot.objects.get().text == "She said:\nРњС–РЅС–СЃС‚СЂ СЃРєР°Р·Р°РІ"
    assert "Line 2, column 1 is U+202E (right-to-left override): taken out." in said(answer)


# What is on file


def test_an_address_on_file_leads_to_its_source_and_is_not_fetched(client):
    source = a_source(url="http://www.example.org/talks/")
    page = read(client, address="https://example.org/talks?fbclid=1#top")
    assert faults(page)["address"][0].startswith("This address is on file, see above.")
    assert f'<a href="{more(source)}">Add a new capture there</a>' in page.text
    page = client.get(NEW, {"address": "https://example.org/talks"})
    assert f'<a href="{more(source)}">Add a new capture there</a>' in page.text


@pytest.mark.parametrize("how", ["address", "canonical", "text"])
def test_a_document_on_file_takes_a_reason_to_be_entered_again_or_becomes_a_new_capture(client, how, a_curator):
    source = a_source(url="http://www.example.org/talks/")
    a_snapshot(source, WORDS if how == "text" else "Other words.")
    link = '<link rel="canonical" href="https://example.org/talks">' if how == "canonical" else ""
    given = {"address": "https://example.org/talks"} if how == "address" else {}
    page = read(client, text=f"<p>{WORDS}</p>{link}", **given)
    assert f'formaction="{more(source)}"' in page.text
    typed = {**TYPED, "publisher": an_actor().pk, "url": given.get("address", "")}
    page = keep(client, page, **typed)
    assert page.status_code == 200
    assert "say at the top why it stays." in str(faults(page))
    answer = keep(client, page, **typed, overruling="Another speech")
    assert (answer.status_code, Source.objects.count()) == (302, 2)
    assert (Overruled.objects.get().reason, Overruled.objects.get().by) == ("Another speech", a_curator)


def test_the_words_that_were_read_can_be_added_to_the_source_on_file(client):
    source = a_source(url="https://example.org/talks")
    page = read(client, text=WORDS, address="https://example.org/talks")
    there = client.post(more(source), {"words": page.context["words"]})
    assert there.context["shown"] == [(WORDS, False)]
    assert keep(client, there, more(source)).status_code == 302
    assert source.snapshots.get().text == WORDS


def test_enter_in_a_field_reads_or_keeps_and_sends_the_words_nowhere_else(client):
    a_source(url="https://example.org/talks")
    for page, step in (
        (client.get(NEW), "_read"),
        (read(client, text=WORDS, address="https://example.org/talks"), "_keep"),
    ):
        form = page.text[page.text.index('id="capture_form"') :]
        assert re.search(r'<(?:button|input type="submit")[^>]*', form)[0].startswith(
            f'<input type="submit" name="{step}"'
        )


# A new capture


def test_a_new_capture_verifies_the_passages_and_stands_beside_the_old_one(client, a_curator):
    source = a_source()
    claim = a_claim(source=source, exact=WORDS)
    old = a_snapshot(source, "Other words.")
    page = read(client, more(source), text=f"She said:\r\n\r\n  {WORDS}\r\n")
    assert page.context["adminform"].form.boxes == []
    answer = keep(client, page, more(source))
    new = source.snapshots.exclude(pk=old.pk).get()
    assert (new.text, new.captured_by) == (f"She said:\n\n  {WORDS}\n", a_curator)
    citation = claim.citations.get()
    assert (citation.status, citation.snapshot, citation.start) == ("verified", new, 13)
    assert said(answer) == [f"“{source}”: its text is kept, 40 characters. Passages: 1 verified."]


def test_the_same_text_is_not_kept_twice(client):
    source = a_source()
    a_snapshot(source, WORDS)
    page = read(client, more(source), text=WORDS)
    assert "This very text is already held." in page.text
    assert keep(client, page, more(source)).status_code == 200
    assert Snapshot.objects.count() == 1


def test_a_capture_that_would_lose_passages_says_which_and_is_kept_on_the_curators_word(client):
    source = a_source()
    claim = a_claim(source=source, exact="in spring")
    a_citation(claim, source, "We demand")
    a_citation(claim, source, "stands nowhere")
    a_snapshot(source, WORDS)
    page = read(client, more(source), text="We demand talks.")
    assert re.findall("<li>(“.*)</li>", page.text) == [f"“in spring” ({claim})"]
    page = keep(client, page, more(source))
    assert faults(page) == {"losing": ["Tick this, or read another text."]}
    assert Snapshot.objects.count() == 1
    keep(client, page, more(source), losing="on")
    assert Snapshot.objects.count() == 2


def test_the_address_of_the_source_is_there_to_be_fetched(client, web):
    source = a_source(url=web.page("/talks", WORDS))
    page = client.get(more(source))
    assert page.context["reading"].form["address"].value() == source.url
    assert f"{WORDS}" in read(client, more(source), address=source.url).context["shown"][0][0]


# A bookmark of the browser


def test_a_bookmark_brings_address_title_and_selection(client):
    page = client.get(NEW, {"address": "https://example.org/a", "title": "On talks", "selection": "in  spring"})
    form = page.context["reading"].form
    assert [form[name].value() for name in ("address", "page_title", "selection")] == [
        "https://example.org/a", "On talks", "in  spring",
    ]  # fmt: skip
    page = read(client, text=WORDS, page_title="On talks", selection="in  spring")
    assert page.context["shown"] == [("We demand talks ", False), ("in spring", True), (".", False)]
    assert page.context["adminform"].form.initial["title"] == "On talks"
    answer = keep(client, page, **TYPED, publisher=an_actor().pk)
    assert answer.headers["Location"].endswith("/read/?quote=in+spring")
    page = read(client, text=WORDS, selection="in autumn")
    assert "The words that you selected do not stand in it in one place: “in autumn”" in page.text


HOSTILE = [
    "javascript:alert(1)",
    "\0",
    "x" * 60_000,
    '"><script>alert(1)</script>',
    "\u202e",
    "[]",
    "http://[",
    "{{ 1 }}",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_nothing_that_a_bookmark_brings_is_an_error_or_runs(client, value):
    for name in ("address", "title", "selection", "words", "\0"):
        answer = client.get(NEW, {name: value})
        assert (answer.status_code, "<script>alert" in answer.text) == (200, False)
        assert len(answer.text) < 40_000
        assert not re.search(r'(href|src|action)="javascript:', answer.text)


@pytest.mark.parametrize("value", HOSTILE)
def test_no_form_is_an_error_of_the_server(client, value):
    source = a_source()
    names = ["address", "page_title", "selection", "html", "text", "words", *TYPED, "publisher", "url", "accessed"]
    for url in (NEW, more(source)):
        for step in ("_read", "_keep", "_other"):
            answer = client.post(url, {step: "1", **{name: value for name in names if name != "text"}, "text": ""})
            assert answer.status_code == 200
            assert "<script>alert" not in answer.text


def test_the_page_with_the_bookmark_names_where_it_leads_and_loads_nothing_foreign(client):
    page = client.get("/admin/claims/source/bookmarklet/")
    assert page.text.count('href="javascript:(function(){') == 1
    assert "http://testserver/admin/claims/source/capture/?" in page.text
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_same_number_of_queries_however_much_is_on_file(client, number, django_assert_num_queries):
    source = a_source(url="https://example.org/talks")
    a_snapshot(source, WORDS)
    for _ in range(number):
        a_citation(a_claim(), source, WORDS)
        a_snapshot(a_source(url="https://example.org/talks"), WORDS)
    given = {"_read": "1", "text": "Other words.", "address": "https://example.org/talks"}
    client.post(NEW, given)
    with django_assert_num_queries(12):
        client.post(NEW, given)
    with django_assert_num_queries(14):
        client.post(more(source), given)


# Who may


@pytest.mark.parametrize(
    ("groups", "status"),
    [(["Curator"], 200), ([], 200), (["Reviewer"], 403), (["Managing editor"], 403), (["Auditor"], 403)],
)
def test_who_may_keep_texts(client, groups, status):
    source = a_source()
    signed_in(client, *groups)
    for url in (NEW, more(source), "/admin/claims/source/bookmarklet/"):
        assert client.get(url).status_code == status
    for url in (NEW, more(source)):
        assert read(client, url, text=WORDS).status_code == status
        assert client.post(url, {"_keep": "1"}).status_code == status
    links = [NEW in client.get(list_of(Source)).text, more(source) in client.get(page_of(source)).text]
    assert links == [status == 200] * 2


def test_a_source_without_a_text_leads_from_the_reading_desk_to_where_one_is_added(client):
    source = a_source()
    page = f"/admin/claims/source/{source.pk}/read/"
    assert f'<a href="{more(source)}">Add a capture of it</a>' in client.get(page).text
    signed_in(client, "Reviewer")
    assert more(source) not in client.get(page).text


def test_somebody_who_is_not_signed_in_is_asked_to(client):
    client.logout()
    for url in (NEW, more(a_source()), "/admin/claims/source/bookmarklet/"):
        for answer in (client.get(url), client.post(url, {"_read": "1", "text": WORDS})):
            assert answer.status_code == 302
            assert answer.headers["Location"].startswith("/admin/login/?next=")


def test_a_source_that_was_taken_down_takes_no_text(client, a_curator):
    source = a_source()
    source.take_down(a_curator, reason="Withdrawn by its publisher.")
    assert client.get(more(source)).status_code == 403
    assert read(client, more(source), text=WORDS).status_code == 403
    assert more(source) not in client.get(page_of(source)).text


@pytest.mark.parametrize("key", ["0", "99999999999999999999", "x", "-1"])
def test_a_source_that_is_not_there_is_not_found(client, key):
    assert client.get(f"/admin/claims/source/{key}/capture/").status_code in (302, 404)
