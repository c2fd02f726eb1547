"""The worker as a process: what it does when it, its processes or the database are killed."""

import io
import os
import signal
import threading
import time
from collections import Counter
from itertools import pairwise

import pikepdf
import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test import Client

from konzept.druckauftraege.arbeitsstand import nimm_auf
from konzept.druckauftraege.auftraege import Wunsch, beauftrage, lege_an, verlasse
from konzept.druckauftraege.models import Druckauftrag
from konzept.hintergrund import zustand
from konzept.hintergrund.models import Arbeiter, Status
from konzept.models import Konzept
from tests.dienst import PACHT, Probe, dienst, laufende, warte
from tests.fabrik import adresse, mache_abschnitt, mache_benutzer, mache_konzept
from tests.nebenlaeufig import gleichzeitig

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.datenbank]


@pytest.fixture
def konzept() -> Konzept:
    konzept = mache_konzept()
    mache_abschnitt(konzept, "Einführung", text="Ein Absatz.")
    return konzept


@pytest.fixture
def probe(konzept):
    """`probe("a", dauer=3)`: a job that waits."""

    def lege(name: str, **was) -> Druckauftrag:
        wunsch = Wunsch(konzept, "probe", Probe(name=name, **was).als_bytes(), name)
        return lege_an(wunsch, wunsch.schluessel)

    return lege


def stand(auftrag: Druckauftrag) -> str:
    return Druckauftrag.objects.values_list("status", flat=True).get(pk=auftrag.pk)


def hat(auftrag: Druckauftrag, status: str):
    return lambda: stand(auftrag) == status


def ergebnis(auftrag: Druckauftrag) -> tuple:
    frisch = Druckauftrag.objects.get(pk=auftrag.pk)
    return frisch.status, frisch.datei and bytes(frisch.datei), frisch.versuche


def test_it_begins_at_once_tells_how_far_it_is_and_ends_when_told(probe, tmp_path):
    with dienst(tmp_path) as d:
        time.sleep(1)  # nothing to do
        beginn = time.monotonic()
        auftrag = probe("a", dauer=1.5)
        warte(hat(auftrag, "laeuft"))
        assert time.monotonic() - beginn < 1
        warte(lambda: Druckauftrag.objects.filter(fertige=1, teile=4).exists())
        warte(hat(auftrag, "fertig"))
        assert ergebnis(auftrag) == ("fertig", b"%PDF a", 1)
        assert zustand.lebt()
        d.sende(signal.SIGTERM)
        assert d.ende() == 0
        assert not Arbeiter.objects.exists()
        assert not zustand.lebt()


def test_the_command_prints_what_waits(konzept, tmp_path):
    aufnahme = nimm_auf(konzept)
    konto = mache_benutzer(konzept.kommune, "lesen")
    auftrag = beauftrage(Wunsch(konzept, "konzept", aufnahme.als_bytes(), "konzept"), konto)
    with dienst(tmp_path, "--plaetze", "1", programm=("manage.py", "arbeite")):
        warte(hat(auftrag, "fertig"))
    with pikepdf.open(io.BytesIO(bytes(Druckauftrag.objects.get().datei))) as gedruckt:
        assert str(gedruckt.docinfo["/Title"]) == konzept.titel
        assert len(gedruckt.pages) > 1


def test_told_to_end_it_finishes_what_it_has_begun_and_begins_nothing(probe, tmp_path):
    with dienst(tmp_path, "--plaetze", "1") as d:
        erster, zweiter = probe("a", dauer=2), probe("b")
        warte(hat(erster, "laeuft"))
        d.sende(signal.SIGTERM)
        assert d.ende() == 0
    assert [stand(a) for a in (erster, zweiter)] == ["fertig", "wartet"]


def test_told_twice_it_gives_back_what_it_has_begun(probe, tmp_path):
    with dienst(tmp_path) as d:
        auftrag = probe("a", dauer=60)
        warte(hat(auftrag, "laeuft"))
        kinder = d.nachkommen()
        d.sende(signal.SIGTERM)
        time.sleep(0.3)
        d.sende(signal.SIGTERM)
        assert d.ende(10) == 0
        assert not kinder & laufende()
    assert ergebnis(auftrag) == ("wartet", None, 0)


WEN = {
    "the worker": lambda d: [d.pid],
    "the process that prints": lambda d: [min(d.nachkommen())],
    "all of them": lambda d: [d.pid, *d.nachkommen()],
}


