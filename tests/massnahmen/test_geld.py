"""What people rely on when they type an amount: it is understood, kept, or refused with advice."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konzept.grenzen import ANGABE
from massnahmen.geld import Geld, GeldFehler, Grenze, Turnus, betrag_in, euro, in_worten, lies
from massnahmen.geld.worte import _ist_gespart
from massnahmen.geld.zerlegen import _Fund

JAEHRLICH, MONATLICH, EINMALIG = Turnus.JAEHRLICH, Turnus.MONATLICH, Turnus.EINMALIG


@pytest.mark.parametrize(
    ("text", "betrag"),
    [
        ("1.250 €", "1250"),
        ("1.250", "1250"),
        ("4500", "4500"),
        ("4500,50", "4500.50"),
        ("4.500,5 €", "4500.50"),
        ("4.500 EUR", "4500"),
        ("4.500 euro", "4500"),
        ("€ 1.000", "1000"),
        ("EUR 1.000,-", "1000"),
        ("1.000€", "1000"),
        ("185.504,- €", "185504"),
        ("185.504,-- €", "185504"),
        ("185.504,— €", "185504"),
        ("1.000.000 €", "1000000"),
        ("1 000 €", "1000"),
        ("1\u00a0000\u00a0€", "1000"),
        ("1\u202f000,50\u202f€", "1000.50"),
        ("12'000 €", "12000"),
        ("12’000 €", "12000"),
        ("1,2 Mio. €", "1200000"),
        ("1,777 Mio. €", "1777000"),
        ("1,6 Mio", "1600000"),
        ("1,2 Millionen Euro", "1200000"),
        ("19 TEUR", "19000"),
        ("19 T€", "19000"),
        ("19 Tsd. €", "19000"),
        ("19,5 k€", "19500"),
        ("0 €", "0"),
        ("0,01 €", "0.01"),
        ("999.999.999.999,99 €", "999999999999.99"),
        ("  1.250   € ", "1250"),
    ],
)
def test_an_amount_is_understood(text, betrag):
    g = lies(text)
    assert g.struktur == (Decimal(betrag), None, False)
    assert str(g) == text.strip()
    assert g.verstanden


@pytest.mark.parametrize(
    ("text", "betrag", "turnus", "ungefaehr"),
    [
        ("30.000 € jährlich", "30000", JAEHRLICH, False),
        ("jährlich 30.000 €", "30000", JAEHRLICH, False),
        ("1.250,00 Euro pro Jahr", "1250", JAEHRLICH, False),
        ("500 € p. a.", "500", JAEHRLICH, False),
        ("500 € p.a.", "500", JAEHRLICH, False),
        ("500 € je Jahr", "500", JAEHRLICH, False),
        ("500 € im Jahr", "500", JAEHRLICH, False),
        ("500 €/Jahr", "500", JAEHRLICH, False),
        ("500 € / Jahr", "500", JAEHRLICH, False),
        ("200 € monatlich", "200", MONATLICH, False),
        ("200 € mtl.", "200", MONATLICH, False),
        ("200 €/Monat", "200", MONATLICH, False),
        ("200 € halbjährlich", "200", Turnus.HALBJAEHRLICH, False),
        ("einmalig 5.000 €", "5000", EINMALIG, False),
        ("5.000 € einmalig", "5000", EINMALIG, False),
        ("5.000 €, einmalig", "5000", EINMALIG, False),
        ("5.000 € (einmalig)", "5000", EINMALIG, False),
        ("ca. 5.000 €", "5000", None, True),
        ("rund 5.000 €", "5000", None, True),
        ("etwa 1,2 Mio. €", "1200000", None, True),
        ("jährlich ca. 5.000 €", "5000", JAEHRLICH, True),
        ("Ca. 5.000 € jährlich", "5000", JAEHRLICH, True),
    ],
)
def test_how_often_and_how_exact_is_understood(text, betrag, turnus, ungefaehr):
    assert lies(text).struktur == (Decimal(betrag), turnus, ungefaehr)


@pytest.mark.parametrize(
    "text",
    [
        "kostenneutral",
        "abhängig von der Umsetzung",
        "noch zu beziffern",
        "offen",
        "Bisher 1,777 Mio. €",
        "30.000 € aus Landesmitteln",
        "-1.23.456 € laut Plan",
        "0,5 Stelle",
        "10 %",
        "jährlich",
        "ca.",
        "€",
        "€ 5 €",
        "500 € jährlich, einmalig",
        "01.05.2016",
        "51, 32",
        "²00 €",
        "٢٠ €",
        "5 €\x00",
        "1" * 5000,
        "1 " * 3000 + "€",
    ],
)
def test_what_is_not_understood_stays_wording(text):
    g = lies(text)
    assert str(g) == g.wortlaut == text.strip()
    assert g
    assert not g.verstanden
    assert g.struktur == (None, None, False)


@pytest.mark.parametrize(
    ("text", "satz"),
    [
        (
            "1.23.456 €",
            "In 1.23.456 stehen Punkt, Komma oder Leerzeichen falsch. "
            "Schreiben Sie z. B. 1.250 € oder 1.250,50 €.",
        ),
        ("1,234.50 €", "1,234.50 ist nicht deutsch geschrieben. Schreiben Sie 1.234,50 €."),
        ("1,234,567", "1,234,567 ist nicht deutsch geschrieben. Schreiben Sie 1.234.567 €."),
        ("12.50 €", "12.50 ist nicht deutsch geschrieben. Schreiben Sie 12,50 €."),
        ("12.5 Mio. €", "12.5 ist nicht deutsch geschrieben. Schreiben Sie 12,5 Mio. €."),
        ("12.5 TEUR", "12.5 ist nicht deutsch geschrieben. Schreiben Sie 12,5 Tsd. €."),
        (
            "1,2345 €",
            "Ein Betrag hat höchstens zwei Stellen nach dem Komma. Schreiben Sie z. B. 1,23\u00a0€.",
        ),
        (
            "1,250 €",
            "Ein Betrag hat höchstens zwei Stellen nach dem Komma. "
            "Schreiben Sie „1,25 €“ oder „1.250 €“.",
        ),
        (
            "1,234567891 Mio. €",
            "Ein Betrag hat höchstens zwei Stellen nach dem Komma. Schreiben Sie z. B. 1.234.567,89\u00a0€.",
        ),
        (
            "CHF 1,2345",
            "Ein Betrag hat höchstens zwei Stellen nach dem Komma. Schreiben Sie z. B. 1,23\u00a0CHF.",
        ),
        (
            "1.000.000.000.000 €",
            "Der Betrag ist zu groß. Schreiben Sie höchstens zwölf Ziffern vor dem Komma.",
        ),
        (
            "9" * 100,
            "Der Betrag ist zu groß. Schreiben Sie höchstens zwölf Ziffern vor dem Komma.",
        ),
        ("9999999 Mio. €", "Der Betrag ist zu groß. Schreiben Sie höchstens zwölf Ziffern vor dem Komma."),
    ],
)
def test_what_cannot_be_is_refused_with_what_would_be_right(text, satz):
    with pytest.raises(GeldFehler) as fehler:
        lies(text)
    assert str(fehler.value) == satz


@pytest.mark.parametrize(
    ("betrag", "text"),
    [
        ("0", "0\u00a0€"),
        ("1250", "1.250\u00a0€"),
        ("1250.5", "1.250,50\u00a0€"),
        ("1234567.89", "1.234.567,89\u00a0€"),
    ],
)
def test_an_amount_is_displayed_in_german(betrag, text):
    assert euro(Decimal(betrag)) == text


@pytest.mark.parametrize(
    ("betrag", "waehrung", "text"),
    [("1250", "CHF", "1.250\u00a0CHF"), ("-10000", "EUR", "−10.000\u00a0€"), ("-0.5", "USD", "−0,50\u00a0USD")],
)
def test_an_amount_is_displayed_with_its_sign_and_currency(betrag, waehrung, text):
    assert betrag_in(Decimal(betrag), waehrung) == text


@pytest.mark.parametrize(
    ("g", "worte"),
    [
        (Geld(), ""),
        (Geld(wortlaut="kostenneutral"), "nicht beziffert, zählt nicht in die Summe"),
        (Geld(Decimal(5000)), "5.000 €"),
        (Geld(Decimal(5000), Turnus.VIERTELJAEHRLICH), "5.000 €, viermal im Jahr"),
        (Geld(Decimal(5000), EINMALIG, grenze=Grenze.HOECHSTENS), "höchstens 5.000 €, einmal, es zählt die Obergrenze"),
        (
            Geld(Decimal(8000), untergrenze=Decimal(5000), grenze=Grenze.SPANNE),
            "5.000 bis 8.000 €, es zählt die Obergrenze",
        ),
        (Geld(Decimal(5000), grenze=Grenze.MINDESTENS), "mindestens 5.000 €"),
        (Geld(Decimal(12000), mal=12), "12 mal 1.000 €, zusammen 12.000 €"),
        (Geld(Decimal(3000), EINMALIG, True, jahr=2027, bis_jahr=2027), "ca. 3.000 €, einmal, 2027"),
        (Geld(Decimal(3000), JAEHRLICH, jahr=2027, bis_jahr=2030), "3.000 €, jedes Jahr, 2027 bis 2030"),
        (Geld(Decimal(3000), JAEHRLICH, jahr=2018, offen=True), "3.000 €, jedes Jahr, ab 2018"),
        (Geld(Decimal(-10000)), "Einsparung von 10.000 €, wird abgezogen"),
        (Geld(Decimal(-10000), grenze=Grenze.MINDESTENS), "Einsparung von höchstens 10.000 €, wird abgezogen"),
        (
            Geld(Decimal(-5000), untergrenze=Decimal(-8000), grenze=Grenze.SPANNE),
            "Einsparung von 5.000 bis 8.000 €, der kleinere Betrag wird abgezogen",
        ),
        (Geld(Decimal(10000), JAEHRLICH, mal=2), "2 mal 5.000 € = 10.000 €, jedes Jahr"),
        (Geld(Decimal(-5000), wortlaut="Einnahmen 5.000 €"), "Einnahme von 5.000 €, wird abgezogen"),
        (Geld(Decimal(-5000), wortlaut="Erlöse: 5.000 €"), "Einnahme von 5.000 €, wird abgezogen"),
        (Geld(Decimal(-5000), wortlaut="Mindereinnahmen: -5.000 €"), "Einsparung von 5.000 €, wird abgezogen"),
        (Geld(Decimal(100), waehrung="CHF"), "100 CHF, in anderer Währung: zählt nicht in die Summe"),
    ],
)
def test_how_it_was_read_is_said_in_words(g, worte):
    assert in_worten(g).replace("\u00a0", " ") == worte


def test_how_it_counts_is_not_said_of_what_does_not_count():
    hoechstens, gespart = Geld(Decimal(5000), grenze=Grenze.HOECHSTENS, waehrung="CHF"), Geld(Decimal(-5000))
    assert in_worten(hoechstens, "CHF", zaehlt=False).replace("\u00a0", " ") == "höchstens 5.000 CHF"
    assert in_worten(gespart, zaehlt=False).replace("\u00a0", " ") == "Einsparung von 5.000 €"
    assert "Obergrenze" in in_worten(hoechstens, "CHF")
    assert "Obergrenze" not in in_worten(hoechstens, "EUR")


def test_a_kommune_with_another_currency_reads_amounts_without_one_in_it():
    assert in_worten(Geld(Decimal(100)), "CHF") == "100\u00a0CHF"
    assert in_worten(Geld(Decimal(100), waehrung="CHF"), "CHF") == "100\u00a0CHF"
    assert "zählt nicht" in in_worten(Geld(Decimal(100), waehrung="EUR"), "CHF")


def test_the_wording_prints_and_without_one_the_structure_does():
    g = lies(" Etwa 5.000,- EUR p. a. ")
    assert str(g) == "Etwa 5.000,- EUR p. a."
    assert str(Geld(*g.struktur)) == "ca. 5.000\u00a0€ jährlich"


@pytest.mark.parametrize("text", ["", "  ", "\u00a0\n"])
def test_nothing_typed_is_empty_but_nought_is_not(text):
    g = lies(text)
    assert g == Geld()
    assert not g
    assert str(g) == ""
    assert lies("0 €")


@pytest.mark.parametrize(
    "angaben",
    [
        {"betrag": Decimal("0.001")},
        {"betrag": Decimal(10**12)},
        {"betrag": Decimal(-(10**12))},
        {"betrag": Decimal("NaN")},
        {"betrag": Decimal("Infinity")},
        {"turnus": EINMALIG},
        {"ungefaehr": True},
        {"mal": 2},
        {"waehrung": "EUR"},
        {"jahr": 2027, "offen": True},
        {"betrag": Decimal(5), "grenze": Grenze.SPANNE},
        {"betrag": Decimal(5), "untergrenze": Decimal(3)},
        {"betrag": Decimal(5), "untergrenze": Decimal(5), "grenze": Grenze.SPANNE},
        {"betrag": Decimal(10), "mal": 3},
        {"betrag": Decimal(10), "mal": 0},
        {"betrag": Decimal(5), "jahr": 2027},
        {"betrag": Decimal(5), "bis_jahr": 2027, "offen": True},
        {"betrag": Decimal(5), "jahr": 2028, "bis_jahr": 2027},
        {"betrag": Decimal(5), "jahr": 1899, "bis_jahr": 1899},
    ],
)
def test_an_amount_that_cannot_be_cannot_be_made(angaben):
    with pytest.raises(GeldFehler):
        Geld(**angaben)


BETRAEGE = st.decimals(min_value=0, max_value=Decimal("999999999999.99"), places=2)
# fmt: off
BAUSTEINE = st.sampled_from([
    "1", "12", "500", ".000", ".23", ",50", ",5", ",-", ".", ",", "'", "-", "€", "EUR", "T€", "Mio.", "Tsd.",
    "ca.", "rund", "jährlich", "einmalig", "/Jahr", "p.a.", "(", ")", "\u00a0", "\x00", "²", "٣",
])
# fmt: on
TEXTE = (
    st.text(st.characters(), max_size=ANGABE + 20)
    | st.lists(BAUSTEINE, max_size=8).map(" ".join)
    | st.lists(BAUSTEINE, max_size=8).map("".join)
)


@given(BETRAEGE, st.none() | st.sampled_from(Turnus), st.booleans())
def test_every_structure_is_read_back_from_its_german_form(betrag, turnus, ungefaehr):
    g = Geld(betrag, turnus, ungefaehr)
    assert lies(str(g)).struktur == g.struktur


@given(BETRAEGE)
def test_every_displayed_amount_is_read_back(betrag):
    assert lies(euro(betrag)).betrag == betrag


@given(TEXTE)
def test_no_text_is_lost_or_breaks_anything(text):
    try:
        g = lies(text)
    except GeldFehler as fehler:
        satz = str(fehler)
    else:
        assert str(g) == text.strip()
        assert lies(str(g)) == g
        assert bool(g) == bool(text.strip())
        return
    assert "Schreiben Sie" in satz


@pytest.mark.parametrize("betrag", ["0", "0.00", "-12"])
def test_a_single_amount_may_be_nought_or_less(betrag):
    assert Geld(Decimal(betrag), mal=12).einzelbetrag == Decimal(betrag) / 12


@pytest.mark.parametrize(
    "frage",
    [
        lambda g: g.beziffert,
        lambda g: g.einzelbetrag,
        lambda g: _ist_gespart(g),
        lambda g: _Fund(0, 1, (g.wortlaut,)).summe,
    ],
)
def test_what_was_not_understood_is_never_taken_for_nought(frage):
    with pytest.raises(TypeError, match="There is no amount in 'viel'"):
        frage(lies("viel"))
