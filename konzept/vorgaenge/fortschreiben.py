"""A concept carried on: every element of the earlier one once more, each knowing the one it comes from.

What became of an element is its mark; see `konzept.models.basis.GESTRICHEN` for what the marks mean.
"""

from django.db import models
from django.utils import timezone

from konzept.models import Konzept
from konzept.models.basis import Fortgeschrieben, Versioniert
from konzept.verlauf.aufzeichnung import merke_ausgang, schreibe_mit
from konzept.verlauf.graph import eltern_zuerst, sammle
from konzept.verlauf.models import AenderungArt

from .vorgang import sperre, vorgang


def markiere(*, element: Fortgeschrieben, marke: str, konto) -> None:
    """Say what became of an element of the earlier concept; "" takes the mark back. Raises VersionVeraltet."""
    with vorgang(konto=konto, bei=element):
        merke_ausgang(element)
        element.beanspruche_version(element.version, konto)
        element.fortschreibung = marke
        element.save(update_fields=["fortschreibung"])
        schreibe_mit(element, konto, AenderungArt.GEAENDERT)


def schreibe_fort(*, alt: Konzept, neu: Konzept, konto) -> None:
    """Copy everything of `alt` into the saved and empty concept `neu`, but for what was struck out of `alt` itself.

    References inside the concept lead to the copies; those to Akteure, Gremien and Zielgruppen of the Kommune stay. A
    fixed number of queries: about two for each kind of row.
    """
    kopien: dict[tuple[type, int], models.Model] = {(Konzept, alt.pk): neu}
    weg: set[tuple[type, int]] = set()
    with vorgang(konto=konto, bei=neu):
        sperre(alt)
        for modell, zeilen in eltern_zuerst(sammle(alt)):
            if modell is not Konzept and modell._meta.app_label in _INHALT:
                bleiben = [zeile for zeile in zeilen if not _faellt_weg(zeile, weg)]
                weg |= {(modell, zeile.pk) for zeile in zeilen} - {(modell, zeile.pk) for zeile in bleiben}
                _kopiere(modell, bleiben, kopien, weg, konto)


_INHALT = frozenset({"konzept", "handlungsfelder", "massnahmen"})
"""The apps whose rows are the concept itself, and not what was said about it."""


def _faellt_weg(zeile: models.Model, weg: set) -> bool:
    """Whether a row was struck out, or hangs on one that was."""
    if getattr(zeile, "gestrichen", False):
        return True
    bezuege = (feld for feld in zeile._meta.concrete_fields if feld.is_relation) if weg else ()
    return any(
        (feld.related_model, getattr(zeile, feld.attname)) in weg
        and (feld.remote_field.on_delete is models.CASCADE or feld.name in getattr(zeile, "STEHT_UNTER", ()))
        for feld in bezuege
    )


def _kopiere(modell, zeilen, kopien, weg, konto) -> None:
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
            elif (feld.related_model, getattr(zeile, feld.attname)) in weg:
                setattr(kopie, feld.attname, None)
        for feld in auf_sich:
            setattr(kopie, feld.attname, None)
        if isinstance(kopie, Fortgeschrieben):
            kopie.vorgaenger_id, kopie.fortschreibung = zeile.pk, ""
        if isinstance(kopie, Versioniert):
            kopie.version, kopie.geaendert_am, kopie.geaendert_von = 1, timezone.now(), konto
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
