"""What is still missing in a concept: what the council will ask for, with the way to the field in which it goes."""

from dataclasses import dataclass, field
from datetime import date

from handlungsfelder.models import Handlungsfeld
from konzept.dokument.zeilen import Zeilen
from konzept.heute import am
from konzept.models import Abschnitt, Leitlinie
from konzept.verlauf.regeln import anker
from massnahmen.hinweise import Hinweis, an_massnahme
from massnahmen.models import Umsetzungsstand
from massnahmen.rahmen import adresse, formular_adresse

from . import zeichen
from .einfuegen import INHALT
from .elemente import NACH_MODELL

VERALTET_NACH_JAHREN = 3
"""After this many years a concept wants looking at again (the municipalities of the examples carry theirs on every
three to six years)."""


@dataclass
class Offenes:
    """An element with what is missing in it: (sentence, address of the field)."""

    titel: str
    punkte: list[tuple[str, str]]
    anker: str = ""


@dataclass
class Gruppe:
    """The concept itself, or one Handlungsfeld with its goals, measures and indicators."""

    titel: str
    anker: str = ""
    eintraege: list[Offenes] = field(default_factory=list)

    @property
    def anzahl(self) -> int:
        return sum(len(eintrag.punkte) for eintrag in self.eintraege)


def offene_punkte(konzept, heute: date, feld: str = "", zeilen: Zeilen | None = None) -> list[Gruppe]:
    """Groups with something missing, in the order of the concept; only that of one Handlungsfeld (pk as text) with
    `feld`. 25 queries, whatever the size; none with the `zeilen` of the concept."""
    gruppen = _Pruefung(zeilen or Zeilen(konzept), heute).gruppen()
    return [g for g in gruppen if g.eintraege and feld in ("", g.anker)]


