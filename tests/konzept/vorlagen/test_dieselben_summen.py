"""Musterstadt, added up by hand: page, print, Vorlage and spreadsheet say the same."""

import io
import re
from collections import defaultdict
from decimal import Decimal

import openpyxl
import pytest
import yaml
from django.conf import settings

from konzept.austausch.einlesen import lade
from konzept.dokument.kostenuebersicht import kostenuebersicht
from konzept.dokument.tafeln.kosten import kostentabellen
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.models import Konzept
from konzept.vorlagen.blatt import stelle_blatt_zusammen
from konzept.vorlagen.models import Vorlage
from konzept.vorlagen.rechenblatt import massnahmen_als_xlsx
from tests.fabrik import adresse, mache_benutzer, seite_von, text

pytestmark = pytest.mark.django_db

DATEI = settings.BASE_DIR / "fixtures" / "musterstadt.yaml"
SLUG = "integrationskonzept-2027-2032"
VON_HAND = {
    "Eigenmittel": (81_200, 161_800, 150_800, 155_300, 133_100, 127_100, 809_300),
    "Fördermittel": (77_400, 115_300, 103_300, 103_300, 38_600, 38_600, 476_500),
    "Drittmittel": (6_500, 13_700, 14_700, 7_500, 7_500, 7_500, 57_400),
    "Summe": (165_100, 290_800, 268_800, 266_100, 179_200, 173_200, 1_343_200),
}
STELLEN = {2027: "2.25", 2028: "3.25", 2029: "3.75", 2030: "3.75", 2031: "2.75", 2032: "2.75"}


@pytest.fixture
def konzept() -> Konzept:
    lade(DATEI)
    return Konzept.objects.mit_kommune().get(slug=SLUG)


def posten(wert) -> list[dict]:
    """Every Kostenposition in the file, wherever it stands."""
    if isinstance(wert, list):
        return [p for teil in wert for p in posten(teil)]
    if not isinstance(wert, dict):
        return []
    return [*wert.get("kostenpositionen", []), *(p for teil in wert.values() for p in posten(teil))]


def test_the_numbers_by_hand_are_those_of_the_file():
    """Out of the file alone: each position names its years and an amount in plain digits."""
    (inhalt,) = [k for k in yaml.safe_load(DATEI.read_text())["konzepte"] if k["slug"] == SLUG]
    summen, stellen = defaultdict(lambda: defaultdict(int)), defaultdict(Decimal)
    for p in posten(inhalt):
        jahre = range(p.get("jahr", 2027), p.get("bis_jahr", p.get("jahr", 2032)) + 1)
        for jahr in jahre:
            stellen[jahr] += Decimal(str(p.get("stellenanteil", 0)))
            if "betrag" in p:
                betrag = int(re.sub(r"\D", "", p["betrag"]))
                assert len(jahre) == 1 or "jährlich" in p["betrag"]
                for zeile in (p["finanzierung"], "summe"):
                    summen[zeile][jahr] += betrag
    gezaehlt = {
        zeile: (*(je_jahr[jahr] for jahr in range(2027, 2033)), sum(je_jahr.values()))
        for zeile, je_jahr in summen.items()
    }
    assert gezaehlt == {
        "eigenmittel": VON_HAND["Eigenmittel"],
        "foerdermittel": VON_HAND["Fördermittel"],
        "drittmittel": VON_HAND["Drittmittel"],
        "summe": VON_HAND["Summe"],
    }
    assert stellen == {jahr: Decimal(anteil) for jahr, anteil in STELLEN.items()}


def test_the_overview_is_what_was_added_by_hand(konzept):
    uebersicht = kostenuebersicht(stelle_zusammen(konzept))
    (sicht,) = uebersicht.sichten
    assert {z.titel: (*z.betraege, z.summe) for z in (*sicht.mittel, sicht.summe)} == VON_HAND
    assert dict(zip(uebersicht.stellen.jahre, uebersicht.stellen.summe.anteile, strict=True)) == {
        str(jahr): Decimal(anteil) for jahr, anteil in STELLEN.items()
    }


