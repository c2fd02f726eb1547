"""The rules of `konzept.mauern` among several transactions."""

import threading

import pytest
from django.db import IntegrityError, transaction

from konzept import trigger
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


