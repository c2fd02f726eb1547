"""Impressum and Datenschutz: public, and linked on every page."""

import logging

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from konzept.zugriff import kommunen_fuer

from .datenschutz import TextUnlesbar, betreibertext, cookies, speicherungen

log = logging.getLogger(__name__)


@require_safe
def datenschutz(request):
    """What is stored and for how long, and the operator's own text."""
    kontext = _betreiber(settings.DATENSCHUTZ) | {"speicherungen": speicherungen(), "cookies": cookies()}
    return render(request, "konzept/datenschutz.html", kontext | _kommunen(request.user, "datenschutz_url"))


@require_safe
def impressum(request):
    """Who is responsible for the installation, and for each Kommune of the account."""
    return render(
        request, "konzept/impressum.html", _betreiber(settings.IMPRESSUM) | _kommunen(request.user, "impressum_url")
    )


def _betreiber(angabe: str) -> dict:
    try:
        return {"betreiber": betreibertext(angabe)}
    except TextUnlesbar as fehler:
        log.error("%s", fehler)
        return {"betreiber": None}


def _kommunen(benutzer, feld: str) -> dict:
    mit_adresse = kommunen_fuer(benutzer).exclude(**{feld: ""})
    return {"kommunen": [(kommune, getattr(kommune, feld)) for kommune in mit_adresse]}
