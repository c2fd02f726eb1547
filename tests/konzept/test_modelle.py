"""What the database itself refuses, and in which words a form says so."""

from copy import deepcopy
from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.timezone import now

from handlungsfelder.models import Querschnittsbezug
from konzept.beratung.models import Anmerkung, Lesestand, Sitz, Stellungnahme
from konzept.druckauftraege.models import Druckauftrag, Satzstueck, Vormerkung, Wartender
from konzept.entwuerfe.models import Angelegtes, Zwischenstand
from konzept.fassungen.models import Ausgabe, Fassung
from konzept.hintergrund.models import Termin
from konzept.konten.models import Einladung, Mitgliedschaft
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
from konzept.models.verbund import Verbund
from konzept.vorlagen.models import Kopfzeile, Punktergebnis, Station, Vorlage, WeitereAnlage
from massnahmen.models import (
    Akteur,
    Anbieter,
    Indikator,
    Kostenposition,
    Massnahme,
    Messwert,
    Zielgruppe,
    Zustaendigkeit,
)
from tests.fabrik import mache_akteur, mache_anmerkung, mache_beschlussfassung
from tests.konzept.stadt import EIGENE, Stadt, geaendert

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]


@pytest.fixture(scope="module")
def bestand(bleibend):
    with bleibend():
        yield Stadt()


@pytest.fixture
def s(bestand) -> Stadt:
    return deepcopy(bestand)


# Constraints. Each entry builds a row that one constraint forbids; the key is the constraint's name.

