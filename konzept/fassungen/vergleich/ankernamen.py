"""Lasting names across two concepts: in a Fortschreibung every row has a new one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from msgspec import Struct, structs

from konzept.dokument import baum
from konzept.fliesstext.bloecke import Lauf

Knoten = TypeVar("Knoten", bound=Struct)
Namen = dict[str, str]
BENANNTE = (
    baum.Kapitel,
    baum.Leitlinie,
    baum.Prozessschritt,
    baum.Gremium,
    baum.Matrixzeile,
    baum.Indikator,
    baum.Leitziel,
    baum.Handlungsziel,
    baum.Massnahme,
    baum.Angebot,
)
OHNE_NAMEN = (Lauf, baum.Absatz, baum.Liste, baum.Zwischentitel, baum.Texttabelle, baum.Kostenuebersicht, baum.Zeitplan)
"""Nothing that bears a name of its own stands in these."""


def neue_namen(alt: baum.Dokument, neu: baum.Dokument, vorgaenger: Mapping[str, str]) -> Namen:
    """The Anker in `neu` of elements of `alt`, by their Anker there.

    `vorgaenger` gives the old Anker of a new one. Elements of which it says nothing, such as chapters, count as the
    same where kind and title are, and no other bears them.
    """
    hier = {anker for _, anker, _ in _benannte(neu)}
    namen: Namen = {}
    for anker, frueher in vorgaenger.items():
        if anker in hier:
            namen.setdefault(frueher, anker)
    vergeben = set(namen.values())
    offen_alt = _nach_titel(e for e in _benannte(alt) if e[1] not in namen and e[1] not in hier)
    offen_neu = _nach_titel(e for e in _benannte(neu) if e[1] not in vergeben)
    for titel, alle in offen_alt.items():
        if len(alle) == len(offen_neu.get(titel, ())) == 1:
            namen[alle[0]] = offen_neu[titel][0]
    return namen


def benenne_um(dokument: baum.Dokument, namen: Namen) -> baum.Dokument:
    """The same tree with other Anker, in links too; those of the parts of a Handlungsfeld follow it."""
    return _umbenannter_knoten(dokument, namen)


def neuer_name(anker: str, namen: Namen) -> str:
    if anker in namen:
        return namen[anker]
    stamm, strich, teil = anker.rpartition("-")
    return f"{namen[stamm]}-{teil}" if strich and stamm in namen else anker


def _umbenannt(wert: object, namen: Namen) -> object:
    if isinstance(wert, tuple):
        neue = tuple([_umbenannt(teil, namen) for teil in wert])
        return neue if any(a is not b for a, b in zip(neue, wert, strict=True)) else wert
    if isinstance(wert, Lauf):
        ziel = f"#{neuer_name(wert.ziel[1:], namen)}" if wert.ziel.startswith("#") else wert.ziel
        return wert if ziel == wert.ziel else structs.replace(wert, ziel=ziel)
    return _umbenannter_knoten(wert, namen) if isinstance(wert, Struct) else wert


def _umbenannter_knoten(knoten: Knoten, namen: Namen) -> Knoten:
    """A node whose links and names stay is itself again."""
    geaendert = {}
    for name in knoten.__struct_fields__:
        vorher = getattr(knoten, name)
        nachher = neuer_name(vorher, namen) if name == "anker" else _umbenannt(vorher, namen)
        if nachher is not vorher:
            geaendert[name] = nachher
    return structs.replace(knoten, **geaendert) if geaendert else knoten


def _benannte(wert: object) -> Iterator[tuple[str, str, str]]:
    """(kind, Anker, title) of all elements whose name may change with the concept."""
    if isinstance(wert, tuple):
        for teil in wert:
            yield from _benannte(teil)
    elif isinstance(wert, Struct) and not isinstance(wert, OHNE_NAMEN):
        if isinstance(wert, BENANNTE) and getattr(wert, "art", "") != "teil":
            yield type(wert).__name__, wert.anker, getattr(wert, "titel", "") or getattr(wert, "name", "")
        for name in wert.__struct_fields__:
            yield from _benannte(getattr(wert, name))


def _nach_titel(benannte: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str], list[str]]:
    gruppen = defaultdict(list)
    for art, anker, titel in benannte:
        gruppen[art, titel.casefold()].append(anker)
    return gruppen
