"""The plan over the years: who reads it sees at once when a measure runs."""

import pytest

from konzept.dokument import baum
from konzept.dokument.zeitplan import zeitplan
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.models import Konzept
from tests.fabrik import mache_abschnitt, mache_feld, mache_konzept, mache_massnahme

pytestmark = pytest.mark.django_db


@pytest.fixture
def konzept():
    konzept = mache_konzept(gueltig_ab=2027, gueltig_bis=2030)
    mache_abschnitt(konzept, "Handlungsfelder", inhalt="handlungsfelder")
    return konzept


@pytest.fixture
def feld(konzept):
    return mache_feld(konzept)


def plan(konzept) -> baum.Zeitplan | baum.Hinweis:
    return zeitplan(stelle_zusammen(konzept))


@pytest.mark.parametrize(
    ("zeitraum", "laeuft"),
    [
        ("2028", "·█··"),
        ("2. Halbjahr 2027 bis 03/2029", "███·"),
        ("ab 2028 jährlich", "·███"),
        ("bis 06/2028", "██··"),
        ("fortlaufend", "████"),
        ("jährlich", "████"),
        ("vierteljährlich", "████"),
        ("ab 2029 monatlich", "··██"),
        ("Mai 2020 bis Juli 2027", "█···"),
        ("ab 2035", "····"),
        ("2020", "····"),
        ("sobald Mittel da sind", "····"),
        ("", "····"),
    ],
)
def test_the_years_in_which_a_measure_runs(zeitraum, laeuft, konzept, feld):
    mache_massnahme(feld, zeitraum="2027")
    mache_massnahme(feld, "Geprüft", zeitraum=zeitraum)
    (gruppe,) = plan(konzept).felder
    (zeile,) = (z for z in gruppe.zeilen if z.massnahme.titel == "Geprüft")
    assert "".join("█" if an else "·" for an in zeile.laeuft) == laeuft
    assert zeile.zeitraum == zeitraum


@pytest.mark.parametrize(
    ("felder", "vermerk"),
    [
        ({"zeitraum": "2028"}, ""),
        ({"zeitraum": "2028", "umsetzungsstand": "zurueckgestellt", "stand_begruendung": "x"}, "zurückgestellt"),
        ({"zeitraum": "", "umsetzungsstand": "zurueckgestellt", "stand_begruendung": "x"}, "zurückgestellt"),
        ({"zeitraum": "jährlich", "umsetzungsstand": "zurueckgestellt", "stand_begruendung": "x"}, "zurückgestellt"),
        ({"zeitraum": "ab 2035"}, "erst ab 2035"),
        ({"zeitraum": "2031 bis 2033"}, "erst ab 2031"),
        ({"zeitraum": "Mai 2020 bis Juni 2021"}, "nur bis 2021"),
        ({"zeitraum": "2026"}, "nur bis 2026"),
        ({"zeitraum": "sobald Mittel da sind"}, ""),
    ],
)
def test_why_a_measure_runs_in_no_year_of_the_plan(felder, vermerk, konzept, feld):
    mache_massnahme(feld, zeitraum="2027")
    mache_massnahme(feld, "Geprüft", **felder)
    (zeile,) = (z for z in plan(konzept).felder[0].zeilen if z.massnahme.titel == "Geprüft")
    assert zeile.vermerk == vermerk
    assert any(zeile.laeuft) == (felder["zeitraum"] == "2028" and not vermerk)


def test_the_columns_are_the_years_of_validity(konzept, feld):
    mache_massnahme(feld, zeitraum="2028")
    assert plan(konzept).jahre == (2027, 2028, 2029, 2030)


def test_without_validity_they_are_the_years_of_the_measures_and_never_too_many(konzept, feld):
    Konzept.objects.update(gueltig_ab=None, gueltig_bis=None)
    konzept.refresh_from_db()
    mache_massnahme(feld, zeitraum="2028 bis 2029")
    assert plan(konzept).jahre == (2028, 2029)
    mache_massnahme(feld, zeitraum="ab 1950 bis 2199")
    assert plan(konzept).jahre == tuple(range(1950, 1980))


@pytest.mark.parametrize("zeitraum", ["", "irgendwann"])
def test_no_plan_without_any_time(zeitraum, konzept, feld):
    mache_massnahme(feld, zeitraum=zeitraum)
    assert isinstance(plan(konzept), baum.Hinweis)


def test_without_any_year_it_says_what_is_missing(feld):
    konzept = feld.konzept
    Konzept.objects.update(gueltig_ab=None, gueltig_bis=None)
    konzept.refresh_from_db()
    mache_massnahme(feld, zeitraum="laufend")
    assert plan(konzept).text.startswith("Kein Zeitraum der Maßnahmen nennt ein Jahr")


def test_dropped_measures_and_empty_fields_are_left_out(konzept, feld):
    mache_feld(konzept, "Leer")
    mache_massnahme(feld, "Bleibt", zeitraum="2027")
    mache_massnahme(feld, "Weg", zeitraum="2027", umsetzungsstand="entfallen", stand_begruendung="Kein Geld.")
    (gruppe,) = plan(konzept).felder
    assert [z.massnahme.titel for z in gruppe.zeilen] == ["Bleibt"]
