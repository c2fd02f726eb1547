"""The libraries that decide how a page looks and is written. Asking for their versions loads none of the large ones."""

import ctypes
from contextlib import suppress
from importlib.metadata import version

BIBLIOTHEKEN = ("weasyprint", "pydyf", "pyphen", "fonttools", "tinycss2", "cssselect2", "tinyhtml5", "pillow")

HARFBUZZ = ("libharfbuzz-0", "harfbuzz", "harfbuzz-0.0", "libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll")
PANGO = ("libpango-1.0-0", "pango-1.0-0", "pango-1.0", "libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll")
"""Both under the names that WeasyPrint tries, in its order, so that what is asked is what typesets."""


def versionen() -> str:
    """Those of BIBLIOTHEKEN, of HarfBuzz and of Pango, as one line. Raises OSError where a library is missing: keys
    without its version would stay the same when it is replaced."""
    pakete = [f"{name} {version(name)}" for name in BIBLIOTHEKEN]
    harfbuzz = _lade(HARFBUZZ).hb_version_string
    harfbuzz.restype = ctypes.c_char_p
    return ", ".join([*pakete, f"harfbuzz {harfbuzz().decode()}", f"pango {_lade(PANGO).pango_version()}"])


def _lade(namen: tuple[str, ...]) -> ctypes.CDLL:
    for name in namen:
        with suppress(OSError):
            return ctypes.CDLL(name)
    raise OSError(f"None of these libraries is installed, without which nothing is typeset: {', '.join(namen)}")
