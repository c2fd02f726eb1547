"""Which signs the fonts of the print have, and what is printed in place of the others.

A PDF/A must carry a glyph for every sign. A sign that none of the fonts has would come out as an empty box, or from
whatever font the machine happens to have: it is found before printing and replaced by U+FFFD.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from fontTools.ttLib import TTFont
from msgspec import Struct

from . import baum, ressourcen

FAMILIEN = (
    tuple(f"kern/fonts/fira-sans/FiraSans-{s}.woff2" for s in ("Regular", "Italic", "SemiBold", "SemiBoldItalic")),
    tuple(f"ersatzschrift/dejavu-sans-latin-{s}-normal.woff" for s in (400, 700)),
)
"""Static names of the fonts that static/css/druck.css declares, the text font first, then its substitute."""

ERSATZ = "\ufffd"

# Bullets and boxes that Word takes from its symbol fonts arrive in the private use area.
AUS_WORD = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0a8": "☐", "\uf06f": "☐", "\uf0fe": "☑", "\uf0fc": "✓", "\uf0fb": "✗",
    "\uf0d8": "➢", "\uf076": "❖", "\uf0e0": "→", "\uf0e8": "→", "\uf0df": "←", "\uf02d": "–", "\uf0be": "–",
}  # fmt: skip
# Breaks of other systems become "\n"; selectors of a picture variant, joiners and byte order marks have no sign.
UMBRUECHE = dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n")
OHNE_ZEICHEN = re.compile("[\u200d\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
_TABELLE = str.maketrans(AUS_WORD | UMBRUECHE)
# One picture made of several signs: joined, with skin tone, a flag.
BILD = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}|.(?:[\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]|\u200d.)+",
    re.DOTALL,
)
ERLAUBT = frozenset("\n\t\r")


class Fehlzeichen(NamedTuple):
    """A sign that is replaced in print, its chapter and anchor ("" on the cover) and the words around it."""

    zeichen: str
    name: str
    stelle: str
    anker: str
    auszug: str

    def __str__(self):
        return f"{self.name}, {self.stelle}: „{self.auszug}“"


@lru_cache(maxsize=1)
def vorrat() -> frozenset[str]:
    """Every sign that one of the families has in all of its styles."""
    familien = (frozenset.intersection(*map(_zeichen, familie)) for familie in FAMILIEN)
    return frozenset().union(*familien) | ERLAUBT


def _zeichen(name: str) -> frozenset[str]:
    """Without private use and controls, for which fonts have signs of their own making."""
    with TTFont(ressourcen.datei(f"static:{name}"), lazy=True) as schrift:
        return frozenset(z for z in map(chr, schrift.getBestCmap()) if unicodedata.category(z) not in {"Co", "Cc"})


def ersetze(text: str) -> str:
    """The text as it is printed: composed, without what has no sign, U+FFFD for each sign that no font has."""
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text).translate(_TABELLE)
    if set(text) <= vorrat() and not OHNE_ZEICHEN.search(text):
        return text
    text = BILD.sub(lambda bild: bild[0] if bild[0][0] in vorrat() else ERSATZ, text)
    return "".join(z if z in vorrat() else ERSATZ for z in OHNE_ZEICHEN.sub("", text))


def druckbar(dokument: baum.Dokument) -> baum.Dokument:
    """The same tree with every text as it is printed."""
    return _druckbar(dokument)


def _druckbar(knoten):
    if isinstance(knoten, str):
        neu = ersetze(knoten)
        return knoten if neu == knoten else neu
    if isinstance(knoten, tuple):
        neu = tuple(map(_druckbar, knoten))
        return neu if any(a is not b for a, b in zip(neu, knoten, strict=True)) else knoten
    if isinstance(knoten, Struct):
        alt = {name: getattr(knoten, name) for name in knoten.__struct_fields__}
        neu = {name: wert if name in baum.NICHT_GELESEN and isinstance(wert, str) else _druckbar(wert)
               for name, wert in alt.items()}  # fmt: skip
        return type(knoten)(**neu) if any(neu[n] is not alt[n] for n in alt) else knoten
    return knoten


def fehlende_zeichen(dokument: baum.Dokument) -> list[Fehlzeichen]:
    """Every sign that would be replaced, once for each element in which it stands, in reading order."""
    gefunden = {}
    for text, stelle, anker in _stellen(dokument, "Deckblatt", ""):
        for zeichen, auszug in _fehlend(text):
            gefunden.setdefault((zeichen, anker), Fehlzeichen(zeichen, _name(zeichen), stelle, anker, auszug))
    return list(gefunden.values())


def _stellen(knoten, stelle: str, anker: str) -> Iterator[tuple[str, str, str]]:
    if isinstance(knoten, str) and knoten:
        yield knoten, stelle, anker
    elif isinstance(knoten, tuple):
        for teil in knoten:
            yield from _stellen(teil, stelle, anker)
    elif isinstance(knoten, Struct):
        if isinstance(knoten, baum.Kapitel):
            stelle = knoten.ueberschrift
        if not isinstance(knoten, baum.Verweis):
            anker = getattr(knoten, "anker", "") or anker
        for name in knoten.__struct_fields__:
            wert = getattr(knoten, name)
            if not (name in baum.NICHT_GELESEN and isinstance(wert, str)):
                yield from _stellen(wert, stelle, anker)


def _fehlend(text: str) -> Iterator[tuple[str, str]]:
    if text.isascii() and text.isprintable():
        return
    text = unicodedata.normalize("NFC", text).translate(_TABELLE)
    bilder = {stelle: bild[0] for bild in BILD.finditer(text) for stelle in [bild.start()]}
    ende = 0
    for i, zeichen in enumerate(text):
        if i < ende or zeichen in vorrat() or OHNE_ZEICHEN.match(zeichen):
            continue
        ganzes = bilder.get(i, zeichen)
        ende = i + len(ganzes)
        anfang = max(0, i - 30)
        auszug = " ".join(ersetze(text[anfang : ende + 30]).split())
        yield ganzes, auszug


def _name(zeichen: str) -> str:
    """ "U+1F600 GRINNING FACE"; the parts of a composed picture joined with "+"."""
    teile = [z for z in zeichen if not OHNE_ZEICHEN.match(z)] or list(zeichen)
    return " + ".join(f"U+{ord(z):04X} {unicodedata.name(z, _ohne_namen(z))}" for z in teile)


def _ohne_namen(zeichen: str) -> str:
    return {"Co": "PRIVATE USE", "Cc": "CONTROL"}.get(unicodedata.category(zeichen), "UNASSIGNED")
