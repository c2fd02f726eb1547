"""An identity provider on this machine, and what a person does there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from csp.constants import SELF
from oidc_provider_mock import run_server_in_thread

from konzept.konten.models import Benutzer
from konzept.konten.oidc.einstellungen import KENNUNG, lies
from tests.fabrik import alle_zeilen

ANNA = "anna@stadt.example"
HIN = f"/anmelden/dienst/{KENNUNG}/"
ZURUECK = f"{HIN}zurueck/"
GRUPPEN = "fb50-leitung=musterhausen:leitung,fb50-alle=musterhausen:redaktion,fb50-alle=nachbarstadt:lesen"


@dataclass
class Anbieter:
    """The provider; `url` is its issuer."""

    url: str

    def kennt(self, sub: str, **angaben) -> None:
        """From now on it says this about the person, and nothing else."""
        requests.put(f"{self.url}/users/{sub}", json=angaben, timeout=5).raise_for_status()

    def bestaetigt(self, adresse: str, sub: str) -> str:
        """The person signs in at the page to which Konzeptwerk sent it; where the provider sends it then."""
        return self._sende(adresse, {"sub": sub})

    def lehnt_ab(self, adresse: str) -> str:
        """The same, but the person refuses. RFC 6749, 4.1.2.1 asks for the `state`, which this provider forgets."""
        (state,) = parse_qs(urlsplit(adresse).query)["state"]
        return f"{self._sende(adresse, {'action': 'deny'})}&state={state}"

    def _sende(self, adresse: str, daten: dict) -> str:
        assert adresse.startswith(f"{self.url}/")
        antwort = requests.post(adresse, data=daten, allow_redirects=False, timeout=5)
        assert antwort.status_code == 302
        ziel = urlsplit(antwort.headers["Location"])
        return f"{ziel.path}?{ziel.query}"


@contextmanager
def laufender_anbieter() -> Iterator[Anbieter]:
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    with run_server_in_thread() as server:
        yield Anbieter(f"http://localhost:{server.server_port}")


def stelle_ein(settings, url: str, **variablen: str) -> None:
    """Configure the settings of a test as the environment would: `GRUPPEN="…"` is KONZEPTWERK_OIDC_GRUPPEN."""
    werte = {"URL": url, "CLIENT": "konzeptwerk", "SECRET": "geheim", "GRUPPEN": GRUPPEN} | variablen
    dienst = lies({f"KONZEPTWERK_OIDC_{name}": wert for name, wert in werte.items()})
    settings.OIDC, settings.OIDC_ZWEITER_FAKTOR = dienst, dienst.zweiter_faktor
    settings.SOCIALACCOUNT_PROVIDERS = dienst.allauth
    direktiven = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"] | {"form-action": [SELF, *dienst.origins]}
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": direktiven}


def geht_hin(client, **felder: str):
    return client.post(HIN, felder)


def meldet_sich_an(client, anbieter: Anbieter, sub: str = "anna", **felder: str):
    """The whole way, without a browser; the answer to the return."""
    return client.get(anbieter.bestaetigt(geht_hin(client, **felder).url, sub))


def angemeldet(client) -> Benutzer | None:
    """Who has signed in."""
    return client.get("/", follow=True).wsgi_request.user if "_auth_user_id" in client.session else None


def rollen(benutzer) -> set[tuple[str, str, str]]:
    """Kommune, role and where it comes from."""
    return set(benutzer.mitgliedschaften.values_list("kommune__slug", "rolle", "herkunft"))


def zustand():
    """Everything that is stored about people, but for sessions."""
    return alle_zeilen() | {
        modell.__name__: list(modell.objects.order_by("pk").values())
        for modell in (SocialAccount, SocialToken, EmailAddress)
    }
