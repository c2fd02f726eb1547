"""Direction and language of what is not written in Latin letters, in the HTML of the document.

Found in the HTML as a whole, so that no template can forget it, for screen and print alike. Words in another script
say that they are not German: a language where its script tells it, else the script alone
("und-Arab" may be Arabic, Persian, Urdu or Kurdish). Latin letters are taken for German, whatever they are.
"""

import re
import unicodedata
from html import unescape

from konzept.schriftbereiche import bereiche

SPRACHEN = {
    "Arab": "und-Arab", "Armn": "hy", "Beng": "und-Beng", "Cyrl": "und-Cyrl", "Deva": "und-Deva", "Ethi": "und-Ethi",
    "Geor": "ka", "Grek": "el", "Gujr": "gu", "Guru": "pa", "Hebr": "und-Hebr", "Khmr": "km", "Knda": "kn",
    "Laoo": "lo", "Mlym": "ml", "Mymr": "und-Mymr", "Sinh": "si", "Syrc": "und-Syrc", "Taml": "ta", "Telu": "te",
    "Thai": "th",
}  # fmt: skip
"""The language tag of words in each script that a font of the print has."""


def _worte(schrift: str) -> str:
    """From the first sign of a script to the last, over signs and marks that no script owns. A single Greek or
    Cyrillic letter is none of its words: "α-Version"."""
    eigen = bereiche(schrift)
    mindestens = r"{2}" if schrift in {"Grek", "Cyrl"} else ""
    return rf"(?P<{schrift}>[{eigen}]{mindestens}(?:[{eigen}\W\d]*[{eigen}])?[\u0300-\u036f\u064b-\u065f\u0670]*)"


_FREMD = re.compile(f"[{bereiche(*SPRACHEN)}]")
_WORTE = re.compile("|".join(map(_worte, SPRACHEN)))
_NACH_LINKS = re.compile(f"[{bereiche('Arab', 'Hebr', 'Syrc', 'Nkoo', 'Thaa')}]")
_TEXT = re.compile("(?<=>)[^<>]+(?=<)")
_OHNE_MARKEN = re.compile("[^\ufdd0-\ufdef]+")
_STUECK = re.compile(r"<(?P<ende>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<rest>[^>]*)>|(?P<text>[^<]+)")
_OHNE_ENDE = {"br", "col", "hr", "img", "input", "meta", "wbr"}
_BLOECKE = {"p", "ul", "ol", "li", "th", "td", "caption", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6"}
_BEIWERK = re.compile(r'class="[^"]*\b(?:dok-(?:rn|etikett|bearbeiten)|druck-verzeichnis)\b')
"""Words of the page and not of the text, which do not tell its direction; the table of contents keeps its columns."""


def mit_sprachen_und_richtung(html: str) -> str:
    """The same HTML, in which what is not German says so. Where all letters are Latin, unchanged."""
    if not _FREMD.search(html):
        return html
    return mit_sprachen(mit_richtung(html))


def mit_sprachen(html: str) -> str:
    """Each run of words in another script in a `<span lang>`."""
    return _TEXT.sub(_mit_namen, html)


def _mit_namen(text: re.Match[str]) -> str:
    """No run goes over a noncharacter: a comparison makes elements of them, and these must nest."""
    return _OHNE_MARKEN.sub(lambda stueck: _WORTE.sub(_benannt, stueck[0]), text[0])


def _benannt(worte: re.Match[str]) -> str:
    return f'<span lang="{SPRACHEN[worte.lastgroup or ""]}">{worte[0]}</span>'


class _Element:
    def __init__(self, start: re.Match[str], oben: "_Element | None") -> None:
        self.name, self.ist_block, self.stelle = start["name"], start["name"] in _BLOECKE, start.end("name")
        self.oben, self.richtung = oben, ""
        self.ist_beiwerk: bool = bool((oben and oben.ist_beiwerk) or _BEIWERK.search(start["rest"]))

    def lerne(self, richtung: str) -> None:
        """It and the elements around it run as the first letter in them does."""
        element: _Element | None = self
        while element and not element.richtung:
            element.richtung = richtung
            element = element.oben

    def geerbt(self) -> str:
        element = self.oben
        while element and not (element.ist_block and element.richtung):
            element = element.oben
        return element.richtung if element else "ltr"


def mit_richtung(html: str) -> str:
    """Each block whose first letter runs the other way than the block around it with a `dir`, as HTML finds it for
    `dir="auto"`, of which the print knows nothing."""
    if not _NACH_LINKS.search(html):
        return html
    bloecke: list[_Element] = []
    innen: _Element | None = None
    for stueck in _STUECK.finditer(html):
        if (text := stueck["text"]) is not None:
            if innen and not innen.ist_beiwerk and (richtung := _richtung(unescape(text))):
                innen.lerne(richtung)
        elif stueck["ende"]:
            offen = innen
            while offen and offen.name != stueck["name"]:
                offen = offen.oben
            innen = offen.oben if offen else innen
        elif stueck["name"] not in _OHNE_ENDE:
            innen = _Element(stueck, innen)
            if innen.ist_block:
                bloecke.append(innen)
    teile, bisher = [], 0
    for block in bloecke:
        if block.richtung and block.richtung != block.geerbt():
            teile += [html[bisher : block.stelle], f' dir="{block.richtung}"']
            bisher = block.stelle
    return "".join([*teile, html[bisher:]])


def _richtung(text: str) -> str:
    """Where the first letter of a text that has a direction runs; "" where none has."""
    for zeichen in text:
        if (art := unicodedata.bidirectional(zeichen)) in _RICHTUNGEN:
            return _RICHTUNGEN[art]
    return ""


_RICHTUNGEN = {"L": "ltr", "R": "rtl", "AL": "rtl"}
