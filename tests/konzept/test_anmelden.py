"""Signing in and out."""

import pytest
from django.test import Client
from django.urls import reverse

from konzept.konten.models import Benutzer, Mitgliedschaft
from tests.fabrik import KENNWORT, baum, eingaben, mache_benutzer, mache_kommune, mache_konzept, text

pytestmark = pytest.mark.django_db

ANMELDEN, ABMELDEN = "/anmelden/", "/abmelden/"


@pytest.fixture
def konto():
    return mache_benutzer(email="rita@stadt.example", name="Rita Redaktion")


def melde_an(client, email="rita@stadt.example", kennwort=KENNWORT, **weitere):
    return client.post(ANMELDEN, {"username": email, "password": kennwort} | weitere)


def angemeldet(client) -> bool:
    return client.get("/").status_code == 200


def test_signing_in_leads_to_the_concepts(client, konto):
    antwort = melde_an(client)
    assert (antwort.status_code, antwort.url) == (302, reverse("konzept:start"))
    assert "Rita Redaktion" in client.get("/").content.decode()


@pytest.mark.parametrize("email", ["RITA@Stadt.Example", " rita@stadt.example ", "Rita@stadt.example"])
def test_the_address_may_be_written_in_any_case(client, konto, email):
    melde_an(client, email)
    assert angemeldet(client)


def test_the_address_is_stored_in_lower_case_once():
    assert mache_benutzer(email=" Neu@Stadt.Example ").email == "neu@stadt.example"
    assert Benutzer.objects.get_by_natural_key("NEU@stadt.example")
    with pytest.raises(ValueError, match="e-mail"):
        Benutzer.objects.create_user("")


def _fehlversuch(client, email, kennwort) -> str:
    antwort = melde_an(client, email, kennwort)
    assert antwort.status_code == 200
    assert not angemeldet(client)
    (satz,) = antwort.context["form"].non_field_errors()
    assert satz in text(baum(antwort))
    return satz


def test_every_failure_gets_the_same_sentence(client, konto):
    mache_benutzer(email="aus@stadt.example", is_active=False)
    saetze = {
        _fehlversuch(client, email, kennwort)
        for email, kennwort in [
            ("rita@stadt.example", "falsch"),
            ("gibt-es-nicht@stadt.example", KENNWORT),
            ("aus@stadt.example", KENNWORT),
            ("aus@stadt.example", "falsch"),
            ("keine-adresse", "falsch"),
            ("x" * 250, "falsch"),
        ]
    }
    assert saetze == {"E-Mail-Adresse und Kennwort passen nicht zusammen. Prüfen Sie beides, auch die Feststelltaste."}


@pytest.mark.parametrize(("email", "kennwort"), [("a\x00b@stadt.example", "x"), ("rita@stadt.example", "a\x00b")])
def test_nul_characters_do_not_break_it(client, konto, email, kennwort):
    assert melde_an(client, email, kennwort).status_code == 200
    assert not angemeldet(client)


def test_the_password_is_not_sent_back(client, konto):
    antwort = melde_an(client, kennwort="mein geheimes kennwort")
    assert "mein geheimes" not in antwort.content.decode()
    assert eingaben(antwort, "password")["username"] == ["rita@stadt.example"]


def test_fields_have_german_names_and_help_password_managers(client):
    felder = {k.get("name"): k for k in baum(client.get(ANMELDEN)).iter("input")}
    assert felder["username"].get("autocomplete") == "username"
    assert felder["password"].get("autocomplete") == "current-password"
    beschriftung = [text(label) for label in baum(client.get(ANMELDEN)).iter("label")]
    assert beschriftung == ["E-Mail-Adresse", "Kennwort"]


def test_after_signing_in_the_page_that_was_asked_for(client, konto):
    konzept = mache_konzept()
    Mitgliedschaft.objects.create(benutzer=konto, kommune=konzept.kommune, rolle="lesen")
    pfad = f"/konzepte/{konzept.kommune.slug}/{konzept.slug}/"
    antwort = client.get(client.get(pfad).url)
    assert client.post(antwort.wsgi_request.get_full_path(), eingaben(antwort, "password") | {
        "username": konto.email, "password": KENNWORT,
    }).url == pfad  # fmt: skip


def test_signing_out_only_by_post(client, konto):
    client.force_login(konto)
    assert client.get(ABMELDEN).status_code == 405
    assert angemeldet(client)
    antwort = client.post(ABMELDEN)
    assert (antwort.status_code, antwort.url) == (302, ANMELDEN)
    assert not angemeldet(client)


def test_signing_in_and_out_need_a_csrf_token(konto):
    streng = Client(enforce_csrf_checks=True)
    assert melde_an(streng).status_code == 403
    streng.force_login(konto)
    assert streng.post(ABMELDEN).status_code == 403
    assert angemeldet(streng)


def test_a_session_does_not_survive_signing_in(client, konto):
    client.get(ANMELDEN)
    melde_an(client)
    erste = client.session.session_key
    client.post(ABMELDEN)
    melde_an(client)
    assert client.session.session_key != erste


def test_a_role_that_was_taken_away_counts_no_longer(client, konto):
    konzept = mache_konzept(mache_kommune())
    rolle = Mitgliedschaft.objects.create(benutzer=konto, kommune=konzept.kommune, rolle="lesen")
    client.force_login(konto)
    pfad = f"/konzepte/{konzept.kommune.slug}/{konzept.slug}/"
    assert client.get(pfad).status_code == 200
    rolle.delete()
    assert client.get(pfad).status_code == 404
