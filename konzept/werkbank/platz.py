"""Where an element is edited: in a concept, or in the directories of a Kommune. Access, addresses, context."""

from dataclasses import dataclass

from django.urls import reverse

from handlungsfelder.models import Handlungsfeld
from konzept import rechte
from konzept.models import Kommune, Konzept
from konzept.navigation import Formulare, adresse, rahmen_um
from konzept.verlauf.aufzeichnung import anker
from konzept.verwaltung.seitenrahmen import rahmen as rahmen_der_kommune
from konzept.zugriff import hole, hole_aus_kommune, hole_kommune, hole_konzept
from massnahmen.gliederung import lade_gliederung

from .einfuegen import INHALT
from .elemente import ELEMENTE, Element

VERBEN = ("verschieben", "verlauf", "loeschen")


@dataclass
class Platz:
    """`objekt` is None where a new element is made; `konzept` is None in the directories of a Kommune."""

    benutzer: object
    element: Element
    kommune: Kommune
    konzept: Konzept | None
    objekt: object = None

    def adresse(self, verb: str, **weitere) -> str:
        """The address of another page of the same element, or of its kind: `p.adresse("neu")`."""
        werte = {"kommune": self.kommune.slug, "art": self.element.art} | weitere
        if self.konzept:
            werte["konzept"] = self.konzept.slug
        if self.objekt is not None and self.objekt.pk and verb not in {"neu", "liste"}:
            werte["pk"] = self.objekt.pk
        return reverse(f"{'werkbank' if self.konzept else 'verzeichnis'}:{verb}", kwargs=werte)

    def uebersicht(self, objekt=None) -> str:
        """The page that lists the element, at its line: the outline, or the directory."""
        stelle = f"#{anker(objekt)}" if objekt is not None and objekt.pk else ""
        if not self.konzept:
            return f"{self.adresse('liste')}{stelle}"
        if self.element.liste:
            return f"{adresse(self.konzept, self.element.liste)}{stelle}"
        if objekt is None:
            frage = ""
        elif objekt._meta.model_name in INHALT.values():
            frage = f"?liste={anker(objekt)}"
        elif isinstance(objekt, Handlungsfeld):
            frage = f"?feld={objekt.pk}"
        else:
            frage = "" if hasattr(objekt, "konzept_id") else f"?feld={objekt.handlungsfeld_id}"
        return f"{adresse(self.konzept, 'werkbank:gliederung')}{frage}{stelle}"

    def kontext(self) -> dict:
        """Context of the page around the element, with the outline beside it: two queries in a concept."""
        if self.konzept:
            kontext = rahmen_bearbeiten(Formulare(self.benutzer, self.konzept), self.objekt or self.konzept)
        else:
            kontext = rahmen_der_kommune(self.benutzer, self.kommune, self.element.art)
            kontext["basis"] = "verwaltung/basis.html"
        im_baum = self.konzept and not self.element.liste
        krume = "Gliederung" if im_baum else str(self.element.modell._meta.verbose_name_plural)
        kontext |= {
            "element": self.element,
            "objekt": self.objekt,
            "uebersicht": self.uebersicht(),
            "krumen": [{"titel": krume, "url": self.uebersicht()}],
        }
        if self.objekt is not None and self.objekt.pk:
            kontext["adressen"] = {
                verb: self.adresse(verb) for verb in VERBEN if im_baum or verb != "verschieben"
            }
        return kontext


def rahmen_bearbeiten(formulare: Formulare, zeile) -> dict:
    """Context of the form page of `zeile`, with the outline: to forms where the account may use them, else to pages.
    Two queries."""
    _, eintraege = lade_gliederung(formulare.konzept)
    return rahmen_um(formulare, zeile, eintraege)


def hole_platz(benutzer, art: str, kommune: str, konzept: str | None, pk: int | None = None) -> Platz:
    """The place at an address, for whoever may edit there; Http404 or PermissionDenied."""
    element, recht = ELEMENTE[art], rechte.BEARBEITEN
    if pk is None:
        if konzept is None:
            return Platz(benutzer, element, hole_kommune(benutzer, kommune, recht), None)
        k = hole_konzept(benutzer, kommune, konzept, recht)
        return Platz(benutzer, element, k.kommune, k)
    if konzept is None:
        objekt = hole_aus_kommune(benutzer, element.alle(), pk, kommune, recht)
        return Platz(benutzer, element, objekt.kommune, None, objekt)
    objekt = hole(benutzer, element.alle(), pk, kommune, konzept, recht)
    return Platz(benutzer, element, objekt.konzept.kommune, objekt.konzept, objekt)
