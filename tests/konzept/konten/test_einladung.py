"""The link of an invitation: who can accept it, how, and only once."""

import logging
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from konzept.betrieb.ohne_schluessel import OhneSchluessel
from konzept.konten.models import Benutzer, Einladung, Mitgliedschaft, Protokolleintrag
from konzept.konten.vorgaenge import NichtAnnehmbar, lade_ein, lege_konto_an, nimm_an
from tests.fabrik import (
    KENNWORT,
    eingaben,
    fehler_am_feld,
    mache_akteur,
    mache_benutzer,
    mache_kommune,
    seite_von,
    text,
)
from tests.nebenlaeufig import gleichzeitig
from tests.rundgang import routen

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

ADRESSE = "neu@stadt.example"
DATEN = {"name": "Nina Neu", "password1": KENNWORT, "password2": KENNWORT}


@pytest.fixture
def kommune():
    return mache_kommune()


@pytest.fixture
def einladung(kommune):
    """An open invitation; `einladung.pfad` is the address in the mail."""
    return lade(kommune)


def lade(kommune, rolle="redaktion", email=ADRESSE, **weitere) -> Einladung:
    von = mache_benutzer(kommune, "leitung", name="Lena Leitung")
    gemacht, schluessel = lade_ein(kommune, email, rolle, eingeladen_von=von, **weitere)
    gemacht.pfad = f"/einladung/{schluessel}/"
    return gemacht


def rollen(email=ADRESSE) -> list[tuple]:
    return sorted(
        Mitgliedschaft.objects.filter(benutzer__email=email).values_list("kommune__slug", "rolle", "akteur__kurz")
    )


def angemeldet(konto) -> Client:
    client = Client()
    client.force_login(konto)
    return client


# By a new account


def test_a_new_account_is_made_proven_and_signed_in(client, einladung):
    seite = client.get(einladung.pfad)
    assert seite.status_code == 200
    for erwartet in ("Stadt Musterhausen", "Redaktion", "Lena Leitung", ADRESSE):
        assert erwartet in text(seite_von(seite))
    antwort = client.post(einladung.pfad, DATEN)
    assert (antwort.status_code, antwort.url) == (302, "/kommunen/musterhausen/")
    konto = Benutzer.objects.get(email=ADRESSE)
    assert konto.name == "Nina Neu"
    assert konto.check_password(KENNWORT)
    assert konto.emailaddress_set.get().verified
    assert rollen() == [("musterhausen", "redaktion", None)]
    landung = client.get(antwort.url)
    assert landung.status_code == 200
    assert "die Rolle Redaktion" in text(seite_von(landung))
    ereignisse = set(Protokolleintrag.objects.filter(benutzer=konto).values_list("ereignis", "text"))
    assert ereignisse == {("beigetreten", "Redaktion"), ("angemeldet", "Kennwort")}
    client.post("/abmelden/")
    assert client.post("/anmelden/", {"login": ADRESSE, "password": KENNWORT}).status_code == 302


def test_the_name_of_the_invitation_is_proposed(client, kommune):
    assert eingaben(client.get(lade(kommune, name="Nina Neu").pfad), "password1")["name"] == ["Nina Neu"]


def test_the_address_cannot_be_chosen(client, einladung):
    client.post(einladung.pfad, DATEN | {"email": "andere@stadt.example", "rolle": "leitung", "is_superuser": "1"})
    konto = Benutzer.objects.get(email=ADRESSE)
    assert not konto.is_superuser
    assert rollen() == [("musterhausen", "redaktion", None)]
    assert not Benutzer.objects.filter(email="andere@stadt.example").exists()


def test_the_akteur_comes_along(client, kommune):
    client.post(lade(kommune, "mitwirkung", akteur=mache_akteur(kommune, "51")).pfad, DATEN)
    assert rollen() == [("musterhausen", "mitwirkung", "51")]


