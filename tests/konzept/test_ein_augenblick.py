"""What is read in one moment agrees with itself, and keeps nobody from writing."""

import pytest
from django.db import connection, transaction

from konzept.ein_augenblick import ein_augenblick
from konzept.models import Konzept
from tests.fabrik import mache_konzept
from tests.nebenlaeufig import gleichzeitig

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.datenbank]


def titel() -> str:
    return Konzept.objects.get().titel


def test_what_others_write_meanwhile_is_not_seen_and_not_kept_off():
    mache_konzept()
    Konzept.objects.update(titel="vorher")
    with ein_augenblick():
        assert titel() == "vorher"
        gleichzeitig(lambda: Konzept.objects.update(titel="nachher"))
        assert titel() == "vorher"
    assert titel() == "nachher"


def test_inside_of_a_transaction_it_is_that():
    mache_konzept()
    with transaction.atomic():
        Konzept.objects.update(titel="eben geschrieben")
        with ein_augenblick():
            assert titel() == "eben geschrieben"


def test_afterwards_one_writes_as_before():
    mache_konzept()
    with pytest.raises(ZeroDivisionError), ein_augenblick():
        Konzept.objects.get(pk=1 / 0)
    if connection.vendor == "sqlite":
        assert connection.transaction_mode == "IMMEDIATE"
    with transaction.atomic():
        Konzept.objects.update(titel="nachher")
    assert titel() == "nachher"


def test_it_may_be_the_first_that_a_connection_is_asked_for():
    mache_konzept()

    def lies():
        with ein_augenblick():
            return titel()

    assert gleichzeitig(lies) == [titel()]
