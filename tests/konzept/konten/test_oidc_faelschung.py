"""What an identity provider, or somebody who plays one, cannot do; and a provider that is not there."""

import json
import socket
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth import SESSION_KEY
from django.db import IntegrityError
from django.test import Client

from konzept.konten.models import Benutzer
from konzept.konten.oidc.adapter import SozialAdapter
from tests.anmeldedienst import (
    ANNA,
    HIN,
    ZURUECK,
    geht_hin,
    laufender_anbieter,
    meldet_sich_an,
    stelle_ein,
    zustand,
)
from tests.fabrik import mache_benutzer, nach_id, seite_von, text

pytestmark = pytest.mark.django_db

BERTA = "berta@stadt.example"


@pytest.fixture(autouse=True)
def konten(stadt):
    """Berta leads the Kommune; Anna's group would give her a role."""
    mache_benutzer(stadt, "leitung", email=BERTA)


@pytest.fixture
def anna(anbieter):
    anbieter.kennt("anna", email=ANNA, email_verified=True, groups=["fb50-alle"])
    return anbieter


@pytest.fixture
def verfaelsche(monkeypatch):
    """`verfaelsche("/userinfo", aendere)`: what that endpoint answers goes through a function before it arrives."""
    aenderungen = {}

    def faengt_ab(antwort, **_):
        for endpunkt, aendere in aenderungen.items():
            if antwort.url.endswith(endpunkt):
                antwort._content = json.dumps(aendere(antwort.json())).encode()
        return antwort

    faengt_jede_antwort_ab(monkeypatch, faengt_ab)
    return aenderungen.__setitem__


def faengt_jede_antwort_ab(monkeypatch, faengt_ab) -> None:
    """Of the provider, before it is looked at."""
    echt = SozialAdapter.get_requests_session

    def sitzung(adapter):
        sitzung = echt(adapter)
        sitzung.hooks["response"].append(faengt_ab)
        return sitzung

    monkeypatch.setattr(SozialAdapter, "get_requests_session", sitzung)


SCHLUESSEL = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OEFFENTLICH = jwt.algorithms.RSAAlgorithm.to_jwk(SCHLUESSEL.public_key(), as_dict=True) | {"kid": "unserer"}


def mit_ausweis(schluessel=SCHLUESSEL, verfahren="RS256", kopf=None, **aenderungen):
    """Changes the claims of the ID token, where None takes one away, and signs it anew: with `SCHLUESSEL`, which the
    provider shows as its own after `zeigt`."""

    def aendere(antwort: dict) -> dict:
        angaben = jwt.decode(antwort["id_token"], options={"verify_signature": False}) | aenderungen
        angaben = {name: wert for name, wert in angaben.items() if wert is not None}
        kennung = {"kid": "unserer"} if kopf is None else kopf
        return antwort | {"id_token": jwt.encode(angaben, schluessel, verfahren, headers=kennung)}

    return aendere


def zeigt(*schluessel: dict):
    """The public keys that the provider shows."""
    return lambda _: {"keys": list(schluessel)}


def meldung(antwort) -> str:
    """The sentence on the sign-in page."""
    assert text(next(seite_von(antwort).iter("h1"))) == "Anmelden"
    (hinweis,) = (k for k in seite_von(antwort).iter() if k.get("role") == "alert" and k.get("hidden") is None)
    return text(hinweis)


def niemand(client) -> bool:
    return SESSION_KEY not in client.session


def mit_anderem(adresse: str, **werte: str) -> str:
    teile = adresse.split("?")[1].split("&")
    return f"{ZURUECK}?" + "&".join(
        f"{name}={werte.get(name, wert)}" for name, _, wert in (teil.partition("=") for teil in teile)
    )


# The return belongs to the journey


@pytest.mark.parametrize("abfrage", ["", "?code=x", "?state=x", "?code=x&state=x", "?error=access_denied", "?state="])
def test_a_return_that_nobody_asked_for(client, anna, abfrage):
    antwort = client.get(ZURUECK + abfrage)
    assert antwort.status_code == 400
    assert "ist abgelaufen oder schon benutzt" in meldung(antwort)
    assert niemand(client)


def test_a_return_with_another_state(client, anna):
    zurueck = anna.bestaetigt(geht_hin(client).url, "anna")
    vorher = zustand()
    assert client.get(mit_anderem(zurueck, state="x" * 16)).status_code == 400
    assert niemand(client)
    assert zustand() == vorher


def test_the_return_of_another_browser(client, anna):
    """Otherwise somebody could be signed in as the attacker without noticing."""
    fremde = anna.bestaetigt(geht_hin(Client()).url, "anna")
    assert client.get(fremde).status_code == 400
    geht_hin(client)
    assert client.get(fremde).status_code == 400
    assert niemand(client)


