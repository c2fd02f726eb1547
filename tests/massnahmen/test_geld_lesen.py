"""How amounts are written in council papers, budgets and offers, what they are read as, and what is asked back."""

import time
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from konzept.grenzen import ANGABE
from massnahmen import geld
from massnahmen.geld import Geld, GeldFehler, Grenze, Turnus, betrag_in, in_worten, lies

JAEHRLICH, EINMALIG, MONATLICH = Turnus.JAEHRLICH, Turnus.EINMALIG, Turnus.MONATLICH
HALB, VIERTEL, ZWEI, WOCHE = (
    Turnus.HALBJAEHRLICH, Turnus.VIERTELJAEHRLICH, Turnus.ALLE_ZWEI_JAHRE, Turnus.WOECHENTLICH,
)  # fmt: skip
HOECHSTENS, MINDESTENS, SPANNE = Grenze


def euro(betrag, turnus=None, **mehr):
    return Geld(Decimal(betrag), turnus, waehrung=mehr.pop("waehrung", "EUR"), **mehr)


def spanne(von, bis, turnus=None, **mehr):
    return euro(bis, turnus, untergrenze=Decimal(von), grenze=SPANNE, **mehr)


def jahre(betrag, turnus, von, bis=None):
    return euro(betrag, turnus, jahr=von, bis_jahr=bis or (None if bis is None else von), offen=bis is None)


