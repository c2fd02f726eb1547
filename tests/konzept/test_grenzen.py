"""Nothing that is over its bound reaches a parser, a differ or a converter, whatever address it is sent to.

Every form of the product, found by its URL patterns, is sent each kind of large input (`ZU_GROSS`) in each of its
fields, by who may save it, who may not, and nobody. All of it bears a mark (`MARKE`); spies stand in all that takes a
text apart (`HORCHPOSTEN`), and none of them may ever see the mark.

To extend: a kind of input is an entry of `ZU_GROSS`, a function that must not see it one of `HORCHPOSTEN`.
"""

import difflib
from collections.abc import Iterator
from html.parser import HTMLParser
from types import SimpleNamespace

import lxml.html
import nh3
import pytest
from django.test import Client
from django.urls import reverse
from markdown_it import MarkdownIt
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, LCSseq

from konzept import grenzen
from konzept.fliesstext import dialekt_aus_html, lesekosten, worte_aus_html, zu_viel_html, zu_viel_text
from konzept.fliesstext.lesen import lies
from massnahmen import geld, zeitraum
from massnahmen.liste import suche
from tests.fabrik import eingaben, mache_benutzer, seite_von
from tests.konzept.zugriff.adressen import DURCHGELASSEN, MUSTER, werte
from tests.konzept.zugriff.wege import stand
from tests.konzept.zugriff.welt import mache_welt
from tests.kosten import kostet_hoechstens
from tests.satz import ohne_satz

pytestmark = pytest.mark.django_db

MARKE = "Übergroß"

HORCHPOSTEN = {
    "cleans HTML": (nh3, "clean"),
    "parses HTML": (HTMLParser, "feed"),
    "parses the dialect": (MarkdownIt, "parse"),
    "parses a line of the dialect": (MarkdownIt, "parseInline"),
    "reads a period": (zeitraum.lesen, "_lies"),
    "reads an amount": (geld.lesen, "_lies"),
    "looks for stems": (suche, "zerlege"),
    "looks for similar names": (difflib, "get_close_matches"),
    "compares": (difflib.SequenceMatcher, "__init__"),
    "compares words": (LCSseq, "editops"),
    "compares words by blocks": (LCSseq, "opcodes"),
    "measures a difference": (Indel, "normalized_similarity"),
    "measures a likeness": (fuzz, "ratio"),
    "looks for a place": (fuzz, "partial_ratio_alignment"),
}


