"""Numbers of steps in front of names, as tables have them: "(1) Ehrenamtsbörse, 32 (2) SKFM, 32".

A marker reaches up to the next one, over every name between them; names before the first belong to the whole measure.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

_ZAHL = r"[0-9]{1,2}"
_ZAHLEN = rf"{_ZAHL}(?:\s*(?:,|;|/|&|\+|-|–|bis|und|u\.)\s*{_ZAHL})*"
_IN_KLAMMERN = rf"[(\[]\s*(?:(?:zu|(?:umsetzungs)?schritte?n?)\s+)*{_ZAHLEN}\s*[)\]]"
_MARKE = re.compile(
    rf"""(?:zu\s+)?
        (?: {_IN_KLAMMERN}(?:\s*(?:/|&|\+|-|–|bis|und|u\.)?\s*{_IN_KLAMMERN})*
          | (?:umsetzungs)?schritte?n?\s+{_ZAHLEN}(?![\w)])
          | {_ZAHL}\)
        )\s*(?::|[-–]\s)?\s*""",
    re.IGNORECASE | re.VERBOSE,
)
_MITTEN = re.compile(rf"\s(?={_IN_KLAMMERN}\s*[^\s,;/&+)\]])", re.IGNORECASE)
_BIS = re.compile(rf"({_ZAHL})\W*(?:-|–|\bbis\b)\W*({_ZAHL})")


def marke_von(name: str) -> tuple[tuple[int, ...], str]:
    """The steps that a marker in front of a name means, and the name without it; no steps where there is no marker."""
    marke = _MARKE.match(name)
    if not marke:
        return (), name
    nummern = {int(zahl) for zahl in re.findall(_ZAHL, marke[0])}
    for von, bis in _BIS.findall(marke[0]):
        nummern |= set(range(int(von), int(bis) + 1))
    return tuple(sorted(nummern)), name[marke.end() :]


@dataclass
class Verteilt:
    """Names without a marker, those of steps as (number, name), and why some could not be given to any."""

    direkt: list[str] = field(default_factory=list)
    an_schritte: list[tuple[int, str]] = field(default_factory=list)
    fehler: list[str] = field(default_factory=list)


def verteile(namen: list[str], schritte: int, bekannt: Callable[[str], object]) -> Verteilt:
    """Give names to the steps that their markers mean, of a measure with so many of them.

    `bekannt` tells whether a name is one as it stands: "(51) Jugendamt" can be, where there is no step 51.
    """
    ergebnis, gilt, offen, gesagt = Verteilt(), (), "", False
    for name in _auch_mitten(namen, schritte, bekannt):
        nummern, rest = marke_von(name)
        if nummern and max(nummern) > schritte and bekannt(name):
            nummern, rest = (), name
        if nummern:
            gilt, gesagt = (*gilt, *nummern) if offen else nummern, False
            offen = "" if rest else name
            if offen:
                continue
        offen = ""
        fehlende = [nummer for nummer in gilt if not 1 <= nummer <= schritte]
        if fehlende and not gesagt:
            # One error is enough for all names that the marker reaches.
            gesagt = True
            ergebnis.fehler.append(_kein_schritt(name, rest, fehlende[0], schritte))
        elif fehlende:
            continue
        elif gilt:
            ergebnis.an_schritte += [(nummer, rest) for nummer in gilt]
        else:
            ergebnis.direkt.append(name)
    if offen:
        ergebnis.fehler.append(f"Hinter „{offen}“ steht kein Name. Nennen Sie, wer für den Schritt zuständig ist.")
    return ergebnis


def _auch_mitten(namen: list[str], schritte: int, bekannt: Callable[[str], object]) -> Iterator[str]:
    """Names apart from a marker that follows them without a comma, as at the end of a line: "32 (2) SKFM"."""
    markiert = False
    for name in namen:
        rest = name
        while not bekannt(rest) and (stelle := _MITTEN.search(rest, _laenge(rest))):
            davor, danach = rest[: stelle.start()], rest[stelle.end() :]
            nummern, _ = marke_von(danach)
            if max(nummern) > schritte or not (markiert or marke_von(davor)[0] or bekannt(davor)):
                break
            yield davor
            rest, markiert = danach, True
        yield rest
        markiert = markiert or bool(marke_von(rest)[0])


def _laenge(name: str) -> int:
    """Of the marker in front."""
    return len(name) - len(marke_von(name)[1])


def _kein_schritt(genannt: str, name: str, nummer: int, schritte: int) -> str:
    hat = {0: "keine Schritte", 1: "nur einen Schritt"}.get(schritte, f"nur {schritte} Schritte")
    return (
        f"„{genannt}“ soll zu Schritt {nummer}, die Maßnahme hat aber {hat}. Fügen Sie den Schritt hinzu, oder nennen "
        f"Sie „{name}“ ohne Nummer."
    )


def am_falschen_ort(kurz: str, schritte: int) -> str:
    """The sentence about an Akteur of a measure whose Kürzel begins with the number of one of its steps, else ""."""
    nummern, name = marke_von(kurz)
    if not (nummern and name and max(nummern) <= schritte):
        return ""
    wo = f"Schritt {nummern[0]}" if len(nummern) == 1 else f"den Schritten {', '.join(map(str, nummern))}"
    return f"„{kurz}“ steht bei der ganzen Maßnahme. Nennen Sie „{name}“ bei {wo}, und nehmen Sie den Eintrag heraus"