GELESEN = {
    "amounts and their endings": {
        "976.377,32 €": euro("976377.32"),
        "215.342.-- €": euro(215342),
        "215.342.- €": euro(215342),
        "215.342,— €": euro(215342),
        "185.504,-": euro(185504, waehrung=""),
        "12,-": euro(12, waehrung=""),
        "2018,-- Euro": euro(2018),
        "1.118 T Euro": euro(1118000),
        "1.118 TEuro": euro(1118000),
        "12 T. EUR": euro(12000),
        "1,2 Mrd. €": euro(1200000000),
        "1,5 Milliarden Euro": euro(1500000000),
        "2 M€": euro(2000000),
        "5.000 Euros": euro(5000),
        "5.000 Euro (brutto)": euro(5000),
        "5.000 € inkl. MwSt.": euro(5000),
        "Kosten: 5.000 €": euro(5000),
        "einmalige Investition von 5.000 €": euro(5000, EINMALIG),
        "ca. 5.000 € (geschätzt)": euro(5000, ungefaehr=True),
        "bis zu max. 5.000 €": euro(5000, grenze=HOECHSTENS),
        "Druckkosten 5.000 €": euro(5000),
        "Sachkosten in Höhe von 5.000 €": euro(5000),
        "insgesamt 5.000 €": euro(5000),
        "5.000 €.": euro(5000),
        "+ 5.000 €": euro(5000),
        "€ 5k": euro(5000),
        "TEUR 5,5": euro(5500),
        "T€ 1.200": euro(1200000),
        "max. TEUR 50": euro(50000, grenze=HOECHSTENS),
        "T€ 5 bis 8": spanne(5000, 8000),
        "(5.000 €)": euro(5000),
        "(ca. 5.000 € jährlich)": euro(5000, JAEHRLICH, ungefaehr=True),
        "5.000,= €": euro(5000),
        "5.000,=": euro(5000, waehrung=""),
        "i. H. v. 25.000 €": euro(25000),
        "in Höhe von 25.000 €": euro(25000),
        "i.H.v. ca. 25.000 €": euro(25000, ungefaehr=True),
        "Pauschale von 5.000 €": euro(5000),
        "insg. 5.000 €": euro(5000),
        "mind 5.000 €": euro(5000, grenze=MINDESTENS),
        "Ansatz: 15.000 €": euro(15000),
    },
    "how often": {
        "50.000 € vierteljährlich": euro(50000, VIERTEL),
        "50.000 € je Quartal": euro(50000, VIERTEL),
        "50.000 € quartalsweise": euro(50000, VIERTEL),
        "50.000 € pro Quartal": euro(50000, VIERTEL),
        "50.000 €/Quartal": euro(50000, VIERTEL),
        "50.000 € viermal im Jahr": euro(50000, VIERTEL),
        "50.000 € 4x jährlich": euro(50000, VIERTEL),
        "4 x im Jahr 50.000 €": euro(50000, VIERTEL),
        "50.000 € alle drei Monate": euro(50000, VIERTEL),
        "500 € zweimal jährlich": euro(500, HALB),
        "500 € jedes Halbjahr": euro(500, HALB),
        "12 TEUR/a": euro(12000, JAEHRLICH),
        "12 T€ p.a.": euro(12000, JAEHRLICH),
        "100.000 €/a": euro(100000, JAEHRLICH),
        "100.000 € / a": euro(100000, JAEHRLICH),
        "25.000,00 € / p.a.": euro(25000, JAEHRLICH),
        "25.000 € p.A.": euro(25000, JAEHRLICH),
        "25.000 € pa": euro(25000, JAEHRLICH),
        "5.000 € pro Haushaltsjahr": euro(5000, JAEHRLICH),
        "5.000 € je Kalenderjahr": euro(5000, JAEHRLICH),
        "5.000 € pro Schuljahr": euro(5000, JAEHRLICH),
        "5.000 € jedes Jahr": euro(5000, JAEHRLICH),
        "laufend 5.000 € p.a.": euro(5000, JAEHRLICH),
        "jährliche Kosten von 5.000 €": euro(5000, JAEHRLICH),
        "5.000 € einmal im Jahr": euro(5000, JAEHRLICH),
        "5.000 € alle zwei Jahre": euro(5000, ZWEI),
        "alle 2 Jahre 5.000 €": euro(5000, ZWEI),
        "5.000 € zweijährlich": euro(5000, ZWEI),
        "5.000 € im Zweijahresrhythmus": euro(5000, ZWEI),
        "100 € pro Woche": euro(100, WOCHE),
        "100 € wöchentlich": euro(100, WOCHE),
        "monatl. 100 €": euro(100, MONATLICH),
        "100 €/Woche": euro(100, WOCHE),
        "einmal 5.000 €": euro(5000, EINMALIG),
        "5.000 € p.M.": euro(5000, MONATLICH),
        "5.000 € p. m.": euro(5000, MONATLICH),
        "pauschal 5.000 €/Jahr": euro(5000, JAEHRLICH),
        "2x im Jahr je 5.000 €": euro(5000, HALB),
        "dreimal im Jahr je 5.000 €": euro(15000, JAEHRLICH, mal=3),
        "vierteljährlich je 500 €": euro(500, VIERTEL),
        "jeweils 500 € monatlich": euro(500, MONATLICH),
        "5.000 € (1x)": euro(5000, EINMALIG),
    },
    "in which years": {
        "10.000 € (2017)": jahre(10000, None, 2017, 2017),
        "3.000 € im Jahr 2027": jahre(3000, None, 2027, 2027),
        "2027: 3.000 €": jahre(3000, None, 2027, 2027),
        "2027: 3.000": euro(3000, jahr=2027, bis_jahr=2027, waehrung=""),
        "2027 = 3.000 €": jahre(3000, None, 2027, 2027),
        "3.000 € im HHJ 2027": jahre(3000, None, 2027, 2027),
        "2027 3.000 €": jahre(3000, None, 2027, 2027),
        "3.000 € in 2027": jahre(3000, None, 2027, 2027),
        "3.000 € für das Haushaltsjahr 2027": jahre(3000, None, 2027, 2027),
        "Haushalt 2027: 3.000 €": jahre(3000, None, 2027, 2027),
        "im Jahr 2027: 3.000 €": jahre(3000, None, 2027, 2027),
        "einmalig 3.000 € (2027)": jahre(3000, EINMALIG, 2027, 2027),
        "200 € monatlich in 2027": jahre(200, MONATLICH, 2027, 2027),
        "jeweils 100.000 € für 2016 und 2017": jahre(100000, JAEHRLICH, 2016, 2017),
        "je 100.000 € in 2016–2018": jahre(100000, JAEHRLICH, 2016, 2018),
        "2027 und 2028 je 5.000 €": jahre(5000, JAEHRLICH, 2027, 2028),
        "2016, 2017 und 2018 jeweils 5.000 €": jahre(5000, JAEHRLICH, 2016, 2018),
        "je 5.000 € in den Jahren 2027/28": jahre(5000, JAEHRLICH, 2027, 2028),
        "2027 je 10.000 €": jahre(10000, None, 2027, 2027),
        "im Jahr 2027 jeweils 10.000 €": jahre(10000, None, 2027, 2027),
        "2027 TEUR 50": jahre(50000, None, 2027, 2027),
        "2027 € 5.000": jahre(5000, None, 2027, 2027),
        "Ansatz 2027 15.000 €": jahre(15000, None, 2027, 2027),
        "Haushaltsansatz 2027: 15.000 €": jahre(15000, None, 2027, 2027),
        "5.000 € im HH-Plan 2027": jahre(5000, None, 2027, 2027),
        "Haushaltsplan 2027: 5.000 €": jahre(5000, None, 2027, 2027),
        "ab 2018 jährlich 1,0 Mio. €": jahre(1000000, JAEHRLICH, 2018),
        "seit 2018 jährlich 5.000 €": jahre(5000, JAEHRLICH, 2018),
        "5.000 € jährlich 2021 ff.": jahre(5000, JAEHRLICH, 2021),
        "2021 ff. jährlich 5.000 €": jahre(5000, JAEHRLICH, 2021),
        "laufend 5.000 € ab 2018": jahre(5000, JAEHRLICH, 2018),
        "5.000 €/Jahr ab 2028": jahre(5000, JAEHRLICH, 2028),
        "5.000 € (jährlich ab 2018)": jahre(5000, JAEHRLICH, 2018),
        "100 € monatlich ab dem Jahr 2028": jahre(100, MONATLICH, 2028),
        "2027–2030 jährlich 5.000 €": jahre(5000, JAEHRLICH, 2027, 2030),
        "5.000 € jährlich von 2027 bis 2030": jahre(5000, JAEHRLICH, 2027, 2030),
        "5.000 € p. a. (2027-30)": jahre(5000, JAEHRLICH, 2027, 2030),
        "alle zwei Jahre 5.000 € von 2027 bis 2031": jahre(5000, ZWEI, 2027, 2031),
        "jährlich 5.000 € bis 2030": euro(5000, JAEHRLICH, bis_jahr=2030),
        "insgesamt 5.000 € in den Jahren 2027 bis 2029": jahre(5000, EINMALIG, 2027, 2029),
    },
    "bounds": {
        "max. 5.000 €": euro(5000, grenze=HOECHSTENS),
        "maximal 5.000 €": euro(5000, grenze=HOECHSTENS),
        "bis zu 5.000 €": euro(5000, grenze=HOECHSTENS),
        "höchstens 5.000 €": euro(5000, grenze=HOECHSTENS),
        "bis 5.000 €": euro(5000, grenze=HOECHSTENS),
        "5.000 € (max.)": euro(5000, grenze=HOECHSTENS),
        "jährlich bis zu 5.000 €": euro(5000, JAEHRLICH, grenze=HOECHSTENS),
        "mind. 5.000 €": euro(5000, grenze=MINDESTENS),
        "mindestens 5.000 €": euro(5000, grenze=MINDESTENS),
        "≥ 5.000 €": euro(5000, grenze=MINDESTENS),
        "<5.000 €": euro(5000, grenze=HOECHSTENS),
        "ab 5.000 €": euro(5000, grenze=MINDESTENS),
        "ab 2000 € jährlich": euro(2000, JAEHRLICH, grenze=MINDESTENS),
        "mehr als 5.000 €": euro(5000, grenze=MINDESTENS),
    },
    "ranges": {
        "5.000–8.000 €": spanne(5000, 8000),
        "5.000 bis 8.000 €": spanne(5000, 8000),
        "von 5.000 bis 8.000 €": spanne(5000, 8000),
        "zwischen 5.000 und 8.000 €": spanne(5000, 8000),
        "mind. 5.000, max. 8.000 €": spanne(5000, 8000),
        "5.000 € - 8.000 €": spanne(5000, 8000),
        "5.000 bis max. 8.000 €": spanne(5000, 8000),
        "5.000,- bis 8.000,- €": spanne(5000, 8000),
        "€ 5.000 bis 8.000": spanne(5000, 8000),
        "5–8 TEUR": spanne(5000, 8000),
        "1-1,5 Mio. €": spanne(1000000, 1500000),
        "500.000 bis 1,2 Mio. €": spanne(500000, 1200000),
        "ca. 5.000-8.000 €": spanne(5000, 8000, ungefaehr=True),
        "2027: 5.000–8.000 €": spanne(5000, 8000, jahr=2027, bis_jahr=2027),
        "2000 bis 3000 € jährlich": spanne(2000, 3000, JAEHRLICH),
        "5.000 bis 8.000": spanne(5000, 8000, waehrung=""),
        "5.000-5.000 €": euro(5000),
    },
    "multiples": {
        "12 x 1.000 €": euro(12000, mal=12),
        "12x1.000 €": euro(12000, mal=12),
        "12 mal 1.000 €": euro(12000, mal=12),
        "1.000 € × 12": euro(12000, mal=12),
        "12 * 1.000 € = 12.000 €": euro(12000, mal=12),
        "3 × 500 € jährlich": euro(1500, JAEHRLICH, mal=3),
        "500 € dreimal im Jahr": euro(1500, JAEHRLICH, mal=3),
        "2x monatlich 100 €": euro(200, MONATLICH, mal=2),
        "50 € 52x jährlich": euro(2600, JAEHRLICH, mal=52),
        "52 mal im Jahr 50 €": euro(2600, JAEHRLICH, mal=52),
        "2 € 365x im Jahr": euro(730, JAEHRLICH, mal=365),
        "2 mal 5.000 € = 10.000 €, jedes Jahr": euro(10000, JAEHRLICH, mal=2),
        "12 Monate à 1.000 €": euro(12000, mal=12),
        "12 Monatsraten zu je 1.000 €": euro(12000, mal=12),
        "1.000 € x 12 Monate": euro(12000, mal=12),
        "10 Raten à 500 € = 5.000 €": euro(5000, mal=10),
        "max. 12 x 1.000 €": euro(12000, mal=12, grenze=HOECHSTENS),
    },
    "other currencies": {
        "CHF 100'000": euro(100000, waehrung="CHF"),
        "20'000 CHF": euro(20000, waehrung="CHF"),
        "Fr. 500.-": euro(500, waehrung="CHF"),
        "500 Franken": euro(500, waehrung="CHF"),
        "1'234.50 CHF": euro("1234.50", waehrung="CHF"),
        "12.50 CHF": euro("12.50", waehrung="CHF"),
        "5.000 US-Dollar": euro(5000, waehrung="USD"),
        "$ 5.000": euro(5000, waehrung="USD"),
        "5.000 £": euro(5000, waehrung="GBP"),
        "500 DM": euro(500, waehrung="DEM"),
        "500 DKK": euro(500, waehrung="DKK"),
        "1,2 Mio. CHF jährlich": euro(1200000, JAEHRLICH, waehrung="CHF"),
        "5–8 TCHF": spanne(5000, 8000, waehrung="CHF"),
        "CHF 20´000": euro(20000, waehrung="CHF"),
        "20'000": euro(20000, waehrung=""),
    },
    "savings": {
        "- 10.000 €": euro(-10000),
        "−10.000 €": euro(-10000),
        "€ -10.000": euro(-10000),
        "minus 10.000 €": euro(-10000),
        "Einsparung 10.000 €": euro(-10000),
        "Einsparungen von 10.000 € jährlich": euro(-10000, JAEHRLICH),
        "Einsparung: -10.000 €": euro(-10000),
        "10.000 € Einsparung": euro(-10000),
        "Minderausgabe 10.000 €": euro(-10000),
        "Minderkosten 10.000 €": euro(-10000),
        "Einnahmen 5.000 €": euro(-5000),
        "Erlöse: 5.000 €": euro(-5000),
        "Mehrertrag 5.000 €": euro(-5000),
        "Mindereinnahmen 5.000 €": euro(5000),
        "Einsparung von mindestens 10.000 €": euro(-10000, grenze=HOECHSTENS),
        "./. 5.000 €": euro(-5000),
        "./. 5 TEUR jährlich": euro(-5000, JAEHRLICH),
        "Einsparung von 5.000 bis 8.000 €": spanne(-8000, -5000),
    },
}  # fmt: skip


