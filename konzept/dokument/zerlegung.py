"""The print HTML cut into pieces that are typeset apart, each an HTML of its own.

A piece depends on what stands in it and on the style sheets, on nothing else: neither on the day and the mark of the
print nor on its place. Running heads and page numbers are laid over its pages later (`satz.bindung`), and a link into
another piece becomes one there. So it can be kept, whatever happens around it.
"""

import datetime as dt
import re
from collections.abc import Mapping
from html import unescape
from typing import NamedTuple

from konzept.druckschriften import schriftregeln
from konzept.satz.bindung import VERWEIS
from konzept.satz.seitenzahlen import MUSTER
from konzept.satz.stueck import Dateianhang, Satzauftrag

from . import ressourcen
from .akteursregister import hat_seiten, mit_seiten
from .ressourcen import Holen

UMBRUCH = "<!--umbruch-->"
"""Stands in the print HTML before each section that begins a page."""
STUECK = 30_000
"""Signs of HTML from which on a piece is worth a process of its own."""

_NUR_VORNE = re.compile("<!--nur vorne-->.*?<!--auch in stuecken-->", re.DOTALL)
_OHNE_SEITENZAHL = "<style>@page { @bottom-right { content: none } }</style>\n</head>"
_AB_SEITE = "<style>@page :first {{ counter-reset: page {erste} }}</style>\n</head>"
_NUR_SEITENZAHL = """<style>
@page {{ @top-left-corner {{ content: none }} @top-left {{ content: none }} @top-center {{ content: none }} }}
@page {{ @top-right {{ content: none }} @bottom-left {{ content: none }} @right-middle {{ content: none }} }}
@page {{ @bottom-right {{ content: "{muster}"; font-kerning: none }} }}
</style>
</head>"""
_SEITENNAME = re.compile(r"@page\s+([a-z][\w-]*)")
_ANKER = re.compile(r' id="([^"]+)"')
_SECTION = re.compile(r"<section\b[^>]*>|</section>")
_WO_SIE_BEGINNT = re.compile(' id="[^"]*"| dok-(?:neue-seite|mit-platz|zusammen)\\b')
_GROSSER_KOPF = re.compile(r'<h[12]\b[^>]* data-kopf="([^"]*)"')
_KOPF = re.compile(r' data-kopf="([^"]*)"')
_LINK = re.compile(r'<a href="#([^"]+)"')
_LINKS_IM_BUCH = re.compile(r'(<a href=")#([^"]+)"')


class Zerlegung(NamedTuple):
    """`kopf` ends with the tag that opens the body; `vorne` is the front matter and `stuecke` the rest, without head:
    with how many sections each goes on that began in one before. `anker` are all targets."""

    kopf: str
    vorne: str
    stuecke: list[tuple[str, int]]
    anker: frozenset[str]


def zerlege(html: str, dahinter: list[str]) -> Zerlegung:
    """`dahinter` are whole HTMLs that are bound in behind it, to whose targets it may have links."""
    ganzes, *abschnitte = html.split(UMBRUCH)
    kopf, vorne = zerlegt(ganzes)
    stuecke: list[tuple[str, int]] = []
    offene: list[str] = []
    kopf_bisher = ""
    for abschnitt in abschnitte:
        davor = stuecke[-1][0] if stuecke else ""
        # A piece that names page numbers is typeset last; joined to it, other text would have to wait as long.
        if davor and len(davor) + len(abschnitt) < STUECK and not (hat_seiten(davor) or hat_seiten(abschnitt)):
            stuecke[-1] = stuecke[-1][0] + abschnitt, stuecke[-1][1]
        else:
            beginnt = abschnitt.startswith("<section")
            stuecke.append((_wieder(offene, "" if beginnt else kopf_bisher) + abschnitt, len(offene)))
        _verfolge(offene, abschnitt)
        kopf_bisher = [kopf_bisher, *_KOPF.findall(abschnitt)][-1]
    if not vorne.strip() and stuecke:
        # With nothing in front of the first section, a piece of its own would print an empty page.
        (vorne, _), *stuecke = stuecke
    return Zerlegung(kopf, vorne, stuecke, frozenset(ziele("".join([*abschnitte, *dahinter]))))


def _wieder(offene: list[str], kopf: str) -> str:
    """Sections that go on in a piece, with the running head of before where nothing in it sets another at once."""
    marken = "".join(offene)
    if not kopf:
        return marken
    *_, innerster = offene
    weiter = innerster.replace('class="', f'data-kopf="{kopf}" class="dok-weiter ', 1)
    return marken.removesuffix(innerster) + weiter


def ziele(html: str) -> list[str]:
    return _ANKER.findall(html)


def _verfolge(offene: list[str], html: str) -> None:
    """Which sections are open behind it, as tags without target. One that reaches over a cut is closed by the end of
    its piece, and begins again in the next one."""
    for marke in _SECTION.findall(html):
        if marke == "</section>":
            offene.pop()
        else:
            offene.append(_WO_SIE_BEGINNT.sub("", marke))


def zerlegt(html: str) -> tuple[str, str]:
    """All before the content of the body, and the rest."""
    rumpf = html.index(">", html.index("<body")) + 1
    return html[:rumpf], html[rumpf:]


