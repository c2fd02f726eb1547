"""The blocks of a rich text, as frozen values."""

from collections.abc import Iterable
from itertools import groupby
from typing import dataclass_transform

from msgspec import Struct, field, structs

from .zaehlung import zeichen


# msgspec hands `frozen` down to what derives from it; type checkers learn that here.
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Knoten(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """Base of all parts; equal trees are equal values. A frozen tree has no cycles, so the collector may skip it.

    It is written with all its fields, and read only without any other (see `konzept.dokument.formate`).
    """


class Lauf(Knoten, kw_only=True):
    """A run of text; "\\n" in it is a line break. `ziel` is an address (https:, mailto:) or "#anker"."""

    text: str
    fett: bool = False
    kursiv: bool = False
    ziel: str = ""


class Absatz(Knoten, kw_only=True, tag="absatz"):
    rn: int = 0
    laeufe: tuple[Lauf, ...]


class Zwischentitel(Knoten, kw_only=True, tag="zwischentitel"):
    laeufe: tuple[Lauf, ...]


class Punkt(Knoten, kw_only=True):
    bloecke: "tuple[Block, ...]"


class Liste(Knoten, kw_only=True, tag="liste"):
    rn: int = 0
    start: int | None = None
    """First number of an ordered list; None for a list of bullets."""
    zaehlung: str = ""
    """How an ordered list counts: "" for 1., 2., or one of `zaehlung.ZAEHLUNGEN` for a), b) and the like."""
    punkte: tuple[Punkt, ...]

    def zeichen(self, platz: int) -> str:
        """What stands before an item (from 0): "8." or "b)", and "" in a list of bullets."""
        if self.start is None:
            return ""
        return zeichen(self.zaehlung, self.start + platz) + (")" if self.zaehlung else ".")


AUSRICHTUNGEN = ("", "links", "mitte", "rechts")


class Texttabelle(Knoten, kw_only=True, tag="texttabelle"):
    rn: int = 0
    titel: tuple[Lauf, ...] = ()
    ausrichtung: tuple[str, ...] = ()
    """What each column is aligned to, one of AUSRICHTUNGEN, "" where nothing is said; () where nothing is of any."""
    kopf: tuple[tuple[Lauf, ...], ...]
    zeilen: tuple[tuple[tuple[Lauf, ...], ...], ...]


def ausrichtung(genannt: Iterable[str], breite: int) -> tuple[str, ...]:
    """What is said of the first columns, for all of so many; () where nothing is."""
    genannt = tuple(genannt)[:breite]
    return (*genannt, *[""] * (breite - len(genannt))) if any(genannt) else ()


Block = Absatz | Liste | Zwischentitel | Texttabelle
Text = tuple[Block, ...]


def klartext(laeufe: Iterable[Lauf]) -> str:
    return "".join(lauf.text for lauf in laeufe)


def stil(lauf: Lauf) -> tuple[bool, bool, str]:
    return lauf.fett, lauf.kursiv, lauf.ziel


def verschmolzen(laeufe: Iterable[Lauf]) -> tuple[Lauf, ...]:
    """The runs without empty ones, neighbours of equal style as one."""
    gruppen = [list(gruppe) for _, gruppe in groupby((lauf for lauf in laeufe if lauf.text), key=stil)]
    return tuple(structs.replace(gruppe[0], text=klartext(gruppe)) for gruppe in gruppen)


def zeilen_von(laeufe: Iterable[Lauf]) -> list[tuple[Lauf, ...]]:
    """The lines of runs, each without white space at its edges; () for an empty one."""
    zeilen: list[list[Lauf]] = [[]]
    for lauf in laeufe:
        erste, *weitere = lauf.text.split("\n")
        zeilen[-1].append(structs.replace(lauf, text=erste))
        zeilen += [[structs.replace(lauf, text=teil)] for teil in weitere]
    return [_getrimmt(zeile) for zeile in zeilen]


def aus_zeilen(zeilen: Iterable[tuple[Lauf, ...]]) -> tuple[Lauf, ...]:
    """The runs of lines, empty ones left out; a line break has the marks that both its neighbours have."""
    laeufe: list[Lauf] = []
    for zeile in filter(None, zeilen):
        if laeufe:
            a, b = laeufe[-1], zeile[0]
            ziel = a.ziel if a.ziel == b.ziel else ""
            laeufe.append(Lauf(text="\n", fett=a.fett and b.fett, kursiv=a.kursiv and b.kursiv, ziel=ziel))
        laeufe += zeile
    return verschmolzen(laeufe)


def _getrimmt(zeile: list[Lauf]) -> tuple[Lauf, ...]:
    zeile = list(verschmolzen(zeile))
    while zeile and (text := zeile[0].text.lstrip()) != zeile[0].text:
        zeile[:1] = [structs.replace(zeile[0], text=text)] if text else []
    while zeile and (text := zeile[-1].text.rstrip()) != zeile[-1].text:
        zeile[-1:] = [structs.replace(zeile[-1], text=text)] if text else []
    return verschmolzen(zeile)
