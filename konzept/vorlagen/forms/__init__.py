"""The forms of a Vorlage, of the result of a sitting, and of the labels of a Kommune."""

from .ergebnis import ErgebnisForm, PunktForm, ergebnis_formulare
from .kopf import KopfForm, kopf_formulare
from .vorlage import ZEILEN, NeueVorlageForm, VorlageForm, vorlage_formulare

__all__ = [
    "ZEILEN",
    "ErgebnisForm",
    "KopfForm",
    "NeueVorlageForm",
    "PunktForm",
    "VorlageForm",
    "ergebnis_formulare",
    "kopf_formulare",
    "vorlage_formulare",
]
