"""The test database is what production has: every migration has run, and PostgreSQL sorts as German does."""

import re
import stat
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from konzept import mauern
from tests import testdatenbank
from tests.fabrik import mache_kommune

pytestmark = pytest.mark.django_db

auf_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has it as a file")


@pytest.mark.datenbank
def test_no_migration_is_missing_in_the_snapshot():
    call_command("migrate", check_unapplied=True, verbosity=0)


@pytest.mark.datenbank
def test_names_are_sorted_as_in_production():
    kommune = mache_kommune()
    for name in ("Zuwanderung", "Ämter", "Arbeit", "eine Gruppe", "Eltern"):
        kommune.gremien.create(name=name)
    nach_wort = ["Ämter", "Arbeit", "eine Gruppe", "Eltern", "Zuwanderung"]
    nach_zeichen = ["Arbeit", "Eltern", "Zuwanderung", "eine Gruppe", "Ämter"]
    namen = list(kommune.gremien.order_by("name").values_list("name", flat=True))
    assert namen == (nach_wort if connection.vendor == "postgresql" else nach_zeichen)


# When the snapshot is made anew


def in_migrationen_genannte() -> set[Path]:
    """The modules of the project that migrations import, read without the grammar."""
    gefunden = set()
    for ordner in ("konzept", "handlungsfelder", "massnahmen"):
        for migration in (settings.BASE_DIR / ordner).rglob("migrations/*.py"):
            for name in re.findall(rf"(?:from|import) ({ordner}(?:\.\w+)+)", migration.read_text(encoding="utf-8")):
                teile = name.split(".")
                anfaenge = (teile[:bis] for bis in range(2, len(teile) + 1))
                pfade = {settings.BASE_DIR.joinpath(*anfang).with_suffix(".py") for anfang in anfaenge}
                gefunden |= {pfad for pfad in pfade if pfad.is_file()}
    return gefunden


def test_the_key_is_made_of_what_migrations_import():
    quellen = set(testdatenbank.quellen())
    erwartet = {
        *("massnahmen/migrations/0004_berichtige_felder.py", "massnahmen/platzhalter.py", "konzept/models/verbund.py"),
        *("konzept/verlauf/umstellung.py", "konzept/verlauf/stand.py"),  # the one imports the other
        *("konzept/betrieb/geheimnisse.py", "konzept/dokument/fruehere_drucke.py", "massnahmen/felder.py"),
        *("massnahmen/models/akteur.py", "massnahmen/models/indikator.py", "konzept/konten/models/einladung.py"),
        *("konzept/trigger.py", "konzept/mauern.py", "konzept/unveraenderlich.py"),
    }
    assert {name for name in erwartet if settings.BASE_DIR / name not in quellen} == set()
    assert len(in_migrationen_genannte()) > 5
    assert in_migrationen_genannte() - quellen == set()


@pytest.mark.parametrize("datei", ["konzept/verlauf/umstellung.py", "konzept/migrations/0001_initial.py"])
def test_the_key_is_another_one_where_a_file_changes(datei, monkeypatch):
    vorher = testdatenbank.schluessel()
    assert testdatenbank.schluessel() == vorher
    lies = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda d: lies(d) + b"#" * (d == settings.BASE_DIR / datei))
    assert testdatenbank.schluessel() != vorher


def test_the_key_is_another_one_where_a_rule_is_gone(monkeypatch):
    vorher = testdatenbank.schluessel()
    monkeypatch.setattr(mauern, "_ERKLAERT", mauern._ERKLAERT[1:])
    assert testdatenbank.schluessel() != vorher


def test_how_imports_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "BASE_DIR", tmp_path)
    for name in ("a/__init__", "a/b", "a/c/__init__", "a/c/d", "a/c/e", "a/f", "a/g"):
        (tmp_path / name).with_suffix(".py").parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).with_suffix(".py").touch()
    datei = tmp_path / "a/c/d.py"
    datei.write_text("import a.b\nimport os\nfrom . import e\ndef f():\n    from ..f import x\n    from a import g\n")
    gefunden = {pfad.relative_to(tmp_path).as_posix() for pfad in testdatenbank.importierte(datei)}
    assert gefunden == {"a/__init__.py", "a/b.py", "a/c/__init__.py", "a/c/e.py", "a/f.py", "a/g.py"}


# A copy of it


@auf_sqlite
def test_a_copy_was_never_open_to_others(tmp_path, monkeypatch):
    monkeypatch.setattr(testdatenbank.shutil, "copyfileobj", lambda von, nach: None)  # before there is anything in it
    testdatenbank.kopiere(tmp_path / "kopie.sqlite3")
    assert stat.S_IMODE((tmp_path / "kopie.sqlite3").stat().st_mode) == 0o600


@auf_sqlite
def test_where_migrations_are_asked_for_they_run(monkeypatch):
    gemacht = []
    monkeypatch.setattr(testdatenbank, "_migriere", gemacht.append)
    monkeypatch.setattr(testdatenbank, "_vorlage_auf_sqlite", lambda: pytest.fail("a copy of the snapshot"))
    monkeypatch.setattr(testdatenbank.connection, "close", lambda: None)
    with testdatenbank.kopie(frisch=True):
        assert gemacht == [connection.settings_dict["NAME"]]
