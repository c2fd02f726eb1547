"""What is asked, said and answered about a frozen version."""

from .anmerkung import Anmerkung
from .runde import Beteiligtenwechsel, Lesestand, Runde, Sichtbarkeit, Sitz, Verlaengerung
from .stellungnahme import Abwaegungsergebnis, Stellungnahme

__all__ = [
    "Abwaegungsergebnis",
    "Anmerkung",
    "Beteiligtenwechsel",
    "Lesestand",
    "Runde",
    "Sichtbarkeit",
    "Sitz",
    "Stellungnahme",
    "Verlaengerung",
]
