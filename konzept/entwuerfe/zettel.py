"""Notes pinned to a form for the account: what was done with it, or a text to copy. They lie in the session."""

from typing import NamedTuple

from django.http import HttpRequest

from .adresse import adresse_von

_ZETTEL = "zettel"
HOECHSTENS = 10


class Zettel(NamedTuple):
    """What is pinned to a form for the account: a heading, a sentence, a text to copy, the address where it comes
    from."""

    titel: str
    satz: str
    text: str
    herkunft: str


def hefte_an(request: HttpRequest, pfad: str, zettel: Zettel) -> None:
    """Pin a note to the form at `pfad`; it hangs there until the form is saved or its input discarded, or until it is
    taken off. The last ten are kept."""
    haengende = {p: z for p, z in request.session.get(_ZETTEL, {}).items() if p != pfad} | {pfad: list(zettel)}
    request.session[_ZETTEL] = dict(list(haengende.items())[-HOECHSTENS:])


def zettel(request: HttpRequest) -> Zettel | None:
    """The note that is pinned to the form at this address."""
    werte = request.session.get(_ZETTEL, {}).get(adresse_von(request))
    return Zettel(*werte) if werte else None


def nimm_ab(request: HttpRequest) -> None:
    """Take off the note that is pinned to the form at this address."""
    haengende = request.session.get(_ZETTEL, {})
    if haengende.pop(adresse_von(request), None):
        request.session[_ZETTEL] = haengende
