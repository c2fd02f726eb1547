"""A form whose element somebody else deleted meanwhile: what was typed is kept, and the element can come back."""

from functools import wraps

from django.http import Http404
from django.shortcuts import render

from konzept import rechte
from konzept.entwuerfe import ablage
from konzept.zugriff import hole_konzept

from .models import Geloeschtes

IM_PAPIERKORB = "Als Sie das Formular abschickten, lag das Element im Papierkorb."


def auch_geloescht(modellname):
    """Decorator of a form's view: for an element in the Papierkorb a page of its own instead of 404, status 410.

    `modellname(**kwargs of the address)` is the name of the element's model. Only for whoever may edit the concept;
    what was typed waits for the form until the element is back.
    """

    def dekoriere(view):
        @wraps(view)
        def huelle(request, *args, **kwargs):
            try:
                return view(request, *args, **kwargs)
            except Http404:
                eintrag = _im_papierkorb(request, modellname(**kwargs), **kwargs)
                if eintrag is None:
                    raise
            bewahrt = request.method == "POST" and ablage.behalte(request, grund=IM_PAPIERKORB)
            kontext = {"eintrag": eintrag, "konzept": eintrag.konzept, "bewahrt": bewahrt}
            return render(request, "werkbank/geloescht.html", kontext, status=410)

        return huelle

    return dekoriere


def _im_papierkorb(request, modellname, *, kommune, pk, konzept=None, **_) -> Geloeschtes | None:
    if konzept is None:
        return None
    k = hole_konzept(request.user, kommune, konzept)
    if not rechte.darf(request.user, rechte.BEARBEITEN, k):
        return None
    eintraege = Geloeschtes.objects.filter(konzept=k, anker=f"{modellname}-{pk}")
    return eintraege.select_related("konzept__kommune", "geloescht_von").defer("zeilen", "verweise").first()
