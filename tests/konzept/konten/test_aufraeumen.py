"""Tidying up: one thing that cannot be deleted keeps nothing else, and is told; two runs at once do no harm."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.utils import timezone

from konzept.hintergrund import lauf, termine
from konzept.hintergrund.arten import art
from konzept.hintergrund.models import Termin
from konzept.konten import aufraeumen
from tests.nebenlaeufig import gleichzeitig

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

SATZ = "Nicht gelöscht, wegen eines Fehlers: erledigte Einladungen."


def mache_abgelaufene() -> None:
    for nummer in range(20):
        alt = timezone.now() - timedelta(days=1)
        Session.objects.create(session_key=f"alt{nummer}", session_data="", expire_date=alt)


@pytest.fixture
def eines_geht_nicht(monkeypatch):
    """The second of all, in the middle of a statement that PostgreSQL refuses."""

    def loesche(jetzt):
        Session.objects.all().delete()
        Session.objects.create(session_key="x" * 99, expire_date=None)

    eigene = {"erledigte Einladungen": loesche}
    monkeypatch.setattr(aufraeumen, "_EIGENES", eigene | dict(aufraeumen._EIGENES) | eigene)


@pytest.mark.usefixtures("eines_geht_nicht")
def test_what_cannot_be_deleted_keeps_nothing_else_and_is_told(capsys, caplog):
    mache_abgelaufene()
    with pytest.raises(CommandError, match=SATZ):
        call_command("aufraeumen")
    assert "abgelaufene Sitzungen: 20 gelöscht" in capsys.readouterr().out
    assert "Could not delete what has expired: erledigte Einladungen." in caplog.text


@pytest.mark.usefixtures("eines_geht_nicht")
def test_the_worker_tells_it_too():
    mache_abgelaufene()
    Termin.objects.create(name="aufraeumen")
    lauf.arbeite_ab(art(termine.ART))
    termin = Termin.objects.get()
    assert (termin.fehler, termin.gelungen_am) == (SATZ, None)
    assert not Session.objects.exists()


def test_the_worker_tidies_up():
    mache_abgelaufene()
    Termin.objects.create(name="aufraeumen")
    lauf.arbeite_ab(art(termine.ART))
    termin = Termin.objects.get()
    assert termin.gelungen_am is not None
    assert termin.ab > timezone.now()
    assert not Session.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_time_do_no_harm():
    """Such as cron and the worker."""
    mache_abgelaufene()
    ergebnisse = gleichzeitig(aufraeumen.raeume_auf, aufraeumen.raeume_auf)
    assert [aufraeumen.misslungen(ergebnis) for ergebnis in ergebnisse] == ["", ""]
    assert not Session.objects.exists()
