"""The tables of sums on paper: whatever the width, no amount touches another one or the edge of the page."""

import re
import subprocess
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

import lxml.html
import msgspec
import pytest

from konzept.dokument import baum
from konzept.dokument.html import druck_html, teil_html
from konzept.dokument.kostenuebersicht import kostenuebersicht
from konzept.dokument.pdf import drucke
from konzept.dokument.tafeln.kosten import STELLEN, kostentabellen, stellentabellen

RAND = 210 - 20
"""Where the print area ends, in mm."""
ABSTAND = 1.5
"""So far apart, in mm, amounts in one row are two amounts to the eye."""


BETRAG = re.compile(r"−?(?:\d{1,3}(?:\.\d{3})+(?:,\d\d)?|0|0,00|\d+,\d+)")
"""What stands in a cell; no chapter number, no year."""


class Wort(NamedTuple):
    text: str
    links: float
    oben: float
    rechts: float
    unten: float


def mit_betraegen(jahre: range, betrag: str, *, felder: int = 3, stellen: bool = False, ohne_jahr: bool = True):
    """A document whose measures cost so much in each year, before and after the validity, and without a year."""
    anteile = [baum.Kostenanteil(jahr=j, betrag=Decimal(betrag)) for j in (jahre[0] - 1, *jahre, jahre[-1] + 1)]
    anteile += [baum.Kostenanteil(betrag=Decimal(betrag))] * ohne_jahr
    if not ohne_jahr:
        anteile = anteile[1:-1]
    position = baum.Kostenposition(
        angabe="x",
        anteile=tuple(anteile),
        finanzierung="Fördermittel",
        finanzierung_schluessel="foerdermittel",
        stellenanteil=Decimal("12.75") if stellen else None,
    )
    kapitel = []
    for i in range(felder):
        massnahme = baum.Massnahme(
            anker=f"massnahme-{i}",
            rn=i + 1,
            nummer="1",
            kennung=f"{i}-1",
            titel="M",
            kosten=baum.Kosten(positionen=(position,)),
        )
        tabelle = baum.Massnahmentabelle(abschnitte=(baum.Tabellenabschnitt(titel="", massnahmen=(massnahme,)),))
        titel = "Interkulturelle Öffnung, Gesundheitsversorgung und Antidiskriminierungsarbeit"
        kapitel.append(
            baum.Kapitel(
                anker=f"handlungsfeld-{i}", art="handlungsfeld", nummer=f"4.{i}", titel=titel, teile=(tabelle,)
            )
        )
    kommune = baum.Kommune(slug="s", name="Stadt S", kurzname="S", art="stadt")
    dokument = baum.Dokument(
        kommune=kommune, slug="k", titel="Konzept", gueltig_ab=jahre[0], gueltig_bis=jahre[-1], kapitel=tuple(kapitel)
    )
    uebersicht = kostenuebersicht(dokument)
    kosten = baum.Kapitel(anker="abschnitt-1", titel="Kosten", teile=(uebersicht,))
    return baum.Dokument(
        kommune=kommune,
        slug="k",
        titel="Konzept",
        gueltig_ab=jahre[0],
        gueltig_bis=jahre[-1],
        kapitel=(kosten, *kapitel),
    ), uebersicht


def zeilen(pdf: bytes) -> list[list[Wort]]:
    """The words of each line of the pages, from left to right, in mm."""
    lauf = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True)
    gefunden = []
    for seite in lxml.html.document_fromstring(lauf.stdout.decode()).iter("page"):
        je_zeile: dict[int, list[Wort]] = {}
        for wort in seite.iter("word"):
            kasten = [float(wort.get(name)) * 25.4 / 72 for name in ("xmin", "ymin", "xmax", "ymax")]
            je_zeile.setdefault(round(kasten[3]), []).append(Wort(wort.text, *kasten))
        gefunden += [sorted(zeile, key=lambda w: w.links) for _, zeile in sorted(je_zeile.items())]
    return gefunden


