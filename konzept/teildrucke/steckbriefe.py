"""Measures as sheets: one, or several with a list of contents at the front."""

from collections.abc import Collection
from itertools import groupby
from typing import ClassVar

from msgspec import structs

from konzept import grenzen
from konzept.dokument import baum, druckbild

from .kapitel import finde
from .steckbrief import Eingeordnet, eingeordnete, mitwirkende, namen_von, steckbrief
from .teildruck import NichtDruckbar, Quelle, Teildruck

OHNE_INHALT = 3
"""So many sheets need no list of contents."""


class Steckbriefdruck(Teildruck, frozen=True, kw_only=True):
    """`mitwirkende` says what Akteure are called; so many of the measures that were asked for are `fehlend`, since they
    do not stand in the concept (any more); `auswahl` says by what they were chosen."""

    ART: ClassVar[str] = "steckbriefe"
    VORLAGE: ClassVar[str] = "teildrucke/steckbriefe.html"
    STILE: ClassVar[tuple[str, ...]] = ("css/steckbrief.css",)

    massnahmen: tuple[Eingeordnet, ...]
    mitwirkende: tuple[baum.Mitwirkender, ...]
    fehlend: int = 0
    auswahl: tuple[str, ...] = ()

    @property
    def titel(self) -> str:
        if len(self.massnahmen) > 1:
            return f"Steckbriefe zu {len(self.massnahmen)} Maßnahmen"
        m = self.massnahmen[0].massnahme
        return f"Steckbrief {m.kennung or m.nummer} {m.titel}"

    def inhalt(self) -> dict:
        namen = namen_von(self.mitwirkende)
        kontext = {
            "blaetter": [steckbrief(e, self.dokument, self.tag, namen) for e in self.massnahmen],
            "fehlend": self.fehlend,
            "auswahl": self.auswahl,
        }
        if len(self.massnahmen) > OHNE_INHALT or self.fehlend:
            gegliedert = structs.replace(self.dokument, kapitel=tuple(self._gliederung()))
            kontext |= {"dokument": gegliedert, "eintraege": druckbild.inhaltsverzeichnis(gegliedert)}
        return kontext

    def _gliederung(self):
        """The Handlungsfelder with their sheets, as sections. A field leads to its first sheet."""
        for feld, stellen in groupby(self.massnahmen, key=lambda e: e.feld):
            blaetter = tuple(
                baum.Kapitel(anker=m.anker, nummer=m.kennung or m.nummer, titel=m.titel)
                for m in (e.massnahme for e in stellen)
            )
            yield structs.replace(feld, anker=blaetter[0].anker, kapitel=blaetter)


def nimm_blaetter_auf(quelle: Quelle, gewaehlt: Collection[int], auswahl: tuple[str, ...] = ()) -> Steckbriefdruck:
    """Sheets of the measures with these pk, in the order of the concept; `auswahl` says by what they were chosen.
    Raises NichtDruckbar where it has none of them, or they are too many. No queries."""
    anker = {f"massnahme-{pk}" for pk in gewaehlt}
    stellen = [e for e in eingeordnete(quelle.dokument) if e.massnahme.anker in anker]
    return _druck(quelle, stellen, fehlend=len(anker) - len(stellen), auswahl=auswahl)


def alle_in(quelle: Quelle, anker: str) -> Steckbriefdruck:
    """Sheets of all measures in the section with an Anker. Raises Http404 where there is no such section, and
    NichtDruckbar as above. No queries."""
    kapitel = finde(quelle.dokument, anker)
    stellen = list(eingeordnete(structs.replace(quelle.dokument, kapitel=(kapitel,))))
    return _druck(quelle, stellen, auswahl=(kapitel.ueberschrift,))


def _druck(quelle: Quelle, stellen: list[Eingeordnet], **weitere) -> Steckbriefdruck:
    if not stellen:
        raise NichtDruckbar("Von diesen Maßnahmen steht keine im Konzept. Es gibt nichts zu drucken.")
    if len(stellen) > grenzen.STECKBRIEFE:
        raise NichtDruckbar(
            f"Das sind mehr als {grenzen.STECKBRIEFE} Maßnahmen. So viele lassen sich nicht auf einmal als Steckbriefe "
            "drucken: Filtern Sie die Liste weiter, oder drucken Sie je Handlungsfeld."
        )
    kuerzel = {b.kurz for e in stellen for teil in (e.massnahme, *e.massnahme.schritte) for b in teil.beteiligte}
    return Steckbriefdruck(
        **quelle.rahmen(),
        massnahmen=tuple(stellen),
        mitwirkende=tuple(e for e in mitwirkende(quelle.dokument) if e.kurz in kuerzel),
        **weitere,
    )
