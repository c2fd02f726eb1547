"""Binds PDFs that were typeset apart into one: pages, tags, targets and bookmarks, and numbers the pages."""

import hashlib
import io
from collections.abc import Iterator
from typing import NamedTuple

from pikepdf import Array, Dictionary, Object, ObjectStreamMode, OutlineItem, Pdf, String

from . import erzeuger
from .seitenzahlen import Schrift, schriften
from .stueck import Stueck

_STATISCH = b"31415926535897932384626433832795"
"""What qpdf writes as the second half of a "static" ID, at the end of the file."""
VERWEIS = "verweis:"
"""Scheme of a link into another part; it becomes a link to the target of that name."""


class Auflage(NamedTuple):
    """What is laid over pages that were typeset without it: for those of each of the `namen` (see `stueck.Stueck`) a
    page of the PDF `rahmen` with the running heads, and one of `muster` with sample page numbers (see `seitenzahlen`).
    Pages of other names get nothing."""

    namen: tuple[str, ...]
    muster: bytes
    rahmen: bytes = b""


class Teil(NamedTuple):
    """A piece in its place. `tiefer`: by how many levels its bookmarks stand below those that it has by itself.
    `offen`: with how many elements, each the first in the one before, it goes on where the piece before ended."""

    stueck: Stueck
    auflage: Auflage
    tiefer: int = 0
    offen: int = 0


def seitenzahl(pdf: bytes) -> int:
    """The number of pages of a PDF."""
    with Pdf.open(io.BytesIO(pdf)) as ganzes:
        return len(ganzes.pages)


def binde(teile: list[Teil]) -> bytes:
    """One PDF from parts in order, with running heads and page numbers laid over as artifacts. Catalogue, metadata and
    attachments are those of the first part. Same parts, same bytes."""
    ganzes = Pdf.open(io.BytesIO(teile[0].stueck.pdf))
    auflagen = _Auflagen(ganzes, sum(len(teil.stueck.seiten) for teil in teile))
    baum = ganzes.Root.StructTreeRoot
    dokument = baum.K[0]
    elemente, nummern, kennungen = list(dokument.K), list(baum.ParentTree.Nums), list(_kennungen(baum))
    naechste = _naechste(nummern)
    namen, lesezeichen = dict(_ziele(ganzes)), _lesezeichen(ganzes, teile[0].tiefer)
    auflagen.lege_auf([seite.obj for seite in ganzes.pages], teile[0])
    for teil in teile[1:]:
        quelle = Pdf.open(io.BytesIO(teil.stueck.pdf))
        erste = len(ganzes.pages)
        for seite in quelle.pages:
            ganzes.pages.append(seite)
        neue = [seite.obj for seite in ganzes.pages[erste:]]
        fremd = ganzes.copy_foreign(quelle.Root.StructTreeRoot)
        for seite in neue:
            _verschiebe(seite, naechste)
        eigene = list(fremd.ParentTree.Nums)
        eigene[::2] = [int(schluessel) + naechste for schluessel in eigene[::2]]
        nummern += eigene
        naechste = _naechste(eigene)
        _haenge_an(dokument, elemente, list(fremd.K[0].K), teil.offen)
        kennungen += _kennungen(fremd)
        seiten = {seite.obj.objgen: neue[i] for i, seite in enumerate(quelle.pages)}
        for name, ziel in _ziele(quelle):
            namen[name] = _ziel(seiten, ziel)
        for ebene, titel, ziel in _lesezeichen(quelle, teil.tiefer):
            lesezeichen.append((ebene, titel, _ziel(seiten, ziel)))
        auflagen.lege_auf(neue, teil)
    dokument.K = Array(elemente)
    baum.ParentTree.Nums = Array(nummern)
    baum.ParentTreeNextKey = naechste
    if kennungen:
        kennungen.sort(key=lambda paar: bytes(paar[0]))
        baum.IDTree = Dictionary(Names=Array([teil for paar in kennungen for teil in paar]))
    geordnet = sorted(namen.items(), key=lambda paar: bytes(String(paar[0])))
    verzeichnis = ganzes.Root.get("/Names") or Dictionary()
    verzeichnis.Dests = Dictionary(Names=Array([teil for name, ziel in geordnet for teil in (String(name), ziel)]))
    ganzes.Root.Names = verzeichnis
    with ganzes.open_outline() as outline:
        outline.root[:] = _gegliedert(lesezeichen)
    erzeuger.nenne(ganzes)
    return _gespeichert(ganzes, teile)


def _gespeichert(ganzes: Pdf, teile: list[Teil]) -> bytes:
    """With an ID made of what flowed in: qpdf would make it of the whole file, which takes as long as writing that."""
    summe = hashlib.sha256(erzeuger.ERZEUGER.encode())
    for teil in teile:
        for inhalt in (teil.stueck.pdf, teil.auflage.muster, teil.auflage.rahmen):
            summe.update(hashlib.sha256(inhalt).digest())
    kennung = summe.digest()[:16]
    ganzes.trailer.ID = Array([String(kennung), String(kennung)])
    ausgabe = io.BytesIO()
    ganzes.save(ausgabe, object_stream_mode=ObjectStreamMode.generate, static_id=True)
    vorher, _, nachher = ausgabe.getvalue().rpartition(_STATISCH)
    return vorher + kennung.hex().encode("ascii") + nachher


