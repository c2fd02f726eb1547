"""From format 4 to 5: a table in a text has a title, and says what its columns are aligned to; a section of the table
of measures has the words of its goal. Until then none of it.

What stands here is how format 4 was. It never changes, whatever becomes of the classes in `baum`.
"""

from typing import Any

import msgspec

NEU: dict[str, dict[str, Any]] = {"texttabelle": {"titel": [], "ausrichtung": []}}
ABSCHNITTE = "massnahmentabelle"
NEU_IM_ABSCHNITT = {"satz": ""}


def hebe(dokument: dict[str, Any]) -> dict[str, Any]:
    """A Dokument of format 5 with new dicts; what format 4 did not have stays, for strict reading to refuse."""
    return {feld: _gehoben(wert) for feld, wert in dokument.items()}


def _gehoben(wert: Any) -> Any:
    if type(wert) is list:
        return [_gehoben(teil) if type(teil) in (dict, list) else teil for teil in wert]
    if type(wert) is not dict:
        return wert
    neu = {feld: _gehoben(inhalt) if type(inhalt) in (dict, list) else inhalt for feld, inhalt in wert.items()}
    art = neu.get("type")
    if art == ABSCHNITTE and type(neu.get("abschnitte")) is list:
        neu["abschnitte"] = [_mit(a, NEU_IM_ABSCHNITT) if type(a) is dict else a for a in neu["abschnitte"]]
    return _mit(neu, NEU[art]) if type(art) is str and art in NEU else neu


def _mit(knoten: dict[str, Any], felder: dict[str, Any]) -> dict[str, Any]:
    for feld in felder:
        if feld in knoten:
            raise msgspec.ValidationError(f"Object contains unknown field `{feld}`")
    return knoten | felder
