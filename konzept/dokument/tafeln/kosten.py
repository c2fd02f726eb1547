"""The tables in which an overview of the costs is shown: on the screen whole, for there they scroll; in print in parts
with as many columns side by side as fit on a page."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from konzept.dokument import baum
from konzept.dokument.summenspalten import nebeneinander

PLATZ = 72
"""So many digits stand side by side beside the heads of the rows, in the type of the print."""
PLATZ_GROSS = 32
"""The same in large print."""
ABSTAND = 2
SUMME = "Summe"
HOECHSTENS = "max."
STELLEN = "Stellenanteile (VZÄ) nach Finanzierung und Jahren, mit dem höchsten Stand (max.)"
GENAU = {"EUR": "Euro", "CHF": "Schweizer Franken"}


class Reihe(NamedTuple):
    """A row: its Kostenzeile or Stellenzeile, the numbers in its cells, and how they are written there."""

    zeile: baum.Kostenzeile | baum.Stellenzeile
    werte: tuple[Decimal, ...]
    zellen: tuple[str, ...]


class Tabelle(NamedTuple):
    """`kopf` is the head of the first column, `spalten` those of the others; the last row is the `summe`. `am_ende`
    says that the last column holds the sum of the row."""

    titel: str
    kopf: str
    spalten: tuple[str, ...]
    reihen: tuple[Reihe, ...]
    summe: Reihe
    am_ende: bool


def kostentabellen(
    uebersicht: baum.Kostenuebersicht, nur_mittel: bool = False, platz: int | None = PLATZ
) -> Iterator[Tabelle]:
    """By Handlungsfeld and by source of money, or by the latter alone, for each view of the budget; divided into parts
    for so many digits side by side, or whole where `platz` is None."""
    waehrung = GENAU.get(uebersicht.waehrung, uebersicht.waehrung)
    for sicht in uebersicht.sichten:
        haushalt = f" im {sicht.haushalt}" if sicht.haushalt else ""
        arten = [] if nur_mittel else [("Handlungsfeldern", "Handlungsfeld", sicht.felder)]
        for wonach, kopf, zeilen in (*arten, ("Finanzierung", "Finanzierung", sicht.mittel)):
            titel = f"Kosten{haushalt} nach {wonach} und Jahren in {waehrung}"
            alle = [(z, (*z.betraege, z.summe)) for z in (*zeilen, sicht.summe)]
            yield from _geteilt(titel, kopf, (*uebersicht.spalten, SUMME), alle, platz)


def stellentabellen(stellen: baum.Stellen, platz: int | None = PLATZ) -> Iterator[Tabelle]:
    """The Stellenanteile by source of money and year; `platz` as above."""
    alle = [(z, (*z.anteile, z.hoechstens)) for z in (*stellen.zeilen, stellen.summe)]
    spalten = (*stellen.jahre, HOECHSTENS)
    yield from _geteilt(STELLEN, "Finanzierung", spalten, alle, platz)


def _geteilt(
    titel: str,
    kopf: str,
    spalten: tuple[str, ...],
    zeilen: Sequence[tuple[baum.Kostenzeile | baum.Stellenzeile, tuple[Decimal, ...]]],
    platz: int | None,
) -> Iterator[Tabelle]:
    """Numbers have two places everywhere or nowhere, and no sign of a currency, which the title names."""
    stellen = 2 if any(wert != int(wert) for _, werte in zeilen for wert in werte) else 0
    reihen = [Reihe(zeile, werte, tuple(_zahl(wert, stellen) for wert in werte)) for zeile, werte in zeilen]
    laengen = [
        max(*(_laenge(reihe.zellen[i]) for reihe in reihen), *map(_laenge, spalte.split())) + ABSTAND
        for i, spalte in enumerate(spalten)
    ]
    gruppen = [range(len(spalten))] if platz is None else nebeneinander(laengen, platz)
    for nummer, gruppe in enumerate(gruppen, start=1):
        von, bis = gruppe.start, gruppe.stop
        teile = [Reihe(reihe.zeile, reihe.werte[von:bis], reihe.zellen[von:bis]) for reihe in reihen]
        yield Tabelle(
            titel=titel if len(gruppen) == 1 else f"{titel} ({nummer} von {len(gruppen)})",
            kopf=kopf,
            spalten=spalten[von:bis],
            reihen=tuple(teile[:-1]),
            summe=teile[-1],
            am_ende=bis == len(spalten),
        )


def _zahl(wert: Decimal, stellen: int) -> str:
    text = f"{abs(wert):,.{stellen}f}".translate(str.maketrans(",.", ".,"))
    return f"\u2212{text}" if wert < 0 else text


def _laenge(text: str) -> int:
    """In digits; points and commas take half of one."""
    return len(text) - (text.count(".") + text.count(",")) // 2
