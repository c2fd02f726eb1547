"""The real worker, a process of its own beside this one, on the same database."""

import os
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.conf import settings as einstellungen
from django.db import connection, transaction

from konzept.hintergrund import pacht
from konzept.postausgang.models import Sendung

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.datenbank, pytest.mark.xdist_group("arbeiter")]

FRIST = 60
"""Seconds that a busy machine may need."""


def _datenbank() -> str:
    angaben = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{angaben['NAME']}"
    benutzer, kennwort, name = (quote(angaben[teil], safe="") for teil in ("USER", "PASSWORD", "NAME"))
    return f"postgres://{benutzer}:{kennwort}@{quote(angaben['HOST'], safe='')}:{angaben['PORT']}/{name}"


@contextmanager
def arbeiter(server, ordner):
    """A worker that sends to this mail server."""
    umgebung = os.environ | {
        "DATABASE_URL": _datenbank(),
        "DJANGO_SETTINGS_MODULE": "konzept.settings",
        "KONZEPTWERK_DEBUG": "1",
        "KONZEPTWERK_ADRESSE": "",
        "KONZEPTWERK_DATA": str(ordner),
        "KONZEPTWERK_SMTP": f"smtp://127.0.0.1:{server.port}",
        "KONZEPTWERK_TERMINE": "0",
    }
    befehl = [sys.executable, "manage.py", "arbeite"]
    prozess = subprocess.Popen(befehl, cwd=einstellungen.BASE_DIR, env=umgebung)
    try:
        yield prozess
    finally:
        if prozess.poll() is None:
            prozess.terminate()
        prozess.wait(FRIST)


def warte_auf(bedingung) -> None:
    ende = time.monotonic() + FRIST
    while not bedingung():
        assert time.monotonic() < ende, list(Sendung.objects.values_list("empfaenger", "status", "fehler"))
        time.sleep(0.05)


def alles_fertig() -> bool:
    return not Sendung.objects.exclude(status="fertig").exists()


def test_what_is_written_goes_out_once_it_is_committed(server, sende, tmp_path):
    with arbeiter(server, tmp_path):
        sende("bereit@stadt.example")
        warte_auf(alles_fertig)
        with transaction.atomic():
            sende("zurueck@stadt.example")
            transaction.set_rollback(True)
        with transaction.atomic():
            sende("gleich@stadt.example")
            time.sleep(1)
            assert server.empfaenger() == ["bereit@stadt.example"]
        beginn = time.monotonic()
        warte_auf(alles_fertig)
        assert time.monotonic() - beginn < 5
    assert server.empfaenger() == ["bereit@stadt.example", "gleich@stadt.example"]


def test_a_worker_that_is_killed_after_a_mail_was_taken_sends_it_twice_at_most_and_loses_none(server, sende, tmp_path):
    adressen = [f"{nummer}@stadt.example" for nummer in range(6)]
    with arbeiter(server, tmp_path) as prozess:

        def toete():
            """Before the server says that it has the mail, so that nobody could write that down."""
            if len(server.mails) == 3:
                server.nach_dem_empfang = lambda: None
                prozess.kill()
                prozess.wait()
                time.sleep(0.5)  # its child is killed with it

        server.nach_dem_empfang = toete
        with transaction.atomic():
            sende(*adressen)
        warte_auf(lambda: prozess.poll() is not None)
    assert Counter(Sendung.objects.values_list("status", flat=True)) == {"fertig": 2, "laeuft": 4}
    Sendung.objects.filter(status="laeuft").update(pacht_bis=pacht.jetzt() - timedelta(seconds=1))
    with arbeiter(server, tmp_path):
        warte_auf(alles_fertig)
    nummern = dict(Sendung.objects.values_list("empfaenger", "nachricht_id"))
    assert Counter(server.nummern()) == {
        nummern[adresse]: 2 if adresse == "2@stadt.example" else 1 for adresse in adressen
    }
    assert not Sendung.objects.exclude(inhalt="").exists()
