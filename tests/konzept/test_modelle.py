"""What the database itself refuses, in which words a form says so, and what is left when something is deleted."""

from datetime import date, timedelta
from functools import cached_property

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.utils.timezone import now

from handlungsfelder.models import Querschnittsbezug
from konzept.beratung.models import Anmerkung, Lesestand, Runde, Sitz, Stellungnahme, Tagespost
from konzept.fassungen.models import Ausgabe, Fassung
from konzept.fassungen.regeln import festschreiben
from konzept.konten.models import Einladung, Mitgliedschaft, Zwischenstand
from konzept.models import (
    Abschnitt,
    Beteiligung,
    Gremium,
    Kommune,
    Konzept,
    Leitfrage,
    Leitlinie,
    Mitglied,
    Prozessschritt,
    Prozesstermin,
)
from konzept.vorlagen.models import Kopfzeile, Punktergebnis, Station, Vorlage
from massnahmen.models import (
    Akteur,
    Anbieter,
    Angebot,
    Indikator,
    Kostenposition,
    Massnahme,
    Messwert,
    Zielgruppe,
    Zustaendigkeit,
)
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

pytestmark = pytest.mark.django_db

EIGENE = ("konzept", "konten", "handlungsfelder", "massnahmen", "fassungen", "beratung", "vorlagen")


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
        self.zielgruppe = Zielgruppe.objects.create(kommune=self.kommune, name="Kinder")
        self.indikator = Indikator.objects.create(konzept=self.k, titel="Anteil", art="kontext")
        self.indikator.messwerte.create(jahr=2020)
        self.rat = Gremium.objects.create(kommune=self.kommune, name="Rat")
        self.vorlage = mache_vorlage(self.k, self.rat)
        self.kopf = mache_vorlagenkopf(self.kommune)

    @cached_property
    def fassung(self) -> Fassung:
        """Not there from the start: what a Fassung holds is never deleted."""
        fassung = festschreiben(self.k, "entwurf", "", None)
        fassung.ausgaben.create(art="druck", datei=b"%PDF", seiten=1)
        return fassung

    @cached_property
    def runde(self) -> Runde:
        """With an Anmerkung and its Stellungnahme; `benutzer` sits in the Gremium and has read it."""
        runde = mache_runde(self.fassung, self.benutzer)
        mache_stellungnahme(mache_anmerkung(runde, self.benutzer))
        runde.lesestaende.create(benutzer=self.benutzer, gelesen_bis=now())
        self.benutzer.tagespost.create(tag=date(2026, 11, 3))
        return runde


@pytest.fixture
def s():
    return Stadt()


# Constraints. Each entry builds a row that one constraint forbids; the key is the constraint's name.

