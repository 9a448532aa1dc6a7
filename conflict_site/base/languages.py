"""Languages by code and name."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import get_language_info

_TWO_LETTERS = """
aa Afar; ab Abkhazian; ae Avestan; af Afrikaans; ak Akan; am Amharic; an Aragonese; ar Arabic; as Assamese;
av Avaric; ay Aymara; az Azerbaijani; ba Bashkir; be Belarusian; bg Bulgarian; bi Bislama; bm Bambara;
bn Bengali; bo Tibetan; br Breton; bs Bosnian; ca Catalan; ce Chechen; ch Chamorro; co Corsican; cr Cree;
cs Czech; cu Church Slavonic; cv Chuvash; cy Welsh; da Danish; de German; dv Dhivehi; dz Dzongkha; ee Ewe;
el Greek; en English; eo Esperanto; es Spanish; et Estonian; eu Basque; fa Persian; ff Fulah; fi Finnish;
fj Fijian; fo Faroese; fr French; fy Western Frisian; ga Irish; gd Scottish Gaelic; gl Galician; gn Guarani;
gu Gujarati; gv Manx; ha Hausa; he Hebrew; hi Hindi; ho Hiri Motu; hr Croatian; ht Haitian Creole; hu Hungarian;
hy Armenian; hz Herero; ia Interlingua; id Indonesian; ie Interlingue; ig Igbo; ii Sichuan Yi; ik Inupiaq;
io Ido; is Icelandic; it Italian; iu Inuktitut; ja Japanese; jv Javanese; ka Georgian; kg Kongo; ki Kikuyu;
kj Kuanyama; kk Kazakh; kl Kalaallisut; km Khmer; kn Kannada; ko Korean; kr Kanuri; ks Kashmiri; ku Kurdish;
kv Komi; kw Cornish; ky Kyrgyz; la Latin; lb Luxembourgish; lg Ganda; li Limburgish; ln Lingala; lo Lao;
lt Lithuanian; lu Luba-Katanga; lv Latvian; mg Malagasy; mh Marshallese; mi Maori; mk Macedonian; ml Malayalam;
mn Mongolian; mr Marathi; ms Malay; mt Maltese; my Burmese; na Nauru; nb Norwegian Bokmål; nd North Ndebele;
ne Nepali; ng Ndonga; nl Dutch; nn Norwegian Nynorsk; no Norwegian; nr South Ndebele; nv Navajo; ny Chichewa;
oc Occitan; oj Ojibwa; om Oromo; or Odia; os Ossetian; pa Punjabi; pi Pali; pl Polish; ps Pashto; pt Portuguese;
qu Quechua; rm Romansh; rn Rundi; ro Romanian; ru Russian; rw Kinyarwanda; sa Sanskrit; sc Sardinian; sd Sindhi;
se Northern Sami; sg Sango; si Sinhala; sk Slovak; sl Slovenian; sm Samoan; sn Shona; so Somali; sq Albanian;
sr Serbian; ss Swati; st Southern Sotho; su Sundanese; sv Swedish; sw Swahili; ta Tamil; te Telugu; tg Tajik;
th Thai; ti Tigrinya; tk Turkmen; tl Tagalog; tn Tswana; to Tongan; tr Turkish; ts Tsonga; tt Tatar; tw Twi;
ty Tahitian; ug Uyghur; uk Ukrainian; ur Urdu; uz Uzbek; ve Venda; vi Vietnamese; vo Volapük; wa Walloon;
wo Wolof; xh Xhosa; yi Yiddish; yo Yoruba; za Zhuang; zh Chinese; zu Zulu
"""  # ISO 639-1, all of them, with their usual English names
_THREE_LETTERS = """
ady Adyghe; aii Assyrian Neo-Aramaic; arz Egyptian Arabic; ckb Central Kurdish; crh Crimean Tatar; csb Kashubian;
dsb Lower Sorbian; fil Filipino; gag Gagauz; hsb Upper Sorbian; inh Ingush; kbd Kabardian; kmr Northern Kurdish;
krc Karachay-Balkar; krl Karelian; lez Lezghian; mdf Moksha; mhr Eastern Mari; mul Several languages; myv Erzya;
nds Low German; prs Dari; rom Romani; rue Rusyn; sah Yakut; sgs Samogitian; szl Silesian; tyv Tuvinian;
udm Udmurt; und Language not known; xal Kalmyk; yue Cantonese
"""  # of ISO 639-3 those of the region, and some that have no code of two letters


def _table(written: str) -> dict[str, str]:
    return dict(re.findall(r"([a-z]+) ([^;\n]+)", written))


LANGUAGES = _table(_TWO_LETTERS) | _table(_THREE_LETTERS)


def language_name(code: str) -> str:
    """The English name of a language, or its code where none is known."""
    try:
        name: str = get_language_info(code)["name"]
    except KeyError:
        return LANGUAGES.get(code, code)
    return name


def validate_language(value: str) -> None:
    """Raise ValidationError for what is no code on the list."""
    if value in LANGUAGES:
        return
    code = next((code for code, name in LANGUAGES.items() if value.lower() in (code, name.lower())), "")
    offer = f"Write {code} for {LANGUAGES[code]}." if code else "Write two or three small letters, as en, ru, uk."
    raise ValidationError(f"“{value[:20]}” is no language’s code of ISO 639. {offer}")
