"""The whole way of a concept in the browser, by three roles and the public: Arbeitsstand, draft, Anmerkungen, Abwägung,
next draft, Vorlage, decision, published Fassung. Each of them follows the links that the pages offer.
"""

import re
from io import BytesIO
from unittest import mock

import pikepdf
import pytest
from django.core import mail
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from konzept.dokument import pdf
from konzept.heute import am, heute
from konzept.konten.models import Benutzer
from konzept.rechte import Rolle
from massnahmen.models import Massnahme
from tests.fabrik import mache_benutzer
from tests.satz import leeres_pdf

from .conftest import REDAKTION, speichern
from .messen import TELEFON

pytestmark = pytest.mark.datenbank

LEITUNG, MITGLIED = "leitung@stadt.example", "mitglied@stadt.example"
ABSATZ = "Mein Dank gilt den mehr als 260 Personen"
ZUSATZ = "Der Jugendrat hat zwei Abende lang mitgeschrieben."
FRIST = "31.12.2099"
ZEITRAUM = "März 2028 bis Juni 2031"
DATEI_FRIST = 180_000
"""Milliseconds that a PDF may take on a busy machine."""


@pytest.fixture
def leute(kurzes_musterstadt, oeffne_browser, melde_an) -> dict[str, Page]:
    """A browser for each role; the member of the Integrationsrat has a phone."""
    kommune = kurzes_musterstadt.kommune
    mache_benutzer(kommune, Rolle.LEITUNG, email=LEITUNG, name="Lena Leitung")
    mitglied = mache_benutzer(kommune, Rolle.GREMIUM, email=MITGLIED, name="Mira Mitglied")
    kommune.gremien.get(name="Integrationsrat").sitze.create(benutzer=mitglied)
    return {
        "leitung": melde_an(oeffne_browser(), LEITUNG),
        "redaktion": melde_an(oeffne_browser(), REDAKTION),
        "mitglied": melde_an(oeffne_browser(viewport=TELEFON), MITGLIED),
        "alle": oeffne_browser().new_page(),
    }


def ueberschrift(seite: Page, text: str | re.Pattern) -> None:
    expect(seite.get_by_role("heading", level=1)).to_have_text(text)


def oeffne(seite: Page, konzept, *wege: str) -> None:
    """Begin at the concept's overview and follow links of the main navigation or the page, by name."""
    seite.goto(f"/konzepte/{konzept.kommune.slug}/{konzept.slug}/")
    for weg in wege:
        seite.get_by_role("link", name=weg, exact=True).first.click()


def schreibe_entwurf_fest(seite: Page, konzept, titel: str) -> None:
    oeffne(seite, konzept, "Fassungen", "Fassung festschreiben")
    ueberschrift(seite, "Fassung festschreiben")
    # Nobody opens the PDFs of the drafts here, and printing the large example takes a while.
    with mock.patch.object(pdf, "drucke", return_value=leeres_pdf()):
        seite.get_by_role("button", name="Festschreiben").click()
        ueberschrift(seite, titel)


def datei(seite: Page, name: str, **lage) -> bytes:
    """What a link on the page leads to."""
    adresse = seite.get_by_role("link", name=name, **lage).first.get_attribute("href")
    antwort = seite.context.request.get(adresse, timeout=DATEI_FRIST)
    assert antwort.ok, f"{adresse}: {antwort.status}"
    return antwort.body()


def seiten(inhalt: bytes) -> int:
    with pikepdf.open(BytesIO(inhalt)) as druck:
        return len(druck.pages)


