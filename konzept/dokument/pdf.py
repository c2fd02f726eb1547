"""The print: one PDF that is PDF/UA-1 and PDF/A-3a at once, as a pure function of the tree.

The same tree with the same templates, style sheet, fonts and versions gives the same bytes. A small document is
typeset as one; a large one in pieces that begin on a new page, in processes of their own, bound together afterwards:
that takes half the time on two cores, and each process a fraction of the memory.
"""

import logging
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import groupby
from operator import itemgetter
from tempfile import TemporaryFile

import msgspec
from django.conf import settings
from msgspec import structs

from konzept.satz import bindung
from konzept.satz.setzen import (
    ABGEBROCHEN,
    LAENGE,
    Anlage,
    Auftrag,
    DruckFehler,
    Holen,
    SatzAbgebrochen,
    lies_trennmuster,
    setze,
    setze_blaetter,
)

from . import baum, ressourcen
from .beilagen import SEITENVERWEIS, Beilage, als_anlage
from .html import SCHLICHT, Ausfertigung, Vorspann, druck_html
from .schriften import druckbar, ersetze, vorrat

__all__ = ["Anlage", "Ausfertigung", "Beilage", "DruckFehler", "SatzAbgebrochen", "Vorspann", "drucke"]

log = logging.getLogger(__name__)

Fortschritt = Callable[[int, int], None]

UMBRUCH = "<!--umbruch-->"
"""Stands in the print HTML before each section that begins a page."""
STUECK = 150_000
"""Signs of HTML from which on a piece is large enough for a process of its own."""
OHNE_SEITENZAHL = "<style>@page { @bottom-right { content: none } }</style></head>"
AB_SEITE = "<style>@page :first {{ counter-reset: page {erste} }}</style></head>"
NUR_SEITENZAHL = """<style>
@page {{ @top-left-corner {{ content: none }} @top-left {{ content: none }} @top-center {{ content: none }} }}
@page {{ @top-right {{ content: none }} @bottom-left {{ content: none }} @right-middle {{ content: none }} }}
@page {{ @bottom-right {{ content: "Seite " counter(page) " von {alle}" }} }}
@page :first {{ counter-reset: page {erste} }}
@page deckblatt {{ @bottom-right {{ content: none }} }}
@page hoch {{ size: A4 }}
@page quer {{ size: A4 landscape }}
div + div {{ break-before: page }}
.deckblatt {{ page: deckblatt }}
.hoch {{ page: hoch }}
.quer {{ page: quer }}
</style></head>"""
ANKER = re.compile(r' id="([^"]+)"')
FRIST = 900
"""Seconds after which typesetting is given up."""


def drucke(
    dokument: baum.Dokument,
    *,
    anlagen: tuple[Anlage, ...] = (),
    beilagen: tuple[Beilage, ...] = (),
    vorspann: Vorspann | None = None,
    ausfertigung: Ausfertigung = SCHLICHT,
    fortschritt: Fortschritt = lambda fertige, teile: None,
) -> bytes:
    """The document as PDF, behind the pages of `vorspann`, which come with printable signs only, and before those of
    `beilagen`; the pages are numbered through. Signs that no font has are replaced (see `schriften.fehlende_zeichen`).
    `fortschritt` is told how many pieces of how many are typeset.

    Raises DruckFehler where the style sheet or a font of the project is missing, or a process fails; SatzAbgebrochen
    where one was killed.
    """
    ausfertigung = ausfertigung._replace(beschluss=ersetze(ausfertigung.beschluss))
    html = druck_html(druckbar(dokument), vorspann, ausfertigung, [beilage.anker for beilage in beilagen])
    hole = ressourcen.holer(ausfertigung.bilder)
    kopf, *stuecke = _stuecke(html)
    if len(stuecke) < 2 and not beilagen:
        fortschritt(0, 1)
        return setze(html, hole, anlagen=anlagen, stand=dokument.stand)
    hinten = [als_anlage(beilage) for beilage in beilagen]
    return _drucke_in_stuecken(kopf, stuecke, hinten, hole, anlagen, dokument.stand, fortschritt)


def bereite_vor() -> None:
    """Load what every print needs and a process would load anew: before processes fork, three quarters of a small print
    are saved. Starts no thread."""
    lies_trennmuster()
    vorrat()
    ressourcen.alle('<link rel="stylesheet" href="static:css/druck.css">')


