"""What production insists on, started in a process and an environment of its own."""

import json
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from tests import testdatenbank

SKRIPT = """
import json, sys
from konzept import settings
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
import django
django.setup()
from django.core.management import call_command
from django.test import Client
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
gefaelscht = Client().get("/anmelden/", headers={"host": "konzept.example", "x-forwarded-proto": "https"})
from django.core.checks import run_checks
hinweise = [str(h) for h in run_checks(include_deployment_checks=True) if h.id.startswith("security.")]
json.dump({"unsicher": kopf(unsicher), "sicher": kopf(sicher), "fehlt": kopf(fehlt), "fremd": kopf(fremd),
           "gefaelscht": kopf(gefaelscht), "hinweise": hinweise, "debug": settings.DEBUG,
           "kennwort": settings.PASSWORD_HASHERS[0]}, sys.stdout)
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


@pytest.fixture(scope="module")
def produktion(tmp_path_factory, django_db_setup) -> dict:
    daten = tmp_path_factory.mktemp("produktion")
    if connection.vendor == "sqlite":  # so that little is left to migrate
        testdatenbank.kopiere(daten / "konzeptwerk.sqlite3")
    lauf = starte(
        "-c",
        SKRIPT,
        KONZEPTWERK_SECRET_KEY="q7" * 40 + "!x%Z",
        KONZEPTWERK_HOSTS="konzept.example",
        KONZEPTWERK_DATA=str(daten),
    )
    assert lauf.returncode == 0, lauf.stderr
    return json.loads(lauf.stdout)


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


def test_production_tells_nothing_about_itself(produktion):
    assert produktion["debug"] is False
    assert produktion["fehlt"]["status"] == 404
    for seite in ("fehlt", "fremd"):
        assert not re.search(r"Traceback|urlconf|DEBUG|konzept\.", produktion[seite]["text"])


def test_production_refuses_a_foreign_host(produktion):
    assert produktion["fremd"]["status"] == 400


def test_production_hashes_passwords_with_argon2(produktion):
    assert produktion["kennwort"].endswith("Argon2PasswordHasher")


def test_production_passes_the_security_check(produktion):
    assert produktion["hinweise"] == []


@pytest.mark.parametrize("schluessel", [None, ""])
def test_production_does_not_start_without_a_secret_key(schluessel):
    umgebung = {} if schluessel is None else {"KONZEPTWERK_SECRET_KEY": schluessel}
    lauf = starte("manage.py", "check", **umgebung)
    assert lauf.returncode != 0
    assert "KONZEPTWERK_SECRET_KEY is missing" in lauf.stderr
