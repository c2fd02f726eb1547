"""The Abwägungstabellen that a Vorlage can have as an annex.

A Beratung stands above this package; `konzept.beratung` registers here which of its Runden there are, and how their
tables print. A Vorlage reaches the row as `anlage.runde`.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.utils.module_loading import import_string

from konzept.models import Konzept


class Abwaegungsangebot(NamedTuple):
    """The table of a Runde (its pk). With a `hindernis`, a sentence, it cannot go before a council yet; of an internal
    one (`intern`) nothing is said in public. `url` is the page of the Abwägung, for who leads the Beratung."""

    runde: int
    welche: str
    url: str
    hindernis: str = ""
    intern: bool = False


class Abwaegungsbuch(NamedTuple):
    """`biete_an(concept)`: the tables of all its Runden, the newest first. `html(runde, namen)`: what prints of one as
    it is now, with the `namen` of those who said something or with numbers in their place."""

    biete_an: Callable[[Konzept], list[Abwaegungsangebot]]
    html: Callable[[int, bool], str]


_wo: list[str] = []


def melde_an(wo: str) -> None:
    """The dotted name of the book, for the `ready()` of the app that keeps it: its modules load what typesets."""
    _wo[:] = [wo]


def buch() -> Abwaegungsbuch:
    return import_string(_wo[0])
