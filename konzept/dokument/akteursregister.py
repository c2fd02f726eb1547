"""The index of actors at the end of a print: where in the document each of them is named.

It is made of the tree alone. The pages are known only when all that comes before is laid out: until then the HTML
holds for each actor an empty `<span class="druck-seiten" data-ziele="massnahme-12! umsetzungsschritt-15">` with the
anchors at which it stands ("!": in charge), which `mit_seiten` fills.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeVar

from konzept.schreibweise import namensschluessel, ordnung
from massnahmen.platzhalter import ist_platzhalter

from . import baum
from .nennungen import AN_MASSNAHMEN, Nennung, Nennungsrolle, nennungen

T = TypeVar("T")

MINDESTENS = 8
"""Actors from which on an index helps; fewer are seen at a glance in the table of measures."""
FEDERFUEHREND = "!"
"""Stands in `data-ziele` behind the anchor of a place where the actor is in charge."""
NUR_BEKANNTE = (Nennungsrolle.FOERDERUNG, Nennungsrolle.GREMIUM, Nennungsrolle.PROZESS)
"""Where anybody may be named: "Land NRW" pays, "Eltern" take part, and are no actors by that. The source of an
indicator is none of its places."""


class Registerstelle(NamedTuple):
    """Where an actor is named: the anchor of a measure, a step, an offer, a body or a step of the process."""

    anker: str
    federfuehrend: bool = False


class Registereintrag(NamedTuple):
    """An actor by its Kürzel, with its full name where the document says it, and its places in reading order."""

    kurz: str
    name: str
    stellen: tuple[Registerstelle, ...]

    @property
    def ziele(self) -> str:
        """The places as the HTML holds them."""
        return " ".join(stelle.anker + FEDERFUEHREND * stelle.federfuehrend for stelle in self.stellen)


class Akteursregister(NamedTuple):
    eintraege: tuple[Registereintrag, ...] = ()

    @property
    def mit_namen(self) -> bool:
        return any(eintrag.name for eintrag in self.eintraege)

    @property
    def mit_federfuehrung(self) -> bool:
        return any(stelle.federfuehrend for eintrag in self.eintraege for stelle in eintrag.stellen)


def akteursregister(dokument: baum.Dokument) -> Akteursregister:
    """Every actor that measures, steps or offers name, in German alphabetical order, and where the
    roles NUR_BEKANNTE name it in the same words; without those who stand for nobody in particular. Empty where no
    measure names one, or they are fewer than MINDESTENS. No queries."""
    alle = list(nennungen(dokument))
    sammler = _Sammler([e for teil in _teile(dokument, baum.Mitwirkende) for e in teil.eintraege])
    sammler.merke_alle(alle, *AN_MASSNAHMEN)
    if not sammler.stellen:
        return Akteursregister()
    sammler.merke_alle(alle, Nennungsrolle.ANGEBOT)
    if len(sammler.stellen) < MINDESTENS:
        return Akteursregister()
    sammler.merke_alle(alle, *NUR_BEKANNTE, nur_bekannte=True)
    platz: dict[str, int] = {}
    for i, nennung in enumerate(alle):
        platz.setdefault(nennung.anker, i)
    return Akteursregister(sammler.eintraege(platz))


class _Sammler:
    def __init__(self, mitwirkende: list[baum.Mitwirkender]) -> None:
        self.genannt: dict[str, tuple[str, str]] = {}
        """By key of Kürzel or name: (Kürzel, name)."""
        for e in mitwirkende:
            for wort in filter(None, (e.name, e.kurz)):
                self.genannt[namensschluessel(wort)] = (e.kurz, e.name)
        self.vollzaehlig = bool(mitwirkende)
        """Whether the document says who acts in it: all but those who stand for nobody."""
        self.stellen: dict[tuple[str, str], dict[str, bool]] = {}

    def merke_alle(self, alle: list[Nennung], *rollen: Nennungsrolle, nur_bekannte: bool = False) -> None:
        for n in alle:
            if n.rolle in rollen:
                self.merke(n.wort, Registerstelle(n.anker, n.federfuehrend), nur_bekannte=nur_bekannte)

    def merke(self, wort: str, stelle: Registerstelle, *, nur_bekannte: bool = False) -> None:
        schluessel = namensschluessel(wort)
        wer = self.genannt.get(schluessel)
        if wer is None:
            if nur_bekannte or self.vollzaehlig or ist_platzhalter(wort):
                return
            wer = self.genannt[schluessel] = (wort, "")
        stellen = self.stellen.setdefault(wer, {})
        stellen[stelle.anker] = stellen.get(stelle.anker, False) or stelle.federfuehrend

    def eintraege(self, platz: Mapping[str, int]) -> tuple[Registereintrag, ...]:
        def in_reihe(stellen: Mapping[str, bool]) -> tuple[Registerstelle, ...]:
            return tuple(Registerstelle(*s) for s in sorted(stellen.items(), key=lambda s: platz[s[0]]))

        eintraege = sorted(self.stellen.items(), key=lambda paar: ordnung(paar[0][0]))
        return tuple(Registereintrag(kurz, name, in_reihe(stellen)) for (kurz, name), stellen in eintraege)


def _teile(dokument: baum.Dokument, art: type[T]) -> Iterator[T]:
    return (teil for _, kapitel in dokument.alle_kapitel() for teil in kapitel.teile if isinstance(teil, art))



_SEITEN = re.compile(r'<span class="druck-seiten" data-ziele="([^"]*)"></span>')


def hat_seiten(html: str) -> bool:
    """Whether there is an index whose pages are still missing."""
    return _SEITEN.search(html) is not None


def mit_seiten(html: str, seiten: Mapping[str, int]) -> str:
    """The HTML with the numbers of the pages, from 1, on which each actor stands, by the anchors in `seiten`: each page
    once, in order, in bold where it is in charge on it. A place without a page is left out."""
    return _SEITEN.sub(lambda stelle: _links(stelle[1].split(), seiten), html)


def _links(ziele: list[str], seiten: Mapping[str, int]) -> str:
    auf: dict[int, list[tuple[str, bool]]] = {}
    for ziel in ziele:
        anker, fuehrt = ziel.removesuffix(FEDERFUEHREND), ziel.endswith(FEDERFUEHREND)
        if anker in seiten:
            auf.setdefault(seiten[anker], []).append((anker, fuehrt))
    return ", ".join(_link(seite, auf[seite]) for seite in sorted(auf))


def _link(seite: int, stellen: list[tuple[str, bool]]) -> str:
    """To the first place on the page, or to the first in charge."""
    fuehrend = [anker for anker, fuehrt in stellen if fuehrt]
    if fuehrend:
        return f'<a href="#{fuehrend[0]}" aria-label="Seite {seite}, Federführung"><strong>{seite}</strong></a>'
    return f'<a href="#{stellen[0][0]}" aria-label="Seite {seite}">{seite}</a>'