@pytest.mark.parametrize("wen", WEN)
def test_what_is_killed_is_taken_up_again_and_leaves_no_process(wen, probe, tmp_path):
    with dienst(tmp_path) as a, dienst(tmp_path) as b:
        auftrag = probe("a", dauer=3, tue="kinder")
        d = warte(lambda: next((d for d in (a, b) if len(d.nachkommen()) == 3), None))
        vorher = d.nachkommen()
        beginn = time.monotonic()
        for pid in WEN[wen](d):
            os.kill(pid, signal.SIGKILL)
        warte(lambda: not vorher & laufende(), 2)
        warte(lambda: ergebnis(auftrag)[2] == 2, PACHT + 5)
        warte(hat(auftrag, "fertig"))
        assert time.monotonic() - beginn < PACHT + 15
        warte(lambda: not (a.nachkommen() | b.nachkommen()), 2)
    assert ergebnis(auftrag) == ("fertig", b"%PDF a", 2)


def test_a_print_of_which_a_process_is_killed_that_typesets_is_begun_again(probe, tmp_path):
    with dienst(tmp_path) as d:
        auftrag = probe("a", tue="satz")
        # The process that prints, and its two that typeset.
        warte(lambda: len(d.nachkommen()) == 3)
        os.kill(max(d.nachkommen()), signal.SIGKILL)
        warte(hat(auftrag, "fertig"), 60)
    assert ergebnis(auftrag) == ("fertig", b"%PDF a", 2)


def test_a_killed_process_is_noticed_at_once_and_after_three_times_it_is_over(probe, tmp_path):
    with dienst(tmp_path, pacht=30) as d:
        auftrag = probe("a", tue="stirb")
        # Once more at once; then it waits, so that it does not keep others off.
        warte(lambda: ergebnis(auftrag) == ("wartet", None, 2), 10)
        Druckauftrag.objects.update(ab=auftrag.ab)
        warte(hat(auftrag, "gescheitert"), 10)
        assert "ohne zu sagen, warum" in Druckauftrag.objects.get().fehler
        weiter = probe("b")
        warte(hat(weiter, "fertig"))
        assert d.lebt


def test_whoever_is_taken_back_is_killed_with_all_that_it_started(konzept, probe, tmp_path):
    konto = mache_benutzer(konzept.kommune, "lesen")
    with dienst(tmp_path) as d:
        auftrag = probe("a", dauer=600, tue="kinder")
        auftrag.wartende.create(konto=konto)
        warte(lambda: len(d.nachkommen()) == 3)
        verlasse(auftrag, konto)
        warte(lambda: not d.nachkommen(), 3)
        weiter = probe("b")
        warte(hat(weiter, "fertig"))
    assert ergebnis(auftrag) == ("abgebrochen", None, 1)


def test_memory_is_bounded(probe, tmp_path):
    with dienst(tmp_path) as d:
        auftrag = probe("a", tue="speicher")
        warte(hat(auftrag, "gescheitert"))
        assert "Arbeitsspeicher" in Druckauftrag.objects.get().fehler
        assert d.lebt


def test_a_worker_that_stood_still_writes_nothing_of_what_another_has_taken_up(probe, tmp_path):
    with dienst(tmp_path, "--plaetze", "1") as d:
        auftrag = probe("a", dauer=4)
        warte(hat(auftrag, "laeuft"))
        angehalten = {d.pid, *d.nachkommen()}
        for pid in angehalten:
            os.kill(pid, signal.SIGSTOP)
        with dienst(tmp_path, "--plaetze", "1"):
            warte(hat(auftrag, "fertig"))
            beendet = Druckauftrag.objects.get().beendet_am
            assert ergebnis(auftrag) == ("fertig", b"%PDF a", 2)
            for pid in angehalten:
                os.kill(pid, signal.SIGCONT)
            weiter = probe("b")
            warte(hat(weiter, "fertig"))
            warte(lambda: not d.nachkommen())
        assert Druckauftrag.objects.get(pk=auftrag.pk).beendet_am == beendet
        assert d.lebt


def test_of_many_none_is_lost_and_none_is_done_twice_whoever_is_killed(probe, tmp_path):
    with dienst(tmp_path) as a, dienst(tmp_path) as b:
        auftraege = [probe(f"{nummer}", dauer=0.3) for nummer in range(30)]
        for nummer in range(3):
            d = (a, b)[nummer % 2]
            kinder = warte(d.nachkommen)
            os.kill(min(kinder), signal.SIGKILL)
            Druckauftrag.objects.filter(status="wartet").update(ab=auftraege[0].angelegt_am)
            time.sleep(0.2)
        warte(lambda: not Druckauftrag.objects.offene().exists(), 60)
    dateien = [bytes(datei) for datei in Druckauftrag.objects.values_list("datei", flat=True) if datei]
    assert Counter(dateien) == Counter(f"%PDF {nummer}".encode() for nummer in range(30))


