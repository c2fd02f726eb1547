"""The editor of rich text: typing, marks, lists, tables, pasting from Word, and everything by keyboard."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from konzept.models import Abschnitt
from massnahmen.models import Massnahme

from .conftest import anmelden, schreibe, speichern
from .messen import TELEFON

WORD = Path(__file__).with_name("aus_word.html").read_text()
"""What Word puts into the clipboard, shortened, and with what somebody malicious might add."""


@pytest.fixture
def massnahme(monheim) -> Massnahme:
    massnahme = Massnahme.objects.get(kurztitel="Handlungskonzept Ehrenamt")
    Massnahme.objects.filter(pk=massnahme.pk).update(text="")
    massnahme.refresh_from_db()
    return massnahme


@pytest.fixture
def formular(massnahme, monheim):
    return f"/konzepte/monheim-am-rhein/{monheim.slug}/massnahmen/{massnahme.pk}/bearbeiten/"


@pytest.fixture
def seite(kontext, melde_an, formular) -> Page:
    seite = melde_an(kontext)
    seite.goto(formular)
    return seite


@pytest.fixture
def feld(seite):
    return seite.get_by_role("textbox", name="Beschreibung")


def knopf(seite: Page, name: str):
    return seite.get_by_role("toolbar", name="Formatierung: Beschreibung").get_by_role("button", name=name, exact=True)


def tippe(seite: Page, *tasten: str) -> None:
    for taste in tasten:
        seite.keyboard.press(taste)


def gespeichert(seite: Page, massnahme: Massnahme) -> str:
    speichern(seite)
    expect(seite.get_by_role("status").first).to_have_text(re.compile("ist gespeichert"))
    massnahme.refresh_from_db()
    return massnahme.text


def test_tippen_formatieren_speichern_lesen(seite, feld, massnahme):
    feld.click()
    seite.keyboard.type("Wir *helfen* mit # und [x](y): ")
    knopf(seite, "Fett").click()
    expect(knopf(seite, "Fett")).to_have_attribute("aria-pressed", "true")
    seite.keyboard.type("sofort")
    knopf(seite, "Fett").click()
    seite.keyboard.type(".")
    tippe(seite, "Enter")
    knopf(seite, "Liste").click()
    seite.keyboard.type("erstens")
    tippe(seite, "Enter")
    seite.keyboard.type("zweitens")
    tippe(seite, "Enter", "Tab")
    seite.keyboard.type("genauer")
    tippe(seite, "Enter", "Enter", "Enter")
    knopf(seite, "Zwischenüberschrift").click()
    seite.keyboard.type("Später")
    assert gespeichert(seite, massnahme) == (
        "Wir \\*helfen\\* mit # und [x\\](y): **sofort**.\n\n- erstens\n- zweitens\n  - genauer\n\n#### Später"
    )
    zeile = seite.locator(f"#massnahme-{massnahme.pk}")
    expect(zeile).to_contain_text("Wir *helfen* mit # und [x](y): sofort.")
    expect(zeile.locator("strong", has_text="sofort")).to_be_visible()
    expect(zeile.locator("li li")).to_have_text("genauer")


def test_aus_word_eingefuegt(seite, feld, massnahme):
    feld.click()
    feld.evaluate(
        """(feld, html) => {
            const daten = new DataTransfer();
            daten.setData("text/html", html);
            daten.setData("text/plain", "nur Text");
            feld.dispatchEvent(new ClipboardEvent("paste", { clipboardData: daten, bubbles: true, cancelable: true }));
        }""",
        WORD,
    )
    assert gespeichert(seite, massnahme) == (
        "#### Ziele\n\nWir **helfen** den _Ämtern_.\n\n- Erstens\n  - oft\n- Zweitens\n\n3) Drittens\n\n"
        "| Jahr | Wert |\n|---|---|\n| 2026 | 5 |\n\nEnde"
    )


def test_tabelle(seite, feld, massnahme):
    feld.click()
    knopf(seite, "Tabelle einfügen").click()
    for text in ("Jahr", "Zahl | Stand", "2026", "5", "2027", "6"):
        seite.keyboard.type(text)
        tippe(seite, "Tab")
    seite.keyboard.type("2028")
    knopf(seite, "Spalte rechts einfügen").click()
    tippe(seite, "ArrowUp", "ArrowUp")
    knopf(seite, "Zeile löschen").click()
    text = gespeichert(seite, massnahme)
    assert text.startswith("| Jahr |  | Zahl \\| Stand |\n|---|---|---|\n")
    assert "2028" in text
    expect(seite.locator(f"#massnahme-{massnahme.pk} table th").first).to_have_text("Jahr")


def test_eine_spalte_wird_ausgerichtet_und_neue_zeilen_folgen_ihr(seite, feld, massnahme):
    text = "[Tabelle: Nach Orten]\n| A | B |\n|---|---:|\n| c | 1 |"
    Massnahme.objects.filter(pk=massnahme.pk).update(text=text)
    seite.reload()
    expect(feld.locator("p").first).to_have_text("[Tabelle: Nach Orten]")
    expect(feld.locator("td").last).to_have_css("text-align", "right")
    feld.locator("td").first.click()
    knopf(seite, "Spalte mittig").click()
    expect(knopf(seite, "Spalte mittig")).to_have_attribute("aria-pressed", "true")
    feld.locator("td").last.click()
    expect(knopf(seite, "Spalte rechtsbündig")).to_have_attribute("aria-pressed", "true")
    for _ in range(2):
        knopf(seite, "Zeile darunter einfügen").click()
    tippe(seite, "ArrowDown")
    seite.keyboard.type("23")
    expect(feld.locator("td[style*=right]")).to_have_count(3)
    assert gespeichert(seite, massnahme) == (
        "[Tabelle: Nach Orten]\n| A | B |\n|:---:|---:|\n| c | 1 |\n|  | 23 |\n|  |  |"
    )



def test_eine_tabelle_bekommt_einen_titel(seite, feld, massnahme):
    feld.click()
    knopf(seite, "Tabelle einfügen").click()
    seite.keyboard.type("Jahr")
    knopf(seite, "Titel über der Tabelle einfügen").click()
    seite.keyboard.type("Nach Jahren")
    feld.locator("th").first.click()
    expect(knopf(seite, "Titel über der Tabelle einfügen")).to_have_attribute("aria-disabled", "true")
    assert gespeichert(seite, massnahme).startswith("[Tabelle: Nach Jahren]\n| Jahr |  |\n")
    expect(seite.locator(f"#massnahme-{massnahme.pk} table caption")).to_have_text("Nach Jahren")


def test_link(seite, feld, massnahme):
    feld.click()
    seite.keyboard.type("Mehr dazu")
    tippe(seite, "Control+Shift+ArrowLeft", "Control+k")
    dialog = seite.get_by_role("dialog", name="Link")
    adresse = dialog.get_by_label("Adresse")
    expect(adresse).to_be_focused()
    seite.keyboard.type("javascript:alert(1)")
    tippe(seite, "Enter")
    expect(dialog).to_contain_text("So eine Adresse gibt es nicht.")
    adresse.fill("www.monheim.example/ehrenamt")
    tippe(seite, "Enter")
    expect(dialog).to_be_hidden()
    expect(feld).to_be_focused()
    assert gespeichert(seite, massnahme) == "Mehr [dazu](https://www.monheim.example/ehrenamt)"


@pytest.mark.parametrize(("taste", "zeichen"), [("k", "[dazu](https://a.example)"), ("b", "**dazu**")])
def test_kuerzel_kennt_auch_die_auswahl_von_eben(seite, feld, massnahme, taste, zeichen):
    feld.click()
    seite.keyboard.type("Mehr dazu")
    feld.evaluate(
        """(feld, key) => {
            getSelection().modify("extend", "backward", "word");
            const keyCode = key.toUpperCase().charCodeAt(0);
            const art = { key, keyCode, ctrlKey: true, bubbles: true, cancelable: true };
            feld.dispatchEvent(new KeyboardEvent("keydown", art));
        }""",
        taste,
    )
    if taste == "k":
        seite.get_by_role("dialog", name="Link").get_by_label("Adresse").fill("https://a.example")
        tippe(seite, "Enter")
    assert gespeichert(seite, massnahme) == f"Mehr {zeichen}"


def test_nur_mit_der_tastatur(seite, feld, massnahme):
    seite.get_by_label("Titel", exact=True).focus()
    tippe(seite, "Tab")
    expect(knopf(seite, "Fett")).to_be_focused()
    tippe(seite, "ArrowRight")
    expect(knopf(seite, "Kursiv")).to_be_focused()
    tippe(seite, "Enter")
    expect(feld).to_be_focused()
    seite.keyboard.type("schräg")
    tippe(seite, "Control+i", "Enter", "Alt+F10")
    expect(knopf(seite, "Kursiv")).to_be_focused()
    tippe(seite, "ArrowRight", "ArrowRight", "Enter")
    expect(feld).to_be_focused()
    seite.keyboard.type("eins")
    tippe(seite, "Enter")
    seite.keyboard.type("zwei")
    tippe(seite, "Escape", "Tab")
    expect(seite.get_by_label("Gehört zum Ziel")).to_be_focused()
    tippe(seite, "Shift+Tab")
    expect(feld).to_be_focused()
    tippe(seite, "Escape", "Shift+Tab")
    expect(knopf(seite, "Liste")).to_be_focused()
    assert gespeichert(seite, massnahme) == "_schräg_\n\n- eins\n- zwei"


def test_rueckgaengig_ist_wie_nie_angefasst(seite, feld, massnahme):
    Massnahme.objects.filter(pk=massnahme.pk).update(text="* a\n* b\n\n__fett__")
    seite.reload()
    feld.click()
    seite.keyboard.type("neu")
    expect(seite.locator("[name=text-html]")).not_to_have_value("")
    knopf(seite, "Rückgängig").click()
    expect(feld).not_to_contain_text("neu")
    expect(seite.locator("[name=text-html]")).to_have_value("")
    assert gespeichert(seite, massnahme) == "* a\n* b\n\n__fett__"


def test_beschriftet_und_beschrieben_wie_ein_feld(seite, feld, axe):
    expect(feld).to_have_attribute("aria-multiline", "true")
    expect(feld).to_have_accessible_description(re.compile("^Erscheint unter dem Titel .* Alt und F10"))
    expect(feld).not_to_have_accessible_description(re.compile("Leerzeile"))
    expect(seite.get_by_text("Eine Leerzeile beginnt")).to_be_hidden()
    seite.locator("label", has_text="Beschreibung").click()
    expect(feld).to_be_focused()
    seite.keyboard.type("Text")
    axe(seite)
    tippe(seite, "Control+k")
    axe(seite)


def test_sachstand_in_neuer_zeile_und_fehler_fuehren_ins_feld(seite, massnahme):
    anzahl = massnahme.sachstaende.count()
    seite.get_by_role("button", name="Sachstand hinzufügen").click()
    feld = seite.get_by_role("textbox", name=f"Sachstand {anzahl + 1}: Sachstand")
    seite.get_by_label(f"Sachstand {anzahl + 1}: Datum").fill("03.11.2026")
    speichern(seite)
    fehler = seite.locator("#fehler").get_by_role("link", name=re.compile("Beschreiben Sie den Sachstand"))
    fehler.press("Enter")
    expect(feld).to_be_focused()
    expect(feld).to_have_attribute("aria-invalid", "true")
    expect(feld).to_have_accessible_description(re.compile("Beschreiben Sie den Sachstand"))
    seite.keyboard.type("Es geht los")
    seite.get_by_role("button", name="Sachstand hinzufügen").click()
    expect(seite.get_by_role("textbox", name=f"Sachstand {anzahl + 2}: Sachstand")).to_be_visible()
    expect(feld).to_have_text("Es geht los")
    seite.get_by_role("button", name=f"Sachstand {anzahl + 2} entfernen").click()
    speichern(seite)
    expect(seite.get_by_role("status").first).to_have_text(re.compile("ist gespeichert"))
    assert massnahme.sachstaende.filter(text="Es geht los").exists()


def test_abgelaufene_sitzung_behaelt_die_formatierung(kontext, seite, feld, massnahme):
    feld.click()
    seite.keyboard.type("ganz ")
    tippe(seite, "Control+b")
    seite.keyboard.type("wichtig*")
    kontext.clear_cookies()
    speichern(seite)
    anmelden(seite)
    expect(seite.get_by_role("status").first).to_contain_text("Ihre Eingaben sind noch da")
    expect(feld).to_have_text("ganz wichtig*")
    expect(feld.locator("strong")).to_have_text("wichtig*")
    assert gespeichert(seite, massnahme) == "ganz **wichtig\\***"


def test_ohne_javascript_der_dialekt(oeffne_browser, melde_an, massnahme, formular):
    seite = melde_an(oeffne_browser(java_script_enabled=False))
    seite.goto(formular)
    expect(seite.get_by_role("toolbar")).to_have_count(0)
    expect(seite.get_by_text("Eine Leerzeile beginnt")).to_be_visible()
    seite.get_by_label("Beschreibung").fill("**fett**\n\n- Punkt")
    assert gespeichert(seite, massnahme) == "**fett**\n\n- Punkt"


def test_auf_dem_kleinsten_bildschirm_ragt_nichts_hinaus(oeffne_browser, melde_an, massnahme, formular, axe):
    Massnahme.objects.filter(pk=massnahme.pk).update(text="|A|B|C|\n|-|-|-|\n|Wort|" + "Lang" * 30 + "|x|")
    seite = melde_an(oeffne_browser(viewport=TELEFON | {"width": 320}))
    seite.goto(formular)
    seite.get_by_role("textbox", name="Beschreibung").locator("td").first.click()
    expect(knopf(seite, "Spalte löschen")).to_be_visible()
    assert seite.evaluate("document.documentElement.scrollWidth") <= 320
    axe(seite)


def test_eigenes_javascript_einer_seite_bleibt_unter_60_kb(seite):
    adressen = seite.evaluate("performance.getEntriesByType('resource').map(e => e.name)")
    adressen = [adresse for adresse in adressen if "/static/js/" in adresse]
    assert any("editor.js" in adresse for adresse in adressen)
    assert sum(len(seite.request.get(adresse).body()) for adresse in adressen) < 60_000


def test_text_eines_abschnitts(kontext, melde_an, monheim):
    abschnitt = Abschnitt.objects.filter(konzept=monheim, inhalt="").first()
    seite = melde_an(kontext)
    seite.goto(f"/konzepte/monheim-am-rhein/{monheim.slug}/abschnitte/{abschnitt.pk}/bearbeiten/")
    feld = seite.get_by_role("textbox", name="Text")
    schreibe(feld, "Eins.\n\nZwei.")
    speichern(seite)
    expect(seite.get_by_role("status").first).to_have_text(re.compile("ist gespeichert"))
    abschnitt.refresh_from_db()
    assert abschnitt.text == "Eins.\n\nZwei."


def test_was_zu_lang_ist_steht_formatiert_wieder_im_editor(seite, feld, massnahme):
    """The server measures it and does not read it; nothing of it is lost, and shortening it is enough."""
    davor = massnahme.text
    feld.click()
    tippe(seite, "Control+a", "Delete")
    knopf(seite, "Fett").click()
    seite.keyboard.type("Wichtig")
    knopf(seite, "Fett").click()
    seite.keyboard.insert_text(" und mehr" * 11_500)
    speichern(seite)
    fehler = seite.locator("#fehler")
    satz = "Höchstens 100.000 Zeichen haben hier Platz. Der Text hat 103.507, also 3.507 zu viel"
    expect(fehler).to_contain_text(satz)
    feld = seite.get_by_role("textbox", name="Beschreibung")
    expect(feld.locator("strong")).to_have_text("Wichtig")
    massnahme.refresh_from_db()
    assert massnahme.text == davor
    feld.click()
    tippe(seite, "Control+a")
    seite.keyboard.insert_text("Kurz")
    assert gespeichert(seite, massnahme) == "**Kurz**"
