"""What a Beratung stores about an account: what it can take along, and what goes with it."""

from django.db.models import Q

from konzept.konten.daten import Anhang
from konzept.konten.models import Benutzer

from .beteiligte import vor_dem_loeschen
from .models import Anmerkung, Beteiligtenwechsel, Lesestand, Runde, Sitz


def _auszug(benutzer: Benutzer) -> dict:
    sitze = Sitz.objects.filter(benutzer=benutzer).select_related("gremium__kommune").order_by("pk")
    eigene = Anmerkung.objects.filter(verfasser=benutzer, papier_von="").order_by("pk")
    eigene = eigene.select_related("runde__fassung__konzept").defer("runde__fassung__inhalt")
    eingetragene = Anmerkung.objects.filter(verfasser=benutzer).exclude(papier_von="").order_by("pk")
    staende = Lesestand.objects.filter(benutzer=benutzer).select_related("runde__fassung__konzept")
    wechsel = Beteiligtenwechsel.objects.filter(Q(person=benutzer) | Q(durch=benutzer)).order_by("pk")
    wechsel = wechsel.select_related("runde__fassung").defer("runde__fassung__inhalt")
    return {
        "sitze_in_gremien": [{"gremium": s.gremium.name, "kommune": s.gremium.kommune.name} for s in sitze],
        "anmerkungen": [
            {
                "konzept": a.runde.fassung.titel,
                "fassung": str(a.runde.fassung),
                "randnummer": a.rn,
                "zitat": a.zitat,
                "text": a.text,
                "vorschlag": a.vorschlag,
                "privat": a.privat,
                "verfasst_am": a.verfasst_am,
                "zurueckgezogen_am": a.zurueckgezogen_am,
            }
            for a in eigene
        ],
        "vom_papier_eingetragen": [{"randnummer": a.rn, "eingetragen_am": a.verfasst_am} for a in eingetragene],
        "wechsel_der_beteiligten": [
            {
                "konzept": w.runde.fassung.titel,
                "zeitpunkt": w.zeitpunkt,
                "kam_dazu": w.kam,
                "betrifft_sie": w.person_id == benutzer.pk,
                "von_ihnen": w.durch_id == benutzer.pk,
            }
            for w in wechsel
        ],
        "anmerkungen_gelesen": [
            {"konzept": s.runde.fassung.titel, "gelesen_bis": s.gelesen_bis}
            for s in staende.defer("runde__fassung__inhalt").order_by("pk")
        ],
    }


def _in_worten(auszug: dict) -> list[tuple[str, str]]:
    gesagt = auszug["anmerkungen"]
    private = sum(a["privat"] for a in gesagt)
    oeffentliche, papier = len(gesagt) - private, len(auszug["vom_papier_eingetragen"])
    zeilen = [
        ("Sitze in Gremien", ", ".join(f"{s['gremium']} ({s['kommune']})" for s in auszug["sitze_in_gremien"])),
        ("Anmerkungen", f"{oeffentliche} von Ihnen" if oeffentliche else ""),
        ("Private Notizen", f"{private}, die nur Sie lesen" if private else ""),
        ("Vom Papier eingetragen", f"{papier} im Namen anderer" if papier else ""),
    ]
    return [(name, text) for name, text in zeilen if text]


def _loesche(benutzer: Benutzer) -> None:
    """Private notes go; what was said to the others stays without the name."""
    vor_dem_loeschen(benutzer)
    Anmerkung.objects.filter(verfasser=benutzer, privat=True).delete()
    Runde.personen.through.objects.filter(benutzer=benutzer).delete()


ANHANG = Anhang(
    eigene=(Sitz, Lesestand),
    bleibende=(Anmerkung, Beteiligtenwechsel),
    auszug=_auszug,
    in_worten=_in_worten,
    loesche=_loesche,
)
