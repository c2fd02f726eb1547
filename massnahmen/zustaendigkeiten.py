"""Use cases of measures: one function each."""

import difflib
from collections.abc import Iterable
from functools import cached_property

from konzept.grenzen import NAMENSTEILUNGEN, NAMENSVORSCHLAEGE
from konzept.namen import als_text, bekannte_in, ist_geschlossen, teile_von, wieder_ganz
from konzept.schreibweise import hat_sichtbares, namensschluessel

from .models import Akteur, Massnahme, Umsetzungsschritt, Zustaendigkeit
from .platzhalter import ist_platzhalter
from .schrittmarken import marke_von


class AkteureDerKommune:
    """The Akteure of a Kommune by Kürzel, read once; unknown ones are created where that is allowed.

    `neue_moeglich`: whether whoever edits may allow it at all; `neue_erlaubt`: whether they did.
    """

    def __init__(self, kommune, neue_moeglich: bool = True):
        self.kommune = kommune
        self.neue_moeglich, self.neue_erlaubt = neue_moeglich, False
        self._vorschlaege, self._teilungen = NAMENSVORSCHLAEGE, NAMENSTEILUNGEN
        self.alle = list(kommune.akteure.all())
        self._genau = {akteur.kurz: akteur for akteur in self.alle}
        self._nach_kurz = {namensschluessel(akteur.kurz): akteur for akteur in reversed(self.alle)}
        self._nach_name = {namensschluessel(akteur.name): akteur for akteur in reversed(self.alle) if akteur.name}

    def finde(self, kurz: str) -> Akteur | None:
        """By Kürzel, or else by full name; the spelling matters only where several differ in nothing else."""
        name = namensschluessel(kurz)
        return self._genau.get(kurz) or self._nach_kurz.get(name) or self._nach_name.get(name)

    def lies(self, genannt: list[str]) -> list[str]:
        """What several names are, each as it was typed: a full name that holds a comma is one again."""
        return wieder_ganz(genannt, self.finde)

    def zerlege(self, genannt: str) -> list[str]:
        """What somebody named, one by one: the Kürzel of several where these are joined ("51 / 40", "51 und Caritas")
        and all of them known; else what was named, as it is."""
        if self.finde(genannt) or not self._teilungen:
            return [genannt]
        self._teilungen -= 1
        return list(dict.fromkeys(akteur.kurz for akteur in bekannte_in(genannt, self.finde))) or [genannt]

    def schluessel(self, kurz: str) -> str:
        """The same for all names of one Akteur, known or not."""
        akteur = self.finde(kurz)
        return namensschluessel(akteur.kurz if akteur else kurz)

    def ist_platzhalter(self, kurz: str) -> bool:
        """Whether a name stands for nobody in particular."""
        akteur = self.finde(kurz)
        return akteur.ist_platzhalter if akteur else ist_platzhalter(kurz)

    def fehler(self, kurz: str) -> str | None:
        """Why a Kürzel cannot be taken, as a sentence with what would be right; None where it can."""
        if self.finde(kurz):
            return None
        hoechstens = Akteur._meta.get_field("kurz").max_length
        if len(kurz) > hoechstens:
            return f"Ein Kürzel hat höchstens {hoechstens} Zeichen. Trennen Sie mehrere Akteure mit Kommas."
        if not (kurz.isprintable() and hat_sichtbares(kurz)):
            return "In einem Kürzel steht ein unsichtbares Zeichen. Löschen Sie den Namen und tippen Sie ihn neu."
        if not ist_geschlossen(kurz):
            return f"„{kurz}“: Zu einer Klammer fehlt die andere. Ergänzen Sie sie; in Klammern trennt ein Komma nicht."
        if marke_von(kurz)[0]:
            return (
                f"„{kurz}“ beginnt mit der Nummer eines Schritts. Nennen Sie „{marke_von(kurz)[1]}“ ohne sie; an einen "
                "Schritt geht die Nummer nur bei Federführung und Mitwirkung der ganzen Maßnahme."
            )
        if self.neue_erlaubt or (self.neue_moeglich and ist_platzhalter(kurz)):
            return None
        meinten = self._mehrere(kurz) or " oder ".join(f"„{self._nach_kurz[k].kurz}“" for k in self._aehnliche(kurz))
        frage = f"Meinten Sie {meinten}? " if meinten else ""
        sonst = (
            "Sonst kreuzen Sie „Unbekannte Akteure neu anlegen“ an."
            if self.neue_moeglich
            else "Neue Akteure legt die Redaktion an."
        )
        return f"„{kurz}“ ist kein Akteur der Kommune. {frage}{sonst}"

    def _mehrere(self, kurz: str) -> str:
        """Several names that one joins ("SKM/SKF"), as they have to be written; "" where none of them is known, or near
        to one that is."""
        teile = teile_von(kurz)
        if len(teile) < 2:
            return ""
        gemeint = {teil: self.finde(teil) for teil in teile}
        for teil in teile:
            aehnliche = (self._nach_kurz[k] for k in (() if gemeint[teil] else self._aehnliche(teil)))
            gemeint[teil] = next((a for a in aehnliche if a not in gemeint.values()), gemeint[teil])
        namen = (akteur.kurz if akteur else teil for teil, akteur in gemeint.items())
        return f"„{als_text(namen)}“" if any(gemeint.values()) else ""

    def _aehnliche(self, kurz: str) -> list[str]:
        """At most two; none once that has been asked too often."""
        if not self._vorschlaege:
            return []
        self._vorschlaege -= 1
        return difflib.get_close_matches(namensschluessel(kurz), self._brauchbare, n=2, cutoff=0.6)

    @cached_property
    def _brauchbare(self) -> list[str]:
        """What may be proposed: nothing that is nobody, or that bears the number of a step."""
        akteure = self._nach_kurz.items()
        return [k for k, akteur in akteure if not (akteur.ist_platzhalter or marke_von(akteur.kurz)[0])]

    def hole(self, kurz: str) -> Akteur:
        """The Akteur with this Kürzel, newly created where there is none."""
        if not (akteur := self.finde(kurz)):
            # Somebody else may have created the same one since the list was read.
            akteur, _ = Akteur.objects.get_or_create(
                kommune=self.kommune, kurz=kurz, defaults={"art": Akteur.art_fuer(kurz)}
            )
            self._genau[kurz] = self._nach_kurz[namensschluessel(kurz)] = akteur
        return akteur

    def vorschlaege(self) -> list[dict[str, str]]:
        """What `kern/namensliste.html` offers."""
        niemand = Akteur.Art.UNBESTIMMT.label
        return [{"kurzname": a.kurz, "name": niemand if a.ist_platzhalter else a.name or a.kurz} for a in self.alle]


