"""What is done after the answer: how long it takes tells a stranger nothing, and the mail goes out all the same."""

import logging
import re
import threading
import time
from contextlib import contextmanager

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from konzept.danach import danach
from konzept.konten.models import Benutzer, Protokolleintrag
from tests.fabrik import KENNWORT, mache_benutzer

BEKANNT, UNBEKANNT, AUS = "rita@stadt.example", "gibt-es-nicht@stadt.example", "aus@stadt.example"
ALLE = (BEKANNT, UNBEKANNT, AUS)
FRIST = 20
"""Seconds that a slow machine may need."""


class Langsam(BaseEmailBackend):
    """A mail server that takes a mail only when it is told to."""

    darf = threading.Event()
    gesendet: list = []

    def send_messages(self, nachrichten):
        assert self.darf.wait(FRIST)
        self.gesendet += nachrichten
        return len(nachrichten)


@contextmanager
def langsame_post(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Langsam"
    settings.DANACH_IM_HINTERGRUND = True
    Langsam.darf.clear()
    Langsam.gesendet.clear()
    try:
        yield Langsam
    finally:
        Langsam.darf.set()
        warte_auf(lambda: not _arbeitet())


def _arbeitet() -> bool:
    from konzept.danach import _faeden

    return _faeden._work_queue.qsize() > 0


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


@pytest.mark.django_db(transaction=True)
def test_known_and_unknown_addresses_are_answered_before_any_mail_is_out(konten, settings):
    with langsame_post(settings) as post:
        antworten = {(antwort.status_code, antwort.url) for antwort in map(vergessen, ALLE)}
        assert antworten == {(302, "/kennwort-vergessen/gesendet/")}
        assert post.gesendet == []
        post.darf.set()
        assert warte_auf(lambda: post.gesendet)
        time.sleep(0.1)
        (nachricht,) = post.gesendet
    assert nachricht.to == [BEKANNT]
    assert "http://testserver/kennwort-vergessen/" in nachricht.body


@pytest.mark.django_db(transaction=True)
def test_while_answering_the_database_is_asked_the_same_of_every_address(konten, settings):
    with langsame_post(settings):
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
    monkeypatch.setattr("allauth.account.internal.flows.password_reset.request_password_reset", None)
    with caplog.at_level(logging.ERROR):
        assert vergessen(BEKANNT).url == "/kennwort-vergessen/gesendet/"
    assert "Work after an answer failed." in caplog.text


@pytest.mark.django_db
def test_whoever_is_signed_in_learns_no_more_than_others(konten, settings):
    """Not even when the mail server is down, which is otherwise told to people who are signed in."""
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1
    client = Client()
    client.force_login(mache_benutzer(email="neugierig@stadt.example"))
    gesehen = set()
    for email in (BEKANNT, UNBEKANNT):
        client.post("/kennwort-vergessen/", {"email": email})
        gesehen.add("konnte nicht gesendet werden" in client.get("/konto/").content.decode())
    assert gesehen == {False}


@pytest.mark.django_db
def test_the_address_may_be_written_in_any_case(konten):
    vergessen("RITA@Stadt.example")
    assert [nachricht.to for nachricht in mail.outbox] in ([[BEKANNT]], [["RITA@Stadt.example"]])


@pytest.mark.django_db
def test_one_does_not_sign_in_with_an_address_that_waits_for_its_proof(konten):
    konto = Benutzer.objects.get(email=BEKANNT)
    konto.emailaddress_set.create(email="vertippt@stadt.example", verified=False)
    antwort = Client().post("/anmelden/", {"login": "vertippt@stadt.example", "password": KENNWORT})
    assert antwort.status_code == 200
    assert mail.outbox == []
