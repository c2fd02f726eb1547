"""What hands out the tests does it as xdist does, and keeps nothing of what is done."""

from collections import deque
from types import SimpleNamespace

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadGroupScheduling

from tests import conftest
from tests.verteilung import Verteilung

TESTS = ["a::1", "b::1@b", "b::2@b", "c::1", "b::3@b", *(f"d::{nummer}" for nummer in range(20))]


class Prozess:
    shutting_down = False

    def __init__(self):
        self.plaetze = deque()
        self.gateway = SimpleNamespace(id="gw")

    def send_runtest_some(self, plaetze):
        self.plaetze += plaetze

    def shutdown(self):
        self.shutting_down = True


def beginne(klasse):
    optionen = SimpleNamespace(loadscopereorder=False)
    einstellungen = SimpleNamespace(option=optionen, getvalue=lambda name: ["2*popen"])
    verteilung = klasse(einstellungen, Producer("test", enabled=False))
    prozesse = [Prozess(), Prozess()]
    for prozess in prozesse:
        verteilung.add_node(prozess)
    for prozess in prozesse:
        verteilung.add_node_collection(prozess, TESTS)
    verteilung.schedule()
    return verteilung, prozesse


def laufen(verteilung, prozesse, wann):
    """Who runs what in which order: `wann` says of each step whose it is."""
    gelaufen = []
    for wer in wann:
        if prozesse[wer].plaetze:
            gelaufen.append((wer, platz := prozesse[wer].plaetze.popleft()))
            verteilung.mark_test_complete(prozesse[wer], platz)
    return gelaufen


def verteile(klasse, schnelligkeit):
    """Of three steps one process makes so many, the other one the rest."""
    verteilung, prozesse = beginne(klasse)
    gelaufen = laufen(verteilung, prozesse, (int(schritt % 3 >= schnelligkeit) for schritt in range(1000)))
    assert verteilung.tests_finished
    assert not verteilung.has_pending
    return gelaufen, verteilung


def test_the_same_processes_get_the_same_tests_in_the_same_order():
    for schnelligkeit in (1, 2):
        gelaufen, _ = verteile(Verteilung, schnelligkeit)
        assert gelaufen == verteile(LoadGroupScheduling, schnelligkeit)[0]
        assert sorted(platz for _, platz in gelaufen) == list(range(len(TESTS)))
        assert len({wer for wer, platz in gelaufen if TESTS[platz].startswith("b")}) == 1


def test_what_is_done_is_forgotten():
    _, verteilung = verteile(Verteilung, 1)
    assert not any(verteilung.assigned_work.values())


@pytest.mark.parametrize("klasse", [LoadGroupScheduling, Verteilung])
def test_after_a_crash_only_what_is_left_of_a_group_runs(klasse):
    """Where a process breaks down in the second test of a group, this and what follows go to another one."""
    verteilung, prozesse = beginne(klasse)
    gruppe = [platz for platz, test in enumerate(TESTS) if test.startswith("b")]
    (wer,) = (wer for wer, prozess in enumerate(prozesse) if gruppe[1] in prozess.plaetze)
    davor = laufen(verteilung, prozesse, [wer] * list(prozesse[wer].plaetze).index(gruppe[1]))
    assert (wer, gruppe[0]) in davor
    assert verteilung.remove_node(prozesse[wer]) == TESTS[gruppe[1]]

    prozesse[wer] = neu = Prozess()
    verteilung.add_node(neu)
    verteilung.add_node_collection(neu, TESTS)
    verteilung.schedule()
    danach = laufen(verteilung, prozesse, [0, 1] * 100)
    assert not verteilung.has_pending
    assert sorted(platz for _, platz in [*davor, *danach]) == list(range(len(TESTS)))
    assert len({wer for wer, platz in danach if platz in gruppe}) == 1


def test_a_run_in_groups_is_handed_out_so(pytestconfig):
    """`make test` asks for loadgroup."""

    def gefragt(dist):
        optionen = {"dist": dist}
        einstellungen = SimpleNamespace(getoption=optionen.__getitem__, getvalue=lambda name: ["2*popen"])
        return conftest.pytest_xdist_make_scheduler(einstellungen, Producer("test", enabled=False))

    assert type(gefragt("loadgroup")) is Verteilung
    assert gefragt("load") is None
    assert "--dist loadgroup" in (pytestconfig.rootpath / "Makefile").read_text(encoding="utf-8")
