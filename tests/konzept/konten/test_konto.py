"""The own account: name, password, address, sessions; and the mails about them."""

import datetime as dt
import os
import re
import subprocess
import sys
from urllib.parse import unquote

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings as einstellungen
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from konzept.betrieb import mailserver
from konzept.konten.geraet import geraet
from konzept.konten.models import Benutzer
from konzept.konten.systempruefungen import post_geht_hinaus
from tests.fabrik import KENNWORT, eingaben, fehler_am_feld, mache_benutzer, seite_von, text
from tests.konzept.konten.faktor import bestaetige, mache_app, mache_codes, mache_passkey
from tests.post import stelle_zu

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

NEU = "ein ganz neues kennwort"


@pytest.fixture
def konto():
    return mache_benutzer(email="rita@stadt.example", name="Rita Redaktion")


def melde_an(client, email="rita@stadt.example", kennwort=KENNWORT):
    return client.post("/anmelden/", {"login": email, "password": kennwort})


@pytest.fixture
def rita(client, konto):
    melde_an(client)
    return client


def angemeldet(client) -> bool:
    return client.get("/konto/").status_code == 200


def link() -> str:
    """The address in the newest mail."""
    stelle_zu()
    return re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)[1]


# The page


def test_it_leads_to_everything(rita):
    ziele = {a.get("href") for a in seite_von(rita.get("/konto/")).iter("a")}
    assert ziele >= {
        "/konto/adresse/",
        "/konto/kennwort/",
        "/konto/zweiter-faktor/",
        "/konto/zweiter-faktor/app/",
        "/konto/zweiter-faktor/passkeys/neu/",
        "/konto/sitzungen/",
        "/konto/daten/",
    }
    assert "/konto/" in {a.get("href") for a in seite_von(rita.get("/")).iter("a")}


def test_the_name_can_be_changed(rita, konto):
    assert rita.post("/konto/", {"name": " Rita R. "}).url == "/konto/"
    konto.refresh_from_db()
    assert konto.name == "Rita R."
    antwort = rita.post("/konto/", {"name": "", "email": "x@boese.example", "is_superuser": "on"})
    assert antwort.status_code == 422
    assert fehler_am_feld(antwort, "id_name") == "Geben Sie Ihren Namen ein."
    konto.refresh_from_db()
    assert (konto.name, konto.email, konto.is_superuser) == ("Rita R.", "rita@stadt.example", False)


def test_a_name_typed_in_an_expired_session_waits(rita, konto):
    daten = eingaben(rita.get("/konto/"), "name") | {"name": "Rita Neu"}
    rita.logout()
    seite = rita.post("/konto/", daten)
    assert seite.status_code == 401
    antwort = rita.post("/anmelden/", eingaben(seite, "password") | {"login": konto.email, "password": KENNWORT})
    assert eingaben(rita.get(antwort.url), "name")["name"] == ["Rita Neu"]
    konto.refresh_from_db()
    assert konto.name == "Rita Redaktion"


def test_pages_are_not_kept_by_the_browser(rita):
    for pfad in ("/konto/", "/konto/adresse/", "/konto/sitzungen/", "/konto/zweiter-faktor/"):
        assert "no-store" in rita.get(pfad)["Cache-Control"]


# Password


def test_changing_the_password_ends_the_other_sessions(rita, konto):
    anderswo = Client()
    melde_an(anderswo)
    daten = {"oldpassword": KENNWORT, "password1": NEU, "password2": NEU}
    assert rita.post("/konto/kennwort/", daten).url == "/konto/"
    assert (angemeldet(rita), angemeldet(anderswo)) == (True, False)
    assert mail.outbox[-1].subject == "Konzeptwerk: Ihr Kennwort ist geändert"
    assert mail.outbox[-1].to == ["rita@stadt.example"]
    konto.refresh_from_db()
    assert konto.check_password(NEU)


