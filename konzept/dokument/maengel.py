"""What of a concept the document cannot show as its rows have it: one bad row never takes the others along.

An element that cannot be built is left out, a relation that leads nowhere is passed over; either is named here, for the
people who can put it right and for the log. Readers see the document without it.
"""

import logging
from collections.abc import Iterable
from math import inf
from time import monotonic
from typing import NamedTuple

from massnahmen.gliederung import anker

log = logging.getLogger(__name__)

JE_STUNDE = 3600.0
HOECHSTENS_GEMERKT = 10_000

FEHLT = "kann nicht dargestellt werden und fehlt darum im Konzept"
FEHLT_ZUM_TEIL = "kann nicht ganz dargestellt werden: Im Konzept steht die Überschrift, und der Inhalt fehlt zum Teil"
FREMDER_AKTEUR = "nennt einen Akteur, den es in dieser Kommune nicht gibt; im Konzept fehlt er"
UNBEKANNTE_ANGABE = "enthält eine Angabe, die es nicht zur Auswahl gibt; im Konzept fehlt sie"
NICHT_LESBAR = "enthält eine Angabe, die sich so nicht festhalten lässt; das Protokoll des Servers nennt sie"
OHNE_BEZUG = "gehört zu einem Ziel oder einer Maßnahme, die es hier nicht gibt, und fehlt darum im Konzept"


class Mangel(NamedTuple):
    """An element, and what is wrong with it: `satz` goes on after "<art> „<titel>“" and has no full stop."""

    anker: str
    art: str
    titel: str
    satz: str

    def __str__(self) -> str:
        return f"{self.art} „{self.titel}“ {self.satz}."


class Unvollstaendig(Exception):
    """A document with gaps is neither frozen nor laid before a council; its text names what is missing, in German."""

    def __init__(self, maengel: Iterable[Mangel]) -> None:
        self.maengel = tuple(maengel)
        super().__init__(" ".join(map(str, self.maengel)))


class Maengel:
    """Collects them while a document is put together, each once. `weg` are the Anker of what is left out,
    `unerreichbar` those of what stands in a list that is missing as a whole: nothing may point to either."""

    def __init__(self, konzept) -> None:
        self._ort = f"{konzept.kommune.slug}/{konzept.slug}"
        self._alle: dict[tuple[str, str], Mangel] = {}
        self.weg: set[str] = set()
        self.unerreichbar: set[str] = set()

    @property
    def ohne_ziel(self) -> set[str]:
        return self.weg | self.unerreichbar

    def alle(self) -> tuple[Mangel, ...]:
        return tuple(self._alle.values())

    def nenne(self, zeile, satz: str) -> None:
        """Note in a sentence that something about a row was passed over, and log it, at most once an hour."""
        if self._merke(zeile, satz) and _ist_neu(self._ort, anker(zeile), satz):
            log.warning("%s in %s %s", anker(zeile), self._ort, satz)

    def scheitert(self, zeile, satz: str) -> None:
        """A row, or what it holds, is left out for the exception that is being handled."""
        if self._merke(zeile, satz) and _ist_neu(self._ort, anker(zeile), satz):
            log.exception("%s in %s cannot be shown", anker(zeile), self._ort)

    def _merke(self, zeile, satz: str) -> bool:
        schluessel = (anker(zeile), satz)
        if neu := schluessel not in self._alle:
            self._alle[schluessel] = Mangel(anker(zeile), str(zeile._meta.verbose_name), _titel(zeile), str(satz))
        return neu


_gesagt: dict[tuple[str, str, str], float] = {}
"""When the log was told of what, in this process: once an hour, and not at every view of a page."""


def _ist_neu(*was: str) -> bool:
    jetzt = monotonic()
    if jetzt - _gesagt.get(was, -inf) < JE_STUNDE:
        return False
    if len(_gesagt) >= HOECHSTENS_GEMERKT:
        _gesagt.clear()
    _gesagt[was] = jetzt
    return True


def _titel(zeile) -> str:
    """Whatever names it; what is broken may have no name that can be said."""
    try:
        return getattr(zeile, "kurztitel", "") or getattr(zeile, "titel", "") or str(zeile)
    except Exception:
        log.exception("%s has no name", anker(zeile))
        return "ohne Titel"


def mit_formular(maengel: Iterable[Mangel], formulare) -> list[tuple[Mangel, str]]:
    """Those that the account of `formulare` (konzept.navigation.Formulare) can put right, each with the address of its
    form. No queries."""
    return [(mangel, url) for mangel in maengel if (url := formulare.url(mangel.anker))]
