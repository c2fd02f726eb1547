"""What somebody would try who knows the addresses: forged numbers, tricks with methods, a right that is gone by now."""

from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.urls import reverse

from konzept.entwuerfe.eingaben import ABSENDER
from konzept.konten.anmeldeseite import FELD
from konzept.konten.daten import loesche_konto
from tests.fabrik import (
    KENNWORT,
    adresse,
    alle_zeilen,
    eingaben,
    formular_adresse,
    hole,
    mache_benutzer,
    mache_schritt,
)
from tests.konzept.zugriff.conftest import mache_mitwirkung
from tests.konzept.zugriff.personen import ANGEMELDET, BEARBEITENDE, LESENDE, ZUSTAENDIG
from tests.konzept.zugriff.wege import gemischte, stand_von

pytestmark = pytest.mark.django_db

NICHT_BEARBEITENDE = [art for art in ANGEMELDET if art not in BEARBEITENDE | {ZUSTAENDIG}]
ABSICHTEN = "?_speichern=1&_version=1&titel=Neu&_verwerfen=1&_zeilen=schritte:neu&schritte-0-DELETE=on&_method=POST"


@pytest.fixture
def gueltig(welt, browser) -> dict:
    """What the form of the measure sends when somebody who may edit it changes the title."""
    return hole(browser(mache_benutzer(welt.kommune, "leitung")), welt.massnahme) | {"titel": "Gekapert"}


# A complete request, from somebody who may not send it


@pytest.mark.parametrize("art", NICHT_BEARBEITENDE)
def test_a_valid_form_from_somebody_without_the_right(art, person, welt, browser, gueltig):
    client = browser(person(art))
    vorher = alle_zeilen()
    for weitere in ({"_speichern": "1"}, {"_naechste": "1"}, {"_zeilen": "schritte:neu"}, {"_verwerfen": "1"}, {}):
        status = client.post(formular_adresse(welt.massnahme), gueltig | weitere).status_code
        assert status == (403 if art in LESENDE else 404)
    assert alle_zeilen() == vorher


@pytest.mark.parametrize("art", ["anonym", "gesperrt"])
def test_a_valid_form_from_nobody_is_kept_but_not_saved(art, person, welt, browser, gueltig):
    client = browser(person(art))
    vorher = alle_zeilen()
    assert client.post(formular_adresse(welt.massnahme), gueltig).status_code == 401
    assert alle_zeilen() == vorher


def test_the_form_of_one_measure_sent_to_another(welt, andere, browser, gueltig):
    """Numbers of the rows of the own measure in the request for one of the other Kommune, and the reverse."""
    client = browser(mache_benutzer(welt.kommune, "leitung"))
    vorher = alle_zeilen()
    assert client.post(formular_adresse(andere.massnahme), gueltig).status_code == 404
    assert alle_zeilen() == vorher
    fremde = hole(browser(mache_benutzer(andere.kommune, "leitung")), andere.massnahme)
    drueben = stand_von(andere.kommune)
    client.post(formular_adresse(welt.massnahme), gueltig | {n: w for n, w in fremde.items() if n.endswith("-id")})
    assert stand_von(andere.kommune) == drueben
    assert gemischte() == []


@pytest.mark.parametrize("version", ["0", "-1", "2", "99", "1 OR 1=1", "", "9" * 400])
def test_a_version_that_was_not_read_saves_nothing(version, welt, browser, gueltig):
    client = browser(mache_benutzer(welt.kommune, "redaktion"))
    vorher = alle_zeilen()
    antwort = client.post(formular_adresse(welt.massnahme), gueltig | {"_version": version})
    assert antwort.status_code == 409
    assert alle_zeilen() == vorher


def test_mitwirkung_cannot_take_over_a_measure_by_a_forged_row(welt, browser):
    """Nor by the number of a step of a measure for which somebody else is responsible."""
    fremder_schritt = mache_schritt(welt.massnahme.handlungsfeld.massnahmen.create(titel="Nicht meine"), "Ihr Schritt")
    client = browser(mache_mitwirkung(welt.akteur))
    daten = hole(client, welt.massnahme)
    client.post(
        formular_adresse(welt.massnahme),
        daten | {"schritte-0-id": str(fremder_schritt.pk), "schritte-0-mitwirkung": welt.akteur.kurz},
    )
    fremder_schritt.refresh_from_db()
    assert (fremder_schritt.text, fremder_schritt.massnahme.titel) == ("Ihr Schritt", "Nicht meine")
    assert client.get(formular_adresse(fremder_schritt.massnahme)).status_code == 403


