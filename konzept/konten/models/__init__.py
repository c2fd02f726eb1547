"""Accounts, memberships, invitations and the log."""

from konzept.rechte import Rolle

from .benutzer import EHEMALIG, NACH_NAMEN, Benutzer
from .einladung import Einladung
from .mitgliedschaft import Herkunft, Mitgliedschaft
from .namensaenderung import Namensaenderung
from .protokoll import ZUGANG, Ereignis, Protokolleintrag

__all__ = [
    "EHEMALIG",
    "NACH_NAMEN",
    "ZUGANG",
    "Benutzer",
    "Einladung",
    "Ereignis",
    "Herkunft",
    "Mitgliedschaft",
    "Namensaenderung",
    "Protokolleintrag",
    "Rolle",
]
