"""What a print says by ear where the eye sees a sign, a bare number or a dash."""


import pytest

from konzept.dokument import satz
from tests.konzept.dokument import vorlesen
from tests.konzept.dokument.conftest import Lesen

LEER = '<span class="dok-leer" data-gesprochen="keine Angabe"><span>–</span></span>'


def gesetzt(koerper: str) -> Lesen:
    """A small print without style sheet and fonts of the project."""
    html = f'<html lang="de"><title>T</title><body>{koerper}</body></html>'
    return Lesen(satz.setze(html, lambda adresse: pytest.fail(adresse)))


def test_words_are_said_instead_of_signs():
    buch = gesetzt(f"<p>Zeitraum: {LEER}</p><table><tr><td>{LEER}</td></tr></table>")
    assert vorlesen.alles(buch.pdf).split() == ["Zeitraum:", "keine", "Angabe", "keine", "Angabe"]
    assert [str(e.ActualText) for e in buch.elemente() if "/ActualText" in e] == ["keine Angabe"] * 2


def test_a_block_in_the_margin_says_its_words_once():
    rn = '<span class="rn" data-gesprochen="Nummer 4">4</span>'
    buch = gesetzt(f"<style>.rn {{ display: block }}</style><div>{rn}</div>")
    assert [str(e.ActualText) for e in buch.elemente() if "/ActualText" in e] == ["Nummer 4"]
    assert vorlesen.alles(buch.pdf).strip() == "Nummer 4"


def test_a_link_says_what_it_is():
    buch = gesetzt('<p id="l">Ziel</p><p>Siehe <a href="#l" aria-label="Leitlinie 3: Sprache">3</a>.</p>')
    ((_, vermerk),) = buch.links()
    assert str(vermerk.Contents) == "Leitlinie 3: Sprache"
    assert "Siehe Leitlinie 3: Sprache." in vorlesen.alles(buch.pdf)
