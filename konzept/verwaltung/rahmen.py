"""What stands around every page of a Kommune: the navigation by right, and the way back."""

from django.urls import reverse

from konzept import rechte

_PUNKTE = (
    ("mitglieder", "Mitglieder", rechte.MITGLIEDER),
    ("stammdaten", "Stammdaten", rechte.STAMMDATEN),
    ("protokoll", "Protokoll", rechte.PROTOKOLL),
)


def verweise(benutzer, kommune, aktiv: str = "") -> list[dict]:
    """The pages that run a Kommune, for whoever may open them, as entries of `kern/navigation.html`. No queries beyond
    the roles of the account."""
    return [
        {"titel": titel, "url": adresse(kommune, name), "aktiv": name == aktiv}
        for name, titel, recht in _PUNKTE
        if rechte.darf(benutzer, recht, kommune)
    ]


def adresse(kommune, name: str, *weitere) -> str:
    """The address of a page of a Kommune: `adresse(k, "rollen", 7)`."""
    return reverse(f"verwaltung:{name}", args=[kommune.slug, *weitere])


def rahmen(benutzer, kommune, aktiv: str) -> dict:
    """Context of `verwaltung/basis.html`. `aktiv`: kommune, mitglieder, stammdaten or protokoll."""
    start = {"titel": "Konzepte", "url": adresse(kommune, "kommune"), "aktiv": aktiv == "kommune"}
    return {"kommune": kommune, "navigation": [start, *verweise(benutzer, kommune, aktiv)]}


def bereich(benutzer, kommune, konzepte) -> dict:
    """Context of `konzept/konzeptliste.html` and the links beside it: what an account finds in a Kommune."""
    return {
        "kommune": kommune,
        "konzepte": konzepte,
        "darf_lesen": rechte.darf(benutzer, rechte.LESEN, kommune),
        "ist_gremium": rechte.Rolle.GREMIUM in benutzer.rollen_in(kommune.pk),
        "verweise": verweise(benutzer, kommune),
    }
