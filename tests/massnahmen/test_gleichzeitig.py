"""Two people edit the same measure: the second sees both versions, loses nothing, and decides."""

import pytest
from django.db import transaction
from django.test import Client

from konzept.models.basis import VersionVeraltet
from massnahmen.models import Massnahme
from tests.fabrik import (
    alle_zeilen,
    druecke,
    eingaben,
    formular_adresse,
    hole,
    mache_benutzer,
    nach_id,
    schritte,
    seite_von,
    sende,
    text,
    zustaendig,
)

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]


@pytest.fixture
def andere(konzept):
    client = Client()
    client.force_login(mache_benutzer(konzept.kommune, "redaktion", name="Rita Redaktion"))
    return client


def gegenueber(antwort) -> dict[str, tuple[str, str]]:
    """The table of the conflict page: field → (saved, typed)."""
    (tabelle,) = nach_id(seite_von(antwort), "konflikt").iter("table")
    return {text(feld): (text(alt), text(neu)) for feld, alt, neu, _ in tabelle.find("tbody")}


def knopf(antwort, feld: str) -> str:
    """What the button "Gespeichertes nehmen" of a field sends."""
    (gefunden,) = (k for k in nach_id(seite_von(antwort), "konflikt").iter("button") if feld in text(k))
    assert gefunden.get("form") == "formular"
    return gefunden.get("value")


def test_field_by_field_the_saved_state_can_be_taken(leitung, andere, massnahme):
    daten = hole(leitung, massnahme)
    gespeichert = {"titel": "Erzählcafé", "umsetzungsstand": "laufend", "schritte-0-text": "Räume mieten"}
    sende(andere, massnahme, gespeichert | {"zeitraum": "2030"})
    eigene = daten | {"titel": "Sprachtreff", "text": "Mein Absatz.", "mitwirkung": "Ehrenamtsbörse"}
    antwort = leitung.post(formular_adresse(massnahme), eigene)
    vorher = alle_zeilen()
    for feld in ("Titel", "Umsetzungsstand", "Umsetzungsschritte", "Zeitraum"):
        antwort = leitung.post(formular_adresse(massnahme), eingaben(antwort) | {"_nimm": knopf(antwort, feld)})
        assert feld not in gegenueber(antwort)
    assert alle_zeilen() == vorher
    assert set(gegenueber(antwort)) == {"Beschreibung", "Mitwirkung"}
    assert leitung.post(formular_adresse(massnahme), eingaben(antwort)).status_code == 302
    massnahme.refresh_from_db()
    assert (massnahme.titel, massnahme.umsetzungsstand, str(massnahme.zeitraum)) == ("Erzählcafé", "laufend", "2030")
    assert massnahme.text == "Mein Absatz."
    assert massnahme.schritte.first().text == "Räume mieten"
    assert zustaendig(massnahme)[-1][0] == "Ehrenamtsbörse"


@pytest.mark.parametrize("unsinn", ["", "form:gibtesnicht", "nichts:", "schritte:x", "form:", ":" * 50])
def test_a_forged_choice_changes_nothing(unsinn, leitung, andere, massnahme):
    vorher = alle_zeilen()
    daten = hole(leitung, massnahme) | {"titel": "Meiner", "_nimm": unsinn or "x"}
    antwort = leitung.post(formular_adresse(massnahme), daten)
    assert antwort.status_code == 200
    assert eingaben(antwort)["titel"] == ["Meiner"]
    assert alle_zeilen() == vorher


