"""Names of persons, by their own order: where the surname stands, and what is none. Pure."""

import re

from conflict_site.base.text import fold, tokens

START = 3  # words of a name that stand in an index
JUNIOR = frozenset({"jr", "sr", "junior", "senior", "esq", "phd", "md", "мл", "мол", "ст"})
NUMERAL = re.compile(r"[IVX]+")
# Family names that stand first, as newspapers write Chinese and Korean names in Latin and Cyrillic letters.
_CHINESE = """
bai bo cai cao chen cheng cui dai deng ding dong du fan fang feng fu gao gong gu guo han hao he hou hu hua huang jia
jiang jin kong lei li liang liao lin liu long lu luo lyu ma mao meng mo ouyang pan pang peng qi qian qiao qin qiu ren
shao shen shi song su sun tan tang tao tian wan wang wei wen wu xi xia xiang xiao xie xin xiong xu xue yan yang yao ye
yi yin yu yuan zeng zhai zhang zhao zheng zhong zhou zhu zhuang zou
"""
_KOREAN_AND_TAIWANESE = """
ahn bae cho choi chung hong hwang jang jeong joo jung kang kim ko kwon lai lee moon noh oh park roh seo shin sohn son
tsai yoo yoon yun
"""
CHINESE = frozenset(_CHINESE.split())
HYPHENATED = CHINESE | frozenset(_KOREAN_AND_TAIWANESE.split())  # given names of two syllables follow
CYRILLIC = frozenset({"си", "ван", "чжан", "чжао", "чжоу", "дэн", "ден", "ху", "вэнь", "вень", "цай", "чэнь", "чень"})
SYLLABLE = (
    "(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ong|ing|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un"
    "|ia|ie|iu|ua|uo|ui|ue|er|a|e|i|o|u))"
)
PINYIN = re.compile(f"{SYLLABLE}{{1,3}}")


def is_no_surname(word: str) -> bool:
    """Whether a word of a name, as it is written, is a numeral, or "Jr." and its like."""
    return bool(NUMERAL.fullmatch(word)) or fold(word).strip(".") in JUNIOR


def bare(name: str) -> list[str]:
    """The words of a name without numerals and "Jr." at its end; the first word always stays."""
    words = name.replace(",", " ").split()
    while len(words) > 1 and is_no_surname(words[-1]):
        words.pop()
    return words


def stands_first(name: str) -> bool:
    """Whether the first word of a person's name is the surname: "Xi Jinping", "Kim Jong Un", "Moon Jae-in"."""
    words = [fold(word) for word in bare(name)]
    if len(words) not in (2, 3):
        return False
    family, rest = words[0], words[1:]
    if family in CYRILLIC:
        return True
    if len(rest) == 2:
        return family in HYPHENATED and all(len(word) <= 5 for word in rest)
    if "-" in rest[0]:
        return family in HYPHENATED and all(len(part) <= 6 for part in rest[0].split("-"))
    return family in CHINESE and bool(PINYIN.fullmatch(rest[0])) and family != rest[0]


def surname_first(name: str) -> str:
    """A person's name as a directory sorts it: "Ursula von der Leyen" -> "von der Leyen, Ursula".

    The surname begins at the first particle in lower case, else it is the last word. Names that have it first stay,
    and so do those that end with a numeral or "Jr.": "Charles III", "Xi Jinping".
    """
    words = name.split()
    if stands_first(name) or NUMERAL.fullmatch(words[-1] if words else ""):
        return name
    last = len(bare(name)) - 1
    start = next((i for i, word in enumerate(words) if i and word.islower()), last)
    return f"{' '.join(words[start:])}, {' '.join(words[:start])}" if start > 0 else name


def surname(name: str) -> str:
    """The surname in another spelling of a person's name, folded; "" where it has only one word."""
    words = bare(name)
    if len(words) < 2 or (len(words) < len(name.split()) and NUMERAL.fullmatch(name.split()[-1])):
        return ""
    return " ".join(tokens(words[0] if stands_first(name) else words[-1])[-1:])


def sorted_surname(sort_name: str) -> list[str]:
    """The surname in a name as a directory sorts it, as folded words: those before a comma, or the first of several.

    Of "Charles III" there is none.
    """
    family, comma, _ = sort_name.partition(",")
    words = bare(family)
    if NUMERAL.fullmatch(family) or (not comma and len(words) < len(family.split())):
        return []
    return tokens(" ".join(words)) if comma else tokens(" ".join(words))[:1]


def name_start(name: str, of: str = "name") -> str:
    """The first ``START`` words of a name, folded; of its "surname" as a directory sorts it; or its "last" of several.

    The last is the surname of another spelling, which may stand first.
    """
    if of == "last":
        return surname(name)
    return " ".join((sorted_surname(name) if of == "surname" else tokens(name))[:START])
