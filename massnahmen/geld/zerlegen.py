"""Finds the amounts in a longer wording, such as "einmalig 5.000 € und jährlich 2.000 €".

Nothing here knows how an amount is written with all that belongs to it: of the words around a number the longest run is
taken that ``lies`` understands. A number counts as an amount where a currency stands beside it. A rate ("50 € je
Stunde"), a share ("19 % von 5.000 €") and what is in another amount already ("davon 2.000 €") do not count.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from konzept.grenzen import BETRAEGE_IN_WORTEN

from .lesen import in_jedem_jahr, lies_ausschnitt
from .werte import GeldFehler

_WORTE = 8
"""The words on either side of a number that may belong to it."""

_WAEHRUNG = r"(?:€|t?euro?s?\b|t?€|chf\b|us-?dollar\b|usd\b|\$|£|fr\.)"
_BETRAG = re.compile(
    rf"(?<![\w.,§/])(?:{_WAEHRUNG}\s?)?[0-9](?:[0-9.,'’]|\s(?=[0-9]{{3}}\b)){{0,30}}-{{0,2}}"
    rf"(?:\s?(?:mio\.?|mrd\.?|million(?:en)?|milliarden?|tsd\.?|tausend|t|k)(?=\s|€|eur|chf))?(?:\s?{_WAEHRUNG})?",
    re.IGNORECASE,
)
_HAT_WAEHRUNG = re.compile(_WAEHRUNG, re.IGNORECASE)
_WORTENDE, _WORTANFANG = re.compile(r"\S(?=\s|$)"), re.compile(r"(?<!\S)\S")
_SATZZEICHEN = " .,;:"
_RATE = re.compile(r"\s*(?:/\s*[^\W\d]|(?:je(?!\s+nach)|pro|per)\b|[x×*]\s)", re.IGNORECASE)
_ANTEIL = re.compile(
    r"(?:%\s*(?:von|aus|der|des)|davon|darin|\b(?:je|jeweils|pro|per)(?:\s+\w+)?|à|[x×*]|mal)[:\s]*$", re.IGNORECASE
)
_TRENNER = re.compile(r"[,;](?=\s)|\s(?:und|sowie|plus|\+)\s")
_SUMME = re.compile(r"(?:zusammen|insgesamt|(?:in )?summe|gesamt\w*)\b", re.IGNORECASE)


def teile(text: str) -> tuple[str, ...]:
    """The amounts that stand in a longer wording, in its order, each as a wording that ``lies`` understands with what
    is said of it: how often, in which years. () where none is found; what would be guessing is left out."""
    if len(text) > BETRAEGE_IN_WORTEN:
        return ()
    zahlen = [(m.start(), m.end()) for m in _BETRAG.finditer(text) if _HAT_WAEHRUNG.search(m[0])]
    funde, ab = [], 0
    for nummer, (anfang, ende) in enumerate(zahlen):
        bis = _anfang_der_naechsten(text, *zahlen[nummer + 1], ende) if nummer + 1 < len(zahlen) else len(text)
        if fund := _laengster(text, range(ab, anfang + 1), range(ende, bis + 1)):
            ab = fund.bis
            if not (_RATE.match(text, fund.bis) or _ANTEIL.search(text[: fund.von])):
                funde.append(fund)
    if len(funde) > 1:
        funde = [fund for fund in funde if not _ist_summe(text, fund.von)]
    return tuple(teil for fund in funde for teil in fund.teile)


class _Fund(NamedTuple):
    """A run of words about an amount, and what it says: several where each year has its own, none where it asks."""

    von: int
    bis: int
    teile: tuple[str, ...]


def _ist_summe(text: str, von: int) -> bool:
    """Whether an amount is the sum of others: the word for it is its first, or the one in front of it."""
    davor = text[:von].split()
    return bool(_SUMME.match(text, von) or (davor and _SUMME.match(davor[-1])))


def _anfang_der_naechsten(text: str, anfang: int, ende: int, ab: int) -> int:
    """Where the next amount begins with the words in front of it that are its own: at least those behind the last comma
    or "und"."""
    komma = max(ab, *(text.rfind(zeichen, 0, anfang) + 1 for zeichen in ",;"))
    fund = _laengster(text, range(komma, anfang + 1), range(ende, ende + 1))
    trenner = [m.start() for m in _TRENNER.finditer(text, ab, anfang)]
    return max(ab, min(anfang, *(trenner[-1:]), fund.von if fund else anfang))


def _laengster(text: str, anfaenge: range, enden: range) -> _Fund | None:
    """The longest run of words that ``lies`` understands or asks back, from one of these places to another."""
    for von, bis in sorted(_spannen(text, anfaenge, enden), key=lambda spanne: spanne[0] - spanne[1]):
        teil = text[von:bis]
        try:
            if lies_ausschnitt(teil).verstanden:
                return _Fund(von, bis, (teil,))
        except GeldFehler as fehler:
            if fehler.lesarten:
                return _Fund(von, bis, fehler.lesarten if len(fehler.lesarten) == 1 else ())
            continue
        if je_jahr := in_jedem_jahr(teil):
            return _Fund(von, bis, je_jahr)
    return None


def _spannen(text: str, anfaenge: range, enden: range) -> Iterator[tuple[int, int]]:
    links = [m.start() for m in _WORTANFANG.finditer(text, anfaenge[0], anfaenge[-1])]
    worte = [m.end() for m in _WORTENDE.finditer(text, enden[0], enden[-1])][:_WORTE]
    rechts = {enden[0], *worte, *(len(text[:ende].rstrip(_SATZZEICHEN)) for ende in worte)}
    return ((von, bis) for von in (*links[-_WORTE:], anfaenge[-1]) for bis in rechts if bis >= enden[0])
