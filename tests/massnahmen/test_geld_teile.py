"""Which amounts are found in a longer wording, and which are not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konzept.grenzen import BETRAEGE_IN_WORTEN
from massnahmen.geld import lies, teile


@pytest.mark.parametrize(
    ("text", "gefunden"),
    [
        ("einmalig 5.000 € und jährlich 2.000 €", ("einmalig 5.000 €", "jährlich 2.000 €")),
        ("5.000 € einmalig, 2.000 € jährlich", ("5.000 € einmalig", "2.000 € jährlich")),
        ("Einrichtung 5.000 €, jährlich 2.000 €", ("5.000 €", "jährlich 2.000 €")),
        ("6.200 € aus Eigenmitteln", ("6.200 €",)),
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


# fmt: off
TEXTSTUECKE = st.sampled_from([
    "5.000 €", "12 TEUR", "8.000", "2027", "2028:", "und", ",", ";", "jährlich", "einmalig", "je", "Stunde", "bis",
    "ab", "x", "davon", "zusammen", "(", ")", "ca.", "1.777 Mio. €", "12.50 €", "CHF 5", "für", "Miete", "%", "-",
])
# fmt: on


@given(st.lists(TEXTSTUECKE, max_size=25).map(" ".join) | st.text(max_size=300))
def test_what_is_found_is_understood_without_a_question(text):
    assert all(lies(teil).verstanden for teil in teile(text))


@pytest.mark.parametrize(
    "muster", ["{} € ", "w{} ab 20{} x je ca. {} € y und {}x ", "2{}, 20{} und ", "je {} € x ", "({} EUR ", "{} "]
)
def test_no_wording_takes_long(muster):
    text = "".join(muster.replace("{}", str(10 + nr % 90)) for nr in range(BETRAEGE_IN_WORTEN))
    beginn = time.process_time()
    teile(text[: BETRAEGE_IN_WORTEN - 2] + " €")
    assert time.process_time() - beginn < 2
