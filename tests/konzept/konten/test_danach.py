"""What is done after the answer, by a thread or by the worker: how long it takes tells a stranger nothing."""

import logging
import os
import re
import subprocess
import sys
import time

import pytest
from django.conf import settings as einstellungen
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from konzept.danach import danach
from konzept.konten import signale
from konzept.konten.models import Benutzer, Protokolleintrag
from konzept.postausgang.models import Sendung
from tests.fabrik import KENNWORT, mache_benutzer
from tests.post import stelle_zu

BEKANNT, UNBEKANNT, AUS = "rita@stadt.example", "gibt-es-nicht@stadt.example", "aus@stadt.example"
ALLE = (BEKANNT, UNBEKANNT, AUS)
FRIST = 20
"""Seconds that a slow machine may need."""


def warte_auf(bedingung) -> bool:
    ende = time.monotonic() + FRIST
    while not bedingung() and time.monotonic() < ende:
        time.sleep(0.02)
    return bedingung()


@pytest.fixture
def konten(db):
    mache_benutzer(email=BEKANNT)
    mache_benutzer(email=AUS, is_active=False)


def art_und_tabelle(sql: str) -> tuple[str, ...]:
    """("SELECT", "konten_benutzer") """
    return (sql.split()[0], *re.findall(r'(?:FROM|INTO|UPDATE) "(\w+)"', sql)[:1])


def vergessen(email: str):
    return Client().post("/kennwort-vergessen/", {"email": email})


def melde_falsch_an(email: str):
    """With a wrong password, or the right one of an account that is switched off."""
    return Client().post("/anmelden/", {"login": email, "password": KENNWORT if email == AUS else "falsch"})


@pytest.mark.django_db
def test_a_link_is_asked_for_by_the_same_row_for_every_address_and_sent_to_one(konten):
    antworten = {(antwort.status_code, antwort.url) for antwort in map(vergessen, ALLE)}
    assert antworten == {(302, "/kennwort-vergessen/gesendet/")}
    assert mail.outbox == []
    zeilen = list(Sendung.objects.order_by("pk"))
    assert [z.empfaenger for z in zeilen] == list(ALLE)
    assert {(z.anlass, z.verfasser, z.prio, z.status, len(z.inhalt)) for z in zeilen} == {
        ("kennwort", "neues_kennwort", 20, "wartet", len(zeilen[0].inhalt))
    }
    assert stelle_zu() == 3
    (nachricht,) = mail.outbox
    assert nachricht.to == [BEKANNT]
    assert "http://testserver/kennwort-vergessen/" in nachricht.body
    assert [(z.empfaenger, z.status, z.inhalt) for z in Sendung.objects.all()] == [(BEKANNT, "fertig", "")]


@pytest.mark.django_db(transaction=True)
def test_while_answering_the_database_is_asked_the_same_of_every_address(konten, settings):
    settings.DANACH_IM_HINTERGRUND = True
    for anfrage in (vergessen, melde_falsch_an):
        vergleich = {}
        for email in ALLE:
            anfrage(email)  # what is only done the first time is done
            with CaptureQueriesContext(connection) as fragen:
                anfrage(email)
            vergleich[email] = [art_und_tabelle(frage["sql"]) for frage in fragen]
        assert len(vergleich[BEKANNT]) > 5
        assert vergleich[BEKANNT] == vergleich[UNBEKANNT] == vergleich[AUS]


@pytest.mark.django_db(transaction=True)
def test_a_failed_sign_in_is_logged_after_the_answer(konten, settings):
    settings.DANACH_IM_HINTERGRUND = True
    Client().post("/anmelden/", {"login": BEKANNT, "password": "falsch"})
    assert warte_auf(Protokolleintrag.objects.filter(ereignis="anmeldung_gescheitert").exists)


@pytest.mark.django_db(transaction=True)
def test_it_begins_when_what_was_written_is_there_for_others_too(settings):
    settings.DANACH_IM_HINTERGRUND = True
    gesehen = []
    with transaction.atomic():
        konto = mache_benutzer()
        danach(lambda: gesehen.append(type(konto).objects.filter(pk=konto.pk).exists()))
        time.sleep(0.1)
        assert gesehen == []
    assert warte_auf(lambda: gesehen)
    assert gesehen == [True]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_has_no_consequences(settings):
    settings.DANACH_IM_HINTERGRUND = True
    getan = []
    with transaction.atomic():
        danach(lambda: getan.append(1))
        transaction.set_rollback(True)
    danach(lambda: getan.append(2))
    assert warte_auf(lambda: getan)
    assert getan == [2]


@pytest.mark.django_db
def test_what_fails_is_logged_and_seen_by_nobody(konten, caplog, monkeypatch):
    monkeypatch.setattr(signale, "_halte_fehlversuch_fest", lambda _: None / 1)
    with caplog.at_level(logging.ERROR):
        assert melde_falsch_an(BEKANNT).status_code == 200
    assert "Work after an answer failed." in caplog.text


@pytest.mark.django_db
def test_the_address_may_be_written_in_any_case(konten):
    vergessen("RITA@Stadt.example")
    stelle_zu()
    assert [nachricht.to for nachricht in mail.outbox] == [[BEKANNT]]


@pytest.mark.django_db
def test_one_does_not_sign_in_with_an_address_that_waits_for_its_proof(konten):
    konto = Benutzer.objects.get(email=BEKANNT)
    konto.emailaddress_set.create(email="vertippt@stadt.example", verified=False)
    antwort = Client().post("/anmelden/", {"login": "vertippt@stadt.example", "password": KENNWORT})
    assert antwort.status_code == 200
    assert mail.outbox == []


def test_the_worker_makes_the_link_without_loading_any_page():
    """Which would take it seconds, in each of its processes anew."""
    skript = (
        "import sys, django; django.setup();"
        "from unittest.mock import Mock; from konzept.konten import kennwortpost as k;"
        "k.Benutzer.objects = Mock(); k.default_token_generator.make_token = lambda _: 'x';"
        "k.Benutzer.objects.filter().first.return_value = k.Benutzer(pk=1, email='rita@stadt.example');"
        "text = k.verfasse('rita@stadt.example', 'https://konzept.example/neu/UID-KEY/', 'konzept.example').body;"
        "assert 'https://konzept.example/neu/1-x/' in text, text;"
        "assert not {'konzept.urls', 'weasyprint'} & set(sys.modules)"
    )
    umgebung = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    subprocess.run([sys.executable, "-c", skript], check=True, env=umgebung, cwd=einstellungen.BASE_DIR)