def test_the_table_of_spellings_is_true():
    zeilen = geld.__doc__.split("\n===")[2].split("\n")[1:]
    spalte = geld.__doc__.split("\n===")[1].index(" ") + 3
    schreibweisen = [teil.strip() for zeile in zeilen for teil in zeile[:spalte].split(" · ")]
    assert len(schreibweisen) > 50
    for teil in schreibweisen:
        moeglich = [teil.replace("…", "5.000 €"), f"{teil} 5.000 €", f"5.000 € {teil}"]
        assert any(_ist_betrag(text) for text in moeglich), teil


def _ist_betrag(text):
    try:
        return lies(text).verstanden
    except GeldFehler:
        return False


@pytest.mark.parametrize(
    ("text", "gelesen"), [fall for faelle in GELESEN.values() for fall in faelle.items()], ids=lambda wert: str(wert)
)
def test_what_is_written_is_read(text, gelesen):
    g = lies(text)
    assert replace(g, wortlaut="") == gelesen
    assert str(g) == text


GEFRAGT = {
    "1.777 Mio. €": ("1,777 Mio. €", "1,777 Mrd. €"),
    "jährlich ca. 1.250 Mio €": ("ca. 1,250 Mio. € jährlich", "ca. 1,250 Mrd. € jährlich"),
    "1.5 Mio. €": ("1,5 Mio. €",),
    "12.50 €": ("12,50 €",),
    "12.50 € monatlich": ("12,50 € monatlich",),
    "1,250 €": ("1,25 €", "1.250 €"),
    "1,255 €": ("1.255 €",),
    "0,5": ("0,50 €",),
    "39,5": ("39,50 €",),
    "120,5": ("120,50 €",),
    "51": ("51 €",),
    "ca. 51": ("ca. 51 €",),
    "2018": ("2.018 €",),
    "1999 jährlich": ("1.999 € jährlich",),
    "61250300": ("61.250.300 €",),
    "5.000 € in den Jahren 2027 bis 2029": ("5.000 € jährlich, 2027 bis 2029", "5.000 € insgesamt, 2027 bis 2029"),
    "5.000 € für 2016 und 2017": ("5.000 € jährlich, 2016 bis 2017", "5.000 € insgesamt, 2016 bis 2017"),
    "2027-2029: 5.000 €": ("5.000 € jährlich, 2027 bis 2029", "5.000 € insgesamt, 2027 bis 2029"),
    "insgesamt 5.000 € jährlich 2027-2029": ("5.000 € jährlich, 2027 bis 2029", "5.000 € insgesamt, 2027 bis 2029"),
    "5.000 € ab 2018": ("5.000 € jährlich, ab 2018", "5.000 € einmalig, 2018"),
    "5.000 € bis 2030": ("5.000 € jährlich, bis 2030", "5.000 € insgesamt, bis 2030"),
    "5.000 € jährlich (2027)": ("5.000 € jährlich, ab 2027", "5.000 € einmalig, 2027"),
    "12 x 1.000 € monatlich": ("12 x 1.000 € einmalig", "1.000 € monatlich", "12.000 € monatlich"),
    "insgesamt 5.000 € jährlich": ("5.000 € einmalig", "5.000 € jährlich"),
    "zusammen 5.000 € pro Jahr": ("5.000 € einmalig", "5.000 € jährlich"),
    "insgesamt 12.000 € monatlich": ("12.000 € einmalig", "12.000 € monatlich"),
    "insgesamt 12.000 € monatlich (2027)": ("12.000 € einmalig, 2027", "12.000 € monatlich, 2027"),
    "insgesamt 15.000 € dreimal im Jahr": ("15.000 € jährlich", "3 x 15.000 € jährlich"),
    "insgesamt 12 x 1.000 € monatlich": ("12 x 1.000 € einmalig", "1.000 € monatlich", "12.000 € monatlich"),
    "- 5.000 bis 8.000 €": ("5.000 bis 8.000 €", "−8.000 bis −5.000 €"),
    "-5.000 € bis 8.000 € jährlich": ("5.000 bis 8.000 € jährlich", "−8.000 bis −5.000 € jährlich"),
    "- 5 bis 8 TEUR": ("5.000 bis 8.000 €", "−8.000 bis −5.000 €"),
    "5.000,00-": ("5.000,00 €", "−5.000,00 €"),
    "5.000,50 €-": ("5.000,50 €", "−5.000,50 €"),
    "5.000-€": ("5.000 €", "−5.000 €"),
    "5 bis 8.000 €": ("5.000 bis 8.000 €", "5 € bis 8.000 €"),
    "8.000-5.000 €": ("5.000 bis 8.000 €",),
    "12 x 1.000 €, zusammen 13.000 €": ("12 x 1.000 €", "13.000 €"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "lesarten"), GEFRAGT.items(), ids=GEFRAGT)
