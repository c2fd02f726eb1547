"""What somebody sees whom the identity provider did not bring in."""

import logging

from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from requests import RequestException

from ..anmeldeseite import anmeldekontext, anmeldeseite

protokoll = logging.getLogger(__name__)

NOCH_EINMAL = "Versuchen Sie es noch einmal"
ABGEBROCHEN = "Die Anmeldung mit {dienst} wurde abgebrochen."
ABGELAUFEN = f"Diese Anmeldung mit {{dienst}} ist abgelaufen oder schon benutzt. {NOCH_EINMAL}."
NICHT_ERREICHBAR = f"{{dienst}} ist zurzeit nicht erreichbar. {NOCH_EINMAL} in ein paar Minuten."
GESCHEITERT = (
    f"Die Anmeldung mit {{dienst}} hat nicht geklappt. {NOCH_EINMAL}. "
    "Bleibt es dabei, wenden Sie sich an die IT Ihrer Verwaltung."
)


def kein_zugang(request: HttpRequest, login: SocialLogin, *, unbestaetigt: bool = False) -> HttpResponse:
    """403; one page for everybody who has no account, or whose account is switched off."""
    kontext = {
        "unbestaetigt": unbestaetigt,
        "adresse": login.account.extra_data["userinfo"]["email"],
        "dienst": settings.OIDC.name,
    }
    return render(request, "socialaccount/kein_zugang.html", kontext, status=403)


def gescheitert(
    request: HttpRequest, *, grund: str | None, fehler: Exception | None, state: dict | None
) -> HttpResponse:
    """The sign-in page with a sentence about what went wrong; `state` is None for an answer that nobody asked for."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    if fehler:
        # The text is cut, since it may quote a whole answer of the provider.
        was = " ".join(str(fehler).split())[:400]
        protokoll.warning("Signing in through the identity provider failed: %s", was)
    if isinstance(fehler, RequestException):
        satz, status = NICHT_ERREICHBAR, 502
    elif state is None:
        satz, status = ABGELAUFEN, 400
    elif grund == AuthError.CANCELLED:
        satz, status = ABGEBROCHEN, 401
    else:
        satz, status = GESCHEITERT, 401
    kontext = anmeldekontext(request) | {"ziel": (state or {}).get("next") or ""}
    return anmeldeseite(request, **kontext, status=status, fehler=satz.format(dienst=settings.OIDC.name))
