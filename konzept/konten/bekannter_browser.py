"""Browsers in which an account has signed in before, known by a cookie, as OWASP's "device cookies".

The cookie opens nothing. It only has wrong passwords from this browser counted apart from those of strangers, who
therefore cannot lock the owner out. It names no account, only fingerprints of addresses.
"""

from collections.abc import Callable
from datetime import timedelta

from allauth.account.signals import password_reset
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.core import signing
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string, salted_hmac

from .models import Benutzer

NAME = settings.BROWSER_COOKIE_NAME
HALTBAR = timedelta(days=180)
HOECHSTENS_KONTEN = 5
"""Accounts that are known in one browser; the last ones that signed in."""

_SALZ = "konzept.konten.bekannter_browser"


def kennung(request: HttpRequest, adresse: str) -> str | None:
    """By what this browser is known to the account with this address, in whatever spelling. No queries."""
    return _bekannte(request).get(_fingerabdruck(adresse))


@receiver([user_logged_in, password_reset], dispatch_uid="bekannter_browser")
def lerne_kennen(request: HttpRequest, user: Benutzer, **_) -> None:
    """Whoever has signed in, or has got a new password by a mail to the address of the account."""
    request.neu_bekannt = _fingerabdruck(user.email)


def erkenne_wieder(get_response: Callable[[HttpRequest], HttpResponse]):
    """Middleware: gives the browser its cookie."""

    def mittler(request: HttpRequest) -> HttpResponse:
        antwort = get_response(request)
        if neu := getattr(request, "neu_bekannt", None):
            uebrige = {konto: wer for konto, wer in _bekannte(request).items() if konto != neu}
            bekannte = [*uebrige.items(), (neu, get_random_string(12))][-HOECHSTENS_KONTEN:]
            antwort.set_cookie(
                NAME,
                signing.dumps(dict(bekannte), salt=_SALZ),
                max_age=HALTBAR,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return antwort

    return mittler


def _bekannte(request: HttpRequest) -> dict[str, str]:
    try:
        return signing.loads(request.COOKIES.get(NAME, ""), salt=_SALZ, max_age=HALTBAR)
    except signing.BadSignature:
        return {}


def _fingerabdruck(adresse: str) -> str:
    return salted_hmac(_SALZ, Benutzer.normalize_username(adresse)).hexdigest()[:20]
