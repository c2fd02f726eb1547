"""The start page of a Kommune, its coat of arms and its master data."""

from csp.constants import NONE
from csp.decorators import csp
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from konzept import rechte
from konzept.bearbeitung import Bearbeitung, Unterschied
from konzept.fassungen.zugriff import vorgelegte_fassungen
from konzept.hintergrund import zustand
from konzept.konten import zweiter_faktor
from konzept.konten.angemeldet import angemeldet
from konzept.konten.models import Ereignis
from konzept.konten.protokoll import halte_fest
from konzept.models import Kommune
from konzept.zugriff import hole_kommune, konzepte_fuer

from .forms import StammdatenForm
from .seitenrahmen import adresse, bereich, rahmen


@require_safe
@angemeldet
def kommune(request, kommune):
    """What the account can do in a Kommune: its concepts, as far as they may be read, and the pages that run it."""
    k = hole_kommune(request.user, kommune, rechte.KOMMUNE_SEHEN)
    konzepte = konzepte_fuer(request.user).filter(kommune=k).neuestes_zuerst()
    fassungen = [f for f in vorgelegte_fassungen(request.user) if f.konzept.kommune_id == k.pk]
    kontext = rahmen(request.user, k, "kommune") | bereich(request.user, k, konzepte, fassungen)
    if kontext["darf_bearbeiten"] or kontext["verweise"]:
        kontext["hintergrund_ruht"] = zustand.hinweis()
    return render(request, "verwaltung/kommune.html", kontext)


@require_safe
@angemeldet
@csp({"default-src": [NONE], "sandbox": True})
def wappen(request, kommune):
    """The coat of arms, for everybody who has a role in the Kommune."""
    k = hole_kommune(request.user, kommune, rechte.KOMMUNE_SEHEN)
    try:
        with k.wappen.open("rb") as datei:
            bild = datei.read()
    except (ValueError, OSError) as fehler:
        # There is no Wappen, or its file was deleted.
        raise Http404("No coat of arms.") from fehler
    return HttpResponse(bild, content_type="image/png")


@require_http_methods(["GET", "HEAD", "POST"])
@angemeldet
def stammdaten(request, kommune):
    """Name, coat of arms, colour, second factor and legal pages. The address stays what it is: links depend on it."""
    k = hole_kommune(request.user, kommune, rechte.STAMMDATEN)
    hat_faktor = zweiter_faktor.hat(request)

    def formulare(daten):
        frisch = k if daten is None else Kommune.objects.get(pk=k.pk)
        dateien = request.FILES if daten is not None and request.method == "POST" else None
        form = StammdatenForm(
            daten, dateien, instance=frisch, adresse=adresse(k, "wappen"), hat_zweiten_faktor=hat_faktor
        )
        return {"form": form}

    bearbeitung = Bearbeitung(request, k, formulare, lambda alle: _speichere(request.user, alle["form"]))
    if bearbeitung.erledigt():
        return redirect(adresse(k, "kommune"))
    if bearbeitung.konflikt is not None and (neu := request.FILES.get("wappen")):
        # No browser sends a chosen file again, so that the person is told which one it was.
        vorher = "ein Bild" if k.wappen else ""
        bearbeitung.konflikt.append(Unterschied("Wappen", vorher, f"das Bild {neu.name}", "form:wappen"))
    kontext = rahmen(request.user, k, "stammdaten") | bearbeitung.kontext() | {
        "basis": "verwaltung/basis.html",
        "lesen": adresse(k, "kommune"),
        "datei_verloren": bool(request.FILES),
    }
    return render(request, "verwaltung/stammdaten.html", kontext, status=bearbeitung.status)


def _speichere(benutzer, form: StammdatenForm) -> None:
    """Write the master data; what is asked of everybody who signs in has an entry of its own."""
    form.save()
    kommune = form.instance
    geaendert = [name for name in form.changed_data if name not in ("zweiter_faktor", "waehrung_wechseln")]
    if geaendert:
        text = ", ".join(str(form.fields[name].label) for name in geaendert)
        halte_fest(Ereignis.STAMMDATEN, kommune=kommune, benutzer=benutzer, text=text)
    if "zweiter_faktor" in form.changed_data:
        text = "eingeschaltet" if kommune.zweiter_faktor else "ausgeschaltet"
        halte_fest(Ereignis.FAKTORPFLICHT, kommune=kommune, benutzer=benutzer, text=text)
