"""Typesetting: a print HTML becomes a PDF that is PDF/UA-1 and PDF/A-3a at once.

The only module that imports WeasyPrint.
"""

import datetime as dt
import gc
import logging
import re
from collections.abc import Callable
from contextlib import contextmanager

import pydyf
import tinyhtml5.inputstream
import weasyprint
import weasyprint.css
import weasyprint.draw.text
import weasyprint.layout
import weasyprint.layout.inline
import weasyprint.pdf.fonts
import weasyprint.pdf.stream
import weasyprint.pdf.tags
import weasyprint.text.ffi
import weasyprint.text.line_break
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse, select_source

from .beschleunigung import ctypen
from .beschleunigung.pressung import mit_stufe
from .beschleunigung.schriftzug import mit_gemerkter_hoehe, mit_schriftzug
from .beschleunigung.stile import mit_geteilten_stilen, ohne_anker
from .beschleunigung.stilvorrat import mit_vorrat
from .beschleunigung.zeichenklassen import Zeichenklassen
from .erzeuger import ERZEUGER
from .nachbesserung.fortsetzung import mit_fortsetzung
from .nachbesserung.pdf_tags import Strukturbaum, mit_herkunft
from .nachbesserung.wortlaut import mit_wortlaut
from .nachbesserung.zeilenende import mit_ende, mit_leerraum, mit_merkmal, ohne_leerzeichen
from .stueck import Dateianhang, Satzauftrag, Stueck

log = logging.getLogger(__name__)

Holen = Callable[[str], tuple[str, bytes]]
"""Gives media type and content of an address; raises ValueError where it may not be opened."""

VARIANTE = "pdf/a-3a"
SCHLICHT = "pdf/a-3b"
"""The same without tags."""
_START = re.compile(r'<ol\b[^<>]* start="([0-9]{1,9})"')
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


class TeilUnsetzbar(DruckFehler):
    """A part cannot be typeset, or takes too much time or memory; the text names it, for whoever waits."""


class SatzAbgebrochen(TeilUnsetzbar):
    """A process that typesets was killed, such as for want of memory beside others: another try may succeed."""


def setze(html: str, hole: Holen, *, anlagen=(), stand: dt.date | None = None) -> bytes:
    """The PDF of a print HTML; `anlagen` bear the date `stand`. Raises DruckFehler where a static: file is missing."""
    with ohne_speicherbereinigung():
        _, pdf = _setze(html, hole, anlagen=anlagen, stand=stand, erzeuger=ERZEUGER)
    return pdf


def setze_stueck(auftrag: Satzauftrag) -> Stueck:
    """The PDF of a piece, and what has to be known of it to bind it with others. Raises DruckFehler as `setze` does."""

    def hole(adresse):
        if adresse not in auftrag.dateien:
            raise ValueError(f"Im Druck nicht erlaubte Adresse: {adresse[:200]!r}")
        return auftrag.dateien[adresse]

    gesetzt, pdf = _setze(
        auftrag.html,
        hole,
        vorsatz=auftrag.vorsatz,
        anlagen=auftrag.anlagen,
        stand=auftrag.stand,
        variante=SCHLICHT if auftrag.schlicht else VARIANTE,
    )
    ziele = {}
    for nummer, seite in enumerate(gesetzt.pages):
        # An element that continues on a later page keeps the page on which it began.
        ziele = dict.fromkeys(seite.anchors, nummer) | ziele
    return Stueck(pdf, [seite._page_box.page_type.name for seite in gesetzt.pages], ziele)


def _setze(
    html: str, hole: Holen, *, vorsatz: str = "", anlagen=(), stand=None, variante: str = VARIANTE, erzeuger: str = ""
) -> tuple[weasyprint.Document, bytes]:
    """`vorsatz` begins the IDs; `erzeuger` stands in place of the program that the HTML names, where it names one."""
    abholer = Abholer(hole)

    def vollende(gesetzt, pdf) -> None:
        if variante == VARIANTE:
            _merke_ebenen(gesetzt, pdf)
            Strukturbaum(pdf, vorsatz).bessere()
            _ergaenze_kennung(pdf)

    try:
        gesetzt = weasyprint.HTML(string=html, url_fetcher=abholer).render(
            stylesheets=[weasyprint.CSS(string=_zaehlregeln(html))], pdf_variant=variante
        )
        _behalte_links(gesetzt)
        if gesetzt.metadata.generator and erzeuger:
            gesetzt.metadata.generator = erzeuger
        gesetzt.metadata.attachments = [_anhang(anlage, stand, abholer) for anlage in anlagen]
        return gesetzt, gesetzt.write_pdf(pdf_variant=variante, finisher=vollende)
    except FatalURLFetchingError as fehler:
        raise DruckFehler(str(fehler)) from fehler


def _zaehlregeln(html: str) -> str:
    """The first numbers of lists as style: WeasyPrint reads the attribute `start` only together with others that a text
    has no business to set."""
    erste = sorted(set(map(int, _START.findall(html))))
    return "".join(f'ol[start="{start}"] {{ counter-reset: list-item {start - 1} }}\n' for start in erste)


class Abholer(URLFetcher):
    """Opens what `hole` gives and nothing else. A missing file of the project stops the print; the rest is left out."""

    def __init__(self, hole: Holen) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._hole = hole

    def fetch(self, url, headers=None):
        try:
            typ, inhalt = self._hole(url)
        except ValueError as fehler:
            log.warning("%s", fehler)
            if url.startswith("static:"):
                raise FatalURLFetchingError(str(fehler)) from fehler
            raise
        return URLFetcherResponse(url, inhalt, {"Content-Type": typ})


