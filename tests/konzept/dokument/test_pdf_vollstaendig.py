"""The print holds every text and every number that the tree holds."""

import itertools
import re
import shutil

import msgspec
import pytest

from konzept.dokument import baum, fehlzeichen
from konzept.dokument.tafeln.kosten import kostentabellen, stellentabellen
from konzept.dokument.zahlen import zahl
from tests.konzept.dokument.lesart import blank

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed"),
]

NICHT_GEDRUCKT = {
    baum.Kommune: {"slug", "kurzname", "art", "ags", "wappen", "wappen_beschreibung", "akzentfarbe", "waehrung"},
    baum.Dokument: {"slug"},
    baum.Kapitel: {"anker", "art", "kurz"},
    baum.Massnahme: {"anker", "kennung", "kurz", "stand", "stand_schluessel", "wiederkehr"},
    baum.Kostenposition: {*baum.SCHLUESSEL, "hinweis"},
    baum.Kostenuebersicht: {"waehrung"},
    baum.Lauf: {"ziel"},
    baum.Verweis: {"anker", "nummer", "titel"},
}


def gelesenes(knoten):
    """Every string of a tree that must stand in the print."""
    if isinstance(knoten, msgspec.Struct):
        ohne = NICHT_GEDRUCKT.get(type(knoten), {"anker"})
        for name in knoten.__struct_fields__:
            if name not in ohne:
                yield from gelesenes(getattr(knoten, name))
    elif isinstance(knoten, tuple):
        for teil in knoten:
            yield from gelesenes(teil)
    elif isinstance(knoten, str) and knoten:
        yield knoten


ZAHLEN = {
    baum.Prozessschritt: ("teilnehmende",),
    baum.Indikator: ("ausgangswert", "ausgangsjahr", "zielwert", "zieljahr"),
    baum.Messwert: ("jahr", "wert"),
    baum.Kostenposition: ("stellenanteil",),
}


def zahlen(knoten):
    """Every number of a tree that must stand in the print, beside the amounts, which print as they were worded."""
    if isinstance(knoten, msgspec.Struct):
        for name in ZAHLEN.get(type(knoten), ()):
            wert = getattr(knoten, name)
            if wert is not None:
                yield str(wert) if isinstance(wert, int) else zahl(wert)
        if isinstance(knoten, baum.Sachstand):
            yield f"{knoten.datum:%d.%m.%Y}"
        for name in knoten.__struct_fields__:
            yield from zahlen(getattr(knoten, name))
    elif isinstance(knoten, tuple):
        for teil in knoten:
            yield from zahlen(teil)


def fehlt(text: str, seiten: list[str], alles: str) -> bool:
    """Whether a text is on no page, nor begun on one and ended on the next."""
    if text in alles:
        return False
    return not any(
        text[:i] in diese and text[i:] in naechste
        for diese, naechste in itertools.pairwise(seiten)
        for i in range(1, len(text))
        if text[:i] in diese
    )


def test_everything_is_printed(beispiele, gedruckt, lesen):
    fehlend = {}
    for name, dokument in beispiele.items():
        seiten = [blank(seite) for seite in lesen(gedruckt[name]).seiten()]
        alles = "".join(seiten)
        texte = {blank(fehlzeichen.ersetze(text)) for text in gelesenes(dokument)}
        assert len(texte) > 30
        if lose := [text for text in texte if fehlt(text, seiten, alles)]:
            fehlend[name] = lose
    assert not fehlend


def muster(wert: str) -> str:
    """How a value is found in a text; in a series it may have more decimals."""
    nullen = "0*" if "," in wert else "(?:,0+)?"
    return rf"(?<![\d.,]){re.escape(wert)}{nullen}(?!\d)"


def test_every_number_is_printed(beispiele, gedruckt, lesen):
    gefunden = 0
    fehlend = {}
    for name, dokument in beispiele.items():
        alles = "\n".join(lesen(gedruckt[name]).seiten())
        soll = set(zahlen(dokument))
        gefunden += len(soll)
        if lose := [wert for wert in soll if not re.search(muster(wert), alles)]:
            fehlend[name] = lose
    assert gefunden > 100
    assert not fehlend


def test_completeness_check_notices_a_missing_text(beispiele, gedruckt, lesen):
    seiten = [blank(seite) for seite in lesen(next(iter(gedruckt.values()))).seiten()]
    assert fehlt(blank("Diese Maßnahme steht nirgends"), seiten, "".join(seiten))


def test_sums_of_the_cost_table_are_printed(beispiele, gedruckt, lesen):
    geprueft = 0
    for name, dokument in beispiele.items():
        alles = blank("".join(lesen(gedruckt[name]).seiten()))
        for _, kapitel in dokument.alle_kapitel():
            for teil in kapitel.teile:
                if isinstance(teil, baum.Kostenuebersicht):
                    for tabelle in (*kostentabellen(teil), *stellentabellen(teil.stellen)):
                        assert blank(tabelle.titel) in alles
                        for reihe in (*tabelle.reihen, tabelle.summe):
                            assert "".join(map(blank, reihe.zellen)) in alles, reihe.zeile.titel
                            geprueft += 1
    assert geprueft
