"""Changing several measures at once: choose the change, look at the preview, carry it out, take it back."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from konzept import grenzen, rechte
from konzept.bearbeitung import VERWERFEN, mit_einfachen_umbruechen
from konzept.entwuerfe import ablage
from konzept.konten.angemeldet import angemeldet
from konzept.navigation import adresse, rahmen
from konzept.vorgaenge import PasstNicht
from konzept.zugriff import hole_konzept

from ..models import Massnahme
from . import sammelaenderung
from .sammel_forms import FORMEN
from .tabelle import Tabelle, lade_nummern

MERKZETTEL = "sammel"
FRIST = timedelta(hours=1)
_GENANNT = 15


def _hole(request, kommune, konzept):
    """The concept, for an account that may edit at least one measure in it."""
    k = hole_konzept(request.user, kommune, konzept)
    if rechte.mitwirkend_fuer(request.user, k) == set():
        raise PermissionDenied
    return k


@require_http_methods(["GET", "HEAD", "POST"])
@angemeldet
def sammel(request, kommune, konzept):
    """Preview and execution in one page: `_vorschau` shows what would change, `_ausfuehren` does what was shown.

    The rows come from the list (`m`, `umfang`) or, with the versions that were shown, from the page itself. A GET only
    shows what waits since a session expired.
    """
    k = _hole(request, kommune, konzept)
    if VERWERFEN in request.POST:
        ablage.vergiss(request)
        return redirect(_liste(k, request.POST))
    wartet = None if request.method == "POST" else ablage.finde(request)
    daten = mit_einfachen_umbruechen(request.POST) if request.method == "POST" else wartet and wartet.daten
    if daten is None:
        return redirect(adresse(k, "massnahmen:liste"))
    form_klasse = FORMEN.get(daten.get("was", ""), FORMEN["stand"])
    if form_klasse.nur_redaktion and rechte.mitwirkend_fuer(request.user, k) is not None:
        raise PermissionDenied
    gewaehlt = _gewaehlte(daten, request.user, k)
    zu_viele = len(gewaehlt) > grenzen.SAMMEL_MASSNAHMEN
    bearbeitbar = Massnahme.objects.bearbeitbar_fuer(request.user, k)
    massnahmen = [] if zu_viele else sammelaenderung.zum_aendern(bearbeitbar, list(gewaehlt))
    nummern = lade_nummern(k)
    fertig_ausgefuellt = "_vorschau" in daten or "_ausfuehren" in daten
    form = form_klasse(daten if fertig_ausgefuellt else None, nummern)
    wechsel = form.wechsel() if massnahmen and form.is_valid() else None
    fehlend = 0 if zu_viele else len(gewaehlt) - len(massnahmen)
    wie_gezeigt = daten.get("gezeigt", "") == form.gesendet()
    if request.method == "POST" and "_ausfuehren" in daten and wechsel and wie_gezeigt and not fehlend:
        try:
            ergebnis = sammelaenderung.fuehre_aus(
                wechsel=wechsel, massnahmen=massnahmen, versionen=gewaehlt, konto=request.user
            )
        except PasstNicht as fehler:
            messages.error(request, str(fehler))
        else:
            _berichte(request, k, form, wechsel, ergebnis)
        ablage.vergiss(request)
        return redirect(_liste(k, daten))
    plan = sammelaenderung.plane(wechsel, massnahmen) if wechsel else []
    kontext = rahmen(request.user, k, "massnahmen") | {
        "form": form,
        "was": daten.get("was") if daten.get("was") in FORMEN else "stand",
        "zeilen": [(nummern.kennung(m), m) for m in massnahmen],
        "plan": [(nummern.kennung(v.massnahme), v) for v in plan],
        "moeglich": sum(v.moeglich for v in plan),
        "fehlend": fehlend,
        "zu_viele": len(gewaehlt) if zu_viele else 0,
        "hoechstens": grenzen.SAMMEL_MASSNAHMEN,
        "versionen": ",".join(f"{m.pk}:{m.version}" for m in massnahmen),
        "nicht_wie_gezeigt": "_ausfuehren" in daten and wechsel and not wie_gezeigt,
        "wieder_da": wartet.grund if wartet else "",
        "liste": daten.get("liste", ""),
        "zurueck": _liste(k, daten),
        "akteure": form.akteure.vorschlaege() if hasattr(form, "akteure") else [],
        "krumen": [{"titel": "Maßnahmen", "url": _liste(k, daten)}],
    }
    status = 422 if form.errors or not massnahmen else 409 if fehlend and "_ausfuehren" in daten else 200
    return render(request, "massnahmen/sammel.html", kontext, status=status)


def _gewaehlte(daten: QueryDict, benutzer, k) -> dict[int, int]:
    """The chosen measures (pk), each with the version that the preview showed, 0 where there was none yet."""
    if gezeigt := daten.get("versionen"):
        paare = (teil.partition(":") for teil in gezeigt.split(","))
        return {_zahl(pk): _zahl(version) for pk, _, version in paare if _zahl(pk)}
    if daten.get("umfang") in ("seite", "alle"):
        tabelle = Tabelle(benutzer, k, QueryDict(daten.get("liste", "")))
        return dict.fromkeys(tabelle.aenderbare(nur_diese_seite=daten["umfang"] == "seite"), 0)
    return {_zahl(pk): 0 for pk in daten.getlist("m") if _zahl(pk)}


def _zahl(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def _liste(k, daten: QueryDict) -> str:
    """The list as it was when somebody left it to change measures."""
    frage = QueryDict(daten.get("liste", "")).urlencode()
    return adresse(k, "massnahmen:liste") + (f"?{frage}" if frage else "")


def _massnahmen(anzahl: int) -> str:
    return "1 Maßnahme" if anzahl == 1 else f"{anzahl} Maßnahmen"


def _aufzaehlung(namen: list[str]) -> str:
    mehr = len(namen) - _GENANNT
    return "; ".join(namen[:_GENANNT]) + (f"; und {mehr} weitere" if mehr > 0 else "")


def _berichte(request: HttpRequest, k, form, wechsel, ergebnis: sammelaenderung.Sammelergebnis) -> None:
    """Say what happened, and note down what it takes to take it back."""
    if ergebnis.veraltet:
        namen = [f"„{m}“ ({m.geaendert_von or 'jemand anders'})" for m in ergebnis.veraltet]
        grund = "Nicht geändert, weil inzwischen jemand gespeichert hat: "
        messages.warning(request, grund + _aufzaehlung(namen))
    if not ergebnis.spuren:
        messages.info(request, "Es gab nichts zu ändern.")
        return
    request.session[MERKZETTEL] = {
        "konzept": k.pk,
        "text": f"{form.titel} von {_massnahmen(len(ergebnis.spuren))} geändert zu „{wechsel.name}“",
        "um": timezone.now().isoformat(),
        "spuren": ergebnis.spuren,
    }


def merkzettel(request: HttpRequest, k) -> dict | None:
    """The last change of several measures of a concept in this session, for an hour: text, time, what to take back."""
    zettel = request.session.get(MERKZETTEL)
    if not zettel or zettel["konzept"] != k.pk:
        return None
    um = datetime.fromisoformat(zettel["um"])
    return zettel | {"um": um} if timezone.now() - um < FRIST else None


@require_http_methods(["GET", "HEAD", "POST"])
@angemeldet
def zurueck(request, kommune, konzept):
    """Takes the last change of several measures back, or (`_ausblenden`) only forgets that it could be."""
    k = _hole(request, kommune, konzept)
    ziel = redirect(_liste(k, request.POST))
    if request.method != "POST":
        return ziel
    zettel = merkzettel(request, k)
    if zettel is None:
        messages.info(request, "Es gibt nichts zurückzunehmen.")
        return ziel
    if "_ausblenden" not in request.POST:
        spuren = [sammelaenderung.Spur(*spur) for spur in zettel["spuren"]]
        meine = Massnahme.objects.bearbeitbar_fuer(request.user, k)
        try:
            ergebnis = sammelaenderung.nimm_zurueck(massnahmen=meine, spuren=spuren, konto=request.user)
        except ValidationError as fehler:
            messages.error(request, f"Nichts ist zurückgenommen. {' '.join(fehler.messages)}")
            return ziel
        if ergebnis.zurueck:
            haben = "hat" if ergebnis.zurueck == 1 else "haben"
            messages.success(request, f"{_massnahmen(ergebnis.zurueck)} {haben} wieder den Stand von vorher.")
        if ergebnis.uebrig:
            messages.warning(request, f"Nicht zurückgenommen: {_aufzaehlung(ergebnis.uebrig)}.")
        if ergebnis.fehlend:
            messages.warning(request, f"Das gibt es nicht mehr und fehlt darum: {', '.join(ergebnis.fehlend)}")
    del request.session[MERKZETTEL]
    return ziel
