"""Languages as catalogues write them, as ISO 639-1 codes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from babel import Locale
from babel.localedata import locale_identifiers

_THREE_LETTERS = (
    "ara ar ben bn bul bg cat ca ces cs chi zh cze cs dan da deu de dut nl ell el eng en epo eo est et eus eu fas fa "
    "fil tl fin fi fra fr fre fr ger de gre el heb he hin hi hrv hr hun hu ind id isl is ita it jpn ja kor ko lat la "
    "lav lv lit lt may ms msa ms nld nl nob nb nor no per fa pol pl por pt ron ro rum ro rus ru slk sk slo sk slv sl "
    "spa es srp sr swe sv tam ta tel te tgl tl tha th tur tr ukr uk urd ur vie vi zho zh"
).split()
"""ISO 639-2 codes, each followed by its ISO 639-1 code."""
_OTHERS = {"no": "no", "norwegian": "no", "mandarin": "zh", "esperanto": "eo", "eo": "eo", "latin": "la", "la": "la"}


def language_code(text: str) -> str:
    """The ISO 639-1 code of a code or name ("eng", "en-GB", "English", "Deutsch"), "" where it is unknown.

    Of several ("de/en") it is the first.
    """
    word = text.replace(";", "/").replace(",", "/").split("/")[0].strip().casefold()
    known = _known()
    return (
        known.get(word)
        or known.get(word.replace("_", "-").split("-")[0], "")
        or known.get(word.split("(")[0].strip(), "")
    )


@cache
def _known() -> Mapping[str, str]:
    codes = dict(zip(_THREE_LETTERS[::2], _THREE_LETTERS[1::2], strict=True))
    english = Locale("en").languages
    for code in locale_identifiers():
        if len(code) == 2:
            own = Locale(code).get_language_name()
            codes |= {name.casefold(): code for name in (code, english.get(code), own) if name}
    return codes | {
        "no": "no",
        "norwegian": "no",
        "mandarin": "zh",
        "esperanto": "eo",
        "latin": "la",
        "eo": "eo",
        "la": "la",
    }
