"""What is asked, said and answered about a frozen version."""

from .anmerkung import Anmerkung
from .runde import Beteiligtenwechsel, Lesestand, Runde, Sichtbarkeit, Sitz, Verlaengerung
from .stellungnahme import Ergebnis, Stellungnahme

__all__ = [
    "Anmerkung",
    "Beteiligtenwechsel",
    "Ergebnis",
    "Lesestand",
    "Runde",
    "Sichtbarkeit",
    "Sitz",
    "Stellungnahme",
    "Verlaengerung",
]
