"""Choosing two states of a concept, reading what differs, and handing it out as a Synopse."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from konzept import grenzen
from konzept.druckauftraege.antwort import Blatt, antworte
from konzept.konten.angemeldet import angemeldet
from konzept.models import Konzept
from konzept.navigation import adresse, rahmen

from .ansichten import WORTE, Filter, Gegenueber
from .druck import nimm_auf
from .forms import AuswahlForm, StaendeForm
from .staende import hole_auswahl


@require_safe
@angemeldet
def waehlen(request, kommune, konzept):
    """Which two states shall be compared. Five queries."""
    auswahl = hole_auswahl(request.user, kommune, konzept)
    gewaehlt = {name: request.GET.get(name, "") for name in ("alt", "neu")}
    return _frage(request, StaendeForm(None, auswahl=auswahl, **gewaehlt))


@require_safe
@angemeldet
def ansicht(request, kommune, konzept):
    """What differs between two states, as a list; without two states the page that asks for them."""
    form = _form(request, kommune, konzept)
    if not form.is_valid():
        return _frage(request, form)
    k = form.auswahl.konzept
    gegenueber = Gegenueber(**form.cleaned_data, filter=Filter.aus(request.GET))
    blatt = Paginator(gegenueber.zeilen(), grenzen.VERGLEICH_JE_SEITE).get_page(request.GET.get("seite"))
    kontext = _kontext(request, k) | {
        "gegenueber": gegenueber,
        "blatt": blatt,
        "worte": WORTE.values(),
        "tabelle": gegenueber.tabelle(),
        "arten": gegenueber.arten(),
        "gliederung": gegenueber.gliederung(),
        "gliederung_hinweise": "Änderung,Änderungen",
        "form": AuswahlForm(gegenueber),
        "ansicht": adresse(k, "vergleich:ansicht"),
        "als_pdf": adresse(k, "vergleich:druck"),
        "druck": adresse(k, "vergleich:druck") + gegenueber.abfrage(),
        "umgekehrt": Gegenueber(gegenueber.neu, gegenueber.alt).abfrage(),
        "ohne_filter": gegenueber.abfrage(Filter()),
        "krumen": [{"titel": "Vergleichen", "url": adresse(k, "vergleich:waehlen")}],
    }
    return render(request, "vergleich/ansicht.html", kontext)


@require_http_methods(["GET", "HEAD", "POST"])
@angemeldet
def druck(request, kommune, konzept):
    """What the page shows as a PDF, made in the background; POST tries again what failed."""
    form = _form(request, kommune, konzept)
    if not form.is_valid():
        return _frage(request, form)
    k, gezeigt = form.auswahl.konzept, Filter.aus(request.GET)
    staende = f"{form.cleaned_data['alt'].kurz} – {form.cleaned_data['neu'].kurz}"
    abfrage = Gegenueber(**form.cleaned_data, filter=gezeigt).abfrage()

    def kontext():
        ansicht = adresse(k, "vergleich:ansicht") + abfrage
        zurueck = {"titel": "Zum Vergleich", "url": ansicht}
        return _kontext(request, k) | {"basis": "fassungen/basis.html", "zurueck": zurueck}

    def lies():
        # Everything is read again, and the rights are asked again, in the same moment of the database as the trees.
        form = _form(request, kommune, konzept)
        if not form.is_valid():
            raise Http404("One of the states is not there for this account any more.")
        return nimm_auf(Gegenueber(**form.cleaned_data, filter=gezeigt))

    blatt = Blatt(
        konzept=k,
        gegenstand=f"synopse{abfrage}"[:300],
        name=f"{k.kommune.slug}-{k.slug}-synopse",
        protokoll=f"{k.titel}: Synopse {staende} als PDF",
        kontext=kontext,
    )
    return antworte(request, lies, blatt)


def _form(request, kommune: str, konzept: str) -> StaendeForm:
    """The two states that an address names, among those that the account may compare (see `hole_auswahl`)."""
    auswahl = hole_auswahl(request.user, kommune, konzept)
    gefragt = {"alt", "neu"} & request.GET.keys()
    return StaendeForm(request.GET if gefragt else None, auswahl=auswahl)


def _frage(request, form: StaendeForm) -> HttpResponse:
    auswahl = form.auswahl
    kontext = _kontext(request, auswahl.konzept) | {
        "form": form,
        "ziel": adresse(auswahl.konzept, "vergleich:ansicht"),
        "zu_wenig": len(auswahl.eigene) + len(auswahl.andere) < 2,
    }
    return render(request, "vergleich/waehlen.html", kontext, status=422 if form.errors else 200)


def _kontext(request, k: Konzept) -> dict:
    krumen = [{"titel": "Fassungen", "url": adresse(k, "fassungen:liste")}]
    return rahmen(request.user, k, "fassungen") | {"krumen": krumen}