def test_page_and_vorlage_show_these_numbers(client, konzept):
    client.force_login(mache_benutzer(konzept.kommune, "leitung"))
    vorlage = Vorlage.objects.create(konzept=konzept, betreff="x")
    seiten = [adresse(konzept, "zeit-und-geld"), adresse(konzept, "vorlagen", str(vorlage.pk))]
    tabelle = list(kostentabellen(kostenuebersicht(stelle_zusammen(konzept))))[-1]
    zeilen = ["".join((reihe.zeile.titel, *reihe.zellen)) for reihe in (*tabelle.reihen, tabelle.summe)]
    assert zeilen[-1].endswith("1.343.200")
    for seite in seiten:
        gezeigt = "".join(text(seite_von(client.get(seite))).split())
        for zeile in zeilen:
            assert zeile in gezeigt, seite
        assert "Nichtenthalten:4BeträgeinWorten,7MaßnahmenohneBetrag." in gezeigt


def test_the_vorlage_says_which_number_of_posts_it_means(konzept):
    vorlage = Vorlage.objects.fuer_blatt().get(
        pk=Vorlage.objects.create(konzept=konzept, betreff="x", stellenanteile="1.75").pk
    )
    blatt = stelle_blatt_zusammen(vorlage, stelle_zusammen(konzept))
    neue, alle = next(a for a in blatt.abschnitte if a.art == "finanzen").zeilen
    assert neue.replace("\u00a0", " ") == "Neue Stellenanteile durch diese Vorlage: 1,75 VZÄ"
    assert alle.replace("\u00a0", " ").startswith(
        "Stellenanteile in den Maßnahmen der Anlage 1: 3,75 VZÄ, höchster Stand (2029, 2030)."
    )


def test_the_highest_number_of_posts_may_lie_after_the_concept(konzept):
    massnahme = konzept.handlungsfelder.first().massnahmen.first()
    massnahme.kostenpositionen.create(jahr=2035, bis_jahr=2036, stellenanteil="9")
    vorlage = Vorlage.objects.fuer_blatt().get(pk=Vorlage.objects.create(konzept=konzept, betreff="x").pk)
    blatt = stelle_blatt_zusammen(vorlage, stelle_zusammen(konzept))
    (zeile,) = next(a for a in blatt.abschnitte if a.art == "finanzen").zeilen
    assert "höchster Stand (nach 2032)" in zeile


@pytest.mark.parametrize("slug", [SLUG, "integrationskonzept-2021-2026"])
def test_the_columns_of_the_spreadsheet_add_up_to_the_overview(konzept, slug):
    dokument = stelle_zusammen(Konzept.objects.mit_kommune().get(slug=slug))
    uebersicht = kostenuebersicht(dokument)
    massnahmen, kosten, positionen = openpyxl.load_workbook(io.BytesIO(massnahmen_als_xlsx(dokument))).worksheets
    kopf, *zeilen = massnahmen.iter_rows(values_only=True)
    for sicht in uebersicht.sichten:
        spalte = kopf.index(f"Summe {sicht.haushalt} in Euro" if sicht.haushalt else "Summe in Euro")
        assert sum(Decimal(str(zeile[spalte])) for zeile in zeilen if zeile[spalte] is not None) == sicht.summe.summe
    summen = [zeile for zeile in kosten.iter_rows(values_only=True) if zeile[0] == "Summe"]
    breite = len(uebersicht.spalten) + 2
    assert [tuple(zeile[1:breite]) for zeile in summen] == [
        tuple(map(float, (*s.summe.betraege, s.summe.summe))) for s in uebersicht.sichten for _ in range(2)
    ]
    kopf, *zeilen = positionen.iter_rows(values_only=True)
    for sicht in uebersicht.sichten:
        spalte, haushalt = kopf.index("Betrag in Euro"), kopf.index("Haushalt")
        gezaehlt = [z for z in zeilen if not sicht.haushalt or z[haushalt] in (None, "", sicht.haushalt)]
        assert sum(Decimal(str(z[spalte])) for z in gezaehlt if z[spalte] is not None) == sicht.summe.summe
    gesagt = " ".join(str(zeile[0]) for zeile in kosten.iter_rows(values_only=True) if zeile[0])
    assert all(hinweis.satz in gesagt for hinweis in uebersicht.hinweise)
