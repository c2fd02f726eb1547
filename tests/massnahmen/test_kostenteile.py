"""Amounts that stand in words are offered as Kostenpositionen; what is moved is said, and nothing is lost."""

import pytest
from django.urls import reverse

from massnahmen.models import Kostenposition, Massnahme
from tests.fabrik import alle_zeilen, druecke, eingaben, formular_adresse, hole, nach_id, seite_von, sende, text

pytestmark = pytest.mark.django_db

ZWEI = "einmalig 5.000 € und jährlich 2.000 €"


def knoepfe(antwort) -> dict[str, str]:
    """The offers of a page: the field whose amounts are moved, and what the button says."""
    return {k.get("value"): text(k) for k in seite_von(antwort).iter("button") if k.get("name") == "_umbau"}


def baue_um(client, massnahme, daten: dict, was: str):
    antwort = client.post(formular_adresse(massnahme), daten | {"_umbau": was})
    assert antwort.status_code == 200
    return antwort


def angaben(daten: dict) -> list[str]:
    """The amounts of the rows, in the order of the page."""
    anzahl = int(daten["kosten-TOTAL_FORMS"][0])
    zeilen = sorted((int(daten[f"kosten-{i}-ORDER"][0]), daten[f"kosten-{i}-angabe"][0]) for i in range(anzahl))
    return [angabe for _, angabe in zeilen]


@pytest.mark.parametrize(
    ("wortlaut", "erwartet"),
    [
        ("6.200 €", "„6.200 €“ als Kostenposition übernehmen"),
        ("6.200 € aus Eigenmitteln", "„6.200 €“ als Kostenposition übernehmen"),
        (ZWEI, "„einmalig 5.000 €“ und „jährlich 2.000 €“ als Kostenpositionen übernehmen"),
        ("5.000 € und nochmals 700 €", "„700 €“ als Kostenposition übernehmen"),
        ("5.000 €", None),  # stands in a row already
        ("abhängig vom Raum", None),
        ("siehe § 16 vom 03.11.2026, Tel. 0251 4920", None),
        ("", None),
    ],
)
def test_amounts_in_the_words_are_offered(leitung, massnahme, wortlaut, erwartet):
    Massnahme.objects.update(kosten_wortlaut=wortlaut)
    assert knoepfe(leitung.get(formular_adresse(massnahme))).get("kosten_wortlaut") == erwartet


@pytest.mark.parametrize(
    ("wortlaut", "zaehlt_nicht"),
    [
        ("6.200 € aus Eigenmitteln", True),
        (ZWEI, True),
        ("5.000 € und nochmals 700 €", True),
        ("5.000 €", False),  # stands in a row already
        ("abhängig vom Raum", False),
        ("", False),
    ],
)
def test_amounts_in_words_count_in_no_sum_and_that_is_said(leitung, konzept, massnahme, wortlaut, zaehlt_nicht):
    ort = reverse("massnahmen:gelesen", args=[konzept.kommune.slug, konzept.slug])
    zeilen = {"kosten-0-angabe": "30.000 € jährlich", "kosten-1-angabe": "5.000 €"}
    getippt = leitung.post(ort, zeilen | {"_feld": "kosten_wortlaut", "kosten_wortlaut": wortlaut})
    Massnahme.objects.update(kosten_wortlaut=wortlaut)
    for antwort in (getippt, leitung.get(formular_adresse(massnahme))):
        worte = text(nach_id(seite_von(antwort), "id_kosten_wortlaut_gelesen"))
        assert worte == ("Beträge in Worten zählen in keiner Summe" if zaehlt_nicht else "")


@pytest.mark.parametrize(
    ("wortlaut", "zeilen", "bleibt"),
    [
        ("6.200 €", ["6.200 €"], ""),
        (" 6.200 € jährlich ", ["6.200 € jährlich"], ""),
        (ZWEI, ["einmalig 5.000 €", "jährlich 2.000 €"], ""),
        ("6.200 € aus Eigenmitteln", ["6.200 €"], "6.200 € aus Eigenmitteln"),
    ],
)
def test_taking_them_over_moves_the_words_and_saves_nothing(leitung, massnahme, wortlaut, zeilen, bleibt):
    vorher = alle_zeilen()
    daten = hole(leitung, massnahme) | {"kosten_wortlaut": wortlaut, "titel": "Getippt", "schritte-0-text": "Auch"}
    antwort = baue_um(leitung, massnahme, daten, "kosten_wortlaut")
    danach = eingaben(antwort)
    assert angaben(danach) == ["30.000 € jährlich", "5.000 €", *zeilen]
    assert danach["kosten_wortlaut"] == [bleibt]
    assert (danach["titel"], danach["schritte-0-text"]) == (["Getippt"], ["Auch"])
    satz = text(nach_id(seite_von(antwort), "umgebaut"))
    assert all(f"„{zeile}“" in satz for zeile in zeilen)
    assert ("Die Worte stehen noch da" in satz) == bool(bleibt)
    assert ("Das Feld ist geleert" in satz) != bool(bleibt)
    assert "Gespeichert ist noch nichts." in satz
    assert "kosten_wortlaut" not in knoepfe(antwort)
    nachher = alle_zeilen()
    assert {name: nachher[name] for name in vorher if name.startswith("massnahmen")} == {
        name: vorher[name] for name in vorher if name.startswith("massnahmen")
    }
    assert leitung.post(formular_adresse(massnahme), danach).status_code == 302
    assert [str(k.angabe) for k in massnahme.kostenpositionen.all()] == ["30.000 € jährlich", "5.000 €", *zeilen]
    assert Massnahme.objects.get().kosten_wortlaut == bleibt


