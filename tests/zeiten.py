"""What each test costs: the slowest thirty at the end of a run, and a warning about what became slow unnoticed.

Of a plain test the processor time counts, which hardly depends on what else the machine does: its own with its
fixtures, and that of processes that it started and that ended. A test with a browser or with Java leaves its work to
processes that go on; of these the time on the clock counts. A warning is all that comes of it; only pytest's own time
limit ends a test.
"""

import os
import re
import time
from collections import defaultdict

import pytest

ANZAHL = 30
HOECHSTENS = {"test": 10, "java": 20, "browser": 40}
"""Seconds for a plain test, for one with Java, which may have to be started, and for a browser file as a whole."""

LANGSAM = {
    "tests/browser/test_barrierefreiheit.py": "opens every kind of page of an example, also in dark",
    "tests/browser/test_feindlich.py": "opens every page of the hostile concept",
    "tests/browser/test_jede_seite.py": "opens every page of the product",
    "tests/browser/test_kreislauf.py": "goes the whole way from the Arbeitsstand to what is published, with its prints",
    "tests/konzept/dokument/test_pdf.py::test_metadata": "prints all examples, for the tests that read them",
    "tests/konzept/dokument/test_pdf.py::test_same_tree_same_bytes_in_every_process": "prints an example three times",
    "tests/konzept/dokument/test_pdf_gueltig.py::test_every_print_is_valid": "Java judges all prints",
    "tests/konzept/entwuerfe/test_jedes_formular.py::test_what_a_failed_save_held_is_there_again": "fails every form",
    "tests/konzept/betrieb/test_dateirechte.py::test_static_files_stay_readable_for_a_web_server": "collects all files",
    "tests/konzept/test_feindlich.py::test_no_form_gives_way": "sends every form of the product",
    "tests/konzept/test_feindlich.py::test_no_page_gives_way": "opens every page, for the tests that look at them",
    "tests/konzept/test_grenzen.py::test_no_large_input_reaches_what_would_take_it_apart": "fills in every form",
    "tests/konzept/vorgaenge/test_folgen.py::"
    "test_whatever_happens_in_whatever_order_nothing_contradicts_itself_or_is_lost": "asks all rows after each step",
    "tests/konzept/zugriff/test_verborgenes.py::test_nobody_finds_what_is_hidden_from_them": "opens every address",
}
"""What may cost more, with the reason: a plain test with all its parameters, or a browser file."""

_FELD = "kosten"
_GRUPPE = re.compile(r"@(gedruckt|tests/[\w/]+\.py)$")
"""What xdist adds to the name of a test that runs in a group."""


class Zeiten:
    """The plugin; in the processes of xdist it measures, in the first one it sums up."""

    def __init__(self):
        self.kosten: dict[str, float] = defaultdict(float)
        self.art: dict[str, str] = {}

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item, nextitem):
        anderswo = item.get_closest_marker("browser") or item.get_closest_marker("java")
        item._uhr = time.perf_counter if anderswo else _prozessorzeit
        item._stand, item._letzter = item._uhr(), nextitem is None
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item, call):
        bericht = yield
        if item._letzter and call.when == "teardown":  # cleans up behind the whole run
            return bericht
        bisher, item._stand = item._stand, item._uhr()
        bericht.user_properties = [*bericht.user_properties, (_FELD, item._stand - bisher)]
        return bericht

    def pytest_runtest_logreport(self, report):
        name = _GRUPPE.sub("", report.nodeid)
        self.kosten[name] += dict(report.user_properties).get(_FELD, 0)
        self.art[name] = next((art for art in ("browser", "java") if art in report.keywords), "test")

    def pytest_terminal_summary(self, terminalreporter):
        if not self.kosten:
            return
        terminalreporter.section(f"slowest {ANZAHL} of {len(self.kosten)} tests, in seconds (of what: tests/zeiten.py)")
        for name, sekunden in sorted(self.kosten.items(), key=lambda paar: -paar[1])[:ANZAHL]:
            terminalreporter.write_line(f"{sekunden:7.1f}  {name}")
        for satz in zu_langsam(self.kosten, self.art):
            terminalreporter.write_line(f"SLOW: {satz}", yellow=True)


def zu_langsam(kosten: dict[str, float], art: dict[str, str]) -> list[str]:
    """A sentence about each test and each browser file that costs too much and is not in LANGSAM. `kosten` are seconds
    by test, `art` says of which kind each is."""
    summen: dict[tuple[str, str], float] = defaultdict(float)
    for name, sekunden in kosten.items():
        summen[name.partition("::")[0] if art[name] == "browser" else name, art[name]] += sekunden
    return [
        f"{name} took {sekunden:.1f} s (at most {HOECHSTENS[was]}): make it faster, or list it in LANGSAM"
        for (name, was), sekunden in sorted(summen.items())
        if sekunden > HOECHSTENS[was] and name.partition("[")[0] not in LANGSAM
    ]


def _prozessorzeit() -> float:
    """Seconds of this process, and of those it started that have ended."""
    zeiten = os.times()
    return zeiten.user + zeiten.system + zeiten.children_user + zeiten.children_system
