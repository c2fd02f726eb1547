"""Words that stand nowhere else, put into texts that not everybody may read, and how they are found again.

Each text gets a word of its own, so that a find says what leaked. A word is a row of letters: it survives the cutting
of slugs and titles, hyphens, marks of a comparison, escaping and the way back out of a PDF.
"""

import re
import string
import subprocess
import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import product
from typing import NamedTuple

import pikepdf
from django.core.exceptions import ValidationError
from django.db import models

from tests.feindlich import GESCHUETZT as BERECHNET

WORT = re.compile(rb"zqx[a-z]{3}xqz")
GESCHUETZT = BERECHNET | {"anker"}
"""Computed or fixed, never typed."""
NIE_GEPFLANZT = "zqxzzzxqz"
"""Looks like a planted word and is none."""

_BLEIBT = " gehört hierher, und dieser Teil des Satzes lautet in jeder Fassung gleich."
_ANDERES = bytes(z for z in range(256) if chr(z) not in string.ascii_lowercase + string.digits)
_MARKE = re.compile(rb"<[^<>]*>")


class Pflanze(NamedTuple):
    """What was planted: the hiding place, which says who may read it, and the text it is in."""

    versteck: str
    was: str

    def __str__(self):
        return f"{self.versteck}: {self.was}"


class Beet:
    """All planted words."""

    def __init__(self):
        self.pflanzen: dict[str, Pflanze] = {}
        self.felder: set[models.Field] = set()
        self._woerter = (f"zqx{a}{b}{c}xqz" for a, b, c in product(string.ascii_lowercase, repeat=3))

    def wort(self, versteck: str, was: str) -> str:
        """A new word for one text."""
        wort = next(self._woerter)
        self.pflanzen[wort] = Pflanze(versteck, was)
        return wort

    def bepflanze(self, zeile: models.Model, versteck: str) -> dict[str, str]:
        """Put a word into every text of a row (not saved) that takes one; field names and words."""
        gepflanzt = {}
        for feld in textfelder(type(zeile)):
            wort = self.wort(versteck, f"{type(zeile).__name__}.{feld.name}")
            setattr(zeile, feld.attname, _text(feld, wort))
            gepflanzt[feld.name] = wort
            self.felder.add(feld)
        return gepflanzt

    def vergiss(self, woerter) -> None:
        """These were overwritten before anything kept them."""
        for wort in woerter:
            del self.pflanzen[wort]


def textfelder(modell: type[models.Model]) -> Iterator[models.Field]:
    """The fields that take a word: no choices, no keys, no addresses of ours, and no validator against it."""
    for feld in modell._meta.concrete_fields:
        frei = not feld.choices and feld.name not in GESCHUETZT and not isinstance(feld, models.SlugField)
        if frei and isinstance(feld, models.CharField | models.TextField) and _geht(feld):
            yield feld


def _geht(feld: models.Field) -> bool:
    try:
        feld.clean(_text(feld, NIE_GEPFLANZT), None)
    except ValidationError:
        return False
    return True


def _text(feld: models.Field, wort: str) -> str:
    match feld:
        case models.EmailField():
            return f"{wort}@stadt.example"
        case models.URLField():
            return f"https://{wort}.example/"
        case models.TextField():
            return f"{wort}{_BLEIBT}"
    return wort


# Finding them again


def woerter_in(*texte: str | bytes) -> set[str]:
    """The planted words in what somebody got: as it is, and as text without marks; files are opened."""
    gefunden: set[str] = set()
    for text in texte:
        roh = text.encode() if isinstance(text, str) else text
        if roh.startswith(b"%PDF"):
            gefunden |= woerter_in(*_aus_pdf(roh))
        elif roh.startswith(b"PK\x03\x04"):
            gefunden |= woerter_in(*_aus_zip(roh))
        else:
            roh = roh.lower()
            lesarten = (roh, _MARKE.sub(b"", roh)) if b"<" in roh else (roh,)
            for lesart in lesarten:
                gefunden.update(w.decode() for w in WORT.findall(lesart.translate(None, _ANDERES)))
    return gefunden


def _aus_zip(datei: bytes) -> Iterator[bytes | str]:
    """A spreadsheet: each cell, the names of sheets and the properties are texts of its parts."""
    with zipfile.ZipFile(BytesIO(datei)) as teile:
        for name in teile.namelist():
            yield name
            yield teile.read(name)


def _aus_pdf(datei: bytes) -> Iterator[bytes | str]:
    """What a reader sees, and every string that a program finds: titles, bookmarks, names and contents of attachments,
    descriptions, metadata."""
    yield subprocess.run(["pdftotext", "-raw", "-", "-"], input=datei, capture_output=True, check=True).stdout
    with pikepdf.open(BytesIO(datei)) as pdf:
        for objekt in pdf.objects:
            yield from _zeichenketten(objekt)
            if isinstance(objekt, pikepdf.Stream) and objekt.get("/Type") in {"/EmbeddedFile", "/Metadata"}:
                yield objekt.read_bytes()


def _zeichenketten(objekt) -> Iterator[str]:
    match objekt:
        case pikepdf.Dictionary() | pikepdf.Stream():
            for name, wert in objekt.items():
                if not getattr(wert, "is_indirect", False):
                    yield from _zeichenketten(wert)
                yield name
        case pikepdf.Array():
            for wert in objekt:
                if not getattr(wert, "is_indirect", False):
                    yield from _zeichenketten(wert)
        case pikepdf.String():
            yield str(objekt)
