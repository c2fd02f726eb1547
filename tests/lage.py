"""Where the words of a print lie, as `pdftotext` finds them."""

import subprocess
from typing import NamedTuple

import lxml.html

ZEILENHOEHE = 1.2
"""Ascent and descent of Fira Sans in its size: so high is the box of a word."""
KOPF, FUSS = 72, 60
"""Points at the top and at the foot of a page in which the running heads stand."""


class Wort(NamedTuple):
    """In points from the upper left; pages count from 1."""

    seite: int
    text: str
    links: float
    oben: float
    rechts: float
    unten: float

    @property
    def groesse(self) -> float:
        """The size of the type, to a tenth of a point."""
        return round((self.unten - self.oben) / ZEILENHOEHE, 1)


def worte(pdf: bytes) -> list[Wort]:
    """The words of all pages without their running heads, in the order of the file."""
    lauf = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True)
    gefunden = []
    for nummer, seite in enumerate(lxml.html.document_fromstring(lauf.stdout.decode()).iter("page"), start=1):
        hoehe = float(seite.get("height"))
        for wort in seite.iter("word"):
            kasten = [float(wort.get(name)) for name in ("xmin", "ymin", "xmax", "ymax")]
            if KOPF < kasten[1] < hoehe - FUSS:
                gefunden.append(Wort(nummer, wort.text, *kasten))
    return gefunden


def wort(pdf: bytes, text: str) -> Wort:
    """The only word of this text."""
    (gefunden,) = (w for w in worte(pdf) if w.text == text)
    return gefunden


def zu_klein(pdf: bytes, ab: float = 8.5) -> set[tuple[str, float]]:
    """The words below a size."""
    return {(w.text, w.groesse) for w in worte(pdf) if w.groesse < ab}
