"""What stands around every page of a Beratung: navigation, the bar with the Fassung and its days, where to go."""

from django.urls import reverse

from konzept import rechte
from konzept.navigation import adresse
from konzept.navigation import rahmen as rahmen_des_konzepts

from .zugriff import Zutritt


def runden_adresse(runde, name: str, **weitere) -> str:
    """The address of a page of a Runde: `runden_adresse(runde, "pruefen_kapitel", anker="abschnitt-7")`."""
    return adresse(runde.konzept, f"beratung:{name}", pk=runde.pk, **weitere)


def rahmen(benutzer, konzept, aktiv: str = "beratung") -> dict:
    """Context of `beratung/basis.html`, also as the frame of an editing page. Who does not read the Arbeitsstand finds
    nothing of it in the navigation. No queries beyond the roles of the account."""
    if rechte.darf(benutzer, rechte.LESEN, konzept):
        return rahmen_des_konzepts(benutzer, konzept, aktiv) | {"basis": "beratung/basis.html"}
    punkte = (("Beratung", adresse(konzept, "beratung:liste"), "beratung"), ("Übersicht", reverse("konzept:start"), ""))
    navigation = [{"titel": titel, "url": url, "aktiv": kurz == aktiv} for titel, url, kurz in punkte]
    return {
        "basis": "beratung/basis.html",
        "konzept": konzept,
        "navigation": navigation,
        "darf_bearbeiten": False,
        "ohne_arbeitsstand": True,
    }


def rahmen_der_runde(benutzer, zutritt: Zutritt, aktiv: str = "") -> dict:
    """Context of `beratung/runde_basis.html`; `aktiv` names the page of the Runde. No queries."""
    runde = zutritt.runde
    seiten = [("detail", "Über die Runde"), ("pruefen", "Prüfen"), ("anmerkungen", "Anmerkungen")]
    if zutritt.leitet:
        seiten.append(("abwaegung", "Abwägung"))
    return rahmen(benutzer, zutritt.konzept) | {
        "basis": "beratung/runde_basis.html",
        "runde": runde,
        "fassung": runde.fassung,
        "zutritt": zutritt,
        "rundenseiten": [
            {"titel": titel, "url": runden_adresse(runde, name), "aktiv": name == aktiv} for name, titel in seiten
        ],
        "krumen": [{"titel": "Beratung", "url": adresse(zutritt.konzept, "beratung:liste")}],
    }
