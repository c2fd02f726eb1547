"""Beside the field stands in plain German how a wording was read."""

import pytest

from massnahmen.zeitraum import Zeitraum, in_worten, lies


@pytest.mark.parametrize(
    ("text", "worte"),
    [
        ("", ""),
        ("nach Bedarf", "als Wortlaut, nicht als Zeit gelesen"),
        ("2. HJ 2027", "Juli bis Dezember 2027"),
        ("Q1/2018", "Januar bis März 2018"),
        ("2027", "2027"),
        ("2027/28", "2027 bis 2028"),
        ("03/2017", "März 2017"),
        ("01.05.16", "1. Mai 2016"),
        ("01.05.–31.07.2016", "1. Mai bis 31. Juli 2016"),
        ("1. bis 15. Mai 2017", "1. bis 15. Mai 2017"),
        ("Mai 2017 bis 2018", "Mai 2017 bis Dezember 2018"),
        ("Schuljahr 2017/18", "August 2017 bis Juli 2018"),
        ("1. Mai 2017 bis 2018", "1. Mai 2017 bis 31. Dezember 2018"),
        ("bis 2020", "bis Ende 2020"),
        ("bis 06/2020", "bis Ende Juni 2020"),
        ("bis zum 30.06.2015", "bis 30. Juni 2015"),
        ("ab 2018 jährlich", "ab 2018, jedes Jahr, ohne Ende"),
        ("ab dem Schuljahr 2017/18", "ab August 2017, ohne Ende"),
        ("fortlaufend", "ohne Ende"),
        ("monatlich", "jeden Monat"),
        ("2017-2019, alle zwei Jahre", "2017 bis 2019, alle zwei Jahre"),
        ("quartalsweise bis 2020", "bis Ende 2020, viermal im Jahr"),
    ],
)
def test_a_period_in_words(text, worte):
    assert in_worten(lies(text)) == worte


def test_the_wording_does_not_matter():
    assert in_worten(Zeitraum(*lies("2. HJ 2027").struktur)) == "Juli bis Dezember 2027"
