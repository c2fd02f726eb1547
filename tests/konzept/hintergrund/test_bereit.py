"""What a program that watches the installation is told: the truth, about nobody, for little."""

import json
import logging
import re
import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from konzept import __version__
from konzept.hintergrund import zustand
from konzept.hintergrund.arten import arten
from konzept.hintergrund.models import Termin
from konzept.postausgang.models import Sendung
from tests.fabrik import mache_benutzer

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

ORT = "/bereit"


@pytest.fixture(autouse=True)
def mit_dienst(settings):
    """Prints wait for the worker, as in production."""
    settings.DRUCK_IM_HINTERGRUND = True


@pytest.fixture
def dienst():
    zustand.melde_leben("rathaus-1", "rathaus")


def frage(client, **wie) -> tuple[int, dict]:
    antwort = client.get(ORT, **wie)
    return antwort.status_code, json.loads(antwort.content)


def test_without_a_worker_it_is_not_well(client):
    status, inhalt = frage(client)
    assert (status, inhalt["gut"]) == (503, False)
    assert inhalt["hintergrunddienst"] == {"gut": False, "noetig": True, "lebenszeichen_vor_sekunden": None}


@pytest.mark.usefixtures("dienst")
def test_with_one_it_is(client):
    status, inhalt = frage(client)
    assert (status, inhalt["gut"], inhalt["datenbank"]) == (200, True, {"gut": True})
    assert inhalt["version"] == __version__
    assert inhalt["hintergrunddienst"]["lebenszeichen_vor_sekunden"] < 60
    assert inhalt["auftraege"] == {art.name: {"gut": True} for art in arten()}
    assert client.head(ORT).status_code == 200


def test_where_nothing_waits_for_a_worker_none_is_needed(client, settings):
    settings.DRUCK_IM_HINTERGRUND = False
    status, inhalt = frage(client)
    assert (status, inhalt["hintergrunddienst"]["noetig"]) == (200, False)


@pytest.mark.usefixtures("dienst")
def test_what_is_due_for_long_is_not_well(client):
    Termin.objects.create(name="probe", ab=timezone.now() - timedelta(minutes=3))
    status, inhalt = frage(client)
    assert (status, inhalt["auftraege"]["termin"]["gut"]) == (503, False)


@pytest.mark.usefixtures("dienst")
def test_it_does_not_tell_whether_an_address_is_known(client):
    """Where the mail server does not take it yet, the mail to an address that is known waits on, and no other does."""

    def frage_ohne_zeit() -> dict:
        inhalt = frage(client)[1]
        del inhalt["hintergrunddienst"]["lebenszeichen_vor_sekunden"]
        return inhalt

    vorher, jetzt = frage_ohne_zeit(), timezone.now()
    offen = {"anlass": "kennwort", "empfaenger": "rita@stadt.example", "inhalt": "x", "ab": jetzt}
    Sendung.objects.create(**offen)
    Sendung.objects.create(**offen, fehler="Später.")
    Sendung.objects.create(**offen, status="laeuft", pacht=uuid.uuid4(), pacht_bis=jetzt + timedelta(minutes=1))
    Sendung.objects.create(**offen | {"status": "gescheitert", "beendet_am": jetzt, "inhalt": ""})
    assert frage_ohne_zeit() == vorher


@pytest.mark.usefixtures("dienst")
def test_a_termin_that_failed_says_when_and_not_what(client):
    jetzt = timezone.now()
    Termin.objects.create(
        name="probe", ab=jetzt + timedelta(days=1), begonnen_am=jetzt, gelungen_am=jetzt, fehler="Rita Redaktion"
    )
    antwort = client.get(ORT)
    termin = json.loads(antwort.content)["termine"]["probe"]
    assert (antwort.status_code, termin["gut"]) == (503, False)
    assert termin["gescheitert"] == termin["gelungen"] == timezone.localtime(jetzt).isoformat(timespec="seconds")
    assert not re.search("Rita|rathaus", antwort.content.decode())


