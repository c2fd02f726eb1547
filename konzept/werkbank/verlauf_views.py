"""What was before: the history of an element with its earlier states, and the Papierkorb of a concept."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from konzept import rechte
from konzept.heute import am, um
from konzept.konten.angemeldet import angemeldet
from konzept.models.basis import VersionVeraltet
from konzept.navigation import adresse, formular_adresse, rahmen
from konzept.verlauf.aufzeichnung import anker
from konzept.verlauf.models import Aenderung
from konzept.verlauf.stand import lade, nimm_auf, unterschiede, unterschiede_im_inhalt
from konzept.vorgaenge import hole_zurueck, stelle_wieder_her
from konzept.vorlagen.models import Vorlage
from konzept.vorlagen.vorgaenge import halte_fest_wer_sie_sieht
from konzept.zugriff import hole_konzept

from .platz import Platz, hole_platz

SEITE = 30


@require_safe
@angemeldet
def verlauf(request, kommune, art, pk, konzept=None):
    """Who changed what in an element, from what to what; the newest first, 30 to a page."""
    platz = hole_platz(request.user, art, kommune, konzept, pk)
    seite = Paginator(_aenderungen(platz), SEITE).get_page(request.GET.get("seite"))
    kontext = platz.kontext() | {"seite": seite, "eintraege": _mit_unterschieden(platz, seite)}
    return render(request, "werkbank/verlauf.html", kontext)


def _aenderungen(platz: Platz):
    return Aenderung.objects.von(platz.kommune.pk, platz.konzept and platz.konzept.pk, anker(platz.objekt))


def _mit_unterschieden(platz, seite) -> list[dict]:
    """Each change of a page with what it changed. The oldest of the page is compared with the change before it, which
    stands on the next page."""
    zeilen = list(seite)
    davor = seite.paginator.object_list[seite.end_index()] if seite.has_next() else None
    return [
        {
            "aenderung": neu,
            "unterschiede": unterschiede(platz.element.modell, alt.stand, neu.stand) if alt else [],
            "zurueck": platz.adresse("wiederherstellen", aenderung=neu.pk),
        }
        for neu, alt in zip(zeilen, [*zeilen, davor][1:], strict=True)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@angemeldet
def wiederherstellen(request, kommune, art, pk, aenderung, konzept=None):
    """Shows in what an earlier state differs from today's, and brings it back."""
    platz = hole_platz(request.user, art, kommune, konzept, pk)
    frueher = get_object_or_404(_aenderungen(platz), pk=aenderung)
    fehler, status = "", 200
    war_oeffentlich = getattr(platz.objekt, "oeffentlich", None)
    if request.method == "POST":
        version = request.POST.get("_version", "")
        try:
            fehlend = stelle_wieder_her(
                element=platz.objekt,
                aenderung=frueher,
                gelesen=int(version) if version.isdecimal() and len(version) < 10 else 0,
                konto=request.user,
            )
        except VersionVeraltet:
            fehler, status = "Inzwischen hat jemand gespeichert. Prüfen Sie den Unterschied noch einmal.", 409
        except ValidationError as grund:
            fehler, status = "Dieser Stand ist so nicht mehr möglich: " + " ".join(grund.messages), 422
        else:
            stand = f"{am(frueher.zeitpunkt)}, {um(frueher.zeitpunkt)} Uhr"
            messages.success(request, f"„{platz.objekt}“ hat wieder den Stand vom {stand}.")
            if isinstance(platz.objekt, Vorlage):
                halte_fest_wer_sie_sieht(platz.objekt, war_oeffentlich, request.user)
            if fehlend:
                messages.warning(request, "Das gibt es nicht mehr und fehlt darum: " + ", ".join(fehlend))
            return redirect(platz.adresse("verlauf"))
        platz.objekt = get_object_or_404(platz.element.alle(), pk=pk)
    jetzt = nimm_auf(lade(platz.element.modell, pk))
    kontext = platz.kontext() | {
        "aenderung": frueher,
        "unterschiede": unterschiede_im_inhalt(platz.element.modell, jetzt, frueher.stand),
        "fehler": fehler,
    }
    return render(request, "werkbank/wiederherstellen.html", kontext, status=status)


def papierkorb_von(k):
    """What was deleted in a concept and in the directories of its Kommune, as a QuerySet."""
    return k.kommune.papierkorb.filter(Q(konzept=k) | Q(konzept=None))


@require_safe
@angemeldet
def papierkorb(request, kommune, konzept):
    """What was deleted, the newest first."""
    k = hole_konzept(request.user, kommune, konzept, rechte.BEARBEITEN)
    eintraege = papierkorb_von(k).select_related("geloescht_von").defer("zeilen", "verweise")
    seite = Paginator(eintraege, SEITE).get_page(request.GET.get("seite"))
    kontext = rahmen(request.user, k, "papierkorb") | {"seite": seite}
    kontext["krumen"] = [{"titel": "Gliederung", "url": adresse(k, "werkbank:gliederung")}]
    return render(request, "werkbank/papierkorb.html", kontext)


@require_POST
@angemeldet
def zurueckholen(request, kommune, konzept, pk):
    """Brings something back out of the Papierkorb."""
    k = hole_konzept(request.user, kommune, konzept, rechte.BEARBEITEN)
    eintrag = get_object_or_404(papierkorb_von(k), pk=pk)
    try:
        objekt, anders = hole_zurueck(eintrag=eintrag, konto=request.user)
    except ValidationError as fehler:
        messages.error(request, " ".join(fehler.messages))
        return redirect(adresse(k, "werkbank:papierkorb"))
    messages.success(request, f"„{eintrag.titel}“ ist wieder da.")
    if anders:
        messages.warning(request, " ".join(anders))
    if eintrag.konzept_id is None:
        return redirect(adresse(k, "werkbank:papierkorb"))
    return redirect(formular_adresse(k, anker(objekt)))
