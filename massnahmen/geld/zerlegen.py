"""Finds the amounts in a longer wording, such as "einmalig 5.000 € und jährlich 2.000 €".

Nothing here knows how an amount is written with all that belongs to it: of the words around a number the longest run is
taken that ``lies`` understands.

Whoever takes over what ``teile`` offers adds it up. So it offers amounts only where each of them stands by itself: of a
total and its parts the total alone, and nothing where an amount cannot be read, where one is taken from another, where
words deny or compare ("kostenneutral", "statt", "oder"), or where a year or "jährlich" stands elsewhere in the wording.
``erwaehnt`` leaves none out, so that nobody believes that there are no others.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from konzept.grenzen import BETRAEGE_IN_WORTEN

from .fundstellen import Stelle, stellen
from .lesen import in_jedem_jahr, lies_ausschnitt
from .vorbehalte import gelten_nicht_fuer_sich, nennt_dauer, nennt_mittel, sagt_mehr, vergleichen
from .werte import Geld, GeldFehler, Grenze

_WORTE = 8
"""The words on either side of a number that may belong to it."""

_WORTENDE, _WORTANFANG = re.compile(r"\S(?=\s|$)"), re.compile(r"(?:(?<!\S)|(?<=\())\S")
_SATZZEICHEN = " .,;:)"
_RATE = re.compile(r"\s*\(?\s*(?:/\s*[^\W\d]|(?:je(?!\s+nach)|jeweils|pro|per)\b|[x×*](?!\w))", re.IGNORECASE)
_ANTEIL = re.compile(
    r"(?:%\s*(?:von|aus|der|des)|\b(?:je|jeweils|pro|per)(?:\s+\w+)?|à|(?<!\w)[x×*]|mal|\bauf)[:\s]*(?:ca\.\s*)?$",
    re.IGNORECASE,
)
_DAVON = re.compile(r"\b(?:davon|darunter|darin|hiervon|wovon|inkl\w*|einschl\w*)\b", re.IGNORECASE)
_NEUER_SATZ = re.compile(r"[;\n]|\.\s+(?=[A-ZÄÖÜ])")
_ALSO = re.compile(
    r"(?<![0-9]{4})(?<![0-9]{4}\s)=|\b(?:also|das heißt|das sind|macht|ergibt|entspricht|mithin|somit)\b|\bd\.\s?h\.",
    re.IGNORECASE,
)
_KLAMMER = re.compile(r"\([^()]*\)?")
_TRENNER = re.compile(r"[,;](?=\s)|\s(?:und|sowie|plus|\+)\s")
_GRENZE = re.compile(
    r"[,;+\n](?![0-9-])|\s/\s|(?<![0-9.,])\.\s|(?<=\w{3})\.\s|\b(?:und|sowie|plus|zzgl|zuzüglich|dazu)\b",
    re.IGNORECASE,
)
_STRICHE = "-‐‑–—−"
_SUMME = re.compile(r"(?:zusammen|insgesamt|(?:in )?summe|gesamt\w*)\b", re.IGNORECASE)
_NACKT = re.compile(r"(?<![\w.,/§])[0-9]{1,3}(?:\.[0-9]{3})+(?=\s*(?:[,;()+]|und\b|$))")


def teile(text: str) -> tuple[str, ...]:
    """The amounts that stand in a longer wording, each by itself, in their order: as wordings that ``lies`` understands
    with what is said of each: how often, in which years. () where there is none or where it would be guessing."""
    return tuple(teil for fund in _fuer_sich(text, _stellen(text)) for teil in fund.teile)


@lru_cache(maxsize=1024)
def erwaehnt(text: str) -> tuple[str, ...]:
    """Every amount that seems to stand in a wording, in its order: those of ``teile`` as they are, and each other as
    the number with its currency, as typed: also what cannot be read, is denied, or is a rate or a part of another."""
    alle = _stellen(text)
    funde = _fuer_sich(text, alle)
    offen = [(stelle.von, _wie_getippt(text, stelle)) for stelle in alle if not _liegt_in(funde, stelle.von)]
    genannt = sorted([*offen, *((fund.von, fund.teile) for fund in funde)])
    return tuple(teil for _, teile_dort in genannt for teil in teile_dort)


def _wie_getippt(text: str, stelle: Stelle) -> tuple[str, ...]:
    ganz = text[stelle.von : stelle.bis]
    if not stelle.mitte:
        return (ganz,)
    with suppress(GeldFehler):
        if lies_ausschnitt(ganz).verstanden:
            return (ganz,)
    ende, anfang = stelle.mitte
    return text[stelle.von : ende], text[anfang : stelle.bis]


def _stellen(text: str) -> list[Stelle]:
    return stellen(text) if len(text) <= BETRAEGE_IN_WORTEN else []


class _Fund(NamedTuple):
    """A run of words about an amount, and what it says: several where each year has its own."""

    von: int
    bis: int
    teile: tuple[str, ...]

    @property
    def werte(self) -> list[Geld]:
        return [lies_ausschnitt(teil) for teil in self.teile]

    @property
    def summe(self) -> Decimal:
        return sum((geld.beziffert for geld in self.werte), Decimal())


Stueck = Stelle | _Fund | tuple[int, int]
"""A stretch of the text; each begins with where it begins and ends."""


def _fuer_sich(text: str, alle: list[Stelle]) -> list[_Fund]:
    """What is found about the amounts that stand by themselves; [] where that is not plain."""
    if not any(stelle.mit_waehrung for stelle in alle):
        return []
    if ganzes := _ganzes(text):
        return ganzes
    nicht_gezaehlt = _teile_von_anderen(text, alle)
    if nicht_gezaehlt is None or gelten_nicht_fuer_sich(text) or _NACKT.search(_ohne(text, alle)):
        return []
    funde = _funde(text, alle, nicht_gezaehlt)
    if not _steht_frei(text, funde):
        return []
    rest, davor = _ohne(text, [*nicht_gezaehlt, *funde]), _vor_dem_ergebnis(text, alle)
    ohne_rechnung = _ohne(text, [*nicht_gezaehlt, *funde, *davor])
    mit_turnus = all(geld.turnus for fund in funde for geld in fund.werte)
    if nennt_dauer(ohne_rechnung) or sagt_mehr(ohne_rechnung if mit_turnus else rest):
        return []
    return funde if len(funde) < 2 else _ohne_summe(_ausgeblendet(text, nicht_gezaehlt), rest, funde)


def _ganzes(text: str) -> list[_Fund]:
    """The whole wording, where it is a single amount."""
    for ganz in (text.strip(), text.strip(" .,;:\n")):
        with suppress(GeldFehler):
            if lies_ausschnitt(ganz).verstanden:
                von = text.index(ganz)
                return [_Fund(von, von + len(ganz), (ganz,))]
    return []


def _teile_von_anderen(text: str, alle: list[Stelle]) -> list[tuple[int, int]] | None:
    """The stretches whose amounts are in another one already: in brackets behind it, behind "davon"; None where it is
    not plain in which."""
    klammern = [m.span() for m in _KLAMMER.finditer(text)]
    innen = [stelle for stelle in alle if _liegt_in(klammern, stelle.von)]
    stuecke = []
    if len(innen) < len(alle):
        for von, bis in klammern:
            if any(von <= stelle.von < bis for stelle in innen):
                davor = [stelle for stelle in alle if stelle.bis <= von][-1:]
                if not davor or davor[0] in innen or _GRENZE.search(text, davor[0].bis, von):
                    return None
                stuecke.append((von, bis))
    for m in _DAVON.finditer(text):
        danach = [stelle for stelle in alle if stelle.von >= m.end()]
        if _liegt_in(klammern, m.start()) or not danach:
            continue
        if alle[0].von > m.start() or _NEUER_SATZ.search(text, m.end(), danach[-1].von):
            return None
        return [*stuecke, (m.start(), len(text))]
    return stuecke


def _liegt_in(stuecke: Iterable[Stueck], ort: int) -> bool:
    return any(von <= ort < bis for von, bis, *_ in stuecke)


def _vor_dem_ergebnis(text: str, alle: list[Stelle]) -> list[tuple[int, int]]:
    """What stands in front of a result ("40 Stunden zu 50 € = 2.000 €")."""
    for m in _ALSO.finditer(text):
        if alle[0].bis <= m.start() and m.end() <= alle[-1].von:
            return [(0, m.end())]
    return []


def _funde(text: str, alle: list[Stelle], nicht_gezaehlt: list[tuple[int, int]]) -> list[_Fund]:
    """What is said about each amount that counts; [] where one of them cannot be read."""
    gezaehlt = [stelle for stelle in alle if not _liegt_in(nicht_gezaehlt, stelle.von)]
    if ergebnis := _vor_dem_ergebnis(text, gezaehlt):
        summanden = [stelle for stelle in gezaehlt if _liegt_in(ergebnis, stelle.von)]
        gezaehlt = gezaehlt[len(summanden) :]
        if len(gezaehlt) != 1 or not _ergibt(text, summanden, gezaehlt[0]):
            return []
    funde, ab = [], 0
    for nummer, stelle in enumerate(alle):
        if stelle not in gezaehlt:
            ab = stelle.bis
            continue
        if not stelle.mit_waehrung:
            return []
        bis = _anfang_der_naechsten(text, alle[nummer + 1], stelle.bis) if nummer + 1 < len(alle) else len(text)
        fund = _laengster(text, range(ab, stelle.von + 1), range(stelle.bis, bis + 1), stelle)
        if not fund or _RATE.match(text, fund.bis) or _ANTEIL.search(text[: fund.von]):
            return []
        ab = fund.bis
        funde.append(fund)
    return funde


def _ergibt(text: str, summanden: list[Stelle], ergebnis: Stelle) -> bool:
    """Whether it is plain that a result is that of the amounts in front of it: of a single one, or their sum."""
    if any(stelle.mitte for stelle in summanden):
        return False
    with suppress(GeldFehler):
        *werte, summe = (lies_ausschnitt(text[s.von : s.bis]).betrag for s in (*summanden, ergebnis))
        beziffert = [wert for wert in werte if wert is not None]
        return len(werte) == 1 or (len(beziffert) == len(werte) and sum(beziffert) == summe)
    return False


def _steht_frei(text: str, funde: list[_Fund]) -> bool:
    """Whether no dash takes an amount from what is in front of it, and a comma, a colon or "und" parts it from the
    next."""
    ab = 0
    for fund in funde:
        davor = text[ab : fund.von].strip()
        if ab and (not (_GRENZE.search(text, ab, fund.von) or ":" in davor) or davor.endswith(tuple(_STRICHE))):
            return False
        if text[fund.von] in _STRICHE and (text[fund.von + 1].isspace() or (davor and davor[-1] not in ":,;(")):
            return False
        if text[: fund.von][-1:].isalnum():
            return False
        ab = fund.bis
    return bool(funde)


def _ohne(text: str, stuecke: Iterable[Stueck]) -> str:
    """What stands in none of these stretches."""
    worte, ab = [], 0
    for von, bis in sorted((von, bis) for von, bis, *_ in stuecke):
        worte.append(text[ab:von] if ab < von else "")
        ab = max(ab, bis)
    return " | ".join([*worte, text[ab:]])


def _ausgeblendet(text: str, stuecke: list[tuple[int, int]]) -> str:
    """The same with blanks at these stretches."""
    for von, bis in stuecke:
        text = text[:von] + " " * (bis - von) + text[bis:]
    return text


def _ohne_summe(text: str, rest: str, funde: list[_Fund]) -> list[_Fund]:
    """Several amounts without the one that is the sum of the others; [] where one may be in another."""
    summen = [fund for fund in funde if _ist_summe(text, fund.von)]
    andere = [fund for fund in funde if fund not in summen]
    if summen:
        return andere if len(summen) == 1 and len(andere) > 1 and summen[0].summe == _zusammen(andere) else []
    jahre = [geld.jahr for fund in funde for geld in fund.werte]
    je_jahr = None not in jahre and len({*jahre}) == len(jahre)
    if not je_jahr and len(funde) > 2 and any(2 * fund.summe == _zusammen(funde) for fund in funde):
        return []
    if {Grenze.MINDESTENS, Grenze.HOECHSTENS} <= {geld.grenze for fund in funde for geld in fund.werte}:
        return []
    mittel = {nennt_mittel(text[slice(*_umgebung(text, fund))]) for fund in funde}
    return [] if vergleichen(rest) or len(mittel) > 1 else funde


def _zusammen(funde: list[_Fund]) -> Decimal:
    return sum((fund.summe for fund in funde), Decimal())


def _umgebung(text: str, fund: _Fund) -> tuple[int, int]:
    """From where to where a wording is about an amount: between commas and "und"."""
    davor = [m.end() for m in _GRENZE.finditer(text, 0, fund.von)]
    danach = _GRENZE.search(text, fund.bis)
    return davor[-1] if davor else 0, danach.start() if danach else len(text)


def _ist_summe(text: str, von: int) -> bool:
    """Whether an amount is the sum of others: the word for it is its first, or the one in front of it."""
    davor = text[:von].split()
    return bool(_SUMME.match(text, von) or (davor and _SUMME.match(davor[-1])))


def _anfang_der_naechsten(text: str, naechste: Stelle, ab: int) -> int:
    """Where the next amount begins with the words in front of it that are its own: at least those behind the last comma
    or "und"."""
    anfang = naechste.von
    komma = max(ab, *(text.rfind(zeichen, 0, anfang) + 1 for zeichen in ",;"))
    fund = _laengster(text, range(komma, anfang + 1), range(naechste.bis, naechste.bis + 1), naechste)
    trenner = [m.start() for m in _TRENNER.finditer(text, ab, anfang)]
    return max(ab, min(anfang, *(trenner[-1:]), fund.von if fund else anfang))


def _laengster(text: str, anfaenge: range, enden: range, stelle: Stelle) -> _Fund | None:
    """The longest run of words that ``lies`` understands, from one of these places to another; None where it asks."""
    for von, bis in sorted(_spannen(text, anfaenge, enden), key=lambda spanne: spanne[0] - spanne[1]):
        teil = text[von:bis]
        if teil[0] == "+" or (teil[0] == "(" and teil[-1] == ")"):
            continue
        try:
            if lies_ausschnitt(teil).verstanden:
                return _Fund(von, bis, (teil,))
        except GeldFehler as fehler:
            if fehler.lesarten:
                eindeutig = len(fehler.lesarten) == 1 and not stelle.mitte
                return _Fund(von, bis, fehler.lesarten) if eindeutig else None
            continue
        if je_jahr := in_jedem_jahr(teil):
            return _Fund(von, bis, je_jahr)
    return None


def _spannen(text: str, anfaenge: range, enden: range) -> Iterator[tuple[int, int]]:
    links = [m.start() for m in _WORTANFANG.finditer(text, anfaenge[0], anfaenge[-1])]
    worte = [m.end() for m in _WORTENDE.finditer(text, enden[0], enden[-1])][:_WORTE]
    rechts = {enden[0], *worte, *(len(text[:ende].rstrip(_SATZZEICHEN)) for ende in worte)}
    return ((von, bis) for von in (*links[-_WORTE:], anfaenge[-1]) for bis in rechts if bis >= enden[0])