def test_a_return_works_once(client, anna):
    zurueck = anna.bestaetigt(geht_hin(client).url, "anna")
    assert client.get(zurueck).status_code == 302
    client.logout()
    assert client.get(zurueck).status_code == 400
    assert niemand(client)


def test_who_is_signed_in_and_goes_back_stays_signed_in(client, anna):
    zurueck = anna.bestaetigt(geht_hin(client).url, "anna")
    client.get(zurueck)
    assert client.get(zurueck).url == "/"
    assert not niemand(client)


def test_a_code_of_another_journey_is_of_no_use(client, anna):
    """The ID token for it repeats the nonce of the browser that began; and real providers ask for the PKCE verifier."""
    fremde = anna.bestaetigt(geht_hin(Client()).url, "anna")
    code = fremde.split("code=")[1].split("&")[0]
    eigene = anna.bestaetigt(geht_hin(client).url, "anna")
    antwort = client.get(mit_anderem(eigene, code=code))
    assert antwort.status_code == 401
    assert "hat nicht geklappt" in meldung(antwort)
    assert niemand(client)


def test_an_id_token_of_another_journey_is_of_no_use(client, anna):
    adresse = geht_hin(client).url
    nonce = adresse.split("nonce=")[1].split("&")[0]
    antwort = client.get(anna.bestaetigt(adresse.replace(nonce, "x" * 32), "anna"))
    assert antwort.status_code == 401
    assert niemand(client)


def test_a_state_gets_too_old(client, anna, monkeypatch):
    zurueck = anna.bestaetigt(geht_hin(client).url, "anna")
    monkeypatch.setattr("allauth.socialaccount.internal.statekit.STATE_TTL", -1)
    assert client.get(zurueck).status_code == 400


# What the answers say


@pytest.mark.parametrize(
    "aenderungen",
    [
        {"nonce": None},
        {"nonce": "anderer"},
        {"iss": "https://boese.example"},
        {"aud": "andere-anwendung"},
        {"azp": "andere-anwendung"},
        {"exp": 1},
        {"sub": None},
        {"sub": "berta"},
        {"sub": 5},
        {"email": BERTA},
        {"email_verified": False},
    ],
)
def test_an_id_token_that_does_not_fit(client, anna, verfaelsche, aenderungen):
    verfaelsche("/jwks", zeigt(OEFFENTLICH))
    verfaelsche("/oauth2/token", mit_ausweis(**aenderungen))
    vorher = zustand()
    antwort = meldet_sich_an(client, anna)
    assert antwort.status_code == 401
    assert "hat nicht geklappt" in meldung(antwort)
    assert niemand(client)
    assert zustand() == vorher


FREMDER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
VERSCHLUESSELN = {"use": "enc", "kid": "anderer"}


@pytest.mark.parametrize(
    ("ausweis", "gezeigt"),
    [
        (mit_ausweis(), [OEFFENTLICH]),
        (mit_ausweis(), [OEFFENTLICH | {"kid": "alter"}, OEFFENTLICH]),
        (mit_ausweis(kopf={}), [OEFFENTLICH]),
        (mit_ausweis(kopf={}), [OEFFENTLICH | VERSCHLUESSELN, OEFFENTLICH]),
    ],
)
def test_the_signature_of_the_provider_counts(client, anna, verfaelsche, ausweis, gezeigt):
    verfaelsche("/jwks", zeigt(*gezeigt))
    verfaelsche("/oauth2/token", ausweis)
    assert meldet_sich_an(client, anna).status_code == 302
    assert not niemand(client)


@pytest.mark.parametrize(
    ("ausweis", "gezeigt"),
    [
        (mit_ausweis(FREMDER), [OEFFENTLICH]),
        (mit_ausweis(None, "none"), [OEFFENTLICH]),
        (mit_ausweis("geheim" * 8, "HS256"), [OEFFENTLICH]),
        (mit_ausweis("geheim" * 8, "HS256"), [{"kty": "oct", "k": "Z2VoZWlt" * 8, "kid": "unserer"}]),
        (mit_ausweis(kopf={"kid": "anderer"}), [OEFFENTLICH]),
        (mit_ausweis(kopf={}), [OEFFENTLICH, OEFFENTLICH | {"kid": "zweiter"}]),
        (mit_ausweis(exp=None), [OEFFENTLICH]),
        (mit_ausweis(), [OEFFENTLICH | VERSCHLUESSELN]),
        (mit_ausweis(), []),
        (lambda antwort: antwort | {"id_token": antwort["id_token"].rpartition(".")[0] + "."}, [OEFFENTLICH]),
        (lambda antwort: antwort | {"id_token": "x"}, [OEFFENTLICH]),
        (lambda antwort: antwort | {"id_token": 5}, [OEFFENTLICH]),
    ],
)
def test_without_the_signature_of_the_provider_nobody_comes_in(client, anna, verfaelsche, ausweis, gezeigt):
    verfaelsche("/jwks", zeigt(*gezeigt))
    verfaelsche("/oauth2/token", ausweis)
    vorher = zustand()
    antwort = meldet_sich_an(client, anna)
    assert antwort.status_code == 401
    assert "hat nicht geklappt" in meldung(antwort)
    assert niemand(client)
    assert zustand() == vorher


