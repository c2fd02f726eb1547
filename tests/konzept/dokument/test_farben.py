"""Colours of the print that can be read, also on a copy in greyscale."""

import re

import pytest
from django.conf import settings

from konzept.dokument import druckbild

LESBAR = 4.5
ROH = [settings.BASE_DIR / "static" / "css" / name for name in ("druck.css", "druck-entwurf.css", "druck-gross.css")]
AKZENTE = (
    *("#1f4a86", "#ffff00", "#ffffff", "#000000", "#e3000f", "#7fff00", "#00ffff", "#ff00ff", "#f7a600", "#009640"),
    *("#0000ff", "#ff0000", "#808080", "#c0d8a0"),
)


def kanaele(farbe: str) -> list[float]:
    farbe = farbe.lstrip("#")
    farbe = "".join(z * 2 for z in farbe) if len(farbe) == 3 else farbe
    return [int(farbe[i : i + 2], 16) / 255 for i in (0, 2, 4)]


def grau(farbe: str) -> str:
    """What a printer and `pdftoppm -gray` make of it."""
    rot, gruen, blau = kanaele(farbe)
    return "#" + f"{int((0.299 * rot + 0.587 * gruen + 0.114 * blau) * 255 + 0.5):02x}" * 3


def kontrast(eine: str, andere: str) -> float:
    hell, dunkel = sorted((druckbild._leuchtdichte(kanaele(farbe)) for farbe in (eine, andere)), reverse=True)
    return (hell + 0.05) / (dunkel + 0.05)


def in_farbe_und_grau(text: str, grund: str) -> float:
    return min(kontrast(text, grund), kontrast(grau(text), grau(grund)))


def regeln(css: str):
    for wahl, inhalt in re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)):
        yield wahl.strip(), dict(re.findall(r"(?:^|;|\s)(color|background):\s*(#[0-9a-f]{3,6})\b", inhalt))


def test_every_text_of_the_sheets_is_readable():
    geprueft = 0
    for datei in ROH:
        for wahl, werte in regeln(datei.read_text()):
            if "color" in werte:
                geprueft += 1
                assert in_farbe_und_grau(werte["color"], werte.get("background", "#ffffff")) >= LESBAR, wahl
            elif "background" in werte:
                assert in_farbe_und_grau("#16161d", werte["background"]) >= LESBAR, wahl
    assert geprueft > 20


@pytest.mark.parametrize("akzent", AKZENTE)
def test_text_in_the_colour_of_the_kommune_is_readable(akzent):
    farben = druckbild.farben(akzent)
    assert farben.akzent == akzent
    for text, grund in ((farben.text, "#ffffff"), (farben.text, farben.hell), ("#16161d", farben.hell)):
        assert in_farbe_und_grau(text, grund) >= LESBAR - 0.05  # rounded to whole steps of a channel


def test_a_link_is_told_by_more_than_its_colour():
    css = (settings.BASE_DIR / "static" / "css" / "druck.css").read_text()
    (regel,) = (inhalt for wahl, inhalt in re.findall(r"(a:is\([^{}]*)\{([^{}]*)\}", css) if "http" in wahl)
    assert "underline" in regel