@pytest.mark.parametrize("fehler", [OperationalError, DatabaseError])
def test_a_database_that_is_away_is_told_without_a_traceback(client, monkeypatch, fehler, caplog):
    def ist_weg():
        raise fehler("host 192.0.2.9 does not answer")

    monkeypatch.setattr("konzept.hintergrund.pacht.jetzt", ist_weg)
    with caplog.at_level(logging.INFO):
        antwort = client.get(ORT)
    assert (antwort.status_code, antwort["Content-Type"]) == (503, "application/json")
    assert json.loads(antwort.content) == {
        "version": __version__,
        "gut": False,
        "datenbank": {"gut": False},
    }
    assert "192.0.2.9" in caplog.text
    assert not [satz for satz in caplog.records if satz.levelno >= logging.WARNING]


def test_what_is_not_well_is_told_to_whoever_asks_and_not_to_the_log(client, caplog):
    assert client.get(ORT).status_code == 503
    assert not [satz for satz in caplog.records if satz.levelno >= logging.WARNING]


@pytest.mark.usefixtures("dienst")
def test_it_costs_the_same_however_much_there_is(client):
    def koste() -> int:
        with CaptureQueriesContext(connection) as gezaehlt:
            client.get(ORT)
        return len(gezaehlt)

    Termin.objects.create(name="eins")
    eins = koste()
    for nummer in range(2):
        Termin.objects.create(name=f"noch {nummer}")
        zustand.melde_leben(f"noch {nummer}", "rathaus")
    assert koste() == eins <= 8


@pytest.mark.usefixtures("dienst")
def test_it_gives_no_cookie_and_is_kept_by_nobody(client):
    antwort = client.get(ORT)
    assert not antwort.cookies
    assert "no-store" in antwort["Cache-Control"]
    assert "Cookie" not in antwort.get("Vary", "")


@pytest.mark.usefixtures("dienst")
def test_whoever_has_signed_in_is_told_the_same(client):
    fuer_alle = client.get(ORT)
    client.force_login(mache_benutzer())
    ohne_zeit = [json.loads(antwort.content) for antwort in (fuer_alle, client.get(ORT))]
    for inhalt in ohne_zeit:
        del inhalt["hintergrunddienst"]["lebenszeichen_vor_sekunden"]
    assert ohne_zeit[0] == ohne_zeit[1]


def test_the_figures_are_found_by_an_index(client):
    Termin.objects.create(name="probe")
    with CaptureQueriesContext(connection) as gezaehlt:
        zustand.lies()
    zahlen = [frage["sql"] for frage in gezaehlt if "COUNT" in frage["sql"]]
    assert len(zahlen) == len(arten())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # an empty table is read faster than its index
        for frage in zahlen:
            cursor.execute(f"EXPLAIN {'' if connection.vendor == 'postgresql' else 'QUERY PLAN '}{frage}")
            weg = " ".join(str(zeile) for zeile in cursor.fetchall())
            assert "_beendet" in weg
            assert "SCAN" not in weg


def test_whether_anything_went_well_is_asked_where_much_failed_and_found_by_an_index():
    def frage() -> list[str]:
        with CaptureQueriesContext(connection) as gezaehlt:
            zustand.lies()
        return [f["sql"] for f in gezaehlt if "fertig" in f["sql"]]

    def scheitere(anzahl: int) -> None:
        for nummer in range(anzahl):
            Termin.objects.create(name=f"{anzahl} {nummer}", status="gescheitert", beendet_am=timezone.now())

    scheitere(2)
    assert frage() == []
    scheitere(1)
    (eine,) = frage()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {'' if connection.vendor == 'postgresql' else 'QUERY PLAN '}{eine}")
        assert "_beendet" in " ".join(str(zeile) for zeile in cursor.fetchall())
