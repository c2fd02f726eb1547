"""What stands around every page of a Kommune: the navigation by right, and the way back."""

from django.urls import reverse

from konzept import rechte

_PUNKTE = (
    ("mitglieder", "Mitglieder", rechte.MITGLIEDER),
    ("sitze", "Sitze in Gremien", rechte.MITGLIEDER),
    ("stammdaten", "Stammdaten", rechte.STAMMDATEN),
    ("vorlagenkopf:bearbeiten", "Vorlagenkopf", rechte.STAMMDATEN),
    ("protokoll", "Protokoll", rechte.PROTOKOLL),
)


def verweise(benutzer, kommune, aktiv: str = "") -> list[dict]:
    """The pages that run a Kommune, for whoever may open them, as entries of `kern/navigation.html`. No queries beyond
    the roles of the account."""
    return [
        {"titel": titel, "url": _adresse(kommune, name), "aktiv": name == aktiv}
        for name, titel, recht in _PUNKTE
        if rechte.darf(benutzer, recht, kommune)
    ]


def adresse(kommune, name: str, *weitere) -> str:
    """The address of a page of a Kommune: `adresse(k, "rollen", 7)`; of another app with its namespace."""
    return reverse(name if ":" in name else f"verwaltung:{name}", args=[kommune.slug, *weitere])


def _adresse(kommune, name: str) -> str:
    return reverse("sitze:liste", args=[kommune.slug]) if name == "sitze" else adresse(kommune, name)


def rahmen(benutzer, kommune, aktiv: str) -> dict:
    """Context of `verwaltung/basis.html`. `aktiv`: kommune, or the name of an entry in `_PUNKTE`."""
    start = {"titel": "Konzepte", "url": adresse(kommune, "kommune"), "aktiv": aktiv == "kommune"}
    return {"kommune": kommune, "navigation": [start, *verweise(benutzer, kommune, aktiv)]}


def bereich(benutzer, kommune, konzepte, fassungen=()) -> dict:
    """Context of `konzept/konzeptliste.html` and the links beside it: what an account finds in a Kommune."""
    return {
        "kommune": kommune,
        "konzepte": konzepte,
        "fassungen": fassungen,
        "darf_lesen": rechte.darf(benutzer, rechte.LESEN, kommune),
        "darf_bearbeiten": rechte.darf(benutzer, rechte.BEARBEITEN, kommune),
        "ist_gremium": rechte.Rolle.GREMIUM in benutzer.rollen_in(kommune.pk),
        "verweise": verweise(benutzer, kommune),
    }
