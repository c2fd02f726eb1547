"""An administrator erases accounts for people who cannot do it themselves any more."""

import pytest

from konzept.konten import daten
from konzept.konten.models import Benutzer, Protokolleintrag
from tests.fabrik import alle_zeilen, mache_benutzer

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

RITA = "rita@stadt.example"


@pytest.fixture
def verwaltung(client):
    konto = mache_benutzer(email="admin@stadt.example", is_staff=True, is_superuser=True)
    client.force_login(konto)
    return client


def wende_an(client, *konten, **felder):
    return client.post(
        "/admin/konten/benutzer/",
        {"action": "loesche_konten", "_selected_action": [konto.pk for konto in konten]} | felder,
        follow=True,
    )


def test_an_administrator_erases_accounts_after_a_question(verwaltung, rita, ole, stadt):
    vorher = alle_zeilen()
    frage = wende_an(verwaltung, rita, ole)
    assert RITA in frage.content.decode()
    assert alle_zeilen() == vorher
    antwort = wende_an(verwaltung, rita, ole, bestaetigt="ja")
    rita.refresh_from_db()
    ole.refresh_from_db()
    assert rita.geloescht_am
    assert not ole.geloescht_am
    assert "1 Konto gelöscht." in antwort.content.decode()
    assert "Ole Anders ist die einzige Leitung von Stadt Musterhausen" in antwort.content.decode()
    assert Protokolleintrag.objects.latest("pk").benutzer.email == "admin@stadt.example"


def test_an_administrator_does_not_erase_themself_by_accident(verwaltung):
    konto = Benutzer.objects.get(email="admin@stadt.example")
    antwort = wende_an(verwaltung, konto, bestaetigt="ja")
    konto.refresh_from_db()
    assert not konto.geloescht_am
    assert "Ihr eigenes Konto" in antwort.content.decode()


def test_djangos_own_deletion_is_not_offered(verwaltung, rita):
    assert verwaltung.get(f"/admin/konten/benutzer/{rita.pk}/delete/").status_code == 403
    assert "delete_selected" not in verwaltung.get("/admin/konten/benutzer/").content.decode()


def test_an_erased_account_is_not_brought_back_in_the_admin(verwaltung, rita):
    daten.loesche_konto(rita)
    antwort = verwaltung.post(f"/admin/konten/benutzer/{rita.pk}/change/", {"email": RITA, "is_active": "on"})
    assert antwort.status_code == 403
