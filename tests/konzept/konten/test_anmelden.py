"""Signing in and out, and what a stranger can learn or try there."""

import json
import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client
from django.urls import reverse

from konzept.grenzen import EINGABEN_BEI_DER_ANMELDUNG
from konzept.konten import fehlversuche
from konzept.konten.fehlversuche import GRENZEN, NETZ
from konzept.konten.models import Benutzer, Mitgliedschaft
from tests.fabrik import KENNWORT, eingaben, mache_benutzer, mache_kommune, mache_konzept, seite_von, text
from tests.konzept.konten.faktor import Passkey, mache_passkey
from tests.post import stelle_zu

pytestmark = pytest.mark.django_db

ANMELDEN, ABMELDEN = "/anmelden/", "/abmelden/"


@pytest.fixture
def konto():
    return mache_benutzer(email="rita@stadt.example", name="Rita Redaktion")


def melde_an(client, email="rita@stadt.example", kennwort=KENNWORT, **weitere):
    return client.post(ANMELDEN, {"login": email, "password": kennwort} | weitere)


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
    assert satz in text(seite_von(antwort))
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
    assert eingaben(antwort, "password")["login"] == ["rita@stadt.example"]


def test_fields_have_german_names_and_help_password_managers(client):
    felder = {k.get("name"): k for k in seite_von(client.get(ANMELDEN)).iter("input")}
    assert felder["login"].get("autocomplete") == "username"
    assert felder["password"].get("autocomplete") == "current-password"
    beschriftung = [text(label) for label in seite_von(client.get(ANMELDEN)).iter("label")]
    assert beschriftung == ["E-Mail-Adresse", "Kennwort"]


