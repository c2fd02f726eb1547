"""Jobs in the admin: seen by administrators alone, done again, taken back, and never written."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from konzept.hintergrund import admin as hintergrund_admin
from konzept.hintergrund import eingriff, lauf, pacht, termine
from konzept.hintergrund.admin import AuftragAdmin
from konzept.hintergrund.arten import art
from konzept.hintergrund.models import OFFEN, Status, Termin
from konzept.konten.admin_site import Protokolliert
from konzept.konten.models import Protokolleintrag
from tests.fabrik import mache_benutzer, seite_von, text

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

LISTE = reverse("admin:hintergrund_termin_changelist")
ALLE = [verwalter for verwalter in admin.site._registry.values() if isinstance(verwalter, AuftragAdmin)]


@pytest.fixture
def chef():
    return mache_benutzer(is_staff=True, is_superuser=True, email="chef@stadt.example")


@pytest.fixture
def browser(client, chef):
    client.force_login(chef)
    return client


def mache_termin(name="probe", status=Status.WARTET, **werte) -> Termin:
    jetzt = pacht.jetzt()
    laeuft = {"pacht": uuid4(), "pacht_bis": jetzt + pacht.PACHT} if status == Status.LAEUFT else {}
    ende = {} if status in OFFEN else {"beendet_am": jetzt}
    return Termin.objects.create(**{"name": name, "status": status, "ab": jetzt, **laeuft, **ende} | werte)


def tue(browser, was: str, *zeilen):
    daten = {"action": was, "_selected_action": [zeile.pk for zeile in zeilen]}
    return text(seite_von(browser.post(LISTE, daten, follow=True)))


@pytest.fixture
def auch_abbrechen(monkeypatch):
    """As of kinds that can be taken back."""
    (verwalter,) = (v for v in ALLE if v.model is Termin)
    monkeypatch.setattr(verwalter, "actions", AuftragAdmin.actions)
    monkeypatch.setattr(verwalter, "erneut_aus", AuftragAdmin.erneut_aus)


def test_what_is_done_in_it_is_logged_whatever_the_kind():
    assert ALLE
    assert all(isinstance(verwalter, Protokolliert) for verwalter in ALLE)


@pytest.mark.usefixtures("auch_abbrechen")
@pytest.mark.parametrize("status", ["gescheitert", "abgebrochen"])
def test_what_has_ended_without_success_is_tried_again_from_the_beginning(browser, chef, status):
    termin = mache_termin(status=status, versuche=3, ab=pacht.jetzt() + timedelta(days=1), fehler="Zu alt.")
    assert "Noch einmal versuchen: 1." in tue(browser, "versuche_erneut", termin)
    termin.refresh_from_db()
    assert (termin.status, termin.versuche, termin.beendet_am) == ("wartet", 0, None)
    assert pacht.nimm(art(termine.ART), "hier")
    eintrag = Protokolleintrag.objects.get(ereignis="oberflaeche")
    assert (eintrag.benutzer, eintrag.text) == (chef, "Termin geändert: probe")
    assert LogEntry.objects.get().change_message == "Noch einmal versuchen"


@pytest.mark.usefixtures("auch_abbrechen")
@pytest.mark.parametrize("status", ["wartet", "laeuft", "fertig"])
def test_what_is_open_or_done_is_not(browser, status):
    termin = mache_termin(status=status)
    assert "1 nicht, weil der Status das nicht (mehr) zulässt" in tue(browser, "versuche_erneut", termin)
    assert Termin.objects.get().status == status
    assert not Protokolleintrag.objects.filter(ereignis="oberflaeche").exists()


@pytest.mark.usefixtures("auch_abbrechen")
@pytest.mark.parametrize("status", ["wartet", "laeuft"])
def test_what_is_open_is_taken_back(browser, status):
    termin = mache_termin(status=status)
    assert "Abbrechen: 1." in tue(browser, "brich_ab", termin)
    termin.refresh_from_db()
    assert (termin.status, termin.pacht, termin.pacht_bis) == ("abgebrochen", None, None)
    assert termin.beendet_am
    assert LogEntry.objects.get().change_message == "Abbrechen"


@pytest.mark.usefixtures("auch_abbrechen")
@pytest.mark.parametrize("status", ["fertig", "gescheitert", "abgebrochen"])
def test_what_has_ended_is_not_taken_back(browser, status):
    termin = mache_termin(status=status)
    assert "Abbrechen: 1 nicht" in tue(browser, "brich_ab", termin)
    assert Termin.objects.get().status == status


def test_whoever_is_at_work_on_what_is_taken_back_writes_nothing():
    mache_termin()
    zeilen = pacht.nimm(art(termine.ART), "hier")
    assert eingriff.brich_ab(Termin.objects.all()) == 1
    assert not pacht.erneuere(art(termine.ART), zeilen[0].pacht)
    assert not lauf.Lauf().fertig(zeilen[0])
    assert Termin.objects.get().status == "abgebrochen"


def test_where_the_same_waits_already_nothing_happens_and_it_is_said(browser, monkeypatch):
    def gibt_es_schon(zeilen, aus):
        raise IntegrityError

    termin = mache_termin(status="gescheitert")
    monkeypatch.setattr(eingriff, "versuche_erneut", gibt_es_schon)
    assert "dasselbe schon wartet" in tue(browser, "versuche_erneut", termin)


def test_what_comes_back_by_the_calendar_can_be_had_at_once_and_is_not_taken_back(browser):
    termin = mache_termin(ab=pacht.jetzt() + timedelta(days=1))
    tue(browser, "brich_ab", termin)
    assert Termin.objects.get().status == "wartet"
    assert "Noch einmal versuchen: 1." in tue(browser, "versuche_erneut", termin)
    assert Termin.objects.get().ab <= pacht.jetzt()


def test_so_many_at_once(browser, monkeypatch):
    monkeypatch.setattr(hintergrund_admin, "AUF_EINMAL", 2)
    zeilen = [mache_termin(f"probe {nummer}", "gescheitert") for nummer in range(3)]
    assert "Bitte wählen Sie höchstens 2 auf einmal." in tue(browser, "versuche_erneut", *zeilen)
    assert set(Termin.objects.values_list("status", flat=True)) == {"gescheitert"}


# To look at


@pytest.mark.parametrize("was", ["add", "delete", "change"])
def test_nothing_is_written_by_hand(browser, was):
    termin = mache_termin()
    ort = reverse(f"admin:hintergrund_termin_{was}", args=[] if was == "add" else [termin.pk])
    assert browser.post(ort, {"name": "anders", "post": "yes"}).status_code == 403
    assert Termin.objects.get().name == "probe"


def test_nobody_but_administrators_of_the_installation_sees_them(client):
    """Not even with the permission of Django's."""
    wer = mache_benutzer(is_staff=True)
    wer.user_permissions.set(Permission.objects.filter(content_type__app_label="hintergrund"))
    client.force_login(wer)
    assert client.get(LISTE).status_code == 403
    assert client.post(LISTE, {"action": "versuche_erneut", "_selected_action": [mache_termin().pk]}).status_code == 403


