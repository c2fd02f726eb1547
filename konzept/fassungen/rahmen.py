"""What stands around every page of a Fassung."""

from massnahmen.rahmen import adresse, rahmen

from .models import Fassung


def adresse_der(fassung: Fassung, name: str = "fassungen:detail", **weitere) -> str:
    """The address of a page of a Fassung: `adresse_der(f, "fassungen:lesen", anker="abschnitt-7")`."""
    return adresse(fassung.konzept, name, nummer=fassung.nummer, **weitere)


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