def test_after_signing_in_the_page_that_was_asked_for(client, konto):
    konzept = mache_konzept()
    Mitgliedschaft.objects.create(benutzer=konto, kommune=konzept.kommune, rolle="lesen")
    pfad = f"/konzepte/{konzept.kommune.slug}/{konzept.slug}/"
    antwort = client.get(client.get(pfad).url)
    assert client.post(antwort.wsgi_request.get_full_path(), eingaben(antwort, "password") | {
        "login": konto.email, "password": KENNWORT,
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


# No address can be found out


@pytest.fixture
def ausgeschaltet():
    return mache_benutzer(email="aus@stadt.example", is_active=False)


ADRESSEN = ["rita@stadt.example", "aus@stadt.example", "gibt-es-nicht@stadt.example"]


def _ohne_zufall(antwort) -> str:
    html = re.sub(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"', "", antwort.content.decode())
    return re.sub(r"[\w-]+@stadt\.example", "", html)


@pytest.mark.parametrize(
    ("email", "kennwort"),
    [(email, "falsch") for email in ADRESSEN] + [("aus@stadt.example", KENNWORT), ("keine-adresse", "falsch")],
)
def test_every_failure_costs_one_password_hash(client, konto, ausgeschaltet, monkeypatch, email, kennwort):
    gerechnet = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: gerechnet.append(1) or encode(*args))
    melde_an(client, email, kennwort)
    assert len(gerechnet) == 1


def test_the_whole_page_of_a_failure_is_the_same(konto, ausgeschaltet):
    seiten = {_ohne_zufall(melde_an(Client(), email, "falsch")) for email in ADRESSEN}
    seiten.add(_ohne_zufall(melde_an(Client(), "aus@stadt.example", KENNWORT)))
    assert len(seiten) == 1


def test_asking_for_a_new_password_tells_nothing(konto, ausgeschaltet):
    antworten = set()
    for email in ADRESSEN:
        client = Client()
        antwort = client.post("/kennwort-vergessen/", {"email": email})
        antworten.add((antwort.status_code, antwort.url, _ohne_zufall(client.get(antwort.url))))
    assert len(antworten) == 1
    stelle_zu()
    assert [m.to for m in mail.outbox] == [["rita@stadt.example"]]


def test_a_passkey_that_does_not_fit_tells_nothing(konto, ausgeschaltet):
    """Neither a stranger's own passkey under the name of an account nor that of an account that is switched off."""
    seiten = set()
    ausgeschalteter_passkey = mache_passkey(ausgeschaltet)
    mache_passkey(konto)
    for benutzer in (konto, ausgeschaltet, mache_benutzer(), Benutzer(pk=999_999)):
        client = Client()
        antwort = client.post("/anmelden/passkey/", {"credential": Passkey(benutzer).antwort(client)})
        seiten.add((antwort.status_code, _ohne_zufall(antwort)))
    client = Client()
    antwort = client.post("/anmelden/passkey/", {"credential": ausgeschalteter_passkey.antwort(client)})
    seiten.add((antwort.status_code, _ohne_zufall(antwort)))
    assert len(seiten) == 1
    assert "nicht geklappt" in seiten.pop()[1]


KAPUTT = [
    *("", "x", "null", "1", "[]", "{}", '"x"', '{"id": {}, "rawId": []}'),
    *('{"response": {}}', '{"response": 1}', '{"response": {"userHandle": "ÿ"}}'),
]
_STELLEN = ["clientDataJSON", "authenticatorData", "signature", "userHandle"]


@pytest.mark.parametrize("kaputt", KAPUTT)
def test_whatever_is_sent_as_a_passkey_gets_a_sentence(client, konto, kaputt):
    client.get("/anmelden/passkey/", headers={"accept": "application/json"})
    antwort = client.post("/anmelden/passkey/", {"credential": kaputt})
    assert antwort.status_code == 200
    assert "nicht geklappt" in text(seite_von(antwort))
    assert not angemeldet(client)


@pytest.mark.parametrize("stelle", _STELLEN)
@pytest.mark.parametrize("kaputt", ["", "!", "A", "AAAA", 1, None, [], {}])
def test_a_real_passkey_with_a_broken_part_gets_a_sentence(client, konto, stelle, kaputt):
    antwort = json.loads(mache_passkey(konto).antwort(client))
    antwort["response"][stelle] = kaputt
    seite = client.post("/anmelden/passkey/", {"credential": json.dumps(antwort)})
    assert "nicht geklappt" in text(seite_von(seite))
    assert not angemeldet(client)


def test_nobody_registers_by_themself(client):
    vorher = Benutzer.objects.count()
    for antwort in (
        client.get("/anmelden/registrieren/"),
        client.post(
            "/anmelden/registrieren/", {"email": "neu@x.example", "password1": KENNWORT, "password2": KENNWORT}
        ),
    ):
        assert antwort.status_code == 200
        assert "Zugänge gibt es auf Einladung" in text(seite_von(antwort))
        assert not list(seite_von(antwort).iter("form"))
    assert Benutzer.objects.count() == vorher


def test_an_address_has_to_be_proven_before_the_first_sign_in(client):
    mache_benutzer(email="neu@stadt.example").emailaddress_set.all().delete()
    antwort = melde_an(client, "neu@stadt.example")
    assert antwort.url == "/adresse-bestaetigen/"
    assert not angemeldet(client)
    link = re.search(r"https?://testserver(/adresse-bestaetigen/\S+)", mail.outbox[-1].body)[1]
    assert "Adresse bestätigen" in text(seite_von(client.get(link)))
    client.post(link)
    melde_an(client, "neu@stadt.example")
    assert angemeldet(client)


# Guessing


ZU_VIELE = "Zu viele Fehlversuche. Warten Sie fünf Minuten"


def test_the_sixth_guess_is_refused_and_others_are_not(client, konto):
    mache_benutzer(email="andere@stadt.example")
    for nummer in range(5):
        assert "passen nicht zusammen" in text(seite_von(melde_an(client, kennwort=f"geraten-{nummer}")))
    for richtig_oder_nicht in ("geraten-6", KENNWORT):
        assert ZU_VIELE in text(seite_von(melde_an(client, kennwort=richtig_oder_nicht)))
    melde_an(client, "andere@stadt.example")
    assert angemeldet(client)


def test_an_unknown_address_is_refused_like_a_known_one(client):
    saetze = [text(seite_von(melde_an(client, "niemand@stadt.example", "x"))) for _ in range(6)]
    assert ["passen nicht zusammen" in satz for satz in saetze] == [True] * 5 + [False]
    assert ZU_VIELE in saetze[5]


def test_an_inactive_account_is_counted_although_the_password_is_right(client, ausgeschaltet):
    saetze = [text(seite_von(melde_an(client, "aus@stadt.example"))) for _ in range(6)]
    assert [ZU_VIELE in satz for satz in saetze] == [False] * 5 + [True]


def test_one_network_address_does_not_guess_at_every_account(client, konto, monkeypatch):
    monkeypatch.setitem(GRENZEN[fehlversuche.KENNWORT], NETZ, "10/10m/ip")
    for nummer in range(10):
        melde_an(client, f"konto-{nummer}@stadt.example", "falsch")
    assert ZU_VIELE in text(seite_von(melde_an(client)))
    assert not angemeldet(client)


def test_behind_a_proxy_the_address_is_the_one_that_the_proxy_saw(client, konto, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for nummer in range(5):  # the first address is what the guesser claims
        kopf = {"X-Forwarded-For": f"10.0.0.{nummer}, 192.0.2.7"}
        client.post(ANMELDEN, {"login": konto.email, "password": "x"}, headers=kopf)
    daten = {"login": konto.email, "password": KENNWORT}
    assert client.post(ANMELDEN, daten, headers={"X-Forwarded-For": "10.0.0.99, 192.0.2.7"}).status_code == 200
    assert client.post(ANMELDEN, daten, headers={"X-Forwarded-For": "192.0.2.8"}).status_code == 302


def test_a_new_password_by_mail_ends_the_waiting(client, konto):
    for _ in range(5):
        melde_an(client, kennwort="geraten")
    client.post("/kennwort-vergessen/", {"email": konto.email})
    stelle_zu()
    link = re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)[1]
    client.post(client.get(link).url, {"password1": "ganz neues kennwort", "password2": "ganz neues kennwort"})
    melde_an(client, kennwort="ganz neues kennwort")
    assert angemeldet(client)


def test_too_many_requests_keep_what_was_typed(client, konto, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    eingetippt = {"next": "/konto/", "_wiedervorlage": "_konto=1&name=Rita+R."}
    melde_an(client, kennwort="falsch", **eingetippt)
    antwort = melde_an(client, **eingetippt)
    assert antwort.status_code == 429
    assert "Zu viele Versuche in kurzer Zeit" in text(seite_von(antwort))
    gefunden = eingaben(antwort, "password")
    assert (gefunden["next"], gefunden["_wiedervorlage"]) == (["/konto/"], ["_konto=1&name=Rita+R."])
    assert gefunden["login"] == [konto.email]
    assert gefunden["password"] == [""]


def test_too_many_requests_elsewhere_get_a_page_of_ours(client, konto, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/ip"}
    client.post("/kennwort-vergessen/", {"email": konto.email})
    antwort = client.post("/kennwort-vergessen/", {"email": konto.email})
    assert antwort.status_code == 429
    assert "zu viele Versuche" in text(seite_von(antwort))


def test_the_admin_has_no_door_of_its_own(client):
    chef = mache_benutzer(is_staff=True, is_superuser=True)
    versuch = {"username": chef.email, "password": KENNWORT}
    assert client.get("/admin/massnahmen/").url == "/admin/login/?next=/admin/massnahmen/"
    antwort = client.post("/admin/login/?next=/admin/massnahmen/", versuch)
    assert antwort.url == "/anmelden/?next=/admin/massnahmen/"
    assert not angemeldet(client)
    client.force_login(mache_benutzer(is_staff=True))
    assert client.post("/admin/login/", versuch).url == "/admin/"
    assert client.get("/admin/password_change/").url == "/konto/kennwort/"
    client.force_login(mache_benutzer())
    assert client.get("/admin/login/").status_code == 403


@pytest.mark.parametrize("ziel", ["http://[", "//[", "http://[::1", "https://a]b/"])
def test_what_is_no_address_leads_nowhere(client, ziel):
    assert client.get("/anmelden/", {"next": ziel}).status_code == 200


def test_what_the_sign_in_page_cannot_have_carried_is_not_sent_back(client):
    daten = {"login": "a@b.example", "password": "x", "_wiedervorlage": '"' * (EINGABEN_BEI_DER_ANMELDUNG + 1)}
    assert len(client.post("/anmelden/", daten).content) < 50_000
