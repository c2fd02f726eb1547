"""The measures of a document and what they cost, as a spreadsheet to be put into its PDF."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from konzept.dokument import baum
from konzept.dokument.kostenuebersicht import kostenuebersicht, summe
from konzept.dokument.personalstellen import stellen_hoechstens
from konzept.dokument.posten import handlungsfelder, massnahmen_in, nur_in_worten, zaehlt
from konzept.dokument.tafeln.kosten import GENAU, Tabelle, kostentabellen, stellentabellen
from konzept.dokument.zahlen import zahl
from massnahmen.kosten import WORTE, Grund

DATEINAME = "massnahmen.xlsx"
_UNLESBAR = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (2.2)."""
_FORMELHAFT = re.compile(r"\s*[=+\-@]")
FETT = Font(bold=True)
ENTFALLEN = "Maßnahme entfallen"
_OBEN = Alignment(vertical="top", wrap_text=True)
_ZEIT = (1980, 1, 1, 0, 0, 0)
_GESPEICHERT = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


class Spalte(NamedTuple):
    """Heading, width in signs, and what stands in the cell of a measure in its Handlungsfeld."""

    titel: str
    breite: int
    wert: Callable[[str, baum.Massnahme], Any]


def massnahmen_als_xlsx(dokument: baum.Dokument) -> bytes:
    """A sheet with one row for each measure, in reading order, and one with the overview of the costs: their sums are
    the same. The same document gives the same bytes; a text that looks like a formula stays a text."""
    mappe = Workbook(write_only=True)
    mappe.properties.creator = _UNLESBAR.sub("", dokument.kommune.name)
    mappe.properties.title = _UNLESBAR.sub("", f"Maßnahmen: {dokument.titel}")[:255]
    uebersicht = kostenuebersicht(dokument)
    _massnahmenblatt(mappe, dokument, uebersicht)
    if isinstance(uebersicht, baum.Kostenuebersicht):
        _kostenblatt(mappe, uebersicht)
        _positionsblatt(mappe, dokument)
    ausgabe = io.BytesIO()
    mappe.save(ausgabe)
    return _ohne_uhrzeit(ausgabe.getvalue(), dokument.stand or dt.date(2000, 1, 1))


def _massnahmenblatt(mappe: Workbook, dokument: baum.Dokument, uebersicht) -> None:
    blatt = _blatt(mappe, "Maßnahmen")
    blatt.freeze_panes = "A2"
    sichten = uebersicht.sichten if isinstance(uebersicht, baum.Kostenuebersicht) else ()
    haushalte = {s.haushalt_schluessel: s.haushalt for s in sichten} or {"": ""}
    spalten = _spalten(_waehrung(dokument.kommune.waehrung), haushalte)
    _breiten(blatt, [spalte.breite for spalte in spalten])
    blatt.append([_zelle(blatt, spalte.titel, FETT) for spalte in spalten])
    zeilen = list(_je_feld(dokument))
    for feld, massnahme in zeilen:
        blatt.append([_zelle(blatt, spalte.wert(feld, massnahme)) for spalte in spalten])
    blatt.auto_filter.ref = f"A1:{get_column_letter(len(spalten))}{len(zeilen) + 1}"
    blatt.print_title_rows = "1:1"


def _kostenblatt(mappe: Workbook, uebersicht: baum.Kostenuebersicht) -> None:
    """Every table of the overview below the other, each in one piece, and below them how it was counted."""
    blatt = _blatt(mappe, "Kosten nach Jahren")
    _breiten(blatt, [40, *[16] * (len(uebersicht.spalten) + 1)])
    for tabelle in kostentabellen(uebersicht, platz=None):
        _tabelle(blatt, tabelle)
    if stellen := uebersicht.stellen:
        for tabelle in stellentabellen(stellen, platz=None):
            _tabelle(blatt, tabelle)
        _absatz(blatt, stellen.satz)
    for hinweis in uebersicht.hinweise:
        orte = "; ".join(f"{s.nummer} {s.titel}" for s in hinweis.stellen)
        weitere = f" und {hinweis.weitere} weitere" if hinweis.weitere else ""
        _absatz(blatt, f"{hinweis.satz} {orte}{weitere}".strip())


def _positionsblatt(mappe: Workbook, dokument: baum.Dokument) -> None:
    """One row for each amount in a year, and one for each position that does not count, with the reason."""
    blatt = _blatt(mappe, "Kostenpositionen")
    blatt.freeze_panes = "A2"
    waehrung = _waehrung(dokument.kommune.waehrung)
    kopf = {
        "Nr.": 8, "Handlungsfeld": 30, "Maßnahme": 50, "Angabe": 30, "Jahr": 10, f"Betrag in {waehrung}": 16,
        "Finanzierung": 16, "Programm oder Geber": 30, "Haushalt": 18, "Art": 16, "Produkt": 14,
        "Stellenanteil (VZÄ)": 12, "Nicht in der Summe": 40,
    }  # fmt: skip
    _breiten(blatt, list(kopf.values()))
    blatt.append([_zelle(blatt, titel, FETT) for titel in kopf])
    zeilen = [zeile for feld, m in _je_feld(dokument) for p in m.kosten.positionen for zeile in _je_jahr(feld, m, p)]
    for zeile in zeilen:
        blatt.append([_zelle(blatt, wert) for wert in zeile])
    blatt.auto_filter.ref = f"A1:{get_column_letter(len(kopf))}{len(zeilen) + 1}"
    blatt.print_title_rows = "1:1"


