"""Reading a concept, printing it, and the form for the text of an Abschnitt."""

from django.apps import apps
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from konzept import rechte, seiten
from konzept.dokument import pdf as druck
from konzept.dokument.html import kapitel_html
from konzept.dokument.schriften import fehlende_zeichen
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.konten.wiedervorlage import angemeldet
from konzept.zugriff import hole, hole_konzept, konzepte_fuer
from massnahmen.rahmen import Formulare, adresse, rahmen, rahmen_bearbeiten

from .bearbeitung import Bearbeitung
from .forms import AbschnittForm
from .models import Abschnitt


@require_safe
@angemeldet
def start(request):
    """The concepts that the account may read, grouped by Kommune."""
    konzepte = konzepte_fuer(request.user).je_kommune()
    return render(request, "konzept/start.html", {"konzepte": konzepte})


def _formulare(benutzer, konzept) -> Formulare | None:
    if not rechte.darf(benutzer, rechte.BEARBEITEN, konzept):
        return None
    return Formulare(konzept, _admin_adresse if benutzer.is_staff else None)


def _admin_adresse(anker: str) -> str | None:
    """The admin's form of an element that has no form of its own."""
    art, _, pk = anker.partition("-")
    if not pk.isdecimal():
        return None
    for app in ("konzept", "handlungsfelder", "massnahmen"):
        if art in apps.all_models[app]:
            return reverse(f"admin:{app}_{art}_change", args=[pk])
    return None


@require_safe
@angemeldet
def uebersicht(request, kommune, konzept):
    """Title page of a concept: what it is, its outline, its PDF."""
    k = hole_konzept(request.user, kommune, konzept)
    dokument = stelle_zusammen(k)

    def url(anker):
        return adresse(k, "konzept:kapitel", anker=anker)

    kontext = rahmen(request.user, k, "uebersicht") | {
        "dokument": dokument,
        "gliederung": seiten.gliederung(dokument, url),
        "felder": [(umfang, url(umfang.kapitel.anker)) for umfang in seiten.umfang(dokument)],
        "fehlende_zeichen": fehlende_zeichen(dokument),
    }
    return render(request, "konzept/uebersicht.html", kontext)


@require_safe
@angemeldet
def kapitel(request, kommune, konzept, anker):
    """One chapter, or one Handlungsfeld. The Anker of an element inside leads to its place on the page."""
    k = hole_konzept(request.user, kommune, konzept)
    dokument = stelle_zusammen(k)
    alle = seiten.seiten(dokument)
    gefunden = seiten.finde(alle, anker)
    if gefunden is None:
        raise Http404("No such Anker in this concept.")
    index, eigener = gefunden
    seite = alle[index]

    def url(ziel):
        return adresse(k, "konzept:kapitel", anker=ziel)

    if not eigener:
        return redirect(f"{url(seite.kapitel.anker)}#{anker}")
    kontext = rahmen(request.user, k, "lesen") | {
        "seite": seite,
        "html": kapitel_html(seite.inhalt, bearbeiten=_formulare(request.user, k), verweise=url),
        "gliederung": seiten.gliederung(dokument, url, seite.kapitel.anker),
        "felder": [(feld, url(feld.anker)) for feld in seite.felder],
        "davor": _nachbar(alle, index - 1, url),
        "danach": _nachbar(alle, index + 1, url),
        "krumen": [{"titel": k.titel, "url": adresse(k, "konzept:uebersicht")}]
        + ([{"titel": seite.oben.ueberschrift, "url": url(seite.oben.anker)}] if seite.oben else []),
    }
    return render(request, "konzept/kapitel.html", kontext)


def _nachbar(alle, index, url):
    if not 0 <= index < len(alle):
        return None
    kapitel = alle[index].kapitel
    return {"titel": kapitel.ueberschrift, "url": url(kapitel.anker)}


@require_safe
@angemeldet
def gesamt(request, kommune, konzept):
    """The whole concept on one page."""
    k = hole_konzept(request.user, kommune, konzept)
    dokument = stelle_zusammen(k)
    formulare = _formulare(request.user, k)
    kontext = rahmen(request.user, k, "gesamt") | {
        "dokument": dokument,
        "html": [kapitel_html(teil, ebene=2, bearbeiten=formulare) for teil in dokument.kapitel],
        "gliederung": seiten.gliederung(dokument, lambda anker: f"#{anker}"),
    }
    return render(request, "konzept/gesamt.html", kontext)


@require_safe
@angemeldet
def pdf(request, kommune, konzept):
    """The whole concept as one PDF, made from the rows as they are now."""
    k = hole_konzept(request.user, kommune, konzept)
    inhalt = druck.drucke(stelle_zusammen(k))
    antwort = HttpResponse(inhalt, content_type="application/pdf")
    antwort["Content-Disposition"] = f'inline; filename="{k.kommune.slug}-{k.slug}.pdf"'
    antwort["Cache-Control"] = "private, no-store"
    return antwort


@require_http_methods(["GET", "HEAD", "POST"])
@angemeldet
def abschnitt_bearbeiten(request, kommune, konzept, pk):
    """The text of an Abschnitt."""
    abschnitt = hole(request.user, Abschnitt.objects.fuer_formular(), pk, kommune, konzept, rechte.BEARBEITEN)
    k = abschnitt.konzept
    lesen = adresse(k, "konzept:kapitel", anker=f"abschnitt-{abschnitt.pk}")

    def formulare(daten):
        frisch = Abschnitt.objects.get(pk=abschnitt.pk) if daten is not None else abschnitt
        return {"form": AbschnittForm(daten, instance=frisch)}

    bearbeitung = Bearbeitung(request, abschnitt, formulare)
    if bearbeitung.erledigt():
        return redirect(lesen)
    kontext, nummern = rahmen_bearbeiten(request.user, k, f"abschnitt-{abschnitt.pk}")
    kontext |= bearbeitung.kontext() | {
        "abschnitt": abschnitt,
        "nummer": nummern[abschnitt],
        "lesen": lesen,
        "krumen": [{"titel": k.titel, "url": adresse(k, "konzept:uebersicht")}],
    }
    return render(request, "konzept/abschnitt_bearbeiten.html", kontext, status=bearbeitung.status)
