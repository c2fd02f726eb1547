"""WCAG 2.2 AA, as far as axe measures it, the order of headings and narrow windows, on pages full of an example."""

from collections.abc import Iterator

from playwright.sync_api import BrowserContext, Page, expect

from konzept.models import Abschnitt, Konzept
from massnahmen.models import Massnahme

from .conftest import LESEN, speichern
from .messen import DESKTOP, SCHMAL, TELEFON, maengel, zu_breit

# In the dark only colours differ; these pages show all of them.
DUNKEL = {"sign-in with an error", "title page", "Handlungsfeld", "Kosten", "measure with errors", "conflict"}


def seitenarten(
    kontext: BrowserContext, melde_an, konzept: Konzept
) -> Iterator[tuple[str, Page]]:
    """Every kind of page, one after the other, in the state that the name says."""
    wurzel = f"/konzepte/{konzept.kommune.slug}/{konzept.slug}/"
    massnahme = Massnahme.objects.get(handlungsfeld__konzept=konzept, titel__startswith="Wegweiser")
    formular = f"{wurzel}massnahmen/{massnahme.pk}/bearbeiten/"
    inhalt = {a.inhalt or a.titel: a for a in Abschnitt.objects.filter(konzept=konzept)}

    def kapitel(name: str) -> str:
        return f"{wurzel}lesen/abschnitt-{inhalt[name].pk}/"

    seite = kontext.new_page()
    seite.goto("/anmelden/")
    yield "sign-in", seite
    seite.get_by_label("E-Mail-Adresse").fill("niemand@stadt.example")
    seite.get_by_role("button", name="Anmelden", exact=True).click()
    expect(seite.locator("#fehler")).to_be_visible()
    yield "sign-in with an error", seite
    seite = melde_an(kontext, LESEN)
    seite.goto(formular)
    expect(seite.get_by_role("heading", level=1)).to_have_text("Dafür fehlt Ihnen die Berechtigung")
    yield "403", seite
    seite.goto("/gibt-es-nicht/")
    expect(seite.get_by_role("heading", level=1)).to_have_text("Diese Seite gibt es nicht")
    yield "404", seite

    seite = melde_an(kontext)
    for name, adresse in {
        "start": "/",
        "title page": wurzel,
        "chapter with a text table": kapitel("Einführung"),
        "Leitlinien": kapitel("leitlinien"),
        "Handlungsfeld": f"{wurzel}lesen/handlungsfeld-{massnahme.handlungsfeld_id}/",
        "matrix": kapitel("querschnitt"),
        "Angebote": kapitel("angebote"),
        "Kosten": kapitel("kosten"),
        "Indikatoren": kapitel("indikatoren"),
        "Mitwirkende": kapitel("mitwirkende"),
        "text of a section": f"{wurzel}abschnitte/{inhalt['Einführung'].pk}/bearbeiten/",
        "measure": formular,
    }.items():
        seite.goto(adresse)
        yield name, seite
    seite.goto(f"{wurzel}gesamt/")
    yield "whole concept", seite

    seite.goto(formular)
    massnahme.beanspruche_version(massnahme.version, massnahme.geaendert_von)
    seite.get_by_label("Schritt 1: Zeitraum").fill("13/2027")
    seite.get_by_label("Titel", exact=True).fill("")
    speichern(seite)
    expect(seite.locator("#fehler")).to_be_visible()
    yield "measure with errors", seite
    seite.get_by_label("Schritt 1: Zeitraum").fill("12/2027")
    seite.get_by_label("Titel", exact=True).fill("Anders")
    speichern(seite)
    expect(seite.locator("#konflikt")).to_be_visible()
    yield "conflict", seite


def test_axe_findet_auf_keiner_seite_etwas(kontext, melde_an, kurzes_musterstadt):
    gefunden = []
    for name, seite in seitenarten(kontext, melde_an, kurzes_musterstadt):
        fenster = (DESKTOP,) if name == "whole concept" else (DESKTOP, TELEFON)
        gefunden += [f"{name}: {mangel}" for mangel in maengel(seite, *fenster, dunkel=name in DUNKEL)]
    assert not gefunden, "\n\n".join(gefunden)


def test_das_ganze_konzept_und_jedes_kapitel_passen_auf_den_kleinsten_bildschirm(oeffne_browser, melde_an, musterstadt):
    seite = melde_an(oeffne_browser(viewport=SCHMAL))
    wurzel = f"/konzepte/{musterstadt.kommune.slug}/{musterstadt.slug}/"
    kapitel = [f"lesen/abschnitt-{a.pk}/" for a in Abschnitt.objects.filter(konzept=musterstadt, oberabschnitt=None)]
    felder = [f"lesen/handlungsfeld-{feld.pk}/" for feld in musterstadt.handlungsfelder.all()[:2]]
    for adresse in ("gesamt/", *kapitel, *felder):
        seite.goto(wurzel + adresse)
        assert zu_breit(seite) == [], adresse