def stueck(z: Zerlegung, inhalt: str, hole: Holen) -> Satzauftrag:
    """A piece without running head and page number; the fonts that it declares are those that it needs itself."""
    kopf = _NUR_VORNE.sub("", z.kopf)
    kopf = f"{kopf[: kopf.index('</head>')]}<title>Teil</title>\n{_regeln(inhalt)}</head>\n<body>\n"
    return _auftrag(_ohne_seitenzahl(kopf) + mit_verweisen(inhalt, z.anker), hole, inhalt)


def mit_nummern(z: Zerlegung, inhalt: str, nummern: Mapping[str, int], hole: Holen) -> Satzauftrag:
    """A piece with an index that names pages (see `akteursregister`)."""
    return stueck(z, mit_seiten(inhalt, nummern), hole)


def vorne(
    z: Zerlegung,
    nummern: Mapping[str, int],
    hole: Holen,
    anlagen: tuple[Dateianhang, ...] = (),
    stand: dt.date | None = None,
) -> Satzauftrag:
    """The front matter, with its running heads, in which the table of contents names these pages."""
    inhalt = mit_verweisen(_mit_seitenzahlen(z.vorne, nummern), z.anker)
    return _auftrag(_ohne_seitenzahl(z.kopf) + inhalt, hole, anlagen=anlagen, stand=stand)


def beilage(html: str, hole: Holen, erste: int = 1) -> Satzauftrag:
    """A whole HTML, with its running heads, whose pages count from `erste` on."""
    if erste > 1:
        html = html.replace("</head>", _AB_SEITE.format(erste=erste), 1)
    return _auftrag(_ohne_seitenzahl(html), hole, html)


def rahmen(kopf: str, hole: Holen) -> Satzauftrag:
    """A page of each name with nothing but its running heads, of what was typeset without them."""
    kopf, body = kopf[: kopf.index("<body")], kopf[kopf.index("<body") :]
    return _blaetter(_ohne_seitenzahl(kopf), body, hole)


def muster(kopf: str, hole: Holen) -> Satzauftrag:
    """A page of each name with nothing but a sample page number (see `satz.seitenzahlen`)."""
    kopf = kopf[: kopf.index("<body")].replace("</head>", _NUR_SEITENZAHL.format(muster=MUSTER), 1)
    return _blaetter(kopf, "<body>\n", hole)


def seitennamen(kopf: str, hole: Holen) -> tuple[str, ...]:
    """The names that the style sheets give to pages, in the order in which `rahmen` and `muster` have them; "" is that
    of all others."""
    regeln = [kopf, *(inhalt.decode() for typ, inhalt in ressourcen.alle(kopf, hole).values() if typ == "text/css")]
    return ("", *sorted(set(_SEITENNAME.findall("\n".join(regeln)))))


def _blaetter(kopf: str, body: str, hole: Holen) -> Satzauftrag:
    namen = seitennamen(kopf, hole)
    regeln = "\n".join(f".seite-{name} {{ page: {name}; break-before: page }}" for name in namen[1:])
    kopf = kopf.replace("</head>", f"<style>\n{regeln}\n</style>\n</head>", 1)
    seiten = "".join(f'<div class="seite-{name}"></div>\n' for name in namen)
    return Satzauftrag(html=f"{kopf}{body}{seiten}", dateien=ressourcen.alle(kopf, hole), schlicht=True)


def _auftrag(
    html: str, hole: Holen, inhalt: str = "", anlagen: tuple[Dateianhang, ...] = (), stand: dt.date | None = None
) -> Satzauftrag:
    dateien = ressourcen.alle(html, hole)
    return Satzauftrag(html=html, dateien=dateien, name=_name(inhalt), anlagen=anlagen, stand=stand)


def _name(inhalt: str) -> str:
    """ "4.6 Öffnung und Schutz", where more follows "4.6 Öffnung und Schutz bis 9 Anhang"."""
    koepfe = _GROSSER_KOPF.findall(inhalt) or _KOPF.findall(inhalt)
    namen = [unescape(kopf).replace("\u2002", " ") for kopf in dict.fromkeys((*koepfe[:1], *koepfe[-1:]))]
    return " bis ".join(namen)


def _regeln(inhalt: str) -> str:
    regeln = schriftregeln(inhalt)
    return (f"<style>\n{regeln}\n</style>\n" if regeln else "") + (NACH_LINKS if ' dir="rtl"' in inhalt else "")


NACH_LINKS = '<link rel="stylesheet" href="static:css/druck-nach-links.css">\n'


def _ohne_seitenzahl(html: str) -> str:
    return html.replace("</head>", _OHNE_SEITENZAHL, 1)


def _mit_seitenzahlen(verzeichnis: str, nummern: Mapping[str, int]) -> str:
    return _LINK.sub(
        lambda link: f'{link[0]} data-seite="{nummern[link[1]]}"' if link[1] in nummern else link[0], verzeichnis
    )


def mit_verweisen(html: str, anker: frozenset[str]) -> str:
    """Links to targets in other pieces get the scheme that `satz.bindung` turns into links again."""
    anderswo = anker - set(ziele(html))
    return _LINKS_IM_BUCH.sub(
        lambda link: f'{link[1]}{VERWEIS}{link[2]}"' if link[2] in anderswo else link[0], html
    )
