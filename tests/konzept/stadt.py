"""A concept with one row of most kinds, for tests of the models."""

from functools import cached_property

from django.utils.timezone import now

from konzept.beratung.models import Runde
from konzept.fassungen.models import Fassung
from konzept.fassungen.vorgaenge import festschreiben
from konzept.models import Beteiligung, Gremium, Prozessschritt
from massnahmen.models import Angebot, Indikator, Zielgruppe
from tests.fabrik import (
    mache_abschnitt,
    mache_akteur,
    mache_anmerkung,
    mache_benutzer,
    mache_feld,
    mache_handlungsziel,
    mache_kommune,
    mache_konzept,
    mache_leitziel,
    mache_massnahme,
    mache_runde,
    mache_schritt,
    mache_stellungnahme,
    mache_vorlage,
    mache_vorlagenkopf,
    setze_zustaendig,
)

EIGENE = (
    *("hintergrund", "konzept", "entwuerfe", "konten", "handlungsfelder", "massnahmen"),
    *("druckauftraege", "fassungen", "beratung", "vorlagen"),
)
"""The apps whose models the tests of all models look at."""


class Stadt:
    """A small concept with one row of most kinds; `k` is the concept, `fremd` the one of another Kommune."""

    def __init__(self):
        self.k = mache_konzept()
        self.kommune = self.k.kommune
        self.fremd = mache_konzept(mache_kommune("nachbarstadt"))
        self.benutzer = mache_benutzer(self.kommune, "lesen")
        self.abschnitt = mache_abschnitt(self.k, inhalt="handlungsfelder")
        self.feld = mache_feld(self.k)
        self.leitziel = mache_leitziel(self.feld)
        self.ziel = mache_handlungsziel(self.feld, leitziel=self.leitziel)
        self.massnahme = mache_massnahme(self.feld)
        self.schritt = mache_schritt(self.massnahme, "Werben")
        self.akteur = mache_akteur(self.kommune, "51")
        setze_zustaendig(self.massnahme, self.akteur)
        setze_zustaendig(self.schritt, self.akteur)
        self.gremium = Gremium.objects.create(kommune=self.kommune, name="AG Sprache")
        self.prozessschritt = Prozessschritt.objects.create(konzept=self.k, titel="Auftakt")
        Beteiligung.objects.create(konzept=self.k, gremium=self.gremium)
        self.thema = self.k.querschnittsaufgaben.create(titel="Vernetzung")
        self.thema.bezuege.create(handlungsfeld=self.feld)
        self.angebot = Angebot.objects.create(konzept=self.k, titel="Café")
        self.angebot.anbieter.create(akteur=self.akteur)
        self.benutzer.mitgliedschaften.create(kommune=self.kommune, rolle="mitwirkung", akteur=self.akteur)
        self.benutzer.zwischenstaende.create(adresse="/formular/", daten="x")
        self.benutzer.angelegtes.create(schluessel="x", titel="x")
        self.zielgruppe = Zielgruppe.objects.create(kommune=self.kommune, name="Kinder")
        self.indikator = Indikator.objects.create(konzept=self.k, titel="Anteil", art="kontext")
        self.indikator.messwerte.create(jahr=2020)
        self.rat = Gremium.objects.create(kommune=self.kommune, name="Rat")
        self.vorlage = mache_vorlage(self.k, self.rat)
        self.kopf = mache_vorlagenkopf(self.kommune)
        self.druckauftrag = self.k.druckauftraege.create(art="konzept", schluessel="a", aufnahme=b"x")
        self.druckauftrag.wartende.create(konto=self.benutzer)
        self.satzstueck = self.k.satzstuecke.create(schluessel="a", groesse=1, benutzt_am=now(), inhalt=b"x")

    @cached_property
    def fassung(self) -> Fassung:
        """Not there from the start: what a Fassung holds is never deleted."""
        fassung = festschreiben(konzept=self.k, art="entwurf", konto=None)
        fassung.ausgaben.create(art="druck", datei=b"%PDF", seiten=1)
        return fassung

    @cached_property
    def runde(self) -> Runde:
        """With an Anmerkung and its Stellungnahme; `benutzer` sits in the Gremium and has read it."""
        runde = mache_runde(self.fassung, self.benutzer)
        mache_stellungnahme(mache_anmerkung(runde, self.benutzer))
        runde.lesestaende.create(benutzer=self.benutzer, gelesen_bis=now())
        return runde


def geaendert(zeile, **werte):
    for name, wert in werte.items():
        setattr(zeile, name, wert)
    return zeile
