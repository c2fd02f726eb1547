"""What somebody typed while the session had expired comes back after signing in, unsaved, in the same form.

A POST without a session is not answered with a bare redirect, which would throw the text away, but with the sign-in
page that carries the fields along. After signing in they lie in the new session under the address of the form, whose
GET shows them again and says so. Nothing is saved until the person presses "Speichern".

The form names the account that fills it in (`kern/absender.html`): another account that signs in at the same browser
never gets the text.

The same holds where the CSRF token no longer fits, because the cookies are gone or because the person signed in
anew in another window, provided that the browser itself says that the POST comes from one of our own pages; and
where a Kommune has begun to ask for a second factor that has to be set up first.

What waits is found by the address of its form: the path, and of the query what the view says that it asks for
(`@angemeldet(fragt=("in", "nach"))`), so that one form has one address.

A POST that names no account is a mere button: nothing was typed. After signing in it leads back to the page on which
the button stands, because its own address may have no page.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from functools import wraps
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from allauth.account.utils import get_next_redirect_url
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.csrf import csrf_failure
from django_htmx.http import HttpResponseClientRefresh

from konzept.fliesstext import worte_aus_html
from konzept.grenzen import (
    EINGABEN_BEI_DER_ANMELDUNG,
    EINGABEN_OHNE_KONTO,
    EINGABEN_OHNE_KONTO_JE_NETZ,
    EINGABEN_ZEICHEN,
)
from konzept.heute import am, um

from .forms import AnmeldeForm
from .models import Zwischenstand
from .zweiter_faktor import ZIEL, fehlt

FELD = "_wiedervorlage"
ABSENDER = "_konto"
_SITZUNG = "wiedervorlage"
_ZETTEL = "zettel"
HOECHSTENS_ZETTEL = 10
ANMELDUNG = "Als Sie das Formular abschickten, war Ihre Anmeldung abgelaufen oder erneuert."
ZWEITER_FAKTOR = "Als Sie das Formular abschickten, fehlte Ihrem Konto noch der zweite Faktor."
KNOPF = (
    "Ihre Anmeldung ist abgelaufen. Melden Sie sich an; dann sind Sie wieder auf der Seite, auf der Sie waren, und "
    "drücken den Knopf noch einmal."
)
NICHT_UEBERNOMMEN = (
    "Auf der Anmeldeseite warteten noch Eingaben aus einem anderen Konto. Sie sind nicht übernommen worden."
)


ZU_VIEL = (
    "Was Sie geschrieben haben, ist zu umfangreich, um es durch die Anmeldung mitzunehmen. Es steht unten auf dieser "
    "Seite: Kopieren Sie es, bevor Sie sich anmelden."
)
GERADE_NICHT = (
    "Was Sie geschrieben haben, lässt sich gerade nicht durch die Anmeldung mitnehmen. Es steht unten auf dieser "
    "Seite: Kopieren Sie es, bevor Sie sich anmelden."
)
NICHT_AUFGEHOBEN = (
    "Was vor der Anmeldung abgeschickt wurde, ist zu umfangreich und konnte nicht aufgehoben werden. Gehen Sie im "
    "Browser zurück: Ihre Eingaben stehen meist noch im Formular."
)


class Wartendes(NamedTuple):
    """What waits for a form, and a sentence that says why."""

    daten: QueryDict
    grund: str


class Zettel(NamedTuple):
    """What is pinned to a form for the account: a heading, a sentence, a text to copy, the address where it comes
    from."""

    titel: str
    satz: str
    text: str
    herkunft: str


def angemeldet(view=None, *, zweiter_faktor: bool = True, fragt: tuple[str, ...] = ()):
    """Decorator: the view needs a signed-in account. A GET is sent to sign in; a POST keeps what was typed.

    Where a Kommune asks the account for a second factor, the account has to have set one up; pages that must be
    open before that, such as those of the own account, say `@angemeldet(zweiter_faktor=False)`. `fragt` names what a
    form asks of the query of its address; in it, text that waits is kept apart by that alone.
    """
    if view is None:
        return lambda view: angemeldet(view, zweiter_faktor=zweiter_faktor, fragt=fragt)

    @wraps(view)
    def huelle(request, *args, **kwargs):
        if request.user.is_authenticated:
            if zweiter_faktor and (umweg := _umweg_zum_zweiten_faktor(request)):
                return umweg
            return view(request, *args, **kwargs)
        if request.method == "POST":
            return _anmeldung_mit_eingaben(request)
        if "HX-Request" in request.headers:  # a part of a page asks; the page as a whole has to go and sign in
            return HttpResponseClientRefresh()
        return redirect_to_login(request.get_full_path())

    huelle.haelt_eingaben, huelle.fragt = True, fragt
    return huelle


def formularadresse(adresse: str) -> str:
    """The address of a form as what waits for it is found; "" where there is no form."""
    pfad, _, frage = adresse.partition("?")
    try:
        view = resolve(pfad).func
    except Resolver404:
        return ""
    return _adresse(view, pfad, QueryDict(frage)) if getattr(view, "haelt_eingaben", False) else ""


def _adresse(view, pfad: str, frage: QueryDict) -> str:
    gefragt = [(name, frage[name]) for name in getattr(view, "fragt", ()) if frage.get(name)]
    return f"{pfad}?{urlencode(gefragt)}" if gefragt else pfad


def adresse_von(request: HttpRequest) -> str:
    """`formularadresse` of the form that this request opens or sends."""
    return _adresse(request.resolver_match.func, request.path, request.GET)


def _umweg_zum_zweiten_faktor(request: HttpRequest):
    if not fehlt(request):
        return None
    request.session[ZIEL] = _ziel(request)
    if request.method == "POST":
        bewahre(request, ZWEITER_FAKTOR)
    return redirect("mfa_index")


def ohne_csrf_schluessel(request: HttpRequest, reason: str = ""):
    """CSRF_FAILURE_VIEW: keeps what was typed into one of our forms; everything else gets the usual 403."""
    eigene = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    von_hier = request.headers.get("Origin") in eigene
    if not (von_hier and getattr(request.resolver_match.func, "haelt_eingaben", False)):
        return csrf_failure(request, reason)
    if not request.user.is_authenticated:
        return _anmeldung_mit_eingaben(request)
    if "HX-Request" in request.headers or not bewahre(request):
        return csrf_failure(request, reason)
    return redirect(request.get_full_path())


def _ziel(request: HttpRequest) -> str:
    """Where to go on after a detour: this address, or for a button the page on which it stands."""
    if request.method != "POST" or ABSENDER in request.POST:
        return request.get_full_path()
    herkunft = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(herkunft, request.get_host(), require_https=request.is_secure()):
        return "/"
    teile = urlsplit(herkunft)
    pfad = "/" + teile.path.lstrip("/")  # "//host" would be another host
    return f"{pfad}?{teile.query}" if teile.query else pfad


def anmeldeseite(
    request: HttpRequest, *, ziel: str, eingaben: str, status: int, fehler: str = "", hinweis: str = "", kopie: str = ""
):
    """The sign-in page as an answer at any address; carries `eingaben` along, shows `kopie` to be copied, and leads to
    `ziel`."""
    kontext = {
        "form": AnmeldeForm(request=request, initial={"login": request.POST.get("login", "")[:320]}),
        "next": ziel,
        "wiedervorlage": eingaben,
        "fehlersatz": fehler,
        "hinweissatz": hinweis,
        "kopie": kopie,
        "hat_fehler": bool(fehler),
    }
    return render(request, "account/login.html", kontext, status=status)


def anmeldekontext(request: HttpRequest) -> dict[str, str]:
    """What the sign-in page carries along while it is filled in again."""
    return {"ziel": get_next_redirect_url(request) or "", "eingaben": _mitgebracht(request)}


def _mitgebracht(request: HttpRequest) -> str:
    """What the sign-in page carried along; more than it can carry is forged."""
    daten = request.POST.get(FELD, "")
    return daten if len(daten) <= EINGABEN_BEI_DER_ANMELDUNG else ""


def eingaben(request: HttpRequest, ohne: Iterable[str] = ()) -> str:
    """What a form sent, URL-encoded, without the CSRF token and the fields named in `ohne`."""
    daten = request.POST.copy()
    for name in ("csrfmiddlewaretoken", *ohne):
        daten.pop(name, None)
    return daten.urlencode()


def _anmeldung_mit_eingaben(request: HttpRequest):
    daten = eingaben(request) if ABSENDER in request.POST else ""
    zu_viel = len(daten) > EINGABEN_BEI_DER_ANMELDUNG
    antwort = anmeldeseite(
        request,
        ziel=_ziel(request),
        eingaben="" if zu_viel else daten,
        status=401,
        hinweis=ZU_VIEL if zu_viel else "" if daten else KNOPF,
        kopie=_zum_kopieren(request.POST) if zu_viel else "",
    )
    # htmx must show the whole page, not put it into the section that it asked for.
    antwort["HX-Retarget"], antwort["HX-Reswap"] = "body", "innerHTML"
    return antwort


_INTERN = re.compile(r"_.*|csrfmiddlewaretoken|.*_FORMS|.*-(?:id|ORDER)", re.DOTALL)


def _zum_kopieren(daten: QueryDict) -> str:
    """What stands in the fields, one after the other, as words."""
    sichtbar = ((name, wert) for name, wert in daten.items() if not _INTERN.fullmatch(name))
    return "\n\n".join(filter(None, (worte_aus_html(w) if n.endswith("-html") else w.strip() for n, w in sichtbar)))


def lege_vor(request: HttpRequest, pfad: str | None) -> None:
    """Keep the fields that the sign-in page carried along for the form at `pfad`.

    To be called before or after the account is known: what another account typed is dropped by then, or at the
    latest by `verwirf_fremdes`.
    """
    daten = _mitgebracht(request)
    if not (daten and pfad):
        return
    if request.user.is_authenticated and not gehoert(daten, request.user):
        messages.warning(request, NICHT_UEBERNOMMEN)
    elif not _merke(request, formularadresse(pfad) or pfad, daten, ANMELDUNG):
        messages.warning(request, NICHT_AUFGEHOBEN)


def lege_ohne_konto_vor(request: HttpRequest, pfad: str | None) -> HttpResponse | None:
    """`lege_vor` for somebody who is on their way to the identity provider: nobody knows yet who they are, so that less
    is kept, and not often. What is not kept is shown on the sign-in page, to be copied first."""
    daten = _mitgebracht(request)
    if not (daten and pfad):
        return None
    regel = {"wiedervorlage": EINGABEN_OHNE_KONTO_JE_NETZ}
    if len(daten) > EINGABEN_OHNE_KONTO:
        hinweis = ZU_VIEL
    elif not ratelimit.consume(request, app="konten", action="wiedervorlage", config=regel):
        hinweis = GERADE_NICHT
    else:
        lege_vor(request, pfad)
        return None
    kopie = _zum_kopieren(QueryDict(daten))
    return anmeldeseite(request, ziel=pfad, eingaben="", status=200, hinweis=hinweis, kopie=kopie)


def _merke(request: HttpRequest, adresse: str, daten: str, grund: str) -> bool:
    """Keep what a form sent in the session, beside what waits there for others; False where that is too much."""
    wartend = request.session.get(_SITZUNG, {}) | {adresse: [daten, grund]}
    if len(adresse) + sum(len(text) for text, _ in wartend.values()) > EINGABEN_ZEICHEN:
        return False
    request.session[_SITZUNG] = wartend
    return True


def verwirf_fremdes(request: HttpRequest) -> None:
    """Once an account has signed in: forget what waits for another one that began to sign in at this browser."""
    wartend = request.session.get(_SITZUNG, {})
    eigenes = {adresse: [daten, grund] for adresse, (daten, grund) in wartend.items() if gehoert(daten, request.user)}
    if eigenes != wartend:
        request.session[_SITZUNG] = eigenes


def was_wartet(request: HttpRequest) -> Wartendes | None:
    """What waits for the form at this address. It waits until the form is saved or its input discarded.

    What was sent and not saved comes before what was kept while typing. At most one query.
    """
    daten, grund = request.session.get(_SITZUNG, {}).get(adresse_von(request), ("", ""))
    if not (daten and gehoert(daten, request.user)):
        daten, zeitpunkt = _zwischenstaende(request).values_list("daten", "zeitpunkt").first() or ("", None)
        grund = _entwurf(zeitpunkt) if zeitpunkt else ""
    return Wartendes(QueryDict(daten, mutable=True), grund) if daten else None


def _entwurf(zeitpunkt: datetime) -> str:
    return f"Sie haben hier am {am(zeitpunkt)} um {um(zeitpunkt)} Uhr geschrieben und dann nicht gespeichert."


def nimm_vor(request: HttpRequest) -> QueryDict | None:
    """The fields that wait for the form at this address, or None; see `was_wartet`."""
    wartet = was_wartet(request)
    return wartet and wartet.daten


def erledige(request: HttpRequest) -> None:
    """Forget what waits for the form at this address, because it was saved or discarded."""
    wartend = request.session.get(_SITZUNG, {})
    if wartend.pop(adresse_von(request), None):
        request.session[_SITZUNG] = wartend
    _zwischenstaende(request).delete()
    nimm_ab(request)


def _zwischenstaende(request: HttpRequest):
    return Zwischenstand.objects.filter(benutzer=request.user, adresse=adresse_von(request))


def bewahre(request: HttpRequest, grund: str = ANMELDUNG) -> bool:
    """Keep what a form sent for the next GET of its address; `grund` is the sentence that tells the person why.

    False where it is too long or another account's.
    """
    daten = eingaben(request)
    return gehoert(daten, request.user) and _merke(request, adresse_von(request), daten, grund)


def lege_bereit(request: HttpRequest, pfad: str, daten: QueryDict, grund: str) -> bool:
    """Fill in the form at `pfad` for the account, unsaved, as if it had typed that; `grund` is the sentence that says
    why. False, and nothing is touched, where something of its own waits there or it is too long. One query."""
    daten = daten.copy()
    daten[ABSENDER] = str(request.user.pk)
    wartend = request.session.get(_SITZUNG, {})
    besetzt = pfad in wartend or Zwischenstand.objects.filter(benutzer=request.user, adresse=pfad).exists()
    return not besetzt and _merke(request, pfad, daten.urlencode(), grund)


def hefte_an(request: HttpRequest, pfad: str, zettel: Zettel) -> None:
    """Pin a note to the form at `pfad`; it hangs there until the form is saved or its input discarded, or until it is
    taken off. The last ten are kept."""
    haengende = {p: z for p, z in request.session.get(_ZETTEL, {}).items() if p != pfad} | {pfad: list(zettel)}
    request.session[_ZETTEL] = dict(list(haengende.items())[-HOECHSTENS_ZETTEL:])


def zettel(request: HttpRequest) -> Zettel | None:
    """The note that is pinned to the form at this address."""
    werte = request.session.get(_ZETTEL, {}).get(adresse_von(request))
    return Zettel(*werte) if werte else None


def nimm_ab(request: HttpRequest) -> None:
    """Take off the note that is pinned to the form at this address."""
    haengende = request.session.get(_ZETTEL, {})
    if haengende.pop(adresse_von(request), None):
        request.session[_ZETTEL] = haengende


def gehoert(daten: str, benutzer) -> bool:
    """Whether the form was filled in by this account."""
    return ist_von(QueryDict(daten), benutzer)


def ist_von(daten: QueryDict, benutzer) -> bool:
    return daten.get(ABSENDER) == str(benutzer.pk)
