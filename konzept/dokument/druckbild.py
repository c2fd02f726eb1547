"""What the print decides from the tree before anything is laid out: colours, page breaks, the table of contents."""

import colorsys
from typing import NamedTuple

from . import baum
from .schriftbreiten import breite

SEITE = 2600
"""Signs that fill a page, roughly; used only to tell a full page from a nearly empty one."""
VERZEICHNIS = 44
"""Lines of a table of contents that still shows the third level."""


class Farben(NamedTuple):
    """The accent as given (for surfaces), dark enough for text on white and on `hell`, and as a light surface."""

    akzent: str
    text: str
    hell: str


def farben(akzent: str) -> Farben:
    """Colours of the print from #rrggbb; the text colour keeps the contrast of 4.5:1 (WCAG 2.2, 1.4.3)."""
    rot, gruen, blau = (int(akzent[i : i + 2], 16) / 255 for i in (1, 3, 5))
    hell = tuple(1 - (1 - anteil) * 0.09 for anteil in (rot, gruen, blau))
    ton, helligkeit, saettigung = colorsys.rgb_to_hls(rot, gruen, blau)
    text = (rot, gruen, blau)
    while _kontrast(text, hell) < 4.5:
        helligkeit -= 0.01
        text = colorsys.hls_to_rgb(ton, helligkeit, saettigung)
    return Farben(_hex((rot, gruen, blau)), _hex(text), _hex(hell))


def _hex(farbe) -> str:
    return "#" + "".join(f"{int(anteil * 255 + 0.5):02x}" for anteil in farbe)


def _kontrast(dunkel, hell) -> float:
    return (_leuchtdichte(hell) + 0.05) / (_leuchtdichte(dunkel) + 0.05)


def _leuchtdichte(farbe) -> float:
    """Relative luminance of sRGB, as WCAG defines it."""
    r, g, b = (a / 12.92 if a <= 0.04045 else ((a + 0.055) / 1.055) ** 2.4 for a in farbe)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def umfang(knoten) -> int:
    """Signs that a reader sees in a part, with something for each paragraph's unfilled last line."""
    return sum(len(text) + 25 for text in baum.texte(knoten))


def neue_seiten(dokument: baum.Dokument) -> frozenset[str]:
    """Anchors of the sections that begin a page: chapters with a good half page before them, and Handlungsfelder.

    Fields of a few lines follow one another and what stands before them, and the heading of a section that opens with a
    field stays with it, so that no heading stands alone and no page is left nearly empty.
    """
    anker = set()
    seit_umbruch = SEITE

    def besuche(kapitel, genug):
        """`genug`: how much text there must be since the last break for another one; None: no break here."""
        nonlocal seit_umbruch
        if genug is not None and seit_umbruch >= genug:
            anker.add(kapitel.anker)
            seit_umbruch = 0
        seit_umbruch += umfang(kapitel.titel) + sum(umfang(teil) for teil in kapitel.teile)
        vorher = None
        for unter in kapitel.kapitel:
            if not _beginnt_mit_feld(unter) or (vorher is None and not kapitel.teile):
                besuche(unter, None)
            elif vorher is not None and vorher.art == "handlungsfeld":
                besuche(unter, 0 if max(umfang(vorher), umfang(unter)) >= SEITE // 3 else None)
            else:
                besuche(unter, SEITE // 2 if umfang(unter) >= SEITE // 3 else SEITE)
            vorher = unter

    for kapitel in dokument.kapitel:
        besuche(kapitel, SEITE // 2)
    return frozenset(anker)


def _beginnt_mit_feld(kapitel: baum.Kapitel) -> bool:
    if kapitel.art == "handlungsfeld":
        return True
    return not kapitel.teile and bool(kapitel.kapitel) and _beginnt_mit_feld(kapitel.kapitel[0])


class Eintrag(NamedTuple):
    """A line of the table of contents with the lines below it."""

    kapitel: baum.Kapitel
    darunter: tuple["Eintrag", ...]


def inhaltsverzeichnis(dokument: baum.Dokument) -> tuple[Eintrag, ...]:
    """Chapters and sections; the third level only while the list stays short."""
    anzahl = sum(1 for ebene, _ in dokument.alle_kapitel() if ebene <= 3)
    tiefe = 3 if anzahl <= VERZEICHNIS else 2

    def zeilen(kapitel, ebene):
        if ebene > tiefe:
            return ()
        return tuple(Eintrag(k, zeilen(k.kapitel, ebene + 1)) for k in kapitel)

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
