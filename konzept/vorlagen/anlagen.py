"""The annexes of a Vorlage behind its Anlage 1: which the product prints and binds in, and why one is not.

Whoever sees a Vorlage reads its concept, and with it every Fassung of the Kommune: a Synopse shows nothing that is not
theirs. An Abwägungstabelle is read by who leads the Beratung, as all do who see a Vorlage that is nichtöffentlich; in a
public one it comes without names, and not at all where its Runde was internal.
"""

from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode

from konzept import rechte
from konzept.fassungen.models import Fassung
from konzept.fassungen.vergleich import druck as synopsendruck
from konzept.fassungen.vergleich.ansichten import Gegenueber
from konzept.fassungen.vergleich.druck import Synopse
from konzept.fassungen.vergleich.staende import ARBEITSSTAND, Stand
from konzept.fliesstext import Knoten
from konzept.models import Konzept
from konzept.navigation import adresse

from .abwaegungen import Abwaegungsangebot, buch
from .models import AnlageArt, Vorlage, WeitereAnlage

OHNE_NAMEN = (
    "Die Vorlage ist öffentlich. In der Spalte „von“ stehen darum Nummern statt der Namen; gleiche Nummern stehen für "
    "dieselbe Person oder Stelle."
)
INTERN = "Die Runde war intern, und die Vorlage ist öffentlich."
DERSELBE = "Beide Stände sind dieselbe Fassung."


class Anlagenzeile(NamedTuple):
    """A line of the list of annexes: with a `grund` the product would print it, but does not (yet). The reason is for
    who leads the Beratung, and of what is `verschwiegen` nobody else hears."""

    nummer: int
    titel: str
    gebunden: bool = True
    grund: str = ""

    @property
    def verschwiegen(self) -> bool:
        return self.grund == INTERN

    @property
    def anker(self) -> str:
        """Its target in the print; Anlage 1 begins with the cover of the concept."""
        return "deckblatt" if self.nummer == 1 else f"anlage-{self.nummer}"


class Druckanlage(Knoten, kw_only=True):
    """An annex that is bound in, as it prints: a Synopse, or the HTML of a table."""

    nummer: int
    titel: str
    vermerk: str = ""
    synopse: Synopse | None = None
    tabelle: str = ""

    def html(self) -> str:
        return self.synopse.html() if self.synopse else self.tabelle


class Anlagen:
    """Those of a Vorlage that was read with `fuer_blatt`. One query, once it is asked for them and an Abwägungstabelle
    is among them."""

    def __init__(self, vorlage: Vorlage):
        self.vorlage = vorlage
        self.weitere = list(enumerate(vorlage.weitere_anlagen.all(), start=2))

    @cached_property
    def angebote(self) -> dict[int, Abwaegungsangebot]:
        return {a.runde: a for a in buch().biete_an(self.vorlage.konzept)}

    def eintraege(self, konzept_titel: str) -> list[Anlagenzeile]:
        """The list of all annexes in order; the concept itself is Anlage 1. `konzept_titel` is what it is called."""
        erste = Anlagenzeile(1, f"{konzept_titel} ({self.vorlage.fassung or 'Arbeitsstand'})")
        return [erste, *(self._eintrag(nummer, anlage) for nummer, anlage in self.weitere)]

    def _eintrag(self, nummer: int, anlage: WeitereAnlage) -> Anlagenzeile:
        grund = self._grund(anlage)
        gebunden = anlage.art != AnlageArt.GESONDERT and not grund
        return Anlagenzeile(nummer, titel(anlage, self.vorlage.fassung), gebunden, grund)

    def _grund(self, anlage: WeitereAnlage) -> str:
        if anlage.art == AnlageArt.SYNOPSE:
            neu = anlage.neu_id or self.vorlage.fassung_id
            return DERSELBE if anlage.alt_id == neu else ""
        if anlage.art == AnlageArt.ABWAEGUNG:
            return hindernis(self.angebote[anlage.runde_id], self.vorlage)
        return ""

    def gedruckt(self) -> tuple[Druckanlage, ...]:
        """What is bound in, with all that flows into it."""
        return tuple(self._drucke(nummer, a) for nummer, a in self.weitere if self._eintrag(nummer, a).gebunden)

    def _drucke(self, nummer: int, anlage: WeitereAnlage) -> Druckanlage:
        kopf = {"nummer": nummer, "titel": titel(anlage, self.vorlage.fassung)}
        if anlage.art == AnlageArt.SYNOPSE:
            alt, neu = self._staende(anlage)
            return Druckanlage(**kopf, synopse=synopsendruck.nimm_auf(Gegenueber(alt, neu)))
        namen = not self.vorlage.oeffentlich
        return Druckanlage(
            **kopf, tabelle=buch().html(anlage.runde_id, namen), vermerk="" if namen else OHNE_NAMEN
        )

    def _staende(self, anlage: WeitereAnlage) -> tuple[Stand, Stand]:
        k, neu = self.vorlage.konzept, anlage.neu or self.vorlage.fassung
        return _stand(anlage.alt, k), Stand(str(neu.nummer), k, neu) if neu else Stand(ARBEITSSTAND, k)

    def fuer(self, benutzer, konzept_titel: str) -> list[tuple[Anlagenzeile, str | None]]:
        """What an account reads of them, each with its page where it may open that."""
        orte, eintraege = self.orte(benutzer), self.eintraege(konzept_titel)
        if not rechte.darf(benutzer, rechte.BERATUNG, self.vorlage.konzept):
            eintraege = [e._replace(grund="") for e in eintraege if not e.verschwiegen]
        return [(eintrag, orte.get(eintrag.nummer)) for eintrag in eintraege]

    def orte(self, benutzer) -> dict[int, str]:
        """The page of each annex that the product prints, by number, where the account may open it."""
        v, k = self.vorlage, self.vorlage.konzept
        erste = ("fassungen:detail", {"nummer": v.fassung.nummer}) if v.fassung else ("konzept:uebersicht", {})
        orte = {1: adresse(k, erste[0], **erste[1])}
        leitet = rechte.darf(benutzer, rechte.BERATUNG, k)
        for nummer, anlage in self.weitere:
            if anlage.art == AnlageArt.SYNOPSE:
                alt, neu = self._staende(anlage)
                frage = urlencode({"alt": alt.schluessel, "neu": neu.schluessel})
                orte[nummer] = f"{adresse(k, 'vergleich:ansicht')}?{frage}"
            elif anlage.art == AnlageArt.ABWAEGUNG and leitet:
                orte[nummer] = self.angebote[anlage.runde_id].url
        return orte


