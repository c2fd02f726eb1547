"""From format 3 to 4: sums have named columns, views of a budget and sentences; a position says what counts when.

Until then a position had an amount per year and a list of years, and the overview the years with one more column for
all other amounts. The words that the page put below the sums then stand in the tree now, so that what is frozen says
what it said. What stands here is how format 3 was. It never changes, whatever becomes of the classes in `baum`.
"""

from typing import Any

import msgspec

Objekt = dict[str, Any]

_POSITION = {"gekuerzt": False, "hinweis": "", "grenze_schluessel": "", "haushalt": "", "haushalt_schluessel": ""}
_REGEL = (
    "Jährliche Beträge zählen in jedem Jahr ihrer Laufzeit, einmalige in ihrem Jahr; entfallene Maßnahmen zählen nicht."
)


def hebe(dokument: Objekt) -> Objekt:
    """A Dokument of format 4 with new dicts; what format 3 did not have stays, for strict reading to refuse."""
    neu = {feld: _gehoben(wert) for feld, wert in dokument.items()}
    if type(neu.get("kommune")) is dict:
        neu["kommune"] = _mit(neu["kommune"], {"waehrung": "EUR"})
    return neu


def _gehoben(wert: Any) -> Any:
    if type(wert) is list:
        return [_gehoben(teil) if type(teil) in (dict, list) else teil for teil in wert]
    if type(wert) is not dict:
        return wert
    neu = {feld: _gehoben(inhalt) if type(inhalt) in (dict, list) else inhalt for feld, inhalt in wert.items()}
    if "kennung" in neu:
        return _massnahme(neu)
    if "jaehrlich" in neu:
        return _position(neu)
    if neu.get("type") == "kostenuebersicht":
        return _uebersicht(neu)
    if "laeuft" in neu:
        return _mit(neu, {"vermerk": ""})
    return neu


def _mit(knoten: Objekt, felder: Objekt) -> Objekt:
    for feld in felder:
        if feld in knoten:
            raise msgspec.ValidationError(f"Object contains unknown field `{feld}`")
    return knoten | felder


def _massnahme(m: Objekt) -> Objekt:
    offen = m.get("von") is not None and m.get("bis") is None
    return _mit(m, {"kurz": "", "offen": offen, "wiederkehr": ""})


def _position(p: Objekt) -> Objekt:
    jahre, jaehrlich = p.pop("jahre", ()), p.pop("jaehrlich")
    gezaehlt = p.get("betrag") is not None
    anteile = [{"jahr": jahr, "betrag": jaehrlich} for jahr in (jahre or [None])] if gezaehlt else []
    grund = "unbeziffert" if p.get("angabe") and not gezaehlt else ""
    stellenjahre = jahre if p.get("stellenanteil") is not None else []
    return _mit(p, {**_POSITION, "anteile": anteile, "grund": grund, "stellenjahre": stellenjahre})


def _uebersicht(u: Objekt) -> Objekt:
    jahre, felder, mittel, summe = (u.pop(name, None) for name in ("jahre", "felder", "mittel", "summe"))
    if not (isinstance(summe, dict) and all(isinstance(teil, list) for teil in (jahre, felder, mittel))):
        raise msgspec.ValidationError("An overview of costs has another shape")
    mit_ohne_jahr = _ist_etwas(summe.get("ohne_jahr"))
    zeilen = [_zeile(zeile, mit_ohne_jahr) for zeile in (*felder, *mittel, summe)]
    sicht = {
        "haushalt": "",
        "haushalt_schluessel": "",
        "felder": zeilen[: len(felder)],
        "mittel": zeilen[len(felder) : -1],
        "summe": zeilen[-1],
    }
    hinweise = [{"satz": _REGEL, "stellen": [], "weitere": 0}]
    if ohne := u.pop("ohne_betrag", 0):
        satz = (
            "1 Maßnahme ohne Betrag ist in den Summen nicht enthalten."
            if ohne == 1
            else f"{ohne} Maßnahmen ohne Betrag sind in den Summen nicht enthalten."
        )
        hinweise.append({"satz": satz, "stellen": [], "weitere": 0})
    spalten = [*map(str, jahre), *(["ohne Jahr"] if mit_ohne_jahr else [])]
    neues = {
        "waehrung": "EUR",
        "spalten": spalten,
        "sichten": [sicht],
        "kurz": "",
        "hinweise": hinweise,
        "stellen": None,
    }
    return _mit(u, neues)


def _zeile(zeile: Any, mit_ohne_jahr: bool) -> Objekt:
    if not (isinstance(zeile, dict) and isinstance(zeile.get("betraege"), list)):
        raise msgspec.ValidationError("A row of sums has another shape")
    ohne_jahr = zeile.pop("ohne_jahr", "0")
    betraege = [*zeile.pop("betraege"), *([ohne_jahr] if mit_ohne_jahr else [])]
    return _mit(zeile, {"betraege": betraege})


def _ist_etwas(betrag: object) -> bool:
    return any(ziffer in "123456789" for ziffer in str(betrag or ""))
