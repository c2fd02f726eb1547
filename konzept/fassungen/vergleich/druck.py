"""The Synopse: a comparison as PDF, list of changes first, then both states side by side."""

from functools import partial

from django.http import Http404, QueryDict
from django.template.loader import render_to_string

from konzept.dokument import ressourcen
from konzept.dokument.satz import setze
from konzept.dokument.schriften import druckbar, ersetze
from konzept.druckauftraege.vorhaben import Vorhaben
from konzept.konten.models import Benutzer

from .ansichten import WORTE, Filter, Gegenueber
from .forms import StaendeForm
from .staende import Auswahl, Stand, hole_auswahl

ART = "synopse"
"""The kind of the job."""


def vorhaben(benutzer, auswahl: Auswahl, form: StaendeForm, anfrage) -> Vorhaben:
    """The Synopse of the two states of a valid form, for an account that chose among its own `auswahl`; `anfrage` holds
    the filter. Http404 where it names a chapter that is in neither."""
    gegenueber = Gegenueber(**form.cleaned_data, filter=Filter.aus(anfrage), druck=True)
    if not gegenueber.hat_kapitel:
        raise Http404("There is no such chapter.")
    k = auswahl.konzept
    return Vorhaben(
        konzept=k,
        art=ART,
        angaben=(str(benutzer.pk), k.kommune.slug, k.slug, gegenueber.abfrage().removeprefix("?")),
        grundlage=(
            [_grundlage(stand) for stand in (gegenueber.alt, gegenueber.neu)],
            gegenueber.namen,
            gegenueber.filter,
        ),
        mache=partial(synopse, gegenueber),
    )


def _grundlage(stand: Stand) -> tuple:
    return stand.titel, stand.pruefsumme, stand.fassung is not None


def stelle_her(benutzer: str, kommune: str, konzept: str, abfrage: str) -> None:
    """Print what the parameters of an address mean to an account (pk), for a process of its own."""
    konto, anfrage = Benutzer.objects.get(pk=benutzer), QueryDict(abfrage)
    auswahl = hole_auswahl(konto, kommune, konzept)
    form = StaendeForm(anfrage, auswahl=auswahl)
    if not form.is_valid():
        raise Http404("One of the states is not there for this account any more.")
    vorhaben(konto, auswahl, form, anfrage).stelle_her()


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
