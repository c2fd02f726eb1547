"""The German patterns for hyphenation, which pyphen reads as text, half a second a process."""

from pathlib import Path

import msgspec
import pyphen

from .zwischenlager import einmal

_Muster = dict[str, tuple[int, tuple[int, ...]]]
"""Signs: where their values begin, and these."""


def lies_trennmuster(ordner: Path | None = None) -> None:
    """Have pyphen know the patterns, which it keeps for the process; those that were read before on this machine are in
    `ordner`."""
    quelle = pyphen.LANGUAGES[pyphen.language_fallback("de")]
    if quelle in pyphen.hdcache:
        return

    def lies() -> bytes:
        return msgspec.msgpack.encode(pyphen.HyphDict(quelle).patterns)

    gelesen = einmal(ordner, lies, "pyphen", pyphen.VERSION, quelle.read_bytes())
    woerterbuch = pyphen.HyphDict.__new__(pyphen.HyphDict)
    woerterbuch.patterns = msgspec.msgpack.decode(gelesen, type=_Muster)
    woerterbuch.cache = {}
    woerterbuch.maxlen = max(map(len, woerterbuch.patterns))
    pyphen.hdcache[quelle] = woerterbuch
