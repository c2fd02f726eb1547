"""What people rely on when they type a period: it is understood, kept, or refused with advice."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from konzept.grenzen import ANGABE
from massnahmen.zeitraum import (
    Genauigkeit,
    Wiederkehr,
    Zeitpunkt,
    Zeitraum,
    ZeitraumFehler,
    in_worten,
    lesen,
    lies,
)
from tests.kosten import kostet_hoechstens

JAEHRLICH = Wiederkehr.JAEHRLICH


def tag(text):
    return date(*reversed([int(teil) for teil in text.split(".")])) if text else None


GESCHLOSSEN = [
    ("22.11.2016", "22.11.2016", "22.11.2016"),
    ("21.11.16", "21.11.2016", "21.11.2016"),
    ("1.5.98", "01.05.1998", "01.05.1998"),
    ("am 01.05.16", "01.05.2016", "01.05.2016"),
    ("am 9. Februar 2016", "09.02.2016", "09.02.2016"),
    ("2016-11-22", "22.11.2016", "22.11.2016"),
    ("29.02.2016", "29.02.2016", "29.02.2016"),
    ("2017", "01.01.2017", "31.12.2017"),
    ("im Jahr 2011", "01.01.2011", "31.12.2011"),
    ("Haushaltsjahr 2017", "01.01.2017", "31.12.2017"),
    ("1. Halbjahr 2017", "01.01.2017", "30.06.2017"),
    ("2. Halbjahr 2017", "01.07.2017", "31.12.2017"),
    ("2. HJ 2017", "01.07.2017", "31.12.2017"),
    ("II. Halbjahr 2017", "01.07.2017", "31.12.2017"),
    ("zweites Halbjahr 2017", "01.07.2017", "31.12.2017"),
    ("im zweiten Halbjahr des Jahres 2017", "01.07.2017", "31.12.2017"),
    ("Halbjahr 2/2017", "01.07.2017", "31.12.2017"),
    ("1. Quartal 2018", "01.01.2018", "31.03.2018"),
    ("Q1/2018", "01.01.2018", "31.03.2018"),
    ("Q 4 2018", "01.10.2018", "31.12.2018"),
    ("III. Quartal 2017", "01.07.2017", "30.09.2017"),
    ("03/2017", "01.03.2017", "31.03.2017"),
    ("6/2017", "01.06.2017", "30.06.2017"),
    ("03.2017", "01.03.2017", "31.03.2017"),
    ("03/17", "01.03.2017", "31.03.2017"),
    ("2017-03", "01.03.2017", "31.03.2017"),
    ("Mai 2016", "01.05.2016", "31.05.2016"),
    ("Jan. 2017", "01.01.2017", "31.01.2017"),
    ("Sept. 2017", "01.09.2017", "30.09.2017"),
    ("MÄRZ 2017", "01.03.2017", "31.03.2017"),
    ("Ma\u0308rz 2017", "01.03.2017", "31.03.2017"),
    ("Februar 2016", "01.02.2016", "29.02.2016"),
    ("Anfang 2017", "01.01.2017", "31.03.2017"),
    ("Mitte 2017", "01.06.2017", "31.07.2017"),
    ("Ende 2017", "01.10.2017", "31.12.2017"),
    ("Anfang Mai 2017", "01.05.2017", "10.05.2017"),
    ("Ende Februar 2017", "21.02.2017", "28.02.2017"),
    ("Frühjahr 2017", "01.03.2017", "31.05.2017"),
    ("Sommer 2017", "01.06.2017", "31.08.2017"),
    ("Herbst 2017", "01.09.2017", "30.11.2017"),
    ("Schuljahr 2017/2018", "01.08.2017", "31.07.2018"),
    ("Schuljahr 2017/18", "01.08.2017", "31.07.2018"),
    ("Kita-Jahr 2017/18", "01.08.2017", "31.07.2018"),
    ("Mai 2016 bis Juli 2016", "01.05.2016", "31.07.2016"),
    ("Mai bis Juli 2016", "01.05.2016", "31.07.2016"),
    ("Mai-Juli 2016", "01.05.2016", "31.07.2016"),
    ("01.05.2016 - 31.07.2016", "01.05.2016", "31.07.2016"),
    ("01.05.–31.07.2016", "01.05.2016", "31.07.2016"),
    ("1. bis 15. Mai 2017", "01.05.2017", "15.05.2017"),
    ("2017-03-15 bis 2017-04-01", "15.03.2017", "01.04.2017"),
    ("03/2017 - 05/2017", "01.03.2017", "31.05.2017"),
    ("03–05/2017", "01.03.2017", "31.05.2017"),
    ("1. bis 3. Quartal 2018", "01.01.2018", "30.09.2018"),
    ("1./2. Quartal 2018", "01.01.2018", "30.06.2018"),
    ("Anfang bis Mitte 2017", "01.01.2017", "31.07.2017"),
    ("2017-2019", "01.01.2017", "31.12.2019"),
    ("2017 — 2019", "01.01.2017", "31.12.2019"),
    ("2017–19", "01.01.2017", "31.12.2019"),
    ("2017/2018", "01.01.2017", "31.12.2018"),
    ("2017/18", "01.01.2017", "31.12.2018"),
    ("1999/00", "01.01.1999", "31.12.2000"),
    ("2010/11", "01.01.2010", "31.12.2011"),
    ("2010-11", "01.01.2010", "31.12.2011"),
    ("Mai und Juni 2017", "01.05.2017", "30.06.2017"),
    ("Juli/August 2017", "01.07.2017", "31.08.2017"),
    ("2017 bis 2019", "01.01.2017", "31.12.2019"),
    ("von 2017 bis 2019", "01.01.2017", "31.12.2019"),
    ("ab 2018 bis 2020", "01.01.2018", "31.12.2020"),
    ("2. Halbjahr 2017 bis Ende 2018", "01.07.2017", "31.12.2018"),
    ("Mai 2017 bis 2017", "01.05.2017", "31.12.2017"),
    ("2. Halbjahr\u00a02017", "01.07.2017", "31.12.2017"),
    ("  2.  HALBJAHR   2017 ", "01.07.2017", "31.12.2017"),
    ("2017\u202f–\u202f2019", "01.01.2017", "31.12.2019"),
]


@pytest.mark.parametrize(("text", "erster", "letzter"), GESCHLOSSEN)
def test_a_period_has_its_days(text, erster, letzter):
    z = lies(text)
    assert (z.erster_tag, z.letzter_tag) == (tag(erster), tag(letzter))
    assert (z.offen, z.wiederkehr, z.verstanden) == (False, None, True)


@pytest.mark.parametrize(
    ("text", "erster", "letzter", "offen", "wiederkehr"),
    [
        ("ab 2018", "01.01.2018", "", True, None),
        ("ab dem Schuljahr 2017/18", "01.08.2017", "", True, None),
        ("ab dem 01.08.2017", "01.08.2017", "", True, None),
        ("seit 2010", "01.01.2010", "", True, None),
        ("fortlaufend seit 2016", "01.01.2016", "", True, None),
        ("seit Mai 2016, laufend", "01.05.2016", "", True, None),
        ("fortlaufend", "", "", True, None),
        ("laufend", "", "", True, None),
        ("dauerhaft", "", "", True, None),
        ("bis auf Weiteres", "", "", True, None),
        ("jährlich fortlaufend", "", "", True, JAEHRLICH),
        ("ab 2018 jährlich", "01.01.2018", "", True, JAEHRLICH),
        ("jährlich ab 2018", "01.01.2018", "", True, JAEHRLICH),
        ("ab 2018 (jährlich)", "01.01.2018", "", True, JAEHRLICH),
        ("jährlich, 2017-2019", "01.01.2017", "31.12.2019", False, JAEHRLICH),
        ("fortlaufend 2017-2019", "01.01.2017", "31.12.2019", False, None),
        ("bis Ende 2018", "", "31.12.2018", False, None),
        ("bis Ende März 2018", "", "31.03.2018", False, None),
        ("bis 2020", "", "31.12.2020", False, None),
        ("bis 30.06.2015", "", "30.06.2015", False, None),
        ("bis zum 30.06.2015", "", "30.06.2015", False, None),
        ("zum 01.05.16", "01.05.2016", "", True, None),
        ("jährlich", "", "", False, JAEHRLICH),
        ("einmal jährlich", "", "", False, JAEHRLICH),
        ("1x im Jahr", "", "", False, JAEHRLICH),
        ("zweimal jährlich", "", "", False, Wiederkehr.HALBJAEHRLICH),
        ("halbjährlich", "", "", False, Wiederkehr.HALBJAEHRLICH),
        ("vierteljährlich", "", "", False, Wiederkehr.VIERTELJAEHRLICH),
        ("monatlich", "", "", False, Wiederkehr.MONATLICH),
        ("wöchentlich", "", "", False, Wiederkehr.WOECHENTLICH),
        ("alle 2 Jahre", "", "", False, Wiederkehr.ALLE_ZWEI_JAHRE),
        ("in einem Rhythmus von zwei Jahren", "", "", False, Wiederkehr.ALLE_ZWEI_JAHRE),
    ],
)
def test_open_and_recurring_periods(text, erster, letzter, offen, wiederkehr):
    z = lies(text)
    assert (z.erster_tag, z.letzter_tag) == (tag(erster), tag(letzter))
    assert (z.offen, z.wiederkehr, z.verstanden) == (offen, wiederkehr, True)


@pytest.mark.parametrize(
    "text",
    [
        "nach Bedarf",
        "je nach Haushaltslage",
        "seit Jahren",
        "im Abstand von zwei bis drei Monaten",
        "Vorlage der Ergebnisse bis 31.02.2017",
        "13/2017 oder später",
        "Start August 2016",
        "jährlich, monatlich",
        "Mai",
        "2. Halbjahr",
        "Mai bis Juli",
        "Oktober bis März 2018",
        "von 2017 laufend",
        "von 2017",
        "Winter 2017",
        "2017, 2018 und 2020",
        "1. und 3. Quartal 2018",
        "2017/2019",
        "05/06/2017",
        "17/18",
        "12345",
        "²⁰¹⁷",
        "٢٠١٧",
        "2017\x00",
        "9" * 5000,
        "13/2017 " * 100,
    ],
)
def test_what_is_not_understood_stays_wording(text):
    z = lies(text)
    assert str(z) == z.wortlaut == text.strip()
    assert z
    assert not z.verstanden
    assert z.struktur == (None, None, False, None)


@pytest.mark.parametrize(
    ("text", "satz"),
    [
        ("13/2017", "Monat 13 gibt es nicht. Schreiben Sie z. B. 03/2017, 2. Halbjahr 2017 oder 2017."),
        ("0/2017", "Monat 0 gibt es nicht. Schreiben Sie z. B. 03/2017, 2. Halbjahr 2017 oder 2017."),
        ("ab 01.13.2017", "Monat 13 gibt es nicht. Schreiben Sie z. B. 03/2017, 2. Halbjahr 2017 oder 2017."),
        (
            "31.02.2017",
            "Den 31.02.2017 gibt es nicht. Der Februar 2017 hat 28 Tage; schreiben Sie z. B. 28.02.2017.",
        ),
        (
            "01.04.2017 bis 31.04.2017",
            "Den 31.04.2017 gibt es nicht. Der April 2017 hat 30 Tage; schreiben Sie z. B. 30.04.2017.",
        ),
        (
            "5. Quartal",
            "Ein 5. Quartal gibt es nicht. Schreiben Sie z. B. 1. Quartal 2017 oder 4. Quartal 2017.",
        ),
        (
            "Q5/2017",
            "Ein 5. Quartal gibt es nicht. Schreiben Sie z. B. 1. Quartal 2017 oder 4. Quartal 2017.",
        ),
        (
            "III. Halbjahr 2017",
            "Ein 3. Halbjahr gibt es nicht. Schreiben Sie z. B. 1. Halbjahr 2017 oder 2. Halbjahr 2017.",
        ),
        (
            "3. Halbjahr",
            "Ein 3. Halbjahr gibt es nicht. Schreiben Sie z. B. 1. Halbjahr 2017 oder 2. Halbjahr 2017.",
        ),
        ("2018 bis 2016", "Das Ende (2016) liegt vor dem Beginn (2018). Schreiben Sie z. B. 2016 bis 2018."),
        ("2017 - 16", "Das Ende (2016) liegt vor dem Beginn (2017). Schreiben Sie z. B. 2016 bis 2017."),
        (
            "2017-16",
            "Monat 16 gibt es nicht, und das Jahr 2016 liegt nicht nach 2017. "
            "Schreiben Sie z. B. 12/2017 oder 2016 bis 2017.",
        ),
        (
            "Mai 2018 - 30.04.2018",
            "Das Ende (30.04.2018) liegt vor dem Beginn (Mai 2018). "
            "Schreiben Sie z. B. 30.04.2018 bis Mai 2018.",
        ),
        (
            "3017",
            "Das Jahr 3017 kann nicht stimmen. Schreiben Sie ein Jahr von 1900 bis 2199, z. B. 2017.",
        ),
        (
            "Schuljahr 2017/2019",
            "Ein Schuljahr 2017/2019 gibt es nicht. Schreiben Sie z. B. Schuljahr 2017/2018.",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_what_would_be_right(text, satz):
    with pytest.raises(ZeitraumFehler) as fehler:
        lies(text)
    assert str(fehler.value) == satz


@pytest.mark.parametrize(
    ("zeitpunkt", "text", "erster", "letzter"),
    [
        (Zeitpunkt(2017), "2017", "01.01.2017", "31.12.2017"),
        (Zeitpunkt(2017, Genauigkeit.HALBJAHR, 2), "2. Halbjahr 2017", "01.07.2017", "31.12.2017"),
        (Zeitpunkt(2017, Genauigkeit.QUARTAL, 3), "3. Quartal 2017", "01.07.2017", "30.09.2017"),
        (Zeitpunkt(2017, Genauigkeit.MONAT, 3), "März 2017", "01.03.2017", "31.03.2017"),
        (Zeitpunkt(2016, Genauigkeit.TAG, 11, 22), "22.11.2016", "22.11.2016", "22.11.2016"),
    ],
)
def test_a_point_in_time_is_written_in_german(zeitpunkt, text, erster, letzter):
    assert str(zeitpunkt) == text
    assert (zeitpunkt.erster_tag, zeitpunkt.letzter_tag) == (tag(erster), tag(letzter))


@pytest.mark.parametrize(
    "angaben",
    [
        (1899,),
        (2200,),
        (2017, Genauigkeit.JAHR, 1),
        (2017, Genauigkeit.MONAT),
        (2017, Genauigkeit.MONAT, 13),
        (2017, Genauigkeit.QUARTAL, 0),
        (2017, Genauigkeit.HALBJAHR, 3),
        (2017, Genauigkeit.QUARTAL, 1, 1),
        (2017, Genauigkeit.TAG, 2),
        (2017, Genauigkeit.TAG, 2, 29),
        (2017, Genauigkeit.TAG, 13, 1),
    ],
)
def test_a_point_in_time_outside_the_calendar_cannot_be_made(angaben):
    with pytest.raises(ZeitraumFehler):
        Zeitpunkt(*angaben)


@pytest.mark.parametrize(
    "angaben",
    [
        {"beginn": Zeitpunkt(2018), "ende": Zeitpunkt(2017)},
        {"beginn": Zeitpunkt(2018)},
        {"ende": Zeitpunkt(2018), "offen": True},
    ],
)
def test_a_period_that_contradicts_itself_cannot_be_made(angaben):
    with pytest.raises(ZeitraumFehler):
        Zeitraum(**angaben)


@pytest.mark.parametrize("text", ["", "   ", "\u00a0\n"])
def test_nothing_typed_is_an_empty_period(text):
    z = lies(text)
    assert z == Zeitraum()
    assert not z
    assert not z.verstanden
    assert str(z) == ""


def test_the_wording_prints_and_without_one_the_structure_does():
    z = lies(" Jährlich ab  2018 ")
    assert str(z) == "Jährlich ab  2018"
    assert str(Zeitraum(*z.struktur)) == "ab 2018 jährlich"
    assert str(Zeitraum(offen=True)) == "fortlaufend"


def test_equal_structure_in_other_words_can_be_told():
    assert lies("2. HJ 2017") != lies("II. Halbjahr 2017")
    assert lies("2. HJ 2017").struktur == lies("II. Halbjahr 2017").struktur
    assert len({lies("2017"), lies("2017"), lies("2018")}) == 2


@st.composite
def zeitpunkte(draw):
    jahr, genauigkeit = draw(st.integers(1900, 2199)), draw(st.sampled_from(Genauigkeit))
    if genauigkeit is Genauigkeit.JAHR:
        return Zeitpunkt(jahr)
    if genauigkeit is Genauigkeit.TAG:
        tag = date(jahr, 1, 1) + timedelta(days=draw(st.integers(0, 364)))
        return Zeitpunkt(jahr, genauigkeit, tag.month, tag.day)
    anzahl = {Genauigkeit.HALBJAHR: 2, Genauigkeit.QUARTAL: 4, Genauigkeit.MONAT: 12}[genauigkeit]
    return Zeitpunkt(jahr, genauigkeit, draw(st.integers(1, anzahl)))


@st.composite
def zeitraeume(draw):
    beginn, wiederkehr = draw(st.none() | zeitpunkte()), draw(st.none() | st.sampled_from(Wiederkehr))
    if draw(st.booleans()):
        return Zeitraum(beginn, None, True, wiederkehr)
    ende = draw(zeitpunkte()) if beginn else draw(st.none() | zeitpunkte())
    if beginn and ende.letzter_tag < beginn.erster_tag:
        beginn, ende = ende, beginn
    return Zeitraum(beginn, ende, False, wiederkehr)


# fmt: off
BAUSTEINE = st.sampled_from([
    "2017", "2018", "18", "16", "13", "31.02.", "01.05.", "3.", "5.", "II.", "Q1", "Mai", "Sept.", "Halbjahr",
    "Quartal", "Anfang", "Ende", "Sommer", "Schuljahr", "ab", "seit", "von", "bis", "-", "–", "/", "und",
    "jährlich", "fortlaufend", "einmal", "(", ")", ",", ".", "\u00a0", "\x00", "²", "٣", "1/2018", "2/18", "27.",
    "zum", "30.06.2018", "ff.", "heute", "mittelfristig", "3x", "alle", "drei", "Jahre", "KW", "Winter", "18/19",
    "spätestens", "sofort", "regelmäßig", "zwischen", "99", "jeden", "Beginn", "2018-13", "Schulhalbjahr", "9999",
    "II/2018", "2018/1", "1/", "I/18", "5/18", "+", "x", "Montag,", "p. a.", "mtl.", "im", "Hälfte",
    "HHJ", "/Q2", "Mai 27", "'27", "Do ", "2010-12", "2009", "Laufzeit:", "[", "]", "befristet", "(bis",
    "Beginn:", "Start:", "Ende:", "2027,", "2. Quartal",
])
# fmt: on
TEXTE = (
    st.text(st.characters(), max_size=ANGABE + 20)
    | st.lists(BAUSTEINE, max_size=8).map(" ".join)
    | st.lists(BAUSTEINE, max_size=8).map("".join)
)


@given(zeitraeume())
def test_every_structure_is_read_back_from_its_german_form(z):
    assert lies(str(z)).struktur == z.struktur


@given(zeitpunkte())
def test_the_first_day_never_lies_after_the_last(zeitpunkt):
    assert zeitpunkt.erster_tag <= zeitpunkt.letzter_tag


@given(TEXTE)
def test_no_text_is_lost_or_breaks_anything(text):
    try:
        z = lies(text)
    except ZeitraumFehler as fehler:
        satz, lesarten = str(fehler), fehler.lesarten
    else:
        assert str(z) == text.strip()
        assert lies(str(z)) == z
        assert bool(z) == bool(text.strip())
        return
    assert "schreiben sie" in satz.lower()
    assert bool(lesarten) == ("?" in satz)
    # None of them is asked back, and no two mean the same.
    assert len({lies(lesart).struktur for lesart in lesarten}) == len(lesarten) != 1
    assert all(lies(lesart).verstanden and lesart in satz for lesart in lesarten)


@given(TEXTE)
def test_what_was_understood_can_be_written_in_german_and_read_again(text):
    try:
        z = lies(text)
    except ZeitraumFehler:
        assume(False)
    assert lies(str(Zeitraum(*z.struktur))).struktur == z.struktur


SCHREIBWEISEN = [text for text, *_ in GESCHLOSSEN] + [
    "ab 2018 jährlich", "2018 - laufend", "mittelfristig (2023-2027)", "27.-29.09.2019", "jährlich im März",
    "2018, 2019 und 2020", "Schuljahr 18/19", "zum 01.05.16", "3x jährlich", "spätestens Ende März 2020",
]  # fmt: skip


@given(st.sampled_from(SCHREIBWEISEN), st.randoms(use_true_random=False))
def test_case_dash_and_kind_of_space_do_not_matter(text, zufall):
    anders = "".join(
        zufall.choice({" ": [" ", "\u00a0", "\u202f", "  ", "\n"], "-": "-–—‐−"}.get(z, [z, z.upper(), z.lower()]))
        for z in text.replace("ß", "ss").replace("–", "-").replace("—", "-")
    )
    assert lies(f" {anders}\u00a0").struktur == lies(text).struktur


STUECKE = ["1-", "1/", "1, ", "2018 und ", "2018-", "(", ")", "ab ", "jährlich ", "1. ", "bis ", "ein ", "a", "-"]


def test_reading_costs_little_whatever_is_repeated():
    texte = [
        (stueck * ANGABE)[: ANGABE - len(schluss)] + schluss
        for stueck in STUECKE
        for schluss in ("", "2018", "1/2018", " ff.", "x")
    ]

    def lies_alle():
        lesen._lies.cache_clear()
        for text in texte:
            with suppress(ZeitraumFehler):
                lies(text)

    assert kostet_hoechstens(lies_alle, 0.5)


@given(zeitraeume())
def test_the_words_for_a_structure_are_read_as_the_same_days(z):
    gelesen = lies(in_worten(z))
    tage = (gelesen.erster_tag, gelesen.letzter_tag, gelesen.offen, gelesen.wiederkehr)
    assert tage == (z.erster_tag, z.letzter_tag, z.offen, z.wiederkehr)


@given(zeitpunkte())
def test_a_point_in_time_in_words_is_read_as_itself(zeitpunkt):
    """Halves and quarters are told in their months."""
    gelesen = lies(in_worten(Zeitraum(zeitpunkt, zeitpunkt)))
    if zeitpunkt.genauigkeit in (Genauigkeit.HALBJAHR, Genauigkeit.QUARTAL):
        assert gelesen.beginn.genauigkeit is gelesen.ende.genauigkeit is Genauigkeit.MONAT
    else:
        assert (gelesen.beginn, gelesen.ende) == (zeitpunkt, zeitpunkt)
