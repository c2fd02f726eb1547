"""The page "Prüfen": the text of a Fassung with its Randnummern, and beside it what is said about it."""

from collections import Counter, defaultdict

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from konzept import grenzen
from konzept.dokument.html import kapitel_html
from konzept.fassungen.models import Fassung
from konzept.fassungen.vergleich.aufwand import begrenzt
from konzept.fassungen.vergleich.einarbeitung import markiert
from konzept.fassungen.vergleich.html import als_html
from konzept.fassungen.zugriff import vorige_fassung
from konzept.konten.angemeldet import angemeldet
from konzept.seiten import finde, gliederung, seiten

from .anmerkungen import OFFEN, Karten
from .randspalte import mit_rand
from .seitenrahmen import rahmen_der_runde, runden_adresse
from .stellen import Stellen, ganzzahl
from .vorgaenge import merke_gelesen
from .zugriff import Zutritt, hole_runde

FILTER = {"": "Alle", "eigene": "Meine", "neu": "Neu", "offen": "Offen"}


@require_safe
@angemeldet
def pruefen(request, kommune, konzept, pk):
    """The first page of the Fassung; with `?rn=119` the place of that number, with `?nach=<pk>` that of the next open
    Anmerkung after it (0 for the first), with `?ab=119` that of the first one from this number on."""
    zutritt = hole_runde(request.user, kommune, konzept, pk)
    stellen = Stellen(zutritt.runde.fassung.dokument)
    if {"nach", "ab"} & request.GET.keys():
        return _zur_naechsten_offenen(request, zutritt, stellen)
    if not stellen.seiten:
        return redirect(runden_adresse(zutritt.runde, "detail"))
    erste = runden_adresse(zutritt.runde, "pruefen_kapitel", anker=stellen.seiten[0].kapitel.anker)
    wunsch = request.GET.get("rn", "").strip()
    if not wunsch:
        return redirect(erste)
    stelle = stellen.get(ganzzahl(wunsch))
    if stelle:
        return redirect(f"{runden_adresse(zutritt.runde, 'pruefen_kapitel', anker=stelle.seite)}#rn-{stelle.rn}")
    messages.warning(request, f"Diese Randnummer gibt es nicht. Die Fassung zählt von 1 bis {stellen.letzte}.")
    return redirect(_zurueck(request, zutritt) or erste)


def _zurueck(request, zutritt: Zutritt) -> str | None:
    """The page of this Runde from which somebody comes."""
    herkunft = request.headers.get("Referer", "")
    unter = request.build_absolute_uri(runden_adresse(zutritt.runde, "detail"))
    erlaubt = url_has_allowed_host_and_scheme(herkunft, request.get_host(), require_https=request.is_secure())
    return herkunft if erlaubt and herkunft.startswith(unter) else None


def _zur_naechsten_offenen(request, zutritt: Zutritt, stellen: Stellen):
    nach, rn_ab = (ganzzahl(request.GET.get(name, "")) for name in ("nach", "ab"))
    folge = list(zutritt.lesbare(request.user).oeffentliche().mit_antwort().values_list("pk", "rn"))
    offene = set(zutritt.lesbare(request.user).oeffentliche().filter(OFFEN).values_list("pk", flat=True))
    if rn_ab is None:
        ab = next((i for i, (pk, _) in enumerate(folge) if pk == nach), -1) + 1
    else:
        ab = next((i for i, (_, rn) in enumerate(folge) if rn and rn >= rn_ab), 0)
    for pk, rn in (*folge[ab:], *folge[:ab]):
        if pk in offene and pk != nach:
            return redirect(_ort(zutritt, stellen, rn, pk))
    messages.info(request, "Es gibt keine weitere offene Anmerkung.")
    return redirect(_zurueck(request, zutritt) or runden_adresse(zutritt.runde, "anmerkungen"))


def _ort(zutritt: Zutritt, stellen: Stellen, rn: int | None, pk: int) -> str:
    """Where an Anmerkung stands: in the text, or in the list where it is about the whole."""
    stelle = stellen.get(rn)
    if stelle is None:
        return f"{runden_adresse(zutritt.runde, 'anmerken')}#anmerkung-{pk}"
    return f"{runden_adresse(zutritt.runde, 'pruefen_kapitel', anker=stelle.seite)}#anmerkung-{pk}"


