"""What lies in files is for the account of the operating system alone under which the server runs.

The umask stays as it is: what `collectstatic` writes may be read by a web server.
"""

import logging
import os
import stat
import threading
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import connection

DATEI, ORDNER = 0o600, 0o700
_BEGLEITER = ("-wal", "-shm", "-journal")

protokoll = logging.getLogger(__name__)
_schloss = threading.Lock()


def verschliesse_datenbank(pfad: str | Path) -> None:
    """To be called before a connection: makes the file of SQLite where there is none, and closes one that is open.

    It never opens a file that is there. Closing it again would end the locks that other connections of this process
    hold, by the rules of POSIX.
    """
    # What fails here, SQLite reports itself when it opens the file.
    with _schloss, suppress(OSError):
        os.close(os.open(pfad, os.O_CREAT | os.O_EXCL | os.O_WRONLY, DATEI))
    for datei in datenbankdateien(pfad):
        verschliesse(datei)


def datenbankdateien(pfad: str | Path) -> list[Path]:
    return [Path(f"{pfad}{ende}") for ende in ("", *_BEGLEITER)]


def verschlossene() -> list[Path]:
    """What has to be closed to others: the uploads, and the database where it is a file."""
    pfade = [Path(settings.MEDIA_ROOT)]
    if connection.vendor == "sqlite" and not connection.is_in_memory_db():
        pfade += datenbankdateien(connection.settings_dict["NAME"])
    return pfade


def verschliesse(pfad: Path) -> None:
    """Take from a file or folder what others may do with it, and say so; nothing where it is not there."""
    if not ist_offen(pfad):
        return
    # A file that belongs to somebody else cannot be changed; the system check tells of it.
    with suppress(OSError):
        pfad.chmod(ORDNER if pfad.is_dir() else DATEI)
        protokoll.warning("%s was open to others on this machine; now it is not.", pfad)


def ist_offen(pfad: Path) -> bool:
    try:
        return bool(pfad.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
    except OSError:
        return False