def test_what_can_be_read_in_several_ways_is_asked_back(text, lesarten):
    with pytest.raises(GeldFehler) as fehler:
        lies(text)
    assert fehler.value.lesarten == lesarten
    assert all(lesart in str(fehler.value) for lesart in lesarten)
    assert len({replace(lies(lesart), wortlaut="") for lesart in lesarten}) == len(lesarten)


@pytest.mark.parametrize(
    ("text", "worte"), [("2018", "„Jahr“"), ("0,5", "„Stellenanteil“"), ("51", "Amt"), ("61250300", "„Produkt“")]
)
def test_a_bare_number_is_told_where_it_may_belong(text, worte):
    with pytest.raises(GeldFehler, match=worte):
        lies(text)


@pytest.mark.parametrize(
    ("text", "lesarten"),
    [
        ("51", ("51 CHF",)),
        ("1.5 Mio", ("1,5 Mio. CHF",)),
        ("5.000 für 2027 und 2028", ("5.000 CHF jährlich, 2027 bis 2028", "5.000 CHF insgesamt, 2027 bis 2028")),
        ("1.5 Mio. €", ("1,5 Mio. €",)),
        ("12.50 TEUR", ("12,50 Tsd. €",)),
    ],
)
def test_a_kommune_with_another_currency_is_offered_amounts_in_it(text, lesarten):
    with pytest.raises(GeldFehler) as fehler:
        lies(text, "CHF")
    assert fehler.value.lesarten == lesarten
    assert all(lesart in str(fehler.value) for lesart in lesarten)


