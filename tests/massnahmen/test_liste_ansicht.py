"""The list of measures: order, columns, pages, and what it costs."""

import re
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from konzept import seiten
from konzept.dokument.zusammenstellung import stelle_zusammen
from massnahmen.liste import forms
from massnahmen.liste.tabelle import Tabelle
from massnahmen.models import Massnahme
from tests.fabrik import (
    adresse,
    mache_akteur,
    mache_benutzer,
    mache_feld,
    mache_fuelle,
    mache_kommune,
    mache_konzept,
    mache_kosten,
    mache_leitziel,
    mache_massnahme,
    nach_id,
    seite_von,
    setze_zustaendig,
    text,
)
from tests.massnahmen.listenseite import koepfe, links, titel

pytestmark = pytest.mark.django_db


def test_order(feld, zeige):
    for name, zeitraum, stand in (
        ("Öl", "2028", "idee"),
        ("Zelt", "", "laufend"),
        ("ofen", "2026", ""),
        ("Anfang", "2027", "idee"),
    ):
        mache_massnahme(feld, name, zeitraum=zeitraum, umsetzungsstand=stand)
    Massnahme.objects.filter(titel="ofen").update(geaendert_am="2020-01-01T00:00Z")
    assert zeige() == ["Zelt", "Öl", "Anfang", "ofen"]
    assert zeige(sort="-nummer") == ["ofen", "Anfang", "Öl", "Zelt"]
    assert zeige(sort="titel") == ["Anfang", "ofen", "Öl", "Zelt"]
    assert zeige(sort="zeitraum") == ["ofen", "Anfang", "Öl", "Zelt"]
    assert zeige(sort="-zeitraum") == ["Öl", "Anfang", "ofen", "Zelt"]
    assert zeige(sort="stand") == ["Öl", "Anfang", "Zelt", "ofen"]
    assert zeige(sort="geaendert")[0] == "ofen"
    assert zeige(sort="-geaendert")[-1] == "ofen"


def test_the_sorted_column_says_so_and_its_head_turns_the_order_round(oeffne, massnahme):
    antwort = oeffne(sort="titel", stand="")
    assert koepfe(antwort) == {
        "Auswählen": None, "Nr.": None, "Maßnahme": "ascending", "Handlungsfeld": None, "Zeitraum": None,
        "Kosten": None, "Umsetzung durch": None, "Stand": None, "Bearbeiten": None,
    }  # fmt: skip
    assert links(antwort)["Maßnahme"] == "?sort=-titel"
    assert links(antwort)["Nr."] == "?"
    assert koepfe(oeffne())["Nr."] == "ascending"
    assert koepfe(oeffne(sort="-titel"))["Maßnahme"] == "descending"


def test_columns_are_chosen_and_hold_what_the_concept_says(oeffne, massnahme):
    leitziel = mache_leitziel(massnahme.handlungsfeld, "Alle verstehen sich")
    massnahme.leitziel, massnahme.prioritaet = leitziel, "hoch"
    massnahme.save()
    massnahme.zielgruppen.add(massnahme.konzept.kommune.zielgruppen.create(name="Eltern"))
    antwort = oeffne(spalte=["ziel", "prioritaet", "zielgruppen", "durch", "kosten", "zeitraum", "stand"])
    zeile = nach_id(seite_von(antwort), f"massnahme-{massnahme.pk}")
    assert list(zip(koepfe(antwort), [text(zelle) for zelle in zeile], strict=True)) == [
        ("Auswählen", ""),
        ("Nr.", "1.1-7"),
        ("Maßnahme", "Sprachcafé"),
        ("Ziel", "Leitziel 1: Alle verstehen sich"),
        ("Zeitraum", "2027"),
        ("Kosten", "30.000 € jährlich (2027–2029); 5.000 €, 0,75 VZÄ"),
        ("Umsetzung durch", "51, SKFM"),
        ("Stand", "–"),
        ("Priorität", "hoch"),
        ("Zielgruppen", "Eltern"),
        ("Bearbeiten", "Bearbeiten"),
    ]
    assert [text(k) for k in zeile.iter("strong")] == ["51"]
    gewaehlt = {
        k.get("value")
        for k in seite_von(antwort).iter("input")
        if k.get("name") == "spalte" and k.get("checked") is not None
    }
    assert gewaehlt == {"ziel", "prioritaet", "zielgruppen", "durch", "kosten", "zeitraum", "stand"}


def test_every_column_has_its_name_in_a_narrow_window():
    """There the table has no heads; the names stand in the style sheet."""
    regeln = (settings.BASE_DIR / "static" / "css" / "liste.css").read_text(encoding="utf-8")
    namen = dict(re.findall(r'td\.sp-(\w+)::before \{ content: "(.+): "; \}', regeln))
    assert namen == forms.SPALTEN


def test_a_year_that_counts_on_is_a_begin_here_too(feld, oeffne):
    massnahme = mache_massnahme(feld, "Café", zeitraum="2027 bis 2030")
    for platz, angabe in enumerate(("9 € jährlich", "7 €", "nach Aufwand"), start=1):
        mache_kosten(massnahme, angabe, jahr=2028, reihenfolge=platz)
    zeile = nach_id(seite_von(oeffne(spalte=["kosten"])), f"massnahme-{massnahme.pk}")
    assert "9 € jährlich (ab 2028); 7 € (2028); nach Aufwand (2028)" in text(zeile)


