"""Secrets in the database: encrypted with keys that are not in it, which can be changed, and may get lost."""

import io
import logging
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import mail, signing
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.test import Client

from konzept.betrieb.geheimnisse import (
    NichtEntschluesselbar,
    entschluessele,
    erneuere,
    ist_verschluesselt,
    pruefe_schluessel,
    verschluessele,
)
from konzept.konten.forms import FAKTOR_UNLESBAR
from konzept.konten.models import Protokolleintrag
from konzept.konten.views import CODES_UNLESBAR
from konzept.postausgang.models import Sendung
from tests.fabrik import KENNWORT, fehler_am_feld, mache_benutzer, mache_kommune, seite_von, text
from tests.konzept.konten.faktor import SCHLUESSEL, bestaetige, code, mache_app, mache_codes, mache_passkey
from tests.post import stelle_zu

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

ERSTER, ZWEITER, DRITTER = "erster-" * 6, "zweiter-" * 6, "dritter-" * 6


@pytest.fixture
def konto():
    return mache_benutzer(mache_kommune(), "leitung", email="rita@stadt.example", name="Rita")


def gib_kennwort(client):
    return client.post("/anmelden/", {"login": "rita@stadt.example", "password": KENNWORT})


def gib_code(client, wert):
    return client.post("/anmelden/zweiter-faktor/", {"code": wert})


def angemeldet(client) -> bool:
    return client.get("/konto/").status_code == 200


def verliere_schluessel(settings):
    """The operator has lost the key: the installation has got another secret key, and no former one."""
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS, settings.DATENSCHLUESSEL = "ganz-anders-" * 6, [], []


def ganze_datenbank() -> str:
    """What somebody finds in a backup: every text of every table."""
    with connection.cursor() as cursor:
        zeilen = []
        for modell in apps.get_models():
            spalten = [f.column for f in modell._meta.concrete_fields if isinstance(f, models.Field)]
            namen = ", ".join(connection.ops.quote_name(spalte) for spalte in spalten)
            cursor.execute(f"SELECT {namen} FROM {connection.ops.quote_name(modell._meta.db_table)}")
            zeilen += map(str, cursor.fetchall())
    return "\n".join(zeilen)


# At rest


def test_a_copy_of_the_database_holds_no_second_factor(konto, settings):
    mache_app(konto)
    codes = mache_codes(konto)
    seed = entschluessele(Authenticator.objects.get(type="recovery_codes").data["seed"])
    kopie = ganze_datenbank()
    assert "rita@stadt.example" in kopie
    for geheim in (SCHLUESSEL, seed, *codes):
        assert geheim not in kopie


def test_the_key_of_an_app_that_is_being_set_up_does_not_stand_in_the_session_table(client, konto):
    client.force_login(konto)
    bestaetige(client)
    seite = client.get("/konto/zweiter-faktor/app/")
    schluessel = text(next(k for k in seite_von(seite).iter("code"))).replace(" ", "")
    assert client.session["mfa.totp.secret"] == schluessel
    (sitzung,) = Session.objects.all()
    # Django signs what is in a session and packs it, but whoever has the row could unpack it without any key.
    ausgepackt = signing.loads(sitzung.session_data, salt=client.session.key_salt, serializer=Unveraendert)
    assert ausgepackt.startswith(b"gAAAAA")
    assert schluessel.encode() not in ausgepackt


class Unveraendert:
    loads = staticmethod(bytes)


def test_a_session_from_before_goes_on(client, konto, settings):
    settings.SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
    client.force_login(konto)
    settings.SESSION_SERIALIZER = "konzept.betrieb.geheimnisse.Sitzungsinhalt"
    assert angemeldet(client)


def test_signing_in_with_app_and_codes(client, konto):
    mache_app(konto)
    codes = mache_codes(konto)
    gib_kennwort(client)
    gib_code(client, code())
    assert angemeldet(client)
    andere = Client()
    gib_kennwort(andere)
    gib_code(andere, codes[0])
    assert angemeldet(andere)


# Migration


def migration():
    return import_module("konzept.konten.migrations.0006_geheimnisse_verschluesselt")


