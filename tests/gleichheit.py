"""Two prints of a document as values: what a reader sees, hears and follows in them, whatever their bytes.

`pruefe(a, b)` fails with what differs. Where in the content of a page its running heads are written
makes no difference, nor do the IDs of header cells, as long as they lead to the same cells.
"""

import hashlib
import io
import subprocess
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from difflib import unified_diff
from itertools import takewhile, zip_longest
from typing import NamedTuple

from pikepdf import Array, Dictionary, Pdf

GESAGTES = ("/Alt", "/ActualText", "/E", "/Lang")
"""What an element of the tag tree says of itself beside its kind."""
HOECHSTENS = 20
"""Lines of one sort that are told."""
FENSTER = 300
"""Lines from the first one that differs which are laid beside each other."""


class Werte(NamedTuple):
    """A print, a line for each thing there is to compare. Pages count from 1; heights are points from below.

    `elemente` are the tag tree in reading order, indented by depth: kind, what it says, and of cells what they span and
    the places of their headers among these lines. `marken` are of each page the places of the elements to which its
    marked content and its links belong, in the order of their numbers.
    """

    seiten: list[str]
    texte: list[str]
    elemente: list[str]
    marken: list[str]
    ziele: list[str]
    verweise: list[str]
    lesezeichen: list[str]
    angaben: list[str]


def pruefe(erster: bytes, zweiter: bytes) -> None:
    """AssertionError with the `unterschiede`, where there are any."""
    if gefunden := unterschiede(erster, zweiter):
        raise AssertionError("\n".join(["The prints differ (- the first, + the second):", *gefunden]))


def unterschiede(erster: bytes, zweiter: bytes) -> list[str]:
    """What differs between two PDFs, sort by sort (see `Werte`): "-" begins what only the first one has, "+" what only
    the second; of a page's text it is the words around the first that differs. Nothing where they are the same.
    ValueError where one of them contradicts itself (see `werte`)."""
    with ThreadPoolExecutor(2) as becken:
        texte = becken.map(texte_von, (erster, zweiter))
        a, b = (werte(pdf)._replace(texte=seiten) for pdf, seiten in zip((erster, zweiter), texte, strict=True))
    gefunden = []
    for sorte in Werte._fields:
        vergleiche = _andere_worte if sorte == "texte" else _andere_zeilen
        zeilen = list(vergleiche(getattr(a, sorte), getattr(b, sorte)))
        gefunden += [f"{sorte}: {zeile}" for zeile in zeilen[:HOECHSTENS]]
        if len(zeilen) > HOECHSTENS:
            gefunden.append(f"{sorte}: and more")
    return gefunden


def werte(pdf: bytes) -> Werte:
    """What there is to compare in a PDF, its texts left out. ValueError where a link or a bookmark leads nowhere, a
    cell names what is no header, or pages and tags do not name each other."""
    with Pdf.open(io.BytesIO(pdf)) as datei:
        seiten = [seite.obj for seite in datei.pages]
        nummern = {seite.objgen: nummer for nummer, seite in enumerate(seiten, start=1)}
        baum = _Baum(datei)
        ziele = {str(name): _ort(ziel, nummern) for name, ziel in _paare(datei.Root.Names.Dests.Names)}
        vermerke = [(nummer, v) for nummer, seite in enumerate(seiten, start=1) for v in seite.get("/Annots", [])]
        return Werte(
            seiten=[f"{nummern[seite.objgen]}: {[round(float(m)) for m in seite.MediaBox]}" for seite in seiten],
            texte=[],
            elemente=baum.zeilen,
            marken=[f"{nummern[seite.objgen]}: {baum.marken(seite)}" for seite in seiten],
            ziele=[f"{name}: {ort}" for name, ort in sorted(ziele.items())],
            verweise=[f"{nummer}: {_verweis(vermerk, ziele)}" for nummer, vermerk in vermerke],
            lesezeichen=list(_lesezeichen(datei, nummern)),
            angaben=list(_angaben(datei)),
        )


def texte_von(pdf: bytes) -> list[str]:
    """The words of each page as they lie on it, one space between any two."""
    lauf = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return [" ".join(seite.split()) for seite in lauf.stdout.decode().split("\f")[:-1]]


def seiten_der_ziele(pdf: bytes) -> dict[str, int]:
    """The page of each named target."""
    with Pdf.open(io.BytesIO(pdf)) as datei:
        nummern = {seite.obj.objgen: nummer for nummer, seite in enumerate(datei.pages, start=1)}
        return {str(name): nummern[ziel[0].objgen] for name, ziel in _paare(datei.Root.Names.Dests.Names)}


