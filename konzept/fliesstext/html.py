"""Blocks as the HTML that the editor edits, and whatever HTML comes back from it as blocks.

What comes from a browser is forged for all we know: nh3 lets pass but a handful of tags, and of those only structure,
emphasis and the addresses of links are taken. Everything else leaves its text behind. Scripts and styles do not, nor
does what was struck out, hidden, or noted at the margin: none of it is text, whichever program copied it along.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
from itertools import chain, repeat

import nh3

from .bloecke import (
    Absatz,
    Block,
    Lauf,
    Liste,
    Punkt,
    Text,
    Texttabelle,
    Zwischentitel,
    aus_zeilen,
    verschmolzen,
    zeilen_von,
)
from .hochtief import hoch_oder_tief
from .html_tabelle import AUSRICHTUNG, Attribute, Tabelle
from .lesen import ERLAUBTE_ZIELE, TIEFSTE_EBENE, lies_text, ziel_wie_gelesen
from .schreiben import schreibe
from .titelzeile import mit_titeln, titelzeile
from .umfang import GROESSTE_SPANNE
from .zaehlung import ZAEHLUNGEN

TIEFSTE_LISTE = TIEFSTE_EBENE // 2 - 1
"""Lists nested deeper than this go on at this depth, or the dialect would take them for an accident of typing."""

TIEFSTE_STELLUNG = 3
"""What is raised in what is raised, and so on; nobody writes deeper, and each level goes through the text once more."""

_FETT, _KURSIV = {"strong", "b"}, {"em", "i"}
_TITEL = {"h1", "h2", "h3", "h4", "h5", "h6"}
# These have no counterpart in the dialect, but they end a paragraph.
_ABSAETZE = {
    *("p", "div", "blockquote", "pre", "address", "article", "section", "aside", "header", "footer", "main", "nav"),
    *("figure", "figcaption", "dl", "dt", "dd", "fieldset", "details", "summary", "hr", "form", "center", "caption"),
}
_LISTEN, _ZELLEN = {"ul", "ol"}, {"td", "th"}
_TABELLE = {"table", "thead", "tbody", "tfoot", "tr"} | _ZELLEN
_GESTELLT = {"sup", "sub", "span"}
_IM_TEXT = _FETT | _KURSIV | _GESTELLT | {"a"}
_TAGS = _IM_TEXT | _TITEL | _ABSAETZE | _LISTEN | _TABELLE | {"li", "br"}
# The words inside these are no text of the document, and are left out together with them.
_KEIN_TEXT = {"script", "style", "del", "s", "strike", "select", "datalist", "textarea"}
_KEIN_TEXT_KLASSEN = {
    *("msodel", "msocomtxt", "msocomanchor", "msocomoff", "msocommentreference", "msocommenttext"),
    *("trackchangetextdeletion", "trackchangetextdeletionmarker"),
}
_KEIN_TEXT_STIL = re.compile(
    r"mso-element:\s*comment|mso-special-character:\s*comment|mso-hide:\s*all|(?<![\w-])display:\s*none"
    r"|text-decoration[\w\s:-]{0,60}line-through",
    re.IGNORECASE,
)
_GESTELLT_STIL = re.compile(r"vertical-align:\s*(sup|sub)", re.IGNORECASE)
_LEERRAUM = re.compile(r"[ \t\n\r]+")
_HOECHSTE_NUMMER = 999_999_999
_ZELLE = {"colspan", "rowspan", "align"}
_ATTRIBUTE = {
    "*": {"class", "style"}, "a": {"href"}, "ol": {"start", "type"}, "td": _ZELLE, "th": _ZELLE,
    "p": {"align"}, "div": {"align"},
}  # fmt: skip


def html_von(text: Text) -> str:
    """Safe HTML of blocks, for the editor: p, h4, ul, ol, li, table, strong, em, a, br and nothing else. The title of a
    table stands in a paragraph above it, as in the dialect; what its columns are aligned to, at each cell."""
    return "".join(map(_block, text))


def _block(block: Block) -> str:
    match block:
        case Absatz(laeufe=laeufe):
            return f"<p>{_zeile(laeufe)}</p>"
        case Zwischentitel(laeufe=laeufe):
            return f"<h4>{_zeile(laeufe)}</h4>"
        case Liste(start=start, zaehlung=zaehlung, punkte=punkte):
            inhalt = "".join(f"<li>{html_von(punkt.bloecke)}</li>" for punkt in punkte)
            if start is None:
                return f"<ul>{inhalt}</ul>"
            art = f' type="{zaehlung}"' if zaehlung else ""
            return f'<ol start="{start}"{art}>{inhalt}</ol>'
        case Texttabelle(titel=titel, kopf=kopf, zeilen=zeilen):
            wo = [f' align="{AUSRICHTUNG[a]}"' if a in AUSRICHTUNG else "" for a in block.ausrichtung]
            reihen = [_reihe(kopf, wo, "th"), *(_reihe(reihe, wo, "td") for reihe in zeilen)]
            davor = f"<p>{_zeile(titelzeile(titel))}</p>" if titel else ""
            return f"{davor}<table><tbody>{''.join(reihen)}</tbody></table>"


def _reihe(zellen: Sequence[tuple[Lauf, ...]], wo: list[str], tag: str) -> str:
    paare = zip(zellen, chain(wo, repeat("")), strict=False)
    return f"<tr>{''.join(f'<{tag}{a}><p>{_zeile(zelle)}</p></{tag}>' for zelle, a in paare)}</tr>"


def _zeile(laeufe: Iterable[Lauf]) -> str:
    return "".join(map(_lauf, laeufe))


def _lauf(lauf: Lauf) -> str:
    text = escape(lauf.text).replace("\n", "<br>")
    for an, tag in ((lauf.kursiv, "em"), (lauf.fett, "strong")):
        text = f"<{tag}>{text}</{tag}>" if an else text
    return f'<a href="{escape(lauf.ziel)}">{text}</a>' if lauf.ziel else text


@lru_cache(maxsize=64)
def dialekt_aus_html(html: str, bisher: str = "") -> str:
    """The dialect for what came from the editor. A text whose blocks are those of `bisher` stays `bisher`, to the byte.

    Never raises, whatever the HTML is.
    """
    bloecke = lies_html(html)
    return bisher if bloecke == lies_text(bisher) else schreibe(bloecke)


def lies_html(html: str) -> Text:
    """The blocks of any HTML; all its text is in them, and nothing else.

    What was struck out or hidden and what was noted at the margin is none of its text.
    """
    leser = _Leser()
    leser.feed(
        nh3.clean(
            html.encode(errors="replace").decode(),
            tags=_TAGS,
            clean_content_tags=_KEIN_TEXT,
            attributes=_ATTRIBUTE,
            url_schemes={"http", "https", "mailto"},
            link_rel=None,
        )
    )
    leser.close()
    return leser.ergebnis()


class _Leser(HTMLParser):
    """Gathers blocks from well-formed HTML, without recursion, so that no nesting is too deep for it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.oben: list[Block] = []
        self.listen: list[_Liste] = []
        self.tabelle: Tabelle | None = None
        self.tabellen = self.fett = self.kursiv = self.titel = self.zu_tief = 0
        self.ziele: list[str] = []
        self.laeufe: list[Lauf] = []
        # For each open element: whether it is raised or lowered ("" for neither), and the run with which it begins.
        self.gestellt: list[tuple[str, int]] = []
        # The open tag whose words are left out, and how many of the same kind are open inside each other.
        self.kein_text, self.tiefe = "", 0

    def ergebnis(self) -> Text:
        self._schliesse_absatz()
        while self.listen:
            self._schliesse_liste()
        self._schliesse_tabelle()
        return tuple(mit_titeln(self.oben))

    # What the parser meets ----------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.kein_text:
            self.tiefe += tag == self.kein_text
        elif tag not in ("br", "hr") and _kein_text(dict(attrs)):
            if tag not in _IM_TEXT:
                self._schliesse_absatz()
            self.kein_text, self.tiefe = tag, 1
        else:
            self._oeffne(tag, attrs)

    def _oeffne(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _FETT:
            self.fett += 1
        elif tag in _KURSIV:
            self.kursiv += 1
        elif tag == "a":
            self.ziele.append(_ziel(dict(attrs).get("href")))
        elif tag in _GESTELLT:
            art = _gestellt(tag, dict(attrs)) if sum(art != "" for art, _ in self.gestellt) < TIEFSTE_STELLUNG else ""
            self.gestellt.append((art, len(self.laeufe)))
        elif tag == "br":
            self._text("\n")
        elif tag in _TABELLE:
            self._oeffne_tabellenteil(tag, dict(attrs))
        else:
            self._schliesse_absatz()
            if self.tabelle and self.tabellen == 1:
                self.tabelle.oeffne_absatz(tag, dict(attrs))
            if tag in _TITEL:
                self.titel += 1
            elif tag in _LISTEN and not self.tabelle:
                self._oeffne_liste(tag, dict(attrs))
            elif tag == "li" and not self.tabelle:
                self._oeffne_punkt()

    def handle_endtag(self, tag: str) -> None:
        if self.kein_text:
            self.tiefe -= tag == self.kein_text
            if not self.tiefe:
                self.kein_text = ""
        elif tag in _FETT:
            self.fett -= 1
        elif tag in _KURSIV:
            self.kursiv -= 1
        elif tag == "a":
            self.ziele.pop()
        elif tag in _GESTELLT:
            self._stelle(*self.gestellt.pop())
        elif tag in _TABELLE:
            self._schliesse_absatz()
            if tag == "table":
                self.tabellen -= 1
                if not self.tabellen:
                    self._schliesse_tabelle()
        else:
            self._schliesse_absatz()
            if tag == "caption" and self.tabelle and self.tabellen == 1:
                self.tabelle.schliesse_titel()
            if tag in _TITEL:
                self.titel -= 1
            elif tag in _LISTEN and not self.tabelle:
                self._schliesse_liste()

    def handle_data(self, data: str) -> None:
        if not self.kein_text:
            self._text(_LEERRAUM.sub(_ohne_zeilenenden, data))

    # Text ---------------------------------------------------------------------------------------------

    def _text(self, text: str) -> None:
        ziel = self.ziele[-1] if self.ziele else ""
        self.laeufe.append(Lauf(text=text, fett=self.fett > 0, kursiv=self.kursiv > 0, ziel=ziel))

    def _stelle(self, art: str, anfang: int) -> None:
        if art:
            davor = self.laeufe[anfang - 1].text if anfang else ""
            self.laeufe[anfang:] = hoch_oder_tief(art, self.laeufe[anfang:], davor)

    def _schliesse_absatz(self) -> None:
        """What was gathered becomes paragraphs, parted where lines are empty; in a cell it is one."""
        for gestellt in reversed(self.gestellt):
            self._stelle(*gestellt)
        self.gestellt = [(art, 0) for art, _ in self.gestellt]
        zeilen, self.laeufe = zeilen_von(self.laeufe), []
        if self.tabelle:
            self.tabelle.absaetze_der_zelle.append(_mit_leerzeichen(filter(None, zeilen)))
            return
        absatz: list[tuple[Lauf, ...]] = []
        for zeile in [*zeilen, ()]:
            if zeile:
                absatz.append(zeile)
            elif absatz:
                if self.titel:
                    self._hier().append(Zwischentitel(laeufe=_mit_leerzeichen(absatz)))
                else:
                    self._hier().append(Absatz(laeufe=aus_zeilen(absatz)))
                absatz = []

    def _hier(self) -> list[Block]:
        """Where the next block goes: into the open item, or to the top."""
        if not self.listen:
            return self.oben
        liste = self.listen[-1]
        if not liste.punkte:
            liste.punkte.append([])
        return liste.punkte[-1]

    # Lists --------------------------------------------------------------------------------------------

    def _oeffne_liste(self, tag: str, attrs: Attribute) -> None:
        if len(self.listen) == TIEFSTE_LISTE:
            self.zu_tief += 1
            return
        self._hier()
        zaehlung = attrs.get("type") or ""
        zaehlung = zaehlung if zaehlung in ZAEHLUNGEN else ""
        self.listen.append(_Liste(None) if tag == "ul" else _Liste(_nummer(attrs.get("start")), zaehlung))

    def _oeffne_punkt(self) -> None:
        if not self.listen:
            self.listen.append(_Liste(None))
        self.listen[-1].punkte.append([])

    def _schliesse_liste(self) -> None:
        if self.zu_tief:
            self.zu_tief -= 1
        elif self.listen:
            liste = self.listen.pop()
            if liste.punkte:
                punkte = tuple(Punkt(bloecke=tuple(mit_titeln(bloecke))) for bloecke in liste.punkte)
                self._hier().append(Liste(start=liste.start, zaehlung=liste.zaehlung, punkte=punkte))

    # Tables -------------------------------------------------------------------------------------------

    def _oeffne_tabellenteil(self, tag: str, attrs: Attribute) -> None:
        self._schliesse_absatz()
        if tag == "table":
            self.tabellen += 1
            if self.tabellen == 1 and len(self.listen) < TIEFSTE_LISTE:
                self.tabelle = Tabelle()
        elif self.tabelle and self.tabellen == 1:
            if tag == "tr":
                self.tabelle.neue_reihe()
            elif tag in _ZELLEN:
                breit, hoch = (min(_nummer(attrs.get(a)), GROESSTE_SPANNE) for a in ("colspan", "rowspan"))
                self.tabelle.neue_zelle(breit, hoch, attrs)

    def _schliesse_tabelle(self) -> None:
        if self.tabelle:
            bloecke = self.tabelle.bloecke()
            self.tabelle = None
            self._hier().extend(bloecke)


class _Liste:
    def __init__(self, start: int | None, zaehlung: str = "") -> None:
        self.start, self.zaehlung = start, zaehlung
        self.punkte: list[list[Block]] = []


def _mit_leerzeichen(zeilen: Iterable[tuple[Lauf, ...]]) -> tuple[Lauf, ...]:
    """Lines as a single one."""
    laeufe: list[Lauf] = []
    for zeile in zeilen:
        if laeufe and zeile:
            laeufe.append(Lauf(text=" "))
        laeufe += zeile
    return verschmolzen(laeufe)


def _kein_text(attrs: Attribute) -> bool:
    klassen = (attrs.get("class") or "").lower().split()
    return not _KEIN_TEXT_KLASSEN.isdisjoint(klassen) or bool(_KEIN_TEXT_STIL.search(attrs.get("style") or ""))


def _gestellt(tag: str, attrs: Attribute) -> str:
    if tag != "span":
        return tag
    treffer = _GESTELLT_STIL.search(attrs.get("style") or "")
    return treffer[1].lower() if treffer else ""


def _ohne_zeilenenden(leerraum: re.Match[str]) -> str:
    return leerraum[0] if leerraum[0].strip(" ") == "" else " "


def _ziel(href: str | None) -> str:
    href = (href or "").strip()
    return ziel_wie_gelesen(href) if ERLAUBTE_ZIELE.match(href) else ""


def _nummer(start: str | None) -> int:
    text = (start or "").strip()
    return min(int(text), _HOECHSTE_NUMMER) if text.isascii() and text.isdecimal() and len(text) < 10 else 1
