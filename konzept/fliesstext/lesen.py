"""The rich text that people type, read into blocks of the tree.

A small Markdown: paragraphs parted by an empty line, a line break where one was typed, lists with "- ", "1. " or
"a) ", **strong**, _emphasis_, [links](https://…), sub-headings with "#", tables with "|" whose columns may be aligned
(":---", ":--:", "---:") and which may have a title (see `titelzeile`). HTML is plain text here, so
no text can carry markup into a page. The star inside a word ("Bürger*innen") is a letter, never emphasis.

Nothing that was typed gets lost: a number at the beginning of a line stays the number typed, and cells beyond the head
of a table widen the table. A line that begins with an ordinal ("2. Sachstandsbericht") or a date ("8. Februar 2016")
stays a line; `marken` says what makes a list.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.tree import SyntaxTreeNode

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
    ausrichtung,
    zeilen_von,
)
from .marken import Marken, folgen
from .titelzeile import mit_titeln

ERLAUBTE_ZIELE = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
_AUSRICHTUNG = {"text-align:left": "links", "text-align:center": "mitte", "text-align:right": "rechts"}
"""As the parser says what it read in the line below the head."""
_WORTSTERN = re.compile(r"(?<=\w)(\*)(?=\w)")

LESARTEN = 4
"""So often a text is parsed to find out which numbers are words; beyond that each makes a list."""
TIEFSTE_EBENE = 24
"""A list inside a list takes two levels, emphasis one. What is nested deeper is no markup but an accident of typing."""


class _MarkdownIt(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        return bool(ERLAUBTE_ZIELE.match(url))


_markdown = (
    # The parser silently drops what is nested deeper than maxNesting. It may go deeper than we allow, so that we refuse
    # it.
    _MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": False, "maxNesting": 2 * TIEFSTE_EBENE})
    .enable("table")
    .disable(["code", "fence", "html_block", "html_inline", "hr", "image", "lheading", "blockquote", "autolink"])
    .disable(["backticks", "reference", "entity"])
)



def ziel_wie_gelesen(adresse: str) -> str:
    """An address as a link of the dialect has it: in ASCII, with what has no place in an address encoded."""
    return _markdown.normalizeLink(adresse)


@lru_cache(maxsize=4096)
def lies_text(text: str) -> Text:
    """The blocks of a text; () for an empty one. Never raises: what is not markup stays text.

    Costs about 0.1 ms per paragraph the first time; equal texts are remembered.
    """
    return lies(text)


def lies(text: str) -> Text:
    """`lies_text` for a text that nobody is going to ask for again."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ").strip("\n")
    if not text.strip():
        return ()
    marken = Marken(_WORTSTERN.sub(r"\\*", text))
    wurzel = _wurzel(marken)
    if wurzel is None:
        absaetze = (aus_zeilen(zeilen_von([Lauf(text=absatz)])) for absatz in text.split("\n\n"))
        return tuple(Absatz(laeufe=laeufe) for laeufe in absaetze if laeufe)
    return tuple(mit_titeln(_bloecke(wurzel.children, marken.quelle())))


def _wurzel(marken: Marken) -> SyntaxTreeNode | None:
    """The tree of a text, its items with their `marke` as `meta`; None where it is nested too deep to be meant."""
    for _ in range(LESARTEN):
        wurzel = _gelesen(marken)
        if wurzel is None or not marken.lerne(wurzel):
            return wurzel
    marken.nimm_zahlen()
    return _gelesen(marken)


def _gelesen(marken: Marken) -> SyntaxTreeNode | None:
    zeichen = _markdown.parse(marken.markdown())
    marken.benenne(zeichen)
    zu_tief = any(teil.level > TIEFSTE_EBENE for z in zeichen for teil in (z, *(z.children or ())))
    return None if zu_tief else SyntaxTreeNode(zeichen)


def _bloecke(knoten: Iterable[SyntaxTreeNode], quelle: list[str]) -> Iterator[Block]:
    for k in knoten:
        match k.type:
            case "paragraph":
                laeufe = _zeile(k.children[0])
                if laeufe:
                    yield Absatz(laeufe=laeufe)
            case "heading":
                if laeufe := _zeile(k.children[0]):
                    yield Zwischentitel(laeufe=laeufe)
            case "bullet_list":
                yield Liste(punkte=_punkte(k.children, quelle))
            case "ordered_list":
                for zaehlung, start, punkte in folgen(k.children):
                    yield Liste(start=start, zaehlung=zaehlung, punkte=_punkte(punkte, quelle))
            case "table":
                yield _tabelle(k, quelle)


def _punkte(knoten: Iterable[SyntaxTreeNode], quelle: list[str]) -> tuple[Punkt, ...]:
    return tuple(Punkt(bloecke=tuple(mit_titeln(_bloecke(punkt.children, quelle)))) for punkt in knoten)


def _tabelle(k: SyntaxTreeNode, quelle: list[str]) -> Texttabelle:
    """A table as wide as its widest row; Markdown drops cells beyond the head, so they come from the source."""
    erste, *zeilen = (zeile for gruppe in k.children for zeile in gruppe.children)
    titel = tuple(_zeile(zelle.children[0]) for zelle in erste.children)
    inhalt = []
    for zeile in zeilen:
        alle = escapedSplit(_wie_getippt(zeile, quelle).strip().removeprefix("|").removesuffix("|"))
        weitere = (SyntaxTreeNode(_markdown.parseInline(zelle.strip())) for zelle in alle[len(titel) :])
        inhalt.append(tuple(_zeile(zelle.children[0]) for zelle in (*zeile.children, *weitere)))
    breite = max(map(len, [titel, *inhalt]))
    kopf, *koerper = ((*reihe, *((),) * (breite - len(reihe))) for reihe in (titel, *inhalt))
    genannt = [_AUSRICHTUNG.get(str(zelle.attrs.get("style", "")), "") for zelle in erste.children]
    return Texttabelle(kopf=kopf, zeilen=tuple(koerper), ausrichtung=ausrichtung(genannt, breite))


def _wie_getippt(zeile: SyntaxTreeNode, quelle: list[str]) -> str:
    if zeile.map is None:
        raise TypeError("The parser does not say in which line a row of a table stands.")
    return quelle[zeile.map[0]]


def _zeile(inline: SyntaxTreeNode) -> tuple[Lauf, ...]:
    laeufe: list[Lauf] = []

    def sammle(
        knoten: Iterable[SyntaxTreeNode], fett: bool = False, kursiv: bool = False, ziel: str = ""
    ) -> None:
        for k in knoten:
            match k.type:
                case "strong":
                    sammle(k.children, True, kursiv, ziel)
                case "em":
                    sammle(k.children, fett, True, ziel)
                case "link":
                    adresse = str(k.attrs["href"])
                    if any(teil.content.strip() for teil in k.walk()):
                        sammle(k.children, fett, kursiv, adresse)
                    else:
                        haenge_an(adresse, fett, kursiv, adresse)
                    if titel := k.attrs.get("title"):
                        haenge_an(f" ({titel})", fett, kursiv, ziel)
                case "softbreak" | "hardbreak":
                    haenge_an("\n", fett, kursiv, ziel)
                case _:
                    haenge_an(k.content, fett, kursiv, ziel)

    def haenge_an(text: str, fett: bool, kursiv: bool, ziel: str) -> None:
        laeufe.append(Lauf(text=text, fett=fett, kursiv=kursiv, ziel=ziel))

    sammle(inline.children)
    return aus_zeilen(zeilen_von(laeufe))
