"""The frozen versions of a concept: list, freezing, reading, files, publication."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotModified, QueryDict
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from konzept import rechte, seiten
from konzept.bearbeitung import VERWERFEN
from konzept.dokument.html import kapitel_html
from konzept.dokument.luecken import luecken
from konzept.dokument.maengel import Unvollstaendig, mit_formular
from konzept.dokument.zeilen import Zeilen
from konzept.dokument.zusammenstellung import stelle_mit_maengeln_zusammen
from konzept.druckauftraege.antwort import fragt_nach, warteseite, zu_viele, zwischenbescheid
from konzept.entwuerfe import ablage, einmal
from konzept.hintergrund import zustand
from konzept.kleines_formular import kleines_formular
from konzept.konten.angemeldet import angemeldet
from konzept.konten.models import Ereignis
from konzept.konten.protokoll import halte_fest
from konzept.navigation import Formulare, adresse, rahmen
from konzept.zugriff import hole_konzept

from . import ausgaben, vorgaenge
from .anlass import widerspruch
from .beschluesse import Beschlussangabe, Hinfaellig, buch
from .forms import BeschlussForm, FassungForm
from .models import Ausgabe, AusgabeArt, Fassung, FassungArt
from .seitenrahmen import adresse_der, rahmen_der_fassung, wappenhinweis
from .vergleich.staende import schritt_zu
from .zugriff import hole_fassung, hole_fassungen

OHNE_WAPPEN = (
    "Es ist noch nichts festgeschrieben. Das Wappen der Kommune fehlt oder ist beschädigt: Lassen Sie es zuerst neu "
    "hochladen, oder kreuzen Sie an, dass die Fassung kein Wappen haben soll."
)
_FORMULAR = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@angemeldet
def liste(request, kommune, konzept):
    """The Fassungen of a concept that the account may read, the newest first."""
    k, fassungen = hole_fassungen(request.user, kommune, konzept)
    kontext = rahmen(request.user, k, "fassungen") | {
        "fassungen": fassungen,
        "wappenhinweis": wappenhinweis(request.user, k),
        "darf_festschreiben": rechte.darf(request.user, rechte.FESTSCHREIBEN, k),
        "vergleichbar": len(fassungen) + rechte.darf(request.user, rechte.LESEN, k) > 1,
    }
    return render(request, "fassungen/liste.html", kontext)


@_FORMULAR
@angemeldet(fragt=("art", "beschluss"))
def neu(request, kommune, konzept):
    """Freeze the Arbeitsstand, after a look at what it is and what is missing in it."""
    k = hole_konzept(request.user, kommune, konzept, rechte.FESTSCHREIBEN)
    if VERWERFEN in request.POST:
        ablage.vergiss(request)
        return redirect(adresse(k, "fassungen:liste"))
    letzte, nummer = _letzte(k)
    # The button was pressed twice, or by two people at once: the page showed a number that is taken by now.
    ueberholt = request.method == "POST" and request.POST.get("_nummer", str(nummer)) != str(nummer)
    hinweis = wappenhinweis(request.user, k)

    angebote = buch().biete_an(request.user, k)
    gefragt = {name: request.GET.get(name, "") for name in ("art", "beschluss")}

    def formular(daten):
        wahl = {"angebote": angebote, "gewaehlt": gefragt["beschluss"]}
        return FassungForm(daten, art=gefragt["art"], mangel=_mangel(hinweis), anlass=k.anlass, **wahl)

    def vermerke(fassung):
        einmal.beanspruche(request, fassung.bezeichnung, adresse_der(fassung))
        ausgaben.stosse_an(fassung, unbedingt=True)

    form = kleines_formular(request, formular)
    if request.method == "POST" and form.is_valid() and not ueberholt:
        try:
            fassung = vorgaenge.festschreiben(konzept=k, konto=request.user, dabei=vermerke, **form.werte())
        except Unvollstaendig as luecken:
            form.add_error(None, f"Das Konzept lässt sich so nicht festschreiben. {luecken}")
        except vorgaenge.WappenMangelhaft as fehler:
            hinweis = wappenhinweis(request.user, k, fehler.mangel)
            form = formular(request.POST)
            form.add_error("ohne_wappen", OHNE_WAPPEN)
        except Hinfaellig as fehler:
            form.weise_ab(str(fehler))
        except einmal.SchonAngelegt:
            # The button was pressed twice at the same moment.
            ueberholt, (letzte, nummer) = True, _letzte(k)
        else:
            ablage.vergiss(request)
            ohne = " ohne Wappen" if fassung.ohne_wappen else ""
            text = f"{fassung.bezeichnung} ist{ohne} festgeschrieben. Die PDFs werden jetzt hergestellt."
            messages.success(request, text)
            return redirect(adresse_der(fassung))
    dokument, maengel = stelle_mit_maengeln_zusammen(Zeilen(k))
    kontext = rahmen(request.user, k, "fassungen") | {
        "form": form,
        "art": form["art"].value(),
        "dokument": dokument,
        "maengel": mit_formular(maengel, Formulare(request.user, k)),
        "felder": len(seiten.umfang(dokument)),
        "massnahmen": sum(1 for _ in seiten.massnahmen(dokument)),
        "nummer": nummer,
        "letzte": letzte,
        "ueberholt": ueberholt,
        "wappenhinweis": hinweis,
        **einmal.kontext(QueryDict() if ueberholt else form.data),
        "unveraendert_seit": letzte if letzte and _ist_unveraendert(letzte, dokument, hinweis) else None,
        "krumen": [{"titel": "Fassungen", "url": adresse(k, "fassungen:liste")}],
    }
    status = 422 if form.is_bound and form.errors else 409 if ueberholt else 200
    return render(request, "fassungen/neu.html", kontext, status=status)


def _ist_unveraendert(letzte: Fassung, dokument, wappenhinweis: dict | None) -> bool:
    """A Wappen that the last one had to do without and that is there now makes it another one."""
    return vorgaenge.sagt_dasselbe(letzte, dokument) and not (letzte.ohne_wappen and wappenhinweis is None)


def _mangel(hinweis: dict | None) -> str:
    return hinweis["mangel"] if hinweis else ""


def _letzte(k) -> tuple[Fassung | None, int]:
    """The last Fassung of a concept, and the number of the next one."""
    letzte = k.fassungen.ohne_inhalt().order_by("nummer").last()
    return letzte, letzte.nummer + 1 if letzte else 1


@require_safe
@angemeldet
def detail(request, kommune, konzept, nummer):
    """What a Fassung is, its outline, its files and who may read it; asks for PDFs that are missing."""
    fassung = hole_fassung(request.user, kommune, konzept, nummer)
    stand = ausgaben.stosse_an(fassung)
    kennung = "".join("f" if s.ausgabe else "x" if s.gescheitert else "v" if s.voll else "o" for s in stand)
    if request.htmx and request.GET.get("stand") == kennung:
        return HttpResponse(status=204)  # nothing new: the page stays as it is, and nothing is read out again

    def url(anker):
        return adresse_der(fassung, "fassungen:lesen", anker=anker)

    dokument = fassung.dokument
    kontext = rahmen_der_fassung(request.user, fassung) | {
        "ausgaben": stand,
        "hintergrund_ruht": zustand.hinweis() if "o" in kennung else "",
        "stand": kennung,
        "berichtigt": any(s.ist_berichtigt for s in stand),
        "berichtigung": _berichtigung(request.user, fassung, stand),
        "gliederung": seiten.gliederung(dokument, url),
        "felder": [(umfang, url(umfang.kapitel.anker)) for umfang in seiten.umfang(dokument)],
        "schritt": schritt_zu(request.user, fassung.konzept, fassung),
        "darf_festschreiben": rechte.darf(request.user, rechte.FESTSCHREIBEN, fassung.konzept),
        "darf_veroeffentlichen": rechte.darf(request.user, rechte.VEROEFFENTLICHEN, fassung.konzept)
        and fassung.art == FassungArt.BESCHLUSS,
        "druck_vor_beschluss": _ist_vor_dem_beschluss_gedruckt(fassung, stand),
        "vorlage_des_beschlusses": _vorlage_des_beschlusses(request.user, fassung),
    }
    kontext["krumen"] = kontext["krumen"][:1]
    return render(request, "fassungen/detail.html", kontext)


def _berichtigung(benutzer, fassung: Fassung, staende: list[ausgaben.Druckstand]) -> dict | None:
    """For staff: where the PDFs differ from the Fassung, each place with the address at which it is read."""
    if not rechte.darf(benutzer, rechte.LESEN, fassung.konzept):
        return None
    was = ausgaben.berichtigung(fassung, staende)
    if was is None:
        return None
    stellen = [(s, adresse_der(fassung, "fassungen:lesen", anker=s.anker) if s.anker else "") for s in was.stellen]
    return {"stellen": stellen, "offen": was.offen}


def _ist_vor_dem_beschluss_gedruckt(fassung: Fassung, staende: list[ausgaben.Druckstand]) -> bool:
    """Whether a PDF was there when the decision was entered that the Fassung names now."""
    if not hasattr(fassung, "beschluss"):
        return False
    return any(s.ausgabe.erstellt_am < fassung.beschluss.eingetragen_am for s in staende if s.ausgabe)


def _vorlage_des_beschlusses(benutzer, fassung: Fassung) -> dict | None:
    """The Vorlage on which the decision was taken, for whom may see it."""
    station = fassung.beschluss.station if hasattr(fassung, "beschluss") else None
    if station is None or not rechte.darf(benutzer, rechte.LESEN, fassung.konzept):
        return None
    if station.vorlage.nichtoeffentlich and not rechte.darf(benutzer, rechte.NICHTOEFFENTLICHES, fassung.konzept):
        return None
    return {"titel": str(station.vorlage), "url": adresse(fassung.konzept, "vorlagen:detail", pk=station.vorlage_id)}


@require_safe
@angemeldet
def lesen(request, kommune, konzept, nummer, anker):
    """One chapter, or one Handlungsfeld, of a Fassung, with its Randnummern."""
    fassung = hole_fassung(request.user, kommune, konzept, nummer)

    def url(ziel):
        return adresse_der(fassung, "fassungen:lesen", anker=ziel)

    blatt = seiten.hole_blatt(fassung.dokument, anker, url)
    if blatt["umweg"]:
        return redirect(blatt["umweg"])
    kontext = rahmen_der_fassung(request.user, fassung) | blatt
    kontext["html"] = kapitel_html(blatt["seite"].inhalt, verweise=url, randnummern=True)
    kontext["krumen"] += blatt["oben"]
    kontext["drucke"] = seiten.drucke(
        blatt["seite"].kapitel, lambda name: adresse_der(fassung, f"teildrucke:fassung_{name}", anker=anker)
    )
    return render(request, "konzept/kapitel.html", kontext)


@require_safe
@angemeldet
def gesamt(request, kommune, konzept, nummer):
    """The whole Fassung on one page, with its Randnummern."""
    fassung = hole_fassung(request.user, kommune, konzept, nummer)
    dokument = fassung.dokument
    kontext = rahmen_der_fassung(request.user, fassung) | {
        "html": [kapitel_html(kapitel, ebene=2, randnummern=True) for kapitel in dokument.kapitel],
        "gliederung": seiten.gliederung(dokument, lambda anker: f"#{anker}"),
    }
    return render(request, "konzept/gesamt.html", kontext)


@require_safe
@angemeldet
def pdf(request, kommune, konzept, nummer, art):
    """A PDF of a Fassung, always the same bytes; until it is there a page that says how far it is (202)."""
    fassung = hole_fassung(request.user, kommune, konzept, nummer)
    stand = ausgaben.stand(fassung, art) if art in AusgabeArt else None
    if stand is None:
        raise Http404("There is no such file of this Fassung.")
    if wartende := antwort_solange(request, stand, lambda: _wartend(request.user, fassung)):
        return wartende
    antwort = pdf_antwort(request, fassung, stand.ausgabe)
    if request.method == "GET" and antwort.status_code == 200:
        text = f"{fassung.titel}, {fassung}: {stand.ausgabe.get_art_display()}"
        halte_fest(Ereignis.AUSGABE, kommune=fassung.konzept.kommune, benutzer=request.user, text=text)
    return antwort


def _wartend(benutzer, fassung: Fassung) -> dict:
    """Context of the page in place of a PDF, with the way to try again for who may."""
    darf = rechte.darf(benutzer, rechte.FESTSCHREIBEN, fassung.konzept)
    return rahmen_der_fassung(benutzer, fassung) | {
        "erneut": adresse_der(fassung, "fassungen:erneut") if darf else "",
        "zurueck": {"titel": "Zur Seite der Fassung", "url": adresse_der(fassung)},
    }


def antwort_solange(request, stand: ausgaben.Druckstand, kontext: Callable[[], dict]) -> HttpResponse | None:
    """What is answered in place of a PDF as long as it is not there."""
    if fragt_nach(request):
        return zwischenbescheid(request, stand.auftrag)
    if stand.voll:
        return zu_viele(request, stand.voll, kontext())
    return warteseite(request, stand.auftrag, kontext()) if stand.ausgabe is None else None


def pdf_antwort(request, fassung: Fassung, ausgabe: Ausgabe) -> HttpResponse:
    """The file, or 304 where the browser has it; its bytes are read only where they are sent."""
    etag = f'"{ausgabe.pruefsumme}"'
    antwort = get_conditional_response(request, etag=etag)
    if antwort is None:
        antwort = HttpResponse(bytes(ausgabe.datei), content_type="application/pdf")
        antwort["Content-Disposition"] = f'inline; filename="{dateiname(fassung, ausgabe.art)}.pdf"'
        antwort["ETag"] = etag
    return antwort


def json_antwort(request, fassung: Fassung) -> HttpResponse | HttpResponseNotModified:
    """The tree as it was frozen, or 304 where the browser has it."""
    etag = f'"{fassung.pruefsumme}"'
    antwort = get_conditional_response(request, etag=etag)
    if antwort is None:
        antwort = HttpResponse(fassung.inhalt, content_type="application/json")
        antwort["Content-Disposition"] = f'attachment; filename="{dateiname(fassung)}.json"'
        antwort["ETag"] = etag
    return antwort


def dateiname(fassung: Fassung, art: str = "") -> str:
    """ "musterstadt-konzept-entwurf-3", and "-randnummern" and the like behind it for any but the plain PDF."""
    k = fassung.konzept
    teile = [k.kommune.slug, k.slug, fassung.art, str(fassung.nummer)]
    return "-".join(teile if art in ("", AusgabeArt.DRUCK) else [*teile, art])


@require_safe
@angemeldet
def json(request, kommune, konzept, nummer):
    """The tree of a Fassung, byte by byte as its SHA-256 was taken."""
    fassung = hole_fassung(request.user, kommune, konzept, nummer)
    antwort = json_antwort(request, fassung)
    if request.method == "GET" and antwort.status_code == 200:
        text = f"{fassung.titel}, {fassung}: JSON"
        halte_fest(Ereignis.AUSGABE, kommune=fassung.konzept.kommune, benutzer=request.user, text=text)
    return antwort


@require_POST
@angemeldet
def erneut(request, kommune, konzept, nummer):
    """Try once more to make PDFs that failed."""
    fassung = hole_fassung(request.user, kommune, konzept, nummer, rechte.FESTSCHREIBEN)
    ausgaben.versuche_erneut(fassung)
    return redirect(f"{adresse_der(fassung)}#ausgaben")


@require_POST
@angemeldet
def berichtigen(request, kommune, konzept, nummer):
    """Ask for mended PDFs beside those that an earlier program printed otherwise than the Fassung says."""
    fassung = hole_fassung(request.user, kommune, konzept, nummer, rechte.FESTSCHREIBEN)
    if ausgaben.berichtige(fassung=fassung, konto=request.user):
        messages.success(request, "Die berichtigten PDFs werden hergestellt. Die bisherigen bleiben, wie sie sind.")
    return redirect(f"{adresse_der(fassung)}#ausgaben")


@_FORMULAR
@angemeldet
def beschluss(request, kommune, konzept, nummer):
    """Say which decision a Beschlussfassung claims, where it names none yet or another one."""
    fassung = _hole_beschlussfassung(request, kommune, konzept, nummer)
    if VERWERFEN in request.POST:
        ablage.vergiss(request)
        return redirect(adresse_der(fassung))
    form = _beschlussformular(request, fassung)
    if request.method == "POST" and form.is_valid():
        try:
            vorgaenge.trage_beschluss_ein(fassung=fassung, angabe=form.angabe, konto=request.user)
        except Hinfaellig as fehler:
            form.weise_ab(str(fehler))
        else:
            ablage.vergiss(request)
            messages.success(request, f"Zu {fassung} ist der Beschluss eingetragen.")
            return redirect(adresse_der(fassung))
    kontext = rahmen_der_fassung(request.user, fassung) | {"form": form}
    return render(request, "fassungen/beschluss.html", kontext, status=_status(form))


@_FORMULAR
@angemeldet
def veroeffentlichen(request, kommune, konzept, nummer):
    """Ask, and on POST let everybody read the Fassung; where it names no decision that holds, ask for that too."""
    fassung = _hole_beschlussfassung(request, kommune, konzept, nummer)
    if VERWERFEN in request.POST:
        ablage.vergiss(request)
        return redirect(adresse_der(fassung))
    form = None if fassung.ist_beschlossen else _beschlussformular(request, fassung)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            vorgaenge.veroeffentliche(fassung=fassung, konto=request.user, beschluss=form and form.angabe)
        except (Hinfaellig, vorgaenge.NichtBeschlossen) as fehler:
            # Somebody may have entered another result of the sitting just now.
            form = form or _beschlussformular(request, fassung)
            form.is_valid()
            form.weise_ab(str(fehler))
        else:
            ablage.vergiss(request)
            messages.success(request, f"{fassung} ist veröffentlicht. Alle können sie ohne Anmeldung lesen.")
            return redirect(adresse_der(fassung))
    kontext = rahmen_der_fassung(request.user, fassung) | {
        "form": form,
        "berichtigung": ausgaben.berichtigung(fassung, ausgaben.staende(fassung)),
        "luecken": luecken(fassung.dokument),
        "widerspruch": widerspruch(fassung.dokument.anlass, fassung.art, "" if form else fassung.beschluss.tag),
    }
    return render(request, "fassungen/veroeffentlichen.html", kontext, status=_status(form))


def _hole_beschlussfassung(request, kommune, konzept, nummer) -> Fassung:
    fassung = hole_fassung(request.user, kommune, konzept, nummer, rechte.VEROEFFENTLICHEN)
    if fassung.art != FassungArt.BESCHLUSS:
        raise Http404("An Entwurf claims no decision, and is not published.")
    return fassung


def _beschlussformular(request, fassung: Fassung) -> BeschlussForm:
    angebote, bisher = buch().biete_an(request.user, fassung.konzept), None
    if fassung.ist_beschlossen:
        b = fassung.beschluss
        bisher = Beschlussangabe("", b.gremium, b.datum, b.drucksache)
    return kleines_formular(request, lambda daten: BeschlussForm(daten, angebote=angebote, bisher=bisher))


def _status(form) -> int:
    return 422 if form is not None and form.is_bound and form.errors else 200


@_FORMULAR
@angemeldet
def zuruecknehmen(request, kommune, konzept, nummer):
    """Ask, and on POST end the publication."""
    fassung = hole_fassung(request.user, kommune, konzept, nummer, rechte.VEROEFFENTLICHEN)
    if not fassung.ist_veroeffentlicht:
        raise Http404("The Fassung is not published.")
    if request.method == "POST":
        vorgaenge.nimm_zurueck(fassung=fassung, konto=request.user)
        messages.success(request, f"{fassung} ist nicht mehr öffentlich.")
        return redirect(adresse_der(fassung))
    return render(request, "fassungen/zuruecknehmen.html", rahmen_der_fassung(request.user, fassung))
