"""What is asked by a program that watches the installation."""

import logging
from datetime import datetime, timedelta

from django.db import Error
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from konzept import __version__
from konzept.heute import ortszeit

from . import zustand

log = logging.getLogger(__name__)


@require_safe
def bereit(request: HttpRequest) -> JsonResponse:
    """For everybody: 200 where all is well, else 503, and in any case which part is not, and which version answers.

    Of jobs nothing is counted here, as a mail more or less would tell whoever asked for a new password whether the
    address is known; `manage.py auftraege` counts.
    """
    try:
        stand = zustand.lies()
    except Error:
        log.info("The database does not answer.", exc_info=True)
        return _antwort({"gut": False, "datenbank": {"gut": False}})
    leben = stand.lebenszeichen
    antwort = {
        "gut": stand.gut,
        "datenbank": {"gut": True},
        "hintergrunddienst": {
            "gut": leben.gut,
            "noetig": leben.noetig,
            "lebenszeichen_vor_sekunden": _sekunden(leben.vor),
        },
        "auftraege": {schlange.art: {"gut": schlange.gut} for schlange in stand.schlangen},
        "termine": {
            termin.name: {
                "gut": termin.gut,
                "naechster": _moment(termin.naechster),
                "gelungen": _moment(termin.gelungen_am),
                "gescheitert": _moment(termin.gescheitert_am),
            }
            for termin in stand.termine
        },
    }
    return _antwort(antwort)


def _antwort(inhalt: dict) -> JsonResponse:
    antwort = JsonResponse({"version": __version__} | inhalt, status=200 if inhalt["gut"] else 503)
    # Else Django logs each 503 as an error and mails it to the administrators, several a minute while something is
    # wrong; whoever asks is told anyway.
    antwort._has_been_logged = True
    return antwort


def _sekunden(zeit: timedelta | None) -> float | None:
    return None if zeit is None else round(zeit.total_seconds(), 1)


def _moment(zeitpunkt: datetime | None) -> str | None:
    return zeitpunkt and ortszeit(zeitpunkt).isoformat(timespec="seconds")
