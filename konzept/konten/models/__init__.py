"""Accounts, memberships, invitations and the log."""

from konzept.rechte import Rolle

from .benutzer import EHEMALIG, Benutzer
from .einladung import Einladung
from .mitgliedschaft import Herkunft, Mitgliedschaft
from .protokoll import Ereignis, Protokolleintrag
from .zwischenstand import Zwischenstand

__all__ = [
    "EHEMALIG",
    "Benutzer",
    "Einladung",
    "Ereignis",
    "Herkunft",
    "Mitgliedschaft",
    "Protokolleintrag",
    "Rolle",
    "Zwischenstand",
]
