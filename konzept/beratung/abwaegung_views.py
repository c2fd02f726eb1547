"""The Abwägung: every Anmerkung of a Runde with the answer of the administration, drafted, released, worked in."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from konzept import grenzen, rechte
from konzept.bearbeitung import VERWERFEN, Bearbeitung
from konzept.druckauftraege.antwort import Blatt, antworte
from konzept.entwuerfe import ablage
from konzept.kleines_formular import kleines_formular
from konzept.konten.angemeldet import angemeldet
from konzept.konten.models import Ereignis
from konzept.konten.protokoll import halte_fest

from . import abwaegungstabelle, vorgaenge
from .anmerkungen import Karten
from .forms import AbwaegungFilter, GrundForm, StellungnahmeForm
from .models import Stellungnahme
from .seitenrahmen import rahmen_der_runde, runden_adresse
from .stellen import Stellen, ganzzahl
from .uebernahme import bereite_vor
from .zugriff import Zutritt, hole_oeffentliche, hole_runde


@require_safe
@angemeldet
def abwaegung(request, kommune, konzept, pk):
    """All Anmerkungen with their answers, filtered by the address. Ten queries."""
    zutritt = hole_runde(request.user, kommune, konzept, pk, rechte.BERATUNG)
    stellen = Stellen(zutritt.runde.fassung.dokument)
    form = AbwaegungFilter(request.GET, runde=zutritt.runde)
    alle = zutritt.lesbare(request.user).oeffentliche()
    seite = Paginator(form.waehle(alle).mit_antwort(), grenzen.ANMERKUNGEN_JE_SEITE).get_page(request.GET.get("seite"))
    frage = request.GET.copy()
    frage.pop("seite", None)
    darf_freigeben = rechte.darf(request.user, rechte.FREIGEBEN, zutritt.konzept)
    kontext = rahmen_der_runde(request.user, zutritt, "abwaegung") | {
        "form": form,
        "seite": seite,
        "frage": frage.urlencode(),
        "karten": (karten := Karten(request, zutritt, stellen).baue(seite.object_list)),
        "darf_freigeben": darf_freigeben,
        "hat_auswahl": darf_freigeben and any(karte["entwurf"] for karte in karten),
        "anzahlen": abwaegungstabelle.anzahlen(alle),
    }
    return render(request, "beratung/abwaegung.html", kontext)


@require_http_methods(["GET", "HEAD", "POST"])
@angemeldet
def stellungnahme(request, kommune, konzept, pk, anmerkung):
    """Answer an Anmerkung. Two who answer the same one see each other's words before one of them counts."""
    try:
        zutritt, a = hole_oeffentliche(request.user, kommune, konzept, pk, anmerkung, rechte.BERATUNG)
    except Http404:
        if request.method != "POST":
            raise
        return _ist_weg(request, hole_runde(request.user, kommune, konzept, pk, rechte.BERATUNG))
    # The form attaches an unsaved answer to its row, which would otherwise count as one that exists.
    gezeigt = copy(a)
    darf_freigeben = rechte.darf(request.user, rechte.FREIGEBEN, zutritt.konzept)
    if "_freigeben" in request.POST and not darf_freigeben:
        raise PermissionDenied
    bearbeitung = _bearbeite(request, a)
    fertig = bearbeitung.erledigt()
    if bearbeitung.widersprach:
        # Somebody else's answer was saved in the same moment, so that there is one now to compare with.
        bearbeitung = _bearbeite(request, a)
        fertig = bearbeitung.erledigt()
    if fertig:
        if "_freigeben" in request.POST and VERWERFEN not in request.POST:
            vorgaenge.gib_frei(runde=zutritt.runde, anmerkungen=[a.pk], konto=request.user)
        return redirect(_weiter(request, zutritt, a))
    stellen = Stellen(zutritt.runde.fassung.dokument)
    (karte,) = Karten(request, zutritt, stellen).baue([gezeigt])
    kontext = rahmen_der_runde(request.user, zutritt, "abwaegung") | bearbeitung.kontext()
    kontext |= {
        "karte": karte | {"abwaegen": None, "entwurf": None, "kurzantwort": None},
        "anmerkung": gezeigt,
        "stelle": stellen.get(a.rn),
        "darf_freigeben": darf_freigeben,
        "verlauf": f"{runden_adresse(zutritt.runde, 'verlauf')}?zu={a.pk}",
        "lesen": _herkunft(request, zutritt) or runden_adresse(zutritt.runde, "abwaegung"),
        "zurueck": _herkunft(request, zutritt),
    }
    return render(request, "beratung/stellungnahme.html", kontext, status=bearbeitung.status)


