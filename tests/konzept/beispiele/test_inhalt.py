"""What a reader of the five real documents finds again in the examples."""

from datetime import date
from decimal import Decimal

import pytest

from handlungsfelder.models import Handlungsfeld, Handlungsziel, Leitziel
from konzept.austausch.einlesen import lade, lies
from konzept.models import Abschnitt, Gremium, Konzept
from massnahmen.models import Foerderung, Massnahme

from .conftest import DATEIEN, ECHTE, geladen

pytestmark = pytest.mark.django_db


def titel(zeilen) -> list[str]:
    return [str(zeile) for zeile in zeilen.all()]


def abschnitt(konzept: Konzept, name: str) -> Abschnitt:
    return konzept.abschnitte.get(titel=name)


# Every file


def test_the_five_real_municipalities_are_there():
    assert {datei.stem for datei in DATEIEN} >= ECHTE


@pytest.mark.parametrize("datei", DATEIEN, ids=lambda datei: datei.stem)
def test_file_loads_completely(datei):
    ergebnis = lade(datei)
    assert ergebnis.kommune_neu
    assert ergebnis.kommune.slug == datei.stem
    assert [k.slug for k in ergebnis.neu] == [k.slug for k in lies(datei).konzepte]


@pytest.mark.parametrize("datei", DATEIEN, ids=lambda datei: datei.stem)
def test_outline_has_a_place_for_everything(datei):
    for konzept in lade(datei).neu:
        stellen = {
            Abschnitt.Inhalt.PROZESS: konzept.prozessschritte,
            Abschnitt.Inhalt.HANDLUNGSFELDER: konzept.handlungsfelder,
            Abschnitt.Inhalt.QUERSCHNITT: konzept.querschnittsaufgaben,
            Abschnitt.Inhalt.GREMIEN: konzept.beteiligungen,
            Abschnitt.Inhalt.ANGEBOTE: konzept.angebote,
            Abschnitt.Inhalt.INDIKATOREN: konzept.indikatoren.filter(art="kontext"),
        }
        for inhalt, zeilen in stellen.items():
            assert konzept.abschnitte.filter(inhalt=inhalt).exists() or not zeilen.exists(), inhalt
        for leitlinie in konzept.leitlinien.all():
            wo = konzept.abschnitte.filter(inhalt=Abschnitt.Inhalt.LEITLINIEN)
            assert (leitlinie.abschnitt in wo) if leitlinie.abschnitt else wo.filter(leitlinien=None).exists()


# Monheim am Rhein 2016


def test_monheim_outline_has_five_chapters_and_no_invented_text():
    konzept = geladen("monheim-am-rhein")
    oben = konzept.abschnitte.filter(oberabschnitt=None)
    assert titel(oben) == [
        "Vorwort",
        "Einführung",
        "Integrationsverständnis, Leitlinien und Voraussetzungen von Integration in Monheim am Rhein",
        "Handlungsfelder, Ziele und Maßnahmen der Integrationsförderung",
        "Anhang",
    ]
    assert [len(titel(a.unterabschnitte)) for a in oben] == [0, 1, 3, 0, 0]
    assert oben[3].inhalt == "handlungsfelder"
    assert konzept.handlungsfelder.count() == 5
    assert (abschnitt(konzept, "Vorwort").text, abschnitt(konzept, "Anhang").text) == ("", "")
    assert konzept.stand == date(2016, 11, 21)
    assert "22.11.2016" in konzept.anlass


