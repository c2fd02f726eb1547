"""A wording that can mean several periods is asked back, with a wording for each of them."""

import pytest

from massnahmen.zeitraum import ZeitraumFehler, lies


def frage(text: str) -> ZeitraumFehler:
    with pytest.raises(ZeitraumFehler) as fehler:
        lies(text)
    return fehler.value


@pytest.mark.parametrize(
    ("text", "lesarten"),
    [
        ("1/2018 - 2/2018", ("Januar bis Februar 2018", "1. bis 2. Quartal 2018", "1. bis 2. Halbjahr 2018")),
        ("1/18 – 4/18", ("Januar bis April 2018", "1. bis 4. Quartal 2018")),
        ("1-3/2018", ("Januar bis März 2018", "1. bis 3. Quartal 2018")),
        ("2/2018 bis 1/2019", ("Februar 2018 bis Januar 2019", "2. Quartal 2018 bis 1. Quartal 2019",
                               "2. Halbjahr 2018 bis 1. Halbjahr 2019")),
        ("1/2018", ("Januar 2018", "1. Quartal 2018", "1. Halbjahr 2018")),
        ("3/2018", ("März 2018", "3. Quartal 2018")),
        ("1/18", ("Januar 2018", "1. Quartal 2018", "1. Halbjahr 2018")),
        ("ab 2/2027", ("ab Februar 2027", "ab 2. Quartal 2027", "ab 2. Halbjahr 2027")),
        ("2018/1 - 2018/2", ("Januar bis Februar 2018", "1. bis 2. Quartal 2018", "1. bis 2. Halbjahr 2018")),
        ("I/2018 – II/2018", ("1. bis 2. Quartal 2018", "1. bis 2. Halbjahr 2018")),
        ("2018/II", ("2. Quartal 2018", "2. Halbjahr 2018")),
        ("2/2018 - 30.06.2018", ("Februar 2018 bis 30.06.2018", "2. Quartal 2018 bis 30.06.2018")),
        ("01.01.2027 bis 4/2028", ("01.01.2027 bis April 2028", "01.01.2027 bis 4. Quartal 2028")),
        ("2027-07-01 bis 3/2028", ("01.07.2027 bis März 2028", "01.07.2027 bis 3. Quartal 2028")),
        ("jährlich am 15.05. ab 1/2018", ("ab Januar 2018 jährlich", "ab 1. Quartal 2018 jährlich",
                                          "ab 1. Halbjahr 2018 jährlich")),
        ("05.06.2027 bis II/2028", ("05.06.2027 bis 2. Quartal 2028", "05.06.2027 bis 2. Halbjahr 2028")),
        ("zum 1/2018", ("ab Januar 2018", "ab 1. Quartal 2018", "ab 1. Halbjahr 2018")),
        ("bis 4/2027, jährlich", ("bis April 2027 jährlich", "bis 4. Quartal 2027 jährlich")),
    ],
)  # fmt: skip
def test_a_number_before_a_year_may_be_a_month_a_quarter_or_a_half(text, lesarten):
    fehler = frage(text)
    assert fehler.lesarten == lesarten
    assert str(fehler) == f"Meinen Sie {', '.join(lesarten[:-1])} oder {lesarten[-1]}? Bitte schreiben Sie es aus."
    assert len({lies(lesart).struktur for lesart in lesarten}) == len(lesarten)


@pytest.mark.parametrize(
    ("text", "gleich"),
    [
        ("1/2018 - 6/2018", "Januar bis Juni 2018"),
        ("1/2018 - Dezember 2018", "Januar bis Dezember 2018"),
        ("3-5/2017", "März bis Mai 2017"),
        ("05.06.2027 bis 3/2028", "05.06.2027 bis März 2028"),
        ("5.6.27 – 3/28", "05.06.2027 bis März 2028"),
        ("2027-06-05 bis 3/2028", "05.06.2027 bis März 2028"),
        ("3/2027 bis 05.06.2027", "März 2027 bis 05.06.2027"),
        ("5. Juni 2027 bis 3/2028", "05.06.2027 bis März 2028"),
        ("06/2027 bis 3/2028", "Juni 2027 bis März 2028"),
        ("01/2018 - 02/2018", "Januar bis Februar 2018"),
        ("1.2018", "Januar 2018"),
        ("5/18", "Mai 2018"),
        ("III/2018", "3. Quartal 2018"),
        ("II/2018 - III/2018", "2. bis 3. Quartal 2018"),
        ("Halbjahr 2/2017", "2. Halbjahr 2017"),
    ],
)
def test_where_only_one_of_them_can_be_nothing_is_asked(text, gleich):
    assert lies(text).struktur == lies(gleich).struktur


@pytest.mark.parametrize(
    "text", ["1/ bis 2018", "1/2/2018", "4/2018 und 1/2019", "II/2018, I/2019", "VI/2018", "2018/5"]
)
def test_what_has_no_meaning_or_is_a_list_stays_wording(text):
    assert not lies(text).verstanden


def test_what_cannot_be_in_any_meaning_is_refused():
    assert "liegt vor dem Beginn" in str(frage("2/2018 - 1/2018"))
    assert frage("2/2018 - 1/2018").lesarten == frage("13/2017").lesarten == ()


