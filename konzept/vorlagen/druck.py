"""One PDF: the Vorlage, then its Anlage 1 with the measures as a spreadsheet inside."""

from django.template.loader import render_to_string

from konzept.dokument import baum, pdf
from konzept.dokument.schriften import druckbar
from konzept.dokument.zusammenstellung import stelle_zusammen

from .blatt import Blatt, stelle_blatt_zusammen
from .models import Vorlage
from .tabelle import DATEINAME, massnahmen_als_xlsx


def anlage_1(vorlage: Vorlage) -> baum.Dokument:
    """The concept as it stands in the Fassung of a Vorlage (one query), or else in the rows (see `stelle_zusammen`)."""
    return vorlage.fassung.dokument if vorlage.fassung else stelle_zusammen(vorlage.konzept)


def drucke_vorlage(vorlage: Vorlage) -> bytes:
    """The PDF of a Vorlage that was read with `fuer_blatt`. Raises DruckFehler as `pdf.drucke` does."""
    dokument = anlage_1(vorlage)
    tabelle = pdf.Anlage(
        name=DATEINAME,
        inhalt=massnahmen_als_xlsx(dokument),
        beschreibung=f"Die Maßnahmen der Anlage 1 als Tabelle: {dokument.titel}",
    )
    blatt = druckbar(stelle_blatt_zusammen(vorlage, dokument))
    return pdf.drucke(dokument, anlagen=(tabelle,), vorspann=_vorspann(blatt))


def _vorspann(blatt: Blatt) -> pdf.Vorspann:
    zu = f" zur Drucksache {blatt.nummer}" if blatt.nummer else ""
    return pdf.Vorspann(
        html=render_to_string("vorlagen/druck.html", {"blatt": blatt}),
        stil="css/vorlagen-druck.css",
        titel=f"{blatt.bezeichnung}: {blatt.betreff}",
        anlage=f"Anlage 1{zu}",
        vermerk=blatt.vermerk,
        lesezeichen=f"Anlage 1 – {blatt.anlage}",
    )
