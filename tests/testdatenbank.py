"""The test database begins as a copy of a snapshot in which every migration has run already.

The snapshot bears a key made of all migrations, and is made anew when one of them changes: on SQLite a file in
`.cache/`, on PostgreSQL a database that the server copies as a template. PostgreSQL sorts in it as in production.

`DJANGO_SETTINGS_MODULE=tests.settings python -m tests.testdatenbank` makes it while nobody waits for it yet.
"""

import fcntl
import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

ABLAGE = settings.BASE_DIR / ".cache" / "testdatenbank"
AUCH = (
    "konzept/mauern.py",
    "konzept/models/verbund.py",
    "konzept/trigger.py",
    "konzept/unveraenderlich.py",
    "massnahmen/felder.py",
)
"""What decides beside the migrations how an empty database looks."""


def stelle_bereit() -> None:
    """Let the test database that Django is about to make begin as a copy of the snapshot.

    Call it when the name of the test database stands, and before it is made.
    """
    {"sqlite": _auf_sqlite, "postgresql": _auf_postgresql}[connection.vendor]()


def schluessel() -> str:
    """The key of the snapshot: another one for every other set of migrations."""
    summe = hashlib.sha256(f"{django.VERSION} {connection.vendor}".encode())
    migrationen = (Path(app.path).glob("migrations/*.py") for app in apps.get_app_configs())
    for datei in sorted([*(d for alle in migrationen for d in alle), *(settings.BASE_DIR / name for name in AUCH)]):
        summe.update(datei.name.encode())
        summe.update(datei.read_bytes())
    return summe.hexdigest()[:16]


def _auf_sqlite() -> None:
    kopiere(connection.settings_dict["TEST"]["NAME"])


def kopiere(ziel: str | Path) -> None:
    """A file of SQLite with what every database has, for a run on SQLite."""
    shutil.copyfile(_vorlage_auf_sqlite(), ziel)


def _vorlage_auf_sqlite() -> Path:
    vorlage = ABLAGE / f"{schluessel()}.sqlite3"
    with _einer_nach_dem_anderen():
        if not vorlage.exists():
            for andere in ABLAGE.glob("*.sqlite3*"):
                andere.unlink()
            halb = vorlage.with_suffix(".sqlite3-halb")
            _migriere(str(halb))
            halb.rename(vorlage)
    return vorlage


def _auf_postgresql() -> None:
    connection.settings_dict["TEST"]["TEMPLATE"] = _vorlage_auf_postgresql()


def _vorlage_auf_postgresql() -> str:
    davor = f"vorlage_{connection.settings_dict['NAME']}_"
    vorlage, halb = f"{davor}{schluessel()}", f"{davor}halb"
    with _einer_nach_dem_anderen(), connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [davor])
        vorhandene = {name for (name,) in cursor}
        if vorlage not in vorhandene:
            for name in vorhandene:
                cursor.execute(f'DROP DATABASE "{name}"')
            # As the README has it made in production.
            cursor.execute(f"CREATE DATABASE \"{halb}\" LOCALE_PROVIDER icu ICU_LOCALE 'de-DE' TEMPLATE template0")
            _migriere(halb)
            cursor.execute(f'ALTER DATABASE "{halb}" RENAME TO "{vorlage}"')
    return vorlage


@contextmanager
def kopie() -> Iterator[None]:
    """A database of its own for this process, which may be spoilt: a copy of the snapshot."""
    eigener = connection.settings_dict["NAME"]
    connection.close()
    with tempfile.TemporaryDirectory() as ordner:
        if connection.vendor == "sqlite":
            kopiere(name := f"{ordner}/kopie.sqlite3")
        else:
            name = f"kopie_{eigener}"
            vorlage = _vorlage_auf_postgresql()
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
                cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{vorlage}"')
        connection.settings_dict["NAME"] = name
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = eigener


def _migriere(name: str) -> None:
    """Fill an empty database with what every database has."""
    eigener = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = eigener


@contextmanager
def _einer_nach_dem_anderen() -> Iterator[None]:
    """Of several processes one makes the snapshot, and the others wait for it."""
    ABLAGE.mkdir(parents=True, exist_ok=True)
    with (ABLAGE / "schloss").open("w") as schloss:
        fcntl.flock(schloss, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    django.setup()
    {"sqlite": _vorlage_auf_sqlite, "postgresql": _vorlage_auf_postgresql}[connection.vendor]()
