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


def gesperrt(sperre: Path) -> dict[str, list[Gesperrt]]:
    """By name, a package more than once where it is locked under several conditions; raises ValueError for a line that
    is no locked package."""
    pakete: dict[str, list[Gesperrt]] = {}
    for zeile in sperre.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        if not zeile.strip() or zeile.lstrip().startswith("#"):
            continue
        kopf, *hashes = re.split(r"\s+--hash=", zeile.strip())
        if not (paket := _PAKET.fullmatch(kopf)):
            raise ValueError(f"{sperre.name}: {kopf!r} is no package at one version.")
        stand = Gesperrt(paket[2], paket[3].strip(" ;"), tuple(hashes))
        pakete.setdefault(schreibweise(paket[1]), []).append(stand)
    return pakete


def verlangt(name: str) -> dict[str, str]:
    """What requirements/<name>.in asks for by itself, with the version; raises ValueError for a line that is neither
    that nor the name of another list or lock, and for a package that stands there twice."""
    listen = {f"{liste}.in" for liste in SPERREN} | {sperre.name for sperre in SPERREN.values()}
    pakete: dict[str, str] = {}
    for zeile in (WURZEL / f"requirements/{name}.in").read_text(encoding="utf-8").splitlines():
        inhalt = re.split(r"(?:^|\s)#", zeile)[0].strip()
        if not inhalt or (inhalt[:3] in {"-r ", "-c "} and Path(inhalt[3:]).name in listen):
            continue
        if not (paket := _PAKET.fullmatch(inhalt)):
            raise ValueError(f"{name}.in: {inhalt!r} is no package at one version, written NAME==VERSION.")
        if schreibweise(paket[1]) in pakete:
            raise ValueError(f"{name}.in: {paket[1]} stands there twice.")
        pakete[schreibweise(paket[1])] = paket[2]
    return pakete
