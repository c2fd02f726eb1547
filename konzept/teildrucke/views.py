"""Handing out parts of a concept as PDFs: of the Arbeitsstand, and of the Fassungen that an account may read."""

import hashlib
from collections.abc import Iterable

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from handlungsfelder.models import Handlungsfeld
from konzept import grenzen
from konzept.druckauftraege.antwort import antworte
from konzept.fassungen.seitenrahmen import adresse_der
from konzept.fassungen.zugriff import hole_fassung
from konzept.konten.angemeldet import angemeldet
from konzept.models import Abschnitt, Konzept
from konzept.navigation import adresse
from konzept.zugriff import hole_konzept
from massnahmen.liste.forms import ListenForm
from massnahmen.liste.tabelle import Tabelle
from massnahmen.models import Massnahme

from . import listenworte
from .blaetter import blatt, blatt_der_fassung, wenn_da
from .kapitel import finde, nimm_auf
from .steckbriefe import alle_in, nimm_blaetter_auf
from .teildruck import NichtDruckbar, arbeitsstand, stand_der

STELLEN = {"abschnitt": Abschnitt, "handlungsfeld": Handlungsfeld}
"""What is a section of its own, by the name in its Anker."""
GEWAEHLT = "m"
"""Parameter with the pk of a measure that is to be printed, once for each; without any, the list as it is filtered."""
NICHTS_GEWAEHLT = "Es ist keine Maßnahme gewählt. Kreuzen Sie in der Liste an, was Sie drucken möchten."
NICHTS_GEFUNDEN = "Zu dieser Auswahl gibt es keine Maßnahmen."
ABRUF = require_http_methods(["GET", "HEAD", "POST"])


@ABRUF
@angemeldet
def kapitel(request, kommune, konzept, anker):
    """One section of the outline, or one Handlungsfeld."""
    k = hole_konzept(request.user, kommune, konzept)
    stelle = _stelle(k, anker)
    teil = blatt(request.user, k, anker, _kurz(stelle) or "Kapitel", _zum_kapitel(k, stelle and anker))
    return _antworte(request, wenn_da(stelle, lambda: nimm_auf(arbeitsstand(k), anker)), teil)


@ABRUF
@angemeldet
def kapitelblaetter(request, kommune, konzept, anker):
    """The sheets of all measures in a section."""
    k = hole_konzept(request.user, kommune, konzept)
    stelle = _stelle(k, anker)
    titel = f"Steckbriefe {_kurz(stelle)}".strip()
    teil = blatt(request.user, k, f"steckbriefe {anker}", titel, _zum_kapitel(k, stelle and anker))
    return _antworte(request, wenn_da(stelle, lambda: alle_in(arbeitsstand(k), anker)), teil)


@ABRUF
@angemeldet
def massnahme(request, kommune, konzept, pk):
    """The sheet of one measure."""
    k = hole_konzept(request.user, kommune, konzept)
    m = Massnahme.objects.fuer_konzept(k).filter(pk=pk).first()
    zurueck = {"titel": "Zur Liste", "url": _liste(k, QueryDict())}
    if m:
        zurueck = {"titel": "Zur Maßnahme", "url": adresse(k, "konzept:kapitel", anker=f"massnahme-{pk}")}
    teil = blatt(request.user, k, f"massnahme-{pk}", f"Steckbrief {_kurz(m)}".strip(), zurueck)
    return _antworte(request, wenn_da(m, lambda: nimm_blaetter_auf(arbeitsstand(k), {pk})), teil)


@ABRUF
@angemeldet(fragt=(*ListenForm.FILTER, GEWAEHLT))
def steckbriefe(request, kommune, konzept):
    """The sheets of chosen measures, or of the list as it is filtered."""
    k = hole_konzept(request.user, kommune, konzept)
    gewaehlt = GEWAEHLT in request.GET
    frage = _nur(request.GET, [GEWAEHLT] if gewaehlt else ListenForm.FILTER)

    def auf():
        if gewaehlt:
            pks, worte = _zahlen(frage.getlist(GEWAEHLT)), ()
        else:
            tabelle = Tabelle(request.user, k, frage)
            pks, worte = [m.pk for m in tabelle.paginator.object_list], listenworte.auswahl(tabelle)
        if not pks:
            raise NichtDruckbar(NICHTS_GEWAEHLT if gewaehlt else NICHTS_GEFUNDEN)
        return nimm_blaetter_auf(arbeitsstand(k), pks, worte)

    # The address may be longer than there is room for it.
    was = hashlib.sha256(frage.urlencode().encode()).hexdigest()
    zurueck = {"titel": "Zur Liste", "url": _liste(k, QueryDict() if gewaehlt else frage)}
    teil = blatt(request.user, k, f"steckbriefe {was}", "Steckbriefe", zurueck)
    return _antworte(request, auf, teil)