def daten() -> dict[str, dict]:
    return {faktor.type: faktor.data for faktor in Authenticator.objects.all()}


def test_what_stood_in_clear_is_encrypted_once_and_comes_back(konto):
    klar = {
        "totp": {"secret": SCHLUESSEL},
        "recovery_codes": {"seed": "ab12" * 20, "used_mask": 5},
        "webauthn": mache_passkey(konto).zeile.data,
    }
    for art in ("totp", "recovery_codes"):
        Authenticator.objects.create(user=konto, type=art, data=klar[art])
    migration().verschluessele_alle(apps, None)
    verschluesselt = daten()
    assert ist_verschluesselt(verschluesselt["totp"]["secret"])
    assert ist_verschluesselt(verschluesselt["recovery_codes"]["seed"])
    assert verschluesselt["recovery_codes"]["used_mask"] == 5
    assert verschluesselt["webauthn"] == klar["webauthn"]
    migration().verschluessele_alle(apps, None)
    assert daten() == verschluesselt
    for _ in range(2):
        migration().entschluessele_alle(apps, None)
        assert daten() == klar


# Keys


def test_the_first_key_encrypts_and_all_decrypt(settings):
    settings.DATENSCHLUESSEL = [ERSTER]
    alt = verschluessele("geheim")
    settings.DATENSCHLUESSEL = [ZWEITER, ERSTER]
    neu = erneuere(alt)
    assert entschluessele(alt) == entschluessele(neu) == "geheim"
    settings.DATENSCHLUESSEL = [ZWEITER]
    assert entschluessele(neu) == "geheim"
    with pytest.raises(NichtEntschluesselbar):
        entschluessele(alt)


def test_without_keys_of_its_own_the_secret_key_is_enough(settings):
    settings.DATENSCHLUESSEL, vorher = [], settings.SECRET_KEY
    alt = verschluessele("geheim")
    settings.DATENSCHLUESSEL = [ERSTER]
    assert entschluessele(alt) == "geheim"
    settings.DATENSCHLUESSEL, settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = [], DRITTER, [vorher]
    assert entschluessele(alt) == "geheim"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(NichtEntschluesselbar):
        entschluessele(alt)


def test_short_keys_stop_the_start():
    assert pruefe_schluessel([ERSTER, ZWEITER]) == [ERSTER, ZWEITER]
    with pytest.raises(ImproperlyConfigured, match="KONZEPTWERK_DATENSCHLUESSEL: every key needs at least 32"):
        pruefe_schluessel([ERSTER, "kurz"])


def erneuere_geheimnisse(**optionen) -> str:
    ausgabe = io.StringIO()
    call_command("geheimnisse_erneuern", stdout=ausgabe, **optionen)
    return ausgabe.getvalue()


def test_after_the_command_the_former_key_is_no_longer_needed(client, konto, settings):
    settings.DATENSCHLUESSEL = [ERSTER]
    mache_app(konto)
    codes = mache_codes(konto)
    settings.DATENSCHLUESSEL = [ZWEITER, ERSTER]
    gib_kennwort(client)
    gib_code(client, codes[0])
    assert erneuere_geheimnisse() == "Neu verschlüsselt: 2 zweite Faktoren und 1 Sitzung.\n"
    settings.DATENSCHLUESSEL = [ZWEITER]
    assert angemeldet(client)
    andere = Client()
    gib_kennwort(andere)
    assert gib_code(andere, codes[0]).status_code == 200  # used already, and still so
    gib_code(andere, code())
    assert angemeldet(andere)
    assert erneuere_geheimnisse() == "Neu verschlüsselt: 2 zweite Faktoren und 2 Sitzungen.\n"


