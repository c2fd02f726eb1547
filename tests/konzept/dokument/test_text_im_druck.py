"""Every text that the dialect allows is the same on the page and in the PDF, its numbers included, and the PDF is
valid whatever stands in what. Fifty texts are one document, so that the validator runs once."""

import io

import lxml.html
import pikepdf
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from konzept.dokument import baum, pdf
from konzept.dokument.html import kapitel_html
from konzept.fliesstext import html_von, lies_html, lies_text, schreibe
from konzept.fliesstext.zaehlung import zeichen
from tests.konzept.dokument import vorlesen
from tests.konzept.dokument.lesart import blank
from tests.konzept.fliesstext.bauplan import BLOECKE
from tests.konzept.vera import VARIANTEN

ANZAHL, GRUENDLICH = 50, 200

FAELLE = {
    "a date": "8. Februar 2016 beschloss der Rat das Konzept.",
    "an ordinal": "2. Sachstandsbericht zum Integrationskonzept",
    "a list that does not begin with 1": "Zu den Punkten\n\n8. Februar\n\n7. a\n8. b\n9. c",
    "letters": "a) x\nb) y\n   i) u\n   ii) v\nc) z",
    "a strong link": "[**Portal**](https://a.example) und **[Portal](https://a.example)**",
    "emphasis inside a link": "Im [Portal **für** _alle_](https://a.example) steht es.",
    "a link over two lines": "[eins\nzwei **drei\nvier**](https://a.example)",
    "two paragraphs in an item": "- a\n\n  b\n- c",
    "a heading in an item": "- #### a\n\n  b",
    "a table in an item": "1. a\n\n   |b|\n   |-|\n   |c|\n2. d",
    "a list between two paragraphs of an item": "1. a\n   - b\n     - c\n\n   d\n   - e\n2. f",
    "nothing but a list in an item": "- - - a\n- b",
    "an empty item": "- a\n-\n- b",
    "lists over several pages": "1. Wort\n   - Wort\n     - Wort\n\n     Wort\n   - Wort\n\n   Wort\n" * 60,
    "several lists in an item over pages": "1. Wort\n   - c\n   - d\n\n   7) e\n\n   i) f\n"
    + "".join(f"   {zeichen('i', n)}) g\n" for n in range(2, 150))
    + "2. Wort",
    "a table with empty cells": "| |b|\n|-|-|\n| | |",
}


def erzeugt(anzahl: int, anfang: int) -> list:
    texte = []

    @seed(anfang)
    @settings(
        max_examples=anzahl, phases=[Phase.generate], database=None, deadline=None, suppress_health_check=HealthCheck
    )
    @given(BLOECKE)
    def sammle(bloecke):
        texte.append(lies_text(schreibe(bloecke)))

    sammle()
    return texte


@pytest.fixture(scope="module")
def texte(textrunde):
    erzeugte = [text for text in erzeugt(GRUENDLICH if textrunde else ANZAHL, textrunde) if text]
    assert len(erzeugte) > ANZAHL // 2
    return [*map(lies_text, FAELLE.values()), *erzeugte]


@pytest.fixture(scope="module")
def dokument(texte):
    kommune = baum.Kommune(slug="o", name="Stadt O", kurzname="O", art="stadt")
    kapitel = tuple(baum.Kapitel(anker=f"abschnitt-{i}", titel=f"Text {i}", teile=text) for i, text in enumerate(texte))
    oben = baum.Kapitel(anker="oben", titel="Oben")
    return baum.Dokument(kommune=kommune, slug="k", titel="Texte", kapitel=(oben, *kapitel))


@pytest.fixture(scope="module")
def gesetzt(dokument):
    return pdf.drucke(dokument)


def auf_der_seite(kapitel) -> str:
    """What a browser shows of a chapter, with the numbers that it gives to lists."""

    def lies(knoten, davor=""):
        teile = [davor, knoten.text or ""]
        nummer = int(knoten.get("start", 1))
        for kind in knoten:
            marke = ""
            if knoten.tag == "ol":
                art = knoten.get("type", "")
                marke, nummer = zeichen(art, nummer) + (")" if art else "."), nummer + 1
            teile += [lies(kind, marke), kind.tail or ""]
        return "".join(teile)

    return lies(lxml.html.fromstring(kapitel_html(kapitel)))


def test_page_and_print_have_the_same_words_in_the_same_order(dokument, gesetzt):
    with pikepdf.open(io.BytesIO(gesetzt)) as datei:
        gedruckt = [blank(text) for text in vorlesen.abschnitte(datei)]
    gezeigt = [blank(auf_der_seite(kapitel)) for kapitel in dokument.kapitel]
    assert len(gedruckt) == len(gezeigt)
    assert [paar for paar in zip(gezeigt, gedruckt, strict=True) if paar[0] != paar[1]] == []


def test_each_item_is_one_also_over_pages(dokument, gesetzt):
    with pikepdf.open(io.BytesIO(gesetzt)) as datei:
        gedruckt = [vorlesen.zaehle(abschnitt, "/LI") for abschnitt in vorlesen.oberste(datei)]
    assert gedruckt == [kapitel_html(kapitel).count("<li>") for kapitel in dokument.kapitel]


def test_the_way_through_the_editor_changes_nothing(texte):
    for text in texte:
        assert lies_html(html_von(text)) == text
        assert lies_text(schreibe(text)) == text


@pytest.mark.java
def test_the_print_is_valid_whatever_stands_in_what(gesetzt, vera, tmp_path):
    datei = tmp_path / "texte.pdf"
    datei.write_bytes(gesetzt)
    assert vera(datei) == {(datei, variante): [] for variante in VARIANTEN}


@pytest.mark.parametrize(
    ("name", "erwartet"), [("a date", "8.\u00a0Februar"), ("a list that does not begin with 1", "9. c")]
)
def test_numbers_print_as_typed(name, erwartet, dokument, gesetzt):
    with pikepdf.open(io.BytesIO(gesetzt)) as datei:
        text = vorlesen.abschnitte(datei)[1 + list(FAELLE).index(name)]
    assert erwartet in text
