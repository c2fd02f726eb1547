"""For migrations: rows that break a rule are put right, and their history says so.

What is written here about parts and names is meant for the models as they stand in migrations, which know neither; it
holds for the migrations that use it, and does not follow later changes of the models.
"""

from collections.abc import Iterable

from django.db import models

from .stand import lade_alle, nimm_auf

_TEILE = {
    "handlungsfelder.querschnittsaufgabe": ("bezuege",),
    "konzept.leitlinie": ("leitfragen",),
    "massnahmen.angebot": ("anbieter", "foerderungen"),
    "massnahmen.indikator": ("messwerte",),
    "massnahmen.massnahme": ("zustaendigkeiten", "schritte", "kostenpositionen", "sachstaende"),
    "massnahmen.umsetzungsschritt": ("zustaendigkeiten",),
}
_NAMEN = ("titel", "kurz", "name", "text", "geber", "jahr")


def berichtige(
    apps, label: str, neu: dict[int, dict[str, object]], grund: str, weg: Iterable[models.Model] = ()
) -> None:
    """Give rows of a kind (`label`: "massnahmen.massnahme") other values, `neu` = {pk: {attribute: value}}, or delete
    the parts `weg` of those that `neu` names with nothing; each gets an entry in its history with the reason, and one
    for the state before where it had none. `apps` are those of the migration."""
    if not neu:
        return
    _belebe(apps)
    modell, pks = apps.get_model(label), sorted(neu)
    zeilen = lade_alle(modell, pks)
    bekannt = set(_eintraege(apps, modell, pks).values_list("anker", flat=True))
    _halte_fest(apps, [zeile for zeile in zeilen if _anker(zeile) not in bekannt], "ausgang", "")
    for zeile in weg:
        zeile.delete()
    for pk in pks:
        modell._base_manager.filter(pk=pk).update(**neu[pk], version=models.F("version") + 1)
    _halte_fest(apps, lade_alle(modell, pks), "geaendert", grund)


def _belebe(apps) -> None:
    """Let the models of a migration name their rows and parts."""
    for modell in apps.get_models(include_auto_created=True):
        modell.TEILE = _TEILE.get(modell._meta.label_lower, ())
        modell.__str__ = _name


def _name(zeile) -> str:
    """Near enough to what the product calls a row: references in a state are shown by it, and found by their key."""
    if bezug := next((feld for feld in ("akteur", "gremium") if hasattr(zeile, f"{feld}_id")), None):
        return str(getattr(zeile, bezug) or getattr(zeile, "text", ""))
    return str(next((getattr(zeile, feld) for feld in _NAMEN if hasattr(zeile, feld)), zeile.pk))


def _anker(zeile) -> str:
    return f"{zeile._meta.model_name}-{zeile.pk}"


def _eintraege(apps, modell, pks) -> models.QuerySet:
    anker = [f"{modell._meta.model_name}-{pk}" for pk in pks]
    return apps.get_model("verlauf.aenderung")._base_manager.filter(anker__in=anker)


def _halte_fest(apps, zeilen, art: str, grund: str) -> None:
    aenderung = apps.get_model("verlauf.aenderung")
    eintraege = []
    for zeile in zeilen:
        oben = zeile.handlungsfeld if hasattr(zeile, "handlungsfeld_id") and not hasattr(zeile, "konzept_id") else zeile
        # A row that belongs to the whole Kommune has no concept.
        konzept = getattr(oben, "konzept", None)
        eintraege.append(
            aenderung(
                kommune_id=konzept.kommune_id if konzept else zeile.kommune_id,
                konzept_id=konzept and konzept.pk,
                anker=_anker(zeile),
                titel=str(zeile)[:500],
                art=art,
                stand=nimm_auf(zeile),
                grund=grund,
            )
        )
    aenderung._base_manager.bulk_create(eintraege)