@pytest.mark.parametrize(
    ("feld", "wert", "satz"),
    [
        ("oldpassword", "falsch", "Das ist nicht Ihr bisheriges Kennwort."),
        ("oldpassword", "", "Geben Sie Ihr bisheriges Kennwort ein."),
        ("password1", "kurz", "mindestens 12 Zeichen"),
        ("password1", "8467362954731", "nur aus Ziffern"),
        ("password1", "qwerty123456", "sehr oft verwendet"),
        ("password1", "rita redaktion sommer", "ähnelt Ihrem Namen"),
        ("password1", "Integration-2026", "die hier jeder zuerst probiert"),
        ("password1", "", "Geben Sie ein neues Kennwort ein."),
        ("password2", "anders", "Die beiden Kennwörter sind nicht gleich."),
        ("password2", "", "noch einmal"),
    ],
)
def test_what_is_wrong_with_a_new_password_stands_at_its_field(rita, konto, feld, wert, satz):
    daten = {"oldpassword": KENNWORT, "password1": NEU, "password2": NEU} | {feld: wert}
    if feld == "password1":
        daten["password2"] = wert
    antwort = rita.post("/konto/kennwort/", daten)
    assert satz in fehler_am_feld(antwort, f"id_{feld}")
    konto.refresh_from_db()
    assert konto.check_password(KENNWORT)


def test_a_forgotten_password_is_replaced_by_a_link_that_counts_once(client, konto):
    anderswo = Client()
    melde_an(anderswo)
    client.post("/kennwort-vergessen/", {"email": "RITA@stadt.example"})
    pfad = link()
    formular = client.get(pfad)
    assert "Neues Kennwort" in text(seite_von(client.get(formular.url)))
    assert client.post(formular.url, {"password1": NEU, "password2": NEU}).url == "/kennwort-vergessen/fertig/"
    assert not angemeldet(anderswo)
    assert mail.outbox[-1].subject == "Konzeptwerk: Ihr Kennwort ist neu gesetzt"
    melde_an(client, kennwort=NEU)
    assert angemeldet(client)
    assert "gilt nicht mehr" in text(seite_von(Client().get(pfad)))


@pytest.mark.parametrize(("minuten", "gilt"), [(59, True), (61, False)])
def test_the_link_for_a_new_password_counts_for_an_hour(client, konto, monkeypatch, minuten, gilt):
    client.post("/kennwort-vergessen/", {"email": konto.email})
    stelle_zu()
    assert "Er gilt eine Stunde und nur einmal" in mail.outbox[-1].body
    spaeter = dt.datetime.now() + dt.timedelta(minutes=minuten)  # noqa: DTZ005 - as Django counts
    monkeypatch.setattr("django.contrib.auth.tokens.PasswordResetTokenGenerator._now", lambda _: spaeter)
    assert ("gilt nicht mehr" in text(seite_von(client.get(link(), follow=True)))) is not gilt


def test_an_account_without_a_password_sets_one(client):
    konto = mache_benutzer(email="sso@stadt.example")
    konto.set_unusable_password()
    konto.save()
    client.force_login(konto)
    assert "/konto/kennwort/setzen/" in {a.get("href") for a in seite_von(client.get("/konto/")).iter("a")}
    assert client.post("/konto/kennwort/setzen/", {"password1": NEU, "password2": NEU}).url == "/konto/"
    konto.refresh_from_db()
    assert konto.check_password(NEU)


# Address


NEUE_ADRESSE = "neu@stadt.example"


def beantrage(client, email=NEUE_ADRESSE):
    bestaetige(client)
    return client.post("/konto/adresse/", {"email": email, "action_add": "1"})


def test_a_new_address_counts_once_it_is_proven(rita, konto):
    mache_app(konto)  # does not stand in the way
    assert beantrage(rita).status_code == 302
    assert mail.outbox[-1].to == [NEUE_ADRESSE]
    konto.refresh_from_db()
    assert konto.email == "rita@stadt.example"
    bestaetigung = link()
    assert "Adresse bestätigen" in text(seite_von(rita.get(bestaetigung)))
    konto.refresh_from_db()
    assert konto.email == "rita@stadt.example"
    assert rita.post(bestaetigung).url == "/konto/adresse/"
    konto.refresh_from_db()
    assert konto.email == NEUE_ADRESSE
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [(NEUE_ADRESSE, True, True)]
    assert mail.outbox[-1].to == ["rita@stadt.example"]
    assert NEUE_ADRESSE in mail.outbox[-1].body
    assert "können Sie sich\nnicht mehr anmelden" in mail.outbox[-1].body


