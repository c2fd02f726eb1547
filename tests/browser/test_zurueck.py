"""The Back button after signing out, in a browser that keeps left pages in memory as people's browsers do.

Playwright switches that memory (the back/forward cache) off unless it is told not to.
"""

import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from konzept.fassungen.vorgaenge import veroeffentliche
from tests.fabrik import mache_beschlussfassung

from .conftest import CHROMIUM_ARGS, LESEN, anmelden

MERKE = "window.ausDemSpeicher = false; addEventListener('pageshow', (e) => { window.ausDemSpeicher = e.persisted; })"


@pytest.fixture
def browser(browser: Browser) -> Iterator[Browser]:
    """One that keeps left pages, in place of the one for all tests. The headless shell never does."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no whole Chromium on this machine, whose headless shell keeps no left pages (Debian: chromium)")
    chrome = browser.browser_type.launch(
        executable_path=chromium,
        args=CHROMIUM_ARGS,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield chrome
    chrome.close()


@pytest.fixture
def seite(seite: Page) -> Page:
    seite.add_init_script(MERKE)
    return seite


def zurueck(seite: Page) -> None:
    seite.go_back(wait_until="commit")  # a page out of the memory loads nothing


def kam_aus_dem_speicher(seite: Page) -> bool:
    return seite.evaluate("window.ausDemSpeicher")


def test_this_browser_does_keep_what_is_public(seite, musterstadt):
    """Or the tests below could not fail."""
    fassung = mache_beschlussfassung(musterstadt)
    veroeffentliche(fassung=fassung, konto=None)
    seite.goto("/oeffentlich/")
    seite.goto("/anmelden/")
    zurueck(seite)
    assert kam_aus_dem_speicher(seite)


@pytest.mark.parametrize("schritte", [1, 2])
def test_after_signing_out_back_shows_the_sign_in_page(seite, musterstadt, schritte):
    titel = musterstadt.titel
    seite.goto("/")
    anmelden(seite, LESEN)
    seite.goto(f"/konzepte/{musterstadt.kommune.slug}/{musterstadt.slug}/")
    seite.goto(f"/konzepte/{musterstadt.kommune.slug}/{musterstadt.slug}/gesamt/")
    expect(seite.locator("body")).to_contain_text(titel)
    seite.get_by_role("button", name="Abmelden").click()
    expect(seite.get_by_role("heading", level=1)).to_have_text("Anmelden")
    gesehen = []
    seite.expose_function("melde", lambda text: gesehen.append(text))
    seite.add_init_script("addEventListener('pageshow', () => window.melde(document.body.innerText))")
    for _ in range(schritte):
        zurueck(seite)
        expect(seite.get_by_role("heading", level=1)).to_have_text("Anmelden")
        assert not kam_aus_dem_speicher(seite)
    assert titel not in "".join(gesehen)


def test_nor_does_a_window_that_signed_out_elsewhere(seite, musterstadt):
    """The session ends in one window; what the other one has left is not kept either."""
    wo = f"/konzepte/{musterstadt.kommune.slug}/{musterstadt.slug}/"
    seite.goto("/")
    anmelden(seite, LESEN)
    seite.goto(wo)
    seite.goto("/impressum/")
    anderes = seite.context.new_page()
    anderes.goto("/")
    anderes.get_by_role("button", name="Abmelden").click()
    expect(anderes.get_by_role("heading", level=1)).to_have_text("Anmelden")
    zurueck(seite)
    expect(seite.get_by_role("heading", level=1)).to_have_text("Anmelden")


def test_as_long_as_one_is_signed_in_back_leads_back(seite, musterstadt):
    wo = f"/konzepte/{musterstadt.kommune.slug}/{musterstadt.slug}/"
    seite.goto("/")
    anmelden(seite, LESEN)
    seite.goto(wo)
    seite.goto("/konto/")
    zurueck(seite)
    expect(seite).to_have_url(re.compile(f"{re.escape(wo)}$"))
