"""On the way through the identity provider: the second factor, and what was typed while the session had expired."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as zaehler
from django.test import Client

from konzept.grenzen import EINGABEN_OHNE_KONTO
from konzept.konten.models import Benutzer
from tests.anmeldedienst import (
    ANNA,
    HIN,
    angemeldet,
    geht_hin,
    meldet_sich_an,
    rollen,
    stelle_ein,
)
from tests.fabrik import (
    KENNWORT,
    eingaben,
    formular_adresse,
    hole,
    mache_benutzer,
    mache_feld,
    mache_konzept,
    mache_massnahme,
    seite_von,
    text,
)

pytestmark = pytest.mark.django_db

ANMELDEN = "/anmelden/"


# The second factor


@pytest.fixture
def geheimnis():
    return generate_totp_secret()


@pytest.fixture
def konto_mit_app(stadt, geheimnis):
    konto = mache_benutzer(email=ANNA)
    TOTP.activate(konto, geheimnis)
    RecoveryCodes.activate(konto)
    return konto


def test_the_second_factor_of_an_account_is_asked_after_the_provider(client, anbieter, konto_mit_app, geheimnis):
    anbieter.kennt("anna", email=ANNA, email_verified=True, groups=["fb50-leitung"])
    assert meldet_sich_an(client, anbieter, next="/konto/").url == "/anmelden/zweiter-faktor/"
    assert angemeldet(client) is None
    assert rollen(konto_mit_app) == set()
    code = format_hotp_value(hotp_value(geheimnis, next(zaehler())))
    assert client.post("/anmelden/zweiter-faktor/", {"code": code}).url == "/konto/"
    assert angemeldet(client) == konto_mit_app
    assert rollen(konto_mit_app) == {("musterhausen", "leitung", "anmeldedienst")}


def test_unless_the_provider_asks_for_one_itself(client, anbieter, konto_mit_app, settings):
    stelle_ein(settings, anbieter.url, ZWEITER_FAKTOR="1")
    assert meldet_sich_an(client, anbieter).url == "/"
    assert angemeldet(client) == konto_mit_app


def test_which_says_nothing_about_signing_in_by_password(client, anbieter, konto_mit_app, settings):
    stelle_ein(settings, anbieter.url, ZWEITER_FAKTOR="1")
    antwort = client.post(ANMELDEN, {"login": ANNA, "password": KENNWORT})
    assert antwort.url == "/anmelden/zweiter-faktor/"



# Typed text


@pytest.fixture
def abgelaufen(client, stadt):
    """Fields of the provider's button on the page that answers an expired session, and the address of the form."""
    konto = mache_benutzer(stadt, "redaktion", email=ANNA)
    massnahme = mache_massnahme(mache_feld(mache_konzept(stadt)), "Sprachcafé")
    client.force_login(konto)
    daten = hole(client, massnahme) | {"titel": "Sprachcafé am Abend"}
    client.logout()
    antwort = client.post(formular_adresse(massnahme), daten)
    return knopf(antwort), formular_adresse(massnahme)


def knopf(antwort) -> dict[str, str]:
    """The fields of the provider's button; fails where there is none."""
    (formular,) = (f for f in seite_von(antwort).iter("form") if f.get("action") == HIN)
    assert "Mit Verwaltungskonto anmelden" in text(formular)
    return {k.get("name"): k.get("value") for k in formular.iter("input")}


def test_typed_text_survives_signing_in_through_the_provider(client, anbieter, abgelaufen):
    felder, pfad = abgelaufen
    antwort = meldet_sich_an(client, anbieter, **felder)
    assert antwort.url == pfad
    assert eingaben(client.get(pfad))["titel"] == ["Sprachcafé am Abend"]


@pytest.mark.parametrize("hindernis", ["abgelehnt", "nicht erreichbar", "vorher nicht erreichbar", "kein Zugang"])
def test_typed_text_survives_an_attempt_that_fails(client, anbieter, abgelaufen, settings, hindernis):
    felder, pfad = abgelaufen
    anbieter.kennt("fremd", email="fremd@stadt.example", email_verified=True)
    match hindernis:
        case "abgelehnt":
            antwort = client.get(anbieter.lehnt_ab(geht_hin(client, **felder).url))
        case "nicht erreichbar":
            zurueck = anbieter.bestaetigt(geht_hin(client, **felder).url, "anna")
            stelle_ein(settings, "http://localhost:1")
            antwort = client.get(zurueck)
        case "vorher nicht erreichbar":
            stelle_ein(settings, "http://localhost:1")
            antwort = geht_hin(client, **felder)
            assert knopf(antwort) == knopf(antwort) | {"next": pfad, "_wiedervorlage": felder["_wiedervorlage"]}
        case "kein Zugang":
            assert meldet_sich_an(client, anbieter, "fremd", **felder).status_code == 403
            antwort = client.get(ANMELDEN)
    client.post(ANMELDEN, eingaben(antwort, "password") | {"login": ANNA, "password": KENNWORT})
    assert eingaben(client.get(pfad))["titel"] == ["Sprachcafé am Abend"]


def test_typed_text_survives_the_second_factor_after_the_provider(client, anbieter, abgelaufen, geheimnis):
    felder, pfad = abgelaufen
    TOTP.activate(Benutzer.objects.get(email=ANNA), geheimnis)
    meldet_sich_an(client, anbieter, **felder)
    code = format_hotp_value(hotp_value(geheimnis, next(zaehler())))
    assert client.post("/anmelden/zweiter-faktor/", {"code": code}).url == pfad
    assert eingaben(client.get(pfad))["titel"] == ["Sprachcafé am Abend"]


def test_typed_text_is_not_shown_to_another_person(client, anbieter, abgelaufen, stadt):
    felder, pfad = abgelaufen
    mache_benutzer(stadt, "redaktion", email="berta@stadt.example")
    anbieter.kennt("berta", email="berta@stadt.example", email_verified=True)
    assert meldet_sich_an(client, anbieter, "berta", **felder).url == pfad
    assert eingaben(client.get(pfad))["titel"] == ["Sprachcafé"]


# What is kept for somebody of whom nobody knows yet who they are


def getippt(zeichen: int) -> str:
    return f"_konto=1&text={'x' * zeichen}"


def test_before_the_provider_only_so_much_is_kept_and_the_rest_is_shown_to_be_copied(client, anbieter, stadt):
    ort = formular_adresse(mache_massnahme(mache_feld(mache_konzept(stadt))))
    antwort = client.post(HIN, {"next": ort, "_wiedervorlage": getippt(EINGABEN_OHNE_KONTO)})
    assert antwort.status_code == 200
    assert "Kopieren Sie es, bevor Sie sich anmelden" in text(seite_von(antwort))
    assert "x" * EINGABEN_OHNE_KONTO in antwort.content.decode()
    assert client.post(HIN, {"next": ort, "_wiedervorlage": getippt(1_000)}).status_code == 302


def test_nobody_fills_the_disk_on_the_way_to_the_provider(client, anbieter, stadt):
    ort = formular_adresse(mache_massnahme(mache_feld(mache_konzept(stadt))))
    antworten = [Client().post(HIN, {"next": ort, "_wiedervorlage": getippt(50_000)}) for _ in range(65)]
    assert [antwort.status_code for antwort in antworten] == [302] * 60 + [200] * 5
    assert "lässt sich gerade nicht durch die Anmeldung mitnehmen" in text(seite_von(antworten[-1]))
