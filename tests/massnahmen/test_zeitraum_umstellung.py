"""The days by which measures are found follow what the reader understands today, in rows from before, too."""

from datetime import date
from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from konzept.verlauf.models import Aenderung
from massnahmen.models import Massnahme
from tests.fabrik import mache_feld, mache_konzept, mache_massnahme

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

MODUL = import_module("massnahmen.migrations.0006_zeitraum_neu_gelesen")
TAG = date(2016, 5, 1)


@pytest.fixture
def feld():
    return mache_feld(mache_konzept())


def stelle_um() -> None:
    MODUL.lies_alle(MigrationLoader(connection).project_state().apps, None)


def alte_zeile(feld, wortlaut, beginn=None, ende=None) -> Massnahme:
    """A row as it was saved when the reader was another one."""
    massnahme = mache_massnahme(feld, wortlaut[:20])
    Massnahme.objects.filter(pk=massnahme.pk).update(zeitraum=wortlaut, beginn_am=beginn, ende_am=ende)
    return massnahme


def tage(massnahme) -> tuple[date | None, date | None]:
    return Massnahme.objects.values_list("beginn_am", "ende_am").get(pk=massnahme.pk)


@pytest.mark.parametrize(
    ("wortlaut", "vorher", "nachher"),
    [
        ("zum 01.05.16", (TAG, TAG), (TAG, None)),
        ("27.-29.09.2019", (None, None), (date(2019, 9, 27), date(2019, 9, 29))),
        ("mittelfristig (2023-2027)", (None, None), (date(2023, 1, 1), date(2027, 12, 31))),
        ("2010-10", (date(2010, 1, 1), date(2010, 12, 31)), (date(2010, 10, 1), date(2010, 10, 31))),
        ("1/2018 - 2/2018", (date(2018, 1, 1), date(2018, 2, 28)), (None, None)),
        ("13/2017", (TAG, TAG), (None, None)),
        ("\x01 2017 " + "x" * 180, (TAG, TAG), (None, None)),
        ("", (None, None), (None, None)),
        ("2017", (date(2017, 1, 1), date(2017, 12, 31)), (date(2017, 1, 1), date(2017, 12, 31))),
    ],
)
def test_the_days_of_a_stored_wording_are_those_it_is_read_as_now(feld, wortlaut, vorher, nachher):
    massnahme = alte_zeile(feld, wortlaut, *vorher)
    stelle_um()
    assert tage(massnahme) == nachher


def test_no_other_column_nor_the_history_changes(feld):
    massnahme = alte_zeile(feld, "zum 01.05.16", TAG, TAG)
    verlauf = Aenderung.objects.count()
    vorher = Massnahme.objects.filter(pk=massnahme.pk).values().get()
    stelle_um()
    nachher = Massnahme.objects.filter(pk=massnahme.pk).values().get()
    assert nachher == vorher | {"ende_am": None}
    assert Aenderung.objects.count() == verlauf


def test_only_rows_that_differ_are_written_and_all_batches_are_read(feld, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(MODUL, "JE", 2)
    alte = [alte_zeile(feld, f"zum 01.05.{16 + i}", TAG, TAG) for i in range(3)]
    for i in range(2):
        alte_zeile(feld, str(2017 + i), date(2017 + i, 1, 1), date(2017 + i, 12, 31))
    stelle_um()
    assert [tage(massnahme) for massnahme in alte] == [(date(2016 + i, 5, 1), None) for i in range(3)]
    apps = MigrationLoader(connection).project_state().apps
    with django_assert_num_queries(4):  # three batches and an empty one
        MODUL.lies_alle(apps, None)
