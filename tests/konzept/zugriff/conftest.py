"""Two Kommunen with rows of the same kinds, and one account of each kind."""

from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.test import Client

from tests.fabrik import mache_benutzer, mache_runde
from tests.konzept.zugriff.personen import BETEILIGT, ZUSTAENDIG
from tests.konzept.zugriff.welt import Welt, mache_welt
from tests.satz import ohne_satz


@pytest.fixture(scope="module")
def welten(bleibend) -> Iterator[tuple[Welt, Welt]]:
    with bleibend():
        yield mache_welt("musterhausen"), mache_welt("nachbarstadt", titel="Konzept der Nachbarn")


@pytest.fixture
def welt(welten) -> Welt:
    return deepcopy(welten[0])


@pytest.fixture
def andere(welten) -> Welt:
    return deepcopy(welten[1])


@pytest.fixture
def person(welt, andere):
    """`person("lesen")` is an account of that kind, None for nobody."""

    def konto(art: str):
        match art:
            case "anonym":
                return None
            case "gesperrt":
                return mache_benutzer(welt.kommune, "leitung", is_active=False)
            case "ohne rolle":
                return mache_benutzer()
            case "fremd":
                return mache_benutzer(andere.kommune, "leitung", "verwaltung")
            case "superuser":
                return mache_benutzer(is_staff=True, is_superuser=True)
            case str() if art == ZUSTAENDIG:
                return mache_mitwirkung(welt.akteur)
            case str() if art == BETEILIGT:
                konto = mache_benutzer(welt.kommune, "gremium")
                mache_runde(welt.fassung, konto)
                return konto
            case rolle:
                return mache_benutzer(welt.kommune, rolle)

    return konto


def mache_mitwirkung(*akteure):
    """An account that takes part for these Akteure, in their Kommunen."""
    konto = mache_benutzer()
    for akteur in akteure:
        konto.mitgliedschaften.create(kommune=akteur.kommune, rolle="mitwirkung", akteur=akteur)
    return konto


@pytest.fixture
def browser():
    """`browser(konto)` is a client in which that account has signed in, or nobody."""

    def oeffne(konto) -> Client:
        client = Client()
        if konto is not None:
            client.force_login(konto)
        return client

    return oeffne


def verwaltende(welt):
    """Who may everything in a Kommune."""
    return mache_benutzer(welt.kommune, "leitung", "verwaltung")


@pytest.fixture
def ohne_druck():
    """Who may print shows without typesetting."""
    with ohne_satz():
        yield
