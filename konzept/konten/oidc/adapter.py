"""Who may come in through the identity provider, and what their account then is."""

import logging

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.crypto import get_random_string

from ..models import Benutzer, Einladung
from ..vorgaenge import NichtAnnehmbar, nimm_an
from . import seiten
from .rollen import gleiche_rollen_an, rollen_aus

protokoll = logging.getLogger(__name__)


def bestaetigte_adresse(login: SocialLogin) -> str | None:
    """The e-mail address of which the provider says that it belongs to the person; in the spelling of our accounts."""
    for adresse in login.email_addresses:
        if adresse.verified is True:
            return Benutzer.normalize_username(adresse.email)
    return None


def gruppen(login: SocialLogin) -> list[str]:
    return login.account.extra_data.get("gruppen", [])


class SozialAdapter(DefaultSocialAccountAdapter):
    """Lets in: accounts that are linked; accounts with the same proven address; new people with a role or invitation.

    Everybody else is shown out, and nothing about them is stored.
    """

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "no_password": "Ihr Konto hat kein Kennwort. Setzen Sie zuerst eines, sonst kommen Sie nicht mehr hinein.",
        "no_verified_email": "Bestätigen Sie zuerst Ihre E-Mail-Adresse, sonst kommen Sie nicht mehr hinein.",
    }

    def get_requests_session(self):
        """What the provider does not answer itself counts as no answer: no redirect leads to somebody else."""
        sitzung = super().get_requests_session()
        sitzung.max_redirects = 0
        return sitzung

    def generate_state_param(self, state: dict) -> str:
        return get_random_string(32)

    def authenticate_by_email(self, sociallogin):
        """The account whose own address this is; one for which it was merely asked is somebody else's."""
        email = bestaetigte_adresse(sociallogin)
        benutzer = Benutzer.objects.filter(email=email).first() if email else None
        return benutzer and (benutzer, email)

    def pre_social_login(self, request, sociallogin):
        benutzer = sociallogin.user
        if sociallogin.is_existing and (not benutzer.is_active or benutzer.geloescht_am):
            raise ImmediateHttpResponse(seiten.kein_zugang(request, sociallogin))

    def is_open_for_signup(self, request, sociallogin):
        email = bestaetigte_adresse(sociallogin)
        if email is None:
            raise ImmediateHttpResponse(seiten.kein_zugang(request, sociallogin, unbestaetigt=True))
        if not (rollen_aus(gruppen(sociallogin)) or _einladungen(email).exists()):
            raise ImmediateHttpResponse(seiten.kein_zugang(request, sociallogin))
        # Whoever asked for this address before and never proved it, has no claim to it.
        EmailAddress.objects.filter(email=email, verified=False).delete()
        return True

    def populate_user(self, request, sociallogin, data):
        benutzer = super().populate_user(request, sociallogin, data)
        benutzer.name = data["name"][:200]
        return benutzer

    def save_user(self, request, sociallogin, form=None):
        """The new account with its roles, from groups and from the invitations that wait for its address."""
        try:
            with transaction.atomic():
                benutzer = super().save_user(request, sociallogin, form)
                gleiche_rollen_an(benutzer, gruppen(sociallogin))
                for einladung in _einladungen(benutzer.email):
                    _nimm_an(einladung, benutzer)
        except IntegrityError as fehler:
            raise OAuth2Error("The account was made by another sign-in at the same time.") from fehler
        if sociallogin.state.get("next", "").startswith(_einladungsseiten()):
            sociallogin.state["next"] = reverse(settings.LOGIN_REDIRECT_URL)
        return benutzer

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        state = (extra_context or {}).get("state")
        raise ImmediateHttpResponse(seiten.gescheitert(request, grund=error, fehler=exception, state=state))


class ZweiterFaktor(AuthenticateStage):
    """allauth's question for the second factor, unless the provider has asked for one."""

    def handle(self):
        if settings.OIDC_ZWEITER_FAKTOR and "sociallogin" in (self.login.signal_kwargs or {}):
            return None, True
        return super().handle()


def _einladungen(email: str):
    return Einladung.objects.offene().filter(email__iexact=email)


def _einladungsseiten() -> str:
    return reverse("konten:einladung", args=["x"]).removesuffix("x/")


def _nimm_an(einladung: Einladung, benutzer: Benutzer) -> None:
    try:
        nimm_an(einladung, benutzer)
    except NichtAnnehmbar:
        protokoll.info("Invitation %s was taken back or used at the same moment.", einladung.pk)
