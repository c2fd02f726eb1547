"""Reads an amount; the spellings stand at the package."""

import re
from dataclasses import replace
from functools import lru_cache

from konzept.grenzen import ANGABE
from massnahmen.zeitraum import geglaettet

from .gruende import SCHULJAHR, grund
from .kerne import Kern, kerne
from .umstaende import Umstaende
from .werte import UNTERJAEHRIG, Geld, GeldFehler, Grenze, Turnus, betrag_in
from .zahlen import nennt_waehrung, pruefe_schreibweise
from .zeiten import Zeit, hat_luecken, lies_zeiten


def lies(text: str, waehrung: str = "EUR") -> Geld:
    """Read an amount; any text is kept as wording (without its outer white space), understood or not.

    A saving of "bis zu 5.000 €" stays wording, too: a sum must not count on more than what is sure.

    Raises GeldFehler when the text as a whole is an amount that cannot be ("1.23.456 €", "8.000 bis 5.000 €") or that
    can be read in several ways ("1.777 Mio. €", "2018", "5.000 € in den Jahren 2027 bis 2029"). Where the text names no
    currency, it offers amounts in ``waehrung``.
    """
    wortlaut = text.strip()
    if len(wortlaut) > ANGABE:
        return Geld(wortlaut=wortlaut)
    try:
        return _lies(wortlaut)
    except GeldFehler as fehler:
        if waehrung == "EUR" or nennt_waehrung(wortlaut):
            raise
        lesarten = tuple(lesart.replace("€", waehrung) for lesart in fehler.lesarten)
        raise GeldFehler(str(fehler).replace("€", waehrung), lesarten) from None


def lies_ausschnitt(text: str) -> Geld:
    """Read a piece of a longer wording: a full stop or a comma at its end belongs to what follows."""
    return Geld(wortlaut=text) if len(text) > ANGABE or _SCHLUSS.search(_zerlegt(text)[0]) else _lies(text)


def in_jedem_jahr(text: str) -> tuple[str, ...]:
    """Of "2016 und 2018 je 5.000 €", which is no single amount, the wording of each; () of any other text."""
    _, umstaende, gelesen = _zerlegt(text)
    if len(gelesen) != 1 or gelesen[0].zweifel or not (umstaende.je and hat_luecken(umstaende)):
        return ()
    turnus = umstaende.turnus if umstaende.turnus in UNTERJAEHRIG else None
    zeiten = [(turnus, jahr, jahr, False) for jahr in umstaende.jahre]
    deutungen = [_deutung(gelesen[0], umstaende, zeit) for zeit in zeiten]
    return tuple(geld.geschrieben(worte) for geld, worte in deutungen)


@lru_cache(maxsize=1024)
def _lies(wortlaut: str) -> Geld:
    rest, umstaende, gelesen = _zerlegt(wortlaut)
    if not gelesen and _SCHLUSS.search(rest):
        rest, umstaende, gelesen = _zerlegt(_SCHLUSS.sub("", wortlaut))
    if not gelesen:
        pruefe_schreibweise(rest)
        return Geld(wortlaut=wortlaut, grund=grund(wortlaut))
    if (fehlt := _fehlt(umstaende, min(gelesen, key=lambda kern: kern.betrag))) is not None:
        return Geld(wortlaut=wortlaut, grund=fehlt)
    mal_oder_turnus = umstaende.turnus in UNTERJAEHRIG and gelesen[0].mal > 1
    if mal_oder_turnus:
        # Whether the amount is the total is asked further below.
        umstaende = replace(umstaende, insgesamt=False)
    zeiten, frage = lies_zeiten(umstaende)
    zweifel = [*filter(None, [gelesen[0].zweifel, frage])]
    deutungen = [_deutung(kern, umstaende, zeit) for kern in gelesen for zeit in zeiten]
    if umstaende.insgesamt and umstaende.oft > 1:
        zweifel.append(f"Ist es der Betrag für alle {umstaende.oft} Male zusammen oder der für jedes Mal?")
        deutungen = [*(_deutung(k, replace(umstaende, oft=1), z) for k in gelesen for z in zeiten), *deutungen]
    if mal_oder_turnus:
        mal = gelesen[0].mal
        zweifel.append(f"Sind es {mal} Beträge zusammen, oder ist es einer, der {umstaende.turnus} anfällt?")
        deutungen = [variante for deutung in deutungen for variante in _mal_oder_turnus(*deutung)]
    if not zweifel:
        return replace(deutungen[0][0], wortlaut=wortlaut)
    lesarten = tuple(dict.fromkeys(geld.geschrieben(worte) for geld, worte in deutungen))
    zur_wahl = lesarten if len(lesarten) == 1 else [f"„{lesart}“" for lesart in lesarten]
    raise GeldFehler(f"{' '.join(zweifel)} Schreiben Sie {' oder '.join(zur_wahl)}.", lesarten)