@pytest.mark.parametrize(
    ("aenderung", "feld", "satz"),
    [
        ({"name": " "}, "id_name", "Geben Sie Ihren Namen ein."),
        ({"password1": ""}, "id_password1", "Wählen Sie ein Kennwort."),
        ({"password1": "kurz", "password2": "kurz"}, "id_password1", "zu kurz"),
        ({"password1": "Nina Neu Nina", "name": "Nina Neu Nina"}, "id_password1", "Name"),
        ({"password2": KENNWORT + "x"}, "id_password2", "nicht gleich"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(aenderung, feld, satz, client, einladung):
    daten = DATEN | aenderung
    daten["password2"] = aenderung.get("password2", daten["password1"])
    antwort = client.post(einladung.pfad, daten)
    assert antwort.status_code == 422
    assert satz in fehler_am_feld(antwort, feld)
    assert KENNWORT not in antwort.content.decode()
    assert not Benutzer.objects.filter(email=ADRESSE).exists()
    assert Einladung.objects.get().offen


# By an account that is there


def test_whoever_has_an_account_signs_in_first_and_comes_back(client, einladung):
    mache_benutzer(email=ADRESSE)
    seite = client.get(einladung.pfad)
    assert "password1" not in seite.content.decode()
    (ziel,) = (a.get("href") for a in seite_von(seite).find("body//main").iter("a"))
    assert client.post(einladung.pfad, DATEN).status_code == 200
    assert rollen() == []
    antwort = client.get(ziel)
    antwort = client.post(ziel, eingaben(antwort, "password") | {"login": ADRESSE, "password": KENNWORT})
    assert antwort.url == einladung.pfad
    assert rollen() == []
    assert "Einladung annehmen" in client.get(einladung.pfad).content.decode()
    antwort = client.post(einladung.pfad)
    assert antwort.url == "/kommunen/musterhausen/"
    assert rollen() == [("musterhausen", "redaktion", None)]


def test_the_spelling_of_the_address_does_not_matter(einladung):
    Einladung.objects.update(email="Neu@Stadt.EXAMPLE")
    assert angemeldet(mache_benutzer(email=ADRESSE)).post(einladung.pfad).status_code == 302
    assert rollen() == [("musterhausen", "redaktion", None)]


def test_roles_add_up_and_a_second_time_changes_nothing(kommune):
    konto = mache_benutzer(kommune, "lesen", email=ADRESSE)
    for rolle in ("redaktion", "lesen"):
        assert angemeldet(konto).post(lade(kommune, rolle).pfad).status_code == 302
    assert rollen() == [("musterhausen", "lesen", None), ("musterhausen", "redaktion", None)]


def test_a_role_of_the_identity_provider_becomes_one_given_by_hand(kommune):
    konto = mache_benutzer(email=ADRESSE)
    konto.mitgliedschaften.create(kommune=kommune, rolle="redaktion", herkunft="anmeldedienst")
    angemeldet(konto).post(lade(kommune).pfad)
    assert konto.mitgliedschaften.get().herkunft == "hand"


def test_the_wrong_account_gets_nothing_and_is_told_nothing(einladung):
    client = angemeldet(mache_benutzer(email="andere@stadt.example", name="Anton Andere"))
    for antwort in (client.get(einladung.pfad), client.post(einladung.pfad), client.post(einladung.pfad, DATEN)):
        assert antwort.status_code == 403
        assert "andere E-Mail-Adresse" in text(seite_von(antwort))
        assert ADRESSE not in antwort.content.decode()
        assert "Lena Leitung" not in antwort.content.decode()
    assert Einladung.objects.get().offen
    assert not Benutzer.objects.filter(email=ADRESSE).exists()
    antwort = client.post("/abmelden/", {"next": einladung.pfad})
    assert antwort.url == einladung.pfad
    assert client.get(einladung.pfad).status_code == 200


def test_an_account_that_was_switched_off_or_erased_cannot_accept(einladung):
    gesperrt = mache_benutzer(email=ADRESSE, is_active=False)
    geloescht = mache_benutzer(email="geloescht@x.example", geloescht_am=timezone.now())
    geloescht.email = ADRESSE
    for konto in (gesperrt, geloescht):
        with pytest.raises(NichtAnnehmbar):
            nimm_an(einladung, konto)
    assert rollen() == []
    assert Einladung.objects.get().offen


# Only once


def test_a_key_works_once(client, einladung):
    client.post(einladung.pfad, DATEN)
    for browser in (client, Client()):
        for antwort in (browser.get(einladung.pfad), browser.post(einladung.pfad, DATEN)):
            assert antwort.status_code == 410
            assert "schon angenommen" in text(seite_von(antwort))
            assert "Lena" not in antwort.content.decode()
            assert ADRESSE not in antwort.content.decode()
    Mitgliedschaft.objects.all().delete()
    client.post(einladung.pfad)
    assert rollen() == []


@pytest.mark.parametrize(
    ("feld", "satz"),
    [
        ("widerrufen_am", "wurde zurückgenommen"),
        ("gueltig_bis", "ist abgelaufen"),
        ("angenommen_am", "schon angenommen"),
    ],
)
def test_a_link_that_has_ended_says_what_to_do(feld, satz, client, einladung):
    Einladung.objects.update(**{feld: timezone.now() - timedelta(minutes=1)})
    mache_benutzer(email=ADRESSE)
    for browser in (client, angemeldet(mache_benutzer()), angemeldet(Benutzer.objects.get(email=ADRESSE))):
        for antwort in (browser.get(einladung.pfad), browser.post(einladung.pfad, DATEN)):
            assert antwort.status_code == 410
            assert satz in text(seite_von(antwort))
            assert "Lena" not in text(seite_von(antwort).find("body//main"))
    with pytest.raises(NichtAnnehmbar):
        nimm_an(einladung, Benutzer.objects.get(email=ADRESSE))
    assert rollen() == []


@pytest.mark.parametrize("schluessel", ["x", "a" * 43, "%00", "ä", "a" * 5000])
def test_an_unknown_link(schluessel, client, einladung):
    for antwort in (client.get(f"/einladung/{schluessel}/"), client.post(f"/einladung/{schluessel}/", DATEN)):
        assert antwort.status_code == 404
        assert "Diesen Link gibt es nicht" in text(seite_von(antwort))
    assert Einladung.objects.get().offen


def test_the_fingerprint_is_not_the_key(client, einladung):
    assert client.get(f"/einladung/{einladung.fingerabdruck}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_time_accept_once():
    einladung, konto = lade(mache_kommune()), mache_benutzer(email=ADRESSE)
    annehmen = [lambda: nimm_an(Einladung.objects.get(pk=einladung.pk), konto)] * 2
    ergebnisse = gleichzeitig(*annehmen, abgelehnt=NichtAnnehmbar)
    assert sorted(type(e).__name__ for e in ergebnisse) == ["Mitgliedschaft", "NichtAnnehmbar"]
    assert len(rollen()) == 1
    assert Protokolleintrag.objects.filter(ereignis="beigetreten").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_time_make_one_account():
    einladung = lade(mache_kommune())
    antworten = gleichzeitig(*[lambda: Client().post(einladung.pfad, DATEN).status_code] * 2)
    assert 302 in antworten
    assert Benutzer.objects.filter(email=ADRESSE).count() == 1
    assert len(rollen()) == 1


def test_an_account_that_came_in_between_is_not_overwritten(client, einladung, monkeypatch):
    def dazwischen(*args):
        mache_benutzer(email=ADRESSE, name="War schneller")
        return lege_konto_an(*args)

    monkeypatch.setattr("konzept.konten.einladung_views.lege_konto_an", dazwischen)
    antwort = client.post(einladung.pfad, DATEN)
    assert (antwort.status_code, antwort.url) == (302, einladung.pfad)
    assert Benutzer.objects.get(email=ADRESSE).name == "War schneller"
    assert Einladung.objects.get().offen


# Keys are kept to themselves


def test_opening_the_link_changes_nothing(client, einladung):
    vorher = list(Einladung.objects.values())
    for browser in (client, angemeldet(mache_benutzer(email="a@b.example"))):
        for anfrage in (browser.get, browser.head):
            anfrage(f"{einladung.pfad}?_annehmen=1&name=x")
    assert list(Einladung.objects.values()) == vorher


def test_neither_stored_by_a_browser_nor_told_to_other_hosts(client, einladung):
    antwort = client.get(einladung.pfad)
    assert "no-store" in antwort["Cache-Control"]
    assert antwort["Referrer-Policy"] == "same-origin"


def test_guessing_is_slowed_down(client, einladung):
    cache.clear()
    stati = [client.get(f"/einladung/geraten{i}/").status_code for i in range(25)]
    assert stati[:20] == [404] * 20
    assert set(stati[20:]) == {429}
    assert Client(REMOTE_ADDR="192.0.2.7").get("/einladung/geraten/").status_code == 404
    cache.clear()


def test_a_guesser_does_not_shut_out_those_who_are_invited_behind_the_same_address(client, einladung):
    cache.clear()
    for i in range(25):
        client.get(f"/einladung/geraten{i}/")
    assert client.get(einladung.pfad).status_code == 200
    cache.clear()


def test_the_key_does_not_reach_the_servers_log(client, einladung, caplog):
    with caplog.at_level(logging.WARNING):
        client.post(einladung.pfad, DATEN | {"name": ""})
    (zeile,) = (r for r in caplog.records if r.name == "django.request")
    assert OhneSchluessel().filter(zeile)
    assert zeile.getMessage() == "Unprocessable Entity: /einladung/…/"
    anderes = logging.LogRecord("x", 30, "x", 1, "%s: %d%%", ("/konzepte/einladung-zum-sprachcafe/", 7), None)
    OhneSchluessel().filter(anderes)
    assert anderes.getMessage() == "/konzepte/einladung-zum-sprachcafe/: 7%"


def test_the_log_hides_the_key_of_every_address_that_has_one():
    """A new kind of mailed link fails here until the filter knows it."""
    geheim = "x7" * 20
    mit_schluessel = [route for route in routen() if re.search(r"<\w+:(key|schluessel)>", route)]
    assert mit_schluessel == ["/einladung/<str:schluessel>/", "/adresse-bestaetigen/<str:key>/"]
    pfade = [re.sub(r"<\w+:\w+>", geheim, route) for route in mit_schluessel]
    pfade.append(reverse("account_reset_password_from_key", kwargs={"uidb36": "1a", "key": geheim}))
    for pfad in pfade:
        zeile = logging.LogRecord("x", 30, "x", 1, "Not Found: %s", (pfad,), None)
        OhneSchluessel().filter(zeile)
        assert geheim not in zeile.getMessage()


def test_the_filter_is_in_use(settings):
    (handler,) = settings.LOGGING["handlers"].values()
    assert handler["filters"] == ["ohne_schluessel", "eine_zeile"]


def test_nobody_comes_in_under_the_name_of_somebody_who_is_there(kommune):
    konto = mache_benutzer(email=ADRESSE, name="lena  LEITUNG")
    einladung = lade(kommune)
    seite = angemeldet(konto).get(einladung.pfad)
    assert "schon jemand" in text(next(seite_von(seite).iter("h1")))
    assert angemeldet(konto).post(einladung.pfad).status_code == 409
    assert rollen() == []
    konto.name = "Lena Leitung (Amt 51)"
    konto.save()
    assert angemeldet(konto).post(einladung.pfad).status_code == 302


@pytest.mark.parametrize("verlust", ["keine Leitung mehr", "abgeschaltet"])
def test_an_invitation_does_not_outlive_the_right_to_send_it(verlust, client, kommune):
    einladung = lade(kommune, "leitung")
    von = einladung.eingeladen_von
    if verlust == "abgeschaltet":
        Benutzer.objects.filter(pk=von.pk).update(is_active=False)
    else:
        von.mitgliedschaften.all().delete()
    seite = client.get(einladung.pfad)
    assert seite.status_code == 410
    assert "gilt nicht mehr" in text(seite_von(seite))
    assert client.post(einladung.pfad, DATEN).status_code == 410
    assert rollen() == []