@pytest.mark.parametrize("endpunkt", ["/userinfo", "/oauth2/token", "/jwks", "/.well-known/openid-configuration"])
def test_nobody_is_followed_to_another_address(client, anna, monkeypatch, endpunkt):
    """A redirect would carry the secret or the access token to whoever it names, or let others answer."""
    gefragt = []

    def leitet_um(antwort, **_):
        gefragt.append(antwort.url)
        if antwort.url.endswith(endpunkt):
            antwort.status_code, antwort.headers["Location"] = 307, f"{anna.url}/anderswo"
        return antwort

    faengt_jede_antwort_ab(monkeypatch, leitet_um)
    antwort = geht_hin(client)
    if antwort.status_code == 302:
        antwort = client.get(anna.bestaetigt(antwort.url, "anna"))
    assert antwort.status_code == 502
    assert niemand(client)
    assert gefragt[-1].endswith(endpunkt)


@pytest.mark.parametrize(
    "aenderungen",
    [
        {"sub": "berta"},
        {"sub": None},
        {"email": BERTA},
        {"email": BERTA, "email_verified": True, "sub": "anna"},
        {"email": [BERTA]},
        {"email_verified": "true"},
    ],
)
def test_userinfo_that_contradicts_the_id_token(client, anna, verfaelsche, aenderungen):
    verfaelsche("/userinfo", lambda antwort: antwort | aenderungen)
    vorher = zustand()
    assert meldet_sich_an(client, anna).status_code == 401
    assert niemand(client)
    assert zustand() == vorher


@pytest.mark.parametrize("muell", [[], "x", None, 5, {}, {"sub": "anna" * 500}])
@pytest.mark.parametrize("endpunkt", ["/userinfo", "/oauth2/token", "/jwks", "/.well-known/openid-configuration"])
def test_rubbish_in_place_of_an_answer(client, anna, verfaelsche, endpunkt, muell):
    if endpunkt != "/.well-known/openid-configuration":
        adresse = anna.bestaetigt(geht_hin(client).url, "anna")
        verfaelsche(endpunkt, lambda _: muell)
        antwort = client.get(adresse)
    else:
        verfaelsche(endpunkt, lambda _: muell)
        antwort = geht_hin(client)
    assert antwort.status_code in {401, 502}
    assert meldung(antwort)
    assert niemand(client)


def test_a_very_long_sub_is_no_obstacle(client, anna, verfaelsche):
    lang = "a" * 1000
    anna.kennt(lang, email=ANNA, email_verified=True, groups=["fb50-alle"])
    assert meldet_sich_an(client, anna, lang).status_code == 302
    assert not niemand(client)


def test_without_a_userinfo_endpoint_the_id_token_is_enough(client, anna, verfaelsche):
    def ohne(antwort):
        del antwort["userinfo_endpoint"]
        return antwort

    verfaelsche("/.well-known/openid-configuration", ohne)
    assert meldet_sich_an(client, anna).status_code == 302
    assert not niemand(client)


def test_userinfo_may_say_less_than_the_id_token(client, anna, verfaelsche):
    verfaelsche("/userinfo", lambda antwort: {"sub": antwort["sub"]})
    assert meldet_sich_an(client, anna).status_code == 302
    assert not niemand(client)


@pytest.mark.parametrize("feld", ["issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"])
def test_a_provider_that_describes_itself_badly(client, anna, verfaelsche, feld, caplog):
    verfaelsche("/.well-known/openid-configuration", lambda antwort: antwort | {feld: None})
    antwort = geht_hin(client)
    assert antwort.status_code == 401
    assert feld in caplog.text


def test_a_provider_that_calls_itself_otherwise(client, anna, verfaelsche, caplog):
    falsch = {"issuer": "https://boese.example"}
    verfaelsche("/.well-known/openid-configuration", lambda antwort: antwort | falsch)
    assert geht_hin(client).status_code == 401
    assert "KONZEPTWERK_OIDC_URL must be the same" in caplog.text


