"""The answers 400, 403, 404, 413 and 503: whoever loses a role while typing still gets what they typed, to copy it.

Only the account that filled the form in sees it, and only what it sent itself, word by word: nothing is parsed here.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django import forms
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import OperationalError
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from konzept.entwuerfe.eingaben import ist_von, zum_kopieren
from konzept.fliesstext import worte_aus_html
from konzept.fliesstextfeld import FliesstextEingabe
from konzept.forms import KonzeptForm
from konzept.gedraenge import ist_gedraenge
from konzept.grenzen import SENDUNG_BYTES
from konzept.vorlagen import forms as vorlagen
from massnahmen.forms.massnahme import KostenFormSet, MassnahmeForm, SachstandFormSet, SchrittFormSet
from massnahmen.models import Zustaendigkeit

from .elemente import ELEMENTE
from .forms import KonzeptAnlegenForm, TitelForm

log = logging.getLogger(__name__)

HOECHSTENS_ZEILEN = 12
_IN_ZEILE = re.compile(r"(?P<prefix>\w+)-(?P<index>[0-9]{1,4})-(?P<name>\w+)")
_IN_MATRIX = re.compile(r"text-[0-9]{1,18}")
_AKTEURE = {
    "federfuehrung": forms.CharField(label=Zustaendigkeit.Rolle.FEDERFUEHRUNG.label),
    "mitwirkung": forms.CharField(label=Zustaendigkeit.Rolle.MITWIRKUNG.label),
}
"""Fields that a measure and its steps have only once they are built."""


class Eingabe(NamedTuple):
    """A text as it was typed, with the name of its field and the height that shows it."""

    feld: str
    text: str
    hoehe: int


class _Formular(NamedTuple):
    felder: Mapping[str, forms.Field]
    einzahl: str = ""


def verweigert(request: HttpRequest, exception=None) -> HttpResponse:
    """handler403."""
    return render(request, "403.html", {"eingaben": _getippt(request)}, status=403)


def nicht_gefunden(request: HttpRequest, exception=None) -> HttpResponse:
    """handler404; for whoever lost their last role in a Kommune it is no longer there."""
    return render(request, "404.html", {"eingaben": _getippt(request)}, status=404)


def unbrauchbar(request: HttpRequest, exception=None) -> HttpResponse:
    """handler400; what is too large is not taken in, and the page says by how much."""
    zu_gross = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    kontext = {"zu_gross": zu_gross, "sitzung_beendet": isinstance(exception, SessionInterrupted)}
    if isinstance(exception, RequestDataTooBig):
        gesendet = int(request.META.get("CONTENT_LENGTH") or 0)
        kontext |= {"hoechstens": SENDUNG_BYTES // 1000, "zu_viel": (gesendet - SENDUNG_BYTES) // 1000 + 1}
    return render(request, "400.html", kontext, status=413 if zu_gross else 400)


class Gedraenge:
    """Middleware: a page (503) that keeps what was typed, where too many write at once."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not (isinstance(exception, OperationalError) and ist_gedraenge(exception)):
            return None
        log.warning("%s %s gave up: %s", request.method, request.path, " ".join(str(exception).split()))
        antwort = render(request, "503.html", {"eingaben": _getippt(request)}, status=503)
        antwort["Retry-After"] = "2"
        return antwort


def _getippt(request: HttpRequest) -> list[Eingabe]:
    if request.method != "POST" or not ist_von(request.POST, request.user):
        return []
    if not _formulare(request.resolver_match):
        text = zum_kopieren(request.POST)
        return [Eingabe("Ihr Text", text, HOECHSTENS_ZEILEN)] if text else []
    return list(_texte(request))


def _texte(request: HttpRequest) -> Iterator[Eingabe]:
    formulare, daten = _formulare(request.resolver_match), request.POST
    for name in daten:
        zeile = _IN_ZEILE.fullmatch(name)
        prefix, kurz = (zeile["prefix"], zeile["name"]) if zeile else ("", name)
        formular = formulare.get(prefix)
        feld = formular and formular.felder.get(kurz)
        if feld is None and formular and _IN_MATRIX.fullmatch(name):
            feld = forms.CharField(label="Text in der Matrix")
        entfernt = zeile and daten.get(f"{prefix}-{zeile['index']}-{DELETION_FIELD_NAME}")
        if feld is None or hasattr(feld, "choices") or isinstance(feld, forms.BooleanField) or entfernt:
            continue
        if text := _gesendet(feld, daten, name).strip():
            ort = f"{formular.einzahl} {int(zeile['index']) + 1}, " if zeile else ""
            hoehe = sum(1 + len(absatz) // 80 for absatz in text.split("\n"))
            yield Eingabe(f"{ort}{feld.label}", text, min(hoehe, HOECHSTENS_ZEILEN))


def _gesendet(feld: forms.Field, daten, name: str) -> str:
    if isinstance(feld.widget, FliesstextEingabe):
        text, html = feld.widget.gesendet(daten, name)
        return worte_aus_html(html) if html else text or ""
    return daten.get(name, "")


def _formulare(match) -> dict[str, _Formular]:
    """The forms of a page by the prefix of their fields, "" for its main form; none where a page keeps no text."""
    if match is None:
        return {}
    if match.view_name == "massnahmen:bearbeiten":
        zeilen = {"schritte": SchrittFormSet, "kosten": KostenFormSet, "sachstaende": SachstandFormSet}
        return _mit_zeilen(MassnahmeForm, zeilen, _AKTEURE)
    if match.view_name == "vorlagen:bearbeiten":
        return _mit_zeilen(vorlagen.VorlageForm, vorlagen.ZEILEN)
    if element := ELEMENTE.get(match.kwargs.get("art")):
        return _mit_zeilen(element.form or TitelForm, element.zeilen)
    haupt = {
        "werkbank:konzept": KonzeptForm,
        "verzeichnis:konzept_neu": KonzeptAnlegenForm,
        "vorlagen:neu": vorlagen.NeueVorlageForm,
        "vorlagen:ergebnis": vorlagen.ErgebnisForm,
    }.get(match.view_name)
    return _mit_zeilen(haupt, {}) if haupt else {}


def _mit_zeilen(haupt, zeilen, weitere=None) -> dict[str, _Formular]:
    formulare = {"": _Formular(haupt.base_fields | (weitere or {}))}
    for prefix, klasse in zeilen.items():
        formulare[prefix] = _Formular(klasse.form.base_fields | (weitere or {}), klasse.einzahl)
    return formulare
