"""Adds, removes and moves the rows of a formset inside a submitted form.

The buttons of `kern/zeilen.html` send `_zeilen=<prefix>:<verb>[:<index>]` together with the whole form. The
view passes the POST data through `bearbeite_zeilen` and renders the form again from the result, so one code
path serves browsers with and without JavaScript, and nothing that was typed gets lost.

`index` is the number of the row in its field names (`schritte-2-text` has index 2), not its place on the
page; a row keeps it while it is moved.
"""

import re

from django.forms.formsets import (
    DEFAULT_MAX_NUM,
    DELETION_FIELD_NAME,
    INITIAL_FORM_COUNT,
    ORDERING_FIELD_NAME,
    TOTAL_FORM_COUNT,
)
from django.http import QueryDict

from konzept.grenzen import ZEILEN_JE_ART

NAME = "_zeilen"
"""Name of the buttons; `request.POST.get(NAME)` is the action, or None when the form is to be saved."""

_EIGENES = frozenset({"id", ORDERING_FIELD_NAME, DELETION_FIELD_NAME})
_AKTION = re.compile(r"(?P<prefix>[A-Za-z0-9_-]+):(?:neu|(?P<verb>auf|ab|weg):(?P<index>[0-9]{1,4}))")


def bearbeite_zeilen(post: QueryDict, aktion: str) -> QueryDict:
    """A mutable copy of `post` in which one row action was carried out.

    `schritte:neu` appends an empty row. `schritte:weg:2` marks a saved row for deletion and takes an unsaved
    one out of the data. `schritte:auf:2` and `schritte:ab:2` swap a row with its visible neighbour. What is
    not understood, names no row or would move a row beyond the end leaves the data unchanged.
    """
    daten = post.copy()
    treffer = _AKTION.fullmatch(aktion)
    if not treffer:
        return daten
    zeilen = _Zeilen(daten, treffer["prefix"])
    if not treffer["verb"]:
        zeilen.neu()
    elif (index := int(treffer["index"])) in zeilen.reihenfolge():
        {"auf": zeilen.auf, "ab": zeilen.ab, "weg": zeilen.weg}[treffer["verb"]](index)
    return daten


def haenge_an(daten: QueryDict, prefix: str, neue: list[dict[str, str]], nach: int | None = None) -> list[int]:
    """Add rows with these values to mutable POST data, behind the row `nach` or behind all; their indexes.

    `nach` gives the new rows what stands in its other fields, but for its key. [] where there is no room for all.
    """
    zeilen = _Zeilen(daten, prefix)
    folge = zeilen.reihenfolge()
    if not zeilen.gueltig or zeilen.anzahl + len(neue) > ZEILEN_JE_ART or (nach is not None and nach not in folge):
        return []
    indexe = list(range(zeilen.anzahl, zeilen.anzahl + len(neue)))
    vorbild = zeilen.werte(nach) if nach is not None else {}
    for index, werte in zip(indexe, neue, strict=True):
        for name, inhalt in vorbild.items():
            daten.setlist(zeilen._feld(index, name), inhalt)
        for name, wert in werte.items():
            daten[zeilen._feld(index, name)] = wert
    platz = len(folge) if nach is None else folge.index(nach) + 1
    zeilen._nummeriere([*folge[:platz], *indexe, *folge[platz:]])
    zeilen._setze_anzahl(zeilen.anzahl + len(neue))
    return indexe


