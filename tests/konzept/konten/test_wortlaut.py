"""No word of allauth's own reaches anybody: every page, mail and sentence is ours, in German and with "Sie"."""

import re
from pathlib import Path

import allauth
import pytest
from allauth.account import app_settings as konto_einstellungen
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa import app_settings as faktor_einstellungen
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core import mail
from django.template.loader import get_template, render_to_string
from django.test import Client
from django.utils import timezone

from konzept.konten.anmeldedienst import FaktorAdapter, KontoAdapter
from konzept.konten.models import Benutzer
from tests.fabrik import KENNWORT, mache_benutzer, seite_von, text
from tests.konzept.konten.faktor import bestaetige, code, mache_app, mache_codes, mache_passkey
from tests.post import stelle_zu

pytestmark = pytest.mark.django_db

ENGLISCH = set(
    re.findall(
        r"\w+",
        """account address and are authenticator cannot change click confirm current date enter expired forgot from has
        have hello invalid key log login number of only page password please remove reset security send sign signed
        site successfully thank the this to type used user using verification verify with you your""",
    )
)
DUZEN = {"du", "dich", "dir", "dein", "deine", "deinem", "deinen", "deiner", "deines"}
WORT = re.compile(r"[A-Za-zÄÖÜäöüß][\wÄÖÜäöüß-]*")


def fremde_woerter(satz: str) -> set[str]:
    ohne_adressen = re.sub(r"\S+@\S+|https?://\S+|\S*/\S*/\S*", " ", satz)
    return {w.lower() for w in WORT.findall(ohne_adressen)} & (ENGLISCH | DUZEN)


def test_the_list_finds_what_it_should():
    assert fremde_woerter("Please confirm your password.") == {"please", "confirm", "your", "password"}
    assert fremde_woerter("Du hast dein Passwort geändert.") == {"du", "dein"}
    assert not fremde_woerter("Sie setzen Ihr Kennwort über https://the.example/user/ neu.")


# Templates

ORDNER = Path(allauth.__file__).parent / "templates"
UNERREICHBAR = re.compile(
    r"""
    account/base_\w+|account/snippets|allauth/elements|\w+/base_\w+  # frames that our pages do not use
    |mfa/(recovery_codes|totp|webauthn)/base|mfa/webauthn/snippets/login_script
    |phone|\w*login_code|reset_code|verification_code|base_confirm_code  # telephones and codes by mail are not in use
    |by_passkey|mfa/webauthn/signup_form  # nobody registers
    |mfa/trust  # browsers are not trusted
    """,
    re.VERBOSE,
)


def vorlagen() -> list[str]:
    pfade = (pfad for art in ("account", "mfa", "usersessions") for pfad in (ORDNER / art).rglob("*.*"))
    alle = (pfad.relative_to(ORDNER).as_posix() for pfad in pfade)
    return sorted(name for name in alle if not UNERREICHBAR.search(name))


def test_every_template_that_can_be_reached_is_ours():
    unsere = str(settings.BASE_DIR / "templates")
    fremd = [name for name in vorlagen() if not get_template(name).origin.name.startswith(unsere)]
    assert fremd == []
    assert len(vorlagen()) > 70


@pytest.mark.parametrize("pfad", sorted((settings.BASE_DIR / "templates").rglob("*.html")), ids=lambda p: p.name)
def test_no_page_has_inline_style_or_script(pfad):
    quelle = pfad.read_text()
    assert not re.search(r'\sstyle="|\son\w+="', quelle)
    for skript in re.findall(r"<script\b[^>]*>", quelle):
        # An import map has to stand in the page itself; it carries the nonce.
        assert "src=" in skript or 'type="application/json"' in skript or 'type="importmap" nonce=' in skript


MAILS = [name.removesuffix("_message.txt") for name in vorlagen() if name.endswith("_message.txt")]


@pytest.mark.parametrize("name", MAILS)
def test_mails_say_who_sent_them_and_what_to_do(name, rf):
    class Ort:
        domain = "konzept.stadt.example"

    kontext = {
        "request": rf.get("/"), "current_site": Ort, "user": "Rita & Söhne", "ip": "192.0.2.1", "user_agent": "Firefox",
        "timestamp": timezone.now(), "from_email": "alt@stadt.example", "to_email": "neu@stadt.example",
        "deleted_email": "weg@stadt.example", "activate_url": "https://konzept.stadt.example/a/",
        "password_reset_url": "https://konzept.stadt.example/b/",
    }  # fmt: skip
    betreff = render_to_string(f"{name}_subject.txt", kontext).strip()
    rumpf = render_to_string(f"{name}_message.txt", kontext)
    assert betreff
    assert "\n" not in betreff
    assert not fremde_woerter(betreff + "\n" + rumpf)
    assert "Konzeptwerk\n" in rumpf
    assert "kommt von konzept.stadt.example" in rumpf
    assert re.search(r"waren das nicht|waren nicht Sie|das nicht angefordert|das waren nicht Sie", rumpf)
    assert "&amp;" not in rumpf
    assert "Passwort" not in rumpf
    assert max(len(zeile) for zeile in rumpf.splitlines()) <= 100


@pytest.mark.parametrize("name", [name for name in vorlagen() if "/messages/" in name])
def test_messages(name):
    satz = render_to_string(name, {"email": "a&b@stadt.example", "user": "Rita"}).strip()
    assert not fremde_woerter(satz)
    assert (satz == "") == (name == "account/messages/logged_in.txt")


