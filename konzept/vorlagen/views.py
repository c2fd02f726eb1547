"""The Vorlagen of a concept: list, sheet, form, results of the sittings, PDF."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from konzept import rechte
from konzept.bearbeitung import Bearbeitung
from konzept.dokument.maengel import Unvollstaendig, mit_formular
from konzept.druckauftraege.antwort import Blatt, antworte
from konzept.konten.angemeldet import angemeldet
from konzept.konten.models import Ereignis
from konzept.konten.protokoll import halte_fest
from konzept.navigation import Formulare, adresse, rahmen
from konzept.verlauf.geloescht import auch_geloescht
from konzept.zugriff import hole, hole_konzept

from .anlagen import Anlagen
from .beschluesse import hindernis, was_nicht_mehr_gilt
from .blatt import stelle_blatt_zusammen
from .druck import anlage_1, nimm_auf
from .forms import NeueVorlageForm, ergebnis_formulare, vorlage_formulare
from .models import Vorlage
from .vorgaenge import (
    beschlussfassung,
    halte_fest_wer_sie_sieht,
    moegliche_beschlussfassung,
    schlage_vor,
    speichere_ergebnis,
)

_FORMULAR = require_http_methods(["GET", "HEAD", "POST"])


def _rahmen(request, k, vorlage=None, **weitere) -> dict:
    """Context of every page here; below the list with the way back to it, and to the sheet."""
    kontext = rahmen(request.user, k, "vorlagen") | {"darf_vorlagen": rechte.darf(request.user, rechte.VORLAGEN, k)}
    if vorlage is None:
        return kontext | weitere
    kontext["vorlage"] = vorlage
    kontext["krumen"] = [{"titel": "Vorlagen", "url": adresse(k, "vorlagen:liste")}]
    return kontext | weitere


@require_safe
@angemeldet
def liste(request, kommune, konzept):
    """The Vorlagen of a concept that the account may see, with the way they have gone. Five queries."""
    k = hole_konzept(request.user, kommune, konzept)
    kontext = _rahmen(
        request,
        k,
        vorlagen=Vorlage.objects.sichtbar_fuer(request.user, k).fuer_liste(),
        nur_oeffentliche=not rechte.darf(request.user, rechte.NICHTOEFFENTLICHES, k),
    )
    return render(request, "vorlagen/liste.html", kontext)


@require_safe
@angemeldet
def detail(request, kommune, konzept, pk):
    """The sheet as it prints, and what is next. 38 queries, 25 of them those of `stelle_zusammen`."""
    vorlage = hole(request.user, Vorlage.objects.fuer_blatt(), pk, kommune, konzept)
    k = vorlage.konzept
    beschlossen = bool(vorlage.entscheidung and vorlage.entscheidung.angenommen)
    fassung = beschlussfassung(vorlage) if beschlossen else None
    dokument, maengel = anlage_1(vorlage)
    anlagen = Anlagen(vorlage)
    kontext = _rahmen(
        request,
        k,
        vorlage,
        blatt=stelle_blatt_zusammen(vorlage, dokument, anlagen),
        anlagen=anlagen.fuer(request.user, dokument.titel),
        maengel=mit_formular(maengel, Formulare(request.user, k)) if maengel else (),
        beschlossen=beschlossen,
        beschlussfassung=fassung,
        moegliche=moegliche_beschlussfassung(vorlage) if beschlossen and fassung is None else None,
        hindernis=hindernis(vorlage.entscheidung) if beschlossen else "",
        darf_festschreiben=rechte.darf(request.user, rechte.FESTSCHREIBEN, k),
        darf_veroeffentlichen=rechte.darf(request.user, rechte.VEROEFFENTLICHEN, k),
    )
    return render(request, "vorlagen/detail.html", kontext)


@_FORMULAR
@angemeldet
def neu(request, kommune, konzept):
    """The first three facts; the rest is suggested and then edited."""
    k = hole_konzept(request.user, kommune, konzept, rechte.VORLAGEN)

    def formulare(daten):
        return {"form": NeueVorlageForm(daten, instance=Vorlage(konzept=k, betreff=k.titel), konzept=k)}

    def speichere(alle):
        vorlage = alle["form"].save()
        schlage_vor(vorlage)
        halte_fest(Ereignis.VORLAGE, kommune=k.kommune, benutzer=request.user, text=f"angelegt: {vorlage}")

    bearbeitung = Bearbeitung(
        request, Vorlage(konzept=k), formulare, speichere, lambda v: adresse(k, "vorlagen:bearbeiten", pk=v.pk)
    )
    if bearbeitung.erledigt():
        if bearbeitung.angelegt:
            return redirect(adresse(k, "vorlagen:bearbeiten", pk=bearbeitung.angelegt.pk))
        return redirect(adresse(k, "vorlagen:liste"))
    kontext = _rahmen(request, k, Vorlage(konzept=k)) | bearbeitung.kontext()
    kontext["lesen"] = adresse(k, "vorlagen:liste")
    return render(request, "vorlagen/neu.html", kontext, status=bearbeitung.status)


@_FORMULAR
@angemeldet
@auch_geloescht(lambda **_: "vorlage")
def bearbeiten(request, kommune, konzept, pk):
    """Everything on the sheet but the results. Sixteen queries."""
    alle = Vorlage.objects.fuer_blatt()
    vorlage = hole(request.user, alle, pk, kommune, konzept, rechte.VORLAGEN)
    k = vorlage.konzept

    def formulare(daten):
        # Checking a form writes into its row, so that each set of forms has a row of its own.
        return vorlage_formulare(vorlage if daten is None else alle.get(pk=pk), daten)

    bearbeitung = Bearbeitung(request, vorlage, formulare)
    lesen = adresse(k, "vorlagen:detail", pk=pk)
    if bearbeitung.erledigt():
        halte_fest_wer_sie_sieht(alle.get(pk=pk), vorlage.oeffentlich, request.user)
        return redirect(lesen)
    kontext = _rahmen(request, k, vorlage, lesen=lesen) | bearbeitung.kontext()
    kontext["krumen"].append({"titel": str(vorlage), "url": lesen})
    return render(request, "vorlagen/bearbeiten.html", kontext, status=bearbeitung.status)


@_FORMULAR
@angemeldet
@auch_geloescht(lambda **_: "vorlage")
def ergebnis(request, kommune, konzept, pk, station):
    """What one Gremium resolved, on the whole and on each point. Eleven queries."""
    alle = Vorlage.objects.fuer_blatt()
    vorlage = hole(request.user, alle, pk, kommune, konzept, rechte.VORLAGEN)
    k = vorlage.konzept

    def formulare(daten):
        return ergebnis_formulare(vorlage if daten is None else alle.get(pk=pk), station, daten)

    def speichere(alle):
        speichere_ergebnis(alle)
        text = f"Ergebnis eingetragen: {vorlage}, {alle['ergebnis'].instance}"
        halte_fest(Ereignis.VORLAGE, kommune=k.kommune, benutzer=request.user, text=text)

    bearbeitung = Bearbeitung(request, vorlage, formulare, speichere)
    lesen = adresse(k, "vorlagen:detail", pk=pk)
    if bearbeitung.erledigt():
        for satz in was_nicht_mehr_gilt(station):
            messages.warning(request, satz)
        return redirect(lesen)
    kontext = _rahmen(request, k, vorlage, lesen=lesen) | bearbeitung.kontext()
    kontext["station"] = bearbeitung.formulare["ergebnis"].instance
    kontext["punkte"] = [f for name, f in bearbeitung.formulare.items() if name.startswith("punkt-")]
    kontext["krumen"].append({"titel": str(vorlage), "url": lesen})
    return render(request, "vorlagen/ergebnis.html", kontext, status=bearbeitung.status)


@_FORMULAR
@angemeldet
def druck(request, kommune, konzept, pk):
    """The Vorlage and the concept behind it as one PDF, made in the background; POST tries again what failed."""
    vorlage = hole(request.user, Vorlage.objects.fuer_blatt(), pk, kommune, konzept)
    k = vorlage.konzept

    def kontext():
        zurueck = {"titel": "Zur Vorlage", "url": adresse(k, "vorlagen:detail", pk=pk)}
        return _rahmen(request, k, vorlage, basis="konzept/basis.html", zurueck=zurueck)

    blatt = Blatt(
        konzept=k,
        gegenstand=f"vorlage-{pk}",
        name=f"{k.kommune.slug}-{k.slug}-vorlage-{pk}",
        protokoll=f"Vorlage „{vorlage}“ als PDF",
        kontext=kontext,
    )
    try:
        return antworte(request, lambda: nimm_auf(pk), blatt)
    except Unvollstaendig as luecken:
        maengel = mit_formular(luecken.maengel, Formulare(request.user, k))
        return render(request, "vorlagen/unvollstaendig.html", kontext() | {"maengel": maengel}, status=409)
