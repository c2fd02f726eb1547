"""Numbers that two elements of a concept bear: whoever reads "Maßnahme 1.1-7" in a council paper finds two of them."""

from collections import defaultdict
from collections.abc import Hashable, Iterable

from django.db import models

from konzept.models import Abschnitt

from .gliederung import Nummern, anker
from .models import Massnahme

Vergeben = tuple[models.Model, str, Hashable]
"""A row, the number that it prints, and the space in which that number should be the only one."""


def doppelte(nummern: Nummern) -> dict[str, list[models.Model]]:
    """The Anker of every row whose number another one bears, with these others, in the order of the concept.

    Only where one of them was typed: numbers that are counted repeat by design, as below "Teil A" and "Teil B". No
    queries.
    """
    return gleiche([*_gliederung(nummern), *_ziele(nummern), *_massnahmen(nummern)])


def gleiche(vergeben: Iterable[Vergeben]) -> dict[str, list[models.Model]]:
    """The Anker of every row whose number another one bears in the same space, with these others; only where one of
    them was typed."""
    gruppen = defaultdict(list)
    for zeile, nummer, raum in vergeben:
        if nummer:
            gruppen[raum, nummer].append(zeile)
    doppelt = defaultdict(list)
    for gruppe in gruppen.values():
        if any(zeile.nummer for zeile in gruppe):
            for zeile in gruppe:
                schon = doppelt[anker(zeile)]
                schon += [andere for andere in gruppe if andere is not zeile and andere not in schon]
    return {name: andere for name, andere in doppelt.items() if andere}


def mit_derselben_nummer(massnahme: Massnahme, nummern: Nummern) -> list[Massnahme]:
    """The other measures that print with the number of a saved one, by the outline of its Handlungsfeld (see
    `lade_gliederung`). One query where its number was typed, else none."""
    n, anderswo = nummern, Massnahme.objects.none()
    if massnahme.nummer:
        getippt = Massnahme.objects.filter(handlungsfeld__konzept=massnahme.konzept).exclude(nummer="")
        geladen = n.felder_wie(massnahme.handlungsfeld)
        anderswo = getippt.exclude(handlungsfeld__in=geladen).only(*_FUER_NUMMERN)
    alle = Nummern(n.konzept, n.abschnitte, n.felder, n.leitziele, n.handlungsziele, [*n.massnahmen, *anderswo])
    return gleiche(_massnahmen(alle)).get(anker(massnahme), [])


_FUER_NUMMERN = (
    *("nummer", "titel", "kurztitel", "fortschreibung", "vorgaenger_id", "handlungsfeld_id"),
    *("leitziel_id", "handlungsziel_id", "umsetzungsstand"),
)


def _gliederung(n: Nummern) -> Iterable[Vergeben]:
    """A number with digits is the only one below the last one that was not carried on ("Teil A"), and any other the
    only one among those that stand beside it."""

    def steige(oben: Abschnitt | None, raum: Hashable):
        felder = n.felder if oben and oben.inhalt == Abschnitt.Inhalt.HANDLUNGSFELDER else ()
        for zeile in (*felder, *n.unter[oben.pk if oben else None]):
            zaehlt_weiter = n[zeile][:1].isdigit()
            yield zeile, n[zeile], raum if zaehlt_weiter else ("neben", oben and oben.pk)
            if isinstance(zeile, Abschnitt):
                yield from steige(zeile, raum if zaehlt_weiter else ("unter", zeile.pk))

    yield from steige(None, "gliederung")
    if not n.zeigt_felder:
        yield from ((feld, n[feld], "felder") for feld in n.felder)


def _ziele(n: Nummern) -> Iterable[Vergeben]:
    """In one Handlungsfeld; a letter repeats below each Leitziel."""
    for feld in n.felder:
        for ziel in n.ziele(feld):
            neben = None if n[ziel][:1].isdigit() else n.ziel(ziel)
            yield ziel, n[ziel], (ziel._meta.model_name, feld.pk, neben)


def _massnahmen(n: Nummern) -> Iterable[Vergeben]:
    """In the whole concept; where fields bear one number, it is they that are named."""
    for feld in n.felder:
        for massnahme in n.massnahmen_in[feld.pk]:
            yield massnahme, n.kennung(massnahme), "massnahmen"
