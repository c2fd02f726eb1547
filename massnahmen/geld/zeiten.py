"""When an amount falls due: what the words for how often and the years that are named say together."""

from .umstaende import Umstaende
from .werte import Turnus

Zeit = tuple[Turnus | None, int | None, int | None, bool]
"""How often, from which year to which, and whether without an end."""
_NICHT_WIEDERKEHREND = (None, Turnus.EINMALIG)


def hat_luecken(u: Umstaende) -> bool:
    """Whether years are left out between those that are named."""
    return bool(u.jahre) and u.jahre[-1] - u.jahre[0] >= len(u.jahre)


def lies_zeiten(u: Umstaende) -> tuple[list[Zeit], str]:
    """When the amount falls due, in every way in which that can be read; and what to ask, "" where it is clear."""
    if not u.jahre:
        return _in(None, u)
    jahr, bis, offen = u.jahre[0], u.jahre[-1], u.ohne_ende
    if len(u.jahre) == 1 and not offen and u.wann != "bis":
        if u.turnus in (Turnus.JAEHRLICH, Turnus.ALLE_ZWEI_JAHRE):
            frage = f"Fällt der Betrag ab {jahr} immer wieder an oder nur {jahr}?"
            return [(u.turnus, jahr, None, True), (Turnus.EINMALIG, jahr, jahr, False)], frage
        return _in(jahr, u)
    beginn = None if u.wann == "bis" and len(u.jahre) == 1 else jahr
    turnus = Turnus.JAEHRLICH if u.turnus in _NICHT_WIEDERKEHREND else u.turnus
    wiederkehrend = turnus, beginn, None if offen else bis, offen
    einmal = Turnus.EINMALIG, beginn, bis, False
    if u.je or u.laufend or (u.turnus not in _NICHT_WIEDERKEHREND and not u.insgesamt):
        return [wiederkehrend], ""
    if not offen and u.turnus in _NICHT_WIEDERKEHREND and (u.turnus or u.insgesamt):
        return [einmal], ""
    if offen or beginn is None:
        frage = f"Fällt der Betrag {'ab' if offen else 'bis'} {bis} jedes Jahr an oder nur einmal?"
    else:
        frage = f"Fällt der Betrag von {jahr} bis {bis} in jedem Jahr an oder insgesamt einmal?"
    return [wiederkehrend, einmal], frage


def _in(jahr: int | None, u: Umstaende) -> tuple[list[Zeit], str]:
    """In a single year or in none that is named: "insgesamt" and "monatlich" may mean all of it once, or each time."""
    wie_gesagt = u.turnus, jahr, jahr, False
    if not u.insgesamt or u.oft > 1 or u.turnus in _NICHT_WIEDERKEHREND:
        return [wie_gesagt], ""
    frage = f"Fällt der Betrag insgesamt einmal an oder {u.turnus}?"
    return [(Turnus.EINMALIG, jahr, jahr, False), wie_gesagt], frage
