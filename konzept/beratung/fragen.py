"""Pages that ask one thing before something is done."""

from konzept.entwuerfe import ablage
from konzept.formulare import ohne_pruefung


def kleines_formular(request, baue):
    """The form as sent, or as it was sent when the session had expired (`wieder_da`), or fresh; `baue(daten)` makes
    it."""
    wartet = None if request.method == "POST" else ablage.finde(request)
    form = baue(request.POST if request.method == "POST" else wartet and wartet.daten)
    form.wieder_da = wartet is not None
    if form.wieder_da:
        ohne_pruefung(form)
    return form
