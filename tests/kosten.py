"""What a piece of work costs, told without a clock's seconds: these depend on the machine and on its neighbours."""

import time
from collections.abc import Callable


def kostet_hoechstens(was: Callable[[], object], vielfaches: float) -> bool:
    """Whether `was` costs at most so many times what a fixed piece of work (a fifth of a second) costs on the same
    processor just then. It is called up to three times: a neighbour may slow it once, but not always."""
    return any(_rechenzeit(was) <= vielfaches * _rechenzeit(_arbeite) for _ in range(3))


def _arbeite() -> None:
    for nummer in range(1_000_000):
        hash(str(nummer))


def _rechenzeit(was: Callable[[], object]) -> float:
    beginn = time.process_time()
    was()
    return time.process_time() - beginn
