"""A link that leads nowhere prints as its text: no target, no look of a link, no element of the structure."""

from io import BytesIO

import msgspec
import pikepdf

from konzept.dokument import baum, pdf
from konzept.dokument.html import Ausfertigung, druck_html
from konzept.fliesstext import lies_text

TEXT = (
    "Siehe [Fußnote](#_ftn1), [oben](#abschnitt-1), [Portal](https://stadt.example/a?b=1&c=2), [weg](http://) und "
    "[Post **fett**](mailto:)."
)


def dokument() -> baum.Dokument:
    kommune = baum.Kommune(slug="s", name="Stadt", kurzname="Stadt", art="stadt")
    kapitel = baum.Kapitel(anker="abschnitt-1", nummer="1", titel="Eins", teile=lies_text(TEXT))
    return baum.Dokument(kommune=kommune, slug="k", titel="K", kapitel=(kapitel,))


def test_only_the_text_of_a_dead_link_prints():
    html = druck_html(dokument())
    assert 'Siehe Fußnote, <a href="#abschnitt-1">oben</a>, <a href="https://stadt.example/a?b=1&amp;c=2">' in html
    assert "</a>, weg und Post <strong>fett</strong>." in html


def test_the_pdf_has_no_dead_link_and_no_trace_of_one():
    with pikepdf.open(BytesIO(pdf.drucke(dokument()))) as datei:
        ziele = [
            str(link.A.URI) if "/A" in link else str(link.Dest)
            for seite in datei.pages[2:]
            for link in seite.get("/Annots", [])
        ]
        verweise = list(_verweise(datei.Root.StructTreeRoot.K))
    assert ziele == ["abschnitt-1", "https://stadt.example/a?b=1&c=2"]
    assert verweise
    assert all(any("/Obj" in kind for kind in v.K if isinstance(kind, pikepdf.Dictionary)) for v in verweise)


def test_the_table_of_contents_keeps_its_way_to_what_a_text_cannot_know():
    text = lies_text("Der [Bogen](#anmerkungsbogen)")
    kapitel = baum.Kapitel(anker="abschnitt-1", nummer="1", titel="Eins", teile=text)
    html = druck_html(msgspec.structs.replace(dokument(), kapitel=(kapitel,)), ausfertigung=Ausfertigung(bogen=True))
    assert '<a href="#anmerkungsbogen">Anmerkungsbogen</a>' in html


def _verweise(knoten):
    if isinstance(knoten, pikepdf.Array):
        for teil in knoten:
            yield from _verweise(teil)
    elif isinstance(knoten, pikepdf.Dictionary) and "/S" in knoten:
        if knoten.S == "/Link":
            yield knoten
        yield from _verweise(knoten.get("/K", pikepdf.Array()))
