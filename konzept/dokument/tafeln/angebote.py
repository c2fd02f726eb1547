"""The offers as a table, grouped by the Handlungsfeld that each serves; free of Django."""

import re
from typing import NamedTuple

from konzept.dokument import baum
from konzept.dokument.druckbild import umfang

from .matrix import benannt
from .spaltenbreiten import LANGE_ZEILE, PLATZ, anteile

OHNE_FELD = "Weitere Angebote"
SPALTEN = {"anbieter": "Anbieter", "zielgruppen": "Zielgruppen", "foerderung": "Förderung"}


class Zeile(NamedTuple):
    """`angaben` are what stands beside the title, by column as the table has them, each a list of its own: () where
    nothing is known. `lang` says that the text may break across pages."""

    angebot: baum.Angebot
    angaben: tuple[tuple[str, tuple[str, ...]], ...]
    lang: bool


class Gruppe(NamedTuple):
    """`feld` is None for offers that serve none."""

    titel: str
    feld: baum.Verweis | None
    zeilen: tuple[Zeile, ...]


class Angebotstafel(NamedTuple):
    """`spalten` are the heads of the columns beside the title: those in which something stands; `prozente` the widths
    of all."""

    spalten: tuple[str, ...]
    prozente: tuple[int, ...]
    gruppen: tuple[Gruppe, ...]
    mit_gruppen: bool


def angebotstafel(liste: baum.Angebotsliste) -> Angebotstafel:
    """Groups stand in the order of the numbers of their Handlungsfelder, those without number as they come, and the
    offers that serve no Handlungsfeld last."""
    spalten = {name: kopf for name, kopf in SPALTEN.items() if any(_angabe(a, name) for a in liste.angebote)}
    je_feld: dict[baum.Verweis | None, list[Zeile]] = {}
    for a in liste.angebote:
        je_feld.setdefault(a.feld, []).append(_zeile(a, spalten))
    gruppen = tuple(
        Gruppe(benannt(feld) if feld else OHNE_FELD, feld, tuple(zeilen))
        for feld, zeilen in sorted(je_feld.items(), key=lambda paar: reihe(paar[0]))
    )
    return Angebotstafel(tuple(spalten.values()), _prozente(spalten, gruppen), gruppen, any(g.feld for g in gruppen))


def reihe(feld: baum.Verweis | None) -> tuple[int, list[tuple[int, str]]]:
    """Sort key of the groups, by the number of their field: "4.10" comes after "4.9", offers without a field come
    last."""
    if feld is None:
        return (1, [])
    return (0, [(int(teil), "") if teil.isdecimal() else (0, teil) for teil in re.findall(r"\d+|\D+", feld.nummer)])


def _zeile(a: baum.Angebot, spalten: dict[str, str]) -> Zeile:
    angaben = tuple((kopf, _angabe(a, name)) for name, kopf in spalten.items())
    return Zeile(a, angaben, lang=umfang(a.text) > LANGE_ZEILE * PLATZ)


def _angabe(a: baum.Angebot, name: str) -> tuple[str, ...]:
    if name == "foerderung":
        return tuple(map(_foerderung, a.foerderungen))
    worte: tuple[str, ...] = getattr(a, name)
    return worte


def _foerderung(f: baum.Foerderung) -> str:
    wer = f"{f.geber}, {f.programm}" if f.programm else f.geber
    return f"{wer}: {f.angabe}" if f.angabe else wer


def _prozente(spalten: dict[str, str], gruppen: tuple[Gruppe, ...]) -> tuple[int, ...]:
    zeilen = [
        [" ".join(filter(None, (z.angebot.titel, z.angebot.seit))), *("; ".join(worte) for _, worte in z.angaben)]
        for gruppe in gruppen
        for z in gruppe.zeilen
    ]
    return anteile([["Angebot", *spalten.values()], *zeilen])
