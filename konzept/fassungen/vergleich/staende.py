"""The states of a concept that an account can compare, and their trees."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.apps import apps
from django.db.models import Q

from konzept import rechte
from konzept.dokument import baum
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.heute import am
from konzept.models import Konzept
from konzept.models.basis import Fortgeschrieben
from konzept.navigation import adresse
from konzept.zugriff import konzepte_fuer

from ..models import Fassung, FassungArt
from ..zugriff import fassungen_fuer, hole_fassungen, vorige_fassung

ARBEITSSTAND = "stand"


@dataclass(frozen=True)
class Stand:
    """A Fassung, or where there is none the Arbeitsstand of a concept.

    `schluessel` names it in an address: "3" or "stand", of another concept of the Kommune "konzept-2016:3".
    """

    schluessel: str
    konzept: Konzept
    fassung: Fassung | None = None
    fremd: bool = False

    @property
    def kurz(self) -> str:
        """ "Entwurf 3", "Arbeitsstand"; of another concept with its title, that of a Fassung as it was frozen."""
        name = str(self.fassung) if self.fassung else "Arbeitsstand"
        return f"{(self.fassung or self.konzept).titel}, {name}" if self.fremd else name

    @property
    def titel(self) -> str:
        """With the day on which it was frozen."""
        tag = f" vom {am(self.fassung.festgeschrieben_am)}" if self.fassung else ""
        return self.kurz + tag

    @cached_property
    def dokument(self) -> baum.Dokument:
        """The tree: one query for a Fassung, as many as `stelle_zusammen` for the Arbeitsstand."""
        return self.fassung.dokument if self.fassung else stelle_zusammen(self.konzept)

    @property
    def pruefsumme(self) -> str:
        """The SHA-256 of the tree, which of a Fassung need not be read."""
        return self.fassung.pruefsumme if self.fassung else baum.pruefsumme(self.dokument)

    def adresse(self, anker: str, rn: int = 0) -> str:
        """Where an element can be read; with `rn` at that Randnummer, which only a Fassung has."""
        if not self.fassung:
            return adresse(self.konzept, "konzept:kapitel", anker=anker)
        url = adresse(self.konzept, "fassungen:lesen", nummer=self.fassung.nummer, anker=anker)
        return f"{url}#rn-{rn}" if rn else url


@dataclass(frozen=True)
class Auswahl:
    """A concept and the states that an account may compare with each other: its own, and those that it carries on."""

    konzept: Konzept
    eigene: list[Stand]
    andere: list[Stand]

    def stand(self, schluessel: str) -> Stand | None:
        return next((stand for stand in (*self.eigene, *self.andere) if stand.schluessel == schluessel), None)

    def vorschlag(self, alt: str = "", neu: str = "") -> dict[str, str]:
        """What one mostly wants to see: the latest step, or with the key of a later state the one that led to it. The
        key of an earlier state is kept; keys that are none count as not given."""
        alle = [stand.schluessel for stand in (*self.eigene, *self.andere)]
        neuester, *fruehere = alle[alle.index(neu) if neu in alle else 0 :] or [""]
        frueher = [alt] if alt in alle and alt != neuester else fruehere
        return {"neu": neuester} | ({"alt": frueher[0]} if frueher else {})


def hole_auswahl(benutzer, kommune: str, konzept: str) -> Auswahl:
    """What can be compared at an address, the newest first. Http404 for who reads neither the Arbeitsstand nor any
    Fassung. At most five queries."""
    k, fassungen = hole_fassungen(benutzer, kommune, konzept)
    eigene = [Stand(str(fassung.nummer), k, fassung) for fassung in fassungen]
    if rechte.darf(benutzer, rechte.LESEN, k):
        eigene.insert(0, Stand(ARBEITSSTAND, k))
    return Auswahl(k, eigene, _andere(benutzer, k))


def _andere(benutzer, k: Konzept) -> list[Stand]:
    """Of the other concepts of the Kommune what was adopted, and their Arbeitsstand."""
    fassungen = (
        fassungen_fuer(benutzer)
        .filter(konzept__kommune=k.kommune_id, art=FassungArt.BESCHLUSS)
        .exclude(konzept=k)
        .select_related("konzept__kommune")
        .order_by("-konzept", "-nummer")
    )
    beschlossen = [f for f in fassungen if f.ist_beschlossen]
    staende = [Stand(f"{f.konzept.slug}:{f.nummer}", f.konzept, f, fremd=True) for f in beschlossen]
    lesbar = konzepte_fuer(benutzer).filter(kommune=k.kommune_id).exclude(pk=k.pk).neuestes_zuerst()
    staende += [Stand(f"{andere.slug}:{ARBEITSSTAND}", andere, fremd=True) for andere in lesbar]
    # What the concept carries on comes first.
    return sorted(staende, key=lambda stand: stand.konzept.pk != k.vorgaenger_id)


def schritt_zu(benutzer, k: Konzept, fassung: Fassung | None = None) -> dict | None:
    """The comparison that one asks for first: of a Fassung with the one before it, else with what the concept carries
    on, adopted or its Arbeitsstand. Of the Arbeitsstand of `k` where no Fassung is given.

    `alt` is the earlier state, `url` the page; None where there is nothing before. At most three queries.
    """
    if fassung and (davor := vorige_fassung(benutzer, fassung)):
        alt = Stand(str(davor.nummer), k, davor)
    elif k.vorgaenger_id is None:
        return None
    elif davor := _beschlossen(benutzer, k.vorgaenger_id):
        alt = Stand(f"{davor.konzept.slug}:{davor.nummer}", davor.konzept, davor, fremd=True)
    elif rechte.darf(benutzer, rechte.LESEN, k):
        alt = Stand(f"{k.vorgaenger.slug}:{ARBEITSSTAND}", k.vorgaenger, fremd=True)
    else:
        return None
    neu = str(fassung.nummer) if fassung else ARBEITSSTAND
    return {"alt": alt, "url": f"{adresse(k, 'vergleich:ansicht')}?{urlencode({'alt': alt.schluessel, 'neu': neu})}"}


def _beschlossen(benutzer, konzept: int) -> Fassung | None:
    """What was adopted last of a concept, by a decision that holds."""
    alle = fassungen_fuer(benutzer).filter(konzept=konzept, art=FassungArt.BESCHLUSS)
    return next((f for f in alle.select_related("konzept").order_by("-nummer") if f.ist_beschlossen), None)


def vorgaenger(alt: Konzept, neu: Konzept) -> dict[str, str] | None:
    """The Anker in `neu` with those in `alt` which they carry on, or which carry them on; None in one concept.

    Only of rows that are still there. A fixed number of queries: one for each kind of row that can be carried on.
    """
    if alt.pk == neu.pk:
        return None
    namen = {}
    for modell in apps.get_models():
        if issubclass(modell, Fortgeschrieben):
            namen |= _vorgaenger(modell, alt.pk, neu.pk)
    return namen


def _vorgaenger(modell, alt: int, neu: int) -> dict[str, str]:
    pfad = modell.pfad_zum_konzept()
    vorwaerts = Q(**{pfad: neu, f"vorgaenger__{pfad}": alt})
    zurueck = Q(**{pfad: alt, f"vorgaenger__{pfad}": neu})
    zeilen = modell._base_manager.filter(vorwaerts | zurueck).values_list("pk", "vorgaenger", pfad)
    art = modell._meta.model_name
    return {
        f"{art}-{pk if konzept == neu else frueher}": f"{art}-{frueher if konzept == neu else pk}"
        for pk, frueher, konzept in zeilen
    }