class _Baum:
    """The tag tree of a PDF; `zeilen` are `Werte.elemente`."""

    def __init__(self, datei: Pdf):
        wurzel = datei.Root.StructTreeRoot
        self._zu = {int(nummer): wert for nummer, wert in _paare(wurzel.ParentTree.Nums)}
        elemente = list(_steige(wurzel))
        self._platz = {element.objgen: platz for platz, (_, element) in enumerate(elemente)}
        self._koepfe = {bytes(e.ID): platz for platz, (_, e) in enumerate(elemente) if "/ID" in e}
        kennungen = _paare(wurzel.IDTree.Names) if "/IDTree" in wurzel else ()
        if {bytes(kennung): self._platz[e.objgen] for kennung, e in kennungen} != self._koepfe:
            raise ValueError("The list of IDs is not that of the elements which have one.")
        self.zeilen = [f"{' ' * tiefe}{self._zeile(element)}" for tiefe, element in elemente]

    def _zeile(self, element: Dictionary) -> str:
        zeile = str(element.S)
        if "/A" in element:
            for name, wert in sorted((name, wert) for art in _liste(element.A) for name, wert in art.items()):
                zeile += f" {name}={self._gemeinte(wert) if name == '/Headers' else wert}"
        return zeile + "".join(f" {name}={str(element[name])!r}" for name in GESAGTES if name in element)

    def _gemeinte(self, kennungen: Array) -> list[int]:
        gemeint = [self._koepfe.get(bytes(kennung)) for kennung in kennungen]
        if None in gemeint:
            raise ValueError(f"A cell names a header that is not there: {list(map(bytes, kennungen))}")
        return gemeint

    def marken(self, seite: Dictionary) -> str:
        inhalt = [(m, e) for m, e in enumerate(self._zu[int(seite.StructParents)]) if e is not None]  # None: artifacts
        for marke, element in inhalt:
            if element.Pg.objgen != seite.objgen or marke not in (k for k in _liste(element.K) if isinstance(k, int)):
                raise ValueError(f"Mark {marke} of a page is not in the element to which the page says it belongs.")
        vermerke = [self._zu[int(vermerk.StructParent)] for vermerk in seite.get("/Annots", [])]
        return str([[self._platz[e.objgen] for e in teil] for teil in ([e for _, e in inhalt], vermerke)])


def _steige(wurzel: Dictionary) -> Iterator[tuple[int, Dictionary]]:
    """The elements in reading order, each with its depth."""
    stapel = [(0, kind) for kind in reversed(_liste(wurzel.K))]
    while stapel:
        tiefe, element = stapel.pop()
        if isinstance(element, Dictionary) and "/S" in element:
            yield tiefe, element
            stapel += [(tiefe + 1, kind) for kind in reversed(_liste(element.get("/K", [])))]


def _verweis(vermerk: Dictionary, ziele: dict[str, str]) -> str:
    """Where a link leads, and what is said of it."""
    if "/Dest" in vermerk and str(vermerk.Dest) not in ziele:
        raise ValueError(f"A link leads to {vermerk.Dest}, which is not there.")
    wohin = vermerk.Dest if "/Dest" in vermerk else vermerk.A.URI
    return f"{wohin} ({vermerk.get('/Contents')})"


def _lesezeichen(datei: Pdf, nummern: dict) -> Iterator[str]:
    def steige(punkte, tiefe):
        for punkt in punkte:
            yield f"{' ' * tiefe}{punkt.title}: {_ort(punkt.destination, nummern)}"
            yield from steige(punkt.children, tiefe + 1)

    with datei.open_outline() as gliederung:
        yield from steige(gliederung.root, 0)


def _ort(ziel: Array, nummern: dict) -> str:
    """The page of a destination and how high on it."""
    if ziel[0].objgen not in nummern:
        raise ValueError("A destination is on no page.")
    return f"page {nummern[ziel[0].objgen]}, {round(float(ziel[3]), 1)}"


def _angaben(datei: Pdf) -> Iterator[str]:
    """What is said of the whole, and the files in it."""
    yield f"/Lang {datei.Root.get('/Lang')}"
    yield from (f"{name} {wert}" for name, wert in sorted(datei.docinfo.items()))
    for name, anlage in sorted(datei.attachments.items()):
        yield f"{name} {hashlib.sha256(anlage.get_file().read_bytes()).hexdigest()}"


def _liste(wert) -> list:
    return list(wert) if isinstance(wert, Array | list) else [wert]


def _paare(werte: Iterable) -> list[tuple]:
    alle = list(werte)
    return list(zip(alle[::2], alle[1::2], strict=True))


def _gleiche(a: list[str], b: list[str]) -> int:
    """How many are the same from the beginning on."""
    return sum(1 for _ in takewhile(lambda paar: paar[0] == paar[1], zip(a, b, strict=False)))


def _andere_zeilen(a: list[str], b: list[str]) -> Iterator[str]:
    if a != b:
        ab = max(0, _gleiche(a, b) - 1)  # with one line before the first that differs
        yield from list(unified_diff(a[ab : ab + FENSTER], b[ab : ab + FENSTER], n=1, lineterm=""))[3:]
        if len(a) != len(b):
            yield f"{len(a)} and {len(b)} in all"


def _andere_worte(a: list[str], b: list[str]) -> Iterator[str]:
    for nummer, (eine, andere) in enumerate(zip_longest(a, b, fillvalue=""), start=1):
        if eine != andere:
            gleiche = _gleiche(eine.split(), andere.split())
            ausschnitte = (" ".join(seite.split()[max(0, gleiche - 3) : gleiche + 9]) for seite in (eine, andere))
            yield "page {}: - {} + {}".format(nummer, *ausschnitte)
