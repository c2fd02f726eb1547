"""Which rows belong to which Kommune, found in the models."""

from collections import deque

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import F

from konzept.models import Kommune

APPS = (
    *("hintergrund", "konzept", "entwuerfe", "konten", "handlungsfelder", "massnahmen", "verlauf"),
    *("druckauftraege", "fassungen", "beratung", "vorlagen"),
)


def modelle():
    for app in APPS:
        yield from apps.get_app_config(app).get_models()


def verweise(modell) -> list[models.ForeignKey]:
    return [feld for feld in modell._meta.fields if isinstance(feld, models.ForeignKey)]


def weg_zur_kommune(modell) -> str | None:
    """The shortest way by references that are always set: "handlungsfeld__konzept__kommune". None: it has no owner."""
    warten = deque([(modell, ())])
    while warten:
        ort, weg = warten.popleft()
        if ort is Kommune:
            return "__".join(weg) or "pk"
        for feld in verweise(ort):
            if not feld.null and feld.name not in weg:
                warten.append((feld.related_model, (*weg, feld.name)))
    return None


WEGE = {modell: weg for modell in modelle() if (weg := weg_zur_kommune(modell))}
VERWEISE = [
    (modell, feld)
    for modell in WEGE
    for feld in verweise(modell)
    if feld.related_model in WEGE and feld.related_model is not Kommune
]
"""Every reference from a row that belongs to a Kommune to another such row."""


def zeilen(modell, kommune) -> models.QuerySet:
    return modell._base_manager.filter(**{WEGE[modell]: kommune.pk})


def stand() -> dict[str, list[dict]]:
    """Every row of every table but the sessions."""
    return {
        modell._meta.label: list(modell._base_manager.order_by("pk").values())
        for modell in apps.get_models(include_auto_created=True)
        if modell is not Session and modell._meta.app_label != "usersessions"
    }


def stand_von(kommune) -> dict[str, list[dict]]:
    """Every row of one Kommune."""
    return {modell._meta.label: list(zeilen(modell, kommune).order_by("pk").values()) for modell in WEGE}


def gemischte() -> list[str]:
    """The references that join rows of two Kommunen; there should be none."""
    return [
        f"{modell.__name__}.{feld.name}"
        for modell, feld in VERWEISE
        if modell._base_manager.filter(**{f"{feld.name}__isnull": False})
        .exclude(**{WEGE[modell]: F(f"{feld.name}__{WEGE[feld.related_model]}")})
        .exists()
    ]
