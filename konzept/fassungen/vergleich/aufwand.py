"""What comparing may cost. Long texts and long lists cost as much as both sides multiplied, in time and in memory.

Each comparison is asked for beforehand; what is refused is shown whole, as removed and as new, and says so.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from konzept import grenzen


@dataclass
class Haushalt:
    """What everything that a page compares may still cost. `grob`: rows were not told apart for want of it."""

    rest: int = field(default_factory=lambda: grenzen.VERGLEICH_GESAMT)
    grob: bool = False


_haushalt: ContextVar[Haushalt | None] = ContextVar("haushalt", default=None)


@contextmanager
def begrenzt() -> Iterator[Haushalt]:
    """Let everything that is compared inside cost no more than one page may; inside another one that one's holds."""
    if haushalt := _haushalt.get():
        yield haushalt
        return
    haushalt = Haushalt()
    marke = _haushalt.set(haushalt)
    try:
        yield haushalt
    finally:
        _haushalt.reset(marke)


def bewilligt(schritte: int, hoechstens: int) -> bool:
    """Whether a comparison of so many steps may be made; where it may, it is paid for."""
    haushalt = _haushalt.get()
    if schritte > hoechstens or (haushalt and schritte > haushalt.rest):
        return False
    if haushalt:
        haushalt.rest -= schritte
    return True


def vermerke_grob() -> None:
    """Note that rows of a list stand as dropped and new because they were too many to be paired."""
    if haushalt := _haushalt.get():
        haushalt.grob = True
