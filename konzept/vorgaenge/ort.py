"""Where an element stands: below what, and in which place among its siblings.

A place is a parent (the Konzept itself, an Abschnitt, a Handlungsfeld, a goal) and the sibling after which an element
stands (None: first). By which fields a kind of element knows its place it says itself (`STEHT_UNTER`).
"""

from collections.abc import Iterator
from functools import cache

from django.apps import apps
from django.db import models

from konzept.models import Kommune, Konzept
from konzept.models.verbund import Verbund, verbunde
from konzept.verlauf.aufzeichnung import ort


class PasstNicht(Exception):
    """An element cannot stand there; the text is a German sentence for the person."""


def eltern_feld(zeile: models.Model) -> models.ForeignKey:
    """By which field an element knows below what it stands now; no queries."""
    name = next(name for name in zeile.STEHT_UNTER if getattr(zeile, f"{name}_id"))
    return zeile._meta.get_field(name)


def eltern(zeile: models.Model) -> models.Model:
    """Below what an element stands now."""
    return getattr(zeile, eltern_feld(zeile).name)


def eltern_anker(zeile: models.Model) -> str:
    """The Anker of `eltern(zeile)`; no queries."""
    feld = eltern_feld(zeile)
    return f"{feld.related_model._meta.model_name}-{getattr(zeile, feld.attname)}"


def stelle_unter(zeile: models.Model, oben: models.Model) -> None:
    """Give an element another parent, without saving: a measure below a goal stands in the field of the goal.

    Raises PasstNicht.
    """
    felder = [zeile._meta.get_field(name) for name in zeile.STEHT_UNTER]
    feld = next((feld for feld in felder if isinstance(oben, feld.related_model)), None)
    if feld is None:
        name, dort = zeile._meta.verbose_name, oben._meta.verbose_name
        raise PasstNicht(f"Hier kann „{zeile}“ nicht stehen: {name} gehört nicht unter {dort}.")
    if _steht_schon_wo(zeile) and ort(zeile) != ort(oben):
        raise PasstNicht(f"„{oben}“ gehört zu einem anderen Konzept.")
    if grund := zeile.hindernis_unter(oben):
        raise PasstNicht(grund)
    for anderes in felder[:-1]:
        setattr(zeile, anderes.name, None)
    setattr(zeile, feld.name, oben)
    for regel in verbunde(type(zeile)):
        if regel.verweis == feld.name:
            setattr(zeile, regel.gemeinsam, getattr(oben, regel.gemeinsam))


def _steht_schon_wo(zeile) -> bool:
    return bool(getattr(zeile, f"{zeile.STEHT_UNTER[-1]}_id"))


def entwurf(modell: type[models.Model], oben: models.Model) -> models.Model:
    """A new element of a kind below `oben`, not saved. Raises PasstNicht."""
    if isinstance(oben, Kommune):
        return modell(kommune=oben)
    zeile = modell()
    letztes = modell._meta.get_field(modell.STEHT_UNTER[-1]).related_model
    if letztes is Konzept:
        zeile.konzept = oben if isinstance(oben, Konzept) else oben.konzept
    elif isinstance(oben, Konzept):
        raise PasstNicht(f"{modell._meta.verbose_name} gehört in ein {letztes._meta.verbose_name}.")
    stelle_unter(zeile, oben)
    return zeile


def lies_neu(zeile: models.Model) -> models.Model:
    """The row as it is now. Raises PasstNicht where it is gone."""
    neu = type(zeile)._base_manager.filter(pk=zeile.pk).first()
    if neu is None:
        raise PasstNicht(f"„{zeile}“ gibt es nicht mehr. Vielleicht hat es jemand gerade gelöscht.")
    return neu


def reihe_ein(zeile: models.Model, nach: models.Model | None) -> None:
    """Put a saved element after a sibling (None: first) and number the siblings anew. Where the sibling stands
    elsewhere by now, it goes behind all. At most two queries."""
    folge = [andere for andere in zeile.geschwister() if andere.pk != zeile.pk]
    platz = 0 if nach is None else next((i for i, a in enumerate(folge, start=1) if a.pk == nach.pk), len(folge))
    folge.insert(platz, zeile)
    geaendert = []
    for stelle, andere in enumerate(folge, start=1):
        if andere.reihenfolge != stelle:
            andere.reihenfolge = stelle
            geaendert.append(andere)
    type(zeile)._base_manager.bulk_update(geaendert, ["reihenfolge"])


def was_folgt(zeilen: list[models.Model], gemeinsam: str) -> dict[type[models.Model], list[models.Model]]:
    """The rows that get another `gemeinsam` together with these (see `Verbund`), by kind: what hangs on a goal goes to
    the field of the goal. A fixed number of queries: one for each way from one kind to another."""
    gefunden: dict[type[models.Model], dict[int, models.Model]] = {}
    offen = [(type(zeilen[0]), [zeile.pk for zeile in zeilen])] if zeilen else []
    while offen:
        modell, pks = offen.pop()
        for haengt, regel in _haengt_an(modell, gemeinsam):
            neue = haengt._base_manager.filter(**{f"{regel.verweis}__in": pks}).order_by("pk")
            bekannt = gefunden.setdefault(haengt, {})
            dazu = {zeile.pk: zeile for zeile in neue if zeile.pk not in bekannt}
            bekannt |= dazu
            if dazu:
                offen.append((haengt, list(dazu)))
    return {modell: list(nach_pk.values()) for modell, nach_pk in gefunden.items() if nach_pk}


@cache
def _haengt_an(modell: type[models.Model], gemeinsam: str) -> list[tuple[type[models.Model], Verbund]]:
    return [
        (anderes, regel)
        for anderes, regel in _alle_verbunde()
        if regel.gemeinsam == gemeinsam and anderes._meta.get_field(regel.verweis).related_model is modell
    ]


def _alle_verbunde() -> Iterator[tuple[type[models.Model], Verbund]]:
    return ((modell, regel) for modell in apps.get_models() for regel in verbunde(modell))
