"""How Anmerkungen are shown: the state of each, what the account may do with it, what is new."""

from django.db.models import Q

from konzept.fassungen.vergleich.html import unterschied_html

from .models import Ergebnis, Lesestand
from .rahmen import runden_adresse
from .stellen import Stellen
from .zugriff import Zutritt

OFFEN = Q(stellungnahme=None) | Q(stellungnahme__freigegeben_am=None)
"""Not answered yet, as the authors see it."""

MARKEN = {
    Ergebnis.UEBERNOMMEN: "erfolg",
    Ergebnis.TEILWEISE: "info",
    Ergebnis.NICHT: "gefahr",
    Ergebnis.KENNTNIS: "",
}


class Karten:
    """What the cards of a page need beside the rows: since when things are new to the account. One query."""

    def __init__(self, request, zutritt: Zutritt, stellen: Stellen):
        self.benutzer, self.zutritt, self.stellen = request.user, zutritt, stellen
        stand = Lesestand.objects.filter(runde=zutritt.runde, benutzer=request.user)
        self.gelesen_bis = stand.values_list("gelesen_bis", flat=True).first()

    def neue(self, anmerkungen):
        """Of these, what others have said since the account said that it has read everything."""
        andere = anmerkungen.oeffentliche().exclude(verfasser=self.benutzer)
        return andere.filter(verfasst_am__gt=self.gelesen_bis) if self.gelesen_bis else andere

    def baue(self, anmerkungen) -> list[dict]:
        """Context of `beratung/karte.html` for each. The rows' own query, and none for each row."""
        return [self._karte(anmerkung) for anmerkung in anmerkungen]

    def _karte(self, a) -> dict:
        a.runde = self.zutritt.runde
        stelle = self.stellen.get(a.rn)
        eigene = a.verfasser_id == self.benutzer.pk and not a.papier_von
        neu = not eigene and (self.gelesen_bis is None or a.verfasst_am > self.gelesen_bis)
        stellungnahme = getattr(a, "stellungnahme", None)
        titel, marke = zustand(a, leitet=self.zutritt.leitet)
        return {
            "anmerkung": a,
            "stelle": stelle,
            "zustand": titel,
            "marke": marke,
            "eigene": eigene,
            "neu": neu,
            "antwort": a.antwort,
            "bearbeitbar": a.bearbeitbar_fuer(self.benutzer, leitet=self.zutritt.leitet),
            "vorschlag": _als_aenderung(stelle, a.vorschlag),
            "ort": self._ort(a, stelle),
            "bearbeiten": runden_adresse(a.runde, "bearbeiten_anmerkung", anmerkung=a.pk),
            "zurueckziehen": runden_adresse(a.runde, "zurueckziehen", anmerkung=a.pk),
            "abwaegen": runden_adresse(a.runde, "stellungnahme", anmerkung=a.pk)
            if self.zutritt.leitet and not (a.privat or a.zurueckgezogen_am)
            else None,
            "entwurf": stellungnahme if self.zutritt.leitet and not a.antwort else None,
            "naechste": f"{runden_adresse(a.runde, 'pruefen')}?nach={a.pk}",
        }

    def _ort(self, a, stelle) -> str:
        if stelle is None:
            return f"{runden_adresse(a.runde, 'anmerken')}#anmerkung-{a.pk}"
        return f"{runden_adresse(a.runde, 'pruefen_kapitel', anker=stelle.seite)}#anmerkung-{a.pk}"


def _als_aenderung(stelle, vorschlag: str):
    """A proposed wording as a change against the paragraph; as it is, where it is about no running text."""
    return unterschied_html(stelle.text, vorschlag) if vorschlag and stelle and stelle.ist_text else vorschlag


def zustand(a, *, leitet: bool) -> tuple[str, str]:
    """The word for the state of an Anmerkung, and the kind of its badge. A draft is one for the administration only."""
    if a.zurueckgezogen_am:
        return "zurückgezogen", ""
    if a.privat:
        return "private Notiz", ""
    if a.antwort:
        return a.antwort.get_ergebnis_display(), MARKEN[a.antwort.ergebnis]
    if leitet and getattr(a, "stellungnahme", None):
        return "Entwurf", "info"
    return "offen", "offen"
