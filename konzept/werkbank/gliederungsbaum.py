"""The outline as it is edited: every element of a concept at its place.

A large concept has thousands of elements. One Handlungsfeld and one long list are open at a time, by the address, so
that the page stays small, and what can be done with an element beyond moving it a step stands on a page of its own.
"""

from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db import models

from handlungsfelder.models import Handlungsfeld
from konzept.models import Abschnitt
from konzept.models.basis import Fortschreibung
from konzept.verlauf.aufzeichnung import anker
from konzept.vorgaenge.ort import eltern_anker
from massnahmen.gliederung import Nummern, lade_gliederung

from .einfuegen import INHALT, am_ende
from .elemente import NACH_MODELL, Element, finde

KURZE_LISTE = 8
"""A list with no more elements is always open."""
SEITE = 100
_ZIELE_UND_MASSNAHMEN = {"leitziel", "handlungsziel", "massnahme"}


@dataclass
class Gliederungsknoten:
    """A line of the outline."""

    objekt: models.Model
    nummer: str
    gestrichen: bool
    """No longer part of the concept, by its own mark or by that of something above it."""
    kinder: list["Gliederungsknoten"] = field(default_factory=list)
    liste: "Liste | None" = None
    auf: bool = False
    ab: bool = False
    zu: str = ""
    """The address that opens a closed Handlungsfeld, or closes the open one."""
    offen: bool = False

    @property
    def element(self) -> Element:
        return NACH_MODELL[self.objekt._meta.model_name]

    @property
    def anker(self) -> str:
        return anker(self.objekt)

    @property
    def oben(self) -> str:
        """The Anker of what it stands under, "" where that is the line above it in the tree."""
        modell = self.objekt._meta.model_name
        if modell in _ZIELE_UND_MASSNAHMEN or getattr(self.objekt, "oberabschnitt_id", None):
            return ""
        return eltern_anker(self.objekt)

    @property
    def ort(self) -> str:
        """What the addresses of its pages begin with, seen from the outline; a full address would be most of a line."""
        return f"../{self.element.art}/{self.objekt.pk}/"

    @property
    def marke(self) -> str:
        """What became of the element of the earlier concept, as a word."""
        marke = getattr(self.objekt, "fortschreibung", "")
        return str(dict(Fortschreibung.choices).get(marke, marke))


@dataclass
class Liste:
    """Elements of one kind that an Abschnitt lists, or that have no place; `name` says how many of what.

    `zu` opens a closed list or closes an open one; empty where it is always open. `seite` is the part that is shown,
    None where that is all.
    """

    name: str
    knoten: list[Gliederungsknoten]
    anker: str = ""
    zu: str = ""
    seite: Page | None = None

    @property
    def davor(self) -> str:
        """An element on the page before; the address of a page names one of its elements."""
        return self._auf_seite(self.seite.previous_page_number())

    @property
    def danach(self) -> str:
        return self._auf_seite(self.seite.next_page_number())

    def _auf_seite(self, nummer: int) -> str:
        return self.seite.paginator.page(nummer)[0].anker


