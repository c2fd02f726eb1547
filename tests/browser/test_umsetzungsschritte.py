"""The steps of a measure with the keyboard alone, and what a wrong value looks like."""

import re

import pytest
from playwright.sync_api import Page, expect

from massnahmen.models import Massnahme

from .conftest import erwarte_text, schreibe, speichern

ERSTER, ZWEITER, DRITTER = "Ein Überblick", "Die interkulturelle", "Es werden Promotoren"


@pytest.fixture
def massnahme(monheim) -> Massnahme:
    """A measure with three steps."""
    return Massnahme.objects.get(kurztitel="Handlungskonzept Ehrenamt")


@pytest.fixture
def formular(massnahme, monheim):
    return f"/konzepte/monheim-am-rhein/{monheim.slug}/massnahmen/{massnahme.pk}/bearbeiten/"


def schritte(seite: Page):
    return seite.get_by_role("region", name="Umsetzungsschritte").locator("li.zeilen__zeile")


def texte(seite: Page) -> list[str]:
    return [feld.input_value() for feld in seite.get_by_label(re.compile(r"Schritt \d: Schritt")).all()]


def tippe(seite: Page, *tasten: str) -> None:
    for taste in tasten:
        seite.keyboard.press(taste)


def test_mit_der_tastatur_hinzufuegen_verschieben_entfernen(seite, kontext, melde_an, massnahme, formular):
    seite = melde_an(kontext)
    seite.goto(formular)
    ansage = seite.locator("#ansage")

    seite.get_by_role("button", name="Schritt hinzufügen").focus()
    tippe(seite, "Enter")
    expect(schritte(seite)).to_have_count(4)
    expect(seite.get_by_label("Schritt 4: Schritt")).to_be_focused()
    expect(ansage).to_have_text("Schritt 4 hinzugefügt.")
    seite.keyboard.type("Bericht an den Integrationsrat")
    tippe(seite, "Tab")
    expect(seite.get_by_label("Schritt 4: Zeitraum")).to_be_focused()
    seite.keyboard.type("06/2018")
    tippe(seite, "Tab")
    seite.keyboard.type("51")
    tippe(seite, "Enter", "Tab", "Tab")
    expect(schritte(seite).nth(3).get_by_role("listitem")).to_have_text([re.compile("^51")])

    nach_oben = seite.get_by_role("button", name="Schritt 4 nach oben")
    expect(nach_oben).to_be_focused()
    tippe(seite, "Enter")
    expect(seite.get_by_role("button", name="Schritt 3 nach oben")).to_be_focused()
    expect(ansage).to_have_text("Verschoben, jetzt Schritt 3.")
    tippe(seite, "Enter")
    expect(seite.get_by_role("button", name="Schritt 2 nach oben")).to_be_focused()
    tippe(seite, "Enter")
    expect(seite.get_by_role("button", name="Schritt 1 nach oben")).to_be_focused()
    tippe(seite, "Enter")  # Nothing stands above it: the button is there, and does nothing.
    expect(seite.get_by_role("button", name="Schritt 1 nach oben")).to_be_focused()

    seite.get_by_role("button", name="Schritt 3 entfernen").focus()
    tippe(seite, "Enter")
    expect(schritte(seite)).to_have_count(3)
    expect(seite.get_by_role("button", name="Schritt 3 entfernen")).to_be_focused()
    expect(ansage).to_have_text("Schritt 3 entfernt.")
    assert [text.split()[0] for text in texte(seite)] == ["Bericht", "Ein", "Es"]

    speichern(seite)
    expect(seite.get_by_role("status").first).to_have_text(re.compile("ist gespeichert"))
    zeile = seite.locator(f"#massnahme-{massnahme.pk}")
    expect(zeile.locator(".dok-reihe-schritt")).to_have_text(
        [
            re.compile(r"^\s*\(1\) Bericht an den Integrationsrat\s*06/2018\s*51\s*$"),
            re.compile(rf"^\s*\(2\) {ERSTER}"),
            re.compile(rf"^\s*\(3\) {DRITTER}"),
        ]
    )


