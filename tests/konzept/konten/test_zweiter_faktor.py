"""The second factor: setting it up, signing in with it, and where a Kommune asks for it."""

import re

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from konzept.konten.models import Benutzer, Ereignis, Protokolleintrag
from tests.fabrik import (
    KENNWORT,
    eingaben,
    fehler_am_feld,
    formular_adresse,
    mache_abschnitt,
    mache_benutzer,
    mache_kommune,
    mache_konzept,
    seite_von,
    text,
)
from tests.konzept.konten.faktor import bestaetige, code, mache_app, mache_codes, mache_passkey

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

FAKTOR, APP, CODES = "/konto/zweiter-faktor/", "/konto/zweiter-faktor/app/", "/konto/zweiter-faktor/codes/"


@pytest.fixture
def konto():
    return mache_benutzer(email="rita@stadt.example", name="Rita")


@pytest.fixture
def rita(client, konto):
    client.force_login(konto)
    return client


def gib_kennwort(client, email="rita@stadt.example", **weitere):
    return client.post("/anmelden/", {"login": email, "password": KENNWORT} | weitere)


def angemeldet(client) -> bool:
    return client.get("/konto/").status_code == 200


# Setting it up


def test_setting_up_an_app(rita, konto, monkeypatch):
    assert rita.get(APP).url.startswith("/konto/bestaetigen/?next=")
    bestaetige(rita)
    seite = rita.get(APP)
    bild = next(k for k in seite_von(seite).iter("img") if k.get("class") == "qr-code")
    assert bild.get("src").startswith("data:image/svg+xml;base64,")
    schluessel = text(next(k for k in seite_von(seite).iter("code")))
    falsch = rita.post(APP, {"code": "000000"})
    assert "Der Code stimmt nicht." in fehler_am_feld(falsch, "id_code")
    assert not Authenticator.objects.exists()
    monkeypatch.setattr(transaction, "on_commit", lambda danach, **_: danach())  # a test commits nothing
    assert rita.post(APP, {"code": code(schluessel)}).url == CODES
    assert {a.type for a in Authenticator.objects.filter(user=konto)} == {"totp", "recovery_codes"}
    assert mail.outbox[-1].subject == "Konzeptwerk: Authentifizierungs-App eingerichtet"


def test_recovery_codes_are_shown_and_come_as_a_file(rita, konto):
    mache_app(konto)
    codes = mache_codes(konto)
    assert rita.get(CODES).url.startswith("/konto/bestaetigen/")
    bestaetige(rita)
    seite = rita.get(CODES)
    assert [text(k) for k in seite_von(seite).iter("code")] == codes
    assert "no-store" in seite["Cache-Control"]
    datei = rita.get(f"{CODES}datei/")
    assert datei["Content-Disposition"].startswith("attachment;")
    assert datei.content.decode().split("\n\n")[1].split() == codes
    rita.post(f"{CODES}neu/")
    neue = [text(k) for k in seite_von(rita.get(CODES)).iter("code")]
    assert len(neue) == 10
    assert not set(neue) & set(codes)


def test_switching_the_app_off_takes_the_codes_along(rita, konto):
    mache_app(konto)
    mache_codes(konto)
    bestaetige(rita)
    assert "abschalten?" in text(seite_von(rita.get(f"{APP}abschalten/")))
    assert rita.post(f"{APP}abschalten/").url == FAKTOR
    assert not Authenticator.objects.exists()


def test_passkeys_are_renamed_and_removed(rita, konto):
    passkey = mache_passkey(konto, "Handy").zeile
    fremd = mache_passkey(mache_benutzer(), "Fremdes").zeile
    bestaetige(rita)
    ort = f"{FAKTOR}passkeys/{passkey.pk}"
    rita.post(f"{ort}/bearbeiten/", {"name": "Diensthandy"})
    passkey.refresh_from_db()
    assert passkey.wrap().name == "Diensthandy"
    for verb in ("bearbeiten", "loeschen"):
        assert rita.get(f"{FAKTOR}passkeys/{fremd.pk}/{verb}/").status_code == 404
        assert rita.post(f"{FAKTOR}passkeys/{fremd.pk}/{verb}/", {"name": "x"}).status_code == 404
    assert rita.get(f"{ort}/loeschen/").status_code == 200
    assert Authenticator.objects.count() == 2
    rita.post(f"{ort}/loeschen/")
    assert list(Authenticator.objects.all()) == [fremd]


