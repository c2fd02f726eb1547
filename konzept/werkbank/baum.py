"""The outline as it is edited: every element of a concept at its place, with what can be done with it there."""

from dataclasses import dataclass, field

from django.db import models
from django.utils.http import urlencode

from handlungsfelder.models import Handlungsfeld
from konzept.models import Abschnitt
from konzept.verlauf.regeln import anker
from massnahmen.gliederung import Nummern, lade_gliederung
from massnahmen.rahmen import adresse, formular_adresse

from .elemente import NACH_MODELL, Element, finde
from .ordnung import eltern_anker

INHALT = {
    Abschnitt.Inhalt.LEITLINIEN: "leitlinie",
    Abschnitt.Inhalt.PROZESS: "prozessschritt",
    Abschnitt.Inhalt.QUERSCHNITT: "querschnittsaufgabe",
    Abschnitt.Inhalt.GREMIEN: "beteiligung",
    Abschnitt.Inhalt.ANGEBOTE: "angebot",
    Abschnitt.Inhalt.INDIKATOREN: "indikator",
}
"""What elements an Abschnitt with this content lists, besides the Handlungsfelder."""

MASSNAHME, LEITZIEL, HANDLUNGSZIEL = "massnahme", "leitziel", "handlungsziel"


@dataclass
class Knoten:
    """A line of the outline. `neu` are the kinds that can be inserted: (text, address)."""

    objekt: models.Model
    element: Element
    nummer: str
    url: str
    kinder: list["Knoten"] = field(default_factory=list)
    liste: "Liste | None" = None
    neu: list[tuple[str, str]] = field(default_factory=list)
    auf: bool = False
    ab: bool = False
    ein: bool = False
    aus: bool = False
    zu: str = ""
    """The address that opens a closed Handlungsfeld, or closes the open one."""
    offen: bool = False

    @property
    def anker(self) -> str:
        return anker(self.objekt)

    @property
    def oben(self) -> str:
        """The Anker of what it stands under."""
        return eltern_anker(self.objekt)


@dataclass
class Liste:
    """The elements that an Abschnitt lists; `name` says how many of what, `offen` whether it opens by itself."""

    name: str
    knoten: list[Knoten]

    @property
    def offen(self) -> bool:
        return len(self.knoten) <= 8


