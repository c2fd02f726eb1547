"""What the browser is told with every answer, where redirects lead, and what no log and no report holds."""

import json
import logging
from http.cookies import SimpleCookie
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.views.debug import ExceptionReporter

from konzept.betrieb.mailserver import lies as lies_mailserver
from konzept.dokument import pdf
from konzept.konten.oidc.einstellungen import lies as lies_oidc
from tests.fabrik import (
    KENNWORT,
    adresse,
    formular_adresse,
    hole,
    mache_abschnitt,
    mache_benutzer,
    mache_feld,
    mache_konzept,
    mache_massnahme,
    seite_von,
)
from tests.feindlich import fuehrt_nichts_aus
from tests.rundgang import ohne_angaben, tabellen

pytestmark = pytest.mark.django_db

EMAIL = "rita@stadt.example"


@pytest.fixture
def konzept():
    return mache_konzept()


@pytest.fixture
def chefin(client, konzept):
    client.force_login(mache_benutzer(konzept.kommune, "leitung", is_staff=True, is_superuser=True, email=EMAIL))
    return client


def melde_an(client, kennwort=KENNWORT, **weitere):
    return client.post(reverse("account_login"), {"login": EMAIL, "password": kennwort} | weitere)


# Headers


def _stoerung(monkeypatch):
    def kaputt(*_):
        raise RuntimeError("kaputt")

    monkeypatch.setattr("konzept.views.konzepte_fuer", kaputt)


@pytest.fixture(
    params=[
        "start", "uebersicht", "gesamt", "kapitel", "umleitung", "druck", "formular", "formular mit fehler", "anmelden",
        "anmelden mit fehler", "verwaltung", "admin", "403", "403 csrf", "404", "405", "500", "fremder rechner",
    ]
)  # fmt: skip
def antwort(request, chefin, konzept, monkeypatch):
    """A response of each kind."""
    abschnitt, massnahme = mache_abschnitt(konzept), mache_massnahme(mache_feld(konzept))
    monkeypatch.setattr(pdf, "drucke", lambda dokument, **_: b"%PDF-")
    chefin.raise_request_exception = False
    fremde = Client()
    fremde.force_login(mache_benutzer(konzept.kommune, "lesen"))
    match request.param:
        case "start":
            return chefin.get("/")
        case "uebersicht":
            return chefin.get(adresse(konzept))
        case "gesamt":
            return chefin.get(adresse(konzept, "gesamt"))
        case "kapitel":
            return chefin.get(adresse(konzept, "lesen", f"abschnitt-{abschnitt.pk}"))
        case "umleitung":
            return Client().get("/")
        case "druck":
            return chefin.get(adresse(konzept, "druck.pdf").rstrip("/"))
        case "formular":
            return chefin.get(formular_adresse(massnahme))
        case "formular mit fehler":
            return chefin.post(formular_adresse(massnahme), hole(chefin, massnahme) | {"titel": ""})
        case "anmelden":
            return Client().get(reverse("account_login"))
        case "anmelden mit fehler":
            return melde_an(Client(), "falsch")
        case "verwaltung":
            return chefin.get(f"/kommunen/{konzept.kommune.slug}/protokoll/")
        case "admin":
            return chefin.get("/admin/")
        case "403":
            return fremde.get(formular_adresse(massnahme))
        case "403 csrf":
            return Client(enforce_csrf_checks=True).post(formular_adresse(massnahme))
        case "404":
            return chefin.get("/gibt-es-nicht/")
        case "405":
            return chefin.post("/")
        case "500":
            _stoerung(monkeypatch)
            return chefin.get("/")
        case "fremder rechner":
            return chefin.get("/", headers={"host": "boese.example"})


def richtlinie(antwort) -> dict[str, list[str]]:
    """The Content-Security-Policy: sources by directive."""
    teile = (teil.split() for teil in antwort["Content-Security-Policy"].split(";"))
    return {name: quellen for name, *quellen in teile}


def test_every_answer_comes_with_the_protecting_headers(antwort, request):
    art = request.node.callspec.params["antwort"]
    erwartet = {"403": 403, "403 csrf": 403, "404": 404, "405": 405, "500": 500, "fremder rechner": 400}
    erwartet |= {"umleitung": 302, "formular mit fehler": 422}
    assert antwort.status_code == erwartet.get(art, 200)
    # A foreign host is refused before this header is due; the policy below says the same.
    assert antwort.get("X-Frame-Options") == ("DENY" if art != "fremder rechner" else None)
    assert antwort["X-Content-Type-Options"] == "nosniff"
    assert antwort["Referrer-Policy"] == "same-origin"
    assert antwort["Cross-Origin-Opener-Policy"] == "same-origin"
    assert antwort["Cross-Origin-Resource-Policy"] == "same-origin"
    erlaubt = dict(teil.strip().split("=", 1) for teil in antwort["Permissions-Policy"].split(","))
    for geraet in ("camera", "microphone", "geolocation", "usb", "payment", "display-capture", "browsing-topics"):
        assert erlaubt[geraet] == "()", geraet