# Methods


@pytest.mark.parametrize("art", ["leitung", "superuser", ZUSTAENDIG])
def test_reading_methods_change_nothing_whatever_the_query_asks(art, person, welt, browser):
    client = browser(person(art))
    vorher = alle_zeilen()
    for seite in (formular_adresse(welt.massnahme), formular_adresse(welt.abschnitt), adresse(welt.konzept)):
        for methode in (client.get, client.head):
            assert methode(seite + ABSICHTEN).status_code in (200, 403)
        assert client.options(seite).status_code in (200, 403, 405)
    assert alle_zeilen() == vorher


@pytest.mark.parametrize("kopf", ["X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"])
def test_no_header_or_field_turns_one_method_into_another(kopf, welt, browser, gueltig):
    client = browser(mache_benutzer(welt.kommune, "leitung"))
    vorher = alle_zeilen()
    for methode in ("POST", "PUT", "DELETE"):
        client.get(formular_adresse(welt.massnahme), headers={kopf: methode})
        client.post(adresse(welt.konzept), gueltig | {"_method": methode}, headers={kopf: methode})
    assert alle_zeilen() == vorher


# What a form carries over the sign-in page


def _melde_an(client, konto, next_, **weitere):
    daten = {"login": konto.email, "password": KENNWORT, "next": next_} | weitere
    return client.post(f"{reverse('account_login')}?next={next_}", daten)


def test_fields_carried_over_sign_in_open_no_other_form(welt, andere, browser):
    konto = mache_benutzer(welt.kommune, "leitung")
    client = browser(None)
    vorher = stand_von(andere.kommune)
    ziel = formular_adresse(andere.massnahme)
    antwort = _melde_an(client, konto, ziel, **{FELD: f"titel=Gekapert&_version=1&_speichern=1&{ABSENDER}={konto.pk}"})
    assert (antwort.status_code, antwort.url) == (302, ziel)
    assert client.get(ziel).status_code == 404
    assert "Gekapert" not in client.get(formular_adresse(welt.massnahme)).content.decode()
    assert stand_von(andere.kommune) == vorher


def test_fields_carried_over_sign_in_are_shown_and_not_saved(welt, browser):
    konto = mache_benutzer(welt.kommune, "leitung")
    client = browser(None)
    ziel = formular_adresse(welt.massnahme)
    _melde_an(client, konto, ziel, **{FELD: f"titel=Gekapert&_version=1&_speichern=1&{ABSENDER}={konto.pk}"})
    assert eingaben(client.get(ziel))["titel"] == ["Gekapert"]
    welt.massnahme.refresh_from_db()
    assert welt.massnahme.titel != "Gekapert"


@pytest.mark.parametrize(
    "ziel",
    [
        "https://boese.example/",
        "//boese.example/",
        "///boese.example",
        "/\\boese.example",
        "\\\\boese.example",
        "http:boese.example",
        "https:/boese.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "%2f%2fboese.example",
        "/%09/boese.example",
        "/\t/boese.example",
        "https://testserver@boese.example/",
        "https://testserver.boese.example/",
        "\x00//boese.example",
    ],
)
def test_sign_in_leads_to_no_other_site(ziel, welt, browser):
    antwort = _melde_an(browser(None), mache_benutzer(welt.kommune, "leitung"), ziel)
    assert antwort.status_code == 302
    wie_ein_browser = antwort.url.replace("\\", "/").translate(str.maketrans("", "", "\t\r\n"))
    gelandet = urlsplit(urljoin(f"http://testserver{reverse('account_login')}", wie_ein_browser))
    assert (gelandet.scheme, gelandet.netloc) == ("http", "testserver")


# Addresses that are spelled differently


