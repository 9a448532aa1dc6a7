"""`manage.py capture SOURCE FILE`: a text kept as captured, and its passages looked for."""

import html
import io
import sys
import unicodedata
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from claims.capture.normalise import RefusedText
from claims.capture.store import capture, would_lose
from claims.models import Citation, Snapshot
from tests.factories import a_citation, a_claim, a_snapshot, a_source, a_user

pytestmark = pytest.mark.django_db

TEXT = "He spoke first.\n\nWe are ready for talks.\n"


def a_file(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def run(capsys, *words, **options):
    call_command("capture", *words, **options)
    return capsys.readouterr().out


def test_it_keeps_the_text_and_verifies_its_passages(tmp_path, capsys):
    source, claim = a_source(), a_claim()
    kept = a_citation(claim, source, "We are ready for talks")
    lost = a_citation(claim, source, "We are not ready")
    said = run(capsys, source.slug, a_file(tmp_path, "a.txt", TEXT))
    snapshot = Snapshot.objects.get()
    assert (snapshot.source, snapshot.text, snapshot.captured_by) == (source, TEXT, None)
    assert said == (
        f"Captured 41 characters, SHA-256 {snapshot.sha256}.\n"
        f"Passages: 1 not found, 1 verified.\n    not found: {claim.slug}\n"
    )
    assert Citation.objects.get(pk=kept.pk).snapshot == snapshot
    assert Citation.objects.get(pk=lost.pk).status == "not_found"


def test_the_same_text_again_is_unchanged(tmp_path, capsys):
    source = a_source()
    a_snapshot(source, TEXT, captured_at=datetime(2026, 5, 3, tzinfo=UTC))
    said = run(capsys, source.slug, a_file(tmp_path, "a.txt", TEXT.replace("\n", "\r\n")))
    assert said == "Unchanged since 3 May 2026.\nPassages: none cited.\n"
    assert Snapshot.objects.count() == 1


def test_the_same_text_may_be_that_of_two_sources(tmp_path, capsys):
    file = a_file(tmp_path, "a.txt", TEXT)
    for source in (a_source(), a_source()):
        run(capsys, source.slug, file)
    assert Snapshot.objects.count() == 2


def test_another_text_is_a_new_row_and_what_was_verified_stays(tmp_path, capsys):
    source, claim = a_source(), a_claim()
    citation = a_citation(claim, source, "We are ready for talks")
    run(capsys, source.slug, a_file(tmp_path, "a.txt", TEXT))
    said = run(capsys, source.slug, a_file(tmp_path, "a.txt", TEXT.replace("ready", "eager")))
    assert said.endswith(f"Passages: 1 not found.\n    not found: {claim.slug}\n")
    citation.refresh_from_db()
    assert (citation.status, citation.snapshot) == ("verified", Snapshot.objects.order_by("pk").first())
    assert citation.checks.get().outcome == "not_found"


def test_the_passages_that_another_text_would_lose_are_those_of_the_newest_that_it_has_not_in_one_place():
    source = a_source()
    assert would_lose(source, "Nothing.") == []
    claim = a_claim(source=source, exact="We are ready for talks.")
    twice, gone, older = (a_citation(claim, source, exact) for exact in ("He spoke", "first.", "In the oldest"))
    capture(source, f"In the oldest.\n{TEXT}")
    capture(source, TEXT)
    assert would_lose(source, "He spoke. He spoke. We are “ready for talks.") == [twice, gone, claim.citations.first()]
    assert would_lose(source, f"A menu\n{TEXT}") == []
    assert older.source_id == source.pk


def test_it_says_who_captured_it(tmp_path, capsys):
    source, user = a_source(), a_user(username="olena")
    run(capsys, source.slug, a_file(tmp_path, "a.txt", TEXT), by="olena")
    assert Snapshot.objects.get().captured_by == user


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("a.md", "# Head\n\n* one", "# Head\n\n* one"),
        ("a.html", "<title>T</title><p>We are&nbsp;ready.<p>So he said.", "We are ready.\n\nSo he said."),
        ("a.txt", "\ufeffWe are\u00a0ready\r\n", "We are ready\n"),
    ],
)
def test_it_reads_several_kinds_of_files(tmp_path, capsys, name, content, text):
    run(capsys, a_source().slug, a_file(tmp_path, name, content))
    assert Snapshot.objects.get().text == text


def test_the_type_may_be_told(tmp_path, capsys):
    run(capsys, a_source().slug, a_file(tmp_path, "page", "<p>We are ready."), type="html")
    assert Snapshot.objects.get().text == "We are ready."


def test_it_reads_text_from_standard_input(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    run(capsys, a_source().slug, "-")
    assert Snapshot.objects.get().text == TEXT


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", "one\ntwo\u202e", "Line 2, column 4 is U+202E"),
        ("a.html", "<p>one&#x1b;", "Line 1, column 4 is U+001B"),
        ("a.txt", b"ab\xff", "no text in UTF-8: .* Where you have seen that it is right, say --anyway"),
        ("a.txt", b"\xff\xfe", "There are no words in it"),
        ("a.txt", "РњС–РЅС–СЃС‚СЂ СЃРєР°Р·Р°РІ", "looks garbled: “РњС–РЅС–СЃС‚СЂ СЃРєР°Р·Р°РІ”. Where"),
        ("a.txt", " \n\u200b ", "There are no words in it"),
        ("a.html", "<script>x</script>", "There are no words in it"),
        ("a.odt", "x", "ends with none of"),
        ("a.pdf", "x", "This PDF cannot be read"),
    ],
)
def test_a_file_that_cannot_be_kept_is_refused(tmp_path, name, content, said):
    source = a_source()
    with pytest.raises(CommandError, match=said.replace("+", r"\+")):
        call_command("capture", source.slug, a_file(tmp_path, name, content))
    assert not Snapshot.objects.exists()


