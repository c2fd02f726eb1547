"""The concept itself: Kommune, Konzept, its outline, Leitlinien, process and bodies."""

from .abschnitt import Abschnitt, Zaehlung
from .gremium import Beteiligung, Gremium, Mitglied
from .kommune import Kommune
from .konzept import Konzept
from .leitlinie import Leitfrage, Leitlinie
from .prozess import Prozessgruppe, Prozessschritt, Prozesstermin

__all__ = [
    "Abschnitt",
    "Beteiligung",
    "Gremium",
    "Kommune",
    "Konzept",
    "Leitfrage",
    "Leitlinie",
    "Mitglied",
    "Prozessgruppe",
    "Prozessschritt",
    "Prozesstermin",
    "Zaehlung",
]
