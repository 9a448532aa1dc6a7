"""Texts that look as if they had been read in a wrong encoding."""

from time import monotonic

import pytest

from claims.capture import garbled

SAID = "Міністр сказав: «Угоди ще немає» — і пішов."
RUSSIAN = "Министр заявил журналистам, что соглашения пока нет и переговоры продолжатся в четверг. «Мы готовы»."
GERMAN = "Der Minister erklärte, für ein Abkommen müßten größere Bemühungen nötig sein. „Wir wären bereit“."
POLISH = "Minister powiedział, że porozumienie jeszcze nie zostało osiągnięte; źródło mówiło o żądaniach."
ENGLISH = "The minister said there was no agreement yet — “we are ready,” he said. It’s a €5 deal."


def misread(text, right, wrong):
    return text.encode(right, "replace").decode(wrong, "replace")


@pytest.mark.parametrize("text", [SAID, RUSSIAN, GERMAN, POLISH, ENGLISH])
@pytest.mark.parametrize("wrong", ["cp1252", "cp1250", "iso8859-5", "cp1254"])
def test_utf_8_read_as_something_else_looks_garbled(text, wrong):
    assert garbled(misread(text, "utf-8", wrong))


@pytest.mark.parametrize("text", [SAID, RUSSIAN])
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("utf-8", "cp1251"),
        ("cp1251", "cp1252"),
        ("cp1251", "utf-8"),
        ("koi8-u", "cp1252"),
        ("koi8-u", "cp1251"),
        ("cp1251", "koi8-u"),
        ("koi8-u", "utf-8"),
        ("cp866", "cp1251"),
    ],
)
def test_cyrillic_read_in_a_wrong_encoding_looks_garbled(text, right, wrong):
    assert garbled(misread(text, right, wrong))


@pytest.mark.parametrize(("right", "wrong"), [("cp1251", "cp1250"), ("cp1251", "iso8859-5"), ("cp866", "koi8-u")])
def test_some_errors_take_a_longer_text_to_tell(right, wrong):
    assert garbled(misread(" ".join([RUSSIAN, SAID, RUSSIAN]), right, wrong))


def test_a_few_garbled_words_in_a_long_clean_text_are_seen():
    clean = "He said that nothing was agreed until everything was agreed, and that talks would go on. " * 50
    assert garbled(clean + misread("It’s clear; we’re ready; they’re not.", "utf-8", "cp1252")) == (
        "Itâ€™s weâ€™re theyâ€™re"
    )


def test_letters_that_mean_nothing_look_garbled_where_there_are_many():
    assert garbled("\ue001\ue002\ue003 \ue004 \ue005\ue006") != ""
    assert garbled("部长" + "\ufffd" * 40) != ""
    assert garbled(f"{RUSSIAN} \ufffd {RUSSIAN} \ufffd") == ""


@pytest.mark.parametrize(
    "text",
    [
        *(SAID, RUSSIAN, GERMAN, POLISH, ENGLISH, SAID.upper(), RUSSIAN.upper(), GERMAN.upper()),
        *("“Привет”", "\u200eIran\u200e", "© 2024", "→ ✓", "£5", "«Да»", "50 °C ± 2 µm", "👩‍👩‍👧 ❤️ Great!", "…"),
        *("ÄÖÜ ÅÅ", "L’ÉTAT, C’EST MOI", "THE “END” — §5(2) ¶ 3 †‡", "▲ 1.2% ▼ 0.5% ½ ¾", "x² ≤ z² ∀x∈ℝ ∑ √2"),
        *("Łódź żółć gęślą jaźń", "Đặng Thị Ngọc Thịnh", "İstanbul’da ığdır", "Ærø Þór Ðe", "Азербайджан, кНДР"),
        *("Ψηφιακή διακυβέρνηση", "日本語のテキスト", "한국어", "العربية", "עברית", "हिन्दी पाठ", "ქართული"),
        *("Ђуро Ђаковић Љубљана", "Қазақстан Өзбекістан", "Ўладзімір Някляеў", "the ﬁnance oﬃce ﬂow", "№ 5 §§"),
    ],
)
def test_what_reads_as_it_should_does_not(text):
    assert garbled(text) == ""


@pytest.mark.shared_data
def test_no_real_text_looks_garbled(shared_data):
    texts = [path.read_text(encoding="utf-8") for path in (shared_data / "dossier").rglob("*.txt")]
    assert len(texts) > 100
    assert [found for found in map(garbled, texts) if found] == []


@pytest.mark.parametrize("piece", ["ffd8", "é", "a\ufffd", "мК", "Ã©", "部"])
def test_a_text_without_spaces_is_judged_in_a_moment(piece):
    began = monotonic()
    garbled(piece * 300_000)
    assert monotonic() - began < 5