def test_a_garbled_text_is_kept_on_a_curators_word(tmp_path, capsys):
    said = "It reads â€œwe areâ€ here, with intent."
    run(capsys, a_source().slug, a_file(tmp_path, "a.txt", said), anyway=True)
    assert Snapshot.objects.get().text == said


def test_an_incomplete_page_is_kept_on_a_curators_word(tmp_path, capsys):
    file = a_file(tmp_path, "a.html", f"<script>{'let x = 1;' * 6_000}</script><p>Loading")
    with pytest.raises(CommandError, match=r"A page of 60,027 characters gives 7: “Loading”. Where you have seen"):
        call_command("capture", a_source().slug, file)
    run(capsys, a_source().slug, file, anyway=True)
    assert Snapshot.objects.get().text == "Loading"


def test_the_encoding_may_be_told(tmp_path, capsys):
    file = a_file(tmp_path, "a.html", "<meta charset=utf-8><p>Міністр сказав.".encode("cp1251"))
    with pytest.raises(CommandError, match="looks garbled"):
        call_command("capture", a_source().slug, file)
    run(capsys, a_source().slug, file, charset="windows-1251")
    assert Snapshot.objects.get().text == "Міністр сказав."


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("The nego\u00adti\u00adations in it are over", None),
        ("A cease&#8203;fire was agreed", None),
        ("\ufeffThe very first words", None),
        (unicodedata.normalize("NFD", "Київський план йде далі"), None),
        ("\u200eIran\u200e will send observers", None),
        ("Do not&nbsp;accept any&#8239;ultimatum", None),
        ("A non\u2011aligned status is possible", "A non-aligned status is possible"),
        ("It’s “not the time” for it", 'It\'s "not the time" for it'),
        ("the ﬁnal oﬀer stands…", "the final offer stands..."),
        ("We are ready.</p><p>We are not", "We are ready. We are not"),
    ],
)
def test_words_copied_from_a_page_or_typed_by_a_keyboard_are_verified_in_it(page, typed, tmp_path, capsys):
    source, claim = a_source(), a_claim()
    citation = a_citation(claim, source, typed or html.unescape(page))
    run(capsys, source.slug, a_file(tmp_path, "a.html", f"<meta charset=utf-8><p>{page}</p>"))
    citation.refresh_from_db()
    assert citation.status == "verified"
    assert citation.exact == " ".join(citation.snapshot.text[citation.start : citation.end].split())


def test_signs_that_no_text_may_hold_are_taken_out_where_that_is_asked_for(tmp_path, capsys):
    file = a_file(tmp_path, "a.txt", "We\x00 are\nre\u202eady.")
    with pytest.raises(CommandError, match="With --take-out the text is kept"):
        call_command("capture", a_source().slug, file)
    said = run(capsys, a_source().slug, file, "--take-out").splitlines()
    assert said[:2] == [
        "Line 1, column 3 is U+0000 (a control character): taken out.",
        "Line 2, column 3 is U+202E (right-to-left override): taken out.",
    ]
    assert Snapshot.objects.get().text == "We are\nready."


@pytest.mark.parametrize(
    ("words", "options", "said"),
    [
        ([], {}, "Name a source and a file"),
        (["no-such", __file__], {}, "There is no source no-such"),
        (["SOURCE", "/no/such.txt"], {}, "No such file"),
        (["SOURCE", "-"], {"by": "nobody"}, "There is no user nobody"),
        (["no-such"], {"missing": True}, "There is no source no-such"),
    ],
)
def test_what_is_not_there_is_named(monkeypatch, words, options, said):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    slug = a_source().slug
    with pytest.raises(CommandError, match=said):
        call_command("capture", *[slug if word == "SOURCE" else word for word in words], **options)


def test_a_refused_text_leaves_everything_as_it_was():
    citation = a_citation(a_claim(), a_source(), "We are ready")
    with pytest.raises(RefusedText):
        capture(citation.source, "We are ready\x00")
    citation.refresh_from_db()
    assert citation.status == "text_not_held"


@pytest.mark.shared_data
@pytest.mark.run_once
def test_every_passage_is_verified_in_the_texts_that_it_is_taken_from(shared_data):
    """The opening dossier's citations into the texts that are kept outside the repository."""
    import csv
    from pathlib import Path

    from claims.models import Source

    call_command("load_dossier", "data/opening", verbosity=0)
    with open(shared_data / "dossier" / "texts.csv", encoding="utf-8") as index:
        files = {row["source"]: shared_data / "dossier" / row["file"] for row in csv.DictReader(index)}
    files["se-article"] = shared_data / "seed" / "article.txt"
    passages = []
    for slug, file in files.items():
        captured = capture(Source.objects.get(slug=slug), Path(file).read_text(encoding="utf-8"))
        passages += [(slug, citation.claim.slug, outcome) for citation, outcome in captured.passages]
    assert [passage for passage in passages if passage[2] != "verified"] == []
    assert len(passages) == 300
    assert Citation.objects.filter(status="verified").count() == 300
