"""A save that fails keeps what was typed, on the server and without JavaScript, whatever the reason."""

import pytest
from django.test import Client

from konzept.entwuerfe.models import Zwischenstand
from konzept.vorgaenge import hole_zurueck, loesche
from massnahmen.models import Massnahme
from tests.fabrik import (
    adresse,
    eingaben,
    formular_adresse,
    hole,
    kommunen_adresse,
    mache_benutzer,
    mache_schritt,
    seite_von,
    sende,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

NOCH_DA = "Ihre Eingaben sind noch da"


def wieder(client, zeile):
    """The form as it opens in another browser."""
    anderswo = Client()
    anderswo.force_login(client.session_konto)
    return anderswo.get(formular_adresse(zeile))


@pytest.fixture
def ich(redaktion, konto):
    redaktion.session_konto = konto
    return redaktion


def test_a_wrong_value(ich, massnahme):
    assert sende(ich, massnahme, {"titel": "", "zeitraum": "2028"}).status_code == 422
    seite = wieder(ich, massnahme)
    assert NOCH_DA in text(seite_von(seite))
    assert "ließ es sich so nicht speichern" in text(seite_von(seite))
    assert (eingaben(seite)["titel"], eingaben(seite)["zeitraum"]) == ([""], ["2028"])
    assert sende(ich, massnahme, {"titel": "Nun doch"}).status_code == 302
    assert NOCH_DA not in text(seite_von(wieder(ich, massnahme)))
    assert not Zwischenstand.objects.exists()


def test_somebody_saved_meanwhile(ich, massnahme):
    daten = hole(ich, massnahme)
    kollegin = Client()
    kollegin.force_login(mache_benutzer(massnahme.konzept.kommune, "redaktion"))
    sende(kollegin, massnahme, {"titel": "Von der Kollegin"})
    antwort = ich.post(formular_adresse(massnahme), daten | {"titel": "Von mir", "_speichern": "1"})
    assert antwort.status_code == 409
    seite = wieder(ich, massnahme)
    assert eingaben(seite)["titel"] == ["Von mir"]
    assert ich.post(formular_adresse(massnahme), eingaben(seite) | {"_speichern": "1"}).status_code == 409
    genommen = ich.post(formular_adresse(massnahme), eingaben(antwort) | {"_nimm": "form:titel"})
    assert eingaben(genommen)["titel"] == ["Von der Kollegin"]
    assert NOCH_DA not in text(seite_von(wieder(ich, massnahme)))


def test_somebody_deleted_it_meanwhile(ich, massnahme):
    daten = hole(ich, massnahme) | {"titel": "Von mir", "_speichern": "1"}
    geloeschtes = loesche(element=massnahme, konto=None)
    assert ich.post(formular_adresse(massnahme), daten).status_code == 410
    hole_zurueck(eintrag=geloeschtes, konto=None)
    seite = wieder(ich, massnahme)
    assert "lag das Element im Papierkorb" in text(seite_von(seite))
    assert eingaben(seite)["titel"] == ["Von mir"]


@pytest.mark.parametrize(("aktion", "schritte"), [("schritte:neu", ["Eins", ""]), ("schritte:weg:0", [])])
def test_a_button_for_rows(aktion, schritte, ich, massnahme):
    mache_schritt(massnahme, "Eins")
    daten = hole(ich, massnahme) | {"titel": "Noch nicht gespeichert", "_zeilen": aktion}
    ich.post(formular_adresse(massnahme), daten)
    offen = eingaben(wieder(ich, massnahme))
    assert offen["titel"] == ["Noch nicht gespeichert"]
    sichtbar = [n for n in offen if n.startswith("schritte-") and n.endswith("-text") and "__" not in n]
    weg = [n for n in sichtbar if any(offen.get(n.replace("-text", "-DELETE"), []))]
    assert [offen[n][0] for n in sichtbar if n not in weg] == schritte


def test_the_server_itself_fails(ich, massnahme, monkeypatch):
    daten = hole(ich, massnahme) | {"titel": "Von mir", "_speichern": "1"}

    def scheitere(*_, **__):
        raise RuntimeError("The disk is full.")

    with monkeypatch.context() as kaputt:
        kaputt.setattr(Massnahme, "save", scheitere)
        ich.raise_request_exception = False
        assert ich.post(formular_adresse(massnahme), daten).status_code == 500
    assert eingaben(wieder(ich, massnahme))["titel"] == ["Von mir"]


def test_what_equals_what_is_saved_is_not_offered(ich, massnahme):
    sende(ich, massnahme, {"titel": ""})
    Zwischenstand.objects.update(daten=Zwischenstand.objects.get().daten.replace("&titel=&", "&titel=Sprachcaf%C3%A9&"))
    assert NOCH_DA not in text(seite_von(wieder(ich, massnahme)))


def test_the_choice_of_several_measures(ich, massnahme):
    ort = adresse(massnahme, "massnahmen", "sammel")
    offen = eingaben(ich.post(ort, {"m": massnahme.pk, "was": "stand", "_konto": ich.session_konto.pk}), "versionen")
    assert ich.post(ort, offen | {"stand": "erfunden", "_vorschau": "1"}).status_code == 422
    seite = ich.get(ort)
    assert NOCH_DA in text(seite_von(seite))
    assert eingaben(seite, "versionen")["versionen"] == offen["versionen"]
    ich.post(ort, {"_verwerfen": "1"})
    assert not Zwischenstand.objects.exists()


# What is not kept


def test_nothing_of_another_account(ich, massnahme):
    fremd = mache_benutzer(massnahme.konzept.kommune, "redaktion")
    sende(ich, massnahme, {"titel": "", "_konto": fremd.pk})
    assert not Zwischenstand.objects.exists()


def test_nothing_where_nothing_was_typed(client, massnahme):
    """A button that was refused holds no words."""
    kommune = massnahme.konzept.kommune
    leitung = mache_benutzer(kommune, "leitung")
    client.force_login(leitung)
    antwort = client.post(kommunen_adresse(kommune, "mitglieder", leitung.pk, "entfernen"), {"_konto": leitung.pk})
    assert antwort.status_code == 422
    assert not Zwischenstand.objects.exists()


def test_a_form_that_fails_keeps_no_more_than_others(ich, massnahme, monkeypatch):
    monkeypatch.setattr("konzept.entwuerfe.ablage.ZWISCHENSTAENDE", 0)
    assert sende(ich, massnahme, {"titel": ""}).status_code == 422
    assert not Zwischenstand.objects.exists()


def test_a_name_that_is_not_saved_is_not_shown_as_ones_own(ich):
    ich.session_konto.name = "Rita Redaktion"
    ich.session_konto.save()
    daten = eingaben(ich.get("/konto/"), "name") | {"name": "Noch nicht gespeichert"}
    assert ich.post("/zwischenstand/", daten | {"_adresse": "/konto/"}).status_code == 204
    seite = seite_von(ich.get("/konto/"))
    assert NOCH_DA in text(seite)
    assert "Noch nicht gespeichert" not in text(next(seite.iter("header")))
