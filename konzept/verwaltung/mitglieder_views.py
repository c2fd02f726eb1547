"""The members of a Kommune and the invitations into it."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from konzept import rechte
from konzept.bearbeitung import VERWERFEN
from konzept.entwuerfe import ablage, einmal
from konzept.formularbau.fehler import ohne_pruefung
from konzept.kleines_formular import kleines_formular
from konzept.konten.angemeldet import angemeldet
from konzept.konten.einladungspost import sende
from konzept.konten.models import NACH_NAMEN, ZUGANG, Benutzer, Einladung, Mitgliedschaft, Protokolleintrag
from konzept.konten.versand import ZuViele
from konzept.konten.vorgaenge import RolleAbgelehnt, darf_rolle_vergeben, lade_ein, rollentext, widerrufe
from konzept.konten.zugang import FILTER
from konzept.konten.zweiter_faktor import ZAEHLT
from konzept.models import Kommune
from konzept.namensordnung import nach_namen
from konzept.postausgang.models import Sendung
from konzept.postausgang.zustellstand import nicht_angekommene, satz
from konzept.zugriff import hole_kommune

from .forms import EinladungForm, RollenForm
from .protokoll_views import mit_namen
from .seitenrahmen import adresse, rahmen
from .vorgaenge import darf_einladung_erneuern, entferne, pruefe_aenderung, setze_rollen, von_hand

ZULETZT, ZULETZT_HOECHSTENS = timedelta(days=30), 8


def mitglieder_von(kommune: Kommune):
    """The members by name, with `rollen_hier` (their rows in this Kommune) and `mit_zweitem_faktor`. Two queries."""
    faktoren = Authenticator.objects.filter(user=OuterRef("pk"), type__in=ZAEHLT)
    hier = Mitgliedschaft.objects.filter(kommune=kommune).select_related("akteur")
    hier = hier.order_by("rolle", nach_namen("akteur__kurz"))
    return (
        Benutzer.objects.filter(Exists(Mitgliedschaft.objects.filter(kommune=kommune, benutzer=OuterRef("pk"))))
        .annotate(mit_zweitem_faktor=Exists(faktoren))
        .prefetch_related(Prefetch("mitgliedschaften", hier, to_attr="rollen_hier"))
        .order_by(*NACH_NAMEN)
    )


def _hole_mitglied(benutzer: Benutzer, slug: str, pk: int) -> tuple[Kommune, Benutzer]:
    kommune = hole_kommune(benutzer, slug, rechte.MITGLIEDER)
    return kommune, get_object_or_404(mitglieder_von(kommune), pk=pk)


def _hole_einladung(benutzer: Benutzer, slug: str, pk: int) -> tuple[Kommune, Einladung]:
    kommune = hole_kommune(benutzer, slug, rechte.MITGLIEDER)
    wartende = Einladung.objects.wartende().select_related("kommune", "akteur")
    return kommune, get_object_or_404(wartende, kommune=kommune, pk=pk)


def _verwirf(request: HttpRequest, kommune: Kommune) -> HttpResponse:
    ablage.vergiss(request)
    messages.info(request, "Ihre Eingaben sind verworfen. Es gilt der gespeicherte Stand.")
    return redirect(adresse(kommune, "mitglieder"))


@require_safe
@angemeldet
def mitglieder(request, kommune):
    """Who is what here, and who is invited."""
    k = hole_kommune(request.user, kommune, rechte.MITGLIEDER)
    einladungen = list(Einladung.objects.wartende().filter(kommune=k).select_related("akteur", "eingeladen_von"))
    personen = list(mitglieder_von(k))
    post = nicht_angekommene([*(person.email for person in personen), *(e.email for e in einladungen)])
    for person in personen:
        person.post = _gescheitert(post.get(person.email))
    for einladung in einladungen:
        einladung.post = _seit(einladung.eingeladen_am, post.get(einladung.email))
        einladung.kommune = k
        einladung.rollentext = rollentext(einladung.rolle, einladung.akteur)
        einladung.erneuerbar = darf_einladung_erneuern(request.user, einladung)
        einladung.widerruflich = darf_rolle_vergeben(request.user, k, einladung.rolle)
    kontext = rahmen(request.user, k, "mitglieder") | {"mitglieder": personen, "einladungen": einladungen}
    if rechte.darf(request.user, rechte.PROTOKOLL, k):
        kontext |= {"zugang": _zuletzt_geaendert(k), "zugang_filter": FILTER}
    return render(request, "verwaltung/mitglieder.html", kontext)


def _gescheitert(sendung: Sendung | None) -> str:
    """Of a member only what was given up is told: that a mail takes a while is nothing to act on."""
    return satz(sendung) if sendung and sendung.status == Sendung.Status.GESCHEITERT else ""


def _seit(zeitpunkt: datetime, sendung: Sendung | None) -> str:
    """Of an invitation everything, and nothing of what was sent to the same address before it."""
    return satz(sendung) if sendung and sendung.angelegt_am >= zeitpunkt else ""


def _zuletzt_geaendert(kommune: Kommune) -> list[Protokolleintrag]:
    """The last changes of who reads what, for the Leitung."""
    eintraege = Protokolleintrag.objects.filter(
        kommune=kommune, ereignis__in=ZUGANG, zeitpunkt__gt=timezone.now() - ZULETZT
    )
    return mit_namen(eintraege.select_related("benutzer", "person")[:ZULETZT_HOECHSTENS])


@require_http_methods(["GET", "HEAD", "POST"])
@angemeldet
def rollen(request, kommune, pk):
    """The roles of one member."""
    k, person = _hole_mitglied(request.user, kommune, pk)
    if VERWERFEN in request.POST:
        return _verwirf(request, k)

    def baue(daten):
        return RollenForm(
            daten, handelnder=request.user, kommune=k, person=person, mitgliedschaften=person.rollen_hier
        )

    form = kleines_formular(request, baue)
    status = 200
    if form.veraltet:
        form.data = form.data.copy() | {"stand": form.initial["stand"]}
        ohne_pruefung(form)
        status = 409
    elif request.method == "POST":
        if form.is_valid() and _gespeichert(request, form):
            return redirect(reverse("konzept:start") if person == request.user else adresse(k, "mitglieder"))
        status = 422
    kontext = rahmen(request.user, k, "mitglieder") | {
        "person": person,
        "form": form,
        "veraltet": status == 409,
        "krumen": [{"titel": "Mitglieder", "url": adresse(k, "mitglieder")}],
        "lesen": adresse(k, "mitglieder"),
    }
    return render(request, "verwaltung/rollen.html", kontext, status=status)


def _gespeichert(request: HttpRequest, form: RollenForm) -> bool:
    try:
        setze_rollen(request.user, form.kommune, form.person, form.soll)
    except RolleAbgelehnt as fehler:
        # Somebody else has changed the roles meanwhile.
        form.lehne_ab(fehler)
        return False
    ablage.vergiss(request)
    messages.success(request, f"Die Rollen von {form.person} sind gespeichert.")
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@angemeldet
def entfernen(request, kommune, pk):
    """Ask, and on POST take every role away that was given by hand."""
    k, person = _hole_mitglied(request.user, kommune, pk)
    grund, status = "", 200
    try:
        if request.method == "POST" and von_hand(person.rollen_hier):
            entferne(request.user, k, person)
            selbst = person == request.user
            messages.success(request, f"{'Sie haben' if selbst else f'{person} hat'} „{k}“ verlassen.")
            return redirect(reverse("konzept:start") if selbst else adresse(k, "mitglieder"))
        pruefe_aenderung(request.user, k, person, (), {m.rolle for m in von_hand(person.rollen_hier)})
    except RolleAbgelehnt as fehler:
        grund, status = fehler.satz, 422 if request.method == "POST" else 200
    kontext = rahmen(request.user, k, "mitglieder") | {
        "person": person,
        "grund": grund,
        "von_hand": von_hand(person.rollen_hier),
        "vom_dienst": [m for m in person.rollen_hier if m not in von_hand(person.rollen_hier)],
        "krumen": [{"titel": "Mitglieder", "url": adresse(k, "mitglieder")}],
    }
    return render(request, "verwaltung/entfernen.html", kontext, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@angemeldet
def einladen(request, kommune):
    """Invite an address to a role."""
    k = hole_kommune(request.user, kommune, rechte.MITGLIEDER)
    if VERWERFEN in request.POST:
        return _verwirf(request, k)
    form = kleines_formular(request, lambda daten: EinladungForm(daten, handelnder=request.user, kommune=k))
    status = 422 if request.method == "POST" else 200
    schon = None
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                einmal.beanspruche(request, form.cleaned_data["email"], adresse(k, "mitglieder"))
                antwort = _verschicke(request, k, **form.cleaned_data)
        except einmal.SchonAngelegt as fehler:
            schon, status = fehler.was, 409
        except RolleAbgelehnt as fehler:
            # The role of the account itself was taken away meanwhile.
            form.add_error("rolle", fehler.satz)
        except ZuViele as grund:
            form.add_error(None, grund.satz)
            status = 429
        else:
            ablage.vergiss(request)
            return antwort
    kontext = rahmen(request.user, k, "mitglieder") | {
        "form": form,
        "krumen": [{"titel": "Mitglieder", "url": adresse(k, "mitglieder")}],
        "lesen": adresse(k, "mitglieder"),
        **einmal.kontext(form.data, schon),
    }
    return render(request, "verwaltung/einladen.html", kontext, status=status)


def _verschicke(request: HttpRequest, kommune: Kommune, **werte) -> HttpResponse:
    with transaction.atomic():
        einladung, schluessel = lade_ein(kommune, eingeladen_von=request.user, **werte)
        sende(einladung, request.build_absolute_uri(reverse("konten:einladung", args=[schluessel])))
    messages.success(request, f"Die Einladung an {einladung.email} ist unterwegs.")
    return redirect(adresse(kommune, "mitglieder"))


@require_http_methods(["GET", "HEAD", "POST"])
@angemeldet
def erneut(request, kommune, pk):
    """Send an invitation again, with a new link and another 14 days; the old link ends."""
    k, einladung = _hole_einladung(request.user, kommune, pk)
    if not darf_einladung_erneuern(request.user, einladung):
        raise PermissionDenied
    if request.method == "POST":
        werte = {name: getattr(einladung, name) for name in ("email", "name", "rolle", "akteur")}
        try:
            return _verschicke(request, k, **werte)
        except ZuViele as grund:
            messages.error(request, grund.satz)
            return redirect(adresse(k, "mitglieder"))
    return _frage(request, k, einladung, "erneut")


@require_http_methods(["GET", "HEAD", "POST"])
@angemeldet
def widerrufen(request, kommune, pk):
    """Take an invitation back."""
    k, einladung = _hole_einladung(request.user, kommune, pk)
    if not darf_rolle_vergeben(request.user, k, einladung.rolle):
        raise PermissionDenied
    if request.method == "POST":
        if widerrufe(einladung, request.user):
            satz = f"Die Einladung an {einladung.email} ist zurückgenommen. Ihr Link gilt nicht mehr."
            messages.success(request, satz)
        else:
            messages.warning(request, "Diese Einladung war inzwischen schon angenommen oder zurückgenommen.")
        return redirect(adresse(k, "mitglieder"))
    return _frage(request, k, einladung, "widerrufen")


def _frage(request: HttpRequest, kommune: Kommune, einladung: Einladung, tat: str) -> HttpResponse:
    kontext = rahmen(request.user, kommune, "mitglieder") | {
        "einladung": einladung,
        "rolle": rollentext(einladung.rolle, einladung.akteur),
        "krumen": [{"titel": "Mitglieder", "url": adresse(kommune, "mitglieder")}],
    }
    return render(request, f"verwaltung/einladung_{tat}.html", kontext)
