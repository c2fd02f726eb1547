"""The address of the installation comes from its operator, and links, cookies and refusals follow from it."""

import re

import pytest
from django.conf import settings as einstellungen
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, RequestFactory

from konzept.betrieb.eigene_adresse import Adresse, EigeneAdresse, absolut, lies
from tests.fabrik import KENNWORT, kommunen_adresse, mache_benutzer, mache_kommune
from tests.post import stelle_zu

# Reading it


@pytest.mark.parametrize(
    ("text", "adresse", "host"),
    [
        ("https://konzept.example", "https://konzept.example", "konzept.example"),
        (" https://Konzept.Example:443/ ", "https://konzept.example", "konzept.example"),
        ("https://konzept.example:8443", "https://konzept.example:8443", "konzept.example"),
        ("http://localhost:8000", "http://localhost:8000", "localhost"),
        ("http://127.0.0.1:80", "http://127.0.0.1", "127.0.0.1"),
        ("http://[::1]:8000", "http://[::1]:8000", "[::1]"),
    ],
)
def test_address_is_written_as_browsers_write_it(text, adresse, host):
    gelesen = lies(text, entwicklung=False)
    assert (str(gelesen), gelesen.host) == (adresse, host)
    assert gelesen.verschluesselt == adresse.startswith("https")


@pytest.mark.parametrize("text", ["http://konzept.example", "HTTP://konzept.example:8000/", "http://localhost.example"])
def test_without_tls_only_in_development(text):
    with pytest.raises(ImproperlyConfigured, match="must begin with https://"):
        lies(text, entwicklung=False)
    assert lies(text, entwicklung=True).schema == "http"


@pytest.mark.parametrize(
    "text",
    [
        "konzept.example",
        "https://",
        "https://konzept.example/pfad",
        "https://konzept.example?a=1",
        "https://konzept.example#a",
        "https://wer@konzept.example",
        "https://*.konzept.example",
        "https://konzept.example,https://andere.example",
        "https://konzept.example\\@boese.example",
        "https://köln.example",
        "https://konzept.example:port",
        "ftp://konzept.example",
        "https://konzept.example\nX: y",
    ],
)
@pytest.mark.parametrize("entwicklung", [True, False])
def test_anything_else_is_refused_with_a_sentence(text, entwicklung):
    with pytest.raises(ImproperlyConfigured, match="KONZEPTWERK_ADRESSE must be the address"):
        lies(text, entwicklung=entwicklung)


def test_only_development_does_without():
    assert lies("", entwicklung=True) is None
    with pytest.raises(ImproperlyConfigured, match=r"KONZEPTWERK_ADRESSE is missing\. Set it to the address"):
        lies(" ", entwicklung=False)


def test_links_that_no_request_asks_for(settings):
    assert absolut("/konto/") == "http://localhost:8000/konto/"
    settings.ADRESSE = Adresse("https", "konzept.example", 8443)
    assert absolut("/konto/") == "https://konzept.example:8443/konto/"


# Into every request


@pytest.fixture
def installation(settings, db):
    """An installation that has a second name inside the network, behind a proxy that does not pass on TLS."""
    settings.ADRESSE, settings.TLS_ENDET_DAVOR = Adresse("https", "konzept.example"), True
    settings.ALLOWED_HOSTS = ["konzept.example", "innen.example"]
    settings.CSRF_TRUSTED_ORIGINS = ["https://konzept.example"]


def test_it_is_the_outermost_middleware():
    """Whatever reads host or scheme of a request comes after it."""
    assert einstellungen.MIDDLEWARE[0] == "konzept.betrieb.eigene_adresse.EigeneAdresse"


def verweise() -> list[str]:
    return [adresse for nachricht in mail.outbox for adresse in re.findall(r"\w+://[^\s/]+", nachricht.body)]