class _Pruefung:
    def __init__(self, zeilen: Zeilen, heute: date):
        self.z, self.k, self.nr, self.heute = zeilen, zeilen.konzept, zeilen.nummern, heute

    def gruppen(self) -> list[Gruppe]:
        konzept = Gruppe("Konzept", eintraege=[*self._konzept(), *self._leitlinien(), *self._ohne_platz()])
        konzept.eintraege += self._indikatoren(("kontext", 0), None)
        gruppen = [konzept, *(self._feld(f) for f in self.nr.felder)]
        self._nicht_druckbar(gruppen)
        return gruppen

    def _nicht_druckbar(self, gruppen: list[Gruppe]) -> None:
        """Signs that no font has, at the entry of their element."""
        nach_feld = {gruppe.anker: gruppe for gruppe in gruppen}
        for stelle in zeichen.stellen(self.z):
            eintraege = nach_feld[str(stelle.feld or "")].eintraege
            eintrag = next((e for e in eintraege if stelle.anker and e.anker == stelle.anker), None)
            if eintrag is None:
                eintraege.append(eintrag := Offenes(stelle.titel, [], stelle.anker))
            eintrag.punkte.extend(stelle.punkte)

    def _offen(self, zeile, name: str, hinweise: list[Hinweis]) -> list[Offenes]:
        """An entry for a row, or none where nothing is missing; without a field the hint leads to the form."""
        url = formular_adresse(self.k, anker(zeile))
        punkte = [(h.text, f"{url}#{h.ziel}" if h.ziel else url) for h in hinweise]
        return [Offenes(name, punkte, anker(zeile))] if punkte else []

    def _konzept(self) -> list[Offenes]:
        k, url = self.k, adresse(self.k, "werkbank:konzept")
        punkte = []
        if not k.stand:
            punkte.append(("Kein Stand angegeben", f"{url}#id_stand"))
        elif (k.stand.year + VERALTET_NACH_JAHREN, k.stand.month, k.stand.day) <= self.heute.timetuple()[:3]:
            punkte.append((f"Der Stand ist älter als drei Jahre ({am(k.stand)})", f"{url}#id_stand"))
        if not k.gueltig_ab:
            punkte.append(("Kein Jahr, ab dem das Konzept gilt", f"{url}#id_gueltig_ab"))
        return [Offenes(k.titel, punkte)] if punkte else []

    def _leitlinien(self) -> list[Offenes]:
        offen = []
        for leitlinie in self.z.leitlinien:
            if leitlinie.status == Leitlinie.Status.VORSCHLAG:
                hinweis = [Hinweis("Noch ein Vorschlag, nicht beschlossen", "id_status")]
                offen += self._offen(leitlinie, f"Leitlinie „{leitlinie}“", hinweis)
        return offen

    def _ohne_platz(self) -> list[Offenes]:
        """Rows that no Abschnitt shows do not print."""
        inhalte = {abschnitt.inhalt for abschnitt in self.nr.abschnitte}
        vorhanden = {
            "leitlinie": self.z.leitlinien,
            "prozessschritt": self.z.prozessschritte,
            "querschnittsaufgabe": self.z.querschnittsaufgaben,
            "beteiligung": self.z.beteiligungen,
            "angebot": self.z.angebote,
            "indikator": self.z.indikatoren["kontext", 0],
        }
        fehlt = [modell for inhalt, modell in INHALT.items() if inhalt not in inhalte and vorhanden[modell]]
        if Abschnitt.Inhalt.HANDLUNGSFELDER not in inhalte and self.nr.felder:
            fehlt.append("handlungsfeld")
        url = adresse(self.k, "werkbank:gliederung")
        return [
            Offenes(
                str(NACH_MODELL[modell].modell._meta.verbose_name_plural),
                [("Kein Abschnitt zeigt sie; sie drucken nicht", url)],
            )
            for modell in fehlt
        ]

    def _feld(self, feld: Handlungsfeld) -> Gruppe:
        gruppe = Gruppe(" ".join(filter(None, (self.nr[feld], feld.titel))), str(feld.pk))
        ziele = list(self.nr.ziele(feld))
        massnahmen = [m for _, gruppe_ in self.nr.tabellenabschnitte(feld) for m in gruppe_]
        am_feld = []
        if not ziele:
            am_feld.append(Hinweis("Noch kein Ziel", ""))
        if not massnahmen:
            am_feld.append(Hinweis("Noch keine Maßnahme", ""))
        gruppe.eintraege += self._offen(feld, "Handlungsfeld", am_feld)
        for ziel in ziele:
            gruppe.eintraege += self._ziel(ziel, massnahmen)
        for massnahme in massnahmen:
            gruppe.eintraege += self._massnahme(massnahme)
        return gruppe

    def _ziel(self, ziel, massnahmen) -> list[Offenes]:
        art = ziel._meta.model_name
        hier = {(art, ziel.pk)} | {("handlungsziel", z.pk) for z in self.nr.handlungsziele if self._unter(z, ziel)}
        bedient = any(self.nr.ziel(m) in hier for m in massnahmen)
        name = f"{ziel._meta.verbose_name} {self.nr[ziel]} „{ziel.kurztitel or ziel.titel}“"
        hinweise = [] if bedient else [Hinweis("Noch keine Maßnahme zu diesem Ziel", "")]
        return self._offen(ziel, name, hinweise) + self._indikatoren((art, ziel.pk), name)

    def _unter(self, handlungsziel, ziel) -> bool:
        return self.nr.ziel(handlungsziel) == (ziel._meta.model_name, ziel.pk)

    def _massnahme(self, m) -> list[Offenes]:
        if m.umsetzungsstand == Umsetzungsstand.ENTFALLEN:
            return []
        schritte = self.z.schritte[m.pk]
        zustaendig = bool(self.z.beteiligte["massnahme", m.pk]) or any(
            self.z.beteiligte["schritt", s.pk] for s in schritte
        )
        name = f"Maßnahme {self.nr.kennung(m)} „{m.kurztitel or m.titel}“"
        hinweise = an_massnahme(m, zustaendig=zustaendig, kosten=bool(self.z.kostenpositionen[m.pk]))
        return self._offen(m, name, hinweise) + self._indikatoren(("massnahme", m.pk), name)

    def _indikatoren(self, bezug, von: str | None) -> list[Offenes]:
        """An indicator of a goal or measure wants a target; one of the context wants none."""
        offen = []
        for indikator in self.z.indikatoren[bezug] if von else ():
            if indikator.zielwert is None:
                offen += self._offen(indikator, f"Indikator „{indikator}“", [Hinweis("Kein Zielwert", "id_zielwert")])
        return offen