def test_mails_that_wait_are_read_with_the_new_key_alone(settings):
    settings.DATENSCHLUESSEL, settings.EMAIL_BACKEND = [ERSTER], "konzept.postausgang.backend.Postausgang"
    EmailMessage("Betreff", "Text", to=["rita@stadt.example"]).send()
    EmailMessage("Betreff", "Text", to=["weg@stadt.example"]).send()
    Sendung.objects.filter(empfaenger="weg@stadt.example").update(inhalt="gAAAAA-unlesbar")
    settings.DATENSCHLUESSEL = [ZWEITER, ERSTER]
    assert "Ebenso wartende E-Mails: 1." in erneuere_geheimnisse()
    settings.DATENSCHLUESSEL = [ZWEITER]
    stelle_zu()
    assert [m.to for m in mail.outbox] == [["rita@stadt.example"]]


def test_the_command_says_what_it_cannot_read_and_what_to_do(konto, settings):
    fremdes = mache_benutzer(email="lea@stadt.example")
    mache_app(konto)
    verliere_schluessel(settings)
    mache_app(fremdes)
    with pytest.raises(CommandError) as fehler:
        erneuere_geheimnisse()
    satz = str(fehler.value)
    assert "Mit keinem Schlüssel zu lesen: 1 zweiter Faktor von rita@stadt.example." in satz
    assert "KONZEPTWERK_DATENSCHLUESSEL" in satz
    assert "--unlesbare-entfernen" in satz
    assert Authenticator.objects.count() == 2


def test_the_way_back_where_the_key_is_gone(client, konto, settings):
    mache_app(konto)
    mache_codes(konto)
    verliere_schluessel(settings)
    ausgabe = erneuere_geheimnisse(unlesbare_entfernen=True)
    assert "Entfernt: 2 zweite Faktoren." in ausgabe
    assert "rita@stadt.example" in ausgabe
    assert {e.text for e in Protokolleintrag.objects.filter(ereignis="zweiter_faktor", person=konto)} == {
        f"{was}: von der Technik entfernt, weil der Schlüssel dazu fehlt"
        for was in ("Authentifizierungs-App", "Wiederherstellungscodes")
    }
    gib_kennwort(client)
    assert angemeldet(client)


def test_sessions_that_no_key_reads_end(client, konto, settings):
    client.force_login(konto)
    verliere_schluessel(settings)
    assert "Nicht lesbar und deshalb beendet: 1 Sitzung." in erneuere_geheimnisse()
    assert not Session.objects.exists()
    assert not angemeldet(client)


# Where the key is lost


def test_signing_in_says_that_it_is_not_the_code(client, konto, settings, caplog):
    mache_app(konto)
    mache_codes(konto)
    verliere_schluessel(settings)
    gib_kennwort(client)
    with caplog.at_level(logging.ERROR):
        antwort = gib_code(client, code())
    assert antwort.status_code == 200
    assert FAKTOR_UNLESBAR in fehler_am_feld(antwort, "id_code")
    assert not angemeldet(client)
    assert "geheimnisse_erneuern" in caplog.text


def test_codes_that_can_be_read_count_where_the_app_cannot(client, konto, settings):
    mache_app(konto)
    verliere_schluessel(settings)
    codes = mache_codes(konto)
    gib_kennwort(client)
    assert gib_code(client, "000000").status_code == 200
    gib_code(client, codes[3])
    assert angemeldet(client)


def test_the_pages_of_the_second_factor_lead_to_a_new_one(client, konto, settings):
    """Whoever has a passkey still comes in, and sets up the rest anew."""
    mache_passkey(konto)
    mache_app(konto)
    mache_codes(konto)
    verliere_schluessel(settings)
    client.force_login(konto)
    bestaetige(client)
    assert "Codes erzeugen" in client.get("/konto/zweiter-faktor/").content.decode()
    for pfad in ("/konto/zweiter-faktor/codes/", "/konto/zweiter-faktor/codes/datei/"):
        antwort = client.get(pfad, follow=True)
        assert antwort.redirect_chain[-1][0] == "/konto/zweiter-faktor/codes/neu/"
        assert CODES_UNLESBAR in antwort.content.decode()
    assert client.post("/konto/zweiter-faktor/codes/neu/").status_code == 302
    assert len(list(seite_von(client.get("/konto/zweiter-faktor/codes/")).iter("code"))) == 10
    assert client.post("/konto/zweiter-faktor/app/abschalten/").status_code == 302
    assert not Authenticator.objects.filter(type="totp").exists()
