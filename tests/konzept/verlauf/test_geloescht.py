"""Somebody deletes what somebody else is editing: the text waits, and comes back with the element."""

import pytest

from konzept.verlauf.models import Geloeschtes
from konzept.vorgaenge import loesche
from massnahmen.models import Massnahme
from tests.fabrik import (
    adresse,
    eingaben,
    formular_adresse,
    mache_abschnitt,
    mache_benutzer,
    mache_feld,
    mache_konzept,
    mache_massnahme,
    seite_von,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]


@pytest.fixture
def konzept():
    return mache_konzept()


@pytest.fixture(params=["massnahme", "abschnitt"])
def zeile(request, konzept):
    if request.param == "massnahme":
        return mache_massnahme(mache_feld(konzept), "Sprachcafé")
    return mache_abschnitt(konzept, "Einführung")


@pytest.fixture
def kollegin(konzept):
    return mache_benutzer(konzept.kommune, "redaktion", name="Karla Kollegin")


def test_what_was_typed_comes_back_with_the_element(client, konzept, zeile, kollegin):
    client.force_login(mache_benutzer(konzept.kommune, "redaktion"))
    pfad = formular_adresse(zeile)
    daten = eingaben(client.get(pfad)) | {"text": "Lange überlegt."}
    loesche(element=zeile, konto=kollegin)
    antwort = client.post(pfad, daten)
    assert antwort.status_code == 410
    seite = text(seite_von(antwort))
    assert "Karla Kollegin hat dies am" in seite
    assert "Was Sie eingegeben haben, ist nicht verloren." in seite

    zurueck = client.post(adresse(konzept, "papierkorb", str(Geloeschtes.objects.get().pk), "zurueckholen"))
    assert zurueck.url == pfad
    formular = client.get(pfad)
    assert "Ihre Eingaben sind noch da" in text(seite_von(formular))
    assert eingaben(formular)["text"] == ["Lange überlegt."]
    client.post(pfad, eingaben(formular))
    zeile.refresh_from_db()
    assert zeile.text == "Lange überlegt."


def test_a_link_to_something_deleted_says_where_it_is(client, konzept, zeile, kollegin):
    client.force_login(kollegin)
    loesche(element=zeile, konto=kollegin)
    antwort = client.get(formular_adresse(zeile))
    assert antwort.status_code == 410
    assert "Was Sie eingegeben haben" not in text(seite_von(antwort))


@pytest.mark.parametrize(("rolle", "status"), [("lesen", 404), ("gremium", 404), (None, 404)])
def test_only_who_edits_learns_of_it(rolle, status, client, konzept, zeile, kollegin):
    loesche(element=zeile, konto=kollegin)
    client.force_login(mache_benutzer(konzept.kommune, *([rolle] if rolle else [])))
    assert client.get(formular_adresse(zeile)).status_code == status


def test_what_never_was_is_not_found(client, kollegin, konzept):
    client.force_login(kollegin)
    assert not Massnahme.objects.exists()
    assert client.get(adresse(konzept, "massnahmen", "7", "bearbeiten")).status_code == 404
