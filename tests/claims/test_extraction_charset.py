"""The characters of files and pages, in the encoding that browsers would choose."""

import pytest

from claims.extraction import HTML, TEXT, XHTML, read

SAID = "Міністр сказав: «Угоди ще немає» — і пішов."
PAGE = f"<p>{SAID}"
LONG = SAID + " Її позиція щодо переговорів не змінилася, заявили у пресслужбі міністерства."


def text(data, charset="", media_type=HTML):
    found = read(data, media_type, charset)
    assert found.doubt == ""
    return found.text


def encoded(said, encoding):
    return said.encode(encoding, "ignore")


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (PAGE.encode("utf-8-sig"), "windows-1251"),
        (PAGE.encode("utf-8-sig"), "koi8-r"),
        (b"\xff\xfe" + PAGE.encode("utf-16-le"), "utf-8"),
        (b"\xfe\xff" + PAGE.encode("utf-16-be"), "windows-1251"),
        (b"\xff\xfe" + f"<meta charset=utf-8>{PAGE}".encode("utf-16-le"), ""),
    ],
)
def test_a_byte_order_mark_wins(data, charset):
    assert text(data, charset) == SAID
    assert text(data.replace(b"<\0p\0>\0", b"").replace(b"\0<\0p\0>", b"").replace(b"<p>", b""), charset) == SAID


@pytest.mark.parametrize("label", ["windows-1251", "CP1251", "x-cp1251", " Windows-1251\t"])
def test_a_known_label_of_the_server_wins_over_the_page(label):
    assert text(b"<meta charset=utf-8>" + PAGE.encode("cp1251"), label) == SAID


@pytest.mark.parametrize("label", ["none", "win-1251", "klingon", "utf8mb4", "\udc80", ""])
def test_an_unknown_label_counts_as_none(label):
    assert text(b"<meta charset=windows-1251>" + PAGE.encode("cp1251"), label) == SAID
    assert text(PAGE.encode(), label) == text(SAID.encode(), label, TEXT) == SAID


@pytest.mark.parametrize(
    "head",
    [
        "<meta charset=windows-1251>",
        "<META CHARSET='cp1251'/>",
        '<meta charset = " windows-1251 ">',
        "<meta/charset=windows-1251>",
        '<meta name="a"charset="windows-1251">',
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        "<meta content=\"text/html; charset='windows-1251'\" http-equiv=content-type>",
        "<!-- <meta charset=utf-8> --><meta charset=windows-1251>",
        "<!--><meta charset=windows-1251>",
        '<a title="<meta charset=utf-8>"></a><meta charset=windows-1251>',
        '<meta name=x content="charset=utf-8"><meta charset=windows-1251>',
        "<meta charset=nonsense><meta charset=windows-1251>",
        "<metal charset=utf-8><meta charset=windows-1251>",
        '<?xml version="1.0" encoding="windows-1251"?>',
    ],
)
def test_a_page_says_its_encoding_as_the_standard_reads_it(head):
    assert text(head.encode() + PAGE.encode("cp1251")) == SAID
    assert text(head.encode() + PAGE.encode("cp1251"), "", XHTML) == SAID


@pytest.mark.parametrize("label", ["utf-16", "unicode", "utf-16be"])
def test_a_page_that_calls_itself_utf_16_in_ascii_is_utf_8(label):
    assert text(f"<meta charset={label}>{PAGE}".encode()) == SAID


def test_the_word_of_a_page_counts_within_its_first_1024_bytes():
    meta = "<meta charset=iso-8859-5>"
    assert text((" " * 999 + meta).encode() + PAGE.encode()) != SAID
    assert text((" " * 1000 + meta).encode() + PAGE.encode()) == SAID


@pytest.mark.parametrize(
    ("label", "data", "meant"),
    [
        ("iso-8859-1", b"\x93caf\xe9\x94", "“café”"),
        ("us-ascii", b"\x93caf\xe9\x94", "“café”"),
        ("latin1", b"\x80 5", "€ 5"),
        ("iso-8859-9", b"\xdd\x9e", "İ\ufffd"),
        ("ks_c_5601-1987", "똠방".encode("cp949"), "똠방"),
        ("gb2312", "€镕".encode("gb18030"), "€镕"),
        ("shift_jis", "①".encode("cp932"), "①"),
        ("big5", "香港嘅".encode("big5hkscs"), "香港嘅"),
        ("unicode", SAID.encode("utf-16-le"), SAID),
    ],
)
def test_a_label_means_what_the_web_means_by_it(label, data, meant):
    assert text(data, label) == text(data, label, TEXT) == meant


@pytest.mark.parametrize("media_type", [HTML, TEXT])
def test_a_wrong_byte_is_one_replacement_and_the_rest_stays(media_type):
    data = LONG.encode()
    for charset in ("", "utf-8"):
        assert text(data + b" \xff " + data, charset, media_type) == f"{LONG} \ufffd {LONG}"
    assert text("при".encode("cp1251") + b"\x98" + "вет".encode("cp1251"), "cp1251", media_type) == "при\ufffdвет"


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("cp932", "大臣は木曜日に、まだ合意はないと述べた。交渉は続く。"),
        ("cp949", "장관은 아직 합의가 없으며 협상은 목요일에 계속될 것이라고 말했다."),
        ("gb18030", "部长说，目前还没有达成协议，谈判将于星期四继续进行。"),
        ("cp1250", "Minister powiedział, że porozumienie jeszcze nie zostało osiągnięte; źródło mówiło o żądaniach."),
        ("cp1252", "Der Minister erklärte, für ein Abkommen müßten größere Bemühungen nötig sein; er wäre bereit."),
    ],
)
def test_what_nobody_says_is_guessed_in_other_languages(encoding, said):
    assert text(said.encode(encoding)) == said


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "koi8-u", "iso8859-5", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("media_type", [HTML, TEXT])
def test_what_nobody_says_is_guessed(media_type, encoding):
    data = encoded(LONG, encoding)
    assert text(data, "", media_type).split() == data.decode(encoding).split()


def test_a_guess_sees_letters_that_come_late():
    assert text(f"<!--{'-' * 300_000}-->".encode() + f"{PAGE}{LONG}".encode("cp1251")) == SAID + LONG
    assert text(f"<!--{'-' * 300_000}-->".encode() + PAGE.encode()) == SAID


def test_a_poor_guess_is_doubtful_and_says_where():
    found = read(b"ab\xff", TEXT)
    assert found.doubt == "This is no text in UTF-8: invalid start byte at position 2; iso-8859-13 is a poor guess."


def test_text_and_markdown_stay_as_they_are():
    said = "# Head\n\n* <b>item</b> &amp;\n"
    assert text(said.encode(), "", TEXT) == text(said.encode(), "", "text/markdown") == said
