"""Where the forms send what is being typed, every few seconds (static/js/zwischenstand.js)."""

from django.http import HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.views.decorators.http import require_POST

from .models import Zwischenstand
from .wiedervorlage import HOECHSTENS_ZEICHEN, eingaben, gehoert

ADRESSE = "_adresse"


@require_POST
def zwischenstand(request):
    """Keep the fields of a form for the account that types them. 204 when kept, 401 without a session, 413 when they
    are too long, 400 when the address is that of no form."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    adresse = request.POST.get(ADRESSE, "")
    daten = eingaben(request, ohne=[ADRESSE])
    if not (_ist_formular(adresse) and gehoert(daten, request.user)):
        return HttpResponse(status=400)
    if len(daten) > HOECHSTENS_ZEICHEN:
        return HttpResponse(status=413)
    Zwischenstand.objects.update_or_create(
        benutzer=request.user, adresse=adresse, defaults={"daten": daten, "zeitpunkt": timezone.now()}
    )
    return HttpResponse(status=204)


def _ist_formular(adresse: str) -> bool:
    try:
        view = resolve(adresse.partition("?")[0]).func
    except Resolver404:
        return False
    return len(adresse) <= 500 and getattr(view, "haelt_eingaben", False)
