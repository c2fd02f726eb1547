"""How amounts and periods are read, while somebody types them."""

import re

from django import forms
from django.http import HttpResponseBadRequest, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_POST

from konzept.formularbau.fehler import ohne_pruefung
from konzept.grenzen import ZEILEN_JE_ART
from konzept.konten.angemeldet import angemeldet
from konzept.zugriff import hole_konzept

from .felder import WortlautFeld
from .forms.massnahme import KostenForm
from .kosten import noch_keine_position
from .kostenteile import KostenwortlautFormField, angaben_in, reihen_in
from .leserahmen import Leserahmen
from .models import Angebot, Foerderung, Massnahme

_NAME = re.compile(r"(?:(?P<reihe>[a-z]{1,20}-[0-9]{1,4})-)?(?P<feld>[a-z_]{1,30})")
_IN_DEN_KOSTEN = re.compile(r"kosten-[0-9]{1,4}-angabe")
_MODELLFELDER = {
    "zeitraum": Massnahme._meta.get_field("zeitraum"),
    "seit": Angebot._meta.get_field("seit"),
    "angabe": Foerderung._meta.get_field("angabe"),
    "kosten_wortlaut": Massnahme._meta.get_field("kosten_wortlaut"),
}
_KLASSEN = {"kosten_wortlaut": {"form_class": KostenwortlautFormField}}


@require_POST
@angemeldet
def gelesen(request, kommune, konzept):
    """What stands beside the field `_feld` of a form that is sent as it is typed. Nothing is checked or saved.

    Beside the Zeitraum of a measure, which is read again with its Umsetzungsstand, the amounts of its Kosten are read
    once more. A fixed number of queries: for the concept, and for the roles of the account.
    """
    k = hole_konzept(request.user, kommune, konzept)
    name = _NAME.fullmatch(request.POST.get("_feld", ""))
    rahmen = Leserahmen(k)
    rahmen.stand = request.POST.get("umsetzungsstand", "")
    felder = _felder(name, request.POST, rahmen) if name else []
    if not felder:
        return HttpResponseBadRequest()
    return render(request, "massnahmen/gelesen.html", {"felder": felder, "konzept": k})


def _felder(name: re.Match, daten: QueryDict, rahmen: Leserahmen) -> list[WortlautFeld]:
    """The field, and those that are read with it; [] where it is none that is read."""
    reihe, feld = name["reihe"], name["feld"]
    zeitraum = _feld("zeitraum", None, daten, rahmen)
    if _IN_DEN_KOSTEN.fullmatch(name[0]):
        rahmen.zeitraum = zeitraum
        return [_kosten(reihe, daten, rahmen)]
    if feld not in _MODELLFELDER:
        return []
    gefragt = _feld(feld, reihe, daten, rahmen)
    if (feld, reihe) != ("zeitraum", None):
        return [gefragt]
    rahmen.zeitraum = gefragt
    return [gefragt, *(_kosten(r, daten, rahmen) for r in reihen_in(daten)[:ZEILEN_JE_ART])]


def _kosten(reihe: str, daten: QueryDict, rahmen: Leserahmen) -> WortlautFeld:
    form = KostenForm(daten, prefix=reihe, leserahmen=rahmen)
    form.wie_getippt = True
    ohne_pruefung(form)
    return form["angabe"]


def _feld(feld: str, reihe: str | None, daten: QueryDict, rahmen: Leserahmen) -> WortlautFeld:
    form = forms.Form(daten, prefix=reihe)
    form.fields[feld] = _MODELLFELDER[feld].formfield(**_KLASSEN.get(feld, {}))
    form.wie_getippt, form.leserahmen, form.umstaende = True, rahmen, rahmen.umstaende
    form.nicht_in_den_kosten = lambda betraege: noch_keine_position(betraege, angaben_in(daten))
    ohne_pruefung(form)
    return form[feld]
