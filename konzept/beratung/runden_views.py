"""Runden: the list, one of them, opening, changing, more time, an early end; who sits in a Gremium."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from konzept import rechte
from konzept.bearbeitung import VERWERFEN, Bearbeitung
from konzept.entwuerfe import ablage
from konzept.fassungen.zugriff import fassungen_fuer
from konzept.heute import am
from konzept.kleines_formular import kleines_formular
from konzept.konten.angemeldet import angemeldet
from konzept.konten.models import NACH_NAMEN
from konzept.models import Gremium, Konzept
from konzept.navigation import adresse
from konzept.verwaltung.seitenrahmen import rahmen as rahmen_der_kommune
from konzept.zugriff import hole_kommune, hole_konzept

from . import beteiligte, post, vorgaenge
from .forms import BeendenForm, RundeForm, RundeNeuForm, SitzeForm, VerlaengernForm
from .models import Runde
from .seitenrahmen import rahmen, rahmen_der_runde, runden_adresse
from .zugriff import hole_runde

_FORMULAR = require_http_methods(["GET", "HEAD", "POST"])


def hole_konzept_mit_runden(benutzer, kommune: str, konzept: str):
    """The concept at an address, with the Runden that the account may open. Http404 for who reads neither the concept
    nor anything that was laid before them. Three queries, one of them for the Runden."""
    k = get_object_or_404(Konzept.objects.mit_kommune(), kommune__slug=kommune, slug=konzept)
    runden = Runde.objects.filter(fassung__konzept=k).mit_fassung().mit_anzahl(benutzer).order_by("-beginn", "-pk")
    if not rechte.darf(benutzer, rechte.BERATUNG, k):
        runden = runden.filter(beteiligt=True)
    runden = list(runden)
    if not (runden or rechte.darf(benutzer, rechte.LESEN, k)):
        raise Http404("Nothing of this concept was laid before this account.")
    return k, runden


@require_safe
@angemeldet
def liste(request, kommune, konzept):
    """The Runden of a concept: all for who leads the Beratung, else those in which the account is asked."""
    k, runden = hole_konzept_mit_runden(request.user, kommune, konzept)
    kontext = rahmen(request.user, k) | {"runden": runden, "leitet": rechte.darf(request.user, rechte.BERATUNG, k)}
    return render(request, "beratung/liste.html", kontext)


@require_safe
@angemeldet
def detail(request, kommune, konzept, pk):
    """What is asked of whom until when, who reads along, and how far it is. Eleven queries."""
    zutritt = hole_runde(request.user, kommune, konzept, pk)
    runde = zutritt.runde
    kontext = rahmen_der_runde(request.user, zutritt, "detail") | {
        "gremien": runde.gremien.prefetch_related("sitze__benutzer"),
        "personen": runde.personen.order_by(*NACH_NAMEN),
        "mitlesende": vorgaenge.teilnehmende(runde),
        "wechsel": runde.wechsel.select_related("person", "durch").order_by("-pk"),
        "verlaengerungen": runde.verlaengerungen.all(),
        "anzahl": zutritt.lesbare(request.user).oeffentliche().count(),
        "zeigt_anzahl": zutritt.beteiligt or runde.sichtbarkeit == Runde.Sichtbarkeit.OFFEN or runde.beendet(),
    }
    return render(request, "beratung/detail.html", kontext)


@_FORMULAR
@angemeldet(fragt=("fassung",))
def neu(request, kommune, konzept):
    """Lay a Fassung (`?fassung=<nummer>`) before Gremien and persons; they are told by mail."""
    k = hole_konzept(request.user, kommune, konzept, rechte.BERATUNG)
    fassungen = fassungen_fuer(request.user, k).order_by("-nummer")
    genannt = request.GET.get("fassung", "")
    gewaehlt = next((f for f in fassungen if str(f.nummer) == genannt), next(iter(fassungen), None))
    entwurf = Runde(eroeffnet_von=request.user)
    if gewaehlt:
        gewaehlt.konzept = k
        entwurf.fassung = gewaehlt

    def formulare(daten):
        runde = Runde(eroeffnet_von=request.user, fassung=gewaehlt)
        return {"form": RundeNeuForm(daten, instance=runde, konzept=k, handelnder=request.user)}

    benachrichtigt = []

    def speichere(formulare):
        benachrichtigt.append(post.lade_ein(request, formulare["form"].save()))

    bearbeitung = Bearbeitung(
        request, entwurf, formulare, speichere, neu=lambda runde: runden_adresse(runde, "detail")
    )
    if bearbeitung.erledigt():
        if bearbeitung.angelegt is None:
            return redirect(adresse(k, "beratung:liste"))
        _sage_wie_viele(request, benachrichtigt[-1])
        return redirect(runden_adresse(bearbeitung.angelegt, "detail"))
    kontext = rahmen(request.user, k) | bearbeitung.kontext()
    kontext |= {
        "keine_fassung": gewaehlt is None,
        "lesen": adresse(k, "beratung:liste"),
        "krumen": [{"titel": "Beratung", "url": adresse(k, "beratung:liste")}],
    }
    return render(request, "beratung/runde_neu.html", kontext, status=bearbeitung.status)


NICHT_VERSCHICKT = "Ihre Änderung ist gespeichert, aber die Beteiligten bekommen keine E-Mail."


def _sage_wie_viele(request, benachrichtigt: post.Benachrichtigt) -> None:
    anzahl, alle, satz = benachrichtigt
    if not alle:
        messages.warning(
            request, "Noch bekommt niemand eine E-Mail: In den gewählten Gremien sitzt noch kein Konto."
        )
    elif satz:
        messages.error(request, f"{NICHT_VERSCHICKT} {satz}")
    else:
        wie_viele = "Eine E-Mail an 1 Person ist" if anzahl == 1 else f"E-Mails an {anzahl} Personen sind"
        messages.info(request, f"{wie_viele} unterwegs.")


@_FORMULAR
@angemeldet
def bearbeiten(request, kommune, konzept, pk):
    """Whom a Runde asks, and what it says to them. Who comes in newly gets the mail."""
    zutritt = hole_runde(request.user, kommune, konzept, pk, rechte.BERATUNG)
    runde, k = zutritt.runde, zutritt.konzept

    def formulare(daten):
        zeile = runde if daten is None else Runde.objects.mit_fassung().get(pk=runde.pk)
        return {"form": RundeForm(daten, instance=zeile, konzept=k, handelnder=request.user)}

    benachrichtigt = []

    def speichere(formulare):
        form = formulare["form"]
        gespeichert = form.save()
        if form.neue and not gespeichert.beendet():
            benachrichtigt.append(post.lade_ein(request, gespeichert, form.neue))

    bearbeitung = Bearbeitung(request, runde, formulare, speichere)
    if bearbeitung.erledigt():
        if benachrichtigt:
            _sage_wie_viele(request, benachrichtigt[-1])
        return redirect(runden_adresse(runde, "detail"))
    kontext = rahmen_der_runde(request.user, zutritt) | bearbeitung.kontext()
    kontext |= {"lesen": runden_adresse(runde, "detail")}
    return render(request, "beratung/runde_bearbeiten.html", kontext, status=bearbeitung.status)


def _frage(request, zutritt, form, vorlage: str, tue):
    """A page with a small form: `tue()` once it is valid, then back to the Runde."""
    ziel = runden_adresse(zutritt.runde, "detail")
    if VERWERFEN in request.POST:
        ablage.vergiss(request)
        return redirect(ziel)
    if request.method == "POST" and form.is_valid():
        try:
            tue()
        except vorgaenge.Regelverstoss as fehler:
            form.add_error(fehler.feld or None, fehler.satz)
        else:
            ablage.vergiss(request)
            return redirect(ziel)
    kontext = rahmen_der_runde(request.user, zutritt) | {"form": form, "lesen": ziel}
    return render(request, vorlage, kontext, status=422 if request.method == "POST" else 200)


@_FORMULAR
@angemeldet
def verlaengern(request, kommune, konzept, pk):
    """More time, with a reason that everybody is told."""
    zutritt = hole_runde(request.user, kommune, konzept, pk, rechte.BERATUNG)
    runde = zutritt.runde
    form = kleines_formular(request, lambda daten: VerlaengernForm(daten, runde=runde))

    def tue():
        wahl = form.cleaned_data
        bisher = wahl["bisher"] or runde.ende
        with transaction.atomic():
            verlaengerung = vorgaenge.verlaengere(runde, bisher, wahl["bis"], wahl["grund"], request.user)
            benachrichtigt = post.melde_verlaengerung(request, runde, verlaengerung)
        messages.success(request, f"Die Runde läuft jetzt bis zum {am(runde.ende)}.")
        _sage_wie_viele(request, benachrichtigt)

    return _frage(request, zutritt, form, "beratung/verlaengern.html", tue)


@_FORMULAR
@angemeldet
def beenden(request, kommune, konzept, pk):
    """An end before the last day, with a reason that everybody is told."""
    zutritt = hole_runde(request.user, kommune, konzept, pk, rechte.BERATUNG)
    runde = zutritt.runde
    form = kleines_formular(request, BeendenForm)

    def tue():
        if runde.beendet():
            raise vorgaenge.Regelverstoss("Die Runde ist schon zu Ende.")
        with transaction.atomic():
            vorgaenge.beende(runde, form.cleaned_data["grund"], request.user)
            runde.refresh_from_db(fields=["geschlossen_am", "geschlossen_grund"])
            benachrichtigt = post.melde_ende(request, runde)
        messages.success(request, "Die Runde ist beendet.")
        _sage_wie_viele(request, benachrichtigt)

    return _frage(request, zutritt, form, "beratung/beenden.html", tue)


@_FORMULAR
@angemeldet
def sitze(request, kommune, pk):
    """Which accounts sit in a Gremium of a Kommune."""
    k = hole_kommune(request.user, kommune, rechte.MITGLIEDER)
    gremium = get_object_or_404(Gremium.objects.select_related("kommune"), pk=pk, kommune=k)
    form = kleines_formular(request, lambda daten: SitzeForm(daten, gremium=gremium, handelnder=request.user))
    ziel = reverse("sitze:liste", args=[k.slug])
    if VERWERFEN in request.POST:
        ablage.vergiss(request)
        return redirect(ziel)
    if request.method == "POST" and form.is_valid():
        beteiligte.setze_sitze(gremium, form.cleaned_data["konten"], request.user)
        ablage.vergiss(request)
        messages.success(request, f"Die Sitze im Gremium „{gremium}“ sind gespeichert.")
        return redirect(ziel)
    kontext = rahmen_der_kommune(request.user, k, "sitze") | {
        "gremium": gremium,
        "form": form,
        "mitglieder": gremium.mitglieder.all(),
        "lesen": ziel,
        "krumen": [{"titel": "Sitze in den Gremien", "url": ziel}],
    }
    return render(request, "beratung/sitze.html", kontext, status=422 if request.method == "POST" else 200)


@require_safe
@angemeldet
def gremien(request, kommune):
    """The Gremien of a Kommune and who sits in them. Five queries."""
    k = hole_kommune(request.user, kommune, rechte.MITGLIEDER)
    zeilen = k.gremien.prefetch_related("sitze__benutzer")
    kontext = rahmen_der_kommune(request.user, k, "sitze") | {"gremien": zeilen}
    return render(request, "beratung/gremien.html", kontext)
