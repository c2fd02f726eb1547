"""The forms of measures, offers, indicators, and of who acts for whom."""

from .angebot import AngebotForm, FoerderungFormSet
from .indikator import IndikatorForm, MesswertFormSet
from .massnahme import MassnahmeForm, SachstandForm, massnahme_formulare
from .verzeichnis import AkteurForm, ZielgruppeForm

__all__ = [
    "AkteurForm",
    "AngebotForm",
    "FoerderungFormSet",
    "IndikatorForm",
    "MassnahmeForm",
    "MesswertFormSet",
    "SachstandForm",
    "ZielgruppeForm",
    "massnahme_formulare",
]
