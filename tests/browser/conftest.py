"""Fixtures that drive Debian's Chromium against the live server, by choice its headless shell: the same engine without
a browser around it, which opens a page at half the cost.

`seite` is what most tests need: a page whose console errors, CSP violations, broken assets and requests to
other hosts fail the test. `axe` checks what the page shows against WCAG 2.2 AA, `messen.maengel` in several windows.
`musterstadt` and `monheim`
load an example; `melde_an` signs a browser in, and `anmelden` does it as a person would.
"""

import os
import shutil
from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Response,
    expect,
    sync_playwright,
)

from konzept.austausch.einlesen import lade
from konzept.konten.models import Benutzer
from konzept.models import Konzept
from konzept.rechte import Rolle
from tests.fabrik import KENNWORT, mache_benutzer
from tests.musterstadt import kuerze
from tests.satz import ohne_satz

from . import messen
from .messen import DESKTOP

REDAKTION = "redaktion@stadt.example"
KOLLEGIN = "kollegin@stadt.example"
LESEN = "lesen@stadt.example"

GEDULD = 30_000
"""Milliseconds for what a slow machine does late; only a test that fails waits so long."""
expect.set_options(timeout=GEDULD)

CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Resources that a page loads for itself. What a person asks for (a page, a form) may be answered with 4xx.
BEIWERK = {"stylesheet", "script", "font", "image", "media", "manifest"}
# Chromium's console message for any answer with 4xx or 5xx; `BEIWERK` decides which of them count.
LADEFEHLER = "Failed to load resource: the server responded with a status of"


def pytest_collection_modifyitems(items):
    """Everything in this folder carries the marker `browser`, and has a second try on a machine that is too busy.

    What needed it is listed at the end of the run.
    """
    for item in items:
        if item.nodeid.startswith("tests/browser/"):
            item.add_marker("browser")
            item.add_marker(pytest.mark.flaky(reruns=2, reruns_delay=1, only_rerun=[]))


@pytest.fixture(scope="session")
def browser() -> Browser:
    """One Chromium for each process of the run; skips where none is installed."""
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if chromium is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium-headless-shell libatomic1)")
    # Playwright's event loop runs in the thread of the tests, where Django would refuse to use the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGS)
        yield chrome
        chrome.close()


class Beanstandungen(list[str]):
    """What went wrong in any page of a test, one line each. The browser tells it when it likes, some of it late."""

    def __init__(self):
        super().__init__()
        self._erwartet: list[str] = []

    def erwarte(self, *teile: str) -> None:
        """Lines with one of these words are provoked, and no fault whenever they come."""
        self._erwartet += teile

    def unerwartete(self) -> list[str]:
        return [zeile for zeile in self if not any(teil in zeile for teil in self._erwartet)]


@pytest.fixture
def beanstandungen() -> Beanstandungen:
    """What went wrong; with a line that the test does not expect, it fails at its end."""
    zeilen = Beanstandungen()
    yield zeilen
    assert zeilen.unerwartete() == []


@pytest.fixture
def oeffne_browser(browser: Browser, live_server, beanstandungen: Beanstandungen) -> Callable[..., BrowserContext]:
    """`oeffne_browser(**options of Playwright)`: a fresh profile in German whose complaints fail the test.

    Relative addresses lead to the live server, or to another of the test's own (`base_url`); the window is that of a
    desktop.
    """
    offen: list[BrowserContext] = []
    cache.clear()  # emptying the database leaves the counters of sign-ins behind

    def oeffne(**optionen) -> BrowserContext:
        vorgaben = {"locale": "de-DE", "timezone_id": "Europe/Berlin", "viewport": DESKTOP, "base_url": live_server.url}
        vorgaben |= optionen
        kontext = browser.new_context(**vorgaben)
        kontext.set_default_timeout(GEDULD)
        _hoere_zu(kontext, vorgaben["base_url"], beanstandungen)
        offen.append(kontext)
        return kontext

    yield oeffne
    for kontext in offen:
        kontext.close()


def _hoere_zu(kontext: BrowserContext, server: str, zeilen: list[str]) -> None:
    def konsole(meldung: ConsoleMessage) -> None:
        if meldung.type == "error" and not meldung.text.startswith(LADEFEHLER):
            zeilen.append(f"console: {meldung.text}")

    def antwort(antwort: Response) -> None:
        if antwort.status >= 400 and antwort.request.resource_type in BEIWERK:
            zeilen.append(f"broken asset: {antwort.status} {antwort.url}")

    def anfrage(anfrage) -> None:
        if not anfrage.url.startswith((f"{server}/", "data:", "blob:", "about:")):
            zeilen.append(f"request to another host: {anfrage.url}")

    kontext.on("console", konsole)
    kontext.on("weberror", lambda fehler: zeilen.append(f"script error: {fehler.error}"))
    kontext.on("response", antwort)
    kontext.on("request", anfrage)


