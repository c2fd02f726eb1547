"""Golden trees, one folder for each format: what was frozen once has to be read for ever.

    python -m tests.goldene

writes those of the current format (`baum.FORMAT`) anew, and with them the words of the print (druck.txt): after a
deliberate change of the examples or of the print, in the same commit, which says why. Those of older formats are never
written again, and where the structure of the tree differs from the one that the current format had so far, nothing is.
"""

import gzip
import os
import sys
import tempfile
from pathlib import Path

ORT = Path(__file__).parent / "konzept" / "dokument" / "goldene"
DRUCK = ORT / "druck.txt"
VOLL = "voll"
"""The tree that has everything (see `tests.vollbaum`), beside those of the examples."""
WAS_ZU_TUN_IST = """The structure of the tree has changed, but not its format: Fassungen that are frozen already could
not be read any more, or would say something else. In konzept/dokument:

1. Raise FORMAT in baum.py.
2. Write the lift from the format before in formate/, with literal values of its own.
3. Run `python -m tests.goldene`, which writes the golden files of the new format; those of the old ones stay.

(If this format has been in no version that anybody uses, delete its folder and run the command.)"""
OHNE_DATEIEN = "Format {} has no golden files yet. Run `python -m tests.goldene`, and add what it writes."
OHNE_HEBUNG = """Trees of format {} cannot be read any more. Write konzept/dokument/formate/von_{}.py, which lifts them
to the next one, and enter it in HEBUNGEN (konzept/dokument/formate/__init__.py)."""


def ordner(format: int) -> Path:
    return ORT / f"format-{format}"


def ist_neu(aufbau: str, format: int) -> bool:
    """Whether a structure is another one than that of a format, if it has one yet."""
    datei = ordner(format) / "aufbau.txt"
    return datei.exists() and datei.read_text() != aufbau


def namen(format: int) -> list[str]:
    return sorted(datei.name.removesuffix(".json.gz") for datei in ordner(format).glob("*.json.gz"))


def lies(datei: Path) -> bytes:
    return gzip.decompress(datei.read_bytes())


def schreibe(datei: Path, inhalt: str | bytes) -> None:
    daten = inhalt.encode() if isinstance(inhalt, str) else inhalt
    datei.write_bytes(gzip.compress(daten, 9, mtime=0) if datei.suffix == ".gz" else daten)


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from konzept.dokument import baum
    from tests.vollbaum import aufbau, druckworte, inhalt, vollbaum

    ziel = ordner(baum.FORMAT)
    if ist_neu(aufbau(), baum.FORMAT):
        sys.exit(WAS_ZU_TUN_IST)
    ziel.mkdir(parents=True, exist_ok=True)
    (ziel / "aufbau.txt").write_text(aufbau())
    for name, dokument in {VOLL: vollbaum(), **_beispiele()}.items():
        schreibe(ziel / f"{name}.json.gz", baum.als_json(dokument))
        schreibe(ziel / f"{name}.txt.gz", inhalt(dokument))
    DRUCK.write_text(druckworte(vollbaum()))
    print(f"{ziel.relative_to(Path.cwd())}: {', '.join(namen(baum.FORMAT))}")


def _beispiele() -> dict:
    """The trees of the examples in fixtures/, each out of a database of its own."""
    from django.conf import settings
    from django.db import connection, transaction

    from konzept.austausch.einlesen import lade
    from konzept.dokument.zusammenstellung import stelle_zusammen
    from tests import testdatenbank

    baeume = {}
    with tempfile.TemporaryDirectory() as kurz:
        datenbank = Path(kurz) / "goldene.sqlite3"
        testdatenbank.kopiere(datenbank)
        datenbank.chmod(0o600)
        connection.settings_dict["NAME"] = str(datenbank)
        for datei in sorted((settings.BASE_DIR / "fixtures").glob("*.yaml")):
            with transaction.atomic():
                baeume |= {f"{datei.stem}-{k.slug}": stelle_zusammen(k) for k in lade(datei).neu}
                transaction.set_rollback(True)
        connection.close()
    return baeume


if __name__ == "__main__":
    main()
