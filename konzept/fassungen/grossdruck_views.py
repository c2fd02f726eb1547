"""The page that hands out a Fassung in large print."""

from django.views.decorators.http import require_http_methods

from konzept.druckauftraege.antwort import Blatt, antworte
from konzept.konten.angemeldet import angemeldet

from .grossdruck import nimm_auf
from .seitenrahmen import adresse_der, rahmen_der_fassung
from .views import dateiname
from .zugriff import hole_fassung


@require_http_methods(["GET", "HEAD", "POST"])
@angemeldet
def grossdruck(request, kommune, konzept, nummer):
    """A Fassung as a PDF in large print, made in the background for whoever asks; POST tries again what failed."""
    fassung = hole_fassung(request.user, kommune, konzept, nummer)

    def kontext():
        zurueck = {"titel": "Zur Seite der Fassung", "url": adresse_der(fassung)}
        return rahmen_der_fassung(request.user, fassung) | {"zurueck": zurueck}

    blatt = Blatt(
        konzept=fassung.konzept,
        gegenstand=f"grossdruck-{fassung.nummer}",
        name=dateiname(fassung, "grossdruck"),
        protokoll=f"{fassung.titel}, {fassung}: PDF in Großdruck",
        kontext=kontext,
    )
    return antworte(request, lambda: nimm_auf(fassung), blatt)
