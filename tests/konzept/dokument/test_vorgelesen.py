"""What a print says by ear where the eye sees a sign, a bare number or a dash."""


import re

import lxml.html
import pikepdf
import pytest

from konzept.dokument import druckbild
from konzept.dokument.akteursregister import akteursregister
from konzept.dokument.html import druck_html
from konzept.satz import setzen
from tests.konzept.dokument import vorlesen
from tests.konzept.dokument.conftest import Lesen

pytestmark = pytest.mark.django_db

LEER = '<span class="dok-leer" data-gesprochen="keine Angabe"><span>–</span></span>'


NUR_ZEICHEN = re.compile(r"[\d\s.,:;()–-]*")
"""No letter: what is no word by ear."""


def gesetzt(koerper: str) -> Lesen:
    """A small print without style sheet and fonts of the project."""
    html = f'<html lang="de"><title>T</title><body>{koerper}</body></html>'
    return Lesen(setzen.setze(html, lambda adresse: pytest.fail(adresse)))


def test_words_are_said_instead_of_signs():
    buch = gesetzt(f"<p>Zeitraum: {LEER}</p><table><tr><td>{LEER}</td></tr></table>")
    assert vorlesen.alles(buch.pdf).split() == ["Zeitraum:", "keine", "Angabe", "keine", "Angabe"]
    assert [str(e.ActualText) for e in buch.elemente() if "/ActualText" in e] == ["keine Angabe"] * 2


def test_a_block_in_the_margin_says_its_words_once():
    rn = '<span class="rn" data-gesprochen="Nummer 4">4</span>'
    buch = gesetzt(f"<style>.rn {{ display: block }}</style><div>{rn}</div>")
    assert [str(e.ActualText) for e in buch.elemente() if "/ActualText" in e] == ["Nummer 4"]
    assert vorlesen.alles(buch.pdf).strip() == "Nummer 4"


def test_a_link_says_what_it_is():
    buch = gesetzt('<p id="l">Ziel</p><p>Siehe <a href="#l" aria-label="Leitlinie 3: Sprache">3</a>.</p>')
    ((_, vermerk),) = buch.links()
    assert str(vermerk.Contents) == "Leitlinie 3: Sprache"
    assert "Siehe Leitlinie 3: Sprache." in vorlesen.alles(buch.pdf)


@pytest.mark.parametrize(
    ("davor", "gehoert"),
    [("", "Ziel, Seite 1"), (", Seite\\a0", "Ziel, Seite 1"), (", ab Seite\\a0", "Ziel, ab Seite 1")],
)
def test_the_page_of_a_link_is_said_once(davor, gehoert):
    stil = f'<style>a::after {{ content: "{davor}" target-counter(attr(href), page) }}</style>'
    buch = gesetzt(f'{stil}<h1 id="z">Kopf</h1><p><a href="#z">Ziel</a></p>')
    ((_, vermerk),) = buch.links()
    assert str(vermerk.Contents).replace("\u00a0", " ") == gehoert
    assert buch.worte(next(buch.elemente("/P"))) == gehoert


def test_a_hyphen_of_layout_is_no_letter():
    """Typed ones are; the words are whole again when they are read, copied and searched."""
    lang = "Einwanderungsgeschichte und Weiterbildungseinrichtungen mit Ehren- und Haupt-Amtlichen"
    stil = '<style>p { width: 110px; hyphens: auto; hyphenate-character: "-" }</style>'
    buch = gesetzt(f"{stil}<p>{lang} <b>{lang}</b></p>")
    gehoert = vorlesen.alles(buch.pdf)
    for wort in ("Einwanderungsgeschichte", "Weiterbildungseinrichtungen", "Ehren-", "Haupt-"):
        assert gehoert.count(wort) == 2, wort
    (seite,) = buch.seiten()
    assert len(re.findall("\u00ad$", seite, re.MULTILINE)) >= 4
    assert seite.count("-") == 4  # the typed ones


def test_words_are_apart_at_the_ends_of_lines_and_elements():
    stil = "<style>p { width: 130px } b { font-weight: 400 }</style>"
    satz_ = "Ein Satz auf vielen Zeilen, der von Ehren- und Haupt-Amtlichen und/oder von Vereinen handelt."
    buch = gesetzt(f"{stil}<h1><span>1</span> <span>Vorwort</span></h1><p><b>Erstens</b> <i>sagt er</i><br>{satz_}</p>")
    assert buch.worte(next(buch.elemente("/H1"))) == "1 Vorwort"
    assert buch.worte(next(buch.elemente("/P"))) == f"Erstens sagt er {satz_}"
    assert "1 Vorwort" in buch.seiten()[0]


def test_no_element_stands_in_another_for_the_same():
    """As around words beside a block."""
    buch = gesetzt('<div>Vorher<p>Text <span style="display: block">Block</span> danach</p><div></div>nachher</div>')
    (oben,) = buch.pdf.Root.StructTreeRoot.K[0].K
    assert oben.S == "/Div"
    assert [str(teil.S) for teil in oben.K] == ["/Span", "/P", "/Span"]
    assert [str(teil.S) for teil in oben.K[1].K] == ["/Span"] * 3
    assert {teil.P.objgen for teil in oben.K} == {oben.objgen}


