"""Nothing typed is lost from the first keystroke: a save that fails at once, a page that is left at once."""

import pytest
from playwright.sync_api import expect

from konzept.entwuerfe.models import Zwischenstand
from konzept.models import Abschnitt
from massnahmen.models import Massnahme

from .conftest import erwarte_text, schreibe, speichern, warte_auf

pytestmark = pytest.mark.datenbank

NOCH_DA = "Ihre Eingaben sind noch da"


@pytest.fixture
def formular(monheim):
    massnahme = Massnahme.objects.get(kurztitel="Handlungskonzept Ehrenamt")
    return f"/konzepte/monheim-am-rhein/{monheim.slug}/massnahmen/{massnahme.pk}/bearbeiten/"


@pytest.mark.parametrize("javascript", [True, False], ids=["mit JavaScript", "ohne JavaScript"])
def test_wer_schnell_tippt_und_mit_fehler_speichert(javascript, oeffne_browser, melde_an, formular):
    seite = melde_an(oeffne_browser(java_script_enabled=javascript))
    seite.on("dialog", lambda frage: frage.accept())
    seite.goto(formular)
    schreibe(seite.get_by_role("textbox", name="Beschreibung"), "Schnell getippt")
    seite.get_by_label("Titel", exact=True).fill("")
    speichern(seite)
    expect(seite.locator("#fehler")).to_be_visible()
    seite.goto("/")
    seite.goto(formular)
    expect(seite.get_by_role("status").first).to_contain_text(NOCH_DA)
    expect(seite.get_by_role("status").first).to_contain_text("ließ es sich so nicht speichern")
    erwarte_text(seite.get_by_role("textbox", name="Beschreibung"), "Schnell getippt")
    expect(seite.get_by_label("Titel", exact=True)).to_have_value("")


def test_wer_sofort_wieder_geht(kontext, melde_an, formular):
    """Before any pause in which a draft is sent by itself."""
    seite = melde_an(kontext)
    seite.on("dialog", lambda frage: frage.accept())
    seite.goto(formular)
    seite.get_by_label("Titel", exact=True).press_sequentially("X")
    seite.goto("/")
    warte_auf(seite, lambda: Zwischenstand.objects.exists())
    seite.goto(formular)
    expect(seite.get_by_role("status").first).to_contain_text(NOCH_DA)
    assert "X" in seite.get_by_label("Titel", exact=True).input_value()


def test_wer_ohne_pause_tippt_wird_behalten_und_schickt_nicht_bei_jeder_taste(kontext, melde_an, formular):
    seite = melde_an(kontext)
    gesendet = []
    seite.on("request", lambda anfrage: gesendet.append(anfrage.url) if "/zwischenstand/" in anfrage.url else None)
    seite.goto(formular)
    seite.get_by_label("Titel", exact=True).press_sequentially("Ein Titel, der lang genug ist. " * 2, delay=60)
    assert 2 <= len(gesendet) <= 4
    expect(seite.locator("[data-zwischenstand-hinweis]")).to_contain_text("Zwischengespeichert")
    warte_auf(seite, lambda: "lang+genug+ist.+Ein" in Zwischenstand.objects.get().daten)


def test_auch_kleine_formulare_heben_auf_was_getippt_wird(kontext, melde_an, monheim):
    seite = melde_an(kontext)
    seite.on("dialog", lambda frage: frage.accept())
    seite.goto("/konto/")
    seite.get_by_label("Name").fill("Rita R.")
    warte_auf(seite, lambda: Zwischenstand.objects.filter(adresse="/konto/").exists())
    seite.goto("/")
    seite.goto("/konto/")
    expect(seite.get_by_role("status").first).to_contain_text(NOCH_DA)
    expect(seite.get_by_label("Name")).to_have_value("Rita R.")
    seite.get_by_role("button", name="Verwerfen").click()
    expect(seite.get_by_label("Name")).to_have_value("")


@pytest.mark.parametrize("javascript", [True, False], ids=["mit JavaScript", "ohne JavaScript"])
def test_wer_nach_dem_anlegen_zurueckgeht_legt_nicht_noch_eines_an(javascript, oeffne_browser, melde_an, monheim, axe):
    seite = melde_an(oeffne_browser(java_script_enabled=javascript))
    seite.goto(f"/konzepte/monheim-am-rhein/{monheim.slug}/abschnitte/neu/")
    seite.get_by_label("Titel", exact=True).fill("Neues Kapitel")
    speichern(seite)
    expect(seite.get_by_role("status").first).to_contain_text("ist gespeichert")
    seite.go_back()
    expect(seite.get_by_label("Titel", exact=True)).to_have_value("Neues Kapitel")
    if javascript:  # whoever writes on is asked, too
        seite.get_by_label("Titel", exact=True).fill("Neues Kapitel, länger")
    speichern(seite)
    hinweis = seite.locator("#schon-angelegt")
    expect(hinweis).to_contain_text("„Neues Kapitel“ haben Sie mit diesem Formular")
    expect(hinweis).to_be_focused()
    if javascript:
        axe(seite)
    hinweis.get_by_role("link").focus()
    assert Abschnitt.objects.filter(titel__startswith="Neues Kapitel").count() == 1
    seite.keyboard.press("Tab")
    expect(hinweis.get_by_role("button", name="Noch eines anlegen")).to_be_focused()
    seite.keyboard.press("Enter")
    expect(seite.get_by_role("status").first).to_contain_text("ist gespeichert")
    assert Abschnitt.objects.filter(titel__startswith="Neues Kapitel").count() == 2
