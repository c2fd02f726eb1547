"""What lies in files is closed to other accounts of the operating system, with the umask that most systems have."""

import os
import stat
from pathlib import Path

import pytest

from konzept.betrieb import dateirechte
from konzept.betrieb.systempruefungen import dateien_sind_verschlossen
from tests.konzept.test_produktion import GEHEIM, starte

SKRIPT = """
import os, django, io
os.umask(0o022)
django.setup()
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
call_command("createcachetable", verbosity=0)
default_storage.save("wappen/stadt/x.png", io.BytesIO(b"x"))
with connection.cursor() as cursor:  # what is written lies beside the database until it is taken over
    cursor.execute("SELECT 1")
    for ordner, _, dateien in os.walk(os.environ["KONZEPTWERK_DATA"]):
        for name in [".", *dateien]:
            pfad = os.path.normpath(os.path.join(ordner, name))
            print(oct(os.stat(pfad).st_mode & 0o777), os.path.relpath(pfad, os.environ["KONZEPTWERK_DATA"]))
"""


def rechte(daten: Path) -> dict[str, str]:
    """What a server leaves in its folder: rights by path."""
    lauf = starte(
        "-c",
        SKRIPT,
        KONZEPTWERK_SECRET_KEY=GEHEIM,
        KONZEPTWERK_ADRESSE="https://konzept.example",
        KONZEPTWERK_DATA=str(daten),
    )
    assert lauf.returncode == 0, lauf.stderr
    zeilen = (zeile.split(" ", 1) for zeile in lauf.stdout.splitlines())
    return {pfad: rechte for rechte, pfad in zeilen if pfad != "."} | {"stderr": lauf.stderr}


def test_database_and_uploads_are_the_owners_alone(tmp_path):
    gefunden = rechte(tmp_path)
    del gefunden["stderr"]
    assert gefunden == {
        "konzeptwerk.sqlite3": "0o600",
        "konzeptwerk.sqlite3-wal": "0o600",
        "konzeptwerk.sqlite3-shm": "0o600",
        "media": "0o700",
        "media/wappen": "0o700",
        "media/wappen/stadt": "0o700",
        "media/wappen/stadt/x.png": "0o600",
    }


def test_what_was_open_before_is_closed_at_the_start_and_that_is_said(tmp_path):
    for name in ("konzeptwerk.sqlite3", "konzeptwerk.sqlite3-wal", "konzeptwerk.sqlite3-shm"):
        (tmp_path / name).touch(0o644)
        (tmp_path / name).chmod(0o644)
    (tmp_path / "media").mkdir(0o755)
    gefunden = rechte(tmp_path)
    for name in ("konzeptwerk.sqlite3", "konzeptwerk.sqlite3-wal", "konzeptwerk.sqlite3-shm"):
        assert gefunden[name] == "0o600"
    assert gefunden["media"] == "0o700"
    for name in ("konzeptwerk.sqlite3", "media"):
        assert f"{tmp_path / name} was open to others on this machine; now it is not." in gefunden["stderr"]


def test_what_cannot_be_closed_is_named_by_a_check(tmp_path, settings, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir(0o755)
    monkeypatch.setattr(Path, "chmod", lambda *_: os.chmod("/proc/1/gibt-es-nicht", 0))  # it is somebody else's
    dateirechte.verschliesse(settings.MEDIA_ROOT)
    (warnung,) = (w for w in dateien_sind_verschlossen(None) if "media" in w.msg)
    assert warnung.hint == f"chmod go= '{tmp_path / 'media'}'"


def test_a_file_that_is_there_is_never_opened_beside_sqlite(tmp_path, monkeypatch):
    """Closing it again would end the locks of every other connection of the process."""
    datei = tmp_path / "datenbank.sqlite3"
    dateirechte.verschliesse_datenbank(datei)
    monkeypatch.setattr(os, "close", lambda _: pytest.fail("opened and closed"))
    dateirechte.verschliesse_datenbank(datei)
    assert stat.S_IMODE(datei.stat().st_mode) == 0o600


SAMMLE = """
import functools, os, brotli, django
os.umask(0o077)
brotli.compress = functools.partial(brotli.compress, quality=1)  # how well they are packed is not what is asked
django.setup()
from django.core.management import call_command
call_command("collectstatic", interactive=False, verbosity=0)
"""


def test_static_files_stay_readable_for_a_web_server(tmp_path):
    lauf = starte(
        "-c",
        SAMMLE,
        KONZEPTWERK_SECRET_KEY=GEHEIM,
        KONZEPTWERK_ADRESSE="https://konzept.example",
        KONZEPTWERK_DATA=str(tmp_path),
    )
    assert lauf.returncode == 0, lauf.stderr
    gefunden = {pfad: stat.S_IMODE(pfad.stat().st_mode) for pfad in (tmp_path / "staticfiles").rglob("*")}
    assert {pfad.suffix for pfad in gefunden} >= {".css", ".gz", ".json"}
    for pfad, rechte in gefunden.items():
        assert rechte == (0o755 if pfad.is_dir() else 0o644), pfad
    assert not (tmp_path / "konzeptwerk.sqlite3").exists()
