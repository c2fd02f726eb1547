"""In which years an amount counts, how much, and what is said where it does not."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massnahmen import geld
from massnahmen.geld import Geld, Turnus
from massnahmen.kosten import (
    HOECHSTENS_JAHRE,
    Grund,
    Rahmen,
    gelesen,
    noch_keine_position,
    rechne,
    spanne,
    stellenjahre,
)
from massnahmen.zeitraum import lies


def rahmen(zeitraum="", ab=2027, bis=2032, waehrung="EUR"):
    return Rahmen(lies(zeitraum), ab, bis, waehrung)


def jahre(angabe, zeitraum="", jahr=None, bis_jahr=None, **weitere) -> dict:
    rechnung = rechne(geld.lies(angabe), jahr, bis_jahr, rahmen(zeitraum, **weitere))
    return dict(rechnung.anteile) if rechnung.anteile else rechnung.grund


def je(betrag, *jahre_):
    return dict.fromkeys(jahre_, betrag)


ALLE = range(2027, 2033)

EINMALIG = {
    "its year": (("700 €", "2027 bis 2030", 2028), {2028: 700}),
    "its year, said to be once": (("einmalig 700 €", "", 2028), {2028: 700}),
    "the year of its measure": (("700 €", "03/2027"), {2027: 700}),
    "a measure of several years": (("700 €", "2027 bis 2028"), {None: 700}),
    "a measure without an end": (("700 €", "ab 2027"), {None: 700}),
    "a measure at no time": (("700 €",), {None: 700}),
    "a measure at some time": (("700 €", "nach Bedarf"), {None: 700}),
    "a measure that is over before the validity": (("700 €", "2024 bis 2026"), Grund.VORBEI),
    "a measure of one year before the validity": (("700 €", "2025"), Grund.VORBEI),
    "a measure that reaches into the validity": (("700 €", "2025 bis 2027"), {None: 700}),
    "its year before the validity": (("700 €", "", 2020), {2020: 700}),
    "once, some time in these years": (("einmalig 700 €", "", 2027, 2029), {None: 700}),
    "in all or in each of these years?": (("700 €", "", 2027, 2029), Grund.VERTEILUNG),
    "the same without a measure": (("700 €", "nach Bedarf", 2020, 2021), Grund.VERTEILUNG),
    "the same year twice is one": (("700 €", "", 2027, 2027), {2027: 700}),
    "the year in the wording": (("700 € (2029)",), {2029: 700}),
    "the year in both": (("700 € (2029)", "", 2029), {2029: 700}),
    "another year beside it": (("700 € (2029)", "", 2028), Grund.WIDERSPRUCH),
    "a saving": (("- 700 €", "", 2028), {2028: -700}),
    "nothing is an amount": (("0 €", "", 2028), {2028: 0}),
    "an upper bound": (("höchstens 700 €", "", 2028), {2028: 700}),
}
JAEHRLICH = {
    "from year to year": (("9 € jährlich", "", 2027, 2029), je(9, 2027, 2028, 2029)),
    "beyond the validity, where it says so": (("9 € jährlich", "", 2025, 2034), je(9, *range(2025, 2035))),
    "from a year to the end of the measure": (("9 € jährlich", "2027 bis 2030", 2028), je(9, 2028, 2029, 2030)),
    "from a year to the end of the validity": (("9 € jährlich", "fortlaufend", 2030), je(9, 2030, 2031, 2032)),
    "as long as the measure": (("9 € jährlich", "2028 bis 2029"), je(9, 2028, 2029)),
    "beyond the validity with its measure": (("9 € jährlich", "2027 bis 2035"), je(9, *range(2027, 2036))),
    "the measure began before the validity": (("9 € jährlich", "seit 2020"), je(9, *ALLE)),
    "the measure is over before the validity": (("9 € jährlich", "2020 bis 2022"), Grund.VORBEI),
    "the measure ends with the last year before it": (("9 € jährlich", "bis 2026"), Grund.VORBEI),
    "an open begin before the validity": (("9 € jährlich", "", 2020), je(9, *ALLE)),
    "the same in the wording": (("seit 2020 jährlich 9 €",), je(9, *ALLE)),
    "named from year to year before it": (("9 € jährlich", "", 2020, 2022), je(9, 2020, 2021, 2022)),
    "ends before it begins": (("9 € jährlich bis 2028", "ab 2030"), Grund.RUECKWAERTS),
    "a measure that began a century before": (("9 € jährlich", "seit 1905"), je(9, *ALLE)),
    "too many years": (("9 € jährlich", "", 1950, 2190), Grund.ZU_LANG),
    "without any time: the validity": (("9 € jährlich",), je(9, *ALLE)),
    "in each year in which the measure runs": (
        ("9 € jährlich", "2. Halbjahr 2027 bis 03/2029"),
        je(9, 2027, 2028, 2029),
    ),
    "begins after the validity": (("9 € jährlich", "", 2035), Grund.DAUER),
    "a measure without an end after it": (("9 € jährlich", "ab 2035"), Grund.DAUER),
    "one year alone, outside of its measure": (("9 € jährlich", "2027", 2029), je(9, 2029)),
    "its own years, though the measure is shorter": (("9 € jährlich", "2027", 2027, 2029), je(9, 2027, 2028, 2029)),
    "its own years, though the measure begins later": (("9 € jährlich", "2029", 2027, 2029), je(9, 2027, 2028, 2029)),
    "every other year": (("9 € alle zwei Jahre",), je(9, 2027, 2029, 2031)),
    "every other year from its own begin": (("9 € alle zwei Jahre", "", 2028, 2032), je(9, 2028, 2030, 2032)),
    "every other year of a measure that began before": (("9 € alle zwei Jahre", "seit 2026"), je(9, 2028, 2030, 2032)),
    "the years in the wording": (("jeweils 9 € für 2016 und 2017",), je(9, 2016, 2017)),
    "an open begin in the wording": (("ab 2030 jährlich 9 €",), je(9, 2030, 2031, 2032)),
}
IM_JAHR = {
    "months of a half year": (("1.000 € monatlich", "2. Halbjahr 2027"), {2027: 6000}),
    "months of one quarter": (("1.000 € monatlich", "1. Quartal 2028"), {2028: 3000}),
    "a single month": (("1.000 € monatlich", "Mai 2028"), {2028: 1000}),
    "months over the turn of the year": (("1.000 € monatlich", "11/2027 bis 02/2028"), {2027: 2000, 2028: 2000}),
    "every month that begins": (("1.000 € monatlich", "15.03.2027 bis 02.05.2027"), {2027: 3000}),
    "a whole year": (("1.000 € monatlich", "2027"), {2027: 12_000}),
    "months within its own year": (("1.000 € monatlich", "2. Halbjahr 2027", 2027), {2027: 6000}),
    "months within its own years": (
        ("1.000 € monatlich", "11/2027 bis 02/2029", 2027, 2028),
        {2027: 2000, 2028: 12_000},
    ),
    "months of a year outside of its measure": (("1.000 € monatlich", "2. Halbjahr 2027", 2029), {2029: 12_000}),
    "without any time: all of the validity": (("1.000 € monatlich",), je(12_000, *ALLE)),
    "quarters of a half year": (("50.000 € vierteljährlich", "2. Halbjahr 2027"), {2027: 100_000}),
    "quarters of a year": (("50.000 € je Quartal", "2028"), {2028: 200_000}),
    "quarters that begin": (("5 € vierteljährlich", "Februar 2027 bis Dezember 2027"), {2027: 20}),
    "halves of a year and a half": (("5 € halbjährlich", "2. Halbjahr 2027 bis 2028"), {2027: 5, 2028: 10}),
    "a month is one half too": (("5 € halbjährlich", "Mai 2028"), {2028: 5}),
    "weeks are not counted": (("5 € pro Woche", "2028"), Grund.WOCHEN),
}
NICHTS = {
    "a wording": (("nach Aufwand",), Grund.UNBEZIFFERT),
    "a wording with a year": (("nach Aufwand", "2028", 2028), Grund.UNBEZIFFERT),
    "another currency": (("CHF 100'000", "2028"), Grund.WAEHRUNG),
    "another currency, every year": (("5.000 US-Dollar jährlich",), Grund.WAEHRUNG),
}


@pytest.mark.parametrize(
    ("position", "erwartet"),
    [*EINMALIG.values(), *JAEHRLICH.values(), *IM_JAHR.values(), *NICHTS.values()],
    ids=[*EINMALIG, *JAEHRLICH, *IM_JAHR, *NICHTS],
)
def test_in_which_years_an_amount_counts_and_how_much(position, erwartet):
    assert jahre(*position) == erwartet


def test_no_amount_at_all_is_no_gap():
    rechnung = rechne(Geld(), 2027, None, rahmen())
    assert (rechnung.anteile, rechnung.grund) == ((), None)


def test_what_is_named_in_the_currency_of_the_kommune_counts():
    assert jahre("CHF 100'000", jahr=2028, waehrung="CHF") == {2028: 100_000}
    assert jahre("20'000", jahr=2028, waehrung="CHF") == {2028: 20_000}
    assert jahre("20.000 €", jahr=2028, waehrung="CHF") == Grund.WAEHRUNG
    assert jahre("20.000 EUR", jahr=2028) == {2028: 20_000}


def test_a_concept_without_validity_gives_no_years_of_its_own():
    assert jahre("9 € jährlich", "fortlaufend", 2027, ab=None, bis=None) == Grund.DAUER
    assert jahre("9 € jährlich", "2027 bis 2028", ab=None, bis=None) == je(9, 2027, 2028)
    assert jahre("9 € jährlich", ab=None, bis=None) == Grund.DAUER
    assert jahre("9 € jährlich", "ab 2030", ab=2027, bis=None) == Grund.DAUER
    assert jahre("9 € jährlich", "bis 2028", ab=None, bis=None) == Grund.DAUER


# The years beside the wording


@pytest.mark.parametrize(
    ("angabe", "zeitraum", "jahr", "bis_jahr", "zeit"),
    [
        ("9 €", "", 2028, None, "2028"),
        ("9 €", "", 2028, 2030, "2028–2030"),
        ("einmalig 9 €", "2028 bis 2030", 2028, None, "2028"),
        ("9 € jährlich", "", 2028, None, "ab 2028"),
        ("9 € jährlich", "2027 bis 2030", 2018, None, "ab 2018"),
        ("9 € monatlich", "fortlaufend", 2028, None, "ab 2028"),
        ("9 € jährlich", "2028", 2028, None, "2028"),
        ("9 € jährlich", "2027", 2029, None, "2029"),
        ("9 € jährlich", "", 2028, 2030, "2028–2030"),
        ("9 € jährlich", "", 2028, 2028, "2028"),
        ("9 € jährlich", "", 2032, None, "2032"),
        ("9 € jährlich", "", 2035, None, "ab 2035"),
        ("nach Aufwand", "", 2028, None, "2028"),
        ("CHF 9 jährlich", "", 2028, None, "ab 2028"),
        ("CHF 9", "", 2028, None, "2028"),
        ("9 €", "", None, None, ""),
    ],
)
def test_a_printed_year_never_stands_for_all_that_follow(angabe, zeitraum, jahr, bis_jahr, zeit):
    assert rechne(geld.lies(angabe), jahr, bis_jahr, rahmen(zeitraum)).zeit == zeit


@pytest.mark.parametrize(
    ("zeitraum", "jahr", "bis_jahr", "satz"),
    [
        ("2027", 2029, None, "Das Jahr 2029 liegt außerhalb des Zeitraums der Maßnahme (2027)"),
        (
            "2027 bis 2028",
            2026,
            2028,
            "Das Jahr 2026 liegt außerhalb des Zeitraums der Maßnahme (2027 bis 2028)",
        ),
        ("ab 2028", 2027, None, "Das Jahr 2027 liegt außerhalb des Zeitraums der Maßnahme (ab 2028)"),
        ("bis 2028", 2030, None, "Das Jahr 2030 liegt außerhalb des Zeitraums der Maßnahme (bis 2028)"),
        ("2027 bis 2030", 2028, 2029, ""),
        ("2027", 2026, 2028, "Die Jahre 2026 und 2028 liegen außerhalb des Zeitraums der Maßnahme (2027)"),
        ("2029", 2026, 2032, "Die Jahre 2026–2028 und 2030–2032 liegen außerhalb des Zeitraums der Maßnahme (2029)"),
        ("fortlaufend", 2030, None, ""),
        ("nach Bedarf", 2029, None, ""),
        ("", 2029, None, ""),
    ],
)
def test_a_year_outside_of_the_measure_is_said(zeitraum, jahr, bis_jahr, satz):
    rechnung = rechne(geld.lies("9 € jährlich"), jahr, bis_jahr, rahmen(zeitraum))
    assert rechnung.hinweis == satz
    assert rechnung.anteile


# In words


@pytest.mark.parametrize(
    ("angabe", "zeitraum", "jahr", "bis_jahr", "worte"),
    [
        (
            "5.000 € vierteljährlich",
            "2027 bis 2032",
            None,
            None,
            "gelesen: 5.000 €, viermal im Jahr, 2027 bis 2032, zusammen 120.000 €",
        ),
        ("1.000 € monatlich", "2. Halbjahr 2027", None, None, "gelesen: 1.000 €, jeden Monat, 2027, zusammen 6.000 €"),
        ("10.000 €", "", 2028, None, "gelesen: 10.000 €, 2028"),
        ("10.000 €", "2027 bis 2030", None, None, "gelesen: 10.000 €, ohne Jahr"),
        ("nach Aufwand", "", None, None, "nicht beziffert, zählt nicht in die Summe"),
        ("", "", None, None, ""),
    ],
)
def test_how_an_amount_was_read(angabe, zeitraum, jahr, bis_jahr, worte):
    gesagt = gelesen(geld.lies(angabe), jahr, bis_jahr, rahmen(zeitraum))
    assert gesagt.replace("\u00a0", " ") == worte


def test_what_does_not_count_says_why():
    def worte(angabe, *jahre_, **weitere):
        return gelesen(geld.lies(angabe), *(jahre_ or (None, None)), rahmen(**weitere)).replace("\u00a0", " ")

    assert "zählt nicht in die Summe" in worte("CHF 500")
    assert "bis wann" in worte("9 € jährlich", zeitraum="ab 2035")
    assert "zählt nicht in die Summe" in worte("9 € jährlich", zeitraum="ab 2035")
    assert "insgesamt oder in jedem Jahr?" in worte("9 €", 2027, 2030)
    assert "außerhalb des Zeitraums der Maßnahme (2027)" in worte("9 € jährlich", 2029, None, zeitraum="2027")


# Posts


@pytest.mark.parametrize(
    ("angabe", "zeitraum", "jahr", "bis_jahr", "erwartet"),
    [
        ("", "", None, None, ALLE),
        ("", "2028 bis 2029", None, None, (2028, 2029)),
        ("", "", 2028, 2030, (2028, 2029, 2030)),
        ("36.500 € jährlich", "", 2029, 2032, (2029, 2030, 2031, 2032)),
        ("18.000 €", "2027 bis 2032", 2028, None, (2028,)),
        ("nach Tarif", "2028", None, None, (2028,)),
        ("", "ab 2030", None, None, (2030, 2031, 2032)),
        ("", "seit 2020", None, None, ALLE),
        ("", "ab 2035", None, None, (2035,)),
        ("", "bis 2025", None, None, (2025,)),
        ("", "2020", None, None, (2020,)),
        ("", "2031 bis 2034", None, None, (2031, 2032, 2033, 2034)),
        ("", "", 2028, None, (2028,)),
        ("nach Aufwand", "", 2028, None, (2028,)),
        ("36.500 € jährlich", "", 2030, None, (2030, 2031, 2032)),
        ("10.000 € jährlich 2028 bis 2029", "", 2030, None, (2030, 2031, 2032)),
    ],
)
def test_in_which_years_a_post_is_there(angabe, zeitraum, jahr, bis_jahr, erwartet):
    assert stellenjahre(geld.lies(angabe), jahr, bis_jahr, rahmen(zeitraum)) == tuple(erwartet)


def test_a_post_without_any_time_has_no_years():
    assert stellenjahre(Geld(), None, None, rahmen(ab=None, bis=None)) == ()


# Against a naive count


JAHR = st.none() | st.integers(2020, 2040)
ZEITRAEUME = st.sampled_from(
    ["", "nach Bedarf", "fortlaufend", "2028", "2027 bis 2030", "ab 2029", "bis 2029", "2. Halbjahr 2027",
     "11/2027 bis 02/2029", "15.03.2028 bis 02.05.2028", "seit 2015", "jährlich", "2018 bis 2021"]
)  # fmt: skip
RUECKT = {Turnus.MONATLICH: 1, Turnus.VIERTELJAEHRLICH: 3, Turnus.HALBJAEHRLICH: 6}


def tage_im(jahr, bis, zeitraum, ab, ende):
    """Every day on which a recurring amount may fall due, as somebody would tick them off in a calendar; None where it
    is not said until when."""
    von, letzter = zeitraum.erster_tag, zeitraum.letzter_tag
    beginn = date(jahr, 1, 1) if jahr else von or (ab and date(ab, 1, 1))
    if bis:
        schluss = date(bis, 12, 31)
    elif letzter and jahr and letzter.year < jahr:
        schluss = date(jahr, 12, 31)
    else:
        schluss = letzter or (ende and date(ende, 12, 31))
    if not beginn or not schluss or schluss < beginn:
        return None
    tage = [beginn + timedelta(days=i) for i in range((schluss - beginn).days + 1)]
    if jahr and von:
        tage = [t for t in tage if t.year != von.year or t.year != jahr or t >= von]
    if bis and letzter:
        tage = [t for t in tage if t.year != letzter.year or t.year != bis or t <= letzter]
    return tage


@given(st.sampled_from([*RUECKT, Turnus.JAEHRLICH]), JAHR, JAHR, ZEITRAEUME, JAHR, JAHR)
def test_recurring_amounts_against_ticking_off_days(turnus, jahr, bis, zeitraum, ab, ende):
    if bis and (not jahr or bis < jahr):
        bis = None
    zeit = lies(zeitraum)
    rechnung = rechne(Geld(Decimal(100), turnus), jahr, bis, Rahmen(zeit, ab, ende))
    tage = tage_im(jahr, bis, zeit, ab, ende)
    if tage is None:
        assert rechnung.grund in (Grund.DAUER, Grund.RUECKWAERTS, Grund.VORBEI)
        return
    if turnus is Turnus.JAEHRLICH:
        mal = dict.fromkeys((t.year for t in tage), 1)
    else:
        monate = sorted({(t.year, t.month) for t in tage})
        mal = Counter(j for i, (j, _) in enumerate(monate) if i % RUECKT[turnus] == 0)
    if not (jahr and bis) and ab:
        mal = {j: anzahl for j, anzahl in mal.items() if j >= ab}
        assert rechnung.gekuerzt == (bool(mal) and tage[0].year < ab)
    if not mal:
        assert rechnung.grund == Grund.VORBEI
        return
    assert dict(rechnung.anteile) == {j: 100 * anzahl for j, anzahl in mal.items()}


@given(
    st.sampled_from([None, *Turnus]),
    *[st.none() | st.integers(1900, 2199)] * 4,
    st.sampled_from(["", "fortlaufend", "ab 1950", "2027", "bis 1999"]),
)
def test_either_it_counts_or_it_says_why_not(turnus, jahr, bis, ab, ende, zeitraum):
    rechnung = rechne(Geld(Decimal(100), turnus), jahr, bis, Rahmen(lies(zeitraum), ab, ende))
    assert bool(rechnung.anteile) != bool(rechnung.grund)
    genannt = [j for j, _ in rechnung.anteile]
    assert genannt in ([None], sorted({*genannt} - {None}))
    assert len(genannt) <= HOECHSTENS_JAHRE
    assert not rechnung.zeit or rechnung.zeit in (spanne(jahr, bis), f"ab {jahr}")


# What stands in words


@pytest.mark.parametrize(
    ("betraege", "angaben", "offen"),
    [
        (("5.000 €",), (), ("5.000 €",)),
        (("5.000 €",), ("5.000 €",), ()),
        (("jährlich 5.000 €",), ("5.000 € jährlich",), ()),
        (("5.000 €",), ("5.000,00 EUR",), ()),
        (("5.000 €", "5.000 €"), ("5.000 €",), ("5.000 €",)),
        (("5.000 €", "5.000 €"), ("5.000 €", "5.000 €"), ()),
        (("5.000 €",), ("5.000 € jährlich",), ("5.000 €",)),
        (("1.777 Mio. €",), ("1.777 Mio. €",), ()),
        (("5.000 €",), ("CHF 5.000",), ("5.000 €",)),
    ],
)
def test_a_position_holds_one_amount_that_says_the_same(betraege, angaben, offen):
    assert noch_keine_position(betraege, angaben) == offen