@pytest.mark.usefixtures("installation")
def test_no_mail_takes_its_host_or_scheme_from_the_request():
    """Each mail of the account, and an invitation; what the browser says is another name of the installation."""
    kommune = mache_kommune()
    konto = mache_benutzer(kommune, "leitung", email="rita@stadt.example")
    client = Client(headers={"host": "innen.example"})
    client.post("/kennwort-vergessen/", {"email": konto.email})
    client.post("/anmelden/", {"login": konto.email, "password": KENNWORT})
    client.post("/konto/bestaetigen/?next=/konto/", {"password": KENNWORT})
    client.post("/konto/adresse/", {"email": "neu@stadt.example", "action_add": ""})
    client.post(kommunen_adresse(kommune, "einladungen", "neu"), {"email": "lea@stadt.example", "rolle": "lesen"})
    neu = "birnbaum-tischlampe-7"
    client.post("/konto/kennwort/", {"oldpassword": KENNWORT, "password1": neu, "password2": neu})
    stelle_zu()
    betreffe = " ".join(nachricht.subject for nachricht in mail.outbox)
    assert len(mail.outbox) == 4, betreffe
    assert set(verweise()) == {"https://konzept.example"}
    assert "http://" not in " ".join(nachricht.body for nachricht in mail.outbox)


@pytest.mark.usefixtures("installation")
def test_the_address_is_the_one_at_the_start(settings):
    """No request is let through under the name that it brought, whatever becomes of the settings."""
    schicht = EigeneAdresse(lambda request: request.get_host())
    settings.ADRESSE = None
    assert schicht(RequestFactory().get("/", headers={"host": "innen.example"})) == "konzept.example"


@pytest.mark.usefixtures("installation")
def test_foreign_host_stays_foreign():
    assert Client(headers={"host": "boese.example"}).get("/anmelden/").status_code == 400


@pytest.mark.usefixtures("installation")
@pytest.mark.parametrize(
    ("origin", "status"),
    [("https://konzept.example", 302), ("http://konzept.example", 403), ("https://innen.example", 403), (None, 403)],
)
def test_forms_are_taken_from_the_own_address_alone(origin, status):
    """Though the proxy hands the request on in plain http and under another name."""
    konto = mache_benutzer(email="rita@stadt.example")
    client = Client(enforce_csrf_checks=True, headers={"host": "innen.example"})
    client.get("/anmelden/")
    daten = {
        "login": konto.email,
        "password": KENNWORT,
        "csrfmiddlewaretoken": client.cookies[einstellungen.CSRF_COOKIE_NAME].value,
    }
    antwort = client.post("/anmelden/", daten, headers={"origin": origin} if origin else {})
    assert antwort.status_code == status


@pytest.mark.usefixtures("installation")
def test_what_was_typed_survives_an_expired_session_behind_the_proxy():
    kommune = mache_kommune()
    client = Client(enforce_csrf_checks=True, headers={"host": "innen.example", "origin": "https://konzept.example"})
    daten = {"_konto": "1", "email": "lea@stadt.example"}
    antwort = client.post(kommunen_adresse(kommune, "einladungen", "neu"), daten)
    assert antwort.status_code == 401
    assert "lea%40stadt.example" in antwort.content.decode()


@pytest.mark.usefixtures("installation")
def test_passkeys_belong_to_the_own_address():
    client = Client(headers={"host": "innen.example"})
    frage = client.get("/anmelden/passkey/", headers={"accept": "application/json"}).json()
    assert frage["request_options"]["publicKey"]["rpId"] == "konzept.example"


@pytest.mark.django_db
def test_messages_lie_in_the_session_not_in_a_cookie(client):
    konto = mache_benutzer(email="rita@stadt.example")
    client.force_login(konto)
    assert client.post("/konto/", {"name": "Rita Richtig"}).status_code == 302
    assert set(client.cookies) <= {einstellungen.SESSION_COOKIE_NAME, einstellungen.CSRF_COOKIE_NAME}
    assert "gespeichert" in client.get("/konto/").content.decode()
