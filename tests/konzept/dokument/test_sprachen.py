"""Other scripts: each prints with a font of its own, runs as it is read, says that it is not German, can be copied."""

import re
import unicodedata

import msgspec
import pytest
from django.contrib.staticfiles import finders

from konzept.dokument import baum, druckbild, fehlzeichen, pdf, ressourcen, zerlegung
from konzept.dokument.html import druck_html, kapitel_html
from konzept.dokument.sprachen import SPRACHEN, mit_richtung, mit_sprachen, mit_sprachen_und_richtung
from tests.konzept.dokument.saetze import NACH_LINKS, SAETZE, in_allen_sprachen

UNSICHTBAR = re.compile("[\u200c-\u200f]")


def in_schrift(html: str) -> list[str]:
    return re.findall(r"Schrift ([A-Z][a-z]{3})\";", html)


@pytest.fixture(scope="module")
def gelesen(lesen):
    return lesen(pdf.drucke(in_allen_sprachen(), ausfertigung=pdf.Ausfertigung("Entwurf 1", randnummern=True)))


@pytest.mark.parametrize("sprache", SAETZE)
def test_a_font_has_every_sign(sprache):
    assert set(SAETZE[sprache]) <= fehlzeichen.vorrat()
    assert fehlzeichen.ersetze(SAETZE[sprache]) == unicodedata.normalize("NFC", SAETZE[sprache])


@pytest.mark.parametrize("sprache", SAETZE)
def test_words_come_out_of_the_pdf_as_they_are_read(gelesen, sprache):
    """pdftotext turns the letters of a sign made of two around where it reads to the left: there the words count, in
    their order, and the letters of each."""
    text = unicodedata.normalize("NFC", "\n".join(gelesen.seiten("-enc", "UTF-8")))
    satz = unicodedata.normalize("NFC", SAETZE[sprache])
    if sprache in NACH_LINKS:
        text, satz = (
            [sorted(UNSICHTBAR.sub("", wort)) for wort in re.findall(r"[^\s.۔\u202a-\u202e]+", ganz)]
            for ganz in (text, satz)
        )
        assert any(text[i : i + len(satz)] == satz for i in range(len(text)))
    else:
        assert re.sub(r"\s", "", satz) in re.sub(r"\s", "", text)


def test_each_script_has_its_font_inside(gelesen):
    namen = {str(objekt.BaseFont) for objekt in gelesen.pdf.objects if _ist_schrift(objekt)}
    for schrift in fehlzeichen.WEITERE:
        assert any(name.endswith(f"+Schrift-{schrift}") for name in namen), schrift
        assert any(name.endswith(f"+Schrift-{schrift}-Semi-Bold") for name in namen), schrift


def _ist_schrift(objekt) -> bool:
    return getattr(objekt, "get", None) is not None and objekt.get("/Type") == "/Font" and "/BaseFont" in objekt


def test_words_say_their_language(gelesen):
    sprachen = {str(element.Lang) for element in gelesen.elemente("/Span") if "/Lang" in element}
    assert sprachen == {"el", "gu", "hy", "ka", "km", "kn", "lo", "ml", "pa", "si", "ta", "te", "th"} | {
        f"und-{schrift}" for schrift in ("Arab", "Beng", "Cyrl", "Deva", "Ethi", "Hebr", "Mymr", "Syrc")
    }
    assert gelesen.pdf.Root.Lang == "de"


def test_pieces_have_the_same_fonts_and_words(gelesen, lesen, monkeypatch):
    monkeypatch.setattr(zerlegung, "STUECK", 1)
    dokument = in_allen_sprachen()
    erstes, zweites = dokument.kapitel
    noch_eines = msgspec.structs.replace(erstes, anker="abschnitt-7")
    dokument = msgspec.structs.replace(dokument, kapitel=(erstes, zweites, noch_eines))
    monkeypatch.setattr(druckbild, "LANGES_KAPITEL", 0)  # each begins a page
    html = druck_html(dokument)
    assert len(zerlegung.zerlege(html, []).stuecke) > 2
    in_stuecken = lesen(pdf.drucke(dokument))
    monkeypatch.setattr(zerlegung, "STUECK", 10**9)
    am_stueck = lesen(pdf.drucke(dokument))
    assert [s.split() for s in in_stuecken.seiten()] == [s.split() for s in am_stueck.seiten()]


def test_only_what_is_needed_is_declared():
    assert fehlzeichen.schriftregeln("Grün, Владимир, Ελένη, ნინო, 100 €, שרה") == ""
    assert fehlzeichen.gebrauchte("ሰላም und สวัสดี") == ("Ethi", "Thai")
    assert fehlzeichen.gebrauchte("সমান।") == ("Beng",)
    assert fehlzeichen.gebrauchte("Schluss।") == ("Beng",)
    assert in_schrift(fehlzeichen.schriftregeln("ሰላም")) == ["Ethi", "Ethi"]


@pytest.mark.django_db
def test_examples_declare_nothing_more(beispiele):
    for dokument in beispiele.values():
        html = druck_html(fehlzeichen.druckbar(dokument))
        assert "Schrift " not in html.partition("</head>")[0]
        assert " dir=" not in html
        assert "<span lang=" not in html


