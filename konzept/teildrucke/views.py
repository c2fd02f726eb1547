"""Handing out parts of a concept as PDFs."""

from django.http import Http404
from django.views.decorators.http import require_http_methods

from handlungsfelder.models import Handlungsfeld
from konzept.druckauftraege.antwort import antworte
from konzept.konten.angemeldet import angemeldet
from konzept.models import Abschnitt
from konzept.zugriff import hole
from massnahmen.rahmen import adresse

from .blaetter import blatt
from .kapitel import nimm_auf
from .teildruck import arbeitsstand

STELLEN = {"abschnitt": Abschnitt, "handlungsfeld": Handlungsfeld}
"""What is a section of its own, by the name in its Anker."""


@require_http_methods(["GET", "HEAD", "POST"])
@angemeldet
def kapitel(request, kommune, konzept, anker):
    """One section of the outline, or one Handlungsfeld, as it stands in the Arbeitsstand."""
    stelle = _hole_stelle(request.user, kommune, konzept, anker)
    k = stelle.konzept
    zurueck = {"titel": "Zum Kapitel", "url": adresse(k, "konzept:kapitel", anker=anker)}
    teil = blatt(request.user, k, anker, stelle.kurztitel or stelle.titel, zurueck)
    return antworte(request, lambda: nimm_auf(arbeitsstand(k), anker), teil)


def _hole_stelle(benutzer, kommune: str, konzept: str, anker: str):
    """The Abschnitt or Handlungsfeld with an Anker. Http404 where the concept has none, or is not for this account."""
    art, _, pk = anker.partition("-")
    if art not in STELLEN or not pk.isdecimal():
        raise Http404("There is no such section.")
    return hole(benutzer, STELLEN[art].objects.select_related("konzept__kommune"), int(pk), kommune, konzept)
