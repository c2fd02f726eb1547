"""How Anmerkungen are shown: the state of each, what the account may do with it, what is new."""

from django.db.models import Q

from konzept import rechte
from konzept.entwuerfe.models import Zwischenstand
from konzept.fassungen.vergleich.aufwand import begrenzt
from konzept.fassungen.vergleich.html import unterschied_html

from .models import Abwaegungsergebnis, Lesestand
from .seitenrahmen import runden_adresse
from .stellen import Stellen
from .zugriff import Zutritt

OFFEN = Q(stellungnahme=None) | Q(stellungnahme__freigegeben_am=None)
"""Not answered yet, as the authors see it."""

MARKEN = {
    Abwaegungsergebnis.UEBERNOMMEN: "erfolg",
    Abwaegungsergebnis.TEILWEISE: "info",
    Abwaegungsergebnis.NICHT: "gefahr",
    Abwaegungsergebnis.KENNTNIS: "",
}


class Karten:
    """What the cards of a page need beside the rows: since when things are new to the account, and which answers it was
    typing. One query, two for the administration."""

    def __init__(self, request, zutritt: Zutritt, stellen: Stellen):
        self.benutzer, self.zutritt, self.stellen = request.user, zutritt, stellen
        stand = Lesestand.objects.filter(runde=zutritt.runde, benutzer=request.user)
        self.gelesen_bis = stand.values_list("gelesen_bis", flat=True).first()
        self.zurueck = request.get_full_path()
        self._pruefen = runden_adresse(zutritt.runde, "pruefen")
        self._seiten: dict[str, str] = {}
        self.darf_freigeben = rechte.darf(request.user, rechte.FREIGEBEN, zutritt.konzept)
        self.wartend: set[str] = set()
        if zutritt.leitet:
            hier = Zwischenstand.objects.filter(
                benutzer=request.user, adresse__startswith=runden_adresse(zutritt.runde, "abwaegung")
            )
            self.wartend.update(hier.values_list("adresse", flat=True))

    def neue(self, anmerkungen):
        """Of these, what others have said since the account said that it has read everything."""
        andere = anmerkungen.oeffentliche().exclude(verfasser=self.benutzer)
        return andere.filter(verfasst_am__gt=self.gelesen_bis) if self.gelesen_bis else andere

    def baue(self, anmerkungen) -> list[dict]:
        """Context of `beratung/karte.html` for each. No queries, but that of the rows."""
        with begrenzt():
            return [self._karte(anmerkung) for anmerkung in anmerkungen]

    def _karte(self, a) -> dict:
        a.runde = self.zutritt.runde
        stelle = self.stellen.get(a.rn)
        eigene = a.verfasser_id == self.benutzer.pk and not a.papier_von
        neu = not eigene and (self.gelesen_bis is None or a.verfasst_am > self.gelesen_bis)
        stellungnahme = getattr(a, "stellungnahme", None)
        titel, marke = zustand(a, leitet=self.zutritt.leitet)
        ist_offen = not (a.privat or a.zurueckgezogen_am or a.antwort)
        zu_beantworten = self.zutritt.leitet and not (a.privat or a.zurueckgezogen_am)
        bearbeitbar = a.bearbeitbar_fuer(self.benutzer, leitet=self.zutritt.leitet)
        abwaegen = runden_adresse(a.runde, "stellungnahme", anmerkung=a.pk) if zu_beantworten else None
        return {
            "anmerkung": a,
            "stelle": stelle,
            "zustand": titel,
            "marke": marke,
            "eigene": eigene,
            "neu": neu,
            "antwort": a.antwort,
            "bearbeitbar": bearbeitbar,
            "vorschlag": _als_aenderung(stelle, a.vorschlag),
            "ort": self._ort(a, stelle),
            "bearbeiten": bearbeitbar and runden_adresse(a.runde, "bearbeiten_anmerkung", anmerkung=a.pk),
            "zurueckziehen": bearbeitbar and runden_adresse(a.runde, "zurueckziehen", anmerkung=a.pk),
            "abwaegen": abwaegen,
            "entwurf": stellungnahme if self.zutritt.leitet and not a.antwort else None,
            "kurzantwort": self._kurzantwort(a, stelle, abwaegen) if self.zutritt.leitet and ist_offen else None,
            "naechste": f"{self._pruefen}?nach={a.pk}" if ist_offen else None,
        }

    def _kurzantwort(self, a, stelle, abwaegen: str) -> dict:
        """What the small form in a card needs; none of it is read from the database."""
        return {
            "wartet": abwaegen in self.wartend,
            "ergebnisse": Abwaegungsergebnis.choices,
            "zurueck": self.zurueck,
            "darf_freigeben": self.darf_freigeben,
            "uebernehmen": a.vorschlag and stelle and runden_adresse(a.runde, "uebernehmen", anmerkung=a.pk),
        }

    def _ort(self, a, stelle) -> str:
        """Where it stands; hundreds of cards stand on the same few pages."""
        seite = stelle.seite if stelle else ""
        if seite not in self._seiten:
            name, weitere = ("pruefen_kapitel", {"anker": seite}) if seite else ("anmerken", {})
            self._seiten[seite] = runden_adresse(a.runde, name, **weitere)
        return f"{self._seiten[seite]}#anmerkung-{a.pk}"


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
        return a.antwort.get_ergebnis_display(), MARKEN.get(a.antwort.ergebnis, "")
    if leitet and (entwurf := getattr(a, "stellungnahme", None)):
        if a.geaendert_am > entwurf.geaendert_am:
            return "Entwurf, Anmerkung danach geändert", "offen"
        return "Entwurf", "info"
    return "offen", "offen"
