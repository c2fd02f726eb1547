"""Large print: everything is in it, in 18 pt, and nothing is cut off."""

import re
import shutil

import lxml.html
import pytest

from konzept.dokument import fehlzeichen, pdf
from konzept.dokument.html import Ausfertigung, druck_html
from tests import lage
from tests.konzept.dokument.lesart import blank
from tests.konzept.dokument.test_pdf_vollstaendig import fehlt, gelesenes, muster, zahlen
from tests.konzept.vera import VARIANTEN
from tests.vollbaum import vollbaum

pytestmark = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed")

GROSS = Ausfertigung(gross=True, randnummern=True, bogen=True, marke="Entwurf 3 vom 03.11.2016", wort="Entwurf")
MM = 72 / 25.4


@pytest.fixture(scope="module")
def dokument():
    return fehlzeichen.druckbar(vollbaum())


@pytest.fixture(scope="module")
def grossdruck(dokument):
    """The tree in which nothing is left out, in large print."""
    return pdf.drucke(dokument, ausfertigung=GROSS)


def _blank(text: str) -> str:
    return blank(text).casefold()  # labels are set in capitals


def test_only_large_print_has_its_sheet(dokument):
    assert "druck-gross.css" in druck_html(dokument, ausfertigung=GROSS)
    html = druck_html(dokument)
    assert "druck-gross.css" not in html
    assert "gross-" not in html


def test_it_says_what_the_plain_print_says(dokument, grossdruck, lesen):
    seiten = [_blank(seite) for seite in lesen(grossdruck).seiten()]
    alles = "".join(seiten)
    schlicht = _blank(lxml.html.document_fromstring(druck_html(dokument)).text_content())
    texte = {text for text in map(_blank, gelesenes(dokument)) if text in schlicht}
    assert len(texte) > 400
    assert [text for text in texte if fehlt(text, seiten, alles)] == []
    worte = "\n".join(lesen(grossdruck).seiten())
    assert [zahl for zahl in set(zahlen(dokument)) if not re.search(muster(zahl), worte)] == []


def test_all_of_it_is_in_18_points(grossdruck, lesen):
    """But Randnummern, and what says in the margin what it is."""
    klein = {wort for wort, _ in lage.zu_klein(grossdruck, ab=17.5)}
    assert not {wort for wort in klein if not wort.isdecimal()}


def test_nothing_reaches_over_the_margin_or_stands_letter_by_letter(grossdruck, lesen):
    worte = [w for w in lage.worte(grossdruck) if w.seite > 1]
    breite = 210 * MM
    assert [w for w in worte if w.rechts > breite - 17 * MM and w.text != "ENTWURF" and len(w.text) > 1] == []
    einzelne = [w for w in worte if len(w.text) == 1 and w.text.isalpha()]
    assert len(einzelne) < 5


def test_steps_and_measures_are_targets(dokument, grossdruck, lesen):
    ziele = lesen(grossdruck).ziele()
    for massnahme in dokument.massnahmen():
        assert {massnahme.anker, *(schritt.anker for schritt in massnahme.schritte)} <= ziele.keys()


@pytest.mark.java
def test_it_is_valid(grossdruck, vera, tmp_path):
    datei = tmp_path / "gross.pdf"
    datei.write_bytes(grossdruck)
    assert vera(datei) == {(datei, variante): [] for variante in VARIANTEN}