@dataclass
class _Bau:
    konzept: models.Model
    nummern: Nummern
    offenes: Handlungsfeld | None
    listen: dict[str, list[models.Model]]

    def knoten(self, objekt, kinder=(), neu=(), nummer=None) -> Knoten:
        modell = objekt._meta.model_name
        return Knoten(
            objekt=objekt,
            element=NACH_MODELL[modell],
            nummer=self.nummern[objekt] if nummer is None else nummer,
            url=formular_adresse(self.konzept, anker(objekt)),
            kinder=list(kinder),
            neu=list(neu),
        )

    def neu(self, modell: str, oben, nach=None, text: str = "") -> tuple[str, str]:
        element = NACH_MODELL[modell]
        ort = {"in": anker(oben)} if oben is not None else {}
        if nach is not None:
            ort["nach"] = anker(nach)
        frage = f"?{urlencode(ort)}" if ort else ""
        return text or element.name, f"{adresse(self.konzept, 'werkbank:neu', art=element.art)}{frage}"

    def abschnitte(self, oben: Abschnitt | None) -> list[Knoten]:
        geschwister = self.nummern.unter[oben.pk if oben else None]
        knoten = []
        for stelle, abschnitt in enumerate(geschwister):
            felder = self.felder() if abschnitt.inhalt == Abschnitt.Inhalt.HANDLUNGSFELDER else []
            kinder = [*felder, *self.abschnitte(abschnitt)]
            neu = [
                *self.neue_inhalte(abschnitt),
                self.neu("abschnitt", abschnitt, text="Abschnitt darunter"),
                self.neu("abschnitt", oben, abschnitt, text="Abschnitt danach"),
            ]
            eintrag = self.knoten(abschnitt, kinder, neu)
            eintrag.liste = self.inhalt(abschnitt)
            eintrag.ein, eintrag.aus = stelle > 0, oben is not None
            knoten.append(eintrag)
        return _mit_nachbarn(knoten)

    def neue_inhalte(self, abschnitt) -> list[tuple[str, str]]:
        if abschnitt.inhalt == Abschnitt.Inhalt.HANDLUNGSFELDER:
            return [self.neu("handlungsfeld", None)]
        if modell := INHALT.get(abschnitt.inhalt):
            return [self.neu(modell, abschnitt if modell == "leitlinie" else None)]
        return []

    def inhalt(self, abschnitt) -> Liste | None:
        modell = INHALT.get(abschnitt.inhalt)
        zeilen = self.listen.get(modell, [])
        if modell == "leitlinie":
            erste = next(a for a in self.nummern.abschnitte if a.inhalt == abschnitt.inhalt)
            zeilen = [z for z in zeilen if (z.abschnitt_id or erste.pk) == abschnitt.pk]
        return self.liste(zeilen) if zeilen else None

    def liste(self, zeilen) -> Liste:
        knoten = _mit_nachbarn(
            [
                self.knoten(
                    zeile,
                    neu=[
                        self.neu(
                            zeile._meta.model_name,
                            getattr(zeile, "abschnitt", None) if hasattr(zeile, "abschnitt_id") else None,
                            zeile,
                            text=f"{zeile._meta.verbose_name} danach",
                        )
                    ],
                    nummer=getattr(zeile, "nummer", ""),
                )
                for zeile in zeilen
            ]
        )
        meta = zeilen[0]._meta
        return Liste(f"{len(zeilen)} {meta.verbose_name if len(zeilen) == 1 else meta.verbose_name_plural}", knoten)

    def felder(self) -> list[Knoten]:
        knoten = []
        for feld in self.nummern.felder:
            offen = self.offenes is not None and feld.pk == self.offenes.pk
            neu = [self.neu(m, feld) for m in (LEITZIEL, HANDLUNGSZIEL, MASSNAHME)]
            neu.append(self.neu("handlungsfeld", None, feld, text="Handlungsfeld danach"))
            eintrag = self.knoten(feld, self.im_feld(feld) if offen else [], neu)
            eintrag.offen = offen
            frage = "" if offen else f"?feld={feld.pk}"
            eintrag.zu = f"{adresse(self.konzept, 'werkbank:gliederung')}{frage}#{anker(feld)}"
            knoten.append(eintrag)
        return _mit_nachbarn(knoten)

    def im_feld(self, feld) -> list[Knoten]:
        ziele, massnahmen = self.nummern.handlungsziele_in[feld.pk], self.nummern.massnahmen_in[feld.pk]

        def direkt(leitziel=None, handlungsziel=None):
            return self.massnahmen(
                [m for m in massnahmen if (m.leitziel_id, m.handlungsziel_id) == (leitziel, handlungsziel)]
            )

        def unter(leitziel):
            eigene = [z for z in ziele if z.leitziel_id == (leitziel.pk if leitziel else None)]
            return _mit_nachbarn(
                [
                    self.knoten(
                        z,
                        direkt(handlungsziel=z.pk),
                        [
                            self.neu(MASSNAHME, z),
                            self.neu(HANDLUNGSZIEL, leitziel or feld, z, text="Handlungsziel danach"),
                        ],
                    )
                    for z in eigene
                ]
            )

        leitziele = _mit_nachbarn(
            [
                self.knoten(
                    z,
                    [*unter(z), *direkt(leitziel=z.pk)],
                    [
                        self.neu(HANDLUNGSZIEL, z),
                        self.neu(MASSNAHME, z),
                        self.neu(LEITZIEL, feld, z, text="Leitziel danach"),
                    ],
                )
                for z in self.nummern.leitziele_in[feld.pk]
            ]
        )
        return [*leitziele, *unter(None), *direkt()]

    def massnahmen(self, zeilen) -> list[Knoten]:
        knoten = []
        for m in zeilen:
            adr = adresse(self.konzept, "werkbank:neu", art="massnahmen")
            frage = urlencode({"in": eltern_anker(m), "nach": anker(m)})
            knoten.append(self.knoten(m, neu=[("Maßnahme danach", f"{adr}?{frage}")]))
        return _mit_nachbarn(knoten)


def _mit_nachbarn(knoten: list[Knoten]) -> list[Knoten]:
    for stelle, eintrag in enumerate(knoten):
        eintrag.auf, eintrag.ab = stelle > 0, stelle + 1 < len(knoten)
    return knoten


@dataclass
class Gliederung:
    """`knoten` is the outline, `heimatlos` what no Abschnitt places and therefore does not print: (name, lines)."""

    knoten: list[Knoten]
    heimatlos: list[tuple[str, list[Knoten]]]
    neu: list[tuple[str, str]]


def baue(konzept, feld: str) -> Gliederung:
    """The outline; `feld` is the pk, as text, of the Handlungsfeld whose inside is shown. At most twelve queries."""
    offenes = finde(konzept, f"handlungsfeld-{feld}") if feld else None
    nummern, _ = lade_gliederung(konzept, offenes)
    listen = {modell: _liste(konzept, NACH_MODELL[modell]) for modell in INHALT.values()}
    bau = _Bau(konzept, nummern, offenes, listen)
    inhalte = {abschnitt.inhalt for abschnitt in nummern.abschnitte}
    heimatlos = [
        (str(NACH_MODELL[modell].modell._meta.verbose_name_plural), bau.liste(listen[modell]).knoten)
        for inhalt, modell in INHALT.items()
        if inhalt not in inhalte and listen[modell]
    ]
    if Abschnitt.Inhalt.HANDLUNGSFELDER not in inhalte and nummern.felder:
        heimatlos.append(("Handlungsfelder", bau.felder()))
    return Gliederung(bau.abschnitte(None), heimatlos, [bau.neu("abschnitt", None, text="Abschnitt am Ende")])


def _liste(konzept, element: Element) -> list[models.Model]:
    zeilen = element.modell._base_manager.filter(konzept=konzept).order_by("reihenfolge", "pk")
    match element.art:
        case "leitlinien":
            return list(zeilen.select_related("abschnitt"))
        case "beteiligungen":
            return list(zeilen.select_related("gremium"))
    return list(zeilen)