def _je_jahr(feld: str, m: baum.Massnahme, p: baum.Kostenposition) -> Iterator[tuple]:
    grund = ("" if zaehlt(m) else ENTFALLEN) or (WORTE[Grund(p.grund)] if p.grund else "")
    weiteres = (p.finanzierung, p.programm, p.haushalt, p.art, p.produkt, p.stellenanteil, grund)
    anteile = [(a.jahr or "ohne Jahr", a.betrag) for a in p.anteile] if zaehlt(m) else []
    for jahr, betrag in anteile or [(p.zeit, None)]:
        yield (m.kennung, feld, m.titel, p.angabe, jahr, betrag, *weiteres)


def _tabelle(blatt, tabelle: Tabelle) -> None:
    blatt.append([_zelle(blatt, tabelle.titel, FETT)])
    blatt.append([_zelle(blatt, wert, FETT) for wert in (tabelle.kopf, *tabelle.spalten)])
    for reihe in (*tabelle.reihen, tabelle.summe):
        name = f"{getattr(reihe.zeile, 'nummer', '')} {reihe.zeile.titel}".strip()
        schrift = FETT if reihe is tabelle.summe else None
        blatt.append([_zelle(blatt, wert, schrift) for wert in (name, *reihe.werte)])
    blatt.append([])


def _absatz(blatt, text: str) -> None:
    zelle = _zelle(blatt, text)
    zelle.alignment = Alignment(vertical="top")
    blatt.append([zelle])


def _blatt(mappe: Workbook, name: str):
    blatt = mappe.create_sheet(name)
    blatt.page_setup.orientation, blatt.page_setup.fitToHeight = "landscape", 0
    blatt.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    return blatt


def _breiten(blatt, breiten: list[int]) -> None:
    for stelle, breite in enumerate(breiten, start=1):
        blatt.column_dimensions[get_column_letter(stelle)].width = breite


def _waehrung(waehrung: str) -> str:
    return GENAU.get(waehrung, waehrung)


def _je_feld(dokument: baum.Dokument) -> Iterator[tuple[str, baum.Massnahme]]:
    """Each measure with the Handlungsfeld in which it stands."""
    return ((feld.ueberschrift, m) for feld in handlungsfelder(dokument) for m in massnahmen_in(feld))


def _spalten(waehrung: str, haushalte: dict[str, str]) -> list[Spalte]:
    """The columns; a sum for each view of the budget, which are named by their keys."""
    return [
        Spalte("Nr.", 8, lambda _, m: m.kennung),
        Spalte("Handlungsfeld", 30, lambda feld, _: feld),
        Spalte("Gehört zum Ziel", 40, lambda _, m: f"{m.ziel.nummer} {m.ziel.titel}".strip() if m.ziel else ""),
        Spalte("Maßnahme", 60, lambda _, m: m.titel),
        Spalte("Umsetzungsstand", 16, lambda _, m: m.stand),
        Spalte("Zeitraum", 22, lambda _, m: m.zeitraum),
        Spalte("Beginn", 12, lambda _, m: m.von),
        Spalte("Ende", 12, lambda _, m: m.bis),
        Spalte("Kosten", 40, lambda _, m: _kosten(m.kosten)),
        *(
            Spalte(f"Summe {wort} in {waehrung}".replace("  ", " "), 16, lambda _, m, h=haushalt: _summe(m, h))
            for haushalt, wort in haushalte.items()
        ),
        Spalte("Nicht in der Summe", 40, lambda _, m: _nicht_gezaehlt(m)),
        Spalte("Stellenanteile (höchster Stand)", 16, lambda _, m: stellen_hoechstens(m.kosten.positionen)),
        Spalte("Federführung", 24, lambda _, m: ", ".join(b.kurz for b in m.beteiligte if b.federfuehrend)),
        Spalte("Mitwirkung", 40, lambda _, m: ", ".join(b.kurz for b in m.beteiligte if not b.federfuehrend)),
        Spalte("Zielgruppen", 40, lambda _, m: ", ".join(m.zielgruppen)),
    ]


def _kosten(kosten: baum.Kosten) -> str:
    teile = [_angabe(p) for p in kosten.positionen]
    return "; ".join(filter(None, (*teile, kosten.wortlaut or ("offen" if kosten.offen else ""))))


def _angabe(p: baum.Kostenposition) -> str:
    vzae = f"{zahl(p.stellenanteil)} VZÄ" if p.stellenanteil is not None else ""
    return ", ".join(filter(None, (p.angabe, vzae))) + (f" ({p.zeit})" if p.zeit else "")


def _summe(m: baum.Massnahme, haushalt: str) -> Decimal | None:
    return summe(m.kosten.positionen, haushalt) if zaehlt(m) else None


def _nicht_gezaehlt(m: baum.Massnahme) -> str:
    """What of its Kosten is in no sum, and why."""
    k = m.kosten
    if not zaehlt(m):
        return ENTFALLEN if k.positionen or k.wortlaut else ""
    positionen = (f"{_angabe(p)}: {WORTE[Grund(p.grund)]}" for p in k.positionen if p.grund)
    return "; ".join((*positionen, *(f"{betrag}: nur in Worten" for betrag in nur_in_worten(k))))


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
