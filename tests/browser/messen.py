"""What the tests measure in a page beside axe, as JavaScript for `Page.evaluate`."""

PASST = "document.documentElement.scrollWidth <= window.innerWidth"
ZU_BREIT = """() => [...document.querySelectorAll("body *")]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .filter(e => !e.closest(".dok-tabellenrahmen, .nur-vorlesen"))
    .map(e => e.tagName + "." + e.className)"""
"""The elements that reach beyond the window, without what lies in a frame that scrolls by itself."""

SPRUENGE = """() => {
    const ebenen = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
        .filter(h => h.checkVisibility() && !h.closest("[contenteditable]"))  // what people write is not the page's
        .map(h => [Number(h.tagName[1]), h.innerText.trim()]);
    return ebenen
        .filter(([ebene], i) => ebene > (i ? ebenen[i - 1][0] : 0) + 1)
        .map(([ebene, text]) => `h${ebene} ${text}`);
}"""
"""The headings that leave out a level."""
