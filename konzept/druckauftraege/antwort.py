"""What a view answers whose PDF may still be in the making."""

from collections.abc import Callable
from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django_htmx.http import HttpResponseClientRefresh

from konzept.konten.models import Ereignis
from konzept.konten.protokoll import halte_fest

from .laeufe import EIGENE, Lauf, beauftrage, fuer_konto, laeufe, vergiss_fehler
from .vorhaben import Vorhaben, ist_schluessel

WARTET_AUF = "_wartet_auf"
"""Parameter with which the waiting page asks after its job."""

WIEDERKOMMEN = 30
"""Seconds after which it is worth while to ask again where there were too many."""


class Blatt(NamedTuple):
    """How a PDF is handed out: `name` of the file without ending, what the log says, and `kontext()` of the waiting
    page: that of the frame `basis`."""

    name: str
    protokoll: str
    kontext: Callable[[], dict]


def antworte(request, stelle_zusammen: Callable[[], Vorhaben], blatt: Blatt) -> HttpResponse:
    """The PDF (logged), made from what `stelle_zusammen` reads now; until it is there a page that says how far it is
    (202) and asks again by itself. POST tries once more what failed. Where too many are under way already: 429 or 503.

    Authorise the account for just this print before, on every request: a job's name is no right.
    """
    if fragt_nach(request):
        kennung = request.GET[WARTET_AUF]
        # Other jobs have names that can be guessed, and whether they are under way is nobody's business here.
        (lauf,) = laeufe(kennung) if ist_schluessel(kennung) else [Lauf()]
        return zwischenbescheid(request, lauf)
    vorhaben = stelle_zusammen()
    kennung = vorhaben.schluessel
    if request.method == "POST":
        vergiss_fehler(kennung)
        return redirect(request.get_full_path())
    ausdruck, (lauf,) = vorhaben.ausdruck(), laeufe(kennung)
    if ausdruck is None and not lauf.gescheitert:
        if voll := beauftrage(vorhaben.auftrag, fuer_konto(request.user)):
            return zu_viele(request, voll, blatt.kontext())
        ausdruck, (lauf,) = vorhaben.ausdruck(), laeufe(kennung)
    if ausdruck is None:
        return warteseite(request, lauf, blatt.kontext() | {"erneut": request.get_full_path()}, kennung)
    if request.method == "GET":
        kommune = vorhaben.konzept.kommune
        halte_fest(Ereignis.AUSGABE, kommune=kommune, benutzer=request.user, text=blatt.protokoll)
    antwort = HttpResponse(bytes(ausdruck.datei), content_type="application/pdf")
    antwort["Content-Disposition"] = f'inline; filename="{blatt.name}.pdf"'
    return antwort


def warteseite(request, lauf: Lauf, kontext: dict, kennung: str) -> HttpResponse:
    """The page in place of a PDF (202). `kontext` is that of the frame `basis`, and has in `erneut` the address to
    which one may POST to try again, if one may."""
    frage = request.GET.copy()
    frage[WARTET_AUF] = kennung
    kontext = kontext | {"lauf": lauf, "frage": frage.urlencode()}
    return render(request, "druckauftraege/warten.html", kontext, status=202)


def zu_viele(request, voll: str, kontext: dict) -> HttpResponse:
    """The page in place of a PDF that was not asked for, since there are too many under way (`Lauf.voll`)."""
    status = 429 if voll == EIGENE else 503
    antwort = render(request, "druckauftraege/zu_viele.html", kontext | {"voll": voll}, status=status)
    antwort["Retry-After"] = WIEDERKOMMEN
    return antwort


def fragt_nach(request) -> bool:
    """Whether it is the waiting page that asks."""
    return bool(request.htmx and WARTET_AUF in request.GET)


def zwischenbescheid(request, lauf: Lauf) -> HttpResponse:
    """For the waiting page: how long it has been at work; once nobody is, the page comes anew."""
    if lauf.seit is None:
        return HttpResponseClientRefresh()
    return render(request, "druckauftraege/dauer.html", {"lauf": lauf}, status=202)
