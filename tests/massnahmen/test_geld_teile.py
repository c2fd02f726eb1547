"""Which amounts are found in a longer wording, and which are not."""

import pytest

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
        "40 Stunden x 50 €",
        "2.000 Exemplare am 05.03.2019",
        "€",
        "5.000 € " * 300,
    ],
)
def test_where_it_would_be_guessing_none_is_found(text):
    assert teile(text) == ()
