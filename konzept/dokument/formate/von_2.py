"""From format 2 to 3: a list says how it counts; until then all ordered lists counted in numbers.

What stands here is how format 2 was. It never changes, whatever becomes of the classes in `baum`.
"""

from typing import Any

import msgspec

LISTE, NEU = "liste", "zaehlung"


def hebe(dokument: dict[str, Any]) -> dict[str, Any]:
    """A Dokument of format 3 with new dicts; what format 2 did not have stays, for strict reading to refuse."""
    return {feld: _gehoben(wert) for feld, wert in dokument.items()}


def _gehoben(wert: Any) -> Any:
    if type(wert) is list:
        return [_gehoben(teil) if type(teil) in (dict, list) else teil for teil in wert]
    if type(wert) is not dict:
        return wert
    neu = {feld: _gehoben(inhalt) if type(inhalt) in (dict, list) else inhalt for feld, inhalt in wert.items()}
    if neu.get("type") != LISTE:
        return neu
    if NEU in neu:
        raise msgspec.ValidationError(f"Object contains unknown field `{NEU}`")
    return neu | {NEU: ""}
