"""The test database begins as a copy of a snapshot in which every migration has run already.

The snapshot bears a key made of all migrations and of what they import (see `quellen`), and is made anew when one of
these changes: on SQLite a file in `.cache/`, on PostgreSQL a database that the server copies as a template. PostgreSQL
sorts in it as in production.

`DJANGO_SETTINGS_MODULE=tests.settings python -m tests.testdatenbank` makes it while nobody waits for it yet.
"""

import ast
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import django
from django.apps import AppConfig, apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from konzept.betrieb import dateirechte

ABLAGE = settings.BASE_DIR / ".cache" / "testdatenbank"
AUCH = ("konzept/trigger.py", "konzept/unveraenderlich.py")
"""What decides beside the migrations how an empty database looks: it runs after them."""


def stelle_bereit() -> None:
    """Let the test database that Django is about to make begin as a copy of the snapshot.

    Call it when the name of the test database stands, and before it is made.
    """
    {"sqlite": _auf_sqlite, "postgresql": _auf_postgresql}[connection.vendor]()


def schluessel() -> str:
    """The key of the snapshot: another one for every other set of migrations, of what they import, and of rules."""
    from konzept import trigger
    from konzept.mauern import regeln

    triggernamen = sorted(name for regel in regeln() for name, *_ in trigger._trigger(regel, connection.alias))
    summe = hashlib.sha256(f"{django.VERSION} {connection.vendor} {triggernamen}".encode())
    for datei in quellen():
        summe.update(os.path.relpath(datei, settings.BASE_DIR).encode())
        summe.update(datei.read_bytes())
    return summe.hexdigest()[:16]


@cache
def quellen() -> list[Path]:
    """What the key is made of: all migrations; the modules of ours that they import, and AUCH; what these import in
    turn. There it ends: from the third step on it would be half of the program, and each change of that would have
    all migrations run, which takes half a minute. A name may stand for a module or for what is in one, and an import
    inside a function counts."""
    migrationen = {datei for app in apps.get_app_configs() for datei in _migrationen(app)}
    eigene = {datei for app in apps.get_app_configs() if ist_eigene(app) for datei in _migrationen(app)}
    genannte = {settings.BASE_DIR / name for name in AUCH} | {m for datei in eigene for m in importierte(datei)}
    return sorted(migrationen | genannte | {m for datei in genannte for m in importierte(datei)})


def ist_eigene(app: AppConfig) -> bool:
    """Whether an app is part of the project; the environment may lie in its folder."""
    ort = Path(app.path)
    teile = ort.relative_to(settings.BASE_DIR).parts if ort.is_relative_to(settings.BASE_DIR) else ()
    return bool(teile) and not teile[0].startswith(".")


def _migrationen(app: AppConfig) -> Iterator[Path]:
    return Path(app.path).glob("migrations/*.py")


def importierte(datei: Path) -> set[Path]:
    """The modules of the project that a module of it imports."""
    paket = datei.relative_to(settings.BASE_DIR).parts[:-1]
    namen = set()
    for knoten in ast.walk(ast.parse(datei.read_bytes())):
        if isinstance(knoten, ast.Import):
            namen |= {name.name for name in knoten.names}
        elif isinstance(knoten, ast.ImportFrom):
            davor = paket[: len(paket) - knoten.level + 1] if knoten.level else ()
            woher = [*davor, *([knoten.module] if knoten.module else [])]
            namen |= {".".join(woher), *(".".join([*woher, name.name]) for name in knoten.names)}
    pfade = {settings.BASE_DIR.joinpath(*name.split(".")) for name in namen}
    kandidaten = {kandidat for pfad in pfade for kandidat in (pfad.with_suffix(".py"), pfad / "__init__.py")}
    return {kandidat for kandidat in kandidaten if kandidat.is_file()}


def _auf_sqlite() -> None:
    kopiere(connection.settings_dict["TEST"]["NAME"])


def kopiere(ziel: str | Path) -> None:
    """A file of SQLite with what every database has, for a run on SQLite; from the start it is for this account."""
    with _vorlage_auf_sqlite().open("rb") as vorlage, open(ziel, "wb", opener=_nur_fuer_mich) as datei:
        shutil.copyfileobj(vorlage, datei)


def _nur_fuer_mich(pfad: str, wie: int) -> int:
    return os.open(pfad, wie, dateirechte.DATEI)


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
def kopie(frisch: bool = False) -> Iterator[None]:
    """A database of its own for this process, which may be spoilt: a copy of the snapshot. `frisch`: on SQLite a new
    file, for which migrations run in any case."""
    eigener = connection.settings_dict["NAME"]
    connection.close()
    with tempfile.TemporaryDirectory() as ordner:
        if connection.vendor == "sqlite":
            name = f"{ordner}/kopie.sqlite3"
            (_migriere if frisch else kopiere)(name)
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
