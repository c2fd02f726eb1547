"""Mitwirkung: an office or Träger edits the measures for which its Akteur is responsible, and reads the rest."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from konzept import trigger
from konzept.models import Konzept
from konzept.rechte import MASSNAHME_BEARBEITEN, darf
from massnahmen.models import Akteur, Massnahme
from tests.fabrik import (
    adresse,
    alle_zeilen,
    druecke,
    fehler_am_feld,
    formular_adresse,
    hole,
    mache_abschnitt,
    mache_akteur,
    mache_benutzer,
    mache_feld,
    mache_fuelle,
    mache_kommune,
    mache_konzept,
    mache_leitziel,
    mache_massnahme,
    mache_sachstand,
    mache_schritt,
    nach_id,
    schritte,
    seite_von,
    sende,
    setze_zustaendig,
    text,
    zustaendig,
)

pytestmark = pytest.mark.django_db


def wirke_mit(konto, *akteure: Akteur) -> None:
    for akteur in akteure:
        konto.mitgliedschaften.create(kommune=akteur.kommune, rolle="mitwirkung", akteur=akteur)


@pytest.fixture
def amt(massnahme) -> Akteur:
    """The Akteur "51", who leads the measure of the fixture `massnahme`."""
    return Akteur.objects.get(kurz="51")


@pytest.fixture
def mitwirkung(client, amt):
    """A browser in which somebody has signed in who takes part for "51"."""
    client.force_login(konto := mache_benutzer(name="Mira Mitwirkung"))
    wirke_mit(konto, amt)
    client.konto = konto
    return client


def bearbeiten_links(antwort) -> set[str]:
    return {a.get("href") for a in seite_von(antwort).iter("a") if a.get("href", "").endswith("/bearbeiten/")}


# Which measures


@pytest.fixture
def landschaft(konzept):
    """Measures for which "51" is responsible in every way there is, and some for which it is not; by title."""
    stadt, feld = konzept.kommune, mache_feld(konzept)
    amt, verein = mache_akteur(stadt, "51"), mache_akteur(stadt, "Verein")
    namen = ("fuehrt", "wirkt mit", "am Schritt", "beides", "der Verein", "niemand")
    zeilen = {titel: mache_massnahme(feld, titel) for titel in namen}
    setze_zustaendig(zeilen["fuehrt"], amt, rolle="federfuehrung")
    setze_zustaendig(zeilen["wirkt mit"], verein, amt)
    setze_zustaendig(mache_schritt(zeilen["am Schritt"], "Erst der, dann jener"), verein, amt)
    setze_zustaendig(zeilen["beides"], amt)
    setze_zustaendig(mache_schritt(zeilen["beides"], "Eins"), amt)
    setze_zustaendig(mache_schritt(zeilen["beides"], "Zwei"), amt)
    setze_zustaendig(zeilen["der Verein"], verein)
    return zeilen


@pytest.fixture
def nachbarn():
    """Another Kommune with an Akteur of the same Kürzel, who leads a measure there."""
    konzept = mache_konzept(mache_kommune("nachbarstadt"))
    amt = mache_akteur(konzept.kommune, "51")
    setze_zustaendig(mache_massnahme(mache_feld(konzept), "in der Nachbarstadt"), amt)
    return amt


DES_AMTS = {"fuehrt", "wirkt mit", "am Schritt", "beides"}
ALLE = DES_AMTS | {"der Verein", "niemand"}
ARTEN = {
    "leitung": (ALLE, set()),
    "redaktion": (ALLE, set()),
    "superuser": (ALLE, {"in der Nachbarstadt"}),
    "lesen": (set(), set()),
    "gremium": (set(), set()),
    "verwaltung": (set(), set()),
    "mitwirkung": (set(), set()),
    "fuer das Amt": (DES_AMTS, set()),
    "fuer das Amt und den Verein": (DES_AMTS | {"der Verein"}, set()),
    "fuer das Amt hier und dort": (DES_AMTS, {"in der Nachbarstadt"}),
    "fuer das Amt dort": (set(), {"in der Nachbarstadt"}),
    "fuer das Amt, und Redaktion": (ALLE, set()),
    "fuer das Amt, und Redaktion dort": (DES_AMTS, {"in der Nachbarstadt"}),
    "fuer das Amt, und abgeschaltet": (set(), set()),
}


@pytest.mark.parametrize("art", ARTEN)
def test_list_and_single_measure_agree(art, konzept, landschaft, nachbarn):
    stadt = konzept.kommune
    amt, verein = (Akteur.objects.get(kommune=stadt, kurz=kurz) for kurz in ("51", "Verein"))
    rollen = [art] if art in {"leitung", "redaktion", "lesen", "gremium", "verwaltung", "mitwirkung"} else []
    rollen += ["redaktion"] if art.endswith("Redaktion") else []
    konto = mache_benutzer(
        stadt, *rollen, is_superuser=art == "superuser", is_active=not art.endswith("abgeschaltet")
    )
    if art.startswith("fuer das Amt") and art != "fuer das Amt dort":
        wirke_mit(konto, amt)
    if art.endswith("den Verein"):
        wirke_mit(konto, verein)
    if art.endswith(("hier und dort", "Amt dort")):
        wirke_mit(konto, nachbarn)
    if art.endswith("Redaktion dort"):
        konto.mitgliedschaften.create(kommune=nachbarn.kommune, rolle="redaktion")
    for k, erwartet in zip((konzept, nachbarn.kommune.konzepte.get()), ARTEN[art], strict=True):
        liste = [m.titel for m in Massnahme.objects.bearbeitbar_fuer(konto, k)]
        einzeln = {m.titel for m in Massnahme.objects.fuer_konzept(k) if darf(konto, MASSNAHME_BEARBEITEN, m)}
        assert sorted(liste) == sorted(erwartet)
        assert einzeln == erwartet


def test_an_actor_of_another_kommune_opens_nothing_here(landschaft, nachbarn, konzept):
    """Even where a membership was written past the forms and past the database."""
    trigger.reisse_ein()
    konto = mache_benutzer()
    konto.mitgliedschaften.create(kommune=konzept.kommune, rolle="mitwirkung", akteur=nachbarn)
    for k in Konzept.objects.all():
        assert not Massnahme.objects.bearbeitbar_fuer(konto, k).exists()
        assert not any(darf(konto, MASSNAHME_BEARBEITEN, m) for m in Massnahme.objects.fuer_konzept(k))


def test_links_lead_exactly_to_the_measures_one_may_edit(client, konzept, landschaft):
    mache_abschnitt(konzept, "Einführung", text="Lesen.")
    client.force_login(konto := mache_benutzer())
    wirke_mit(konto, Akteur.objects.get(kurz="51"))
    meine = {formular_adresse(landschaft[titel]) for titel in DES_AMTS}
    feld = konzept.handlungsfelder.get()
    for seite in ([], ["gesamt"], ["lesen", f"handlungsfeld-{feld.pk}"]):
        assert bearbeiten_links(client.get(adresse(konzept, *seite))) == meine
    for titel, massnahme in landschaft.items():
        lesen, schreiben = (200, 422) if titel in DES_AMTS else (403, 403)
        assert client.get(formular_adresse(massnahme)).status_code == lesen
        assert client.post(formular_adresse(massnahme), {"titel": ""}).status_code == schreiben


def test_nobody_else_has_a_list_of_own_measures(client, konzept, landschaft):
    for rolle in ("leitung", "redaktion", "lesen"):
        client.force_login(mache_benutzer(konzept.kommune, rolle))
        assert "Ihre Maßnahmen" not in client.get(adresse(konzept)).content.decode()


def test_overview_lists_my_measures_with_number_title_and_last_sachstand(client, konzept, landschaft):
    mache_sachstand(landschaft["wirkt mit"], "2026-05-04", "Begonnen.")
    mache_sachstand(landschaft["wirkt mit"], "2026-09-15", "Läuft.")
    client.force_login(konto := mache_benutzer())
    wirke_mit(konto, Akteur.objects.get(kurz="51"))
    tabelle = next(seite_von(client.get(adresse(konzept))).iter("table"))
    assert [[text(zelle) for zelle in zeile] for zeile in tabelle.find("tbody")] == [
        ["1.1-1 fuehrt", "–"],
        ["1.1-2 wirkt mit", "15.09.2026"],
        ["1.1-3 am Schritt", "–"],
        ["1.1-4 beides", "–"],
    ]


def test_overview_says_why_there_is_nothing_to_edit(client, konzept, landschaft):
    client.force_login(mache_benutzer(konzept.kommune, "mitwirkung"))
    assert "noch kein Akteur zugeordnet" in client.get(adresse(konzept)).content.decode()
    client.force_login(konto := mache_benutzer())
    wirke_mit(konto, mache_akteur(konzept.kommune, "VHS"))
    assert "noch keine Maßnahme, für die Ihre Stelle zuständig ist" in client.get(adresse(konzept)).content.decode()


# The form


def test_saving_steps_costs_and_sachstaende(mitwirkung, massnahme):
    daten = hole(mitwirkung, massnahme)
    for aktion in ("sachstaende:neu", "schritte:weg:2"):
        daten = druecke(mitwirkung, massnahme, daten, aktion)
    antwort = mitwirkung.post(
        formular_adresse(massnahme),
        daten
        | {
            "titel": "Sprachtreff",
            "umsetzungsstand": "laufend",
            "zeitraum": "2028",
            "schritte-0-text": "Raum mieten",
            "kosten-0-angabe": "40.000 € jährlich",
            "sachstaende-1-datum": "01.10.2026",
            "sachstaende-1-text": "Eröffnet.",
        },
    )
    assert antwort.status_code == 302
    m = Massnahme.objects.get()
    assert (m.titel, m.umsetzungsstand, str(m.zeitraum)) == ("Sprachtreff", "laufend", "2028")
    assert schritte(m) == ["Raum mieten", "Eröffnen"]
    assert str(m.kostenpositionen.first().angabe) == "40.000 € jährlich"
    assert [s.text for s in m.sachstaende.all()] == ["Eröffnet.", "Raum gefunden."]
    assert (m.geaendert_von, m.version) == (mitwirkung.konto, 2)


def test_form_as_it_is_shown_changes_nothing_but_the_version(mitwirkung, konzept, feld, massnahme):
    massnahme.leitziel = mache_leitziel(feld)
    massnahme.prioritaet = "hoch"
    massnahme.save()
    massnahme.leitlinien.add(konzept.leitlinien.create(titel="Miteinander"))
    vorher = alle_zeilen()
    assert sende(mitwirkung, massnahme, {}).status_code == 302
    nachher = alle_zeilen()
    (alt,), (neu,) = vorher["massnahmen.Massnahme"], nachher["massnahmen.Massnahme"]
    assert {name for name in alt if alt[name] != neu[name]} == {"version", "geaendert_am", "geaendert_von_id"}
    assert nachher["massnahmen.Massnahme_leitlinien"] == vorher["massnahmen.Massnahme_leitlinien"]


def test_what_belongs_to_the_whole_concept_is_shown_but_stays(mitwirkung, konzept, feld, massnahme):
    leitziel, anderes = mache_leitziel(feld), mache_leitziel(feld, "Ein anderes")
    leitlinie, andere = (konzept.leitlinien.create(titel=titel) for titel in ("Miteinander", "Vielfalt"))
    Massnahme.objects.update(leitziel=leitziel, prioritaet="hoch")
    massnahme.leitlinien.add(leitlinie)
    antwort = mitwirkung.get(formular_adresse(massnahme))
    seite = seite_von(antwort)
    gesperrt = {k.get("name") for k in seite.iter() if k.get("disabled") is not None}
    assert gesperrt == {"ziel", "prioritaet", "leitlinien", "nummer"}
    for kennung in ("id_ziel", "id_prioritaet", "id_nummer"):
        hinweis = nach_id(seite, nach_id(seite, kennung).get("aria-describedby").split()[0])
        assert text(hinweis) == "Das legt die Redaktion fest."
    gefaelscht = {
        "ziel": f"leitziel-{anderes.pk}",
        "prioritaet": "niedrig",
        "leitlinien": [str(andere.pk)],
        "nummer": "99",
        "titel": "Doch geändert",
    }
    assert sende(mitwirkung, massnahme, gefaelscht).status_code == 302
    m = Massnahme.objects.get()
    assert (m.titel, m.leitziel, m.prioritaet, m.nummer) == ("Doch geändert", leitziel, "hoch", "7")
    assert list(m.leitlinien.all()) == [leitlinie]


def test_redaktion_sees_nothing_disabled(leitung, massnahme):
    antwort = leitung.get(formular_adresse(massnahme))
    assert not [k.get("name") for k in seite_von(antwort).iter() if k.get("disabled") is not None]
    assert "Sie bearbeiten diese Maßnahme für" not in antwort.content.decode()


def test_page_says_for_whom_one_edits(mitwirkung, massnahme, konzept):
    wirke_mit(mitwirkung.konto, Akteur.objects.get(kurz="SKFM"), mache_akteur(konzept.kommune, "VHS"))
    seite = text(seite_von(mitwirkung.get(formular_adresse(massnahme))))
    assert "Sie bearbeiten diese Maßnahme für 51 (Jugendamt) und SKFM." in seite


@pytest.mark.parametrize("gefaelscht", [{}, {"neue_akteure": "on"}])
def test_nobody_who_takes_part_creates_an_actor(mitwirkung, massnahme, gefaelscht):
    assert "neue_akteure" not in mitwirkung.get(formular_adresse(massnahme)).content.decode()
    vorher = alle_zeilen()
    for feld in ("mitwirkung", "schritte-0-mitwirkung"):
        antwort = sende(mitwirkung, massnahme, {feld: "Feuerwehr"} | gefaelscht)
        assert antwort.status_code == 422
        satz = fehler_am_feld(antwort, f"id_{feld}")
        assert satz == "„Feuerwehr“ ist kein Akteur der Kommune. Neue Akteure legt die Redaktion an."
    assert alle_zeilen() == vorher


def test_known_actors_may_be_added(mitwirkung, massnahme):
    assert sende(mitwirkung, massnahme, {"mitwirkung": "SKFM, Ehrenamtsbörse"}).status_code == 302
    assert [kurz for kurz, _ in zustaendig(massnahme)] == ["51", "SKFM", "Ehrenamtsbörse"]


# Nobody locks themselves out


def test_own_actor_cannot_be_taken_out(mitwirkung, massnahme):
    vorher = alle_zeilen()
    antwort = sende(mitwirkung, massnahme, {"federfuehrung": "", "zeitraum": "2030"})
    assert antwort.status_code == 422
    satz = fehler_am_feld(antwort, "id_mitwirkung")
    assert "Sie bearbeiten die Maßnahme für „51“." in satz
    assert "nur die Redaktion" in satz
    assert alle_zeilen() == vorher


@pytest.mark.parametrize(
    "aenderung",
    [
        {"federfuehrung": "SKFM", "mitwirkung": "51"},
        {"federfuehrung": "SKFM", "mitwirkung": "Jugendamt"},
        {"federfuehrung": "", "schritte-1-federfuehrung": "51"},
        {"federfuehrung": "", "schritte-2-mitwirkung": "51"},
    ],
)
def test_own_actor_may_move_within_the_measure(mitwirkung, massnahme, aenderung):
    assert sende(mitwirkung, massnahme, aenderung).status_code == 302
    assert mitwirkung.get(formular_adresse(massnahme)).status_code == 200


def test_the_step_that_holds_the_own_actor_cannot_be_removed(client, massnahme):
    boerse = Akteur.objects.get(kurz="Ehrenamtsbörse")
    setze_zustaendig(massnahme.schritte.last(), boerse)
    client.force_login(konto := mache_benutzer())
    wirke_mit(konto, boerse)
    daten = druecke(client, massnahme, hole(client, massnahme), "schritte:weg:2")
    antwort = client.post(formular_adresse(massnahme), daten)
    assert antwort.status_code == 422
    assert "„Ehrenamtsbörse“" in fehler_am_feld(antwort, "id_mitwirkung")
    assert massnahme.schritte.count() == 3
    daten |= {"mitwirkung": "SKFM, Ehrenamtsbörse"}
    assert client.post(formular_adresse(massnahme), daten).status_code == 302
    assert massnahme.schritte.count() == 2


def test_one_of_two_own_actors_is_enough(mitwirkung, massnahme):
    wirke_mit(mitwirkung.konto, Akteur.objects.get(kurz="SKFM"))
    assert sende(mitwirkung, massnahme, {"federfuehrung": ""}).status_code == 302
    antwort = sende(mitwirkung, massnahme, {"mitwirkung": "", **{f"schritte-{i}-mitwirkung": "" for i in range(3)}})
    assert antwort.status_code == 422
    assert "„SKFM“" in fehler_am_feld(antwort, "id_mitwirkung")


def test_an_unknown_actor_is_the_only_complaint(mitwirkung, massnahme):
    antwort = sende(mitwirkung, massnahme, {"federfuehrung": "51x"})
    assert antwort.status_code == 422
    fehler_am_feld(antwort, "id_federfuehrung")
    assert nach_id(seite_von(antwort), "id_mitwirkung").get("aria-invalid") is None


def test_redaktion_may_take_out_everybody(leitung, massnahme):
    assert sende(leitung, massnahme, {"federfuehrung": "", "mitwirkung": ""}).status_code == 302
    assert zustaendig(massnahme) == []


def test_who_is_no_longer_responsible_reads_on(mitwirkung, massnahme, amt):
    massnahme.zustaendigkeiten.filter(akteur=amt).delete()
    assert mitwirkung.get(formular_adresse(massnahme)).status_code == 403
    assert mitwirkung.get(adresse(massnahme, "gesamt")).status_code == 200


# From one measure to the next


def test_next_is_the_next_one_that_i_may_edit(mitwirkung, amt, feld, massnahme):
    fremde = mache_massnahme(feld, "nicht meine", reihenfolge=1)
    meine = mache_massnahme(feld, "meine", reihenfolge=2)
    setze_zustaendig(meine, amt)
    mache_massnahme(feld, "auch nicht", reihenfolge=3)
    assert fremde.titel in mitwirkung.get(adresse(massnahme, "gesamt")).content.decode()
    antwort = sende(mitwirkung, massnahme, {}, knopf="_naechste")
    assert antwort.url == formular_adresse(meine)
    assert "_naechste" not in mitwirkung.get(antwort.url).content.decode()


def test_outline_leads_to_my_forms_and_to_pages_for_the_rest(mitwirkung, amt, konzept, feld, massnahme):
    fremde = mache_massnahme(feld, "nicht meine")
    antwort = mitwirkung.get(formular_adresse(massnahme))
    assert bearbeiten_links(antwort) == {formular_adresse(massnahme)}
    ziele = {a.get("href") for a in seite_von(antwort).iter("a")}
    assert adresse(konzept, "lesen", f"massnahme-{fremde.pk}") in ziele
    for ziel in ziele:
        if ziel.startswith("/konzepte/") and not ziel.endswith(".pdf"):
            assert mitwirkung.get(ziel).status_code in (200, 302), ziel


# Queries


@pytest.mark.parametrize("anzahl", [1, 3])
def test_taking_part_costs_one_query_more(client, konzept, anzahl):
    konzept.abschnitte.all().delete()
    massnahme = mache_fuelle(konzept, anzahl)
    akteur = Akteur.objects.get(kurz="Stelle 1")
    for weitere in Massnahme.objects.exclude(pk=massnahme.pk):
        setze_zustaendig(weitere, akteur)
    seiten = [adresse(konzept), adresse(konzept, "gesamt"), formular_adresse(massnahme)]

    def abfragen(konto) -> list[int]:
        client.force_login(konto)
        zahlen = []
        for seite in seiten:
            with CaptureQueriesContext(connection) as gezaehlt:
                assert client.get(seite).status_code == 200
            zahlen.append(len(gezaehlt))
        return zahlen

    wirke_mit(konto := mache_benutzer(), akteur)
    mehr = abfragen(konto)
    assert mehr == [zahl + 1 for zahl in abfragen(mache_benutzer(konzept.kommune, "redaktion"))]