VERSTOESSE = {
    "abschnitt_nicht_unter_sich": lambda s: geaendert(s.abschnitt, oberabschnitt=s.abschnitt),
    "handlungsfelder_an_einer_stelle": lambda s: Abschnitt(konzept=s.k, titel="x", inhalt="handlungsfelder"),
    "abschnitt_inhalt_gueltig": lambda s: Abschnitt(konzept=s.k, titel="x", inhalt="x"),
    "abschnitt_zaehlung_gueltig": lambda s: Abschnitt(konzept=s.k, titel="x", zaehlung=""),
    "gremium_name_je_kommune": lambda s: Gremium(kommune=s.kommune, name="AG Sprache"),
    "gremium_art_gueltig": lambda s: Gremium(kommune=s.kommune, name="x", art=""),
    "mitglied_funktion_gueltig": lambda s: Mitglied(gremium=s.gremium, name="x", funktion="x"),
    "beteiligung_einmal": lambda s: Beteiligung(konzept=s.k, gremium=s.gremium),
    "kommune_art_gueltig": lambda s: Kommune(name="x", kurzname="x", slug="x", art="dorf"),
    "kommune_waehrung_gueltig": lambda s: Kommune(name="x", kurzname="x", slug="x", waehrung="DEM"),
    "konzept_adresse_je_kommune": lambda s: Konzept(kommune=s.kommune, slug="konzept", titel="x"),
    "konzept_gueltigkeit_vorwaerts": lambda s: geaendert(s.k, gueltig_ab=2030, gueltig_bis=2029),
    "konzept_nicht_eigener_vorgaenger": lambda s: geaendert(s.k, vorgaenger=s.k),
    "konzept_tabellenabschnitte_gueltig": lambda s: geaendert(s.k, tabellenabschnitte=""),
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
    "angelegtes_je_schluessel": lambda s: Angelegtes(benutzer=s.benutzer, schluessel="x"),
    "zwischenstand_je_formular": lambda s: Zwischenstand(benutzer=s.benutzer, adresse="/formular/", daten="x"),
    "fassung_nummer_je_konzept": lambda s: _fassung(s, nummer=s.fassung.nummer),
    "fassung_art_gueltig": lambda s: _fassung(s, art="x"),
    "ausgabe_einmal": lambda s: Ausgabe(fassung=s.fassung, art="druck", datei=b"x", seiten=1),
    "ausgabe_art_gueltig": lambda s: Ausgabe(fassung=s.fassung, art="x", datei=b"x", seiten=1),
    "beschluss_vorlage_oder_worte": lambda s: geaendert(_beschluss(s), datum=None),
    "druckauftrag_einmal": lambda s: Druckauftrag(konzept=s.k, schluessel="a", aufnahme=b"x"),
    "druckauftrag_status_gueltig": lambda s: geaendert(s.druckauftrag, status="x", beendet_am=now()),
    "druckauftrag_pacht_gehoert_zum_lauf": lambda s: geaendert(s.druckauftrag, status="laeuft"),
    "druckauftrag_ende_gehoert_zum_status": lambda s: geaendert(s.druckauftrag, status="fertig"),
    "satzstueck_einmal": lambda s: Satzstueck(
        konzept=s.k, schluessel=s.satzstueck.schluessel, groesse=1, benutzt_am=now(), inhalt=b"x"
    ),
    "vormerkung_status_gueltig": lambda s: _vormerkung(s, status="x", beendet_am=now()),
    "vormerkung_pacht_gehoert_zum_lauf": lambda s: _vormerkung(s, status="laeuft"),
    "vormerkung_ende_gehoert_zum_status": lambda s: _vormerkung(s, status="fertig"),
    "wartender_einmal": lambda s: Wartender(auftrag=s.druckauftrag, konto=s.benutzer),
    "handlungsfeld_zaehlung_gueltig": lambda s: geaendert(s.feld, zaehlung="x"),
    "handlungsfeld_ressourcen_gueltig": lambda s: geaendert(s.feld, ressourcen_stand="x"),
    "handlungsfeld_indikatoren_gueltig": lambda s: geaendert(s.feld, indikatoren_stand="x"),
    "querschnitt_zaehlung_gueltig": lambda s: geaendert(s.thema, zaehlung="x"),
    "querschnittsbezug_einmal": lambda s: Querschnittsbezug(querschnittsaufgabe=s.thema, handlungsfeld=s.feld),
    "akteur_kuerzel_je_kommune": lambda s: Akteur(kommune=s.kommune, kurz="51"),
    "akteur_art_gueltig": lambda s: Akteur(kommune=s.kommune, kurz="x", art="x"),
    "zielgruppe_name_je_kommune": lambda s: Zielgruppe(kommune=s.kommune, name="Kinder"),
    "anbieter_einmal": lambda s: Anbieter(angebot=s.angebot, akteur=s.akteur),
    "indikator_art_und_bezug": lambda s: Indikator(konzept=s.k, titel="x", art="kontext", leitziel=s.leitziel),
    "indikator_wirkt_in_einem_feld": lambda s: geaendert(_wirkung(s), handlungsfeld=None),
    "indikator_art_gueltig": lambda s: Indikator(konzept=s.k, titel="x", art="x"),
    "messwert_je_jahr": lambda s: Messwert(indikator=s.indikator, jahr=2020),
    "kostenposition_nicht_leer": lambda s: Kostenposition(massnahme=s.massnahme),
    "kostenposition_jahre_vorwaerts": lambda s: _kosten(s, jahr=2030, bis_jahr=2029),
    "kostenposition_stellenanteil_positiv": lambda s: _kosten(s, stellenanteil=-1),
    "kostenposition_art_gueltig": lambda s: _kosten(s, art="x"),
    "kostenposition_finanzierung_gueltig": lambda s: _kosten(s, finanzierung="x"),
    "kostenposition_haushalt_gueltig": lambda s: _kosten(s, haushalt="x"),
    "massnahme_haengt_an_einem_ziel": lambda s: geaendert(s.massnahme, leitziel=s.leitziel, handlungsziel=s.ziel),
    "massnahme_stand_begruendet": lambda s: geaendert(s.massnahme, umsetzungsstand="entfallen"),
    "massnahme_stand_gueltig": lambda s: geaendert(s.massnahme, umsetzungsstand="x"),
    "massnahme_prioritaet_gueltig": lambda s: geaendert(s.massnahme, prioritaet="x"),
    "sitz_einmal": lambda s: Sitz(gremium=s.runde.gremien.get(), benutzer=s.benutzer),
    "runde_vorwaerts": lambda s: geaendert(s.runde, ende=s.runde.beginn - timedelta(days=1)),
    "runde_sichtbarkeit_gueltig": lambda s: geaendert(s.runde, sichtbarkeit="x"),
    "verlaengerung_spaeter": lambda s: s.runde.verlaengerungen.model(
        runde=s.runde, bisher=s.runde.ende, bis=s.runde.ende, grund="x"
    ),
    "lesestand_einmal": lambda s: Lesestand(runde=s.runde, benutzer=s.benutzer, gelesen_bis=now()),
    "anmerkung_papier_nicht_privat": lambda s: Anmerkung(
        runde=s.runde, verfasser=s.benutzer, text="x", privat=True, papier_von="x"
    ),
    "stellungnahme_ergebnis_gueltig": lambda s: geaendert(s.runde.anmerkungen.get().stellungnahme, ergebnis="x"),
    "stellungnahme_begruendet": lambda s: Stellungnahme(
        anmerkung=mache_anmerkung(s.runde, s.benutzer), ergebnis="nicht"
    ),
    "vorlage_art_gueltig": lambda s: Vorlage(konzept=s.k, betreff="x", art="x"),
    "vorlage_stellenanteile_positiv": lambda s: Vorlage(konzept=s.k, betreff="x", stellenanteile=-1),
    "anlage_art_gueltig": lambda s: WeitereAnlage(vorlage=s.vorlage, titel="x", art="x"),
    "anlage_art_und_bezug": lambda s: WeitereAnlage(vorlage=s.vorlage, titel="x", art="synopse"),
    "anlage_zwei_staende": lambda s: WeitereAnlage(
        vorlage=s.vorlage, art="synopse", alt=s.runde.fassung, neu=s.runde.fassung
    ),
    "station_rolle_gueltig": lambda s: Station(vorlage=s.vorlage, gremium=s.rat, rolle="x"),
    "station_ergebnis_gueltig": lambda s: Station(vorlage=s.vorlage, gremium=s.rat, ergebnis="x"),
    "punktergebnis_einmal": lambda s: _punktergebnis(s, ergebnis="vertagt"),
    "punktergebnis_ergebnis_gueltig": lambda s: geaendert(Punktergebnis.objects.first(), ergebnis="x"),
    "kopfzeile_einmal": lambda s: Kopfzeile(kopf=s.kopf, teil="betreff"),
    "kopfzeile_teil_gueltig": lambda s: Kopfzeile(kopf=s.kopf, teil="x"),
    "zustaendigkeit_massnahme_oder_schritt": lambda s: Zustaendigkeit(akteur=s.akteur),
    "zustaendigkeit_massnahme_einmal": lambda s: Zustaendigkeit(akteur=s.akteur, massnahme=s.massnahme),
    "zustaendigkeit_schritt_einmal": lambda s: Zustaendigkeit(akteur=s.akteur, schritt=s.schritt),
    "termin_status_gueltig": lambda s: Termin(name="x", status="x", beendet_am=now()),
    "termin_pacht_gehoert_zum_lauf": lambda s: Termin(name="x", status="laeuft"),
    "termin_ende_gehoert_zum_status": lambda s: Termin(name="x", status="fertig"),
    "zustaendigkeit_rolle_gueltig": lambda s: geaendert(s.massnahme.zustaendigkeiten.get(), rolle="x"),
}

