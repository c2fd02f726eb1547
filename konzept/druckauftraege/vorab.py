"""Prints that are made before anybody asks for them: of a concept that somebody changes, whenever it rests.

What `vormerken` put down is due then: the Arbeitsstand is taken as it is, and a Druckauftrag for which nobody waits
prints it. Whoever asks for the same finds that by its key, finished or not. Both are done by processes of the lowest
priority, one of each at a time on a machine, and only where it has time (see `konzept.hintergrund.arten.Art.leise`).
"""

import logging

from django.db.models import F
from django.urls import reverse

from konzept.ein_augenblick import ein_augenblick
from konzept.hintergrund import pacht
from konzept.hintergrund.lauf import Lauf
from konzept.models import Konzept

from . import arbeitsstand
from .auftraege import Wunsch, lege_vorab_an
from .models import Vormerkung
from .vormerken import HOECHSTENS

log = logging.getLogger(__name__)

VERSUCHE = 3
"""How often it is tried to take a concept that kills the process each time."""


def fuehre_aus(vormerkungen: list[Vormerkung], lauf: Lauf) -> None:
    """Have each concept printed as it is now. Where that cannot be, it is logged and nobody is told: who asks for the
    print is told then."""
    for vormerkung in vormerkungen:
        # A change that comes from here on begins a new time of rest, with a print of its own.
        pacht.schreibe(vormerkung, spaetestens=pacht.jetzt() + HOECHSTENS)
        try:
            if vormerkung.versuche <= VERSUCHE:
                drucke_vorab(vormerkung.konzept_id)
            else:
                log.error("%s: what was to be printed ahead ended the process each time.", vormerkung)
        except Exception:
            log.exception("%s: what was to be printed ahead cannot be.", vormerkung)
        _erledige(vormerkung)


def _erledige(vormerkung: Vormerkung) -> None:
    """It is gone, unless somebody has changed the concept since it was taken."""
    gehalten = Vormerkung.objects.filter(pk=vormerkung.pk, pacht=vormerkung.pacht)
    if not gehalten.filter(ab=vormerkung.ab).delete()[0]:
        pacht.stelle_zurueck(vormerkung, F("ab"), versuche=0)


def drucke_vorab(pk: int) -> None:
    """Have the Arbeitsstand of a concept (pk) printed as it is now, unless that is done or under way."""
    with ein_augenblick():
        konzept = Konzept.objects.mit_kommune().get(pk=pk)
        aufnahme = arbeitsstand.nimm_auf(konzept)
    lege_vorab_an(
        Wunsch(
            konzept,
            aufnahme.ART,
            aufnahme.als_bytes(),
            arbeitsstand.GEGENSTAND,
            titel=arbeitsstand.titel(konzept),
            ort=reverse("konzept:pdf", args=[konzept.kommune.slug, konzept.slug]),
        )
    )