@pytest.mark.parametrize(
    ("wortlaut", "mittel"),
    [
        ("6.200 € aus Eigenmitteln", "eigenmittel"),
        ("Eigenmittel: 6.200 € jährlich", "eigenmittel"),
        ("6.200 € (Fördermittel des Landes)", "foerdermittel"),
        ("ca. 6.200 € Landesfördermittel", "foerdermittel"),
        ("6.200 €, Finanzierung über Drittmittel", "drittmittel"),
        ("6.200 € aus Spenden", "drittmittel"),
        ("6.200 € (Stiftung)", "drittmittel"),
        ("durch Spenden finanziert: 6.200 €", "drittmittel"),
        ("6.200 € aus Eigenmitteln und Fördermitteln", ""),
        ("6.200 €, davon die Hälfte Eigenmittel", ""),
        ("6.200 €, 20 % Eigenmittel", ""),
        ("6.200 € für die Stiftung", ""),
        ("6.200 € aus Eigenmitteln und Spenden", ""),
        ("6.200 € für den Eigenmittelanteil", ""),
        ("6.200 €", ""),
    ],
)
def test_the_new_row_knows_from_what_it_is_paid_where_the_words_say_it(leitung, massnahme, wortlaut, mittel):
    antwort = baue_um(leitung, massnahme, hole(leitung, massnahme) | {"kosten_wortlaut": wortlaut}, "kosten_wortlaut")
    daten = eingaben(antwort)
    assert daten["kosten-2-finanzierung"] == [mittel]
    satz = text(nach_id(seite_von(antwort), "umgebaut"))
    wort = dict(Kostenposition.Finanzierung.choices).get(mittel)
    assert (f"mit der Finanzierung „{wort}“" in satz) == bool(mittel)
    assert leitung.post(formular_adresse(massnahme), daten).status_code == 302
    assert massnahme.kostenpositionen.all()[2].finanzierung == mittel


@pytest.mark.parametrize("wortlaut", ["6.200 €", "6.200 € aus Eigenmitteln", ZWEI])
def test_the_costs_are_no_longer_open_once_an_offer_is_taken(leitung, massnahme, wortlaut):
    daten = hole(leitung, massnahme) | {"kosten_wortlaut": wortlaut, "kosten_offen": "on"}
    antwort = baue_um(leitung, massnahme, daten, "kosten_wortlaut")
    satz = text(nach_id(seite_von(antwort), "umgebaut"))
    assert "Das Kreuz bei „Kosten sind bewusst noch offen“ ist herausgenommen." in satz
    daten = eingaben(antwort)
    assert "kosten_offen" not in daten
    assert leitung.post(formular_adresse(massnahme), daten).status_code == 302
    assert not Massnahme.objects.get().kosten_offen


def test_without_the_cross_nothing_is_said_of_it(leitung, massnahme):
    antwort = baue_um(leitung, massnahme, hole(leitung, massnahme) | {"kosten_wortlaut": "9 €"}, "kosten_wortlaut")
    assert "Kreuz" not in text(nach_id(seite_von(antwort), "umgebaut"))


def test_where_there_is_no_room_the_cross_stays(leitung, massnahme, monkeypatch):
    monkeypatch.setattr("konzept.formularbau.zeilenknoepfe.ZEILEN_JE_ART", 2)
    daten = hole(leitung, massnahme) | {"kosten_wortlaut": "6.200 €", "kosten_offen": "on"}
    assert eingaben(baue_um(leitung, massnahme, daten, "kosten_wortlaut"))["kosten_offen"] == ["on"]


