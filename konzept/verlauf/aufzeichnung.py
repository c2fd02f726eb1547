"""Recording what changed, and what hangs on an element."""

from django.db import models
from django.db.models import Max, Q, QuerySet, prefetch_related_objects
from django.dispatch import Signal

from konzept.models import Kommune
from konzept.models.basis import anker as anker

from .graph import nach_art, sammle
from .models import Aenderung, AenderungArt
from .stand import lade_alle, nimm_auf, sieht_gleich_aus

aufgezeichnet = Signal()
"""Sent with `aenderung` whenever one element was recorded, for apps above; inside the transaction."""

geschrieben = Signal()
"""Sent once by the kind of elements, with the new `eintraege` of all of them, whenever such are written: whatever
changes an element in a way that a reader can see ends here. Inside the transaction."""


def ort(objekt: models.Model) -> tuple[int, int | None]:
    """(pk of the Kommune, pk of the Konzept or None) to which an element belongs."""
    if isinstance(objekt, Kommune):
        return objekt.pk, None
    konzept = objekt if objekt._meta.model_name == "konzept" else getattr(objekt, "konzept", None)
    return (konzept.kommune_id, konzept.pk) if konzept else (objekt.kommune_id, None)


def lies_orte(objekte: list[models.Model]) -> None:
    """Read what `ort` needs of several elements of one kind, where it was not read yet. At most two queries."""
    modell = type(objekte[0]) if objekte else None
    weg = next((w for w in ("konzept", "handlungsfeld__konzept") if hasattr(modell, f"{w.partition('__')[0]}_id")), "")
    if weg:
        prefetch_related_objects(objekte, weg)


def merke_ausgang(objekt: models.Model) -> None:
    """Before the first recorded change of an element: keep the state in which it was. One query when it is not the
    first, else those of `schreibe_mit`."""
    if objekt.hat_verlauf and not _eintraege([objekt]).exists():
        schreibe_mit(objekt, None, AenderungArt.AUSGANG)


def schreibe_mit(objekt: models.Model, benutzer, art: str, grund: str = "") -> Aenderung | None:
    """Record the state of a saved element as it now is in the database, and why it was changed where somebody said so.
    Call inside the transaction that changed it.

    A change of which nothing is to be seen is not recorded: then it is the last one that comes back. None without a
    history (`hat_verlauf`).
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
    was changed by nobody. `letzte` are the last entries, where the caller knows them. A fixed number of queries: those
    of `stand.lade_alle`, one for the last entries, one to write (SQLite: one for every 120 elements).
    """
    if not objekte:
        return []
    lies_orte(objekte)
    davor_von = {} if art and art != AenderungArt.GEAENDERT else _letzte(objekte, letzte)
    eintraege = []
    frische = lade_alle(type(objekte[0]), [objekt.pk for objekt in objekte])
    for objekt, frisch in zip(objekte, frische, strict=True):
        name, stand = anker(objekt), nimm_auf(frisch)
        davor = davor_von.get(name)
        if davor and sieht_gleich_aus(davor.stand, stand):
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
    neue = Aenderung.objects.bulk_create([eintrag for eintrag in eintraege if eintrag._state.adding])
    if neue:
        geschrieben.send(type(objekte[0]), eintraege=neue)
    return eintraege


def _eintraege(objekte: list[models.Model]) -> QuerySet:
    """The history of these elements."""
    orte: dict[tuple, list[str]] = {}
    for objekt in objekte:
        orte.setdefault(ort(objekt), []).append(anker(objekt))
    hier = (Q(kommune=kommune, konzept=k, anker__in=namen) for (kommune, k), namen in orte.items())
    return Aenderung.objects.filter(Q(*hier, _connector=Q.OR)).order_by()


def _letzte(objekte: list[models.Model], bekannt: list[Aenderung] | None) -> dict[str, Aenderung]:
    """The last entry of each element by its Anker."""
    if bekannt is not None:
        return {eintrag.anker: eintrag for eintrag in bekannt}
    pks = _eintraege(objekte).values("anker").annotate(letzte=Max("pk")).values("letzte")
    return {eintrag.anker: eintrag for eintrag in Aenderung.objects.filter(pk__in=pks).order_by()}


def was_haengt_daran(objekt: models.Model) -> tuple[dict[str, int], dict[str, int]]:
    """What goes along when an element is deleted, without itself, and what forbids it: both counted by kind."""
    sammler = sammle(objekt)
    mit = (zeile for zeilen in sammler.data.values() for zeile in zeilen if zeile != objekt)
    return nach_art(mit), nach_art(sammler.protected)