@pytest.mark.parametrize("kaputt", ["", "x", "null", "[]", "{}", '{"response": {}}', '{"id": "AA", "response": 1}'])
def test_a_broken_passkey_is_not_added(rita, kaputt):
    bestaetige(rita)
    rita.get(f"{FAKTOR}passkeys/neu/")
    antwort = rita.post(f"{FAKTOR}passkeys/neu/", {"name": "Handy", "credential": kaputt})
    assert "Das hat mit diesem Passkey nicht geklappt." in text(seite_von(antwort))
    assert not Authenticator.objects.exists()


# Signing in with it


def test_the_password_alone_does_not_sign_in(client, konto):
    mache_app(konto)
    antwort = gib_kennwort(client, next="/konto/")
    assert antwort.url == "/anmelden/zweiter-faktor/"
    assert not angemeldet(client)
    assert "Der Code stimmt nicht." in fehler_am_feld(client.post(antwort.url, {"code": "000000"}), "id_code")
    assert not angemeldet(client)
    assert client.post(antwort.url, {"code": code()}).url == "/konto/"
    assert angemeldet(client)


def test_a_code_counts_once(konto):
    mache_app(konto)
    (wiederherstellung, *_) = mache_codes(konto)
    for einer in (code(), wiederherstellung):
        erste, zweite = Client(), Client()
        for browser in (erste, zweite):
            gib_kennwort(browser)
            browser.post("/anmelden/zweiter-faktor/", {"code": einer})
        assert (angemeldet(erste), angemeldet(zweite)) == (True, False)


@pytest.mark.parametrize("schreibweise", ["{}", " {} ", "{} ", "{}-"])
def test_a_code_that_was_looked_over_somebodys_shoulder_is_worth_nothing(client, konto, schreibweise):
    """An app that is half a minute ahead shows a code that is taken for a minute and a half; all that time it counts
    once, whichever way it is written."""
    app, naechster = mache_app(konto), code(schritt=1)
    gib_kennwort(client)
    assert client.post("/anmelden/zweiter-faktor/", {"code": naechster}).status_code == 302
    cache.delete(app.wrap()._get_used_cache_key(naechster))  # allauth forgets it after half a minute
    fremder = Client()
    gib_kennwort(fremder)
    antwort = fremder.post("/anmelden/zweiter-faktor/", {"code": schreibweise.format(naechster)})
    assert "Der Code stimmt nicht." in fehler_am_feld(antwort, "id_code")
    assert not angemeldet(fremder)
    assert Protokolleintrag.objects.filter(ereignis=Ereignis.ANMELDUNG_GESCHEITERT, person=konto).count() == 1


def test_nor_does_it_confirm_anything(client, konto):
    app, naechster = mache_app(konto), code(schritt=1)
    gib_kennwort(client)
    client.post("/anmelden/zweiter-faktor/", {"code": naechster})
    cache.delete(app.wrap()._get_used_cache_key(naechster))
    antwort = client.post("/konto/bestaetigen/zweiter-faktor/", {"code": naechster})
    assert "Der Code stimmt nicht." in fehler_am_feld(antwort, "id_code")


def test_codes_cannot_be_guessed(client, konto):
    mache_app(konto)
    gib_kennwort(client)
    for nummer in range(5):
        client.post("/anmelden/zweiter-faktor/", {"code": f"00000{nummer}"})
    antwort = client.post("/anmelden/zweiter-faktor/", {"code": code()})
    assert "Zu viele Fehlversuche." in fehler_am_feld(antwort, "id_code")
    assert not angemeldet(client)


def test_a_passkey_signs_in_without_a_password_and_without_a_code(client, konto):
    mache_app(konto)
    passkey = mache_passkey(konto)
    antwort = passkey.antwort(client)
    assert client.post("/anmelden/passkey/", {"credential": antwort, "next": "/konto/"}).url == "/konto/"
    assert angemeldet(client)
    nochmal = Client()
    nochmal.get("/anmelden/passkey/", headers={"accept": "application/json"})
    nochmal.post("/anmelden/passkey/", {"credential": antwort})
    assert not angemeldet(nochmal)


@pytest.mark.parametrize(("faktor", "angeboten"), [(mache_app, False), (mache_passkey, True)])
def test_a_passkey_is_offered_to_who_has_one(client, konto, faktor, angeboten):
    faktor(konto)
    gib_kennwort(client)
    assert ("Passkey verwenden" in text(seite_von(client.get("/anmelden/zweiter-faktor/")))) is angeboten


def test_giving_up_leads_back_to_the_sign_in_page(client, konto):
    mache_app(konto)
    gib_kennwort(client)
    assert client.post("/abmelden/", {"next": "/anmelden/"}).url == "/anmelden/"
    assert client.get("/anmelden/").status_code == 200


