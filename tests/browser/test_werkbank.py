"""Colleagues at work on the outline and the elements of a concept, with things going wrong."""

import re

import pytest
from playwright.sync_api import Page, expect

from konzept.models import Abschnitt
from konzept.verlauf.models import Aenderung
from massnahmen.models import Massnahme

from .conftest import KOLLEGIN, speichern
from .messen import maengel


@pytest.fixture
def k(monheim) -> str:
    return f"/konzepte/monheim-am-rhein/{monheim.slug}"


@pytest.fixture
def massnahme(monheim) -> Massnahme:
    return Massnahme.objects.get(kurztitel="Handlungskonzept Ehrenamt")


def zeile(seite: Page, titel: str):
    return seite.locator(".werkbaum__zeile").filter(has=seite.get_by_role("link", name=re.compile(f"{titel}$")))


def oeffne_menue(seite: Page, titel: str) -> None:
    """With the keyboard."""
    zeile(seite, titel).get_by_role("link", name="Mehr zu").press("Enter")
    expect(zeile(seite, titel).get_by_role("link", name="+ Abschnitt danach")).to_be_visible()
    expect(zeile(seite, titel).locator("summary")).to_be_focused()


def oberste(seite: Page) -> list[str]:
    oben = ".gliederungsform > .werkbaum > li > .werkbaum__zeile"
    return seite.locator(f"{oben} .werkbaum__text > a:first-of-type").all_inner_texts()


def test_moving_inserting_and_deleting_with_the_keyboard(kontext, melde_an, k, monheim):
    seite = melde_an(kontext)
    seite.goto(f"{k}/gliederung/")
    vorher = oberste(seite)
    knopf = zeile(seite, "Vorwort").get_by_role("button", name="Vorwort nach unten")
    knopf.focus()
    seite.keyboard.press("Enter")
    expect(seite.locator(".gliederungsform > .werkbaum > li").nth(1)).to_contain_text("Vorwort")
    assert oberste(seite)[1].endswith("Vorwort")
    assert oberste(seite)[0].startswith("1 "), "the numbers follow at once"

    oeffne_menue(seite, "Vorwort")
    seite.keyboard.press("Escape")
    expect(zeile(seite, "Vorwort").get_by_role("link", name="+ Abschnitt danach")).to_be_hidden()
    expect(zeile(seite, "Vorwort").locator("summary")).to_be_focused()
    seite.keyboard.press("Enter")
    zeile(seite, "Vorwort").get_by_role("link", name="+ Abschnitt danach").press("Enter")
    seite.get_by_label("Titel", exact=True).fill("Grußwort des Integrationsrats")
    seite.keyboard.press("Enter")
    expect(zeile(seite, "Grußwort des Integrationsrats")).to_be_visible()
    assert oberste(seite)[2].endswith("Grußwort des Integrationsrats")

    oeffne_menue(seite, "Grußwort des Integrationsrats")
    zeile(seite, "Grußwort des Integrationsrats").get_by_role("link", name="Löschen …").press("Enter")
    seite.get_by_role("button", name="In den Papierkorb legen").press("Enter")
    expect(seite.get_by_role("status").first).to_contain_text("liegt im Papierkorb")
    assert len(oberste(seite)) == len(vorher)
    seite.get_by_role("link", name="Papierkorb (1)").press("Enter")
    seite.get_by_role("button", name=re.compile("Zurückholen.*Grußwort")).press("Enter")
    expect(seite.get_by_label("Titel", exact=True)).to_have_value("Grußwort des Integrationsrats")


def test_moving_with_the_mouse(oeffne_browser, melde_an, k, monheim):
    # High enough that nothing scrolls between taking a line up and putting it down.
    seite = melde_an(oeffne_browser(viewport={"width": 1440, "height": 3000}))
    seite.goto(f"{k}/gliederung/")
    titel = [a.titel for a in monheim.abschnitte.filter(oberabschnitt=None)]
    ziel = zeile(seite, titel[0]).locator(".werkbaum__text")
    zeile(seite, titel[-1]).locator(".werkbaum__text").drag_to(ziel, target_position={"x": 20, "y": 3})
    expect(seite.get_by_role("status").first).to_contain_text("ist verschoben")
    assert monheim.abschnitte.filter(oberabschnitt=None).first().titel == titel[-1]


def test_everything_without_javascript(oeffne_browser, melde_an, k, monheim):
    seite = melde_an(oeffne_browser(java_script_enabled=False))
    seite.goto(f"{k}/gliederung/")
    zeile(seite, "Vorwort").get_by_role("button", name="Vorwort nach unten").click()
    expect(seite.locator(".gliederungsform > .werkbaum > li").nth(1)).to_contain_text("Vorwort")
    assert oberste(seite)[1].endswith("Vorwort")
    zeile(seite, "Vorwort").get_by_role("link", name="Mehr zu").click()
    seite.get_by_role("main").get_by_role("link", name="Verschieben …").click()
    seite.get_by_label("Steht unter").select_option(index=2)
    seite.get_by_role("button", name="Verschieben").click()
    expect(seite.get_by_role("status").first).to_contain_text("ist verschoben")
    assert Abschnitt.objects.get(konzept=monheim, titel="Vorwort").oberabschnitt is not None
    zeile(seite, "Vorwort").locator(".werkbaum__text").get_by_role("link", name="Vorwort").click()
    seite.get_by_label("Titel", exact=True).fill("Geleitwort")
    speichern(seite)
    expect(seite.get_by_role("heading", name=re.compile("Geleitwort"))).to_be_visible()
    seite.goto(f"{k}/gliederung/")
    zeile(seite, "Geleitwort").get_by_role("link", name="Mehr zu").click()
    seite.get_by_role("main").get_by_role("link", name="Verlauf").click()
    expect(seite.get_by_role("main")).to_contain_text("Geleitwort")
    seite.get_by_role("link", name="Diesen Stand ansehen oder wiederherstellen").first.click()
    seite.get_by_role("button", name="Diesen Stand wiederherstellen").click()
    expect(seite.get_by_role("status").first).to_contain_text("hat wieder den Stand")
    assert Abschnitt.objects.filter(konzept=monheim, titel="Vorwort").exists()