VERSTOESSE = {
    "abschnitt_nicht_unter_sich": lambda s: _geaendert(s.abschnitt, oberabschnitt=s.abschnitt),
    "handlungsfelder_an_einer_stelle": lambda s: Abschnitt(konzept=s.k, titel="x", inhalt="handlungsfelder"),
    "abschnitt_inhalt_gueltig": lambda s: Abschnitt(konzept=s.k, titel="x", inhalt="x"),
    "abschnitt_zaehlung_gueltig": lambda s: Abschnitt(konzept=s.k, titel="x", zaehlung=""),
    "gremium_name_je_kommune": lambda s: Gremium(kommune=s.kommune, name="AG Sprache"),
    "gremium_art_gueltig": lambda s: Gremium(kommune=s.kommune, name="x", art=""),
    "mitglied_funktion_gueltig": lambda s: Mitglied(gremium=s.gremium, name="x", funktion="x"),
    "beteiligung_einmal": lambda s: Beteiligung(konzept=s.k, gremium=s.gremium),
    "kommune_art_gueltig": lambda s: Kommune(name="x", kurzname="x", slug="x", art="dorf"),
    "konzept_adresse_je_kommune": lambda s: Konzept(kommune=s.kommune, slug="konzept", titel="x"),
    "konzept_gueltigkeit_vorwaerts": lambda s: _geaendert(s.k, gueltig_ab=2030, gueltig_bis=2029),
    "konzept_nicht_eigener_vorgaenger": lambda s: _geaendert(s.k, vorgaenger=s.k),
    "konzept_tabellenabschnitte_gueltig": lambda s: _geaendert(s.k, tabellenabschnitte=""),
    "leitlinie_status_gueltig": lambda s: Leitlinie(konzept=s.k, titel="x", status="x"),
    "prozessschritt_art_gueltig": lambda s: Prozessschritt(konzept=s.k, titel="x", art="x"),
    "prozesstermin_nicht_leer": lambda s: Prozesstermin(schritt=s.prozessschritt),
    "mitgliedschaft_einmal": lambda s: Mitgliedschaft(benutzer=s.benutzer, kommune=s.kommune, rolle="lesen"),
    "mitgliedschaft_rolle_gueltig": lambda s: Mitgliedschaft(benutzer=s.benutzer, kommune=s.kommune, rolle="x"),
    "mitgliedschaft_einmal_je_akteur": lambda s: Mitgliedschaft(
        benutzer=s.benutzer, kommune=s.kommune, rolle="mitwirkung", akteur=s.akteur
    ),
    "mitgliedschaft_akteur_nur_mitwirkung": lambda s: Mitgliedschaft(
        benutzer=s.benutzer, kommune=s.kommune, rolle="leitung", akteur=s.akteur
    ),
    "einladung_rolle_gueltig": lambda s: Einladung(kommune=s.kommune, email="a@b.example", rolle="x"),
    "einladung_akteur_nur_mitwirkung": lambda s: Einladung(
        kommune=s.kommune, email="a@b.example", rolle="lesen", akteur=s.akteur
    ),
    "zwischenstand_je_formular": lambda s: Zwischenstand(benutzer=s.benutzer, adresse="/formular/", daten="x"),
    "fassung_nummer_je_konzept": lambda s: _fassung(s, nummer=s.fassung.nummer),
    "fassung_art_gueltig": lambda s: _fassung(s, art="x"),
    "ausgabe_einmal": lambda s: Ausgabe(fassung=s.fassung, art="druck", datei=b"x", seiten=1),
    "ausgabe_art_gueltig": lambda s: Ausgabe(fassung=s.fassung, art="x", datei=b"x", seiten=1),
    "handlungsfeld_zaehlung_gueltig": lambda s: _geaendert(s.feld, zaehlung="x"),
    "handlungsfeld_ressourcen_gueltig": lambda s: _geaendert(s.feld, ressourcen_stand="x"),
    "handlungsfeld_indikatoren_gueltig": lambda s: _geaendert(s.feld, indikatoren_stand="x"),
    "querschnitt_zaehlung_gueltig": lambda s: _geaendert(s.thema, zaehlung="x"),
    "querschnittsbezug_einmal": lambda s: Querschnittsbezug(querschnittsaufgabe=s.thema, handlungsfeld=s.feld),
    "akteur_kuerzel_je_kommune": lambda s: Akteur(kommune=s.kommune, kurz="51"),
    "akteur_art_gueltig": lambda s: Akteur(kommune=s.kommune, kurz="x", art="x"),
    "zielgruppe_name_je_kommune": lambda s: Zielgruppe(kommune=s.kommune, name="Kinder"),
    "anbieter_einmal": lambda s: Anbieter(angebot=s.angebot, akteur=s.akteur),
    "indikator_art_und_bezug": lambda s: Indikator(konzept=s.k, titel="x", art="kontext", leitziel=s.leitziel),
    "indikator_art_gueltig": lambda s: Indikator(konzept=s.k, titel="x", art="x"),
    "messwert_je_jahr": lambda s: Messwert(indikator=s.indikator, jahr=2020),
    "kostenposition_nicht_leer": lambda s: Kostenposition(massnahme=s.massnahme),
    "kostenposition_jahre_vorwaerts": lambda s: _kosten(s, jahr=2030, bis_jahr=2029),
    "kostenposition_stellenanteil_positiv": lambda s: _kosten(s, stellenanteil=-1),
    "kostenposition_art_gueltig": lambda s: _kosten(s, art="x"),
    "kostenposition_finanzierung_gueltig": lambda s: _kosten(s, finanzierung="x"),
    "massnahme_haengt_an_einem_ziel": lambda s: _geaendert(s.massnahme, leitziel=s.leitziel, handlungsziel=s.ziel),
    "massnahme_stand_begruendet": lambda s: _geaendert(s.massnahme, umsetzungsstand="entfallen"),
    "massnahme_stand_gueltig": lambda s: _geaendert(s.massnahme, umsetzungsstand="x"),
    "massnahme_prioritaet_gueltig": lambda s: _geaendert(s.massnahme, prioritaet="x"),
    "sitz_einmal": lambda s: Sitz(gremium=s.runde.gremien.get(), benutzer=s.benutzer),
    "runde_vorwaerts": lambda s: _geaendert(s.runde, ende=s.runde.beginn - timedelta(days=1)),
    "runde_sichtbarkeit_gueltig": lambda s: _geaendert(s.runde, sichtbarkeit="x"),
    "verlaengerung_spaeter": lambda s: s.runde.verlaengerungen.model(
        runde=s.runde, bisher=s.runde.ende, bis=s.runde.ende, grund="x"
    ),
    "lesestand_einmal": lambda s: Lesestand(runde=s.runde, benutzer=s.benutzer, gelesen_bis=now()),
    "anmerkung_papier_nicht_privat": lambda s: Anmerkung(
        runde=s.runde, verfasser=s.benutzer, text="x", privat=True, papier_von="x"
    ),
    "stellungnahme_ergebnis_gueltig": lambda s: _geaendert(s.runde.anmerkungen.get().stellungnahme, ergebnis="x"),
    "stellungnahme_begruendet": lambda s: Stellungnahme(
        anmerkung=mache_anmerkung(s.runde, s.benutzer), ergebnis="nicht"
    ),
    "tagespost_einmal_am_tag": lambda s: Tagespost(benutzer=s.runde.anmerkungen.get().verfasser, tag=date(2026, 11, 3)),
    "vorlage_art_gueltig": lambda s: Vorlage(konzept=s.k, betreff="x", art="x"),
    "vorlage_stellenanteile_positiv": lambda s: Vorlage(konzept=s.k, betreff="x", stellenanteile=-1),
    "station_rolle_gueltig": lambda s: Station(vorlage=s.vorlage, gremium=s.rat, rolle="x"),
    "station_ergebnis_gueltig": lambda s: Station(vorlage=s.vorlage, gremium=s.rat, ergebnis="x"),
    "punktergebnis_einmal": lambda s: _punktergebnis(s, ergebnis="vertagt"),
    "punktergebnis_ergebnis_gueltig": lambda s: _geaendert(Punktergebnis.objects.first(), ergebnis="x"),
    "kopfzeile_einmal": lambda s: Kopfzeile(kopf=s.kopf, teil="betreff"),
    "kopfzeile_teil_gueltig": lambda s: Kopfzeile(kopf=s.kopf, teil="x"),
    "zustaendigkeit_massnahme_oder_schritt": lambda s: Zustaendigkeit(akteur=s.akteur),
    "zustaendigkeit_massnahme_einmal": lambda s: Zustaendigkeit(akteur=s.akteur, massnahme=s.massnahme),
    "zustaendigkeit_schritt_einmal": lambda s: Zustaendigkeit(akteur=s.akteur, schritt=s.schritt),
    "zustaendigkeit_rolle_gueltig": lambda s: _geaendert(s.massnahme.zustaendigkeiten.get(), rolle="x"),
}