def _stuecke(html: str) -> list[str]:
    """Front matter, then pieces of about `STUECK` signs, each without head. An element that reaches over a page break
    is closed in one piece by the end of its text and ends in the next with an end tag that the parser ignores."""
    vorne, *abschnitte = html.split(UMBRUCH)
    stuecke = [vorne]
    for abschnitt in abschnitte:
        if len(stuecke) > 1 and len(stuecke[-1]) < STUECK:
            stuecke[-1] += abschnitt
        else:
            stuecke.append(abschnitt)
    return stuecke


def _drucke_in_stuecken(
    vorne: str, stuecke: list[str], hinten: list[str], hole: Holen, anlagen, stand, fortschritt: Fortschritt
) -> bytes:
    """`vorne` with the head of all `stuecke`; `hinten` are whole HTMLs of their own."""
    kopf, deckblatt = _zerlegt(vorne)
    dateien = ressourcen.alle(vorne, hole)
    anker = set(ANKER.findall("".join([*stuecke, *hinten])))
    texte = [(_ohne_seitenzahl(kopf) + _mit_verweisen(stueck, anker), dateien) for stueck in stuecke]
    texte += [(_ohne_seitenzahl(html), ressourcen.alle(html, hole)) for html in hinten]
    auftraege = [
        Auftrag(html=html, dateien=dazu, vorsatz=f"{nummer:03}-")
        for nummer, (html, dazu) in enumerate(texte, start=1)
    ]
    alle = len(auftraege) + 1  # and the front matter with the numbers of pages
    fortschritt(0, alle)
    teile = []
    for teil in _setze_nebeneinander(auftraege):
        teile.append(teil)
        fortschritt(len(teile), alle)
    stellen = [bindung.ziele(teil) for teil in teile]

    def setze_vorspann(seiten: int) -> tuple[bytes, int, dict[str, int]]:
        nummern, _ = _seitenzahlen(stellen, seiten)
        verzeichnis = _mit_verweisen(_mit_seitenzahlen(deckblatt, nummern), anker)
        pdf = setze(_ohne_seitenzahl(kopf) + verzeichnis, hole, anlagen=anlagen, stand=stand)
        return pdf, *bindung.ziele(pdf)

    # The page numbers need the length of the table of contents, which does not depend on them: twice at most.
    gerechnet = 2, stellen
    vorspann, seiten, ziele = setze_vorspann(2)
    teile, stellen = _mit_eigenen_seitenzahlen(auftraege, teile, stellen, seiten)
    if (seiten, stellen) != gerechnet:
        vorspann, seiten, ziele = setze_vorspann(seiten)
    _, gesamt = _seitenzahlen(stellen, seiten)
    formate = [bindung.formate(teil) for teil in (vorspann, *teile)]
    formate[0][ziele["deckblatt"]] = "deckblatt"
    koepfe = [kopf] * (1 + len(stuecke)) + [_zerlegt(html)[0] for html in hinten]
    fuesse = [
        (gleicher, [format_ for _, je_teil in gruppe for format_ in je_teil])
        for gleicher, gruppe in groupby(zip(koepfe, formate, strict=True), key=itemgetter(0))
    ]
    return bindung.binde([vorspann, *teile], [setze_blaetter(html, hole) for html in _fussblaetter(fuesse, gesamt)])


def _zerlegt(html: str) -> tuple[str, str]:
    """All before the content of the body, and the rest."""
    rumpf = html.index(">", html.index("<body")) + 1
    return html[:rumpf], html[rumpf:]


def _ohne_seitenzahl(html: str) -> str:
    return html.replace("</head>", OHNE_SEITENZAHL, 1)


def _fussblaetter(fuesse: list[tuple[str, list[str]]], gesamt: int) -> Iterator[str]:
    """The HTML of pages with nothing but their numbers, from 1 on. `fuesse`: a head, and the formats of the pages to be
    laid over those that were typeset with it."""
    erste = 1
    for kopf, formate in fuesse:
        regeln = NUR_SEITENZAHL.format(erste=erste, alle=gesamt)
        blaetter = "".join(f'<div class="{format_}"></div>' for format_ in formate)
        yield kopf.replace("</head>", regeln, 1) + blaetter
        erste += len(formate)


