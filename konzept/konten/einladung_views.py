"""The page behind the link of an invitation. Opening it changes nothing: mail scanners do so before people do."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.core.internal import ratelimit
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from .einladung_forms import KontoForm
from .models import Benutzer, Einladung
from .vorgaenge import NichtAnnehmbar, lege_konto_an, name_vergeben, nimm_an, rollentext, steht_noch_dahinter

FEHLVERSUCHE = "20/m/ip"


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password1", "password2")
def einladung(request, schluessel):
    """What an invitation offers, and how to accept it: by a new account, after signing in, or at once."""
    alle = Einladung.objects.select_related("kommune", "akteur", "eingeladen_von")
    gefunden = alle.mit_schluessel(schluessel).first()
    if gefunden is None:
        if not _noch_ein_fehlversuch(request):
            return ratelimit.respond_429(request)
        return render(request, "konten/einladung_unbekannt.html", status=404)
    if not (gefunden.offen and steht_noch_dahinter(gefunden)):
        return _vorbei(request, gefunden)
    if request.user.is_authenticated:
        return _mit_konto(request, gefunden)
    if Benutzer.objects.filter(email=Benutzer.normalize_username(gefunden.email)).exists():
        return _zeige(request, gefunden, "anmelden")
    return _ohne_konto(request, gefunden)


def _noch_ein_fehlversuch(request: HttpRequest) -> bool:
    """Count a key that leads nowhere; False when too many of them came from this network address. A key that fits is
    never refused, since whoever guesses must not shut out their neighbours."""
    regel = {"einladung": FEHLVERSUCHE}
    return bool(ratelimit.consume(request, app="konten", action="einladung", config=regel, limit_get=True))


def _mit_konto(request: HttpRequest, gefunden: Einladung) -> HttpResponse:
    if not gefunden.gilt_fuer(request.user):
        return _zeige(request, gefunden, "falsches_konto", status=403)
    if name_vergeben(request.user, request.user.name, [gefunden.kommune_id]):
        return _zeige(request, gefunden, "name_vergeben", status=409 if request.method == "POST" else 200)
    if request.method != "POST":
        return _zeige(request, gefunden, "annehmen")
    try:
        nimm_an(gefunden, request.user)
    except NichtAnnehmbar:
        return _vorbei(request, gefunden)
    _begruesse(request, gefunden)
    return redirect(_ziel(gefunden))


def _ohne_konto(request: HttpRequest, gefunden: Einladung) -> HttpResponse:
    daten = request.POST if request.method == "POST" else None
    form = KontoForm(daten, email=gefunden.email, kommune=gefunden.kommune, initial={"name": gefunden.name})
    if not form.is_valid():
        return _zeige(request, gefunden, "konto", form=form, status=422 if form.is_bound else 200)
    try:
        benutzer = lege_konto_an(gefunden, form.cleaned_data["name"], form.cleaned_data["password1"])
    except NichtAnnehmbar:
        return _vorbei(request, gefunden)
    except IntegrityError:  # the address got an account a moment ago
        return redirect(request.path)
    _begruesse(request, gefunden)
    anmeldung = Login(user=benutzer, email=benutzer.email, redirect_url=_ziel(gefunden))
    return perform_password_login(request, {"email": benutzer.email}, anmeldung)


def _begruesse(request: HttpRequest, gefunden: Einladung) -> None:
    rolle = rollentext(gefunden.rolle, gefunden.akteur)
    messages.success(request, f"Sie haben jetzt in „{gefunden.kommune}“ die Rolle {rolle}.")


def _ziel(gefunden: Einladung) -> str:
    return reverse("verwaltung:kommune", args=[gefunden.kommune.slug])


def _vorbei(request: HttpRequest, gefunden: Einladung) -> HttpResponse:
    """Accepted, taken back or expired; the page names nobody, since the link may have got into other hands."""
    gefunden.refresh_from_db(fields=["angenommen_am", "widerrufen_am", "gueltig_bis"])
    return render(request, "konten/einladung_vorbei.html", {"einladung": gefunden}, status=410)


def _zeige(request: HttpRequest, gefunden: Einladung, fall: str, *, status: int = 200, **weitere) -> HttpResponse:
    kontext = {"einladung": gefunden, "rolle": rollentext(gefunden.rolle, gefunden.akteur), "next": request.path}
    return render(request, f"konten/einladung_{fall}.html", kontext | weitere, status=status)
