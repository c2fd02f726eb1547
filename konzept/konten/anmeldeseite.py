"""The sign-in page as an answer at any address, and what it carries along for who signs in.

A POST that names no account is a mere button: nothing was typed. After signing in it leads back to the page on which
the button stands, because its own address may have no page.
"""

from urllib.parse import urlsplit

from allauth.account.utils import get_next_redirect_url
from allauth.core.internal import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from konzept.entwuerfe import sitzung
from konzept.entwuerfe.eingaben import ABSENDER, gesendet, ist_von, zum_kopieren
from konzept.grenzen import EINGABEN_BEI_DER_ANMELDUNG, EINGABEN_OHNE_KONTO, EINGABEN_OHNE_KONTO_JE_NETZ

from .forms import AnmeldeForm

FELD = "_wiedervorlage"
ANMELDUNG = "Als Sie das Formular abschickten, war Ihre Anmeldung abgelaufen oder erneuert."
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


def anmeldung_mit_eingaben(request: HttpRequest):
    """The answer to a POST without a session: the sign-in page with what was typed."""
    daten = gesendet(request) if ABSENDER in request.POST else ""
    zu_viel = len(daten) > EINGABEN_BEI_DER_ANMELDUNG
    antwort = anmeldeseite(
        request,
        ziel=ziel_von(request),
        eingaben="" if zu_viel else daten,
        status=401,
        hinweis=ZU_VIEL if zu_viel else "" if daten else KNOPF,
        kopie=zum_kopieren(request.POST) if zu_viel else "",
    )
    # htmx must show the whole page, not put it into the section that it asked for.
    antwort["HX-Retarget"], antwort["HX-Reswap"] = "body", "innerHTML"
    return antwort


def ziel_von(request: HttpRequest) -> str:
    """Where to go on after a detour: this address, or for a button the page on which it stands."""
    if request.method != "POST" or ABSENDER in request.POST:
        return request.get_full_path()
    herkunft = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(herkunft, request.get_host(), require_https=request.is_secure()):
        return "/"
    teile = urlsplit(herkunft)
    pfad = "/" + teile.path.lstrip("/")  # "//host" would be another host
    return f"{pfad}?{teile.query}" if teile.query else pfad


def anmeldekontext(request: HttpRequest) -> dict[str, str]:
    """What the sign-in page carries along while it is filled in again."""
    return {"ziel": get_next_redirect_url(request) or "", "eingaben": _mitgebracht(request)}


def _mitgebracht(request: HttpRequest) -> str:
    """What the sign-in page carried along; more than it can carry is forged."""
    daten = request.POST.get(FELD, "")
    return daten if len(daten) <= EINGABEN_BEI_DER_ANMELDUNG else ""


def lege_vor(request: HttpRequest, pfad: str | None) -> None:
    """Keep the fields that the sign-in page carried along for the form at `pfad`.

    To be called before or after the account is known: what another account typed is dropped by then, or at the
    latest by `uebernimm`.
    """
    daten = _mitgebracht(request)
    if not (daten and pfad):
        return
    if not request.user.is_authenticated:
        behalten = sitzung.merke(request, pfad, daten, ANMELDUNG)
    elif ist_von(QueryDict(daten), request.user):
        behalten = sitzung.lege_ab(request, pfad, daten, ANMELDUNG)
    else:
        messages.warning(request, NICHT_UEBERNOMMEN)
        return
    if not behalten:
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
    kopie = zum_kopieren(QueryDict(daten))
    return anmeldeseite(request, ziel=pfad, eingaben="", status=200, hinweis=hinweis, kopie=kopie)


def uebernimm(request: HttpRequest) -> None:
    """Once an account has signed in: what waits for it in this session comes to its forms; see `sitzung.uebernimm`."""
    if not sitzung.uebernimm(request):
        messages.warning(request, NICHT_AUFGEHOBEN)
