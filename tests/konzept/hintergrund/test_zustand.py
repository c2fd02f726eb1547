"""Signs of life, and what is counted."""

from datetime import timedelta

import pytest

from konzept.hintergrund import pacht, zustand
from konzept.hintergrund.models import Arbeiter, Termin
from konzept.postausgang.models import Sendung

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]


@pytest.fixture
def uhr(uhr, monkeypatch):
    """The clock of the database too."""
    monkeypatch.setattr(pacht, "jetzt", uhr)
    uhr.stelle(2026, 11, 3, 12)
    return uhr


def test_a_worker_lives_for_a_minute_after_its_last_sign(uhr):
    assert not zustand.lebt()
    zustand.melde_leben("a", "rathaus")
    uhr.ruecke(timedelta(seconds=59))
    assert zustand.lebt()
    uhr.ruecke(timedelta(seconds=1))
    assert not zustand.lebt()
    zustand.melde_leben("a", "rathaus")
    assert zustand.lebt()
    assert Arbeiter.objects.get().begonnen_am == uhr() - timedelta(minutes=1)


def test_one_of_several_is_enough(uhr):
    zustand.melde_leben("a", "rathaus")
    uhr.ruecke(timedelta(minutes=5))
    zustand.melde_leben("b", "anderer")
    assert zustand.lebt()
    assert zustand.lies().lebenszeichen.vor == timedelta(0)
    zustand.melde_ab("b")
    assert not zustand.lebt()


def test_who_was_not_seen_for_a_day_is_forgotten(uhr):
    zustand.melde_leben("a", "rathaus")
    uhr.ruecke(timedelta(days=1, seconds=1))
    zustand.melde_leben("b", "rathaus")
    assert [a.name for a in Arbeiter.objects.all()] == ["b"]


def test_what_is_counted(uhr):
    jetzt = uhr()
    for minuten in (-5, -2, 10):
        Termin.objects.create(name=f"wartet {minuten}", ab=jetzt + timedelta(minutes=minuten))
    for stunden in (1, 23, 25):
        Termin.objects.create(
            name=f"gescheitert {stunden}", status="gescheitert", beendet_am=jetzt - timedelta(hours=stunden)
        )
    Termin.objects.create(name="fertig", status="fertig", beendet_am=jetzt)
    Termin.objects.filter(name="wartet -2").update(
        status="laeuft", pacht="00000000-0000-0000-0000-000000000001", pacht_bis=jetzt
    )
    (schlange,) = (s for s in zustand.lies().schlangen if s.art == "termin")
    assert (schlange.wartet, schlange.laeuft, schlange.gescheitert) == (2, 1, 2)
    assert schlange.aeltester == timedelta(minutes=5)


@pytest.mark.parametrize(("sekunden", "gut"), [(119, True), (120, True), (121, False)])
def test_what_waits_for_two_minutes_is_too_long(uhr, sekunden, gut):
    Termin.objects.create(name="x", ab=uhr() - timedelta(seconds=sekunden))
    assert all(schlange.gut for schlange in zustand.lies().schlangen) is gut


@pytest.mark.parametrize(("sekunden", "erwartet"), [(121, True), (900, True), (901, False)])
def test_where_some_run_there_is_much_to_do_and_the_others_may_wait_for_longer(uhr, sekunden, erwartet):
    mache_sendung(ab=uhr() - timedelta(seconds=sekunden))
    mache_sendung(status="laeuft", pacht="00000000-0000-0000-0000-000000000001", pacht_bis=uhr())
    assert gut("post") is erwartet


def mache_sendung(**werte) -> Sendung:
    return Sendung.objects.create(**{"anlass": "konto", "empfaenger": "a@x.example", "inhalt": "x"} | werte)


def gut(art: str) -> bool:
    (schlange,) = (s for s in zustand.lies().schlangen if s.art == art)
    return schlange.gut


@pytest.mark.parametrize(("minuten", "fehler", "erwartet"), [(30, "x", True), (31, "x", False), (6000, "", True)])
@pytest.mark.parametrize("laeuft", [False, True], ids=["waits", "runs"])
def test_what_is_tried_in_vain_for_half_an_hour_is_not_well(uhr, minuten, fehler, erwartet, laeuft):
    """It is not due, and so does not wait for too long."""
    alt = {"angelegt_am": uhr() - timedelta(minutes=minuten), "ab": uhr() + timedelta(minutes=5), "fehler": fehler}
    lauf = {"status": "laeuft", "pacht": "00000000-0000-0000-0000-000000000001", "pacht_bis": uhr()}
    mache_sendung(**alt, **(lauf if laeuft else {}))
    assert gut("post") is erwartet


def test_a_termin_that_is_tried_again_today_is_well(uhr):
    Termin.objects.create(
        name="x", ab=uhr() + timedelta(minutes=5), angelegt_am=uhr() - timedelta(days=9), fehler="x", versuche=1
    )
    assert gut("termin")


@pytest.mark.parametrize(
    ("gescheitert", "fertig", "erwartet"),
    [
        ([1, 2], [], True),
        ([1, 2, 3], [], False),
        ([1, 2, 25], [], True),
        ([1, 2, 3], [4], False),
        ([1, 2, 3], [2], True),
    ],
    ids=["two", "three", "two and an old one", "it went well before", "it went well since"],
)
def test_where_nothing_goes_well_any_more_it_is_not_well(uhr, gescheitert, fertig, erwartet):
    for status, alle in (("gescheitert", gescheitert), ("fertig", fertig)):
        for stunden in alle:
            mache_sendung(status=status, beendet_am=uhr() - timedelta(hours=stunden), inhalt="")
    assert gut("post") is erwartet


def test_where_cron_does_it_terms_are_not_asked_for(uhr, settings):
    settings.TERMINE = False
    Termin.objects.create(name="x", ab=uhr() - timedelta(days=3), fehler="x")
    stand = zustand.lies()
    assert "termin" not in {schlange.art for schlange in stand.schlangen}
    assert stand.termine == []