def test_pages_keep_the_filter(feld, oeffne):
    for i in range(1, 121):
        mache_massnahme(feld, f"M {i}", umsetzungsstand="idee", reihenfolge=i)
    erste = oeffne(stand="idee")
    assert (len(titel(erste)), titel(erste)[-1]) == (50, "M 50")
    weiter = links(erste)["Nächste Seite"]
    assert weiter == "?stand=idee&seite=2"
    assert titel(oeffne(stand="idee", seite=3)) == [f"M {i}" for i in range(101, 121)]
    assert len(titel(oeffne(je=100))) == 100
    assert titel(oeffne(seite=99999)) == titel(oeffne(seite=3))
    assert "120 von 120 Maßnahmen, Seite 1 von 3" in erste.content.decode()


def test_the_number_of_hits_is_said(oeffne, feld):
    mache_massnahme(feld, "Eins", umsetzungsstand="idee")
    mache_massnahme(feld, "Zwei")

    def gesagt(**frage):
        return next(text(k) for k in seite_von(oeffne(**frage)).iter("p") if k.get("role") == "status")

    assert gesagt() == "2 Maßnahmen"
    assert gesagt(stand="idee") == "1 von 2 Maßnahmen"
    assert gesagt(stand="laufend") == "0 von 2 Maßnahmen"


def test_each_active_filter_is_a_link_that_takes_it_away(feld, oeffne):
    antwort = oeffne(q="Café", stand=["idee", "geplant"], feld=feld.pk, sort="titel", akteur="", seite=2)
    entfernen = {t.removeprefix("Filter entfernen: "): url for t, url in links(antwort).items() if "×" in t}
    rest = f"?q=Caf%C3%A9&stand=idee&stand=geplant&feld={feld.pk}&sort=titel"
    assert entfernen == {
        "Suche: „Café“×": rest.replace("q=Caf%C3%A9&", ""),
        "Handlungsfeld: 1.1 Sprache×": rest.replace(f"&feld={feld.pk}", ""),
        "Umsetzungsstand: Idee×": rest.replace("&stand=idee", ""),
        "Umsetzungsstand: geplant×": rest.replace("&stand=geplant", ""),
    }
    assert links(antwort)["Alle Filter entfernen"] == "?sort=titel"


# How much it costs


def abfragen(client, konzept, frage: str) -> int:
    with CaptureQueriesContext(connection) as gezaehlt:
        assert client.get(f"{adresse(konzept, 'massnahmen')}?{frage}").status_code == 200
    return len(gezaehlt)


SPALTEN = urlencode({"spalte": list(forms.SPALTEN)}, doseq=True)
ALLES = f"q=Maßnahme&fehlt=irgendetwas&stand=geplant&{SPALTEN}"


@pytest.mark.parametrize("rolle", ["leitung", "lesen"])
def test_queries_do_not_depend_on_the_number_of_rows(rolle, client):
    zahlen = []
    for anzahl in (2, 4, 12):
        konzept = mache_konzept(mache_kommune(f"stadt-{rolle}-{anzahl}"))
        mache_fuelle(konzept, anzahl)
        client.force_login(mache_benutzer(konzept.kommune, rolle))
        abfragen(client, konzept, "")
        zahlen.append((abfragen(client, konzept, ""), abfragen(client, konzept, ALLES)))
    assert len(set(zahlen)) == 1, zahlen
    assert max(zahlen[0]) <= 30


@pytest.mark.parametrize(("frage", "kilobyte"), [("je=100", 100), (f"je=100&{SPALTEN}", 125)], ids=["usual", "all"])
def test_a_page_of_a_hundred_rows_stays_small(frage, kilobyte, leitung, konzept):
    amt = mache_akteur(konzept.kommune, "Kommunales Integrationszentrum")
    gruppe = konzept.kommune.zielgruppen.create(name="Eltern mit Einwanderungsgeschichte")
    felder = [mache_feld(konzept, f"Interkulturelle Öffnung der Verwaltung {i}") for i in range(8)]
    ziele = [mache_leitziel(feld, "Alle Menschen werden beraten") for feld in felder]
    for i in range(120):
        m = mache_massnahme(
            felder[i % 8],
            "Interkulturelle Öffnung der Regeldienste und der Beratung weiterführen",
            leitziel=ziele[i % 8],
            zeitraum="2. Halbjahr 2027 bis Ende 2032",
            kosten_wortlaut="abhängig von der Umsetzung",
            umsetzungsstand="laufend",
            prioritaet="mittel",
        )
        setze_zustaendig(m, amt, rolle="federfuehrung")
        m.zielgruppen.add(gruppe)
    antwort = leitung.get(f"{adresse(konzept, 'massnahmen')}?{frage}")
    assert len(titel(antwort)) == 100
    assert len(antwort.content) < kilobyte * 1000


def test_numbers_and_order_are_those_of_the_printed_tables(rf):
    konzept = mache_konzept()
    mache_fuelle(konzept, 3)
    gedruckt = [(m.kennung, m.titel) for m in seiten.massnahmen(stelle_zusammen(konzept))]
    tabelle = Tabelle(mache_benutzer(konzept.kommune, "lesen"), konzept, rf.get("/").GET)
    assert [(z.kennung, z.titel) for z in tabelle.zeilen] == gedruckt
    assert len(gedruckt) == 3
