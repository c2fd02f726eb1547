"""Rows that are written once stay as they are, whoever asks: the code, Django's own ways, or SQL at the database."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F, ProtectedError
from django.utils import timezone

from konzept.konten.models import Ereignis, Protokolleintrag
from konzept.unveraenderlich import Unveraenderlich, entferne_trigger, richte_trigger_ein
from tests.fabrik import mache_benutzer, mache_kommune

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

TABELLE = Protokolleintrag._meta.db_table
FRIST = timedelta(days=Protokolleintrag.AUFBEWAHREN)
STUNDE = timedelta(hours=1)


def mache_eintrag(alter: timedelta = timedelta(0), **felder) -> Protokolleintrag:
    return Protokolleintrag.objects.create(
        **{"ereignis": Ereignis.AUSGABE, "text": "so war es", "zeitpunkt": timezone.now() - alter} | felder
    )


def sql(befehl: str, *werte) -> None:
    with connection.cursor() as cursor:
        cursor.execute(befehl, werte)


def unversehrt() -> bool:
    return list(Protokolleintrag.objects.values_list("text", flat=True)) == ["so war es"]


def _speichere(e):
    e.text = "anders"
    e.save()


def _speichere_gelesenen(e):
    gelesen = Protokolleintrag.objects.get()
    gelesen.text = "anders"
    gelesen.save(update_fields=["text"])


def _in_einem_zug(e):
    e.text = "anders"
    Protokolleintrag.objects.bulk_update([e], ["text"])


@pytest.mark.parametrize(
    "versuch",
    [
        _speichere,
        _speichere_gelesenen,
        _in_einem_zug,
        lambda e: e.delete(),
        lambda e: Protokolleintrag.objects.all().delete(),
        lambda e: Protokolleintrag.objects.filter(pk=e.pk).update(text="anders"),
        lambda e: Protokolleintrag.objects.update(text=F("ereignis")),
        lambda e: Protokolleintrag.objects.update_or_create(pk=e.pk, defaults={"text": "anders"}),
    ],
)
def test_the_code_is_refused(versuch):
    eintrag = mache_eintrag()
    with pytest.raises(Unveraenderlich), transaction.atomic():
        versuch(eintrag)
    assert unversehrt()


@pytest.mark.parametrize("alter", [timedelta(0), FRIST * 2], ids=["young", "old"])
@pytest.mark.parametrize(
    "versuch",
    [
        lambda e: Protokolleintrag._base_manager.filter(pk=e.pk).update(text="anders"),
        lambda e: Protokolleintrag(pk=e.pk, ereignis=e.ereignis, text="anders").save(),
        lambda e: Protokolleintrag(pk=e.pk, ereignis=e.ereignis, text="anders").save(force_insert=True),
        lambda e: Protokolleintrag.objects.bulk_create(
            [Protokolleintrag(pk=e.pk, ereignis=e.ereignis, text="anders")],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["text"],
        ),
        lambda e: sql(f"UPDATE {TABELLE} SET text = 'anders'"),
        lambda e: sql(f"UPDATE {TABELLE} SET zeitpunkt = %s WHERE id = %s", timezone.now() - FRIST * 3, e.pk),
    ],
)
def test_the_database_refuses_every_change(versuch, alter):
    eintrag = mache_eintrag(alter)
    with pytest.raises(IntegrityError), transaction.atomic():
        versuch(eintrag)
    assert unversehrt()


def test_a_database_with_a_short_cut_of_its_own_refuses_that_too():
    """SQLite replaces a row, and PostgreSQL empties a table, without calling it a deletion."""
    mache_eintrag(FRIST * 2)
    abkuerzung = {
        "sqlite": f"INSERT OR REPLACE INTO {TABELLE} SELECT * FROM {TABELLE}",
        "postgresql": f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {TABELLE}",
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        sql(abkuerzung[connection.vendor])
    assert unversehrt()


@pytest.mark.parametrize(
    "versuch",
    [
        lambda: sql(f"DELETE FROM {TABELLE}"),
        lambda: Protokolleintrag.objects.loesche_abgelaufene(timezone.now()),
        lambda: Protokolleintrag._base_manager.all().delete(),
    ],
)
def test_a_young_row_is_not_deleted(versuch):
    """One hour before the time is up, so that a database that reckons in local time is found out."""
    mache_eintrag(FRIST - STUNDE / 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        versuch()
    assert unversehrt()


def test_old_rows_may_be_deleted_and_young_ones_stay():
    alt, jung = mache_eintrag(FRIST + STUNDE / 2), mache_eintrag(FRIST - STUNDE / 2)
    assert Protokolleintrag.objects.loesche_abgelaufene(alt.zeitpunkt) == 0
    assert Protokolleintrag.objects.loesche_abgelaufene(timezone.now() - FRIST) == 1
    assert Protokolleintrag.objects.get() == jung


def test_whom_the_log_names_is_not_deleted():
    kommune, konto, andere = mache_kommune(), mache_benutzer(), mache_benutzer()
    mache_eintrag(kommune=kommune, benutzer=konto, person=andere)
    for zeile in (kommune, konto, andere):
        with pytest.raises(ProtectedError):
            zeile.delete()
    assert unversehrt()


def test_the_triggers_can_be_put_in_place_again_and_again():
    mache_eintrag()
    richte_trigger_ein()
    entferne_trigger()
    sql(f"UPDATE {TABELLE} SET text = 'so war es'")
    entferne_trigger()
    richte_trigger_ein()
    with pytest.raises(IntegrityError), transaction.atomic():
        sql(f"DELETE FROM {TABELLE}")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("lauf", ["first", "second"])
def test_a_test_that_commits_leaves_an_empty_table_with_its_triggers(lauf, live_server):
    assert not Protokolleintrag.objects.exists()
    mache_eintrag()
    with pytest.raises(IntegrityError):
        sql(f"DELETE FROM {TABELLE}")
