"""The Abwägungstabelle: Randnummer, Anregung, from whom, Stellungnahme, change; as PDF and as a spreadsheet.

Only what is said to the administration is in it, and only answers that were released.
"""

import datetime as dt
import io
import re
from typing import ClassVar, NamedTuple

from django.db.models import Count, Q
from django.template.loader import render_to_string
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from konzept.dokument import ressourcen
from konzept.dokument.fehlzeichen import ersetze
from konzept.dokument.html import druckfertig
from konzept.druckauftraege.aufnahme import Aufnahme, Fortschritt, Speicher
from konzept.heute import heute
from konzept.satz.setzen import setze

from .models import Runde
from .zugriff import Zutritt

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SPALTEN = (("Randnummer", 12), ("Anregung", 60), ("von", 26), ("Stellungnahme", 60), ("Änderung", 44))
LANGE_ZEILE = 24
"""Lines from which on a row of the print may go over a page break; a page holds about 35."""
_JE_ZEILE = {"anregung": 46, "antwort": 42, "aenderung": 27}
"""Signs on a line of each column (abwaegung-druck.css)."""
_STEUERZEICHEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Zeile(NamedTuple):
    """A row as plain text; `rn` is None for what is about the whole."""

    rn: int | None
    anregung: str
    zitat: str
    vorschlag: str
    von: str
    ergebnis: str
    begruendung: str
    aenderung: str

    @property
    def lang(self) -> bool:
        """Whether its tallest cell is likely to fill most of a page."""
        zellen = {
            "anregung": (self.zitat, self.anregung, self.vorschlag),
            "antwort": (self.ergebnis, self.begruendung),
            "aenderung": (self.aenderung,),
        }
        hoehen = (sum(_zeilen(text, _JE_ZEILE[spalte]) for text in texte) for spalte, texte in zellen.items())
        return max(hoehen) > LANGE_ZEILE


def _zeilen(text: str, breite: int) -> int:
    """Lines of a text in a column of so many signs; none for no text."""
    return sum(len(absatz) // breite + 1 for absatz in text.splitlines())


def zeilen(anmerkungen) -> list[Zeile]:
    """The rows of these Anmerkungen in reading order. One query."""
    return [_zeile(a) for a in anmerkungen.oeffentliche().mit_antwort()]


def _zeile(a) -> Zeile:
    s = a.antwort
    return Zeile(
        a.rn,
        a.text,
        a.zitat,
        a.vorschlag,
        a.von,
        s.get_ergebnis_display() if s else "offen",
        s.begruendung if s else "",
        s.aenderung if s else "",
    )


def anzahlen(anmerkungen) -> dict[str, int]:
    """How many there are: alle, offen (no answer yet), entwurf, freigegeben. One query."""
    mit = Q(stellungnahme__isnull=False)
    frei = Q(stellungnahme__freigegeben_am__isnull=False)
    return anmerkungen.order_by().aggregate(
        alle=Count("pk"),
        offen=Count("pk", filter=~mit),
        entwurf=Count("pk", filter=mit & ~frei),
        freigegeben=Count("pk", filter=frei),
    )


class Abwaegungsdruck(Aufnahme, frozen=True, kw_only=True):
    """The table in the project's print style, as its HTML."""

    ART: ClassVar[str] = "abwaegung"

    html: str
    tag: dt.date

    def drucke(self, fortschritt: Fortschritt, speicher: Speicher) -> bytes:
        return als_pdf(self.html, self.tag)


def nimm_auf(benutzer, zutritt: Zutritt) -> Abwaegungsdruck:
    """The table of a Runde as a value that can be printed later: what the account reads of it now."""
    tag = heute()
    return Abwaegungsdruck(html=als_html(zutritt.runde, zeilen(zutritt.lesbare(benutzer)), tag), tag=tag)


def als_html(runde: Runde, tabelle: list[Zeile], heute: dt.date) -> str:
    kontext = {"runde": runde, "konzept": runde.konzept, "zeilen": tabelle, "heute": heute}
    return druckfertig(ersetze(render_to_string("beratung/tabelle_druck.html", kontext)))


def als_pdf(html: str, heute: dt.date) -> bytes:
    """The print HTML of the table as a tagged PDF (PDF/UA-1 and PDF/A-3a)."""
    return setze(html, ressourcen.inhalt, stand=heute)


def als_xlsx(runde: Runde, tabelle: list[Zeile]) -> bytes:
    """The table as a spreadsheet; what begins like a formula stays text."""
    mappe = Workbook()
    blatt = mappe.active
    blatt.title = "Abwägung"
    blatt.append([name for name, _ in SPALTEN])
    for zeile in tabelle:
        stellungnahme = "\n".join(filter(None, [zeile.ergebnis, zeile.begruendung]))
        zitat = f"Zu „{zeile.zitat}“:" if zeile.zitat else ""
        vorschlag = f"Vorschlag: {zeile.vorschlag}" if zeile.vorschlag else ""
        anregung = "\n".join(filter(None, [zitat, zeile.anregung, vorschlag]))
        werte = [zeile.rn if zeile.rn else "zum Ganzen", anregung, zeile.von, stellungnahme, zeile.aenderung]
        nummer = blatt.max_row + 1
        for spalte, wert in enumerate(werte, start=1):
            zelle = blatt.cell(nummer, spalte)
            if isinstance(wert, str):
                zelle.value = _STEUERZEICHEN.sub("", wert)[:32_767]
                # A text that begins with "=" would otherwise be run as a formula.
                zelle.data_type = "s"
                zelle.quotePrefix = True
            else:
                zelle.value = wert
            zelle.alignment = Alignment(wrap_text=True, vertical="top")
    for spalte, (_, breite) in enumerate(SPALTEN, start=1):
        blatt.column_dimensions[get_column_letter(spalte)].width = breite
        blatt.cell(1, spalte).font = Font(bold=True)
    blatt.freeze_panes = "A2"
    mappe.properties.title = _STEUERZEICHEN.sub("", f"Abwägungstabelle: {runde.fassung.titel}")
    mappe.properties.creator = "Konzeptwerk"
    ziel = io.BytesIO()
    mappe.save(ziel)
    return ziel.getvalue()