NICHT_GELESEN = {
    "50 € je Stunde": "je Stunde: die Anzahl fehlt",
    "50 €/Std.": "je Std.: die Anzahl fehlt",
    "20 € pro Person": "je Person: die Anzahl fehlt",
    "5 € je Teilnehmer": "je Teilnehmer: die Anzahl fehlt",
    "je Gruppe 500 €": "je Gruppe: die Anzahl fehlt",
    "alle drei Jahre 5.000 €": "in diesem Abstand wird nicht gerechnet",
    "5 € täglich": "in diesem Abstand wird nicht gerechnet",
    "je 5.000 €": "je: die Anzahl fehlt",
    "20 € je 10 Personen": "je 10 Personen: die Anzahl fehlt",
    "19 % von 5.000 €": "ein Anteil: der Betrag fehlt",
    "10 %": "ein Anteil: der Betrag fehlt",
    "1/2 Stelle": "eine Stelle gehört in das Feld „Stellenanteil“",
    "0,5 VZÄ": "eine Stelle gehört in das Feld „Stellenanteil“",
    "5.000 € netto": "netto: die Mehrwertsteuer fehlt",
    "5.000 € zzgl. MwSt.": "netto: die Mehrwertsteuer fehlt",
    "Fallkosten 1.200 €": "Fallkosten: die Anzahl fehlt",
    "Platzkosten: 1.200 € jährlich": "Platzkosten: die Anzahl fehlt",
    "Stundenkosten von 50 €": "Stundenkosten: die Anzahl fehlt",
    "Kurskosten 500 €": "Kurskosten: die Anzahl fehlt",
    "Stundensatz 50 €": "Stundensatz: die Anzahl fehlt",
    "Kosten je Kurs 500 €": "je Kurs: die Anzahl fehlt",
    "Kosten pro Platz: 500 €": "je Platz: die Anzahl fehlt",
    "monatlich je Kurs 500 €": "je Kurs: die Anzahl fehlt",
    "2027 je Träger ca. 10.000 €": "je Träger: die Anzahl fehlt",
    "5.000 € im Jahr 2027 je Träger": "je Träger: die Anzahl fehlt",
    "Stundenlohn 20 €": "Stundenlohn: die Anzahl fehlt",
    "je 5.000 € (2027)": "je: die Anzahl fehlt",
    "2027 x 5.000 €": "2027: ein Jahr oder eine Anzahl",
    "5.000 € x 2027": "2027: ein Jahr oder eine Anzahl",
    "2027 mal 5.000 €": "2027: ein Jahr oder eine Anzahl",
    "500 € pro Schuljahr (2027/28)": "ein Schuljahr liegt in zwei Kalenderjahren",
    "500 € je Kita-Jahr, 2027/28": "ein Schuljahr liegt in zwei Kalenderjahren",
    "5.000 € im Schuljahr 2027/28": "ein Schuljahr liegt in zwei Kalenderjahren",
    "5.000 € je Schuljahr 2027/28": "ein Schuljahr liegt in zwei Kalenderjahren",
    "Einsparung von bis zu 10.000 €": "der Mindestbetrag der Einsparung fehlt",
    "max. 10.000 € Einsparung jährlich": "der Mindestbetrag der Einsparung fehlt",
    "mindestens -10.000 €": "der Mindestbetrag der Einsparung fehlt",
    "Einnahmen bis zu 10.000 €": "der Mindestbetrag der Einnahme fehlt",
    "2016 und 2018 je 5.000 €": "zwischen den Jahren sind Lücken: für jedes braucht es einen eigenen Betrag",
} | dict.fromkeys(
    (
        "§ 5", "05.03.2019", "5.3.", "02161 25345", "02161-25345", "0216125345", "2161 25345",
        "+49 2161 25345", "+49 216 125 345", "Mindereinnahmen -5.000 €", "05.03.01",
        "2016-2017", "2027 - 5.000 €", "1.250-2.500", "einmalig 5.000 € und jährlich 2.000 €", "ab 5.000", "bis 8.000",
        "max. 5.000 bis 8.000 €", "40 Stunden x 50 €", "(5.000)", "€ 5 CHF", "5 € bis 8 CHF", "0 x 5 €",
        "5.000 € (Honorare)", "Zuschuss 5.000 €", "jährlich monatlich 5 €", "0,5 h", "1+1",
        "5.000 € jährlich im Mai", "bis 30.06.2027 5.000 €", "3 x 5", "05.03",
        "500 €/mtl. Miete", "10 Geräte à 500 €", "5.000 € bis", "5.000 € ab", "5.000 € mehr als",
        "-8.000 bis 5.000 €", "8.000 € bis -5.000 €", "2161-",
        "mind. 5.000 € max.", "Mai 2027: 500 €", "2 x 45 Minuten",
        "5.000 bis 8.000 € je nach Bedarf",
    ),
    "",
)  # fmt: skip


