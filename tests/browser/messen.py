"""What the tests measure in a page that is open: accessibility by axe, the order of headings, what does not fit."""

from collections.abc import Iterable

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
FARBREGELN = ["color-contrast", "link-in-text-block"]
"""axe's rules about colours, which take most of its time."""

DESKTOP = {"width": 1440, "height": 900}
TELEFON = {"width": 375, "height": 720}
SCHMAL = {"width": 320, "height": 640}
"""The narrowest window in which nothing may have to be scrolled sideways (WCAG 1.4.10)."""

PASST = "document.documentElement.scrollWidth <= window.innerWidth"
ZU_BREIT = """() => [...document.querySelectorAll("body *")]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .filter(e => !e.closest(".dok-tabellenrahmen, .nur-vorlesen"))
    .map(e => e.tagName + "." + e.className)"""
"""The elements that reach beyond the window, without what lies in a frame that scrolls by itself."""

KLAPPEN = """offen => document.querySelectorAll(offen ? "details:not([open])" : "details[data-geklappt]").forEach(d => {
    d.open = offen;
    d.toggleAttribute("data-geklappt", offen);
})"""
"""Unfolds everything that is folded, and folds it again."""

SPRUENGE = """() => {
    const ebenen = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
        .filter(h => h.checkVisibility() && !h.closest("[contenteditable]"))  // what people write is not the page's
        .map(h => [Number(h.tagName[1]), h.innerText.trim()]);
    return ebenen
        .filter(([ebene], i) => ebene > (i ? ebenen[i - 1][0] : 0) + 1)
        .map(([ebene, text]) => `h${ebene} ${text}`);
}"""
"""The headings that leave out a level."""


def axe(
    seite: Page, bereich: str | None = None, *, nur: list[str] | None = None, ohne: Iterable[str] = ()
) -> list[str]:
    """What violates WCAG 2.2 AA in a page, or in an area of it (a selector); by only these of axe's rules where given,
    or by all but those."""
    if seite.evaluate("typeof axe") == "undefined":
        seite.evaluate(AXE_SCRIPT)
    regeln = {
        "runOnly": {"type": "rule", "values": nur} if nur else {"type": "tag", "values": WCAG_22_AA},
        "rules": {name: {"enabled": False} for name in ohne},
    }
    # Loading the style sheets beforehand would serve none of these rules; where something is, matters only if there is.
    schnell = {"resultTypes": ["violations"], "preload": False, "selectors": False} | regeln
    for optionen in (schnell, schnell | {"selectors": True}):
        ergebnis = AxeResults(seite.evaluate("([wo, wie]) => axe.run(wo ?? document, wie)", [bereich, optionen]))
        if not ergebnis.violations_count:
            return []
    return [f"{seite.url}\n{ergebnis.generate_report()}"]


def maengel(
    seite: Page, *fenster: dict[str, int], dunkel: bool = False, nur_zuerst: Iterable[str] = ()
) -> list[str]:
    """What is wrong with a page in each of these windows, one after the other, without loading it anew; none given: in
    a wide and in the narrowest one. `nur_zuerst` names rules of axe for the first window alone. With `dunkel` its
    colours are looked at once more in a dark browser.

    Whether it fits into the narrowest window is always asked.
    """
    fenster = fenster or (DESKTOP, SCHMAL)
    vorher, gefunden = seite.viewport_size, []
    for groesse in (*fenster, *([] if SCHMAL in fenster else [SCHMAL])):
        seite.set_viewport_size(groesse)
        stelle = f"{groesse['width']} px: "
        if groesse in fenster:
            gefunden += [f"{stelle}heading leaves out a level: {wo}" for wo in seite.evaluate(SPRUENGE)]
            gefunden += [stelle + befund for befund in axe(seite, ohne=nur_zuerst if groesse is not fenster[0] else ())]
        gefunden += [f"{stelle}wider than the window: {wo}" for wo in zu_breit(seite)]
    seite.set_viewport_size(vorher)
    if dunkel:
        seite.emulate_media(color_scheme="dark")
        gefunden += [f"dark: {befund}" for befund in axe(seite, nur=FARBREGELN)]
        seite.emulate_media(color_scheme="light")
    return gefunden


def zu_breit(seite: Page) -> list[str]:
    """What does not fit into the window as it is, folded and unfolded."""
    gefunden = []
    for offen in (False, True):
        seite.evaluate(KLAPPEN, offen)
        if not seite.evaluate(PASST):
            gefunden.append(f"{'unfolded' if offen else 'folded'}: {seite.evaluate(ZU_BREIT)}")
    seite.evaluate(KLAPPEN, False)
    return gefunden
