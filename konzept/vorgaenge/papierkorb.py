"""What else lies in the Papierkorb of a Kommune, for something that comes back and was joined to it."""

from collections.abc import Iterator
from functools import cached_property

from django.db import models

from konzept.verlauf.models import Geloeschtes


class Papierkorb:
    """Reads all entries of the Kommune, once and only where something is missing."""

    def __init__(self, kommune: int):
        self._kommune = kommune

    @cached_property
    def _wo(self) -> dict[tuple[str, int], int]:
        """In which entry a row lies, by its model and key; the newest counts."""
        eintraege = Geloeschtes.objects.filter(kommune=self._kommune).order_by("pk").values_list("pk", "zeilen")
        return {(zeile["model"], zeile["pk"]): pk for pk, zeilen in eintraege.iterator(50) for zeile in zeilen}

    def finde(self, modell: type[models.Model], pk: int) -> Geloeschtes | None:
        """The entry in which a row lies."""
        eintrag = self._wo.get((modell._meta.label_lower, pk))
        return eintrag and Geloeschtes.objects.get(pk=eintrag)

    def lege_dazu(self, eintrag: Geloeschtes, zeile: dict) -> None:
        """A row (see `stand.als_zeile`) that needs what lies in this entry: it comes back with it."""
        eintrag.zeilen.append(zeile)
        eintrag.save(update_fields=["zeilen"])

    def merke_verweis(self, eintrag: Geloeschtes, verweis: list) -> None:
        """A reference [model, pk, field, value] to something in this entry: it is set again when that comes back."""
        eintrag.verweise.append(verweis)
        eintrag.save(update_fields=["verweise"])


def bezuege(zeile: models.Model) -> Iterator[tuple[models.ForeignKey, int]]:
    """The references of a row that are set, each with the key that it holds; no queries."""
    for feld in zeile._meta.concrete_fields:
        if feld.is_relation and (wert := getattr(zeile, feld.attname)) is not None:
            yield feld, wert
