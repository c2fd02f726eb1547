"""Requests that no page sends: rows of others stay untouched, and nonsense is refused, never an error of the server."""

import pytest

from massnahmen.models import Massnahme, Umsetzungsschritt
from tests.fabrik import (
    adresse,
    alle_zeilen,
    eingaben,
    fehler_am_feld,
    formular_adresse,
    hole,
    mache_feld,
    mache_handlungsziel,
    mache_kommune,
    mache_konzept,
    mache_kosten,
    mache_leitziel,
    mache_massnahme,
    mache_schritt,
    schritte,
    sende,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def fremdes():
    """A measure of another Kommune with a step, a goal, a Zielgruppe and a Leitlinie."""
    konzept = mache_konzept(mache_kommune("nachbarstadt"))
    feld = mache_feld(konzept)
    massnahme = mache_massnahme(feld, handlungsziel=mache_handlungsziel(feld))
    mache_schritt(massnahme, "Schritt der Nachbarn")
    mache_kosten(massnahme, "1 €")
    konzept.kommune.zielgruppen.create(name="Nachbarn")
    konzept.leitlinien.create(titel="Leitlinie der Nachbarn")
    return massnahme


def _von(zeilen: dict, massnahme) -> dict:
    """The rows that belong to the concept of a measure."""
    konzept = massnahme.konzept.pk
    feld = massnahme.handlungsfeld_id
    return {
        "massnahmen": [z for z in zeilen["massnahmen.Massnahme"] if z["handlungsfeld_id"] == feld],
        "schritte": [z for z in zeilen["massnahmen.Umsetzungsschritt"] if z["massnahme_id"] == massnahme.pk],
        "kosten": [z for z in zeilen["massnahmen.Kostenposition"] if z["massnahme_id"] == massnahme.pk],
        "leitlinien": [z for z in zeilen["konzept.Leitlinie"] if z["konzept_id"] == konzept],
    }


def test_rows_of_another_measure_become_new_ones(leitung, massnahme, fremdes):
    vorher = _von(alle_zeilen(), fremdes)
    schritt, kosten = fremdes.schritte.get(), fremdes.kostenpositionen.get()
    antwort = sende(
        leitung,
        massnahme,
        {"schritte-0-id": str(schritt.pk), "schritte-0-text": "Untergeschoben", "kosten-0-id": str(kosten.pk)},
    )
    assert antwort.status_code == 302
    assert _von(alle_zeilen(), fremdes) == vorher
    assert "Untergeschoben" in schritte(massnahme)
    assert schritt.pk not in massnahme.schritte.values_list("pk", flat=True)


def test_rows_of_another_measure_cannot_be_deleted(leitung, massnahme, fremdes):
    schritt = fremdes.schritte.get()
    sende(leitung, massnahme, {"schritte-0-id": str(schritt.pk), "schritte-0-DELETE": "on"})
    assert Umsetzungsschritt.objects.filter(pk=schritt.pk, text="Schritt der Nachbarn").exists()


@pytest.mark.parametrize("name", ["ziel", "zielgruppen", "leitlinien"])
def test_references_of_another_kommune_are_refused(leitung, massnahme, fremdes, name):
    wert = {
        "ziel": f"handlungsziel-{fremdes.handlungsziel_id}",
        "zielgruppen": str(fremdes.konzept.kommune.zielgruppen.get().pk),
        "leitlinien": str(fremdes.konzept.leitlinien.get().pk),
    }[name]
    vorher = alle_zeilen()
    antwort = sende(leitung, massnahme, {name: wert})
    assert antwort.status_code == 422
    assert "keine gültige" in antwort.content.decode() or "nicht verfügbar" in antwort.content.decode()
    assert "Nachbarn" not in antwort.content.decode()
    assert alle_zeilen() == vorher


def test_a_goal_of_another_field_is_refused(leitung, konzept, massnahme):
    ziel = mache_leitziel(mache_feld(konzept, "Arbeit"))
    assert sende(leitung, massnahme, {"ziel": f"leitziel-{ziel.pk}"}).status_code == 422


def test_the_parent_of_a_row_cannot_be_chosen(leitung, massnahme, fremdes):
    sende(leitung, massnahme, {"schritte-0-massnahme": str(fremdes.pk), "schritte-0-text": "Verschoben"})
    assert [s.text for s in fremdes.schritte.all()] == ["Schritt der Nachbarn"]
    assert massnahme.schritte.count() == 3


def test_fields_that_the_form_does_not_have_are_ignored(leitung, massnahme, fremdes):
    sende(
        leitung,
        massnahme,
        {
            "handlungsfeld": str(fremdes.handlungsfeld_id),
            "version": "99",
            "id": str(fremdes.pk),
            "vorgaenger": str(fremdes.pk),
            "beginn_am": "2000-01-01",
        },
    )
    neu = Massnahme.objects.get(pk=massnahme.pk)
    assert (neu.handlungsfeld, neu.version, neu.vorgaenger) == (massnahme.handlungsfeld, 2, None)
    assert str(neu.beginn_am) == "2027-01-01"


KURZE_TEXTE = [
    *("titel", "federfuehrung", "mitwirkung", "zeitraum", "kosten_wortlaut", "nummer", "kurztitel"),
    *("stand_begruendung", "schritte-0-zeitraum", "schritte-0-mitwirkung", "kosten-0-angabe", "kosten-0-programm"),
    "sachstaende-0-verfasst_von",
]
ANDERE_FELDER = [
    *("text", "ziel", "umsetzungsstand", "prioritaet", "zielgruppen", "leitlinien", "_version"),
    *("schritte-0-text", "schritte-0-id", "kosten-0-jahr", "kosten-0-stellenanteil"),
    *("sachstaende-0-datum", "sachstaende-0-text"),
]
UNFUG = {
    "no rows at all": {"schritte-TOTAL_FORMS": None, "schritte-INITIAL_FORMS": None},
    "number of rows": {"schritte-TOTAL_FORMS": "viele"},
    "too many rows": {"schritte-TOTAL_FORMS": "100000"},
    "more saved than there are": {"schritte-INITIAL_FORMS": "900"},
    "negative": {"schritte-TOTAL_FORMS": "-1", "schritte-INITIAL_FORMS": "-1"},
    "huge number": {"schritte-TOTAL_FORMS": "9" * 5000},
    "huge id": {"schritte-0-id": "9" * 5000},
    "id beyond the column": {"schritte-0-id": "9" * 25},
    "id that is no number": {"schritte-0-id": "x"},
    "same id twice": {"schritte-1-id": None},
    "huge place": {"schritte-0-ORDER": "9" * 5000},
    "place that is no number": {"schritte-0-ORDER": "oben"},
    "huge choice": {"zielgruppen": "9" * 25, "leitlinien": ["9" * 5000, "x", ""]},
    "goal": {"ziel": "handlungsziel-" + "9" * 25},
    "version": {"_version": "9" * 5000},
    "negative version": {"_version": "-1"},
    "huge share": {"kosten-0-stellenanteil": "9" * 5000},
    "no number": {"kosten-0-stellenanteil": "NaN"},
    "infinite": {"kosten-0-stellenanteil": "1e999999"},
    "huge amount": {"kosten-0-angabe": "9" * 200},
    "huge year": {"kosten-0-jahr": "9" * 5000, "kosten-0-bis_jahr": "²"},
    "date": {"sachstaende-0-datum": "01.01.0000"},
    "NUL everywhere": dict.fromkeys([*KURZE_TEXTE, *ANDERE_FELDER], "a\x00b"),
    "long everywhere": dict.fromkeys(KURZE_TEXTE, "x" * 20_000),
}


@pytest.mark.parametrize("unfug", UNFUG.values(), ids=UNFUG)
def test_nonsense_is_refused_or_ignored_and_never_breaks(leitung, massnahme, unfug):
    vorher = alle_zeilen()
    daten = {n: w for n, w in hole(leitung, massnahme).items() if unfug.get(n, w) is not None}
    daten |= {n: w for n, w in unfug.items() if w is not None}
    if unfug is UNFUG["same id twice"]:
        daten["schritte-1-id"] = daten["schritte-0-id"]
    for aktion in ("schritte:neu", "schritte:weg:0"):
        assert leitung.post(formular_adresse(massnahme), daten | {"_zeilen": aktion}).status_code == 200
    assert alle_zeilen() == vorher
    antwort = leitung.post(formular_adresse(massnahme), daten)
    assert antwort.status_code in (302, 409, 422)
    assert antwort.status_code == 302 or alle_zeilen() == vorher
    assert leitung.get(formular_adresse(massnahme)).status_code == 200


def test_nul_and_length_are_named_at_their_fields(leitung, massnahme):
    antwort = sende(leitung, massnahme, {"titel": "a\x00b", "schritte-0-text": "a\x00b", "kurztitel": "x" * 20_000})
    assert antwort.status_code == 422
    for kennung in ("id_titel", "id_schritte-0-text"):
        assert fehler_am_feld(antwort, kennung) == "Nullzeichen sind nicht erlaubt."
    assert "höchstens 80 Zeichen" in fehler_am_feld(antwort, "id_kurztitel")


def test_long_text_is_saved_whole(leitung, massnahme):
    lang = "Wort " * 4000
    sende(leitung, massnahme, {"text": lang, "schritte-0-text": lang})
    massnahme.refresh_from_db()
    assert massnahme.text == lang.strip()
    assert schritte(massnahme)[0] == lang.strip()
    assert leitung.get(adresse(massnahme, "gesamt")).status_code == 200


def test_script_text_is_saved_as_text_and_shown_escaped(leitung, massnahme):
    schad = "</textarea><script>alert(1)</script>"
    daten = {"titel": schad, "text": schad, "schritte-0-text": schad, "kosten_wortlaut": schad, "zeitraum": schad}
    antwort = sende(leitung, massnahme, daten | {"mitwirkung": schad})
    assert antwort.status_code == 422
    assert "<script>alert" not in antwort.content.decode()
    assert sende(leitung, massnahme, daten | {"mitwirkung": ""}).status_code == 302
    danach = eingaben(leitung.get(formular_adresse(massnahme)))
    assert {name: danach[name] for name in daten} == {name: [wert] for name, wert in daten.items()}
