"""One PDF: the Vorlage, its Anlage 1 with the measures as a spreadsheet inside, and the other annexes that the product
prints."""

from collections.abc import Iterator
from typing import ClassVar

from django.template.loader import render_to_string

from konzept.dokument import baum, pdf
from konzept.dokument.fehlzeichen import druckbar, ersetze
from konzept.dokument.maengel import Mangel, Unvollstaendig
from konzept.dokument.zeilen import Zeilen
from konzept.dokument.zusammenstellung import stelle_mit_maengeln_zusammen
from konzept.druckauftraege.arbeitsstand import Bilder, bilder
from konzept.druckauftraege.aufnahme import Aufnahme, Fortschritt, Speicher
from konzept.fassungen.ausgaben import bilder as eingefrorene_bilder

from .anlagen import Anlagen, Druckanlage
from .blatt import Blatt, stelle_blatt_zusammen
from .models import Vorlage
from .rechenblatt import DATEINAME, massnahmen_als_xlsx


def anlage_1(vorlage: Vorlage) -> tuple[baum.Dokument, tuple[Mangel, ...]]:
    """The concept as it stands in the Fassung of a Vorlage, or else in the rows (see `stelle_zusammen`), and what is
    not in it."""
    if vorlage.fassung:
        return vorlage.fassung.dokument, ()
    return stelle_mit_maengeln_zusammen(Zeilen(vorlage.konzept))


class Vorlagendruck(Aufnahme, frozen=True, kw_only=True):
    ART: ClassVar[str] = "vorlage"

    blatt: Blatt
    dokument: baum.Dokument
    bilder: Bilder
    beilagen: tuple[Druckanlage, ...] = ()

    def drucke(self, fortschritt: Fortschritt, speicher: Speicher) -> bytes:
        return pdf.drucke(
            self.dokument,
            anlagen=tuple(_tabelle(self.dokument)),
            beilagen=tuple(_beilage(anlage, self.blatt) for anlage in self.beilagen),
            vorspann=_vorspann(druckbar(self.blatt)),
            ausfertigung=pdf.Ausfertigung(bilder=self.bilder),
            fortschritt=fortschritt,
            speicher=speicher,
        )


def nimm_auf(pk: int) -> Vorlagendruck:
    """The print of a Vorlage, as it and its Anlagen are now. Raises Unvollstaendig: no council decides on a concept
    with gaps."""
    vorlage = Vorlage.objects.fuer_blatt().get(pk=pk)
    dokument, maengel = anlage_1(vorlage)
    if maengel:
        raise Unvollstaendig(maengel)
    anlagen = Anlagen(vorlage)
    return Vorlagendruck(
        blatt=stelle_blatt_zusammen(vorlage, dokument, anlagen),
        dokument=dokument,
        beilagen=anlagen.gedruckt(),
        bilder=eingefrorene_bilder(vorlage.fassung) if vorlage.fassung else bilder(dokument),
    )


def _tabelle(dokument: baum.Dokument) -> Iterator[pdf.Dateianhang]:
    """The spreadsheet, where there is any measure."""
    if any(dokument.massnahmen()):
        yield pdf.Dateianhang(
            name=DATEINAME,
            inhalt=massnahmen_als_xlsx(dokument),
            beschreibung=f"Die Maßnahmen der Anlage 1 als Tabelle: {dokument.titel}",
        )


def _beilage(anlage: Druckanlage, blatt: Blatt) -> pdf.Beilage:
    return pdf.Beilage(
        html=anlage.html(),
        anker=f"anlage-{anlage.nummer}",
        kurz=f"Anlage {anlage.nummer}",
        titel=ersetze(_kopf(anlage.nummer, blatt)),
        lesezeichen=ersetze(f"Anlage {anlage.nummer} – {anlage.titel}"),
        vermerk=anlage.vermerk,
    )


def _kopf(nummer: int, blatt: Blatt) -> str:
    """ "Anlage 2 zur Drucksache 18/2026"."""
    return f"Anlage {nummer} zur Drucksache {blatt.nummer}" if blatt.nummer else f"Anlage {nummer}"


def _vorspann(blatt: Blatt) -> pdf.Vorspann:
    return pdf.Vorspann(
        html=render_to_string("vorlagen/druck.html", {"blatt": blatt, "im_druck": True}),
        stil="css/vorlagen-druck.css",
        titel=f"{blatt.bezeichnung}: {blatt.betreff}",
        anlage=_kopf(1, blatt),
        vermerk=blatt.vermerk,
        lesezeichen=f"Anlage 1 – {blatt.anlage}",
    )
