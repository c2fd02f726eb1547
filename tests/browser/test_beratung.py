"""A Beratung from end to end: laid before people, commented on, answered; every page accessible and narrow."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from konzept.beratung.models import Anmerkung, Stellungnahme
from konzept.fassungen.vorgaenge import festschreiben
from konzept.fliesstext import Absatz
from konzept.konten.models import Benutzer
from tests.fabrik import mache_anmerkung, mache_benutzer, mache_runde, mache_stellungnahme

from .messen import DESKTOP, TELEFON, maengel

LEITUNG, MITGLIED = "leitung@stadt.example", "mitglied@stadt.example"


@pytest.fixture
def fassung(monheim):
    leitung = mache_benutzer(monheim.kommune, "leitung", email=LEITUNG, name="Lena Leitung")
    mache_benutzer(monheim.kommune, "gremium", email=MITGLIED, name="Mira Mitglied")
    return festschreiben(konzept=monheim, art="entwurf", konto=leitung)


@pytest.mark.parametrize("javascript", [True, False], ids=["mit Skript", "ohne Skript"])
def test_vorlegen_anmerken_antworten(javascript, oeffne_browser, melde_an, fassung):
    gremium = fassung.konzept.kommune.gremien.create(name="Integrationsrat der Stadt")
    gremium.sitze.create(benutzer=Benutzer.objects.get(email=MITGLIED))
    anfang = f"/konzepte/{fassung.konzept.kommune.slug}/{fassung.konzept.slug}/beratung/"

    leitung = melde_an(oeffne_browser(java_script_enabled=javascript), LEITUNG)
    leitung.goto(anfang)
    leitung.get_by_role("link", name="Fassung zur Beratung vorlegen").click()
    expect(leitung.get_by_role("heading", level=1)).to_have_text("Fassung zur Beratung vorlegen")
    leitung.get_by_label("Integrationsrat der Stadt").check()
    leitung.get_by_label("Anmerkungen bis").fill("31.12.2099")
    leitung.get_by_role("button", name="Vorlegen", exact=True).last.click()
    expect(leitung.get_by_role("status").first).to_contain_text("gespeichert")
    expect(leitung.get_by_text("Eine E-Mail an 1 Person ist unterwegs.")).to_be_visible()

    mitglied = melde_an(oeffne_browser(java_script_enabled=javascript, viewport=TELEFON), MITGLIED)
    mitglied.goto(re.search(r"http://\S+(/konzepte/\S+)", mail.outbox[-1].body)[1])
    expect(mitglied.locator(".pruefen")).to_be_visible()
    mitglied.get_by_label("Randnummer", exact=True).fill("2")
    mitglied.get_by_role("button", name="Gehe zu").click()
    expect(mitglied).to_have_url(re.compile("#rn-2$"))
    mitglied.locator("#rn-2").click()
    expect(mitglied.get_by_role("heading", level=1)).to_have_text("Anmerken zu Randnummer 2")
    mitglied.get_by_label("Ihre Anmerkung").fill("Es gibt schon eine Liste.")
    mitglied.get_by_role("button", name="Speichern", exact=True).last.click()
    expect(mitglied.locator(".anmerkung")).to_contain_text("Es gibt schon eine Liste.")

    leitung.goto(anfang)
    leitung.get_by_role("link", name="Abwägung").last.click()
    leitung.get_by_role("link", name="Es gibt schon eine Liste.").click()
    expect(leitung.get_by_role("heading", level=1)).to_contain_text("Stellungnahme")
    leitung.get_by_label("zur Kenntnis genommen").check()
    leitung.get_by_label("Begründung").fill("Danke für den Hinweis.")
    leitung.get_by_role("button", name="freigeben").click()
    expect(leitung.get_by_role("heading", level=1)).to_have_text("Abwägung")

    mitglied.reload()
    expect(mitglied.locator(".anmerkung")).to_contain_text("Danke für den Hinweis.")
    assert Stellungnahme.objects.get().freigegeben_von.email == LEITUNG


def test_was_markiert_ist_steht_in_der_anmerkung(oeffne_browser, melde_an, fassung):
    konto = fassung.konzept.kommune.mitgliedschaften.get(rolle="gremium").benutzer
    runde = mache_runde(fassung, konto)
    k = fassung.konzept
    seite = melde_an(oeffne_browser(), MITGLIED)
    rn = next(t.rn for _, kapitel in fassung.dokument.alle_kapitel() for t in kapitel.teile if isinstance(t, Absatz))
    seite.goto(f"/konzepte/{k.kommune.slug}/{k.slug}/beratung/{runde.pk}/pruefen/?rn={rn}")
    absatz = seite.locator(f'.pruefen [data-rn="{rn}"]')
    expect(absatz).to_be_visible()
    worte = absatz.evaluate(
        """absatz => {
            const knoten = [...absatz.childNodes].find((k) => k.nodeType === 3 && k.data.trim().length > 20);
            const bereich = document.createRange();
            bereich.setStart(knoten, 0);
            bereich.setEnd(knoten, 20);
            getSelection().removeAllRanges();
            getSelection().addRange(bereich);
            return getSelection().toString().trim();
        }"""
    )
    seite.get_by_role("link", name="Zu dieser Stelle anmerken").click()
    expect(seite.get_by_label("Gemeinte Stelle")).to_have_value(worte)
    seite.get_by_label("Ihre Anmerkung").fill("Genauer, bitte.")
    seite.get_by_role("button", name="Speichern", exact=True).last.click()
    expect(seite.locator(".anmerkung")).to_contain_text("Genauer, bitte.")
    assert Anmerkung.objects.get().zitat == worte
    assert seite.evaluate("CSS.highlights.get('zitat').size") == 1


@pytest.mark.parametrize("javascript", [True, False], ids=["mit Skript", "ohne Skript"])
def test_antworten_in_der_karte(javascript, oeffne_browser, melde_an, axe, fassung):
    konto = fassung.konzept.kommune.mitgliedschaften.get(rolle="gremium").benutzer
    runde = mache_runde(fassung, konto)
    eine, andere = (mache_anmerkung(runde, konto, 1, text=wort) for wort in ("Eins", "Zwei"))
    k = fassung.konzept
    seite = melde_an(oeffne_browser(java_script_enabled=javascript), LEITUNG)
    seite.goto(f"/konzepte/{k.kommune.slug}/{k.slug}/beratung/{runde.pk}/pruefen/?rn=1")
    karten = [seite.locator(f"#anmerkung-{a.pk}") for a in (eine, andere)]
    for karte in karten:
        karte.get_by_text("Stellungnahme schreiben").click()
        expect(karte.get_by_label("Begründung")).to_be_visible()
    if javascript:
        axe(seite)
        expect(seite.locator(".pruefen--gesetzt")).to_be_visible()
        erste, zweite = (seite.locator(".notizen").first.locator(".anmerkung").nth(i).bounding_box() for i in (0, 1))
        assert erste["y"] + erste["height"] <= zweite["y"]
        karten[1].get_by_label("Begründung").fill("Noch nicht fertig")
        seite.once("dialog", lambda frage: frage.dismiss())
        karten[0].get_by_role("button", name="Als Entwurf speichern").click()
        expect(karten[1].get_by_label("Begründung")).to_have_value("Noch nicht fertig")
        expect(karten[1].get_by_text("Zwischengespeichert")).to_be_visible()
        seite.once("dialog", lambda frage: frage.accept())
    karten[0].get_by_label("Ergebnis").select_option("zur Kenntnis genommen")
    karten[0].get_by_label("Begründung").fill("Danke für den Hinweis.")
    karten[0].get_by_role("button", name="Freigeben").click()
    expect(seite).to_have_url(re.compile(f"/pruefen/.+#anmerkung-{eine.pk}$"))
    expect(karten[0]).to_contain_text("Stellungnahme der Verwaltung: zur Kenntnis genommen")
    expect(karten[0]).to_contain_text("Danke für den Hinweis.")
    expect(karten[1]).to_contain_text("offen")
    if javascript:
        karten[1].get_by_role("link", name="Weiterschreiben").click()
        expect(seite.get_by_text("Ihre Eingaben sind noch da")).to_be_visible()
        expect(seite.get_by_label("Begründung")).to_have_value("Noch nicht fertig")


def test_seiten_voller_anmerkungen_sind_zugaenglich_und_schmal(oeffne_browser, melde_an, fassung):
    kommune = fassung.konzept.kommune
    konto = kommune.mitgliedschaften.get(rolle="gremium").benutzer
    runde = mache_runde(fassung, konto)
    erste = mache_anmerkung(runde, konto, 1, vorschlag="Anders.", zitat="Wort")
    mache_stellungnahme(erste, begruendung="So.")
    mache_stellungnahme(mache_anmerkung(runde, konto, 2), frei=True)
    for rn in range(3, 30):
        mache_anmerkung(runde, konto, rn)
    anfang = f"/konzepte/{kommune.slug}/{fassung.konzept.slug}/beratung/"
    eine = f"{anfang}{runde.pk}/"
    wege = {
        MITGLIED: ["", "pruefen/?rn=1", "pruefen/?rn=20", "anmerkungen/", "anmerken/?rn=1", "anmerken/"],
        LEITUNG: ["", "pruefen/?rn=1", "abwaegung/", f"abwaegung/{erste.pk}/"],
    }
    orte = {konto: [eine + pfad for pfad in pfade] for konto, pfade in wege.items()}
    for email, pfade in orte.items():
        seite = melde_an(oeffne_browser(), email)
        for pfad in pfade:
            seite.goto(pfad)
            expect(seite.get_by_role("heading", level=1)).to_be_visible()
            assert maengel(seite, DESKTOP, TELEFON) == [], pfad