def test_changing_the_address_asks_for_the_password_and_keeps_what_was_typed(rita, konto):
    antwort = rita.post("/konto/adresse/", {"email": NEUE_ADRESSE, "action_add": "1"})
    assert antwort.url.startswith("/konto/bestaetigen/")
    assert not mail.outbox
    rita.post(antwort.url, {"password": KENNWORT})
    assert mail.outbox[-1].to == [NEUE_ADRESSE]


def test_the_reader_of_a_mistyped_address_gets_nothing(rita, konto):
    beantrage(rita)
    bestaetigung, fremder = link(), Client()
    assert unquote(fremder.post(bestaetigung).url) == f"/anmelden/?next={bestaetigung}"
    fremder.post("/kennwort-vergessen/", {"email": NEUE_ADRESSE})
    assert len(mail.outbox) == 1
    melde_an(fremder, NEUE_ADRESSE)
    assert not angemeldet(fremder)
    fremder.force_login(mache_benutzer())
    assert "gehört zu einem anderen Konto" in text(seite_von(fremder.get(bestaetigung)))
    fremder.post(bestaetigung)
    assert angemeldet(fremder)
    konto.refresh_from_db()
    assert konto.email == "rita@stadt.example"


@pytest.mark.parametrize("bewiesen", [True, False])
def test_an_address_of_another_account_cannot_be_taken(rita, konto, bewiesen):
    mache_benutzer(email=NEUE_ADRESSE).emailaddress_set.update(verified=bewiesen)
    assert beantrage(rita).status_code == 302  # says nothing about the other account
    assert NEUE_ADRESSE in text(seite_von(rita.get("/konto/adresse/")))
    rita.post(link())
    konto.refresh_from_db()
    assert konto.email == "rita@stadt.example"
    assert Benutzer.objects.filter(email=NEUE_ADRESSE).exclude(pk=konto.pk).exists()


def test_a_change_can_be_dropped(rita, konto):
    beantrage(rita)
    rita.post("/konto/adresse/", {"email": NEUE_ADRESSE, "action_remove": "1"})
    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["rita@stadt.example"]
    assert mail.outbox[-1].to == ["rita@stadt.example"]


@pytest.mark.parametrize(
    ("email", "satz"),
    [("", "Geben Sie die neue"), ("x", "keine vollständige"), ("rita@stadt.example", "schon die Adresse")],
)
def test_what_is_wrong_with_an_address(rita, email, satz):
    antwort = rita.post("/konto/adresse/", {"email": email, "action_add": "1"})
    assert satz in fehler_am_feld(antwort, "id_email")


def test_an_address_given_by_the_administrator_has_to_be_proven(client, konto):
    client.force_login(mache_benutzer(is_staff=True, is_superuser=True))
    pfad = f"/admin/konten/benutzer/{konto.pk}/change/"
    client.post(pfad, eingaben(client.get(pfad), "email") | {"email": NEUE_ADRESSE})
    konto.refresh_from_db()
    assert konto.email == NEUE_ADRESSE
    browser = Client()
    assert melde_an(browser, "rita@stadt.example").status_code == 200
    assert melde_an(browser, NEUE_ADRESSE).url == "/adresse-bestaetigen/"


# Sessions


def test_sessions_are_listed_and_ended_one_by_one_or_all(rita, konto):
    browser = {name: Client(headers={"user-agent": f"Mozilla/5.0 ({name}) Firefox/150.0"}) for name in "ABC"}
    for einer in browser.values():
        melde_an(einer)
    melde_an(Client(), mache_benutzer().email)
    fremd = UserSession.objects.latest("pk")
    seite = rita.get("/konto/sitzungen/")
    assert text(seite_von(seite)).count("Seit ") == 4
    a = UserSession.objects.get(session_key=browser["A"].session.session_key)
    rita.post("/konto/sitzungen/", {"sitzung": a.pk})
    assert [angemeldet(b) for b in browser.values()] == [False, True, True]
    antwort = rita.post("/konto/sitzungen/", {"sitzung": fremd.pk})
    assert "Diese Sitzung ist schon beendet." in text(seite_von(antwort))
    assert UserSession.objects.filter(pk=fremd.pk).exists()
    rita.post("/konto/sitzungen/")
    assert [angemeldet(b) for b in browser.values()] == [False, False, False]
    assert angemeldet(rita)


