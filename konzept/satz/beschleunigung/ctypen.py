"""Types of C are read once, mended in cffi as WeasyPrint 70 uses it, without importing either.

Whoever asks cffi for memory names a type in C, which a whole parser reads, two milliseconds a type and process.
WeasyPrint names arrays with their lengths, so that each number of glyphs in a font is another type.
"""

import re

_MIT_LAENGE = re.compile(r"(.+)\[([0-9]+)\]")

GEBRAEUCHLICH = (
    *("PangoFcFontMap *", "PangoLogAttr[]", "PangoRectangle *", "FcChar8 **"),
    *("char[]", "unsigned int *", "hb_codepoint_t[]", "hb_tag_t[]"),
)
"""What every document asks for. Read before processes fork, they are read for all."""


class OhneLaengen:
    """Stands for an `FFI`, in which arrays of all lengths are of one type: `T[3]` is `T[]` of three."""

    def __init__(self, ffi) -> None:
        self.__wrapped__ = ffi

    def __getattr__(self, name):
        return getattr(self.__wrapped__, name)

    def new(self, typ, anfang=None):
        feld = _MIT_LAENGE.fullmatch(typ)
        if feld is None or (anfang is not None and len(anfang) != int(feld[2])):
            return self.__wrapped__.new(typ, anfang)
        return self.__wrapped__.new(f"{feld[1]}[]", int(feld[2]) if anfang is None else anfang)


def lies(ffi) -> None:
    """Read the types that are in common use."""
    for typ in GEBRAEUCHLICH:
        ffi.typeof(typ)