BREITEN = {
    "six years without cents": (range(2027, 2033), "123456", False),
    "eight years and eight digits": (range(2026, 2034), "12345678.90", True),
    "eight years, without cents": (range(2026, 2034), "12345678", True),
    "twelve years": (range(2025, 2037), "987654.32", True),
    "savings of eight digits": (range(2026, 2034), "-98765432.10", True),
    "one year": (range(2027, 2028), "999999999.99", False),
}


@pytest.mark.parametrize(("jahre", "betrag", "ohne_jahr"), BREITEN.values(), ids=BREITEN)
def test_no_amount_touches_another_one_or_leaves_the_page(jahre, betrag, ohne_jahr):
    dokument, uebersicht = mit_betraegen(jahre, betrag, stellen=True, ohne_jahr=ohne_jahr)
    gedruckt = zeilen(drucke(dokument))
    tabellen = [*kostentabellen(uebersicht), *stellentabellen(uebersicht.stellen)]
    erwartet = [reihe.zellen for tabelle in tabellen for reihe in (*tabelle.reihen, tabelle.summe)]
    gefunden = []
    for zeile in gedruckt:
        for links, rechts in pairwise(zeile):
            assert links.rechts <= rechts.links, (links, rechts)
        betraege = [wort for wort in zeile if BETRAG.fullmatch(wort.text)]
        assert all(wort.rechts <= RAND + 0.1 for wort in betraege)
        assert all(b.links - a.rechts >= ABSTAND for a, b in pairwise(betraege)), betraege
        gefunden.append(tuple(wort.text for wort in betraege))
    for zellen in erwartet:
        assert zellen in gefunden


TITEL = re.compile(r'<span class="dok-tabellentitel">([^<]+)</span>')


@pytest.mark.parametrize(("jahre", "betrag", "ohne_jahr"), BREITEN.values(), ids=BREITEN)
def test_on_the_screen_a_table_stands_whole(jahre, betrag, ohne_jahr):
    """There it scrolls."""
    _, uebersicht = mit_betraegen(jahre, betrag, stellen=True, ohne_jahr=ohne_jahr)
    html = teil_html(uebersicht)
    assert TITEL.findall(html) == [
        "Kosten nach Handlungsfeldern und Jahren in Euro",
        "Kosten nach Finanzierung und Jahren in Euro",
        STELLEN,
    ]
    for spalte in uebersicht.spalten:
        assert html.count(f'<th scope="col">{spalte}</th>') >= 2


@pytest.mark.parametrize(("name", "teile"), [("six years without cents", 1), ("twelve years", 4)])
def test_what_is_not_in_it_stands_below_each_whole_table_once(name, teile):
    jahre, betrag, ohne_jahr = BREITEN[name]
    dokument, uebersicht = mit_betraegen(jahre, betrag, ohne_jahr=ohne_jahr)
    uebersicht = msgspec.structs.replace(uebersicht, kurz="Nicht enthalten: etwas.")
    kosten = msgspec.structs.replace(dokument.kapitel[0], teile=(uebersicht,))
    gedruckt = druck_html(msgspec.structs.replace(dokument, kapitel=(kosten, *dokument.kapitel[1:])))
    assert len(TITEL.findall(gedruckt)) == 2 * teile
    for html in (gedruckt, teil_html(uebersicht)):
        assert html.count("Nicht enthalten: etwas.") == 2
    letzte = gedruckt.split("Nicht enthalten: etwas.")[0]
    assert "<strong>" in letzte.rpartition("<table")[2]  # the sum of the row


def test_six_years_of_a_usual_concept_stand_in_one_table():
    _, uebersicht = mit_betraegen(range(2027, 2033), "123456", ohne_jahr=False)
    assert [len(t.spalten) for t in kostentabellen(uebersicht)] == [7, 7]


def test_the_amounts_are_large_enough_to_read():
    """8.5 pt: what is smaller is for running heads."""
    dokument, _ = mit_betraegen(range(2026, 2034), "12345678.90")
    betraege = [w for zeile in zeilen(drucke(dokument)) for w in zeile if re.fullmatch(r"12\.345\.678,90", w.text)]
    assert betraege
    hoehe_je_pt = 1.2 * 25.4 / 72  # the box of a line of Fira Sans is 1.2 times the size
    assert all((w.unten - w.oben) / hoehe_je_pt >= 8.4 for w in betraege)
