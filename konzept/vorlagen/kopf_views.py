"""The page on which a Kommune says what the parts of its Vorlagen are called."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from konzept import rechte
from konzept.bearbeitung import Bearbeitung
from konzept.konten.angemeldet import angemeldet
from konzept.verwaltung.seitenrahmen import adresse, rahmen
from konzept.zugriff import hole_kommune

from .forms import kopf_formulare
from .models import Bereich, Vorlagenkopf
from .models.kopf import VORGABEN
from .vorgaenge import setze_kopf


@require_http_methods(["GET", "HEAD", "POST"])
@angemeldet
def bearbeiten(request, kommune):
    """Labels, order and what prints. Five queries."""
    k = hole_kommune(request.user, kommune, rechte.STAMMDATEN)
    kopf = Vorlagenkopf.objects.select_related("geaendert_von").filter(kommune=k).first()
    kopf = kopf or Vorlagenkopf(kommune=k, version=0)
    kopf.kommune = k

    def formulare(daten):
        return kopf_formulare(kopf, daten)

    def speichere(alle):
        setze_kopf(alle["form"].instance, {bereich: alle[bereich.value].werte() for bereich in Bereich})

    bearbeitung = Bearbeitung(request, kopf, formulare, speichere)
    if bearbeitung.erledigt():
        return redirect(adresse(k, "kommune"))
    kontext = rahmen(request.user, k, "vorlagenkopf:bearbeiten") | bearbeitung.kontext()
    kontext |= {
        "basis": "verwaltung/basis.html",
        "lesen": adresse(k, "kommune"),
        "zeilen": [bearbeitung.formulare[bereich.value] for bereich in Bereich],
        "ueblich": [(vorgabe.teil, (vorgabe.bezeichnung, *vorgabe.ueblich)) for vorgabe in VORGABEN if vorgabe.ueblich],
    }
    return render(request, "vorlagen/kopf.html", kontext, status=bearbeitung.status)