def test_monheim_process_has_all_dates_participants_and_groups():
    schritte = geladen("monheim-am-rhein").prozessschritte.all()
    assert [s.titel for s in schritte] == [
        "Durchführung einer Interviewstudie",
        "Experten-Workshop zur Diskussion der Erkenntnisse der Interviewstudie",
        "Gespräche mit Projektleitungsrunde",
        "Präsentation des Zwischenstandes im Integrationsrat",
        "Entscheider-Workshop zur Diskussion und Ergänzung des Integrationskonzeptes",
    ]
    assert [(s.art, s.teilnehmende, [str(t) for t in s.termine.all()]) for s in schritte] == [
        ("interview", 19, []),
        ("workshop", 24, ["05.07.2016"]),
        ("gespraech", 5, ["22.03.2016", "04.08.2016", "03.11.2016"]),
        ("sitzung", None, ["31.08.2016"]),
        ("workshop", 36, ["25.10.2016"]),
    ]
    assert [s.gruppen.count() for s in schritte] == [8, 0, 0, 0, 3]
    assert "beide Moscheegemeinden" in titel(schritte[0].gruppen)


def test_monheim_first_measure_has_its_actors_on_the_measure():
    massnahme = Massnahme.objects.fuer_konzept(geladen("monheim-am-rhein")).first()
    assert massnahme.titel == "Austauschplattformen zwischen Ehren- und Hauptamtlichen weiterentwickeln"
    assert massnahme.umsetzungsstand == "laufend"
    assert titel(massnahme.zustaendigkeiten) == ["beratungsCentrum", "SKFM", "51", "32"]
    assert not massnahme.schritte.exists()


def test_monheim_second_measure_has_its_actors_on_each_step():
    konzept = geladen("monheim-am-rhein")
    erste, zweite = Massnahme.objects.fuer_konzept(konzept)
    assert erste.handlungsfeld == zweite.handlungsfeld == konzept.handlungsfelder.all()[1]
    assert not zweite.zustaendigkeiten.exists()
    assert [titel(schritt.zustaendigkeiten) for schritt in zweite.schritte.all()] == [
        ["Ehrenamtsbörse", "32"],
        ["Ehrenamtsbörse", "beratungsCentrum", "SKFM", "32"],
        ["Ehrenamtsbörse", "beratungsCentrum", "SKFM", "51", "32"],
    ]


def test_monheim_leaves_open_what_the_document_leaves_open():
    massnahmen = Massnahme.objects.fuer_konzept(geladen("monheim-am-rhein"))
    for massnahme in massnahmen:
        assert (str(massnahme.zeitraum), massnahme.kosten_wortlaut, massnahme.kosten_offen) == ("", "", False)
        assert not massnahme.kostenpositionen.exists()
    assert massnahmen[1].schritte.last().text.endswith("…")


# Emmerich am Rhein 2016


def test_emmerich_has_two_lists_of_eight_proposals():
    konzept = geladen("emmerich-am-rhein")
    listen = konzept.abschnitte.filter(inhalt="leitlinien")
    assert [liste.leitlinien.filter(status="vorschlag").count() for liste in listen] == [8, 8]
    assert konzept.leitlinien.count() == 16
    assert str(listen[0].leitlinien.last()) == "Prinzip Hilfe zur Selbsthilfe"
    assert str(listen[1].leitlinien.last()) == "Anerkennung der soziokulturellen Vielfalt durch die Kommune"
    assert not konzept.handlungsfelder.exists()


def test_emmerich_has_neither_dates_nor_bodies():
    konzept = geladen("emmerich-am-rhein")
    for zeilen in (konzept.prozessschritte, konzept.beteiligungen, konzept.leitlinien.exclude(leitfragen=None)):
        assert not zeilen.exists()
    assert (konzept.anlass, konzept.herausgeber) == (
        "Sitzung des Integrationsrats am 01.09.2016",
        "Stabsstelle Asyl und Integration",
    )


# Rheine 2017


def test_rheine_has_nine_principles_and_eight_fields():
    konzept = geladen("rheine")
    assert konzept.leitlinien.count() == 9
    assert all(satz.endswith(" (...)") for satz in titel(konzept.leitlinien))
    assert konzept.handlungsfelder.count() == 8
    assert not konzept.querschnittsaufgaben.exists()
    for feld in konzept.handlungsfelder.all():
        assert (feld.ressourcen_stand, feld.indikatoren_stand) == ("offen", "offen")


