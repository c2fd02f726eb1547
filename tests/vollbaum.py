"""A small tree that has every kind of node and in it every field, made from the structure of the tree itself; and what
can be said of any tree, whatever its format: its structure, and all it holds in its order."""

import datetime as dt
import json
import types
import typing
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import count, cycle

import lxml.html
import msgspec

from konzept.dokument import baum
from konzept.dokument.fehlzeichen import druckbar
from konzept.dokument.html import druck_html
from konzept.fliesstext.bloecke import Knoten

NICHT_ERZAEHLT = baum.SCHLUESSEL | {"format", "zaehlung"}
"""What `inhalt` leaves out: what no format before had, or what differs with the format alone."""

WERTE = {
    ("Kapitel", "art"): ("abschnitt", "handlungsfeld"),
    ("Kommune", "art"): ("kreis",),
    ("Kommune", "akzentfarbe"): ("#7a1f4a",),
    ("Liste", "zaehlung"): ("a",),
    ("Lauf", "ziel"): ("https://a.example/", "#massnahme-1", "mailto:b@a.example"),
    ("Massnahme", "stand"): ("entfallen", "laufend"),
    ("Massnahme", "stand_schluessel"): ("entfallen", "laufend"),
    ("Kommune", "waehrung"): ("CHF",),
    ("Kostenposition", "grund"): ("dauer", "unbeziffert"),
    ("Kostenposition", "grenze_schluessel"): ("höchstens",),
    ("Kostenposition", "finanzierung"): ("Fördermittel", "Eigenmittel"),
    ("Kostenposition", "finanzierung_schluessel"): ("foerdermittel", "eigenmittel"),
}
"""Fields that cannot hold any word; the values are taken in turn."""
HOECHSTENS = {"Kapitel": 2, "Liste": 1}
"""How often a kind of node may stand inside itself; another one has no end."""


def vollbaum() -> baum.Dokument:
    """The tree in which nothing is left out; the same structure gives the same tree."""
    return _Bau().knoten(baum.Dokument)


class _Bau:
    def __init__(self):
        self.zahlen, self.oben = count(1), Counter()
        self.werte = {stelle: cycle(werte) for stelle, werte in WERTE.items()}

    def knoten(self, typ):
        self.oben[typ.__name__] += 1
        felder = {
            f.name: next(self.werte[stelle]) if (stelle := (typ.__name__, f.name)) in self.werte
            else self.wert(f.type, f"{typ.__name__} {f.name}")
            for f in msgspec.structs.fields(typ)
            if f.name != "format"
        }  # fmt: skip
        self.oben[typ.__name__] -= 1
        return typ(**felder)

    def wert(self, typ, name: str):
        if typing.get_origin(typ) is tuple:
            return self.folge(typing.get_args(typ)[0], name)
        if arten := _arten(typ):
            return self.knoten(arten[0])
        nummer = next(self.zahlen)
        match typ if isinstance(typ, type) else next(t for t in typing.get_args(typ) if t is not types.NoneType):
            case t if t is bool:
                return True
            case t if t is int:
                return nummer
            case t if t is str:
                art, _, feld = name.partition(" ")
                return f"{art.lower()}-{nummer}" if feld == "anker" else f"{name} {nummer} äß"
            case t if t is Decimal:
                return Decimal(nummer) + Decimal("0.50")
            case t if t is dt.date:
                return dt.date(2027, 1, 1) + dt.timedelta(days=nummer)
        raise TypeError(f"What does {name} hold? {typ}")

    def folge(self, typ, name: str) -> tuple:
        """Two of what holds no sequence itself, so that columns and cells agree; else one of each kind."""
        if typ is bool:
            return True, False
        arten = _arten(typ)
        frei = [a for a in arten if self.oben[a.__name__] < HOECHSTENS.get(a.__name__, 1)]
        if len(arten) > 1 or (arten and _hat_folgen(arten[0])):
            return tuple(self.knoten(a) for a in frei)
        return tuple(self.wert(typ, name) for _ in range(2))


def _arten(typ) -> list[type]:
    """The kinds of nodes that a type names."""
    return [t for t in (typing.get_args(typ) or (typ,)) if isinstance(t, type) and issubclass(t, Knoten)]


def _hat_folgen(typ) -> bool:
    return any(typing.get_origin(f.type) is tuple for f in msgspec.structs.fields(typ))


def alle_arten() -> dict[str, type]:
    """Every kind of node of which a document can consist, by its name."""
    gefunden = {}

    def besuche(typ):
        for teil in typing.get_args(typ):
            besuche(teil)
        if isinstance(typ, type) and issubclass(typ, Knoten) and typ.__name__ not in gefunden:
            gefunden[typ.__name__] = typ
            for feld in msgspec.structs.fields(typ):
                besuche(feld.type)

    besuche(baum.Dokument)
    return dict(sorted(gefunden.items()))


