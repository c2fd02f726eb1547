"""Prints that nobody typesets, for tests that are about everything else; typesetting takes seconds."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO

import pikepdf
import pytest

from konzept.fassungen import ausgaben
from konzept.hintergrund.arten import art
from konzept.hintergrund.lauf import arbeite_ab

WO_GESETZT_WIRD = (
    "konzept.dokument.pdf.drucke",
    "konzept.fassungen.vergleich.druck.setze",
    "konzept.beratung.abwaegungstabelle.setze",
    "konzept.beratung.bogen.setze",
    "konzept.dokument.pdf.drucke_html",
)


@cache
def leeres_pdf() -> bytes:
    """One empty page."""
    datei = BytesIO()
    with pikepdf.new() as druck:
        druck.add_blank_page()
        druck.save(datei)
    return datei.getvalue()


@contextmanager
def ohne_satz(mache: Callable[..., bytes] = lambda *_, **__: leeres_pdf()) -> Iterator[None]:
    """Whatever is printed meanwhile, `mache` makes it."""
    with pytest.MonkeyPatch.context() as stelle:
        for wo in WO_GESETZT_WIRD:
            stelle.setattr(wo, mache)
        yield


def stelle_ausgaben_her(fassung) -> None:
    """Have the PDFs of a Fassung made that are missing, as the worker does."""
    ausgaben.stosse_an(fassung, unbedingt=True)
    arbeite_ab(art("druck"))