def test_rheine_parts_a_and_b():
    teile = geladen("rheine").abschnitte.filter(zaehlung="teil")
    assert [titel(teil.unterabschnitte) for teil in teile] == [
        ["Integrationsverständnis - Auszug", "Kommunikations- und Steuerungsstruktur"],
        ["Handlungsfelder", "Ressourcen, Indikatoren"],
    ]


def test_rheine_networks_are_run_by_a_tandem():
    konzept = geladen("rheine")
    tandem = Gremium.objects.get(name="Netzwerkmanager/-innen").mitglieder
    assert [m.funktion for m in tandem.all()] == ["netzwerkmanagement"] * 2
    assert titel(konzept.handlungsfelder.get(titel="Interreligiöser Dialog").gremien) == ["Netzwerk HF 8"]
    assert konzept.beteiligungen.get(gremium__art="dialogforum").takt == "einmal jährlich"
    assert konzept.beteiligungen.get(gremium__art="beauftragte").aufgabe.count("- ") == 3


def test_rheine_way_to_the_concept_keeps_months_as_words():
    termine = [titel(schritt.termine) for schritt in geladen("rheine").prozessschritte.all()]
    assert termine == [["August 2016"], [], [], [], [], ["Mai 2017"]]


# Kreis Mettmann 2015


def test_mettmann_has_six_fields_without_numbers():
    konzept = geladen("kreis-mettmann")
    assert titel(konzept.handlungsfelder) == [
        "Sprache",
        "Bildung/Ausbildung",
        "Wirtschaft/Arbeit",
        "Kultur",
        "Sport",
        "Zusammenleben in Sicherheit",
    ]
    assert set(konzept.handlungsfelder.values_list("zaehlung", flat=True)) == {"ohne"}


def test_mettmann_working_group_serves_two_fields():
    geladen("kreis-mettmann")
    ag = Gremium.objects.get(name="AG Bildung/Ausbildung Wirtschaft/Arbeit")
    assert titel(ag.handlungsfelder) == ["Bildung/Ausbildung", "Wirtschaft/Arbeit"]


def test_mettmann_has_results_but_neither_goals_nor_dates():
    konzept = geladen("kreis-mettmann")
    for modell in (Leitziel, Handlungsziel, Massnahme):
        assert not modell.objects.exists()
    for zeilen in (konzept.prozessschritte, konzept.beteiligungen, konzept.querschnittsaufgaben, konzept.indikatoren):
        assert not zeilen.exists()


# Meerbusch 2016


def test_meerbusch_has_offers_but_neither_fields_nor_goals():
    konzept = geladen("meerbusch")
    assert konzept.angebote.count() == 20
    for modell in (Handlungsfeld, Leitziel, Handlungsziel, Massnahme):
        assert not modell.objects.exists()


def test_meerbusch_muetterzentrum_since_2010_with_a_yearly_grant():
    angebot = geladen("meerbusch").angebote.first()
    assert titel(angebot.akteure) == ["AWO Mütterzentrum"]
    assert angebot.seit.erster_tag == date(2010, 1, 1)
    assert [(f.geber, f.angabe.betrag) for f in angebot.foerderungen.all()] == [
        ("Stadt Meerbusch", Decimal(30_000)),
        ("Soroptimist International Club Meerbusch", None),
        ("Rotary Club Meerbusch", None),
    ]
    assert Foerderung.objects.get(programm="Kinder- und Jugendförderplan").angabe.turnus == "jährlich"


def test_meerbusch_tells_its_history_and_names_no_body_that_is_only_wanted():
    konzept = geladen("meerbusch")
    for zeilen in (konzept.prozessschritte, konzept.beteiligungen):
        assert not zeilen.exists()
    text = konzept.abschnitte.get().text
    stellen = [text.index(wann) for wann in ("seit 2010", "2011", "08.02.2012", "06.03.2013", "01.08.2013")]
    assert stellen == sorted(stellen)
    assert titel(konzept.kommune.gremien) == ["Haupt- und Finanzausschuss", "Integrationsrat", "Sozialausschuss"]
