"""Links of the texts that lead nowhere: to an element that the document does not show, or to no address at all."""

from collections.abc import Iterator
from typing import NamedTuple, TypeGuard
from urllib.parse import urlsplit

from konzept.dokument import baum
from konzept.navigation import MIT_FORMULAR


class ToterVerweis(NamedTuple):
    """A link in the text of the element `anker`, whose title is `titel`, and what is wrong with it, as a sentence."""

    anker: str
    titel: str
    satz: str


def tote_verweise(dokument: baum.Dokument) -> list[ToterVerweis]:
    """The links that lead nowhere, in reading order, each once. Addresses of other sites are read, and never asked for.
    No queries."""
    return list(dict.fromkeys(_tote(dokument, ("", ""), _elemente(dokument))))


def tote_ziele(baumteil: baum.Knoten | tuple[object, ...]) -> set[str]:
    """The targets of links in the texts of a tree, or of parts of one, that lead nowhere. No queries."""
    ziele = {knoten.ziel for knoten in _knoten(baumteil) if isinstance(knoten, baum.Lauf) and knoten.ziel}
    elemente = _elemente(baumteil) if ziele else set()
    return {ziel for ziel in ziele if _mangel(ziel, elemente)}


def _elemente(baumteil: baum.Knoten | tuple[object, ...]) -> set[str]:
    """The Anker of all that stands in it."""
    elemente = (knoten for knoten in _knoten(baumteil) if not _ist_verweis(knoten))
    return {anker for knoten in elemente if (anker := getattr(knoten, "anker", ""))}


def _tote(knoten: object, ort: tuple[str, str], ziele: set[str]) -> Iterator[ToterVerweis]:
    if isinstance(knoten, baum.Lauf):
        if knoten.ziel and (satz := _mangel(knoten.ziel, ziele)):
            yield ToterVerweis(*ort, f"Der Link „{' '.join(knoten.text.split())}“ führt ins Leere: {satz}")
        return
    if hat_formular(knoten):
        ort = knoten.anker, getattr(knoten, "titel", "") or getattr(knoten, "name", "")
    for teil in teile(knoten):
        yield from _tote(teil, ort, ziele)


def _mangel(ziel: str, ziele: set[str]) -> str:
    """What is wrong with an address; "" where it may lead somewhere."""
    if ziel.startswith("#"):
        return "" if ziel[1:] in ziele else f"„{ziel}“ gibt es in diesem Konzept nicht"
    try:
        adresse = urlsplit(ziel)
        host = adresse.hostname
    except ValueError:
        return f"„{ziel}“ ist keine Adresse"
    if adresse.scheme == "mailto":
        vorn, _, hinten = adresse.path.rpartition("@")
        return "" if vorn and hinten else "Hinter „mailto:“ steht keine E-Mail-Adresse"
    return "" if host else f"In „{ziel}“ fehlt der Name der Website"


def hat_formular(knoten: object) -> TypeGuard[baum.MitAnker]:
    """Whether a node is an element with a form of its own."""
    art, _, nummer = getattr(knoten, "anker", "").partition("-")
    ist_element = nummer.isdecimal() and (art in MIT_FORMULAR or art == "massnahme")
    return ist_element and not _ist_verweis(knoten)


def _ist_verweis(knoten: object) -> bool:
    """Whether a node names another one by its Anker."""
    return isinstance(knoten, baum.Verweis | baum.Kostenzeile)


def _knoten(knoten: object) -> Iterator[baum.Knoten]:
    if isinstance(knoten, baum.Knoten):
        yield knoten
    for teil in teile(knoten):
        yield from _knoten(teil)


def teile(knoten: object) -> tuple[object, ...]:
    """What stands directly in a node or a sequence of nodes."""
    if isinstance(knoten, tuple):
        return knoten
    if isinstance(knoten, baum.Knoten):
        return tuple(getattr(knoten, feld) for feld in knoten.__struct_fields__)
    return ()
