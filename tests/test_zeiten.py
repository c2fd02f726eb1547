"""What became slow is named at the end of a run."""

import subprocess
import sys
import time

from tests import zeiten
from tests.zeiten import LANGSAM, zu_langsam


def test_slow_tests_and_slow_browser_files_are_named():
    kosten = {"a.py::eins": 10.1, "a.py::zwei": 9, "b.py::drei": 25, "b.py::vier": 16, "c.py::fuenf": 39}
    saetze = zu_langsam(kosten, {"b.py::drei", "b.py::vier", "c.py::fuenf"})
    assert [satz.split()[0] for satz in saetze] == ["a.py::eins", "b.py"]


def test_what_is_listed_with_a_reason_may_be_slow():
    assert zu_langsam(dict.fromkeys(LANGSAM, 99), set()) == []


def test_time_of_a_process_counts_while_it_runs():
    vorher = zeiten._mit_laufenden()
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as prozess:
        ende = time.monotonic() + 30
        while zeiten._mit_laufenden() - vorher < 0.2 and time.monotonic() < ende:
            time.sleep(0.05)
        waehrend = zeiten._mit_laufenden() - vorher
        prozess.kill()
    assert waehrend >= 0.2
    assert zeiten._mit_laufenden() - vorher >= waehrend - 0.05
