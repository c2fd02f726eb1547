"""Figures that are compared stand below each other: of one width, and ending at one place of their column."""

import re
import shutil
from collections import defaultdict
from decimal import Decimal

import pytest

from konzept.dokument import baum, pdf
from konzept.dokument.tafeln.kosten import kostentabellen, stellentabellen
from tests import lage

pytestmark = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed")

ZAHL = re.compile(r"[−-]?\d[\d.,]*")
GENAU = 0.4
"""Points by which the boxes of words may differ that end at the same place."""
BETRAEGE = ("11.111 €", "88.888 € jährlich", "bis zu 7.000 € pro Jahr", "950,50 €")
WERTE = ("9.5", "112.25", "8")


def spanne(zahlen) -> float:
    return max(zahlen) - min(zahlen)


def in_zeilen(worte) -> list[list[lage.Wort]]:
    zeilen = defaultdict(list)
    for wort in worte:
        zeilen[wort.seite, round(wort.unten)].append(wort)
    return [sorted(zeile, key=lambda wort: wort.links) for zeile in zeilen.values()]


@pytest.mark.django_db
def test_sums_of_a_column_end_at_one_place(beispiele, gedruckt):
    geprueft = 0
    for name, dokument in beispiele.items():
        alle = in_zeilen(lage.worte(gedruckt[name]))
        zeilen = [[wort.text for wort in zeile] for zeile in alle]
        for _, kapitel in dokument.alle_kapitel():
            for teil in kapitel.teile:
                if not isinstance(teil, baum.Kostenuebersicht):
                    continue
                for tabelle in (*kostentabellen(teil), *stellentabellen(teil.stellen)):
                    enden = defaultdict(list)
                    for reihe in (*tabelle.reihen, tabelle.summe):
                        anzahl = len(reihe.zellen)
                        hier = next(i for i, zeile in enumerate(zeilen) if zeile[-anzahl:] == [*reihe.zellen])
                        for i, wort in enumerate(alle[hier][-anzahl:]):
                            enden[i].append(wort.rechts)
                    geprueft += sum(map(len, enden.values()))
                    assert all(spanne(spalte) < GENAU for spalte in enden.values()), tabelle.titel
    assert geprueft > 80


@pytest.mark.django_db
def test_page_numbers_of_the_contents_end_at_one_place(gedruckt):
    for name, inhalt in gedruckt.items():
        enden = [
            zeile[-1].rechts
            for zeile in in_zeilen(w for w in lage.worte(inhalt) if w.seite == 2)
            if zeile[-1].text.isdecimal() and zeile[-1].rechts > 500
        ]
        assert enden, name
        assert spanne(enden) < GENAU, name


@pytest.fixture(scope="module")
def worte():
    massnahmen = tuple(
        baum.Massnahme(
            anker=f"massnahme-{i}", rn=i, nummer=str(i), kennung=str(i), titel="Titel",
            kosten=baum.Kosten(positionen=(baum.Kostenposition(angabe=angabe),)),
        )
        for i, angabe in enumerate(BETRAEGE)
    )  # fmt: skip
    tabelle = baum.Massnahmentabelle(abschnitte=(baum.Tabellenabschnitt(titel="", massnahmen=massnahmen),))
    messwerte = tuple(baum.Messwert(jahr=2020 + i, wert=Decimal(wert)) for i, wert in enumerate(WERTE))
    indikator = baum.Indikator(anker="indikator-1", titel="Anteil", messwerte=messwerte)
    kapitel = baum.Kapitel(
        anker="abschnitt-1", titel="Zahlen", teile=(tabelle, baum.Indikatorentabelle(indikatoren=(indikator,)))
    )
    kommune = baum.Kommune(slug="o", name="Stadt O", kurzname="O", art="stadt")
    return lage.worte(pdf.drucke(baum.Dokument(kommune=kommune, slug="k", titel="Konzept", kapitel=(kapitel,))))


def test_amounts_end_at_one_place_whatever_follows_them(worte):
    zahlen = [w for w in worte if w.text in {"11.111", "88.888", "7.000", "950,50"}]
    assert len(zahlen) == len(BETRAEGE)
    assert spanne([w.rechts for w in zahlen]) < GENAU


def test_figures_are_of_one_width(worte):
    eins, acht = (next(w for w in worte if w.text == text) for text in ("11.111", "88.888"))
    assert (eins.rechts - eins.links) - (acht.rechts - acht.links) < GENAU / 4


def test_values_of_a_series_end_at_one_place(worte):
    zahlen = [w for w in worte if w.text in {"9,50", "112,25", "8,00"}]
    assert len(zahlen) == len(WERTE)
    assert spanne([w.rechts for w in zahlen]) < GENAU
