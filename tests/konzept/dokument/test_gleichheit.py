"""However a document is typeset, its print is the same: as one HTML, in pieces, or out of pieces that were kept. Equal
are its pages and their words, tags, targets, links and bookmarks (see `tests.gleichheit`), and from the same document
come the same bytes."""

import shutil

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec import structs

from konzept.austausch.grosses_beispiel import erzeuge
from konzept.dokument import baum, pdf, ressourcen, zerlegung
from konzept.dokument.akteursregister import mit_seiten
from konzept.dokument.fehlzeichen import druckbar
from konzept.dokument.html import SCHLICHT, Ausfertigung, druck_html
from konzept.dokument.tafeln import massnahmentabelle
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.fliesstext.bloecke import Knoten
from konzept.models import Konzept
from konzept.satz.setzen import setze
from tests.gleichheit import pruefe, seiten_der_ziele, unterschiede
from tests.konzept.dokument.conftest import Gedaechtnis
from tests.konzept.dokument.test_seitenverweise import beilage
from tests.konzept.dokument.zufallsbaeume import VORSPANN, ausfertigungen, dokumente

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed"),
]

MASSNAHMEN = (32, 60, 300, 1000)
"""How many the large example has: in a usual run the first, of two fields only; in a thorough one all."""
ENTWURF = Ausfertigung("Entwurf 3 vom 03.11.2016", randnummern=True, bogen=True, wort="Entwurf")
ARBEITSSTAND = Ausfertigung("Arbeitsstand vom 03.11.2016", wort="Arbeitsstand")


def pruefe_stuecke(dokument: baum.Dokument, stuecke: bytes, vorspann=None, ausfertigung: Ausfertigung = SCHLICHT):
    """A print in pieces against the document typeset as one HTML. The index of actors, which is written last, is given
    the pages that the pieces have: those on which its targets are, if nothing differs."""
    html = druck_html(druckbar(dokument), vorspann, ausfertigung)
    html = mit_seiten(html, seiten_der_ziele(stuecke))
    pruefe(setze(html, ressourcen.holer(ausfertigung.bilder), stand=dokument.stand), stuecke)


@pytest.fixture(autouse=True)
def ueberall_geschnitten(monkeypatch):
    """Not only where a piece is worth a process of its own."""
    monkeypatch.setattr(zerlegung, "STUECK", 1)


def beispiel(beispiele, kommune: str) -> baum.Dokument:
    return next(dokument for name, dokument in beispiele.items() if name.startswith(kommune))


# As one HTML, and in pieces


@pytest.mark.parametrize("kommune", ["emmerich", "kreis", "meerbusch", "monheim", "musterstadt", "rheine"])
def test_an_example_is_the_same_in_pieces(beispiele, gedruckt, kommune):
    for name in beispiele:
        if name.startswith(kommune):
            pruefe_stuecke(beispiele[name], gedruckt[name])


def test_the_large_example_is_the_same_in_pieces(textrunde, monkeypatch):
    """Its tables, too, are cut: those of 1000 measures in any case, those of fewer as if they were long."""
    langer_teil = min(massnahmentabelle.LANGER_TEIL, MASSNAHMEN[textrunde] // 16)
    monkeypatch.setattr(massnahmentabelle, "LANGER_TEIL", langer_teil)
    konzept = erzeuge(MASSNAHMEN[textrunde])
    dokument = stelle_zusammen(Konzept.objects.mit_kommune().get(pk=konzept.pk))
    if not textrunde:
        dokument = mit_zwei_feldern(dokument)
    assert f"{zerlegung.UMBRUCH}<table" in druck_html(dokument)
    pruefe_stuecke(dokument, pdf.drucke(dokument))


def mit_zwei_feldern(knoten):
    """A document, or chapter, with the first two Handlungsfelder of each chapter only."""
    felder = [kapitel for kapitel in knoten.kapitel if kapitel.art == "handlungsfeld"]
    return structs.replace(knoten, kapitel=tuple(mit_zwei_feldern(k) for k in knoten.kapitel if k not in felder[2:]))


@pytest.mark.parametrize(
    ("kommune", "vorspann", "ausfertigung"),
    [("monheim", None, ENTWURF), ("rheine", None, ARBEITSSTAND), ("meerbusch", VORSPANN, SCHLICHT)],
    ids=["draft", "word in the margin", "behind a Vorlage"],
)
def test_what_stands_around_a_document_is_the_same_in_pieces(beispiele, kommune, vorspann, ausfertigung):
    dokument = beispiel(beispiele, kommune)
    stuecke = pdf.drucke(dokument, vorspann=vorspann, ausfertigung=ausfertigung)
    pruefe_stuecke(dokument, stuecke, vorspann, ausfertigung)


def test_with_annexes_a_document_in_many_pieces_is_like_one_in_few(beispiele, monkeypatch):
    """Annexes are HTMLs of their own, so that there is no single one to compare with."""
    dokument = beispiel(beispiele, "monheim")
    dazu = {"vorspann": VORSPANN, "beilagen": (beilage(2), beilage(3))}
    viele = pdf.drucke(dokument, **dazu)
    monkeypatch.setattr(zerlegung, "STUECK", 10**9)
    pruefe(pdf.drucke(dokument, **dazu), viele)


@given(dokument=dokumente(), vorspann=st.sampled_from([None, VORSPANN]), ausfertigung=ausfertigungen)
@settings(
    max_examples=settings().max_examples // 30,  # three, or a hundred
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to look for a smaller one takes hours
    suppress_health_check=HealthCheck,
)
def test_any_document_is_the_same_in_pieces(dokument, vorspann, ausfertigung):
    stuecke = pdf.drucke(dokument, vorspann=vorspann, ausfertigung=ausfertigung)
    pruefe_stuecke(dokument, stuecke, vorspann, ausfertigung)


# Out of pieces that were kept


def geaendert(dokument: baum.Dokument, anker: str, titel: str) -> baum.Dokument:
    """With another title of one measure."""

    def steige(wert):
        if isinstance(wert, tuple):
            return tuple(map(steige, wert))
        if isinstance(wert, baum.Massnahme) and wert.anker == anker:
            return structs.replace(wert, titel=titel)
        if isinstance(wert, Knoten):
            return structs.replace(wert, **{name: steige(getattr(wert, name)) for name in wert.__struct_fields__})
        return wert

    return steige(dokument)


def test_a_print_is_the_same_whatever_was_kept(beispiele):
    """Byte for byte: with nothing kept and with all, after an edit, and after that was taken back. What an edit has
    typeset is the piece with the measure, and what stands before all pieces."""
    dokument = beispiele["musterstadt/integrationskonzept-2021-2026"]
    speicher = Gedaechtnis()
    kalt = pdf.drucke(dokument, speicher=speicher)
    alle, speicher.gesetzt = speicher.gesetzt, 0
    assert pdf.drucke(dokument, speicher=speicher) == kalt
    assert speicher.gesetzt == 0

    massnahme = next(dokument.massnahmen())
    anders = geaendert(dokument, massnahme.anker, "Etwas anderes")
    geaenderter = pdf.drucke(anders, speicher=speicher)
    assert 1 <= speicher.gesetzt <= 2 < alle
    assert any("anderes" in zeile for zeile in unterschiede(kalt, geaenderter))
    assert pdf.drucke(anders) == geaenderter
    speicher.gesetzt = 0
    assert pdf.drucke(dokument, speicher=speicher) == kalt
    assert speicher.gesetzt == 0