@pytest.mark.parametrize(("text", "grund"), NICHT_GELESEN.items(), ids=NICHT_GELESEN)
def test_what_is_no_single_amount_stays_wording_and_may_say_why(text, grund):
    g = lies(text)
    assert g == Geld(wortlaut=text, grund=grund)
    assert in_worten(g) == f"{grund or 'nicht beziffert'}, zählt nicht in die Summe"


# What a wording is made of, and what each part says. Of each kind at most one is taken.

BETRAEGE = {
    "5.000 €": {"betrag": 5000, "waehrung": "EUR"},
    "EUR 1.250,50": {"betrag": "1250.5", "waehrung": "EUR"},
    "215.342.-- €": {"betrag": 215342, "waehrung": "EUR"},
    "12 TEUR": {"betrag": 12000, "waehrung": "EUR"},
    "1,2 Mio. CHF": {"betrag": 1200000, "waehrung": "CHF"},
    "4500": {"betrag": 4500},
    "5.000–8.000 €": {"betrag": 8000, "untergrenze": Decimal(5000), "grenze": SPANNE, "waehrung": "EUR"},
    "3 x 500 €": {"betrag": 1500, "mal": 3, "waehrung": "EUR"},
}
OFT = {"": {}, "jährlich": {"turnus": JAEHRLICH}, "alle zwei Jahre": {"turnus": ZWEI}, "einmalig": {"turnus": EINMALIG}}
OFT |= {"pro Haushaltsjahr": {"turnus": JAEHRLICH}, "einmal im Jahr": {"turnus": JAEHRLICH}}
WANN = {"": {}, "von 2027 bis 2030": {"jahr": 2027, "bis_jahr": 2030}, "ab 2018": {"jahr": 2018, "offen": True}}
WANN |= {"in den Jahren 2027–2029": {"jahr": 2027, "bis_jahr": 2029}, "bis 2030": {"bis_jahr": 2030}}
GRENZEN = {"": {}, "max.": {"grenze": HOECHSTENS}, "bis zu": {"grenze": HOECHSTENS}}
GRENZEN |= {"mindestens": {"grenze": MINDESTENS}}
UNGEFAEHR = {"": {}, "ca.": {"ungefaehr": True}, "rund": {"ungefaehr": True}}
VORN, HINTEN = "vorn", "hinten"