WEITERE = {
    "konzept_gueltigkeit_vorwaerts": lambda s: Konzept(
        kommune=s.kommune, slug="x", titel="x", gueltig_ab=2030, gueltig_bis=2029
    ),
    "kostenposition_jahre_vorwaerts": lambda s: _kosten(s, bis_jahr=2029),
    "indikator_art_und_bezug": lambda s: Indikator(konzept=s.k, titel="x", art="wirkung"),
    "zustaendigkeit_massnahme_oder_schritt": lambda s: Zustaendigkeit(
        akteur=mache_akteur(s.kommune, "52"), massnahme=s.massnahme, schritt=s.schritt
    ),
    "massnahme_stand_begruendet": lambda s: _geaendert(s.massnahme, umsetzungsstand="zurueckgestellt"),
}


def _geaendert(zeile, **werte):
    for name, wert in werte.items():
        setattr(zeile, name, wert)
    return zeile


def _punktergebnis(s, **werte):
    return Punktergebnis(station=s.vorlage.stationen.get(), punkt=s.vorlage.beschlusspunkte.first(), **werte)


def _fassung(s, **werte):
    texte = {"titel": "x", "inhalt": "{}", "pruefsumme": "x"}
    return Fassung(konzept=s.k, festgeschrieben_von=s.benutzer, **{"nummer": 9} | texte | werte)


