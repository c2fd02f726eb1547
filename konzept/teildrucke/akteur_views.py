"""Handing out what concerns one Akteur as a PDF."""

from django.http import Http404
from django.views.decorators.http import require_http_methods

from konzept.druckauftraege.antwort import antworte
from konzept.konten.angemeldet import angemeldet
from konzept.models import Konzept
from konzept.navigation import adresse
from konzept.zugriff import hole_konzept
from massnahmen.models import Akteur

from .akteur import nimm_auf, titel
from .blaetter import blatt
from .teildruck import arbeitsstand


@require_http_methods(["GET", "HEAD", "POST"])
@angemeldet
def akteur(request, kommune, konzept, pk):
    """What the Arbeitsstand says of an Akteur of its Kommune; of "N.N." there is nobody to whom one could give it."""
    k = hole_konzept(request.user, kommune, konzept)
    wer = _finde(k, pk)
    zurueck = {"titel": "Zu den Maßnahmen", "url": adresse(k, "massnahmen:liste") + (f"?akteur={pk}" if wer else "")}
    name = titel(wer.name or wer.kurz) if wer else "Auszug für einen Akteur"
    teil = blatt(request.user, k, f"akteur-{pk}", name, zurueck)
    return antworte(request, lambda: nimm_auf(arbeitsstand(k), _hole(k, pk)), teil)


def _hole(k: Konzept, pk: int) -> Akteur:
    """As it is in the moment of the tree."""
    if (wer := _finde(k, pk)) is None or wer.ist_platzhalter:
        raise Http404("The Kommune of this concept has no such Akteur.")
    return wer


def _finde(k: Konzept, pk: int) -> Akteur | None:
    return k.kommune.akteure.filter(pk=pk).first()
