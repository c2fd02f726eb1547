"""The decision that a Beschlussfassung claims: what can be named, and who writes it down.

Decisions are taken on Vorlagen, which stand above this package; `konzept.vorlagen` registers here how it offers them
and how it keeps what was named, those in words too. A Fassung reaches the row as `fassung.beschluss`.
"""

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from konzept.models import Konzept

from .models import Fassung

FRUEHESTENS = dt.date(1990, 1, 1)
"""No municipality adopted an Integrationskonzept before: a day before that is a slip of the pen, such as 1026."""


class Beschlussangabe(NamedTuple):
    """A decision as somebody names it: that of a Beschlussangebot, by its key, or else in words."""

    angebot: str = ""
    gremium: str = ""
    datum: dt.date | None = None
    drucksache: str = ""


class Beschlussangebot(NamedTuple):
    """A decision that can be named, taken on `tag`, "15.12.2026". With a `hindernis`, a sentence, it cannot be yet, and
    `url` is where that is put right."""

    schluessel: str
    text: str
    tag: str = ""
    hindernis: str = ""
    url: str = ""


class Hinfaellig(Exception):
    """What was named is no decision, or is none any more; as a string the sentence that says why, or ""."""


class Beschlussbuch(NamedTuple):
    """`biete_an(account, concept)`: what the account may name, the newest first. `trage_ein(fassung, angabe, account)`:
    write it down in the transaction of the caller, in place of what was there; returns it in words, raises Hinfaellig.
    """

    biete_an: Callable[[object, Konzept], list[Beschlussangebot]]
    trage_ein: Callable[[Fassung, Beschlussangabe, object], str]


_buecher: list[Beschlussbuch] = []


def melde_an(buch: Beschlussbuch) -> None:
    """Register who keeps the decisions; called in the `ready()` of that app."""
    _buecher[:] = [buch]


def buch() -> Beschlussbuch:
    return _buecher[0]
