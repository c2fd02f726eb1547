"""The measures of a document as a spreadsheet, to be put into its PDF."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.properties import PageSetupProperties

from konzept.dokument import baum

DATEINAME = "massnahmen.xlsx"
SPALTEN = {
    "Nr.": 8,
    "Handlungsfeld": 30,
    "Gehört zum Ziel": 40,
    "Maßnahme": 60,
    "Umsetzungsstand": 16,
    "Zeitraum": 22,
    "Beginn": 12,
    "Ende": 12,
    "Kosten": 30,
    "Summe in Euro": 16,
    "Stellenanteile": 14,
    "Federführung": 24,
    "Mitwirkung": 40,
    "Zielgruppen": 40,
}
"""Heading and width of each column, in signs."""
_UNLESBAR = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (2.2)."""
_FORMELHAFT = re.compile(r"\s*[=+\-@]")
_OBEN = Alignment(vertical="top", wrap_text=True)
_ZEIT = (1980, 1, 1, 0, 0, 0)
_GESPEICHERT = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def massnahmen_als_xlsx(dokument: baum.Dokument) -> bytes:
    """One row for each measure, in reading order; "Summe in Euro" counts as the overview of the costs does. The same
    document gives the same bytes; a text that looks like a formula stays a text."""
    mappe = Workbook(write_only=True)
    mappe.properties.creator = _UNLESBAR.sub("", dokument.kommune.name)
    mappe.properties.title = _UNLESBAR.sub("", f"Maßnahmen: {dokument.titel}")[:255]
    blatt = mappe.create_sheet("Maßnahmen")
    blatt.freeze_panes = "A2"
    for stelle, breite in enumerate(SPALTEN.values()):
        blatt.column_dimensions[chr(ord("A") + stelle)].width = breite
    blatt.append([_zelle(blatt, titel, Font(bold=True)) for titel in SPALTEN])
    zeilen = [_werte(feld, massnahme) for feld, massnahme in _je_feld(dokument)]
    for werte in zeilen:
        blatt.append([_zelle(blatt, wert) for wert in werte])
    blatt.auto_filter.ref = f"A1:{chr(ord('A') + len(SPALTEN) - 1)}{len(zeilen) + 1}"
    blatt.print_title_rows = "1:1"
    blatt.page_setup.orientation, blatt.page_setup.fitToHeight = "landscape", 0
    blatt.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    ausgabe = io.BytesIO()
    mappe.save(ausgabe)
    return _ohne_uhrzeit(ausgabe.getvalue(), dokument.stand or dt.date(2000, 1, 1))


def _je_feld(dokument) -> Iterator[tuple[str, baum.Massnahme]]:
    """Each measure with the Handlungsfeld in which it stands."""

    def steige(kapitel, feld):
        for k in kapitel:
            hier = k.ueberschrift if k.art == "handlungsfeld" else feld
            for teil in k.teile:
                if isinstance(teil, baum.Massnahmentabelle):
                    yield from ((hier, m) for abschnitt in teil.abschnitte for m in abschnitt.massnahmen)
            yield from steige(k.kapitel, hier)

    return steige(dokument.kapitel, "")


def _werte(feld: str, m: baum.Massnahme) -> tuple:
    betraege = [p.jaehrlich * (len(p.jahre) or 1) for p in m.kosten.positionen if p.betrag is not None]
    stellen = [p.stellenanteil for p in m.kosten.positionen if p.stellenanteil is not None]
    kosten = m.kosten.wortlaut or "; ".join(p.angabe for p in m.kosten.positionen if p.angabe)
    ziel = f"{m.ziel.nummer} {m.ziel.titel}".strip() if m.ziel else ""
    return (
        m.kennung,
        feld,
        ziel,
        m.titel,
        m.stand,
        m.zeitraum,
        m.von,
        m.bis,
        "offen" if m.kosten.offen else kosten,
        sum(betraege, Decimal(0)) if betraege else None,
        sum(stellen, Decimal(0)) if stellen else None,
        ", ".join(b.kurz for b in m.beteiligte if b.federfuehrend),
        ", ".join(b.kurz for b in m.beteiligte if not b.federfuehrend),
        ", ".join(m.zielgruppen),
    )


def _zelle(blatt, wert, schrift: Font | None = None) -> WriteOnlyCell:
    ist_text = isinstance(wert, str)
    zelle = WriteOnlyCell(blatt, value=_UNLESBAR.sub("", wert)[:32_000] if ist_text else wert)
    zelle.alignment = _OBEN
    if ist_text:
        zelle.data_type = "s"
        zelle.quotePrefix = bool(_FORMELHAFT.match(wert))
    elif isinstance(wert, dt.date):
        zelle.number_format = "dd.mm.yyyy"
    elif isinstance(wert, Decimal):
        zelle.number_format = "#,##0.00"
    if schrift:
        zelle.font = schrift
    return zelle


def _ohne_uhrzeit(xlsx: bytes, stand: dt.date) -> bytes:
    """The same file with the date of the document instead of the time at which it was written."""
    moment = f"{stand.isoformat()}T00:00:00Z".encode("ascii")
    ausgabe = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx)) as quelle, zipfile.ZipFile(ausgabe, "w", zipfile.ZIP_DEFLATED) as ziel:
        for name in quelle.namelist():
            inhalt = quelle.read(name)
            if name == "docProps/core.xml":
                inhalt = _GESPEICHERT.sub(rb"\g<1>" + moment, inhalt)
            eintrag = zipfile.ZipInfo(name, _ZEIT)
            eintrag.compress_type = zipfile.ZIP_DEFLATED
            ziel.writestr(eintrag, inhalt)
    return ausgabe.getvalue()
