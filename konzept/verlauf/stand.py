"""The state of an element as plain data, and what two states differ in, in words.

An element is a row with its parts: a measure with its steps, their actors, its costs. A model names its parts in
`TEILE`, the names of reverse relations; parts may have parts. A state is

    {"felder": {name: value}, "viele": {name: [reference]}, "teile": {name: [state, …]}, "pk": 12}

where a reference is {"pk", "name"}, so that it can still be read when its row is gone.
"""

from typing import NamedTuple

from django.db import models

from konzept.models.basis import Geordnet

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
    """The row with all that `nimm_auf` reads: a fixed number of queries, whatever the number of parts."""
    return modell._base_manager.prefetch_related(*_pfade(modell)).get(pk=pk)


def nimm_auf(objekt: models.Model, *, als_teil_von: models.Field | None = None) -> dict:
    """The state of a row that `lade` has read; no queries."""
    felder = _felder(type(objekt), als_teil_von)
    return {
        "pk": objekt.pk,
        "felder": {feld.name: _wert(objekt, feld) for feld in felder},
        "viele": {f.name: [_verweis(z) for z in getattr(objekt, f.name).all()] for f in _viele(type(objekt))},
        "teile": {
            name: [nimm_auf(teil, als_teil_von=feld) for teil in getattr(objekt, name).all()]
            for name, feld in _teile(type(objekt))
        },
    }


def unterschiede(modell: type[models.Model], vorher: dict, nachher: dict) -> list[Unterschied]:
    """What differs, field by field; parts as numbered lines. No queries."""
    gefunden = []
    for feld in _felder(modell, None):
        alt, neu = (_text(feld, s["felder"].get(feld.name)) for s in (vorher, nachher))
        if alt != neu:
            gefunden.append(Unterschied(str(feld.verbose_name), alt, neu))
    for feld in _viele(modell):
        alt, neu = (_namen(s["viele"].get(feld.name, [])) for s in (vorher, nachher))
        if alt != neu:
            gefunden.append(Unterschied(str(feld.verbose_name), alt, neu))
    for name, feld in _teile(modell):
        alt, neu = (_zeilen(feld, s["teile"].get(name, [])) for s in (vorher, nachher))
        if alt != neu:
            gefunden.append(Unterschied(str(feld.model._meta.verbose_name_plural), alt, neu))
    return gefunden


def setze(objekt: models.Model, stand: dict) -> list[str]:
    """Write a state back into a saved row and its parts, through `full_clean()`; call inside a transaction.

    Parts keep their primary keys. What the state refers to and no longer exists is left out; the names of it are
    returned, to be told to the person. Raises ValidationError where the state is no longer allowed.
    """
    fehlend: list[str] = []
    _setze_felder(objekt, stand, None, fehlend)
    objekt.full_clean(exclude={f.name for f in objekt._meta.fields} - {f.name for f in _felder(type(objekt), None)})
    objekt.save()
    _setze_anhang(objekt, stand, fehlend)
    return fehlend


def _setze_anhang(objekt, stand, fehlend):
    for feld in _viele(type(objekt)):
        getattr(objekt, feld.name).set(_vorhandene(feld.related_model, stand["viele"].get(feld.name, []), fehlend))
    for name, feld in _teile(type(objekt)):
        soll = stand["teile"].get(name, [])
        feld.model._base_manager.filter(**{feld.name: objekt}).exclude(pk__in=[t["pk"] for t in soll]).delete()
        for platz, teil in enumerate(soll, start=1):
            zeile = feld.model._base_manager.filter(pk=teil["pk"], **{feld.name: objekt}).first()
            zeile = zeile or feld.model(pk=teil["pk"], **{feld.name: objekt})
            if _setze_felder(zeile, teil, feld, fehlend):
                if isinstance(zeile, Geordnet):
                    zeile.reihenfolge = platz
                zeile.save()
                _setze_anhang(zeile, teil, fehlend)


def _setze_felder(objekt, stand, als_teil_von, fehlend) -> bool:
    """Whether the row is whole: without a reference that it needs, it cannot be there."""
    for feld in _felder(type(objekt), als_teil_von):
        if feld.name not in stand["felder"]:
            continue
        wert = stand["felder"][feld.name]
        if feld.is_relation and wert:
            vorhanden = _vorhandene(feld.related_model, [wert], fehlend)
            if not vorhanden and not feld.null:
                return False
            setattr(objekt, feld.attname, vorhanden[0] if vorhanden else None)
        else:
            setattr(objekt, feld.attname, None if wert is None else feld.to_python(wert))
    return True


def _vorhandene(modell, verweise, fehlend) -> list[int]:
    pks = set(modell._base_manager.filter(pk__in=[v["pk"] for v in verweise]).values_list("pk", flat=True))
    fehlend += [v["name"] for v in verweise if v["pk"] not in pks]
    return [v["pk"] for v in verweise if v["pk"] in pks]


def _felder(modell, als_teil_von) -> list[models.Field]:
    return [
        feld
        for feld in modell._meta.concrete_fields
        if feld.editable and not feld.primary_key and feld.name not in NICHT_INHALT and feld != als_teil_von
    ]


def _viele(modell) -> list[models.ManyToManyField]:
    return [feld for feld in modell._meta.many_to_many if feld.remote_field.through._meta.auto_created]


def _teile(modell) -> list[tuple[str, models.Field]]:
    return [(name, modell._meta.get_field(name).field) for name in getattr(modell, "TEILE", ())]


def _pfade(modell, davor: str = "", als_teil_von=None) -> list[str]:
    pfade = [f"{davor}{f.name}" for f in _felder(modell, als_teil_von) if f.is_relation]
    pfade += [f"{davor}{f.name}" for f in _viele(modell)]
    for name, feld in _teile(modell):
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
        return f"{feld.to_python(wert):%d.%m.%Y}"
    if isinstance(feld, models.DecimalField):
        return str(wert).replace(".", ",")
    return str(wert)


def _namen(verweise) -> str:
    return ", ".join(v["name"] for v in verweise)


def _zeilen(feld_zum_ganzen, teile) -> str:
    return "\n".join(f"({nr}) {_zeile(feld_zum_ganzen, teil)}" for nr, teil in enumerate(teile, start=1))


def _zeile(feld_zum_ganzen, teil) -> str:
    modell = feld_zum_ganzen.model
    inhalt = [
        _text(feld, teil["felder"].get(feld.name))
        for feld in _felder(modell, feld_zum_ganzen)
    ]
    for name, feld in _teile(modell):
        inhalt.append(", ".join(_zeile(feld, t) for t in teil["teile"].get(name, [])))
    return " · ".join(filter(None, inhalt))
