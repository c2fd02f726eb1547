"""The benchmarks can be called with and without naming one."""

import pytest

from tests.bench.__main__ import TEILE, lies_argumente


def test_without_arguments_everything_is_measured():
    assert lies_argumente([]).teile == TEILE


def test_a_part_can_be_named_and_a_wrong_one_is_refused(capsys):
    assert lies_argumente(["pdf", "--massnahmen", "60"]).teile == ["pdf"]
    with pytest.raises(SystemExit):
        lies_argumente(["pfd"])
    assert "unknown: pfd" in capsys.readouterr().err
