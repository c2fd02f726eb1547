"""What stands around every page of a concept: title, navigation, outline and the way back."""

from django.urls import reverse

from konzept import rechte

from .gliederung import Eintrag, Nummern, lade_gliederung


def adresse(konzept, name: str, **weitere) -> str:
    """The address of a page of a concept: `adresse(k, "konzept:kapitel", anker="abschnitt-7")`."""
    return reverse(name, kwargs={"kommune": konzept.kommune.slug, "konzept": konzept.slug} | weitere)


def formular_adresse(konzept, anker: str) -> str | None:
    """The form of an element, for the elements that have one."""
    art, _, pk = anker.partition("-")
    name = {"massnahme": "massnahmen:bearbeiten", "abschnitt": "konzept:abschnitt_bearbeiten"}.get(art)
    return adresse(konzept, name, pk=int(pk)) if name and pk.isdecimal() else None


class Formulare:
    """Knows where an element is edited; the part templates ask it for their "Bearbeiten" links."""

    def __init__(self, konzept, adresse_sonst=None):
        self.konzept, self.sonst = konzept, adresse_sonst

    def url(self, anker: str) -> str | None:
        return formular_adresse(self.konzept, anker) or (self.sonst(anker) if self.sonst else None)


def rahmen(benutzer, konzept, bereich: str) -> dict:
    """Context of base.html without the outline. `bereich`: uebersicht, lesen, gesamt or bearbeiten. No queries
    beyond the roles of the account."""
    punkte = [
        ("uebersicht", "Übersicht", "konzept:uebersicht"),
        ("gesamt", "Ganzes Konzept", "konzept:gesamt"),
    ]
    navigation = [
        {"titel": titel, "url": adresse(konzept, name), "aktiv": bereich == kurz}
        for kurz, titel, name in punkte
    ]
    navigation.append({"titel": "PDF", "url": adresse(konzept, "konzept:pdf"), "aktiv": False})
    return {
        "konzept": konzept,
        "navigation": navigation,
        "darf_bearbeiten": rechte.darf(benutzer, rechte.BEARBEITEN, konzept),
    }


def rahmen_bearbeiten(benutzer, konzept, anker: str, feld=None) -> tuple[dict, Nummern]:
    """Context of a form page, with the outline in which `anker` is the current entry: two queries, five with `feld`."""
    nummern, eintraege = lade_gliederung(konzept, feld)
    for eintrag in alle(eintraege):
        eintrag.aktiv = eintrag.anker == anker
        eintrag.url = formular_adresse(konzept, eintrag.anker) or adresse(
            konzept, "konzept:kapitel", anker=eintrag.anker
        )
    return rahmen(benutzer, konzept, "bearbeiten") | {"gliederung": eintraege}, nummern


def alle(eintraege: list[Eintrag]):
    for eintrag in eintraege:
        yield from eintrag.durchlaufe()
