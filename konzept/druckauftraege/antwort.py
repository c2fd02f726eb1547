"""What a view answers whose PDF may still be in the making."""

from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django_htmx.http import HttpResponseClientRefresh

from konzept.dokument.maengel import Unvollstaendig
from konzept.ein_augenblick import ein_augenblick
from konzept.hintergrund import zustand
from konzept.hintergrund.models import Status
from konzept.konten.models import Ereignis
from konzept.konten.protokoll import halte_fest
from konzept.models import Konzept

from .aufnahme import Aufnahme
from .auftraege import Voll, Wunsch, beauftrage, eigene, hole, platz, vergiss_fehler, verlasse, warte_kurz
from .models import Druckauftrag

WARTET_AUF = "auftrag"
"""Parameter with the number of the job that a page is about."""
DATEI = "datei"
"""Parameter beside it: the PDF, and not the page about it."""
BEENDEN = "_beenden"
"""The button with which one waits no more."""

WIEDERKOMMEN = 30
"""Seconds after which it is worth while to ask again where there were too many."""


class Blatt(NamedTuple):
    """What a view hands out: of which concept, `gegenstand` (which print of it, and all by which the rights to it were
    asked), `name` of the file without ending, what the log says, `kontext()` of the pages meanwhile: that of the frame
    `basis`, with `zurueck`."""

    konzept: Konzept
    gegenstand: str
    name: str
    protokoll: str
    kontext: Callable[[], dict]


def antworte(request, nimm_auf: Callable[[], Aufnahme], blatt: Blatt) -> HttpResponse:
    """The PDF (logged) of what `nimm_auf` reads now, all of it in one moment. Where it is not there within moments, the
    way to a page about just this job, which says how far it is and hands it out in the end, beside the newer state.
    Where too many are under way already: 429 or 503.

    Authorise the account for just this print before, on every request: the number of a job is no right.
    """
    if WARTET_AUF in request.GET:
        auftrag = hole(blatt.konzept, request.user, request.GET[WARTET_AUF], blatt.gegenstand)
        if auftrag is None:
            # The job was deleted, or the account left it, or it never was this account's.
            return _gibt_es_nicht(request, blatt)
        return _zum_auftrag(request, auftrag, nimm_auf, blatt)
    wunsch = _wunsch(request, nimm_auf, blatt)
    if request.method == "POST":
        vergiss_fehler(blatt.konzept, wunsch.schluessel)
    auftrag = beauftrage(wunsch, request.user)
    if isinstance(auftrag, Voll):
        andere = [(a, ort_von(a.ort, a)) for a in eigene(request.user)]
        return zu_viele(request, auftrag, blatt.kontext() | {"eigene": andere})
    if request.method == "GET" or not settings.DRUCK_IM_HINTERGRUND:
        auftrag = warte_kurz(auftrag)
    if auftrag.status == Status.FERTIG and request.method != "POST":
        return _datei(request, auftrag, blatt)
    return redirect(_ort(request, auftrag))


def _wunsch(request, nimm_auf: Callable[[], Aufnahme], blatt: Blatt) -> Wunsch:
    with ein_augenblick():
        aufnahme = nimm_auf()
    return Wunsch(
        blatt.konzept, aufnahme.ART, aufnahme.als_bytes(), blatt.gegenstand, titel=blatt.protokoll, ort=_ort(request)
    )


def _zum_auftrag(request, auftrag: Druckauftrag, nimm_auf: Callable[[], Aufnahme], blatt: Blatt) -> HttpResponse:
    if request.method == "POST":
        if BEENDEN in request.POST:
            verlasse(auftrag, request.user)
            return redirect(blatt.kontext()["zurueck"]["url"])
        vergiss_fehler(blatt.konzept, auftrag.schluessel)
        return redirect(_ort(request))
    if request.htmx:
        return zwischenbescheid(request, auftrag)
    if auftrag.status != Status.FERTIG:
        kontext = blatt.kontext() | {"erneut": request.get_full_path(), "beenden": BEENDEN}
        return warteseite(request, auftrag, kontext)
    if DATEI in request.GET:
        return _datei(request, auftrag, blatt)
    veraltet, neu = _ist_veraltet(request, auftrag, nimm_auf, blatt)
    kontext = blatt.kontext() | {
        "auftrag": auftrag,
        "datei": f"{_ort(request, auftrag)}&{DATEI}",
        "veraltet": veraltet,
        "neu": neu,
    }
    return render(request, "druckauftraege/fertig.html", kontext)


