"""The identity provider in the environment; and the product without one."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as einstellungen
from django.core.exceptions import ImproperlyConfigured

from konzept.konten.oidc.einstellungen import lies, lies_gruppen
from tests.anmeldedienst import HIN, ZURUECK, stelle_ein
from tests.fabrik import mache_benutzer

URL = "https://login.musterstadt.example/realms/stadt"


def umgebung(**variablen: str) -> dict[str, str]:
    werte = {"URL": URL, "CLIENT": "konzeptwerk", "SECRET": "geheim"} | variablen
    return {f"KONZEPTWERK_OIDC_{name}": wert for name, wert in werte.items() if wert}


def test_what_has_to_be_said_is_enough():
    dienst = lies(umgebung())
    assert (dienst.url, dienst.name, dienst.gruppen_feld) == (URL, "Verwaltungskonto", "groups")
    assert (dienst.gruppen, dienst.zweiter_faktor) == ({}, False)
    assert dienst.origins == ["https://login.musterstadt.example"]


def test_no_variable_no_provider():
    assert lies({"PATH": "/bin", "KONZEPTWERK_DEBUG": "1"}) is None


@pytest.mark.parametrize("ende", ["", "/", "/.well-known/openid-configuration"])
def test_the_address_may_be_copied_as_one_finds_it(ende):
    assert lies(umgebung(URL=URL + ende)).url == URL


def test_origins_come_on_top_of_the_issuers():
    dienst = lies(umgebung(ORIGINS="https://sso.land.example:8443/anmelden, https://login.musterstadt.example"))
    assert dienst.origins == ["https://login.musterstadt.example", "https://sso.land.example:8443"]


def test_groups_to_roles():
    assert lies_gruppen(" fb50-leitung = musterstadt:leitung, fb50=musterstadt:redaktion,fb50=nachbarstadt:lesen,") == {
        "fb50-leitung": [("musterstadt", "leitung")],
        "fb50": [("musterstadt", "redaktion"), ("nachbarstadt", "lesen")],
    }
    assert lies_gruppen("") == {}


@pytest.mark.parametrize("trenner", [";", "\n", " ;\n "])
def test_names_of_groups_may_hold_commas_and_equals_signs(trenner):
    text = f"CN=Integration,OU=FB 50=musterstadt:leitung{trenner}/fb50/alle=musterstadt:redaktion"
    assert lies_gruppen(text) == {
        "CN=Integration,OU=FB 50": [("musterstadt", "leitung")],
        "/fb50/alle": [("musterstadt", "redaktion")],
    }


@pytest.mark.parametrize(
    ("variablen", "satz"),
    [
        ({"CLIENT": ""}, "KONZEPTWERK_OIDC_CLIENT is missing"),
        ({"SECRET": " "}, "KONZEPTWERK_OIDC_SECRET is missing"),
        ({"URL": ""}, "KONZEPTWERK_OIDC_URL, the address of the provider, is not"),
        ({"URL": "login.musterstadt.example"}, "must be an address such as"),
        ({"URL": "ftp://login.musterstadt.example"}, "must be an address such as"),
        ({"URL": f"{URL}?mandant=1"}, "must be an address such as"),
        ({"URL": "http://login.musterstadt.example"}, "must begin with https://"),
        ({"GRUPE": "a=b:lesen"}, "KONZEPTWERK_OIDC_GRUPE is not a variable"),
        ({"GRUPPEN": "fb50"}, "“fb50” must read group=kommune:role"),
        ({"GRUPPEN": "fb50=musterstadt"}, "must read group=kommune:role"),
        ({"GRUPPEN": "=musterstadt:leitung"}, "must read group=kommune:role"),
        ({"GRUPPEN": "fb50=Stadt Muster:leitung"}, "must read group=kommune:role"),
        ({"GRUPPEN": "fb50=musterstadt:chef"}, "“chef” in “fb50=musterstadt:chef” is no role; there are leitung, red"),
        ({"ORIGINS": "*"}, "“*” must read like https://"),
        ({"ORIGINS": "https://a.example; script-src *"}, "must read like https://"),
        ({"ORIGINS": "'unsafe-inline'"}, "must read like https://"),
    ],
)
def test_a_mistake_is_named(variablen, satz):
    with pytest.raises(ImproperlyConfigured) as fehler:
        lies(umgebung(**variablen))
    assert satz in str(fehler.value)
    assert "geheim" not in str(fehler.value)


def test_plain_http_is_for_development_and_this_machine():
    assert lies(umgebung(URL="http://login.musterstadt.example"), http_erlaubt=True)
    assert lies(umgebung(URL="http://127.0.0.1:8080"))


def test_a_mistake_stops_the_start():
    lauf = subprocess.run(
        [sys.executable, "-c", "import konzept.wsgi"],
        env=os.environ | umgebung(GRUPPEN="fb50=musterstadt:chef") | {"DJANGO_SETTINGS_MODULE": "konzept.settings"},
        cwd=einstellungen.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert lauf.returncode != 0
    assert "“chef” in “fb50=musterstadt:chef” is no role" in lauf.stderr


# On the page


@pytest.mark.django_db
def test_without_a_provider_there_is_no_trace_of_one(client):
    assert "dienst" not in client.get("/anmelden/").content.decode()
    client.force_login(mache_benutzer())
    assert "anmeldedienst" not in client.get("/konto/").content.decode()
    for pfad in (HIN, ZURUECK, "/anmelden/dienst/registrieren/", "/konto/anmeldedienste/"):
        assert client.get(pfad).status_code == 404
        assert client.post(pfad).status_code == 404


@pytest.mark.django_db
def test_with_one_there_is_its_button_and_no_other_address(client, settings):
    stelle_ein(settings, URL, NAME="Stadtkonto <Muster>")
    assert "Mit Stadtkonto &lt;Muster&gt; anmelden" in client.get("/anmelden/").content.decode()
    assert client.get("/anmelden/dienst/anderer/").status_code == 404
    assert client.get("/anmelden/dienst/anderer/zurueck/").status_code == 404
    assert client.get("/anmelden/dienst/registrieren/").url == "/anmelden/"


@pytest.mark.django_db
def test_a_form_may_lead_to_the_provider_and_nowhere_else(client, settings):
    davor = client.get("/anmelden/")["Content-Security-Policy"]
    assert "form-action 'self';" in f"{davor};"
    stelle_ein(settings, URL, ORIGINS="https://sso.land.example")
    danach = client.get("/anmelden/")["Content-Security-Policy"]
    assert "form-action 'self' https://login.musterstadt.example https://sso.land.example;" in f"{danach};"
