"""How an amount or a period is read: beside its field while somebody types, with a question where that is needed."""

import re

import pytest
from playwright.sync_api import Page, expect

from massnahmen.models import Massnahme

from .conftest import speichern, warte_auf
from .messen import SCHMAL, TELEFON, maengel, zu_breit

ZWEIDEUTIG, QUARTALE = "1/2028 - 2/2028", "1. bis 2. Quartal 2028"


@pytest.fixture
def massnahme(monheim) -> Massnahme:
    return Massnahme.objects.get(kurztitel="Handlungskonzept Ehrenamt")


@pytest.fixture
def formular(massnahme, monheim):
    return f"/konzepte/monheim-am-rhein/{monheim.slug}/massnahmen/{massnahme.pk}/bearbeiten/"


def neue_position(seite: Page) -> str:
    """Add a row of Kosten; the id of its amount."""
    zeilen = seite.locator("#zeilen-kosten li.zeilen__zeile")
    nummer = zeilen.count()
    seite.get_by_role("button", name="Kostenposition hinzufügen").click()
    expect(zeilen).to_have_count(nummer + 1)
    expect(seite.locator(f"#id_kosten-{nummer}-angabe")).to_be_focused()
    return f"id_kosten-{nummer}-angabe"


def test_it_is_said_while_somebody_types(kontext, melde_an, massnahme, formular):
    seite = melde_an(kontext)
    gefragt = []
    seite.on("request", lambda anfrage: gefragt.append(anfrage.url) if "/gelesen/" in anfrage.url else None)
    seite.goto(formular)
    seite.get_by_label("Zeitraum der Umsetzung").fill("2027 bis 2032")
    expect(seite.locator("#id_zeitraum_gelesen")).to_have_text("gelesen: 2027 bis 2032")
    kennung = neue_position(seite)
    vorher = len(gefragt)
    hoehe = seite.locator(f"#{kennung}_lesung").bounding_box()["y"]
    seite.keyboard.type("5.000 € vierteljährlich")
    worte = seite.locator(f"#{kennung}_gelesen")
    expect(worte).to_have_text(re.compile(r"^gelesen: 5\.000.€, viermal im Jahr, 2027 bis 2032"))
    expect(seite.locator("#ansage")).to_have_text(re.compile("^gelesen: 5.000.€, viermal im Jahr"))
    assert len(gefragt) - vorher <= 3  # not at each key
    assert seite.locator(f"#{kennung}_lesung").bounding_box()["y"] == hoehe
    expect(seite.locator(f"#{kennung}")).to_be_focused()

    seite.locator(f"#{kennung.replace('angabe', 'jahr')}").last.fill("2030")
    expect(worte).to_have_text(re.compile("2030 bis 2032"))
    seite.get_by_label("Zeitraum der Umsetzung").fill("2027 bis 2031")
    expect(worte).to_have_text(re.compile("2030 bis 2031"))
    seite.get_by_label("Umsetzungsstand").select_option("entfallen")
    expect(worte).to_have_text(re.compile(r"Die Maßnahme entfällt, davon zählt nichts\.$"))
    seite.get_by_label("Umsetzungsstand").select_option("geplant")
    expect(worte).not_to_have_text(re.compile("entfällt"))


def test_the_latest_answer_wins(kontext, melde_an, massnahme, formular):
    """An answer about what stood in the field before comes too late."""
    seite = melde_an(kontext)
    seite.goto(formular)
    feld = seite.get_by_label("Zeitraum der Umsetzung")
    warten = []
    seite.route("**/gelesen/", lambda weg: warten.append(weg))
    feld.fill("Mai 2027")
    warte_auf(seite, lambda: len(warten) == 1)
    seite.evaluate("document.getElementById('id_zeitraum').value = 'Juni 2028'")
    warten[0].continue_()
    seite.wait_for_timeout(400)
    expect(seite.locator("#id_zeitraum_gelesen")).not_to_have_text("gelesen: Mai 2027")
    seite.unroute("**/gelesen/")
    feld.fill("Juli 2029")
    expect(seite.locator("#id_zeitraum_gelesen")).to_have_text("gelesen: Juli 2029")


