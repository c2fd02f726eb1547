"""How much a rich text holds, found by going through it once, before anything parses it.

Each function gives a sentence for the person who typed the text, or "" where it keeps the bounds.
"""

import re
from html import unescape

from konzept import grenzen
from konzept.schreibweise import zu_viele_akzente

_MARKE = re.compile(
    r"<(?P<ende>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)"
    r'(?P<attribute>(?:[ \t\r\n]+[a-zA-Z][\w:.-]*="[^"]*"){0,12})[ \t\r\n]*/?>'
)
_SPANNE = re.compile(r'(colspan|rowspan)="\s*([0-9]{1,9})\s*"', re.IGNORECASE)
_LEER = {"br", "hr", "col", "img", "input", "wbr"}
_BEKANNT = _LEER | {
    *("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "span", "a", "b", "i"),
    *("strong", "em", "u", "s", "code", "sub", "sup", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"),
    "colgroup",
}
_ABSATZENDE = re.compile(r"</(?:p|div|h[1-6]|li|tr|blockquote|pre)\s*>|<br\b[^<>]*>", re.IGNORECASE)
_ZELLENENDE = re.compile(r"</t[dh]\s*>", re.IGNORECASE)
_RIESIGES_ZEICHEN = re.compile(r"&#(?:0*[0-9]{8,}|[xX]0*[0-9a-fA-F]{7,});?")
"""The number of a sign that does not exist; Python refuses to read thousands of digits."""
_IRGENDEINE_MARKE = re.compile(r"</?[a-zA-Z][^<>]*>")
ZU_VIELE_ZEICHEN = (
    "Der Text hat zu viele Zeichen, mit denen eine Formatierung beginnen kann: [, *, _ und Zeilenumbrüche. Kürzen Sie, "
    "oder teilen Sie den Text auf."
)
_LESEKOSTEN = {"[": 50, "\n": 40, "*": 25, "_": 25, "<": 3, "\\": 3, "`": 1}
"""Microseconds, as measured, that reading takes for a sign at which markup may begin; a letter takes a twentieth of
one."""
_ZEILE_MIT_ZAHL = re.compile(r"(?:^|[\n>]) {0,40}(?:[-+*] )?(?:[0-9]{1,9}|[a-zA-Z]{1,15})[.)] ")
_GEZAEHLTE_ZEILE = 100
"""Microseconds more for a line that begins with a number: whether it makes a list shows when it has been read."""
GROESSTE_SPANNE = 50
"""No cell is taken for wider or higher."""


def zu_viel_text(text: str) -> str:
    """The German sentence that a text of the dialect is too large, by its length or by what reading it costs; "" where
    it is not."""
    if len(text) > grenzen.FLIESSTEXT:
        return zu_lang(len(text), grenzen.FLIESSTEXT)
    if lesekosten(text) > grenzen.LESEN:
        return ZU_VIELE_ZEICHEN
    return zu_viele_akzente(text) or _zu_viele_zellen(_zellen_im_dialekt(text))


def zu_viel_html(html: str) -> str:
    """For HTML from an editor, or forged.

    Only where every tag is written as a browser writes it can ends be matched with beginnings; in anything else a tag
    might hide, and it may hold no more than cannot do harm.
    """
    if len(html) > grenzen.HTML_ZEICHEN:
        return zu_viel(len(html), grenzen.HTML_ZEICHEN, "Zeichen mit ihrer Formatierung")
    if lesekosten(html) > grenzen.LESEN:
        return ZU_VIELE_ZEICHEN
    if satz := zu_viele_akzente(html):
        return satz
    messung = _Messung()
    if not messung.miss(html):
        if (anzahl := html.count("<")) > grenzen.FREMDE_MARKEN:
            return zu_viel(anzahl, grenzen.FREMDE_MARKEN, "Formatierungen, die der Editor nicht kennt,")
        if len(html) > grenzen.FLIESSTEXT:
            return zu_lang(len(html), grenzen.FLIESSTEXT)
        return ""
    if messung.zeichen > grenzen.FLIESSTEXT:
        return zu_lang(messung.zeichen, grenzen.FLIESSTEXT)
    if messung.marken > grenzen.HTML_MARKEN:
        return zu_viel(messung.marken, grenzen.HTML_MARKEN, "Absätze, Punkte, Zellen und Hervorhebungen")
    if messung.tiefe > grenzen.HTML_TIEFE:
        return zu_viel(messung.tiefe, grenzen.HTML_TIEFE, "Ebenen, eine in der anderen,")
    return _zu_viele_zellen(messung.zellen)


def lesekosten(text: str) -> int:
    """How many microseconds reading a text in the dialect takes about; counted, not measured."""
    zeichen = sum(text.count(zeichen) * kosten for zeichen, kosten in _LESEKOSTEN.items())
    return len(text) // 10 + zeichen + _GEZAEHLTE_ZEILE * len(_ZEILE_MIT_ZAHL.findall(text))


def zu_lang(zeichen: int, hoechstens: int) -> str:
    return zu_viel(zeichen, hoechstens, "Zeichen")


def zu_viel(ist: int, hoechstens: int, wovon: str, wer: str = "Der Text hat") -> str:
    """The sentence for what is beyond a bound."""
    mehr = f"{wer} {_zahl(ist)}, also {_zahl(ist - hoechstens)} zu viel"
    return f"Höchstens {_zahl(hoechstens)} {wovon} haben hier Platz. {mehr}. Kürzen Sie, oder teilen Sie den Text auf."


def worte_aus_html(html: str) -> str:
    """The words of any HTML without its tags, to show them; nothing is parsed, and no word is left out."""
    zeilen = _ZELLENENDE.sub(" ", _ABSATZENDE.sub("\n", html))
    return _entwertet(_IRGENDEINE_MARKE.sub("", zeilen)).strip()


def _entwertet(html: str) -> str:
    """The signs that are written as entities."""
    return unescape(_RIESIGES_ZEICHEN.sub("\ufffd", html))


def _zahl(anzahl: int) -> str:
    return f"{anzahl:,}".replace(",", ".")


def _zu_viele_zellen(zellen: int) -> str:
    if zellen <= grenzen.TABELLENZELLEN:
        return ""
    return zu_viel(zellen, grenzen.TABELLENZELLEN, "Tabellenzellen, jede Zeile so breit wie die breiteste,")


def _zellen_im_dialekt(text: str) -> int:
    """At least as many as the tables of the text have: a table goes on until a line is empty."""
    if "|" not in text:
        return 0
    zellen = zeilen = striche = 0
    for zeile in [*text.splitlines(), ""]:
        if zeile.strip():
            zeilen, striche = zeilen + 1, max(striche, zeile.count("|"))
        else:
            zellen += zeilen * (striche + 1) if striche else 0
            zeilen = striche = 0
    return zellen


class _Messung:
    """Goes through HTML once, and counts never less than what a parser will meet.

    An end tag only counts where it closes what was opened last; otherwise the nesting goes on.
    """

    def __init__(self) -> None:
        self.zeichen = self.marken = self.tiefe = self.zellen = 0
        self._offen: list[str] = []
        self._tabelle = _Raster()

    def miss(self, html: str) -> bool:
        """False where a tag is written in another way than a browser does; then nothing was counted for sure."""
        ende = 0
        while (anfang := html.find("<", ende)) >= 0:
            marke = _MARKE.match(html, anfang)
            if not marke or (name := marke["name"].lower()) not in _BEKANNT:
                return False
            self.zeichen += len(_entwertet(html[ende:anfang]))
            ende = marke.end()
            if marke["ende"]:
                self._schliesse(name)
            else:
                self._oeffne(name, marke["attribute"])
        self.zeichen += len(_entwertet(html[ende:]))
        self.zellen += self._tabelle.zellen()
        return True

    def _oeffne(self, name: str, attribute: str) -> None:
        self.marken += 1
        # The address of a link is stored as a part of the text.
        self.zeichen += len(attribute) if name == "a" else 0
        if name == "tr":
            self._tabelle.neue_reihe()
        elif name in ("td", "th"):
            self._tabelle.neue_zelle(attribute, in_reihe=bool(self._offen) and self._offen[-1] == "tr")
        if name not in _LEER:
            self._offen.append(name)
            self.tiefe = max(self.tiefe, len(self._offen))

    def _schliesse(self, name: str) -> None:
        if not (self._offen and self._offen[-1] == name):
            # A parser may make an empty element of a closing tag that nothing opened.
            self.marken += 1
            return
        self._offen.pop()
        if name == "table" and "table" not in self._offen:
            self.zellen += self._tabelle.zellen()
            self._tabelle = _Raster()


class _Raster:
    """Rows and the widest of them, with what cells above reach down."""

    def __init__(self) -> None:
        self.reihen = self.breite = 0
        self._reihe = self._eigene = self._von_oben = 0
        self._ab_naechster = 0
        self._enden: dict[int, int] = {}

    def zellen(self) -> int:
        return self.reihen * self.breite

    def neue_reihe(self) -> None:
        self.reihen += 1
        self._reihe += 1
        self._eigene = 0
        self._von_oben += self._ab_naechster - self._enden.pop(self._reihe, 0)
        self._ab_naechster = 0

    def neue_zelle(self, attribute: str, in_reihe: bool) -> None:
        spannen = {name.lower(): min(int(zahl), GROESSTE_SPANNE) for name, zahl in _SPANNE.findall(attribute)}
        breit, hoch = (max(spannen.get(name, 1), 1) for name in ("colspan", "rowspan"))
        self.reihen += not in_reihe
        self._eigene += breit
        self.breite = max(self.breite, self._eigene + self._von_oben)
        if hoch > 1:
            self._ab_naechster += breit
            self._enden[self._reihe + hoch] = self._enden.get(self._reihe + hoch, 0) + breit
