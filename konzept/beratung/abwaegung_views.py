"""The Abwägung: every Anmerkung of a Runde with the answer of the administration, drafted, released, worked in."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from konzept import rechte
from konzept.bearbeitung import VERWERFEN, Bearbeitung
from konzept.konten.models import Ereignis
from konzept.konten.protokoll import halte_fest
from konzept.konten.wiedervorlage import angemeldet

from . import regeln, tabelle
from .anmerkungen import Karten
from .forms import AbwaegungFilter, StellungnahmeForm
from .models import Stellungnahme
from .rahmen import rahmen_der_runde, runden_adresse
from .stellen import Stellen, ganzzahl
from .uebernahme import bereite_vor
from .zugriff import Zutritt, hole_oeffentliche, hole_runde

JE_SEITE = 50


@require_safe
@angemeldet
def abwaegung(request, kommune, konzept, pk):
    """All Anmerkungen with their answers, filtered by the address. Twelve queries, whatever their number."""
    zutritt = hole_runde(request.user, kommune, konzept, pk, rechte.BERATUNG)
    stellen = Stellen(zutritt.runde.fassung.dokument)
    form = AbwaegungFilter(request.GET, runde=zutritt.runde)
    alle = zutritt.lesbare(request.user).oeffentliche()
    seite = Paginator(form.waehle(alle).mit_antwort(), JE_SEITE).get_page(request.GET.get("seite"))
    frage = request.GET.copy()
    frage.pop("seite", None)
    kontext = rahmen_der_runde(request.user, zutritt, "abwaegung") | {
        "form": form,
        "seite": seite,
        "frage": frage.urlencode(),
        "karten": Karten(request, zutritt, stellen).baue(seite.object_list),
        "darf_freigeben": rechte.darf(request.user, rechte.FREIGEBEN, zutritt.konzept),
        "anzahlen": tabelle.anzahlen(alle),
    }
    return render(request, "beratung/abwaegung.html", kontext)


@require_http_methods(["GET", "HEAD", "POST"])
@angemeldet
def stellungnahme(request, kommune, konzept, pk, anmerkung):
    """Answer an Anmerkung. Two who answer the same one see each other's words before one of them counts."""
    zutritt, a = hole_oeffentliche(request.user, kommune, konzept, pk, anmerkung, rechte.BERATUNG)
    gezeigt = copy(a)  # what the form builds for an answer to come must not count as one that is there
    darf_freigeben = rechte.darf(request.user, rechte.FREIGEBEN, zutritt.konzept)
    if "_freigeben" in request.POST and not darf_freigeben:
        raise PermissionDenied
    try:
        bearbeitung = _bearbeite(request, a)
        fertig = bearbeitung.erledigt()
    except IntegrityError:  # somebody else's answer was saved in the same moment: now there is one to compare with
        bearbeitung = _bearbeite(request, a)
        fertig = bearbeitung.erledigt()
    if fertig:
        if "_freigeben" in request.POST and VERWERFEN not in request.POST:
            regeln.gib_frei(zutritt.runde, [a.pk], request.user)
        return redirect(_weiter(request, zutritt, a))
    stellen = Stellen(zutritt.runde.fassung.dokument)
    (karte,) = Karten(request, zutritt, stellen).baue([gezeigt])
    kontext = rahmen_der_runde(request.user, zutritt, "abwaegung") | bearbeitung.kontext()
    kontext |= {
        "karte": karte | {"abwaegen": None, "entwurf": None, "naechste": None},
        "anmerkung": gezeigt,
        "stelle": stellen.get(a.rn),
        "darf_freigeben": darf_freigeben,
        "lesen": runden_adresse(zutritt.runde, "abwaegung"),
    }
    return render(request, "beratung/stellungnahme.html", kontext, status=bearbeitung.status)


def _bearbeite(request, a) -> Bearbeitung:
    gespeichert = Stellungnahme.objects.select_related("geaendert_von").filter(anmerkung=a).first()
    objekt = gespeichert or Stellungnahme(anmerkung=a, version=0)  # a form that knew of none must not overwrite one

    def formulare(daten):
        zeile = gespeichert and Stellungnahme.objects.get(pk=gespeichert.pk)
        zeile = zeile or Stellungnahme(entworfen_von=request.user)
        zeile.anmerkung = a
        return {"form": StellungnahmeForm(daten, instance=zeile, konzept=a.konzept)}

    return Bearbeitung(request, objekt, formulare)


def _weiter(request, zutritt: Zutritt, a) -> str:
    """The next Anmerkung without an answer, where that was asked for; else the table, or the text one came from."""
    if "_naechste" in request.POST:
        folge = list(zutritt.lesbare(request.user).oeffentliche().mit_antwort().values_list("pk", "stellungnahme"))
        ab = next((i for i, (pk, _) in enumerate(folge) if pk == a.pk), -1) + 1
        naechste = next((pk for pk, antwort in (*folge[ab:], *folge[:ab]) if antwort is None and pk != a.pk), None)
        if naechste:
            return runden_adresse(zutritt.runde, "stellungnahme", anmerkung=naechste)
    if request.POST.get("zurueck") == "pruefen" and a.rn:
        return f"{runden_adresse(zutritt.runde, 'pruefen')}?rn={a.rn}"
    return f"{runden_adresse(zutritt.runde, 'abwaegung')}#anmerkung-{a.pk}"


