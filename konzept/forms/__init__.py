"""The forms of what belongs to a concept and its Kommune."""

from .abschnitt import AbschnittForm
from .gremium import BeteiligungForm, GremiumForm, MitgliedFormSet
from .konzept import KonzeptForm, MitGueltigkeit
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
    "MitGueltigkeit",
    "MitgliedFormSet",
    "ProzessschrittForm",
    "TerminFormSet",
]
