"""Rows whose relation leads nowhere: what becomes of them, so that they neither stop nor hide anything else."""

from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum


class Verwaist(StrEnum):
    """What is wrong, and where the row stands instead; German, and goes on after the name of the row."""

    ZIEL = "nennt ein Ziel aus einem anderen Handlungsfeld und steht darum ohne Ziel direkt im Handlungsfeld"
    RING = "steht über einen Umweg unter sich selbst und darum jetzt am Ende der Gliederung"
    OBEN = "steht unter einem Abschnitt, den es hier nicht gibt, und darum jetzt am Ende der Gliederung"


def ordne_abschnitte(abschnitte: Iterable) -> tuple[defaultdict[int | None, list], dict[int, Verwaist]]:
    """Abschnitte by the one above them (pk; None at the top), each exactly once below None, and by pk why some of them
    stand at the end of the top instead of their place."""
    oben = {abschnitt.pk: abschnitt.oberabschnitt_id for abschnitt in abschnitte}
    unter: defaultdict[int | None, list] = defaultdict(list)
    lose, gruende = [], {}
    for abschnitt in abschnitte:
        if grund := _steht_lose(abschnitt.pk, oben):
            gruende[abschnitt.pk] = grund
            lose.append(abschnitt)
        else:
            unter[abschnitt.oberabschnitt_id].append(abschnitt)
    unter[None] += lose
    return unter, gruende


def _steht_lose(pk: int, oben: dict[int, int | None]) -> Verwaist | None:
    hoeher, weg = oben[pk], set()
    if hoeher is None:
        return None
    if hoeher not in oben:
        return Verwaist.OBEN
    while hoeher in oben and hoeher not in weg:
        weg.add(hoeher)
        hoeher = oben[hoeher]
    return Verwaist.RING if pk in weg else None
