"""Use cases of history and Papierkorb: record a change, bring a state back, delete, undelete."""

from collections import Counter

from django.apps import apps
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError

from konzept.models import Kommune

from .graph import eltern_zuerst, sammle
from .models import Aenderung, AenderungArt, Geloeschtes
from .stand import lade, nimm_auf, setze


def anker(objekt: models.Model) -> str:
    """The lasting name of a row: "massnahme-12"."""
    return f"{objekt._meta.model_name}-{objekt.pk}"


def ort(objekt: models.Model) -> tuple[int, int | None]:
    """(pk of the Kommune, pk of the Konzept or None) to which an element belongs."""
    if isinstance(objekt, Kommune):
        return objekt.pk, None
    konzept = objekt if objekt._meta.model_name == "konzept" else getattr(objekt, "konzept", None)
    return (konzept.kommune_id, konzept.pk) if konzept else (objekt.kommune_id, None)


def merke_ausgang(objekt: models.Model) -> None:
    """Before the first recorded change of an element: keep the state in which it was. One query when it is not the
    first, else those of `stand.lade`."""
    kommune, konzept = ort(objekt)
    if not Aenderung.objects.filter(kommune=kommune, konzept=konzept, anker=anker(objekt)).exists():
        schreibe_mit(objekt, None, AenderungArt.AUSGANG)


def schreibe_mit(objekt: models.Model, benutzer, art: str) -> Aenderung:
    """Record the state of a saved element as it now is in the database. Call inside the transaction that changed it.

    A change that changed nothing is not recorded: then it is the last one that comes back.
    """
    kommune, konzept = ort(objekt)
    stand = nimm_auf(lade(type(objekt), objekt.pk))
    if art == AenderungArt.GEAENDERT:
        letzte = Aenderung.objects.von(kommune, konzept, anker(objekt)).first()
        if letzte and letzte.stand == stand:
            return letzte
    return Aenderung.objects.create(
        kommune_id=kommune,
        konzept_id=konzept,
        anker=anker(objekt),
        titel=str(objekt)[:500],
        art=art,
        benutzer=benutzer,
        stand=stand,
    )


@transaction.atomic
def bringe_zurueck(objekt: models.Model, aenderung: Aenderung, benutzer, gelesen: int) -> list[str]:
    """Give an element the state of an earlier change; the present one stays in the history.

    Names of what the state referred to and is gone. Raises VersionVeraltet where somebody saved since version
    `gelesen`, ValidationError where the state is no longer allowed.
    """
    if aenderung.anker != anker(objekt):
        raise ValueError("The change belongs to another element.")
    merke_ausgang(objekt)
    objekt.beanspruche_version(gelesen, benutzer)
    fehlend = setze(objekt, aenderung.stand)
    schreibe_mit(objekt, benutzer, AenderungArt.WIEDERHERGESTELLT)
    return fehlend


def was_haengt_daran(objekt: models.Model) -> tuple[dict[str, int], list[str]]:
    """What goes along when an element is deleted: rows counted by kind, without itself; and what forbids it."""
    sammler = sammle(objekt)
    return _umfang(sammler, objekt), [str(zeile) for zeile in sammler.protected]


def _umfang(sammler, objekt) -> dict[str, int]:
    zaehler: Counter = Counter()
    for modell, zeilen in sammler.data.items():
        if not modell._meta.auto_created:
            anzahl = len(zeilen) - (modell is type(objekt))
            name = modell._meta.verbose_name if anzahl == 1 else modell._meta.verbose_name_plural
            zaehler[str(name)] += anzahl
    return {name: anzahl for name, anzahl in zaehler.items() if anzahl}


@transaction.atomic
def loesche(objekt: models.Model, benutzer) -> Geloeschtes:
    """Put an element with everything that hangs on it into the Papierkorb.

    Raises ProtectedError, and changes nothing, where something that stays needs it.
    """
    merke_ausgang(objekt)
    sammler = sammle(objekt)
    if sammler.protected:
        raise ProtectedError("Something else needs this row.", set(sammler.protected))
    zeilen = [zeile for _, gruppe in eltern_zuerst(sammler) for zeile in gruppe]
    verweise = [
        [gruppe._meta.label_lower, gruppe.pk, feld.name, getattr(gruppe, feld.attname)]
        for (feld, _), gruppen in sammler.field_updates.items()
        for teil in gruppen
        for gruppe in (teil if isinstance(teil, models.QuerySet | list) else [teil])
    ]
    kommune, konzept = ort(objekt)
    schreibe_mit(objekt, benutzer, AenderungArt.GELOESCHT)
    eintrag = Geloeschtes.objects.create(
        kommune_id=kommune,
        konzept_id=konzept,
        anker=anker(objekt),
        titel=str(objekt)[:500],
        geloescht_von=benutzer,
        umfang=_umfang(sammler, objekt),
        zeilen=[_ohne_viele(zeile) for zeile in zeilen],
        verweise=verweise,
    )
    type(objekt)._base_manager.filter(pk=objekt.pk).delete()
    return eintrag


def hole_zurueck(eintrag: Geloeschtes, benutzer) -> models.Model:
    """Bring an element back whole: its rows under their old keys, and the references to them.

    Raises ValidationError with a German sentence where its place is gone or taken meanwhile; then nothing changed.
    """
    try:
        with transaction.atomic():
            if not Geloeschtes.objects.filter(pk=eintrag.pk).delete()[0]:
                raise ValidationError(f"„{eintrag.titel}“ ist schon zurückgeholt.")
            zeilen = [zeile.object for zeile in serializers.deserialize("python", eintrag.zeilen)]
            vorhanden = {(type(zeile), zeile.pk) for zeile in zeilen}
            for zeile in zeilen:
                if _loese_tote_bezuege(zeile, vorhanden):
                    zeile.save_base(raw=True, force_insert=True)
            for label, pk, feld, wert in eintrag.verweise:
                modell = apps.get_model(label)
                modell._base_manager.filter(pk=pk, **{f"{feld}__isnull": True}).update(**{f"{feld}_id": wert})
            objekt = next(zeile for zeile in zeilen if anker(zeile) == eintrag.anker)
            schreibe_mit(objekt, benutzer, AenderungArt.WIEDERHERGESTELLT)
            return objekt
    except IntegrityError as fehler:
        raise ValidationError(
            f"„{eintrag.titel}“ kann nicht zurückkommen: Sein Platz ist inzwischen besetzt oder gelöscht. "
            "Holen Sie zuerst zurück, wozu es gehörte, oder ändern Sie, was jetzt an seiner Stelle steht."
        ) from fehler


def _ohne_viele(zeile: models.Model) -> dict:
    """A row as the serializer writes it; what it is joined to many to many stands in rows of its own."""
    (geschrieben,) = serializers.serialize("python", [zeile])
    for feld in zeile._meta.many_to_many:
        geschrieben["fields"].pop(feld.name, None)
    return geschrieben


def _loese_tote_bezuege(zeile: models.Model, kommt_mit: set) -> bool:
    """Empty what a row refers to and is gone. False where a mere join has lost one of its ends and has to stay away.

    Raises IntegrityError where the row cannot be without it; the database itself would say so only at the very end.
    """
    for feld in zeile._meta.concrete_fields:
        wert = getattr(zeile, feld.attname) if feld.is_relation else None
        if wert is None or (feld.related_model, wert) in kommt_mit:
            continue
        if feld.related_model._base_manager.filter(pk=wert).exists():
            continue
        if zeile._meta.auto_created:
            return False
        if not feld.null:
            raise IntegrityError(f"{feld} is gone")
        setattr(zeile, feld.attname, None)
    return True
