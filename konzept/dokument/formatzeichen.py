"""Signs of a formatting that our texts do not have, and that print as they stand: footnotes, pictures, HTML, and so on.

People bring them from other editors. Nothing is taken for more than the letters that it is; whoever edits is told.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from konzept.fliesstext import Absatz, Lauf, Liste, Texttabelle, Zwischentitel, klartext

from . import baum
from .verweise import hat_formular, teile


class Formatzeichen(NamedTuple):
    """Such signs in the text of the element `anker`, with its `titel`, and what becomes of them, as a sentence."""

    anker: str
    titel: str
    satz: str


_ARTEN = (
    (re.compile(r"\[\^[^\]\s]{1,30}\]"), "Fußnoten gibt es in diesen Texten nicht"),
    (re.compile(r"!\[[^\]\n]{0,200}\]\([^)\s]{0,500}\)?"), "Bilder gibt es in diesen Texten nicht"),
    (re.compile(r"(?<!!)\[[^\]\n]{1,200}\]\([^)\s]{1,500}\)"), "eine solche Adresse wird kein Link"),
    (re.compile(r"</?(?:b|i|u|p|br|em|strong|a|ul|ol|li|h[1-6]|sup|sub|span|div|table|tr|td)\b[^<>\n]{0,200}>"),
     "HTML gilt in diesen Texten nicht"),
    (re.compile(r"\*\*(?=\S)[^*\n]{1,200}|(?<!\w)~~(?=\S)[^~\n]{1,200}~~|```|`[^`\n]{1,100}`"),
     "eine solche Formatierung gilt hier nicht"),
    (re.compile(r"^\(?\w{1,3}[.)] ?[-–*•] ", re.MULTILINE), "hinter dem Zeichen steht noch ein Aufzählungszeichen"),
)  # fmt: skip
_AUSZUG = 40


def formatzeichen(dokument: baum.Dokument) -> list[Formatzeichen]:
    """The signs in the texts that look like formatting but are none, in reading order, each once. No queries."""
    return list(dict.fromkeys(_suche(dokument, ("", ""))))


def _suche(knoten: object, ort: tuple[str, str]) -> Iterator[Formatzeichen]:
    match knoten:
        case Absatz(laeufe=laeufe) | Zwischentitel(laeufe=laeufe):
            yield from (Formatzeichen(*ort, satz) for satz in _saetze(laeufe))
        case Texttabelle(titel=titel, kopf=kopf, zeilen=zeilen):
            zellen = (zelle for reihe in ((titel,), kopf, *zeilen) for zelle in reihe)
            yield from (Formatzeichen(*ort, satz) for zelle in zellen for satz in _saetze(zelle))
        case Liste(punkte=punkte):
            for platz, punkt in enumerate(punkte):
                yield from (Formatzeichen(*ort, satz) for satz in _am_anfang(knoten, platz))
                yield from _suche(punkt, ort)
        case _:
            if hat_formular(knoten):
                ort = knoten.anker, getattr(knoten, "titel", "") or getattr(knoten, "name", "")
            for teil in teile(knoten):
                yield from _suche(teil, ort)


def _am_anfang(liste: Liste, platz: int) -> Iterator[str]:
    """Of an item: a second sign behind its own."""
    match liste.punkte[platz].bloecke:
        case (Liste(), *_):
            yield "Ein Punkt einer Liste beginnt mit zwei Zeichen hintereinander; das erste steht im Druck für sich"
        case (Absatz(laeufe=laeufe), *_) if treffer := re.match(r"[-–*•](?= )", klartext(laeufe)):
            worte = f"{liste.zeichen(platz)} {treffer[0]}".strip()
            yield f"„{worte}“ wird gedruckt, wie es dasteht: {_ARTEN[-1][1]}"


def _saetze(laeufe: tuple[Lauf, ...]) -> Iterator[str]:
    text = klartext(laeufe)
    for muster, was in _ARTEN:
        for treffer in muster.finditer(text):
            worte = treffer[0] if len(treffer[0]) <= _AUSZUG else f"{treffer[0][:_AUSZUG]}…"
            yield f"„{worte.strip()}“ wird gedruckt, wie es dasteht: {was}"
    for lauf, danach in pairwise(laeufe):
        if lauf.text.endswith("!") and danach.ziel and not lauf.ziel and lauf.text[-2:-1] in ("", " ", "\n"):
            yield f"„!{danach.text[:_AUSZUG]}“ wird als Link gedruckt: Bilder gibt es in diesen Texten nicht"
