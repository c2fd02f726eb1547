"""Marks inside a text that say what was inserted and what was removed.

They are noncharacters, which Unicode (23.7) keeps for the inside of a program: no keyboard has them, and they go
through templates and escaping untouched until `html.als_html` turns them into <ins> and <del>. They never nest.
"""

import re

WEG, WEG_ENDE, NEU, NEU_ENDE = "\ufdd0\ufdd1\ufdd2\ufdd3"
ZU_LANG = "\ufdd4"
"""Stands before two wordings that were too long to be compared."""
MARKEN = re.compile("[\ufdd0-\ufdd4]")
ENTFERNT = re.compile(f"{WEG}([^{WEG_ENDE}]*){WEG_ENDE}")
EINGEFUEGT = re.compile(f"{NEU}([^{NEU_ENDE}]*){NEU_ENDE}")


def entfernt(text: str) -> str:
    return f"{WEG}{text}{WEG_ENDE}" if text else ""


def eingefuegt(text: str) -> str:
    return f"{NEU}{text}{NEU_ENDE}" if text else ""


def ohne_marken(text: str) -> str:
    """What a person typed, without signs that would be taken for marks."""
    return MARKEN.sub("", text)


def nur_alt(text: str) -> str:
    """The side of the old text; what was removed keeps its mark."""
    return EINGEFUEGT.sub("", text)


def nur_neu(text: str) -> str:
    """The side of the new text; what was inserted keeps its mark."""
    return ENTFERNT.sub("", text)


def alter_text(text: str) -> str:
    return ohne_marken(nur_alt(text))


def neuer_text(text: str) -> str:
    return ohne_marken(nur_neu(text))
