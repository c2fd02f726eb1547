"""The rich text that people type, read into blocks of the tree.

A small Markdown: paragraphs parted by an empty line, a line break where one was typed, lists with "- " or "1. ",
**strong**, _emphasis_, [links](https://…), sub-headings with "#", tables with "|". HTML is plain text here, so no
text can carry markup into a page. The star inside a word ("Bürger*innen") is a letter, never emphasis.
"""

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from .baum import Absatz, Lauf, Liste, Punkt, Text, Texttabelle, Zwischentitel

ERLAUBTE_ZIELE = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
_WORTSTERN = re.compile(r"(?<=\w)(\*)(?=\w)")
_DATUM_AM_ZEILENANFANG = re.compile(r"^(\s*\d{3,})([.)])(?=\s)", re.MULTILINE)

_markdown = (
    MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": False})
    .enable("table")
    .disable(
        ["code", "fence", "html_block", "html_inline", "hr", "image", "lheading", "blockquote", "autolink"]
    )
    .disable(["backticks", "reference", "entity"])
)
_markdown.validateLink = lambda adresse: bool(ERLAUBTE_ZIELE.match(adresse))


@lru_cache(maxsize=4096)
def lies_text(text: str) -> Text:
    """The blocks of a text; () for an empty one. Never raises: what is not markup stays text.

    Costs about 0.1 ms per paragraph the first time; equal texts are remembered.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ").strip("\n")
    if not text.strip():
        return ()
    text = _WORTSTERN.sub(r"\\*", text)
    text = _DATUM_AM_ZEILENANFANG.sub(r"\1\\\2", text)
    # Indented text is code in Markdown and has no meaning here.
    baum = SyntaxTreeNode(_markdown.parse(text))
    return tuple(_bloecke(baum.children))


def _bloecke(knoten):
    for k in knoten:
        match k.type:
            case "paragraph":
                laeufe = _zeile(k.children[0])
                if laeufe:
                    yield Absatz(laeufe=laeufe)
            case "heading":
                yield Zwischentitel(laeufe=_zeile(k.children[0]))
            case "bullet_list" | "ordered_list":
                start = int(k.attrs.get("start", 1)) if k.type == "ordered_list" else None
                yield Liste(
                    start=start, punkte=tuple(Punkt(bloecke=tuple(_bloecke(p.children))) for p in k.children)
                )
            case "table":
                zeilen = [
                    tuple(_zeile(zelle.children[0]) if zelle.children else () for zelle in zeile.children)
                    for gruppe in k.children
                    for zeile in gruppe.children
                ]
                yield Texttabelle(kopf=zeilen[0], zeilen=tuple(zeilen[1:]))


def _zeile(inline) -> tuple[Lauf, ...]:
    laeufe: list[Lauf] = []

    def sammle(knoten, fett=False, kursiv=False, ziel=""):
        for k in knoten:
            match k.type:
                case "strong":
                    sammle(k.children, True, kursiv, ziel)
                case "em":
                    sammle(k.children, fett, True, ziel)
                case "link":
                    sammle(k.children, fett, kursiv, k.attrs["href"])
                case "softbreak" | "hardbreak":
                    haenge_an("\n", fett, kursiv, ziel)
                case _:
                    haenge_an(k.content, fett, kursiv, ziel)

    def haenge_an(text, fett, kursiv, ziel):
        if not text:
            return
        if laeufe and (laeufe[-1].fett, laeufe[-1].kursiv, laeufe[-1].ziel) == (fett, kursiv, ziel):
            laeufe[-1] = Lauf(text=laeufe[-1].text + text, fett=fett, kursiv=kursiv, ziel=ziel)
        else:
            laeufe.append(Lauf(text=text, fett=fett, kursiv=kursiv, ziel=ziel))

    sammle(inline.children)
    return tuple(laeufe)


def klartext(laeufe: tuple[Lauf, ...]) -> str:
    return "".join(lauf.text for lauf in laeufe)
