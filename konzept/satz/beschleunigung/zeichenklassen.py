"""What the parser of HTML looks for is compiled once, mended in tinyhtml5 2, without importing it.

It means to keep the regular expression for each set of signs, but keeps it under the expression instead of the signs,
and so makes a new one each time that it looks for the end of a name or a text.
"""

import re


class Zeichenklassen(dict):
    """Signs, and whether they or all others: a regular expression, made when it is first asked for."""

    def __missing__(self, schluessel):
        zeichen, gerade_sie = schluessel
        klasse = "".join(f"\\x{ord(eines):02x}" for eines in zeichen)
        muster = self[schluessel] = re.compile(f"[{klasse}]+" if gerade_sie else f"[^{klasse}]+")
        return muster
