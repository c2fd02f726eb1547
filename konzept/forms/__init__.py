"""The forms of what belongs to a concept and its Kommune."""

from .abschnitt import AbschnittForm
from .gremium import BeteiligungForm, GremiumForm, MitgliedFormSet
from .konzept import KonzeptForm
from .leitlinie import LeitfrageFormSet, LeitlinieForm
from .prozess import GruppeFormSet, ProzessschrittForm, TerminFormSet

__all__ = [
    "AbschnittForm",
    "BeteiligungForm",
    "GremiumForm",
    "GruppeFormSet",
    "KonzeptForm",
    "LeitfrageFormSet",
    "LeitlinieForm",
    "MitgliedFormSet",
    "ProzessschrittForm",
    "TerminFormSet",
]
