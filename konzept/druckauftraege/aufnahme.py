"""A print as a value: all that flows into it, as it was when it was asked for."""

import hashlib
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import ClassVar

import msgspec
from django.conf import settings
from django.utils.module_loading import import_string

from konzept.hintergrund.lauf import Unmoeglich
from konzept.satz.stueck import Speicher

__all__ = ["Aufnahme", "Fortschritt", "Speicher"]

PROGRAMM = ("templates/**/*.html", "static/css/*.css", "konzept/**/*.py", "requirements.txt")
"""What makes another print of the same rows, once it has changed."""
VERALTET = "Das Programm ist seit dem Auftrag erneuert worden. Stellen Sie das PDF bitte noch einmal her."
UNGUELTIG = "Was gedruckt werden sollte, lässt sich nicht mehr lesen."

Fortschritt = Callable[[int, int], None]
"""Told how many pieces of how many are typeset."""


class Aufnahme(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The base of all prints. A subclass has fields of types that msgspec encodes, and is named with its dotted path in
    `melde_an`. Its `drucke(fortschritt, speicher) -> bytes` typesets them and nothing else, with the pieces that
    `speicher` still has, and raises `Unmoeglich` where that cannot be, with a sentence for who waits."""

    ART: ClassVar[str]

    def lege_ab(self, pdf: bytes) -> dict:
        """Keep the PDF, in the transaction that ends the job; returns the fields of the job to write along."""
        return {"datei": pdf}

    def als_bytes(self) -> bytes:
        """The same value gives the same bytes."""
        return msgspec.json.encode(self, order="deterministic")


_arten: dict[str, str] = {}


def melde_an(art: str, pfad: str) -> None:
    """For the `ready()` of an app: jobs of this kind hold the Aufnahme at a dotted path."""
    _arten[art] = pfad


def arten() -> dict[str, type[Aufnahme]]:
    return {art: import_string(pfad) for art, pfad in _arten.items()}


def bereite_vor() -> None:
    """Load all that prints."""
    # Imported here, since every process loads this module, but only a few of them print.
    from konzept.dokument import pdf

    arten()
    pdf.bereite_vor()


def verpacke(inhalt: bytes) -> bytes:
    """How a job keeps it: a large concept takes a tenth. The level is the fastest, since somebody waits."""
    return zlib.compress(inhalt, 1)


def lies(art: str, verpackt: bytes) -> Aufnahme:
    """The Aufnahme of a job. Raises Unmoeglich where the program of today does not know it."""
    if art not in _arten:
        raise Unmoeglich(VERALTET)
    try:
        return msgspec.json.decode(zlib.decompress(verpackt), type=import_string(_arten[art]))
    except msgspec.MsgspecError as fehler:
        raise Unmoeglich(VERALTET) from fehler
    except zlib.error as fehler:
        raise Unmoeglich(UNGUELTIG) from fehler


def schluessel(art: str, gegenstand: str, inhalt: bytes) -> str:
    """SHA-256 of what is printed, as what (see `models.Druckauftrag`), and of the program that prints it."""
    summe = hashlib.sha256(programm())
    summe.update(f"{art}\n{gegenstand}\n".encode())
    summe.update(inhalt)
    return summe.hexdigest()


def programm() -> bytes:
    """A fingerprint of templates, style sheets, code and versions: after an update everything prints anew."""
    # Reading 900 files at each request is as dear as a small print; a program that runs does not change, except in
    # development, where the server starts anew for code, but not for a template or a style sheet.
    return _programm() if settings.DEBUG else _programm_einmal()


def _programm() -> bytes:
    summe = hashlib.sha256()
    for muster in PROGRAMM:
        for datei in sorted(Path(settings.BASE_DIR).glob(muster)):
            summe.update(datei.read_bytes())
    return summe.digest()


_programm_einmal = cache(_programm)
