"""Use cases of history and Papierkorb: record a change, bring a state back, delete, undelete."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from django.apps import apps
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Max, ProtectedError, Q, QuerySet
from django.dispatch import Signal

from konzept.models import Kommune
from konzept.models.basis import VersionVeraltet, anker

from .graph import eltern_zuerst, sammle
from .models import Aenderung, AenderungArt, Geloeschtes
from .stand import lade_alle, nimm_auf
from .wiederherstellung import Bezuege, Wiederherstellung

aufgezeichnet = Signal()
"""Sent with `aenderung` whenever one element was recorded, for apps above; inside the transaction."""


def ort(objekt: models.Model) -> tuple[int, int | None]:
    """(pk of the Kommune, pk of the Konzept or None) to which an element belongs."""
    if isinstance(objekt, Kommune):
        return objekt.pk, None
    konzept = objekt if objekt._meta.model_name == "konzept" else getattr(objekt, "konzept", None)
    return (konzept.kommune_id, konzept.pk) if konzept else (objekt.kommune_id, None)


def merke_ausgang(objekt: models.Model) -> None:
    """Before the first recorded change of an element: keep the state in which it was. One query when it is not the
    first, else those of `schreibe_mit`."""
    if objekt.hat_verlauf and not _eintraege([objekt]).exists():
        schreibe_mit(objekt, None, AenderungArt.AUSGANG)


def schreibe_mit(objekt: models.Model, benutzer, art: str, grund: str = "") -> Aenderung | None:
    """Record the state of a saved element as it now is in the database, and why it was changed where somebody said so.
    Call inside the transaction that changed it.

    A change that changed nothing is not recorded: then it is the last one that comes back. None without a history
    (`hat_verlauf`).
    """
    if not objekt.hat_verlauf:
        return None
    (eintrag,) = schreibe_alle_mit([objekt], benutzer, art, grund=grund)
    aufgezeichnet.send(Aenderung, aenderung=eintrag)
    return eintrag


def schreibe_alle_mit(
    objekte: list[models.Model],
    benutzer,
    art: str | None,
    letzte: list[Aenderung] | None = None,
    grund: str = "",
) -> list[Aenderung]:
    """`schreibe_mit` for several elements of one kind, in their order.

    Without `art` it only catches up: the first entry of an element is its AUSGANG, and what changed since the last one
    was changed by nobody. `letzte` are the last entries, where the caller knows them. Queries, whatever the number of
    elements: those of `stand.lade_alle`, one for the last entries, one to write (SQLite: one for every 120).
    """
    if not objekte:
        return []
    davor_von = {} if art and art != AenderungArt.GEAENDERT else _letzte(objekte, letzte)
    eintraege = []
    frische = lade_alle(type(objekte[0]), [objekt.pk for objekt in objekte])
    for objekt, frisch in zip(objekte, frische, strict=True):
        name, stand = anker(objekt), nimm_auf(frisch)
        davor = davor_von.get(name)
        if davor and davor.stand == stand:
            eintraege.append(davor)
            continue
        kommune, konzept = ort(objekt)
        eintraege.append(
            Aenderung(
                kommune_id=kommune,
                konzept_id=konzept,
                anker=name,
                titel=str(frisch)[:500],
                art=art or (AenderungArt.GEAENDERT if davor else AenderungArt.AUSGANG),
                benutzer=benutzer,
                stand=stand,
                grund=grund,
            )
        )
    Aenderung.objects.bulk_create([eintrag for eintrag in eintraege if eintrag._state.adding])
    return eintraege


def _eintraege(objekte: list[models.Model]) -> QuerySet:
    """The history of these elements."""
    orte: dict[tuple, list[str]] = {}
    for objekt in objekte:
        orte.setdefault(ort(objekt), []).append(anker(objekt))
    hier = (Q(kommune=kommune, konzept=k, anker__in=namen) for (kommune, k), namen in orte.items())
    return Aenderung.objects.filter(Q(*hier, _connector=Q.OR)).order_by()


def _letzte(objekte: list[models.Model], bekannt: list[Aenderung] | None) -> dict[str, Aenderung]:
    """The last entry of each element by its Anker. One query where they are not known."""
    if bekannt is not None:
        return {eintrag.anker: eintrag for eintrag in bekannt}
    pks = _eintraege(objekte).values("anker").annotate(letzte=Max("pk")).values("letzte")
    return {eintrag.anker: eintrag for eintrag in Aenderung.objects.filter(pk__in=pks).order_by()}


def bringe_zurueck(objekt: models.Model, aenderung: Aenderung, benutzer, gelesen: int) -> list[str]:
    """Give an element the state of an earlier change; the present one stays in the history.

    Names of what the state referred to and is gone. Raises VersionVeraltet where somebody saved since version
    `gelesen`, ValidationError where the state is no longer allowed; then nothing changed.
    """
    (rueckkehr,) = bringe_alle_zurueck([(objekt, aenderung, gelesen)], benutzer)
    if rueckkehr.fehler:
        raise rueckkehr.fehler
    objekt.refresh_from_db()
    return rueckkehr.fehlend


class Rueckkehr(NamedTuple):
    """What became of an element that was to have an earlier state: what the state referred to and is gone, or why it
    could not be (VersionVeraltet, ValidationError)."""

    fehlend: list[str]
    fehler: Exception | None = None


@transaction.atomic
def bringe_alle_zurueck(wohin: list[tuple[models.Model, Aenderung, int]], benutzer) -> list[Rueckkehr]:
    """`bringe_zurueck` for several elements of one kind, each with its change and version; each fails for itself.

    About thirty queries, whatever their number, and for each element those that check and write what differs.
    """
    for objekt, aenderung, _ in wohin:
        if aenderung.anker != anker(objekt):
            raise ValueError("The change belongs to another element.")
    if not wohin:
        return []
    modell = type(wohin[0][0])
    frische = {zeile.pk: zeile for zeile in lade_alle(modell, [objekt.pk for objekt, _, _ in wohin])}
    bezuege, moeglich = Bezuege(), []
    rueckkehren = {objekt.pk: Rueckkehr([], VersionVeraltet()) for objekt, _, _ in wohin}
    for objekt, aenderung, gelesen in wohin:
        frisch = frische.get(objekt.pk)
        if frisch is None or frisch.version != gelesen:
            continue
        try:
            moeglich.append(Wiederherstellung(frisch, aenderung.stand, bezuege))
        except ValidationError as fehler:
            rueckkehren[objekt.pk] = Rueckkehr([], fehler)
    beansprucht = {zeile.pk for zeile in modell.beanspruche_alle([w.objekt for w in moeglich], benutzer)}
    for wiederherstellung in moeglich:
        if wiederherstellung.objekt.pk in beansprucht:
            wiederherstellung.schreibe()
            rueckkehren[wiederherstellung.objekt.pk] = Rueckkehr(wiederherstellung.fehlend)
    zurueck = [objekt for objekt, _, _ in wohin if objekt.pk in beansprucht]
    schreibe_alle_mit(zurueck, benutzer, AenderungArt.WIEDERHERGESTELLT)
    return [rueckkehren[objekt.pk] for objekt, _, _ in wohin]


def was_haengt_daran(objekt: models.Model) -> tuple[dict[str, int], dict[str, int]]:
    """What goes along when an element is deleted, without itself, and what forbids it: both counted by kind."""
    sammler = sammle(objekt)
    return _umfang(sammler, objekt), _nach_art(sammler.protected)


def _umfang(sammler, objekt) -> dict[str, int]:
    return _nach_art(zeile for zeilen in sammler.data.values() for zeile in zeilen if zeile != objekt)


def _nach_art(zeilen: Iterable[models.Model]) -> dict[str, int]:
    """How many rows of which kind, by its name in the right number: {"Maßnahme": 1, "Zuständigkeiten": 84}."""
    anzahlen = Counter(type(zeile) for zeile in zeilen if not zeile._meta.auto_created)
    return {
        str(modell._meta.verbose_name if anzahl == 1 else modell._meta.verbose_name_plural): anzahl
        for modell, anzahl in anzahlen.items()
    }


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
