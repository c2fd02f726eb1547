"""How wide a text becomes in the fonts of the print, where that has to be known before anything is laid out.

Widths are in em, and upper bounds: of "Fira Sans" in both strengths, rounded up; a sign of no table counts as wide as
any that these fonts or those of other scripts have.
"""

import re
import unicodedata

_ZEICHEN = {
    0.25: "!',.:;·‘’‚",
    0.3: " Iijl\u00a0ìíîİı",
    0.35: "()J[]`{}ł•",
    0.4: "frt",
    0.45: '"*-|“”„',
    0.5: "17?Fcszçćčşšž",
    0.55: "#$+/235<=>ELTZ\\_agkvxy~§°ÉàáâäğŁ–\u2002",
    0.6: "04689ACPSVXY^bdehnopquÄÇèéêñòóôöùúûüŞ€",
    0.65: "BDGKR«»ßđ",
    0.7: "HNOQUÖÜ",
    0.75: "w…",
    0.8: "&M—",
    0.85: "W",
    0.9: "%m",
}
_BREITE = {zeichen: breite for breite, alle in _ZEICHEN.items() for zeichen in alle}
_UNBEKANNT = 1.15
_STUECK = re.compile(r"[^\s-]*-+|[^\s-]+|\s+")


def breite(text: str) -> float:
    """The width of a text on one line, in em; rather too much than too little."""
    return sum(_BREITE.get(z, 0.0 if unicodedata.combining(z) else _UNBEKANNT) for z in text)


def breitestes_wort(text: str) -> float:
    """The width in em of the widest piece within which a line does not break; 0 for an empty text."""
    return max(map(breite, text.split()), default=0.0)


def zeilen(text: str, platz: float) -> int:
    """How many lines of this width a text fills, where words break only that fit on none."""
    anzahl, belegt = 1, 0.0
    for stueck in _STUECK.findall(text.strip()):
        weit = breite(stueck)
        if belegt + weit > platz and not stueck.isspace():
            anzahl, belegt = anzahl + bool(belegt), 0.0
            while weit > platz:
                anzahl, weit = anzahl + 1, weit - (platz - _UNBEKANNT)
        belegt += weit
    return anzahl


def gekuerzt_auf(text: str, platz: float) -> str:
    """The text on one line of this width, cut at a word and with an ellipsis where it is longer."""
    text = " ".join(text.split())
    if breite(text) <= platz:
        return text
    platz -= breite("…")
    ende, belegt = 0, 0.0
    for ende, zeichen in enumerate(text):  # noqa: B007 - where it stops is what is sought
        belegt += breite(zeichen)
        if belegt > platz:
            break
    kopf = text[:ende]
    wort = kopf.rsplit(" ", 1)[0] if " " in kopf[ende // 2 :] else kopf
    return wort.rstrip(" ,;:–-") + "…"
