"""Finds the amounts in a longer wording, such as "einmalig 5.000 € und jährlich 2.000 €".

Nothing here knows how an amount is written with all that belongs to it: of the words around a number the longest run is
taken that ``lies`` understands. A number counts as an amount where a currency stands beside it. A rate ("50 € je
Stunde"), a share ("19 % von 5.000 €") and what is in another amount already ("davon 2.000 €") do not count.
"""

import re
from collections.abc import Iterator

from .lesen import lies
from .werte import GeldFehler

_LAENGE = 2_000
"""The signs of a wording in which amounts are looked for; what is longer is a text and no list of costs."""
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
_RATE = re.compile(r"\s*(?:/|(?:je|pro|per)\b|[x×*]\s)", re.IGNORECASE)
_ANTEIL = re.compile(r"(?:%\s*(?:von|aus|der|des)|davon|darin|je|jeweils|à|[x×*]|mal)[:\s]*$", re.IGNORECASE)
_SUMME = re.compile(r"(?:zusammen|insgesamt|(?:in )?summe|gesamt\w*)\b", re.IGNORECASE)


def teile(text: str) -> tuple[str, ...]:
    """The amounts that stand in a longer wording, in its order, each as a wording that ``lies`` understands with what
    is said of it: how often, in which years. () where none is found, or where it would be guessing."""
    if len(text) > _LAENGE:
        return ()
    zahlen = [(m.start(), m.end()) for m in _BETRAG.finditer(text) if _HAT_WAEHRUNG.search(m[0])]
    gefunden, ab = [], 0
    for nummer, (anfang, ende) in enumerate(zahlen):
        bis = _anfang_der_naechsten(text, *zahlen[nummer + 1], ende) if nummer + 1 < len(zahlen) else len(text)
        if not (spanne := _laengste(text, range(ab, anfang + 1), range(ende, bis + 1))):
            continue
        von, ab = spanne
        if not (_RATE.match(text, ab) or _ANTEIL.search(text[:von])):
            gefunden.append((von, ab))
    if len(gefunden) > 1:
        gefunden = [(von, bis) for von, bis in gefunden if not _ist_summe(text, von)]
    return tuple(text[von:bis] for von, bis in gefunden)


def _ist_summe(text: str, von: int) -> bool:
    """Whether an amount is the sum of others: the word for it is its first, or the one in front of it."""
    davor = text[:von].split()
    return bool(_SUMME.match(text, von) or (davor and _SUMME.match(davor[-1])))


def _anfang_der_naechsten(text: str, anfang: int, ende: int, ab: int) -> int:
    """Where the next amount begins with the words in front of it that are its own: a comma ends them."""
    ab = max(ab, *(text.rfind(zeichen, 0, anfang) + 1 for zeichen in ",;"))
    spanne = _laengste(text, range(ab, anfang + 1), range(ende, ende + 1))
    return spanne[0] if spanne else anfang


def _laengste(text: str, anfaenge: range, enden: range) -> tuple[int, int] | None:
    """The longest run of words that ``lies`` understands, from one of these places to another."""
    for von, bis in sorted(_spannen(text, anfaenge, enden), key=lambda spanne: spanne[0] - spanne[1]):
        try:
            if lies(text[von:bis]).verstanden:
                return von, bis
        except GeldFehler:
            continue
    return None


def _spannen(text: str, anfaenge: range, enden: range) -> Iterator[tuple[int, int]]:
    links = [m.start() for m in _WORTANFANG.finditer(text, anfaenge[0], anfaenge[-1])]
    worte = [m.end() for m in _WORTENDE.finditer(text, enden[0], enden[-1])][:_WORTE]
    rechts = {enden[0], *worte, *(len(text[:ende].rstrip(_SATZZEICHEN)) for ende in worte)}
    return ((von, bis) for von in (*links[-_WORTE:], anfaenge[-1]) for bis in rechts if bis >= enden[0])
