"""The tables in which a plan over the years is shown: on the screen whole, for there they scroll; in print in parts
with as many years side by side as fit on a page. Free of Django."""

from collections.abc import Iterator
from typing import NamedTuple

from konzept.dokument import baum
from konzept.dokument.spalten import nebeneinander

JAHR = 5
"""Percent of the width that the column of a year takes at least."""
JAHRE = 50
ZEITRAUM = 17


class Zeile(NamedTuple):
    """A row and, of its years, those that the table shows."""

    zeile: baum.Zeitplanzeile
    laeuft: tuple[bool, ...]


class Zeitplantafel(NamedTuple):
    """The years of one Handlungsfeld, or some of them, with the widths of all columns."""

    titel: str
    jahre: tuple[int, ...]
    prozente: tuple[int, ...]
    zeilen: tuple[Zeile, ...]


def zeitplantafeln(plan: baum.Zeitplan, in_teilen: bool) -> Iterator[Zeitplantafel]:
    gruppen = nebeneinander([JAHR] * len(plan.jahre), JAHRE) if in_teilen else [range(len(plan.jahre))]
    for feld in plan.felder:
        titel = f"{feld.feld.nummer}\u00a0{feld.feld.titel}" if feld.feld.nummer else feld.feld.titel
        for nummer, gruppe in enumerate(gruppen, start=1):
            von, bis = gruppe.start, gruppe.stop
            je_jahr = JAHR + (len(gruppe) <= JAHRE // (JAHR + 1))
            yield Zeitplantafel(
                titel=titel if len(gruppen) == 1 else f"{titel} ({nummer} von {len(gruppen)})",
                jahre=plan.jahre[von:bis],
                prozente=(100 - ZEITRAUM - je_jahr * len(gruppe), ZEITRAUM, *[je_jahr] * len(gruppe)),
                zeilen=tuple(Zeile(zeile, zeile.laeuft[von:bis]) for zeile in feld.zeilen),
            )
