"""What stands at each Randnummer of a version, and on which page. Knows the tree only."""

import re
from functools import cached_property
from typing import NamedTuple

from konzept.dokument.baum import Dokument, texte
from konzept.fliesstext.bloecke import Knoten, Liste, Texttabelle, klartext
from konzept.seiten import Seite, seiten


class Stelle(NamedTuple):
    """A block with a Randnummer. `anker` names the element to which it belongs, `seite` the page on which it stands;
    `ist_text` says that `text` is running text, for which another wording can be proposed word by word."""

    rn: int
    anker: str
    seite: str
    text: str
    ist_text: bool


class Stellen:
    """All Randnummern of a document. Made once for a request; no queries."""

    def __init__(self, dokument: Dokument):
        self.dokument = dokument
        self.seiten: list[Seite] = seiten(dokument)

    @cached_property
    def _nach_rn(self) -> dict[int, Stelle]:
        gefunden = {}
        for seite in self.seiten:
            eigener = seite.kapitel.anker
            for stelle in _suche(seite.inhalt, eigener, eigener):
                gefunden.setdefault(stelle.rn, stelle)
        return gefunden

    def __getitem__(self, rn: int) -> Stelle:
        return self._nach_rn[rn]

    def get(self, rn: int | None) -> Stelle | None:
        return self._nach_rn.get(rn)

    @property
    def letzte(self) -> int:
        return max(self._nach_rn, default=0)

    def auf(self, seite: str) -> set[int]:
        """The Randnummern of a page."""
        return {stelle.rn for stelle in self._nach_rn.values() if stelle.seite == seite}


def _suche(knoten, anker: str, seite: str):
    if isinstance(knoten, tuple):
        for teil in knoten:
            yield from _suche(teil, anker, seite)
        return
    if not isinstance(knoten, Knoten):
        return
    anker = element_anker(getattr(knoten, "anker", "")) or anker
    if rn := getattr(knoten, "rn", 0):
        yield Stelle(rn, anker, seite, _text(knoten), not hasattr(knoten, "anker"))
    for feld in knoten.__struct_fields__:
        yield from _suche(getattr(knoten, feld), anker, seite)


def ganzzahl(wert: str) -> int | None:
    """A number out of an address or a form, small enough for every database; None for anything else."""
    return int(wert) if wert.isascii() and wert.isdecimal() and len(wert) < 19 else None


def element_anker(anker: str) -> str:
    """The element of which an Anker names a part: "handlungsfeld-3-staerken" is part of "handlungsfeld-3"."""
    treffer = re.match(r"[a-z]+-[0-9]+", anker)
    return treffer[0] if treffer else ""


def _text(knoten) -> str:
    if laeufe := getattr(knoten, "laeufe", None):
        return klartext(laeufe)
    if isinstance(knoten, Liste):
        return "\n".join(" ".join(texte(punkt)) for punkt in knoten.punkte)
    if isinstance(knoten, Texttabelle):
        zeilen = (knoten.kopf, *knoten.zeilen)
        return "\n".join(" | ".join(klartext(zelle) for zelle in zeile) for zeile in zeilen)
    titel = getattr(knoten, "titel", "") or getattr(knoten, "name", "")
    absaetze = getattr(knoten, "text", ()) or getattr(knoten, "aufgabe", ())
    return "\n".join(filter(None, [titel, *(_text(absatz) for absatz in absaetze)]))
