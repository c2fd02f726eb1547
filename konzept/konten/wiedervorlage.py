"""What somebody typed while the session had expired comes back after signing in, unsaved, in the same form.

A POST without a session is not answered with a bare redirect, which would throw the text away, but with the sign-in
page that carries the fields along. After signing in they lie in the new session under the address of the form, whose
GET shows them again and says so. Nothing is saved until the person presses "Speichern".

The same holds where the CSRF token no longer fits, because the cookies are gone or because the person signed in
anew in another window; provided that the browser itself says that the POST comes from one of our own pages.
"""

from functools import wraps
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.csrf import csrf_failure

from .forms import AnmeldeForm

FELD = "_wiedervorlage"
_SITZUNG = "wiedervorlage"
HOECHSTENS_ZEICHEN = 2_000_000


def angemeldet(view):
    """Decorator: the view needs a signed-in account. A GET is sent to sign in; a POST keeps what was typed."""

    @wraps(view)
    def huelle(request, *args, **kwargs):
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method != "POST":
            return redirect_to_login(request.get_full_path())
        return _anmeldung_mit_eingaben(request)

    huelle.haelt_eingaben = True
    return huelle


def ohne_csrf_schluessel(request: HttpRequest, reason: str = ""):
    """CSRF_FAILURE_VIEW: keeps what was typed into one of our forms; everything else gets the usual 403."""
    von_hier = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if not (von_hier and getattr(request.resolver_match.func, "haelt_eingaben", False)):
        return csrf_failure(request, reason)
    if not request.user.is_authenticated:
        return _anmeldung_mit_eingaben(request)
    daten = _eingaben(request)
    if "HX-Request" in request.headers or len(daten) > HOECHSTENS_ZEICHEN:
        return csrf_failure(request, reason)
    request.session[_SITZUNG] = {request.path: daten}
    return redirect(request.path)


def _eingaben(request: HttpRequest) -> str:
    daten = request.POST.copy()
    daten.pop("csrfmiddlewaretoken", None)
    return daten.urlencode()


def _anmeldung_mit_eingaben(request: HttpRequest):
    kontext = {
        "form": AnmeldeForm(request),
        "next": request.path,
        "wiedervorlage": _eingaben(request),
        "aktion": f"{reverse('konten:anmelden')}?{urlencode({'next': request.path})}",
    }
    antwort = render(request, "konten/anmelden.html", kontext, status=401)
    # htmx must show the whole page, not put it into the section that it asked for.
    antwort["HX-Retarget"], antwort["HX-Reswap"] = "body", "innerHTML"
    return antwort


def lege_vor(request: HttpRequest, pfad: str) -> None:
    """Keep the fields that the sign-in page carried along for the form at `pfad`."""
    daten = request.POST.get(FELD, "")
    if daten and len(daten) <= HOECHSTENS_ZEICHEN:
        request.session[_SITZUNG] = {pfad: daten}


def nimm_vor(request: HttpRequest) -> QueryDict | None:
    """The fields that wait for the form at this address, or None. They wait until the form is saved or left."""
    daten = request.session.get(_SITZUNG, {}).get(request.path)
    return QueryDict(daten, mutable=True) if daten else None


def erledige(request: HttpRequest) -> None:
    """Forget what waits for the form at this address, because it was saved or discarded."""
    if request.path in request.session.get(_SITZUNG, {}):
        del request.session[_SITZUNG]
