"""One PDF: the Vorlage, then its Anlage 1 with the measures as a spreadsheet inside."""

from collections.abc import Iterator
from functools import partial

from django.template.loader import render_to_string

from konzept.dokument import baum, pdf
from konzept.dokument.maengel import Mangel, Unvollstaendig
from konzept.dokument.schriften import druckbar
from konzept.dokument.zeilen import Zeilen
from konzept.dokument.zusammenstellung import stelle_mit_maengeln_zusammen
from konzept.druckauftraege.arbeitsstand import grundlage
from konzept.druckauftraege.vorhaben import Vorhaben
from konzept.fassungen.ausgaben import bilder

from .blatt import Blatt, stelle_blatt_zusammen
from .models import Vorlage
from .tabelle import DATEINAME, massnahmen_als_xlsx

ART = "vorlage"
"""The kind of the job."""


def anlage_1(vorlage: Vorlage) -> tuple[baum.Dokument, tuple[Mangel, ...]]:
    """The concept as it stands in the Fassung of a Vorlage (one query), or else in the rows (see `stelle_zusammen`),
    and what is not in it."""
    if vorlage.fassung:
        return vorlage.fassung.dokument, ()
    return stelle_mit_maengeln_zusammen(Zeilen(vorlage.konzept))


def vorhaben(vorlage: Vorlage) -> Vorhaben:
    """The print of a Vorlage that was read with `fuer_blatt`, as it and its Anlage are now. Raises Unvollstaendig: no
    council decides on a concept with gaps."""
    dokument, maengel = anlage_1(vorlage)
    if maengel:
        raise Unvollstaendig(maengel)
    blatt = stelle_blatt_zusammen(vorlage, dokument)
    eigene_bilder = bilder(vorlage.fassung) if vorlage.fassung else None  # frozen with it
    anlage = (baum.pruefsumme(dokument), eigene_bilder) if vorlage.fassung else grundlage(dokument)
    return Vorhaben(
        konzept=vorlage.konzept,
        art=ART,
        angaben=(str(vorlage.pk),),
        grundlage=(blatt, anlage),
        mache=partial(_drucke, blatt, dokument, eigene_bilder),
    )


def stelle_her(pk: str) -> None:
    """Print a Vorlage by its primary key, for a process of its own."""
    vorhaben(Vorlage.objects.fuer_blatt().get(pk=pk)).stelle_her()


def _drucke(blatt: Blatt, dokument: baum.Dokument, eigene_bilder) -> bytes:
    return pdf.drucke(
        dokument,
        anlagen=tuple(_tabelle(dokument)),
        vorspann=_vorspann(druckbar(blatt)),
        ausfertigung=pdf.Ausfertigung(bilder=eigene_bilder),
    )


def _tabelle(dokument: baum.Dokument) -> Iterator[pdf.Anlage]:
    """The spreadsheet, where there is any measure."""
    if any(dokument.massnahmen()):
        yield pdf.Anlage(
            name=DATEINAME,
            inhalt=massnahmen_als_xlsx(dokument),
            beschreibung=f"Die Maßnahmen der Anlage 1 als Tabelle: {dokument.titel}",
        )


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