def _zerlegt(text: str) -> tuple[str, Umstaende, tuple[Kern, ...]]:
    """The readings of an amount and what is said around it; in front of them what is left where there are none."""
    rest, umstaende = geglaettet(text.translate(_APOSTROPHE)), Umstaende()
    if m := _IN_KLAMMERN.fullmatch(rest):
        rest, umstaende.nur_mit_waehrung = m[1], True
    while not (gelesen := kerne(rest)):
        weniger = umstaende.nimm(rest)
        if not weniger:
            return rest, umstaende, ()
        rest = weniger
    return "", umstaende, gelesen


_APOSTROPHE = dict.fromkeys(map(ord, "´`′ʼ‘"), "'")
_SCHLUSS = re.compile(r"(?<![0-9., ])[.;,]$")
_IN_KLAMMERN = re.compile(r"\( ?([^()]+?) ?\)")
_UMGEKEHRT = {Grenze.HOECHSTENS: Grenze.MINDESTENS, Grenze.MINDESTENS: Grenze.HOECHSTENS}


def _fehlt(u: Umstaende, kern: Kern) -> str | None:
    """Why what was read makes no amount, "" where that needs no words; None where it makes one."""
    mehrmals = u.oft > 1 or u.turnus in UNTERJAEHRIG or len(u.jahre) > 1 or u.jahr_davor or u.ohne_ende
    if u.je and not mehrmals:
        return "je: die Anzahl fehlt"
    if u.im_schuljahr and len(u.jahre) > 1:
        return SCHULJAHR
    if hat_luecken(u):
        return "zwischen den Jahren sind Lücken: für jedes braucht es einen eigenen Betrag"
    if (u.nur_mit_waehrung and not kern.bezeichnet) or (kern.mal > 1 and u.oft > 1):
        return ""
    if u.laufend and u.turnus in (None, Turnus.EINMALIG) and not u.ohne_ende:
        return ""
    weniger_ist_mehr = Grenze.HOECHSTENS if u.gespart else Grenze.MINDESTENS
    if u.grenze is weniger_ist_mehr and (u.gespart or kern.betrag < 0):
        return f"der Mindestbetrag der {'Einnahme' if u.eingenommen else 'Einsparung'} fehlt"
    if u.ausgegeben and kern.betrag < 0:
        return ""  # "Mindereinnahmen -5.000 €" may be either
    return "" if kern.untergrenze is not None and (u.grenze or u.oft > 1) else None


def _deutung(kern: Kern, u: Umstaende, zeit: Zeit) -> tuple[Geld, str]:
    """One value, and the wording of its amount or range."""
    turnus, jahr, bis_jahr, offen = zeit
    grenze = u.grenze
    if u.gespart:
        kern, grenze = kern.gespart(), _UMGEKEHRT.get(grenze) if grenze else None
    geld = Geld(
        kern.betrag * u.oft,
        turnus,
        u.ungefaehr,
        untergrenze=kern.untergrenze,
        grenze=grenze if kern.untergrenze is None else Grenze.SPANNE,
        mal=kern.mal * u.oft,
        waehrung=kern.waehrung,
        jahr=jahr,
        bis_jahr=bis_jahr,
        offen=offen,
    )
    return geld, kern.worte


def _mal_oder_turnus(geld: Geld, worte: str) -> list[tuple[Geld, str]]:
    """What "12 x 1.000 € monatlich" may mean: twelve in all, one of them each month, or twelve each month."""
    ende = geld.jahr if geld.offen else geld.bis_jahr
    einmal = replace(geld, turnus=Turnus.EINMALIG, bis_jahr=ende, offen=False)
    einzeln, alle = (replace(geld, betrag=betrag, mal=1) for betrag in (geld.einzelbetrag, geld.beziffert))
    zusammen = betrag_in(geld.beziffert, geld.waehrung or "EUR").replace("\u00a0", " ")
    return [(einmal, worte), (einzeln, worte), (alle, zusammen)]
