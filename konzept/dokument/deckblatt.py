"""The cover: as large as its words allow, so that whatever the form takes stands on one page and nothing overlaps."""

from itertools import chain
from typing import NamedTuple

from konzept.heute import am

from . import baum
from .schriftbreiten import breitestes_wort, zeilen

MM = 72 / 25.4
SEITE = 297.0
VORSPANN = 12.0
"""Points in which it is set that the print is an annex or a draft, above the name of the Kommune."""
RAHMEN = 4.0
"""Millimetres of the box around it, and what is below it."""
SPIELRAUM = 4.0
"""Millimetres that stay free, for what the sizes of signs and spaces that do not break add to the reckoning."""
GUT_LESBAR = 17.0
"""Points: for a long word the title gets no smaller than that; it is hyphenated."""


class Stufe(NamedTuple):
    """Sizes of type in points, everything else in millimetres: where the coat of arms, the title and the foot begin."""

    kommune: float
    titel: float
    untertitel: float
    fuss: float
    links: float
    rechts: float
    wappen_ab: float
    wappen_hoch: float
    titel_ab: float
    fuss_bis: float
    abstand: float

    @property
    def satzbreite(self) -> float:
        """The width of the text area, in points."""
        return (210 - self.links - self.rechts) * MM


STUFEN = (
    Stufe(14, 31, 15, 10.5, 44, 26, 34, 38, 96, 30, 7),
    Stufe(14, 26, 14, 10.5, 44, 26, 34, 38, 96, 30, 7),
    Stufe(12.5, 21, 12.5, 10, 44, 26, 30, 34, 78, 26, 6),
    Stufe(11, 17, 11, 9, 38, 20, 24, 28, 60, 20, 5),
    Stufe(9.5, 12.5, 9.5, 8.5, 32, 16, 14, 20, 40, 12, 3),
)
"""The last one holds all fields of the form when each is filled with its widest letters."""
GROSSE_STUFEN = (
    Stufe(20, 34, 20, 18, 40, 20, 30, 38, 84, 26, 7),
    Stufe(18, 26, 18, 18, 32, 16, 20, 30, 60, 20, 5),
)
"""In large print the first to be tried."""
ZEILE = {"kommune": 1.35, "titel": 1.16, "untertitel": 1.35, "fuss": 1.35}
"""Heights of lines, by the name of the size."""


class Worte(NamedTuple):
    """What stands on a cover; `vorspann` is what an annex or a draft says of itself."""

    kommune: str
    titel: str
    untertitel: str
    fuss: tuple[str, ...]
    vorspann: tuple[str, ...] = ()


def worte_von(dokument: baum.Dokument, beschluss: str = "", vorspann: tuple[str, ...] = ()) -> Worte:
    """The words of the cover of a document, as templates/dokument/druck.html sets them."""
    von = dokument.herausgeber or dokument.kommune.name
    stand = f" · Stand {am(dokument.stand)}" if dokument.stand else ""
    fuss = (dokument.anlass, f"Beschlossen: {beschluss}" if beschluss else "", f"{von}{stand}")
    return Worte(dokument.kommune.name, dokument.titel, dokument.untertitel, fuss, vorspann)


def stufe(worte: Worte, gross: bool = False) -> tuple[Stufe, bool]:
    """The largest one in which everything fits, and whether words have to be hyphenated for it: only where one is wider
    than the page. `gross`: in large print."""
    stufen = (*GROSSE_STUFEN, *STUFEN) if gross else STUFEN
    passend = [s for s in stufen if _hoehe(worte, s) + SPIELRAUM <= SEITE - s.titel_ab - s.fuss_bis] or [STUFEN[-1]]
    ganz = [s for s in passend if (s is passend[0] or s.titel >= GUT_LESBAR) and _worte_passen(worte, s)]
    return (ganz[0], False) if ganz else (passend[0], True)


def _hoehe(worte: Worte, s: Stufe) -> float:
    """Of title and foot together, with what parts them; in millimetres."""

    def hoch(text: str, punkt: float, hoehe: float) -> float:
        return zeilen(text, s.satzbreite / punkt) * punkt * hoehe / MM if text else 0.0

    fuss = sum(hoch(text, s.fuss, ZEILE["fuss"]) + 1 for text in worte.fuss if text)
    vorspann = sum(hoch(text, _vorspann(s), ZEILE["fuss"]) + RAHMEN for text in worte.vorspann if text)
    return (
        hoch(worte.kommune, s.kommune, ZEILE["kommune"])
        + hoch(worte.titel, s.titel, ZEILE["titel"])
        + hoch(worte.untertitel, s.untertitel, ZEILE["untertitel"])
        + (fuss + vorspann)
        + s.abstand * (2 + bool(worte.untertitel) + bool(vorspann))
    )


def _vorspann(s: Stufe) -> float:
    return max(VORSPANN, s.fuss)


def _worte_passen(worte: Worte, s: Stufe) -> bool:
    oben = ((worte.kommune, s.kommune), (worte.titel, s.titel), (worte.untertitel, s.untertitel))
    unten = ((text, s.fuss) for text in worte.fuss)
    return all(breitestes_wort(text) * punkt <= s.satzbreite for text, punkt in chain(oben, unten))


def regeln(worte: Worte, gross: bool = False) -> list[str]:
    """The CSS rules of a cover with these words."""
    s, trennen = stufe(worte, gross)
    seiten = f"left: {s.links}mm; right: {s.rechts}mm"
    return [
        f".druck-deckblatt {{ hyphens: {'auto' if trennen else 'manual'} }}",
        f".druck-deckblatt .dok-wappen {{ top: {s.wappen_ab}mm; left: {s.links}mm }}",
        f".druck-deckblatt .dok-wappen img {{ max-height: {s.wappen_hoch}mm }}",
        f".druck-titelblock {{ top: {s.titel_ab}mm; {seiten} }}",
        f".druck-fussblock {{ bottom: {s.fuss_bis}mm; {seiten}; {_schrift(s, 'fuss')} }}",
        f".druck-kommune {{ margin-bottom: {s.abstand * 0.6:g}mm; {_schrift(s, 'kommune')} }}",
        f".druck-titel {{ {_schrift(s, 'titel')} }}",
        f".druck-untertitel {{ margin-top: {s.abstand}mm; {_schrift(s, 'untertitel')} }}",
        f".druck-marke {{ margin-bottom: {s.abstand}mm; font-size: {_vorspann(s):g}pt }}",
        f".druck-anlage + .druck-kommune, .druck-vermerk + .druck-kommune {{ margin-top: {s.abstand}mm }}",
    ]


def _schrift(s: Stufe, name: str) -> str:
    return f"font-size: {getattr(s, name)}pt; line-height: {ZEILE[name]}"
