"""Use cases of measures: one function each."""

import difflib
from collections.abc import Iterable

from konzept.grenzen import NAMENSVORSCHLAEGE
from konzept.schreibweise import hat_sichtbares, namensschluessel

from .models import Akteur, Massnahme, Umsetzungsschritt, Zustaendigkeit


class AkteureDerKommune:
    """The Akteure of a Kommune by Kürzel, read once; unknown ones are created where that is allowed.

    `neue_moeglich`: whether whoever edits may allow it at all; `neue_erlaubt`: whether they did.
    """

    def __init__(self, kommune, neue_moeglich: bool = True):
        self.kommune = kommune
        self.neue_moeglich, self.neue_erlaubt = neue_moeglich, False
        self._vorschlaege = NAMENSVORSCHLAEGE
        self.alle = list(kommune.akteure.all())
        self._genau = {akteur.kurz: akteur for akteur in self.alle}
        self._nach_kurz = {namensschluessel(akteur.kurz): akteur for akteur in reversed(self.alle)}
        self._nach_name = {namensschluessel(akteur.name): akteur for akteur in reversed(self.alle) if akteur.name}

    def finde(self, kurz: str) -> Akteur | None:
        """By Kürzel, or else by full name; the spelling matters only where several differ in nothing else."""
        name = namensschluessel(kurz)
        return self._genau.get(kurz) or self._nach_kurz.get(name) or self._nach_name.get(name)

    def fehler(self, kurz: str) -> str | None:
        """Why a Kürzel cannot be taken, as a sentence with what would be right; None where it can."""
        if self.finde(kurz):
            return None
        hoechstens = Akteur._meta.get_field("kurz").max_length
        if len(kurz) > hoechstens:
            return f"Ein Kürzel hat höchstens {hoechstens} Zeichen. Trennen Sie mehrere Akteure mit Kommas."
        if not (kurz.isprintable() and hat_sichtbares(kurz)):
            return "In einem Kürzel steht ein unsichtbares Zeichen. Löschen Sie den Namen und tippen Sie ihn neu."
        if self.neue_erlaubt:
            return None
        meinten = " oder ".join(f"„{self._nach_kurz[k].kurz}“" for k in self._aehnliche(kurz))
        frage = f"Meinten Sie {meinten}? " if meinten else ""
        sonst = (
            "Sonst kreuzen Sie „Unbekannte Akteure neu anlegen“ an."
            if self.neue_moeglich
            else "Neue Akteure legt die Redaktion an."
        )
        return f"„{kurz}“ ist kein Akteur der Kommune. {frage}{sonst}"

    def _aehnliche(self, kurz: str) -> list[str]:
        """At most two; none once that has been asked too often."""
        if not self._vorschlaege:
            return []
        self._vorschlaege -= 1
        return difflib.get_close_matches(namensschluessel(kurz), [*self._nach_kurz], n=2, cutoff=0.6)

    def hole(self, kurz: str) -> Akteur:
        """The Akteur with this Kürzel, newly created where there is none."""
        if not (akteur := self.finde(kurz)):
            # Somebody else may have created the same one since the list was read.
            akteur, _ = Akteur.objects.get_or_create(kommune=self.kommune, kurz=kurz)
            self._genau[kurz] = self._nach_kurz[namensschluessel(kurz)] = akteur
        return akteur


def setze_zustaendigkeiten(zeile: Massnahme | Umsetzungsschritt, genannt: list[tuple[Akteur, str]]) -> None:
    """Make exactly these (Akteur, role) responsible for a measure or step, in this order; the first mention counts.

    Rows that stay the same are kept. At most three queries.
    """
    setze_alle_zustaendigkeiten([(zeile, genannt)])


def setze_alle_zustaendigkeiten(zeilen: Iterable[tuple[Massnahme | Umsetzungsschritt, list[tuple[Akteur, str]]]]):
    """`setze_zustaendigkeiten` for several rows that were read with theirs, for about as many queries as for one."""
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
