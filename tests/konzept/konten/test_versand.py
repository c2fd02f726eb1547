"""Nobody sends mails without bound in our name, and a name in a mail is nothing but a name."""

import re
import threading
import time
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from konzept import grenzen
from konzept.konten import versand
from konzept.konten.anrede import fuer_brief, pruefe_name
from konzept.konten.einladungspost import sende
from konzept.konten.versand import ZuViele, zaehle_einladung, zaehle_rundenpost
from konzept.konten.vorgaenge import lade_ein
from tests.fabrik import KENNWORT, fehler_am_feld, mache_akteur, mache_benutzer, mache_kommune, seite_von, text
from tests.konzept.konten.faktor import bestaetige
from tests.post import stelle_zu

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

STADT, NACHBARIN = SimpleNamespace(pk=1), SimpleNamespace(pk=2)
EINE, ANDERE = SimpleNamespace(pk=11), SimpleNamespace(pk=12)


@pytest.fixture(autouse=True)
def leerer_zaehler():
    cache.clear()


@pytest.fixture
def uhr(monkeypatch):
    """`uhr(sekunden)` lets time go by."""
    stand = [time.time()]
    monkeypatch.setattr(versand.time, "time", lambda: stand[0])

    def gehe(sekunden):
        stand[0] += sekunden

    return gehe


def lade(anzahl: int, konto=EINE, kommune=STADT, ab: int = 0) -> int:
    """How many of so many invitations to as many addresses may be sent."""
    for nummer in range(anzahl):
        try:
            zaehle_einladung(konto, kommune, f"{konto.pk}-{ab + nummer}@stadt.example")
        except ZuViele:
            return nummer
    return anzahl


# Counting


def test_an_account_invites_so_many_in_an_hour_and_in_a_day(uhr):
    je_stunde, je_tag = grenzen.EINLADUNGEN_JE_KONTO
    assert lade(je_stunde + 5) == je_stunde
    uhr(versand.STUNDE + 1)
    heute = je_stunde
    while erlaubt := lade(je_stunde, ab=heute):
        heute += erlaubt
        uhr(versand.STUNDE + 1)
    assert heute == je_tag
    with pytest.raises(ZuViele, match="in den letzten 24 Stunden schon 100 Einladungen"):
        zaehle_einladung(EINE, STADT, "neu@stadt.example")
    uhr(versand.TAG)
    assert lade(1) == 1


def test_what_one_account_has_sent_does_not_count_for_another(uhr):
    lade(grenzen.EINLADUNGEN_JE_KONTO[0])
    assert lade(5, konto=ANDERE) == 5


def test_a_kommune_has_a_bound_of_its_own_and_so_has_an_address(uhr):
    je_kommune, je_adresse = grenzen.EINLADUNGEN_JE_KOMMUNE[0], grenzen.EINLADUNGEN_JE_ADRESSE[0]
    konten = [SimpleNamespace(pk=nummer) for nummer in range(20, 24)]
    assert sum(lade(grenzen.EINLADUNGEN_JE_KONTO[0], konto=konto) for konto in konten) == je_kommune
    for nummer in range(je_adresse):
        zaehle_einladung(SimpleNamespace(pk=100 + nummer), NACHBARIN, "opfer@stadt.example")
    with pytest.raises(ZuViele, match="An diese Adresse"):
        zaehle_einladung(SimpleNamespace(pk=200), NACHBARIN, "opfer@stadt.example")


def test_what_is_refused_is_not_counted(uhr, monkeypatch):
    monkeypatch.setattr(grenzen, "RUNDENPOST_JE_KONTO", (10, 100))
    zaehle_rundenpost(8, EINE, STADT)
    for _ in range(3):
        with pytest.raises(ZuViele, match="schon 8 E-Mails"):
            zaehle_rundenpost(3, EINE, STADT)
    zaehle_rundenpost(2, EINE, STADT)


@pytest.mark.django_db(transaction=True)
def test_several_at_the_same_moment_do_not_slip_through(monkeypatch):
    monkeypatch.setattr(grenzen, "EINLADUNGEN_JE_KONTO", (3, 3))
    erlaubt = []

    def lade_einen(nummer):
        try:
            zaehle_einladung(EINE, STADT, f"{nummer}@stadt.example")
            erlaubt.append(nummer)
        except ZuViele:
            pass
        connection.close()

    faeden = [threading.Thread(target=lade_einen, args=[nummer]) for nummer in range(8)]
    for faden in faeden:
        faden.start()
    for faden in faeden:
        faden.join()
    assert 1 <= len(erlaubt) <= 3
    cache.clear()


def test_whoever_runs_the_server_is_not_counted():
    kommune = mache_kommune()
    for nummer in range(grenzen.EINLADUNGEN_JE_KOMMUNE[0] + 1):
        lade_ein(kommune, f"{nummer}@stadt.example", "lesen")


# The own account


def test_an_address_is_changed_only_so_often(client, monkeypatch):
    stunde, _ = grenzen.ADRESSWECHSEL
    konto = mache_benutzer(mache_kommune(), "lesen")
    client.force_login(konto)
    bestaetige(client)
    uhr_ = [time.time()]
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: uhr_[0])
    stati = []
    for nummer in range(stunde + 2):
        uhr_[0] += 7
        daten = {"action_add": "1", "email": f"neu{nummer}@stadt.example"}
        stati.append(client.post(reverse("account_email"), daten).status_code)
    assert stati[-2:] == [429, 429]
    assert stati[:-2] == [302] * stunde
    assert len([m for m in mail.outbox if m.to[0].startswith("neu")]) == stunde