def test_the_administrator_helps_who_has_lost_the_device(client, konto):
    mache_app(konto)
    mache_codes(konto)
    client.force_login(mache_benutzer(is_staff=True, is_superuser=True))
    daten = {"action": "setze_zweiten_faktor_zurueck", "_selected_action": [konto.pk]}
    client.post("/admin/konten/benutzer/", daten)
    assert not Authenticator.objects.exists()
    browser = Client()
    gib_kennwort(browser)
    assert angemeldet(browser)


# Asked for by a Kommune


@pytest.fixture
def abschnitt():
    return mache_abschnitt(mache_konzept(mache_kommune(zweiter_faktor=True)), text="Alter Text.")


@pytest.fixture
def leitung(abschnitt, client):
    konto = mache_benutzer(abschnitt.konzept.kommune, "leitung")
    client.force_login(konto)
    client.konto = konto
    return client


ZUERST = "Richten Sie zuerst einen zweiten Faktor ein"


def test_who_needs_one_sets_it_up_first_and_goes_on(leitung, abschnitt):
    ziel = formular_adresse(abschnitt)
    assert leitung.get(ziel).url == FAKTOR
    assert ZUERST in text(seite_von(leitung.get(FAKTOR)))
    bestaetige(leitung)
    schluessel = text(next(k for k in seite_von(leitung.get(APP)).iter("code")))
    codes = leitung.get(leitung.post(APP, {"code": code(schluessel)}).url)
    weiter = next(a for a in seite_von(codes).iter("a") if text(a) == "Weiter, wo Sie hinwollten")
    assert weiter.get("href") == ziel
    assert leitung.get(ziel).status_code == 200
    assert "Weiter, wo" not in text(seite_von(leitung.get(FAKTOR)))


def test_what_was_typed_is_there_afterwards(leitung, abschnitt):
    kommune = abschnitt.konzept.kommune
    type(kommune).objects.update(zweiter_faktor=False)
    daten = eingaben(leitung.get(formular_adresse(abschnitt))) | {"titel": "Getippt"}
    type(kommune).objects.update(zweiter_faktor=True)
    assert leitung.post(formular_adresse(abschnitt), daten).url == FAKTOR
    mache_app(leitung.konto)
    seite = leitung.get(formular_adresse(abschnitt))
    assert "Ihre Eingaben sind noch da" in text(seite_von(seite))
    assert eingaben(seite)["titel"] == ["Getippt"]
    abschnitt.refresh_from_db()
    assert abschnitt.titel == "Einführung"


@pytest.mark.parametrize("pfad", ["/konto/", "/konto/kennwort/", "/konto/adresse/", "/konto/sitzungen/", FAKTOR])
def test_the_own_account_stays_open(leitung, pfad):
    assert leitung.get(pfad).status_code == 200


def test_signing_out_stays_possible(leitung):
    leitung.post("/abmelden/")
    assert not angemeldet(leitung)


@pytest.mark.parametrize(
    ("faktor", "genuegt"), [(mache_app, True), (mache_passkey, True), (mache_codes, False)]
)
def test_what_counts(leitung, faktor, genuegt):
    faktor(leitung.konto)
    assert (leitung.get("/").status_code == 200) is genuegt


@pytest.mark.parametrize("rolle", ["redaktion", "mitwirkung", "gremium", "lesen"])
def test_other_roles_are_not_asked(client, abschnitt, rolle):
    client.force_login(mache_benutzer(abschnitt.konzept.kommune, rolle))
    assert client.get("/").status_code == 200


def test_other_kommunen_do_not_ask(client, abschnitt):
    client.force_login(mache_benutzer(mache_kommune("nachbarstadt"), "leitung", "verwaltung"))
    assert client.get("/").status_code == 200


def test_taking_it_away_asks_again(leitung):
    mache_app(leitung.konto)
    assert leitung.get("/").status_code == 200
    bestaetige(leitung)
    assert "müssen Sie gleich einen neuen einrichten" in text(seite_von(leitung.get(f"{APP}abschalten/")))
    leitung.post(f"{APP}abschalten/")
    assert leitung.get("/").url == FAKTOR


@pytest.mark.parametrize(("verlangt_ihn", "status"), [(True, 200), (False, 302)])
def test_an_identity_provider_counts_only_where_it_asks_itself(rf, leitung, settings, verlangt_ihn, status):
    settings.OIDC_ZWEITER_FAKTOR = verlangt_ihn
    anfrage = rf.get("/")
    anfrage.session = leitung.session
    record_authentication(anfrage, leitung.konto, "socialaccount", provider="x", uid="y")
    anfrage.session.save()
    assert leitung.get("/").status_code == status


