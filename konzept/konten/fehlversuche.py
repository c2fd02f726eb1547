"""How often one may guess, counted so that nobody can lock out somebody else.

What fails in a browser in which the account has signed in before is counted there. Everything else is counted by
account and network address, so that a stranger is slowed down where they are; by account with much more room, against
guessing from many addresses; and by network address with room for a whole town hall behind one.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from django.http import HttpRequest

from .bekannter_browser import kennung
from .models import Benutzer

_log = logging.getLogger(__name__)

BROWSER, HIER, NETZ, KONTO = "browser", "hier", "netz", "konto"

KENNWORT = "kennwort"
CODE = "code"
"""Of the second factor, where the password was right already."""
VERGESSEN = "vergessen"
"""Asking for the mail with which one gets a new password."""

GRENZEN = {
    KENNWORT: {BROWSER: "10/5m/key", HIER: "5/5m/key", NETZ: "150/10m/ip", KONTO: "100/h/key"},
    CODE: {BROWSER: "5/5m/key", HIER: "5/5m/key", NETZ: "150/10m/ip", KONTO: "30/h/key"},
    VERGESSEN: {BROWSER: "5/10m/key", HIER: "5/10m/key", NETZ: "150/10m/ip", KONTO: "20/h/key"},
}
"""500 people behind one address who mistype every fourth password in the morning fail 125 times, most of them in a
browser that is known. By 30 tries an hour a code of six digits is guessed in 200 days with a probability of a third."""


def zaehle(request: HttpRequest, was: str, adresse: str) -> ratelimit.RateLimitUsage | None:
    """Count a try for the account with this address, whether there is one or not; None where there were too many.

    Roll it back (`rollback`) when the try succeeds.
    """
    adresse = Benutzer.normalize_username(adresse)
    if browser := kennung(request, adresse):
        stufen = [(BROWSER, f"{adresse} {browser}")]
    else:
        stufen = [(HIER, f"{adresse} {ratelimit.get_ip(request)}"), (NETZ, None), (KONTO, adresse)]
    gezaehlt = ratelimit.RateLimitUsage(usage=[])
    for stufe, schluessel in stufen:
        verbrauch = ratelimit.consume(
            request, app="konten", action=f"{was}-{stufe}", config=_regel(was, stufe), key=schluessel
        )
        if verbrauch is None:
            # The page that says so is an ordinary answer to the web server, so that without this line no log would tell
            # of it.
            _log.warning("Too many tries from %s: %s, counted by %s", ratelimit.get_ip(request), was, stufe)
            return None
        gezaehlt.usage += verbrauch.usage
    return gezaehlt


@contextmanager
def gezaehlt(request: HttpRequest, was: str, adresse: str) -> Iterator[None]:
    """Around a try that raises ValidationError when it fails; raises one itself where there were too many."""
    verbrauch = zaehle(request, was, adresse)
    if verbrauch is None:
        raise get_adapter().validation_error("rate_limited")
    yield
    verbrauch.rollback()


def vergiss(request: HttpRequest, adresse: str) -> None:
    """After the owner got a new password by mail: what others tried against the old one counts no longer."""
    adresse = Benutzer.normalize_username(adresse)
    for stufe, schluessel in ((HIER, f"{adresse} {ratelimit.get_ip(request)}"), (KONTO, adresse)):
        ratelimit.clear(
            request, app="konten", action=f"{KENNWORT}-{stufe}", config=_regel(KENNWORT, stufe), key=schluessel
        )


def _regel(was: str, stufe: str) -> dict[str, str]:
    return {f"{was}-{stufe}": GRENZEN[was][stufe]}