def test_the_newest_come_first_and_a_state_can_be_chosen(browser):
    for nummer, status in enumerate(["gescheitert", "wartet", "gescheitert"]):
        mache_termin(f"probe-{nummer}", status)
    zeilen = text(seite_von(browser.get(LISTE, {"status__exact": "gescheitert"})))
    assert 0 < zeilen.index("probe-2") < zeilen.index("probe-0")
    assert "probe-1" not in zeilen


def test_a_list_costs_the_same_however_long_it_is_and_reads_only_what_it_shows(browser, monkeypatch):
    def fragen() -> list[str]:
        with CaptureQueriesContext(connection) as gezaehlt:
            assert browser.get(LISTE).status_code == 200
        return [frage["sql"] for frage in gezaehlt]

    (verwalter,) = (v for v in ALLE if v.model is Termin)
    monkeypatch.setattr(verwalter, "felder_der_art", ("name",))
    monkeypatch.setattr(verwalter, "list_per_page", 2)
    mache_termin()
    eine = fragen()
    for nummer in range(3):
        mache_termin(f"noch {nummer}")
    mehrere = fragen()
    assert len(mehrere) == len(eine)
    assert not any("gelungen_am" in sql for sql in mehrere)
    assert all("LIMIT" in sql for sql in mehrere if 'FROM "hintergrund_termin"' in sql)
