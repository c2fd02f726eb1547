"""The print of a concept as its rows are now, which says that it is no version that anybody froze."""

import datetime as dt
from typing import ClassVar

from konzept.dokument import baum, pdf, ressourcen
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.heute import am, heute
from konzept.models import Konzept

from .aufnahme import Aufnahme, Fortschritt, Speicher

GEGENSTAND, GEGENSTAND_GROSS = "konzept", "konzept-grossdruck"
"""Of the job that prints it, and of that in large print."""

Bilder = dict[str, tuple[str, bytes]]
"""Media type and content of pictures, by the address under which the print names them."""


class Arbeitsstand(Aufnahme, frozen=True, kw_only=True):
    ART: ClassVar[str] = "konzept"

    dokument: baum.Dokument
    bilder: Bilder
    tag: dt.date
    gross: bool = False
    """In large print."""

    def drucke(self, fortschritt: Fortschritt, speicher: Speicher) -> bytes:
        wie = ausfertigung(self.tag, self.bilder)._replace(gross=self.gross)
        return pdf.drucke(self.dokument, ausfertigung=wie, fortschritt=fortschritt, speicher=speicher)


def titel(konzept: Konzept, gross: bool = False) -> str:
    """What the job and the log call it."""
    return f"{konzept.titel} als PDF{' in Großdruck' if gross else ''}"


def ausfertigung(tag: dt.date, bilder: Bilder | None = None) -> pdf.Ausfertigung:
    """How the Arbeitsstand of a day prints."""
    return pdf.Ausfertigung(marke=f"Arbeitsstand vom {am(tag)}", wort="Arbeitsstand", bilder=bilder)


def nimm_auf(konzept: Konzept, gross: bool = False) -> Arbeitsstand:
    """The whole concept as it is stored now. 26 queries: those of `stelle_zusammen`, and one for the concept."""
    dokument = stelle_zusammen(Konzept.objects.mit_kommune().get(pk=konzept.pk))
    return Arbeitsstand(dokument=dokument, bilder=bilder(dokument), tag=heute(), gross=gross)


def bilder(dokument: baum.Dokument) -> Bilder:
    """The pictures of the media storage that the print of a tree shows: without what is missing there."""
    adresse = f"media:{dokument.kommune.wappen}"
    try:
        return {adresse: ressourcen.inhalt(adresse)}
    except (ressourcen.Verweigert, OSError):
        # The print leaves out a picture that cannot be read.
        return {}
