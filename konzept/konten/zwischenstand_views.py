"""Where the forms send what is being typed, every few seconds (static/js/zwischenstand.js)."""

from copy import copy

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Length
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import resolve
from django.utils import timezone
from django.views.decorators.http import require_POST

from konzept.grenzen import ADRESSE_ZEICHEN, EINGABEN_ZEICHEN, ZWISCHENSTAENDE, ZWISCHENSTAENDE_ZEICHEN

from .models import Benutzer, Zwischenstand
from .wiedervorlage import eingaben, formularadresse, ist_von

ADRESSE = "_adresse"


@require_POST
def zwischenstand(request):
    """Keep the fields of a form for the account that types them. 204 when kept, 401 without a session, 413 when they
    are too long, 507 when too much of the account is kept already, 400 when the address is that of no form that the
    account may open."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    gesendet = request.POST.get(ADRESSE, "")
    adresse = formularadresse(gesendet) if len(gesendet) <= ADRESSE_ZEICHEN else ""
    if not (adresse and ist_von(request.POST, request.user)):
        return HttpResponse(status=400)
    daten = eingaben(request, ohne=[ADRESSE])
    if len(daten) > EINGABEN_ZEICHEN:
        return HttpResponse(status=413)
    eigene = request.user.zwischenstaende
    if not (eigene.filter(adresse=adresse).exists() or _geht_auf(request, adresse)):
        return HttpResponse(status=400)
    return HttpResponse(status=204 if _halte_fest(request.user, adresse, daten) else 507)


@transaction.atomic
def _halte_fest(benutzer: Benutzer, adresse: str, daten: str) -> bool:
    """False where the account keeps too much already: nothing that is kept gives way."""
    Benutzer.objects.select_for_update().get(pk=benutzer.pk)  # two windows do not pass the bound together
    andere = benutzer.zwischenstaende.exclude(adresse=adresse)
    zeichen = andere.aggregate(zeichen=Sum(Length("daten")))["zeichen"] or 0
    if andere.count() >= ZWISCHENSTAENDE or zeichen + len(daten) > ZWISCHENSTAENDE_ZEICHEN:
        return False
    Zwischenstand.objects.update_or_create(
        benutzer=benutzer, adresse=adresse, defaults={"daten": daten, "zeitpunkt": timezone.now()}
    )
    return True


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