def test_the_second_sees_both_versions_and_decides(leitung, andere, massnahme):
    daten = hole(leitung, massnahme)
    sende(andere, massnahme, {"titel": "Erzählcafé", "umsetzungsstand": "laufend", "schritte-0-text": "Räume mieten"})
    vorher = alle_zeilen()
    eigene = daten | {"titel": "Sprachtreff", "text": "Mein Absatz.", "mitwirkung": "Ehrenamtsbörse"}
    antwort = leitung.post(formular_adresse(massnahme), eigene)
    assert antwort.status_code == 409
    assert alle_zeilen() == vorher
    assert "Inzwischen hat Rita Redaktion gespeichert" in text(nach_id(seite_von(antwort), "konflikt"))
    tabelle = gegenueber(antwort)
    assert tabelle.pop("Umsetzungsschritte")[0].startswith("(1) Räume mieten")
    assert tabelle == {
        "Titel": ("Erzählcafé", "Sprachtreff"),
        "Beschreibung": ("Ein Treffpunkt.", "Mein Absatz."),
        "Umsetzungsstand": ("laufend", "(leer)"),
        "Mitwirkung": ("SKFM", "Ehrenamtsbörse"),
    }
    danach = eingaben(antwort)
    assert {n: danach[n] for n in ("titel", "text", "mitwirkung")} == {
        "titel": ["Sprachtreff"],
        "text": ["Mein Absatz."],
        "mitwirkung": ["Ehrenamtsbörse"],
    }
    assert leitung.post(formular_adresse(massnahme), danach).status_code == 302
    massnahme.refresh_from_db()
    assert (massnahme.titel, massnahme.text, massnahme.version) == ("Sprachtreff", "Mein Absatz.", 3)
    assert schritte(massnahme)[0] == "Räume suchen"


def test_a_third_save_in_between_is_a_new_conflict(leitung, andere, massnahme):
    daten = hole(leitung, massnahme) | {"titel": "Meins"}
    sende(andere, massnahme, {"titel": "Eins"})
    danach = eingaben(leitung.post(formular_adresse(massnahme), daten))
    sende(andere, massnahme, {"titel": "Zwei"})
    antwort = leitung.post(formular_adresse(massnahme), danach)
    assert (antwort.status_code, gegenueber(antwort)["Titel"]) == (409, ("Zwei", "Meins"))


def test_both_changed_the_same_way(leitung, andere, massnahme):
    daten = hole(leitung, massnahme) | {"titel": "Gleich"}
    sende(andere, massnahme, {"titel": "Gleich"})
    antwort = leitung.post(formular_adresse(massnahme), daten)
    assert antwort.status_code == 409
    assert "Beide Stände sind gleich" in text(nach_id(seite_von(antwort), "konflikt"))


def test_discarding_takes_what_is_saved(leitung, andere, massnahme):
    daten = hole(leitung, massnahme) | {"titel": "Meins"}
    sende(andere, massnahme, {"titel": "Ihres"})
    antwort = leitung.post(formular_adresse(massnahme), daten)
    assert "_verwerfen" in antwort.content.decode()
    weiter = leitung.post(formular_adresse(massnahme), eingaben(antwort) | {"_verwerfen": "1"}, follow=True)
    seite = weiter.content.decode()
    assert "sind verworfen" in seite
    assert "ist gespeichert" not in seite
    massnahme.refresh_from_db()
    assert massnahme.titel == "Ihres"


def test_a_step_that_the_first_deleted_and_the_second_edited_survives_as_a_new_one(leitung, andere, massnahme):
    daten = hole(leitung, massnahme) | {"schritte-1-text": "Feierlich eröffnen", "schritte-1-mitwirkung": "51"}
    geloescht = int(daten["schritte-1-id"][0])
    fremde = druecke(andere, massnahme, hole(andere, massnahme), "schritte:weg:1")
    assert andere.post(formular_adresse(massnahme), fremde).status_code == 302
    antwort = leitung.post(formular_adresse(massnahme), daten)
    assert antwort.status_code == 409
    alt, neu = gegenueber(antwort)["Umsetzungsschritte"]
    assert ("eröffnen" in alt, "Feierlich eröffnen" in neu) == (False, True)
    assert leitung.post(formular_adresse(massnahme), eingaben(antwort)).status_code == 302
    assert schritte(massnahme) == ["Räume suchen", "Feierlich eröffnen", "Auswerten"]
    neuer = massnahme.schritte.get(text="Feierlich eröffnen")
    assert neuer.pk != geloescht
    assert zustaendig(neuer) == [("51", "mitwirkung")]


