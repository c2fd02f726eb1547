"""What an earlier program printed otherwise than the tree says.

A frozen PDF stays as it was made. Whoever mends the print of a tree that could be frozen already raises SATZ and says
here in which places the PDFs from before differ from it.
"""

from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct

from konzept.fliesstext import Liste, klartext

from . import baum
from .druckbild import gekuerzt

SATZ = 2
"""1 printed every numbered list from 1."""
AUSZUG = 60


def satz_von_heute() -> int:
    return SATZ


class Abweichung(NamedTuple):
    """A place in which a PDF says something else than its tree: `anker` of the element, `rn` of the block (0: none) and
    `kapitel`, the heading above it; `satz` is a whole sentence."""

    anker: str
    rn: int
    kapitel: str
    satz: str


def abweichungen(dokument: baum.Dokument, satz: int) -> list[Abweichung]:
    """Where the PDF of a tree differs from it that was printed as `satz` did, in reading order."""
    if satz >= SATZ:
        return []
    return [
        Abweichung(anker, rn, kapitel, _satz(liste)) for liste, anker, rn, kapitel in _listen(dokument, "", 0, "") if
        liste.start not in (None, 1)
    ]  # fmt: skip


def _satz(liste: Liste) -> str:
    worte = next((klartext(b.laeufe) for p in liste.punkte for b in p.bloecke if isinstance(b, baum.Absatz)), "")
    auszug = f": „{gekuerzt(worte, AUSZUG)}“" if worte else ""
    return f"Die Zählung beginnt im PDF mit „1.“ und nicht mit „{liste.zeichen(0)}“{auszug}"


def _listen(knoten: object, anker: str, rn: int, kapitel: str) -> Iterator[tuple[Liste, str, int, str]]:
    if isinstance(knoten, tuple):
        for teil in knoten:
            yield from _listen(teil, anker, rn, kapitel)
    elif isinstance(knoten, Struct):
        if isinstance(knoten, baum.Kapitel):
            kapitel = knoten.ueberschrift
        if not isinstance(knoten, baum.Verweis):
            anker = getattr(knoten, "anker", "") or anker
        rn = getattr(knoten, "rn", 0) or rn
        if isinstance(knoten, Liste):
            yield knoten, anker, rn, kapitel
        for name in knoten.__struct_fields__:
            yield from _listen(getattr(knoten, name), anker, rn, kapitel)
