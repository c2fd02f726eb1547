"""The benchmarks can be called with and without naming one, and what they compute from what they measured is right."""

import os
import time

import pytest

from tests.bench import druck
from tests.bench.__main__ import TEILE, lies_argumente


def test_without_arguments_everything_is_measured():
    assert lies_argumente([]).teile == TEILE


def test_a_part_can_be_named_and_a_wrong_one_is_refused(capsys):
    assert lies_argumente(["pdf", "--massnahmen", "60"]).teile == ["pdf"]
    with pytest.raises(SystemExit):
        lies_argumente(["pfd"])
    assert "unknown: pfd" in capsys.readouterr().err


def test_every_figure_with_a_goal_is_measured():
    assert {name for name, _ in druck.FIGUREN} == druck.ZIELE.keys()


def test_a_line_tells_the_median_of_the_ratios_and_the_goal(capsys):
    """Not the ratio of the medians: a busy moment of the machine meets both prints of a round."""
    runden = [(druck.Lauf(2, 3), druck.Lauf(1)), (druck.Lauf(30, 3), druck.Lauf(10)), (druck.Lauf(8, 6), druck.Lauf(2))]
    druck.drucke_zeile("cold", runden, ziel=2.6)
    zeile = " ".join(capsys.readouterr().out.split())
    assert zeile == "cold 8.00 s CPU 3.00 s 3.000 × Chromium (goal: at most 2.6)"


def test_a_process_tells_its_time_and_that_of_those_it_started():
    def rechne():
        ende = time.process_time() + 0.2
        while time.process_time() < ende:
            pass

    def tue():
        if (kind := os.fork()) == 0:
            rechne()
            os._exit(0)
        os.waitpid(kind, 0)
        rechne()

    lauf = druck.im_kind(tue)
    assert lauf.wand >= 0.4
    assert lauf.cpu >= 0.4


def test_a_process_that_fails_ends_the_benchmark():
    with pytest.raises(SystemExit):
        druck.im_kind(lambda: os._exit(3))


def test_memory_is_told_for_a_process_that_runs_and_for_one_that_is_gone():
    ganzes, anteil = druck.belegt(os.getpid())
    assert ganzes >= anteil > 10
    assert druck.belegt(2**22 + 1) == (0, 0)
