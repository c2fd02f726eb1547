"""A table of a text as it is shown: what its columns are aligned to, how wide they are, which cells head a row, and
where it may break across pages. Free of Django."""

import re
from collections.abc import Iterator
from math import ceil
from typing import NamedTuple

from konzept.dokument.summenspalten import nebeneinander
from konzept.fliesstext.bloecke import AUSRICHTUNGEN, Lauf, Texttabelle, klartext

from .spaltenbreiten import KLEINE_TABELLE, LANGE_ZEILE, PLATZ, anteile, mindestbreiten, zeilenzahl

IN_ZELLE = 50
"""How wide a table in a cell of another one is at least, as PLATZ is counted: beside dates and actors of a step."""
_ZAHL = re.compile(r"[+±−–-]?\s?(?!0\d)\d[\d.,/'\u00a0\u202f ]*\s?(?:%|‰|€|EUR|Euro|T€|Tsd\.|Mio\.|VZÄ)?")
_DATUM = re.compile(r"\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{2,4})?")
_NICHTS = {"", "-", "–", "—", "k. A.", "k.A.", "/", "x"}
_LAUFEND = re.compile(r"\d{1,3}\.?")

Worte = tuple[Lauf, ...]


class Spalte(NamedTuple):
    """`ausrichtung` is one of `bloecke.AUSRICHTUNGEN`, `prozent` the width."""

    ausrichtung: str
    prozent: int


class Zeile(NamedTuple):
    """`lang` says that it may break across pages."""

    zellen: tuple[Worte, ...]
    lang: bool


class Texttafel(NamedTuple):
    """So many cells at the beginning of each row head it: `zeilenkoepfe`. `klein` says that it stays on one page."""

    titel: Worte
    spalten: tuple[Spalte, ...]
    kopf: tuple[Worte, ...]
    zeilen: tuple[Zeile, ...]
    zeilenkoepfe: int
    klein: bool


def texttafeln(tabelle: Texttabelle, in_teilen: bool, platz: float = PLATZ) -> Iterator[Texttafel]:
    """The table as a whole; on paper (`in_teilen`) in parts one below the other where its columns have no room side by
    side (`platz`), each with what heads the rows."""
    gruppen = _gruppen(tabelle, platz) if in_teilen else []
    if len(gruppen) < 2:
        yield texttafel(tabelle, platz)
        return
    for nummer, spalten in enumerate(gruppen, start=1):
        teil = f" ({nummer} von {len(gruppen)})" if tabelle.titel else f"Teil {nummer} von {len(gruppen)}"
        yield texttafel(
            Texttabelle(
                titel=(*tabelle.titel, Lauf(text=teil)),
                kopf=tuple(tabelle.kopf[i] for i in spalten),
                zeilen=tuple(tuple(zeile[i] for i in spalten) for zeile in _gleich_breit(tabelle)),
                ausrichtung=tuple(tabelle.ausrichtung[i] for i in spalten) if tabelle.ausrichtung else (),
            ),
            platz,
        )


def _gruppen(tabelle: Texttabelle, platz: float) -> list[list[int]]:
    """Which columns stand side by side; [] where all do."""
    texte = [[_text(zelle) for zelle in zeile] for zeile in (tabelle.kopf, *_gleich_breit(tabelle))]
    weiten = mindestbreiten(texte)
    if sum(weiten) <= platz:
        return []
    koepfe = max(zeilenkoepfe(texte[1:]), 1)
    daneben = platz - sum(weiten[:koepfe])
    gruppen = nebeneinander([ceil(weite) for weite in weiten[koepfe:]], int(daneben))
    return [[*range(koepfe), *(koepfe + i for i in gruppe)] for gruppe in gruppen]


def _gleich_breit(tabelle: Texttabelle) -> list[tuple[Worte, ...]]:
    """Every row has as many cells as the head."""
    breite = len(tabelle.kopf)
    return [(*zeile, *[()] * breite)[:breite] for zeile in tabelle.zeilen]


def texttafel(tabelle: Texttabelle, platz: float = PLATZ) -> Texttafel:
    """The table as a whole, with columns of which each has room for its numbers where all together have `platz`."""
    breite = len(tabelle.kopf)
    zeilen = _gleich_breit(tabelle)
    texte = [[_text(zelle) for zelle in zeile] for zeile in (tabelle.kopf, *zeilen)]
    prozente = anteile(texte, platz)
    hoehen = [zeilenzahl(zeile, prozente, platz) for zeile in texte]
    koepfe = zeilenkoepfe(texte[1:])
    return Texttafel(
        titel=tabelle.titel,
        spalten=tuple(map(Spalte, ausrichtungen(tabelle.ausrichtung, texte[1:], koepfe, breite), prozente)),
        kopf=tabelle.kopf,
        zeilen=tuple(Zeile(zeile, hoehe > LANGE_ZEILE) for zeile, hoehe in zip(zeilen, hoehen[1:], strict=True)),
        zeilenkoepfe=koepfe,
        klein=sum(hoehen) + len(hoehen) * 0.8 <= KLEINE_TABELLE,
    )


def ausrichtungen(genannt: tuple[str, ...], zeilen: list[list[str]], koepfe: int, breite: int) -> list[str]:
    """What each column is aligned to: what somebody said, else to the right where it holds nothing but numbers. One
    that heads its rows, such as that of the years, stands at the left."""
    genannt = (*genannt, *[""] * breite)[:breite]
    spalten = [*zip(*zeilen, strict=True)] or [()] * breite
    return [
        (wo if wo in AUSRICHTUNGEN else "") or ("rechts" if i >= koepfe and _nur_zahlen(spalte) else "")
        for i, (wo, spalte) in enumerate(zip(genannt, spalten, strict=True))
    ]


def zeilenkoepfe(zeilen: list[list[str]]) -> int:
    """How many cells at the beginning of each row head it: the first where every row has another one, and the second
    likewise behind a running number. 0 where rows bear no names of their own."""
    spalten = [*zip(*zeilen, strict=True)]
    if len(spalten) < 2 or not _benennt(spalten[0]):
        return 0
    laufend = all(_LAUFEND.fullmatch(text) for text in spalten[0])
    return 2 if laufend and len(spalten) > 2 and _benennt(spalten[1]) and not _nur_zahlen(spalten[1]) else 1


def _benennt(spalte: tuple[str, ...]) -> bool:
    return all(spalte) and len({*spalte}) == len(spalte)


def _nur_zahlen(spalte: tuple[str, ...]) -> bool:
    zahlen = [text for text in spalte if text not in _NICHTS]
    return bool(zahlen) and all(_ZAHL.fullmatch(text) and not _DATUM.fullmatch(text) for text in zahlen)


def _text(zelle: Worte) -> str:
    return klartext(zelle).replace("\n", " ").strip()
