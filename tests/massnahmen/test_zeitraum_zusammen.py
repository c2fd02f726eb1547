"""Words before and behind a point in time, in all their combinations, against what each of them says by itself."""

from datetime import date
from itertools import product

import pytest

from massnahmen.zeitraum import Wiederkehr, ZeitraumFehler, lies

PUNKTE = {
    "2018": (date(2018, 1, 1), date(2018, 12, 31)),
    "Jahr 2018": (date(2018, 1, 1), date(2018, 12, 31)),
    "HHJ 2018": (date(2018, 1, 1), date(2018, 12, 31)),
    "05/2018": (date(2018, 5, 1), date(2018, 5, 31)),
    "Mai 2018": (date(2018, 5, 1), date(2018, 5, 31)),
    "Mai 18": (date(2018, 5, 1), date(2018, 5, 31)),
    "2. HJ 2018": (date(2018, 7, 1), date(2018, 12, 31)),
    "III. Quartal 2018": (date(2018, 7, 1), date(2018, 9, 30)),
    "2018/Q3": (date(2018, 7, 1), date(2018, 9, 30)),
    "15.05.2018": (date(2018, 5, 15), date(2018, 5, 15)),
    "1. Mai 2018": (date(2018, 5, 1), date(2018, 5, 1)),
    "1. Mai 18": (date(2018, 5, 1), date(2018, 5, 1)),
    "Anfang 2018": (date(2018, 1, 1), date(2018, 3, 31)),
    "Anfang Mai 2018": (date(2018, 5, 1), date(2018, 5, 10)),
    "Sommer 2018": (date(2018, 6, 1), date(2018, 8, 31)),
    "Winter 2018/19": (date(2018, 12, 1), date(2019, 2, 28)),
    "Schuljahr 2018/19": (date(2018, 8, 1), date(2019, 7, 31)),
    "2. Schulhalbjahr 2018/19": (date(2019, 2, 1), date(2019, 7, 31)),
    "KW 20/2018": (date(2018, 5, 14), date(2018, 5, 20)),
}
SPAETER = {"2027": date(2027, 12, 31), "06/2027": date(2027, 6, 30), "30.06.2027": date(2027, 6, 30)}
AB = ["ab ", "ab dem ", "seit ", "frühestens ", "zum ", "beginnend ab ", "Beginn ", "Start: ", "Projektbeginn: im "]
BIS = ["bis ", "bis zum ", "spätestens ", "bis spätestens ", "spätestens bis zum ", "befristet bis "]
BIS += ["Ende: ", "Projektende: im "]
IN = ["", "in ", "im ", "während des ", "im Laufe "]
DAVOR = ["", "kurzfristig, ", "Mittelfristig: ", "Phase 2: ", "voraussichtlich ", "Laufzeit: ", "Projektlaufzeit "]
OFT = {
    "": None,
    "jährlich, ": Wiederkehr.JAEHRLICH,
    "2x jährlich ": Wiederkehr.HALBJAEHRLICH,
    "alle drei Monate, ": Wiederkehr.VIERTELJAEHRLICH,
    "regelmäßig ": Wiederkehr.REGELMAESSIG,
}
DAHINTER = ["", " (mittelfristig)", ", voraussichtlich"]


def gelesen(text):
    z = lies(text)
    return z.erster_tag, z.letzter_tag, z.offen, z.wiederkehr


@pytest.mark.parametrize("punkt", PUNKTE)
def test_what_stands_before_a_point_says_from_until_or_just_then(punkt):
    erster, letzter = PUNKTE[punkt]
    for davor, (oft, wiederkehr), dahinter in product(DAVOR, OFT.items(), DAHINTER):
        rahmen = f"{davor}{oft}{{}}{punkt}{dahinter}".format
        for woerter, erwartet in (
            (AB, (erster, None, True)),
            (BIS, (None, letzter, False)),
            (IN, (erster, letzter, False)),
        ):
            for wort in woerter:
                assert gelesen(rahmen(wort)) == (*erwartet, wiederkehr), rahmen(wort)


