"""The document as HTML: whole for the print, chapter by chapter or whole for the screen.

Both use the same part templates (templates/dokument/); they differ in shell, style sheet and the links to forms.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from html import unescape
from typing import NamedTuple, Protocol

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from konzept.druckschriften import schriftregeln

from . import baum
from .sprachen import mit_sprachen_und_richtung
from .verweise import tote_ziele
from .zusammenhalt import zusammengehalten


class Vorspann(NamedTuple):
    """Pages before the cover, which make the document an annex of theirs: a Vorlage.

    `html` may hold no page break mark; `stil` is the static name of its style sheet, `titel` that of the whole file.
    `anlage` stands on the cover with `vermerk` below it, `lesezeichen` among the bookmarks.
    """

    html: str
    stil: str
    titel: str
    anlage: str
    vermerk: str
    lesezeichen: str


class Ausfertigung(NamedTuple):
    """How a print differs from a plain one.

    `marke` ("Entwurf 3 vom 03.11.2016") stands on the cover and in the running head, `wort` ("Entwurf") large in the
    margin of every page, so that no copy of one passes for what was adopted; `beschluss` ("Rat der Stadt am
    03.11.2016") on the cover as what adopted it; `randnummern` in the margin, and with `bogen` a sheet for comments at
    the end. `bilder` are the pictures by their media: address, as (media type,
    bytes); None takes them from the media storage. `gross`: in 18 pt, for people with low vision.
    """

    marke: str = ""
    randnummern: bool = False
    bogen: bool = False
    bilder: Mapping[str, tuple[str, bytes]] | None = None
    beschluss: str = ""
    wort: str = ""
    gross: bool = False


SCHLICHT = Ausfertigung()


def druck_html(
    dokument: baum.Dokument,
    vorspann: Vorspann | None = None,
    ausfertigung: Ausfertigung = SCHLICHT,
    dahinter: Iterable[str] = (),
) -> str:
    """The print HTML with cover and table of contents; style sheet, fonts and Wappen are addressed as
    static: and media: files. Of a link that leads nowhere only the words print; `dahinter` are the targets in what is
    bound in behind it. No queries."""
    kontext = {"dokument": dokument, "ebene": 1, "vorspann": vorspann, "im_druck": True} | ausfertigung._asdict()
    html: str = render_to_string("dokument/druck.html", kontext)
    if not ausfertigung.randnummern:
        # Where Randnummern are not shown they are taken out of the HTML: else one more paragraph would change every
        # piece of the print behind it.
        html = _RANDNUMMER.sub("", html)
    return druckfertig(ohne_tote_verweise(html, dokument, dahinter))


_RANDNUMMER = re.compile(r' data-rn="\d*"')
_NAME = re.compile(r' id="([^"]*)"')
_INNEN = re.compile(r'<a href="#([^"]*)"')
_VERWEIS = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_LEER = re.compile(r'<a href=""[^>]*>(.*?)</a>', re.DOTALL)
_IM_TEXT = re.compile(r'<a href="#([a-z]+-\d+)"')


def ohne_tote_verweise(html: str, knoten: baum.Knoten | tuple[object, ...], dahinter: Iterable[str] = ()) -> str:
    """The HTML of a print of a tree, or of parts of one: of a link that leads nowhere there are only the words.
    `dahinter` are the targets in what is bound in behind it."""
    da = {f"#{name}" for name in (*_NAME.findall(html), *dahinter)}  # with the sheet for comments, none of the tree
    tote = (tote_ziele(knoten) | {f"#{ziel}" for ziel in _INNEN.findall(html)}) - da
    if tote:
        html = _VERWEIS.sub(lambda link: link[2] if unescape(link[1]) in tote else link[0], html)
    return _ohne_leere_verweise(html)


def _ohne_leere_verweise(html: str) -> str:
    """Of what has no place in the document there are only its words."""
    return _LEER.sub(r"\1", html) if '<a href=""' in html else html


def druckfertig(html: str) -> str:
    """The HTML of a print whose text says its languages and directions and holds together what does not part at the end
    of a line, with the fonts and rules that it needs beside those of static/css/druck.css."""
    kopf, koerper, rumpf = html.partition("<body")
    rumpf = mit_sprachen_und_richtung(zusammengehalten(rumpf))
    if regeln := schriftregeln(rumpf):
        kopf = kopf.replace("</head>", f"<style>\n{regeln}\n</style>\n</head>")
    if ' dir="rtl"' in rumpf:
        kopf = kopf.replace("</head>", '<link rel="stylesheet" href="static:css/druck-nach-links.css">\n</head>')
    return kopf + koerper + rumpf


class MitFormularen(Protocol):
    def url(self, anker: str) -> str | None: ...


def kapitel_html(
    kapitel: baum.Kapitel,
    *,
    ebene: int = 1,
    bearbeiten: MitFormularen | None = None,
    verweise: Callable[[str], str] | None = None,
    randnummern: bool = False,
) -> str:
    """One Kapitel with its sub-sections for the screen.

    `bearbeiten` has `url(anker) -> str | None`; without it there are no links to forms. `verweise(anker) -> str` gives
    the address of an element on another page; without it links stay on the page. `randnummern` shows them, as targets
    "rn-119", in a container of the class "dok-mit-randnummern". No queries.
    """
    kontext = {"kapitel": kapitel, "ebene": ebene, "bearbeiten": bearbeiten, "verweise": verweise}
    html: str = render_to_string("dokument/kapitel.html", kontext | {"randnummern": randnummern})
    if verweise:
        # A text may link to an element that stands on another page.
        html = _IM_TEXT.sub(lambda link: format_html('<a href="{}"', verweise(link[1])), html)
    return mark_safe(mit_sprachen_und_richtung(_ohne_leere_verweise(html)))  # noqa: S308 - what was rendered


def teil_html(teil: baum.Teil, *, verweise: Callable[[str], str] | None = None) -> str:
    """One part by itself for the screen; `verweise` as above."""
    vorlage = f"dokument/teile/{teil.__struct_config__.tag}.html"
    html = render_to_string(vorlage, {"teil": teil, "verweise": verweise})
    return mark_safe(mit_sprachen_und_richtung(_ohne_leere_verweise(html)))  # noqa: S308 - what was rendered
