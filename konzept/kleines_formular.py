"""Forms without a version, such as a page that asks one thing before something is done: what was typed waits for them,
too. `bearbeitung` does the same for the pages on which something is edited."""

from collections.abc import Callable

from django.forms import BaseForm
from django.http import HttpRequest, QueryDict

from konzept.bearbeitung import unterschiede
from konzept.entwuerfe import ablage
from konzept.formularbau.fehler import ohne_pruefung


def kleines_formular(request: HttpRequest, baue: Callable[[QueryDict | None], BaseForm]) -> BaseForm:
    """The form as sent, or on a GET with what waits for it, or fresh; `baue(daten)` makes it.

    `form.wieder_da` is the sentence that says why it holds unsaved input from before; "" where it does not.
    """
    wartet = None if request.method == "POST" else ablage.finde(request)
    if wartet:
        form = baue(wartet.daten)
        ohne_pruefung(form)
        if any(unterschiede(baue(None), form)):
            form.wieder_da = wartet.grund
            return form
    form = baue(request.POST if request.method == "POST" else None)
    form.wieder_da = ""
    return form