@pytest.mark.parametrize(
    ("name", "gespeichert"),
    [
        (5, ""),
        (None, ""),
        ("<script>alert(1)</script>" * 50, ("<script>alert(1)</script>" * 50)[:200]),
        (" Anna\x00 \ud800\u202eAmsel\n", "Anna Amsel"),
        ("Jo\u0308rg Mu\u0308ller", "Jörg Müller"),
        ("Ste\ufb00i \ufb01nk", "Steffi fink"),
        ("\u200b\u00ad\u3164", ""),
    ],
)
def test_a_name_of_any_kind_does_no_harm(client, anna, verfaelsche, name, gespeichert):
    verfaelsche("/userinfo", lambda antwort: antwort | {"name": name})
    meldet_sich_an(client, anna)
    assert Benutzer.objects.get(email=ANNA).name == gespeichert
    assert "<script>alert" not in client.get("/").content.decode()


def test_two_first_sign_ins_at_the_same_moment(client, anna, monkeypatch):
    def war_schon(*_):
        raise IntegrityError

    monkeypatch.setattr(DefaultSocialAccountAdapter, "save_user", war_schon)
    antwort = meldet_sich_an(client, anna)
    assert antwort.status_code == 401
    assert "Versuchen Sie es noch einmal." in meldung(antwort)


# A provider that is not there, or says no


def test_who_refuses_at_the_provider(client, anna):
    antwort = client.get(anna.lehnt_ab(geht_hin(client, next="/konto/").url))
    assert antwort.status_code == 401
    assert meldung(antwort) == "Die Anmeldung mit Verwaltungskonto wurde abgebrochen."
    assert nach_id(seite_von(antwort), "id_login") is not None
    assert 'name="next" value="/konto/"' in antwort.content.decode()


def test_another_error_of_the_provider(client, anna):
    zurueck = anna.bestaetigt(geht_hin(client).url, "anna")
    antwort = client.get(zurueck.replace("code=", "error=server_error&x="))
    assert antwort.status_code == 401
    assert "hat nicht geklappt" in meldung(antwort)


def test_a_provider_that_cannot_be_reached(client, settings):
    stelle_ein(settings, "http://localhost:1")
    antwort = geht_hin(client)
    assert antwort.status_code == 502
    assert "Verwaltungskonto ist zurzeit nicht erreichbar." in meldung(antwort)


def test_a_provider_that_dies_on_the_way(client, settings):
    with laufender_anbieter() as anbieter:
        stelle_ein(settings, anbieter.url)
        zurueck = anbieter.bestaetigt(geht_hin(client).url, "anna")
    antwort = client.get(zurueck)
    assert antwort.status_code == 502
    assert "nicht erreichbar" in meldung(antwort)
    assert niemand(client)


def test_the_log_quotes_no_whole_page_and_stays_on_one_line(client, anna, verfaelsche, caplog):
    verfaelsche("/oauth2/token", lambda antwort: {"error": "zeile\n" * 1000})
    meldet_sich_an(client, anna)
    (zeile,) = [r.getMessage() for r in caplog.records if r.name.startswith("konzept.konten.oidc")]
    assert "\n" not in zeile
    assert len(zeile) < 500


def test_a_provider_that_says_nothing(client, settings):
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 0.2
    with socket.create_server(("127.0.0.1", 0)) as stumm:
        stelle_ein(settings, f"http://127.0.0.1:{stumm.getsockname()[1]}")
        assert geht_hin(client).status_code == 502


# The way there


def test_the_provider_is_asked_for_what_is_needed_and_nothing_else(client, anna):
    antwort = client.post(f"{HIN}?scope=admin&auth_params=prompt%3Dnone&process=connect", {"scope": "admin"})
    assert antwort.url.startswith(f"{anna.url}/oauth2/authorize?")
    assert "code_challenge_method=S256" in antwort.url
    assert "nonce=" in antwort.url
    (state,) = parse_qs(urlsplit(antwort.url).query)["state"]
    assert len(state) >= 22  # of 62 signs: 128 bits
    assert "admin" not in antwort.url
    assert "prompt" not in antwort.url


@pytest.mark.parametrize("ziel", ["https://boese.example/", "//boese.example/", "javascript:alert(1)", "/\\boese.de"])
def test_the_way_back_stays_here(client, anna, ziel):
    assert meldet_sich_an(client, anna, next=ziel).url == "/"


def test_only_a_form_of_ours_leads_to_the_provider(anna):
    streng = Client(enforce_csrf_checks=True)
    assert streng.post(HIN).status_code == 403
    assert streng.get(HIN, {"next": "/konto/"}).url == "/anmelden/?next=/konto/"
    assert streng.get(HIN).url == "/anmelden/"


def test_whoever_tries_too_often_has_to_wait(client, anna, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    assert [geht_hin(client).status_code for _ in range(3)] == [302, 302, 429]
    assert "Zu viele Versuche" in meldung(geht_hin(client))


def test_the_pages_are_not_kept_by_browsers(client, anna):
    for antwort in (geht_hin(client), client.get(ZURUECK), client.get(anna.bestaetigt(geht_hin(client).url, "anna"))):
        assert "no-store" in antwort["Cache-Control"]