def _bearbeite(request, a) -> Bearbeitung:
    gespeichert = Stellungnahme.objects.select_related("geaendert_von").filter(anmerkung=a).first()
    # Version 0 says that the form knew of no answer, so that it does not overwrite one that came meanwhile.
    objekt = gespeichert or Stellungnahme(anmerkung=a, version=0)

    def formulare(daten):
        zeile = gespeichert and Stellungnahme.objects.get(pk=gespeichert.pk)
        zeile = zeile or Stellungnahme(entworfen_von=request.user)
        zeile.anmerkung = a
        return {"form": StellungnahmeForm(daten, instance=zeile, konzept=a.konzept)}

    return Bearbeitung(request, objekt, formulare)


def _ist_weg(request, zutritt: Zutritt):
    """It was taken back while somebody was answering: what was typed is shown once more, to copy."""
    getippt = [(name, wert) for name in ("begruendung", "aenderung") if (wert := request.POST.get(name, "").strip())]
    namen = {name: feld.label for name, feld in StellungnahmeForm.base_fields.items()}
    kontext = rahmen_der_runde(request.user, zutritt, "abwaegung") | {"texte": [(namen[n], w) for n, w in getippt]}
    return render(request, "beratung/weg.html", kontext, status=404)


def _weiter(request, zutritt: Zutritt, a) -> str:
    """The next Anmerkung without an answer, where that was asked for; else the page one came from, or the table."""
    if "_naechste" in request.POST:
        folge = list(zutritt.lesbare(request.user).oeffentliche().mit_antwort().values_list("pk", "stellungnahme"))
        ab = next((i for i, (pk, _) in enumerate(folge) if pk == a.pk), -1) + 1
        naechste = next((pk for pk, antwort in (*folge[ab:], *folge[:ab]) if antwort is None and pk != a.pk), None)
        if naechste:
            return runden_adresse(zutritt.runde, "stellungnahme", anmerkung=naechste)
    return f"{_herkunft(request, zutritt) or runden_adresse(zutritt.runde, 'abwaegung')}#anmerkung-{a.pk}"


def _herkunft(request, zutritt: Zutritt) -> str:
    """The page of this Runde on which the small form stood, as it was filtered there."""
    adresse = request.POST.get("zurueck", "")
    return adresse if adresse.startswith(runden_adresse(zutritt.runde, "detail")) else ""


@require_POST
@angemeldet
def freigeben(request, kommune, konzept, pk):
    """Release the drafts of the chosen Anmerkungen (`a`), or with the button `alle` every draft of the Runde."""
    zutritt = hole_runde(request.user, kommune, konzept, pk, rechte.FREIGEBEN)
    wahl = zutritt.lesbare(request.user).oeffentliche().values_list("pk", flat=True)
    if "alle" not in request.POST:
        gewaehlt = {ganzzahl(wert) for wert in request.POST.getlist("a")}
        wahl = [pk for pk in wahl if pk in gewaehlt]
    anzahl = vorgaenge.gib_frei(runde=zutritt.runde, anmerkungen=wahl, konto=request.user)
    if anzahl:
        wort = "Eine Stellungnahme ist" if anzahl == 1 else f"{anzahl} Stellungnahmen sind"
        messages.success(request, f"{wort} freigegeben. Die Verfasser lesen sie jetzt und bekommen eine E-Mail.")
    veraltet = vorgaenge.veraltete_entwuerfe(zutritt.runde).filter(anmerkung__in=list(wahl)).count()
    if veraltet:
        was = "Eine Anmerkung ist" if veraltet == 1 else f"{veraltet} Anmerkungen sind"
        messages.warning(
            request,
            f"{was} nach dem Entwurf der Stellungnahme geändert worden, darum bleibt es dort beim Entwurf. Lesen Sie "
            "die Anmerkung noch einmal, und speichern Sie die Stellungnahme neu.",
        )
    elif not anzahl:
        messages.warning(request, "Nichts ist freigegeben: Kreuzen Sie Anmerkungen an, zu denen es einen Entwurf gibt.")
    return redirect(runden_adresse(zutritt.runde, "abwaegung"))


@require_http_methods(["GET", "HEAD", "POST"])
@angemeldet
def zuruecknehmen(request, kommune, konzept, pk, anmerkung):
    """Asks why, and makes a draft again of a released answer."""
    zutritt, a = hole_oeffentliche(request.user, kommune, konzept, pk, anmerkung, rechte.FREIGEBEN)
    ziel = runden_adresse(zutritt.runde, "stellungnahme", anmerkung=a.pk)
    form = kleines_formular(request, GrundForm)
    if VERWERFEN in request.POST or not a.antwort:
        ablage.vergiss(request)
        return redirect(ziel)
    if request.method == "POST" and form.is_valid():
        vorgaenge.nimm_frei_zurueck(
            stellungnahme=a.antwort, konto=request.user, grund=form.cleaned_data["grund"]
        )
        ablage.vergiss(request)
        messages.success(request, "Die Stellungnahme ist wieder ein Entwurf.")
        return redirect(ziel)
    kontext = rahmen_der_runde(request.user, zutritt, "abwaegung") | {"anmerkung": a, "form": form, "lesen": ziel}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "beratung/freigabe_zuruecknehmen.html", kontext, status=status)


