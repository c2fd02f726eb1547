"""An amount, a range of two, or one that is taken several times: what a wording is about when all that is said of it
has been taken away."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from .werte import GeldFehler, betrag_in, geprueft, spanne_in
from .zahlen import Betrag, lies_betrag


@dataclass(frozen=True, slots=True)
class Kern:
    """One reading. ``worte`` is a wording of the single amount or the range that cannot be read in another way, and
    ``zweifel`` what to ask where this is not certain."""

    betrag: Decimal
    worte: str
    waehrung: str = ""
    untergrenze: Decimal | None = None
    mal: int = 1
    bezeichnet: bool = False
    zweifel: str = ""

    def gespart(self) -> "Kern":
        """The same as a saving, also where it already was written with a minus."""
        if self.untergrenze is None:
            return replace(self, betrag=-abs(self.betrag), worte="−" + self.worte.removeprefix("−"))
        unten, oben = sorted((-abs(self.betrag), -abs(self.untergrenze)))
        return replace(self, betrag=oben, untergrenze=unten, worte=_spanne(unten, oben, self.waehrung))


def kerne(text: str) -> tuple[Kern, ...]:
    """The readings of a smoothed text that is an amount, a range or a multiple and nothing else; () for any other."""
    return _einzeln(text) or _vielfaches(text) or _von_bis(text)


def _einzeln(text: str) -> tuple[Kern, ...]:
    return tuple(
        Kern(b.wert, b.worte, b.waehrung, bezeichnet=b.bezeichnet, zweifel=b.zweifel) for b in lies_betrag(text)
    )


_MAL = r" ?(?:x|×|\*|-?mal) ?"
_RATEN = " (?:monate|monatsraten|raten)"
_JAHR = re.compile("(?:19|20|21)[0-9]{2}")
_ZUSAMMEN = r"(?:,? ?(?:=|zusammen|insgesamt|gesamt|macht|ergibt|sind) ?(?P<summe>.+))?"
_VIELFACHES = (
    re.compile(
        rf"(?P<mal>[0-9]{{1,4}})(?:(?:{_RATEN})?{_MAL}|{_RATEN} (?:à|a|zu(?: je)?) )(?P<einzeln>.+?){_ZUSAMMEN}"
    ),
    re.compile(rf"(?P<einzeln>.+?){_MAL}(?P<mal>[0-9]{{1,4}})(?:{_RATEN})?{_ZUSAMMEN}"),
)


def _vielfaches(text: str) -> tuple[Kern, ...]:
    for muster in _VIELFACHES:
        m = muster.fullmatch(text)
        if m and _JAHR.fullmatch(m["mal"]):
            return ()
        if m and (mal := int(m["mal"])) and (einzelne := _einzeln(m["einzeln"])):
            if einzelne[0].zweifel and not einzelne[0].bezeichnet:
                return ()  # "3 x 5" may be anything
            vielfache = tuple(replace(k, betrag=geprueft(k.betrag * mal, k.waehrung), mal=mal) for k in einzelne)
            return _mit_summe(vielfache, m["summe"]) if m["summe"] else vielfache
    return ()


def _mit_summe(vielfache: tuple[Kern, ...], text: str) -> tuple[Kern, ...]:
    """Those whose sum is the one that is written behind them."""
    summen = _einzeln(text)
    if not summen:
        return ()
    if passende := tuple(k for k in vielfache if any(k.betrag == s.betrag for s in summen)):
        return passende
    k, summe = vielfache[0], summen[0]
    richtig = f"{k.mal} x {k.worte}"
    falsch = f"{richtig} sind {betrag_in(k.betrag, k.waehrung or 'EUR')}, nicht {summe.worte}."
    raise GeldFehler(f"{falsch} Schreiben Sie {richtig} oder {summe.worte}.", (richtig, summe.worte))


_BIS = re.compile(r" bis (?:zu |ca\. |max\. |maximal |höchstens )?|(?<![.,-]) ?- ?(?:ca\. )?")
_ZWISCHEN = re.compile(r"zwischen (?P<von>.+?) und (?P<bis>.+)")
_MIN_MAX = re.compile(
    r"(?:mind\.?|mindestens|min\.) ?(?P<von>.+?)(?:,| und|, aber)? (?:höchstens|maximal|max\.) ?(?P<bis>.+)"
)
_VON = re.compile("von ")


def _von_bis(text: str) -> tuple[Kern, ...]:
    if m := _ZWISCHEN.fullmatch(text) or _MIN_MAX.fullmatch(text):
        return _spannen(m["von"], m["bis"], strich=False)
    text = _VON.sub("", text, count=1) if text.startswith("von ") else text
    for m in _BIS.finditer(text):
        if spannen := _spannen(text[: m.start()].rstrip(), text[m.end() :], strich=" bis " not in m[0]):
            return spannen
    return ()


def _spannen(links: str, rechts: str, *, strich: bool) -> tuple[Kern, ...]:
    """The readings of a range with these ends. One end borrows from the other what marks it as money ("5–8 TEUR"). A
    ``strich`` stands in telephone numbers and periods, too, and means nothing between bare numbers."""
    von, bis = lies_betrag(links), lies_betrag(rechts)
    if not von or not bis:
        return ()
    v, b, kurz = von[0], bis[0], False
    if v.waehrung and b.waehrung and v.waehrung != b.waehrung:
        return ()
    if (strich and (v.wert < 0 or b.wert < 0 or (v.wie_ein_jahr and b.gruppiert))) or b.wie_ein_jahr:
        return ()
    if not v.bezeichnet and not b.bezeichnet:
        if strich or v.zweifel or b.zweifel:
            return ()
    elif not b.bezeichnet:
        bis = lies_betrag(f"{rechts} {v.einheit}")
    elif not v.bezeichnet:
        von = lies_betrag(f"{links} {b.einheit}")
        if von[0].wert > b.wert:
            von = lies_betrag(f"{links} {b.waehrung or 'EUR'}".lower())
        kurz = not von[0].stufe and v.zahl.isdigit() and 0 < v.wert < 1000 and v.wert * 1000 < b.wert
    waehrung = v.waehrung or b.waehrung
    return tuple(k for v, b in product(von, bis) for k in _geordnet(v, b, waehrung, kurz))


def _geordnet(von: Betrag, bis: Betrag, waehrung: str, kurz: bool) -> Iterator[Kern]:
    """The range; two of them where the lower end may be thousands that nobody wrote (``kurz``: "5 bis 8.000 €")."""
    if von.wert < 0 < bis.wert:
        yield from _strich_davor(-von.wert, bis.wert, waehrung)
    if von.wert < 0 < bis.wert or bis.wert < 0 <= von.wert:
        return
    unten, oben = sorted((von.wert, bis.wert)) if von.wert < 0 and bis.wert < 0 else (von.wert, bis.wert)
    if unten > oben:
        worte = _spanne(oben, unten, waehrung)
        raise GeldFehler(f"Das Ende {bis.worte} liegt unter dem Anfang {von.worte}. Schreiben Sie {worte}.", (worte,))
    zweifel = von.zweifel or bis.zweifel
    if kurz:
        zweifel = f"Sind es {von.zahl} Tausend bis {bis.worte}?"
        yield Kern(oben, _spanne(unten * 1000, oben, waehrung), waehrung, unten * 1000, zweifel=zweifel)
    if unten == oben:
        yield Kern(oben, bis.worte, waehrung, zweifel=zweifel)
    else:
        yield Kern(oben, _spanne(unten, oben, waehrung), waehrung, unten, bezeichnet=von.bezeichnet, zweifel=zweifel)


def _strich_davor(unten: Decimal, oben: Decimal, waehrung: str) -> Iterator[Kern]:
    """ "- 5.000 bis 8.000 €": the dash may stand for a minus, or in front of one of several lines."""
    if unten < oben:
        for von, bis in ((unten, oben), (-oben, -unten)):
            zweifel = "Ist der Strich davor ein Minus?"
            yield Kern(bis, _spanne(von, bis, waehrung), waehrung, von, bezeichnet=True, zweifel=zweifel)


def _spanne(unten: Decimal, oben: Decimal, waehrung: str) -> str:
    return spanne_in(unten, oben, waehrung or "EUR").replace("\u00a0", " ")
