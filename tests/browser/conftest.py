"""Fixtures that drive Debian's Chromium against the live server.

`seite` is what most tests need: a page whose console errors, CSP violations, broken assets and requests to
other hosts fail the test. `axe` checks what the page shows against WCAG 2.2 AA.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, sync_playwright

CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
# Resources that a page loads for itself. What a person asks for (a page, a form) may be answered with 4xx.
BEIWERK = {"stylesheet", "script", "font", "image", "media", "manifest"}
# Chromium's console message for any answer with 4xx or 5xx; `BEIWERK` decides which of them count.
LADEFEHLER = "Failed to load resource: the server responded with a status of"


def pytest_collection_modifyitems(items):
    """Everything in this folder carries the marker `browser`."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Browser:
    """One Chromium for the whole run; skips where none is installed."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium libatomic1)")
    # Playwright's event loop runs in the thread of the tests, where Django would refuse to use the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGS)
        yield chrome
        chrome.close()


@pytest.fixture
def kontext(browser: Browser, live_server) -> BrowserContext:
    """A fresh browser profile in German; relative addresses lead to the live server."""
    kontext = browser.new_context(base_url=live_server.url, locale="de-DE", timezone_id="Europe/Berlin")
    kontext.set_default_timeout(10_000)
    yield kontext
    kontext.close()


@pytest.fixture
def beanstandungen(kontext: BrowserContext, live_server) -> list[str]:
    """What went wrong in any page of the context, one line each; a test that provokes a line removes it."""
    zeilen: list[str] = []

    def konsole(meldung: ConsoleMessage) -> None:
        if meldung.type == "error" and not meldung.text.startswith(LADEFEHLER):
            zeilen.append(f"console: {meldung.text}")

    def antwort(antwort: Response) -> None:
        if antwort.status >= 400 and antwort.request.resource_type in BEIWERK:
            zeilen.append(f"broken asset: {antwort.status} {antwort.url}")

    def anfrage(anfrage) -> None:
        if not anfrage.url.startswith((f"{live_server.url}/", "data:", "blob:", "about:")):
            zeilen.append(f"request to another host: {anfrage.url}")

    kontext.on("console", konsole)
    kontext.on("weberror", lambda fehler: zeilen.append(f"script error: {fehler.error}"))
    kontext.on("response", antwort)
    kontext.on("request", anfrage)
    return zeilen


@pytest.fixture
def seite(kontext: BrowserContext, beanstandungen: list[str]) -> Page:
    """An empty page; at the end of the test nothing may have gone wrong in it."""
    yield kontext.new_page()
    assert not beanstandungen, "\n".join(beanstandungen)


@pytest.fixture(scope="session")
def axe() -> Callable[..., None]:
    """`axe(seite)` or `axe(seite, "main")` fails with a list of what violates WCAG 2.2 AA there."""
    pruefer = Axe()

    def pruefe(seite: Page, bereich: str | None = None) -> None:
        ergebnis = pruefer.run(
            seite,
            context=bereich,
            options={"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": WCAG_22_AA}},
        )
        if ergebnis.violations_count:
            pytest.fail(f"{seite.url}\n{ergebnis.generate_report()}", pytrace=False)

    return pruefe