def test_the_admin_asks_too(client, abschnitt):
    konto = mache_benutzer(abschnitt.konzept.kommune, "leitung", is_staff=True, is_superuser=True)
    client.force_login(konto)
    assert client.get("/admin/").url == "/admin/login/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/").url == FAKTOR
    mache_app(konto)
    assert client.get("/admin/").status_code == 200


def _abfragen(client, pfad="/") -> int:
    with CaptureQueriesContext(connection) as abfragen:
        assert client.get(pfad).status_code == 200
    return sum(not re.match(r"SAVEPOINT|RELEASE|BEGIN|(UPDATE|INSERT).*session", a["sql"]) for a in abfragen)


def test_it_costs_one_query_once(leitung, abschnitt, client):
    mache_app(leitung.konto)
    erste, zweite = _abfragen(leitung), _abfragen(leitung)
    type(abschnitt.konzept.kommune).objects.update(zweiter_faktor=False)
    ohne = Client()
    ohne.force_login(mache_benutzer(abschnitt.konzept.kommune, "leitung"))
    assert (erste, zweite) == (zweite + 1, _abfragen(ohne))


# Text that waits


@pytest.fixture
def abgelaufen(abschnitt):
    """The sign-in page after a session has expired, with a typed text in it."""
    type(abschnitt.konzept.kommune).objects.update(zweiter_faktor=False)
    konto = mache_benutzer(abschnitt.konzept.kommune, "redaktion", email="rita@stadt.example")
    mache_app(konto)
    client = Client()
    client.force_login(konto)
    daten = eingaben(client.get(formular_adresse(abschnitt))) | {"titel": "Getippt"}
    client.logout()
    antwort = client.post(formular_adresse(abschnitt), daten)
    assert antwort.status_code == 401
    return eingaben(antwort, "password")


def test_text_survives_wrong_password_and_second_factor(client, abschnitt, abgelaufen):
    falsch = client.post("/anmelden/", abgelaufen | {"login": "rita@stadt.example", "password": "vertippt"})
    richtig = eingaben(falsch, "password") | {"password": KENNWORT}
    assert client.post("/anmelden/", richtig).url == "/anmelden/zweiter-faktor/"
    client.post("/anmelden/zweiter-faktor/", {"code": "000000"})
    assert client.post("/anmelden/zweiter-faktor/", {"code": code()}).url == formular_adresse(abschnitt)
    seite = client.get(formular_adresse(abschnitt))
    assert eingaben(seite)["titel"] == ["Getippt"]


def test_text_survives_a_sign_in_that_was_begun_before(client, abschnitt, abgelaufen):
    gib_kennwort(client)
    antwort = client.post("/anmelden/", abgelaufen | {"login": "rita@stadt.example", "password": KENNWORT})
    assert antwort.url == "/anmelden/zweiter-faktor/"
    client.post("/anmelden/zweiter-faktor/", {"code": code()})
    assert eingaben(client.get(formular_adresse(abschnitt)))["titel"] == ["Getippt"]


def test_who_signs_in_after_somebody_gave_up_does_not_get_their_text(client, abschnitt, abgelaufen):
    mache_benutzer(abschnitt.konzept.kommune, "redaktion", email="lena@stadt.example")
    client.post("/anmelden/", abgelaufen | {"login": "rita@stadt.example", "password": KENNWORT})
    client.post("/abmelden/", {"next": "/anmelden/"})
    gib_kennwort(client, "lena@stadt.example")
    assert "Getippt" not in str(dict(client.session))
    assert eingaben(client.get(formular_adresse(abschnitt)))["titel"] == ["Einführung"]


def test_text_survives_a_sign_in_by_passkey(client, abschnitt, abgelaufen):
    passkey = mache_passkey(Benutzer.objects.get(email="rita@stadt.example"))
    antwort = client.post("/anmelden/passkey/", abgelaufen | {"credential": passkey.antwort(client)})
    assert antwort.url == formular_adresse(abschnitt)
    assert eingaben(client.get(antwort.url))["titel"] == ["Getippt"]


def test_a_failed_passkey_keeps_the_text(client, abgelaufen):
    antwort = client.post("/anmelden/passkey/", abgelaufen | {"credential": "x"})
    gefunden = eingaben(antwort, "password")
    assert (gefunden["_wiedervorlage"], gefunden["next"]) == (abgelaufen["_wiedervorlage"], abgelaufen["next"])
