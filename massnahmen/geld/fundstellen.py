"""Where in a wording an amount of money seems to stand: a number beside a currency or a unit of money, readable or
not."""

import re
from typing import NamedTuple

_STRICH = "-‐‑–—−"
_WAEHRUNG = (
    r"(?:[tk]?€|[tk]?(?:euros?|eur|chf)\b|us-?dollar\b|us\s?\$|\$|£|s?fr\.|(?:schweizer )?franken\b"
    r"|(?:usd|gbp|dm|czk|dkk|huf|nok|pln|sek)\b)"
)
_STUFE = r"(?:mio|mrd|tsd)\b\.?|million(?:en)?\b|milliarden?\b|tausend\b"
_ZAHL = r"[0-9](?:(?:[.,'’´`]|(?<![0-9]{4})\s(?=[0-9]{3}(?![0-9])))?[0-9])*"
_JAHR_DAVOR = rf"(?!(?:19|20|21)[0-9]{{2}}\s{_WAEHRUNG}\s?[0-9](?:[0-9.,]*[0-9])?(?![.,]?[0-9]|\s?{_WAEHRUNG}))"
_NUMMER = re.compile(
    rf"(?:(?<![^\s(])[{_STRICH}](?=[0-9€$£]))?(?:(?<![^\W\d])(?P<vorn>{_WAEHRUNG}|[tk]\.?\s?(?:€|eur\b))\s?(?:-\s?)?)?"
    rf"(?<![0-9]){_JAHR_DAVOR}{_ZAHL}(?P<strich>[.,]\s?(?:[{_STRICH}]{{1,2}}|=)(?![0-9]))?"
    rf"(?:\s?(?P<stufe>{_STUFE}|(?(vorn)[tk]\b(?!\s?€)|(?(strich)(?!)|[tkm]\.?)(?=\s?(?:€|eur|chf)))))?"
    rf"(?(vorn)|(?:\s?[{_STRICH}]?\s?(?P<hinten>{_WAEHRUNG})(?(strich)(?!\s?[0-9])))?)",
    re.IGNORECASE,
)
_JAHR = re.compile("(?:19|20|21)[0-9]{2}")
_ETWA = r"(?:(?:ca|max|rd)\.|circa|etwa|rund|maximal|höchstens)?\s*"
_BIS = re.compile(rf"\s*(?:[{_STRICH}]|bis(?:\s+zu)?\b)\s*{_ETWA}", re.IGNORECASE)
_UND = re.compile(rf"\s+und\s+{_ETWA}", re.IGNORECASE)
_ZWISCHEN = re.compile(rf"\bzwischen\s+{_ETWA}$", re.IGNORECASE)


class Stelle(NamedTuple):
    """From where to where the number stands with its currency, as typed. A range has two numbers, and a
    ``mitte``: where the first ends and the second begins. Without a currency ("2,5 Millionen") it need not be money."""

    von: int
    bis: int
    mitte: tuple[int, int] | None
    mit_waehrung: bool


def stellen(text: str) -> list[Stelle]:
    """The places at which an amount seems to stand, in their order."""
    gefunden: list[Stelle] = []
    davor = None
    for m in _NUMMER.finditer(text):
        einheit = m["vorn"] or m["strich"] or m["stufe"] or m["hinten"]
        if davor and einheit and _ist_spanne(text, davor, m):
            if gefunden and gefunden[-1].bis == davor.end():
                gefunden.pop()
            mitte = davor.end(), m.start()
            gefunden.append(Stelle(davor.start(), m.end(), mitte, _hat_waehrung(m) or _hat_waehrung(davor)))
            davor = None
            continue
        if einheit:
            gefunden.append(Stelle(m.start(), m.end(), None, _hat_waehrung(m)))
        davor = m
    return gefunden


def _hat_waehrung(m: re.Match[str]) -> bool:
    return bool(m["vorn"] or m["strich"] or m["hinten"])


def _ist_spanne(text: str, von: re.Match[str], bis: re.Match[str]) -> bool:
    dazwischen = text[von.end() : bis.start()]
    if _UND.fullmatch(dazwischen):
        return bool(_ZWISCHEN.search(text[: von.start()])) and not _JAHR.fullmatch(von[0])
    return bool(_BIS.fullmatch(dazwischen)) and not _JAHR.fullmatch(von[0])