def _mit_seitenzahlen(verzeichnis: str, nummern: dict[str, int]) -> str:
    return re.sub(
        r'<a href="#([^"]+)"',
        lambda link: f'{link[0]} data-seite="{nummern[link[1]]}"' if link[1] in nummern else link[0],
        verzeichnis,
    )


def _mit_verweisen(html: str, anker: set[str]) -> str:
    """Links to targets in other pieces get the scheme that `bindung` turns into links again."""
    anderswo = anker - set(ANKER.findall(html))
    return re.sub(
        r'(<a href=")#([^"]+)"',
        lambda link: f'{link[1]}{bindung.VERWEIS}{link[2]}"' if link[2] in anderswo else link[0],
        html,
    )


def _seitenzahlen(stellen: list[tuple[int, dict[str, int]]], vorspann: int) -> tuple[dict[str, int], int]:
    """The page (from 1) of each target behind a front matter of so many pages, and the number of pages in all."""
    nummern, versatz = {}, vorspann
    for seiten, ziele in stellen:
        nummern |= {name: versatz + seite + 1 for name, seite in ziele.items()}
        versatz += seiten
    return nummern, versatz


def _mit_eigenen_seitenzahlen(
    auftraege: list[Auftrag], teile: list[bytes], stellen: list[tuple[int, dict[str, int]]], vorspann: int
) -> tuple[list[bytes], list[tuple[int, dict[str, int]]]]:
    """The pieces (and their places, see `bindung.ziele`) behind so many pages: those that name pages of their own are
    typeset once more where they do not begin with page 1."""
    teile, stellen = [*teile], [*stellen]
    begonnen = {i: 1 for i, auftrag in enumerate(auftraege) if SEITENVERWEIS in auftrag.html}
    # A longer number seldom makes a piece longer, and moves those behind it only.
    for _ in begonnen:
        erste = {i: vorspann + sum(seiten for seiten, _ in stellen[:i]) + 1 for i in begonnen}
        neue = {i: seite for i, seite in erste.items() if seite != begonnen[i]}
        anders = [_ab_seite(auftraege[i], seite) for i, seite in neue.items()]
        for i, teil in zip(neue, _setze_nebeneinander(anders) if anders else (), strict=True):
            teile[i], stellen[i] = teil, bindung.ziele(teil)
        begonnen = erste
    return teile, stellen


def _ab_seite(auftrag: Auftrag, erste: int) -> Auftrag:
    return structs.replace(auftrag, html=auftrag.html.replace("</head>", AB_SEITE.format(erste=erste), 1))


def _setze_nebeneinander(auftraege: list[Auftrag]) -> Iterator[bytes]:
    """In a program of its own, whose processes fork without the threads and connections of this one. Each piece as soon
    as it is there, in their order."""
    with TemporaryFile() as meldungen:
        satz = subprocess.Popen(
            [sys.executable, "-m", "konzept.satz.setzen"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=meldungen,
            cwd=settings.BASE_DIR,
        )
        frist = threading.Timer(FRIST, satz.kill)
        frist.start()
        with satz:
            try:
                # A program that ends early says why below.
                with suppress(BrokenPipeError):
                    satz.stdin.write(msgspec.msgpack.encode(auftraege))
                    satz.stdin.close()
                for _ in auftraege:
                    laenge = int.from_bytes(satz.stdout.read(LAENGE))
                    if not laenge or len(teil := satz.stdout.read(laenge)) < laenge:
                        break
                    yield teil
                satz.wait()
            except BaseException:
                satz.kill()
                raise
            finally:
                zu_spaet = frist.finished.is_set()
                frist.cancel()
        meldungen.seek(0)
        text = meldungen.read().decode(errors="replace").strip()
    if zu_spaet:
        raise DruckFehler(f"Der Satz dauerte länger als {FRIST} Sekunden.")
    if satz.returncode == ABGEBROCHEN or satz.returncode < 0:
        raise SatzAbgebrochen(f"Der Satz brach ab: {text[-2000:] or f'Signal {-satz.returncode}'}")
    if satz.returncode:
        raise DruckFehler(f"Der Satz brach ab: {text[-2000:]}")
    if text:
        log.warning("%s", text)
