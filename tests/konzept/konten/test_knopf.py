"""A button that is pressed after the session has expired: signing in leads back to the page on which it stands."""

import pytest
from django.urls import reverse

from konzept.verlauf.models import Geloeschtes
from konzept.vorgaenge import loesche
from tests.fabrik import (
    KENNWORT,
    adresse,
    eingaben,
    formular_adresse,
    mache_abschnitt,
    mache_benutzer,
    mache_konzept,
    seite_von,
    text,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def konzept():
    return mache_konzept()


@pytest.fixture
def abschnitt(konzept):
    return mache_abschnitt(konzept, "Vorwort")


@pytest.fixture
def konto(konzept):
    return mache_benutzer(konzept.kommune, "redaktion")


def druecke(client, pfad: str, von: str | None, **daten):
    kopf = {"HTTP_REFERER": von} if von is not None else {}
    return client.post(pfad, daten, **kopf)


def melde_an(client, konto, antwort):
    felder = eingaben(antwort, "login")
    return client.post(reverse("account_login"), felder | {"login": konto.email, "password": KENNWORT}, follow=True)


@pytest.mark.parametrize("knopf", ["zurueckholen", "schritt", "markieren"])
def test_signing_in_leads_to_the_page_of_the_button(knopf, client, konto, abschnitt, konzept):
    pfad, daten = {
        "zurueckholen": (adresse(konzept, "papierkorb", "1", "zurueckholen"), {}),
        "schritt": (adresse(konzept, "schritt"), {"auf": f"abschnitt-{abschnitt.pk}"}),
        "markieren": (adresse(konzept, "leitlinien", "1", "markieren"), {"fortschreibung": "entfallen"}),
    }[knopf]
    von = adresse(konzept, "gliederung") + "?feld=7"
    antwort = druecke(client, pfad, f"http://testserver{von}", **daten)
    assert antwort.status_code == 401
    assert "drücken den Knopf noch einmal" in text(seite_von(antwort))
    danach = melde_an(client, konto, antwort)
    assert danach.redirect_chain[-1][0] == von
    assert danach.status_code == 200


def test_nothing_happens_until_it_is_pressed_again(client, konto, abschnitt, konzept):
    eintrag = loesche(element=abschnitt, konto=konto)
    antwort = druecke(
        client,
        adresse(konzept, "papierkorb", str(eintrag.pk), "zurueckholen"),
        f"http://testserver{adresse(konzept, 'papierkorb')}",
    )
    danach = melde_an(client, konto, antwort)
    assert "Zurückholen" in text(seite_von(danach))
    assert Geloeschtes.objects.filter(pk=eintrag.pk).exists()


@pytest.mark.parametrize(
    "von",
    [
        None,
        "",
        "https://boese.example/konzepte/",
        "http://testserver.boese.example/",
        "javascript:alert(1)",
        "http://testserver",
        "http://testserver//boese.example/",
    ],
)
def test_nobody_is_led_to_another_host(von, client, konto, abschnitt, konzept):
    antwort = druecke(client, adresse(konzept, "schritt"), von, auf=f"abschnitt-{abschnitt.pk}")
    ziel = eingaben(antwort, "login").get("next", ["/"])[0]
    assert ziel.startswith("/")
    assert not ziel.startswith("//")
    felder = eingaben(antwort, "login") | {"login": konto.email, "password": KENNWORT}
    assert client.post(reverse("account_login"), felder).url in ("/", "/boese.example/")


def test_a_form_still_keeps_what_was_typed(client, konto, abschnitt):
    pfad = formular_adresse(abschnitt)
    daten = {"_konto": str(konto.pk), "titel": "Getippt", "_version": "1"}
    antwort = druecke(client, pfad, "http://testserver/", **daten)
    assert "Was Sie geschrieben haben, ist nicht verloren" in text(seite_von(antwort))
    assert eingaben(melde_an(client, konto, antwort))["titel"] == ["Getippt"]
