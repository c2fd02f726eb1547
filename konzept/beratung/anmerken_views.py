"""Saying something about a Fassung: a form of its own for each place, for changing and taking back, and for paper."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from konzept import rechte
from konzept.bearbeitung import VERWERFEN, Bearbeitung
from konzept.druckauftraege.antwort import Blatt, antworte
from konzept.entwuerfe import ablage
from konzept.grenzen import ZITAT
from konzept.kleines_formular import kleines_formular
from konzept.konten.angemeldet import angemeldet

from . import bogen, vorgaenge
from .anmerkungen import Karten
from .forms import AnmerkungForm, GrundForm, PapierForm
from .models import Anmerkung
from .seitenrahmen import rahmen_der_runde, runden_adresse
from .stellen import Stellen, ganzzahl
from .zugriff import hole_anmerkung, hole_runde

_FORMULAR = require_http_methods(["GET", "HEAD", "POST"])
ALS_NOTIZ = "_privat"
"""Button of a form whose Runde has ended: keep what was typed as a private note."""


def _stelle_aus(request, stellen: Stellen):
    """The place at `?rn=`, None for the whole. Http404 for a number that the Fassung does not have."""
    wert = request.GET.get("rn", "")
    if not wert:
        return None
    stelle = stellen.get(ganzzahl(wert))
    if stelle is None:
        raise Http404("No such Randnummer in this Fassung.")
    return stelle


def _zum_ort(runde, stelle, anmerkung=None) -> str:
    if stelle is None:
        return runden_adresse(runde, "anmerkungen") + (f"#anmerkung-{anmerkung.pk}" if anmerkung else "")
    return f"{runden_adresse(runde, 'pruefen_kapitel', anker=stelle.seite)}#rn-{stelle.rn}"


@_FORMULAR
@angemeldet(fragt=("rn", "zitat"))
def anmerken(request, kommune, konzept, pk):
    """Comment on a Randnummer (`?rn=119`, `&zitat=` with the words meant) or on the whole; shows what is said there
    already. After the end only a private note can be saved."""
    zutritt = hole_runde(request.user, kommune, konzept, pk)
    if request.method == "POST" and not zutritt.beteiligt:
        raise PermissionDenied
    runde = zutritt.runde
    stellen = Stellen(runde.fassung.dokument)
    stelle = _stelle_aus(request, stellen)

    def entwurf():
        return Anmerkung(
            runde=runde,
            verfasser=request.user,
            rn=stelle and stelle.rn,
            anker=stelle.anker if stelle else "",
            zitat=request.GET.get("zitat", "")[:ZITAT] if stelle else "",
            privat=not runde.laeuft(),
        )

    def formulare(daten):
        return {"form": AnmerkungForm(_als_notiz(daten), instance=entwurf(), konzept=runde.konzept, stelle=stelle)}

    bearbeitung = Bearbeitung(request, entwurf(), formulare, neu=lambda a: _zum_ort(runde, stelle, a))
    if bearbeitung.erledigt():
        return redirect(_zum_ort(runde, stelle, bearbeitung.angelegt))
    hier = zutritt.lesbare(request.user).filter(rn=stelle and stelle.rn).mit_antwort()
    return _zeige(request, zutritt, bearbeitung, stelle, karten=Karten(request, zutritt, stellen).baue(hier))


def _als_notiz(daten):
    if daten is not None and ALS_NOTIZ in daten:
        daten["privat"] = "on"
    return daten


def _zeige(request, zutritt, bearbeitung, stelle, **weitere):
    runde = zutritt.runde
    kontext = rahmen_der_runde(request.user, zutritt) | bearbeitung.kontext() | weitere
    kontext |= {
        "stelle": stelle,
        "lesen": _zum_ort(runde, stelle),
        "als_notiz": zutritt.beteiligt and not runde.laeuft(),
    }
    return render(request, "beratung/anmerken.html", kontext, status=bearbeitung.status)


@_FORMULAR
@angemeldet
def bearbeiten(request, kommune, konzept, pk, anmerkung):
    """Change an own Anmerkung as long as nothing is answered and the Runde lasts, or what came on paper until it is
    answered."""
    zutritt, a = hole_anmerkung(request.user, kommune, konzept, pk, anmerkung)
    runde = zutritt.runde
    eigene = zutritt.leitet if a.papier_von else a.verfasser_id == request.user.pk
    # What somebody has typed until it became too late comes back in the form.
    getippt = eigene and (request.method == "POST" or ablage.finde(request))
    if not (getippt or a.bearbeitbar_fuer(request.user, leitet=zutritt.leitet)):
        raise PermissionDenied
    stellen = Stellen(runde.fassung.dokument)
    stelle = stellen.get(a.rn)
    # What was said to the others stays; a private note is kept as a new Anmerkung beside it.
    als_eigene_notiz = ALS_NOTIZ in request.POST and not (a.privat or a.papier_von)

    def notiz():
        return Anmerkung(runde=runde, verfasser=request.user, rn=a.rn, anker=a.anker, privat=True)

    def formulare(daten):
        zeile = notiz() if als_eigene_notiz else a
        if daten is not None and not als_eigene_notiz:
            zeile = Anmerkung.objects.mit_antwort().get(pk=a.pk)
            zeile.runde = runde
        if a.papier_von:
            return {"form": PapierForm(daten, instance=zeile, konzept=runde.konzept, stellen=stellen)}
        return {"form": AnmerkungForm(_als_notiz(daten), instance=zeile, konzept=runde.konzept, stelle=stelle)}

    objekt = notiz() if als_eigene_notiz else a
    bearbeitung = Bearbeitung(request, objekt, formulare, neu=lambda notiz: _zum_ort(runde, stelle, notiz))
    if bearbeitung.erledigt():
        if a.papier_von and VERWERFEN not in request.POST:
            vorgaenge.protokolliere_zu(a, request.user, "Anmerkung vom Papier geändert")
        return redirect(_zum_ort(runde, stelle, a))
    return _zeige(request, zutritt, bearbeitung, stelle, anmerkung=a)


@_FORMULAR
@angemeldet
def zurueckziehen(request, kommune, konzept, pk, anmerkung):
    """Asks, and takes an own Anmerkung back; a private note is deleted. For what came on paper it asks why, too."""
    zutritt, a = hole_anmerkung(request.user, kommune, konzept, pk, anmerkung)
    if not a.bearbeitbar_fuer(request.user, leitet=zutritt.leitet):
        raise PermissionDenied
    stelle = Stellen(zutritt.runde.fassung.dokument).get(a.rn)
    ziel = _zum_ort(zutritt.runde, stelle)
    form = kleines_formular(request, GrundForm) if a.papier_von else None
    if VERWERFEN in request.POST:
        ablage.vergiss(request)
        return redirect(ziel)
    if request.method == "POST" and (form is None or form.is_valid()):
        vorgaenge.zieh_zurueck(a, request.user, form.cleaned_data["grund"] if form else "")
        ablage.vergiss(request)
        messages.success(request, "Die Notiz ist gelöscht." if a.privat else "Die Anmerkung ist zurückgezogen.")
        return redirect(ziel)
    kontext = rahmen_der_runde(request.user, zutritt) | {"anmerkung": a, "form": form, "lesen": ziel}
    status = 422 if form and form.is_bound and form.errors else 200
    return render(request, "beratung/zurueckziehen.html", kontext, status=status)


@_FORMULAR
@angemeldet(fragt=("von",))
def papier(request, kommune, konzept, pk):
    """Enter what came back on paper, in the name of its author (`?von=` fills it in for the next one)."""
    zutritt = hole_runde(request.user, kommune, konzept, pk, rechte.BERATUNG)
    runde = zutritt.runde
    stellen = Stellen(runde.fassung.dokument)

    def entwurf():
        return Anmerkung(runde=runde, verfasser=request.user, papier_von=request.GET.get("von", "")[:200])

    def formulare(daten):
        return {"form": PapierForm(daten, instance=entwurf(), konzept=runde.konzept, stellen=stellen)}

    bearbeitung = Bearbeitung(
        request, entwurf(), formulare, neu=lambda a: f"{runden_adresse(runde, 'abwaegung')}#anmerkung-{a.pk}"
    )
    if bearbeitung.erledigt():
        gespeichert = bearbeitung.angelegt
        if gespeichert:
            vorgaenge.protokolliere_zu(gespeichert, request.user, "Anmerkung vom Papier eingetragen")
        if gespeichert and "_naechste" in request.POST:
            return redirect(f"{runden_adresse(runde, 'papier')}?{urlencode({'von': gespeichert.papier_von})}")
        return redirect(runden_adresse(runde, "abwaegung"))
    kontext = rahmen_der_runde(request.user, zutritt, "abwaegung") | bearbeitung.kontext()
    kontext |= {"lesen": runden_adresse(runde, "abwaegung"), "letzte_rn": stellen.letzte}
    return render(request, "beratung/papier.html", kontext, status=bearbeitung.status)


@_FORMULAR
@angemeldet
def druck_bogen(request, kommune, konzept, pk):
    """The sheet for Anmerkungen by hand as PDF, for who may read the Runde; POST tries again what failed."""
    zutritt = hole_runde(request.user, kommune, konzept, pk)
    runde = zutritt.runde

    def kontext():
        zurueck = {"titel": "Zur Runde", "url": runden_adresse(runde, "detail")}
        return rahmen_der_runde(request.user, zutritt) | {"basis": "beratung/runde_basis.html", "zurueck": zurueck}

    blatt = Blatt(
        konzept=runde.konzept,
        gegenstand=f"bogen-{pk}",
        name=f"{runde.konzept.kommune.slug}-{runde.konzept.slug}-anmerkungsbogen-{runde.fassung.nummer}-{pk}",
        protokoll=f"Anmerkungsbogen zu {runde.fassung}, {runde.fassung.titel}",
        kontext=kontext,
    )
    return antworte(request, lambda: bogen.nimm_auf(hole_runde(request.user, kommune, konzept, pk).runde), blatt)
