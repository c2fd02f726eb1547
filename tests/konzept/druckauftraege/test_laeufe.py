"""Print jobs as processes: how they are started, and what is known of them while they work."""

import fcntl
import subprocess
from time import sleep

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.utils import timezone

from konzept.druckauftraege import laeufe
from konzept.druckauftraege.laeufe import Auftrag, Lauf

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.datenbank]  # a thread gives the signs of life

AUFTRAG = Auftrag("4f1c", "probe", ("1", "?alt=--hilfe"))


@pytest.fixture
def gerufen(monkeypatch) -> list:
    """The kind "probe" notes how it is called, and what pages know of it meanwhile."""
    cache.clear()
    aufrufe = []

    def probe(*angaben):
        aufrufe.append((angaben, laeufe.laeufe(AUFTRAG.kennung)[0]))

    monkeypatch.setitem(laeufe._arten, "probe", f"{__name__}.probe")
    monkeypatch.setattr(laeufe, "import_string", lambda pfad: probe)
    return aufrufe


def test_several_visitors_start_one_process_that_is_the_command(gerufen, monkeypatch):
    monkeypatch.setattr(settings, "DRUCK_IM_HINTERGRUND", True)
    befehle = []

    class Prozess:
        def __init__(self, befehl, **_):
            befehle.append(befehl)

        def wait(self):
            pass

    monkeypatch.setattr(subprocess, "Popen", Prozess)
    for _ in range(20):
        laeufe.beauftrage(AUFTRAG, "konto-1")
    ((_, programm, *argumente),) = befehle
    assert programm == settings.BASE_DIR / "manage.py"
    call_command(*argumente)
    assert [angaben for angaben, _ in gerufen] == [AUFTRAG.angaben]


def test_the_command_gives_signs_of_life_while_it_works(gerufen):
    seit = timezone.now()
    cache.set(laeufe._lauf(AUFTRAG.kennung), seit, laeufe.ANLAUF)
    call_command("druckauftrag", "--kennung", AUFTRAG.kennung, "--", AUFTRAG.art, *AUFTRAG.angaben)
    assert gerufen == [(AUFTRAG.angaben, Lauf(seit))]
    assert laeufe.laeufe(AUFTRAG.kennung) == [Lauf()]


def test_its_places_stay_taken_as_long_as_it_gives_signs_of_life(gerufen, monkeypatch):
    monkeypatch.setattr(settings, "DRUCK_IM_HINTERGRUND", True)
    monkeypatch.setattr(laeufe, "_starte", lambda auftrag: None)
    monkeypatch.setattr(laeufe, "ANLAUF", -1)  # had run out by the time that it works
    laeufe.beauftrage(AUFTRAG, "konto-1")
    plaetze = ["druck-belegt-konto-1-0", "druck-belegt-alle-0"]
    cache.set(laeufe._belegt(AUFTRAG.kennung), plaetze)
    belegt = []
    monkeypatch.setattr(laeufe, "fuehre_aus", None)
    with laeufe.lebenszeichen(AUFTRAG.kennung):
        for _ in range(200):
            if belegt := list(cache.get_many(plaetze).values()):
                break
            sleep(0.01)
        assert belegt[0] == AUFTRAG.kennung
    assert cache.get_many(plaetze) == {}


def test_the_command_says_that_it_failed(monkeypatch, caplog):
    monkeypatch.setitem(laeufe._arten, "probe", "math.sqrt")
    with pytest.raises(CommandError, match="probe eins: nicht hergestellt"):
        call_command("druckauftrag", "probe", "eins")
    assert laeufe.laeufe("probe-eins") == [Lauf(gescheitert=True)]
    assert "must be real number" in caplog.text


def test_only_so_many_work_at_once(monkeypatch):
    monkeypatch.setattr(laeufe, "PLAETZE", 1)
    with laeufe.platz("a"):
        assert _ist_besetzt()
    assert not _ist_besetzt()


def _ist_besetzt() -> bool:
    with open(settings.DATA_DIR / "druckplatz-0.lock") as datei:
        try:
            fcntl.flock(datei, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def test_every_kind_has_somebody_who_makes_it():
    assert set(laeufe.arten()) >= {"abwaegung", "fassung", "konzept", "synopse", "vorlage"}
    assert all(callable(laeufe.import_string(pfad)) for pfad in laeufe._arten.values())
