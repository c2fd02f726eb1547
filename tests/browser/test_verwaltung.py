"""Running a Kommune: inviting and accepting, changing roles, the menu of Kommunen; every page accessible and narrow."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from konzept.konten.models import Benutzer
from konzept.konten.vorgaenge import lade_ein
from tests.fabrik import KENNWORT, mache_akteur, mache_benutzer, mache_kommune, mache_konzept

from .messen import KLAPPEN, TELEFON, maengel

LEITUNG = "leitung@stadt.example"
# In the dark only colours differ; these pages show all of them.
DUNKEL = {"Kommune", "members", "roles", "roles with an error", "removing the last Leitung"}


@pytest.fixture
def kommune(live_server):
    """A Kommune with a Leitung who has a role in a second one, a member with a long name, and an open invitation."""
    kommune = mache_konzept(titel="Integrationskonzept 2027").kommune
    leitung = mache_benutzer(kommune, "leitung", email=LEITUNG, name="Lena Leitung")
    leitung.mitgliedschaften.create(kommune=mache_kommune("aalen"), rolle="gremium")
    akteur = mache_akteur(kommune, "51", name="Jugendamt")
    person = mache_benutzer(name="Dr. Annegret Schulze-Hohenkirchen-Wallenstein", email=f"{'lang' * 12}@stadt.example")
    person.mitgliedschaften.create(kommune=kommune, rolle="mitwirkung", akteur=akteur)
    person.mitgliedschaften.create(kommune=kommune, rolle="lesen", herkunft="anmeldedienst")
    return kommune


def link_der_mail() -> str:
    return re.search(r"/einladung/\S+", mail.outbox[-1].body)[0]


@pytest.mark.parametrize("javascript", [True, False], ids=["mit Skript", "ohne Skript"])
def test_einladen_annehmen_und_gleich_lesen(javascript, oeffne_browser, melde_an, kommune):
    seite = melde_an(oeffne_browser(java_script_enabled=javascript), LEITUNG)
    seite.goto(f"/kommunen/{kommune.slug}/mitglieder/")
    seite.get_by_role("link", name="Mitglied einladen").click()
    seite.get_by_label("E-Mail-Adresse").fill("keine adresse")
    seite.get_by_role("button", name="Einladung senden").click()
    expect(seite.locator("#fehler")).to_be_focused()
    seite.get_by_label("E-Mail-Adresse").fill("nina@stadt.example")
    seite.get_by_role("radio", name="Redaktion:").check()
    seite.get_by_role("button", name="Einladung senden").click()
    expect(seite.get_by_role("status").first).to_contain_text("nina@stadt.example ist unterwegs")

    neu = oeffne_browser(java_script_enabled=javascript, viewport=TELEFON).new_page()
    neu.goto(link_der_mail())
    neu.get_by_label("Ihr Name").fill("Nina Neu")
    neu.get_by_label("Kennwort", exact=True).fill(KENNWORT)
    neu.get_by_label("Kennwort wiederholen").fill(KENNWORT)
    neu.get_by_role("button", name="Konto anlegen und annehmen").click()
    expect(neu.get_by_role("heading", level=1)).to_have_text(str(kommune))
    neu.get_by_role("link", name="Integrationskonzept 2027").click()
    expect(neu.get_by_role("heading", level=1)).to_have_text("Integrationskonzept 2027")

    seite.reload()
    mitglieder = seite.get_by_role("region", name="Wer dabei ist")
    zeile = mitglieder.get_by_role("row", name="Nina Neu")
    expect(zeile).to_contain_text("Redaktion")
    zeile.get_by_role("link", name="Rollen ändern").click()
    seite.get_by_label("Lesezugang").check()
    seite.get_by_label("Redaktion").uncheck()
    seite.get_by_role("button", name="Speichern").click()
    expect(mitglieder.get_by_role("row", name="Nina Neu")).to_contain_text("Lesezugang")
    mitglieder.get_by_role("row", name="Nina Neu").get_by_role("link", name="Entfernen").click()
    seite.get_by_role("button", name="Entfernen").click()
    expect(mitglieder.get_by_role("row", name="Nina Neu")).to_have_count(0)
    assert Benutzer.objects.filter(email="nina@stadt.example").exists()


@pytest.mark.parametrize("javascript", [True, False], ids=["mit Skript", "ohne Skript"])
def test_mit_der_tastatur_in_eine_andere_kommune(javascript, oeffne_browser, melde_an, kommune):
    seite = melde_an(oeffne_browser(java_script_enabled=javascript), LEITUNG)
    seite.goto(f"/kommunen/{kommune.slug}/")
    menue = seite.locator(".kommunenwahl")
    expect(menue.get_by_role("link", name="Stadt Aalen")).to_be_hidden()
    menue.locator("summary").focus()
    seite.keyboard.press("Enter")
    expect(menue.locator("[aria-current]")).to_have_text(str(kommune))
    seite.keyboard.press("Tab")
    expect(menue.get_by_role("link", name="Stadt Aalen")).to_be_focused()
    seite.keyboard.press("Enter")
    expect(seite.get_by_role("heading", level=1)).to_have_text("Stadt Aalen")
    expect(seite.get_by_text("die Ihrem Gremium vorgelegt werden")).to_be_visible()


def seitenarten(kontext, melde_an, kommune):
    """Every page, one after the other, in the state that the name says."""
    wurzel = f"/kommunen/{kommune.slug}/"
    leitung = Benutzer.objects.get(email=LEITUNG)
    person = Benutzer.objects.get(name__startswith="Dr.")
    einladung, neu = lade_ein(kommune, f"{'neu' * 12}@stadt.example", "leitung", eingeladen_von=leitung)
    _, da = lade_ein(kommune, person.email, "redaktion", eingeladen_von=leitung)
    _, ich = lade_ein(kommune, LEITUNG, "redaktion", eingeladen_von=leitung)
    seite = kontext.new_page()
    for name, schluessel in {"new account": neu, "account is there": da, "unknown link": "x"}.items():
        seite.goto(f"/einladung/{schluessel}/")
        yield name, seite
    seite.goto(f"/einladung/{neu}/")
    seite.get_by_role("button", name="Konto anlegen und annehmen").click()
    expect(seite.locator("#fehler")).to_be_visible()
    yield "new account with errors", seite

    seite = melde_an(kontext, LEITUNG)
    for name, pfad in {
        "start": "/",
        "Kommune": wurzel,
        "members": f"{wurzel}mitglieder/",
        "roles": f"{wurzel}mitglieder/{person.pk}/bearbeiten/",
        "removing": f"{wurzel}mitglieder/{person.pk}/entfernen/",
        "removing the last Leitung": f"{wurzel}mitglieder/{leitung.pk}/entfernen/",
        "inviting": f"{wurzel}einladungen/neu/",
        "sending again": f"{wurzel}einladungen/{einladung.pk}/erneut/",
        "taking back": f"{wurzel}einladungen/{einladung.pk}/widerrufen/",
        "master data": f"{wurzel}stammdaten/",
        "accepting": f"/einladung/{ich}/",
        "wrong account": f"/einladung/{neu}/",
    }.items():
        seite.goto(pfad)
        yield name, seite
    seite.goto(f"{wurzel}mitglieder/{leitung.pk}/bearbeiten/")
    seite.get_by_label("Leitung").uncheck()
    seite.get_by_label("Lesezugang").check()
    seite.get_by_role("button", name="Speichern").click()
    expect(seite.locator("#fehler")).to_be_visible()
    yield "roles with an error", seite
    seite.goto(f"{wurzel}stammdaten/")
    seite.get_by_label("Amtliche Bezeichnung").fill("")
    seite.get_by_role("button", name="Speichern", exact=True).click()
    expect(seite.locator("#fehler")).to_be_visible()
    yield "master data with an error", seite


def test_jede_seite_ist_zugaenglich(kontext, melde_an, kommune):
    gefunden = []
    for name, seite in seitenarten(kontext, melde_an, kommune):
        gefunden += [f"{name}: {mangel}" for mangel in maengel(seite, dunkel=name in DUNKEL)]
        if name == "Kommune":
            seite.evaluate(KLAPPEN, True)
            gefunden += [f"{name}, unfolded: {mangel}" for mangel in maengel(seite)]
    assert not gefunden, "\n\n".join(gefunden)
