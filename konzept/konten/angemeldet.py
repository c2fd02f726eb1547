"""The decorator of every page that needs a signed-in account, and the answer to a form whose CSRF token does not fit.

A POST without a session is not answered with a bare redirect, which would throw the text away, but with the sign-in
page that carries the fields along (`anmeldeseite`). After signing in they wait for the form at its address, whose GET
shows them again and says so. Nothing is saved until the person presses "Speichern".

The form names the account that fills it in (`kern/absender.html`): another account that signs in at the same browser
never gets the text.

The same holds where the CSRF token no longer fits, because the cookies are gone or because the person signed in
anew in another window, provided that the browser itself says that the POST comes from one of our own pages; and
where a Kommune has begun to ask for a second factor that has to be set up first.

Nor is anything lost with a session: whatever the view does not take waits as a draft, with and without JavaScript.
"""

from contextlib import suppress
from functools import wraps

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.views.csrf import csrf_failure
from django_htmx.http import HttpResponseClientRefresh

from konzept.entwuerfe import ablage, adresse

from .anmeldeseite import ANMELDUNG, anmeldung_mit_eingaben, ziel_von
from .zweiter_faktor import ZIEL, fehlt

NICHT_GENOMMEN = {409, 422, 429}
"""Answers of a form that could not be saved as it was sent; see `verlauf.geloescht` for 410."""
ZWEITER_FAKTOR = "Als Sie das Formular abschickten, fehlte Ihrem Konto noch der zweite Faktor."


def angemeldet(view=None, *, zweiter_faktor: bool = True, fragt: tuple[str, ...] = ()):
    """Decorator: the view needs a signed-in account. A GET is sent to sign in; a POST keeps what was typed.

    Where a Kommune asks the account for a second factor, the account has to have set one up; pages that must be open
    before that, such as those of the own account, say `@angemeldet(zweiter_faktor=False)`. `fragt` names the parameters
    of its address that a form asks for; text that waits in it is kept apart by these alone.
    """
    if view is None:
        return lambda view: angemeldet(view, zweiter_faktor=zweiter_faktor, fragt=fragt)

    @wraps(view)
    def huelle(request, *args, **kwargs):
        if request.user.is_authenticated:
            if zweiter_faktor and (umweg := _umweg_zum_zweiten_faktor(request)):
                return umweg
            return _mit_entwurf(view, request, *args, **kwargs)
        if request.method == "POST":
            return anmeldung_mit_eingaben(request)
        if "HX-Request" in request.headers:
            # htmx asks for a part of a page, but it is the whole page that has to lead to the sign-in.
            return HttpResponseClientRefresh()
        return redirect_to_login(request.get_full_path())

    return adresse.melde_an(huelle, fragt)


def _mit_entwurf(view, request: HttpRequest, *args, **kwargs):
    """The view's answer. What a form sent and the view did not take, or could not because it failed, is kept first."""
    try:
        antwort = view(request, *args, **kwargs)
    except (Http404, PermissionDenied, SuspiciousOperation):
        raise
    except Exception:
        if request.method == "POST":
            # The error of the view is the one to be reported, and not what keeping the text raises after it.
            with suppress(Exception):
                ablage.behalte(request, grund=ablage.NICHT_GESPEICHERT)
        raise
    if request.method == "POST" and antwort.status_code in NICHT_GENOMMEN:
        ablage.behalte(request, grund=ablage.NICHT_GESPEICHERT)
    return antwort


def _umweg_zum_zweiten_faktor(request: HttpRequest):
    if not fehlt(request):
        return None
    request.session[ZIEL] = ziel_von(request)
    if request.method == "POST":
        ablage.behalte(request, grund=ZWEITER_FAKTOR)
    return redirect("mfa_index")


def ohne_csrf_schluessel(request: HttpRequest, reason: str = ""):
    """CSRF_FAILURE_VIEW: keeps what was typed into one of our forms; everything else gets the usual 403."""
    eigene = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    von_hier = request.headers.get("Origin") in eigene
    if not (von_hier and adresse.haelt_eingaben(request.resolver_match.func)):
        return csrf_failure(request, reason)
    if not request.user.is_authenticated:
        return anmeldung_mit_eingaben(request)
    if "HX-Request" in request.headers or not ablage.behalte(request, grund=ANMELDUNG):
        return csrf_failure(request, reason)
    return redirect(request.get_full_path())