def _kosten(s, **werte):
    return Kostenposition(massnahme=s.massnahme, **{"angabe": "5 €"} | werte)


def bedingungen() -> dict[str, tuple[type[models.Model], models.BaseConstraint]]:
    return {
        bedingung.name: (modell, bedingung)
        for modell in apps.get_models()
        if modell._meta.app_label in EIGENE
        for bedingung in modell._meta.constraints
    }


def test_every_constraint_has_its_violation():
    assert set(VERSTOESSE) == set(bedingungen())


@pytest.mark.parametrize(("name", "bau"), [*VERSTOESSE.items(), *WEITERE.items()])
def test_the_database_refuses(s, name, bau):
    zeile = bau(s)
    with pytest.raises(IntegrityError) as fehler, transaction.atomic():
        zeile.save()
    # An unknown kind of indicator breaks both rules about kinds; the database names one of them.
    assert any(wort.removesuffix("_gueltig") in str(fehler.value) for wort in _namen(name)), fehler.value


def _namen(name) -> list[str]:
    """What a database calls a constraint: SQLite names the columns of a unique one."""
    modell, bedingung = bedingungen()[name]
    spalten = [modell._meta.get_field(feld).column for feld in getattr(bedingung, "fields", ())]
    return [name, *(f"{modell._meta.db_table}.{spalte}" for spalte in spalten)]


@pytest.mark.parametrize(("name", "bau"), [*VERSTOESSE.items(), *WEITERE.items()])
def test_a_form_says_so_in_german(s, name, bau):
    with pytest.raises(ValidationError) as fehler:
        bau(s).full_clean()
    saetze = " ".join(fehler.value.messages)
    _, bedingung = bedingungen()[name]
    eigener = str(bedingung.violation_error_message)
    assert eigener in saetze or "keine gültige Option" in saetze or "bereits" in saetze or "nicht leer" in saetze
    assert name not in saetze
    assert "Constraint" not in saetze


@pytest.mark.parametrize("name", [n for n, (_, b) in bedingungen().items() if "gueltig" not in n])
def test_every_rule_that_people_meet_has_a_german_sentence(name):
    _, bedingung = bedingungen()[name]
    if isinstance(bedingung, models.UniqueConstraint) and bedingung.condition is None:
        return  # Django's own sentence names the fields
    assert bedingung.violation_error_message.endswith(".")
    assert "Constraint" not in bedingung.violation_error_message


HALBE = {
    "cell of the matrix": lambda: Querschnittsbezug(text="x"),
    "Leitfrage": lambda: Leitfrage(text="x?", gremium=Gremium.objects.first()),
    "Leitfrage of a Leitlinie without a concept": lambda: Leitfrage(
        text="x?", gremium=Gremium.objects.first(), leitlinie=Leitlinie(titel="x")
    ),
    "Beteiligung": lambda: Beteiligung(gremium=Gremium.objects.first()),
    "Zuständigkeit of a measure without a field": lambda: Zustaendigkeit(
        massnahme=Massnahme(titel="x"), akteur=Akteur.objects.get()
    ),
    "Indikator": lambda: Indikator(titel="x"),
    "Mitglied": lambda: Mitglied(name="x", funktion="netzwerkmanagement"),
    "Maßnahme": lambda: Massnahme(titel="x"),
    "Abschnitt": lambda: Abschnitt(titel="x", oberabschnitt=Abschnitt.objects.get()),
}


@pytest.mark.parametrize("bau", HALBE.values(), ids=HALBE)
def test_a_row_that_is_half_filled_in_is_refused_with_sentences(s, bau):
    with pytest.raises(ValidationError):
        bau().full_clean()


# Rules across rows