def test_a_step_that_the_first_added_is_kept_beside_those_of_the_second(leitung, andere, massnahme):
    daten = hole(leitung, massnahme) | {"schritte-0-text": "Räume mieten"}
    fremde = druecke(andere, massnahme, hole(andere, massnahme), "schritte:neu") | {"schritte-3-text": "Werben"}
    andere.post(formular_adresse(massnahme), fremde)
    antwort = leitung.post(formular_adresse(massnahme), daten)
    assert "Werben" in gegenueber(antwort)["Umsetzungsschritte"][0]
    leitung.post(formular_adresse(massnahme), eingaben(antwort))
    assert sorted(schritte(massnahme)) == ["Auswerten", "Eröffnen", "Räume mieten", "Werben"]


def test_an_error_comes_before_the_conflict_and_does_not_hide_it(leitung, andere, massnahme):
    daten = hole(leitung, massnahme) | {"titel": "Meins", "zeitraum": "13/2017"}
    sende(andere, massnahme, {"titel": "Ihres"})
    antwort = leitung.post(formular_adresse(massnahme), daten)
    assert antwort.status_code == 422
    antwort = leitung.post(formular_adresse(massnahme), eingaben(antwort) | {"zeitraum": "2027"})
    assert antwort.status_code == 409


def test_row_buttons_keep_the_version_that_was_read(leitung, andere, massnahme):
    daten = hole(leitung, massnahme)
    sende(andere, massnahme, {"titel": "Ihres"})
    daten = druecke(leitung, massnahme, daten, "schritte:neu")
    assert leitung.post(formular_adresse(massnahme), daten).status_code == 409


@pytest.mark.parametrize("version", [None, "", "0", "x", "999"])
def test_a_form_without_the_right_version_overwrites_nothing(leitung, massnahme, version):
    daten = hole(leitung, massnahme) | {"titel": "Blind"}
    daten |= {"_version": version} if version is not None else {}
    if version is None:
        del daten["_version"]
    assert leitung.post(formular_adresse(massnahme), daten).status_code == 409
    massnahme.refresh_from_db()
    assert massnahme.titel == "Sprachcafé"


def test_conflict_shows_markup_as_text(leitung, andere, massnahme):
    daten = hole(leitung, massnahme) | {"titel": "<b>Meins</b>"}
    sende(andere, massnahme, {"titel": "<script>alert(1)</script>"})
    antwort = leitung.post(formular_adresse(massnahme), daten)
    assert gegenueber(antwort)["Titel"] == ("<script>alert(1)</script>", "<b>Meins</b>")


def test_a_save_that_fails_halfway_leaves_everything_as_it_was(leitung, massnahme, monkeypatch):
    def scheitert(formset, commit=True):
        raise RuntimeError("disk full")

    daten = hole(leitung, massnahme) | {"titel": "Halb", "mitwirkung": ""}
    vorher = alle_zeilen()
    monkeypatch.setattr("konzept.formularbau.elemente.ElementZeilen.save", scheitert)
    with pytest.raises(RuntimeError):
        leitung.post(formular_adresse(massnahme), daten)
    assert alle_zeilen() == vorher


# The version itself


def test_only_one_can_claim_a_version(massnahme, konzept):
    eine, zweite = Massnahme.objects.get(), Massnahme.objects.get()
    konto = mache_benutzer()
    with transaction.atomic():
        eine.beanspruche_version(1, konto)
    with pytest.raises(VersionVeraltet), transaction.atomic():
        zweite.beanspruche_version(1, None)
    gespeichert = Massnahme.objects.get()
    assert (gespeichert.version, gespeichert.geaendert_von, eine.version, zweite.version) == (2, konto, 2, 1)
    assert gespeichert.geaendert_am == eine.geaendert_am


def test_claiming_a_version_is_one_query(massnahme, django_assert_num_queries):
    with django_assert_num_queries(1):
        massnahme.beanspruche_version(1, None)


def test_a_claim_is_undone_with_its_transaction(massnahme):
    with transaction.atomic():
        massnahme.beanspruche_version(1, None)
        transaction.set_rollback(True)
    assert Massnahme.objects.get().version == 1


def test_a_row_that_is_gone_cannot_be_claimed(massnahme):
    zeile = Massnahme.objects.get()
    massnahme.delete()
    with pytest.raises(VersionVeraltet):
        zeile.beanspruche_version(1, None)
