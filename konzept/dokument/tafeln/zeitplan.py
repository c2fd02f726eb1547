"""The tables in which a plan over the years is shown: on the screen whole, for there they scroll; in print in parts
with as many years side by side as fit on a page. Free of Django."""

from collections.abc import Iterator
from typing import NamedTuple

from konzept.dokument import baum
from konzept.dokument.summenspalten import nebeneinander

JAHR = 5
"""Percent of the width that the column of a year takes at least."""
JAHRE = 60
"""Percent that the years of a table take at most: twelve of them."""
WEITE_JAHRE = 8
"""Up to so many have a column one percent wider."""
ZEITRAUM = 17


class Zeile(NamedTuple):
    """A row of the document tree, and for each year that the table shows whether the measure runs in it."""

    zeile: baum.Zeitplanzeile
    laeuft: tuple[bool, ...]


class Zeitplantafel(NamedTuple):
    """The years of one Handlungsfeld `name`, or some of them, with the widths of all columns. `ohne` are the spans of
    years left out below it because no measure runs in them ("2039–2050"); only the last table has them."""

    name: str
    titel: str
    jahre: tuple[int, ...]
    prozente: tuple[int, ...]
    zeilen: tuple[Zeile, ...]
    ohne: tuple[str, ...]


def zeitplantafeln(plan: baum.Zeitplan, in_teilen: bool) -> Iterator[Zeitplantafel]:
    gruppen = nebeneinander([JAHR] * len(plan.jahre), JAHRE) if in_teilen else [range(len(plan.jahre))]
    for feld in plan.felder:
        name = f"{feld.feld.nummer}\u00a0{feld.feld.titel}" if feld.feld.nummer else feld.feld.titel
        gezeigt = [g for g in gruppen if any(True in zeile.laeuft[g.start : g.stop] for zeile in feld.zeilen)]
        gezeigt = gezeigt or [*gruppen[:1]]
        ohne = tuple(_spanne(plan.jahre[g.start : g.stop]) for g in gruppen if g not in gezeigt)
        for nummer, gruppe in enumerate(gezeigt, start=1):
            von, bis = gruppe.start, gruppe.stop
            je_jahr = JAHR + (len(gruppe) <= WEITE_JAHRE)
            yield Zeitplantafel(
                name=name,
                titel=name if len(gezeigt) == 1 else f"{name} ({nummer} von {len(gezeigt)})",
                jahre=plan.jahre[von:bis],
                prozente=(100 - ZEITRAUM - je_jahr * len(gruppe), ZEITRAUM, *[je_jahr] * len(gruppe)),
                zeilen=tuple(Zeile(zeile, zeile.laeuft[von:bis]) for zeile in feld.zeilen),
                ohne=ohne if nummer == len(gezeigt) else (),
            )


def laufjahre(zeile: baum.Zeitplanzeile, jahre: tuple[int, ...]) -> str:
    """In which years a measure runs, in words: "2027–2029, 2031"; "" where in none."""
    spannen: list[list[int]] = []
    for jahr, laeuft in zip(jahre, zeile.laeuft, strict=True):
        if laeuft and spannen and spannen[-1][-1] == jahr - 1:
            spannen[-1].append(jahr)
        elif laeuft:
            spannen.append([jahr])
    return ", ".join(_spanne(tuple(spanne)) for spanne in spannen)


def _spanne(jahre: tuple[int, ...]) -> str:
    return f"{jahre[0]}–{jahre[-1]}" if len(jahre) > 1 else str(jahre[0])
