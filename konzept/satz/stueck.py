"""A piece of a print: what is typeset by itself, kept, and bound together with others later."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Protocol

import msgspec

from .versionen import versionen

Dateien = Mapping[str, tuple[str, bytes]]
"""Media type and content of files, by the address under which an HTML names them."""


class Dateianhang(msgspec.Struct, frozen=True, kw_only=True):
    """A file inside the PDF, such as the measures as CSV. `beziehung`: Data, Source, Supplement or Alternative."""

    name: str
    inhalt: bytes
    beschreibung: str
    beziehung: str = "Data"


class Satzauftrag(msgspec.Struct, frozen=True, kw_only=True):
    """What it takes to typeset a piece: the HTML, every file that it names, and those to be put into the PDF, which
    bear the date `stand`. `name` is how a reader calls it ("4.1 Ankommen und Sprache"), for whoever has to be told that
    it failed. `schlicht`: pages without tags, to be laid over others."""

    html: str
    dateien: Dateien
    schlicht: bool = False
    anlagen: tuple[Dateianhang, ...] = ()
    stand: dt.date | None = None
    name: str = ""

    @property
    def schluessel(self) -> str:
        """SHA-256 of all that can change what comes of it: the HTML, the files, and the program."""
        summe = hashlib.sha256(_programm())
        for adresse in sorted(self.dateien):
            typ, inhalt = self.dateien[adresse]
            summe.update(f"{adresse}\0{typ}\0".encode())
            summe.update(_summe(inhalt))
        if self.anlagen or self.schlicht:
            summe.update(msgspec.msgpack.encode((self.anlagen, self.stand, self.schlicht)))
        summe.update(self.html.encode())
        return summe.hexdigest()

    @property
    def vorsatz(self) -> str:
        """Keeps its IDs apart from those of other pieces. It tells nothing of the place, which may change."""
        return f"{self.schluessel[:12]}-"


class Stueck(msgspec.Struct, frozen=True):
    """A piece that was typeset: the PDF, of each page the name that its style sheet gives it ("" without any), and the
    page (from 0) of every target."""

    pdf: bytes
    seiten: list[str]
    ziele: dict[str, int]

    def als_bytes(self, schluessel: str = "") -> bytes:
        """With a checksum, which tells also of which key it is."""
        inhalt = msgspec.msgpack.encode(self)
        return _pruefsumme(schluessel, inhalt) + inhalt


def lies(ganzes: bytes, schluessel: str = "") -> Stueck:
    """What `als_bytes` gave for this key. Raises ValueError where it is not whole, or another."""
    summe, inhalt = ganzes[:_LAENGE], ganzes[_LAENGE:]
    if summe != _pruefsumme(schluessel, inhalt):
        raise ValueError("A kept piece is damaged.")
    return msgspec.msgpack.decode(inhalt, type=Stueck)


_LAENGE = hashlib.sha256().digest_size


def _pruefsumme(schluessel: str, inhalt: bytes) -> bytes:
    return hashlib.sha256(schluessel.encode() + inhalt).digest()


class Speicher(Protocol):
    """Where pieces are kept between prints, by their keys."""

    def lies(self, schluessel: list[str]) -> dict[str, bytes]:
        """The contents of those of these pieces that are kept, by key."""

    def behalte(self, schluessel: str, inhalt: bytes) -> None:
        """Keep the content of a piece under its key. Where that fails, the piece is typeset again the next time."""


class OhneSpeicher:
    """Keeps nothing."""

    def lies(self, schluessel: list[str]) -> dict[str, bytes]:
        return {}

    def behalte(self, schluessel: str, inhalt: bytes) -> None:
        pass


_summen: dict[int, tuple[bytes, bytes]] = {}


def _summe(inhalt: bytes) -> bytes:
    """The fonts are the same objects for each piece, and some megabytes."""
    gemerkt = _summen.get(id(inhalt))
    if gemerkt is None or gemerkt[0] is not inhalt:
        if len(_summen) > 200:
            _summen.clear()
        gemerkt = _summen[id(inhalt)] = (inhalt, hashlib.sha256(inhalt).digest())
    return gemerkt[1]


@cache
def _programm() -> bytes:
    """A fingerprint of this package and of the libraries that decide how a page looks."""
    summe = hashlib.sha256(versionen().encode())
    for datei in sorted(Path(__file__).parent.rglob("*.py")):
        summe.update(datei.read_bytes())
    return summe.digest()
