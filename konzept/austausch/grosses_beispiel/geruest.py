"""Everything of the large example that stands around its measures: outline, fields, goals, bodies, offers."""

from datetime import date, timedelta
from itertools import product

from django.db import models

from handlungsfelder.models import (
    Handlungsfeld,
    Handlungsziel,
    Leitziel,
    Querschnittsaufgabe,
    Querschnittsbezug,
)
from konzept.models import (
    Abschnitt,
    Beteiligung,
    Gremium,
    Konzept,
    Leitlinie,
    Prozessschritt,
    Prozesstermin,
)
from massnahmen.models import Akteur, Anbieter, Angebot, Foerderung, Zielgruppe

from . import texte
from .wuerfel import Wuerfel, speichere


class Geruest:
    """Writes its rows when it is made; the measures find them in the attributes."""

    def __init__(self, konzept: Konzept, wuerfel: Wuerfel):
        self.konzept, self.kommune, self.wuerfel = konzept, konzept.kommune, wuerfel
        self._stamm()
        self._gliederung()
        self._felder()
        self._ziele()
        self._angebote()

    def _stamm(self) -> None:
        """Actors, target groups and bodies; those that the Kommune has already are taken as they are."""
        self.akteure = self._ergaenzt(Akteur, "kurz", texte.AKTEURE, ("kurz", "name", "art"))
        self.zielgruppen = self._ergaenzt(
            Zielgruppe, "name", [(name,) for name in texte.ZIELGRUPPEN], ("name",)
        )
        self.gremien = self._ergaenzt(Gremium, "name", texte.GREMIEN, ("name", "art"))

    def _ergaenzt(self, modell: type[models.Model], schluessel: str, werte, spalten) -> list:
        zeilen = [modell(kommune=self.kommune, **dict(zip(spalten, wert, strict=True))) for wert in werte]
        da = {getattr(zeile, schluessel): zeile for zeile in modell.objects.filter(kommune=self.kommune)}
        speichere(modell, (zeile for zeile in zeilen if getattr(zeile, schluessel) not in da))
        return [da.get(getattr(zeile, schluessel), zeile) for zeile in zeilen]

    def _gliederung(self) -> None:
        """Chapters with text before and after the fields, one with sections, and what prints inside them."""
        for platz, (titel, inhalt, absaetze, unter) in enumerate(texte.GLIEDERUNG, 1):
            kapitel = self._abschnitt(None, platz, titel, inhalt, absaetze)
            for nr, (untertitel, unterinhalt, unterabsaetze) in enumerate(unter, 1):
                self._abschnitt(kapitel, nr, untertitel, unterinhalt, unterabsaetze)
        self.leitlinien = speichere(
            Leitlinie,
            (
                Leitlinie(
                    konzept=self.konzept,
                    reihenfolge=platz,
                    titel=titel,
                    text=self.wuerfel.text(texte.GRUNDLAGEN, 2, 3),
                    status=Leitlinie.Status.BESCHLOSSEN,
                )
                for platz, titel in enumerate(texte.LEITLINIEN, 1)
            ),
        )
        schritte = speichere(
            Prozessschritt,
            (
                Prozessschritt(
                    konzept=self.konzept,
                    reihenfolge=platz,
                    titel=titel,
                    art=art,
                    text=self.wuerfel.text(texte.GRUNDLAGEN, 1, 2),
                    teilnehmende=self.wuerfel.randrange(15, 120),
                )
                for platz, (titel, art) in enumerate(texte.PROZESS, 1)
            ),
        )
        speichere(
            Prozesstermin,
            (
                Prozesstermin(schritt=schritt, reihenfolge=1, tag=date(2025, 9, 1) + timedelta(days=45 * nr))
                for nr, schritt in enumerate(schritte)
            ),
        )
        speichere(
            Beteiligung,
            (
                Beteiligung(
                    konzept=self.konzept,
                    gremium=gremium,
                    reihenfolge=platz,
                    aufgabe=self.wuerfel.text(texte.AUFGABEN, 1, 2),
                    takt=self.wuerfel.choice(
                        ("monatlich", "vierteljährlich", "halbjährlich", "einmal jährlich")
                    ),
                )
                for platz, gremium in enumerate(self.gremien, 1)
            ),
        )

    def _abschnitt(
        self, oben: Abschnitt | None, platz: int, titel: str, inhalt: str, absaetze: int
    ) -> Abschnitt:
        text = self.wuerfel.absaetze(texte.GRUNDLAGEN, absaetze)
        return Abschnitt.objects.create(
            konzept=self.konzept, oberabschnitt=oben, reihenfolge=platz, titel=titel, inhalt=inhalt, text=text
        )

    def _felder(self) -> None:
        self.felder = speichere(
            Handlungsfeld,
            (
                Handlungsfeld(
                    konzept=self.konzept,
                    reihenfolge=platz,
                    titel=titel,
                    kurztitel=titel.split(",")[0].split(" und ")[0],
                    text=self.wuerfel.absaetze(texte.GRUNDLAGEN, 3),
                    staerken=self.wuerfel.liste(texte.STAERKEN, 4),
                    potentiale=self.wuerfel.liste(texte.POTENTIALE, 4),
                    ressourcen_personal=self.wuerfel.text(texte.PERSONAL, 1, 2),
                    ressourcen_mittel=self.wuerfel.text(texte.MITTEL, 1, 2),
                )
                for platz, titel in enumerate(texte.FELDER, 1)
            ),
        )
        speichere(
            Handlungsfeld.gremien.through,
            (
                Handlungsfeld.gremien.through(handlungsfeld=feld, gremium=gremium)
                for feld in self.felder
                for gremium in self.wuerfel.waehle(self.gremien, 1, 2)
            ),
        )
        aufgaben = speichere(
            Querschnittsaufgabe,
            (
                Querschnittsaufgabe(
                    konzept=self.konzept,
                    reihenfolge=platz,
                    titel=titel,
                    text=self.wuerfel.text(texte.GRUNDLAGEN, 2, 3),
                )
                for platz, titel in enumerate(texte.QUERSCHNITT, 1)
            ),
        )
        speichere(
            Querschnittsbezug,
            (
                Querschnittsbezug(
                    konzept=self.konzept,
                    querschnittsaufgabe=aufgabe,
                    handlungsfeld=feld,
                    text=self.wuerfel.text(texte.AUFGABEN, 1, 1),
                )
                for aufgabe, feld in product(aufgaben, self.felder)
            ),
        )

    def _ziele(self) -> None:
        self.leitziele = speichere(
            Leitziel,
            (
                Leitziel(
                    handlungsfeld=feld,
                    reihenfolge=platz,
                    titel=satz,
                    text=self.wuerfel.text(texte.GRUNDLAGEN, 1, 2),
                )
                for feld in self.felder
                for platz, satz in enumerate(self.wuerfel.sample(texte.LEITZIELE, 3), 1)
            ),
        )
        self.handlungsziele = speichere(
            Handlungsziel,
            (
                Handlungsziel(
                    handlungsfeld=leitziel.handlungsfeld,
                    leitziel=leitziel,
                    reihenfolge=platz,
                    titel=self.wuerfel.fuelle(satz),
                )
                for leitziel in self.leitziele
                for platz, satz in enumerate(self.wuerfel.sample(texte.HANDLUNGSZIELE, 3), 1)
            ),
        )

    def _angebote(self) -> None:
        angebote = speichere(
            Angebot,
            (
                Angebot(
                    konzept=self.konzept,
                    handlungsfeld=feld,
                    reihenfolge=platz,
                    titel=gegenstand,
                    text=self.wuerfel.text(texte.MASSNAHME, 1, 2),
                    seit=f"seit {self.wuerfel.randint(2005, 2024)}",
                )
                for platz, (feld, gegenstand) in enumerate(
                    (
                        (feld, gegenstand)
                        for feld, namen in zip(self.felder, texte.FELDER.values(), strict=True)
                        for gegenstand in namen[:5]
                    ),
                    1,
                )
            ),
        )
        speichere(
            Anbieter,
            (Anbieter(angebot=a, akteur=self.wuerfel.choice(self.akteure), reihenfolge=1) for a in angebote),
        )
        speichere(
            Foerderung,
            (
                Foerderung(
                    angebot=angebot,
                    reihenfolge=1,
                    geber="Land Nordrhein-Westfalen",
                    angabe="4.500 € jährlich",
                )
                for angebot in angebote[::2]
            ),
        )
