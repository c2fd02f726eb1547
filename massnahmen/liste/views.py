"""The list of measures, and the pages on which several are changed at once."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from konzept.konten.angemeldet import angemeldet
from konzept.navigation import adresse, rahmen
from konzept.zugriff import hole_konzept

from .sammel_views import merkzettel, sammel, zurueck
from .tabelle import Tabelle

__all__ = ["liste", "sammel", "zurueck"]


@require_safe
@angemeldet
def liste(request, kommune, konzept):
    """Every measure of a concept; filter, order, columns and page stand in the address. A fixed number of queries:
    those of `Tabelle`, and one more where an Akteur is chosen."""
    k = hole_konzept(request.user, kommune, konzept)
    tabelle = Tabelle(request.user, k, request.GET)
    kontext = rahmen(request.user, k, "massnahmen") | {
        "tabelle": tabelle,
        "form": tabelle.form,
        "seite": tabelle.seite,
        "druck": adresse(k, "teildrucke:liste") + tabelle.adresse(je="").removesuffix("?"),
        "merkzettel": merkzettel(request, k),
    }
    if akteur := tabelle.form.gilt.get("akteur"):
        wer = k.kommune.akteure.filter(pk=akteur).first()
        if wer and not wer.ist_platzhalter:
            kontext["akteursdruck"] = adresse(k, "teildrucke:akteur", pk=wer.pk)
    return render(request, "massnahmen/liste.html", kontext)
