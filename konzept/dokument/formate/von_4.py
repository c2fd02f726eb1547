"""From format 4 to 5: a table in a text has a title, and says what its columns are aligned to; until then neither.

What stands here is how format 4 was. It never changes, whatever becomes of the classes in `baum`.
"""

import msgspec

TABELLE = "texttabelle"
NEU = ("titel", "ausrichtung")


def hebe(dokument: dict) -> dict:
    """A Dokument of format 5 with new dicts; what format 4 did not have stays, for strict reading to refuse."""
    return {feld: _gehoben(wert) for feld, wert in dokument.items()}


def _gehoben(wert):
    if type(wert) is list:
        return [_gehoben(teil) if type(teil) in (dict, list) else teil for teil in wert]
    if type(wert) is not dict:
        return wert
    neu = {feld: _gehoben(inhalt) if type(inhalt) in (dict, list) else inhalt for feld, inhalt in wert.items()}
    if neu.get("type") != TABELLE:
        return neu
    for feld in NEU:
        if feld in neu:
            raise msgspec.ValidationError(f"Object contains unknown field `{feld}`")
    return neu | {feld: [] for feld in NEU}