@require_POST
@angemeldet
def auswahl(request, kommune, konzept):
    """From the bar below the list to the sheets of what was chosen there: measures, or on the page or in the whole list
    all that the account may edit, as the bar counts them."""
    k = hole_konzept(request.user, kommune, konzept)
    liste = QueryDict(request.POST.get("liste", ""))
    umfang = request.POST.get("umfang", "")
    if umfang in ("alle", "seite"):
        tabelle = Tabelle(request.user, k, liste)
        gewaehlt = tabelle.aenderbare(nur_diese_seite=umfang == "seite")
        if gewaehlt and umfang == "alle":
            # The measures may be too many for an address, so that it names the filter that finds them.
            eigene = liste.copy()
            if tabelle.eigene is not None:
                eigene["meine"] = "on"
            return redirect(_mit_frage(adresse(k, "teildrucke:steckbriefe"), eigene))
    else:
        gewaehlt = _zahlen(request.POST.getlist(GEWAEHLT))
    if not gewaehlt:
        messages.error(request, NICHTS_GEWAEHLT)
        return redirect(_liste(k, liste))
    frage = QueryDict(mutable=True)
    frage.setlist(GEWAEHLT, gewaehlt)
    return redirect(_mit_frage(adresse(k, "teildrucke:steckbriefe"), frage))


@ABRUF
@angemeldet
def fassung_kapitel(request, kommune, konzept, nummer, anker):
    """One section of the outline, or one Handlungsfeld, of a Fassung."""
    fassung = hole_fassung(request.user, kommune, konzept, nummer)
    stelle = finde(fassung.dokument, anker)
    zurueck = {"titel": "Zum Kapitel", "url": adresse_der(fassung, "fassungen:lesen", anker=anker)}
    teil = blatt_der_fassung(request.user, fassung, anker, stelle.kurz or stelle.titel, zurueck)
    return _antworte(request, lambda: nimm_auf(stand_der(fassung), anker), teil)


@ABRUF
@angemeldet
def fassung_kapitelblaetter(request, kommune, konzept, nummer, anker):
    """The sheets of all measures in a section of a Fassung."""
    fassung = hole_fassung(request.user, kommune, konzept, nummer)
    stelle = finde(fassung.dokument, anker)
    zurueck = {"titel": "Zum Kapitel", "url": adresse_der(fassung, "fassungen:lesen", anker=anker)}
    titel = f"Steckbriefe {stelle.kurz or stelle.titel}"
    teil = blatt_der_fassung(request.user, fassung, f"steckbriefe {anker}", titel, zurueck)
    return _antworte(request, lambda: alle_in(stand_der(fassung), anker), teil)


def _antworte(request, auf, teil):
    """Where it cannot be printed, the way back with a sentence that says why."""
    try:
        return antworte(request, auf, teil)
    except NichtDruckbar as fehler:
        messages.error(request, str(fehler))
        return redirect(teil.kontext()["zurueck"]["url"])


def _stelle(k: Konzept, anker: str) -> Abschnitt | Handlungsfeld | None:
    """The section of a concept with an Anker."""
    art, _, pk = anker.partition("-")
    if art not in STELLEN or not _zahlen([pk]):
        return None
    return STELLEN[art].objects.filter(konzept=k, pk=int(pk)).first()


def _kurz(zeile) -> str:
    return zeile.kurztitel or zeile.titel if zeile else ""


def _zum_kapitel(k: Konzept, anker: str | None) -> dict:
    if anker is None:
        return {"titel": "Zur Übersicht", "url": adresse(k, "konzept:uebersicht")}
    return {"titel": "Zum Kapitel", "url": adresse(k, "konzept:kapitel", anker=anker)}


def _liste(k: Konzept, frage: QueryDict) -> str:
    return _mit_frage(adresse(k, "massnahmen:liste"), frage)


def _nur(frage: QueryDict, namen: Iterable[str]) -> QueryDict:
    """What the parameters of an address say under these names, each value once and in one order."""
    neu = QueryDict(mutable=True)
    for name in namen:
        if werte := sorted(set(filter(None, frage.getlist(name)))):
            neu.setlist(name, werte)
    return neu


def _mit_frage(ort: str, frage: QueryDict) -> str:
    return f"{ort}?{frage.urlencode()}" if frage else ort


def _zahlen(worte) -> list[int]:
    """Those of the words that may be the pk of a row, each once. At most one more than are printed at once."""
    zahlen = dict.fromkeys(int(w) for w in worte if w.isascii() and w.isdecimal() and len(w) < 19)
    return list(zahlen)[: grenzen.STECKBRIEFE + 1]