def _gibt_es_nicht(request, blatt: Blatt) -> HttpResponse:
    """Nothing is printed without being asked for: a button pressed twice, or a second window, does not begin anew."""
    if request.htmx:
        return HttpResponseClientRefresh()
    kontext = blatt.kontext()
    if request.method == "POST":
        return redirect(kontext["zurueck"]["url"])
    return render(request, "druckauftraege/weg.html", kontext | {"neu": _ort(request)}, status=404)


def _ist_veraltet(request, auftrag: Druckauftrag, nimm_auf: Callable[[], Aufnahme], blatt: Blatt) -> tuple[bool, str]:
    """Whether the same would print otherwise by now, and where to ask for that ("" where it cannot be printed)."""
    try:
        wunsch = _wunsch(request, nimm_auf, blatt)
    except (Http404, Unvollstaendig):
        # What was to be printed was deleted meanwhile, or cannot be shown any more.
        return True, ""
    return wunsch.schluessel != auftrag.schluessel, _ort(request)


def _datei(request, auftrag: Druckauftrag, blatt: Blatt) -> HttpResponse:
    if request.method == "GET":
        halte_fest(
            Ereignis.AUSGABE, kommune=blatt.konzept.kommune, benutzer=request.user, text=blatt.protokoll
        )
    antwort = HttpResponse(bytes(auftrag.datei), content_type="application/pdf")
    antwort["Content-Disposition"] = f'inline; filename="{blatt.name}.pdf"'
    return antwort


def _ort(request, auftrag: Druckauftrag | None = None) -> str:
    """The address of the print as it was asked for, or of the page about a job."""
    frage = request.GET.copy()
    for name in (WARTET_AUF, DATEI):
        frage.pop(name, None)
    ort = f"{request.path}?{frage.urlencode()}" if frage else request.path
    return ort_von(ort, auftrag) if auftrag else ort


def ort_von(ort: str, auftrag: Druckauftrag) -> str:
    """The page about a job, where `ort` is the address at which it was asked for."""
    return f"{ort}{'&' if '?' in ort else '?'}{WARTET_AUF}={auftrag.pk}"


def warteseite(request, auftrag: Druckauftrag, kontext: dict) -> HttpResponse:
    """The page in place of a PDF (202). `kontext` is that of the frame `basis`, and has in `erneut` the address to
    which one may POST to try again, if one may, and in `beenden` the name of the button with which one waits no more.
    """
    frage = request.GET.copy()
    frage[WARTET_AUF] = auftrag.pk
    kontext = kontext | _stand(auftrag) | {"frage": frage.urlencode()}
    return render(request, "druckauftraege/warten.html", kontext, status=202)


def _stand(auftrag: Druckauftrag) -> dict:
    """How far it is."""
    return {"auftrag": auftrag, "platz": platz(auftrag), "ruht": auftrag.ist_offen and zustand.hinweis()}


def zu_viele(request, voll: Voll, kontext: dict) -> HttpResponse:
    """The page in place of a PDF that was not asked for, since there are too many under way."""
    status = 429 if voll == Voll.EIGENE else 503
    kontext |= {"voll": voll, "ruht": zustand.hinweis()}
    antwort = render(request, "druckauftraege/zu_viele.html", kontext, status=status)
    antwort["Retry-After"] = WIEDERKOMMEN
    return antwort


def fragt_nach(request) -> bool:
    """Whether it is the waiting page that asks."""
    return bool(request.htmx and WARTET_AUF in request.GET)


def zwischenbescheid(request, auftrag: Druckauftrag | None) -> HttpResponse:
    """For the waiting page: how far it is; once that has ended, the page comes anew."""
    if auftrag is None or not auftrag.ist_offen:
        return HttpResponseClientRefresh()
    return render(request, "druckauftraege/stand.html", _stand(auftrag), status=202)
