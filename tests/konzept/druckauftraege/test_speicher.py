"""Pieces of prints are kept with their concept, for a while and not without bound."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from konzept import grenzen
from konzept.druckauftraege import speicher as modul
from konzept.druckauftraege.aufraeumen import AUFBEWAHREN, loesche_stuecke
from konzept.druckauftraege.models import Satzstueck
from konzept.druckauftraege.speicher import Stueckspeicher, speicher_von
from tests.fabrik import mache_konzept

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]


@pytest.fixture
def konzept():
    return mache_konzept()


@pytest.fixture
def speicher(konzept) -> Stueckspeicher:
    return Stueckspeicher(konzept.pk)


def test_what_was_kept_is_there_for_its_own_concept_alone(speicher, konzept):
    speicher.behalte("a", b"1")
    assert speicher.lies(["a", "b"]) == {"a": b"1"}
    anderes = mache_konzept(konzept.kommune, slug="anderes")
    assert Stueckspeicher(anderes.pk).lies(["a"]) == {}


def test_two_that_keep_the_same_do_not_collide(speicher, konzept):
    speicher.behalte("a", b"1")
    Stueckspeicher(konzept.pk).behalte("a", b"1")
    assert speicher.lies(["a"]) == {"a": b"1"}


def test_what_was_damaged_is_replaced(speicher):
    speicher.behalte("a", b"?")
    speicher.behalte("a", b"12")
    assert speicher.lies(["a"]) == {"a": b"12"}
    assert Satzstueck.objects.get().groesse == 2


@pytest.mark.parametrize("anzahl", [1, 3])
def test_reading_takes_one_query_however_many(speicher, django_assert_num_queries, anzahl):
    namen = [f"s{i}" for i in range(anzahl)]
    for name in namen:
        speicher.behalte(name, b"x")
    with django_assert_num_queries(3):  # between a savepoint and its release
        assert len(speicher.lies(namen)) == anzahl


def test_what_is_of_use_stays_and_the_rest_goes_in_time(speicher):
    for name in "ab":
        speicher.behalte(name, b"x")
    spaeter = timezone.now() + AUFBEWAHREN
    Satzstueck.objects.update(benutzt_am=timezone.now() - AUFBEWAHREN + timedelta(hours=2))
    speicher.lies(["a"])
    assert loesche_stuecke(spaeter - timedelta(hours=1)) == 1
    assert speicher.lies(["a", "b"]) == {"a": b"x"}


def test_beyond_the_bound_what_was_of_use_last_stays(konzept, monkeypatch):
    monkeypatch.setattr(modul, "SATZSTUECKE_JE_KONZEPT", 25)
    with speicher_von(konzept.pk) as speicher:
        for name in "abc":
            speicher.behalte(name, b"0123456789")
        Satzstueck.objects.filter(schluessel="b").update(benutzt_am=timezone.now() - timedelta(days=1))
    assert set(speicher.lies([*"abc"])) == {"a", "c"}
    assert grenzen.SATZSTUECKE_JE_KONZEPT > 10_000_000


def test_a_database_that_does_not_answer_stops_no_print(speicher, monkeypatch, caplog):
    def weg(*_, **__):
        raise DatabaseError

    monkeypatch.setattr(Satzstueck.objects, "bulk_create", weg)
    speicher.behalte("a", b"1")
    assert "could not be read or kept" in caplog.text
    assert speicher.lies(["a"]) == {}
