"""What stands around every page of a Fassung."""

from django.urls import reverse

from konzept import rechte
from konzept.dokument.wappen import hole_wappen
from konzept.models import Konzept
from konzept.navigation import adresse, rahmen

from .models import Fassung


def adresse_der(fassung: Fassung, name: str = "fassungen:detail", **weitere) -> str:
    """The address of a page of a Fassung: `adresse_der(f, "fassungen:lesen", anker="abschnitt-7")`."""
    return adresse(fassung.konzept, name, nummer=fassung.nummer, **weitere)


def wappenhinweis(benutzer, konzept: Konzept, mangel: str | None = None) -> dict | None:
    """Context `hinweis` of fassungen/wappen.html for staff, who can mend it or say who can: what is wrong with the
    Wappen of the Arbeitsstand, and the page where it is uploaded, "" for whoever may not. None for everybody else, and
    where nothing is wrong. `mangel` where it was looked at already (see `hole_wappen`). No queries beyond the roles of
    the account."""
    darf_hochladen = rechte.darf(benutzer, rechte.STAMMDATEN, konzept.kommune)
    if not (darf_hochladen or rechte.darf(benutzer, rechte.FESTSCHREIBEN, konzept)):
        return None
    if mangel is None:
        mangel = hole_wappen(konzept.kommune.wappen.name or "").mangel
    stammdaten = reverse("verwaltung:stammdaten", args=[konzept.kommune.slug]) if darf_hochladen else ""
    return {"mangel": mangel, "url": stammdaten} if mangel else None


def rahmen_der_fassung(benutzer, fassung: Fassung) -> dict:
    """Context of fassungen/basis.html. No queries beyond the roles of the account and the tree."""
    return rahmen(benutzer, fassung.konzept, "fassungen") | {
        "fassung": fassung,
        "dokument": fassung.dokument,
        "basis": "fassungen/basis.html",
        "randnummern": True,
        "krumen": [
            {"titel": "Fassungen", "url": adresse(fassung.konzept, "fassungen:liste")},
            {"titel": str(fassung), "url": adresse_der(fassung)},
        ],
    }