@pytest.mark.parametrize("punkt", PUNKTE)
def test_brackets_around_all_of_it_change_nothing(punkt):
    erster, letzter = PUNKTE[punkt]
    for klammern in ("({})", "[{}]", "({}).", "[{}];"):
        assert gelesen(klammern.format(punkt)) == (erster, letzter, False, None)
        assert gelesen(klammern.format(f"Laufzeit: ab {punkt}")) == (erster, None, True, None)


@pytest.mark.parametrize("punkt", PUNKTE)
def test_what_stands_behind_a_point_says_where_it_ends(punkt):
    erster, _ = PUNKTE[punkt]
    for davor, von, (spaeter, letzter), bis in product(
        DAVOR, ["", "von ", "vom ", "ab ", "seit ", "zwischen "], SPAETER.items(), [" bis ", " bis zum ", " - ", "–"]
    ):
        if von == "zwischen ":
            bis = " und "
        text = f"{davor}{von}{punkt}{bis}{spaeter}"
        assert gelesen(text) == (erster, letzter, False, None), text
    for von, (spaeter, letzter), bis in product(
        ["", "ab ", "seit "], SPAETER.items(), [" (bis {})", " (befristet bis {})", " (bis zum {})"]
    ):
        text = f"{von}{punkt}{bis.format(spaeter)}"
        assert gelesen(text) == (erster, letzter, False, None), text
    for anfang, (spaeter, letzter), ende in product(
        ["Beginn: ", "Start: ", "Projektstart "], SPAETER.items(), [", Ende: ", " - Projektende: ", "; Abschluss: "]
    ):
        text = f"{anfang}{punkt}{ende}{spaeter}"
        assert gelesen(text) == (erster, letzter, False, None), text
    for davor, dahinter in product(
        ["", "ab ", "seit ", "von ", "laufend seit "], [" ff.", " - laufend", " bis heute", " bis auf Weiteres"]
    ):
        text = f"{davor}{punkt}{dahinter}"
        assert gelesen(text) == (erster, None, True, None), text


@pytest.mark.parametrize("punkt", PUNKTE)
def test_what_contradicts_itself_stays_wording(punkt):
    for text in (
        f"bis {punkt} ff.",
        f"bis {punkt} - laufend",
        f"spätestens ab {punkt}",
        f"ab bis {punkt}",
        f"einmalig ab {punkt}",
        f"befristet ab {punkt}",
        f"{punkt} ff., befristet",
        f"bis {punkt} (bis 2027)",
        f"Beginn {punkt} bis 2027",
        f"einmalig, Beginn {punkt}",
        f"Start {punkt}",
        f"jährlich, monatlich, {punkt}",
        f"{punkt} oder später",
        f"nicht vor {punkt}",
        f"nach {punkt}",
        f"{punkt} und {punkt}",
        f"Bericht {punkt}",
    ):
        assert not lies(text).verstanden, text


@pytest.mark.parametrize("punkt", PUNKTE)
def test_whether_what_goes_on_ends_with_its_point_is_asked(punkt):
    erster, letzter = PUNKTE[punkt]
    for (oft, wiederkehr), laufend in product(
        OFT.items(), ["{} laufend", "{}, fortlaufend", "{} (laufend)", "dauerhaft {}", "im {}, kontinuierlich"]
    ):
        with pytest.raises(ZeitraumFehler) as fehler:
            lies(oft + laufend.format(punkt))
        darin, danach = map(gelesen, fehler.value.lesarten)
        assert darin == (erster, letzter, False, wiederkehr)
        assert danach == (erster, None, True, wiederkehr)


def test_two_points_are_one_period_only_where_one_follows_the_other():
    for (eins, (erster, davor)), (zwei, (danach, letzter)) in product(PUNKTE.items(), PUNKTE.items()):
        for und in (" und ", ", ", " sowie "):
            text = f"{eins}{und}{zwei}"
            assert not lies(text).verstanden or (danach - davor).days == 1, text
        text = f"{eins} bis {zwei}"
        if letzter < erster:
            with pytest.raises(ZeitraumFehler):
                lies(text)
        else:
            assert gelesen(text)[:2] == (erster, letzter), text