@contextmanager
def ohne_speicherbereinigung():
    """Layout makes millions of small objects that live to the end: searching them for garbage costs a seventh."""
    an = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if an:
            gc.enable()


def _anhang(anlage: Dateianhang, stand: dt.date | None, abholer: Abholer) -> weasyprint.Attachment:
    zeit = dt.datetime.combine(stand or dt.date(2000, 1, 1), dt.time())
    return weasyprint.Attachment(
        string=anlage.inhalt,
        name=anlage.name,
        description=anlage.beschreibung,
        relationship=anlage.beziehung,
        created=zeit,
        modified=zeit,
        url_fetcher=abholer,
    )


def _behalte_links(gesetzt) -> None:
    """One area for each link on a line: WeasyPrint makes another for every emphasis, line break and page number inside
    it, and says so in the tags where no link may stand."""
    for seite in gesetzt.pages:
        seite.links[:] = [link for link in seite.links if link[3].element is None or link[3].element_tag == "a"]


def _merke_ebenen(gesetzt, pdf: pydyf.PDF) -> None:
    """The heading level of each bookmark as /Ebene: the bookmarks of a piece that begins with a section of the second
    level stand on the first, until they are bound together with what comes before."""

    def punkte(oben):
        verweis = oben.get("First")
        while verweis:
            punkt = pdf.objects[int(verweis.split()[0])]
            yield punkt
            yield from punkte(punkt)
            verweis = punkt.get("Next")

    if "Outlines" in pdf.catalog:
        ebenen = [ebene for seite in gesetzt.pages for ebene, *_ in seite.bookmarks]
        wurzel = pdf.objects[int(pdf.catalog["Outlines"].split()[0])]
        for punkt, ebene in zip(punkte(wurzel), ebenen, strict=True):
            punkt["Ebene"] = ebene


def _ergaenze_kennung(pdf: pydyf.PDF) -> None:
    metadaten = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    vorher, ende, nachher = b"".join(metadaten.stream).rpartition(b"</rdf:RDF>")
    metadaten.stream = [vorher, UA_KENNUNG, ende, nachher]


def _seitenverweise(pdf: pydyf.PDF) -> tuple[bytes, ...]:
    """The references of all pages; WeasyPrint asks for them with every element, pydyf builds them each time anew."""
    kinder = pdf.pages["Kids"]
    gemerkt = pdf.__dict__.get("_seitenverweise")
    if gemerkt is None or gemerkt[0] != len(kinder):
        gemerkt = pdf._seitenverweise = (len(kinder), tuple(f"{n} 0 R".encode("ascii") for n in kinder[::3]))
    return gemerkt[1]


pydyf.PDF.page_references = property(_seitenverweise)
tinyhtml5.inputstream.characters_until_regex = Zeichenklassen()
pydyf.zlib = mit_stufe(pydyf.zlib)
weasyprint.css.CSS = mit_vorrat(weasyprint.css.CSS, select_source)
weasyprint.css.find_style_attributes = ohne_anker(weasyprint.css.find_style_attributes)
weasyprint.css.StyleFor = mit_geteilten_stilen(weasyprint.css.StyleFor, weasyprint.css.ComputedStyle)
weasyprint.text.line_break.Layout.setup = mit_schriftzug(
    weasyprint.text.line_break.Layout.setup, weasyprint.text.line_break
)
weasyprint.layout.inline.strut = mit_gemerkter_hoehe(weasyprint.layout.inline.strut)
weasyprint.text.line_break.first_line_metrics = mit_merkmal(weasyprint.text.line_break.first_line_metrics)
weasyprint.layout.inline.split_first_line = ohne_leerzeichen(weasyprint.layout.inline.split_first_line)
weasyprint.layout.inline.get_next_linebox = mit_ende(weasyprint.layout.inline.get_next_linebox)
weasyprint.draw.text.draw_first_line = mit_leerraum(weasyprint.draw.text.draw_first_line)
weasyprint.pdf.fonts.ffi = ctypen.OhneLaengen(weasyprint.pdf.fonts.ffi)
weasyprint.pdf.tags._build_box_tree = mit_herkunft(weasyprint.pdf.tags._build_box_tree)
weasyprint.layout.make_margin_boxes = mit_fortsetzung(weasyprint.layout.make_margin_boxes)
weasyprint.pdf.stream.Stream.marked = mit_wortlaut(weasyprint.pdf.stream.Stream.marked)
ctypen.lies(weasyprint.pdf.fonts.ffi)


def lies_stilblaetter(kopf: str, hole: Holen) -> None:
    """Parse the style sheets of a head, which are kept: each process that forks from this one has them. Opens the
    sheets, but no fonts, and starts no thread. Raises DruckFehler where a static: file is missing."""
    html = weasyprint.HTML(string=kopf, url_fetcher=Abholer(hole))
    (zaehler,) = html._ua_counter_style()
    woher = html.wrapper_element, html.media_type, html.url_fetcher, html.base_url
    try:
        list(weasyprint.css.find_stylesheets(*woher, None, zaehler, {}, [], []))
    except FatalURLFetchingError as fehler:
        raise DruckFehler(str(fehler)) from fehler