def test_the_page_leads_to_the_new_row_and_keeps_it_until_it_is_saved(leitung, massnahme):
    daten = hole(leitung, massnahme) | {"kosten_wortlaut": "6.200 €"}
    antwort = baue_um(leitung, massnahme, daten, "kosten_wortlaut")
    (ziel,) = (a.get("href") for a in nach_id(seite_von(antwort), "umgebaut").iter("a"))
    assert nach_id(seite_von(antwort), ziel.removeprefix("#")).get("value") == "6.200 €"
    spaeter = leitung.get(formular_adresse(massnahme))
    assert angaben(eingaben(spaeter))[-1] == "6.200 €"
    assert "umgebaut" not in spaeter.content.decode()


@pytest.mark.parametrize(
    ("angabe", "zeilen"),
    [
        (ZWEI, ["einmalig 5.000 €", "jährlich 2.000 €"]),
        ("3.000 € einmalig, danach 500 € monatlich", ["3.000 € einmalig", "500 € monatlich"]),
        ("1.000 € jährlich sowie einmalig 20.000 €", ["1.000 € jährlich", "einmalig 20.000 €"]),
        ("1.000 € jährlich, 2.000 € einmalig und 300 € monatlich", None),
    ],
)
def test_an_amount_that_is_several_is_divided_into_rows(leitung, massnahme, angabe, zeilen):
    weitere = {"kosten-0-finanzierung": "foerdermittel", "kosten-0-programm": "KOMM-AN", "kosten-0-produkt": "05.01"}
    neu = {"kosten-0-angabe": angabe, "kosten-0-stellenanteil": "0,5", "titel": ""}
    antwort = sende(leitung, massnahme, weitere | neu)
    anzahl = len(zeilen) if zeilen else 3
    assert knoepfe(antwort) == {"kosten-0-angabe": f"Als {anzahl} Kostenpositionen aufteilen"}
    antwort = baue_um(leitung, massnahme, eingaben(antwort), "kosten-0-angabe")
    daten = eingaben(antwort)
    assert len(angaben(daten)) == anzahl + 1
    assert angaben(daten)[-1] == "5.000 €"
    if zeilen:
        assert angaben(daten)[:-1] == zeilen
    satz = text(nach_id(seite_von(antwort), "umgebaut"))
    assert f"„{angabe}“ ist aufgeteilt" in satz
    neu = {name.removeprefix("kosten-2-"): wert for name, wert in daten.items() if name.startswith("kosten-2-")}
    mitgenommen = {"finanzierung": "foerdermittel", "programm": "KOMM-AN", "produkt": "05.01", "jahr": "2027"}
    assert {feld: neu[feld] for feld in mitgenommen} == {feld: [wert] for feld, wert in mitgenommen.items()}
    assert neu["bis_jahr"] == ["2029"]
    assert (neu["id"], neu["stellenanteil"]) == ([""], [""])
    assert daten["kosten-0-stellenanteil"] == ["0,5"]
    assert leitung.post(formular_adresse(massnahme), daten | {"titel": "Wieder da"}).status_code == 302
    assert Kostenposition.objects.count() == anzahl + 1


def test_a_single_amount_is_not_divided(leitung, massnahme):
    assert knoepfe(leitung.get(formular_adresse(massnahme))) == {}


@pytest.mark.parametrize(
    "was", ["kosten-0-angabe", "kosten-9-angabe", "schritte-0-text", "kosten_wortlaut", "x", "kosten-0-angabe-lesart"]
)
def test_what_is_no_offer_does_nothing(leitung, massnahme, was):
    daten = hole(leitung, massnahme) | {"titel": ["Getippt"]}
    danach = eingaben(baue_um(leitung, massnahme, daten, was))
    assert danach | {"csrfmiddlewaretoken": daten["csrfmiddlewaretoken"]} == daten


def test_a_row_that_was_taken_away_does_not_hold_its_amount(leitung, massnahme):
    daten = druecke(leitung, massnahme, hole(leitung, massnahme), "kosten:weg:1") | {"kosten_wortlaut": "5.000 €"}
    antwort = baue_um(leitung, massnahme, daten, "kosten_wortlaut")
    assert eingaben(antwort)["kosten-2-angabe"] == ["5.000 €"]


def test_where_there_is_no_room_it_says_so(leitung, massnahme, monkeypatch):
    monkeypatch.setattr("konzept.formularbau.zeilenknoepfe.ZEILEN_JE_ART", 2)
    daten = hole(leitung, massnahme) | {"kosten_wortlaut": "6.200 €"}
    antwort = baue_um(leitung, massnahme, daten, "kosten_wortlaut")
    assert text(nach_id(seite_von(antwort), "umgebaut")).startswith("Mehr Kostenpositionen fasst das Formular nicht.")
    assert eingaben(antwort)["kosten_wortlaut"] == ["6.200 €"]