@require_POST
@angemeldet
def uebernehmen(request, kommune, konzept, pk, anmerkung):
    """Open the form of the element with the proposed wording in its place; nothing is saved yet."""
    zutritt, a = hole_oeffentliche(request.user, kommune, konzept, pk, anmerkung, rechte.BERATUNG)
    stelle = Stellen(zutritt.runde.fassung.dokument).get(a.rn)
    if not (a.vorschlag and stelle):
        raise Http404("Nothing is proposed.")
    formular = bereite_vor(request, a, stelle)
    if formular is None:
        messages.error(
            request,
            f"Was bei Randnummer {stelle.rn} steht, gibt es im Arbeitsstand nicht mehr. Der Vorschlag lässt sich darum "
            "nicht übernehmen; die Fassung und die Anmerkung bleiben, wie sie sind.",
        )
        return redirect(runden_adresse(zutritt.runde, "stellungnahme", anmerkung=a.pk))
    return redirect(formular)


@require_POST
@angemeldet
def eingearbeitet(request, kommune, konzept, pk, anmerkung):
    """Note that what was answered stands in the concept now, or with `nein` that it does not."""
    zutritt, a = hole_oeffentliche(request.user, kommune, konzept, pk, anmerkung, rechte.BERATUNG)
    if stand := getattr(a, "stellungnahme", None):
        nein = "nein" in request.POST
        stand.eingearbeitet_am = None if nein else stand.eingearbeitet_am or timezone.now()
        stand.save(update_fields=["eingearbeitet_am"])
        was = "Als nicht eingearbeitet vermerkt" if nein else "Als eingearbeitet vermerkt"
        vorgaenge.protokolliere_zu(a, request.user, was)
    return redirect(runden_adresse(zutritt.runde, "stellungnahme", anmerkung=a.pk))


@require_http_methods(["GET", "HEAD", "POST"])
@angemeldet
def druck(request, kommune, konzept, pk):
    """The Abwägungstabelle as PDF, made in the background; POST tries again what failed."""
    zutritt = hole_runde(request.user, kommune, konzept, pk, rechte.BERATUNG)

    def kontext():
        zurueck = {"titel": "Zur Abwägung", "url": runden_adresse(zutritt.runde, "abwaegung")}
        rahmen = rahmen_der_runde(request.user, zutritt, "abwaegung")
        return rahmen | {"basis": "beratung/runde_basis.html", "zurueck": zurueck}

    def lies():
        return abwaegungstabelle.nimm_auf(request.user, hole_runde(request.user, kommune, konzept, pk, rechte.BERATUNG))

    blatt = Blatt(
        konzept=zutritt.konzept,
        # In an internal Runde those who take part read more than the others, so that their prints are different ones.
        gegenstand=f"abwaegung-{pk}-{'alle' if zutritt.liest_andere else 'eigene'}",
        name=_dateiname(zutritt),
        protokoll=_protokolltext(zutritt, "pdf"),
        kontext=kontext,
    )
    return antworte(request, lies, blatt)


@require_safe
@angemeldet
def excel(request, kommune, konzept, pk):
    """The Abwägungstabelle as a spreadsheet."""
    zutritt = hole_runde(request.user, kommune, konzept, pk, rechte.BERATUNG)
    inhalt = abwaegungstabelle.als_xlsx(zutritt.runde, abwaegungstabelle.zeilen(zutritt.lesbare(request.user)))
    if request.method == "GET":
        text, kommune_ = _protokolltext(zutritt, "xlsx"), zutritt.konzept.kommune
        halte_fest(Ereignis.AUSGABE, kommune=kommune_, benutzer=request.user, text=text)
    antwort = HttpResponse(inhalt, content_type=abwaegungstabelle.XLSX)
    antwort["Content-Disposition"] = f'attachment; filename="{_dateiname(zutritt)}.xlsx"'
    return antwort


def _dateiname(zutritt: Zutritt) -> str:
    k = zutritt.konzept
    return f"{k.kommune.slug}-{k.slug}-abwaegung-{zutritt.runde.fassung.nummer}-{zutritt.runde.pk}"


def _protokolltext(zutritt: Zutritt, endung: str) -> str:
    return f"Abwägungstabelle zu {zutritt.runde.fassung} ({endung}), {zutritt.konzept.titel}"
