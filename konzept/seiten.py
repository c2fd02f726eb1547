"""Cuts a document into the pages that one reads on the screen, and finds the page of an Anker."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from msgspec import Struct

from konzept.dokument.baum import Dokument, Kapitel, Massnahme, Massnahmentabelle, Zielbaum
from konzept.navigation import Gliederungseintrag


@dataclass(frozen=True)
class Seite:
    """A chapter, or a Handlungsfeld on its own page. `oben` is the chapter in which a Handlungsfeld stands."""

    kapitel: Kapitel
    oben: Kapitel | None = None

    @cached_property
    def felder(self) -> tuple[Kapitel, ...]:
        """The Handlungsfelder that stand below this chapter and have pages of their own."""
        return tuple(k for k in self.kapitel.kapitel if k.art == "handlungsfeld")

    @cached_property
    def inhalt(self) -> Kapitel:
        """The chapter without what has a page of its own."""
        if not self.felder:
            return self.kapitel
        rest = tuple(k for k in self.kapitel.kapitel if k.art != "handlungsfeld")
        werte = {name: getattr(self.kapitel, name) for name in self.kapitel.__struct_fields__}
        return Kapitel(**(werte | {"kapitel": rest}))


def seiten(dokument: Dokument) -> list[Seite]:
    """The pages in reading order."""
    ergebnis: list[Seite] = []

    def steige(kapitel, oben, eigene_seite):
        if eigene_seite:
            ergebnis.append(Seite(kapitel, oben))
        for unter in kapitel.kapitel:
            steige(unter, kapitel, unter.art == "handlungsfeld")

    for k in dokument.kapitel:
        steige(k, None, True)
    return ergebnis


def finde(alle: list[Seite], anker: str) -> tuple[int, bool] | None:
    """Index of the page on which an Anker stands, and whether it is the page's own. None where there is no such."""
    for i, seite in enumerate(alle):
        if seite.kapitel.anker == anker:
            return i, True
    for i, seite in enumerate(alle):
        if _enthaelt(seite.inhalt, anker):
            return i, False
    return None


def hole_blatt(dokument: Dokument, anker: str, url) -> dict:
    """Context of konzept/kapitel.html, without its `html`, for the page on which an Anker stands; Http404 where there
    is no such Anker. `umweg` is the address to redirect to where the Anker is not the page's own, else "".
    `url(anker)` gives the addresses."""
    alle = seiten(dokument)
    gefunden = finde(alle, anker)
    if gefunden is None:
        raise Http404("There is no such Anker.")
    index, eigener = gefunden
    seite = alle[index]

    def nachbar(stelle):
        if not 0 <= stelle < len(alle):
            return None
        return {"titel": alle[stelle].kapitel.ueberschrift, "url": url(alle[stelle].kapitel.anker)}

    return {
        "umweg": "" if eigener else f"{url(seite.kapitel.anker)}#{anker}",
        "seite": seite,
        "gliederung": gliederung(dokument, url, seite.kapitel.anker),
        "felder": [(feld, url(feld.anker)) for feld in seite.felder],
        "davor": nachbar(index - 1),
        "danach": nachbar(index + 1),
        "oben": [{"titel": seite.oben.ueberschrift, "url": url(seite.oben.anker)}] if seite.oben else [],
    }


def drucke(kapitel: Kapitel, url) -> list[tuple[str, str]]:
    """What of a section can be had as PDF, with its address: `url(name)` gives that of "kapitel", and of
    "kapitelblaetter", the sheets of its measures."""
    feld = kapitel.art == "handlungsfeld"
    angebot = [("Handlungsfeld" if feld else "Kapitel", url("kapitel"))]
    if _hat_massnahmen(kapitel):
        angebot.append(("Maßnahmen als Steckbriefe", url("kapitelblaetter")))
    return angebot


def _hat_massnahmen(kapitel: Kapitel) -> bool:
    if any(isinstance(teil, Massnahmentabelle) for teil in kapitel.teile):
        return True
    return any(map(_hat_massnahmen, kapitel.kapitel))


def _enthaelt(knoten, anker: str) -> bool:
    if isinstance(knoten, Struct):
        eigener = getattr(knoten, "anker", None)
        if eigener == anker and type(knoten).__name__ not in {"Verweis", "Kostenzeile"}:
            return True
        return any(_enthaelt(getattr(knoten, feld), anker) for feld in knoten.__struct_fields__)
    return isinstance(knoten, tuple) and any(_enthaelt(teil, anker) for teil in knoten)


def gliederung(dokument: Dokument, url, aktiv: str = "") -> list[Gliederungseintrag]:
    """The outline of a document down to sections and Handlungsfelder; `url(anker)` gives the addresses."""

    def eintrag(kapitel: Kapitel) -> Gliederungseintrag:
        return Gliederungseintrag(
            kapitel.anker,
            kapitel.nummer,
            kapitel.kurz or kapitel.titel,
            [eintrag(k) for k in kapitel.kapitel if k.art != "teil"],
            url(kapitel.anker),
            kapitel.anker == aktiv,
        )

    return [eintrag(k) for k in dokument.kapitel]


def massnahmen(dokument: Dokument) -> Iterator[Massnahme]:
    """Every measure in reading order."""
    return dokument.massnahmen()


@dataclass(frozen=True)
class Umfang:
    """How much stands in a Handlungsfeld."""

    kapitel: Kapitel
    ziele: int
    massnahmen: int


def umfang(dokument: Dokument) -> list[Umfang]:
    """The Handlungsfelder with the number of their goals and measures, in reading order."""
    return [_umfang(kapitel) for _, kapitel in dokument.alle_kapitel() if kapitel.art == "handlungsfeld"]


def _umfang(feld: Kapitel) -> Umfang:
    ziele = massnahmen = 0
    for teil in (teil for abschnitt in feld.kapitel for teil in abschnitt.teile):
        if isinstance(teil, Zielbaum):
            ziele += len(teil.leitziele) + len(teil.handlungsziele)
            ziele += sum(len(leitziel.handlungsziele) for leitziel in teil.leitziele)
        elif isinstance(teil, Massnahmentabelle):
            massnahmen += sum(len(abschnitt.massnahmen) for abschnitt in teil.abschnitte)
    return Umfang(feld, ziele, massnahmen)
