"""The libraries that decide how a page looks and is written. Asking for their versions loads none of the large ones."""

import ctypes
from contextlib import suppress
from importlib.metadata import version

BIBLIOTHEKEN = ("weasyprint", "pydyf", "pyphen", "fonttools", "tinycss2", "cssselect2", "tinyhtml5", "pillow")


def versionen() -> str:
    """Those of BIBLIOTHEKEN, of HarfBuzz and of Pango, as one line."""
    pakete = [f"{name} {version(name)}" for name in BIBLIOTHEKEN]
    with suppress(OSError, AttributeError):
        harfbuzz = ctypes.CDLL("libharfbuzz.so.0").hb_version_string
        harfbuzz.restype = ctypes.c_char_p
        pakete.append(f"harfbuzz {harfbuzz().decode()}")
    with suppress(OSError, AttributeError):
        pakete.append(f"pango {ctypes.CDLL('libpango-1.0.so.0').pango_version()}")
    return ", ".join(pakete)
