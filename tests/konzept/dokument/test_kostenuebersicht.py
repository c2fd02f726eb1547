"""The sums of a concept against sums made by hand."""

from decimal import Decimal

import pytest

from konzept.dokument import baum
from konzept.dokument.kostenuebersicht import OHNE_ANGABE, kostenuebersicht
from konzept.dokument.zeilen import Zeilen
from tests.fabrik import mache_abschnitt, mache_feld, mache_konzept, mache_kosten, mache_massnahme

pytestmark = pytest.mark.django_db


@pytest.fixture
def konzept():
    konzept = mache_konzept(gueltig_ab=2027, gueltig_bis=2029)
    mache_abschnitt(konzept, "Handlungsfelder", inhalt="handlungsfelder")
    return konzept


def uebersicht(konzept):
    return kostenuebersicht(Zeilen(konzept))


def zahlen(zeile: baum.Kostenzeile) -> tuple:
    return (*map(int, zeile.betraege), int(zeile.ohne_jahr), int(zeile.summe))


def test_sums_by_year_field_and_source(konzept):
    sprache, arbeit = mache_feld(konzept, "Sprache", reihenfolge=1), mache_feld(konzept, "Arbeit", reihenfolge=2)
    mache_feld(konzept, "Leer", reihenfolge=3)
    cafe = mache_massnahme(sprache, "Café", zeitraum="2027 bis 2028")
    mache_kosten(cafe, "10.000 € jährlich", finanzierung="eigenmittel")  # 2027, 2028
    mache_kosten(cafe, "500 € monatlich", jahr=2028, bis_jahr=2028, finanzierung="foerdermittel")  # 6000 in 2028
    mache_kosten(cafe, "3.000 €", jahr=2029)  # once
    kurs = mache_massnahme(arbeit, "Kurs", zeitraum="fortlaufend")
    mache_kosten(kurs, "1.000 € halbjährlich", finanzierung="eigenmittel")  # 2000 in each of the three years
    mache_kosten(kurs, "2.000 € pro Jahr", finanzierung="drittmittel")  # the same
    mache_kosten(kurs, "700 €", finanzierung="drittmittel")  # no year
    mache_massnahme(arbeit, "Ohne Betrag", kosten_wortlaut="kostenneutral")
    u = uebersicht(konzept)
    assert u.jahre == (2027, 2028, 2029)
    assert {z.titel: zahlen(z) for z in u.felder} == {
        "Sprache": (10_000, 16_000, 3_000, 0, 29_000),
        "Arbeit": (4_000, 4_000, 4_000, 700, 12_700),
        "Leer": (0, 0, 0, 0, 0),
    }
    assert {z.titel: zahlen(z) for z in u.mittel} == {
        "Eigenmittel": (12_000, 12_000, 2_000, 0, 26_000),
        "Fördermittel": (0, 6_000, 0, 0, 6_000),
        "Drittmittel": (2_000, 2_000, 2_000, 700, 6_700),
        OHNE_ANGABE: (0, 0, 3_000, 0, 3_000),
    }
    assert zahlen(u.summe) == (14_000, 20_000, 7_000, 700, 41_700)
    assert u.ohne_betrag == 1


def test_both_tables_have_the_same_total(konzept):
    feld = mache_feld(konzept)
    for i, finanzierung in enumerate(("eigenmittel", "foerdermittel", "drittmittel", "")):
        massnahme = mache_massnahme(feld, zeitraum="ab 2026")
        mache_kosten(massnahme, f"1.{i}00,50 € jährlich", finanzierung=finanzierung)
        mache_kosten(massnahme, "99,99 €", jahr=2040, finanzierung=finanzierung)
    u = uebersicht(konzept)
    for tabelle in (u.felder, u.mittel):
        for i in range(len(u.jahre)):
            assert sum(z.betraege[i] for z in tabelle) == u.summe.betraege[i]
        assert sum(z.ohne_jahr for z in tabelle) == u.summe.ohne_jahr == Decimal("399.96")
        assert sum(z.summe for z in tabelle) == u.summe.summe
    assert u.summe.summe == 3 * Decimal("4602.00") + Decimal("399.96")


def test_dropped_measures_do_not_count_and_postponed_ones_do(konzept):
    feld = mache_feld(konzept)
    for stand, betrag in (("entfallen", "1.000 €"), ("zurueckgestellt", "20 €"), ("geplant", "3 €")):
        m = mache_massnahme(feld, umsetzungsstand=stand, stand_begruendung="weil")
        mache_kosten(m, betrag, jahr=2027)
    mache_massnahme(feld, umsetzungsstand="entfallen", stand_begruendung="weil")
    u = uebersicht(konzept)
    assert (int(u.summe.summe), u.ohne_betrag) == (23, 0)


def test_only_dropped_measures(konzept):
    mache_kosten(mache_massnahme(mache_feld(konzept), umsetzungsstand="entfallen", stand_begruendung="x"), "5 €")
    assert isinstance(uebersicht(konzept), baum.Hinweis)


def test_wordings_without_an_amount_do_not_count(konzept):
    massnahme = mache_massnahme(mache_feld(konzept))
    mache_kosten(massnahme, "nach Aufwand")
    mache_kosten(massnahme, "", stellenanteil="0.5")
    assert isinstance(uebersicht(konzept), baum.Hinweis)


def test_an_amount_of_nothing_is_an_amount(konzept):
    mache_kosten(mache_massnahme(mache_feld(konzept)), "0 €", jahr=2027)
    u = uebersicht(konzept)
    assert (int(u.summe.summe), u.ohne_betrag) == (0, 0)


def test_years_of_a_concept_without_validity_are_those_that_occur():
    konzept = mache_konzept()
    massnahme = mache_massnahme(mache_feld(konzept))
    for jahr in (2030, 2027, *range(2040, 2050)):
        mache_kosten(massnahme, "1 €", jahr=jahr)
    u = uebersicht(konzept)
    assert u.jahre == (2027, 2030, 2040, 2041, 2042, 2043, 2044, 2045)
    assert (int(u.summe.ohne_jahr), int(u.summe.summe)) == (4, 12)


def test_years_outside_of_the_validity_are_summed_without_a_year(konzept):
    massnahme = mache_massnahme(mache_feld(konzept))
    mache_kosten(massnahme, "5 €", jahr=2026)
    mache_kosten(massnahme, "7 €", jahr=2027)
    assert zahlen(uebersicht(konzept).summe) == (7, 0, 0, 5, 12)
