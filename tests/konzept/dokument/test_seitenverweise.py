"""Prints that are bound in name pages of the whole file, wherever they begin."""

import re

from konzept.dokument import baum, pdf
from konzept.dokument.beilagen import Beilage

KAPITEL = """<p class="ort" id="eins">Eins</p><p class="ort" id="zwei">Zwei</p><p class="ort" id="drei">Drei</p>"""
STIL = """<style>.ort { break-before: page }
.druck-seitenverweis::after { content: ", Seite\\a0" target-counter(attr(href), page) }</style>"""


def beilage(nummer: int) -> Beilage:
    links = "".join(f'<p><a class="druck-seitenverweis" href="#{name}">{name}</a></p>' for name in ("eins", "drei"))
    html = (
        f'<html lang="de"><head><title>T</title><link rel="stylesheet" href="static:css/druck.css">{STIL}</head>'
        f'<body data-titel="T" data-stand="S">{links}{KAPITEL}</body></html>'
    )
    kurz = f"Anlage {nummer}"
    return Beilage(html, anker=f"anlage-{nummer}", kurz=kurz, titel=kurz, lesezeichen=kurz)


def test_each_names_the_pages_of_the_whole(lesen):
    dokument = baum.Dokument(
        slug="konzept",
        titel="Konzept",
        kommune=baum.Kommune(name="Stadt", slug="stadt", kurzname="Stadt", art="Stadt"),
        kapitel=(baum.Kapitel(anker="abschnitt-1", titel="Anfang"),),
    )
    buch = lesen(pdf.drucke(dokument, beilagen=tuple(map(beilage, (1, 2)))))
    ziele = buch.ziele()
    for nummer in (1, 2):
        erste, dritte = ziele[f"anlage-{nummer}-eins"], ziele[f"anlage-{nummer}-drei"]
        assert (erste, dritte) == (ziele[f"anlage-{nummer}"] + 1, ziele[f"anlage-{nummer}"] + 3)
        seite = buch.seiten()[ziele[f"anlage-{nummer}"] - 1]
        assert re.findall(r"(\w+), Seite\s(\d+)", seite) == [("eins", str(erste)), ("drei", str(dritte))]
