"""How full the pages of a print are: none is left half empty but before what begins a page, and at the end."""

import shutil

import pytest

from konzept.dokument import baum, druckbild, pdf
from tests import lage
from tests.konzept.dokument.test_druckbild import absaetze, kapitel

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed"),
]

MM = 72 / 25.4
OBEN, HOEHE = 29 * MM, 243 * MM
"""Of what is set on a page, in points."""


def fuellung(inhalt: bytes) -> dict[int, float]:
    """By page: how far down its last word stands, from 0 to 1."""
    unten: dict[int, float] = {}
    for wort in lage.worte(inhalt):
        unten[wort.seite] = max(unten.get(wort.seite, 0), (wort.unten - OBEN) / HOEHE)
    return unten


def beginnt(dokument: baum.Dokument, ziele: dict[str, int]) -> set[int]:
    """The pages that begin with a section that always does."""
    return {ziele[name] for name in druckbild.anfaenge(dokument).neue_seiten} | {ziele.get("akteursverzeichnis", 0)}


def test_pages_are_full_up_to_where_one_must_begin(beispiele, gedruckt, lesen):
    alle = halbe = 0
    for name, dokument in beispiele.items():
        ziele = lesen(gedruckt[name]).ziele()
        anfang = beginnt(dokument, ziele)
        erste, seiten = min(anfang - {0}), fuellung(gedruckt[name])
        for seite in range(erste, max(seiten)):
            alle += 1
            if seite + 1 in anfang:
                halbe += seiten[seite] < 0.5
                assert seiten[seite] > 0.12, f"{name}: page {seite} is nearly empty"
            else:
                assert seiten[seite] > 0.6, f"{name}: page {seite} is half empty"
    assert alle > 70
    assert halbe / alle < 0.09


@pytest.mark.parametrize(("saetze", "seite"), [(20, 3), (140, 3), (160, 4)])
def test_a_chapter_follows_on_where_a_good_piece_of_it_has_room(lesen, saetze, seite):
    """After 140 sentences a good quarter of the page is left, after 160 a fifth."""
    oben = kapitel(1, teile=absaetze(saetze)), kapitel(2, teile=absaetze(60))
    kommune = baum.Kommune(slug="o", name="Stadt O", kurzname="O", art="stadt")
    inhalt = pdf.drucke(baum.Dokument(kommune=kommune, slug="k", titel="Konzept", kapitel=oben))
    assert lesen(inhalt).ziele()["kapitel-2"] == seite
