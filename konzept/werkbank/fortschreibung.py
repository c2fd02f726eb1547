"""A concept carried on: every element of the earlier one once more, each knowing the one it comes from."""

from django.db import models, transaction
from django.utils import timezone

from konzept.models import Konzept
from konzept.models.basis import Fortgeschrieben, Versioniert
from konzept.verlauf.graph import eltern_zuerst, sammle


@transaction.atomic
def schreibe_fort(alt: Konzept, neu: Konzept, benutzer) -> None:
    """Copy everything of `alt` into the saved and empty concept `neu`.

    References inside the concept lead to the copies; those to Akteure, Gremien and Zielgruppen of the Kommune stay.
    Two queries for each kind of row, whatever their number.
    """
    kopien: dict[tuple[type, int], models.Model] = {(Konzept, alt.pk): neu}
    for modell, zeilen in eltern_zuerst(sammle(alt)):
        if modell is not Konzept and modell._meta.app_label != "verlauf":
            _kopiere(modell, zeilen, kopien, benutzer)


def _kopiere(modell, zeilen, kopien, benutzer) -> None:
    verweise = [feld for feld in modell._meta.concrete_fields if feld.is_relation]
    auf_sich = [feld for feld in verweise if feld.related_model is modell and feld.name != "vorgaenger"]
    neue = []
    for zeile in zeilen:
        kopie = modell(**{f.attname: getattr(zeile, f.attname) for f in modell._meta.concrete_fields})
        kopie.pk, kopie._state.adding = None, True
        for feld in verweise:
            ziel = kopien.get((feld.related_model, getattr(zeile, feld.attname)))
            if ziel is not None:
                setattr(kopie, feld.attname, ziel.pk)
        for feld in auf_sich:
            setattr(kopie, feld.attname, None)
        if isinstance(kopie, Fortgeschrieben):
            kopie.vorgaenger_id, kopie.fortschreibung = zeile.pk, ""
        if isinstance(kopie, Versioniert):
            kopie.version, kopie.geaendert_am, kopie.geaendert_von = 1, timezone.now(), benutzer
        neue.append(kopie)
    for zeile, kopie in zip(zeilen, modell._base_manager.bulk_create(neue), strict=True):
        kopien[modell, zeile.pk] = kopie
    for feld in auf_sich:
        geaendert = []
        for zeile in zeilen:
            if (oben := getattr(zeile, feld.attname)) and (modell, oben) in kopien:
                setattr(kopien[modell, zeile.pk], feld.attname, kopien[modell, oben].pk)
                geaendert.append(kopien[modell, zeile.pk])
        modell._base_manager.bulk_update(geaendert, [feld.name])
