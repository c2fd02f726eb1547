"""What is still missing in a concept: what the council will ask for, with the way to the field in which it goes."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from handlungsfelder.models import Handlungsfeld
from konzept.dokument import baum
from konzept.dokument.formatzeichen import formatzeichen
from konzept.dokument.luecken import leere_kapitel
from konzept.dokument.verweise import tote_verweise
from konzept.dokument.zeilen import Zeilen
from konzept.dokument.zusammenstellung import stelle_mit_maengeln_zusammen
from konzept.heute import am
from konzept.models import Abschnitt, Leitlinie
from konzept.navigation import adresse, formular_adresse
from konzept.verlauf.aufzeichnung import anker
from massnahmen.doppelt import doppelte, gleiche
from massnahmen.hinweise import Hinweis, an_massnahme
from massnahmen.kosten import rahmen_von
from massnahmen.kostenhinweise import an_kosten
from massnahmen.models import Umsetzungsstand

from . import fehlzeichen
from .einfuegen import INHALT
from .elemente import NACH_MODELL

VERALTET_NACH_JAHREN = 3
"""After this many years a concept wants looking at again (the municipalities of the examples carry theirs on every
three to six years)."""


@dataclass
class Offenes:
    """An element with what is missing in it: (sentence, address of the field). `siehe` are the other elements that have
    a part in it: (name, address of the field)."""

    titel: str
    punkte: list[tuple[str, str]]
    anker: str = ""
    siehe: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Gruppe:
    """The concept itself, or one Handlungsfeld with its goals, measures and indicators."""

    titel: str
    anker: str = ""
    eintraege: list[Offenes] = field(default_factory=list)

    @property
    def anzahl(self) -> int:
        return sum(len(eintrag.punkte) for eintrag in self.eintraege)


def offene_punkte(
    konzept, heute: date, feld: str = "", zeilen: Zeilen | None = None, dokument: baum.Dokument | None = None
) -> list[Gruppe]:
    """Groups with something missing, in the order of the concept; only that of one Handlungsfeld (pk as text) with
    `feld`. 25 queries, whatever the size; none with the `zeilen` of the concept, and less work with the `dokument` that
    was put together of them."""
    zeilen = zeilen or Zeilen(konzept)
    gruppen = _Pruefung(zeilen, dokument or stelle_mit_maengeln_zusammen(zeilen)[0], heute).gruppen()
    return [g for g in gruppen if g.eintraege and feld in ("", g.anker)]


class Fund(NamedTuple):
    """What was found in the whole document, at the element `anker` that it calls `titel`."""

    anker: str
    titel: str
    hinweis: Hinweis


class _Pruefung:
    def __init__(self, zeilen: Zeilen, dokument: baum.Dokument, heute: date):
        self.z, self.k, self.nr, self.heute = zeilen, zeilen.konzept, zeilen.nummern, heute
        self.dokument = dokument
        self.doppelt = doppelte(self.nr) | gleiche((ll, self.nr[ll], self.nr.liste_von(ll)) for ll in zeilen.leitlinien)
        self.funde = defaultdict(list)
        for fund in (*self._leere_kapitel(), *self._in_texten(), *self._doppelte_nummern()):
            self.funde[fund.anker].append(fund)

    def gruppen(self) -> list[Gruppe]:
        felder = [self._feld(f) for f in self.nr.felder]
        eigenes = [*self._konzept(), *self._leitlinien(), *self._indikatoren(("kontext", 0), None)]
        konzept = Gruppe("Konzept", eintraege=[*eigenes, *self._ohne_platz(), *self._uebrige_funde()])
        gruppen = [konzept, *felder]
        self._nicht_druckbar(gruppen)
        return gruppen

    def _nicht_druckbar(self, gruppen: list[Gruppe]) -> None:
        """Signs that no font has, at the entry of their element."""
        nach_feld = {gruppe.anker: gruppe for gruppe in gruppen}
        for stelle in fehlzeichen.stellen(self.z):
            eintraege = nach_feld[str(stelle.feld or "")].eintraege
            eintrag = next((e for e in eintraege if stelle.anker and e.anker == stelle.anker), None)
            if eintrag is None:
                eintraege.append(eintrag := Offenes(stelle.titel, [], stelle.anker))
            eintrag.punkte.extend(stelle.punkte)

    def _offen(self, zeile, name: str, hinweise: list[Hinweis]) -> list[Offenes]:
        """An entry for a row, or none where nothing is missing; without a field the hint leads to the form."""
        return self._eintrag(anker(zeile), name, hinweise + [f.hinweis for f in self.funde.pop(anker(zeile), ())])

    def _eintrag(self, name: str, titel: str, hinweise: list[Hinweis]) -> list[Offenes]:
        url = formular_adresse(self.k, name)
        punkte = [(h.text, f"{url}#{h.ziel}" if h.ziel else url) for h in hinweise]
        siehe = [
            (self._name(andere), f"{formular_adresse(self.k, anker(andere))}#id_nummer")
            for andere in self.doppelt.get(name, ())
        ]
        return [Offenes(titel, punkte, name, siehe)] if punkte else []

    def _name(self, zeile) -> str:
        return f"{zeile._meta.verbose_name} „{getattr(zeile, 'kurztitel', '') or zeile.titel}“"

    def _uebrige_funde(self) -> list[Offenes]:
        """What was found at elements that are asked for nothing else; after all the others were asked."""
        return [
            eintrag
            for name, funde in self.funde.items()
            for eintrag in self._eintrag(name, funde[0].titel, [f.hinweis for f in funde])
        ]

    def _leere_kapitel(self) -> Iterator[Fund]:
        for luecke in leere_kapitel(self.dokument):
            yield Fund(luecke.anker, luecke.titel, Hinweis(luecke.satz, "id_text"))

    def _in_texten(self) -> Iterator[Fund]:
        for fund in (*tote_verweise(self.dokument), *formatzeichen(self.dokument)):
            modell = fund.anker.partition("-")[0]
            titel, art = fund.titel.replace("„", "‚").replace("“", "‘"), NACH_MODELL[modell]
            ziel = "id_text" if hasattr(art.modell, "text") else ""
            yield Fund(fund.anker, f"{art.name} „{titel}“", Hinweis(fund.satz, ziel))

    def _doppelte_nummern(self) -> Iterator[Fund]:
        n = self.nr
        zeilen = (*n.abschnitte, *n.felder, *n.leitziele, *n.handlungsziele, *n.massnahmen, *self.z.leitlinien)
        for zeile in zeilen:
            if anker(zeile) in self.doppelt:
                nummer = self.nr.kennung(zeile) if zeile._meta.model_name == "massnahme" else self.nr[zeile]
                yield Fund(anker(zeile), self._name(zeile), Hinweis(f"Die Nummer {nummer} ist doppelt", "id_nummer"))

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
            vorschlag = leitlinie.status == Leitlinie.Status.VORSCHLAG
            hinweis = [Hinweis("Noch ein Vorschlag, nicht beschlossen", "id_status")] if vorschlag else []
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
        name = f"Maßnahme {self.nr.kennung(m)} „{m.kurztitel or m.titel}“"
        if m.umsetzungsstand == Umsetzungsstand.ENTFALLEN:
            return self._offen(m, name, [])
        positionen = self.z.kostenpositionen[m.pk]
        hinweise = an_massnahme(
            m,
            der_massnahme=self._akteure("massnahme", m.pk),
            der_schritte=[self._akteure("schritt", s.pk) for s in self.z.schritte[m.pk]],
            kosten=bool(positionen),
        )
        hinweise += an_kosten(m, positionen, rahmen_von(m, self.k))
        return self._offen(m, name, hinweise) + self._indikatoren(("massnahme", m.pk), name)

    def _akteure(self, art: str, pk: int) -> list:
        return [self.z.akteure[akteur] for akteur, _ in self.z.beteiligte[art, pk] if akteur in self.z.akteure]

    def _indikatoren(self, bezug, von: str | None) -> list[Offenes]:
        """An indicator of a goal or measure wants a target; one of the context wants none."""
        offen = []
        for indikator in self.z.indikatoren[bezug] if von else ():
            fehlt = [Hinweis("Kein Zielwert", "id_zielwert")] if indikator.zielwert is None else []
            offen += self._offen(indikator, f"Indikator „{indikator}“", fehlt)
        return offen
