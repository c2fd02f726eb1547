"""Prints of their own that are bound in behind a document, each as an annex with its heading and bookmark."""

import re
from typing import NamedTuple

from django.utils.html import format_html

from konzept.druckschriften import schriftregeln

from .sprachen import mit_sprachen_und_richtung


class Beilage(NamedTuple):
    """A whole print HTML that becomes an annex. `anker` is the target at its head, `titel` its heading there with
    `vermerk` below it, `lesezeichen` its name among the bookmarks, and `kurz` ("Anlage 2") that in the running head.
    All of it in printable signs."""

    html: str
    anker: str
    kurz: str
    titel: str
    lesezeichen: str
    vermerk: str = ""


SEITENVERWEIS = 'class="druck-seitenverweis"'
"""Marks a link behind which its style sheet names the page of its target (target-counter)."""
STIL = '<link rel="stylesheet" href="static:css/anlage-druck.css">\n'
_ID = re.compile(r' id="([^"]+)"')
_VERWEIS = re.compile(r' href="#([^"]+)"')


def als_anlage(beilage: Beilage) -> str:
    """The HTML of an annex: its heading first, its bookmarks below that one, and its targets named apart from those of
    everything else that is bound together with it."""
    kopf, koerper, rumpf = beilage.html.partition("<body")
    ueberschrift = mit_sprachen_und_richtung(_ueberschrift(beilage))
    regeln = schriftregeln(ueberschrift)
    weitere = f"{STIL}<style>\n{regeln}\n</style>\n" if regeln else STIL
    marke, rest = rumpf.split(">", 1)
    ziele = set(_ID.findall(rest))
    rest = _ID.sub(rf' id="{beilage.anker}-\1"', rest)
    rest = _VERWEIS.sub(lambda v: f' href="#{beilage.anker}-{v[1]}"' if v[1] in ziele else v[0], rest)
    return f"{kopf.replace('</head>', f'{weitere}</head>')}{koerper}{marke}>\n{ueberschrift}{rest}"


def _ueberschrift(beilage: Beilage) -> str:
    titel = format_html(
        '<h1 class="druck-anlage" id="{}" data-kurz="{}" data-lesezeichen="{}">{}</h1>\n',
        beilage.anker,
        beilage.kurz,
        beilage.lesezeichen,
        beilage.titel,
    )
    return titel + (format_html('<p class="druck-vermerk">{}</p>\n', beilage.vermerk) if beilage.vermerk else "")
