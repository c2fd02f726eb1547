"""From the checked filters to the rows: the filter as a QuerySet."""

from collections.abc import Callable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from ..models import Akteur, Kostenposition, Massnahme, Zustaendigkeit
from . import suche
from .forms import OHNE


def gefiltert(massnahmen: QuerySet, wahl: dict, eigene: QuerySet) -> QuerySet:
    """The measures of a concept that match `wahl` (see `forms.ListenForm.gilt`), but for the free text.

    `eigene` are the measures that count as the account's own.
    """
    for name, bedingung in BEDINGUNGEN.items():
        if wert := wahl.get(name):
            massnahmen = massnahmen.filter(bedingung(wert))
    if wahl.get("meine"):
        massnahmen = massnahmen.filter(pk__in=eigene.order_by().values("pk"))
    return massnahmen.order_by()


def treffer(massnahmen: QuerySet, wahl: dict, eigene: QuerySet, nummern: Callable[[], dict]) -> set[int] | None:
    """The pks of the matching measures, None for all. `nummern` gives `suche.treffer` its numbers, where there is free
    text."""
    aktiv = any(wahl.get(name) for name in (*BEDINGUNGEN, "meine"))
    massnahmen = gefiltert(massnahmen, wahl, eigene)
    if wahl.get("q"):
        return suche.treffer(massnahmen, wahl["q"], nummern())
    return set(massnahmen.values_list("pk", flat=True)) if aktiv else None


def _ziel(wert: str) -> Q:
    art, _, pk = wert.partition("-")
    return Q(**{art: pk}) if art == "handlungsziel" else Q(leitziel=pk) | Q(handlungsziel__leitziel=pk)


def _zustaendig(bedingung: Q) -> Q:
    """Somebody of whom this is true is responsible for the measure or for one of its steps."""
    zeilen = Zustaendigkeit.objects.filter(bedingung)
    direkt = zeilen.filter(massnahme=OuterRef("pk"))
    am_schritt = zeilen.filter(schritt__massnahme=OuterRef("pk"))
    return Q(Exists(direkt)) | Q(Exists(am_schritt))


def _im_zeitraum(**grenze) -> Q:
    """The period reaches over a bound; open ends reach everywhere, no wording at all reaches nowhere."""
    ((name, _),) = grenze.items()
    return ~Q(zeitraum="") & (Q(**grenze) | Q(**{f"{name.split('__')[0]}__isnull": True}))


def _gewaehlt(feld: str):
    return lambda werte: Q(**{f"{feld}__in": ["" if wert == OHNE else wert for wert in werte]})


def _verbunden(liste: str):
    bezug = getattr(Massnahme, liste)
    spalte = f"{bezug.rel.model._meta.model_name}_id"
    return lambda pk: Exists(bezug.through.objects.filter(**{"massnahme_id": OuterRef("pk"), spalte: pk}))


def _fehlt(was: str) -> Q:
    if was == "irgendetwas":
        return Q(*(bedingung() for bedingung in FEHLT.values()), _connector=Q.OR)
    return FEHLT[was]()


FEHLT = {
    "zustaendig": lambda: ~_zustaendig(~Q(akteur__art=Akteur.Art.UNBESTIMMT)),
    "zeitraum": lambda: Q(zeitraum=""),
    "kosten": lambda: (
        Q(kosten_offen=False, kosten_wortlaut="") & ~Exists(Kostenposition.objects.filter(massnahme=OuterRef("pk")))
    ),
    "stand": lambda: Q(umsetzungsstand=""),
    "ziel": lambda: Q(leitziel=None, handlungsziel=None),
}
"""What a council would ask for and is not there; the same as the form of a measure names (`massnahmen.hinweise`)."""

BEDINGUNGEN = {
    "feld": lambda pk: Q(handlungsfeld=pk),
    "ziel": _ziel,
    "akteur": lambda pk: _zustaendig(Q(akteur=pk)),
    "fehlt": _fehlt,
    "stand": _gewaehlt("umsetzungsstand"),
    "prioritaet": _gewaehlt("prioritaet"),
    "von": lambda jahr: _im_zeitraum(ende_am__gte=date(jahr, 1, 1)),
    "bis": lambda jahr: _im_zeitraum(beginn_am__lte=date(jahr, 12, 31)),
    "zielgruppe": _verbunden("zielgruppen"),
    "leitlinie": _verbunden("leitlinien"),
    "fortschreibung": lambda wert: (
        Q(fortschreibung="", vorgaenger__isnull=False) if wert == OHNE else Q(fortschreibung=wert)
    ),
}
