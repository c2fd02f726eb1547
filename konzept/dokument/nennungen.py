"""Where a document names those who act: in measures and their steps, offers, bodies, the process and indicators.

Only measures and steps name them by their Kürzel as rows of their own; elsewhere stand words, which may be the name of
an actor or not. Whoever looks for one asks for `namensschluessel` of Kürzel and name.
"""

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from . import baum


class Nennungsrolle(Enum):
    FEDERFUEHRUNG = "federfuehrung"
    BETEILIGUNG = "beteiligung"
    SCHRITT = "schritt"
    ANGEBOT = "angebot"
    FOERDERUNG = "foerderung"
    GREMIUM = "gremium"
    PROZESS = "prozess"
    ZAHLEN = "zahlen"
    """It is the source of an indicator."""


AN_MASSNAHMEN = (Nennungsrolle.FEDERFUEHRUNG, Nennungsrolle.BETEILIGUNG, Nennungsrolle.SCHRITT)
"""Where an actor is named by its Kürzel."""



class Nennung(NamedTuple):
    """`wort` names somebody in `knoten`, for a step in that and in its `massnahme`; `federfuehrend`: in charge of it.
    `feld` is the Handlungsfeld in which that stands."""

    wort: str
    rolle: Nennungsrolle
    knoten: baum.MitAnker
    feld: baum.Kapitel | None = None
    massnahme: baum.Massnahme | None = None
    federfuehrend: bool = False

    @property
    def anker(self) -> str:
        return self.knoten.anker


def nennungen(dokument: baum.Dokument) -> Iterator[Nennung]:
    """All of them in reading order. No queries."""
    for kapitel in dokument.kapitel:
        yield from _in_kapitel(kapitel, None)


def _in_kapitel(kapitel: baum.Kapitel, feld: baum.Kapitel | None) -> Iterator[Nennung]:
    feld = kapitel if kapitel.art == "handlungsfeld" else feld
    for teil in kapitel.teile:
        for nennung in _in_teil(teil):
            yield nennung._replace(feld=feld)
    for unter in kapitel.kapitel:
        yield from _in_kapitel(unter, feld)


def _in_teil(teil: baum.Teil) -> Iterator[Nennung]:
    match teil:
        case baum.Massnahmentabelle():
            for abschnitt in teil.abschnitte:
                for massnahme in abschnitt.massnahmen:
                    yield from _in_massnahme(massnahme)
        case baum.Angebotsliste():
            for angebot in teil.angebote:
                yield from (Nennung(name, Nennungsrolle.ANGEBOT, angebot) for name in angebot.anbieter)
                yield from (Nennung(f.geber, Nennungsrolle.FOERDERUNG, angebot) for f in angebot.foerderungen)
        case baum.Gremienliste():
            for gremium in teil.gremien:
                namen = (gremium.name, *gremium.tandem, *(mitglied.name for mitglied in gremium.mitglieder))
                yield from (Nennung(name, Nennungsrolle.GREMIUM, gremium) for name in namen)
        case baum.Prozessliste():
            for schritt in teil.schritte:
                yield from (Nennung(name, Nennungsrolle.PROZESS, schritt) for name in schritt.gruppen)
        case baum.Indikatorentabelle():
            yield from _quellen(teil.indikatoren)
        case baum.Zielbaum():
            for leitziel in teil.leitziele:
                yield from _quellen(leitziel.indikatoren)
                for ziel in leitziel.handlungsziele:
                    yield from _quellen(ziel.indikatoren)
            for ziel in teil.handlungsziele:
                yield from _quellen(ziel.indikatoren)


def _in_massnahme(m: baum.Massnahme) -> Iterator[Nennung]:
    for b in m.beteiligte:
        rolle = Nennungsrolle.FEDERFUEHRUNG if b.federfuehrend else Nennungsrolle.BETEILIGUNG
        yield Nennung(b.kurz, rolle, m, massnahme=m, federfuehrend=b.federfuehrend)
    for s in m.schritte:
        for b in s.beteiligte:
            yield Nennung(b.kurz, Nennungsrolle.SCHRITT, s, massnahme=m, federfuehrend=b.federfuehrend)
    yield from _quellen(m.indikatoren)


def _quellen(indikatoren: tuple[baum.Indikator, ...]) -> Iterator[Nennung]:
    return (Nennung(i.quelle, Nennungsrolle.ZAHLEN, i) for i in indikatoren if i.quelle)
