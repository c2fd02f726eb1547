"""The form of a measure: what a person typed is saved as typed, or stays in the form with a sentence that helps."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from massnahmen.models import Angebot, Foerderung, Massnahme
from tests.fabrik import (
    adresse,
    alle_zeilen,
    druecke,
    eingaben,
    fehler_am_feld,
    formular_adresse,
    hole,
    mache_fuelle,
    mache_handlungsziel,
    mache_leitziel,
    mache_massnahme,
    nach_id,
    schritte,
    seite_von,
    sende,
    text,
    zustaendig,
)

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

# Saving


def test_form_as_it_is_shown_changes_nothing_but_the_version(leitung, massnahme):
    Massnahme.objects.update(text="Erster Absatz.\n\n- Punkt")
    massnahme.schritte.update(text="Eine Zeile,\nnoch eine.")
    vorher = alle_zeilen()
    antwort = sende(leitung, massnahme, {})
    assert antwort.status_code == 302
    nachher = alle_zeilen()
    (alt,), (neu,) = vorher.pop("massnahmen.Massnahme"), nachher.pop("massnahmen.Massnahme")
    assert nachher == vorher
    assert {name for name in alt if alt[name] != neu[name]} == {"version", "geaendert_am", "geaendert_von_id"}


def test_a_measure_saved_with_everything_changed(leitung, konzept, feld, massnahme):
    leitziel = mache_leitziel(feld)
    handlungsziel = mache_handlungsziel(feld, leitziel=leitziel)
    gruppen = [konzept.kommune.zielgruppen.create(name=name) for name in ("Kinder", "Ältere")]
    leitlinie = konzept.leitlinien.create(titel="Miteinander")
    daten = hole(leitung, massnahme)
    for aktion in ("schritte:weg:1", "schritte:weg:2", "kosten:weg:1"):
        daten = druecke(leitung, massnahme, daten, aktion)
    antwort = leitung.post(
        formular_adresse(massnahme),
        daten
        | {
            "titel": "Sprachtreff",
            "text": "Erster Absatz.\n\n- Punkt",
            "ziel": f"handlungsziel-{handlungsziel.pk}",
            "federfuehrung": "Ehrenamtsbörse, 51",
            "mitwirkung": "SKFM",
            "umsetzungsstand": "zurueckgestellt",
            "stand_begruendung": "Es fehlt ein Raum.",
            "prioritaet": "hoch",
            "zeitraum": "2. Halbjahr 2028",
            "kosten_wortlaut": "abhängig vom Raum",
            "zielgruppen": [str(g.pk) for g in gruppen],
            "leitlinien": str(leitlinie.pk),
            "nummer": "12a",
            "kurztitel": "Treff",
        }
        | {
            "schritte-0-text": "Neu anfangen",
            "schritte-0-zeitraum": "ab 2028",
            "schritte-0-federfuehrung": "51",
            "schritte-0-mitwirkung": "SKFM",
            "kosten-0-angabe": "1,2 Mio. € jährlich",
            "kosten-0-jahr": "2028",
            "kosten-0-bis_jahr": "2030",
            "kosten-0-finanzierung": "drittmittel",
            "kosten-0-programm": "Stiftung",
            "kosten-0-art": "personalkosten",
            "kosten-0-stellenanteil": "0,75",
            "kosten-0-produkt": "05.01",
            "sachstaende-0-datum": "03.11.2026",
            "sachstaende-0-text": "Beraten.",
            "sachstaende-0-verfasst_von": "Frau Yıldız",
        },
    )
    assert antwort.status_code == 302
    m = Massnahme.objects.get()
    assert (m.titel, m.text, m.kurztitel, m.nummer) == ("Sprachtreff", "Erster Absatz.\n\n- Punkt", "Treff", "12a")
    assert (m.leitziel, m.handlungsziel) == (None, handlungsziel)
    assert zustaendig(m) == [("Ehrenamtsbörse", "federfuehrung"), ("51", "federfuehrung"), ("SKFM", "mitwirkung")]
    assert (m.umsetzungsstand, m.stand_begruendung, m.prioritaet) == ("zurueckgestellt", "Es fehlt ein Raum.", "hoch")
    assert (str(m.zeitraum), str(m.beginn_am), str(m.ende_am)) == ("2. Halbjahr 2028", "2028-07-01", "2028-12-31")
    assert (m.kosten_wortlaut, m.kosten_offen) == ("abhängig vom Raum", False)
    assert set(m.zielgruppen.all()) == set(gruppen)
    assert set(m.leitlinien.all()) == {leitlinie}
    schritt = m.schritte.get()
    assert (schritt.text, str(schritt.zeitraum)) == ("Neu anfangen", "ab 2028")
    assert zustaendig(schritt) == [("51", "federfuehrung"), ("SKFM", "mitwirkung")]
    kosten = m.kostenpositionen.get()
    assert (kosten.jahr, kosten.bis_jahr, str(kosten.stellenanteil)) == (2028, 2030, "0.75")
    assert kosten.angabe.betrag == 1_200_000
    assert (kosten.finanzierung, kosten.art, kosten.programm, kosten.produkt) == (
        "drittmittel",
        "personalkosten",
        "Stiftung",
        "05.01",
    )
    sachstand = m.sachstaende.get()
    assert (str(sachstand.datum), sachstand.text, sachstand.verfasst_von) == ("2026-11-03", "Beraten.", "Frau Yıldız")
    assert (m.version, m.geaendert_von.name) == (2, "Lena Leitung")


def test_saved_rows_are_changed_in_place(leitung, massnahme):
    schluessel = list(massnahme.schritte.values_list("pk", flat=True))
    sende(leitung, massnahme, {"schritte-1-text": "Feierlich eröffnen", "schritte-1-zeitraum": "Mai 2027"})
    assert schritte(massnahme) == ["Räume suchen", "Feierlich eröffnen", "Auswerten"]
    assert list(massnahme.schritte.values_list("pk", flat=True)) == schluessel


@pytest.mark.parametrize(
    ("knopf", "ziel"),
    [
        ("_speichern", "lesen/massnahme-{0}/"),
        ("_naechste", "massnahmen/{1}/bearbeiten/"),
    ],
)
def test_where_each_button_leads(leitung, konzept, feld, massnahme, knopf, ziel):
    naechste = mache_massnahme(feld, "Danach", reihenfolge=2)
    antwort = sende(leitung, massnahme, {}, knopf=knopf)
    assert antwort.url == adresse(konzept) + ziel.format(massnahme.pk, naechste.pk)
    assert "ist gespeichert" in leitung.get(antwort.url, follow=True).content.decode()


def test_without_a_chapter_for_the_fields_saving_leads_to_the_overview(leitung, konzept, massnahme):
    konzept.abschnitte.all().delete()
    assert sende(leitung, massnahme, {}).url == adresse(konzept)


def test_the_last_measure_of_a_field_has_no_next_one(leitung, massnahme):
    assert "_naechste" not in leitung.get(formular_adresse(massnahme)).content.decode()
    antwort = sende(leitung, massnahme, {}, knopf="_naechste")
    assert antwort.url.endswith(f"lesen/massnahme-{massnahme.pk}/")


# Goal


def test_goal_may_be_a_leitziel_or_none(leitung, feld, massnahme):
    leitziel = mache_leitziel(feld)
    sende(leitung, massnahme, {"ziel": f"leitziel-{leitziel.pk}"})
    massnahme.refresh_from_db()
    assert (massnahme.leitziel, massnahme.handlungsziel) == (leitziel, None)
    assert hole(leitung, massnahme)["ziel"] == [f"leitziel-{leitziel.pk}"]
    sende(leitung, massnahme, {"ziel": ""})
    massnahme.refresh_from_db()
    assert (massnahme.leitziel, massnahme.handlungsziel) == (None, None)


# Row buttons without JavaScript


def test_adding_moving_and_removing_rows_loses_nothing(leitung, massnahme):
    vorher = alle_zeilen()
    daten = hole(leitung, massnahme) | {"titel": "Noch nicht gespeichert", "schritte-0-text": "Räume mieten"}
    daten = druecke(leitung, massnahme, daten, "schritte:neu")
    daten["schritte-3-text"], daten["schritte-3-mitwirkung"] = "Werben", "51"
    daten = druecke(leitung, massnahme, daten, "schritte:auf:3")
    daten = druecke(leitung, massnahme, daten, "schritte:weg:1")
    daten = druecke(leitung, massnahme, daten, "schritte:ab:0")
    daten = druecke(leitung, massnahme, daten, "kosten:weg:0")
    daten = druecke(leitung, massnahme, daten, "sachstaende:neu")
    daten |= {"sachstaende-1-datum": "04.05.2027", "sachstaende-1-text": "Läuft."}
    assert alle_zeilen() == vorher
    assert leitung.post(formular_adresse(massnahme), daten).status_code == 302
    massnahme.refresh_from_db()
    assert massnahme.titel == "Noch nicht gespeichert"
    assert schritte(massnahme) == ["Werben", "Räume mieten", "Auswerten"]
    assert [zustaendig(s) for s in massnahme.schritte.all()] == [
        [("51", "mitwirkung")],
        [("SKFM", "mitwirkung")],
        [("SKFM", "mitwirkung")],
    ]
    assert [str(k.angabe) for k in massnahme.kostenpositionen.all()] == ["5.000 €"]
    assert [s.text for s in massnahme.sachstaende.all()] == ["Läuft.", "Raum gefunden."]


def test_row_button_shows_no_errors_and_keeps_wrong_values(leitung, massnahme):
    daten = hole(leitung, massnahme) | {"titel": "", "zeitraum": "13/2017", "schritte-0-zeitraum": "32.1.2027"}
    antwort = leitung.post(formular_adresse(massnahme), daten | {"_zeilen": "schritte:neu"})
    assert "aria-invalid" not in antwort.content.decode()
    neu = eingaben(antwort)
    assert (neu["titel"], neu["zeitraum"], neu["schritte-0-zeitraum"]) == ([""], ["13/2017"], ["32.1.2027"])


def test_row_that_was_added_and_left_empty_is_ignored(leitung, massnahme):
    daten = hole(leitung, massnahme)
    for bereich in ("schritte", "kosten", "sachstaende"):
        daten = druecke(leitung, massnahme, daten, f"{bereich}:neu")
    assert leitung.post(formular_adresse(massnahme), daten).status_code == 302
    assert schritte(massnahme) == ["Räume suchen", "Eröffnen", "Auswerten"]
    assert (massnahme.kostenpositionen.count(), massnahme.sachstaende.count()) == (2, 1)


def test_a_step_without_text_is_named_with_its_number(leitung, massnahme):
    antwort = sende(leitung, massnahme, {"schritte-1-text": ""})
    assert antwort.status_code == 422
    assert "Schritt 2, Schritt" in text(nach_id(seite_von(antwort), "fehler"))
    assert schritte(massnahme) == ["Räume suchen", "Eröffnen", "Auswerten"]


def test_removed_row_is_not_checked(leitung, massnahme):
    daten = hole(leitung, massnahme) | {"schritte-1-zeitraum": "13/2017"}
    daten = druecke(leitung, massnahme, daten, "schritte:weg:1")
    assert leitung.post(formular_adresse(massnahme), daten).status_code == 302
    assert schritte(massnahme) == ["Räume suchen", "Auswerten"]


# Errors


def test_a_wrong_value_in_one_row_keeps_everything_and_says_what_would_be_right(leitung, massnahme):
    vorher = alle_zeilen()
    neu = {
        "titel": "Neuer Titel",
        "federfuehrung": "SKFM",
        "mitwirkung": "",
        "schritte-0-text": "Geändert",
        "schritte-3-text": "Dazu",
        "schritte-3-zeitraum": "13/2017",
        "schritte-3-ORDER": "4",
        "schritte-TOTAL_FORMS": "4",
        "kosten-0-angabe": "40.000 € jährlich",
    }
    antwort = sende(leitung, massnahme, neu)
    assert antwort.status_code == 422
    satz = fehler_am_feld(antwort, "id_schritte-3-zeitraum")
    assert satz == "Monat 13 gibt es nicht. Schreiben Sie z. B. 03/2017, 2. Halbjahr 2017 oder 2017."
    danach = eingaben(antwort)
    assert {name: danach[name] for name in neu} == {name: [wert] for name, wert in neu.items()}
    assert alle_zeilen() == vorher
    danach["schritte-3-zeitraum"] = "12/2027"
    assert leitung.post(formular_adresse(massnahme), danach).status_code == 302
    assert schritte(massnahme) == ["Geändert", "Eröffnen", "Auswerten", "Dazu"]


FALSCHES = {
    "titel": ("titel", "", "Geben Sie der Maßnahme einen Titel."),
    "long title": ("titel", "x" * 501, "höchstens 500 Zeichen"),
    "Zeitraum": ("zeitraum", "13/2017", "Monat 13 gibt es nicht."),
    "long Zeitraum": ("zeitraum", "x" * 201, "höchstens 200 Zeichen"),
    "amount": ("kosten-0-angabe", "12,555 €", "höchstens zwei Stellen nach dem Komma"),
    "nothing to pay": ("kosten-0-angabe", "", "Geben Sie einen Betrag an"),
    "year": ("kosten-0-jahr", "27", "mit vier Ziffern"),
    "years backwards": ("kosten-0-bis_jahr", "2026", "Das letzte Jahr (2026) liegt vor dem ersten (2027)."),
    "share of a post": ("kosten-0-stellenanteil", "viel", "Zahl"),
    "date": ("sachstaende-0-datum", "gestern", "als Tag.Monat.Jahr"),
    "choice": ("umsetzungsstand", "erfunden", "keine gültige"),
}


@pytest.mark.parametrize(("feldname", "wert", "satz"), FALSCHES.values(), ids=FALSCHES)
def test_an_error_stands_at_its_field(leitung, massnahme, feldname, wert, satz):
    vorher = alle_zeilen()
    antwort = sende(leitung, massnahme, {feldname: wert})
    assert antwort.status_code == 422
    assert satz in fehler_am_feld(antwort, f"id_{feldname}")
    assert alle_zeilen() == vorher


def test_last_year_needs_a_first_one(leitung, massnahme):
    antwort = sende(leitung, massnahme, {"kosten-1-bis_jahr": "2030"})
    assert "Zu „bis Jahr“ gehört das erste Jahr" in fehler_am_feld(antwort, "id_kosten-1-jahr")


def test_negative_share_of_a_post_is_refused(leitung, massnahme):
    antwort = sende(leitung, massnahme, {"kosten-0-stellenanteil": "-0,5"})
    assert antwort.status_code == 422
    assert "Der Stellenanteil kann nicht negativ sein." in text(nach_id(seite_von(antwort), "fehler"))


@pytest.mark.parametrize("stand", ["zurueckgestellt", "entfallen"])
@pytest.mark.parametrize("grund", ["", "  "])
def test_a_dropped_measure_needs_a_reason(leitung, massnahme, stand, grund):
    antwort = sende(leitung, massnahme, {"umsetzungsstand": stand, "stand_begruendung": grund})
    assert antwort.status_code == 422
    satz = fehler_am_feld(antwort, "id_stand_begruendung")
    assert satz == "Bitte schreiben Sie in einem Satz, warum die Maßnahme zurückgestellt ist oder entfällt."


def test_costs_are_not_open_and_worded_at_once(leitung, massnahme):
    antwort = sende(leitung, massnahme, {"kosten_offen": "on", "kosten_wortlaut": "gering"})
    assert "nicht zugleich" in fehler_am_feld(antwort, "id_kosten_offen")


def test_what_is_not_understood_is_kept_as_wording(leitung, massnahme):
    sende(leitung, massnahme, {"zeitraum": "nach Bedarf", "kosten-0-angabe": "nach Aufwand"})
    massnahme.refresh_from_db()
    assert (str(massnahme.zeitraum), massnahme.beginn_am, massnahme.ende_am) == ("nach Bedarf", None, None)
    kosten = massnahme.kostenpositionen.first()
    assert (str(kosten.angabe), kosten.angabe.betrag) == ("nach Aufwand", None)


# Page


def test_page_says_what_is_missing_and_where_it_goes(leitung, feld):
    leer = mache_massnahme(feld)
    seite = seite_von(leitung.get(formular_adresse(leer)))
    hinweise = {text(a): a.get("href")[1:] for li in seite.iter("aside") for a in li.iter("a")}
    assert set(hinweise) >= {"Niemand ist zuständig", "Kein Zeitraum", "Kein Umsetzungsstand"}
    for ziel in (z for z in hinweise.values() if not z.startswith("konzepte/")):
        nach_id(seite, ziel)
    sende(leitung, leer, {"kosten_offen": "on", "zeitraum": "fortlaufend", "umsetzungsstand": "idee"})
    seite = seite_von(leitung.get(formular_adresse(leer)))
    assert [h for h in ("Kein Zeitraum", "Keine Kosten", "Kein Umsetzungsstand") if h in text(seite)] == []


def test_breadcrumbs_lead_to_field_and_goals(leitung, konzept, feld):
    leitziel = mache_leitziel(feld)
    massnahme = mache_massnahme(feld, handlungsziel=mache_handlungsziel(feld, leitziel=leitziel))
    antwort = leitung.get(formular_adresse(massnahme))
    assert [k["titel"] for k in antwort.context["krumen"]] == ["1.1 Sprache", "Leitziel 1", "Handlungsziel 1.1"]


def test_every_field_of_the_form_is_on_the_page(leitung, massnahme):
    antwort = leitung.get(formular_adresse(massnahme))
    namen = {k.get("name") for k in seite_von(antwort).iter() if k.get("name")}
    leer = {"zielgruppen", "leitlinien"}  # nothing to choose from yet
    assert set(antwort.context["form"].fields) - leer <= namen


def test_labels_are_unique_enough_to_be_heard(leitung, massnahme):
    seite = seite_von(leitung.get(formular_adresse(massnahme)))
    label = {k.get("for"): text(k) for k in seite.iter("label")}
    for eingabe in seite.iter():
        if eingabe.tag in {"input", "select", "textarea"} and eingabe.get("type") != "hidden":
            assert label[eingabe.get("id")]
    assert re.match(r"Schritt 2: ", label["id_schritte-1-text"])


# Queries


@pytest.mark.parametrize("anzahl", [1, 3, 12])
def test_queries_of_a_save_are_bounded_by_the_rows(leitung, konzept, anzahl):
    """Rows that stay as they are cost nothing; a step that changes costs one."""
    konzept.abschnitte.all().delete()
    massnahme = mache_fuelle(konzept, anzahl)
    sende(leitung, massnahme, {"titel": "Erstes Mal"})

    def abfragen(**felder) -> list[str]:
        daten = hole(leitung, massnahme) | felder
        with CaptureQueriesContext(connection) as gezaehlt:
            assert leitung.post(formular_adresse(massnahme), daten).status_code == 302
        return [abfrage["sql"] for abfrage in gezaehlt]

    unveraendert = abfragen(titel="Zweites Mal")
    assert len(unveraendert) <= 50
    tabellen = ("umsetzungsschritt", "zustaendigkeit", "kostenposition", "sachstand")
    assert not [sql for sql in unveraendert if sql.startswith(tuple(f'UPDATE "massnahmen_{t}' for t in tabellen))]
    alle_schritte = abfragen(**{f"schritte-{i}-text": f"Neu {i}" for i in range(anzahl)})
    assert len(alle_schritte) <= len(unveraendert) + anzahl


def test_address_of_the_form_is_the_one_that_the_document_links_to(massnahme):
    ort = {"kommune": massnahme.konzept.kommune.slug, "konzept": massnahme.konzept.slug}
    assert reverse("massnahmen:bearbeiten", kwargs=ort | {"pk": massnahme.pk}) == formular_adresse(massnahme)


@pytest.mark.parametrize(
    ("name", "wert", "satz"),
    [
        ("kosten-1-angabe", "1.777 Mio. €", "Kostenposition 2, Betrag: "),
        ("kosten-0-angabe", "1.23.456 €", "Kostenposition 1, Betrag: "),
        ("kosten-1-angabe", "8.000 bis 5.000 €", "Kostenposition 2, Betrag: "),
        ("kosten-0-jahr", "27", "Kostenposition 1, Jahr: "),
    ],
)
def test_an_error_names_the_field_and_not_its_example(leitung, massnahme, name, wert, satz):
    antwort = sende(leitung, massnahme, {name: wert})
    assert fehler_am_feld(antwort, f"id_{name}")
    assert satz in text(nach_id(seite_von(antwort), "fehler"))
    assert "z. B. 30.000 € jährlich" not in text(nach_id(seite_von(antwort), "fehler"))


def test_the_example_of_an_amount_stands_at_its_field(leitung, massnahme):
    seite = seite_von(leitung.get(formular_adresse(massnahme)))
    assert text(nach_id(seite, "id_kosten-0-angabe_helptext")) == "z. B. 30.000 € jährlich"
    assert "id_kosten-0-angabe_helptext" in nach_id(seite, "id_kosten-0-angabe").get("aria-describedby").split()


def test_beside_each_other_the_example_stands_in_the_head_too(leitung, konzept):
    angebot = Angebot.objects.create(konzept=konzept, titel="Sprachkurs")
    Foerderung.objects.create(angebot=angebot, geber="Land", angabe="1 €")
    seite = seite_von(leitung.get(adresse(konzept, "angebote", str(angebot.pk), "bearbeiten")))
    (kopf,) = (k for k in seite.iter("div") if k.get("class") == "zeilen__kopf")
    assert "Betrag, z. B. 30.000 € jährlich" in text(kopf)
    assert text(nach_id(seite, "id_foerderungen-0-angabe_helptext")) == "z. B. 30.000 € jährlich"
