"""The list of measures on paper: what its page shows under the same address, all of its pages."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from konzept import grenzen
from konzept.druckauftraege.models import Druckauftrag
from konzept.satz.stueck import OhneSpeicher
from konzept.teildrucke.liste import nimm_auf
from massnahmen.liste.forms import SPALTEN
from massnahmen.models import Massnahme
from tests import lage
from tests.fabrik import (
    adresse,
    mache_abschnitt,
    mache_akteur,
    mache_benutzer,
    mache_feld,
    mache_fuelle,
    mache_kommune,
    mache_konzept,
    mache_kosten,
    mache_massnahme,
    seite_von,
    setze_zustaendig,
    text,
)
from tests.konzept.dokument import vorlesen
from tests.konzept.dokument.conftest import Lesen
from tests.konzept.vera import VARIANTEN
from tests.satz import ohne_satz

pytestmark = pytest.mark.django_db


@pytest.fixture
def konzept():
    konzept = mache_konzept(gueltig_ab=2027, gueltig_bis=2032)
    mache_abschnitt(konzept, "Handlungsfelder", inhalt="handlungsfelder")
    return konzept


@pytest.fixture
def konto(konzept):
    return mache_benutzer(konzept.kommune, "lesen")


@pytest.fixture
def drucke(konzept, konto):
    """`drucke(stand="idee")`: the print of the list with these answers."""
    return lambda **frage: nimm_auf(konto, konzept, QueryDict(urlencode(frage, doseq=True)))


def tabelle(druck) -> list[list[str]]:
    """The rows of the print, the head first, as texts."""
    (gedruckt,) = seite_von(druck.html()).iter("table")
    return [[text(zelle) for zelle in zeile] for zeile in gedruckt.iter("tr")]


def auf_der_seite(client, konzept, konto, frage: str) -> list[list[str]]:
    """The same of the page of the list."""
    client.force_login(konto)
    (gezeigt,) = seite_von(client.get(f"{adresse(konzept, 'massnahmen')}?{frage}")).iter("table")
    return [[text(zelle) for zelle in zeile] for zeile in gezeigt.iter("tr")]


@pytest.mark.parametrize(
    "frage", ["", urlencode({"spalte": list(SPALTEN)}, doseq=True), "sort=-titel&spalte=kosten&stand=geplant&stand="]
)
def test_rows_order_and_columns_are_those_of_the_page(frage, client):
    konzept = mache_konzept(gueltig_ab=2027, gueltig_bis=2032)
    konto = mache_benutzer(konzept.kommune, "lesen")
    mache_fuelle(konzept, 4)
    kosten = mache_massnahme(konzept.handlungsfelder.first(), "Mit Beträgen", kosten_offen=True, prioritaet="hoch")
    mache_kosten(kosten, "3.000 € jährlich", jahr=2028, stellenanteil="0.5")
    druck = nimm_auf(konto, konzept, QueryDict(frage))
    gezeigt = auf_der_seite(client, konzept, konto, frage)
    assert len(gezeigt) > 3
    assert [[ohne_trenner(zelle) for zelle in zeile] for zeile in tabelle(druck)] == [
        [ohne_trenner(zelle) for zelle in zeile] for zeile in gezeigt
    ]


def ohne_trenner(zelle: str) -> str:
    """Costs stand below each other in print; what is not there is heard as words."""
    return zelle.replace("; ", "").replace(" ", "").replace("–keineAngabe", "–")


def test_all_pages_of_the_list_are_printed(konzept, drucke):
    feld = mache_feld(konzept)
    for i in range(1, 121):
        mache_massnahme(feld, f"M {i}", reihenfolge=i)
    gedruckt = drucke(seite=2)
    assert [zeile.titel for zeile in gedruckt.zeilen] == [f"M {i}" for i in range(1, 121)]
    assert gedruckt.anzahl == "120 Maßnahmen"
    assert gedruckt == drucke(je=100)


def test_the_filter_is_said_in_words(konzept, drucke):
    feld = mache_feld(konzept, "Sprache")
    akteur = mache_akteur(konzept.kommune, "51", name="Jugendamt")
    for stand in ("idee", "geplant", "laufend"):
        m = mache_massnahme(feld, "Beratung", umsetzungsstand=stand, zeitraum="2028")
        setze_zustaendig(m, akteur)
    mache_massnahme(feld, "Kurs")
    druck = drucke(q="Beratung", feld=feld.pk, akteur=akteur.pk, stand=["geplant", "idee"], von=2027, bis=2030,
                   sort="-zeitraum", fehlt="kosten")  # fmt: skip
    assert druck.auswahl == (
        "Suche: „Beratung“",
        "Handlungsfeld: 1.1 Sprache",
        "Akteur: 51 – Jugendamt",
        "Was fehlt: keine Kosten und kein „offen“",
        "Umsetzungsstand: geplant oder Idee",
        "Zeitraum: ab 2027 bis 2030",
    )
    assert (druck.anzahl, druck.sortierung) == ("2 von 4 Maßnahmen", "sortiert nach: Beginn, der späteste zuerst")
    seite = seite_von(druck.html())
    (titel,) = seite.iter("h1")
    assert [text(titel), *(text(k) for k in seite.iter("caption"))] == [
        "Maßnahmenliste", "2 von 4 Maßnahmen, sortiert nach: Beginn, der späteste zuerst"
    ]  # fmt: skip
    assert f"Auswahl {' · '.join(druck.auswahl)}" in text(seite)
    assert drucke(von=2027).auswahl == ("Zeitraum: ab 2027",)
    assert (drucke().auswahl, drucke().sortierung, drucke().anzahl) == ((), "", "4 Maßnahmen")


def test_whose_measures_they_are_is_said_by_name(konzept):
    feld, akteur = mache_feld(konzept), mache_akteur(konzept.kommune, "SKFM", name="Frauen und Familien")
    setze_zustaendig(mache_massnahme(feld, "Meine"), akteur)
    mache_massnahme(feld, "Andere")
    konto = mache_benutzer()
    konto.mitgliedschaften.create(kommune=konzept.kommune, rolle="mitwirkung", akteur=akteur)
    druck = nimm_auf(konto, konzept, QueryDict("meine=on"))
    assert druck.auswahl == ("Maßnahmen von SKFM – Frauen und Familien",)
    assert [zeile.titel for zeile in druck.zeilen] == ["Meine"]


def test_what_has_no_room_is_said_above_and_below(konzept, drucke, monkeypatch):
    monkeypatch.setattr(grenzen, "LISTE_IM_DRUCK", 2)
    feld = mache_feld(konzept)
    for i in range(3):
        mache_massnahme(feld, f"M {i}", reihenfolge=i)
    druck = drucke()
    assert [zeile.titel for zeile in druck.zeilen] == ["M 0", "M 1"]
    satz = "Gedruckt sind nur die ersten 2 von 3 Maßnahmen, mehr fasst diese Liste nicht."
    vor, _, nach = druck.html().partition("<table")
    teile = [" ".join(text(seite_von(teil)).split()).replace("\xa0", " ") for teil in (vor, nach)]
    assert [satz in teil for teil in teile] == [True, True]
    assert drucke(q="M 1").hinweis == ""


def test_an_empty_list_says_so(konzept, drucke):
    mache_massnahme(mache_feld(konzept), "Kurs")
    druck = drucke(q="Nichts davon")
    satz = "0 von 1 Maßnahme. Zu dieser Auswahl gibt es keine Maßnahmen."
    assert satz in text(seite_von(druck.html())).replace("\xa0", " ")
    assert list(seite_von(druck.html()).iter("table")) == []


def test_the_same_list_is_the_same_print(konzept, konto, drucke):
    feld = mache_feld(konzept)
    mache_massnahme(feld, "Kurs", umsetzungsstand="idee")
    vorher = drucke(stand="idee")
    assert drucke(stand="idee", je=100).als_bytes() == vorher.als_bytes()
    andere = nimm_auf(mache_benutzer(konzept.kommune, "leitung"), konzept, QueryDict("stand=idee"))
    assert andere.als_bytes() == vorher.als_bytes()  # whoever asks
    assert drucke().als_bytes() != vorher.als_bytes()
    Massnahme.objects.update(titel="Kurse")
    assert drucke(stand="idee").als_bytes() != vorher.als_bytes()


def test_the_page_leads_to_its_print_which_leads_back(client, konzept, konto):
    mache_massnahme(mache_feld(konzept), "Kurs", umsetzungsstand="idee")
    client.force_login(konto)
    liste = adresse(konzept, "massnahmen")
    seite = seite_von(client.get(f"{liste}?stand=idee&sort=titel&seite=1&je=100"))
    (link,) = (a.get("href") for a in seite.iter("a") if text(a) == "Diese Liste, PDF")
    assert link == adresse(konzept, "druck", "massnahmen.pdf")[:-1] + "?stand=idee&sort=titel"
    with ohne_satz():
        antwort = client.get(link)
        assert (antwort.status_code, antwort["Content-Type"]) == (200, "application/pdf")
        assert "musterhausen-konzept-massnahmenliste.pdf" in antwort["Content-Disposition"]
        auftrag = Druckauftrag.objects.get()
        fertig = seite_von(client.get(f"{link}&auftrag={auftrag.pk}"))
    assert f"{liste}?stand=idee&sort=titel" in [a.get("href") for a in fertig.iter("a")]
    leer = seite_von(client.get(f"{liste}?q=Nichts"))
    assert "Diese Liste" not in text(leer)


def test_queries_do_not_depend_on_the_number_of_rows():
    zahlen = []
    for anzahl in (1, 3):
        konzept = mache_konzept(mache_kommune(f"stadt-{anzahl}"))
        mache_fuelle(konzept, anzahl)
        konto = mache_benutzer(konzept.kommune, "lesen")
        with CaptureQueriesContext(connection) as gezaehlt:
            nimm_auf(konto, konzept, QueryDict(urlencode({"spalte": list(SPALTEN)}, doseq=True)))
        zahlen.append(len(gezaehlt))
    assert len(set(zahlen)) == 1, zahlen
    assert zahlen[0] <= 25


# On paper


@pytest.fixture(scope="module")
def viele(bleibend):
    """Forty measures of two fields with long and short cells in every column, printed."""
    with bleibend():
        konzept = mache_konzept(mache_kommune("langenlist"))
        mache_abschnitt(konzept, "Handlungsfelder", inhalt="handlungsfelder")
        akteure = [mache_akteur(konzept.kommune, k) for k in ("Kommunales Integrationszentrum", "51", "Владимир")]
        gruppe = konzept.kommune.zielgruppen.create(name="Eltern mit Einwanderungsgeschichte")
        for nummer, titel in enumerate(("Ankommen und Sprache", "Bildung"), start=1):
            feld = mache_feld(konzept, titel, reihenfolge=nummer)
            for i in range(20):
                m = mache_massnahme(
                    feld,
                    "Interkulturelle Öffnung der Regeldienste und Beratungsstellen weiterführen" if i % 3 else "Café",
                    zeitraum="2. Halbjahr 2027 bis Ende 2032" if i % 2 else "",
                    umsetzungsstand="zurueckgestellt" if i % 2 else "laufend",
                    stand_begruendung="Geld fehlt.",
                    prioritaet="mittel",
                    reihenfolge=i,
                )
                mache_kosten(m, f"{i + 1}.000 €", jahr=2027)
                wie = "jährlich" if i else "halbjährlich"
                mache_kosten(m, f"36.500 € {wie}", jahr=2028, bis_jahr=2030, reihenfolge=2, stellenanteil="0.5")
                setze_zustaendig(m, *akteure)
                m.zielgruppen.add(gruppe)
        frage = QueryDict(urlencode({"spalte": list(SPALTEN)}, doseq=True))
        yield nimm_auf(mache_benutzer(konzept.kommune, "lesen"), konzept, frage).drucke(lambda *_: None, OhneSpeicher())


def test_it_lies_across_within_its_margins_and_columns_are_aligned(viele):
    pdf = Lesen(viele).pdf
    breite, hoehe = map(float, pdf.pages[0].mediabox[2:])
    assert len(pdf.pages) > 3
    assert all(tuple(map(float, seite.mediabox[2:])) == (breite, hoehe) and breite > hoehe for seite in pdf.pages)
    worte = lage.worte(viele)
    assert lage.zu_klein(viele) == set()
    assert min(w.links for w in worte) >= 56
    assert max(w.rechts for w in worte) <= breite - 50
    nummern = [w for w in worte if w.text.startswith("1.1-") or w.text.startswith("1.2-")]
    assert len(nummern) == 40
    assert len({round(w.links, 1) for w in nummern}) == 1
    betraege = [w for w in worte if w.text == "(2027)"]  # each behind its amount, at the right of the column
    assert len(betraege) == 40
    assert len({round(w.rechts, 1) for w in betraege}) == 1


def test_what_stands_behind_an_amount_stays_whole(viele):
    """Or the amounts would end at different places."""
    hier = [w.text.rstrip(",") for w in lage.worte(viele)]
    assert sorted(w for w in hier if w.startswith(("jähr", "halb"))) == ["halbjährlich"] * 2 + ["jährlich"] * 38


def test_each_page_repeats_the_head_and_no_row_is_torn(viele):
    seiten = [" ".join(seite.split()) for seite in Lesen(viele).seiten("-layout")]
    assert all("Maßnahme" in seite and "Umsetzung durch" in seite and "Zielgruppen" in seite for seite in seiten)
    assert all(f"Seite {i} von {len(seiten)}" in seite for i, seite in enumerate(seiten, start=1))
    assert all("Arbeitsstand vom" in seite and "Integrationskonzept" in seite for seite in seiten)
    worte = lage.worte(viele)
    je_seite = [[w for w in worte if w.seite == i] for i in range(1, len(seiten) + 1)]
    for hier in je_seite:  # as many first cells as last lines of a cell that all rows have
        nummern = sum(w.text.startswith(("1.1-", "1.2-")) for w in hier)
        assert nummern == sum(w.text == "(2027)" for w in hier) == sum(w.text == "(2028–2030)" for w in hier)


def test_by_ear_it_is_one_table_with_heads_and_bookmarks_of_the_fields(viele):
    gelesen = Lesen(viele)
    assert len(list(gelesen.elemente("/Table"))) == 1
    koepfe = [k for k in gelesen.elemente("/TH") if str(k.A.get("/Scope", "")) == "/Column"]
    assert [gelesen.worte(k) for k in koepfe] == ["Nr.", "Maßnahme", *SPALTEN.values()]
    assert len([k for k in gelesen.elemente("/TH") if str(k.A.get("/Scope", "")) == "/Row"]) == 40
    assert [gelesen.worte(c) for c in gelesen.elemente("/Caption")] == ["40 Maßnahmen"]
    assert [(tiefe, titel) for tiefe, titel, _ in gelesen.lesezeichen()] == [
        (1, "Maßnahmenliste"), (2, "1.1 Ankommen und Sprache"), (2, "1.2 Bildung")
    ]  # fmt: skip
    assert "keine Angabe" in vorlesen.alles(gelesen.pdf)  # no period


@pytest.mark.java
def test_it_is_valid(viele, vera, tmp_path):
    datei = tmp_path / "liste.pdf"
    datei.write_bytes(viele)
    urteil = vera(datei)
    assert {variante: urteil[datei, variante] for variante in VARIANTEN} == {variante: [] for variante in VARIANTEN}
