"""Handing out the list of measures as a PDF."""

import hashlib

from django.views.decorators.http import require_http_methods

from konzept.druckauftraege.antwort import DATEI, WARTET_AUF, antworte
from konzept.konten.angemeldet import angemeldet
from konzept.navigation import adresse
from konzept.zugriff import hole_konzept
from massnahmen.liste.forms import ListenForm
from massnahmen.liste.tabelle import SEITE

from .blaetter import blatt
from .liste import TITEL, nimm_auf

OHNE_BELANG = (SEITE, "je")
"""Answers that only tell the pages of the screen apart."""


@require_http_methods(["GET", "HEAD", "POST"])
@angemeldet(fragt=(*ListenForm.base_fields, SEITE))
def liste(request, kommune, konzept):
    """The measures that the list shows for the same parameters, all of its pages."""
    k = hole_konzept(request.user, kommune, konzept)
    frage = request.GET.copy()
    for name in (WARTET_AUF, DATEI, *OHNE_BELANG):
        frage.pop(name, None)
    auswahl = f"?{frage.urlencode()}" if frage else ""
    zurueck = {"titel": "Zur Liste", "url": f"{adresse(k, 'massnahmen:liste')}{auswahl}"}
    # The key has to tell the prints of different lists apart, and an address may be too long for it.
    was = hashlib.sha256(auswahl.encode()).hexdigest()
    teil = blatt(request.user, k, f"liste {was}", TITEL, zurueck)
    return antworte(request, lambda: nimm_auf(request.user, k, frage), teil)
