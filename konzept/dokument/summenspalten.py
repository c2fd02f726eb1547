"""The columns of a table of sums by year: which there are, and how many stand side by side."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import pairwise

HOECHSTENS_JAHRE = 60
"""What lies behind so many years is summed in one column of its own."""


class Spalten:
    """The years of the validity, or where it is open those that occur; before and behind them a column each for what
    lies outside, and one for what has no year, where there is such a thing.

    `jahre` are the years that have a column, `titel` the heads of all columns: "vor 2027", "2027", …, "nach 2032",
    "ohne Jahr".
    """

    def __init__(self, ab: int | None, bis: int | None, genannt: Iterable[int | None]) -> None:
        genannt = {*genannt}
        jahre = sorted(jahr for jahr in genannt if jahr is not None)
        if ab and bis:
            eigene = tuple(range(ab, bis + 1))
        else:
            eigene = tuple(j for j in jahre if (ab or j) <= j <= (bis or j)) or tuple(jahre)
        self.jahre = eigene[:HOECHSTENS_JAHRE]
        self.vor = any(j < self.jahre[0] for j in jahre)
        self.nach = any(j > self.jahre[-1] for j in jahre)
        self.ohne = None in genannt
        erstes, letztes = (self.jahre[0], self.jahre[-1]) if self.jahre else (0, 0)
        if ab and ab <= erstes and not any(ab <= j < erstes for j in jahre):
            erstes = ab
        if bis and bis >= letztes and not any(letztes < j <= bis for j in jahre):
            letztes = bis
        self.titel = (
            *([f"vor {erstes}"] if self.vor else ()),
            *map(str, self.jahre),
            *([f"nach {letztes}"] if self.nach else ()),
            *(["ohne Jahr"] if self.ohne else ()),
        )

    def verteilt(self, summen: Mapping[int | None, Decimal]) -> tuple[Decimal, ...]:
        """Sums by year as one amount for each column; nothing is left over."""
        betraege = [Decimal(0)] * len(self.titel)
        for jahr, betrag in summen.items():
            betraege[self._platz(jahr)] += betrag
        return tuple(betraege)

    def hoechstes(self, werte: Mapping[int, Decimal]) -> tuple[Decimal, ...]:
        """Values by year as one for each column: the highest of the years that share it."""
        hoechste = [Decimal(0)] * len(self.titel)
        for jahr, wert in werte.items():
            hoechste[self._platz(jahr)] = max(hoechste[self._platz(jahr)], wert)
        return tuple(hoechste)

    def _platz(self, jahr: int | None) -> int:
        if jahr is None:
            return len(self.titel) - 1
        if jahr < self.jahre[0]:
            return 0
        if jahr > self.jahre[-1]:
            return len(self.titel) - 1 - self.ohne
        return self.jahre.index(jahr) + self.vor


def nebeneinander(laengen: list[int], platz: int) -> list[range]:
    """Groups of neighbouring columns of `laengen` signs that fit into `platz` signs side by side: as few groups as
    possible, and none much smaller than another."""
    if not laengen:
        return [range(0)]
    breite = max(laengen)
    je_gruppe = max(1, platz // breite)
    gruppen = -(-len(laengen) // je_gruppe)
    grenzen = [round(i * len(laengen) / gruppen) for i in range(gruppen + 1)]
    return [range(a, b) for a, b in pairwise(grenzen)]
