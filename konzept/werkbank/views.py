"""The pages on which a concept, and the directories of its Kommune, are edited element by element."""

from dataclasses import replace

from django.contrib import messages
from django.db.models import ProtectedError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from handlungsfelder.models import Handlungsfeld
from konzept import rechte, vorgaenge
from konzept.bearbeitung import Bearbeitung
from konzept.dokument.maengel import mit_formular
from konzept.dokument.zeilen import Zeilen
from konzept.dokument.zusammenstellung import stelle_mit_maengeln_zusammen
from konzept.forms import KonzeptForm
from konzept.heute import heute
from konzept.konten.angemeldet import angemeldet
from konzept.konten.models import Ereignis
from konzept.konten.protokoll import halte_fest
from konzept.models import Abschnitt, Konzept
from konzept.models.basis import Fortgeschrieben, Fortschreibung, VersionVeraltet
from konzept.navigation import Formulare, adresse, formular_adresse, rahmen
from konzept.verlauf.aufzeichnung import anker, was_haengt_daran
from konzept.verlauf.geloescht import auch_geloescht
from konzept.verwaltung.seitenrahmen import rahmen as rahmen_der_kommune
from konzept.vorgaenge.ort import entwurf as entwurf_unter
from konzept.vorgaenge.ort import reihe_ein
from konzept.zugriff import hole_kommune, hole_konzept
from massnahmen.models import Akteur

from . import akteursdrucke, einfuegen, ordnung
from .elemente import ELEMENTE, NACH_MODELL, finde
from .forms import KonzeptAnlegenForm, TitelForm, VerschiebenForm
from .fortschreibung import ist_gestrichen, marken
from .gliederungsbaum import baue
from .muster import lege_gliederung_an
from .offen import offene_punkte
from .platz import Platz, hole_platz, rahmen_bearbeiten
from .verlauf_views import papierkorb_von

_FORMULAR = require_http_methods(["GET", "HEAD", "POST"])


@_FORMULAR
@angemeldet
def konzept_bearbeiten(request, kommune, konzept):
    """Title page, validity and layout of the concept."""
    k = hole_konzept(request.user, kommune, konzept, rechte.BEARBEITEN)

    def formulare(daten):
        return {"form": KonzeptForm(daten, instance=Konzept.objects.get(pk=k.pk), konzept=k)}

    bearbeitung = Bearbeitung(request, k, formulare)
    lesen = adresse(k, "konzept:uebersicht")
    if bearbeitung.erledigt():
        return redirect(lesen)
    kontext = rahmen_bearbeiten(Formulare(request.user, k), k)
    kontext |= bearbeitung.kontext() | {"ueberschrift": "Konzept bearbeiten", "lesen": lesen, "zeilen": []}
    return render(request, "werkbank/bearbeiten.html", kontext, status=bearbeitung.status)


@_FORMULAR
@angemeldet
def konzept_neu(request, kommune):
    """A new concept of a Kommune, from an outline or as Fortschreibung."""
    stadt = hole_kommune(request.user, kommune, rechte.BEARBEITEN)

    def formulare(daten):
        return {"form": KonzeptAnlegenForm(daten, kommune=stadt, konzept=None)}

    def speichere(alle):
        form = alle["form"]
        k = form.save()
        if k.vorgaenger:
            vorgaenge.schreibe_fort(alt=k.vorgaenger, neu=k, konto=request.user)
        else:
            lege_gliederung_an(k, form.cleaned_data["beginnt_mit"])
        halte_fest(Ereignis.KONZEPT_ANGELEGT, kommune=stadt, benutzer=request.user, text=str(k))

    bearbeitung = Bearbeitung(
        request, Konzept(kommune=stadt), formulare, speichere, lambda k: adresse(k, "werkbank:gliederung")
    )
    if bearbeitung.erledigt():
        if bearbeitung.angelegt:
            return redirect(adresse(bearbeitung.angelegt, "werkbank:gliederung"))
        return redirect("verwaltung:kommune", stadt.slug)
    kontext = rahmen_der_kommune(request.user, stadt, "konzept_neu") | bearbeitung.kontext()
    kontext |= {
        "basis": "verwaltung/basis.html",
        "ueberschrift": "Neues Konzept",
        "uebersicht": reverse("verwaltung:kommune", args=[stadt.slug]),
        "zeilen": [],
    }
    return render(request, "werkbank/bearbeiten.html", kontext, status=bearbeitung.status)


