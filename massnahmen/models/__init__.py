"""Measures and what belongs to them: actors, steps, costs, offers, indicators."""

from .akteur import Akteur, Zielgruppe
from .angebot import Anbieter, Angebot, Foerderung
from .indikator import Indikator, Messwert
from .kosten import Kostenposition
from .massnahme import (
    MIT_BEGRUENDUNG,
    Massnahme,
    Sachstand,
    Umsetzungsschritt,
    Umsetzungsstand,
    Zustaendigkeit,
)

__all__ = [
    "MIT_BEGRUENDUNG",
    "Akteur",
    "Anbieter",
    "Angebot",
    "Foerderung",
    "Indikator",
    "Kostenposition",
    "Massnahme",
    "Messwert",
    "Sachstand",
    "Umsetzungsschritt",
    "Umsetzungsstand",
    "Zielgruppe",
    "Zustaendigkeit",
]