@pytest.mark.parametrize("text", ["zum 30.06.2018", "zum 30. Juni 2018", "zum 30.06.18"])
def test_the_last_day_of_a_month_may_be_a_begin_or_an_end(text):
    fehler = frage(text)
    assert fehler.lesarten == ("ab 30.06.2018", "bis 30.06.2018")
    assert str(fehler) == "Meinen Sie ab 30.06.2018 oder bis 30.06.2018? Bitte schreiben Sie es aus."


@pytest.mark.parametrize(
    ("text", "lesarten"),
    [
        ("2017 laufend", ("2017", "ab 2017")),
        ("2027, fortlaufend", ("2027", "ab 2027")),
        ("2027 (laufend)", ("2027", "ab 2027")),
        ("Ende 2018, laufend", ("Oktober bis Dezember 2018", "ab Oktober 2018")),
        ("dauerhaft, jährlich 2027", ("2027 jährlich", "ab 2027 jährlich")),
        ("im Schuljahr 2027/28, kontinuierlich", ("August 2027 bis Juli 2028", "ab August 2027")),
    ],
)
def test_what_goes_on_in_a_year_may_end_with_it_or_not(text, lesarten):
    fehler = frage(text)
    assert fehler.lesarten == lesarten
    assert str(fehler) == f"Meinen Sie {lesarten[0]} oder {lesarten[1]}? Bitte schreiben Sie es aus."


@pytest.mark.parametrize(
    ("text", "lesarten"),
    [
        ("3/2028 laufend", ("März 2028", "ab März 2028", "3. Quartal 2028", "ab 3. Quartal 2028")),
        ("III/2028, fortlaufend", ("3. Quartal 2028", "ab 3. Quartal 2028")),
        ("1/2028 (laufend)", ("Januar 2028", "ab Januar 2028", "1. Quartal 2028", "ab 1. Quartal 2028",
                              "1. Halbjahr 2028", "ab 1. Halbjahr 2028")),
        ("fortlaufend 2010-12", ("2010 bis 2012", "Dezember 2010", "ab Dezember 2010")),
        ("ab 1/2028, laufend", ("ab Januar 2028", "ab 1. Quartal 2028", "ab 1. Halbjahr 2028")),
        ("1/2028 bis 4/2028, laufend", ("Januar bis April 2028", "1. bis 4. Quartal 2028")),
    ],
)  # fmt: skip
def test_two_questions_in_one_are_asked_together(text, lesarten):
    assert frage(text).lesarten == lesarten


@pytest.mark.parametrize(
    ("text", "gleich"),
    [
        ("ab 2027, fortlaufend", "ab 2027"),
        ("bis 2027 laufend", "bis 2027"),
        ("2027 - laufend", "ab 2027"),
        ("2027 bis 2029, fortlaufend", "2027 bis 2029"),
    ],
)
def test_it_is_not_asked_where_the_words_say_it(text, gleich):
    assert lies(text).struktur == lies(gleich).struktur


@pytest.mark.parametrize(
    ("text", "lesarten"),
    [
        ("2010-12", ("Dezember 2010", "2010 bis 2012")),
        ("2010–12", ("Dezember 2010", "2010 bis 2012")),
        ("2010/12", ("Dezember 2010", "2010 bis 2012")),
        ("2000-12", ("Dezember 2000", "2000 bis 2012")),
        ("2007-09", ("September 2007", "2007 bis 2009")),
        ("(2008-10)", ("Oktober 2008", "2008 bis 2010")),
        ("ab 2010-12", ("ab Dezember 2010", "2010 bis 2012")),
        ("2009-12, jährlich", ("Dezember 2009 jährlich", "2009 bis 2012 jährlich")),
    ],
)
def test_a_number_behind_an_early_year_may_be_a_month_or_a_later_year(text, lesarten):
    assert frage(text).lesarten == lesarten


@pytest.mark.parametrize(
    ("text", "gleich"),
    [
        ("2027-12", "Dezember 2027"),
        ("2011-12", "2011 bis 2012"),
        ("2010-11", "2010 bis 2011"),
        ("2009/10", "2009 bis 2010"),
        ("2010-10", "Oktober 2010"),
        ("2010-09", "September 2010"),
        ("2010-13", "2010 bis 2013"),
        ("von 2010-12", "2010 bis 2012"),
        ("in den Jahren 2010-12", "2010 bis 2012"),
        ("Haushaltsjahre 2008-10", "2008 bis 2010"),
        ("HHJ 2010-12", "2010 bis 2012"),
        ("bis 2010-12", "bis Ende 2010"),
        ("2010-12 bis 2011-03", "Dezember 2010 bis März 2011"),
        ("2010-12-24", "24.12.2010"),
        ("Schuljahr 2009/10", "August 2009 bis Juli 2010"),
    ],
)
def test_it_is_not_asked_where_only_one_can_be_or_the_years_follow_each_other(text, gleich):
    gelesen, erwartet = lies(text), lies(gleich)
    assert (gelesen.erster_tag, gelesen.letzter_tag) == (erwartet.erster_tag, erwartet.letzter_tag)
    assert gelesen.verstanden


@pytest.mark.parametrize("text", ["ab 30.06.2018", "bis zum 30.06.2018", "am 30.06.2018", "zum 29.06.2018"])
def test_of_other_days_nothing_is_asked(text):
    assert lies(text).verstanden
