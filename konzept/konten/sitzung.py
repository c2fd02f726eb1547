"""How long one stays signed in: so long without a request, and so long in all, by the server's clock.

The end stands in the session's row and moves on with each request that a person makes, keeping drafts while they type
included; pages that ask by themselves whether something is ready do not count. Who was signed in for too long is
treated as anybody without a session: what was typed is kept by `angemeldet`.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from konzept.grenzen import SITZUNGEN
from konzept.zeitworte import dauer

from .models import Benutzer, Rolle

VON_SELBST = "X-Von-Selbst"
"""Header of the requests that a page sends by itself, without the person (`hx-headers`)."""

TAKT = timedelta(minutes=1)
"""The end of a session is written at most so often."""

_BEGINN = "sitzung_beginn"


class Frist(NamedTuple):
    """`leerlauf` without a request ends a session, and so does `dauer` since the sign-in."""

    leerlauf: timedelta
    dauer: timedelta

    def __str__(self):
        return f"wenn Sie {dauer(self.leerlauf)} lang nichts tun, spätestens {dauer(self.dauer)} nach dem Anmelden"


# OWASP ASVS 5 (7.3) and NIST SP 800-63B-4 ask for both limits, the shorter the more an account may do: there an hour
# and a day for accounts with two factors. Writing for hours is no idleness, since drafts are kept meanwhile.
_LEITEN = Frist(timedelta(hours=1), timedelta(hours=12))
_SCHREIBEN = Frist(timedelta(hours=4), timedelta(hours=24))
_LESEN = Frist(timedelta(hours=24), timedelta(days=7))
_FRISTEN = {
    Rolle.LEITUNG: _LEITEN,
    Rolle.VERWALTUNG: _LEITEN,
    Rolle.REDAKTION: _SCHREIBEN,
    Rolle.MITWIRKUNG: _SCHREIBEN,
    Rolle.GREMIUM: _LESEN,
    Rolle.LESEN: _LESEN,
}
LAENGSTE = max(frist.dauer for frist in _FRISTEN.values())


def frist(benutzer: Benutzer) -> Frist:
    """The strictest of all roles of the account, and of what the operator allows. No queries beyond that of the
    roles."""
    fristen = [_LESEN] + [_FRISTEN[rolle] for rollen in benutzer.alle_rollen.values() for rolle in rollen]
    if benutzer.is_staff or benutzer.is_superuser:
        fristen.append(_LEITEN)
    if settings.LEERLAUF_MINUTEN:
        fristen.append(Frist(timedelta(minutes=settings.LEERLAUF_MINUTEN), LAENGSTE))
    return Frist(*map(min, zip(*fristen, strict=True)))


@receiver(user_logged_in, dispatch_uid="sitzung")
def beginne(request: HttpRequest, user: Benutzer, **_) -> None:
    jetzt = timezone.now()
    request.session[_BEGINN] = jetzt.timestamp()
    request.session.ende = _ende(user, jetzt, jetzt)


@receiver(user_logged_in, dispatch_uid="sitzungen")
def beende_ueberzaehlige(user: Benutzer, **_) -> None:
    """What lies in sessions is bounded for each of them, and so is their number."""
    aeltere = UserSession.objects.filter(user=user).order_by("-last_seen_at", "-pk")[SITZUNGEN - 1 :]
    for sitzung in aeltere:
        sitzung.end()


@receiver([password_changed, password_set, password_reset], dispatch_uid="sitzung")
def beende_andere(request: HttpRequest, user: Benutzer, **_) -> None:
    """A new password makes them worthless; here their rows go too, so that nobody is told that they last."""
    end_other_sessions(request, user)


def achte_auf_frist(get_response: Callable[[HttpRequest], HttpResponse]):
    """Middleware, behind that of signing in: ends a session whose time is up, before any view sees the account."""

    def mittler(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            _setze_fort(request)
        return get_response(request)

    return mittler


def _setze_fort(request: HttpRequest) -> None:
    """Roles may have changed since the last request, and limits with them."""
    beginn, jetzt = request.session.get(_BEGINN), timezone.now()
    ende = _ende(request.user, datetime.fromtimestamp(beginn, jetzt.tzinfo), jetzt) if beginn else jetzt
    if ende <= jetzt:
        request.session.flush()
        request.user = AnonymousUser()
    elif VON_SELBST not in request.headers and abs(ende - request.session.ende) >= TAKT:
        request.session.ende_neu(ende)


def _ende(benutzer: Benutzer, beginn: datetime, jetzt: datetime) -> datetime:
    grenzen = frist(benutzer)
    return min(jetzt + grenzen.leerlauf, beginn + grenzen.dauer)


def laufende_sitzungen(benutzer: Benutzer):
    """The account's sessions that have not ended; the rows that list them outlive the sessions."""
    laufende = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return UserSession.objects.filter(user=benutzer, session_key__in=laufende)
