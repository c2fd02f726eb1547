"""What hands out the tests does it as xdist does, and keeps nothing of what is done."""

from collections import deque
from types import SimpleNamespace

from xdist.remote import Producer
from xdist.scheduler import LoadGroupScheduling

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


def verteile(klasse, schnelligkeit):
    """Who runs what in which order: of three steps one process makes so many, the other one the rest."""
    optionen = SimpleNamespace(loadscopereorder=False)
    einstellungen = SimpleNamespace(option=optionen, getvalue=lambda name: ["2*popen"])
    verteilung = klasse(einstellungen, Producer("test", enabled=False))
    prozesse = [Prozess(), Prozess()]
    for prozess in prozesse:
        verteilung.add_node(prozess)
    for prozess in prozesse:
        verteilung.add_node_collection(prozess, TESTS)
    verteilung.schedule()
    gelaufen = []
    for schritt in range(1000):
        wer = int(schritt % 3 >= schnelligkeit)
        if prozesse[wer].plaetze:
            gelaufen.append((wer, platz := prozesse[wer].plaetze.popleft()))
            verteilung.mark_test_complete(prozesse[wer], platz)
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
