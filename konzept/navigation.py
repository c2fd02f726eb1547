"""What stands around every page of a concept: title, navigation, outline and the way back.

It lies below the apps whose pages it leads to, and knows these by the names of their addresses.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.urls import reverse

from konzept import rechte
from konzept.models.basis import anker

MIT_FORMULAR = {
    "abschnitt": "abschnitte",
    "angebot": "angebote",
    "beteiligung": "beteiligungen",
    "handlungsfeld": "handlungsfelder",
    "handlungsziel": "handlungsziele",
    "indikator": "indikatoren",
    "leitlinie": "leitlinien",
    "leitziel": "leitziele",
    "prozessschritt": "prozessschritte",
    "querschnittsaufgabe": "querschnittsaufgaben",
}
"""The kinds of elements that are edited on the workbench: their names in an Anker and in an address."""

EIGENE_SEITE = {"massnahme": "massnahmen:bearbeiten", "vorlage": "vorlagen:bearbeiten"}
"""The kinds whose form is a page of their own: the name of its address."""


def adresse(konzept, name: str, **weitere) -> str:
    """The address of a page of a concept: `adresse(k, "konzept:kapitel", anker="abschnitt-7")`."""
    return reverse(name, kwargs={"kommune": konzept.kommune.slug, "konzept": konzept.slug} | weitere)


def formular_adresse(konzept, anker: str) -> str | None:
    """The form of an element, for the elements that have one."""
    art, _, pk = anker.partition("-")
    if not pk.isdecimal():
        return None
    if art in EIGENE_SEITE:
        return adresse(konzept, EIGENE_SEITE[art], pk=int(pk))
    name = MIT_FORMULAR.get(art)
    return adresse(konzept, "werkbank:bearbeiten", art=name, pk=int(pk)) if name else None


@dataclass
class Gliederungseintrag:
    """A line of the outline beside a page; `url` is filled in by whoever shows it."""

    anker: str
    nummer: str
    titel: str
    kinder: list["Gliederungseintrag"] = field(default_factory=list)
    url: str = ""
    aktiv: bool = False

    def durchlaufe(self):
        """This entry and all below it."""
        yield self
        for kind in self.kinder:
            yield from kind.durchlaufe()


_fuer_mitwirkende: list[Callable[..., QuerySet]] = []


def melde_an(bearbeitbar_fuer: Callable[..., QuerySet]) -> None:
    """For `AppConfig.ready`: which elements of a kind an account edits that takes part on behalf of an Akteur, as a
    function of the account and the concept."""
    _fuer_mitwirkende.append(bearbeitbar_fuer)


class Formulare:
    """Knows where an account edits which element; the part templates ask it for their "Bearbeiten" links.

    `eigene` holds the Akteure (pk) on whose behalf the account takes part, None where it may edit everything.
    One query for who takes part for an Akteur.
    """

    def __init__(self, benutzer, konzept):
        self.benutzer, self.konzept = benutzer, konzept
        self.eigene = rechte.mitwirkend_fuer(benutzer, konzept)
        self._anker = None
        if self.eigene is not None:
            self._anker = {
                f"{zeilen.model._meta.model_name}-{pk}"
                for zeilen in (fuer(benutzer, konzept) for fuer in _fuer_mitwirkende)
                for pk in zeilen.values_list("pk", flat=True)
            }

    def url(self, anker: str) -> str | None:
        """The address of an element's form, None where there is none or the account may not use it."""
        if self._anker is not None and anker not in self._anker:
            return None
        return formular_adresse(self.konzept, anker)

    def blatt(self, anker: str) -> str | None:
        """The address of the sheet of a measure; None for other elements."""
        art, _, pk = anker.partition("-")
        return adresse(self.konzept, "teildrucke:massnahme", pk=int(pk)) if art == "massnahme" else None


def rahmen(benutzer, konzept, bereich: str) -> dict:
    """Context of base.html without the outline; `bereich` is the first word of an entry of the navigation, or another
    for none. Who reads no Arbeitsstand is only led to the Fassungen. No queries beyond the roles of the account."""
    darf_lesen = rechte.darf(benutzer, rechte.LESEN, konzept)
    darf_bearbeiten = rechte.darf(benutzer, rechte.BEARBEITEN, konzept)
    lesen = [
        ("uebersicht", "Übersicht", "konzept:uebersicht"),
        ("massnahmen", "Maßnahmen", "massnahmen:liste"),
        ("zeit_und_geld", "Zeit und Geld", "konzept:zeit_und_geld"),
    ]
    bearbeiten = [
        ("gliederung", "Gliederung", "werkbank:gliederung"),
        ("offen", "Was noch fehlt", "werkbank:offen"),
    ]
    fassungen = [("fassungen", "Fassungen", "fassungen:liste")]
    beraten = [("beratung", "Beratung", "beratung:liste"), ("vorlagen", "Vorlagen", "vorlagen:liste")]
    punkte = lesen + (bearbeiten if darf_bearbeiten else []) + fassungen + beraten if darf_lesen else fassungen
    navigation = [
        {"titel": titel, "url": adresse(konzept, name), "aktiv": bereich == kurz} for kurz, titel, name in punkte
    ]
    if darf_lesen:
        navigation.append({"titel": "PDF", "url": adresse(konzept, "konzept:pdf"), "aktiv": False})
    return {
        "konzept": konzept,
        "navigation": navigation,
        "darf_lesen": darf_lesen,
        "darf_bearbeiten": darf_bearbeiten,
    }


def rahmen_um(formulare: Formulare, zeile, eintraege: list[Gliederungseintrag]) -> dict:
    """Context of the form page of `zeile`, with the outline: to forms where the account may use them, else to pages.
    No queries."""
    konzept = formulare.konzept
    for eintrag in alle(eintraege):
        eintrag.aktiv = eintrag.anker == anker(zeile)
        eintrag.url = formulare.url(eintrag.anker) or adresse(konzept, "konzept:kapitel", anker=eintrag.anker)
    return rahmen(formulare.benutzer, konzept, "bearbeiten") | {"gliederung": eintraege}


def alle(eintraege: list[Gliederungseintrag]) -> Iterator[Gliederungseintrag]:
    for eintrag in eintraege:
        yield from eintrag.durchlaufe()
