"""The matrix of Querschnittsaufgaben and Handlungsfelder as a table: what heads its columns, what stands in its cells.

Free of Django, and without an idea of paper or screen.
"""

import string
from typing import NamedTuple

from konzept.dokument import baum

from .spaltenbreiten import PLATZ, anteile, breite, zeilenzahl

TITEL_ALS_KOPF = 6
"""Of more columns the heads are numbers, and what they are called stands below the table."""
KOPFZEILEN = 3
"""Lines that the heads may take."""
TEXTE_IN_ZELLEN = 3
"""Beside more columns a text has no room: it stands in a row of its own below the signs."""
ERSTE_SPALTE = 25
"""Percent of the width beside which the heads have to have room."""
ZEICHEN = "●"


class Kopf(NamedTuple):
    """What heads a column, and what it is called in full; both the same where its title stands there."""

    kurz: str
    titel: str
    spalte: baum.Verweis


class Zelle(NamedTuple):
    kopf: Kopf
    betrifft: bool
    text: str


class Zeile(NamedTuple):
    """`texte` are those that stand below the row, each with its column."""

    zeile: baum.Matrixzeile
    zellen: tuple[Zelle, ...]
    texte: tuple[Zelle, ...]


class Matrixtafel(NamedTuple):
    """`prozente` are the widths of the columns, that of the heads of the rows first. `mit_kopferklaerung` says that
    something shorter stands for the titles of the columns, `mit_zeichen` that a sign stands in a cell."""

    koepfe: tuple[Kopf, ...]
    zeilen: tuple[Zeile, ...]
    prozente: tuple[int, ...]
    mit_kopferklaerung: bool
    mit_zeichen: bool


def matrixtafel(matrix: baum.Matrix) -> Matrixtafel:
    """The heads are the titles of the Handlungsfelder where these have room, else their numbers, or letters where one
    has none."""
    koepfe = _mit_titeln(matrix)
    if koepfe is None:
        koepfe = _mit_nummern(matrix.spalten)
    darunter = len(koepfe) > TEXTE_IN_ZELLEN
    zeilen = tuple(_zeile(zeile, koepfe, darunter) for zeile in matrix.zeilen)
    return Matrixtafel(
        koepfe=koepfe,
        zeilen=zeilen,
        prozente=_prozente(koepfe, zeilen),
        mit_kopferklaerung=any(k.kurz != k.titel for k in koepfe),
        mit_zeichen=any(z.betrifft and not z.text for zeile in zeilen for z in zeile.zellen),
    )


def benannt(feld: baum.Verweis) -> str:
    return f"{feld.nummer}\u00a0{feld.titel}" if feld.nummer else feld.titel


def _mit_titeln(matrix: baum.Matrix) -> tuple[Kopf, ...] | None:
    if len(matrix.spalten) > TITEL_ALS_KOPF:
        return None
    koepfe = tuple(Kopf(benannt(s), benannt(s), s) for s in matrix.spalten)
    platz = PLATZ * (100 - ERSTE_SPALTE) / 100
    titel = [k.titel for k in koepfe]
    return koepfe if zeilenzahl(titel, anteile([titel], platz), platz) <= KOPFZEILEN else None


def _mit_nummern(spalten: tuple[baum.Verweis, ...]) -> tuple[Kopf, ...]:
    nummern = [s.nummer for s in spalten]
    if "" in nummern or len({*nummern}) < len(nummern) or max(map(breite, nummern), default=0) > 8:
        nummern = [*string.ascii_uppercase] if len(spalten) <= 26 else [str(i + 1) for i in range(len(spalten))]
    return tuple(Kopf(nummer, benannt(s), s) for nummer, s in zip(nummern, spalten, strict=False))


def _zeile(zeile: baum.Matrixzeile, koepfe: tuple[Kopf, ...], darunter: bool) -> Zeile:
    voll = [Zelle(k, z.betrifft, z.text) for k, z in zip(koepfe, zeile.zellen, strict=True)]
    if not darunter:
        return Zeile(zeile, tuple(voll), ())
    zellen = tuple(Zelle(z.kopf, z.betrifft or bool(z.text), "") for z in voll)
    return Zeile(zeile, zellen, tuple(z for z in voll if z.text))


def _prozente(koepfe: tuple[Kopf, ...], zeilen: tuple[Zeile, ...]) -> tuple[int, ...]:
    """Columns that hold but signs below short heads are all of one width."""
    kopf = ["Querschnittsaufgabe", *(k.kurz for k in koepfe)]
    zellen = [[f"{z.zeile.nummer} {z.zeile.titel}", *(c.text or ZEICHEN for c in z.zellen)] for z in zeilen]
    erste, *weitere = anteile([kopf, *zellen])
    if weitere and all(k.kurz != k.titel for k in koepfe) and not any(c.text for z in zeilen for c in z.zellen):
        breiteste = min(max(weitere), (100 - ERSTE_SPALTE) // len(weitere))
        return (100 - breiteste * len(weitere), *[breiteste] * len(weitere))
    return (erste, *weitere)
