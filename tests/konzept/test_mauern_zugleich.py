"""The rules of `konzept.mauern` among several transactions."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from konzept import trigger
from konzept.austausch.grosses_beispiel import erzeuge
from konzept.models import Abschnitt, Konzept
from tests.fabrik import mache_abschnitt, mache_konzept
from tests.nebenlaeufig import gleichzeitig

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_move_sections_at_the_same_moment_make_no_ring_together():
    konzept = mache_konzept()
    eins, zwei = mache_abschnitt(konzept, "eins"), mache_abschnitt(konzept, "zwei")
    verschoben, sehend = threading.Event(), threading.Event()

    def zuerst():
        with transaction.atomic():
            Abschnitt.objects.filter(pk=eins.pk).update(oberabschnitt=zwei)
            verschoben.set()
            sehend.wait(1)  # what comes second does not end before this has ended: there is nothing to wait for

    def danach():
        verschoben.wait(20)
        with transaction.atomic():
            Abschnitt.objects.filter(pk=zwei.pk).update(oberabschnitt=eins)
            sehend.set()

    antworten = gleichzeitig(zuerst, danach, abgelehnt=IntegrityError)
    assert antworten[0] is None
    assert isinstance(antworten[1], IntegrityError)
    assert not sehend.is_set()


@pytest.mark.parametrize("mal", ["first", "second"])
def test_emptying_the_database_leaves_the_rules_in_place(mal):
    assert not Konzept.objects.exists()
    assert not trigger.fehlende()
    mache_abschnitt(mache_konzept())


def test_what_a_rule_reads_does_not_grow_with_the_product_of_the_tables_on_its_way():
    """A connection of PostgreSQL keeps plans that it made while it took the tables for empty."""
    if connection.vendor != "postgresql":
        return  # SQLite plans each statement as a whole
    with transaction.atomic():
        _miss(100)
        transaction.set_rollback(True)
    with transaction.atomic():
        gelesen, geschrieben = _miss(200)
    assert geschrieben > 3_000
    assert gelesen < 1_000 * geschrieben


def _miss(anzahl: int) -> tuple[int, int]:
    """How many rows are read one after the other while a concept of so many measures is written, and how many that
    writes."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        erzeuge(10)
        erzeuge(anzahl)
        cursor.execute("SELECT sum(seq_tup_read), sum(n_tup_ins) FROM pg_stat_xact_user_tables")
        return tuple(map(int, cursor.fetchone()))
