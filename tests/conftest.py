"""What holds for the whole test run: the database, who runs beside whom, Hypothesis' profile, and skipped tests that
nobody overlooks."""

import gc
import os
from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import TransactionTestCase
from django.test import client as test_client
from hypothesis import settings

from konzept.dokument import maengel
from konzept.unveraenderlich import entferne_trigger, richte_trigger_ein
from tests import testdatenbank
from tests.gruendlich import TEXTRUNDEN, Gruendlich
from tests.zeiten import Zeiten

IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}

settings.register_profile("lokal", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if IN_CI else "lokal")


def pytest_addoption(parser):
    parser.addoption("--zeiten", action="store_true", default=IN_CI, help="name the slowest tests (always in CI)")
    parser.addoption("--gruendlich", action="store_true", help="only what generates its inputs, with many of them")


def pytest_configure(config):
    if config.getoption("zeiten"):
        config.pluginmanager.register(Zeiten())
    if config.getoption("gruendlich"):
        config.pluginmanager.register(Gruendlich())


def pytest_generate_tests(metafunc):
    """`textrunde` says of which texts the hostile concept is made."""
    if "textrunde" in metafunc.fixturenames:
        anzahl = TEXTRUNDEN if metafunc.config.getoption("gruendlich") else 1
        metafunc.parametrize("textrunde", range(anzahl), scope="module")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    from tests.verteilung import Verteilung

    return Verteilung(config, log) if config.getoption("dist") == "loadgroup" else None


@pytest.hookimpl(tryfirst=True)  # before xdist asks for the groups
def pytest_collection_modifyitems(items):
    """Tests that share what takes long to make run in one process. What hung may be tried once more where threads or
    processes meet at the database; for all tests this question would cost a conversation between processes each."""
    for item in items:
        if (marke := item.get_closest_marker("django_db")) and marke.kwargs.get("transaction"):
            item.add_marker("datenbank")
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=["from pytest-timeout"]))
        if gruppe := _gruppe(item):
            item.add_marker(pytest.mark.xdist_group(gruppe))


def pytest_collection_finish():
    """Looking for garbage took a seventh of the time, mostly among what stays until the end."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def _gruppe(item) -> str:
    if not GEDRUCKT.isdisjoint(item.fixturenames):
        return "gedruckt"
    datei = item.nodeid.partition("::")[0]
    geteilt = (definitionen[-1].scope for definitionen in item._fixtureinfo.name2fixturedefs.values())
    return datei if datei.startswith("tests/browser/") or "module" in geteilt else ""


GEDRUCKT = {"beispiele", "vera"}
"""Fixtures of the whole run that are made once: the examples with their prints, and Java."""


def _grund(bericht) -> str:
    return bericht.longrepr[2] if isinstance(bericht.longrepr, tuple) else str(bericht.longrepr)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker):
    """Runs just before pytest-django makes the test database."""
    with django_db_blocker.unblock():
        testdatenbank.stelle_bereit()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Whether the test database is there already: on SQLite it has been copied, and goes with its folder."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def bleibend(django_db_setup, django_db_blocker) -> Callable[[], AbstractContextManager]:
    """`with bleibend():` around what a fixture of a whole module makes and yields: these rows are there for all tests
    that ask for it, what each of them changes is undone, and they are gone after the module."""

    @contextmanager
    def umgebung():
        with django_db_blocker.unblock(), transaction.atomic():
            try:
                yield
            finally:
                transaction.set_rollback(True)

    return umgebung


@pytest.fixture(autouse=True, scope="session")
def leeren_erlaubt():
    """Emptying the database after a browser test deletes rows that are otherwise written once."""
    with pytest.MonkeyPatch.context() as flicken:
        flicken.setattr(TransactionTestCase, "_fixture_teardown", lambda test: _leere())
        yield


def _leere() -> None:
    """Django's flush would empty every table, and then make anew what every database has."""
    bleiben = {modell._meta.db_table for modell in VON_ANFANG_AN}
    tabellen = sorted(set(connection.introspection.django_table_names(only_existing=True)) - bleiben)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{t}' WHERE EXISTS (SELECT 1 FROM {t})" for t in tabellen))
        volle = [tabelle for (tabelle,) in cursor]
        entferne_trigger()
        try:
            with transaction.atomic():
                for tabelle in volle:
                    cursor.execute(f"DELETE FROM {tabelle}")
        finally:
            richte_trigger_ein()


VON_ANFANG_AN = (ContentType, Permission)
"""Their rows are there before the first test."""


@pytest.fixture(autouse=True, scope="session")
def nur_der_rahmen_der_seite():
    """A response of the test client says with what its page was rendered. It would say so of every field and every
    part of it, too, with a copy of what is known there: hundreds for a form, which nobody reads."""
    merke = test_client.store_rendered_templates

    def merke_erste(store, *args, **kwargs):
        if "context" not in store:
            merke(store, *args, **kwargs)

    with pytest.MonkeyPatch.context() as flicken:
        flicken.setattr(test_client, "store_rendered_templates", merke_erste)
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """In CI, which installs every program that a test needs, turn a skip into a failure."""
    bericht = yield
    if IN_CI and bericht.skipped and not hasattr(bericht, "wasxfail"):
        bericht.outcome = "failed"
        bericht.longrepr = f"{item.nodeid} must not be skipped in CI: {_grund(bericht)}"
    return bericht


def pytest_unconfigure(config):
    """Repeat why tests were skipped, after everything else that pytest prints."""
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    if terminal is None or hasattr(config, "workerinput"):
        return
    gruende: dict[str, int] = {}
    for bericht in terminal.stats.get("skipped", []):
        grund = _grund(bericht).removeprefix("Skipped: ")
        gruende[grund] = gruende.get(grund, 0) + 1
    for grund, anzahl in gruende.items():
        terminal.write_line(f"NOT TESTED ({anzahl} skipped): {grund}", yellow=True)


@pytest.fixture(autouse=True)
def sagt_es_neu():
    """What the log was told in another test it is told again."""
    maengel._gesagt.clear()