@pytest.mark.parametrize(
    ("unsere", "ihre"), [(KontoAdapter, DefaultAccountAdapter), (FaktorAdapter, DefaultMFAAdapter)]
)
def test_error_sentences(unsere, ihre):
    assert set(unsere.error_messages) == set(ihre.error_messages)
    assert not fremde_woerter(" ".join(map(str, unsere.error_messages.values())))


# Pages, as they really come


def _seiten(client, konto):
    """Every page that somebody can reach, in every state, with its errors."""
    for pfad in (
        "/anmelden/", "/anmelden/registrieren/", "/anmelden/gesperrt/", "/kennwort-vergessen/",
        "/kennwort-vergessen/gesendet/", "/kennwort-vergessen/1-abc/", "/kennwort-vergessen/fertig/",
        "/adresse-bestaetigen/", "/adresse-bestaetigen/abc/",
    ):  # fmt: skip
        yield client.get(pfad)
    yield client.post("/anmelden/", {})
    yield client.post("/anmelden/", {"login": "x", "password": "x"})
    yield client.post("/kennwort-vergessen/", {"email": ""})
    yield client.post("/kennwort-vergessen/", {"email": "x"})
    client.post("/kennwort-vergessen/", {"email": konto.email})
    stelle_zu()
    setzen = client.get(re.search(r"http://testserver(\S+)", mail.outbox[-1].body)[1]).url
    yield client.get(setzen)
    yield client.post(setzen, {"password1": "kurz", "password2": "x"})

    mache_passkey(konto)
    client.post("/anmelden/", {"login": konto.email, "password": KENNWORT})
    yield client.get("/anmelden/zweiter-faktor/")
    yield client.post("/anmelden/zweiter-faktor/", {"code": ""})
    yield client.post("/anmelden/zweiter-faktor/", {"code": "1"})
    yield client.post("/anmelden/zweiter-faktor/", {"credential": "x"})

    client.force_login(konto)
    einmal = ["/konto/", "/konto/adresse/", "/konto/kennwort/", "/konto/sitzungen/", "/konto/zweiter-faktor/"]
    faktor = "/konto/zweiter-faktor/"
    for pfad in [*einmal, f"{faktor}passkeys/", "/konto/bestaetigen/", "/konto/bestaetigen/passkey/"]:
        yield client.get(pfad)
    yield client.post("/konto/bestaetigen/", {"password": "falsch"})
    yield client.post("/konto/bestaetigen/passkey/", {"credential": "x"}, follow=True)
    yield client.post("/konto/kennwort/", {"oldpassword": "x", "password1": "1", "password2": "2"})
    yield client.post("/konto/adresse/", {"action_add": "1", "email": "x"})
    bestaetige(client)
    pk = konto.authenticator_set.get().pk
    for pfad in ("app/", "passkeys/neu/", f"passkeys/{pk}/bearbeiten/", f"passkeys/{pk}/loeschen/", "codes/neu/"):
        yield client.get(faktor + pfad)
    yield client.post(f"{faktor}app/", {"code": "1"})
    yield client.post(f"{faktor}passkeys/neu/", {"credential": "{}"})
    yield client.post(f"{faktor}passkeys/{pk}/bearbeiten/", {"name": ""})
    mache_app(konto)
    mache_codes(konto)
    for pfad in ("", "codes/", "codes/neu/", "app/abschalten/"):
        yield client.get(faktor + pfad)
    for pfad in ("/konto/", "/konto/bestaetigen/zweiter-faktor/"):
        yield client.get(pfad)
    yield client.post("/konto/bestaetigen/zweiter-faktor/", {"code": "1"})
    client.post("/konto/bestaetigen/zweiter-faktor/?next=/konto/", {"code": code()})
    yield client.post("/konto/adresse/", {"action_add": "1", "email": "neu@stadt.example"}, follow=True)
    bestaetigung = re.search(r"http://testserver(\S+)", mail.outbox[-1].body)[1]
    for wer in (client, Client()):
        yield wer.get(bestaetigung)
    yield client.post(bestaetigung, follow=True)
    yield client.post("/abmelden/", follow=True)


def test_pages(client):
    konto = mache_benutzer(email="rita@stadt.example", name="Rita Redaktion")
    gefunden = {}
    anzahl = 0
    for antwort in _seiten(client, konto):
        anzahl += 1
        wer = antwort.request["REQUEST_METHOD"], antwort.request["PATH_INFO"]
        assert antwort.status_code == 200, wer
        seite = seite_von(antwort)
        satz = " ".join(text(teil) for teil in seite.iter("body") for teil in [teil])
        satz += " ".join(k.get(a, "") for k in seite.iter() for a in ("placeholder", "aria-label", "alt", "title"))
        skripte = " ".join(text(k) for k in seite.iter("script"))
        if fremd := fremde_woerter(satz.replace(skripte, "")) - _aus_skripten(seite):
            gefunden[wer] = fremd
        assert "Passwort" not in satz, wer
    assert gefunden == {}
    assert anzahl > 50


def _aus_skripten(seite) -> set[str]:
    return set().union(*(fremde_woerter(text(k)) for k in seite.iter("script")))


# Settings that keep some of allauth's templates out of reach


def test_what_is_not_in_use():
    assert not konto_einstellungen.LOGIN_BY_CODE_ENABLED
    assert not konto_einstellungen.EMAIL_VERIFICATION_BY_CODE_ENABLED
    assert not konto_einstellungen.PASSWORD_RESET_BY_CODE_ENABLED
    assert not faktor_einstellungen.TRUST_ENABLED
    assert not faktor_einstellungen.PASSKEY_SIGNUP_ENABLED
    assert not KontoAdapter().is_open_for_signup(None)
    assert Benutzer.objects.count() == 0