@require_safe
@angemeldet
def kapitel(request, kommune, konzept, pk, anker):
    """A chapter or Handlungsfeld of the Fassung with the Anmerkungen at its Randnummern. Eight queries. The Anker of an
    element inside leads to its place."""
    zutritt = hole_runde(request.user, kommune, konzept, pk)
    runde = zutritt.runde
    stellen = Stellen(runde.fassung.dokument)
    gefunden = finde(stellen.seiten, anker)
    if gefunden is None:
        raise Http404("No such Anker in this Fassung.")
    index, eigener = gefunden
    seite = stellen.seiten[index]

    def url(ziel):
        return runden_adresse(runde, "pruefen_kapitel", anker=ziel)

    if not eigener:
        return redirect(f"{url(seite.kapitel.anker)}#{anker}")
    karten = Karten(request, zutritt, stellen)
    hier = stellen.auf(seite.kapitel.anker)
    nach_rn = defaultdict(list)
    for karte in karten.baue(zutritt.lesbare(request.user).filter(rn__in=hier).mit_antwort()):
        nach_rn[karte["anmerkung"].rn].append(karte)

    def nummer(rn):
        anzahl = len(nach_rn[rn])
        ziel = f"{runden_adresse(runde, 'anmerken')}?rn={rn}"
        wort = "Anmerkung" if anzahl == 1 else "Anmerkungen"
        gesagt = format_html('<span class="nur-vorlesen">, {} {}</span>', anzahl, wort) if anzahl else ""
        if not zutritt.beteiligt:
            return format_html('<span class="rn" id="rn-{}" tabindex="-1">{}{}</span>', rn, rn, gesagt)
        return format_html(
            '<a class="rn" id="rn-{}" href="{}" title="Zu Randnummer {} anmerken">'
            '<span class="nur-vorlesen">Anmerken zu Randnummer </span>{}{}</a>',
            rn, ziel, rn, rn, gesagt,
        )  # fmt: skip

    def notizen(rn):
        if not nach_rn[rn]:
            return ""
        return render_to_string("beratung/notizen.html", {"rn": rn, "karten": nach_rn[rn]}, request)

    vorige = vorige_fassung(request.user, runde.fassung)
    frueher = vorige if "aenderungen" in request.GET else None
    html = kapitel_html(seite.inhalt, verweise=url)
    grob = False
    if frueher:
        with begrenzt() as haushalt:
            html = _mit_aenderungen(frueher, stellen, seite, url)
        grob = haushalt.grob
    kontext = rahmen_der_runde(request.user, zutritt, "pruefen") | {
        "seite": seite,
        "html": mit_rand(html, nummer, notizen),
        "gliederung": _mit_anzahlen(gliederung(stellen.dokument, url, seite.kapitel.anker), zutritt, stellen, request),
        "gliederung_hinweise": "Anmerkung,Anmerkungen",
        "davor": _nachbar(stellen.seiten, index - 1, url),
        "danach": _nachbar(stellen.seiten, index + 1, url),
        "letzte_rn": stellen.letzte,
        "frueher": frueher,
        "vorige": vorige,
        "grob": grob,
        "hat_notizen": bool(nach_rn),
        "erste_rn": min(hier, default=1),
    }
    return render(request, "beratung/pruefen.html", kontext)


def _mit_aenderungen(frueher: Fassung, stellen: Stellen, seite, url) -> str:
    """A page with what differs from an earlier Fassung marked in its place."""
    gefunden = finde(marken_seiten := seiten(markiert(frueher.dokument, stellen.dokument)), seite.kapitel.anker)
    inhalt = marken_seiten[gefunden[0]].inhalt if gefunden else seite.inhalt
    return als_html(kapitel_html(inhalt, verweise=url))


def _mit_anzahlen(eintraege, zutritt: Zutritt, stellen: Stellen, request):
    """The outline with the number of Anmerkungen at each page."""
    je_seite = Counter()
    geltende = zutritt.lesbare(request.user).filter(zurueckgezogen_am=None, rn__isnull=False)
    for rn in geltende.values_list("rn", flat=True):
        if stelle := stellen.get(rn):
            je_seite[stelle.seite] += 1
    for eintrag in (e for oberster in eintraege for e in oberster.durchlaufe()):
        eintrag.hinweise = je_seite[eintrag.anker]
    return eintraege


def _nachbar(alle, index, url):
    if not 0 <= index < len(alle):
        return None
    kapitel = alle[index].kapitel
    return {"titel": kapitel.ueberschrift, "url": url(kapitel.anker)}


@require_safe
@angemeldet
def anmerkungen(request, kommune, konzept, pk):
    """All Anmerkungen that the account reads, in reading order; `?nur=` eigene, neu or offen. Eight queries."""
    zutritt = hole_runde(request.user, kommune, konzept, pk)
    stellen = Stellen(zutritt.runde.fassung.dokument)
    karten = Karten(request, zutritt, stellen)
    lesbare = zutritt.lesbare(request.user)
    wahl = request.GET.get("nur", "")
    wahl = wahl if wahl in FILTER else ""
    gefiltert = {
        "": lesbare,
        "eigene": lesbare.filter(verfasser=request.user),
        "neu": karten.neue(lesbare),
        "offen": lesbare.oeffentliche().filter(OFFEN),
    }
    seite = Paginator(gefiltert[wahl].mit_antwort(), grenzen.ANMERKUNGEN_JE_SEITE).get_page(request.GET.get("seite"))
    kontext = rahmen_der_runde(request.user, zutritt, "anmerkungen") | {
        "karten": karten.baue(seite.object_list),
        "seite": seite,
        "wahl": wahl,
        "filter": [{"titel": titel, "wert": wert, "aktiv": wert == wahl} for wert, titel in FILTER.items()],
        "neue": gefiltert["neu"].count(),
    }
    return render(request, "beratung/anmerkungen.html", kontext)


@require_POST
@angemeldet
def gelesen(request, kommune, konzept, pk):
    """Nothing up to now counts as new any more."""
    zutritt = hole_runde(request.user, kommune, konzept, pk)
    merke_gelesen(zutritt.runde, request.user)
    messages.success(request, "Alles bis jetzt gilt als gelesen.")
    return redirect(runden_adresse(zutritt.runde, "anmerkungen"))