class _Zeilen:
    """The rows of one formset prefix in mutable POST data."""

    def __init__(self, daten: QueryDict, prefix: str):
        self.daten, self.prefix = daten, prefix
        self.anzahl = self._zahl(f"{prefix}-{TOTAL_FORM_COUNT}")
        self.gespeichert = self._zahl(f"{prefix}-{INITIAL_FORM_COUNT}")
        self.gueltig = 0 <= self.gespeichert <= self.anzahl <= DEFAULT_MAX_NUM

    def reihenfolge(self) -> list[int]:
        """Indexes of the rows that are shown, in their order on the page."""
        if not self.gueltig:
            return []
        sichtbar = [i for i in range(self.anzahl) if not self._entfernt(i)]
        return sorted(sichtbar, key=lambda i: (self._rang(i), i))

    def neu(self) -> None:
        if not self.gueltig or self.anzahl == DEFAULT_MAX_NUM:
            return
        self._nummeriere([*self.reihenfolge(), self.anzahl])
        self._setze_anzahl(self.anzahl + 1)

    def weg(self, index: int) -> None:
        uebrig = [i for i in self.reihenfolge() if i != index]
        self._nummeriere(uebrig)
        if index < self.gespeichert:
            self.daten[self._feld(index, DELETION_FIELD_NAME)] = "on"
        else:
            self._nimm_heraus(index)

    def auf(self, index: int) -> None:
        self._tausche(index, -1)

    def ab(self, index: int) -> None:
        self._tausche(index, +1)

    def werte(self, index: int) -> dict[str, list[str]]:
        """What stands in the fields of a row, without what tells it from others."""
        anfang = self._feld(index, "")
        namen = [name for name in self.daten if name.startswith(anfang)]
        werte = {name.removeprefix(anfang): self.daten.getlist(name) for name in namen}
        return {name: inhalt for name, inhalt in werte.items() if name not in _EIGENES}

    def _tausche(self, index: int, schritt: int) -> None:
        folge = self.reihenfolge()
        von = folge.index(index)
        nach = von + schritt
        if 0 <= nach < len(folge):
            folge[von], folge[nach] = folge[nach], folge[von]
            self._nummeriere(folge)

    def _nimm_heraus(self, index: int) -> None:
        muster = re.compile(rf"{re.escape(self.prefix)}-([0-9]+)-(.+)", re.DOTALL)
        felder = [(t, self.daten.getlist(t[0])) for name in list(self.daten) if (t := muster.fullmatch(name))]
        for treffer, _ in felder:
            if int(treffer[1]) >= index:
                del self.daten[treffer[0]]
        for treffer, werte in felder:
            if (nummer := int(treffer[1])) > index:
                self.daten.setlist(self._feld(nummer - 1, treffer[2]), werte)
        self._setze_anzahl(self.anzahl - 1)

    def _nummeriere(self, folge: list[int]) -> None:
        for rang, index in enumerate(folge, start=1):
            self.daten[self._feld(index, ORDERING_FIELD_NAME)] = str(rang)

    def _setze_anzahl(self, anzahl: int) -> None:
        self.daten[f"{self.prefix}-{TOTAL_FORM_COUNT}"] = str(anzahl)

    def _feld(self, index: int, name: str) -> str:
        return f"{self.prefix}-{index}-{name}"

    def _entfernt(self, index: int) -> bool:
        return self.daten.get(self._feld(index, DELETION_FIELD_NAME), "").lower() not in {"", "false", "0"}

    def _rang(self, index: int) -> float:
        rang = self._zahl(self._feld(index, ORDERING_FIELD_NAME))
        return rang if rang >= 0 else float("inf")

    def _zahl(self, name: str) -> int:
        text = self.daten.get(name, "")
        return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else -1


def gleiche_ids_ab(post: QueryDict, prefix: str, vorhanden: set[int]) -> QueryDict:
    """A copy of `post` whose saved rows are still there; a row that somebody else deleted meanwhile becomes a new one.

    Without this, Django would refuse such a row ("keine gültige Auswahl") and the person could not save what they
    typed. Rows of other objects, sent along by hand, become new rows as well and touch nothing.
    """
    daten = post.copy()
    zeilen = _Zeilen(daten, prefix)
    if not zeilen.gueltig:
        return daten
    bekannt = {str(pk) for pk in vorhanden}
    bleiben = [i for i in range(zeilen.gespeichert) if daten.get(f"{prefix}-{i}-id") in bekannt]
    if len(bleiben) == zeilen.gespeichert:
        return daten
    neue = [
        i
        for i in range(zeilen.anzahl)
        if i not in bleiben and not (i < zeilen.gespeichert and zeilen._entfernt(i))
    ]
    muster = re.compile(rf"{re.escape(prefix)}-([0-9]+)-(.+)", re.DOTALL)
    werte: dict[int, dict[str, list[str]]] = {}
    for name in list(daten):
        if treffer := muster.fullmatch(name):
            werte.setdefault(int(treffer[1]), {})[treffer[2]] = daten.getlist(name)
            del daten[name]
    for index, alt in enumerate([*bleiben, *neue]):
        for feld, inhalt in werte.get(alt, {}).items():
            daten.setlist(f"{prefix}-{index}-{feld}", [""] if feld == "id" and alt in neue else inhalt)
    daten[f"{prefix}-{TOTAL_FORM_COUNT}"] = str(len(bleiben) + len(neue))
    daten[f"{prefix}-{INITIAL_FORM_COUNT}"] = str(len(bleiben))
    return daten