def test_a_link_on_two_lines_is_one():
    text = "Ein Satz, der nicht auf eine Zeile geht, weil er so lang ist. " * 3
    buch = gesetzt(f'<p id="l">Ziel</p><p>Vorher <a href="#l"><b>Dick</b> {text}</a>nachher</p>')
    (link,) = buch.elemente("/Link")
    bereiche = [vermerk for _, vermerk in buch.links()]
    assert len(bereiche) > 1
    assert {str(vermerk.Contents) for vermerk in bereiche} == {f"Dick {text}".strip()}
    assert [teil.Obj.objgen for teil in verweise(link)] == [vermerk.objgen for vermerk in bereiche]
    nummern = list(buch.pdf.Root.StructTreeRoot.ParentTree.Nums)
    eltern = {int(k): w for k, w in zip(nummern[::2], nummern[1::2], strict=True)}
    assert {eltern[int(vermerk.StructParent)].objgen for vermerk in bereiche} == {link.objgen}
    seite = eltern[int(buch.pdf.pages[0].obj.StructParents)]
    assert all(seite[k].objgen == link.objgen for k in link.K if isinstance(k, int))


# Every print


@pytest.fixture(scope="module")
def drucke(gedruckt, in_stuecken, lesen):
    return [lesen(inhalt) for inhalt in (*gedruckt.values(), in_stuecken)]


def verweise(element) -> list:
    """The annotations of a structure element itself."""
    return [k for k in element.K if isinstance(k, pikepdf.Dictionary) and k.get("/Type") == "/OBJR"]


def test_no_link_is_a_bare_number_or_stands_in_another(drucke):
    for buch in drucke:
        links = list(buch.elemente("/Link"))
        assert links
        assert [str(v.Contents) for _, v in buch.links() if NUR_ZEICHEN.fullmatch(str(v.Contents))] == []
        assert [e for e in links if vorlesen.zaehle(e.K, "/Link")] == []
        # Each area belongs to one element, and none to nothing.
        gemeint = [teil.Obj.objgen for link in links for teil in verweise(link)]
        assert sorted(gemeint) == sorted(vermerk.objgen for _, vermerk in buch.links())


def test_no_paragraph_or_heading_is_a_bare_number_or_a_dash(drucke):
    """Outside tables, where the heads of a cell say what a number is."""
    for buch in drucke:
        bloecke = [e for e in buch.elemente() if re.fullmatch("/(P|Caption|H[1-6])", str(e.S)) and not in_zelle(e)]
        assert bloecke
        assert [buch.worte(e) for e in bloecke if NUR_ZEICHEN.fullmatch(buch.worte(e))] == []


def in_zelle(element) -> bool:
    while "/P" in element and "/S" in element:
        if element.S in ("/TD", "/TH"):
            return True
        element = element.P
    return False


def test_an_entry_of_the_contents_is_one_link(beispiele, gedruckt, in_stuecken, zweitgroesstes, lesen):
    for name, inhalt in [*gedruckt.items(), (zweitgroesstes, in_stuecken)]:
        buch = lesen(inhalt)
        ziele = buch.ziele()

        def eintraege(kapitel, ziele=ziele):
            for eintrag in kapitel:
                k = eintrag.kapitel
                yield f"{k.nummer} {k.titel}".strip() + f", Seite {ziele[k.anker]}"
                yield from eintraege(eintrag.darunter)

        erwartet = list(eintraege(druckbild.inhaltsverzeichnis(beispiele[name])))
        if akteursregister(beispiele[name]).eintraege:
            erwartet.append(f"Akteursverzeichnis, Seite {ziele['akteursverzeichnis']}")
        assert {teil.S for liste in buch.elemente("/TOC") for teil in liste.K} == {"/TOCI"}
        assert len(list(buch.elemente("/TOCI"))) == len(erwartet)
        assert [buch.worte(zeile) for zeile in buch.elemente("/Reference")] == erwartet
        links = [link for zeile in buch.elemente("/Reference") for link in zeile.K]
        assert [buch.worte(link) for link in links] == erwartet
        assert [str(verweise(link)[0].Obj.Contents) for link in links] == erwartet


def test_no_dots_are_read(drucke):
    for buch in drucke:
        assert "...." not in buch.worte(buch.pdf.Root.StructTreeRoot.K[0])


def test_paragraphs_are_heard_as_they_are_written(beispiele, gedruckt, lesen):
    for name, inhalt in gedruckt.items():
        gehoert = lesen(inhalt).worte(lesen(inhalt).pdf.Root.StructTreeRoot.K[0])
        seite = lxml.html.document_fromstring(druck_html(beispiele[name]))
        for zeile in seite.iter("br"):
            zeile.tail = f" {zeile.tail or ''}"
        absaetze = [" ".join(p.text_content().split()) for p in seite.find_class("dok-absatz") if p.tag == "p"]
        assert [absatz for absatz in absaetze if absatz not in gehoert] == []


def test_every_hyphen_of_layout_says_so(beispiele, gedruckt, lesen):
    """And no other: what ends a line and was typed is a letter of its word."""
    for name, inhalt in gedruckt.items():
        seiten = "\n".join(lesen(inhalt).seiten())
        getippt = druck_html(beispiele[name])
        assert "\u00ad\n" in seiten
        assert [wort for wort in re.findall(r"(\w+[\u2010-])\n", seiten) if wort not in getippt] == []


def test_no_cell_is_a_bare_dash(drucke):
    for buch in drucke:
        zellen = [*buch.elemente("/TD"), *buch.elemente("/TH")]
        assert [e for e in zellen if buch.worte(e) in {"–", "-"}] == []