@require_POST
@angemeldet
def freigeben(request, kommune, konzept, pk):
    """Release the drafts of the chosen Anmerkungen (`a`), or with the button `alle` every draft of the Runde."""
    zutritt = hole_runde(request.user, kommune, konzept, pk, rechte.FREIGEBEN)
    if "alle" in request.POST:
        wahl = zutritt.lesbare(request.user).oeffentliche().values_list("pk", flat=True)
    else:
        wahl = [zahl for wert in request.POST.getlist("a") if (zahl := ganzzahl(wert)) is not None]
    anzahl = regeln.gib_frei(zutritt.runde, wahl, request.user)
    if anzahl:
        wort = "Eine Stellungnahme ist" if anzahl == 1 else f"{anzahl} Stellungnahmen sind"
        messages.success(request, f"{wort} freigegeben. Die Verfasser lesen sie jetzt und bekommen eine E-Mail.")
    else:
        messages.warning(request, "Nichts ist freigegeben: Kreuzen Sie Anmerkungen an, zu denen es einen Entwurf gibt.")
    return redirect(runden_adresse(zutritt.runde, "abwaegung"))


@require_POST
@angemeldet
def zuruecknehmen(request, kommune, konzept, pk, anmerkung):
    """A released answer becomes a draft again."""
    zutritt, a = hole_oeffentliche(request.user, kommune, konzept, pk, anmerkung, rechte.FREIGEBEN)
    if a.antwort:
        regeln.nimm_frei_zurueck(a.antwort, request.user)
        messages.success(request, "Die Stellungnahme ist wieder ein Entwurf.")
    return redirect(runden_adresse(zutritt.runde, "stellungnahme", anmerkung=a.pk))


@require_POST
@angemeldet
def uebernehmen(request, kommune, konzept, pk, anmerkung):
    """Open the form of the element with the proposed wording in its place; nothing is saved yet."""
    zutritt, a = hole_oeffentliche(request.user, kommune, konzept, pk, anmerkung, rechte.BERATUNG)
    stelle = Stellen(zutritt.runde.fassung.dokument).get(a.rn)
    if not (a.vorschlag and stelle):
        raise Http404("Nothing is proposed.")
    uebernahme = bereite_vor(request, a, stelle)
    if uebernahme.formular is None:
        messages.error(
            request,
            f"Was bei Randnummer {stelle.rn} steht, gibt es im Arbeitsstand nicht mehr. Der Vorschlag lässt sich darum "
            "nicht übernehmen; die Fassung und die Anmerkung bleiben, wie sie sind.",
        )
        return redirect(runden_adresse(zutritt.runde, "stellungnahme", anmerkung=a.pk))
    if not uebernahme.eingesetzt:
        messages.warning(
            request,
            "Der Vorschlag ließ sich nicht von selbst einsetzen, weil der Absatz inzwischen anders lautet oder hier "
            f"noch ungespeicherter Text wartet. Er lautet: „{a.vorschlag}“",
        )
    return redirect(uebernahme.formular)


@require_POST
@angemeldet
def eingearbeitet(request, kommune, konzept, pk, anmerkung):
    """Note that what was answered stands in the concept now, or that it does not."""
    zutritt, a = hole_oeffentliche(request.user, kommune, konzept, pk, anmerkung, rechte.BERATUNG)
    if stand := getattr(a, "stellungnahme", None):
        stand.eingearbeitet_am = None if stand.eingearbeitet_am else timezone.now()
        stand.save(update_fields=["eingearbeitet_am"])
    return redirect(runden_adresse(zutritt.runde, "stellungnahme", anmerkung=a.pk))


@require_safe
@angemeldet
def druck(request, kommune, konzept, pk):
    """The Abwägungstabelle as PDF."""
    zutritt = hole_runde(request.user, kommune, konzept, pk, rechte.BERATUNG)
    return _datei(request, zutritt, tabelle.als_pdf, "application/pdf", "pdf")


@require_safe
@angemeldet
def excel(request, kommune, konzept, pk):
    """The Abwägungstabelle as a spreadsheet."""
    zutritt = hole_runde(request.user, kommune, konzept, pk, rechte.BERATUNG)
    return _datei(request, zutritt, tabelle.als_xlsx, tabelle.XLSX, "xlsx")


def _datei(request, zutritt: Zutritt, mache, typ: str, endung: str) -> HttpResponse:
    runde, k = zutritt.runde, zutritt.konzept
    inhalt = mache(runde, tabelle.zeilen(zutritt.lesbare(request.user)))
    if request.method == "GET":
        text = f"Abwägungstabelle zu {runde.fassung} ({endung}), {k.titel}"
        halte_fest(Ereignis.AUSGABE, kommune=k.kommune, benutzer=request.user, text=text)
    antwort = HttpResponse(inhalt, content_type=typ)
    name = f"{k.kommune.slug}-{k.slug}-abwaegung-{runde.fassung.nummer}-{runde.pk}.{endung}"
    antwort["Content-Disposition"] = f'{"inline" if endung == "pdf" else "attachment"}; filename="{name}"'
    antwort["Cache-Control"] = "private, no-store"
    return antwort
