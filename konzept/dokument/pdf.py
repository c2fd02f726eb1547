"""The print: one PDF that is PDF/UA-1 and PDF/A-3a at once, as a pure function of the tree.

The same tree with the same templates, style sheet, fonts and versions gives the same bytes. This is the only module
that imports WeasyPrint; what it does besides laying out the page is mended in `pdf_tags`.
"""

import datetime as dt
import gc
import logging
from contextlib import contextmanager
from typing import NamedTuple

import pydyf
import weasyprint
import weasyprint.pdf.tags
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from . import baum, ressourcen
from .html import druck_html
from .pdf_tags import Strukturbaum, mit_herkunft
from .schriften import druckbar, entpackt

log = logging.getLogger(__name__)

UA_KENNUNG = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
"""PDF/A allows foreign metadata only with a description of its schema (ISO 19005-3, 6.6.2.3)."""


class DruckFehler(Exception):
    """The print cannot be made; the text says why."""


class Anlage(NamedTuple):
    """A file inside the PDF, such as the table of measures as CSV. `beziehung`: Data, Source, Supplement …"""

    name: str
    inhalt: bytes
    beschreibung: str
    beziehung: str = "Data"


def drucke(dokument: baum.Dokument, *, anlagen=()) -> bytes:
    """The document as PDF. Signs that no font has are replaced (see `schriften.fehlende_zeichen`).

    Raises DruckFehler where the style sheet or a font of the project is missing.
    """
    return aus_html(
        druck_html(druckbar(dokument)), anlagen=[_anlage(a, dokument.stand or dt.date(2000, 1, 1)) for a in anlagen]
    )


def aus_html(html: str, *, anlagen=()) -> bytes:
    """A print HTML as PDF; `anlagen` are WeasyPrint attachments."""
    try:
        with _ohne_speicherbereinigung():
            gesetzt = weasyprint.HTML(string=html, url_fetcher=Abholer()).render(pdf_variant="pdf/a-3a")
            gesetzt.metadata.attachments = list(anlagen)
            return gesetzt.write_pdf(pdf_variant="pdf/a-3a", finisher=_vollende)
    except FatalURLFetchingError as fehler:
        raise DruckFehler(str(fehler.__cause__ or fehler)) from fehler


def _anlage(anlage: Anlage, stand: dt.date) -> weasyprint.Attachment:
    zeit = dt.datetime.combine(stand, dt.time())
    return weasyprint.Attachment(
        string=anlage.inhalt,
        name=anlage.name,
        description=anlage.beschreibung,
        relationship=anlage.beziehung,
        created=zeit,
        modified=zeit,
        url_fetcher=Abholer(),
    )


class Abholer(URLFetcher):
    """Opens what `ressourcen.datei` allows; a missing file of the project stops the print, anything else is left out."""

    def __init__(self):
        super().__init__(allowed_protocols=(), allow_redirects=False)

    def fetch(self, url, headers=None):
        try:
            pfad = ressourcen.datei(url)
        except ressourcen.Verweigert as fehler:
            log.warning("%s", fehler)
            if url.startswith("static:"):
                raise FatalURLFetchingError(str(fehler)) from fehler
            raise
        typ = ressourcen.inhaltstyp(pfad)
        inhalt = entpackt(pfad) if typ.startswith("font/") else pfad.read_bytes()
        return URLFetcherResponse(url, inhalt, {"Content-Type": typ})


@contextmanager
def _ohne_speicherbereinigung():
    """Layout makes millions of small objects that all live to the end: searching them for garbage costs a seventh."""
    an = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if an:
            gc.enable()


def _vollende(gesetzt, pdf) -> None:
    for seite in gesetzt.pages:
        for _, ziel, _, kasten in seite.links:
            if getattr(kasten, "link_annotation", None) is not None:
                kasten.link_annotation["Contents"] = pydyf.String(_linktext(kasten.element, ziel))
    Strukturbaum(pdf).bessere()
    metadaten = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    vorher, ende, nachher = b"".join(metadaten.stream).rpartition(b"</rdf:RDF>")
    metadaten.stream = [vorher, UA_KENNUNG, ende, nachher]


def _linktext(element, ziel: str) -> str:
    text = " ".join("".join(element.itertext()).split())
    return text or ziel


def _seitenverweise(pdf) -> tuple[bytes, ...]:
    """The references of all pages; WeasyPrint asks for them with every element, pydyf builds them each time anew."""
    kinder = pdf.pages["Kids"]
    gemerkt = pdf.__dict__.get("_seitenverweise")
    if gemerkt is None or gemerkt[0] != len(kinder):
        gemerkt = pdf._seitenverweise = (len(kinder), tuple(f"{n} 0 R".encode("ascii") for n in kinder[::3]))
    return gemerkt[1]


pydyf.PDF.page_references = property(_seitenverweise)
weasyprint.pdf.tags._build_box_tree = mit_herkunft(weasyprint.pdf.tags._build_box_tree)
