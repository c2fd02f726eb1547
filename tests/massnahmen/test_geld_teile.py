"""Which amounts are found in a longer wording, and which are not."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konzept.grenzen import BETRAEGE_IN_WORTEN
from massnahmen.geld import erwaehnt, lies, teile


@pytest.mark.parametrize(
    ("text", "gefunden"),
    [
        ("einmalig 5.000 € und jährlich 2.000 €", ("einmalig 5.000 €", "jährlich 2.000 €")),
        ("5.000 € einmalig, 2.000 € jährlich", ("5.000 € einmalig", "2.000 € jährlich")),
        ("Einrichtung 5.000 €, jährlich 2.000 €", ("5.000 €", "jährlich 2.000 €")),
        ("6.200 € aus Eigenmitteln", ("6.200 €",)),
        ("5.000 € – Förderung beantragt", ("5.000 €",)),
        ("Bisher 1,777 Mio. €.", ("1,777 Mio. €",)),
        ("zusammen 7.000 €, davon 2.000 € vom Land", ("zusammen 7.000 €",)),
        ("5.000 € und 2.000 €, zusammen 7.000 €", ("5.000 €", "2.000 €")),
        ("2027 3.000 €, 2028 4.000 €, 2029 5.000 €", ("2027 3.000 €", "2028 4.000 €", "2029 5.000 €")),
        ("5.000 € in 2027 und 6.000 € in 2028", ("5.000 € in 2027", "6.000 € in 2028")),
        ("bis zu 5.000 € jährlich, ab 2029 6.000 € p.a.", ("bis zu 5.000 € jährlich", "ab 2029 6.000 € p.a.")),
        ("2027 und 2028 je 5.000 €, danach 2.000 € jährlich", ("2027 und 2028 je 5.000 €", "2.000 € jährlich")),
        ("2016 und 2018 je 5.000 € vom Land", ("5.000 €, 2016", "5.000 €, 2018")),
        ("jährlich 5.000 € (Miete) und 2.000 € (Honorare)", ("jährlich 5.000 €", "2.000 €")),
        ("ca. 5.000 bis 8.000 € je nach Teilnehmerzahl", ("ca. 5.000 bis 8.000 €",)),
        ("40 Stunden zu 50 € je Stunde = 2.000 €", ("2.000 €",)),
        ("Miete: 12 x 1.000 € (Halle)", ("12 x 1.000 €",)),
        ("Einsparung von 2.000 € durch Zusammenlegung", ("Einsparung von 2.000 €",)),
        ("18.500 € jährlich, 0,25 VZÄ", ("18.500 € jährlich",)),
        ("5.000 € / 6.000 €", ("5.000 €", "6.000 €")),
        ("5.000 € p. a. (Personal) + 2.000 € p. a. (Porto)", ("5.000 € p. a.", "2.000 € p. a.")),
        ("Eigenmittel: 1.000 €; Landesmittel: 9.000 €", ("1.000 €", "9.000 €")),
        ("CHF 5'000 für Material", ("CHF 5'000",)),
        ("12.50 € für Porto", ("12,50 €",)),
        ("5.000 € jährlich", ("5.000 € jährlich",)),
        ("5.000 €; Auskunft unter 02161 25345, § 5, 05.03.2019", ("5.000 €",)),
    ],
)
def test_the_amounts_of_a_longer_wording_are_found(text, gefunden):
    assert teile(text) == gefunden
    assert all(lies(teil).verstanden for teil in gefunden)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kostenneutral",
        "50 € je Stunde",
        "20 € pro Person",
        "19 % von 5.000 €",
        "je 5.000 €",
        "10 Geräte à 500 €",
        "je Kurs 500 €, vier Kurse",
        "500 € pro Kurs und Jahr",
        "5.000 € für 2016 und 2017 aus Spenden",
        "1.777 Mio. € laut Haushalt",
        "Zuschuss: 80 % von 10.000 €",
        "Produkt 05.03.01, Konto 61250300",
        "40 Stunden x 50 €",
        "2.000 Exemplare am 05.03.2019",
        "€",
        "5.000 €".ljust(BETRAEGE_IN_WORTEN) + ".",
    ],
)
def test_where_it_would_be_guessing_none_is_found(text):
    assert teile(text) == ()


@pytest.mark.parametrize(
    ("text", "gefunden"),
    [
        ("5.000 € - 8.000 € pro Jahr für Honorare", ("5.000 € - 8.000 € pro Jahr",)),
        ("Honorare: 500 Euro – 1.000 Euro", ("500 Euro – 1.000 Euro",)),
        ("EUR 500 - EUR 1.000 für Porto", ("EUR 500 - EUR 1.000",)),
        ("10.000 € bis 12.000 € für Miete", ("10.000 € bis 12.000 €",)),
        ("Miete von 5.000 € bis 8.000 €", ("von 5.000 € bis 8.000 €",)),
        ("Honorare zwischen 5.000 € und 8.000 €", ("zwischen 5.000 € und 8.000 €",)),
        ("Honorare ca. 5.000 € - ca. 8.000 €", ("ca. 5.000 € - ca. 8.000 €",)),
        ("5.000 bis 8.000 € Honorare und 200 € Porto", ("5.000 bis 8.000 €", "200 €")),
    ],
)
def test_a_range_is_one_amount(text, gefunden):
    assert teile(text) == gefunden


@pytest.mark.parametrize(
    ("text", "gefunden"),
    [
        ("30.000 € (25.000 € Land + 5.000 € Stadt)", ("30.000 €",)),
        ("10.000 €, davon 9.000 € Förderung und 1.000 € Eigenmittel", ("10.000 €",)),
        ("10.000 € (9.000 € Förderung)", ("10.000 €",)),
        ("10.000 € jährlich, darin 2.000 € für Miete", ("10.000 € jährlich",)),
        ("Umbau 10.000 € (davon 9.000 € Land) und Möbel 2.000 €", ("10.000 €", "2.000 €")),
        ("1.000 € x 12 Monate = 12.000 €", ("1.000 € x 12 Monate = 12.000 €",)),
        ("Miete: 1.000 € x 12 Monate = 12.000 € (Halle)", ("12.000 €",)),
        ("1.000 € x 12 Kurse = 12.000 €", ("12.000 €",)),
        ("Personal 5.000 € + Porto 2.000 € = 7.000 €", ("7.000 €",)),
        ("monatlich 200 €, also 2.400 € jährlich", ("2.400 € jährlich",)),
        ("insgesamt 7.000 €: 5.000 € Land, 2.000 € Stadt", ("5.000 €", "2.000 €")),
        ("5.000 € p.a. über 3 Jahre = 15.000 €", ()),
        ("monatlich 200 € = 2.400 €", ()),
        ("Personal 5.000 €, Miete 12 x 500 € = 6.000 €", ()),
        ("Kosten 7.000 €, Einnahmen 2.000 €, Zuschussbedarf 5.000 €", ()),
        ("Eigenanteil 10 % (1.000 €) von 10.000 €", ()),
        ("9.000 € und 1.000 € bei 10.000 € Bausumme", ()),
        ("10.000 €, Förderung 9.000 €", ()),
        ("Miete 5.000 €, zusammen 12.000 €", ()),
        ("10.000 €, davon 9.000 € Land; Möbel 2.000 €", ()),
    ],
)
def test_of_a_total_and_its_parts_one_is_found(text, gefunden):
    assert teile(text) == gefunden


@pytest.mark.parametrize(
    "text",
    [
        "10.000 € abzüglich 4.000 € Förderung",
        "10.000 € ./. 4.000 €",
        "5.000 € - 2.000 € Förderung = 3.000 €",
        "5.000 € - 2.000 €",
        "Kosten 7.000 € – Förderung 5.000 €",
        "Honorare - 5.000 €",
        "5.000 € netto (5.950 € brutto)",
        "keine 5.000 €",
        "nicht 5.000 €, kostenneutral",
        "ohne 5.000 €",
        "5.000 € werden nicht benötigt",
        "5.000 € entfallen",
        "kostenneutral (bisher 5.000 €)",
        "Im Budget von 50.000 € enthalten",
        "5.000 € oder 8.000 €",
        "5.000 € bzw. 8.000 €",
        "statt 300 € 200 €",
        "bisher 300 €, künftig 200 €",
        "Erhöhung von 5.000 € auf 8.000 €",
        "von 5.000 € auf 8.000 €",
        "zwischen 2027 und 2029 15.000 €",
        "in den Jahren 2027 und 2029 insgesamt 15.000 €",
        "5.000 € 2027 und 2029",
        "im ersten Jahr 5.000 €, in den Folgejahren je 2.000 €",
        "10.000 € jährlich, ab 2029 12.000 €",
        "500 € je Kurs, Miete 2.000 €",
        "25.000 € (je Träger)",
        "5.000 € Miete jährlich",
        "jährliche Miete 5.000 €",
        "Kosten 2027: Personal 5.000 €, Porto 200 €",
        "Personal 50.000, Porto 200 €",
        "5.000 € pro Jahr bis 8.000 € pro Jahr",
        "2,5 Mio. Menschen, 5.000 €",
        "300 € bis Juni, danach 200 € (nicht beschlossen)",
        "1. Jahr: 5.000 €, 2. Jahr: 6.000 €",
        "Jahr 1 5.000 €, Jahr 2 6.000 €",
        "5.000 € für 2 Jahre",
        "Honorare max. 5.000 €, mind. 2.000 €",
        "geplant 5.000 €, tatsächlich 8.000 €",
        "5.000 € über drei Jahre verteilt",
        "Miete monatlich 500 €, 12 Monate",
        "Wegfall von 5.000 € Zuschuss",
        "Rückzahlung von 5.000 €",
        "Einsparung durch Zusammenlegung: 2.000 €",
        "2.000 € werden eingespart",
        "Einnahmen aus Eintritten (2.000 €)",
        "10.000 €, Land 9.000 €",
        "5.000 € Miete ja\u0308hrlich",
    ],
)
def test_where_an_amount_does_not_stand_by_itself_none_is_found(text):
    assert teile(text) == ()


def test_a_bracket_closes_behind_how_often():
    assert teile("Personal (60.000 €/Jahr)") == ("60.000 €/Jahr",)
    assert teile("Stelle (60.000 € jährlich)") == ("60.000 € jährlich",)
    assert teile("Miete (200 € pro Monat), Porto (50 € einmalig)") == ("200 € pro Monat", "50 € einmalig")
    assert teile("Personal (60.000 €/Gruppe)") == ()


@pytest.mark.parametrize(
    ("text", "gefunden"),
    [
        ("einmalig 5.000 € und jährlich 2.000 €", ("einmalig 5.000 €", "jährlich 2.000 €")),
        ("zusammen 7.000 €, davon 2.000 € vom Land", ("zusammen 7.000 €", "2.000 €")),
        ("2016 und 2018 je 5.000 € vom Land", ("5.000 €, 2016", "5.000 €, 2018")),
        ("Neubau 1.777 Mio. € laut Haushalt", ("1.777 Mio. €",)),
        ("0,5 Mio", ("0,5 Mio",)),
        ("2,5 Millionen für den Bau", ("2,5 Millionen",)),
        ("T€ 50 und TEUR 50, 50 Tsd. und 50 T€", ("T€ 50", "TEUR 50", "50 Tsd.", "50 T€")),
        ("5,000 € laut Angebot", ("5,000 €",)),
        ("25.000 € je Träger", ("25.000 €",)),
        ("12 Geräte à 500 €", ("500 €",)),
        ("Miete (12 Monate à 500 €)", ("12 Monate à 500 €",)),
        ("10.000 € abzüglich 4.000 € Förderung", ("10.000 €", "4.000 €")),
        ("10.000 € – 4.000 € = 6.000 €", ("10.000 €", "4.000 €", "6.000 €")),
        ("kostenneutral (bisher 5.000 €)", ("5.000 €",)),
        ("50.000,- oder 5.000,-- oder CHF 5'000", ("50.000,-", "5.000,--", "CHF 5'000")),
        ("nicht zwischen 5.000 € und 8.000 €, sondern 5–8 TEUR", ("5.000 €", "8.000 €", "5–8 TEUR")),
        ("nicht 5.000 €/6.000 €, ca.7.000 EUR", ("5.000 €", "6.000 €", "7.000 EUR")),
        ("Haushalt 2027 € 5.000 nicht beschlossen", ("€ 5.000",)),
        ("am 05.03.2019, § 5, Tel. 02161 25345, 10 %, Produkt 05.03.01, 2027, 2.000 Exemplare", ()),
        ("5.000 €".ljust(BETRAEGE_IN_WORTEN) + ".", ()),
        ("", ()),
    ],
)
def test_every_amount_is_mentioned(text, gefunden):
    assert erwaehnt(text) == gefunden


# fmt: off
TEXTSTUECKE = st.sampled_from([
    "5.000 €", "12 TEUR", "8.000", "2027", "2028:", "und", ",", ";", "jährlich", "einmalig", "je", "Stunde", "bis",
    "ab", "x", "davon", "zusammen", "(", ")", "ca.", "1.777 Mio. €", "12.50 €", "CHF 5", "für", "Miete", "%", "-",
])
# fmt: on


@given(st.lists(TEXTSTUECKE, max_size=25).map(" ".join) | st.text(max_size=300))
def test_what_is_found_is_understood_without_a_question(text):
    assert all(lies(teil).verstanden for teil in teile(text))
    assert {*teile(text)} <= {*erwaehnt(text)}


# fmt: off
HINDERT = ["nicht", "oder", "statt", "abzüglich", "kostenneutral", "ohne", "netto", "im Budget enthalten", "entfallen"]


@given(st.lists(TEXTSTUECKE, max_size=12), st.sampled_from(HINDERT), st.lists(TEXTSTUECKE, max_size=12))
def test_one_word_that_denies_or_compares_keeps_all_back(davor, wort, danach):
    assert teile(" ".join((*davor, wort, *danach))) == ()


MIT_WAEHRUNG = st.sampled_from([
    "5.001 €", "EUR 302", "12 TEUR", "T€ 53", "1,4 Mio. €", "1.775 Mio. €", "5,060 €", "50.007,-", "8,- Euro",
    "99'000 CHF",
])
DAZWISCHEN = st.sampled_from([
    " ", ", ", " und ", " - ", " bis ", "/", " (", ") ", " x ", " = ", " je Kurs, ", " 2027: ", " nicht ", " davon ",
    "; ", ": ", " bis zu ", ", zusammen ",
])
# fmt: on


@given(st.lists(st.tuples(DAZWISCHEN, MIT_WAEHRUNG), min_size=1, max_size=6))
def test_no_number_with_a_currency_goes_unmentioned(stuecke):
    text = "".join(trenner + betrag for trenner, betrag in stuecke)
    genannt = " ".join(erwaehnt(text))
    for _, betrag in stuecke:
        assert re.search(r"[0-9][0-9.,']*[0-9]|[0-9]", betrag)[0] in genannt, text


LANGSAM = ["{} € ", "w{} ab 20{} x je ca. {} € y und {}x ", "2{}, 20{} und ", "je {} € x ", "({} EUR ", "{} ", "1."]
LANGSAM += ["1 000 ", "€", "{} € = ", "davon {} €, ", "({} €) "]


@pytest.mark.parametrize("muster", LANGSAM)
def test_no_wording_takes_long(muster):
    text = "".join(muster.replace("{}", str(10 + nr % 90)) for nr in range(BETRAEGE_IN_WORTEN))
    beginn = time.process_time()
    erwaehnt(text[: BETRAEGE_IN_WORTEN - 2] + " €")
    assert time.process_time() - beginn < 2
