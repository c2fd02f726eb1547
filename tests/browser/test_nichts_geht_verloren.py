"""Two people at the same measure, a session that expires, a page that is left: what was typed stays."""

import re

import pytest
from playwright.sync_api import expect

from massnahmen.models import Massnahme

from .conftest import KOLLEGIN, anmelden, erwarte_text, schreibe, speichern, warte_auf

pytestmark = pytest.mark.datenbank


@pytest.fixture
def massnahme(monheim) -> Massnahme:
    return Massnahme.objects.get(kurztitel="Handlungskonzept Ehrenamt")


@pytest.fixture
def formular(massnahme, monheim):
    return f"/konzepte/monheim-am-rhein/{monheim.slug}/massnahmen/{massnahme.pk}/bearbeiten/"


@pytest.mark.parametrize("javascript", [True, False], ids=["mit JavaScript", "ohne JavaScript"])
def test_zwei_bearbeiten_dieselbe_massnahme(javascript, oeffne_browser, melde_an, massnahme, formular):
    ich = melde_an(oeffne_browser(java_script_enabled=javascript))
    kollegin = melde_an(oeffne_browser(java_script_enabled=javascript), KOLLEGIN)
    for seite in (ich, kollegin):
        seite.goto(formular)
    schreibe(kollegin.get_by_role("textbox", name="Beschreibung"), "Text der Kollegin")
    kollegin.get_by_label("Zeitraum der Umsetzung").fill("2018")
    speichern(kollegin)
    expect(kollegin.get_by_role("status").first).to_have_text(re.compile("ist gespeichert"))

    schreibe(ich.get_by_role("textbox", name="Beschreibung"), "Mein Text")
    ich.get_by_label("Schritt 1: Schritt").fill("Mein Schritt")
    speichern(ich)
    konflikt = ich.locator("#konflikt")
    expect(konflikt).to_be_focused()
    expect(konflikt.get_by_role("heading")).to_have_text(
        re.compile(r"^Inzwischen hat .*kollegin.* gespeichert")
    )
    zeile = konflikt.get_by_role("row", name="Beschreibung")
    expect(zeile.get_by_role("cell")).to_have_text(
        ["Text der Kollegin", "Mein Text", "Gespeichertes nehmen: Beschreibung"]
    )
    expect(konflikt.get_by_role("row", name="Umsetzungsschritte")).to_contain_text("Mein Schritt")
    erwarte_text(ich.get_by_role("textbox", name="Beschreibung"), "Mein Text")
    massnahme.refresh_from_db()
    assert massnahme.text == "Text der Kollegin"

    schreibe(ich.get_by_role("textbox", name="Beschreibung"), "Text der Kollegin\n\nMein Text")
    ich.get_by_label("Zeitraum der Umsetzung").fill("2018")
    speichern(ich)
    zeile = ich.locator(f"#massnahme-{massnahme.pk}")
    for text in ("Text der Kollegin", "Mein Text", "Mein Schritt", "2018"):
        expect(zeile).to_contain_text(text)


def test_im_konflikt_verwerfen_laesst_den_gespeicherten_stand(oeffne_browser, melde_an, massnahme, formular):
    ich, kollegin = melde_an(oeffne_browser()), melde_an(oeffne_browser(), KOLLEGIN)
    for seite, text in ((ich, "Mein Text"), (kollegin, "Text der Kollegin")):
        seite.goto(formular)
        schreibe(seite.get_by_role("textbox", name="Beschreibung"), text)
    speichern(kollegin)
    expect(kollegin.get_by_role("status").first).to_have_text(re.compile("ist gespeichert"))
    speichern(ich)
    ich.get_by_role("button", name="Verwerfen").click()
    expect(ich.locator(f"#massnahme-{massnahme.pk}")).to_contain_text("Text der Kollegin")


@pytest.mark.parametrize("javascript", [True, False], ids=["mit JavaScript", "ohne JavaScript"])
def test_abgelaufene_sitzung(javascript, oeffne_browser, melde_an, massnahme, formular):
    kontext = oeffne_browser(java_script_enabled=javascript)
    seite = melde_an(kontext)
    seite.goto(formular)
    text = "Ein langer Text.\n\n- mit „Anführungszeichen“ & <Zeichen>\n- und ÄÖÜ €"
    schreibe(seite.get_by_role("textbox", name="Beschreibung"), text)
    seite.get_by_role("button", name="Schritt hinzufügen").click()
    seite.get_by_label("Schritt 4: Schritt").fill("Abschluss")
    kontext.clear_cookies()
    speichern(seite)

    expect(seite.get_by_role("heading", level=1)).to_have_text("Anmelden")
    expect(seite.get_by_role("main")).to_contain_text("Was Sie geschrieben haben, ist nicht verloren.")
    seite.get_by_label("E-Mail-Adresse").fill("redaktion@stadt.example")
    seite.get_by_label("Kennwort").fill("vertippt")
    seite.get_by_role("button", name="Anmelden", exact=True).click()
    expect(seite.get_by_role("alert").first).to_contain_text("passen nicht zusammen")
    anmelden(seite)

    expect(seite.get_by_role("status").first).to_contain_text("Ihre Eingaben sind noch da")
    erwarte_text(seite.get_by_role("textbox", name="Beschreibung"), text)
    expect(seite.get_by_label("Schritt 4: Schritt")).to_have_value("Abschluss")
    vorher = massnahme.text
    massnahme.refresh_from_db()
    assert massnahme.text == vorher
    speichern(seite)
    zeile = seite.locator(f"#massnahme-{massnahme.pk}")
    expect(zeile).to_contain_text("mit „Anführungszeichen“ & <Zeichen>")
    expect(zeile.locator(".dok-reihe-schritt")).to_have_count(4)
    seite.goto(formular)
    expect(seite.get_by_text("Ihre Eingaben sind noch da")).to_have_count(0)