def test_fonts_are_whole_and_alone_among_the_static_files():
    gebraucht = {name for schrift in fehlzeichen.WEITERE for name in fehlzeichen.dateien(schrift)}
    for name in gebraucht:
        typ, inhalt = ressourcen.inhalt(f"static:{name}")
        assert (typ, inhalt[:4]) == ("font/woff2", b"\x00\x01\x00\x00")
    finder = finders.get_finder("konzept.betrieb.statische_dateien.Druckschriften")
    assert {f"{ordner.prefix}/{name}" for name, ordner in finder.list([])} == gebraucht
    assert finders.find("schriften/noto-sans-thai/files/noto-sans-thai-latin-400-normal.woff2") is None
    assert finders.find("schriften/noto-sans-thai/package.json") is None


def test_print_by_a_browser_brings_its_fonts_along():
    html = ressourcen.eigenstaendig(druck_html(baum.Dokument(
        kommune=baum.Kommune(slug="o", name="Stadt O", kurzname="O", art="stadt"), slug="k", titel="ሰላም"
    )))  # fmt: skip
    assert 'url("static:' not in html
    assert html.count("@font-face") == 8


@pytest.mark.parametrize(
    ("html", "gerichtet"),
    [
        ("<p>Deutsch</p>", "<p>Deutsch</p>"),
        ("<p>مرحبا</p>", '<p dir="rtl">مرحبا</p>'),
        ("<p>12. (مرحبا) und mehr</p>", '<p dir="rtl">12. (مرحبا) und mehr</p>'),
        ("<p>Das Wort مرحبا</p>", "<p>Das Wort مرحبا</p>"),
        ("<p>&amp; <strong>שלום</strong> Berlin</p>", '<p dir="rtl">&amp; <strong>שלום</strong> Berlin</p>'),
        (
            '<p><span class="dok-rn">Randnummer 4</span>مرحبا</p>',
            '<p dir="rtl"><span class="dok-rn">Randnummer 4</span>مرحبا</p>',
        ),
        ("<td><p>مرحبا</p><p>Deutsch</p></td>", '<td dir="rtl"><p>مرحبا</p><p dir="ltr">Deutsch</p></td>'),
        ("<td><p>Deutsch</p><p>مرحبا</p></td>", '<td><p>Deutsch</p><p dir="rtl">مرحبا</p></td>'),
        ("<ul><li>مرحبا</li><li>سلام</li></ul>", '<ul dir="rtl"><li>مرحبا</li><li>سلام</li></ul>'),
        ("<td>12</td><td><br>مرحبا</td>", '<td>12</td><td dir="rtl"><br>مرحبا</td>'),
        ('<nav class="druck-verzeichnis"><p>مرحبا</p></nav>', '<nav class="druck-verzeichnis"><p>مرحبا</p></nav>'),
    ],
)
def test_blocks_run_as_their_first_letter_does(html, gerichtet):
    assert mit_richtung(html) == gerichtet


@pytest.mark.parametrize(
    ("html", "benannt"),
    [
        ("<p>ሰላም, ሰላም! Hallo</p>", '<p><span lang="und-Ethi">ሰላም, ሰላም</span>! Hallo</p>'),
        ("<p>ถ้า und სახლი</p>", '<p><span lang="th">ถ้า</span> und <span lang="ka">სახლი</span></p>'),
        ("<p>die α-Version von Λόγος</p>", '<p>die α-Version von <span lang="el">Λόγος</span></p>'),
        ('<p title="ሰላም">Hallo</p>', '<p title="ሰላም">Hallo</p>'),
        ('<a href="#x">2 <b>ሰላም</b></a>', '<a href="#x">2 <b><span lang="und-Ethi">ሰላም</span></b></a>'),
        (
            "<p>ሰላም \ufdd2ሰላም und\ufdd3</p>",
            '<p><span lang="und-Ethi">ሰላም</span> \ufdd2<span lang="und-Ethi">ሰላም</span> und\ufdd3</p>',
        ),
        ("<p>İstanbul, Nguyễn</p>", "<p>İstanbul, Nguyễn</p>"),
    ],
)
def test_words_in_another_script_say_so(html, benannt):
    assert mit_sprachen(html) == benannt


def test_screen_and_print_say_the_same():
    kapitel = in_allen_sprachen().kapitel[1]
    schirm = kapitel_html(kapitel)
    assert '<h1 dir="rtl" class="dok-titel">' in schirm
    assert '<span lang="und-Arab">' in schirm
    assert mit_sprachen_und_richtung("<p>Grün</p>") == "<p>Grün</p>"


def test_every_script_with_a_font_has_a_language():
    assert fehlzeichen.WEITERE.keys() <= SPRACHEN.keys()


def test_joiners_stay_where_they_form_letters():
    assert fehlzeichen.ersetze("ශ්‍රී") == "ශ්‍රී"
    assert fehlzeichen.ersetze("می‌روم") == "می‌روم"
    assert "\u200d" not in fehlzeichen.ersetze("👩‍👧")
