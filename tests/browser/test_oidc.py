"""A person signs in through an identity provider that runs on this machine, in a real browser."""

import pytest
from playwright.sync_api import expect

from konzept.konten.models import Benutzer
from massnahmen.models import Massnahme
from tests.anmeldedienst import ANNA, laufender_anbieter, stelle_ein
from tests.browser.conftest import REDAKTION, speichern
from tests.browser.messen import TELEFON
from tests.fabrik import formular_adresse, mache_kommune, mache_konzept

GESTALTUNG = "https://cdn.jsdelivr.net/"


@pytest.fixture
def anbieter(settings, beanstandungen):
    """A provider whose pages the browser may open; their style sheet, which lies elsewhere, stays away."""
    with laufender_anbieter() as anbieter:
        beanstandungen.erwarte(*(f"request to another host: {ort}" for ort in (f"{anbieter.url}/", GESTALTUNG)))
        stelle_ein(settings, anbieter.url, NAME="Stadtkonto")
        yield anbieter


@pytest.fixture
def oeffne(oeffne_browser, anbieter):
    """`oeffne(**options of Playwright)`: a fresh profile."""

    def profil(**optionen):
        kontext = oeffne_browser(**optionen)
        kontext.route(f"{GESTALTUNG}**", lambda weg: weg.fulfill(body="", content_type="text/css"))
        return kontext

    return profil


def zum_dienst(seite) -> None:
    seite.get_by_role("button", name="Mit Stadtkonto anmelden").click()


def stimmt_zu(seite, sub: str) -> None:
    """On the provider's own page."""
    expect(seite.get_by_role("heading", name="Authorize Client")).to_be_visible()
    seite.get_by_placeholder("sub").fill(sub)
    seite.get_by_role("button", name="Authorize").click()


@pytest.mark.parametrize("optionen", [{}, {"java_script_enabled": False, "viewport": TELEFON}], ids=["js", "ohne js"])
def test_groups_open_a_concept_and_close_it_again(oeffne, anbieter, optionen):
    konzept = mache_konzept(mache_kommune("musterhausen"))
    adresse = f"/konzepte/musterhausen/{konzept.slug}/"
    anbieter.kennt("anna", email=ANNA, email_verified=True, name="Anna Amsel", groups=["fb50-alle"])
    seite = oeffne(**optionen).new_page()
    seite.goto(adresse)
    zum_dienst(seite)
    stimmt_zu(seite, "anna")
    expect(seite.get_by_role("heading", name=konzept.titel, level=1)).to_be_visible()
    expect(seite.get_by_text("Anna Amsel").first).to_be_attached()
    assert seite.url.endswith(adresse)

    anbieter.kennt("anna", email=ANNA, email_verified=True, name="Anna Amsel", groups=[])
    andere = oeffne(**optionen).new_page()
    andere.goto(adresse)
    zum_dienst(andere)
    stimmt_zu(andere, "anna")
    expect(andere.get_by_role("heading", name="Diese Seite gibt es nicht")).to_be_visible()
    seite.reload()
    expect(seite.get_by_role("heading", name="Diese Seite gibt es nicht")).to_be_visible()
    assert not Benutzer.objects.get(email=ANNA).mitgliedschaften.exists()


def test_typed_text_survives_the_way_over_the_provider(oeffne, anbieter, monheim, melde_an):
    anbieter.kennt("redaktion", email=REDAKTION, email_verified=True)
    massnahme = Massnahme.objects.first()
    seite = melde_an(oeffne(), REDAKTION)
    seite.goto(formular_adresse(massnahme))
    seite.get_by_label("Titel").first.fill("Über den Anmeldedienst gerettet")
    seite.context.clear_cookies()
    speichern(seite)
    zum_dienst(seite)
    stimmt_zu(seite, "redaktion")
    expect(seite.get_by_label("Titel").first).to_have_value("Über den Anmeldedienst gerettet")
    assert seite.url.endswith(formular_adresse(massnahme))
    massnahme.refresh_from_db()
    assert massnahme.titel != "Über den Anmeldedienst gerettet"


def test_the_pages_of_signing_in_are_accessible(oeffne, anbieter, settings, axe):
    for sub, angaben in (("fremd", {"email_verified": True}), ("unbestaetigt", {})):
        anbieter.kennt(sub, email=f"{sub}@stadt.example", **angaben)
        seite = oeffne(viewport={"width": 320, "height": 640}).new_page()
        seite.goto("/anmelden/")
        axe(seite)
        zum_dienst(seite)
        stimmt_zu(seite, sub)
        expect(seite.get_by_role("heading", name="Kein Zugang")).to_be_visible()
        assert seite.evaluate("document.documentElement.scrollWidth") <= 320
        axe(seite)
    seite.get_by_role("link", name="Zur Anmeldung").click()
    expect(seite.get_by_role("button", name="Mit Stadtkonto anmelden")).to_be_visible()
    stelle_ein(settings, "http://localhost:1", NAME="Stadtkonto", ORIGINS=anbieter.url)
    zum_dienst(seite)
    expect(seite.get_by_role("alert").filter(visible=True)).to_contain_text("Stadtkonto ist zurzeit nicht erreichbar.")
    axe(seite)


def test_the_link_is_seen_and_undone_in_the_own_account(oeffne, anbieter, axe):
    mache_kommune("musterhausen")
    anbieter.kennt("anna", email=ANNA, email_verified=True, groups=["fb50-alle"])
    seite = oeffne().new_page()
    seite.goto("/anmelden/?next=/konto/anmeldedienste/")
    zum_dienst(seite)
    stimmt_zu(seite, "anna")
    expect(seite.get_by_role("heading", name="Anmelden mit Stadtkonto")).to_be_visible()
    axe(seite)
    seite.get_by_role("button", name="Verknüpfung lösen").click()
    expect(seite.get_by_role("alert").filter(visible=True)).to_contain_text("Setzen Sie zuerst eines")
