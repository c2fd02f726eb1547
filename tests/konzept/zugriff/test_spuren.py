"""Every act of weight leaves an entry in the log: each address that does something, and each that hands out a file.

A new address fails here until it says which entry it leaves, or why it leaves none.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from konzept.beratung.models import Anmerkung
from konzept.konten.models import Ereignis, Protokolleintrag
from tests.fabrik import (
    KENNWORT,
    eingaben,
    mache_anmerkung,
    mache_benutzer,
    mache_runde,
    mache_stellungnahme,
)
from tests.konzept.zugriff.adressen import DURCHGELASSEN, MUSTER, pfad, werte
from tests.satz import stelle_ausgaben_her

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank, pytest.mark.usefixtures("ohne_druck")]

E = Ereignis
INHALT = "content: what it was, and who changed it when, stands in its own history"
GESAGTES = "what is said and answered stands where it is said, with its moment and its author"
ZEIGT = "shows something, and does nothing"
FREI = "what was published is for everybody"


class Tat:
    """What somebody does at an address: `tu(client, welt, ort)`; and the events it leaves."""

    def __init__(self, tu: Callable, *ereignisse: str):
        self.tu, self.ereignisse = tu, set(ereignisse)


def sende(ort, client, mit="_version", **aenderungen):
    """Fill in the form as it is shown, and press its button."""
    antwort = client.post(ort, eingaben(client.get(ort), mit) | aenderungen)
    assert antwort.status_code == 302, antwort.status_code
    return antwort


def formular(mit="_version", **aenderungen):
    return lambda client, welt, ort: sende(ort, client, mit, **{n: _wert(w, welt) for n, w in aenderungen.items()})


def _wert(wert, welt):
    return wert(welt) if callable(wert) else wert


def knopf(**daten):
    def druecke(client, welt, ort):
        assert client.post(ort, daten).status_code == 302

    return druecke


def oeffne(client, welt, ort):
    assert client.get(ort).status_code == 200


def oeffne_die_fassung_als_pdf(client, welt, ort):
    stelle_ausgaben_her(welt.fassung)
    oeffne(client, welt, ort)


def vergleiche(client, welt, ort):
    oeffne(client, welt, f"{ort}?alt={welt.fassung.nummer}&neu=stand")


def gib_frei(client, welt, ort):
    anmerkung = mache_anmerkung(welt.fassung.runden.get(), mache_benutzer(welt.kommune, "gremium"))
    mache_stellungnahme(anmerkung)
    assert client.post(ort, {"a": [anmerkung.pk]}).status_code == 302


def nimm_zurueck(client, welt, _):
    anmerkung = mache_anmerkung(mache_runde(welt.fassung), mache_benutzer(welt.kommune, "gremium"))
    mache_stellungnahme(anmerkung, frei=True)
    ort = pfad("beratung:zuruecknehmen", welt).split("/abwaegung/")[0].rsplit("/", 1)[0]
    ort = f"{ort}/{anmerkung.runde.pk}/abwaegung/{anmerkung.pk}/zuruecknehmen/"
    assert client.post(ort, {"grund": "Ein Zahlendreher."}).status_code == 302


def vermerke_eingearbeitet(client, welt, ort):
    mache_stellungnahme(Anmerkung.objects.latest("pk"))
    assert client.post(ort).status_code == 302


def lege_vor(client, welt, ort):
    ende = f"{localdate() + timedelta(days=7):%d.%m.%Y}"
    sende(ort, client, ende=ende, gremien=[welt.kommune.gremien.first().pk], personen=[_person(welt)])


def _person(welt) -> int:
    return mache_benutzer(welt.kommune, "gremium").pk


def nimm_einladung_an(client, welt, ort):
    client = Client()
    daten = {"name": "Neu hier", "password1": KENNWORT, "password2": KENNWORT}
    assert client.post(ort, daten).status_code == 302


GETAN: dict[str, Tat] = {
    "account_logout": Tat(knopf(), E.ABGEMELDET),
    # The Kommune and who is in it
    "konten:konto": Tat(formular("name", name="Anders Geheissen"), E.NAME_GEAENDERT),
    "konten:daten_datei": Tat(lambda c, w, ort: c.post(ort), E.DATEN_AUSGEGEBEN),
    "konten:einladung": Tat(nimm_einladung_an, E.BEIGETRETEN, E.ROLLE_GEGEBEN),
    "verwaltung:einladen": Tat(formular("email", email="neu@stadt.example", rolle="lesen"), E.EINGELADEN),
    "verwaltung:erneut": Tat(knopf(), E.EINGELADEN),
    "verwaltung:widerrufen": Tat(knopf(), E.EINLADUNG_WIDERRUFEN),
    "verwaltung:rollen": Tat(formular("stand", redaktion="on"), E.ROLLE_GEGEBEN),
    "verwaltung:entfernen": Tat(knopf(), E.ROLLE_ENTZOGEN),
    "verwaltung:stammdaten": Tat(formular(kurzname="Neu", zweiter_faktor="on"), E.STAMMDATEN, E.FAKTORPFLICHT),
    "sitze:bearbeiten": Tat(formular("konten", konten=lambda w: [_person(w)]), E.SITZ_GEGEBEN),
    # The concept
    "verzeichnis:konzept_neu": Tat(
        formular(titel="Neues Konzept", slug="neues", beginnt_mit="leer"), E.KONZEPT_ANGELEGT
    ),
    "verzeichnis:loeschen": Tat(knopf(), E.GELOESCHT),
    "werkbank:loeschen": Tat(knopf(), E.GELOESCHT),
    "werkbank:zurueckholen": Tat(knopf(), E.ZURUECKGEHOLT),
    "konzept:pdf": Tat(oeffne, E.AUSGABE),
    **{
        f"teildrucke:{name}": Tat(oeffne, E.AUSGABE)
        for name in (
            *("kapitel", "kapitelblaetter", "massnahme", "steckbriefe"),
            *("fassung_kapitel", "fassung_kapitelblaetter"),
        )
    },
    "teildrucke:liste": Tat(oeffne, E.AUSGABE),
    "teildrucke:akteur": Tat(oeffne, E.AUSGABE),
    "vergleich:druck": Tat(vergleiche, E.AUSGABE),
    # Fassungen
    "fassungen:neu": Tat(formular("art", art="entwurf"), E.FESTGESCHRIEBEN),
    "fassungen:pdf": Tat(oeffne_die_fassung_als_pdf, E.AUSGABE),
    "fassungen:grossdruck": Tat(oeffne, E.AUSGABE),
    "fassungen:json": Tat(oeffne, E.AUSGABE),
    "fassungen:beschluss": Tat(formular("gremium", gremium="Rat", datum="28.10.2020"), E.BESCHLUSS),
    "fassungen:veroeffentlichen": Tat(knopf(), E.VEROEFFENTLICHT),
    "fassungen:zuruecknehmen": Tat(knopf(), E.ZURUECKGENOMMEN),
    # Beratung
    "beratung:neu": Tat(lege_vor, E.RUNDE, E.VORGELEGT),
    "beratung:bearbeiten": Tat(formular(personen=lambda w: [_person(w)]), E.RUNDE, E.VORGELEGT),
    "beratung:verlaengern": Tat(
        formular("grund", grund="Ferien", bis=f"{localdate() + timedelta(days=99):%d.%m.%Y}"), E.RUNDE
    ),
    "beratung:beenden": Tat(formular("grund", grund="Der Rat tagt früher."), E.RUNDE),
    "beratung:freigeben": Tat(gib_frei, E.FREIGEGEBEN),
    "beratung:zuruecknehmen": Tat(nimm_zurueck, E.FREIGABE_ZURUECKGENOMMEN),
    "beratung:papier": Tat(formular(papier_von="Frau Yilmaz", text="Zu lang."), E.RUNDE),
    "beratung:bearbeiten_anmerkung": Tat(formular(text="Viel zu lang.", grund="Ein Lesefehler."), E.RUNDE),
    "beratung:zurueckziehen": Tat(knopf(grund="Steht doppelt da."), E.RUNDE),
    "beratung:eingearbeitet": Tat(vermerke_eingearbeitet, E.RUNDE),
    "beratung:bogen": Tat(oeffne, E.AUSGABE),
    "beratung:druck": Tat(oeffne, E.AUSGABE),
    "beratung:excel": Tat(oeffne, E.AUSGABE),
    # Vorlagen
    "vorlagen:neu": Tat(formular(), E.VORLAGE),
    "vorlagen:ergebnis": Tat(formular(bemerkung="Vertagt auf Juni."), E.VORLAGE),
    "vorlagen:druck": Tat(oeffne, E.AUSGABE),
}

KONTEN = "tests/konzept/konten"
ANDERSWO: dict[str, tuple[str, str]] = {
    "account_login": ("angemeldet", f"{KONTEN}/test_protokoll.py::test_signing_in_and_out"),
    "mfa_authenticate": (
        "angemeldet",
        f"{KONTEN}/test_protokoll.py::test_signing_in_with_a_second_factor_is_logged_once_it_is_through",
    ),
    "mfa_login_webauthn": ("angemeldet", f"{KONTEN}/test_protokoll.py::test_signing_in_and_out"),
    "openid_connect_callback": (
        "rolle_gegeben",
        f"{KONTEN}/test_oidc_rollen.py::test_given_and_taken_roles_stand_in_the_log_once",
    ),
    "socialaccount_connections": (
        "anmeldedienst",
        f"{KONTEN}/test_oidc_rollen.py::test_undoing_the_link_takes_the_roles_that_came_with_it",
    ),
    **dict.fromkeys(
        ("account_change_password", "account_set_password", "account_reset_password_from_key"),
        ("kennwort_geaendert", f"{KONTEN}/test_protokoll.py::test_another_password_and_a_forgotten_one"),
    ),
    "account_confirm_email": (
        "adresse_geaendert",
        f"{KONTEN}/test_protokoll.py::test_another_address_is_logged_without_the_address",
    ),
    **dict.fromkeys(
        (
            *("mfa_activate_totp", "mfa_deactivate_totp", "mfa_generate_recovery_codes"),
            *("mfa_add_webauthn", "mfa_remove_webauthn"),
        ),
        ("zweiter_faktor", f"{KONTEN}/test_protokoll.py::test_second_factors_that_come_and_go"),
    ),
    "konten:loeschen": (
        "konto_geloescht",
        f"{KONTEN}/test_daten.py::test_the_log_remembers_that_the_account_was_erased",
    ),
}
"""Acts at pages of signing in, which allauth reports by signals: the event, and the test that does it."""

OHNE: dict[str, str] = {
    **dict.fromkeys(
        (
            *("werkbank:konzept", "werkbank:neu", "werkbank:bearbeiten", "werkbank:verschieben", "werkbank:schritt"),
            *("werkbank:markieren", "werkbank:wiederherstellen", "verzeichnis:neu", "verzeichnis:bearbeiten"),
            *("verzeichnis:wiederherstellen", "massnahmen:bearbeiten"),
            *("massnahmen:sammel", "massnahmen:sammel_zurueck"),
            *("vorlagen:bearbeiten", "vorlagenkopf:bearbeiten"),
        ),
        INHALT,
    ),
    **dict.fromkeys(
        (
            *("beratung:anmerken", "beratung:stellungnahme", "beratung:uebernehmen", "beratung:gelesen"),
        ),
        GESAGTES,
    ),
    "teildrucke:auswahl": "leads to a file, which leaves the entry",
    "massnahmen:gelesen": "says how a field is read, and keeps nothing",
    "konten:zwischenstand": "keeps what is being typed, for its author alone",
    "fassungen:erneut": "makes files that failed; handing one out leaves the entry",
    "fassungen:berichtigen": "makes files where some differ from the Fassung, and is logged where it does",
    "usersessions_list": "ends sessions of the own account",
    "account_email": "asks for a proof; the new address is logged once it is proven",
    "account_reset_password": "sends a link to the owner; the new password is logged",
    "mfa_edit_webauthn": "what the own passkey is called",
    "openid_connect_login": "leads to the provider; what comes of it is logged on the way back",
    **dict.fromkeys(
        ("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
        "proves again who is signed in",
    ),
    **dict.fromkeys(
        (
            *("account_signup", "account_inactive", "account_email_verification_sent", "account_reset_password_done"),
            *("account_reset_password_from_key_done", "mfa_index", "mfa_list_webauthn", "mfa_view_recovery_codes"),
            *("mfa_download_recovery_codes", "socialaccount_login_cancelled", "socialaccount_login_error"),
            "socialaccount_signup",
        ),
        ZEIGT,
    ),
    # Files
    "oeffentlich:pdf": FREI,
    "oeffentlich:berichtigt": FREI,
    "oeffentlich:json": FREI,
}
"""Addresses that leave no entry, with the reason."""

MIT_POST = {name for name in MUSTER if "POST" in DURCHGELASSEN.get(name, {"POST"})}
DATEIEN = {name for name, text in MUSTER.items() if re.search(r"\.(pdf|json|xlsx)$|<str:art>|datei/$", text)}


def test_every_address_that_does_something_or_hands_something_out_is_in_one_table():
    tafeln = (GETAN, ANDERSWO, OHNE)
    assert set().union(*tafeln) == MIT_POST | DATEIEN
    assert sum(map(len, tafeln)) == len(set().union(*tafeln))


def neue(vorher: int) -> list[Protokolleintrag]:
    return list(Protokolleintrag.objects.filter(pk__gt=vorher).exclude(ereignis=Ereignis.ANGEMELDET))


@pytest.mark.parametrize("name", sorted(GETAN))
def test_it_leaves_its_entry(name, welt, browser):
    """With the account that did it, in the log of its Kommune."""
    wer = mache_benutzer(welt.kommune, "leitung", "redaktion", name="Lena Leitung")
    client, ort = browser(wer), reverse(name, kwargs=werte(name, welt)[0])
    vorher = max(Protokolleintrag.objects.values_list("pk", flat=True), default=0)
    GETAN[name].tu(client, welt, ort)
    eintraege = neue(vorher)
    assert {e.ereignis for e in eintraege} == GETAN[name].ereignisse
    assert {e.kommune for e in eintraege} == {welt.kommune}
    if name != "konten:einladung":
        assert {e.benutzer for e in eintraege} == {wer}


@pytest.mark.parametrize("name", sorted(ANDERSWO))
def test_it_is_tried_where_it_says(name):
    ereignis, wo = ANDERSWO[name]
    datei, _, test = wo.partition("::")
    quelle = Path(settings.BASE_DIR / datei).read_text(encoding="utf-8")
    anfang = quelle.index(f"def {test}(")
    assert ereignis in quelle[anfang : quelle.find("\ndef ", anfang + 1)].lower()


@pytest.mark.parametrize("name", sorted(n for n in DATEIEN if n in GETAN and "GET" in DURCHGELASSEN[n]))
def test_looking_at_the_head_of_a_file_is_no_handing_out(name, welt, browser):
    client = browser(mache_benutzer(welt.kommune, "leitung"))
    client.head(pfad(name, welt))
    assert not Protokolleintrag.objects.filter(ereignis=Ereignis.AUSGABE).exists()


def test_every_event_of_the_log_is_left_by_something():
    """What nothing writes any more would be a promise of the log's page that nobody keeps."""
    quellen = "".join(
        pfad.read_text(encoding="utf-8")
        for pfad in (settings.BASE_DIR / "konzept").rglob("*.py")
        if "migrations" not in pfad.parts and pfad.name != "protokoll.py"
    )
    assert {e.name for e in Ereignis if f"Ereignis.{e.name}" not in quellen} == set()