@pytest.fixture
def gesetzt() -> bool:
    """Whether PDFs are typeset; on PostgreSQL, to which it makes no difference, each is an empty page instead."""
    if connection.vendor == "sqlite":
        yield True
        return
    with ohne_satz():
        yield False


@pytest.fixture
def kontext(oeffne_browser) -> BrowserContext:
    """A fresh browser profile."""
    return oeffne_browser()


@pytest.fixture
def seite(kontext: BrowserContext) -> Page:
    """An empty page; at the end of the test nothing may have gone wrong in it."""
    return kontext.new_page()


@pytest.fixture
def musterstadt(live_server) -> Konzept:
    """The large example, with an account per address above: two of the Redaktion, one that only reads."""
    return _beispiel("musterstadt")


@pytest.fixture
def kurzes_musterstadt(musterstadt) -> Konzept:
    """The same with half of its Handlungsfelder: every kind of content, printed and judged in less time."""
    kuerze(musterstadt)
    return musterstadt


@pytest.fixture
def monheim(live_server) -> Konzept:
    """A small example with the same accounts: one table, two measures, one of them with three steps."""
    return _beispiel("monheim-am-rhein")


def _beispiel(name: str) -> Konzept:
    lade(settings.BASE_DIR / "fixtures" / f"{name}.yaml")
    konzept = Konzept.objects.order_by("-stand").select_related("kommune").first()
    for email, rolle in (
        (REDAKTION, Rolle.REDAKTION),
        (KOLLEGIN, Rolle.REDAKTION),
        (LESEN, Rolle.LESEN),
    ):
        mache_benutzer(konzept.kommune, rolle, email=email)
    return konzept


@pytest.fixture
def melde_an(live_server) -> Callable[..., Page]:
    """`melde_an(kontext)` opens a page in a context that is signed in, without the detour over the form."""

    def oeffne(kontext: BrowserContext, email: str = REDAKTION) -> Page:
        client = Client()
        client.force_login(Benutzer.objects.get(email=email))
        sitzung = client.cookies[settings.SESSION_COOKIE_NAME].value
        kontext.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": sitzung, "url": live_server.url}]
        )
        return kontext.new_page()

    return oeffne


def anmelden(seite: Page, email: str = REDAKTION) -> None:
    """Fill in and send the sign-in page that the browser shows."""
    seite.get_by_label("E-Mail-Adresse").fill(email)
    seite.get_by_label("Kennwort").fill(KENNWORT)
    seite.get_by_role("button", name="Anmelden", exact=True).click()


def speichern(seite: Page) -> None:
    seite.get_by_role("button", name="Speichern", exact=True).click()


def schreibe(feld: Locator, text: str) -> None:
    """Replace what a text area or an editor holds; in an editor each line becomes a paragraph.

    What is typed before the page is complete stays in a text area, which then does not become an editor any more.
    """
    feld.wait_for()
    feld.page.wait_for_load_state()
    if not feld.evaluate("feld => feld.isContentEditable"):
        feld.fill(text)
        return
    feld.click()
    feld.press("Control+a")
    feld.press("Delete")
    for i, zeile in enumerate(filter(None, text.split("\n"))):
        if i:
            feld.press("Enter")
        feld.page.keyboard.insert_text(zeile)


def erwarte_text(feld: Locator, text: str) -> None:
    """A text area holds this text, or an editor its paragraphs."""
    feld.page.wait_for_load_state()
    if feld.evaluate("feld => feld.isContentEditable"):
        expect(feld).to_have_text(text.replace("\n", ""))
    else:
        expect(feld).to_have_value(text)


def warte_auf(seite: Page, bedingung: Callable[[], object]) -> None:
    """Let the browser go on until a condition of the test's own holds, for at most GEDULD."""
    for _ in range(GEDULD // 50):
        if bedingung():
            return
        seite.wait_for_timeout(50)
    pytest.fail("What the test waits for did not happen.")


@pytest.fixture
def axe() -> Callable[..., None]:
    """`axe(seite)` or `axe(seite, "main")` fails with a list of what violates WCAG 2.2 AA there."""

    def pruefe(seite: Page, bereich: str | None = None) -> None:
        if befunde := messen.axe(seite, bereich):
            pytest.fail("\n".join(befunde), pytrace=False)

    return pruefe