@_FORMULAR
@angemeldet
@auch_geloescht(lambda art, **_: ELEMENTE[art].modell._meta.model_name)
def bearbeiten(request, kommune, art, pk, konzept=None):
    """The form of an element. A fixed number of queries: for it, for the outline, one for each kind of rows and of
    choices."""
    platz = hole_platz(request.user, art, kommune, konzept, pk)
    element, objekt = platz.element, platz.objekt
    if element.form is None:
        return redirect(formular_adresse(platz.konzept, anker(objekt)))

    def formulare(daten):
        # Checking a form writes into its row, so that each set of forms has a row of its own.
        zeile = objekt if daten is None else element.alle().get(pk=objekt.pk)
        return element.formulare(zeile, daten)

    bearbeitung = Bearbeitung(request, objekt, formulare)
    lesen = None
    if platz.konzept and not ist_gestrichen(objekt):
        lesen = adresse(platz.konzept, "konzept:kapitel", anker=anker(objekt))
    if bearbeitung.erledigt():
        # A section always stands in the concept; other elements only where one lists them.
        return redirect(lesen if isinstance(objekt, Abschnitt) else platz.uebersicht(objekt))
    kontext = platz.kontext() | bearbeitung.kontext()
    kontext |= {
        "ueberschrift": f"{element.name} bearbeiten",
        "zeilen": [kontext[name] for name in element.zeilen],
        "lesen": lesen,
    }
    if lesen and isinstance(objekt, Abschnitt | Handlungsfeld):
        kontext["drucken"] = adresse(platz.konzept, "teildrucke:kapitel", anker=anker(objekt))
    if isinstance(objekt, Akteur):
        kontext["auszuege"] = akteursdrucke.drucke(request.user, platz.kommune, [objekt]).get(objekt.pk)
    return render(request, "werkbank/bearbeiten.html", kontext, status=bearbeitung.status)


@_FORMULAR
@angemeldet(fragt=("in", "nach"))
def neu(request, kommune, art, konzept=None):
    """A new element below `?in=<Anker>`, after `?nach=<Anker>`; without that behind its siblings."""
    platz = hole_platz(request.user, art, kommune, konzept)
    element, k = platz.element, platz.konzept
    oben = _eltern_aus(request, k) if k else platz.kommune
    nach = finde(k, request.GET.get("nach", "")) if k else None

    def entwurf():
        try:
            return entwurf_unter(element.modell, oben)
        except vorgaenge.PasstNicht as fehler:
            raise Http404(str(fehler)) from fehler

    def formulare(daten):
        if element.form is None:
            return {"form": TitelForm(daten, instance=entwurf(), konzept=k)}
        return element.formulare(entwurf(), daten)

    def speichere(alle):
        for formular in alle.values():
            formular.save()
        if nach:
            reihe_ein(alle["form"].instance, nach)

    bearbeitung = Bearbeitung(
        request, entwurf(), formulare, speichere, lambda objekt: replace(platz, objekt=objekt).adresse("bearbeiten")
    )
    if bearbeitung.erledigt():
        objekt = bearbeitung.angelegt
        if element.form is None and objekt:
            return redirect(formular_adresse(k, anker(objekt)))
        return redirect(platz.uebersicht(objekt))
    kontext = platz.kontext() | bearbeitung.kontext()
    kontext |= {
        "ueberschrift": f"Neu: {element.name}",
        "unter": oben if k and oben != k else None,
        "zeilen": [kontext[name] for name in element.zeilen],
    }
    return render(request, "werkbank/bearbeiten.html", kontext, status=bearbeitung.status)


