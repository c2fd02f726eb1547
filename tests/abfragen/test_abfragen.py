"""The number of queries that a docstring promises is the number that is asked."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from inspect import isgenerator, unwrap
from pkgutil import resolve_name

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from tests.abfragen.faelle import ANDERSWO, FAELLE, LEER, SEITEN
from tests.abfragen.versprechen import Versprechen, alle_docstrings, docstrings, lies
from tests.abfragen.welt import Welt


@pytest.fixture(scope="module")
def welten(bleibend) -> Iterator[tuple[Welt, Welt]]:
    with bleibend():
        yield Welt(1), Welt(3)


def _aufruf(name: str, welt: Welt) -> Callable[[], object]:
    if name in SEITEN:
        treffer, oeffne = welt.seite(*SEITEN[name](welt))
        ansicht = unwrap(treffer.func)
        assert f"{ansicht.__module__}.{ansicht.__qualname__}" == name, "The address leads to another view."
        return oeffne
    ziel = resolve_name(name)
    if isinstance(ziel, property):
        ziel = ziel.fget
    elif hasattr(ziel, "func"):  # of either kind of cached property
        ziel = ziel.func
    return FAELLE[name](welt, getattr(ziel, "__func__", ziel))


def _verbrauche(ergebnis: object) -> int | None:
    """Ask for what was only promised so far; how much it is, where that is a number of things."""
    if isinstance(ergebnis, AbstractContextManager):
        with ergebnis:
            return None
    if isinstance(ergebnis, QuerySet) or isgenerator(ergebnis):
        ergebnis = list(ergebnis)
    return len(ergebnis) if isinstance(ergebnis, list | tuple | dict | set | frozenset) else None


def _zaehle(name: str, welt: Welt) -> tuple[list[str], int | None]:
    with transaction.atomic():
        aufruf = _aufruf(name, welt)
        with CaptureQueriesContext(connection) as gefragt:
            anzahl = _verbrauche(aufruf())
        transaction.set_rollback(True)
    return [f["sql"] for f in gefragt if not f["sql"].startswith(("SAVEPOINT", "RELEASE SAVEPOINT"))], anzahl


def test_every_promise_has_a_case_and_every_case_a_promise():
    versprochen = {name for name, text in alle_docstrings().items() if lies(text)}
    gezaehlt = {*FAELLE, *SEITEN, *ANDERSWO}
    assert sorted(versprochen - gezaehlt) == []
    assert sorted(gezaehlt - versprochen) == []


@pytest.mark.parametrize("name", ANDERSWO)
def test_what_is_kept_elsewhere_is(name):
    datei, _, test = ANDERSWO[name].partition("::")
    assert f"\ndef {test}(" in (settings.BASE_DIR / datei).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "versprochen"),
    [
        ("Rows.", None),
        ("Rows. No queries.", Versprechen(0)),
        ("Rows. One query\nwhere it is read.", Versprechen(1)),
        ("25 queries, and one more on PostgreSQL.", Versprechen(25)),
        ("Rows: at the end. At most twelve queries.", Versprechen(12, hoechstens=True)),
        ("A fixed number of queries.", Versprechen(None)),
    ],
)
def test_a_promise_is_read(text, versprochen):
    assert lies(text) == versprochen


@pytest.mark.parametrize(
    "text",
    [
        *("It queries rows.", "Some queries.", "Rows, with one query.", "No query. One query."),
        *("Queried once.", "One SELECT.", "It asks the\ndatabase a single time.", "Read without any database access."),
        *("No queries, and nothing is queried later.", "Querying costs time."),
    ],
)
def test_no_other_words_are_taken(text):
    with pytest.raises(ValueError, match="in the words of"):
        lies(text)


def test_a_promise_may_stand_below_an_assignment():
    quelle = 'A = 1\n"""No queries."""\nclass K:\n    b: int = 2\n    """One query."""\n    c = 3\n'
    assert docstrings(quelle, "m") == {"m.A": "No queries.", "m.K.b": "One query."}


@pytest.mark.parametrize(
    ("versprochen", "gut", "schlecht"),
    [
        (Versprechen(2), (2, 2), (2, 4)),
        (Versprechen(2), (2, 2), (1, 1)),
        (Versprechen(2, hoechstens=True), (1, 2), (2, 3)),
        (Versprechen(None), (7, 7), (7, 8)),
    ],
)
def test_a_promise_is_held_against_both_numbers(versprochen, gut, schlecht):
    assert versprochen.haelt(*gut)
    assert not versprochen.haelt(*schlecht)


@pytest.mark.django_db
@pytest.mark.parametrize("name", [*FAELLE, *SEITEN])
def test_a_promised_number_of_queries_is_kept(welten, name):
    versprochen = lies(alle_docstrings()[name])
    assert versprochen is not None
    gefragt, anzahlen = zip(*(_zaehle(name, welt) for welt in welten), strict=True)
    assert (0 in anzahlen) == (name in LEER), f"{anzahlen} results: where nothing is found, little is asked."
    if versprochen.anzahl is None and None not in anzahlen:
        assert len(set(anzahlen)) > 1, f"{anzahlen} results: the number of queries cannot be told from theirs."
    gezaehlt = [len(fragen) for fragen in gefragt]
    assert versprochen.haelt(*gezaehlt), f"{versprochen} promised, {gezaehlt} counted:\n" + "\n".join(gefragt[-1])
