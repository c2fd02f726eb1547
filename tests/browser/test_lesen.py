"""Reading: the outline, from chapter to chapter, links inside the document, narrow screens, keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from massnahmen.models import Massnahme

from .conftest import LESEN, warte_auf
from .messen import DESKTOP, SCHMAL, TELEFON


def wurzel(konzept) -> str:
    return f"/konzepte/{konzept.kommune.slug}/{konzept.slug}/"


def gliederung(seite: Page):
    return seite.get_by_role("navigation", name="Gliederung")


def test_durch_das_ganze_konzept_blaettern(kontext, melde_an, monheim):
    seite = melde_an(kontext, LESEN)
    seite.goto(wurzel(monheim))
    gliederung(seite).get_by_role("link").first.click()
    blaettern = seite.get_by_role("navigation", name="Blättern")
    gesehen = [seite.get_by_role("heading", level=1).inner_text()]
    while (weiter := blaettern.locator("[rel=next]")).count():
        ziel = weiter.inner_text().removeprefix("Weiter").split()
        weiter.click()
        expect(seite.get_by_role("heading", level=1)).to_have_text(
            re.compile(r"\s*".join(map(re.escape, ziel)))
        )
        expect(gliederung(seite).locator("[aria-current=page]")).to_have_count(1)
        gesehen.append(seite.get_by_role("heading", level=1).inner_text())
    assert [titel.split()[0] for titel in gesehen] == [
        "1",
        "2",
        "3",
        "4",
        "4.1",
        "4.2",
        "4.3",
        "4.4",
        "4.5",
        "5",
    ]
    blaettern.locator("[rel=prev]").click()
    expect(seite.get_by_role("heading", level=1)).to_contain_text("Arbeitsmarktintegration")
    expect(seite.get_by_role("link", name="bearbeiten")).to_have_count(0)


def test_verweise_fuehren_an_die_richtige_stelle(kontext, melde_an, musterstadt):
    """In the chapter view to another page and the place on it, in the whole concept within the page."""
    seite = melde_an(kontext, LESEN)
    massnahme = Massnahme.objects.get(handlungsfeld__konzept=musterstadt, titel__startswith="Wegweiser")
    zeile = seite.locator(f"#massnahme-{massnahme.pk}")
    gesamt = f"{wurzel(musterstadt)}gesamt/"

    seite.goto(f"{wurzel(musterstadt)}lesen/massnahme-{massnahme.pk}/")
    expect(zeile).to_be_in_viewport()
    leitlinie = zeile.get_by_role("link", name=re.compile("^Leitlinie 8: "))
    seite.locator(".dok-kopfgruppe").get_by_role("link", name="Handlungsziel 1.1").click()
    expect(seite.locator(":target")).to_contain_text("Handlungsziel 1.1")
    expect(seite.locator(":target")).to_be_in_viewport()
    leitlinie.click()
    expect(seite.get_by_role("heading", level=1)).to_have_text(re.compile("Leitlinien"))
    expect(seite.locator(":target")).to_have_text(re.compile(r"^\s*8\s"))
    expect(seite.locator(":target")).to_be_in_viewport()

    seite.goto(gesamt)
    leitlinie.click()
    expect(seite).to_have_url(re.compile(r"/gesamt/#leitlinie-\d+$"))
    expect(seite.locator(":target")).to_be_in_viewport()
    tot = seite.evaluate(
        """() => [...document.querySelectorAll('main a[href^="#"], .gliederung a')]
            .map(a => a.hash.slice(1)).filter(id => !document.getElementById(id))"""
    )
    assert tot == []
    matrix = seite.get_by_role("region", name="Matrix der Querschnittsaufgaben")
    matrix.get_by_role("link", name="4.4 Wohnen").click()
    expect(seite.locator(":target > .dok-titel")).to_contain_text("4.4 Wohnen und Zusammenleben")


@pytest.mark.parametrize("fenster", [SCHMAL, TELEFON], ids=["schmal", "Telefon"])
def test_der_titel_einer_breiten_tabelle_bleibt_zu_sehen(fenster, oeffne_browser, melde_an, musterstadt):
    seite = melde_an(oeffne_browser(viewport=fenster), LESEN)
    seite.goto(f"{wurzel(musterstadt)}zeit-und-geld/")
    rahmen = seite.locator(".dok-tabellenrahmen:has(.dok-kostentabelle)")
    assert rahmen.count() == 3
    for tabelle in rahmen.all():
        assert tabelle.evaluate("r => r.scrollWidth > r.clientWidth")
        for stelle in (0, 120):
            tabelle.evaluate("(r, links) => r.scrollTo(links, 0)", stelle)
            kasten, titel = tabelle.bounding_box(), tabelle.locator("caption span").bounding_box()
            assert titel["x"] >= kasten["x"] - 1
            assert titel["x"] + titel["width"] <= kasten["x"] + kasten["width"] + 1


@pytest.mark.parametrize("fenster", [DESKTOP, TELEFON], ids=["Desktop", "Telefon"])
def test_mit_der_tastatur_durch_die_seite(fenster, oeffne_browser, melde_an, monheim):
    """The skip link comes first; every stop shows its focus; the round ends where the browser takes over."""
    # With motion the page would still be scrolling when we look.
    seite = melde_an(oeffne_browser(viewport=fenster, reduced_motion="reduce"))
    massnahme = Massnahme.objects.filter(handlungsfeld__konzept=monheim).first()
    seite.goto(f"{wurzel(monheim)}massnahmen/{massnahme.pk}/bearbeiten/")
    seite.keyboard.press("Tab")
    sprungmarke = seite.get_by_role("link", name="Zum Inhalt")
    expect(sprungmarke).to_be_focused()
    expect(sprungmarke).to_be_in_viewport()
    seite.keyboard.press("Enter")
    expect(seite.get_by_role("main")).to_be_focused()

    seite.goto(f"{wurzel(monheim)}massnahmen/{massnahme.pk}/bearbeiten/")
    gesehen, unsichtbar = [], []
    for _ in range(200):
        seite.keyboard.press("Tab")
        stand = seite.evaluate(
            """() => {
                const e = document.activeElement;
                if (e === document.body) return null;
                let umrandet = e;
                while (umrandet && getComputedStyle(umrandet).outlineStyle === "none") {
                    umrandet = umrandet.parentElement;
                }
                const r = e.getBoundingClientRect();
                const oben = document.elementFromPoint(r.x + r.width / 2, r.y + Math.min(r.height / 2, 12));
                const frei = oben && (e.contains(oben) || oben.contains(e));
                return [e.outerHTML.slice(0, 120), Boolean(umrandet), Boolean(frei)];
            }"""
        )
        if stand is None:
            break
        gesehen.append(stand[0])
        if not (stand[1] and stand[2]):
            unsichtbar.append(stand)
    else:
        pytest.fail("the focus never leaves the page")
    assert len(gesehen) > 30
    assert unsichtbar == []


def test_ohne_javascript_oeffnet_sich_die_gliederung_auf_dem_telefon(oeffne_browser, melde_an, monheim):
    seite = melde_an(oeffne_browser(java_script_enabled=False, viewport={"width": 375, "height": 640}))
    seite.goto(wurzel(monheim))
    expect(gliederung(seite)).to_be_hidden()
    seite.locator("summary").click()
    gliederung(seite).get_by_role("link", name="Dialogkultur").click()
    expect(seite.get_by_role("heading", level=1)).to_contain_text("Dialogkultur")


def test_die_pruefung_selbst_bemerkt_fremde_adressen(kontext, melde_an, monheim, beanstandungen):
    """The watch over console and network, on which every test here relies, does notice."""
    seite = melde_an(kontext)
    beanstandungen.erwarte("fremd.example")
    seite.goto("/")
    seite.evaluate("fetch('https://fremd.example/').catch(() => null)")
    seite.evaluate("document.body.append(Object.assign(new Image(), {src: '//fremd.example/bild.png'}))")
    for stelle in (
        "console: Connecting to 'https://fremd.example",
        "console: Loading the image 'http://fremd.example",
    ):
        warte_auf(seite, lambda stelle=stelle: any(zeile.startswith(stelle) for zeile in beanstandungen))
    assert beanstandungen.unerwartete() == []
