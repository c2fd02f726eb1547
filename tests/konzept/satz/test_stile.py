"""Equal styles are one, and the print is the same to the byte."""

import io

import pikepdf
import pytest
import weasyprint
import weasyprint.css

from konzept.satz import setzen
from konzept.satz.beschleunigung.stile import mit_geteilten_stilen, ohne_anker
from tests.konzept.dokument.conftest import Lesen

REGELN = """
@page { size: 140mm 200mm; margin: 20mm; @top-left { content: string(kopf) } @bottom-right { content: counter(page) } }
@page :first { @bottom-right { content: "Erste" } }
h2 { string-set: kopf attr(data-kopf); break-before: page; bookmark-level: 1; bookmark-label: attr(data-name) }
.wort::before { content: attr(data-wort) ": " }
.wort::after { content: " (" attr(data-zahl) ")"; margin-left: 2mm }
.verweis::after { content: leader(dotted) " " target-counter(attr(href), page) " " target-text(attr(href)) }
.fuss { float: footnote }
.rand { -weasy-anchor: "von-der-regel" }
p::first-letter { font-size: 2em }
p.zeile::first-line { color: #a00 }
table { border-collapse: collapse; padding: 3mm }
tr { margin: 4mm }
td { margin: 5mm; border: 1px solid }
td > b, tr > td.erbt, table div { display: block; margin: inherit; padding: inherit }
li::marker { color: #00a }
.erst::before, .dann::after { content: "Anfang" }
.dann::before, .erst::after { content: "Schluss" }
.schwebt { position: absolute }
ol { list-style-position: inside }
ol > li:nth-child(2)::marker { content: attr(data-wort) " " }
"""
NAMEN = ["Eins", "Zwei", "Drei", "Vier", "Fünf", "Sechs"]


def dokument() -> str:
    """What has an ID and what is put before and behind words, in every way in which styles could be mixed up."""
    zeilen = "".join(
        f'<tr id="zeile-{i}"><th class="wort" data-wort="{name}" data-zahl="{i}">T<td class="erbt" id="zelle-{i}">'
        f"<b>Text</b><td><div>Mehr</div></tr>"
        for i, name in enumerate(NAMEN)
    )
    abschnitte = "".join(
        f'<section id="abschnitt-{i}"><h2 id="titel-{i}" data-kopf="Kopf {name}" data-name="Zeichen {name}">{name}</h2>'
        f'<p id="p{i}" class="zeile">Absatz <a class="wort" data-wort="{name}" data-zahl="{i}">W</a> und <i>noch</i> '
        f'<span class="fuss" id="fuss-{i}">Fußnote {name}</span> <q>Zitat</q></p></section>'
        for i, name in enumerate(NAMEN)
    )
    verweise = "".join(f'<li><a class="verweis" href="#titel-{i}">zu</a>' for i in range(len(NAMEN)))
    punkte = "".join(f'<li id="punkt-{i}" data-wort="{name}">Punkt' for i, name in enumerate(NAMEN))
    besondere = (
        '<p id="mit stil" style="color: red">a</p><p id="stil" style="color: red">b</p><p id="stil2" lang="en">c</p>'
        '<p id="x&quot;y">d</p><p id="x\\41">e</p><p id="">f</p><p><a name="name">g</a> <a id="a" name="zwei">h</a>'
        '<p id="rand" class="rand">i</p><p id="p0">doppelt</p><p><a href="#rand">tot</a> <a href="#zwei">k</a>'
        '<p>Wort <b id="schwebt" class="schwebt">l</b> da</p><p><b class="erst">m</b> <b class="dann">n</b></p>'
    )
    return (
        f'<html lang="de"><title>T</title><style>{REGELN}</style><body id="rumpf"><ul>{verweise}</ul>{besondere}'
        f'<table id="tabelle">{zeilen}</table><ol>{punkte}</ol><ul>{punkte.replace("punkt", "zeichen")}</ul>'
        f"{abschnitte}</body></html>"
    )


