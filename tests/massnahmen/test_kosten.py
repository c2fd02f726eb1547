"""In which years an amount counts, and how much."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massnahmen.geld import Turnus
from massnahmen.kosten import betrag_je_jahr, jahre
from massnahmen.zeitraum import lies


def position(turnus="", jahr=None, bis_jahr=None):
    return SimpleNamespace(turnus=turnus, jahr=jahr, bis_jahr=bis_jahr)


EINMALIG = {
    "its year": (position(jahr=2028), "2027 bis 2030", (2028,)),
    "its year, said to be once": (position("einmalig", jahr=2028), "", (2028,)),
    "the year of its measure": (position(), "03/2027", (2027,)),
    "a measure of several years": (position(), "2027 bis 2028", ()),
    "a measure without an end": (position(), "ab 2027", ()),
    "a measure at no time": (position(), "", ()),
    "a measure at some time": (position(), "nach Bedarf", ()),
    "its year before the validity": (position(jahr=2020), "", (2020,)),
    "a last year does not make it yearly": (position(jahr=2027, bis_jahr=2029), "", (2027,)),
}
JAEHRLICH = {
    "from year to year": (position("jährlich", 2027, 2029), "", (2027, 2028, 2029)),
    "beyond the validity, where it says so": (position("jährlich", 2025, 2034), "", tuple(range(2025, 2035))),
    "from a year to the end of the measure": (position("jährlich", 2028), "2027 bis 2030", (2028, 2029, 2030)),
    "from a year to the end of the validity": (position("jährlich", 2030), "fortlaufend", (2030, 2031, 2032)),
    "as long as the measure": (position("jährlich"), "2028 bis 2029", (2028, 2029)),
    "the measure began before the validity": (position("jährlich"), "seit 2020", tuple(range(2027, 2033))),
    "the measure is over before the validity": (position("jährlich"), "2020 bis 2022", ()),
    "without any time: the validity": (position("jährlich"), "", tuple(range(2027, 2033))),
    "monthly and half-yearly count like yearly": (position("monatlich", 2027, 2027), "", (2027,)),
    "half-yearly": (position("halbjährlich", 2027, 2028), "", (2027, 2028)),
    "within one year": (position("monatlich"), "Mai 2028", (2028,)),
    "begins after the validity": (position("jährlich", 2035), "", ()),
}


@pytest.mark.parametrize(("posten", "zeitraum", "erwartet"), EINMALIG.values(), ids=EINMALIG)
def test_a_single_amount_counts_once(posten, zeitraum, erwartet):
    assert jahre(posten, lies(zeitraum), 2027, 2032) == erwartet


@pytest.mark.parametrize(("posten", "zeitraum", "erwartet"), JAEHRLICH.values(), ids=JAEHRLICH)
def test_a_recurring_amount_counts_in_every_year(posten, zeitraum, erwartet):
    assert jahre(posten, lies(zeitraum), 2027, 2032) == erwartet


def test_a_concept_without_validity_gives_no_years_of_its_own():
    assert jahre(position("jährlich", 2027), lies("fortlaufend"), None, None) == ()
    assert jahre(position("jährlich"), lies("2027 bis 2028"), None, None) == (2027, 2028)
    assert jahre(position("jährlich"), None, None, None) == ()


@pytest.mark.parametrize(
    ("betrag", "turnus", "im_jahr"),
    [
        ("100", "", "100"),
        ("100", "einmalig", "100"),
        ("100.50", "jährlich", "100.50"),
        ("100.50", "halbjährlich", "201.00"),
        ("100.50", "monatlich", "1206.00"),
        ("0", "monatlich", "0"),
        (None, "jährlich", None),
    ],
)
def test_amount_per_year(betrag, turnus, im_jahr):
    erwartet = None if im_jahr is None else Decimal(im_jahr)
    assert betrag_je_jahr(betrag and Decimal(betrag), turnus) == erwartet


JAHR = st.none() | st.integers(1900, 2199)


@given(st.sampled_from(["", *Turnus]), JAHR, JAHR, JAHR, JAHR, st.sampled_from(["", "fortlaufend", "ab 1950", "2027"]))
def test_years_are_in_order_each_once_and_never_too_many(turnus, jahr, bis, ab, ende, zeitraum):
    ergebnis = jahre(position(turnus, jahr, bis), lies(zeitraum), ab, ende)
    assert list(ergebnis) == sorted(set(ergebnis))
    assert len(ergebnis) <= 50