class Waehlbar:
    """What can be chosen as an annex of the Vorlagen of a concept: its Fassungen and what was adopted of the other
    concepts of the Kommune, as when states are compared, and the tables of its Runden. Two queries, once `gruppen` is
    asked for."""

    def __init__(self, konzept: Konzept):
        self.konzept = konzept

    @cached_property
    def runden(self) -> dict[int, Abwaegungsangebot]:
        return {a.runde: a for a in buch().biete_an(self.konzept)}

    @cached_property
    def gruppen(self) -> list:
        """As choices of a form, see `forms.AnlageForm`."""
        tabellen = [
            (f"{AnlageArt.ABWAEGUNG}-{a.runde}", f"Abwägungstabelle zu {a.welche}") for a in self.runden.values()
        ]
        gruppen = [("Synopse, im PDF", self._synopsen), ("Abwägungstabelle, im PDF", tabellen)]
        return [(AnlageArt.GESONDERT.value, AnlageArt.GESONDERT.label), *(g for g in gruppen if g[1])]

    def gruppen_fuer(self, anlage: WeitereAnlage) -> list:
        """With what an annex is already, though it could not be chosen any more, such as a Fassung whose decision holds
        no longer."""
        bisher = anlage.alt and self._synopse(anlage.alt)
        return [*self.gruppen, bisher] if bisher and bisher not in self._synopsen else self.gruppen

    @cached_property
    def _synopsen(self) -> list[tuple[str, str]]:
        return [self._synopse(fassung) for fassung in self._alte()]

    def _synopse(self, fassung: Fassung) -> tuple[str, str]:
        return f"{AnlageArt.SYNOPSE}-{fassung.pk}", f"Synopse seit {_stand(fassung, self.konzept).titel}"

    def _alte(self) -> list[Fassung]:
        alle = Fassung.objects.fuer_liste().filter(konzept__kommune=self.konzept.kommune_id)
        alle = alle.select_related("konzept").order_by("-konzept", "-nummer")
        eigene = [f for f in alle if f.konzept_id == self.konzept.pk]
        andere = [f for f in alle if f.konzept_id != self.konzept.pk and f.ist_beschlossen]
        return [*eigene, *sorted(andere, key=lambda f: f.konzept_id != self.konzept.vorgaenger_id)]


def titel(anlage: WeitereAnlage, erste: Fassung | None) -> str:
    """The name of an annex as it was typed, or else what it is in words; `erste` is the Fassung of Anlage 1, None for
    the Arbeitsstand."""
    if anlage.titel:
        return anlage.titel
    if anlage.art == AnlageArt.SYNOPSE:
        alt = anlage.alt
        frueher = f"{alt.titel}, {alt}" if alt.konzept_id != anlage.vorlage.konzept_id else str(alt)
        return f"Synopse: {frueher} und {anlage.neu or erste or 'Arbeitsstand'}"
    return f"Abwägungstabelle zu {anlage.runde.fassung}"


def hindernis(angebot: Abwaegungsangebot, vorlage: Vorlage) -> str:
    """Why the table of a Runde is not bound into a Vorlage; "" where it is."""
    return INTERN if angebot.intern and vorlage.oeffentlich else angebot.hindernis


def _stand(fassung: Fassung, konzept: Konzept) -> Stand:
    if fassung.konzept_id == konzept.pk:
        return Stand(str(fassung.nummer), konzept, fassung)
    return Stand(f"{fassung.konzept.slug}:{fassung.nummer}", fassung.konzept, fassung, fremd=True)
