"""What of the Kosten of a measure counts in no sum, or otherwise than it seems; said where the measure is edited."""

from collections.abc import Collection

from . import geld
from .hinweise import Hinweis
from .kosten import WORTE, Grund, Rahmen, noch_keine_position, rechne


def an_kosten(massnahme, positionen: Collection, rahmen: Rahmen) -> list[Hinweis]:
    """The hints on the Kostenpositionen of a measure, in their order, and on its "Kosten in Worten". No queries."""
    hinweise = []
    for platz, position in enumerate(positionen):
        rechnung = rechne(position.angabe, position.jahr, position.bis_jahr, rahmen)
        angabe, ziel = str(position.angabe), f"id_kosten-{platz}-angabe"
        if rechnung.grund:
            hinweise.append(Hinweis(satz_zu(angabe, rechnung.grund), ziel))
        if rechnung.hinweis:
            hinweise.append(Hinweis(f"„{angabe}“: {rechnung.hinweis}", ziel))
    betraege = geld.erwaehnt(massnahme.kosten_wortlaut)
    for betrag in noch_keine_position(betraege, [str(p.angabe) for p in positionen]):
        hinweise.append(Hinweis(satz_zum_wortlaut(betrag), "id_kosten_wortlaut"))
    return hinweise


def satz_zu(angabe: str, grund: str) -> str:
    """Why a position counts in no sum; `grund` is a key of `kosten.Grund`."""
    if grund == Grund.UNBEZIFFERT:
        return f"„{angabe}“ ist nicht beziffert und zählt in keiner Summe"
    return f"„{angabe}“ zählt in keiner Summe: {genauer(grund)}"


def genauer(grund: str) -> str:
    """The reason without the words that stand for its kind."""
    return WORTE[Grund(grund)].rpartition(": ")[2]


def satz_zum_wortlaut(betrag: str) -> str:
    return f"„{betrag}“ steht nur in „Kosten in Worten“ und zählt in keiner Summe"
