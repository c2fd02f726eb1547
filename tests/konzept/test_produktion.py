"""What production insists on, started in a process and an environment of its own."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests import testdatenbank

GEHEIM = "q7" * 40 + "!x%Z"
SKRIPT = """
import json, sys
from konzept import settings
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
import django
django.setup()
from django.core.management import call_command
from django.test import Client
from django.conf import settings as geladen
from konzept.konten.models import Benutzer
from konzept.konten.vorgaenge import bestaetige_adresse
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
def kopf(antwort):
    return {"status": antwort.status_code, "kopf": dict(antwort.items()), "text": antwort.content.decode(),
            "cookies": {n: dict(c) for n, c in antwort.cookies.items()}}
hier = {"headers": {"host": "konzept.example"}}
unsicher = Client().get("/anmelden/?a=1", **hier)
sicher = Client().get("/anmelden/", secure=True, **hier)
fehlt = Client().get("/gibt-es-nicht/", secure=True, **hier)
fremd = Client(raise_request_exception=False).get("/anmelden/", secure=True, headers={"host": "boese.example"})
bereit = [Client().get("/bereit", headers={"host": host}) for host in ("127.0.0.1:8000", "192.0.2.7", "boese.example")]
gefaelscht = Client().get("/anmelden/", headers={"host": "konzept.example", "x-forwarded-proto": "https"})
# Signing in, a message, signing out: what a proxy hands on that ends TLS.
bestaetige_adresse(Benutzer.objects.create_user(email="rita@stadt.example", password="birnbaum-tischlampe"))
hinter = {"headers": {"host": "konzept.example", "origin": "https://konzept.example"}}
browser, cookies = Client(enforce_csrf_checks=True), []
def sende(pfad, **daten):
    if daten:
        daten["csrfmiddlewaretoken"] = browser.cookies[geladen.CSRF_COOKIE_NAME].value
    wie = {"secure": not geladen.TLS_ENDET_DAVOR, **hinter}
    antwort = browser.post(pfad, daten, **wie) if daten else browser.get(pfad, **wie)
    cookies.extend([name, dict(cookie)] for name, cookie in antwort.cookies.items())
    return antwort.status_code
wege = [sende("/anmelden/"), sende("/anmelden/", login="rita@stadt.example", password="birnbaum-tischlampe"),
        sende("/konto/"), sende("/konto/", name="Rita"), sende("/konto/"), sende("/abmelden/", ja="1")]
from django.core.checks import run_checks
hinweise = [str(h) for h in run_checks(include_deployment_checks=True) if h.id.startswith("security.")]
json.dump({"unsicher": kopf(unsicher), "sicher": kopf(sicher), "fehlt": kopf(fehlt), "fremd": kopf(fremd),
           "gefaelscht": kopf(gefaelscht), "bereit": [kopf(a) for a in bereit],
           "hinweise": hinweise, "debug": settings.DEBUG,
           "kennwort": settings.PASSWORD_HASHERS[0],
           "wege": wege, "alle_cookies": cookies,
           "namen": [geladen.SESSION_COOKIE_NAME, geladen.CSRF_COOKIE_NAME, geladen.BROWSER_COOKIE_NAME],
           "hosts": geladen.ALLOWED_HOSTS, "origins": geladen.CSRF_TRUSTED_ORIGINS, "absender": geladen.SERVER_EMAIL},
          sys.stdout)