def _passt(oft, wann, grenze, betrag):
    """Whether the parts fit together without a question: in years there is a turnus, without an end it comes again."""
    einmal = OFT[oft].get("turnus") in (None, EINMALIG)
    return not (wann and einmal) and not (grenze and "untergrenze" in BETRAEGE[betrag])


@given(
    *(st.sampled_from(list(teile)) for teile in (BETRAEGE, OFT, WANN, GRENZEN, UNGEFAEHR)),
    st.tuples(*[st.sampled_from([VORN, HINTEN])] * 2),
    st.booleans(),
)
def test_a_wording_says_what_its_parts_say(betrag, oft, wann, grenze, ungefaehr, orte, klammer):
    assume(_passt(oft, wann, grenze, betrag))
    seiten = {VORN: [], HINTEN: []}
    for ort, wort in zip(orte, (wann, oft), strict=True):
        seiten[ort] += filter(None, [wort])
    hinten = " ".join(seiten[HINTEN])
    hinten = f"({hinten})" if klammer and hinten else hinten
    vorn = " ".join(seiten[VORN])
    vorn += ":" if vorn and vorn == wann else ""
    text = " ".join(filter(None, (vorn, grenze, ungefaehr, betrag, hinten)))
    gesagt = {"grenze": None} | BETRAEGE[betrag] | OFT[oft] | WANN[wann] | GRENZEN[grenze] | UNGEFAEHR[ungefaehr]
    if "untergrenze" in gesagt:
        gesagt["grenze"] = SPANNE
    gesagt["betrag"] = Decimal(gesagt["betrag"])
    assert replace(lies(text), wortlaut="") == Geld(**gesagt), text


ALLE_TEXTE = [text for faelle in (*GELESEN.values(), GEFRAGT, NICHT_GELESEN) for text in faelle]


def _gelesen_oder_gefragt(text):
    try:
        return replace(lies(text), wortlaut="", grund="")
    except GeldFehler as fehler:
        return str(fehler).lower(), tuple(lesart.lower() for lesart in fehler.lesarten)


@given(st.sampled_from(ALLE_TEXTE), st.sampled_from([" ", "\u00a0", "\u202f", "  ", "\n"]), st.sampled_from("-‐‑–—−"))
def test_white_space_dashes_and_case_do_not_matter(text, leer, strich):
    anders = text.translate({ord(" "): leer} | dict.fromkeys(map(ord, "-–−—"), strich))
    assert _gelesen_oder_gefragt(anders.upper()) == _gelesen_oder_gefragt(anders) == _gelesen_oder_gefragt(text)


CENT = st.decimals(min_value=Decimal("-999999999.99"), max_value=Decimal("999999999.99"), places=2)
JAHRE = st.sampled_from([{}, {"jahr": 2027, "bis_jahr": 2027}, {"jahr": 2027, "bis_jahr": 2030}, {"bis_jahr": 2030}])
JAHRE |= st.just({"jahr": 2018, "offen": True})