def test_a_tab_that_is_closed_while_typing(kontext, melde_an, k, massnahme):
    seite = melde_an(kontext)
    adresse = f"{k}/massnahmen/{massnahme.pk}/bearbeiten/"
    seite.goto(adresse)
    seite.get_by_label("Titel", exact=True).fill("Noch nicht gespeichert")
    expect(seite.locator("[data-zwischenstand-hinweis]")).to_contain_text("Zwischengespeichert")
    seite.close(run_before_unload=False)

    neue = kontext.new_page()
    neue.goto(adresse)
    expect(neue.get_by_role("status").first).to_contain_text("Ihre Eingaben sind noch da")
    expect(neue.get_by_label("Titel", exact=True)).to_have_value("Noch nicht gespeichert")
    neue.get_by_role("button", name="Verwerfen").click()
    neue.goto(adresse)
    expect(neue.get_by_label("Titel", exact=True)).to_have_value(massnahme.titel)


def test_a_network_that_drops_while_typing(kontext, melde_an, k, massnahme, beanstandungen):
    seite = melde_an(kontext)
    adresse = f"{k}/massnahmen/{massnahme.pk}/bearbeiten/"
    seite.goto(adresse)
    beanstandungen.erwarte("ERR_INTERNET_DISCONNECTED")
    kontext.set_offline(True)
    seite.get_by_label("Titel", exact=True).fill("Im Funkloch geschrieben")
    expect(seite.locator("[data-zwischenstand-hinweis]")).to_contain_text("In diesem Browser")
    seite.close(run_before_unload=False)
    kontext.set_offline(False)

    neue = kontext.new_page()
    neue.goto(adresse)
    expect(neue.get_by_role("status").first).to_contain_text("Ihre Eingaben sind noch da")
    expect(neue.get_by_label("Titel", exact=True)).to_have_value("Im Funkloch geschrieben")


def test_a_measure_that_is_deleted_while_somebody_edits_it(oeffne_browser, melde_an, k, massnahme):
    ich, kollegin = melde_an(oeffne_browser()), melde_an(oeffne_browser(), KOLLEGIN)
    adresse = f"{k}/massnahmen/{massnahme.pk}"
    ich.goto(f"{adresse}/bearbeiten/")
    ich.get_by_label("Titel", exact=True).fill("Mein neuer Titel")
    kollegin.goto(f"{adresse}/loeschen/")
    kollegin.get_by_role("button", name="In den Papierkorb legen").click()
    expect(kollegin.get_by_role("status").first).to_contain_text("liegt im Papierkorb")

    speichern(ich)
    expect(ich.get_by_role("heading", level=1)).to_have_text("Das liegt im Papierkorb")
    ich.get_by_role("button", name="Zurückholen").click()
    expect(ich.get_by_label("Titel", exact=True)).to_have_value("Mein neuer Titel")
    speichern(ich)
    massnahme.refresh_from_db()
    assert massnahme.titel == "Mein neuer Titel"
    assert massnahme.schritte.count() == 3


def test_pages_full_of_an_example_are_accessible_and_fit(kontext, melde_an, k, monheim, massnahme):
    """What the walk over every page (`test_jede_seite`) sees with little in it."""
    seite = melde_an(kontext)
    abschnitt = monheim.abschnitte.filter(inhalt="").first()
    seite.goto(f"{k}/abschnitte/{abschnitt.pk}/bearbeiten/")
    seite.get_by_label("Titel", exact=True).fill("Geändert")
    speichern(seite)
    aenderung = Aenderung.objects.filter(anker=f"abschnitt-{abschnitt.pk}").last()
    for adresse in (
        f"{k}/gliederung/?feld={massnahme.handlungsfeld_id}",
        f"{k}/offen/",
        f"{k}/zeit-und-geld/",
        f"{k}/massnahmen/{massnahme.pk}/verschieben/",
        f"{k}/massnahmen/{massnahme.pk}/mehr/",
        f"{k}/massnahmen/neu/?in=handlungsfeld-{massnahme.handlungsfeld_id}",
        f"{k}/abschnitte/{abschnitt.pk}/verlauf/",
        f"{k}/abschnitte/{abschnitt.pk}/verlauf/{aenderung.pk}/",
        f"{k}/prozessschritte/{monheim.prozessschritte.first().pk}/bearbeiten/",
        "/kommunen/monheim-am-rhein/akteure/",
    ):
        assert seite.goto(adresse).status == 200, adresse
        assert maengel(seite) == [], adresse
