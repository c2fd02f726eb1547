"""What docstrings promise of the database, read from the source.

A promise is a sentence that begins with one of

    No queries
    One query / Two queries / 25 queries
    At most nine queries
    A fixed number of queries

and may go on ("…, and one on PostgreSQL for its clock", "… beyond the roles of the account"). It holds on SQLite, for
one row of everything as for three, and does not count what begins and ends a savepoint. No other words speak of
queries: "Queried once", "one SELECT", "asks the database" and "without database access" are refused.
"""

import ast
import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from django.conf import settings

PAKETE = ("handlungsfelder", "konzept", "massnahmen")
_WORTE = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_ERWAEHNT = re.compile(
    r"\bquer(?:y|ies|ied|ying)\b|(?-i:\bSELECTs?\b)|\bdatabase\s+access|\bask(?:s|ed|ing)?\s+the\s+database\b",
    re.IGNORECASE,
)
_VERSPRECHEN = re.compile(
    r"(?:^|(?<=[.:;] ))(?P<hoechstens>At most )?"
    rf"(?P<zahl>A fixed number of|{'|'.join((*(w.capitalize() for w in _WORTE), *_WORTE, '[0-9]+'))}) quer(?:y|ies)\b"
)


class Versprechen(NamedTuple):
    """`anzahl` is None where only the same number is promised, whatever it is."""

    anzahl: int | None
    hoechstens: bool = False

    def haelt(self, *gezaehlt: int) -> bool:
        if self.anzahl is None:
            return len(set(gezaehlt)) == 1
        return all(n <= self.anzahl if self.hoechstens else n == self.anzahl for n in gezaehlt)

    def __str__(self) -> str:
        return "a fixed number" if self.anzahl is None else f"{'at most ' if self.hoechstens else ''}{self.anzahl}"


def lies(text: str) -> Versprechen | None:
    """The promise of a docstring. Raises ValueError where it speaks of queries in other words, or more than once."""
    text = " ".join(text.split())
    if not _ERWAEHNT.search(text):
        return None
    gefunden = list(_VERSPRECHEN.finditer(text))
    if len(gefunden) != 1 or len(_ERWAEHNT.findall(text)) != 1:
        raise ValueError(f"It speaks of queries, but not in the words of tests/abfragen/versprechen.py: {text!r}")
    zahl = gefunden[0]["zahl"].lower()
    if zahl.startswith("a "):
        return Versprechen(None)
    return Versprechen(
        int(zahl) if zahl.isdecimal() else _WORTE.index(zahl), hoechstens=bool(gefunden[0]["hoechstens"])
    )


@cache
def alle_docstrings() -> dict[str, str]:
    """The docstrings of the product by the dotted name of what bears it; of modules and below assignments too, but not
    of migrations, which run once. Files that do not mention queries anywhere are left out: parsing them all would take
    seconds."""
    texte = {}
    for paket in PAKETE:
        for datei in sorted((settings.BASE_DIR / paket).rglob("*.py")):
            if "migrations" not in datei.parts and _ERWAEHNT.search(quelle := datei.read_text(encoding="utf-8")):
                modul = ".".join(datei.relative_to(settings.BASE_DIR).with_suffix("").parts)
                texte |= docstrings(quelle, modul.removesuffix(".__init__"))
    return texte


def docstrings(quelle: str, modul: str) -> dict[str, str]:
    """Those of one module."""
    texte = {}

    def sammle(knoten: ast.AST, name: str) -> None:
        if isinstance(knoten, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            name = name if isinstance(knoten, ast.Module) else f"{name}.{knoten.name}"
            if text := ast.get_docstring(knoten):
                texte[name] = text
        for davor, kind in pairwise(knoten.body if isinstance(getattr(knoten, "body", None), list) else ()):
            if isinstance(davor, ast.Assign | ast.AnnAssign) and (text := _ist_text(kind)):
                ziel = davor.target if isinstance(davor, ast.AnnAssign) else davor.targets[0]
                texte[f"{name}.{ast.unparse(ziel)}"] = text
        for kind in ast.iter_child_nodes(knoten):
            if not isinstance(kind, ast.expr):
                sammle(kind, name)

    sammle(ast.parse(quelle), modul)
    return texte


def _ist_text(knoten: ast.AST) -> str:
    """What a statement says that is nothing but a string; "" where it is another."""
    wert = knoten.value if isinstance(knoten, ast.Expr) else None
    return wert.value if isinstance(wert, ast.Constant) and isinstance(wert.value, str) else ""
