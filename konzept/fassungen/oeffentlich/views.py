"""Published Fassungen, for everybody: no account, no session, no cookie is asked for or set.

Browsers and proxies may keep an answer for a few minutes, so that what is taken back is soon gone, and then ask by its
ETag. A page shows only what stands in the frozen tree.
"""

from functools import wraps

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.views.decorators.http import require_safe

from konzept import seiten
from konzept.dokument.html import kapitel_html
from konzept.fassungen import ausgaben
from konzept.fassungen.models import Ausgabe, AusgabeArt, Fassung
from konzept.fassungen.seitenrahmen import adresse_der
from konzept.fassungen.views import antwort_solange, json_antwort, pdf_antwort
from konzept.namensordnung import nach_namen

HALTBAR = 300
"""Seconds for which a browser or proxy may keep what it got."""
ERSATZ = "Sie können die Fassung hier auf den Seiten lesen."


def veroeffentlichte() -> QuerySet[Fassung]:
    """Without their trees, with concept, Kommune, publication and decision, and the moment `berichtigt_am` at which a
    mended PDF was made; the newest first."""
    berichtigt = Ausgabe.objects.filter(fassung=OuterRef("pk"), art=AusgabeArt.BERICHTIGT).values("erstellt_am")
    return (
        Fassung.objects.filter(veroeffentlichung__isnull=False)
        .ohne_inhalt()
        .select_related("konzept__kommune", "veroeffentlichung")
        .mit_beschluss()
        .annotate(berichtigt_am=Subquery(berichtigt))
        .order_by("-nummer")
    )


def hole(kommune: str, konzept: str, nummer: int) -> Fassung:
    """The published Fassung at an address, or Http404. One query, and another one for the tree once it is asked for."""
    return get_object_or_404(
        veroeffentlichte(), konzept__kommune__slug=kommune, konzept__slug=konzept, nummer=nummer
    )


def haltbar(view):
    """Decorator of a view that answers the same to everybody."""

    @require_safe
    @wraps(view)
    def huelle(request, *args, **kwargs):
        antwort = view(request, *args, **kwargs)
        # Without a content the answer only tells a waiting page to ask again.
        ist_blatt = antwort.status_code == 200 and antwort.content
        if ist_blatt:
            if not antwort.has_header("ETag"):
                set_response_etag(antwort)
            antwort = get_conditional_response(request, etag=antwort["ETag"], response=antwort)
        if ist_blatt or antwort.status_code == 304:
            patch_cache_control(antwort, public=True, max_age=HALTBAR)
        return antwort

    return huelle


def _rahmen(fassung: Fassung) -> dict:
    """Context of oeffentlich/basis.html."""
    return {
        "fassung": fassung,
        "dokument": fassung.dokument,
        "basis": "oeffentlich/basis.html",
        "krumen": [{"titel": fassung.titel, "url": adresse_der(fassung, "oeffentlich:fassung")}],
    }


@haltbar
def liste(request):
    """The newest published Fassung of every concept, by Kommune."""
    neueste = {}
    kommune = (nach_namen("konzept__kommune__kurzname"), "konzept__kommune_id")
    for fassung in veroeffentlichte().order_by(*kommune, "-konzept__stand", "-konzept_id", "-nummer"):
        neueste.setdefault(fassung.konzept_id, fassung)
    return render(request, "oeffentlich/liste.html", {"fassungen": list(neueste.values())})


@require_safe
def neueste(request, kommune, konzept):
    """The lasting address of a concept: leads to what is published of it now."""
    fassung = veroeffentlichte().filter(konzept__kommune__slug=kommune, konzept__slug=konzept).first()
    if fassung is None:
        raise Http404("Nothing of this concept is published.")
    antwort = redirect(adresse_der(fassung, "oeffentlich:fassung"))
    patch_cache_control(antwort, public=True, max_age=HALTBAR)
    return antwort


@haltbar
def fassung(request, kommune, konzept, nummer):
    """Title page of a published Fassung: what it is, its outline, its files, other published ones of the concept."""
    f = hole(kommune, konzept, nummer)
    weitere = list(veroeffentlichte().filter(konzept=f.konzept))

    def url(anker):
        return adresse_der(f, "oeffentlich:lesen", anker=anker)

    kontext = _rahmen(f) | {
        "gliederung": seiten.gliederung(f.dokument, url),
        "felder": [(umfang, url(umfang.kapitel.anker)) for umfang in seiten.umfang(f.dokument)],
        "weitere": [(w, adresse_der(w, "oeffentlich:fassung")) for w in weitere if w != f],
        "neuere": next((adresse_der(w, "oeffentlich:fassung") for w in weitere if w.nummer > f.nummer), ""),
        "krumen": [],
    }
    return render(request, "oeffentlich/fassung.html", kontext)


@haltbar
def lesen(request, kommune, konzept, nummer, anker):
    """One chapter, or one Handlungsfeld."""
    f = hole(kommune, konzept, nummer)

    def url(ziel):
        return adresse_der(f, "oeffentlich:lesen", anker=ziel)

    blatt = seiten.hole_blatt(f.dokument, anker, url)
    if blatt["umweg"]:
        return redirect(blatt["umweg"])
    kontext = _rahmen(f) | blatt | {"html": kapitel_html(blatt["seite"].inhalt, verweise=url)}
    kontext["krumen"] += blatt["oben"]
    return render(request, "konzept/kapitel.html", kontext)


@haltbar
def gesamt(request, kommune, konzept, nummer):
    """The whole Fassung on one page."""
    f = hole(kommune, konzept, nummer)

    kontext = _rahmen(f) | {
        "html": [kapitel_html(kapitel, ebene=2) for kapitel in f.dokument.kapitel],
        "gliederung": seiten.gliederung(f.dokument, lambda anker: f"#{anker}"),
    }
    return render(request, "konzept/gesamt.html", kontext)


@haltbar
def json(request, kommune, konzept, nummer):
    return json_antwort(request, hole(kommune, konzept, nummer))


@haltbar
def pdf(request, kommune, konzept, nummer):
    """The PDF without Randnummern; while it is being made, a page that says so (202)."""
    f = hole(kommune, konzept, nummer)
    stand = ausgaben.stand(f, AusgabeArt.DRUCK)
    wartende = antwort_solange(request, stand, lambda: _rahmen(f) | {"ersatz": ERSATZ})
    return wartende or pdf_antwort(request, f, stand.ausgabe)


@haltbar
def berichtigt(request, kommune, konzept, nummer):
    """The PDF that was mended later, beside the one that was adopted."""
    f = hole(kommune, konzept, nummer)
    return pdf_antwort(request, f, get_object_or_404(f.ausgaben.ohne_datei(), art=AusgabeArt.BERICHTIGT))
