"""The print of a Fassung: its mark, its Randnummern beside the text, the sheet for comments, the frozen Wappen."""

import datetime as dt
import re
import shutil
import subprocess

import pytest

from konzept.dokument import baum, pdf, ressourcen, zerlegung
from konzept.dokument.html import Ausfertigung, druck_html
from konzept.dokument.zusammenstellung import stelle_zusammen
from tests.fabrik import mache_abschnitt, mache_feld, mache_fuelle, mache_handlungsziel, mache_konzept, mache_leitziel
from tests.konzept.dokument import vorlesen
from tests.konzept.dokument.conftest import Lesen
from tests.konzept.fassungen.test_seiten import randnummern

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed"),
]

MARKE = "Entwurf 3 vom 03.11.2016"
RAND = 190
"""Where the text of a page ends, in mm."""
TEXT = "Erster Absatz.\n\n- Punkt\n- Noch einer\n\n#### Dazwischen\n\nNoch ein Absatz.\n\n| A |\n|---|\n| 1 |"


@pytest.fixture
def dokument() -> baum.Dokument:
    konzept = mache_konzept(titel="Zusammen leben", stand=dt.date(2016, 11, 3))
    mache_fuelle(konzept, 1)
    mache_abschnitt(konzept, "Text", text=TEXT)
    feld = mache_feld(konzept, "Wohnen")
    mache_handlungsziel(feld, "Genug Wohnungen", leitziel=mache_leitziel(feld, "Gut wohnen", text="Überall."))
    return stelle_zusammen(konzept)


def test_every_randnummer_of_the_tree_is_printed_once_in_reading_order(dokument):
    alle = randnummern(dokument)
    assert alle == list(range(1, len(alle) + 1))
    html = druck_html(dokument, ausfertigung=Ausfertigung(randnummern=True))
    assert [int(rn) for rn in re.findall(r'<span class="dok-rn" id="rn-(\d+)"', html)] == alle
    assert "dok-rn" not in druck_html(dokument)


def test_a_draft_says_so_on_the_cover_and_above_every_page_and_ends_with_the_sheet(dokument):
    inhalt = pdf.drucke(dokument, ausfertigung=Ausfertigung(MARKE, randnummern=True, bogen=True))
    gelesen = Lesen(inhalt)
    seiten = gelesen.seiten()
    assert all(MARKE in seite for seite in seiten)
    assert "Anmerkungsbogen" in seiten[-1]
    assert "Randnr. Anmerkung Vorschlag für den Wortlaut" in " ".join(seiten[-1].split())
    assert gelesen.lesezeichen()[-1] == (1, "Anmerkungsbogen", len(seiten))
    assert gelesen.ziele()["anmerkungsbogen"] == len(seiten)
    ganzes = " ".join(" ".join(seiten).split())
    erster = next(t for k in dokument.kapitel if k.titel == "Text" for t in k.teile)
    assert f"{erster.rn} Erster Absatz." in ganzes  # the number comes before its text
    assert inhalt == pdf.drucke(dokument, ausfertigung=Ausfertigung(MARKE, randnummern=True, bogen=True))
    gehoert = [str(e.ActualText) for e in gelesen.elemente("/Span") if "/ActualText" in e]
    genannt = [wort for wort in gehoert if wort.startswith("Rand")]
    assert genannt == [f"Randnummer {rn}: " for rn in randnummern(dokument)]
    assert f"Randnummer {erster.rn}: Erster Absatz." in vorlesen.alles(gelesen.pdf)


def am_rand(inhalt: bytes) -> list[list[bytes]]:
    """For each page, in greyscale, the rows of what stands beside its text on the right, one byte a millimetre."""
    befehl = ["pdftoppm", "-gray", "-r", "25.4", "-"]
    bilder = subprocess.run(befehl, input=inhalt, capture_output=True, check=True).stdout
    seiten = []
    while bilder:
        kopf = re.match(rb"P5\s(\d+) (\d+)\s255\s", bilder)
        breite, hoehe = map(int, kopf.groups())
        bild, bilder = bilder[kopf.end() :][: breite * hoehe], bilder[kopf.end() + breite * hoehe :]
        seiten.append([bild[z * breite + RAND : (z + 1) * breite] for z in range(hoehe)])
    return seiten


@pytest.mark.parametrize("stueck", [zerlegung.STUECK, 3_000], ids=["in one", "in pieces"])
def test_a_draft_can_be_told_in_greyscale_on_every_page(dokument, monkeypatch, stueck):
    monkeypatch.setattr(zerlegung, "STUECK", stueck)
    entwurf, schlicht = (
        pdf.drucke(dokument, ausfertigung=art) for art in (Ausfertigung(MARKE, wort="Entwurf"), Ausfertigung())
    )
    deckblatt, *seiten = am_rand(entwurf)
    assert len(seiten) > 3
    assert all(min(map(min, seite)) < 160 for seite in seiten)
    for leer in (deckblatt, *am_rand(schlicht)):  # on the cover it stands in a box above the title
        assert set(b"".join(leer)) == {255}
    assert {zeile[:3] for seite in seiten for zeile in seite} == {b"\xff" * 3}  # no text lies over it
    gesprochen = vorlesen.alles(Lesen(entwurf).pdf).replace("\u00a0", " ")
    assert gesprochen.count(MARKE) == 1  # on the cover; above the pages and beside them it is no part of the text
    assert "ENTWURF" not in gesprochen


def test_in_pieces_it_is_the_same(dokument, monkeypatch):
    art = Ausfertigung(MARKE, randnummern=True, bogen=True)
    ganz = Lesen(pdf.drucke(dokument, ausfertigung=art)).seiten()
    monkeypatch.setattr(zerlegung, "STUECK", 3_000)
    assert Lesen(pdf.drucke(dokument, ausfertigung=art)).seiten() == ganz


def test_randnummern_do_not_move_the_text(dokument):
    """Whoever speaks of page 12 means the same page in both PDFs."""
    ohne, mit = (
        [re.sub(r"\s+|\d+", "", seite) for seite in Lesen(pdf.drucke(dokument, ausfertigung=art)).seiten()]
        for art in (Ausfertigung(), Ausfertigung(randnummern=True))
    )
    assert mit == ohne


def test_what_was_adopted_is_not_called_a_draft(dokument):
    html = druck_html(dokument, ausfertigung=Ausfertigung(randnummern=True))
    assert "Entwurf" not in html
    assert "Anmerkungsbogen" not in html
    assert "string(marke)" not in html


def test_the_wappen_is_the_frozen_one_even_if_there_is_another_now(dokument):
    wappen = "wappen/alt.png"
    kommune = baum.Kommune(slug="o", name="Stadt O", kurzname="O", art="stadt", wappen=wappen)
    werte = {name: getattr(dokument, name) for name in dokument.__struct_fields__} | {"kommune": kommune}
    mit = baum.Dokument(**werte)
    bilder = {f"media:{wappen}": ("image/png", b"Bild")}
    assert f'src="media:{wappen}"' in druck_html(mit, ausfertigung=Ausfertigung(bilder=bilder))
    assert ressourcen.holer(bilder)(f"media:{wappen}") == ("image/png", b"Bild")
    assert "media:" not in druck_html(mit, ausfertigung=Ausfertigung(bilder={}))
    with pytest.raises(ressourcen.Verweigert):
        ressourcen.holer(bilder)("media:wappen/neu.png")
    with pytest.raises(ressourcen.Verweigert):
        ressourcen.holer(bilder)("file:///etc/passwd")