@st.composite
def werte(draw):
    """Every value that can be written in one way only; "Einsparung bis zu 5.000 €" is not read."""
    turnus, wann = draw(st.none() | st.sampled_from(Turnus)), draw(JAHRE)
    einzeln = wann.get("jahr") and wann.get("jahr") == wann.get("bis_jahr")
    if wann and not einzeln and (turnus is None or (turnus is EINMALIG and "offen" in wann)):
        turnus = JAEHRLICH
    if einzeln and turnus in (JAEHRLICH, ZWEI):
        turnus = EINMALIG
    betrag, weitere = draw(CENT), {"waehrung": draw(st.sampled_from(["EUR", "CHF", "USD", "DEM", "PLN"]))} | wann
    art = draw(st.sampled_from(["", SPANNE, HOECHSTENS, MINDESTENS, "mal"]))
    if art == SPANNE:
        betrag, zweiter = abs(betrag) + 1000, draw(st.decimals(1000, 1100, places=2))
        weitere |= {"untergrenze": betrag, "grenze": SPANNE}
        betrag += zweiter
        if draw(st.booleans()):
            betrag, weitere["untergrenze"] = -weitere["untergrenze"], -betrag
    elif art == "mal":
        weitere["mal"] = draw(st.integers(2, 99).filter(lambda mal: mal not in (2, 4, 12, 52)))
        betrag *= weitere["mal"]
    elif art:
        betrag = abs(betrag) if art == MINDESTENS else betrag
        weitere["grenze"] = art
    return Geld(betrag, turnus, draw(st.booleans()), **weitere)


@given(werte())
def test_every_value_is_read_back_from_its_german_form(g):
    assert replace(lies(str(g)), wortlaut="") == g


@given(werte())
def test_how_it_was_read_can_be_typed(g):
    assume(g.mal == 1 or g.turnus in (None, EINMALIG, JAEHRLICH, ZWEI))
    worte = in_worten(g, g.waehrung, zaehlt=False)
    assert replace(lies(worte), wortlaut="") == g
    assert in_worten(g, g.waehrung).startswith(worte)


@given(CENT, st.sampled_from(["EUR", "CHF", "USD", "GBP", "DEM", "DKK", "PLN", "CZK", "SEK", "NOK", "HUF"]))
def test_every_displayed_amount_of_any_currency_is_read_back(betrag, waehrung):
    g = lies(betrag_in(betrag, waehrung))
    assert (g.betrag, g.waehrung) == (betrag, waehrung)


# fmt: off
STUECKE = st.sampled_from([
    "1", "5", "12", "500", "2018", "2027", "0,5", "1.777", "12.50", "1,250", "5.000", "8.000", ".", ",", ",-", "-", "–",
    "€", "EUR", "T€", "Mio.", "Mrd.", "Tsd.", "CHF", "$", "ca.", "max.", "bis zu", "bis", "ab", "von", "zwischen",
    "und", "je", "jeweils", "insgesamt", "jährlich", "einmalig", "monatlich", "im Jahr", "in", "/a", "p.a.", "x", "mal",
    "4x", "(", ")", "%", "Einsparung", "minus", ":", "=", "zusammen", "brutto", "alle zwei Jahre", "pro Quartal", "/",
])
# fmt: on
REIHEN = st.lists(STUECKE, max_size=9)


@given(REIHEN.map(" ".join) | REIHEN.map("".join) | st.text(max_size=200))
@example("12.50 - 1.777 Mio. € ab 2018")
@example("1 € bis zu minus 1")
@example("2018 Mio. x 2018 zusammen 12")
@example("0,512.50 €")
@example("max. 0,5 x jährlich")
def test_reading_ends_in_a_value_or_in_a_question_that_can_be_answered(text):
    try:
        g = lies(text)
    except GeldFehler as fehler:
        satz, lesarten = str(fehler), fehler.lesarten
    else:
        assert str(g) == text.strip()
        assert lies(str(g)) == g
        return
    assert "Schreiben Sie" in satz
    gelesen = {replace(lies(lesart), wortlaut="") for lesart in lesarten}
    assert all(g.verstanden for g in gelesen)
    assert len(gelesen) == len(lesarten)


@pytest.mark.parametrize(
    "stueck", ["1 ", "1.", "1-", "1 bis ", "(", "a(", "je ", "2018 ", "2018,", "2018 und ", "1x", "/ ", ", ", "1 x 1 "]
)
@pytest.mark.parametrize("ende", ["", "€", " jährlich", "2018", ")"])
def test_no_text_takes_long(stueck, ende):
    text = (stueck * ANGABE)[: ANGABE - len(ende)] + ende
    beginn = time.process_time()
    _gelesen_oder_gefragt(text)
    assert time.process_time() - beginn < 0.5
