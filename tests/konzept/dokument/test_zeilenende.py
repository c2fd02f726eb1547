"""Lines of the print are as full as the next syllable lets them be."""

import re

import pytest
import weasyprint
import weasyprint.text.line_break

from konzept.dokument import baum, pdf
from konzept.satz import setzen
from tests.konzept.dokument.conftest import Lesen
from tests.konzept.dokument.test_kostentabellen import zeilen as worte_je_zeile
from tests.konzept.dokument.test_pdf import dokument

ANFANG = "<span>(1)</span> Bedarf mit Jobcenter und Frauentreff erheben"
STIL = '<style>@page { size: 250mm 900mm } p { margin: 0; hyphens: auto; hyphenate-limit-zone: 8% }</style>'
ABSATZ = baum.Absatz(laeufe=(baum.Lauf(text="Text der Leitlinie."),))


def zeilen(ende: str) -> list[list[str]]:
    """The lines of a paragraph, narrow to wide in steps of less than a space."""
    absaetze = "".join(f'<p style="width: {breite / 4}pt">Anfang {ANFANG}{ende}</p>' for breite in range(1400, 1760, 4))
    pdf = setzen.setze(f'<html lang="de"><title>T</title>{STIL}<body>{absaetze}</body></html>', pytest.fail)
    text = "".join(f"\n{zeile}" for seite in Lesen(pdf).seiten() for zeile in seite.splitlines() if zeile)
    return [absatz.split("\n") for absatz in text.split("\nAnfang ")[1:]]


@pytest.mark.parametrize("ende", [" ", " <b>bis Ende 2027</b>", ' <a href="http://a.de">Näheres</a>', " <br>Dann"])
def test_a_space_that_nobody_sees_breaks_no_line(ende):
    """The wider a paragraph, the more stands in its first line."""
    laengen = [len(erste) for erste, *_ in zeilen(ende)]
    assert laengen[0] < laengen[-1]
    assert laengen == sorted(laengen)


def test_words_are_still_apart_and_none_is_lost():
    for absatz in zeilen(" <b>bis Ende 2027</b>"):
        ganz = re.sub("\u00ad ?", "", " ".join(map(str.strip, absatz)))
        assert ganz == "(1) Bedarf mit Jobcenter und Frauentreff erheben bis Ende 2027"


def test_lines_are_mended_where_weasyprint_looks_for_their_ends():
    assert weasyprint.layout.inline.split_first_line.__wrapped__ is weasyprint.text.line_break.split_first_line
    namen = weasyprint.text.line_break.first_line_metrics.__wrapped__.__code__.co_varnames[:8]
    assert namen[2] == "layout"
    assert namen[6] == "hyphenated"


def test_numbered_guidelines_hang():
    """Each line of one begins below the first word behind its number, whatever the width of that."""
    titel = "Anfang " + "und die weiteren Worte, die auf keine Zeile gehen, " * 3
    eintraege = tuple(
        baum.Leitlinie(anker=f"leitlinie-{nummer}", rn=nummer, nummer=str(nummer), titel=titel, text=(ABSATZ,))
        for nummer in (1, 11)
    )
    gedruckt = worte_je_zeile(pdf.drucke(dokument(baum.Leitlinien(eintraege=eintraege))))
    beginne = [z[1].links for z in gedruckt if z[1:] and z[1].text == "Anfang"]
    weitere = [zeile[0].links for zeile in gedruckt if zeile[0].text in {*titel.split(), "Text"}]
    assert len(beginne) == 2
    assert len(weitere) >= 3
    assert max(beginne + weitere) - min(beginne + weitere) < 0.1