def _eltern_aus(request, k):
    if not (genannt := request.GET.get("in", "")) or genannt == anker(k):
        return k
    if (oben := finde(k, genannt)) is None:
        raise Http404("No such parent in this concept.")
    return oben


@_FORMULAR
@angemeldet
def loeschen(request, kommune, art, pk, konzept=None):
    """Asks, says what goes along, and puts the element into the Papierkorb."""
    platz = hole_platz(request.user, art, kommune, konzept, pk)
    objekt = platz.objekt
    umfang, verboten = was_haengt_daran(objekt)
    if request.method == "POST" and not verboten:
        try:
            vorgaenge.loesche(element=objekt, konto=request.user)
        except vorgaenge.PasstNicht as fehler:
            messages.info(request, str(fehler))
            return redirect(platz.uebersicht())
        except ProtectedError:
            # Somebody has just begun to refer to it.
            umfang, verboten = was_haengt_daran(objekt)
        else:
            messages.success(request, f"„{objekt}“ liegt im Papierkorb. Dort können Sie es zurückholen.")
            return redirect(platz.uebersicht())
    kontext = platz.kontext() | {"umfang": umfang, "verboten": verboten}
    return render(request, "werkbank/loeschen.html", kontext, status=409 if request.method == "POST" else 200)


@require_POST
@angemeldet
def schritt(request, kommune, konzept):
    """Moves an element one step: the button's name is the direction (`ordnung.RICHTUNGEN`), its value the Anker."""
    k = hole_konzept(request.user, kommune, konzept, rechte.BEARBEITEN)
    richtung = next((name for name in ordnung.RICHTUNGEN if name in request.POST), "")
    if (objekt := finde(k, request.POST.get(richtung, ""))) is None:
        raise Http404("No such element in this concept.")
    if not ordnung.schritt(objekt, richtung, request.user):
        messages.info(request, f"„{objekt}“ steht schon dort.")
    return redirect(Platz(request.user, NACH_MODELL[objekt._meta.model_name], k.kommune, k).uebersicht(objekt))


@_FORMULAR
@angemeldet
def verschieben(request, kommune, konzept, art, pk):
    """To any place (`in`, `nach`): the form without a mouse, and what dragging sends."""
    platz = hole_platz(request.user, art, kommune, konzept, pk)
    objekt = platz.objekt
    form = VerschiebenForm(request.POST if request.method == "POST" else None, objekt=objekt, konzept=platz.konzept)
    if request.method == "POST" and form.is_valid():
        try:
            objekt = vorgaenge.verschiebe(
                element=objekt, unter=form.cleaned_data["in"], nach=form.cleaned_data["nach"], konto=request.user
            )
        except vorgaenge.PasstNicht as fehler:
            form.add_error("in", str(fehler))
        except VersionVeraltet:
            form.add_error("in", "Jemand hat das gerade geändert. Bitte versuchen Sie es noch einmal.")
        else:
            messages.success(request, f"„{objekt}“ ist verschoben.")
            return redirect(platz.uebersicht(objekt))
    kontext = platz.kontext() | {"form": form}
    return render(request, "werkbank/verschieben.html", kontext, status=422 if form.errors else 200)


@require_POST
@angemeldet
def markieren(request, kommune, konzept, art, pk):
    """Says what became of an element of the earlier concept (`fortschreibung`); empty takes that back."""
    platz = hole_platz(request.user, art, kommune, konzept, pk)
    objekt, marke = platz.objekt, request.POST.get("fortschreibung", "")
    if not isinstance(objekt, Fortgeschrieben) or marke not in ("", *Fortschreibung.values):
        raise Http404("No such mark.")
    try:
        vorgaenge.markiere(element=objekt, marke=marke, konto=request.user)
    except VersionVeraltet:
        messages.warning(request, "Jemand hat das gerade geändert. Bitte versuchen Sie es noch einmal.")
    else:
        wort = Fortschreibung(marke).label if marke else "ohne Vermerk"
        steht = "steht nicht mehr im Konzept" if ist_gestrichen(objekt) else "steht im Konzept"
        messages.success(request, f"„{objekt}“: {wort}; {steht}.")
    return redirect(platz.uebersicht(objekt))