def test_without_an_answer_nothing_is_missing(kontext, melde_an, massnahme, formular, beanstandungen):
    beanstandungen.erwarte("Error Code 503")
    seite = melde_an(kontext)
    seite.goto(formular)
    gefragt = []

    def scheitere(weg):
        gefragt.append(weg)
        weg.fulfill(status=503, body="")

    seite.route("**/gelesen/", scheitere)
    seite.get_by_label("Zeitraum der Umsetzung").fill("Mai 2027")
    warte_auf(seite, lambda: gefragt)
    seite.wait_for_timeout(200)
    expect(seite.locator("#verbindung")).to_be_hidden()
    speichern(seite)
    expect(seite.get_by_text("ist gespeichert")).to_be_visible()


def test_what_is_ambiguous_is_asked_chosen_with_the_keyboard_and_saved(kontext, melde_an, massnahme, formular):
    seite = melde_an(kontext)
    seite.goto(formular)
    seite.get_by_label("Zeitraum der Umsetzung").fill(ZWEIDEUTIG)
    gruppe = seite.locator("#div_id_zeitraum").get_by_role("radiogroup")
    expect(gruppe).to_be_visible()
    speichern(seite)
    expect(seite.locator("#fehler")).to_be_focused()
    seite.keyboard.press("Tab")
    seite.keyboard.press("Enter")  # the link of the summary
    expect(seite.get_by_label("Zeitraum der Umsetzung")).to_be_focused()
    seite.keyboard.press("Tab")
    expect(gruppe.get_by_role("radio").first).to_be_focused()
    seite.keyboard.press("ArrowDown")
    expect(gruppe.get_by_label(re.compile(re.escape(QUARTALE)))).to_be_checked()
    assert maengel(seite) == []
    seite.keyboard.press("Enter")
    expect(seite.get_by_text("ist gespeichert")).to_be_visible()
    massnahme.refresh_from_db()
    assert str(massnahme.zeitraum) == QUARTALE


def test_asked_without_javascript_in_a_narrow_window_and_in_forced_colours(
    oeffne_browser, melde_an, massnahme, formular
):
    kontext = oeffne_browser(java_script_enabled=False, viewport=TELEFON, forced_colors="active")
    seite = melde_an(kontext)
    seite.goto(formular)
    seite.get_by_role("button", name="Kostenposition hinzufügen").click()
    seite.get_by_label("Kostenposition 1: Betrag").fill("10.000 €")
    seite.get_by_label("Kostenposition 1: Jahr").fill("2027")
    seite.get_by_label("Kostenposition 1: bis Jahr").fill("2029")
    speichern(seite)
    gruppe = seite.locator("#kosten-0").get_by_role("radiogroup")
    for breite in (SCHMAL, TELEFON):
        seite.set_viewport_size(breite)
        assert list(zu_breit(seite)) == []
    gruppe.get_by_label(re.compile("10.000 € jährlich")).check()
    speichern(seite)
    expect(seite.get_by_text("ist gespeichert")).to_be_visible()
    assert [str(k.angabe) for k in massnahme.kostenpositionen.all()] == ["10.000 € jährlich"]


