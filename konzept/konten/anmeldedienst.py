"""How allauth behaves here, and what it says: nobody registers by themself, and no address can be found out."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db import transaction
from django.urls import reverse

from konzept.betrieb import geheimnisse
from konzept.postausgang.models import Anlass

from . import fehlversuche
from .anmeldeseite import anmeldekontext, anmeldeseite, uebernimm
from .forms import PASSKEY_PASST_NICHT
from .models import Benutzer

PASST_NICHT = "E-Mail-Adresse und Kennwort passen nicht zusammen. Prüfen Sie beides, auch die Feststelltaste."
ZU_VIELE_FEHLVERSUCHE = (
    "Zu viele Fehlversuche. Warten Sie fünf Minuten, und versuchen Sie es dann noch einmal. Nach sehr vielen Versuchen "
    "dauert es bis zu einer Stunde."
)
MIT_NEUEM_KENNWORT = (
    "Eilt es, nehmen Sie auf der Anmeldeseite „Kennwort vergessen?“: Mit einem neuen Kennwort geht es sofort weiter."
)
CODE_PASST_NICHT = "Der Code stimmt nicht. Codes wechseln alle 30 Sekunden: Geben Sie den ein, den die App jetzt zeigt."


class KontoAdapter(DefaultAccountAdapter):
    error_messages = {
        "account_inactive": PASST_NICHT,
        "cannot_remove_primary_email": "Diese Adresse gehört zu Ihrem Konto und lässt sich nur ersetzen.",
        "duplicate_email": "Das ist schon die Adresse Ihres Kontos. Geben Sie eine andere ein.",
        "email_password_mismatch": PASST_NICHT,
        "phone_password_mismatch": PASST_NICHT,
        "email_taken": "Diese Adresse lässt sich nicht verwenden.",
        "enter_current_password": "Das ist nicht Ihr bisheriges Kennwort. Prüfen Sie auch die Feststelltaste.",
        "incorrect_code": CODE_PASST_NICHT,
        "incorrect_password": "Das Kennwort stimmt nicht. Prüfen Sie auch die Feststelltaste.",
        "invalid_or_expired_key": "Dieser Link gilt nicht mehr.",
        "invalid_login": PASST_NICHT,
        "invalid_password_reset": "Dieser Link gilt nicht mehr.",
        "max_email_addresses": "Mehr als %d Adressen kann ein Konto nicht haben.",
        "phone_taken": "Diese Nummer lässt sich nicht verwenden.",
        "too_many_login_attempts": f"{ZU_VIELE_FEHLVERSUCHE} {MIT_NEUEM_KENNWORT}",
        "unknown_email": PASST_NICHT,
        "unknown_phone": PASST_NICHT,
        "unverified_primary_email": "Bestätigen Sie zuerst Ihre E-Mail-Adresse.",
        "username_blacklisted": "Dieser Name lässt sich nicht verwenden.",
        "username_password_mismatch": PASST_NICHT,
        "username_taken": "Dieser Name lässt sich nicht verwenden.",
        "select_only_one": "Wählen Sie nur eines aus.",
        "same_as_current": "Geben Sie etwas anderes ein als bisher.",
        "rate_limited": ZU_VIELE_FEHLVERSUCHE,
    }
    _BESTAETIGEN = {
        "reauthenticate": "Mit Kennwort bestätigen",
        "mfa_reauthenticate": "Mit Code aus der App bestätigen",
        "mfa_reauthenticate:webauthn": "Mit Passkey bestätigen",
    }

    def is_open_for_signup(self, request):
        return False

    def is_safe_url(self, url):
        try:
            return super().is_safe_url(url)
        except ValueError:  # it is no address at all
            return False

    def get_login_stages(self):
        eigene = {"allauth.mfa.stages.AuthenticateStage": "konzept.konten.oidc.adapter.ZweiterFaktor"}
        return [eigene.get(stufe, stufe) for stufe in super().get_login_stages()]

    def pre_authenticate(self, request, **credentials):
        """Count a try to sign in, before the password is checked. allauth takes the count back where the try
        succeeds."""
        self._login_failed_rl_usage = fehlversuche.zaehle(request, fehlversuche.KENNWORT, credentials.get("email", ""))
        if self._login_failed_rl_usage is None:
            raise self.validation_error("too_many_login_attempts")

    def _delete_login_attempts_cached_email(self, request, **credentials):
        fehlversuche.vergiss(request, credentials["email"])

    def respond_user_inactive(self, request, user):
        """Only a passkey leads here: the same sentence as for one that does not fit."""
        return anmeldeseite(request, **anmeldekontext(request), status=200, fehler=PASSKEY_PASST_NICHT)

    def login(self, request, user):
        super().login(request, user)
        uebernimm(request)

    def get_password_change_redirect_url(self, request):
        return reverse("konten:konto")

    def get_email_verification_redirect_url(self, email_address):
        return reverse("account_email" if self.request.user.is_authenticated else "account_login")

    def get_reauthentication_methods(self, user):
        wege = super().get_reauthentication_methods(user)
        return [weg | {"description": self._BESTAETIGEN[weg["id"]]} for weg in wege]

    @transaction.atomic
    def confirm_email(self, request, email_address):
        """The new address replaces the old one, unless another account has it by now."""
        andere = Benutzer.objects.exclude(pk=email_address.user_id)
        if andere.filter(email=email_address.email).exists():
            self.add_message(
                request,
                messages.ERROR,
                "account/messages/email_confirmation_failed.txt",
                {"email": email_address.email},
            )
            return False
        return super().confirm_email(request, email_address)

    def render_mail(self, template_prefix, email, context, headers=None):
        nachricht = super().render_mail(template_prefix, email, context, headers)
        nachricht.anlass = Anlass.KONTO
        return nachricht


class FaktorAdapter(DefaultMFAAdapter):
    encrypt = staticmethod(geheimnisse.verschluessele)
    decrypt = staticmethod(geheimnisse.entschluessele)
    error_messages = {
        "add_email_blocked": "Solange ein zweiter Faktor eingerichtet ist, lässt sich keine Adresse hinzufügen.",
        "cannot_delete_authenticator": "Dieser zweite Faktor lässt sich nicht entfernen.",
        "cannot_generate_recovery_codes": "Richten Sie zuerst eine Authentifizierungs-App oder einen Passkey ein.",
        "incorrect_code": CODE_PASST_NICHT,
        "unverified_email": "Bestätigen Sie zuerst Ihre E-Mail-Adresse. Den Link dafür haben Sie per E-Mail bekommen.",
    }

    def generate_authenticator_name(self, user, type):
        nummer = Authenticator.objects.filter(user=user, type=type).count() + 1
        return "Passkey" if nummer == 1 else f"Passkey {nummer}"

    def get_public_key_credential_rp_entity(self):
        return super().get_public_key_credential_rp_entity() | {"name": "Konzeptwerk"}
