"""Signing in and out, and the pages of the own account that allauth does not have."""

from copy import copy
from functools import wraps

from allauth.account.utils import get_next_redirect_url
from allauth.account.views import ConfirmEmailView, LoginView, LogoutView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.webauthn.views import LoginWebAuthnView
from allauth.usersessions.views import ListUserSessionsView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from konzept.betrieb.geheimnisse import NichtEntschluesselbar
from konzept.entwuerfe import ablage
from konzept.entwuerfe.eingaben import VERWERFEN

from .angemeldet import angemeldet
from .anmeldeseite import anmeldekontext, anmeldeseite, lege_vor
from .forms import PASSKEY_PASST_NICHT, AnmeldeForm, NameForm, SitzungenForm
from .geraet import geraet
from .sitzung import frist, laufende_sitzungen
from .vorgaenge import benenne_um

ZU_OFT = "Zu viele Versuche in kurzer Zeit. Warten Sie ein paar Minuten, und versuchen Sie es dann noch einmal."


class HaeltEingaben:
    """Mixin of the ways to sign in: hands on what was typed while the session had expired."""

    def dispatch(self, request, *args, **kwargs):
        antwort = super().dispatch(request, *args, **kwargs)
        if request.method == "POST" and antwort.status_code == 302:
            lege_vor(request, get_next_redirect_url(request))
        return antwort


class Anmelden(HaeltEingaben, LoginView):
    form_class = AnmeldeForm

    def get_context_data(self, **kwargs):
        wartet = anmeldekontext(self.request)
        kontext = {"next": wartet["ziel"], "wiedervorlage": wartet["eingaben"]}
        return super().get_context_data(**kwargs) | kontext


class PasskeyAnmelden(HaeltEingaben, LoginWebAuthnView):
    def form_invalid(self, form):
        return anmeldeseite(self.request, **anmeldekontext(self.request), status=200, fehler=PASSKEY_PASST_NICHT)


anmelden = Anmelden.as_view()
anmelden_mit_passkey = PasskeyAnmelden.as_view()
abmelden = require_POST(LogoutView.as_view())


def zu_viele_versuche(request):
    """The answer where allauth's limits are reached; whatever the sign-in page carried along stays in it."""
    if request.resolver_match.url_name in {"account_login", "mfa_login_webauthn", "openid_connect_login"}:
        return anmeldeseite(request, **anmeldekontext(request), status=429, fehler=ZU_OFT)
    return render(request, "429.html", status=429)


CODES_UNLESBAR = "Ihre Wiederherstellungscodes lassen sich nicht mehr lesen. Erzeugen Sie neue."


def _lesbare_codes(view):
    """Where the key to the codes is lost, there are only new ones."""

    @wraps(view)
    def huelle(request):
        try:
            return view(request)
        except NichtEntschluesselbar:
            messages.warning(request, CODES_UNLESBAR)
            return redirect("mfa_generate_recovery_codes")

    return huelle


class _CodesErzeugen(codes.GenerateRecoveryCodesView):
    def get_context_data(self, **kwargs):
        try:
            return super().get_context_data(**kwargs)
        except NichtEntschluesselbar:
            return super(codes.GenerateRecoveryCodesView, self).get_context_data(**kwargs) | {"unused_code_count": 0}


codes_ansehen = _lesbare_codes(codes.view_recovery_codes)
codes_herunterladen = _lesbare_codes(codes.download_recovery_codes)
codes_erzeugen = _CodesErzeugen.as_view()


class AdresseBestaetigen(ConfirmEmailView):
    """The link in the mail to a new address. A GET changes nothing.

    An address that is to replace a proven one is taken over only for the signed-in account itself: a mail that went
    to a mistyped address gives its reader nothing.
    """

    def logout_other_user(self, confirmation):
        pass

    def post(self, *args, **kwargs):
        if self._wechsel(self.get_object()) and not self._eigene(self.get_object()):
            return redirect_to_login(self.request.get_full_path())
        return super().post(*args, **kwargs)

    def get_context_data(self, **kwargs):
        kontext = super().get_context_data(**kwargs)
        if self.object:
            wechsel, eigene = self._wechsel(self.object), self._eigene(self.object)
            kontext["erst_anmelden"] = wechsel and self.request.user.is_anonymous
            kontext["anderes_konto"] = self.request.user.is_authenticated and not eigene
        return kontext

    def _wechsel(self, bestaetigung) -> bool:
        adresse = bestaetigung.email_address
        return adresse.user.emailaddress_set.filter(verified=True).exclude(pk=adresse.pk).exists()

    def _eigene(self, bestaetigung) -> bool:
        return self.request.user.pk == bestaetigung.email_address.user_id


adresse_bestaetigen = AdresseBestaetigen.as_view()


class Sitzungen(ListUserSessionsView):
    form_class = SitzungenForm

    def get_context_data(self, **kwargs):
        kontext = super().get_context_data(**kwargs)
        for sitzung in kontext["sessions"]:
            sitzung.geraet = geraet(sitzung.user_agent)
        kontext["sessions"].sort(key=lambda sitzung: (not sitzung.is_current(), -sitzung.created_at.timestamp()))
        return kontext


sitzungen = Sitzungen.as_view()


@require_http_methods(["GET", "HEAD", "POST"])
@angemeldet(zweiter_faktor=False)
def konto(request):
    """The own account: the name, and the way to everything else."""
    if VERWERFEN in request.POST:
        ablage.vergiss(request)
        return redirect("konten:konto")
    wartet = ablage.finde(request) if request.method != "POST" else None
    if wartet and wartet.daten.get("name") == request.user.name:
        wartet = None
    # A copy, because the page tells of the saved name while the form is checked.
    form = NameForm(request.POST if request.method == "POST" else wartet and wartet.daten, instance=copy(request.user))
    if request.method == "POST" and form.is_valid():
        benenne_um(request.user, form.cleaned_data["name"], request.user)
        ablage.vergiss(request)
        messages.success(request, "Ihr Name ist gespeichert.")
        return redirect("konten:konto")
    faktoren = list(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    kontext = {
        "form": form,
        "wieder_da": wartet.grund if wartet else "",
        "app": Authenticator.Type.TOTP in faktoren,
        "passkeys": faktoren.count(Authenticator.Type.WEBAUTHN),
        "codes": Authenticator.Type.RECOVERY_CODES in faktoren,
        "anmeldedienst": settings.OIDC and settings.OIDC.name,
        "sitzungen": laufende_sitzungen(request.user).count(),
        "frist": frist(request.user),
    }
    return render(request, "konten/konto.html", kontext, status=422 if form.errors and not wartet else 200)