def test_ohne_javascript_hinzufuegen_verschieben_entfernen(oeffne_browser, melde_an, massnahme, formular):
    seite = melde_an(oeffne_browser(java_script_enabled=False))
    seite.goto(formular)
    seite.get_by_label("Titel", exact=True).fill("Neuer Titel, noch nicht gespeichert")
    seite.get_by_role("button", name="Schritt hinzufügen").click()
    expect(seite).to_have_url(re.compile("#zeilen-schritte$"))
    seite.get_by_label("Schritt 4: Schritt").fill("Bericht an den Integrationsrat")
    seite.get_by_role("button", name="Schritt 4 nach oben").click()
    seite.get_by_role("button", name="Schritt 1 entfernen").click()
    anfaenge = [ZWEITER, "Bericht", DRITTER]
    assert [text[: len(anfang)] for text, anfang in zip(texte(seite), anfaenge, strict=True)] == anfaenge
    expect(seite.get_by_label("Titel", exact=True)).to_have_value("Neuer Titel, noch nicht gespeichert")
    assert massnahme.schritte.count() == 3

    speichern(seite)
    zeile = seite.locator(f"#massnahme-{massnahme.pk}")
    expect(zeile).to_contain_text("Neuer Titel, noch nicht gespeichert")
    expect(zeile.locator(".dok-reihe-schritt")).to_have_text([re.compile(anfang) for anfang in anfaenge])


@pytest.mark.parametrize("javascript", [True, False], ids=["mit JavaScript", "ohne JavaScript"])
def test_ein_falscher_wert_wird_benannt_und_nichts_geht_verloren(
    javascript, oeffne_browser, melde_an, massnahme, formular
):
    seite = melde_an(oeffne_browser(java_script_enabled=javascript))
    seite.goto(formular)
    schreibe(seite.get_by_role("textbox", name="Beschreibung"), "Ein neuer Text.\n\nMit zwei Absätzen.")
    seite.get_by_role("button", name="Schritt hinzufügen").click()
    seite.get_by_label("Schritt 4: Schritt").fill("Abschluss")
    seite.get_by_label("Schritt 4: Zeitraum").fill("13/2017")
    speichern(seite)

    liste = seite.locator("#fehler")
    expect(liste).to_be_focused()
    expect(seite).to_have_title(re.compile("^Fehler – "))
    satz = re.compile("Monat 13 gibt es nicht. Schreiben Sie z. B. 03/2017")
    expect(liste).to_contain_text(satz)
    feld = seite.get_by_label("Schritt 4: Zeitraum")
    expect(feld).to_have_attribute("aria-invalid", "true")
    expect(feld).to_have_accessible_description(satz)

    liste.get_by_role("link").press("Enter")
    expect(feld).to_be_focused()
    expect(feld).to_be_in_viewport()
    expect(feld).to_have_value("13/2017")
    erwarte_text(seite.get_by_role("textbox", name="Beschreibung"), "Ein neuer Text.\n\nMit zwei Absätzen.")
    assert massnahme.schritte.count() == 3

    feld.fill("12/2017")
    speichern(seite)
    zeile = seite.locator(f"#massnahme-{massnahme.pk}")
    expect(zeile).to_contain_text("Mit zwei Absätzen.")
    expect(zeile.locator(".dok-reihe-schritt").last).to_have_text(re.compile(r"^\s*\(4\) Abschluss\s*12/2017\s*$"))


def test_unbekannte_akteure_werden_erst_auf_wunsch_angelegt(kontext, melde_an, massnahme, formular):
    seite = melde_an(kontext)
    seite.goto(formular)
    feld = seite.locator("#div_id_mitwirkung")
    feld.get_by_role("combobox").press_sequentially("Seniorenbeirat,")
    expect(feld.get_by_role("listitem")).to_have_text("Seniorenbeirat (steht noch nicht in der Liste)")
    speichern(seite)
    fehler = seite.locator("#fehler").get_by_role("link", name="Seniorenbeirat")
    fehler.click()
    expect(feld.get_by_role("combobox")).to_be_focused()
    seite.get_by_label("Unbekannte Akteure neu anlegen").check()
    speichern(seite)
    expect(seite.locator(f"#massnahme-{massnahme.pk}")).to_contain_text("Seniorenbeirat")


def test_eingabetaste_im_feld_speichert_und_loescht_keine_zeile(kontext, melde_an, massnahme, formular):
    seite = melde_an(kontext)
    seite.goto(formular)
    seite.get_by_label("Schritt 1: Zeitraum").fill("2018")
    tippe(seite, "Enter")
    expect(seite.get_by_role("status").first).to_have_text(re.compile("ist gespeichert"))
    expect(seite.locator(f"#massnahme-{massnahme.pk} .dok-reihe-schritt")).to_have_count(3)
