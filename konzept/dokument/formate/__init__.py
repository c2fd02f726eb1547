"""Reads frozen trees of every format: the only way from JSON to a tree.

A tree is read strictly: a field that its format does not have is refused. One of an older format is lifted first, as
plain dicts and lists and one format at a time, by the module `von_1`, `von_2`, … of this package that bears its number.
Such a module knows its own format and the next by literal names and values and reads nothing from today's classes, so
that a field which is renamed or a default which is changed later alters no tree that is frozen already. What is stored
stays as it is: lifting happens at each reading.

Who changes the structure of the tree (a test says so) raises `baum.FORMAT`, writes the lift from the format before,
enters it in HEBUNGEN, and makes its golden files with `python -m tests.goldene`.
"""

import msgspec

from konzept.dokument.baum import FORMAT, Dokument

from . import von_1, von_2, von_3, von_4

HEBUNGEN = {1: von_1.hebe, 2: von_2.hebe, 3: von_3.hebe, 4: von_4.hebe}
"""By format: from a Dokument of it, as plain values, one of the next."""


class _Kopf(msgspec.Struct):
    format: int = 1
    """Format 1 left it out."""


_kopf = msgspec.json.Decoder(_Kopf)
_leser = msgspec.json.Decoder(Dokument)


def lies(daten: bytes) -> Dokument:
    """The tree that `baum.als_json` wrote, in this version or an earlier one, in the format of today.

    Raises msgspec.ValidationError for a field that the format does not have, for a format that is not known (yet) and
    for whatever else is no tree, and msgspec.DecodeError for what is no JSON.
    """
    format = format_von(daten)
    if format == FORMAT:
        return _leser.decode(daten)
    knoten = msgspec.json.decode(daten)
    for von in range(format, FORMAT):
        knoten = HEBUNGEN[von](knoten) | {"format": von + 1}
    return msgspec.convert(knoten, Dokument)


def format_von(daten: bytes) -> int:
    """The format of a tree, in a tenth of the time of reading it; raises as `lies` does for a format that is not
    known."""
    format = _kopf.decode(daten).format
    if format not in range(1, FORMAT + 1):
        raise msgspec.ValidationError(f"The tree has the format {format}; only 1 to {FORMAT} can be read.")
    return format
