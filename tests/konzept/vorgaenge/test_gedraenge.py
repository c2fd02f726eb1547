"""Where the database gives up because too many write, nobody sees an error, and what was typed is still there."""

import pytest
from django.db import IntegrityError, OperationalError

from tests.fabrik import (
    adresse,
    eingaben,
    formular_adresse,
    mache_benutzer,
    mache_feld,
    mache_konzept,
    mache_massnahme,
    seite_von,
    text,
)

pytestmark = pytest.mark.django_db


class Verklemmt(Exception):
    """As psycopg2 raises it: its code is what counts."""

    pgcode = "40P01"


def verklemmt(*_, **__):
    raise OperationalError("deadlock detected") from Verklemmt()


def gesperrt(*_, **__):
    raise OperationalError("database is locked")


def kaputt(*_, **__):
    raise OperationalError("disk I/O error")


@pytest.fixture
def massnahme(client):
    massnahme = mache_massnahme(mache_feld(mache_konzept()))
    client.force_login(mache_benutzer(massnahme.konzept.kommune, "leitung"))
    return massnahme


@pytest.mark.parametrize("wie", [verklemmt, gesperrt])
def test_a_form_is_shown_again_with_what_was_typed(wie, client, massnahme, monkeypatch):
    pfad = formular_adresse(massnahme)
    felder = eingaben(client.get(pfad)) | {"titel": "Getippt"}
    monkeypatch.setattr("konzept.bearbeitung.sperre", wie)
    antwort = client.post(pfad, felder)
    assert antwort.status_code == 503
    assert "Gerade speichern zu viele zugleich" in text(seite_von(antwort))
    assert eingaben(antwort)["titel"] == ["Getippt"]
    monkeypatch.undo()
    assert client.post(pfad, eingaben(antwort)).status_code == 302


def test_what_the_database_refuses_is_said_at_the_form(client, massnahme, monkeypatch):
    pfad = formular_adresse(massnahme)
    felder = eingaben(client.get(pfad)) | {"titel": "Getippt"}

    def verweigert(*_):
        raise IntegrityError("FOREIGN KEY constraint failed")

    monkeypatch.setattr("konzept.bearbeitung.sperre", verweigert)
    antwort = client.post(pfad, felder)
    assert antwort.status_code == 409
    assert "hat jemand etwas geändert, worauf sich das Formular bezieht" in text(seite_von(antwort))
    assert eingaben(antwort)["titel"] == ["Getippt"]


@pytest.mark.parametrize("wie", [verklemmt, gesperrt])
def test_a_button_says_that_one_may_try_again(wie, client, massnahme, monkeypatch):
    monkeypatch.setattr("konzept.vorgaenge.vorgang.sperre", wie)
    antwort = client.post(adresse(massnahme, "massnahmen", str(massnahme.pk), "loeschen"))
    assert (antwort.status_code, antwort["Retry-After"]) == (503, "2")
    assert "Gespeichert ist davon nichts" in text(seite_von(antwort))


def test_what_is_broken_stays_an_error(client, massnahme, monkeypatch):
    monkeypatch.setattr("konzept.vorgaenge.vorgang.sperre", kaputt)
    with pytest.raises(OperationalError):
        client.post(adresse(massnahme, "massnahmen", str(massnahme.pk), "loeschen"))