WEITERE = {
    "konzept_gueltigkeit_vorwaerts": lambda s: Konzept(
        kommune=s.kommune, slug="x", titel="x", gueltig_ab=2030, gueltig_bis=2029
    ),
    "kostenposition_jahre_vorwaerts": lambda s: _kosten(s, bis_jahr=2029),
    "beschluss_vorlage_oder_worte": lambda s: geaendert(_beschluss(s), station=s.vorlage.stationen.get()),
    "anlage_art_und_bezug": lambda s: WeitereAnlage(vorlage=s.vorlage, titel="x", runde=s.runde),
    "indikator_art_und_bezug": lambda s: Indikator(konzept=s.k, titel="x", art="wirkung"),
    "zustaendigkeit_massnahme_oder_schritt": lambda s: Zustaendigkeit(
        akteur=mache_akteur(s.kommune, "52"), massnahme=s.massnahme, schritt=s.schritt
    ),
    "massnahme_stand_begruendet": lambda s: geaendert(s.massnahme, umsetzungsstand="zurueckgestellt"),
    "termin_pacht_gehoert_zum_lauf": lambda s: Termin(name="x", pacht=uuid4(), pacht_bis=now()),
    "termin_ende_gehoert_zum_status": lambda s: Termin(name="x", beendet_am=now()),
}


def _punktergebnis(s, **werte):
    return Punktergebnis(station=s.vorlage.stationen.get(), punkt=s.vorlage.beschlusspunkte.first(), **werte)


def _wirkung(s):
    return Indikator.objects.create(konzept=s.k, titel="x", art="wirkung", leitziel=s.leitziel)


def _fassung(s, **werte):
    texte = {"titel": "x", "inhalt": "{}", "pruefsumme": "x"}
    return Fassung(konzept=s.k, festgeschrieben_von=s.benutzer, **{"nummer": 9} | texte | werte)


def _beschluss(s):
    return mache_beschlussfassung(s.k).beschluss


def _vormerkung(s, **werte):
    return Vormerkung(**{"konzept": s.k, "spaetestens": now()} | werte)


def _kosten(s, **werte):
    return Kostenposition(massnahme=s.massnahme, **{"angabe": "5 €"} | werte)


def bedingungen() -> dict[str, tuple[type[models.Model], models.BaseConstraint]]:
    """But for those that hold rows together (tests/konzept/vorgaenge/test_verbund.py), and what lets these find a row:
    a key is unique anyway."""
    return {
        bedingung.name: (modell, bedingung)
        for modell in apps.get_models()
        if modell._meta.app_label in EIGENE
        for bedingung in modell._meta.constraints
        if not isinstance(bedingung, Verbund) and "id" not in getattr(bedingung, "fields", ())
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


_RINGE = {"abschnitt_nicht_unter_sich": "oberabschnitt", "konzept_nicht_eigener_vorgaenger": "vorgaenger"}


def _namen(name) -> list[str]:
    """What a database calls a constraint: SQLite names the columns of a unique one. A row that leads to itself is found
    to be a ring before its conditions are asked."""
    modell, bedingung = bedingungen()[name]
    if name in _RINGE:
        return [name, f"{modell._meta.db_table}: {_RINGE[name]} would lead round in a ring"]
    spalten = [modell._meta.get_field(feld).column for feld in getattr(bedingung, "fields", ())]
    return [name, *(f"{modell._meta.db_table}.{spalte}" for spalte in spalten)]


FOLGT = "indikator_wirkt_in_einem_feld"
"""Needs no sentence: the column follows what the row measures."""


def test_what_follows_is_put_right_without_a_word(s):
    zeile = VERSTOESSE[FOLGT](s)
    zeile.full_clean()
    assert zeile.handlungsfeld == s.feld


@pytest.mark.parametrize(
    ("name", "bau"), [(name, bau) for name, bau in [*VERSTOESSE.items(), *WEITERE.items()] if name != FOLGT]
)
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
