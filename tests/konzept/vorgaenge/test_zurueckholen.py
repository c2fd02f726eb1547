"""Out of the Papierkorb: what is not as it was is said truly; what still lies there waits for what belongs to it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from konzept import vorgaenge
from konzept.models import Abschnitt
from konzept.verlauf.models import Aenderung, Geloeschtes
from massnahmen.models import Indikator, Massnahme
from tests.fabrik import (
    adresse,
    eingaben,
    kommunen_adresse,
    mache_abschnitt,
    mache_akteur,
    mache_benutzer,
    mache_feld,
    mache_handlungsziel,
    mache_konzept,
    mache_leitziel,
    mache_massnahme,
    setze_zustaendig,
)

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]


@pytest.fixture
def konzept():
    return mache_konzept()


@pytest.fixture
def feld(konzept):
    return mache_feld(konzept)


@pytest.fixture
def konto(konzept):
    return mache_benutzer(konzept.kommune, "leitung")


@pytest.fixture
def weg(konto):
    return lambda zeile: vorgaenge.loesche(element=zeile, konto=konto)


@pytest.fixture
def hole(konto):
    """Brings back, and answers with what is said about it."""

    def hole_frisch(eintrag) -> str:
        frisch = Geloeschtes.objects.get(pk=eintrag.pk)
        return " ".join(vorgaenge.hole_zurueck(eintrag=frisch, konto=konto).anders)

    return hole_frisch


def test_what_lies_in_the_papierkorb_takes_up_again_what_came_back_before_it(feld, weg, hole):
    leitziel = mache_leitziel(feld)
    massnahme = mache_massnahme(feld, leitziel=leitziel)
    zuerst, dann = weg(massnahme), weg(leitziel)
    assert "(„Alle verstehen sich“), liegt noch im Papierkorb" in hole(zuerst)
    assert Massnahme.objects.get().leitziel is None
    assert hole(dann) == ""
    assert Massnahme.objects.get().leitziel == leitziel


def test_a_section_of_a_chapter_that_was_deleted_too(konzept, weg, hole):
    kapitel = mache_abschnitt(konzept, "Kapitel")
    mitte = mache_abschnitt(konzept, "Mitte", oberabschnitt=kapitel)
    unten = mache_abschnitt(konzept, "Unten", oberabschnitt=mitte)
    zuerst, dann = weg(unten), weg(kapitel)
    assert "„Kapitel“" in hole(zuerst)
    assert hole(dann) == ""
    assert Abschnitt.objects.get(titel="Unten").oberabschnitt == mitte


def test_what_joined_the_two_comes_back_with_the_second_of_them(konzept, feld, weg, hole):
    massnahme, leitlinie = mache_massnahme(feld), konzept.leitlinien.create(titel="Vielfalt")
    aufgabe = konzept.querschnittsaufgaben.create(titel="Öffnung")
    aufgabe.bezuege.create(handlungsfeld=feld, text="besonders hier")
    akteur = mache_akteur(konzept.kommune, "51")
    setze_zustaendig(massnahme, akteur)
    massnahme.leitlinien.add(leitlinie)
    das_feld = weg(feld)
    anderes = [weg(leitlinie), weg(aufgabe), weg(akteur)]
    satz = hole(das_feld)
    for name in ("Vielfalt", "Öffnung", "51"):
        assert f"Was es mit „{name}“ verbindet, kommt zurück" in satz
    massnahme = Massnahme.objects.get()
    assert not massnahme.leitlinien.exists()
    for eintrag in anderes:
        assert hole(eintrag) == ""
    assert massnahme.leitlinien.get() == leitlinie
    assert massnahme.zustaendigkeiten.get().akteur == akteur
    assert aufgabe.bezuege.get().text == "besonders hier"


def test_what_is_gone_for_good_is_said_to_be_gone(konzept, feld, weg, hole):
    massnahme, leitlinie = mache_massnahme(feld), konzept.leitlinien.create(titel="Vielfalt")
    massnahme.leitlinien.add(leitlinie)
    eintrag = weg(massnahme)
    leitlinie.delete()
    assert hole(eintrag) == "Eine Verknüpfung fehlt, weil es nicht mehr gibt, womit es verknüpft war."


def test_an_account_that_is_gone_is_no_link(konzept, feld, weg, hole):
    massnahme = mache_massnahme(feld, geaendert_von=mache_benutzer(konzept.kommune, "redaktion"))
    eintrag = weg(massnahme)
    massnahme.geaendert_von.delete()
    assert hole(eintrag) == ""


def test_an_indicator_says_that_it_needs_what_it_measures(konzept, feld, weg, hole):
    massnahme = mache_massnahme(feld)
    indikator = massnahme.indikatoren.create(konzept=konzept, titel="Zahl", art="wirkung")
    zuerst, dann = weg(indikator), weg(massnahme)
    with pytest.raises(ValidationError, match="Es gehörte zu „Sprachcafé“"):
        hole(zuerst)
    hole(dann)
    assert hole(zuerst) == ""
    assert Indikator.objects.get().massnahme == massnahme


def test_an_indicator_that_goes_along_has_it_in_its_history(konzept, feld, weg, hole, konto):
    arbeit, leitziel = mache_feld(konzept, "Arbeit"), mache_leitziel(feld)
    ziel = mache_handlungsziel(feld, leitziel=leitziel)
    indikator = ziel.indikatoren.create(konzept=konzept, titel="Zahl", art="wirkung")
    eintrag = weg(ziel)
    vorgaenge.verschiebe(element=leitziel, unter=arbeit, nach=None, konto=konto)
    assert "„Zahl“ steht jetzt dort" in hole(eintrag)
    indikator.refresh_from_db()
    assert (indikator.handlungsfeld, indikator.version) == (arbeit, 2)
    letzte = Aenderung.objects.filter(anker=f"indikator-{indikator.pk}").last()
    assert (letzte.art, letzte.benutzer, letzte.stand["felder"]["handlungsfeld"]["name"]) == (
        "verschoben",
        konto,
        "Arbeit",
    )


def test_what_was_put_below_another_one_meanwhile_is_named(feld, weg, hole, konto):
    eins, zwei = mache_leitziel(feld, "Eins"), mache_leitziel(feld, "Zwei")
    ziel = mache_handlungsziel(feld, leitziel=eins)
    eintrag = weg(eins)
    vorgaenge.verschiebe(element=ziel, unter=zwei, nach=None, konto=konto)
    assert hole(eintrag) == "„Kurse für alle“ gehörte dazu und steht inzwischen woanders; dort bleibt es."
    ziel.refresh_from_db()
    assert ziel.leitziel == zwei


def test_a_leitlinie_whose_section_lists_none_any_more_does_not_vanish(konzept, weg, hole):
    abschnitt = mache_abschnitt(konzept, "Leitlinien", inhalt="leitlinien")
    leitlinie = konzept.leitlinien.create(titel="Vielfalt", abschnitt=abschnitt)
    eintrag = weg(leitlinie)
    Abschnitt.objects.update(inhalt="")
    assert "In diesem Abschnitt stehen keine Leitlinien." in hole(eintrag)
    leitlinie.refresh_from_db()
    assert leitlinie.abschnitt is None


def test_what_comes_back_without_its_goal_stands_behind_the_others(feld, weg, hole):
    leitziel = mache_leitziel(feld)
    massnahme = mache_massnahme(feld, "Zurück", leitziel=leitziel)
    for titel in ("Eins", "Zwei"):
        mache_massnahme(feld, titel)
    eintrag = weg(massnahme)
    leitziel.delete()
    hole(eintrag)
    assert [m.titel for m in feld.massnahmen.order_by("reihenfolge", "pk")] == ["Eins", "Zwei", "Zurück"]


def test_an_entry_from_before_a_field_was_taken_away_comes_back(feld, weg, hole):
    eintrag = weg(mache_leitziel(feld))
    eintrag.zeilen[0]["fields"]["was_es_nicht_mehr_gibt"] = "x"
    eintrag.save()
    assert hole(eintrag) == ""


def test_an_entry_from_before_a_column_was_there_comes_back(konzept, feld, weg, hole):
    aufgabe = konzept.querschnittsaufgaben.create(titel="Öffnung")
    aufgabe.bezuege.create(handlungsfeld=feld)
    ziel = mache_leitziel(feld)
    ziel.indikatoren.create(konzept=konzept, titel="Zahl", art="wirkung")
    eintraege = [weg(aufgabe), weg(ziel)]
    for eintrag in eintraege:
        for zeile in eintrag.zeilen:
            if zeile["model"].endswith("querschnittsbezug"):
                del zeile["fields"]["konzept"]
            elif zeile["model"].endswith("indikator"):
                del zeile["fields"]["handlungsfeld"]
        eintrag.save()
        assert hole(eintrag) == ""
    assert aufgabe.bezuege.get().konzept == konzept
    assert Indikator.objects.get().handlungsfeld == feld


def test_a_name_that_is_taken_is_why_an_earlier_state_is_refused(konzept, konto, client):
    client.force_login(konto)
    akteur = mache_akteur(konzept.kommune, "51")
    seite = kommunen_adresse(konzept.kommune, "akteure", str(akteur.pk), "bearbeiten")
    client.post(seite, eingaben(client.get(seite)) | {"kurz": "52"})
    mache_akteur(konzept.kommune, "51")
    akteur.refresh_from_db()
    stand = next(a for a in Aenderung.objects.all() if a.stand["felder"]["kurz"] == "51")
    with pytest.raises(ValidationError) as fehler:
        vorgaenge.stelle_wieder_her(element=akteur, aenderung=stand, gelesen=akteur.version, konto=konto)
    assert "gehört heute woandershin" not in str(fehler.value)


@pytest.mark.parametrize("tat", ["verschiebe", "loesche", "hole"])
def test_a_goal_costs_the_same_with_one_measure_and_with_many(tat, konzept, konto, feld, weg, hole):
    arbeit = mache_feld(konzept, "Arbeit")

    def abfragen(anzahl: int) -> int:
        ziel = mache_handlungsziel(feld, f"Ziel {anzahl}")
        for i in range(anzahl):
            massnahme = mache_massnahme(feld, f"{anzahl}/{i}", handlungsziel=ziel)
            massnahme.indikatoren.create(konzept=konzept, titel="Zahl", art="wirkung")
        eintrag = weg(ziel) if tat == "hole" else None
        with CaptureQueriesContext(connection) as alle:
            match tat:
                case "verschiebe":
                    vorgaenge.verschiebe(element=ziel, unter=arbeit, nach=None, konto=konto)
                case "loesche":
                    weg(ziel)
                case "hole":
                    hole(eintrag)
        return len(alle)

    abfragen(2)
    assert abfragen(2) == abfragen(7)


def test_pressed_twice_deletes_once_and_says_so(konzept, konto, client, monkeypatch):
    """The second press was read before the first one was through."""
    client.force_login(konto)
    feld = mache_feld(konzept)
    seite = adresse(feld, "handlungsfelder", str(feld.pk), "loeschen")
    monkeypatch.setattr("konzept.werkbank.views.was_haengt_daran", lambda objekt: ({}, feld.delete() and {}))
    antwort = client.post(seite, follow=True)
    assert "gibt es nicht mehr" in antwort.content.decode()


def test_the_papierkorb_has_what_was_saved_last(konzept, konto, feld):
    massnahme = mache_massnahme(feld)
    gelesen = Massnahme.objects.get()
    Massnahme.objects.update(text="Zuletzt gespeichert", version=2)
    eintrag = vorgaenge.loesche(element=gelesen, konto=konto)
    vorgaenge.hole_zurueck(eintrag=eintrag, konto=konto)
    massnahme.refresh_from_db()
    assert (massnahme.text, massnahme.version) == ("Zuletzt gespeichert", 2)


def test_what_is_deleted_while_it_is_saved_keeps_what_was_typed(konzept, konto, feld, client, monkeypatch):
    client.force_login(konto)
    leitziel = mache_leitziel(feld)
    seite = adresse(leitziel, "leitziele", str(leitziel.pk), "bearbeiten")
    felder = eingaben(client.get(seite)) | {"titel": "Getippt"}

    def dazwischen(form):
        monkeypatch.undo()
        vorgaenge.loesche(element=leitziel, konto=konto)
        return form.is_valid()

    monkeypatch.setattr("handlungsfelder.forms.LeitzielForm.is_valid", dazwischen)
    antwort = client.post(seite, felder)
    assert antwort.status_code == 410
    vorgaenge.hole_zurueck(eintrag=Geloeschtes.objects.get(), konto=konto)
    assert "Getippt" in client.get(seite).content.decode()