class _Auflagen:
    """Lays them over the pages of `ganzes`, which become `gesamt`, one part after the other."""

    def __init__(self, ganzes: Pdf, gesamt: int) -> None:
        self.ganzes, self.gesamt, self.nummer = ganzes, gesamt, 0
        self._davor = ganzes.make_stream(b"q\n")
        self._je_seitenname: dict[Auflage, dict[str, tuple[Object | None, Schrift | None]]] = {}

    def lege_auf(self, seiten: list[Object], teil: Teil) -> None:
        je_name = self._je_seitenname.get(teil.auflage)
        if je_name is None:
            je_name = self._je_seitenname[teil.auflage] = self._uebernimm(teil.auflage)
        for seite, name in zip(seiten, teil.stueck.seiten, strict=True):
            self.nummer += 1
            rahmen, schrift = je_name.get(name, (None, None))
            _mache_verweise(seite)
            # The pages of a part share one dictionary of resources, so that the keys differ by the name of the page.
            if rahmen is not None:
                seite.Resources.XObject[f"/Rahmen-{name}"] = rahmen
            if schrift is not None:
                seite.Resources.Font[f"/Seitenzahl-{name}"] = schrift.font
            zeichnung = self._zeichnung(seite, name, rahmen, schrift)
            if zeichnung:
                danach = b"Q\n/Artifact <</Type /Pagination>> BDC\n" + zeichnung + b"\nEMC\n"
                seite.Contents = Array([self._davor, seite.Contents, self.ganzes.make_stream(danach)])

    def _zeichnung(self, seite: Object, name: str, rahmen: Object | None, schrift: Schrift | None) -> bytes:
        zeilen = []
        if rahmen is not None:
            zeilen.append(f"q /Rahmen-{name} Do Q".encode("ascii"))
        if schrift is not None:
            text = f"Seite {self.nummer} von {self.gesamt}"
            zeilen.append(schrift.strom(text, float(seite.MediaBox[2]), f"/Seitenzahl-{name}"))
        return b"\n".join(zeilen)

    def _uebernimm(self, auflage: Auflage) -> dict[str, tuple[Object | None, Schrift | None]]:
        muster = Pdf.open(io.BytesIO(auflage.muster))
        zahlen = [
            schrift and schrift._replace(font=self.ganzes.copy_foreign(schrift.font)) for schrift in schriften(muster)
        ]
        rahmen = [None] * len(auflage.namen)
        if auflage.rahmen:
            blaetter = Pdf.open(io.BytesIO(auflage.rahmen))
            rahmen = [self.ganzes.copy_foreign(blatt.as_form_xobject()) for blatt in blaetter.pages]
        return dict(zip(auflage.namen, zip(rahmen, zahlen, strict=True), strict=True))


def _haenge_an(eltern: Object, elemente: list[Object], neue: list[Object], offen: int) -> None:
    """Add to the `elemente` below `eltern`, which are written to it later; `offen` levels go on in the last of them."""
    if offen:
        letztes, weiter = elemente[-1], neue.pop(0)
        kinder = list(letztes.K)
        _haenge_an(letztes, kinder, list(weiter.K), offen - 1)
        letztes.K = Array(kinder)
    for element in neue:
        element.P = eltern
    elemente += neue


def _paare(nummern) -> Iterator[tuple[Object, Object]]:
    werte = list(nummern)
    return zip(werte[::2], werte[1::2], strict=True)


def _naechste(nummern: list) -> int:
    return max((int(schluessel) for schluessel in nummern[::2]), default=-1) + 1


def _kennungen(baum) -> list:
    return list(_paare(baum.IDTree.Names)) if "/IDTree" in baum else []


def _ziele(pdf: Pdf) -> Iterator[tuple[str, Object]]:
    verzeichnis = pdf.Root.get("/Names", Dictionary()).get("/Dests")
    if verzeichnis is not None:
        for name, ziel in _paare(verzeichnis.Names):
            yield str(name), ziel


def _ziel(seiten: dict, ziel) -> Array:
    return Array([seiten[ziel[0].objgen], *list(ziel)[1:]])


def _lesezeichen(quelle: Pdf, tiefer: int) -> list[tuple[int, str, Object]]:
    """(level of the heading, title, destination) of each bookmark in reading order."""

    def steige(punkte):
        for punkt in punkte:
            yield int(punkt.obj.Ebene) + tiefer, punkt.title, punkt.destination
            yield from steige(punkt.children)

    with quelle.open_outline() as outline:
        return list(steige(outline.root))


def _gegliedert(lesezeichen: list[tuple[int, str, Object]]) -> list[OutlineItem]:
    """The bookmarks as a tree: each below the last one of a higher level."""
    wurzel: list[OutlineItem] = []
    offen: list[tuple[int, list[OutlineItem]]] = [(0, wurzel)]
    for ebene, titel, ziel in lesezeichen:
        while offen[-1][0] >= ebene:
            offen.pop()
        punkt = OutlineItem(titel, ziel)
        offen[-1][1].append(punkt)
        offen.append((ebene, punkt.children))
    return wurzel


def _verschiebe(seite, versatz: int) -> None:
    seite.StructParents = int(seite.StructParents) + versatz
    for vermerk in seite.get("/Annots", []):
        if "/StructParent" in vermerk:
            vermerk.StructParent = int(vermerk.StructParent) + versatz


def _mache_verweise(seite) -> None:
    for vermerk in seite.get("/Annots", []):
        adresse = str(vermerk.get("/A", Dictionary()).get("/URI", ""))
        if adresse.startswith(VERWEIS):
            del vermerk["/A"]
            vermerk.Dest = String(adresse.removeprefix(VERWEIS))
