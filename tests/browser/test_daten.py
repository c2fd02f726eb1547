"""One's own data, the log and the public pages, as a person uses them."""

import json
import re

import pytest
from playwright.sync_api import expect

from konzept.konten.models import Benutzer, Protokolleintrag
from tests.fabrik import KENNWORT, mache_benutzer, mache_kommune

from .conftest import anmelden
from .messen import maengel

EMAIL = "eva@stadt.example"


@pytest.fixture
def eva(live_server):
    kommune = mache_kommune(datenschutz_url="https://stadt.example/datenschutz")
    mache_benutzer(kommune, "leitung", name="Ole Anders")
    return mache_benutzer(kommune, "leitung", email=EMAIL, name="Eva Eigen")


def test_take_the_data_along_then_erase_the_account(seite, eva):
    seite.goto("/konto/daten/")
    anmelden(seite, EMAIL)
    expect(seite.get_by_role("heading", level=1)).to_have_text("Ihre Daten")
    with seite.expect_download() as laden:
        seite.get_by_role("button", name="Alle Daten als Datei herunterladen").click()
    assert re.fullmatch(r"konzeptwerk-daten-\d{4}-\d\d-\d\d\.json", laden.value.suggested_filename)
    with open(laden.value.path(), encoding="utf-8") as datei:
        assert json.load(datei)["konto"]["e_mail"] == EMAIL

    seite.get_by_role("link", name="Konto löschen").click()
    seite.get_by_role("button", name="Konto löschen").click()
    expect(seite.locator("#fehler")).to_contain_text("Setzen Sie den Haken")
    seite.get_by_label("Ja, mein Konto soll gelöscht werden").check()
    seite.get_by_role("button", name="Konto löschen").click()
    seite.get_by_label("Kennwort").fill(KENNWORT)
    seite.locator("main form button[type=submit]").first.click()
    expect(seite.get_by_text("Ihr Konto ist gelöscht.")).to_be_visible()

    anmelden(seite, EMAIL)
    expect(seite.locator("#fehler")).to_contain_text("passen nicht zusammen")
    assert not Benutzer.objects.filter(email=EMAIL).exists()


@pytest.mark.parametrize("skript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_find_something_in_the_log(skript, oeffne_browser, melde_an, eva):
    for ereignis in ("ausgabe", "stammdaten"):
        Protokolleintrag.objects.create(
            kommune=eva.mitgliedschaften.get().kommune, benutzer=eva, ereignis=ereignis, text=f"Text {ereignis}"
        )
    seite = melde_an(oeffne_browser(java_script_enabled=skript), EMAIL)
    seite.goto("/kommunen/musterhausen/protokoll/")
    seite.get_by_label("Ereignis").select_option(label="ausgegeben")
    seite.get_by_label("Person").select_option(label="Eva Eigen")
    seite.get_by_role("button", name="Anzeigen").click()
    expect(seite.locator("tbody tr")).to_have_count(1)
    expect(seite.locator("tbody")).to_contain_text("Text ausgabe")
    seite.get_by_role("link", name="Alle Einträge zeigen").click()
    expect(seite.locator("tbody")).to_contain_text("Text stammdaten")


def test_the_log_is_accessible_and_fits(kontext, melde_an, eva):
    seite = melde_an(kontext, EMAIL)
    Protokolleintrag.objects.create(kommune=eva.mitgliedschaften.get().kommune, person=eva, ereignis="ausgabe")
    for frage in ("", "?von=2026-05-04&bis=2026-05-01", "?ereignis=freigegeben"):
        pfad = f"/kommunen/musterhausen/protokoll/{frage}"
        seite.goto(pfad)
        assert maengel(seite) == [], pfad
