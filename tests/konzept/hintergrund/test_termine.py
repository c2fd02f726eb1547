"""What comes back by the calendar: once whatever happens, made up for once, tried again, and always seen."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from konzept.hintergrund import lauf, pacht, termine
from konzept.hintergrund.arbeiter import Arbeiter
from konzept.hintergrund.arten import art
from konzept.hintergrund.models import Termin
from konzept.hintergrund.termine import Misslungen, Plan, naechster, stelle_bereit
from tests.nebenlaeufig import gleichzeitig

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

HIER = ZoneInfo(settings.TIME_ZONE)
FRUEH = dt.time(4, 15)
ART = art(termine.ART)


@pytest.fixture
def uhr(uhr, monkeypatch):
    """The clock of the database too."""
    monkeypatch.setattr(pacht, "jetzt", uhr)
    return uhr


class Arbeit:
    """What a plan of the tests does: it counts, and raises what it is told to."""

    def __init__(self):
        self.anzahl, self.fehler = 0, None

    def __call__(self):
        self.anzahl += 1
        if self.fehler:
            raise self.fehler


@pytest.fixture
def arbeit(monkeypatch):
    """There is one plan alone, at a quarter past four."""
    monkeypatch.setattr(termine, "_plaene", {})
    arbeit = Arbeit()
    monkeypatch.setattr(termine, "import_string", lambda pfad: arbeit)
    termine.melde_an(Plan(name="probe", fuehre_aus="irgendwo", um=FRUEH))
    return arbeit


def hier(tag, stunde=0, minute=0, *, monat=11, fold=0) -> dt.datetime:
    # In UTC, since an hour that comes twice equals nothing in another time zone.
    return dt.datetime(2026, monat, tag, stunde, minute, tzinfo=HIER, fold=fold).astimezone(dt.UTC)


# When


@pytest.mark.parametrize(
    ("nach", "erwartet"),
    [
        (hier(3, 4, 14), hier(3, 4, 15)),
        (hier(3, 4, 15), hier(4, 4, 15)),
        (hier(3, 23, 59), hier(4, 4, 15)),
        (dt.datetime(2026, 7, 1, 22, 30, tzinfo=dt.UTC), dt.datetime(2026, 7, 2, 2, 15, tzinfo=dt.UTC)),
        (hier(29, 1, monat=3), dt.datetime(2026, 3, 29, 2, 15, tzinfo=dt.UTC)),
        (hier(25, 1, monat=10), dt.datetime(2026, 10, 25, 3, 15, tzinfo=dt.UTC)),
    ],
    ids=["before", "at", "at night", "yesterday in UTC", "clock put forward", "clock put back"],
)  # fmt: skip
def test_the_next_time_is_by_the_clock_here(nach, erwartet):
    assert naechster(FRUEH, nach) == erwartet


def test_an_hour_that_the_clock_leaves_out_comes_an_hour_later():
    naechte = [naechster(dt.time(2, 30), hier(tag, 12, monat=3)) for tag in (27, 28, 29)]
    assert naechte == [hier(28, 2, 30, monat=3), hier(29, 3, 30, monat=3), hier(30, 2, 30, monat=3)]


def test_an_hour_that_comes_twice_counts_once():
    erstes = naechster(dt.time(2, 30), hier(24, 12, monat=10))
    assert erstes == hier(25, 2, 30, monat=10)
    for nach in (erstes, hier(25, 2, 15, monat=10, fold=1), hier(25, 2, 30, monat=10, fold=1)):
        assert naechster(dt.time(2, 30), nach) == hier(26, 2, 30, monat=10)


def test_what_comes_back_here_keeps_clear_of_the_change_of_the_clock():
    assert {plan.name for plan in termine.plaene()} == {"aufraeumen", "erinnere"}
    assert all(plan.um.hour != 2 for plan in termine.plaene())


# Rows


def test_every_plan_has_a_row_and_no_other_has(arbeit, uhr):
    uhr.stelle(2026, 11, 3, 12)
    Termin.objects.create(name="von frueher")
    stelle_bereit()
    stelle_bereit()
    termin = Termin.objects.get()
    assert (termin.name, termin.status, termin.ab) == ("probe", "wartet", hier(4, 4, 15))


def test_rows_that_are_there_stay_as_they_are(arbeit, uhr):
    """A worker that begins anew neither brings forward nor puts off."""
    uhr.stelle(2026, 11, 3, 12)
    stelle_bereit()
    uhr.stelle(2026, 11, 7, 12)
    stelle_bereit()
    assert Termin.objects.get().ab == hier(4, 4, 15)


def test_none_rests_for_ever(arbeit, uhr):
    """Such as when the database was away for so long that nothing could be written but a failure."""
    uhr.stelle(2026, 11, 3, 12)
    stelle_bereit()
    Termin.objects.update(status="gescheitert", beendet_am=uhr())
    stelle_bereit()
    termin = Termin.objects.get()
    assert (termin.status, termin.ab, termin.beendet_am) == ("wartet", uhr() + termine.NEUER_VERSUCH, None)


def test_a_row_of_a_newer_version_is_left_to_its_workers(arbeit, uhr):
    uhr.stelle(2026, 11, 3, 12)
    Termin.objects.create(name="neuer", ab=uhr())
    assert lauf.arbeite_ab(ART) == 1
    termin = Termin.objects.get()
    assert (termin.status, termin.ab, termin.fehler) == ("wartet", uhr() + termine.NEUER_VERSUCH, "")
    assert arbeit.anzahl == 0


@pytest.mark.parametrize("an", [True, False])
def test_where_cron_does_it_the_worker_leaves_it_alone(settings, an):
    settings.TERMINE = an
    Termin.objects.create(name="aufraeumen", ab=pacht.jetzt() + dt.timedelta(hours=1))
    arbeiter = Arbeiter()
    arbeiter._runde()
    assert (termine.ART in {a.name for a in arbeiter._arten}) is an
    assert Termin.objects.count() == (len(termine.plaene()) if an else 1)


# How often


def arbeite(uhr, tag, stunde=0, minute=0) -> int:
    """What a worker that looks then has done."""
    uhr.stelle(2026, 11, tag, stunde, minute)
    return lauf.arbeite_ab(ART)


def test_it_runs_once_a_day(arbeit, uhr):
    uhr.stelle(2026, 11, 3, 12)
    stelle_bereit()
    for tag, stunde, minute in ((3, 23, 0), (4, 4, 14), (4, 4, 15), (4, 4, 16), (4, 12, 0), (5, 4, 16), (5, 23, 0)):
        arbeite(uhr, tag, stunde, minute)
    assert arbeit.anzahl == 2
    termin = Termin.objects.get()
    assert (termin.gelungen_am, termin.ab, termin.versuche) == (hier(5, 4, 16), hier(6, 4, 15), 0)


def test_a_pause_of_three_days_is_made_up_for_once(arbeit, uhr):
    uhr.stelle(2026, 11, 3, 12)
    stelle_bereit()
    assert [arbeite(uhr, 7, stunde) for stunde in (9, 10, 11)] == [1, 0, 0]
    assert Termin.objects.get().ab == hier(8, 4, 15)


def test_a_clock_that_is_put_right_meanwhile_does_not_bring_it_twice(arbeit, uhr, monkeypatch):
    uhr.stelle(2026, 11, 3, 12)
    stelle_bereit()
    monkeypatch.setattr(termine, "import_string", lambda pfad: lambda: uhr.stelle(2026, 11, 4, 4, 14))
    assert arbeite(uhr, 4, 4, 15) == 1
    assert Termin.objects.get().ab == hier(5, 4, 15)


@pytest.mark.parametrize(("monat", "tag"), [(3, 29), (10, 25)])
@pytest.mark.parametrize("um", [dt.time(2, 30), FRUEH])
def test_on_the_day_of_another_clock_it_runs_once(arbeit, uhr, um, monat, tag):
    termine.melde_an(Plan(name="probe", fuehre_aus="irgendwo", um=um))
    uhr.stelle(2026, monat, tag - 1, 12)
    stelle_bereit()
    for _ in range(48 * 4):  # two days, a look every quarter of an hour
        uhr.ruecke(dt.timedelta(minutes=15))
        lauf.arbeite_ab(ART)
    assert arbeit.anzahl == 2


@pytest.mark.django_db(transaction=True)
def test_of_several_workers_one_takes_it():
    Termin.objects.create(name="probe", ab=pacht.jetzt())
    genommen = gleichzeitig(*[lambda wer=wer: pacht.nimm(ART, wer) for wer in "abcd"])
    assert sorted(len(zeilen) for zeilen in genommen) == [0, 0, 0, 1]
    assert Termin.objects.get().versuche == 1


@pytest.mark.django_db(transaction=True)
def test_several_workers_that_begin_together_make_one_row():
    gleichzeitig(*[stelle_bereit] * 4)
    assert Termin.objects.count() == len(termine.plaene())


# Failures


def test_what_fails_is_tried_twice_more_and_then_the_next_day(arbeit, uhr):
    uhr.stelle(2026, 11, 3, 12)
    stelle_bereit()
    arbeit.fehler = Misslungen("Ein Text war zu alt.")
    versuche = [arbeite(uhr, 4, stunde, minute) for stunde in (4, 5, 6) for minute in (0, 14, 15, 29, 30, 45)]
    assert versuche == [0, 0, 1, 0, 1, 1, *[0] * 12]
    termin = Termin.objects.get()
    assert (termin.fehler, termin.ab, termin.versuche, termin.gelungen_am) == (
        "Ein Text war zu alt.", hier(5, 4, 15), 0, None,
    )  # fmt: skip
    arbeit.fehler = None
    assert arbeite(uhr, 5, 4, 15) == 1
    termin.refresh_from_db()
    assert (termin.fehler, termin.ab, termin.gelungen_am) == ("", hier(6, 4, 15), hier(5, 4, 15))


def test_of_what_nobody_expected_the_kind_alone_is_told(arbeit, uhr, caplog):
    """The text of an exception may name people; it stands in the log of the server."""
    uhr.stelle(2026, 11, 3, 12)
    stelle_bereit()
    arbeit.fehler = ValueError("rita@stadt.example")
    arbeite(uhr, 4, 5)
    fehler = Termin.objects.get().fehler
    assert "ValueError" in fehler
    assert "rita" not in fehler
    assert "rita@stadt.example" in caplog.text


def test_a_function_that_is_not_there_has_failed(uhr, monkeypatch):
    monkeypatch.setattr(termine, "_plaene", {})
    termine.melde_an(Plan(name="probe", fuehre_aus="konzept.gibt_es_nicht", um=FRUEH))
    uhr.stelle(2026, 11, 3, 12)
    stelle_bereit()
    arbeite(uhr, 4, 5)
    assert "ImportError" in Termin.objects.get().fehler


def stirb(uhr) -> None:
    """Take what is due, and say nothing any more."""
    assert pacht.nimm(ART, "anderer")
    uhr.ruecke(pacht.PACHT + dt.timedelta(seconds=1))
    pacht.raeume_abgelaufene()


def test_a_killed_run_is_taken_up_again(arbeit, uhr):
    uhr.stelle(2026, 11, 3, 12)
    stelle_bereit()
    uhr.stelle(2026, 11, 4, 5)
    stirb(uhr)
    assert lauf.arbeite_ab(ART) == 1
    termin = Termin.objects.get()
    assert (arbeit.anzahl, termin.ab, termin.fehler) == (1, hier(5, 4, 15), "")


def test_what_is_killed_each_time_waits_for_the_next_day_and_says_so(arbeit, uhr):
    uhr.stelle(2026, 11, 3, 12)
    stelle_bereit()
    uhr.stelle(2026, 11, 4, 5)
    for _ in range(termine.VERSUCHE):
        stirb(uhr)
        uhr.ruecke(pacht.NACH_ABBRUCH)
    assert lauf.arbeite_ab(ART) == 1
    termin = Termin.objects.get()
    assert (arbeit.anzahl, termin.ab, termin.versuche) == (0, hier(5, 4, 15), 0)
    assert termin.fehler == "Die Arbeit brach 3 Mal ab, ohne zu sagen, warum."


def test_what_takes_too_long_waits_again_and_says_so(arbeit, uhr):
    uhr.stelle(2026, 11, 3, 12)
    stelle_bereit()
    uhr.stelle(2026, 11, 4, 5)
    for _ in range(termine.VERSUCHE):
        (termin,) = pacht.nimm(ART, "anderer")
        pacht.nimm_verlorene_zurueck(ART, termin.pacht, "Das dauerte zu lange.")
        uhr.ruecke(pacht.NACH_ABBRUCH)
        assert Termin.objects.get().status == "wartet"
    lauf.arbeite_ab(ART)
    termin.refresh_from_db()
    assert (arbeit.anzahl, termin.fehler, termin.ab) == (0, "Das dauerte zu lange.", hier(5, 4, 15))


def test_whoever_has_lost_the_row_writes_nothing(arbeit, uhr):
    uhr.stelle(2026, 11, 3, 12)
    stelle_bereit()
    uhr.stelle(2026, 11, 4, 5)
    zeilen = pacht.nimm(ART, "langsam")
    uhr.ruecke(dt.timedelta(minutes=2))
    pacht.raeume_abgelaufene()
    assert lauf.arbeite_ab(ART) == 1
    uhr.ruecke(dt.timedelta(days=3))
    lauf.fuehre_aus(ART, zeilen)
    assert Termin.objects.get().ab == hier(5, 4, 15)
