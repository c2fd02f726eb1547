"""What was typed while a session had expired waits in the new session until somebody has signed in there."""

from django.http import HttpRequest, QueryDict

from konzept.grenzen import EINGABEN_ZEICHEN

from .ablage import halte_fest
from .adresse import formularadresse
from .eingaben import ist_von

_SITZUNG = "wiedervorlage"


def merke(request: HttpRequest, pfad: str, daten: str, grund: str) -> bool:
    """Keep what a form sent beside what waits for others, until it is known who signs in; False where that is too
    much. `grund` as in `ablage.behalte`."""
    wartend = request.session.get(_SITZUNG, {}) | {pfad: [daten, grund]}
    if len(pfad) + sum(len(text) for text, _ in wartend.values()) > EINGABEN_ZEICHEN:
        return False
    request.session[_SITZUNG] = wartend
    return True


def uebernimm(request: HttpRequest) -> bool:
    """Once an account has signed in: what it typed itself waits for its forms, what another one typed is forgotten.
    False where something of its own could not be kept."""
    wartend = request.session.pop(_SITZUNG, {})
    eigenes = {pfad: was for pfad, was in wartend.items() if ist_von(QueryDict(was[0]), request.user)}
    behalten = [lege_ab(request, pfad, daten, grund) for pfad, (daten, grund) in eigenes.items()]
    return all(behalten)


def lege_ab(request: HttpRequest, pfad: str, daten: str, grund: str) -> bool:
    """Keep for the signed-in account what it had sent to the form at `pfad`; False where there is none, or as
    `ablage.halte_fest`."""
    adresse = formularadresse(pfad)
    return bool(adresse) and halte_fest(request.user, adresse, daten, grund)
