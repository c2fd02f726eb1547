"""The forms of a Beratung: who sits where, a Runde and its days, an Anmerkung, a Stellungnahme, the filter."""

from .anmerkung import AnmerkungForm, PapierForm
from .felder import GrundForm
from .runde import BeendenForm, RundeForm, RundeNeuForm, SitzeForm, VerlaengernForm
from .stellungnahme import AbwaegungFilter, StellungnahmeForm

__all__ = [
    "AbwaegungFilter",
    "AnmerkungForm",
    "BeendenForm",
    "GrundForm",
    "PapierForm",
    "RundeForm",
    "RundeNeuForm",
    "SitzeForm",
    "StellungnahmeForm",
    "VerlaengernForm",
]