def test_choosing_a_reading_reads_everything_with_it_at_once(kontext, melde_an, massnahme, formular):
    seite = melde_an(kontext)
    seite.goto(formular)
    kennung = neue_position(seite)
    worte = seite.locator(f"#{kennung}_gelesen")
    seite.locator(f"#{kennung}").fill("600 € monatlich")
    seite.get_by_label("Zeitraum der Umsetzung").fill(ZWEIDEUTIG)
    frage = seite.locator("#div_id_zeitraum").get_by_role("radiogroup")
    quartale = frage.get_by_label(re.compile(re.escape(QUARTALE)))
    quartale.check()
    expect(seite.locator("#id_zeitraum_gelesen")).to_have_text(re.compile("^gelesen: Januar bis Juni 2028"))
    expect(worte).to_have_text(re.compile("zusammen 3.600.€"))
    expect(seite.locator("#ansage")).to_have_text(re.compile("^gelesen: Januar bis Juni 2028[^?]*$"))
    expect(quartale).to_be_checked()
    expect(quartale).to_be_focused()

    seite.keyboard.press("ArrowDown")  # otherwise, with the keyboard
    expect(worte).to_have_text(re.compile("zusammen 7.200.€"))
    expect(frage.get_by_label(re.compile("Halbjahr"))).to_be_checked()
    expect(frage.get_by_label(re.compile("Halbjahr"))).to_be_focused()
    expect(seite.get_by_label("Zeitraum der Umsetzung")).to_have_value(ZWEIDEUTIG)

    seite.locator(f"#{kennung}").fill("10.000 €")
    seite.locator(f"#{kennung.replace('angabe', 'jahr')}").fill("2027")
    seite.locator(f"#{kennung.replace('angabe', 'bis_jahr')}").fill("2029")
    seite.get_by_label(re.compile("„10.000 € jährlich“")).check()
    expect(worte).to_have_text(re.compile("zusammen 30.000.€"))
    seite.get_by_label(re.compile("„10.000 € einmalig“")).check()
    expect(worte).to_have_text(re.compile("10.000.€, einmal"))
    assert maengel(seite) == []
    speichern(seite)
    expect(seite.get_by_text("ist gespeichert")).to_be_visible()
    massnahme.refresh_from_db()
    assert str(massnahme.zeitraum) == "1. bis 2. Halbjahr 2028"
    assert [str(k.angabe) for k in massnahme.kostenpositionen.all()] == ["10.000 € einmalig"]


def test_an_answer_about_another_choice_comes_too_late(kontext, melde_an, massnahme, formular):
    seite = melde_an(kontext)
    seite.goto(formular)
    seite.get_by_label("Zeitraum der Umsetzung").fill(ZWEIDEUTIG)
    frage = seite.locator("#div_id_zeitraum").get_by_role("radiogroup")
    expect(frage).to_be_visible()
    warten = []
    seite.route("**/gelesen/", lambda weg: warten.append(weg))
    frage.get_by_label(re.compile(re.escape(QUARTALE))).check()
    warte_auf(seite, lambda: len(warten) == 1)
    seite.evaluate("document.querySelector('#div_id_zeitraum [type=radio][value=bleibt]').checked = true")
    warten[0].continue_()
    seite.wait_for_timeout(400)
    expect(frage.get_by_label(re.compile("So stehen lassen"))).to_be_checked()
    expect(seite.locator("#id_zeitraum_gelesen")).to_have_text(re.compile("^mehrdeutig"))


def test_amounts_in_words_become_kostenpositionen(kontext, melde_an, massnahme, formular):
    seite = melde_an(kontext)
    seite.goto(formular)
    seite.get_by_label("Titel", exact=True).fill("Ein anderer Titel")
    seite.get_by_label("Kosten in Worten").fill("einmalig 5.000 € und jährlich 2.000 €")
    seite.get_by_role("button", name="als Kostenpositionen übernehmen").click()
    hinweis = seite.locator("#umgebaut")
    expect(hinweis).to_be_focused()
    expect(hinweis).to_contain_text("stehen jetzt als Kostenpositionen unten")
    expect(seite.get_by_label("Titel", exact=True)).to_have_value("Ein anderer Titel")
    expect(seite.get_by_label("Kosten in Worten")).to_have_value("")
    assert maengel(seite) == []
    hinweis.get_by_role("link").click()
    expect(seite.get_by_label("Kostenposition 1: Betrag")).to_be_focused()
    expect(seite.get_by_label("Kostenposition 1: Betrag")).to_have_value("einmalig 5.000 €")

    seite.get_by_label("Kostenposition 1: Betrag").fill("100 € monatlich, einmalig 70 €")
    seite.get_by_role("button", name="Als 2 Kostenpositionen aufteilen").click()
    expect(hinweis).to_contain_text("ist aufgeteilt")
    speichern(seite)
    expect(seite.get_by_text("ist gespeichert")).to_be_visible()
    assert [str(k.angabe) for k in massnahme.kostenpositionen.all()] == [
        "100 € monatlich",
        "einmalig 70 €",
        "jährlich 2.000 €",
    ]
