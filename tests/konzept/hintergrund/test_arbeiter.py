"""The worker's rounds, without a process of its own around it: pauses, its log, and the processes that have ended."""

import logging
import os
import time
import uuid

import pytest

from konzept.hintergrund import arbeiter
from konzept.hintergrund.arten import arten
from konzept.hintergrund.kindprozess import Kindprozess


@pytest.fixture
def worker() -> arbeiter.Arbeiter:
    return arbeiter.Arbeiter()


def test_where_steps_fail_it_looks_again_long_before_a_lease_runs_out(worker, monkeypatch):
    monkeypatch.setattr(worker, "_schritt", lambda *_: False)
    pausen = []
    for _ in range(8):
        worker._runde()
        pausen.append(worker._pause)
    assert pausen == [1, 2, 4, 5, 5, 5, 5, 5]


def test_the_log_gets_the_trace_of_a_failure_once(worker, caplog):
    fehler = [OSError("a"), OSError("b"), ValueError("c"), OSError("d"), ValueError("e"), None, OSError("f")]

    def schritt():
        if (naechster := fehler.pop(0)) is not None:
            raise naechster

    gelungen = [worker._schritt(schritt) for _ in range(7)]
    assert gelungen == [False] * 5 + [True, False]
    assert [(satz.levelno, bool(satz.exc_info)) for satz in caplog.records] == [
        (logging.ERROR, True),
        (logging.WARNING, False),
        (logging.ERROR, True),
        (logging.WARNING, False),
        (logging.WARNING, False),
        (logging.ERROR, True),
    ]
    assert all("goes on" in satz.getMessage() for satz in caplog.records)


def test_the_same_step_of_another_kind_is_another(worker, caplog):
    def nimm(_):
        raise OSError

    for art in arten():
        worker._schritt(nimm, art)
    for art, satz in zip(arten(), caplog.records, strict=True):
        assert satz.exc_info
        assert art.name in satz.getMessage()


def test_what_has_ended_is_collected_whoever_started_it(worker):
    def starte() -> int:
        pid = os.fork()
        if pid == 0:
            os._exit(0)
        return pid

    eigenes, fremdes = starte(), starte()
    kind = Kindprozess(eigenes, arten()[0], uuid.uuid4(), time.monotonic() + 60)
    worker._kinder.append(kind)
    ende = time.monotonic() + 10
    while worker._kinder or _gibt_es(fremdes):
        worker._sammle_ein()
        assert time.monotonic() < ende
    assert worker._beendet == [kind]
    worker._sammle_ein()  # where there is none at all


def _gibt_es(pid: int) -> bool:
    """A zombie is there, too."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


LEISE = [art.name for art in arten() if art.leise]


@pytest.mark.parametrize(
    ("gewollt", "kerne", "leise"), [(None, 1, False), (None, 2, True), (True, 1, True), (False, 8, False)]
)
def test_what_nobody_waits_for_is_done_where_there_is_time(gewollt, kerne, leise, settings, monkeypatch):
    settings.VORAB = gewollt
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(kerne)))
    namen = {art.name for art in arbeiter.Arbeiter()._arten}
    assert LEISE
    assert [name in namen for name in LEISE] == [leise] * len(LEISE)
    assert "druck" in namen


def test_it_is_begun_only_while_nothing_else_runs(settings, monkeypatch):
    settings.VORAB = True
    worker, gefragt = arbeiter.Arbeiter(), []
    monkeypatch.setattr(arbeiter.pacht, "nimm", lambda art, _: gefragt.append(art.name))

    def laeuft(name: str) -> Kindprozess:
        return Kindprozess(0, next(art for art in arten() if art.name == name), uuid.uuid4(), 0)

    for kinder, alle in (([], True), ([laeuft(LEISE[0])], True), ([laeuft("druck")], False)):
        worker._kinder = kinder
        gefragt.clear()
        for art in worker._arten:
            worker._nimm(art)
        assert "druck" in gefragt
        frei = set(LEISE) - {kind.art.name for kind in kinder}
        assert frei & set(gefragt) == (frei if alle else set())