def setze_zustaendigkeiten(zeile: Massnahme | Umsetzungsschritt, genannt: list[tuple[Akteur, str]]) -> None:
    """Make exactly these (Akteur, role) responsible for a measure or step, in this order; the first mention counts.

    Rows that stay the same are kept. At most three queries.
    """
    setze_alle_zustaendigkeiten([(zeile, genannt)])


def setze_alle_zustaendigkeiten(zeilen: Iterable[tuple[Massnahme | Umsetzungsschritt, list[tuple[Akteur, str]]]]):
    """`setze_zustaendigkeiten` for several rows that were read with theirs. At most three queries, as for one."""
    weg, neu, geaendert = [], [], []
    for zeile, genannt in zeilen:
        soll = {}
        for akteur, rolle in genannt:
            soll.setdefault(akteur.pk, (akteur, rolle))
        vorhanden = {z.akteur_id: z for z in zeile.zustaendigkeiten.all()}
        weg += [z.pk for pk, z in vorhanden.items() if pk not in soll]
        for platz, (pk, (akteur, rolle)) in enumerate(soll.items(), start=1):
            z = vorhanden.get(pk)
            if z is None:
                bezug = {"massnahme": zeile} if isinstance(zeile, Massnahme) else {"schritt": zeile}
                neu.append(Zustaendigkeit(akteur=akteur, rolle=rolle, reihenfolge=platz, **bezug))
            elif (z.rolle, z.reihenfolge) != (rolle, platz):
                z.rolle, z.reihenfolge = rolle, platz
                geaendert.append(z)
    if weg:
        Zustaendigkeit.objects.filter(pk__in=weg).delete()
    Zustaendigkeit.objects.bulk_create(neu)
    Zustaendigkeit.objects.bulk_update(geaendert, ["rolle", "reihenfolge"])
