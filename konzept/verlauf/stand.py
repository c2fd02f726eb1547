"""The state of an element as plain data, and what two states differ in, in words.

An element is a row with its parts: a measure with its steps, their actors, its costs. A model names its parts in
`TEILE`, the names of reverse relations; parts may have parts. A state is

    {"felder": {name: value}, "viele": {name: [reference]}, "teile": {name: [state, …]}, "pk": 12}

where a reference is {"pk", "name"}, so that it can still be read when its row is gone.
"""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from django.core import serializers
from django.db import models

from konzept.heute import am
from konzept.schreibweise import wie_gesehen

NICHT_INHALT = frozenset(
    {"konzept", "kommune", "reihenfolge", "version", "geaendert_am", "geaendert_von", "slug"}
)
"""Fields that say where and when, not what. The order of parts is that of their list."""


class Unterschied(NamedTuple):
    """A field in which two states differ, both as German text."""

    feld: str
    vorher: str
    nachher: str


def lade(modell: type[models.Model], pk: int) -> models.Model:
    """The row with all that `nimm_auf` reads. A fixed number of queries, whatever the number of parts."""
    return modell._base_manager.prefetch_related(*_pfade(modell)).get(pk=pk)


def lade_alle(modell: type[models.Model], pks: Iterable[int]) -> list[models.Model]:
    """Several rows like `lade`, in this order; what is gone is left out. A fixed number of queries, as many as for
    one."""
    zeilen = modell._base_manager.prefetch_related(*_pfade(modell)).filter(pk__in=set(pks))
    nach_pk = {zeile.pk: zeile for zeile in zeilen}
    return [nach_pk[pk] for pk in pks if pk in nach_pk]


def nimm_auf(objekt: models.Model, *, als_teil_von: models.Field | None = None) -> dict:
    """The state of a row that `lade` has read; no queries."""
    felder = inhaltsfelder(type(objekt), als_teil_von)
    return {
        "pk": objekt.pk,
        "felder": {feld.name: _wert(objekt, feld) for feld in felder},
        "viele": {f.name: [_verweis(z) for z in getattr(objekt, f.name).all()] for f in verbindungen(type(objekt))},
        "teile": {
            name: [nimm_auf(teil, als_teil_von=feld) for teil in getattr(objekt, name).all()]
            for name, feld in teilarten(type(objekt))
        },
    }


def sieht_gleich_aus(vorher, nachher) -> bool:
    """Whether a reader could not tell two states apart: only the spelling of texts differs (see `schreibweise`)."""
    return vorher == nachher or _gesehen(vorher) == _gesehen(nachher)


def _gesehen(wert):
    match wert:
        case str():
            return wie_gesehen(wert).strip()
        case list():
            return [_gesehen(teil) for teil in wert]
        case dict():
            return {name: _gesehen(teil) for name, teil in wert.items()}
    return wert


def unterschiede(modell: type[models.Model], vorher: dict, nachher: dict) -> list[Unterschied]:
    """What a reader sees differ, field by field; parts as numbered lines. No queries."""
    gefunden = []
    for feld in inhaltsfelder(modell):
        alt, neu = (_text(feld, s["felder"].get(feld.name)) for s in (vorher, nachher))
        if wie_gesehen(alt) != wie_gesehen(neu):
            gefunden.append(Unterschied(str(feld.verbose_name), alt, neu))
    for feld in verbindungen(modell):
        alt, neu = (_namen(s["viele"].get(feld.name, [])) for s in (vorher, nachher))
        if wie_gesehen(alt) != wie_gesehen(neu):
            gefunden.append(Unterschied(str(feld.verbose_name), alt, neu))
    for name, feld in teilarten(modell):
        alt, neu = (_zeilen(feld, s["teile"].get(name, [])) for s in (vorher, nachher))
        if wie_gesehen(alt) != wie_gesehen(neu):
            gefunden.append(Unterschied(str(feld.model._meta.verbose_name_plural), alt, neu))
    return gefunden


