"""What takes long to make and depends on nothing but its source is made once on a machine, and kept in a folder.

Each process would make it anew: fonts unpacked, patterns for hyphenation read. A folder that cannot be written, a file
that is missing or was cut short cost time, and nothing else.
"""

import hashlib
import logging
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

log = logging.getLogger(__name__)

_SUMME = hashlib.sha256().digest_size


def einmal(ordner: Path | None, mache: Callable[[], bytes], *woraus: str | bytes) -> bytes:
    """What `mache` makes, from the folder where it was made of the same before. `woraus`: the source and the versions
    of all that reads it. None: nothing is kept."""
    if ordner is None:
        return mache()
    datei = ordner / hashlib.sha256(b"".join(_abgesetzt(teil) for teil in woraus)).hexdigest()
    with suppress(OSError):
        summe, inhalt = (ganz := datei.read_bytes())[:_SUMME], ganz[_SUMME:]
        if hashlib.sha256(inhalt).digest() == summe:
            return inhalt
    inhalt = mache()
    try:
        _lege_ab(datei, hashlib.sha256(inhalt).digest() + inhalt)
    except OSError as fehler:
        log.info("%s is not kept: %s", datei, fehler)
    return inhalt


def _abgesetzt(teil: str | bytes) -> bytes:
    """With its length, so that no two lists of parts read the same."""
    roh = teil.encode() if isinstance(teil, str) else teil
    return len(roh).to_bytes(8) + roh


def _lege_ab(datei: Path, inhalt: bytes) -> None:
    """Under its name only when it is whole; whoever else makes it at the same time makes the same."""
    datei.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    griff, name = tempfile.mkstemp(dir=datei.parent)
    try:
        with os.fdopen(griff, "wb") as neu:
            neu.write(inhalt)
        Path(name).replace(datei)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
