"""Choosing two states of a concept, reading what differs, and printing it as a Synopse."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from konzept.dokument import ressourcen
from konzept.dokument.satz import setze
from konzept.dokument.schriften import druckbar, ersetze
from konzept.konten.models import Ereignis
from konzept.konten.protokoll import halte_fest
from konzept.konten.wiedervorlage import angemeldet
from massnahmen.rahmen import adresse, rahmen

from .ansichten import WORTE, Filter, Gegenueber
from .forms import StaendeForm
from .staende import Auswahl, hole_auswahl

JE_SEITE = 100


@require_safe
@angemeldet
def waehlen(request, kommune, konzept):
    """Which two states shall be compared. Five queries."""
    auswahl = hole_auswahl(request.user, kommune, konzept)
    return _frage(request, auswahl, StaendeForm(None, auswahl=auswahl))


@require_safe
@angemeldet
def ansicht(request, kommune, konzept):
    """What differs between two states, as a list; without two states the page that asks for them."""
    auswahl = hole_auswahl(request.user, kommune, konzept)
    form = _form(request, auswahl)
    if not form.is_valid():
        return _frage(request, auswahl, form)
    gegenueber = Gegenueber(**form.cleaned_data, filter=Filter.aus(request.GET))
    blatt = Paginator(gegenueber.zeilen(), JE_SEITE).get_page(request.GET.get("seite"))
    kontext = _kontext(request, auswahl) | {
        "gegenueber": gegenueber,
        "blatt": blatt,
        "worte": WORTE.values(),
        "tabelle": gegenueber.tabelle(),
        "arten": gegenueber.arten(),
        "gliederung": gegenueber.gliederung(),
        "gliederung_hinweise": "Änderungen",
        "druck": adresse(auswahl.konzept, "vergleich:druck") + gegenueber.abfrage(),
        "umgekehrt": Gegenueber(gegenueber.neu, gegenueber.alt).abfrage(),
        "ohne_filter": gegenueber.abfrage(Filter()),
        "krumen": [{"titel": "Vergleichen", "url": adresse(auswahl.konzept, "vergleich:waehlen")}],
    }
    return render(request, "vergleich/ansicht.html", kontext)


@require_safe
@angemeldet
def druck(request, kommune, konzept):
    """What the page shows as a PDF: list of changes, then both states side by side."""
    auswahl = hole_auswahl(request.user, kommune, konzept)
    form = _form(request, auswahl)
    if not form.is_valid():
        return _frage(request, auswahl, form)
    gegenueber = Gegenueber(**form.cleaned_data, filter=Filter.aus(request.GET), druck=True)
    k = auswahl.konzept
    inhalt = synopse(gegenueber)
    if request.method == "GET":
        text = f"{k.titel}: Synopse {gegenueber.alt.kurz} – {gegenueber.neu.kurz} als PDF"
        halte_fest(Ereignis.AUSGABE, kommune=k.kommune, benutzer=request.user, text=text)
    antwort = HttpResponse(inhalt, content_type="application/pdf")
    antwort["Content-Disposition"] = f'inline; filename="{k.kommune.slug}-{k.slug}-synopse.pdf"'
    antwort["Cache-Control"] = "private, no-store"
    return antwort


def synopse(gegenueber: Gegenueber) -> bytes:
    """The PDF of a comparison made for print, PDF/UA-1 and PDF/A-3a like the concept itself."""
    dokument = druckbar(gegenueber.neu.dokument)
    kontext = {
        "gegenueber": gegenueber,
        "dokument": dokument,
        "bisher": ersetze(gegenueber.alt.titel),
        "jetzt": ersetze(gegenueber.neu.titel),
        "worte": WORTE.values(),
        "tabelle": gegenueber.tabelle(),
        "zeilen": gegenueber.zeilen(),
        "ebene": 1,
    }
    html = render_to_string("vergleich/druck.html", kontext)
    return setze(html, ressourcen.inhalt, stand=dokument.stand)


def _form(request, auswahl: Auswahl) -> StaendeForm:
    gefragt = {"alt", "neu"} & request.GET.keys()
    return StaendeForm(request.GET if gefragt else None, auswahl=auswahl)


def _frage(request, auswahl: Auswahl, form: StaendeForm) -> HttpResponse:
    kontext = _kontext(request, auswahl) | {"form": form, "ziel": adresse(auswahl.konzept, "vergleich:ansicht")}
    kontext["zu_wenig"] = len(auswahl.eigene) + len(auswahl.andere) < 2
    return render(request, "vergleich/waehlen.html", kontext, status=422 if form.errors else 200)


def _kontext(request, auswahl: Auswahl) -> dict:
    k = auswahl.konzept
    krumen = [{"titel": "Fassungen", "url": adresse(k, "fassungen:liste")}]
    return rahmen(request.user, k, "fassungen") | {"krumen": krumen}
