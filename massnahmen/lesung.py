"""How a wording was read, in words, and what to ask where it can mean several things: what stands beside its field.

Knows texts and values, no forms; `massnahmen.felder` shows a Lesung and takes the answer.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import NamedTuple

from . import geld, kosten, zeitraum

NICHT_GEZAEHLT = "{}, zählt so nicht in die Summe"
NICHT_GEZEIGT = "{}, steht so in keinem Zeitplan"
SO_LASSEN = "So stehen lassen: druckt wie getippt, zählt in keiner Summe"
ZEIT_SO_LASSEN = "So stehen lassen: druckt wie getippt, steht in keinem Zeitplan"
ENTFAELLT = "Die Maßnahme entfällt, davon zählt nichts"
UEBER_JAHRE = "Gilt der Betrag für {} insgesamt oder in jedem Jahr?"


class Leseumstaende(NamedTuple):
    """What an amount is read with, besides its wording. The years are those of the fields beside it; `mit_jahren` says
    whether there are any: a grant for an offer has none. `jahresfehler` is a sentence where these are no years, and
    then the amount is read without them. `entfallen` says that nothing of the measure counts."""

    rahmen: kosten.Rahmen = kosten.Rahmen()
    mit_jahren: bool = False
    jahr: int | None = None
    bis_jahr: int | None = None
    jahresfehler: str = ""
    entfallen: bool = False


class Lesart(NamedTuple):
    """A wording to choose, and how it is read."""

    wortlaut: str
    worte: str


@dataclass(frozen=True, slots=True)
class Lesung:
    """`worte` say how a wording was read. With a `frage` there are `lesarten` to choose from, and `so_lassen` says what
    becomes of the wording otherwise. `teile` are several amounts in one."""

    worte: str = ""
    frage: str = ""
    lesarten: tuple[Lesart, ...] = ()
    so_lassen: str = ""
    teile: tuple[str, ...] = ()


def lies_zeitraum(text: str, umstaende: Leseumstaende) -> Lesung:
    try:
        return Lesung(_zeit_in_worten(text))
    except zeitraum.ZeitraumFehler as fehler:
        if not fehler.lesarten:
            return Lesung(_nicht_gelesen(fehler))
        lesarten = tuple(Lesart(wortlaut, _zeit_in_worten(wortlaut)) for wortlaut in fehler.lesarten)
        return Lesung(NICHT_GEZEIGT.format(_warum(lesarten)), str(fehler), lesarten, ZEIT_SO_LASSEN)


def lies_geld(text: str, umstaende: Leseumstaende) -> Lesung:
    if umstaende.jahresfehler:
        umstaende = umstaende._replace(mit_jahren=False)
    lesung = _lies_geld(text, umstaende)
    dazu = (umstaende.jahresfehler.rstrip("."), ENTFAELLT if umstaende.entfallen and lesung.worte else "")
    if not any(dazu):
        return lesung
    return replace(lesung, worte=". ".join(filter(None, (lesung.worte.rstrip("."), *dazu))) + ".")


def _lies_geld(text: str, umstaende: Leseumstaende) -> Lesung:
    try:
        wert = geld.lies(text, umstaende.rahmen.waehrung)
    except geld.GeldFehler as fehler:
        if not fehler.lesarten:
            return Lesung(_nicht_gelesen(fehler))
        lesarten = tuple(_lesart(wortlaut, umstaende) for wortlaut in fehler.lesarten)
        return Lesung(NICHT_GEZAEHLT.format(_warum(lesarten)), str(fehler), lesarten, SO_LASSEN)
    worte = _in_worten(wert, umstaende)
    if lesarten := _ueber_jahre(wert, umstaende):
        return Lesung(worte, _frage_nach_den_jahren(wert, umstaende), lesarten, SO_LASSEN)
    teile = () if wert.verstanden else geld.teile(text)
    return Lesung(worte, teile=teile if len(teile) > 1 else ())


def _zeit_in_worten(text: str) -> str:
    return _gelesen(zeitraum.lies(text), zeitraum.in_worten)


def _in_worten(wert: geld.Geld, umstaende: Leseumstaende) -> str:
    rahmen = umstaende.rahmen
    if umstaende.mit_jahren:
        return kosten.gelesen(wert, umstaende.jahr, umstaende.bis_jahr, rahmen)
    return _gelesen(wert, lambda w: geld.in_worten(w, rahmen.waehrung))


def _gelesen(wert, in_worten) -> str:
    return f"gelesen: {in_worten(wert)}" if wert.verstanden else in_worten(wert)


def _warum(lesarten: tuple[Lesart, ...]) -> str:
    return "mehrdeutig" if len(lesarten) > 1 else "nicht gelesen"


def _nicht_gelesen(fehler: ValueError) -> str:
    return f"nicht gelesen: {fehler}"


def _lesart(wortlaut: str, umstaende: Leseumstaende) -> Lesart:
    return Lesart(wortlaut, _in_worten(geld.lies(wortlaut), umstaende))


def _ueber_jahre(wert: geld.Geld, umstaende: Leseumstaende) -> tuple[Lesart, ...]:
    """Both meanings of an amount in several years of which nobody says how often it falls due."""
    if not umstaende.mit_jahren:
        return ()
    rechnung = kosten.rechne(wert, umstaende.jahr, umstaende.bis_jahr, umstaende.rahmen)
    if rechnung.grund != kosten.Grund.VERTEILUNG:
        return ()
    lesarten = (_mit_turnus(wert, turnus) for turnus in (geld.Turnus.EINMALIG, geld.Turnus.JAEHRLICH))
    return tuple(_lesart(wortlaut, umstaende) for wortlaut in lesarten if wortlaut)


def _mit_turnus(wert: geld.Geld, turnus: geld.Turnus) -> str:
    """The wording with how often it falls due, as far as it is read so."""
    for wortlaut in (f"{wert} {turnus}", f"{turnus} {wert}"):
        with suppress(geld.GeldFehler):
            if geld.lies(wortlaut).turnus == turnus:
                return wortlaut
    return ""


def _frage_nach_den_jahren(wert: geld.Geld, umstaende: Leseumstaende) -> str:
    ab, bis = umstaende.jahr or wert.jahr, umstaende.bis_jahr or wert.bis_jahr
    return UEBER_JAHRE.format(f"{ab} bis {bis}" if bis else f"die Jahre ab {ab}")