def setze() -> bytes:
    return weasyprint.HTML(string=dokument(), url_fetcher=setzen.Abholer(pytest.fail)).write_pdf(pdf_tags=True)


@pytest.fixture(scope="module")
def gesetzt():
    return setze()


@pytest.fixture
def ungeteilt(monkeypatch):
    monkeypatch.setattr(weasyprint.css, "StyleFor", weasyprint.css.StyleFor.__wrapped__)
    monkeypatch.setattr(weasyprint.css, "find_style_attributes", weasyprint.css.find_style_attributes.__wrapped__)


@pytest.mark.usefixtures("ungeteilt")
def test_a_print_is_the_same_to_the_byte_whether_styles_are_shared_or_not(gesetzt):
    assert setze() == gesetzt


def test_what_an_attribute_says_is_said_of_its_own_element(gesetzt):
    """Equal elements with other attributes: in what is put before and behind them, in running heads, in bookmarks."""
    seiten = [" ".join(seite.split()) for seite in Lesen(gesetzt).seiten()]
    alles = " ".join(seiten)
    for i, name in enumerate(NAMEN):
        assert alles.count(f"{name}: T ({i})") == alles.count(f"{name}: W ({i})") == 1
        assert f"{name} Punkt" in alles if name == "Zwei" else f"{name} Punkt" not in alles
        seite = next(nummer for nummer, text in enumerate(seiten, start=1) if f"Kopf {name}" in text)
        assert f" {seite} {name}" in alles
        assert f"Fußnote {name}" in seiten[seite - 1]
    assert "AnfangmSchluss SchlussnAnfang" in alles
    with pikepdf.open(io.BytesIO(gesetzt)) as pdf, pdf.open_outline() as lesezeichen:
        assert [punkt.title for punkt in lesezeichen.root] == [f"Zeichen {name}" for name in NAMEN]


@pytest.mark.parametrize("hinweise", [False, True])
def test_elements_with_ids_share_their_styles(hinweise):
    zeilen = "".join(f'<tr id="z{i}"><td id="c{i}"><b class="wort">x</b>' for i in range(50))
    html = weasyprint.HTML(string=f'<style>.wort::before {{ content: "a" }}</style><table>{zeilen}</table>')
    stile = weasyprint.css.get_all_computed_styles(html, presentational_hints=hinweise, page_rules=[], layers=[])

    def verschiedene(tag, pseudo=None):
        eigene = [stile(element, pseudo) for element in html.etree_element.iter(tag)]
        assert len(eigene) == 50
        return len({id(stil) for stil in eigene})

    # Where attributes of the look count, WeasyPrint's own way is left as it is.
    erwartet = 50 if hinweise else 1
    for pseudo in ("before", "marker", "footnote-call", "note-callback"):
        assert verschiedene("b", pseudo) == erwartet
    assert verschiedene("b") == erwartet
    zeilen = [stile(zeile) for zeile in html.etree_element.iter("tr")]
    assert [zeile["anchor"] for zeile in zeilen] == [f"z{i}" for i in range(50)]
    assert len({id(zeile.anonymous_style) for zeile in zeilen}) == erwartet


def test_notes_keep_styles_of_their_own(monkeypatch):
    """Layout writes into them."""
    noten = "".join(f"<p>Wort<span>Note {i}</span>" for i in range(3))
    regeln = "span { position: note(unten) } @page { @bottom-left { content: element(unten, all-once) } }"
    html = f'<html lang="de"><title>T</title><style>{regeln}</style><body>{noten}</body></html>'
    geteilt = weasyprint.HTML(string=html).render()
    marken = {name for seite in geteilt.pages for name in seite.anchors}
    assert {"call-0", "call-1", "call-2"} <= marken


def test_styles_are_shared_where_weasyprint_makes_them():
    assert weasyprint.css.find_style_attributes.__code__ is ohne_anker(None).__code__
    geteilt = mit_geteilten_stilen(weasyprint.css.StyleFor.__wrapped__, weasyprint.css.ComputedStyle)
    assert weasyprint.css.StyleFor.__init__.__code__ is geteilt.__init__.__code__