FREMDES = {
    "Abschnitt under one of another concept": (
        "oberabschnitt",
        lambda s: Abschnitt(konzept=s.fremd, titel="x", oberabschnitt=s.abschnitt),
    ),
    "Leitlinie in an Abschnitt of another concept": (
        "abschnitt",
        lambda s: Leitlinie(konzept=s.fremd, titel="x", abschnitt=s.abschnitt),
    ),
    "Leitfrage for a Gremium of another Kommune": (
        "gremium",
        lambda s: Leitfrage(leitlinie=s.fremd.leitlinien.create(titel="x"), text="x?", gremium=s.gremium),
    ),
    "Beteiligung of a Gremium of another Kommune": (
        "gremium",
        lambda s: Beteiligung(konzept=s.fremd, gremium=s.gremium),
    ),
    "Fortschreibung of a concept of another Kommune": ("vorgaenger", lambda s: _geaendert(s.fremd, vorgaenger=s.k)),
    "cell of a matrix of another concept": (
        "handlungsfeld",
        lambda s: Querschnittsbezug(querschnittsaufgabe=s.thema, handlungsfeld=mache_feld(s.fremd)),
    ),
    "Handlungsziel under a Leitziel of another field": (
        "leitziel",
        lambda s: _geaendert(mache_handlungsziel(mache_feld(s.k)), leitziel=s.leitziel),
    ),
    "Maßnahme at a Leitziel of another field": (
        "leitziel",
        lambda s: _geaendert(mache_massnahme(mache_feld(s.k)), leitziel=s.leitziel),
    ),
    "Maßnahme at a Handlungsziel of another field": (
        "handlungsziel",
        lambda s: _geaendert(mache_massnahme(mache_feld(s.k)), handlungsziel=s.ziel),
    ),
    "Akteur of another Kommune at a measure": (
        "akteur",
        lambda s: Zustaendigkeit(akteur=mache_akteur(s.fremd.kommune, "x"), massnahme=s.massnahme),
    ),
    "Akteur of another Kommune at a step": (
        "akteur",
        lambda s: Zustaendigkeit(akteur=mache_akteur(s.fremd.kommune, "x"), schritt=s.schritt),
    ),
    "Angebot in a field of another concept": (
        "handlungsfeld",
        lambda s: Angebot(konzept=s.fremd, titel="x", handlungsfeld=s.feld),
    ),
    "Station at a Gremium of another Kommune": (
        "gremium",
        lambda s: Station(vorlage=mache_vorlage(s.fremd), gremium=s.rat),
    ),
    "result on a point of another Vorlage": (
        "punkt",
        lambda s: Punktergebnis(
            station=s.vorlage.stationen.get(), punkt=mache_vorlage(s.k).beschlusspunkte.first(), ergebnis="vertagt"
        ),
    ),
    "third manager of a network": ("funktion", lambda s: _dritter(s)),
}


def _dritter(s):
    for name in "ab":
        s.gremium.mitglieder.create(name=name, funktion="netzwerkmanagement")
    return Mitglied(gremium=s.gremium, name="c", funktion="netzwerkmanagement")


@pytest.mark.parametrize(("feld", "bau"), FREMDES.values(), ids=FREMDES)
def test_what_does_not_belong_together_is_refused_at_its_field(s, feld, bau):
    with pytest.raises(ValidationError) as fehler:
        bau(s).full_clean()
    assert feld in fehler.value.message_dict


def test_an_indicator_and_its_goal_belong_to_one_concept(s):
    with pytest.raises(ValidationError, match="verschiedenen Konzepten"):
        Indikator(konzept=s.fremd, titel="x", art="wirkung", leitziel=s.leitziel).full_clean()


def test_a_tandem_of_two_is_allowed_and_can_be_saved_again(s):
    _dritter(s)
    for mitglied in s.gremium.mitglieder.all():
        mitglied.full_clean()


def test_an_actor_has_no_comma_in_its_name(s):
    for kurz in ("a,b", "a;b", "a\nb"):
        with pytest.raises(ValidationError, match="ohne Komma"):
            Akteur(kommune=s.kommune, kurz=kurz).full_clean()


# The outline is a tree