@require_safe
@angemeldet
def gliederung(request, kommune, konzept):
    """The whole outline with everything in it, to open, insert, move and delete; one Handlungsfeld open at a time. A
    fixed number of queries: those of the outline and those of the document."""
    k = hole_konzept(request.user, kommune, konzept, rechte.BEARBEITEN)
    kontext = rahmen(request.user, k, "gliederung")
    werkbaum = baue(k, request.GET.get("feld", ""), request.GET.get("liste", ""))
    kontext |= {"werkbaum": werkbaum, "papierkorb": papierkorb_von(k).count()} | _maengel(request, Zeilen(k))
    return render(request, "werkbank/gliederung.html", kontext)


def _maengel(request, zeilen: Zeilen) -> dict:
    """What the document cannot show, each with its form: only putting the whole together tells."""
    _, maengel = stelle_mit_maengeln_zusammen(zeilen)
    return {"maengel": mit_formular(maengel, Formulare(request.user, zeilen.konzept))}


@require_safe
@angemeldet
def mehr(request, kommune, konzept, art, pk):
    """What can be done with an element of the outline beyond a step up or down; the outline shows it as a menu."""
    platz = hole_platz(request.user, art, kommune, konzept, pk)
    objekt, k = platz.objekt, platz.konzept
    kontext = platz.kontext() | {
        "neu": einfuegen.neben(k, objekt),
        "anker": anker(objekt),
        "schritte": _ebenen(objekt),
        "marken": marken(objekt),
        "markieren": platz.adresse("markieren"),
        "uebersicht": platz.uebersicht(objekt),
    }
    return render(request, "werkbank/mehr.html", kontext)


def _ebenen(objekt) -> list[tuple[str, str]]:
    if not isinstance(objekt, Abschnitt):
        return []
    ein = [("ein", "Eine Ebene tiefer")] if objekt.geschwister().first() != objekt else []
    return ein + ([("aus", "Eine Ebene höher")] if objekt.oberabschnitt_id else [])


@require_safe
@angemeldet
def offen(request, kommune, konzept):
    """What is still missing, in the whole concept or in one Handlungsfeld (`?feld=`)."""
    k = hole_konzept(request.user, kommune, konzept, rechte.BEARBEITEN)
    feld = request.GET.get("feld", "")
    zeilen = Zeilen(k)
    dokument, maengel = stelle_mit_maengeln_zusammen(zeilen)
    gruppen = offene_punkte(k, heute(), feld, zeilen, dokument)
    kontext = rahmen(request.user, k, "offen") | {"maengel": mit_formular(maengel, Formulare(request.user, k))}
    kontext |= {"gruppen": gruppen, "feld": feld, "anzahl": sum(gruppe.anzahl for gruppe in gruppen)}
    return render(request, "werkbank/offen.html", kontext)


@require_safe
@angemeldet
def verzeichnis(request, kommune, art):
    """All Akteure, Gremien or Zielgruppen of a Kommune. Three queries, for Akteure three more."""
    platz = hole_platz(request.user, art, kommune, None)
    zeilen = list(platz.element.modell._default_manager.filter(kommune=platz.kommune))
    drucke = akteursdrucke.drucke(request.user, platz.kommune, zeilen) if platz.element.modell is Akteur else {}
    eintraege = [
        {
            "objekt": z,
            "anker": anker(z),
            "url": replace(platz, objekt=z).adresse("bearbeiten"),
            "druck": next(iter(drucke.get(z.pk, ())), None),
        }
        for z in zeilen
    ]
    kontext = platz.kontext() | {"eintraege": eintraege, "neu": platz.adresse("neu")}
    kontext["mit_drucken"] = any(drucke.values())
    kontext["ueberschrift"] = str(platz.element.modell._meta.verbose_name_plural)
    return render(request, "werkbank/verzeichnis.html", kontext)
