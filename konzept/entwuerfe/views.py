"""Where the forms send what is being typed, every few seconds (static/js/zwischenstand.js)."""

from copy import copy

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import resolve
from django.views.decorators.http import require_POST

from konzept.grenzen import ADRESSE_ZEICHEN, EINGABEN_ZEICHEN

from .ablage import halte_fest
from .adresse import formularadresse
from .eingaben import gesendet, ist_von
from .models import Zwischenstand

ADRESSE = "_adresse"


@require_POST
def zwischenstand(request):
    """Keep the fields of a form for the account that types them. 204 when kept, 401 without a session, 413 when they
    are too long, 507 when too much of the account is kept already, 400 when the address is that of no form that the
    account may open."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    genannt = request.POST.get(ADRESSE, "")
    adresse = formularadresse(genannt) if len(genannt) <= ADRESSE_ZEICHEN else ""
    if not (adresse and ist_von(request.POST, request.user)):
        return HttpResponse(status=400)
    daten = gesendet(request, ohne=[ADRESSE])
    if len(daten) > EINGABEN_ZEICHEN:
        return HttpResponse(status=413)
    kennt = Zwischenstand.objects.filter(benutzer=request.user, adresse=adresse).exists()
    if not (kennt or _geht_auf(request, adresse)):
        return HttpResponse(status=400)
    return HttpResponse(status=204 if halte_fest(request.user, adresse, daten) else 507)


def _geht_auf(request: HttpRequest, adresse: str) -> bool:
    """Whether the form opens for the account: its own view says so. Asked once for a form, before the first keeping."""
    pfad, _, frage = adresse.partition("?")
    oeffnen = copy(request)
    oeffnen.method, oeffnen.path, oeffnen.path_info = "GET", pfad, pfad
    oeffnen.META = request.META | {"REQUEST_METHOD": "GET", "PATH_INFO": pfad, "QUERY_STRING": frage}
    oeffnen.GET, oeffnen._post = QueryDict(frage), QueryDict()
    oeffnen.resolver_match = resolve(pfad)
    try:
        antwort = oeffnen.resolver_match.func(oeffnen, *oeffnen.resolver_match.args, **oeffnen.resolver_match.kwargs)
    except (Http404, PermissionDenied):
        return False
    return antwort.status_code == 200 and antwort.headers.get("Content-Type", "").startswith("text/html")