def test_every_answer_comes_with_a_strict_content_security_policy(antwort):
    csp = richtlinie(antwort)
    for name in ("default-src", "object-src", "base-uri", "frame-ancestors"):
        assert csp[name] == ["'none'"], name
    assert csp["form-action"] == ["'self'"]
    for name, quellen in csp.items():
        assert set(quellen) <= {"'none'", "'self'", "data:", *(q for q in quellen if q.startswith("'nonce-"))}, name
        assert "data:" not in quellen or name == "img-src"


@pytest.mark.parametrize("datei", ["js/seite.js", "css/druck.css", "gibt-es-nicht.js"])
def test_static_files_come_with_both_too(datei, client):
    """One of them, opened by itself or in a frame, is nothing but a file."""
    antwort = client.get(f"/static/{datei}")
    assert antwort["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in antwort["Permissions-Policy"]
    csp = richtlinie(antwort)
    assert csp["default-src"] == csp["frame-ancestors"] == csp["object-src"] == csp["base-uri"] == ["'none'"]


def test_nonce_is_another_one_each_time_and_the_only_one_on_the_page(chefin, konzept):
    nonces = set()
    for _ in range(3):
        antwort = chefin.get(adresse(konzept))
        auf_der_seite = {k.get("nonce") for k in seite_von(antwort).iter() if k.get("nonce")}
        im_kopf = {q[7:-1] for quellen in richtlinie(antwort).values() for q in quellen if q.startswith("'nonce-")}
        assert auf_der_seite == im_kopf
        nonces |= im_kopf
    assert len(nonces) in (0, 3)


def test_pages_hold_neither_inline_scripts_nor_inline_styles(antwort):
    if antwort.get("Content-Type", "").startswith("text/html"):
        for knoten in seite_von(antwort).iter():
            assert knoten.tag != "style"
            assert knoten.get("style") is None
            assert knoten.tag != "script" or knoten.get("src") or fuehrt_nichts_aus(knoten)
            assert not [name for name in knoten.attrib if name.startswith("on")]


def test_static_files_are_for_our_own_pages(client):
    antwort = client.get("/static/css/dokument.css")
    assert antwort.status_code == 200
    assert antwort["Cross-Origin-Resource-Policy"] == "same-origin"


def test_uploads_are_not_served(chefin):
    """Only the print reads them; nothing that somebody uploaded comes from our own address."""
    assert chefin.get("/media/wappen/x.png").status_code == 404


@pytest.mark.parametrize("host", ["boese.example", "testserver.boese.example", "localhost:80@boese.example", "a b"])
def test_foreign_host_is_refused(host, client):
    assert client.get(reverse("account_login"), headers={"host": host}).status_code == 400


# Cookies and sessions


def test_cookies_are_out_of_reach_for_scripts_and_other_sites(client):
    mache_benutzer(email=EMAIL)
    seite = client.get(reverse("account_login"))
    antwort = melde_an(client)
    cookies = SimpleCookie()
    for quelle in (seite, antwort):
        cookies.update(quelle.cookies)
    assert {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME} <= set(cookies)
    for name, cookie in cookies.items():
        assert cookie["samesite"] in {"Lax", "Strict"}, name
        assert cookie["httponly"], name
        assert not cookie["domain"], name


def test_session_gets_a_new_key_when_somebody_signs_in(client):
    """A key that somebody was tricked into using beforehand is worth nothing afterwards."""
    mache_benutzer(email=EMAIL)
    client.session.save()
    sitzung = client.session
    sitzung["vorher"] = 1
    sitzung.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = sitzung.session_key
    melde_an(client)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != sitzung.session_key


# Redirects

ZIELE = [
    "https://boese.example",
    "//boese.example",
    "///boese.example",
    "http:boese.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "/\\boese.example",
    "\\\\boese.example",
    "https://testserver@boese.example/",
    "https://testserver.boese.example/",
    "\thttps://boese.example",
    "/%0d%0aLocation:https://boese.example",
    "https:///boese.example",
]


def fuehrt_hinaus(antwort) -> bool:
    ort = urlsplit(urljoin("http://testserver/", antwort.get("Location", "/")))
    return ort.netloc != "testserver" or ort.scheme != "http"


@pytest.mark.parametrize("ziel", ZIELE)
def test_signing_in_leads_to_no_other_site(ziel, client):
    mache_benutzer(email=EMAIL)
    for weg in ("frage", "formular"):
        pfad = f"{reverse('account_login')}?next={ziel}" if weg == "frage" else reverse("account_login")
        antwort = melde_an(Client(), next=ziel) if weg == "formular" else Client().post(
            pfad, {"login": EMAIL, "password": KENNWORT}
        )  # fmt: skip
        assert antwort.status_code == 302
        assert not fuehrt_hinaus(antwort), (weg, antwort["Location"])
        seite = Client().get(pfad)
        assert not [a for a in seite_von(seite).iter("a") if a.get("href", "").startswith(ziel)]


@pytest.mark.parametrize("ziel", ["https://boese.example", "//boese.example", "/\\boese.example", "javascript:x"])
def test_no_address_redirects_to_where_a_parameter_says(ziel, chefin):
    namen = ("next", "url", "redirect", "redirect_to", "return", "ziel", "zurueck")
    for pfad in ohne_angaben():
        antwort = chefin.get(pfad, dict.fromkeys(namen, ziel))
        assert not fuehrt_hinaus(antwort), (pfad, antwort["Location"])
    assert not fuehrt_hinaus(chefin.post(reverse("account_logout"), {"next": ziel}))


# Secrets


GEHEIM = "ein-sehr-geheimes-kennwort"


def test_failed_sign_in_leaves_no_password_in_the_log(client, caplog):
    mache_benutzer(email=EMAIL)
    with caplog.at_level(logging.DEBUG):
        assert melde_an(client, GEHEIM).status_code == 200
        melde_an(client, GEHEIM, login="gibt-es-nicht@stadt.example")
        melde_an(client, login=GEHEIM)  # typed into the wrong field
    assert GEHEIM not in caplog.text
    assert GEHEIM not in json.dumps(tabellen(), default=str)


def test_error_report_holds_no_password(client, monkeypatch):
    """What Django would mail to an administrator (as text) after a failure in the middle of signing in."""

    def kaputt(*_args, **_kwargs):
        raise RuntimeError("kaputt")

    mache_benutzer(email=EMAIL)
    monkeypatch.setattr("konzept.konten.models.Benutzer.check_password", kaputt)
    monkeypatch.setattr(settings, "DEBUG", False)
    client.raise_request_exception = False
    with monkeypatch.context() as stelle:
        gemeldet = []
        stelle.setattr("django.core.handlers.exception.log_response", lambda *_, **angaben: gemeldet.append(angaben))
        antwort = melde_an(client, GEHEIM)
    assert antwort.status_code == 500
    assert GEHEIM not in antwort.content.decode()
    (angaben,) = gemeldet
    fehler = angaben["exception"]
    bericht = ExceptionReporter(angaben["request"], type(fehler), fehler, fehler.__traceback__).get_traceback_text()
    assert "kaputt" in bericht
    assert EMAIL in bericht or "login" in bericht
    assert GEHEIM not in bericht


GEHEIME_EINSTELLUNGEN = {
    "SECRET_KEY": GEHEIM,
    "SECRET_KEY_FALLBACKS": [GEHEIM],
    "DATENSCHLUESSEL": [GEHEIM],
    "EMAIL_HOST_PASSWORD": GEHEIM,
    "MAILSERVER": lies_mailserver(f"smtp://post:{GEHEIM}@mail.example"),
    "OIDC": lies_oidc({f"KONZEPTWERK_OIDC_{n}": w for n, w in
                       {"URL": "https://dienst.example", "CLIENT": "c", "SECRET": GEHEIM}.items()}),
}  # fmt: skip
GEHEIME_UMGEBUNG = {
    "KONZEPTWERK_SMTP": f"smtp://post:{GEHEIM}@mail.example",
    "DATABASE_URL": f"postgres://konzept:{GEHEIM}@localhost/konzept",
    "KONZEPTWERK_DATENSCHLUESSEL": GEHEIM,
    "KONZEPTWERK_KENNWORT": GEHEIM,
    "HTTP_COOKIE": f"sessionid={GEHEIM}",
}
"""A development server shows its environment as part of the request."""
GEHEIME_FELDER = ("password", "password1", "oldpassword", "code", "credential", "_wiedervorlage", "csrfmiddlewaretoken")


def test_no_error_report_holds_a_secret(rf, settings):
    """Neither of the installation nor of the person whose request failed, whichever address it was."""
    for name, wert in GEHEIME_EINSTELLUNGEN.items():
        setattr(settings, name, wert)
    settings.SOCIALACCOUNT_PROVIDERS = settings.OIDC.allauth
    anfrage = rf.post("/konto/", dict.fromkeys(GEHEIME_FELDER, GEHEIM) | {"name": "Rita"}, **GEHEIME_UMGEBUNG)
    fehler = RuntimeError("kaputt")
    bericht = ExceptionReporter(anfrage, RuntimeError, fehler, None).get_traceback_text()
    assert "kaputt" in bericht
    assert "Rita" in bericht
    assert GEHEIM not in bericht


def test_secrets_of_the_installation_are_not_shown_in_passing():
    for name in ("MAILSERVER", "OIDC"):
        assert GEHEIM not in repr(GEHEIME_EINSTELLUNGEN[name])