def test_abgelaufene_sitzung_beim_hinzufuegen_einer_zeile(kontext, melde_an, formular, beanstandungen):
    seite = melde_an(kontext)
    seite.goto(formular)
    schreibe(seite.get_by_role("textbox", name="Beschreibung"), "Noch nicht gespeichert")
    beanstandungen.erwarte("console: Response Status Error Code 401")
    kontext.clear_cookies()
    seite.get_by_role("button", name="Schritt hinzufügen").click()
    expect(seite.locator("#verbindung")).to_contain_text("Ihre Eingaben stehen noch im Formular")
    erwarte_text(seite.get_by_role("textbox", name="Beschreibung"), "Noch nicht gespeichert")
    warte_auf(seite, lambda: beanstandungen)  # The browser reports what its console says a little later.
    assert len(beanstandungen) == 1
    speichern(seite)
    anmelden(seite)
    erwarte_text(seite.get_by_role("textbox", name="Beschreibung"), "Noch nicht gespeichert")


def test_in_einem_anderen_fenster_neu_angemeldet(oeffne_browser, melde_an, massnahme, formular):
    kontext = oeffne_browser()
    seite = melde_an(kontext)
    seite.goto(formular)
    schreibe(seite.get_by_role("textbox", name="Beschreibung"), "Noch nicht gespeichert")
    fenster = kontext.new_page()
    fenster.goto("/")
    fenster.get_by_role("button", name="Abmelden").click()
    fenster.goto("/")
    anmelden(fenster)
    expect(fenster.get_by_role("heading", level=1)).to_have_text("Ihre Konzepte")

    speichern(seite)
    expect(seite.get_by_role("status").first).to_contain_text("Ihre Eingaben sind noch da")
    erwarte_text(seite.get_by_role("textbox", name="Beschreibung"), "Noch nicht gespeichert")
    speichern(seite)
    expect(seite.locator(f"#massnahme-{massnahme.pk}")).to_contain_text("Noch nicht gespeichert")


def test_fremde_seiten_bringen_keine_eingaben_in_das_formular(kontext, melde_an, live_server, formular):
    melde_an(kontext)
    antwort = kontext.request.post(
        formular, form={"titel": "Untergeschoben"}, headers={"Origin": "https://boese.example"}
    )
    assert antwort.status == 403
    assert "Untergeschoben" not in kontext.request.get(formular).text()


def test_ohne_verbindung_bleibt_das_formular_stehen(kontext, melde_an, formular, beanstandungen):
    seite = melde_an(kontext)
    seite.goto(formular)
    schreibe(seite.get_by_role("textbox", name="Beschreibung"), "Noch nicht gespeichert")
    beanstandungen.erwarte("htmx:", "ERR_FAILED")
    seite.route("**/*", lambda weg: weg.abort())
    seite.get_by_role("button", name="Schritt hinzufügen").click()
    expect(seite.locator("#verbindung")).to_contain_text("Prüfen Sie die Verbindung")
    seite.unroute_all()
    seite.get_by_role("button", name="Schritt hinzufügen").click()
    expect(seite.get_by_label("Schritt 4: Schritt")).to_be_focused()
    expect(seite.locator("#verbindung")).to_be_hidden()
    erwarte_text(seite.get_by_role("textbox", name="Beschreibung"), "Noch nicht gespeichert")
    assert beanstandungen


def test_wer_die_seite_mit_eingaben_verlaesst_wird_gefragt(kontext, melde_an, monheim, formular):
    seite = melde_an(kontext)
    fragen = []

    def bleibe(dialog):
        fragen.append(dialog.type)
        dialog.dismiss()

    seite.on("dialog", bleibe)
    seite.goto(formular)
    seite.get_by_role("link", name="Abbrechen").click()
    expect(seite.get_by_role("heading", level=1)).to_contain_text("Engagement")
    assert fragen == []

    seite.goto(formular)
    schreibe(seite.get_by_role("textbox", name="Beschreibung"), "Noch nicht gespeichert")
    seite.get_by_role("link", name="Abbrechen").click(no_wait_after=True)
    warte_auf(seite, lambda: fragen == ["beforeunload"])
    erwarte_text(seite.get_by_role("textbox", name="Beschreibung"), "Noch nicht gespeichert")
    speichern(seite)
    expect(seite.get_by_role("status").first).to_have_text(re.compile("ist gespeichert"))
    assert fragen == ["beforeunload"]


@pytest.mark.parametrize(
    ("status", "satz"),
    [(413, "für den Server ist es zu umfangreich"), (507, "beim Server warten schon zu viele Ihrer Formulare")],
)
def test_was_der_server_nicht_aufhebt_hebt_der_browser_auf_und_sagt_es(
    status, satz, kontext, melde_an, formular, beanstandungen
):
    seite = melde_an(kontext)
    seite.goto(formular)
    beanstandungen.erwarte(str(status))
    seite.route("**/zwischenstand/", lambda route: route.fulfill(status=status))
    seite.get_by_label("Zeitraum der Umsetzung").fill("2019")
    hinweis = seite.locator("[data-zwischenstand-hinweis]")
    expect(hinweis).to_contain_text(f"In diesem Browser zwischengespeichert; {satz}")
    seite.reload()
    expect(hinweis).to_contain_text("In diesem Browser liegt noch, was Sie hier zuletzt geschrieben haben")
    seite.unroute("**/zwischenstand/")
    seite.reload()
    expect(seite.get_by_label("Zeitraum der Umsetzung")).to_have_value("2019")