def aufbau() -> str:
    """The structure of a tree: the fields of each kind of node, their types and defaults."""
    return "\n".join(zeile for typ in alle_arten().values() for zeile in _aufbau(typ)) + "\n"


def _aufbau(typ) -> Iterator[str]:
    kennung = typ.__struct_config__.tag
    yield f"{typ.__name__} [{kennung}]" if kennung else typ.__name__
    for feld in sorted(msgspec.structs.fields(typ), key=lambda f: f.name):
        vorgabe = "" if feld.default is msgspec.NODEFAULT else f" = {feld.default!r}"
        yield f"    {feld.encode_name}: {_typwort(feld.type)}{vorgabe}"


def _typwort(typ) -> str:
    if typing.get_origin(typ) is tuple:
        return f"tuple[{_typwort(typing.get_args(typ)[0])}, ...]"
    if teile := typing.get_args(typ):
        return " | ".join(sorted(map(_typwort, teile)))
    return "None" if typ is types.NoneType else typ.__name__


def inhalt(knoten, format: int = baum.FORMAT) -> str:
    """All words and values of a tree in their order, a line each; nodes inside others are indented. Fields are not
    named and empty ones left out, so that a later format says the same of the same document; where it says the same
    with other fields, those of `format` are told."""
    return "".join(_inhalt(knoten, "", format))


def _inhalt(wert, einzug: str, format: int) -> Iterator[str]:
    if isinstance(wert, Knoten):
        for teil in BIS_3.get(type(wert).__name__, _werte)(wert) if format <= 3 else _werte(wert):
            yield from _inhalt(teil, f"{einzug} ", format)
    elif isinstance(wert, tuple):
        for teil in wert:
            yield f"{einzug}-\n"
            yield from _inhalt(teil, einzug, format)
    elif wert is True:
        yield f"{einzug}ja\n"
    elif wert is not None and wert is not False and wert != "":
        yield f"{einzug}{json.dumps(wert, ensure_ascii=False) if isinstance(wert, str) else wert}\n"


def _werte(knoten, ohne: tuple[str, ...] = ()) -> Iterator:
    return (getattr(knoten, name) for name in knoten.__struct_fields__ if name not in {*NICHT_ERZAEHLT, *ohne})


def _position_bis_3(p: baum.Kostenposition) -> Iterator:
    jahre = tuple(anteil.jahr for anteil in p.anteile if anteil.jahr)
    yield from (p.angabe, p.betrag, p.anteile[0].betrag if p.anteile else None, jahre)
    yield from (p.zeit, p.art, p.stellenanteil, p.finanzierung, p.programm, p.produkt)


class ZeileBis3(Knoten):
    """Amounts that had no column of their own stood together beside the others."""

    titel: str
    nummer: str
    anker: str
    betraege: tuple[Decimal, ...]
    ohne_jahr: Decimal
    summe: Decimal


def _uebersicht_bis_3(u: baum.Kostenuebersicht) -> Iterator:
    jahre = tuple(int(spalte) for spalte in u.spalten if spalte.isdecimal())

    def zeile(z: baum.Kostenzeile) -> ZeileBis3:
        betraege = z.betraege[: len(jahre)]
        ohne_jahr = z.betraege[-1] if len(z.betraege) > len(jahre) else z.summe - sum(betraege)
        return ZeileBis3(z.titel, z.nummer, z.anker, betraege, ohne_jahr, z.summe)

    (sicht,) = u.sichten
    yield jahre
    yield tuple(map(zeile, sicht.felder))
    yield tuple(map(zeile, sicht.mittel))
    yield zeile(sicht.summe)
    yield int(u.hinweise[1].satz.split()[0]) if len(u.hinweise) > 1 else 0


BIS_3 = {
    "Kommune": lambda k: _werte(k, ("waehrung",)),
    "Massnahme": lambda m: _werte(m, ("kurz", "offen", "wiederkehr")),
    "Kostenposition": _position_bis_3,
    "Kostenuebersicht": _uebersicht_bis_3,
    "Zeitplanzeile": lambda z: _werte(z, ("vermerk",)),
}
"""What a node of these kinds held up to format 3, in its order, out of the tree that was lifted."""


def druckworte(dokument: baum.Dokument) -> str:
    """What stands in the print of a tree, from the cover on, a line for each piece of text."""
    rumpf = lxml.html.document_fromstring(druck_html(druckbar(dokument))).body
    worte = (" ".join(text.split()) for text in rumpf.itertext(with_tail=True))
    return "".join(f"{wort}\n" for wort in worte if wort)