def test_a_lost_connection_is_survived_whatever_it_was_doing(probe, tmp_path):
    """All connections of all others are closed by the server, as when it is restarted."""
    if connection.vendor != "postgresql":
        return
    with dienst(tmp_path) as d:
        auftraege = []
        for nummer in range(4):
            auftraege.append(probe(f"{nummer}", dauer=1))
            time.sleep(0.4)
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
        for auftrag in auftraege:
            warte(lambda a=auftrag: stand(a) == "fertig", 60)
        assert d.lebt
        assert "goes on" in d.protokoll


def test_many_who_write_and_the_worker_do_not_lock_each_other_out(konzept, probe, tmp_path):
    fehler, ende = [], time.monotonic() + 4

    def schreibe(nummer: int) -> None:
        try:
            while time.monotonic() < ende:
                Konzept.objects.filter(pk=konzept.pk).update(untertitel=f"{nummer} {time.monotonic()}")
        except Exception as ausnahme:
            fehler.append(ausnahme)
        finally:
            connections.close_all()

    with dienst(tmp_path) as d:
        faeden = [threading.Thread(target=schreibe, args=[nummer]) for nummer in range(4)]
        for faden in faeden:
            faden.start()
        auftraege = [probe(f"{nummer}") for nummer in range(20)]
        for faden in faeden:
            faden.join()
        for auftrag in auftraege:
            warte(hat(auftrag, "fertig"))
        assert (fehler, "locked" in d.protokoll) == ([], False)


def test_nothing_is_begun_before_it_can_be_seen(konzept, probe, tmp_path):
    """What is rolled back never was."""
    with dienst(tmp_path):
        with transaction.atomic():
            probe("a")
            time.sleep(0.5)
            assert Druckauftrag.objects.get().status == Status.WARTET
            transaction.set_rollback(True)
        weiter = probe("b")
        warte(hat(weiter, "fertig"))
    assert [a.gegenstand for a in Druckauftrag.objects.all()] == ["b"]


def test_three_readers_get_the_print_of_their_moment_while_somebody_saves_all_the_time(konzept, tmp_path, settings):
    settings.DRUCK_IM_HINTERGRUND = True
    ort, ende = adresse(konzept, "druck.pdf")[:-1], threading.Event()
    gespeichert = [(time.monotonic(), konzept.titel)]

    def schreibe() -> None:
        nummer = 0
        while not ende.wait(0.05):
            nummer += 1
            Konzept.objects.filter(pk=konzept.pk).update(titel=f"Stand {nummer}")
            gespeichert.append((time.monotonic(), f"Stand {nummer}"))

    def lies(konto) -> tuple[float, float, str]:
        browser = Client()
        browser.force_login(konto)
        beginn = time.monotonic()
        antwort = browser.get(ort)
        danach = time.monotonic()
        if antwort.status_code == 302:
            seite = antwort.url
            warte(lambda: "Das PDF ist fertig" in browser.get(seite).content.decode(), 60)
            antwort = browser.get(f"{seite}&datei=")
        with pikepdf.open(io.BytesIO(antwort.content)) as pdf:
            return beginn, danach, str(pdf.docinfo["/Title"])

    konten = [mache_benutzer(konzept.kommune, "lesen") for _ in range(3)]
    with dienst(tmp_path, programm=("manage.py", "arbeite")):
        schreiber = threading.Thread(target=lambda: (schreibe(), connections.close_all()))
        schreiber.start()
        try:
            gelesen = gleichzeitig(*[lambda k=k: lies(k) for k in konten])
        finally:
            ende.set()
            schreiber.join()
    assert len(gespeichert) > 3
    for beginn, danach, titel in gelesen:
        # It may have been saved a moment before it was noted here.
        galten = [t for (_, t), (bis, _) in pairwise([*gespeichert, (danach, "")]) if bis >= beginn - 1]
        assert titel in galten
        assert gespeichert[[t for _, t in gespeichert].index(titel)][0] <= danach + 1


def test_a_number_of_places_must_be_one():
    with pytest.raises(Exception, match="--plaetze"):
        call_command("arbeite", "--plaetze", "0")
