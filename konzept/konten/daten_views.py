"""What is stored about one's own account: to read, to take along, to have erased."""

import json
from datetime import datetime

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from konzept.heute import heute, ortszeit

from .angemeldet import angemeldet
from .daten import LetzteLeitung, allein_geleitete, auszug, in_worten, loesche_konto
from .models import Ereignis
from .protokoll import halte_fest_je_kommune


class _Ortszeit(DjangoJSONEncoder):
    """Moments in local time with its offset, so that a day in the file is the day on the page."""

    def default(self, wert):
        return super().default(ortszeit(wert) if isinstance(wert, datetime) else wert)


@require_safe
@angemeldet(zweiter_faktor=False)
def daten(request):
    """What is stored about the account, in words and numbers."""
    inhalt = auszug(request.user)
    return render(request, "konten/daten.html", {"daten": inhalt, "weitere": in_worten(inhalt)})


@require_POST
@angemeldet(zweiter_faktor=False)
@transaction.atomic
def datei(request):
    """The same as a file; a POST, because the log remembers it."""
    halte_fest_je_kommune(Ereignis.DATEN_AUSGEGEBEN, request.user)
    inhalt = json.dumps(auszug(request.user), cls=_Ortszeit, ensure_ascii=False, indent=2)
    antwort = HttpResponse(inhalt, content_type="application/json; charset=utf-8")
    antwort["Content-Disposition"] = f'attachment; filename="konzeptwerk-daten-{heute().isoformat()}.json"'
    return antwort


class LoeschenForm(forms.Form):
    """The box that has to be ticked."""

    ja = forms.BooleanField(
        label="Ja, mein Konto soll gelöscht werden. Ich weiß, dass ich das nicht rückgängig machen kann.",
        error_messages={"required": "Setzen Sie den Haken, wenn Sie Ihr Konto wirklich löschen wollen."},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@angemeldet(zweiter_faktor=False)
def loeschen(request):
    """Explains what goes and what stays, and erases the account once the person has proved again who they are."""
    with transaction.atomic():
        allein = allein_geleitete(request.user)
    form = LoeschenForm(request.POST if request.method == "POST" else None)
    if allein or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "konten/daten_loeschen.html", {"form": form, "allein": allein}, status=status)
    return _loesche(request)


@reauthentication_required
def _loesche(request):
    try:
        loesche_konto(request.user)
    except LetzteLeitung:
        return redirect("konten:loeschen")
    request.session.flush()
    messages.success(request, "Ihr Konto ist gelöscht. Sie sind in allen Browsern abgemeldet.")
    return redirect("account_login")
