"""A form that makes something new makes it once, however often it is sent, and says what it has made."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils.timezone import localdate, now

from konzept.entwuerfe.models import Angelegtes, Zwischenstand
from konzept.fassungen.models import Fassung
from konzept.konten.aufraeumen import raeume_auf
from konzept.models import Abschnitt
from konzept.werkbank.muster import MUSTER as GLIEDERUNGEN
from tests.fabrik import adresse, eingaben, kommunen_adresse, mache_benutzer, nach_id, seite_von, text
from tests.konzept.entwuerfe.formulare import formulare, stadt_mit_konto
from tests.konzept.zugriff.adressen import MUSTER
from tests.konzept.zugriff.wege import stand
from tests.nebenlaeufig import gleichzeitig

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

SCHON = "haben Sie mit diesem Formular"


def _runde(welt) -> dict:
    wer = mache_benutzer(welt.kommune, "gremium")
    return {"ende": f"{localdate() + timedelta(days=7):%d.%m.%Y}", "personen": [wer.pk]}


LEGT_AN = {
    "werkbank:neu": lambda w: {"titel": "Neues", "bezug": f"massnahme-{w.massnahme.pk}"},
    "verzeichnis:neu": {"kurz": "Neues", "name": "Neues"},
    "verzeichnis:konzept_neu": {"titel": "Ein neues Konzept", "beginnt_mit": next(iter(GLIEDERUNGEN))},
    "vorlagen:neu": {"betreff": "Neue Vorlage"},
    "beratung:neu": _runde,
    "beratung:anmerken": {"text": "Neue Anmerkung"},
    "beratung:papier": {"papier_von": "Frau Yilmaz", "text": "Neue Anmerkung"},
    "verwaltung:einladen": {"email": "neu@stadt.example", "rolle": "lesen"},
}
"""What is filled in where something new is made."""

NUR_EINES = {"werkbank:neu", "verzeichnis:neu", "verzeichnis:konzept_neu"}
"""Of some things there can be one only, such as of an Akteur with the same name: then the form says so."""

AUCH = {
    "beratung:bearbeiten_anmerkung": "makes a note where it is too late for an Anmerkung",
    "fassungen:neu": "asks by the number of the next Fassung, too; see test_seiten.py there",
}


def ausgefuellt(f, welt, daten: dict) -> dict:
    """What the form sends when a person has filled in what it asks for."""
    werte = LEGT_AN[f.name]
    werte = werte(welt) if callable(werte) else werte
    offen = {name: wert if isinstance(wert, list) else [wert] for name, wert in werte.items()}
    erste = {name: [wert] for name in f.wahl if daten.get(name) == [""] and (wert := erste_wahl(f, name))}
    leer = {name: ["Neues"] for name in f.texte if daten.get(name) == [""] and ist_noetig(f, name)}
    return daten | erste | leer | {name: wert for name, wert in offen.items() if name in {*f.texte, *f.wahl}}


def ist_noetig(f, name: str) -> bool:
    (feld, *_) = (k for k in f.knoten.iter("input", "textarea") if k.get("name") == name)
    return feld.get("required") is not None and "-" not in name


def erste_wahl(f, name: str) -> str:
    """What a list offers first, where something has to be chosen."""
    auswahl = [k for k in f.knoten.iter("select") if k.get("name") == name and k.get("required") is not None]
    return next((o.get("value") for k in auswahl for o in k.iter("option") if o.get("value")), "")


def zeilen() -> dict[str, int]:
    """How many rows there are of what a person makes."""
    return {name: len(alle) for name, alle in stand().items() if name != Zwischenstand._meta.label}


def test_every_form_that_makes_something_new_carries_a_key(client):
    welt, _ = stadt_mit_konto(client)
    mit_schluessel = {f.name for f in formulare(client, welt) if "_einmal" in {k.get("name") for k in f.knoten.iter()}}
    assert mit_schluessel == LEGT_AN.keys() | AUCH.keys()
    assert {name for name in MUSTER if name.rpartition(":")[2].endswith("neu")} <= mit_schluessel


def test_each_of_them_makes_one_and_says_which(client):
    """Twice, three times; and one more where that is asked for."""
    welt, _ = stadt_mit_konto(client)
    gesehen = set()
    for f in [f for f in formulare(client, welt) if f.name in LEGT_AN]:
        gesehen.add(f.name)
        daten = ausgefuellt(f, welt, eingaben(client.get(f.ort), "_einmal"))
        assert (a := client.post(f.ort, daten)).status_code == 302, (f.ort, text(nach_id(seite_von(a), 'fehler')))
        vorher = zeilen()
        for _ in range(2):
            antwort = client.post(f.ort, daten)
            assert antwort.status_code == 409, f.ort
        assert zeilen() == vorher, f.ort
        hinweis = nach_id(seite_von(antwort), "schon-angelegt")
        assert SCHON in text(hinweis)
        (ziel,) = (k.get("href") for k in hinweis.iter("a"))
        assert client.get(ziel.partition("#")[0], follow=True).status_code == 200, ziel
        jetzt = eingaben(antwort, "_einmal")
        assert {n: jetzt.get(n) for n in f.texte} == {n: daten.get(n) for n in f.texte}, "what was typed stays"
        (knopf,) = (k for k in hinweis.iter("button"))
        assert knopf.get("form") == "formular"
        noch_eines = jetzt | {knopf.get("name"): knopf.get("value")}
        status = client.post(f.ort, noch_eines).status_code
        assert status == 302 or (status == 422 and f.name in NUR_EINES), f.ort
        assert client.post(f.ort, noch_eines).status_code == (409 if status == 302 else 422), f.ort
    assert gesehen == LEGT_AN.keys()


# One of them closely


@pytest.fixture
def ort(massnahme):
    return adresse(massnahme, "abschnitte", "neu")


def neue() -> int:
    return Abschnitt.objects.filter(titel="Neues Kapitel").count()


def test_the_second_click_at_the_same_moment(transactional_db, konto, ort):
    browser = []
    for _ in range(2):
        browser.append(Client())
        browser[-1].force_login(konto)
    daten = eingaben(browser[0].get(ort)) | {"titel": "Neues Kapitel"}
    antworten = gleichzeitig(*(lambda b=b: b.post(ort, daten) for b in browser))
    assert sorted(a.status_code for a in antworten) == [302, 409]
    (zweite,) = (a for a in antworten if a.status_code == 409)
    hinweis = nach_id(seite_von(zweite), "schon-angelegt")
    assert "„Neues Kapitel“" in text(hinweis)
    pk = Abschnitt.objects.get(titel="Neues Kapitel").pk
    assert next(hinweis.iter("a")).get("href").endswith(f"/{pk}/bearbeiten/")
    assert neue() == 1


def test_two_who_freeze_at_the_same_moment_with_one_form(transactional_db, massnahme):
    konto = mache_benutzer(massnahme.konzept.kommune, "leitung")
    browser = []
    for _ in range(2):
        browser.append(Client())
        browser[-1].force_login(konto)
    neu = adresse(massnahme, "fassungen", "neu")
    daten = eingaben(browser[0].get(neu), "_einmal") | {"art": "entwurf"}
    antworten = gleichzeitig(*(lambda b=b: b.post(neu, daten) for b in browser))
    assert sorted(a.status_code for a in antworten) == [302, 409]
    assert Fassung.objects.count() == 1


def test_another_page_of_the_same_form_makes_another_one(redaktion, ort):
    for titel in ("Eins", "Zwei"):
        assert redaktion.post(ort, eingaben(redaktion.get(ort)) | {"titel": titel}).status_code == 302


def test_the_same_fields_under_another_key_are_asked_about(redaktion, ort):
    """As after going back without JavaScript: the browser puts in what was typed, under the key of a new page."""
    for status in (302, 409):
        daten = eingaben(redaktion.get(ort)) | {"titel": "Neues Kapitel"}
        assert redaktion.post(ort, daten).status_code == status
    Angelegtes.objects.update(zeitpunkt=now() - timedelta(days=2))
    assert redaktion.post(ort, eingaben(redaktion.get(ort)) | {"titel": "Neues Kapitel"}).status_code == 302
    assert neue() == 2


def test_what_fails_uses_up_no_key(redaktion, ort):
    daten = eingaben(redaktion.get(ort))
    antwort = redaktion.post(ort, daten | {"titel": ""})
    assert antwort.status_code == 422
    assert eingaben(antwort)["_einmal"] == daten["_einmal"]
    assert redaktion.post(ort, eingaben(antwort) | {"titel": "Neues Kapitel"}).status_code == 302


def test_an_invitation_that_is_refused_uses_up_no_key(client, massnahme, monkeypatch):
    kommune = massnahme.konzept.kommune
    client.force_login(mache_benutzer(kommune, "leitung"))
    einladen = kommunen_adresse(kommune, "einladungen", "neu")
    daten = eingaben(client.get(einladen), "_einmal") | {"email": "neu@stadt.example", "rolle": "lesen"}
    with monkeypatch.context() as voll:
        voll.setattr("konzept.grenzen.EINLADUNGEN_JE_KONTO", (0, 0))
        assert client.post(einladen, daten).status_code == 429
    assert client.post(einladen, daten).status_code == 302
    assert client.post(einladen, daten).status_code == 409
    assert len(mail.outbox) == 1


def test_a_late_copy_of_what_was_made_is_not_offered(redaktion, konto, ort):
    """Sent by the script while the form was already being saved."""
    daten = eingaben(redaktion.get(ort)) | {"titel": "Neues Kapitel"}
    redaktion.post(ort, daten | {"_speichern": "1"})
    assert redaktion.post("/zwischenstand/", daten | {"_adresse": ort}).status_code == 204
    seite = redaktion.get(ort)
    assert "Ihre Eingaben sind noch da" not in text(seite_von(seite))
    assert not Zwischenstand.objects.exists()


def test_what_was_typed_into_a_form_that_has_made_something_is_offered_and_asked_about(redaktion, ort):
    """Somebody went back, wrote on, and left."""
    daten = eingaben(redaktion.get(ort)) | {"titel": "Neues Kapitel"}
    redaktion.post(ort, daten)
    redaktion.post("/zwischenstand/", daten | {"_adresse": ort, "titel": "Neues Kapitel, länger"})
    seite = redaktion.get(ort)
    assert eingaben(seite)["titel"] == ["Neues Kapitel, länger"]
    assert redaktion.post(ort, eingaben(seite)).status_code == 409


def test_keys_belong_to_their_account(redaktion, massnahme, ort):
    daten = eingaben(redaktion.get(ort)) | {"titel": "Neues Kapitel"}
    redaktion.post(ort, daten)
    andere, konto = Client(), mache_benutzer(massnahme.konzept.kommune, "redaktion")
    andere.force_login(konto)
    assert andere.post(ort, daten | {"_konto": konto.pk}).status_code == 302
    assert neue() == 2


@pytest.mark.parametrize("schluessel", ["", "x" * 4_000, "\x00"])
def test_a_forged_key_breaks_nothing(schluessel, redaktion, ort):
    daten = eingaben(redaktion.get(ort)) | {"titel": "Neues Kapitel", "_einmal": schluessel}
    assert redaktion.post(ort, daten).status_code == 302


def test_keys_are_tidied_away(redaktion, ort):
    redaktion.post(ort, eingaben(redaktion.get(ort)) | {"titel": "Neues Kapitel"})
    assert raeume_auf(now() + timedelta(days=29))["Vermerke über Angelegtes"] == 0
    assert raeume_auf(now() + timedelta(days=31))["Vermerke über Angelegtes"] == 1
    assert not Angelegtes.objects.exists()
