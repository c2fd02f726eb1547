"""One section of the outline or one Handlungsfeld as a print of its own, with all that stands below it."""

from typing import ClassVar

from django.http import Http404
from msgspec import structs

from konzept import grenzen
from konzept.dokument import baum, druckbild

from .teildruck import NichtDruckbar, Quelle, Teildruck


class Kapiteldruck(Teildruck, frozen=True, kw_only=True):
    ART: ClassVar[str] = "kapitel"
    VORLAGE: ClassVar[str] = "teildrucke/kapitel.html"

    kapitel: baum.Kapitel

    @property
    def titel(self) -> str:
        return self.kapitel.ueberschrift

    def inhalt(self) -> dict:
        anfaenge = druckbild.anfaenge(structs.replace(self.dokument, kapitel=(self.kapitel,)))
        ohne_ihn = anfaenge._replace(neue_seiten=anfaenge.neue_seiten - {self.kapitel.anker})
        return {"kapitel": self.kapitel, "anfaenge": ohne_ihn}


def finde(dokument: baum.Dokument, anker: str) -> baum.Kapitel:
    """The section, or Handlungsfeld, with an Anker; Http404 where the tree has none."""
    for _, kapitel in dokument.alle_kapitel():
        if kapitel.anker == anker and kapitel.art != "teil":
            return kapitel
    raise Http404("There is no such section.")


def nimm_auf(quelle: Quelle, anker: str) -> Kapiteldruck:
    """Http404 where the tree has no such section, NichtDruckbar where it is too long. No queries."""
    kapitel = finde(quelle.dokument, anker)
    if druckbild.umfang(kapitel) > grenzen.KAPITELDRUCK:
        raise NichtDruckbar(
            "Dieses Kapitel ist zu lang, um für sich gedruckt zu werden. Drucken Sie seine Teile einzeln, oder das "
            "ganze Konzept."
        )
    return Kapiteldruck(**quelle.rahmen(), kapitel=kapitel)
