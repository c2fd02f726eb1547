"""The locks, read: what is locked, at which version, with which hashes."""

import re
from pathlib import Path
from typing import NamedTuple

WURZEL = Path(__file__).parents[2]
LAUFZEIT = WURZEL / "requirements.txt"
ENTWICKLUNG = WURZEL / "requirements/entwicklung.txt"
SPERREN = {
    "laufzeit": LAUFZEIT,
    **{name: WURZEL / f"requirements/{name}.txt" for name in ("entwicklung", "node", "werkzeuge")},
}
_PAKET = re.compile(r"([\w.-]+)(?:\[[\w,-]+\])?==([^\s;\\]+)([^\\]*)")


class Gesperrt(NamedTuple):
    """`nur`: the condition under which it is installed, "" where it always is."""

    version: str
    nur: str
    hashes: tuple[str, ...]


def schreibweise(name: str) -> str:
    """Names of packages are equal whatever their signs and case (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def gesperrt(sperre: Path) -> dict[str, Gesperrt]:
    """By name; raises ValueError for a line that is no locked package."""
    pakete = {}
    for zeile in sperre.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        if not zeile.strip() or zeile.lstrip().startswith("#"):
            continue
        kopf, *hashes = re.split(r"\s+--hash=", zeile.strip())
        if not (paket := _PAKET.fullmatch(kopf)):
            raise ValueError(f"{sperre.name}: {kopf!r} is no package at one version.")
        pakete[schreibweise(paket[1])] = Gesperrt(paket[2], paket[3].strip(" ;"), tuple(hashes))
    return pakete


def verlangt(name: str) -> dict[str, str]:
    """What requirements/<name>.in asks for by itself, with the version."""
    zeilen = (WURZEL / f"requirements/{name}.in").read_text(encoding="utf-8").splitlines()
    gefunden = (_PAKET.fullmatch(zeile.partition(" #")[0].strip()) for zeile in zeilen)
    return {schreibweise(paket[1]): paket[2] for paket in gefunden if paket}