def test_links_for_a_new_password_do_not_flood_an_address(client, monkeypatch):
    konto = mache_benutzer(mache_kommune(), "lesen")
    uhr_ = [time.time()]
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: uhr_[0])
    for _ in range(50):
        uhr_[0] += 61
        client.post(reverse("account_reset_password"), {"email": konto.email})
    stelle_zu()
    assert 0 < len(mail.outbox) <= 20  # fehlversuche.GRENZEN: so many an hour from all strangers together


# Names

KEINE_NAMEN = [
    "Gewinn: https://boese.example/x",
    "http:boese.example",
    "www.boese.example",
    "Nina boese.example",
    "Nina (boese.example/x)",
    "nina@boese.example",
    "Nina/Neu",
    "Nina\\Neu",
    "Nina\nSie haben gewonnen",
    "Nina\r\nBcc: alle@boese.example",
    "Nina\u202eueN",
    "N" * (grenzen.NAME_ZEICHEN + 1),
]
NAMEN = [
    "Nina Neu",
    "Dr. med. Ayşe Öztürk-Müller",
    "Prof. Dr. h. c. mult. K.-H. O’Brien, M.A.",
    "Đặng Thị Hương",
    "Nina Neu (Integrationsrat)",
    "محمد",
    "می\u200cخواهم",
]


@pytest.mark.parametrize("name", KEINE_NAMEN)
def test_what_is_no_name_is_refused_where_a_name_is_typed(name, client):
    kommune = mache_kommune()
    konto = mache_benutzer(kommune, "leitung", name="Lena Leitung")
    client.force_login(konto)
    with pytest.raises(ValidationError):
        pruefe_name(name)
    antwort = client.post(reverse("konten:konto"), {"name": name})
    assert antwort.status_code == 422
    assert "Name" in fehler_am_feld(antwort, "id_name")
    daten = {"email": "neu@stadt.example", "rolle": "lesen", "name": name}
    antwort = client.post(reverse("verwaltung:einladen", args=[kommune.slug]), daten)
    assert antwort.status_code == 422
    assert "Name" in fehler_am_feld(antwort, "id_name")
    assert not mail.outbox
    _, schluessel = lade_ein(kommune, "gast@stadt.example", "lesen")
    client.logout()
    konto_daten = {"name": name, "password1": KENNWORT, "password2": KENNWORT}
    antwort = client.post(reverse("konten:einladung", args=[schluessel]), konto_daten)
    assert "Name" in fehler_am_feld(antwort, "id_name")


@pytest.mark.parametrize("name", NAMEN)
def test_a_name_is_a_name(name):
    pruefe_name(name)
    assert fuer_brief(name) == name


def test_no_text_that_stands_in_an_invitation_becomes_a_link():
    """Not even one that was stored before names were checked, or that names something else than a person."""
    kommune = mache_kommune(name="Sie haben gewonnen https://boese.example")
    von = mache_benutzer(kommune, "leitung", name="www.boese.example")
    akteur = mache_akteur(kommune, "boese.example/51")
    name = "klick\nhttp://boese.example"
    einladung, _ = lade_ein(
        kommune, "neu@stadt.example", "mitwirkung", akteur=akteur, name=name, eingeladen_von=von
    )
    sende(einladung, "https://konzept.example/einladung/x/")
    (brief,) = mail.outbox
    assert "boese" not in brief.body + brief.subject
    assert re.findall(r"https?:\S+", brief.body) == ["https://konzept.example/einladung/x/"]
    assert von.email in brief.body


def test_an_amt_with_a_slash_keeps_its_name():
    assert fuer_brief("Mitwirkung (51/52)") == "Mitwirkung (51/52)"


def test_who_has_no_name_invites_with_the_address():
    kommune = mache_kommune()
    von = mache_benutzer(kommune, "leitung", name="")
    einladung, _ = lade_ein(kommune, "neu@stadt.example", "lesen", eingeladen_von=von)
    sende(einladung, "https://konzept.example/einladung/x/")
    assert f"{von.email} lädt Sie ein" in mail.outbox[0].body


# On the pages


def test_too_many_invitations_are_said_at_the_form_and_nothing_typed_is_lost(client, monkeypatch):
    monkeypatch.setattr(grenzen, "EINLADUNGEN_JE_KONTO", (2, 5))
    kommune = mache_kommune()
    client.force_login(mache_benutzer(kommune, "leitung"))
    ort = reverse("verwaltung:einladen", args=[kommune.slug])
    stati = []
    for nummer in range(3):
        daten = {"email": f"neu{nummer}@stadt.example", "rolle": "lesen", "name": "Nina Neu"}
        stati.append((antwort := client.post(ort, daten)).status_code)
    assert stati == [302, 302, 429]
    seite = antwort.content.decode()
    assert "Sie haben in der letzten Stunde schon 2 Einladungen verschickt." in text(seite_von(antwort))
    assert "neu2@stadt.example" in seite
    assert "Nina Neu" in seite
    assert len(mail.outbox) == 2
    assert kommune.einladungen.count() == 2


def test_sending_again_counts_too(client, monkeypatch):
    monkeypatch.setattr(grenzen, "EINLADUNGEN_JE_KONTO", (2, 5))
    kommune = mache_kommune()
    client.force_login(mache_benutzer(kommune, "leitung"))
    einladung, _ = lade_ein(kommune, "neu@stadt.example", "lesen")
    mail.outbox.clear()
    ort = reverse("verwaltung:erneut", args=[kommune.slug, einladung.pk])
    for _ in range(3):
        antwort = client.post(ort, follow=True)
    assert "schon 2 Einladungen verschickt" in text(seite_von(antwort))
    assert len(mail.outbox) == 2