def test_confirming_who_one_is_gives_the_session_another_key(client, konto):
    """Somebody who got hold of the key before is out by then."""
    melde_an(client)
    fremder = Client()
    fremder.cookies = client.cookies.copy()
    assert angemeldet(fremder)
    bestaetige(client)
    assert angemeldet(client)
    assert not angemeldet(fremder)
    seite = text(seite_von(client.get("/konto/sitzungen/")))
    assert seite.count("Seit ") == 1
    assert "diese Sitzung" in seite


@pytest.mark.parametrize("seite", ["zweiter-faktor", "zweiter-faktor/codes", "zweiter-faktor/passkeys", "adresse"])
def test_whoever_changed_how_they_sign_in_is_led_to_their_sessions(client, konto, seite):
    mache_app(konto)
    mache_codes(konto)
    mache_passkey(konto)
    client.force_login(konto)
    bestaetige(client)
    (hauptteil,) = seite_von(client.get(f"/konto/{seite}/")).iter("main")
    assert "/konto/sitzungen/" in {a.get("href") for a in hauptteil.iter("a")}


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0", "Firefox, Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/19.0 Safari/605.1.15", "Safari, macOS"),
        ("curl/8", "unbekannter Browser"),
        ("", "unbekannter Browser"),
    ],
)
def test_browsers_have_names(user_agent, name):
    assert geraet(user_agent) == name


# Mail


@pytest.mark.parametrize(
    ("adresse", "erwartet"),
    [
        ("smtp://u%40x:p%3Aw@mail.example:587", ("mail.example", 587, "u@x", "p:w", True, False)),
        ("smtp://mail.example", ("mail.example", 587, "", "", True, False)),
        ("smtps://u:p@mail.example", ("mail.example", 465, "u", "p", False, True)),
        ("smtp://localhost", ("localhost", 25, "", "", False, False)),
        ("smtp://127.0.0.1:1025/", ("127.0.0.1", 1025, "", "", False, False)),
    ],
)
def test_the_mail_server_is_one_address(adresse, erwartet):
    p = mailserver.lies(adresse)
    assert (p.host, p.port, p.benutzer, p.kennwort, p.starttls, p.tls) == erwartet


@pytest.mark.parametrize("adresse", ["mail.example", "http://mail.example", "smtp://", "smtp://a:geheim@b:x", "smtp://b/c"])
def test_another_address_stops_the_start(adresse):
    with pytest.raises(ImproperlyConfigured, match="KONZEPTWERK_SMTP") as fehler:
        mailserver.lies(adresse)
    assert "geheim" not in str(fehler.value)


def test_the_deployment_check_asks_for_a_mail_server(settings):
    settings.DEBUG, settings.MAILSERVER = False, None
    assert [f.id for f in post_geht_hinaus(None)] == ["konten.E001"]
    settings.MAILSERVER = mailserver.lies("smtp://mail.example")
    assert post_geht_hinaus(None) == []


def test_the_environment_reaches_the_settings():
    namen = ["EMAIL_HOST", "EMAIL_USE_TLS", "DEFAULT_FROM_EMAIL", "ALLAUTH_TRUSTED_PROXY_COUNT"]
    umgebung = {
        "PATH": os.environ["PATH"],
        "KONZEPTWERK_SECRET_KEY": "x",
        "KONZEPTWERK_ADRESSE": "https://konzept.example",
        "KONZEPTWERK_SMTP": "smtp://mail.example",
        "KONZEPTWERK_ABSENDER": "Stadt <konzept@stadt.example>",
        "KONZEPTWERK_PROXY": "1",
    }
    programm = f"from konzept import settings as s; print([getattr(s, n) for n in {namen}])"
    lauf = subprocess.run(
        [sys.executable, "-c", programm], env=umgebung, cwd=einstellungen.BASE_DIR, capture_output=True, text=True
    )
    assert lauf.stdout.strip() == "['mail.example', True, 'Stadt <konzept@stadt.example>', 1]", lauf.stderr