"""


def starte(*befehl: str, **umgebung: str) -> subprocess.CompletedProcess:
    """A program in the environment of production, with nothing else of ours in it."""
    sauber = {n: w for n, w in os.environ.items() if not n.startswith(("KONZEPTWERK_", "DATABASE_URL", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, *befehl],
        env=sauber | {"DJANGO_SETTINGS_MODULE": "konzept.settings"} | umgebung,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def lauf(daten: Path, **umgebung: str) -> dict:
    """What a server of that environment answers."""
    if connection.vendor == "sqlite":  # so that little is left to migrate
        testdatenbank.kopiere(daten / "konzeptwerk.sqlite3")
    lauf = starte("-c", SKRIPT, KONZEPTWERK_SECRET_KEY=GEHEIM, KONZEPTWERK_DATA=str(daten), **umgebung)
    assert lauf.returncode == 0, lauf.stderr
    return json.loads(lauf.stdout)


@pytest.fixture(scope="module")
def produktion(tmp_path_factory, django_db_setup) -> dict:
    return lauf(tmp_path_factory.mktemp("produktion"), KONZEPTWERK_ADRESSE="https://konzept.example")


@pytest.fixture(scope="module")
def hinter_proxy(tmp_path_factory, django_db_setup) -> dict:
    """TLS ends at a proxy that does not pass it on."""
    umgebung = {"KONZEPTWERK_ADRESSE": "https://konzept.example", "KONZEPTWERK_HTTPS": "0"}
    return lauf(tmp_path_factory.mktemp("hinter-proxy"), **umgebung)


def test_production_leads_to_https_and_insists_on_it(produktion):
    assert produktion["unsicher"]["status"] == 301
    assert produktion["unsicher"]["kopf"]["Location"] == "https://konzept.example/anmelden/?a=1"
    assert produktion["sicher"]["status"] == 200
    hsts = produktion["sicher"]["kopf"]["Strict-Transport-Security"]
    assert int(re.match(r"max-age=(\d+)", hsts)[1]) >= 31_536_000


def test_production_believes_no_forged_proxy_header(produktion):
    assert produktion["gefaelscht"]["status"] == 301


def test_production_cookies_travel_over_https_only(produktion):
    cookies = produktion["sicher"]["cookies"]
    assert cookies
    assert all(cookie["secure"] for cookie in cookies.values())


def test_tls_that_ends_at_a_proxy_gives_up_nothing_but_the_redirect(hinter_proxy):
    for name in ("unsicher", "sicher"):
        assert hinter_proxy[name]["status"] == 200
        assert "max-age=31536000" in hinter_proxy[name]["kopf"]["Strict-Transport-Security"]
    assert hinter_proxy["hinweise"] == [h for h in hinter_proxy["hinweise"] if "SECURE_SSL_REDIRECT" in h]


@pytest.mark.parametrize("server", ["produktion", "hinter_proxy"])
def test_people_can_work(server, request):
    """Signing in, saving, signing out. Behind the proxy forms come from https, though the request comes as http."""
    assert request.getfixturevalue(server)["wege"] == [200, 302, 200, 302, 200, 302]


@pytest.mark.parametrize("server", ["produktion", "hinter_proxy"])
def test_every_cookie_belongs_to_this_host_and_https(server, request):
    """Also those of messages and of signing out. Another site of the same domain can plant none of them."""
    antwort = request.getfixturevalue(server)
    cookies = [*antwort["alle_cookies"], *antwort["sicher"]["cookies"].items()]
    assert {name for name, _ in cookies} <= set(antwort["namen"])
    for name, cookie in cookies:
        assert name.startswith("__Host-")
        assert cookie["secure"], name
        assert (cookie["path"], cookie["domain"]) == ("/", ""), name


def test_everything_follows_from_the_address(produktion):
    assert produktion["hosts"] == ["konzept.example"]
    assert produktion["origins"] == ["https://konzept.example"]
    assert produktion["absender"] == "Konzeptwerk <konzeptwerk@konzept.example>"


def test_production_tells_nothing_about_itself(produktion):
    assert produktion["debug"] is False
    assert produktion["fehlt"]["status"] == 404
    for seite in ("fehlt", "fremd"):
        assert not re.search(r"Traceback|urlconf|DEBUG|konzept\.", produktion[seite]["text"])


def test_production_refuses_a_foreign_host(produktion):
    assert produktion["fremd"]["status"] == 400


@pytest.mark.parametrize("server", ["produktion", "hinter_proxy"])
def test_who_watches_it_asks_by_any_host_and_without_tls(server, request):
    """No worker lives here, which it says."""
    for antwort in request.getfixturevalue(server)["bereit"]:
        assert (antwort["status"], antwort["kopf"]["Content-Type"], antwort["cookies"]) == (503, "application/json", {})
        assert json.loads(antwort["text"])["hintergrunddienst"]["gut"] is False


def test_production_hashes_passwords_with_argon2(produktion):
    assert produktion["kennwort"].endswith("Argon2PasswordHasher")


def test_production_passes_the_security_check(produktion):
    assert produktion["hinweise"] == []


@pytest.mark.parametrize(
    ("umgebung", "satz"),
    [
        ({}, "KONZEPTWERK_SECRET_KEY is missing"),
        ({"KONZEPTWERK_SECRET_KEY": ""}, "KONZEPTWERK_SECRET_KEY is missing"),
        ({"KONZEPTWERK_SECRET_KEY": GEHEIM}, "KONZEPTWERK_ADRESSE is missing. Set it to the address"),
        (
            {"KONZEPTWERK_SECRET_KEY": GEHEIM, "KONZEPTWERK_ADRESSE": "http://konzept.example"},
            "KONZEPTWERK_ADRESSE must begin with https://",
        ),
        (
            {
                "KONZEPTWERK_SECRET_KEY": GEHEIM,
                "KONZEPTWERK_ADRESSE": "http://konzept.example",
                "KONZEPTWERK_HTTPS": "0",
            },
            "KONZEPTWERK_ADRESSE must begin with https://",
        ),
    ],
)
def test_production_does_not_start_without_what_it_needs(umgebung, satz):
    lauf = starte("manage.py", "check", **umgebung)
    assert lauf.returncode != 0
    assert satz in lauf.stderr
