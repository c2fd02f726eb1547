"""What people bring of another editor's formatting prints as it stands, and is said; what is none is left alone."""

import pytest

from konzept.dokument import baum
from konzept.dokument.formatzeichen import formatzeichen
from konzept.dokument.luecken import luecken
from konzept.fliesstext import lies_text
from tests.konzept.fliesstext.test_lesen import DIALEKT

pytestmark = pytest.mark.django_db

KOMMUNE = baum.Kommune(slug="o", name="Stadt O", kurzname="O", art="stadt")


def dokument(text: str) -> baum.Dokument:
    kapitel = baum.Kapitel(anker="abschnitt-1", titel="Ziele", teile=lies_text(text))
    return baum.Dokument(kommune=KOMMUNE, slug="k", titel="K", kapitel=(kapitel,))


@pytest.mark.parametrize(
    ("text", "genannt", "was"),
    [
        ("43.000[^1] Menschen", "„[^1]“", "Fußnoten"),
        ("![Karte](karte.png)", "„![Karte](karte.png)“", "Bilder"),
        ("![Karte](https://a.example/k.png)", "„!Karte“", "Bilder"),
        ("[Portal](www.stadt.example)", "„[Portal](www.stadt.example)“", "kein Link"),
        ("Das ist <b>wichtig</b>.", "„<b>“", "HTML"),
        ("Das ist ** wichtig, **sehr", "„**sehr“", "Formatierung"),
        ("Das ist ~~falsch~~", "„~~falsch~~“", "Formatierung"),
        ("(1) - Sprache", "„(1) -“", "Aufzählungszeichen"),
        ("a) – Sprache", "„a) –“", "Aufzählungszeichen"),
        ("* - Sprache", "zwei Zeichen hintereinander", "für sich"),
        ("|[^2]|\n|-|", "„[^2]“", "Fußnoten"),
        ("- a\n\n  b [^3]", "„[^3]“", "Fußnoten"),
    ],
)
def test_it_is_said_with_its_place(text, genannt, was):
    funde = formatzeichen(dokument(text))
    assert [(fund.anker, fund.titel) for fund in funde if genannt in fund.satz] == [("abschnitt-1", "Ziele")]
    assert any(was in fund.satz for fund in funde)
    assert any(genannt in luecke.satz for luecke in luecken(dokument(text)))


@pytest.mark.parametrize(
    "text",
    [
        *("Ein Satz [1] mit (2) Klammern.", "Bürger*innen und Kolleg_innen", "5 < 6 und 7 > 3", "a & b", "Halt! Na."),
        *("Hallo! [Portal](https://a.example)", "(1) Sprache", "1) Sprache", "(1) 2-3 Kurse", "Ziel 1.1 – Sprache"),
        *("**fett** und _kursiv_", "- a\n  - b", "Fragen? [Hier](mailto:a@b.example)", "2 ** 3", "§ 5 [neu]", "- –"),
    ],
)
def test_what_is_none_is_left_alone(text):
    assert formatzeichen(dokument(text)) == []


def test_no_text_of_the_dialect_is_named_wrongly():
    genannt = {name: [f.satz for f in formatzeichen(dokument(text))] for name, (text, _) in DIALEKT.items()}
    assert {name: saetze for name, saetze in genannt.items() if saetze} == {}


def test_the_examples_have_none(beispiele):
    assert {name: saetze for name, d in beispiele.items() if (saetze := [f.satz for f in formatzeichen(d)])} == {}