@pytest.mark.timeout(900)  # prints three times
def test_vom_arbeitsstand_bis_zum_veroeffentlichten_konzept(kurzes_musterstadt, leute, axe, gesetzt):
    konzept = kurzes_musterstadt
    leitung, redaktion, mitglied, alle = (leute[wer] for wer in ("leitung", "redaktion", "mitglied", "alle"))

    schreibe_entwurf_fest(redaktion, konzept, "Entwurf 1")
    redaktion.get_by_role("link", name="Zur Beratung vorlegen").click()
    ueberschrift(redaktion, "Fassung zur Beratung vorlegen")
    redaktion.get_by_label("Integrationsrat", exact=True).check()
    redaktion.get_by_label("Anmerkungen bis").fill(FRIST)
    redaktion.get_by_role("button", name="Vorlegen", exact=True).last.click()
    expect(redaktion.get_by_text("Eine E-Mail an 1 Person ist unterwegs.")).to_be_visible()
    runde = redaktion.url

    nachricht = mail.outbox[-1]
    assert nachricht.to == [MITGLIED]
    mitglied.goto(re.search(r"http://\S+(/konzepte/\S+)", nachricht.body)[1])
    absatz = mitglied.locator(".pruefen [data-rn]", has_text=ABSATZ)
    rn = absatz.get_attribute("data-rn")
    mitglied.get_by_label("Randnummer", exact=True).fill(rn)
    mitglied.get_by_role("button", name="Gehe zu").click()
    expect(mitglied).to_have_url(re.compile(f"#rn-{rn}$"))
    mitglied.locator(f"#rn-{rn}").click()
    ueberschrift(mitglied, f"Anmerken zu Randnummer {rn}")
    mitglied.get_by_label("Ihre Anmerkung").fill("Der Jugendrat fehlt.")
    vorschlag = mitglied.get_by_label("Vorschlag für den Wortlaut")
    expect(vorschlag).to_have_value(re.compile(ABSATZ))
    vorschlag.fill(f"{vorschlag.input_value()} {ZUSATZ}")
    speichern(mitglied)
    karte = mitglied.locator(".anmerkung")
    expect(karte.locator("ins")).to_contain_text(ZUSATZ)
    axe(mitglied)

    oeffne(redaktion, konzept, "Beratung")
    redaktion.get_by_role("link", name=re.compile("^Abwägung")).first.click()
    redaktion.get_by_role("link", name="Der Jugendrat fehlt.").click()
    ueberschrift(redaktion, f"Stellungnahme: Anmerkung zu Randnummer {rn}")
    redaktion.get_by_label("übernommen", exact=True).check()
    redaktion.get_by_label("Begründung").fill("Das stimmt und wird ergänzt.")
    speichern(redaktion)
    expect(redaktion.get_by_role("status").first).to_contain_text("gespeichert")
    mitglied.reload()
    expect(karte).to_be_visible()
    expect(karte).not_to_contain_text("Das stimmt")

    leitung.goto(f"{runde}abwaegung/")
    leitung.get_by_role("link", name="Der Jugendrat fehlt.").click()
    expect(leitung.get_by_label("Begründung")).to_have_value("Das stimmt und wird ergänzt.")
    leitung.get_by_role("button", name="freigeben").click()
    ueberschrift(leitung, "Abwägung")
    mitglied.reload()
    expect(karte).to_contain_text("Das stimmt und wird ergänzt.")

    leitung.goto(runde)
    leitung.get_by_role("link", name="Vorzeitig beenden").click()
    ueberschrift(leitung, "Runde vorzeitig beenden")
    leitung.get_by_label("Grund").fill("Alle haben sich geäußert.")
    leitung.get_by_role("button", name="Runde beenden").click()
    expect(leitung.get_by_role("status").first).to_be_visible()
    mitglied.reload()
    expect(mitglied.get_by_text("Die Runde ist zu Ende")).to_be_visible()
    expect(karte).to_contain_text("Der Jugendrat fehlt.")

    leitung.goto(f"{runde}abwaegung/")
    assert seiten(datei(leitung, "Tabelle als PDF")) == 1
    tabelle = load_workbook(BytesIO(datei(leitung, "Tabelle als Excel"))).active
    assert [zeile for zeile in tabelle.values if "Der Jugendrat fehlt." in str(zeile)]

    redaktion.goto(f"{runde}abwaegung/")
    redaktion.get_by_role("link", name="Der Jugendrat fehlt.").click()
    redaktion.get_by_role("button", name="Übernehmen").click()
    ueberschrift(redaktion, "Abschnitt bearbeiten")
    expect(redaktion.get_by_role("textbox", name="Text")).to_contain_text(ZUSATZ)
    speichern(redaktion)
    ueberschrift(redaktion, re.compile("Vorwort"))
    expect(redaktion.locator(".dokument")).to_contain_text(ZUSATZ)
    massnahme = Massnahme.objects.filter(handlungsfeld__konzept=konzept).first()
    oeffne(redaktion, konzept, "Maßnahmen")
    redaktion.get_by_role("link", name=massnahme.titel).first.click()
    redaktion.locator(f"#massnahme-{massnahme.pk}").get_by_role("link", name="bearbeiten").first.click()
    redaktion.get_by_label("Zeitraum der Umsetzung").fill(ZEITRAUM)
    speichern(redaktion)
    expect(redaktion.get_by_role("status").first).to_contain_text("gespeichert")

    schreibe_entwurf_fest(redaktion, konzept, "Entwurf 2")
    redaktion.get_by_role("link", name="Änderungen gegenüber Entwurf 1").click()
    ueberschrift(redaktion, "Was sich geändert hat")
    expect(redaktion.locator("ins", has_text=ZUSATZ)).to_be_visible()
    expect(redaktion.locator("ins", has_text="2031")).to_be_visible()

    oeffne(leitung, konzept, "Vorlagen")
    leitung.get_by_role("link", name="Neue Vorlage").click()
    anlage = leitung.get_by_label("Anlage 1: Fassung des Konzepts")
    anlage.select_option(label=anlage.locator("option", has_text="Entwurf 2").inner_text())
    leitung.get_by_role("button", name="Anlegen").click()
    ueberschrift(leitung, "Vorlage bearbeiten")
    leitung.get_by_label("Drucksachennummer").fill("FB2/0357/2026")
    for i, (gremium, rolle) in enumerate([("Integrationsrat", "Empfehlung"), ("Rat der Stadt", "Entscheidung")], 1):
        leitung.get_by_role("button", name="+ Station hinzufügen").click()
        feld = leitung.get_by_label(f"Station {i}: Gremium")
        feld.select_option(label=feld.locator("option", has_text=gremium).first.inner_text())
        leitung.get_by_label(f"Station {i}: Zuständigkeit").select_option(rolle)
    speichern(leitung)
    ueberschrift(leitung, "Beschlussvorlage FB2/0357/2026")
    vorlage = leitung.url
    with pikepdf.open(BytesIO(datei(leitung, "PDF mit Anlagen öffnen"))) as druck:
        assert not gesetzt or len(druck.pages) > 30
        assert not gesetzt or any(name.endswith(".xlsx") for name in druck.attachments)

    ergebnisse = {"Integrationsrat": "zur Kenntnis genommen", "Rat der Stadt": "einstimmig beschlossen"}
    for gremium, ergebnis in ergebnisse.items():
        leitung.goto(vorlage)
        leitung.get_by_role("link", name=re.compile(f"Ergebnis eintragen.*{gremium}")).click()
        ueberschrift(leitung, "Ergebnis der Sitzung")
        leitung.get_by_label("Sitzung am").fill(am(heute()))
        leitung.get_by_label("Ergebnis", exact=True).select_option(ergebnis)
        speichern(leitung)
        ueberschrift(leitung, "Beschlussvorlage FB2/0357/2026")

    leitung.get_by_role("link", name="Beschlussfassung festschreiben").click()
    expect(leitung.get_by_role("radio", name=re.compile("^Beschlussfassung"))).to_be_checked()
    expect(leitung.get_by_role("radio", name=re.compile("^Rat der Stadt.*einstimmig beschlossen"))).to_be_checked()
    leitung.get_by_role("button", name="Festschreiben").click()
    bleibt = leitung.get_by_role("checkbox", name="Mit diesem Anlass festschreiben")
    expect(bleibt).to_be_visible()  # the cover says "Entwurf zur Sitzung"
    axe(leitung)
    bleibt.check()
    leitung.get_by_role("button", name="Festschreiben").click(no_wait_after=True)
    expect(leitung.get_by_role("heading", level=1)).to_have_text("Beschlussfassung 3", timeout=DATEI_FRIST)
    alle.goto("/oeffentlich/")
    expect(alle.get_by_role("main")).not_to_contain_text(konzept.titel)
    leitung.get_by_role("link", name="Veröffentlichen", exact=True).click()
    leitung.get_by_role("button", name="Veröffentlichen").click()
    expect(leitung.get_by_text("Alle können diese Fassung ohne Anmeldung lesen")).to_be_visible()

    alle.reload()
    alle.get_by_role("link", name=konzept.titel).first.click()
    beschluss = f"Rat der Stadt Musterstadt am {am(heute())} (Drucksache FB2/0357/2026)"
    expect(alle.get_by_role("main")).to_contain_text(beschluss)
    assert seiten(datei(alle, "PDF öffnen")) > (30 if gesetzt else 0)
    assert ZUSATZ in datei(alle, "Daten (JSON)").decode()
    alle.get_by_role("link", name="Lesen", exact=True).click()
    expect(alle.locator(".dokument").first).to_contain_text(ZUSATZ)
    expect(alle.locator(f"#massnahme-{massnahme.pk}")).to_contain_text(ZEITRAUM)
    axe(alle)
    assert alle.context.cookies() == []
    assert Benutzer.objects.get(email=MITGLIED).rollen_in(konzept.kommune.pk) == {"gremium"}
