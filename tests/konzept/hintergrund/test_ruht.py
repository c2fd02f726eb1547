"""Pages that depend on the worker say where none lives, to those who edit, and nobody pays for that on other pages."""

import pytest

from konzept.hintergrund import zustand
from konzept.hintergrund.models import Arbeiter
from konzept.rechte import Rolle
from tests.fabrik import mache_benutzer, mache_kommune, seite_von, text

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]


@pytest.fixture(autouse=True)
def mit_dienst(settings):
    """Prints wait for the worker, as in production."""
    settings.DRUCK_IM_HINTERGRUND = True


@pytest.fixture
def kommune():
    return mache_kommune()


def seite(client, konto, ort) -> str:
    client.force_login(konto)
    return text(seite_von(client.get(ort)))


def sagt_es(client, konto, kommune) -> bool:
    return zustand.RUHT in seite(client, konto, f"/kommunen/{kommune.slug}/")


def test_who_edits_or_runs_a_kommune_is_told(client, kommune):
    gesagt = {r for r in Rolle.values if sagt_es(client, mache_benutzer(kommune, r), kommune)}
    assert gesagt == {"leitung", "redaktion", "verwaltung"}


def test_while_a_worker_lives_nothing_is_said(client, kommune):
    konto = mache_benutzer(kommune, "leitung")
    zustand.melde_leben("rathaus-1", "rathaus")
    assert not sagt_es(client, konto, kommune)
    Arbeiter.objects.update(gesehen_am=zustand.pacht.jetzt() - zustand.TOT)
    assert sagt_es(client, konto, kommune)


def test_where_everything_is_done_at_once_nothing_is_said(client, kommune, settings):
    settings.DRUCK_IM_HINTERGRUND = False
    assert not sagt_es(client, mache_benutzer(kommune, "leitung"), kommune)


def test_administrators_of_the_installation_are_told_in_the_admin(client):
    chef = mache_benutzer(is_staff=True, is_superuser=True)
    assert zustand.RUHT in seite(client, chef, "/admin/")
    zustand.melde_leben("rathaus-1", "rathaus")
    assert zustand.RUHT not in seite(client, chef, "/admin/")
