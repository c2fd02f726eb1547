"""Binds PDFs that were typeset apart into one: pages, tags, targets and bookmarks, and numbers the pages."""

import io
from collections.abc import Iterator
from itertools import chain

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, OutlineItem, Pdf, String

VERWEIS = "verweis:"
"""Scheme of a link into another part; it becomes a link to the target of that name."""


def ziele(pdf: bytes) -> tuple[int, dict[str, int]]:
    """The number of pages, and the page (from 0) of every named target."""
    with Pdf.open(io.BytesIO(pdf)) as teil:
        seiten = {seite.obj.objgen: nummer for nummer, seite in enumerate(teil.pages)}
        return len(teil.pages), {name: seiten[ziel[0].objgen] for name, ziel in _ziele(teil)}


def formate(pdf: bytes) -> list[str]:
    """Of each page whether it is upright ("hoch") or across ("quer")."""
    with Pdf.open(io.BytesIO(pdf)) as teil:
        masse = ([float(zahl) for zahl in seite.mediabox] for seite in teil.pages)
        return ["quer" if rechts - links > oben - unten else "hoch" for links, unten, rechts, oben in masse]


def binde(teile: list[bytes], fussblaetter: list[bytes]) -> bytes:
    """One PDF from parts in order. Catalogue, metadata and attachments are those of the first part; the pages of the
    `fussblaetter` (as many as there are in all) are laid over the others as artifacts. Same parts, same bytes."""
    quellen = [Pdf.open(io.BytesIO(teil)) for teil in teile]
    fuesse = [Pdf.open(io.BytesIO(blaetter)) for blaetter in fussblaetter]
    ganzes = quellen[0]
    baum = ganzes.Root.StructTreeRoot
    dokument = baum.K[0]
    nummern = list(baum.ParentTree.Nums)
    kennungen = list(_kennungen(baum))
    namen = dict(_ziele(ganzes))
    lesezeichen = _lesezeichen(ganzes)
    for quelle in quellen[1:]:
        versatz = _naechste(nummern)
        erste = len(ganzes.pages)
        for seite in quelle.pages:
            ganzes.pages.append(seite)
        fremd = ganzes.copy_foreign(quelle.Root.StructTreeRoot)
        for seite in list(ganzes.pages)[erste:]:
            _verschiebe(seite.obj, versatz)
        for schluessel, wert in _paare(fremd.ParentTree.Nums):
            nummern += [int(schluessel) + versatz, wert]
        for element in fremd.K[0].K:
            element.P = dokument
            dokument.K.append(element)
        kennungen += _kennungen(fremd)
        seiten = {seite.obj.objgen: erste + i for i, seite in enumerate(quelle.pages)}
        for name, ziel in _ziele(quelle):
            namen[name] = _ziel(ganzes, seiten, ziel)
        for ebene, titel, ziel in _lesezeichen(quelle):
            lesezeichen.append((ebene, titel, _ziel(ganzes, seiten, ziel)))
    baum.ParentTree.Nums = Array(nummern)
    baum.ParentTreeNextKey = _naechste(nummern)
    if kennungen:
        kennungen.sort(key=lambda paar: bytes(paar[0]))
        baum.IDTree = Dictionary(Names=Array([teil for paar in kennungen for teil in paar]))
    geordnet = sorted(namen.items(), key=lambda paar: bytes(String(paar[0])))
    verzeichnis = ganzes.Root.get("/Names") or Dictionary()
    verzeichnis.Dests = Dictionary(Names=Array([teil for name, ziel in geordnet for teil in (String(name), ziel)]))
    ganzes.Root.Names = verzeichnis
    with ganzes.open_outline() as outline:
        outline.root[:] = _gegliedert(lesezeichen)
    blaetter = chain.from_iterable(fuss.pages for fuss in fuesse)
    for nummer, (seite, blatt) in enumerate(zip(ganzes.pages, blaetter, strict=True), start=1):
        _verweise(seite.obj)
        _lege_auf(ganzes, seite, blatt, f"/Fussblatt{nummer}")
    ausgabe = io.BytesIO()
    ganzes.save(ausgabe, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)
    return ausgabe.getvalue()


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


def _ziel(ganzes: Pdf, seiten: dict, ziel) -> Array:
    return Array([ganzes.pages[seiten[ziel[0].objgen]].obj, *list(ziel)[1:]])


def _lesezeichen(quelle: Pdf) -> list[tuple[int, str, Object]]:
    """(level of the heading, title, destination) of each bookmark in reading order."""

    def steige(punkte):
        for punkt in punkte:
            yield int(punkt.obj.Ebene), punkt.title, punkt.destination
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


def _verweise(seite) -> None:
    for vermerk in seite.get("/Annots", []):
        adresse = str(vermerk.get("/A", Dictionary()).get("/URI", ""))
        if adresse.startswith(VERWEIS):
            del vermerk["/A"]
            vermerk.Dest = String(adresse.removeprefix(VERWEIS))


def _lege_auf(ganzes: Pdf, seite, blatt, name: str) -> None:
    # WeasyPrint's pages share their resources, so that each sheet needs a name of its own.
    seite.add_resource(ganzes.copy_foreign(blatt.as_form_xobject()), Name.XObject, Name(name))
    seite.contents_add(b"q\n", prepend=True)
    auflage = f"Q\n/Artifact <</Type /Pagination /Subtype /Footer>> BDC\nq {name} Do Q\nEMC"
    seite.contents_add(auflage.encode("ascii"))
