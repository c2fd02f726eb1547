"""Style sheets are parsed once, mended in WeasyPrint 70, without importing it.

Every document parses its style sheets anew; a print of many pieces does so for each of them, and for a short one this
is most of its time. Here a sheet that was parsed is kept by what it says, and what it gave to its document (rules of
pages, counters, fonts) is given again, in the same order. A process that forks passes on what it keeps.

A sheet that opens others, names layers or colour profiles depends on more than what it says, and is never kept.
"""

from collections import OrderedDict
from copy import copy
from functools import wraps
from typing import NamedTuple

PLATZ = 32
"""So many sheets are kept, those used last."""
_VORGEGEBEN = frozenset({"decimal", "disc"})
"""Counters that a sheet gives only where nobody has."""


class _Blatt(NamedTuple):
    """A parsed sheet without its document, and what it gave to that."""

    css: object
    seiten: list
    zaehler: dict
    schriften: list[dict]


class _Schriften:
    """Stands where a sheet gives its fonts to."""

    def __init__(self) -> None:
        self.angaben = []

    def add_font_face(self, angaben, holer) -> None:
        self.angaben.append(angaben)


class _Holer:
    """Fetches, and counts how often."""

    def __init__(self, holer) -> None:
        self._holer = holer
        self.geholt = 0

    def __call__(self, url, *angaben):
        self.geholt += 1
        return self._holer(url, *angaben)

    def __getattr__(self, name):
        return getattr(self._holer, name)


def mit_vorrat(css, quelle, platz=PLATZ):
    """Wrap the class `CSS` where WeasyPrint makes the sheets of a document. `quelle` is `select_source`. The keys that
    say what a sheet says are kept as they are: `string` or `url`, `base_url`, `url_fetcher`, `media_type`."""
    vorrat: OrderedDict[tuple, _Blatt] = OrderedDict()

    @wraps(css, updated=())
    def huelle(
        *,
        font_config=None,
        counter_style=None,
        color_profiles=None,
        matcher=None,
        page_rules=None,
        layers=None,
        layer=None,
        **woher,
    ):
        counter_style = {} if counter_style is None else counter_style
        page_rules = [] if page_rules is None else page_rules
        layers = [] if layers is None else layers
        blatt = None
        if matcher is None and layer is None:
            schluessel = *_worte(quelle, **woher), _VORGEGEBEN.intersection(counter_style)
            blatt = vorrat.get(schluessel) or _gelesen(css, woher, counter_style)
        if blatt is None:
            return css(
                font_config=font_config,
                counter_style=counter_style,
                color_profiles=color_profiles,
                matcher=matcher,
                page_rules=page_rules,
                layers=layers,
                layer=layer,
                **woher,
            )
        vorrat[schluessel] = blatt
        vorrat.move_to_end(schluessel)
        if len(vorrat) > platz:
            vorrat.popitem(last=False)
        if font_config is not None:
            for angaben in blatt.schriften:
                font_config.add_font_face(angaben, woher["url_fetcher"])
        counter_style.update(blatt.zaehler)
        page_rules += blatt.seiten
        eigenes = copy(blatt.css)
        eigenes.page_rules, eigenes.layers = page_rules, layers
        return eigenes

    return huelle


def _worte(quelle, *, url_fetcher, media_type, url=None, string=None, base_url=None, _check_mime_type=False) -> tuple:
    """What a sheet says, and all else that decides how it is read. Raises as WeasyPrint does where it is not there."""
    with quelle(
        url=url, string=string, base_url=base_url, url_fetcher=url_fetcher, check_css_mime_type=_check_mime_type
    ) as (datei, adresse, kodierung, _):
        return datei.read(), adresse, kodierung, media_type


def _gelesen(css, woher: dict, zaehler: dict) -> _Blatt | None:
    """A sheet parsed for no document, or None where another could see another in it."""
    holer, schriften, farben = _Holer(woher["url_fetcher"]), _Schriften(), {}
    vorgegeben = {name: zaehler[name] for name in _VORGEGEBEN.intersection(zaehler)}
    eigene = dict(vorgegeben)
    blatt = css(**{**woher, "url_fetcher": holer}, font_config=schriften, counter_style=eigene, color_profiles=farben)
    if blatt.layers or farben or holer.geholt > ("url" in woher):
        return None
    for name in vorgegeben:
        del eigene[name]
    return _Blatt(blatt, blatt.page_rules, eigene, schriften.angaben)
