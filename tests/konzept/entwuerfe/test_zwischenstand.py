"""What is typed is kept while it is typed, for the same account and the same form, until it is saved or discarded."""

import pytest

from konzept.entwuerfe.models import Zwischenstand
from tests.fabrik import (
    eingaben,
    formular_adresse,
    mache_abschnitt,
    mache_benutzer,
    mache_feld,
    seite_von,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

PFAD = "/zwischenstand/"


def tippe(client, zeile, **aenderungen):
    """What the page sends while somebody types into the form of a row."""
    adresse = formular_adresse(zeile)
    daten = eingaben(client.get(adresse)) | aenderungen
    return client.post(PFAD, daten | {"_adresse": adresse})


def test_what_was_typed_is_offered_when_the_form_is_opened_again(redaktion, massnahme):
    assert tippe(redaktion, massnahme, titel="Noch nicht gespeichert").status_code == 204
    massnahme.refresh_from_db()
    assert massnahme.titel == "Sprachcafé"
    seite = redaktion.get(formular_adresse(massnahme))
    assert "Ihre Eingaben sind noch da" in text(seite_von(seite))
    assert eingaben(seite)["titel"] == ["Noch nicht gespeichert"]


@pytest.mark.parametrize("knopf", ["_speichern", "_verwerfen"])
def test_it_is_gone_once_saved_or_discarded(knopf, redaktion, massnahme):
    tippe(redaktion, massnahme, titel="Neuer Titel")
    adresse = formular_adresse(massnahme)
    redaktion.post(adresse, eingaben(redaktion.get(adresse)) | {knopf: "1"})
    assert not Zwischenstand.objects.exists()
    massnahme.refresh_from_db()
    assert massnahme.titel == ("Neuer Titel" if knopf == "_speichern" else "Sprachcafé")
    assert "Ihre Eingaben sind noch da" not in text(seite_von(redaktion.get(adresse)))


def test_a_late_copy_of_what_was_saved_is_not_offered(redaktion, massnahme):
    tippe(redaktion, massnahme)
    assert Zwischenstand.objects.exists()
    assert "Ihre Eingaben sind noch da" not in text(seite_von(redaktion.get(formular_adresse(massnahme))))


def test_nobody_else_sees_it(redaktion, massnahme, client):
    tippe(redaktion, massnahme, titel="Meins")
    client.force_login(mache_benutzer(massnahme.konzept.kommune, "redaktion"))
    assert eingaben(client.get(formular_adresse(massnahme)))["titel"] == ["Sprachcafé"]


def test_one_state_for_each_form(redaktion, massnahme):
    abschnitt = mache_abschnitt(massnahme.konzept)
    for titel in ("Erst", "Dann", "Zuletzt"):
        tippe(redaktion, massnahme, titel=titel)
    tippe(redaktion, abschnitt, titel="Anderes")
    assert Zwischenstand.objects.count() == 2
    assert eingaben(redaktion.get(formular_adresse(massnahme)))["titel"] == ["Zuletzt"]


def test_forms_for_new_elements_are_told_apart_by_where_they_insert(redaktion, massnahme):
    k, felder = massnahme.konzept, [massnahme.handlungsfeld, mache_feld(massnahme.konzept, "Zweites")]
    adressen = [
        f"/konzepte/{k.kommune.slug}/{k.slug}/leitziele/neu/?in=handlungsfeld-{feld.pk}" for feld in felder
    ]
    daten = eingaben(redaktion.get(adressen[0])) | {"titel": "Im ersten"}
    assert redaktion.post(PFAD, daten | {"_adresse": adressen[0]}).status_code == 204
    assert [eingaben(redaktion.get(adresse))["titel"] for adresse in adressen] == [["Im ersten"], [""]]


@pytest.mark.parametrize("adresse", ["", "/gibt/es/nicht/", "/admin/", "https://boese.example/", "/" + "x" * 600])
def test_only_forms_keep_something(adresse, redaktion, konto):
    assert redaktion.post(PFAD, {"_adresse": adresse, "_konto": konto.pk, "titel": "x"}).status_code == 400
    assert not Zwischenstand.objects.exists()


def test_text_of_another_account_is_refused(redaktion, massnahme):
    assert tippe(redaktion, massnahme, _konto="999999").status_code == 400


def test_without_a_session_nothing_is_kept(client, massnahme):
    assert client.post(PFAD, {"_adresse": formular_adresse(massnahme)}).status_code == 401


def test_too_much_is_said_and_not_kept(redaktion, massnahme, monkeypatch):
    monkeypatch.setattr("konzept.entwuerfe.views.EINGABEN_ZEICHEN", 200)
    assert tippe(redaktion, massnahme, text="x" * 300).status_code == 413
    assert not Zwischenstand.objects.exists()
