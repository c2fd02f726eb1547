"""What the print decides from the tree before anything is laid out: colours, page breaks, the table of contents."""

import colorsys
import math
from typing import NamedTuple

from . import baum
from .schriftbreiten import breite

SEITE = 2600
"""Signs that fill a page, roughly: of text with its headings; of a table of measures one and a half times as many."""
GROSSE_TABELLE = 2 * SEITE
"""Signs of a table of measures from which on its Handlungsfeld begins a page."""
LANGES_KAPITEL = 4 * SEITE
"""Signs of a chapter from which on it begins a page."""
VERZEICHNIS = 44
"""Lines of a table of contents that still shows the third level."""


Farbe = tuple[float, float, float]
"""Red, green and blue, each from 0 to 1."""


class Farben(NamedTuple):
    """The accent as given (for surfaces), dark enough for text on white and on `hell`, and as a light surface."""

    akzent: str
    text: str
    hell: str


def farben(akzent: str) -> Farben:
    """Colours of the print from #rrggbb; the text colour keeps the contrast of 4.5:1 (WCAG 2.2, 1.4.3)."""
    rot, gruen, blau = (int(akzent[i : i + 2], 16) / 255 for i in (1, 3, 5))
    hell = _aufgehellt(rot), _aufgehellt(gruen), _aufgehellt(blau)
    ton, helligkeit, saettigung = colorsys.rgb_to_hls(rot, gruen, blau)
    text = (rot, gruen, blau)
    while _kontrast(text, hell) < 4.5:
        helligkeit -= 0.01
        text = colorsys.hls_to_rgb(ton, helligkeit, saettigung)
    return Farben(_hex((rot, gruen, blau)), _hex(text), _hex(hell))


def _aufgehellt(anteil: float) -> float:
    return 1 - (1 - anteil) * 0.09


def _hex(farbe: Farbe) -> str:
    return "#" + "".join(f"{int(anteil * 255 + 0.5):02x}" for anteil in farbe)


def _kontrast(dunkel: Farbe, hell: Farbe) -> float:
    return (_leuchtdichte(hell) + 0.05) / (_leuchtdichte(dunkel) + 0.05)


def _leuchtdichte(farbe: Farbe) -> float:
    """Relative luminance of sRGB, as WCAG defines it."""
    r, g, b = (a / 12.92 if a <= 0.04045 else math.pow((a + 0.055) / 1.055, 2.4) for a in farbe)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def umfang(knoten: object) -> int:
    """Signs that a reader sees in a part, with something for each paragraph's unfilled last line."""
    return sum(len(text) + 25 for text in baum.texte(knoten))


class Anfaenge(NamedTuple):
    """Anchors of sections: of those that begin a page, of those that follow on where there is room for a good piece of
    them, and of those short ones that stand on one page, so that no line of them is alone on one."""

    neue_seiten: frozenset[str]
    mit_platz: frozenset[str]
    zusammen: frozenset[str]


def anfaenge(dokument: baum.Dokument) -> Anfaenge:
    """Where a reader looks for the beginning of a page: the first chapter, long ones, and each Handlungsfeld whose
    measures fill more than about a page. The heading of a section that opens with such a field goes with it. All else
    follows on, so that no page is left half empty for nothing."""
    neu: list[str] = []
    platz: list[str] = []
    zusammen: list[str] = []

    def besuche(kapitel: baum.Kapitel, muss: bool, mit_oben: bool = False) -> None:
        """`mit_oben`: the page begins with the heading of the section that opens with it."""
        if mit_oben:
            pass
        elif muss:
            neu.append(kapitel.anker)
        elif kapitel.art != "teil" and _ganzer_umfang(kapitel) >= SEITE // 3:
            platz.append(kapitel.anker)
        elif _ganzer_umfang(kapitel) < SEITE // 6:
            zusammen.append(kapitel.anker)
        for i, unter in enumerate(kapitel.kapitel):
            mit = _beginnt_mit_grossem_feld(unter)
            besuche(unter, mit, mit_oben=mit and muss and i == 0 and not kapitel.teile)

    for i, kapitel in enumerate(dokument.kapitel):
        besuche(kapitel, i == 0 or _beginnt_mit_grossem_feld(kapitel) or _umfang_ohne_felder(kapitel) >= LANGES_KAPITEL)
    return Anfaenge(frozenset(neu), frozenset(platz), frozenset(zusammen))


def _ganzer_umfang(kapitel: baum.Kapitel) -> int:
    return umfang(kapitel.titel) + sum(map(umfang, kapitel.teile)) + sum(map(_ganzer_umfang, kapitel.kapitel))


def _umfang_ohne_felder(kapitel: baum.Kapitel) -> int:
    """What stands in it beside the Handlungsfelder, which begin their pages themselves."""
    if kapitel.art == "handlungsfeld":
        return 0
    return umfang(kapitel.titel) + sum(map(umfang, kapitel.teile)) + sum(map(_umfang_ohne_felder, kapitel.kapitel))


def _beginnt_mit_grossem_feld(kapitel: baum.Kapitel) -> bool:
    if kapitel.art == "handlungsfeld":
        teile = (teil for k in (kapitel, *kapitel.kapitel) for teil in k.teile)
        return sum(umfang(teil) for teil in teile if isinstance(teil, baum.Massnahmentabelle)) >= GROSSE_TABELLE
    return not kapitel.teile and bool(kapitel.kapitel) and _beginnt_mit_grossem_feld(kapitel.kapitel[0])


class Inhaltszeile(NamedTuple):
    """A line of the table of contents with the lines below it."""

    kapitel: baum.Kapitel
    darunter: tuple["Inhaltszeile", ...]


def inhaltsverzeichnis(dokument: baum.Dokument) -> tuple[Inhaltszeile, ...]:
    """Chapters and sections; the third level only while the list stays short."""
    anzahl = sum(1 for ebene, _ in dokument.alle_kapitel() if ebene <= 3)
    tiefe = 3 if anzahl <= VERZEICHNIS else 2

    def zeilen(kapitel: tuple[baum.Kapitel, ...], ebene: int) -> tuple[Inhaltszeile, ...]:
        if ebene > tiefe:
            return ()
        return tuple(Inhaltszeile(k, zeilen(k.kapitel, ebene + 1)) for k in kapitel)

    return zeilen(dokument.kapitel, 1)


def nummernbreiten(dokument: baum.Dokument) -> list[float]:
    """Width in em of the number column of each of three levels, from the widest number there; 0 without numbers."""
    breiten = [0.0, 0.0, 0.0]
    for ebene, kapitel in dokument.alle_kapitel():
        if ebene <= 3 and kapitel.nummer:
            breiten[ebene - 1] = max(breiten[ebene - 1], round(breite(kapitel.nummer) + 0.9, 2))
    return breiten


def gekuerzt(text: str, laenge: int) -> str:
    """The text, cut at a word and with an ellipsis where it is longer."""
    text = " ".join(text.split())
    if len(text) <= laenge:
        return text
    kopf = text[: laenge - 1]
    wort = kopf.rsplit(" ", 1)[0] if " " in kopf[laenge // 2 :] else kopf
    return wort.rstrip(" ,;:–-") + "…"
