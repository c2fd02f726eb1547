"""The second factor that a Kommune asks of its Leitung and Verwaltung.

An authenticator app or a passkey counts; recovery codes alone do not. Whoever has one is asked for it by allauth when
signing in, so that here only the question remains whether the account has one at all.
"""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_removed
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.dispatch import receiver

ZIEL = "zweiter_faktor_ziel"
_ERFUELLT = "zweiter_faktor_erfuellt"
ZAEHLT = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def fehlt(request) -> bool:
    """Whether a Kommune asks a second factor of the signed-in account that it does not have.

    One query where one is asked, besides that for the roles; none once the session knows that it is there.
    """
    if request.session.get(_ERFUELLT) or not request.user.braucht_zweiten_faktor:
        return False
    if not hat(request):
        return True
    request.session[_ERFUELLT] = True
    request.session.pop(ZIEL, None)
    return False


def hat(request) -> bool:
    """Whether the signed-in account has a second factor, or the identity provider has asked it for one."""
    return _vom_anmeldedienst_verlangt(request) or is_mfa_enabled(request.user, ZAEHLT)


def _vom_anmeldedienst_verlangt(request) -> bool:
    """The session was opened at the identity provider, and that is said to ask for a second factor itself."""
    schritte = get_authentication_records(request, request.user)
    return settings.OIDC_ZWEITER_FAKTOR and any(schritt["method"] == "socialaccount" for schritt in schritte)


@receiver(authenticator_removed, dispatch_uid="zweiter_faktor")
def vergiss(request, **_):
    request.session.pop(_ERFUELLT, None)