def _lang(zeichen: int) -> str:
    return f"{MARKE} " + "Wort " * (zeichen // 5) + MARKE


ZU_GROSS = {
    "a long text": (_lang(grenzen.FLIESSTEXT), ""),
    "a text as long as a body takes": (_lang(grenzen.SENDUNG_BYTES // 4), ""),
    "a table with many cells": (f"|{MARKE}" + "|a" * 60 + "|\n" + "|-" * 60 + f"|\n{'|a|' + MARKE}\n" * 60, ""),
    "many names": (", ".join(f"{MARKE} {i}" for i in range(grenzen.NAMEN + 1)), ""),
    "a long text from the editor": ("", f"<p>{_lang(grenzen.FLIESSTEXT)}</p>"),
    "deep HTML": ("", "<div>" * 61 + MARKE + "</div>" * 61),
    "HTML that never ends": ("", "<ul><li>" * 5_000 + MARKE),
    "HTML with many tags": ("", f"<p>{MARKE}" + "<b>x</b>" * 8_001 + "</p>"),
    "HTML with wide cells": (
        "",
        "<table><tr>" + f"<td colspan=50>{MARKE}" * 20 + "</tr>" + "<tr><td>x</td></tr>" * 200 + "</table>",
    ),
    "HTML with many attributes": ("", "<a " + " ".join(f"a{i}" for i in range(20_000)) + f">{MARKE}</a>"),
}
NUR_MIT_FREIEM_TEXT = {"many names", "a table with many cells"}
"""A plain text may well hold these; there it is no parser's."""


@pytest.fixture
def gehoert(monkeypatch) -> list[str]:
    """What a spy saw the mark in."""
    gefunden = []

    def horche(was, wo, name):
        echt = getattr(wo, name)

        def posten(*args, **kwargs):
            if any(MARKE in str(arg) for arg in (*args, *kwargs.values()) if isinstance(arg, str | list | tuple)):
                gefunden.append(was)
            return echt(*args, **kwargs)

        monkeypatch.setattr(wo, name, posten)

    for was, (wo, name) in HORCHPOSTEN.items():
        horche(was, wo, name)
    return gefunden


def formulare(antwort) -> Iterator[tuple[str, str, dict, list[str]]]:
    """Method, target, what would be sent, and the fields into which one can type, of each form on a page."""
    for knoten in seite_von(antwort).iter("form"):
        felder = [
            k.get("name")
            for k in knoten.iter()
            if k.get("name")
            and k.get("disabled") is None
            and (k.tag == "textarea" or (k.tag == "input" and k.get("type", "text") in {"text", "search", "email"}))
        ]
        if felder and "__prefix__" not in felder[0]:
            felder = [feld for feld in felder if "__prefix__" not in feld]
            daten = eingaben(lxml.html.tostring(knoten, encoding="unicode"), mit=felder[0])
            yield knoten.get("method", "get").lower(), knoten.get("action", ""), daten, felder


def mit_grossem(daten: dict, felder: list[str], text: str, html: str) -> Iterator[dict]:
    """The data with the input in as many fields as a form may send in all, then in the next ones."""
    if html:
        felder = [feld for feld in felder if f"{feld}-html" in daten]
    je = max(1, grenzen.FLIESSTEXT_JE_SENDUNG // (len(text) + len(html)) - 1)
    for einige in batched(felder, je):
        yield daten | ({f"{feld}-html": html for feld in einige} if html else dict.fromkeys(einige, text))


def batched(felder: list[str], je: int) -> Iterator[list[str]]:
    return (felder[i : i + je] for i in range(0, len(felder), je))


@pytest.fixture(scope="module")
def bestand(bleibend) -> Iterator[SimpleNamespace]:
    """`seiten`: every page of the product with its forms, as `chefin` sees it, who may everything; without those of
    signing in, which keep no text."""
    with bleibend(), ohne_satz():
        welt, seiten, client = mache_welt("musterhausen"), [], Client()
        chefin = mache_benutzer(welt.kommune, "leitung", "verwaltung", is_staff=True, is_superuser=True)
        client.force_login(chefin)
        for name in MUSTER:
            if "GET" not in DURCHGELASSEN.get(name, ()):
                continue
            for teile in werte(name, welt):
                ort = reverse(name, kwargs=teile)
                antwort = client.get(ort)
                if antwort.status_code == 200 and antwort["Content-Type"].startswith("text/html"):
                    seiten.append((ort, list(formulare(antwort))))
        yield SimpleNamespace(welt=welt, chefin=chefin, seiten=seiten)


@pytest.fixture
def welt(bestand):
    return bestand.welt


@pytest.fixture
def seiten(bestand, client) -> list[tuple[str, list]]:
    client.force_login(bestand.chefin)
    return bestand.seiten


def test_no_large_input_reaches_what_would_take_it_apart(seiten, client, gehoert):
    versucht, vorher = set(), len(seiten)
    with ohne_satz():
        for ort, alle in seiten:
            for methode, ziel, daten, felder in alle:
                for art, (text, html) in ZU_GROSS.items():
                    for gross in mit_grossem(daten, felder, text, html):
                        knopf = {} if methode == "get" else {"_speichern": "1"}
                        antwort = getattr(client, methode)(ziel or ort, gross | knopf)
                        versucht.add((methode, art))
                        ohne_fund = [wo for wo in gehoert if art not in NUR_MIT_FREIEM_TEXT or "dialect" not in wo]
                        assert ohne_fund == [], (ziel or ort, art)
                        assert antwort.status_code < 500, (ziel or ort, art)
                        gehoert.clear()
    assert vorher > 20
    assert {art for methode, art in versucht if methode == "post"} == set(ZU_GROSS)
    assert any(methode == "get" for methode, _ in versucht)


@pytest.mark.parametrize("rolle", ["lesen", "gremium", "", "anonym"])
def test_nor_does_it_where_the_page_is_refused(rolle, seiten, client, welt, gehoert):
    client.logout()
    konto = None
    if rolle != "anonym":
        konto = mache_benutzer(welt.kommune, *filter(None, [rolle]))
        client.force_login(konto)
    verweigert = 0
    with ohne_satz():
        for ort, alle in seiten:
            for methode, ziel, daten, felder in alle:
                if methode != "post" or "_version" not in daten:
                    continue
                eigene = daten | ({"_konto": str(konto.pk)} if konto else {})
                for art, (text, html) in ZU_GROSS.items():
                    for gross in mit_grossem(eigene, felder[:3], text, html):
                        antwort = client.post(ziel or ort, gross)
                        verweigert += antwort.status_code in (401, 403, 404, 413)
                        assert gehoert == [], (ziel or ort, art)
                        assert antwort.status_code < 500
    assert verweigert > 50


def test_what_waits_is_not_taken_apart_either(seiten, client, gehoert):
    gewartet = 0
    for ort, alle in seiten:
        for methode, _, daten, felder in alle:
            if methode != "post" or "_version" not in daten:
                continue
            fuer_jeden_parser = [z for z in ZU_GROSS.items() if z[0] not in NUR_MIT_FREIEM_TEXT]
            for art, (text, html) in fuer_jeden_parser[::3]:
                for gross in list(mit_grossem(daten, felder, text, html))[:1]:
                    gewartet += client.post("/zwischenstand/", gross | {"_adresse": ort}).status_code == 204
                    assert client.get(ort).status_code == 200
                    assert gehoert == [], (ort, art)
    assert gewartet > 30


def test_the_spies_hear(seiten, client, welt, gehoert):
    """What keeps the bounds is taken apart, and they notice."""
    assert dialekt_aus_html(f"<p>{MARKE}</p>") == MARKE
    lies(MARKE)
    zeitraum.lies(MARKE)
    geld.lies(MARKE)
    client.get(reverse("massnahmen:liste", args=[welt.kommune.slug, welt.konzept.slug]), {"q": MARKE})
    assert {"cleans HTML", "parses HTML", "parses the dialect", "reads a period", "reads an amount"} <= set(gehoert)
    assert "looks for stems" in gehoert


def test_nothing_of_it_was_saved(seiten, client):
    """One page of each kind, with all that is too large at once."""
    vorher = stand()
    for ort, alle in seiten[:10]:
        for methode, ziel, daten, felder in alle:
            if methode == "post" and "_version" in daten:
                lang = _lang(grenzen.FLIESSTEXT)
                client.post(ziel or ort, daten | dict.fromkeys(felder, lang) | {"_speichern": "1"})
    nachher = stand()
    assert {modell for modell in vorher if MARKE in str(nachher[modell])} <= {"entwuerfe.Zwischenstand"}


# What the bounds still let pass costs little

N = grenzen.FLIESSTEXT


def bis_zur_grenze(*muster: str) -> str:
    """As much of a pattern as the bounds let pass; of two patterns the second fills up what is left."""
    text, *rest = (m * (N // len(m)) for m in muster)
    while lesekosten(text) > grenzen.LESEN:
        text = text[: len(text) * 9 // 10]
    return text + "".join(rest)[: N - len(text)]


TEUER = {
    "prose": bis_zur_grenze("Wort "),
    "brackets": bis_zur_grenze("["),
    "brackets in brackets": bis_zur_grenze("[", "]"),
    "links that are none": bis_zur_grenze("[a](<"),
    "titles that never end": bis_zur_grenze('[a](#b "'),
    "stars": bis_zur_grenze("*a **b _c __d "),
    "stars in words": bis_zur_grenze("a**b c* "),
    "items": bis_zur_grenze("- a\n"),
    "items in items": bis_zur_grenze("- a\n  - b\n"),
    "headings": bis_zur_grenze("# a\n"),
    "paragraphs": bis_zur_grenze("a\n\n"),
    "empty lines": "a" + bis_zur_grenze("\n")[:-2] + "b",
    "a table": "|" + "a|" * 50 + "\n|" + "-|" * 50 + "\n" + ("|" + "a|" * 50 + "\n") * 55,
    "numbers": bis_zur_grenze("100. a\n"),
    "numbers that are words": bis_zur_grenze("7. a\n"),
    "numbers that are words in items": bis_zur_grenze("- 8. a\n  9) b\n\n"),
    "letters that are words": bis_zur_grenze("z) a\n\nb) a\n"),
    "letters that count on": bis_zur_grenze("a) a\nb) a\n"),
    "numbers in a row": bis_zur_grenze("1. " * 9 + "a\n"),
    "letters in a row": bis_zur_grenze("a) " * 9 + "a\n"),
}
AUS_DEM_EDITOR = {
    "bold in words": "<p>" + "a<strong>b</strong>" * 7_800 + "</p>",
    "bold in words, by paragraph": ("<p>" + "a<strong>b</strong>" * 20 + "</p>") * 360,
    "items": "<ul>" + "<li><p>a</p></li>" * 3_900 + "</ul>",
    "emphasis in words before brackets": "<p>" + "a<em>b</em>" * 15 + "[" * 2_000 + "</p>",
    "emphasis in words before brackets, by paragraph": ("<p>" + "a<em>b</em>" * 15 + "[" * 300 + "</p>") * 60,
    "emphasis in words amid brackets": ("<p>" + "a<em>b</em>[" * 150 + "</p>") * 50,
    "paragraphs": "<p>a</p>" * 7_900,
    "ordinals": "<p>2. a</p>" * 5_400,
    "ordinals that would make lists": "<ol><li>a</li><li>b</li></ol><p>3. c</p>" * 1_300,
    "breaks": "<p>" + "a<br>" * 7_900 + "</p>",
    "links": "<p>" + '<a href="#b">a</a> ' * 2_000 + "</p>",
    "spaces": "<p>a" + " " * (N - 3) + "b</p>",
    "a table": "<table><tbody>" + ("<tr>" + "<td><p>a</p></td>" * 50 + "</tr>") * 60 + "</tbody></table>",
    "cells that reach down": "<table><tbody>"
    + ("<tr>" + '<td colspan="1" rowspan="50"><p>a</p></td>' + "</tr>") * 50
    + "</tbody></table>",
    "lists in lists": ("<ul><li>" * 29 + "a" + "</li></ul>" * 29) * 125,
}
BALD = 40
"""The most costly text takes fifteen times as long as the fixed work, on a busy machine up to thirty; emphasis before
brackets, by paragraph, would take seventy times as long without the budget for tries of how it is written."""


@pytest.mark.parametrize("text", TEUER.values(), ids=TEUER)
def test_the_most_costly_text_within_the_bounds_is_read_soon(text):
    assert zu_viel_text(text) == ""
    assert kostet_hoechstens(lambda: lies(text), BALD)


@pytest.mark.parametrize("html", AUS_DEM_EDITOR.values(), ids=AUS_DEM_EDITOR)
def test_the_most_costly_html_within_the_bounds_is_read_soon(html):
    assert zu_viel_html(html) == ""
    assert kostet_hoechstens(lambda: dialekt_aus_html.__wrapped__(html), BALD)


ANGRIFFE = {
    "wide cells over many rows": "<table><tr>" + "<td colspan=50>x" * 20 + "</tr>" + "<tr><td>x</td></tr>" * 200,
    "items that never end": "<ul><li>" * 20_000,
    "400 KB of div": "<div>" * 80_000,
    "comments that hide ends": "<b class=x><!--</b>-->" * 5_000,
    "attributes": "<a " + "a=1 " * 30_000 + ">",
    "an attribute that never ends": '<a x="' * 20_000,
    "ends without beginnings": "</p>" * 30_000,
    "entities": "&amp;" * 60_001,
}


@pytest.mark.parametrize("html", ANGRIFFE.values(), ids=ANGRIFFE)
def test_what_took_a_worker_down_is_measured_in_no_time(html):
    assert kostet_hoechstens(lambda: zu_viel_html(html), 1)
    assert zu_viel_html(html)


@pytest.mark.parametrize("zahl", ["9" * 4_400, "0" * 4_400 + "9" * 9, "x" + "f" * 4_400, "X" + "0" * 99 + "1" * 8])
def test_the_number_of_a_sign_may_be_as_long_as_it_likes(zahl):
    html = f"<p>a&#{zahl};b</p>"
    assert zu_viel_html(html) == ""
    assert dialekt_aus_html(html).startswith("a")
    assert worte_aus_html(html) == "a\ufffdb"


@pytest.mark.parametrize("zeichen", ["[", "*", "_ ", "a\n"])
def test_so_many_signs_of_markup_are_said(zeichen):
    assert "mit denen eine Formatierung beginnen kann" in zu_viel_text(zeichen * 45_000)
