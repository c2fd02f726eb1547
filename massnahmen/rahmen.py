"""What stands around every page of a concept: title, navigation, outline and the way back."""

from django.urls import reverse

from konzept import rechte

from .gliederung import Eintrag, Nummern, anker, lade_gliederung
from .models import Massnahme, mitwirkend_fuer

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


class Formulare:
    """Knows where an account edits which element; the part templates ask it for their "Bearbeiten" links.

    `eigene` holds the Akteure (pk) on whose behalf the account takes part, None where it may edit everything.
    One query for who takes part for an Akteur.
    """

    def __init__(self, benutzer, konzept):
        self.benutzer, self.konzept = benutzer, konzept
        self.eigene = mitwirkend_fuer(benutzer, konzept)
        self._anker = None
        if self.eigene is not None:
            massnahmen = Massnahme.objects.bearbeitbar_fuer(benutzer, konzept)
            self._anker = {f"massnahme-{pk}" for pk in massnahmen.values_list("pk", flat=True)}

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


def rahmen_bearbeiten(formulare: Formulare, zeile, feld=None) -> tuple[dict, Nummern]:
    """Context of the form page of `zeile`, with the outline: to forms where the account may use them, else to pages.

    Two queries, five with `feld`.
    """
    nummern, eintraege = lade_gliederung(formulare.konzept, feld)
    return rahmen_um(formulare, zeile, eintraege), nummern


def rahmen_um(formulare: Formulare, zeile, eintraege: list[Eintrag]) -> dict:
    """Like `rahmen_bearbeiten`, with an outline that was loaded already. No queries."""
    konzept = formulare.konzept
    for eintrag in alle(eintraege):
        eintrag.aktiv = eintrag.anker == anker(zeile)
        eintrag.url = formulare.url(eintrag.anker) or adresse(konzept, "konzept:kapitel", anker=eintrag.anker)
    return rahmen(formulare.benutzer, konzept, "bearbeiten") | {"gliederung": eintraege}


def alle(eintraege: list[Eintrag]):
    for eintrag in eintraege:
        yield from eintrag.durchlaufe()
