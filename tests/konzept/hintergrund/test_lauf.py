"""Doing rows: what happens to results, and to what is told meanwhile, when the database is away."""

import pytest
from django.db import InterfaceError, OperationalError, connection

from konzept.hintergrund import lauf, pacht
from konzept.hintergrund.arten import Art
from konzept.hintergrund.lauf import Lauf, Spaeter, Unmoeglich, beharrlich, fuehre_aus, in_sekunden
from konzept.hintergrund.models import Termin

ART = Art(name="probe", modell="hintergrund.Termin", fuehre_aus="tests.konzept.hintergrund.test_lauf")


@pytest.fixture
def genommen(db) -> Termin:
    Termin.objects.create(name="probe")
    (termin,) = pacht.nimm(ART, "rechner-1")
    return termin


def tue(monkeypatch, termin: Termin, funktion) -> Termin:
    monkeypatch.setattr(Art, "funktion", property(lambda art: lambda auftraege, lauf: funktion()))
    fuehre_aus(ART, [termin])
    termin.refresh_from_db()
    return termin


def wirf(fehler: Exception):
    raise fehler


@pytest.mark.datenbank
@pytest.mark.parametrize(
    ("fehler", "status", "satz"),
    [
        (None, "fertig", ""),
        (Unmoeglich("Das geht nie."), "gescheitert", "Das geht nie."),
        (MemoryError(), "gescheitert", lauf.ZU_WENIG_SPEICHER),
        (ValueError("Rita weiß es"), "gescheitert", lauf.FEHLER.format("ValueError")),
    ],
    ids=lambda wert: str(wert)[:20],
)
def test_how_a_function_ends_is_how_the_row_ends(fehler, status, satz, genommen, monkeypatch):
    termin = tue(monkeypatch, genommen, lambda: fehler and wirf(fehler))
    assert (termin.status, termin.fehler, termin.pacht) == (status, satz, None)


@pytest.mark.datenbank
def test_what_is_tried_later_waits_until_then(genommen, monkeypatch):
    ab = in_sekunden(600)
    termin = tue(monkeypatch, genommen, lambda: wirf(Spaeter(ab, "Noch nicht.")))
    assert (termin.status, termin.fehler, termin.ab) == ("wartet", "Noch nicht.", ab)


@pytest.mark.datenbank
def test_who_holds_a_row_no_more_writes_nothing(genommen):
    Termin.objects.update(status="abgebrochen", pacht=None, pacht_bis=None, beendet_am=pacht.jetzt())
    sagt = Lauf()
    assert not sagt.fertig(genommen)
    assert not sagt.gescheitert(genommen, "x")
    assert not sagt.spaeter(genommen, in_sekunden(1))
    assert not sagt.haelt(genommen)
    assert Termin.objects.get().status == "abgebrochen"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fehler", [OperationalError, InterfaceError])
def test_a_lost_connection_stops_neither_the_work_nor_its_result(fehler, monkeypatch):
    Termin.objects.create(name="probe")
    (termin,) = pacht.nimm(ART, "rechner-1")
    versuche, pausen = [fehler("weg"), fehler("weg")], []
    schreibe = pacht.schreibe
    monkeypatch.setattr(lauf.time, "sleep", pausen.append)
    monkeypatch.setattr(pacht, "schreibe", lambda *a, **f: wirf(versuche.pop()) if versuche else schreibe(*a, **f))
    Lauf().melde(termin, fehler="halb")
    assert connection.connection is None  # the next question opens another
    assert Lauf().fertig(termin)
    assert pausen == [1]
    assert Termin.objects.get().status == "fertig"


@pytest.mark.django_db
def test_inside_of_a_transaction_nothing_is_repeated():
    versuche = []

    def schreibe():
        versuche.append(1)
        raise OperationalError("weg")

    with pytest.raises(OperationalError):
        beharrlich(schreibe)
    assert len(versuche) == 1