def als_zeile(zeile: models.Model) -> dict:
    """A single row whole, as Django's serializer writes it, for the Papierkorb; what it is joined to many to many
    stands in rows of its own."""
    (geschrieben,) = serializers.serialize("python", [zeile])
    for feld in zeile._meta.many_to_many:
        geschrieben["fields"].pop(feld.name, None)
    return geschrieben


def unterschiede_im_inhalt(modell: type[models.Model], vorher: dict, nachher: dict) -> list[Unterschied]:
    """`unterschiede` without those of the place: what bringing a state back would change. No queries."""
    ort = {str(modell._meta.get_field(name).verbose_name) for name in getattr(modell, "STEHT_UNTER", ())}
    return [unterschied for unterschied in unterschiede(modell, vorher, nachher) if unterschied.feld not in ort]


@cache
def inhaltsfelder(modell: type[models.Model], als_teil_von: models.Field | None = None) -> list[models.Field]:
    """The fields of a kind of row that are its content, without the one that leads to the whole."""
    return [
        feld
        for feld in modell._meta.concrete_fields
        if feld.editable and not feld.primary_key and feld.name not in NICHT_INHALT and feld != als_teil_von
    ]


@cache
def verbindungen(modell: type[models.Model]) -> list[models.ManyToManyField]:
    """What a kind of row is joined to, many to many."""
    return [feld for feld in modell._meta.many_to_many if feld.remote_field.through._meta.auto_created]


@cache
def teilarten(modell: type[models.Model]) -> list[tuple[str, models.Field]]:
    """The parts of a kind of row: the name of the relation, and the field by which a part knows the whole."""
    return [(name, modell._meta.get_field(name).field) for name in getattr(modell, "TEILE", ())]


def _pfade(modell, davor: str = "", als_teil_von=None) -> list[str]:
    pfade = [f"{davor}{f.name}" for f in inhaltsfelder(modell, als_teil_von) if f.is_relation]
    pfade += [f"{davor}{f.name}" for f in verbindungen(modell)]
    for name, feld in teilarten(modell):
        pfade += [f"{davor}{name}", *_pfade(feld.model, f"{davor}{name}__", feld)]
    return pfade


def _wert(objekt, feld):
    if feld.is_relation:
        ziel = getattr(objekt, feld.name)
        return ziel and _verweis(ziel)
    wert = feld.value_from_object(objekt)
    return wert if wert is None or isinstance(wert, bool | int) else feld.value_to_string(objekt)


def _verweis(zeile) -> dict:
    return {"pk": zeile.pk, "name": str(zeile)[:200]}


def _text(feld, wert) -> str:
    if wert in (None, ""):
        return ""
    if feld.is_relation:
        return wert["name"]
    if isinstance(wert, bool):
        return "ja" if wert else "nein"
    if feld.choices:
        return str(dict(feld.flatchoices).get(wert, wert))
    if isinstance(feld, models.DateField):
        return am(feld.to_python(wert))
    if isinstance(feld, models.DecimalField):
        return str(wert).replace(".", ",")
    return str(wert).strip()


def _namen(verweise) -> str:
    return ", ".join(v["name"] for v in verweise)


def _zeilen(feld_zum_ganzen, teile) -> str:
    return "\n".join(f"({nr}) {_zeile(feld_zum_ganzen, teil)}" for nr, teil in enumerate(teile, start=1))


def _zeile(feld_zum_ganzen, teil) -> str:
    modell = feld_zum_ganzen.model
    inhalt = [
        _text(feld, teil["felder"].get(feld.name))
        for feld in inhaltsfelder(modell, feld_zum_ganzen)
    ]
    for name, feld in teilarten(modell):
        inhalt.append(", ".join(_zeile(feld, t) for t in teil["teile"].get(name, [])))
    return " · ".join(filter(None, inhalt))