@pytest.mark.parametrize(
    "schreibweise",
    [
        "{fremd}%2F..%2F{eigen}",
        "{eigen}/../{fremd}",
        "{eigen}%2e%2e%2f{fremd}",
        "{eigen}%252e%252e%252f{fremd}",
        "%{hex}",
        "%25{hex}",
        "{gross}",
        "{fremd}%00",
        "{fremd};{eigen}",
        "{fremd}.",
        "{fremd}%20",
        "//{fremd}",
    ],
)
def test_no_spelling_of_an_address_opens_another_kommune(schreibweise, welt, andere, browser):
    client = browser(mache_benutzer(welt.kommune, "leitung"))
    fremd = andere.kommune.slug
    slug = schreibweise.format(
        fremd=fremd, eigen=welt.kommune.slug, gross=fremd.upper(), hex=f"{ord(fremd[0]):x}{fremd[1:]}"
    )
    for seite in ("", "gesamt/", f"massnahmen/{andere.massnahme.pk}/bearbeiten/"):
        antwort = client.get(f"/konzepte/{slug}/{andere.konzept.slug}/{seite}")
        assert antwort.status_code in (301, 404)
        if antwort.status_code == 301:
            assert client.get(antwort.url).status_code == 404
        assert andere.konzept.titel not in antwort.content.decode()


# A right that is gone


def test_a_role_taken_away_ends_at_once(welt, browser, gueltig):
    konto = mache_benutzer(welt.kommune, "leitung")
    client = browser(konto)
    assert client.get(formular_adresse(welt.massnahme)).status_code == 200
    konto.mitgliedschaften.all().delete()
    vorher = alle_zeilen()
    for seite in (adresse(welt.konzept), adresse(welt.konzept, "gesamt"), formular_adresse(welt.massnahme)):
        assert client.get(seite).status_code == 404
    assert client.post(formular_adresse(welt.massnahme), gueltig).status_code == 404
    assert welt.konzept.titel not in client.get("/").content.decode()
    assert alle_zeilen() == vorher


def test_a_role_made_smaller_ends_at_once(welt, browser, gueltig):
    konto = mache_benutzer(welt.kommune, "redaktion")
    client = browser(konto)
    konto.mitgliedschaften.update(rolle="lesen")
    assert client.get(adresse(welt.konzept)).status_code == 200
    assert client.get(formular_adresse(welt.massnahme)).status_code == 403
    assert client.post(formular_adresse(welt.massnahme), gueltig).status_code == 403


def test_an_actor_taken_away_ends_at_once(welt, browser, gueltig):
    konto = mache_mitwirkung(welt.akteur)
    client = browser(konto)
    assert client.get(formular_adresse(welt.massnahme)).status_code == 200
    konto.mitgliedschaften.update(akteur=None)
    assert client.get(formular_adresse(welt.massnahme)).status_code == 403
    assert client.post(formular_adresse(welt.massnahme), gueltig).status_code == 403


@pytest.mark.parametrize("wie", ["abgeschaltet", "geloescht"])
def test_an_account_switched_off_ends_at_once(wie, welt, browser, gueltig):
    konto = mache_benutzer(welt.kommune, "redaktion")
    client = browser(konto)
    assert client.get(formular_adresse(welt.massnahme)).status_code == 200
    if wie == "abgeschaltet":
        konto.is_active = False
        konto.save()
    else:
        loesche_konto(konto)
    vorher = alle_zeilen()
    assert client.get(adresse(welt.konzept)).status_code == 302
    assert client.post(formular_adresse(welt.massnahme), gueltig).status_code == 401
    assert alle_zeilen() == vorher


def test_an_account_switched_off_cannot_sign_in(welt, browser):
    konto = mache_benutzer(welt.kommune, "leitung", is_active=False)
    client = browser(None)
    _melde_an(client, konto, adresse(welt.konzept))
    assert client.get(adresse(welt.konzept)).status_code == 302


def test_a_new_password_ends_other_sessions(welt, browser):
    konto = mache_benutzer(welt.kommune, "leitung")
    client = browser(konto)
    konto.set_password("ein-anderes-langes-kennwort")
    konto.save()
    assert client.get(adresse(welt.konzept)).status_code == 302


def test_a_made_up_session_is_nobody(welt, browser):
    client = browser(None)
    for wert in ("a" * 32, "../../etc/passwd", "", "\x00", "9" * 5000):
        client.cookies[settings.SESSION_COOKIE_NAME] = wert
        assert client.get(adresse(welt.konzept)).status_code == 302
