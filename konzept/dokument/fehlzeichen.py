"""The signs of a document that no font of the print has: named with their place, and replaced.

What the fonts have, and what becomes of a text, stands in `konzept.druckschriften`.
"""

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple, TypeVar

from msgspec import Struct

from konzept.druckschriften import (
    AUS_WORD,
    ERSATZ,
    FAMILIEN,
    OHNE_ZEICHEN,
    WEITERE,
    aufbereitet,
    dateien,
    ersetze,
    fehlend,
    fehlende,
    gebrauchte,
    grundvorrat,
    ohne_namen,
    satz,
    schriftregeln,
    vorrat,
)

from . import baum

__all__ = [
    "AUS_WORD",
    "ERSATZ",
    "FAMILIEN",
    "WEITERE",
    "Fehlzeichen",
    "dateien",
    "druckbar",
    "ersetze",
    "fehlende",
    "fehlende_zeichen",
    "gebrauchte",
    "grundvorrat",
    "satz",
    "schriftregeln",
    "vorrat",
]


Knoten = TypeVar("Knoten", bound=Struct)


class Fehlzeichen(NamedTuple):
    """A sign that is replaced in print, its chapter and anchor ("" on the cover) and the words around it."""

    zeichen: str
    name: str
    stelle: str
    anker: str
    auszug: str

    def __str__(self) -> str:
        return f"{self.name}, {self.stelle}: „{self.auszug}“"


def druckbar(dokument: baum.Dokument) -> baum.Dokument:
    """The same tree with every text as it is printed."""
    return _druckbarer_knoten(dokument)


def _druckbar(wert: object) -> object:
    if isinstance(wert, str):
        text = ersetze(wert)
        return wert if text == wert else text
    if isinstance(wert, tuple):
        teile = tuple(map(_druckbar, wert))
        return teile if any(a is not b for a, b in zip(teile, wert, strict=True)) else wert
    return _druckbarer_knoten(wert) if isinstance(wert, Struct) else wert


def _druckbarer_knoten(knoten: Knoten) -> Knoten:
    alt = {name: getattr(knoten, name) for name in knoten.__struct_fields__}
    neu = {name: wert if name in baum.NICHT_GELESEN and isinstance(wert, str) else _druckbar(wert)
           for name, wert in alt.items()}  # fmt: skip
    return type(knoten)(**neu) if any(neu[n] is not alt[n] for n in alt) else knoten


def fehlende_zeichen(dokument: baum.Dokument) -> list[Fehlzeichen]:
    """Every sign that would be replaced, once for each element in which it stands, in reading order."""
    gefunden = {}
    for text, stelle, anker in _stellen(dokument, "Deckblatt", ""):
        text = aufbereitet(text)
        for zeichen, anfang, ende in fehlend(text):
            if (zeichen, anker) not in gefunden:
                auszug = " ".join(ersetze(text[max(0, anfang - 30) : ende + 30]).split())
                gefunden[zeichen, anker] = Fehlzeichen(zeichen, _name(zeichen), stelle, anker, auszug)
    return list(gefunden.values())


def _stellen(knoten: object, stelle: str, anker: str) -> Iterator[tuple[str, str, str]]:
    if isinstance(knoten, str) and knoten:
        yield knoten, stelle, anker
    elif isinstance(knoten, tuple):
        for teil in knoten:
            yield from _stellen(teil, stelle, anker)
    elif isinstance(knoten, Struct):
        if isinstance(knoten, baum.Kapitel):
            stelle = knoten.ueberschrift
        if not isinstance(knoten, baum.Verweis):
            anker = getattr(knoten, "anker", "") or anker
        for name in knoten.__struct_fields__:
            wert = getattr(knoten, name)
            if not (name in baum.NICHT_GELESEN and isinstance(wert, str)):
                yield from _stellen(wert, stelle, anker)


def _name(zeichen: str) -> str:
    """ "U+1F600 GRINNING FACE"; the parts of a composed picture joined with "+"."""
    teile = [z for z in zeichen if not OHNE_ZEICHEN.match(z)] or list(zeichen)
    return " + ".join(f"U+{ord(z):04X} {unicodedata.name(z, ohne_namen(z))}" for z in teile)
