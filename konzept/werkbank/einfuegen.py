"""What can be inserted below an element of a concept, or after it."""

from django.db import models
from django.utils.http import urlencode

from handlungsfelder.models import Handlungsfeld, Handlungsziel, Leitziel
from konzept.models import Abschnitt, Leitlinie
from konzept.navigation import adresse
from konzept.verlauf.aufzeichnung import anker
from konzept.vorgaenge.ort import eltern_anker
from massnahmen.models import Massnahme

from .elemente import NACH_MODELL

INHALT = {
    Abschnitt.Inhalt.LEITLINIEN: "leitlinie",
    Abschnitt.Inhalt.PROZESS: "prozessschritt",
    Abschnitt.Inhalt.QUERSCHNITT: "querschnittsaufgabe",
    Abschnitt.Inhalt.GREMIEN: "beteiligung",
    Abschnitt.Inhalt.ANGEBOTE: "angebot",
    Abschnitt.Inhalt.INDIKATOREN: "indikator",
}
"""What elements an Abschnitt with this content lists, besides the Handlungsfelder."""

_DARUNTER = {
    Handlungsfeld: ("leitziel", "handlungsziel", "massnahme"),
    Leitziel: ("handlungsziel", "massnahme"),
    Handlungsziel: ("massnahme",),
}


def am_ende(konzept) -> tuple[str, str]:
    """A new Abschnitt at the end of the outline: text and address, as all below."""
    return "Abschnitt am Ende", _adresse(konzept, "abschnitt")


def neben(konzept, objekt: models.Model) -> list[tuple[str, str]]:
    """The kinds of elements that can be inserted below an element, and one of its own kind after it. No queries."""
    darunter = [(NACH_MODELL[m].name, m, anker(objekt)) for m in _DARUNTER.get(type(objekt), ())]
    if isinstance(objekt, Abschnitt):
        darunter = [*_inhalt(objekt), ("Abschnitt darunter", "abschnitt", anker(objekt))]
    moeglich = [(text, _adresse(konzept, modell, oben)) for text, modell, oben in darunter]
    # Of the kinds that stand in the concept itself, those with a choice of places say in which.
    waehlbar = isinstance(objekt, Abschnitt | Leitlinie | Leitziel | Handlungsziel | Massnahme)
    oben = eltern_anker(objekt) if waehlbar else ""
    danach = _adresse(konzept, objekt._meta.model_name, oben, anker(objekt))
    return [*moeglich, (f"{objekt._meta.verbose_name} danach", danach)]


def _inhalt(abschnitt: Abschnitt) -> list[tuple[str, str, str]]:
    if abschnitt.inhalt == Abschnitt.Inhalt.HANDLUNGSFELDER:
        return [("Handlungsfeld", "handlungsfeld", "")]
    if modell := INHALT.get(abschnitt.inhalt):
        return [(NACH_MODELL[modell].name, modell, anker(abschnitt) if modell == "leitlinie" else "")]
    return []


def _adresse(konzept, modell: str, oben: str = "", nach: str = "") -> str:
    frage = urlencode({name: wert for name, wert in (("in", oben), ("nach", nach)) if wert})
    url = adresse(konzept, "werkbank:neu", art=NACH_MODELL[modell].art)
    return f"{url}?{frage}" if frage else url
