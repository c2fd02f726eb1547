"""What stands at each Randnummer of a version, and on which page. Knows the tree only."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from konzept.dokument.baum import Dokument, Handlungsziel, Leitziel
from konzept.fliesstext.bloecke import Block, Knoten
from konzept.seiten import Seite, seiten

from .textstuecke import blocktext, stuecke

MIT_TEXT = frozenset(
    {"titel", "text", "aufgabe", "takt", "zeitraum", "begruendung", "wortlaut", "angabe", "programm", "geber", "seit"}
)
"""What of an element is printed as somebody has typed it, by the names in the tree."""
MIT_TEXTEN = frozenset({"termine", "gruppen", "fragen"})
"""The same as several short texts, or as parts that hold such texts."""
MIT_TEILEN = frozenset({"schritte", "kosten", "positionen", "sachstaende", "foerderungen", "zellen"})
"""The parts of an element that stand at its Randnummer."""


class Stelle(NamedTuple):
    """A block with a Randnummer. `anker` names the element to which it belongs, `seite` the page on which it stands;
    `ist_text` says that `text` is running text, for which another wording can be proposed word by word."""

    rn: int
    anker: str
    seite: str
    text: str
    ist_text: bool
    knoten: Knoten

    def teile(self) -> list[str]:
        """The texts for which another wording can be meant: a paragraph; a list or table, its items or cells; of an
        element its title, its paragraphs, its steps and whatever else somebody has typed."""
        if isinstance(self.knoten, Block):
            return [stueck.text for stueck in stuecke((self.knoten,))]
        return list(dict.fromkeys(_teile(self.knoten)))


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
        """The Randnummern that stand on a page, given by its Anker."""
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
        yield Stelle(rn, anker, seite, _text(knoten), _ist_text(knoten), knoten)
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
    if isinstance(knoten, Block):
        return blocktext(knoten)
    titel = getattr(knoten, "titel", "") or getattr(knoten, "name", "")
    absaetze = getattr(knoten, "text", ()) or getattr(knoten, "aufgabe", ())
    return "\n".join(filter(None, [titel, *map(blocktext, absaetze)]))


def _ist_text(knoten) -> bool:
    """A goal without a text of its own is one sentence."""
    return isinstance(knoten, Block) or (isinstance(knoten, Leitziel | Handlungsziel) and not knoten.text)


def _teile(knoten) -> Iterator[str]:
    for feld in knoten.__struct_fields__:
        wert = getattr(knoten, feld)
        if feld in MIT_TEXT and isinstance(wert, str):
            yield from filter(None, [wert])
        elif feld in MIT_TEXT:
            yield from (stueck.text for stueck in stuecke(wert))
        elif feld in MIT_TEXTEN | MIT_TEILEN:
            for teil in wert if isinstance(wert, tuple) else (wert,):
                yield from [teil] if isinstance(teil, str) else _teile(teil)
