"""Pages that ask one thing before something is done."""

from konzept.formulare import ohne_pruefung
from konzept.konten import wiedervorlage


def kleines_formular(request, baue):
    """The form as sent, or as it was sent when the session had expired (`wieder_da`), or fresh; `baue(daten)` makes
    it."""
    wartet = None if request.method == "POST" else wiedervorlage.nimm_vor(request)
    form = baue(request.POST if request.method == "POST" else wartet)
    form.wieder_da = wartet is not None
    if form.wieder_da:
        ohne_pruefung(form)
    return form