def test_circles_in_the_outline_are_refused(s):
    a = s.abschnitt
    b = mache_abschnitt(s.k, "b", oberabschnitt=a)
    c = mache_abschnitt(s.k, "c", oberabschnitt=b)
    for oben in (a, b, c):
        with pytest.raises(ValidationError, match="unter sich selbst"):
            _geaendert(Abschnitt.objects.get(pk=a.pk), oberabschnitt=oben).full_clean()
    _geaendert(c, oberabschnitt=a).full_clean()
    _geaendert(c, oberabschnitt=None).full_clean()


def test_a_circle_that_two_people_made_at_once_is_noticed(s):
    b = mache_abschnitt(s.k, "b", oberabschnitt=s.abschnitt)
    Abschnitt.objects.filter(pk=s.abschnitt.pk).update(oberabschnitt=b)
    for zeile in (mache_abschnitt(s.k, "c", oberabschnitt=b), Abschnitt(konzept=s.k, titel="neu", oberabschnitt=b)):
        with pytest.raises(ValidationError, match="unter sich selbst"):
            Abschnitt.clean(_geaendert(zeile, oberabschnitt=Abschnitt.objects.get(pk=b.pk)))


def test_levels_of_goals_may_be_skipped(s):
    for ziel in ({}, {"leitziel": s.leitziel}, {"handlungsziel": s.ziel}):
        Massnahme(handlungsfeld=s.feld, titel="x", **ziel).full_clean()
    mache_handlungsziel(s.feld).full_clean()


# Deleting


def test_a_measure_outlives_its_goals(s):
    an_ziel = mache_massnahme(s.feld, handlungsziel=s.ziel)
    an_leitziel = mache_massnahme(s.feld, leitziel=s.leitziel)
    s.leitziel.delete()
    s.ziel.refresh_from_db()
    an_leitziel.refresh_from_db()
    assert (s.ziel.leitziel, an_leitziel.leitziel, an_leitziel.handlungsfeld) == (None, None, s.feld)
    s.ziel.delete()
    an_ziel.refresh_from_db()
    assert (an_ziel.handlungsziel, an_ziel.handlungsfeld) == (None, s.feld)


def test_a_leitlinie_outlives_its_chapter_and_a_leitfrage_its_body(s):
    leitlinie = s.k.leitlinien.create(titel="Miteinander", abschnitt=s.abschnitt)
    frage = leitlinie.leitfragen.create(text="Wie?", gremium=s.gremium)
    s.abschnitt.delete()
    s.gremium.beteiligungen.all().delete()
    s.gremium.delete()
    leitlinie.refresh_from_db()
    frage.refresh_from_db()
    assert (leitlinie.abschnitt, frage.gremium) == (None, None)


def test_an_actor_who_is_responsible_cannot_be_deleted(s):
    with pytest.raises(ProtectedError):
        s.akteur.delete()


def test_a_body_that_takes_part_cannot_be_deleted(s):
    with pytest.raises(ProtectedError):
        s.gremium.delete()


def test_a_kommune_with_a_concept_cannot_be_deleted(s):
    with pytest.raises(ProtectedError):
        s.kommune.delete()


def test_a_concept_is_deleted_with_everything_that_is_its_own(s):
    Konzept.objects.create(kommune=s.kommune, slug="neu", titel="Neu", vorgaenger=s.k)
    s.k.delete()
    for modell in (Abschnitt, Massnahme, Indikator, Angebot, Zustaendigkeit, Beteiligung, Prozessschritt):
        assert not modell.objects.exists()
    assert Konzept.objects.get(slug="neu").vorgaenger is None
    assert Akteur.objects.filter(pk=s.akteur.pk).exists()
    assert Gremium.objects.filter(pk=s.gremium.pk).exists()


def test_an_account_is_deleted_and_what_it_wrote_stays(s):
    with transaction.atomic():
        s.massnahme.beanspruche_version(1, s.benutzer)
    s.benutzer.delete()
    s.massnahme.refresh_from_db()
    assert (s.massnahme.geaendert_von, s.massnahme.version) == (None, 2)
    assert not Mitgliedschaft.objects.exists()


def test_every_row_has_a_name_to_show(s):
    namen = {
        f"{modell.__name__}: {zeile}"
        for modell in apps.get_models()
        if modell._meta.app_label in EIGENE
        for zeile in modell.objects.all()
    }
    assert not [name for name in namen if name.endswith(": ") or " object (" in name]
    assert len(namen) > 15
