"""Everything that hangs on a row: what goes along when it is deleted, and what is copied when it is carried on."""

from collections import Counter
from collections.abc import Iterable
from graphlib import TopologicalSorter

from django.contrib.admin.utils import NestedObjects
from django.db import models


def sammle(objekt: models.Model) -> NestedObjects:
    """What deleting the row would delete (`data`), empty (`field_updates`) and be forbidden by (`protected`).

    A fixed number of queries: about one for each relation between kinds of rows.
    """
    sammler = NestedObjects(using="default")
    sammler.collect([objekt])
    return sammler


def eltern_zuerst(sammler: NestedObjects) -> list[tuple[type[models.Model], list[models.Model]]]:
    """The collected rows by kind, in the order of their keys; a kind comes after those that it refers to."""
    modelle = set(sammler.data)
    bezuege = {
        modell: {f.related_model for f in modell._meta.concrete_fields if f.is_relation} & modelle - {modell}
        for modell in modelle
    }
    folge = TopologicalSorter(bezuege).static_order()
    return [(modell, sorted(sammler.data[modell], key=lambda zeile: zeile.pk)) for modell in folge]


def nach_art(zeilen: Iterable[models.Model]) -> dict[str, int]:
    """How many rows of which kind, by its name in the right number: {"Maßnahme": 1, "Zuständigkeiten": 84}."""
    anzahlen = Counter(type(zeile) for zeile in zeilen if not zeile._meta.auto_created)
    return {
        str(modell._meta.verbose_name if anzahl == 1 else modell._meta.verbose_name_plural): anzahl
        for modell, anzahl in anzahlen.items()
    }