@dataclass
class _Bau:
    nummern: Nummern
    offenes: Handlungsfeld | None
    offene_liste: str
    listen: dict[str, list[models.Model]]

    def knoten(self, objekt, kinder=(), nummer: str | None = None) -> Gliederungsknoten:
        gestrichen = not self.nummern.zeigt(objekt) or getattr(objekt, "gestrichen", False)
        return Gliederungsknoten(objekt, self.nummern[objekt] if nummer is None else nummer, gestrichen, list(kinder))

    def abschnitte(self, oben: Abschnitt | None) -> list[Gliederungsknoten]:
        knoten = []
        for abschnitt in self.nummern.unter[oben.pk if oben else None]:
            felder = self.felder() if abschnitt.inhalt == Abschnitt.Inhalt.HANDLUNGSFELDER else []
            knoten.append(self.knoten(abschnitt, [*felder, *self.abschnitte(abschnitt)]))
            knoten[-1].liste = self.inhalt(abschnitt)
        return _mit_nachbarn(knoten)

    def inhalt(self, abschnitt) -> Liste | None:
        modell = INHALT.get(abschnitt.inhalt)
        zeilen = self.listen.get(modell, [])
        if modell == "leitlinie":
            zeilen = [z for z in zeilen if self.nummern.liste_von(z) == abschnitt.pk]
        elif modell and self.nummern.erste_mit[abschnitt.inhalt] is not abschnitt:
            zeilen = []
        return self.liste(zeilen, anker(abschnitt)) if zeilen else None

    def liste(self, zeilen, oben: str) -> Liste:
        meta = zeilen[0]._meta
        name = f"{len(zeilen)} {meta.verbose_name if len(zeilen) == 1 else meta.verbose_name_plural}"
        art, _, pk = self.offene_liste.partition("-")
        lang, offen = len(zeilen) > KURZE_LISTE, art == meta.model_name
        if lang and not offen:
            return Liste(name, [], oben, f"?liste={meta.model_name}#{oben}")
        knoten = _mit_nachbarn([self.knoten(zeile, nummer=getattr(zeile, "nummer", "")) for zeile in zeilen])
        if not lang:
            return Liste(name, knoten)
        stelle = next((i for i, zeile in enumerate(zeilen) if str(zeile.pk) == pk), 0)
        seite = Paginator(knoten, SEITE).page(stelle // SEITE + 1)
        return Liste(name, list(seite), oben, f"?#{oben}", seite if seite.has_other_pages() else None)

    def felder(self) -> list[Gliederungsknoten]:
        knoten = []
        for feld in self.nummern.felder:
            offen = self.offenes is not None and feld.pk == self.offenes.pk
            eintrag = self.knoten(feld, self.im_feld(feld) if offen else [])
            eintrag.offen, eintrag.zu = offen, f"?{'' if offen else f'feld={feld.pk}'}#{anker(feld)}"
            knoten.append(eintrag)
        return _mit_nachbarn(knoten)

    def im_feld(self, feld) -> list[Gliederungsknoten]:
        ziele, massnahmen = self.nummern.unter_leitziel(feld), self.nummern.massnahmen_in[feld.pk]

        def direkt(*ziel):
            hier = (m for m in massnahmen if self.nummern.ziel(m) == (ziel or None))
            return _mit_nachbarn([self.knoten(m, nummer=self.nummern.kennung(m)) for m in hier])

        def unter(leitziel=None):
            return _mit_nachbarn([self.knoten(z, direkt("handlungsziel", z.pk)) for z in ziele[leitziel]])

        leitziele = (
            self.knoten(z, [*unter(z.pk), *direkt("leitziel", z.pk)]) for z in self.nummern.leitziele_in[feld.pk]
        )
        return [*_mit_nachbarn(list(leitziele)), *unter(), *direkt()]


def _mit_nachbarn(knoten: list[Gliederungsknoten]) -> list[Gliederungsknoten]:
    for stelle, eintrag in enumerate(knoten):
        eintrag.auf, eintrag.ab = stelle > 0, stelle + 1 < len(knoten)
    return knoten


@dataclass
class Gliederung:
    """`knoten` is the outline, `heimatlos` what no Abschnitt places and therefore does not print: (name, list), `neu`
    a text and an address."""

    knoten: list[Gliederungsknoten]
    heimatlos: list[tuple[str, Liste]]
    neu: tuple[str, str]


def baue(konzept, feld: str, liste: str = "") -> Gliederung:
    """The outline. `feld` is the pk, as text, of the Handlungsfeld whose inside is shown; `liste` the kind of the long
    list that is open ("indikator"), or an element of it ("indikator-7") whose page is shown. At most twelve queries."""
    offenes = finde(konzept, f"handlungsfeld-{feld}") if feld else None
    nummern, _ = lade_gliederung(konzept, offenes)
    listen = {modell: _zeilen(konzept, NACH_MODELL[modell]) for modell in INHALT.values()}
    bau = _Bau(nummern, offenes, liste, listen)
    inhalte = {abschnitt.inhalt for abschnitt in nummern.abschnitte}
    heimatlos = [
        (str(NACH_MODELL[modell].modell._meta.verbose_name_plural), bau.liste(listen[modell], f"ohne-{modell}"))
        for inhalt, modell in INHALT.items()
        if inhalt not in inhalte and listen[modell]
    ]
    if Abschnitt.Inhalt.HANDLUNGSFELDER not in inhalte and nummern.felder:
        heimatlos.append(("Handlungsfelder", Liste("", bau.felder())))
    return Gliederung(bau.abschnitte(None), heimatlos, am_ende(konzept))


def _zeilen(konzept, element: Element) -> list[models.Model]:
    zeilen = element.modell._base_manager.filter(konzept=konzept).order_by("reihenfolge", "pk")
    match element.art:
        case "leitlinien":
            return list(zeilen.select_related("abschnitt"))
        case "beteiligungen":
            return list(zeilen.select_related("gremium"))
    return list(zeilen)
