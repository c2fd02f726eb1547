"""The examples as trees and as PDFs: loaded and printed once for all tests of the print."""

import io
import subprocess
from functools import cache, cached_property

import pikepdf
import pytest

from konzept.dokument import baum, pdf, zerlegung
from tests.konzept.dokument import vorlesen

KLEINE_STUECKE = 10_000
"""Signs of HTML in a piece, where a document of medium size is to become several."""


@pytest.fixture(scope="session")
def groesstes(beispiele):
    """The name of the largest example."""
    return max(beispiele, key=lambda name: len(baum.als_json(beispiele[name])))


class Gedaechtnis(dict):
    """Pieces by their keys, as `konzept.satz.stueck.Speicher`; `gesetzt` counts those that were not there."""

    gesetzt = 0

    def lies(self, schluessel: list[str]) -> dict[str, bytes]:
        return {name: self[name] for name in schluessel if name in self}

    def behalte(self, schluessel: str, inhalt: bytes) -> None:
        self.gesetzt += 1
        self[schluessel] = inhalt


@pytest.fixture(scope="session")
def gedaechtnis():
    """The pieces of all examples, once they are `gedruckt`."""
    return Gedaechtnis()


@pytest.fixture(scope="session")
def gedruckt(beispiele, gedaechtnis):
    """The PDF of each example; the largest one is bound from many pieces, of most others the body is one piece. A print
    out of pieces that were kept is the same, so that what is found in these holds for those."""
    return {name: pdf.drucke(dokument, speicher=gedaechtnis) for name, dokument in beispiele.items()}


@pytest.fixture(scope="session")
def zweitgroesstes(beispiele, groesstes):
    """The name of the next largest one."""
    return max(beispiele.keys() - {groesstes}, key=lambda name: len(baum.als_json(beispiele[name])))


@pytest.fixture(scope="session")
def in_stuecken(beispiele, zweitgroesstes):
    """The PDF of that example once more, bound from small pieces."""
    with pytest.MonkeyPatch.context() as stelle:
        stelle.setattr(zerlegung, "STUECK", KLEINE_STUECKE)
        return pdf.drucke(beispiele[zweitgroesstes])


class Lesen:
    """What a reader and a program find in a PDF."""

    def __init__(self, inhalt: bytes):
        self.inhalt = inhalt
        self.pdf = pikepdf.open(io.BytesIO(inhalt))
        self._seiten: dict[tuple[str, ...], list[str]] = {}
        self.seite_von = {seite.obj.objgen: nummer for nummer, seite in enumerate(self.pdf.pages, start=1)}

    def seiten(self, *optionen: str) -> list[str]:
        """The text of each page, by default in the order in which it was written."""
        if optionen not in self._seiten:
            befehl = ["pdftotext", *(optionen or ["-raw"]), "-", "-"]
            lauf = subprocess.run(befehl, input=self.inhalt, capture_output=True, check=True)
            self._seiten[optionen] = lauf.stdout.decode().split("\f")[:-1]
        return self._seiten[optionen]

    def elemente(self, art: str = ""):
        """Structure elements in reading order, of one kind if given."""
        stapel = [self.pdf.Root.StructTreeRoot.K[0]]
        while stapel:
            element = stapel.pop()
            if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
                continue
            if art in ("", element.S):
                yield element
            kinder = element.get("/K", [])
            stapel += reversed(list(kinder) if isinstance(kinder, pikepdf.Array) else [kinder])

    @cached_property
    def _texte(self):
        return vorlesen.alle_texte(self.pdf)

    def worte(self, element) -> str:
        """What is read aloud of a structure element."""
        return " ".join(vorlesen.worte(element, self._texte).split())

    def ziele(self) -> dict[str, int]:
        """Page (from 1) of each named target."""
        namen = list(self.pdf.Root.Names.Dests.Names)
        return {str(n): self.seite_von[z[0].objgen] for n, z in zip(namen[::2], namen[1::2], strict=True)}

    def links(self):
        """(page, annotation) of each link."""
        for nummer, seite in enumerate(self.pdf.pages, start=1):
            for vermerk in seite.obj.get("/Annots", []):
                yield nummer, vermerk

    def lesezeichen(self) -> list[tuple[int, str, int]]:
        """(depth, title, page) of each bookmark."""

        def steige(punkte, tiefe):
            for punkt in punkte:
                yield tiefe, str(punkt.title), self.seite_von[punkt.destination[0].objgen]
                yield from steige(punkt.children, tiefe + 1)

        with self.pdf.open_outline() as outline:
            return list(steige(outline.root, 1))


@pytest.fixture(scope="session")
def lesen():
    """`lesen(content)`: a PDF to read, once for all tests that ask for the same one."""
    return cache(Lesen)
