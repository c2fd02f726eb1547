"""Rich text: what the small dialect knows, and that everything else stays the text that somebody typed."""

from urllib.parse import unquote

import msgspec
import pytest
from django.template import Context, Template
from hypothesis import assume, example, given
from hypothesis import strategies as st

from konzept.dokument import baum
from konzept.fliesstext import (
    TIEFSTE_EBENE,
    Absatz,
    Lauf,
    Liste,
    Punkt,
    Texttabelle,
    Zwischentitel,
    klartext,
    lies_text,
)
from tests import fabrik
from tests.konzept.fliesstext.texte import TEXTE, woerter


def a(*laeufe) -> Absatz:
    """A paragraph of runs; a string is a plain one."""
    return Absatz(laeufe=tuple(Lauf(text=lauf) if isinstance(lauf, str) else lauf for lauf in laeufe))


def zeile(text: str):
    return (Lauf(text=text),) if text else ()


def liste(*punkte, start=None) -> Liste:
    return Liste(
        start=start,
        punkte=tuple(Punkt(bloecke=(a(p),) if isinstance(p, str) else p) for p in punkte),
    )


FETT, KURSIV = Lauf(text="x", fett=True), Lauf(text="x", kursiv=True)

DIALEKT = {
    "nothing": ("", ()),
    "white space": (" \n\t \r\n", ()),
    "paragraph": ("Ein Satz.", (a("Ein Satz."),)),
    "paragraphs": ("Eins.\n\n\nZwei.", (a("Eins."), a("Zwei."))),
    "line break": ("Eins\nzwei", (a("Eins\nzwei"),)),
    "line breaks of Windows": ("Eins\r\nzwei\r\n\r\nDrei", (a("Eins\nzwei"), a("Drei"))),
    "indented": ("    Eins\n\n\tZwei", (a("Eins"), a("Zwei"))),
    "strong": ("a **x** b", (a("a ", FETT, " b"),)),
    "strong inside a word": ("un**x**lich", (a("un", FETT, "lich"),)),
    "emphasis": ("a _x_ b *x*", (a("a ", KURSIV, " b ", KURSIV),)),
    "both": ("***x***", (a(Lauf(text="x", fett=True, kursiv=True)),)),
    "link": ("[Text](https://a.example/b?c=d)", (a(Lauf(text="Text", ziel="https://a.example/b?c=d")),)),
    "link by mail": ("[Post](mailto:a@b.example)", (a(Lauf(text="Post", ziel="mailto:a@b.example")),)),
    "link inside": ("[oben](#massnahme-1)", (a(Lauf(text="oben", ziel="#massnahme-1")),)),
    "link without a text": (
        "[](https://a.example)",
        (a(Lauf(text="https://a.example", ziel="https://a.example")),),
    ),
    "link with a title": ('[T](https://a.example "Titel")', (a(Lauf(text="T", ziel="https://a.example"), " (Titel)"),)),
    "strong link": ("**[T](https://a.example)**", (a(Lauf(text="T", fett=True, ziel="https://a.example")),)),
    "bullets": ("- a\n- b", (liste("a", "b"),)),
    "bullets of both kinds": ("* a\n\n+ b", (liste("a"), liste("b"))),
    "loose bullets": ("- a\n\n- b", (liste("a", "b"),)),
    "numbers": ("1. a\n2. b", (liste("a", "b", start=1),)),
    "numbers with brackets": ("3) a\n4) b", (liste("a", "b", start=3),)),
    "numbers that jump": ("8. Februar\n3. März", (liste("Februar", start=8), liste("März", start=3))),
    "the same number twice": ("1. Mai\n1. Juni", (liste("Mai", start=1), liste("Juni", start=1))),
    "nested": ("- a\n  - b\n    1. c", (liste((a("a"), liste((a("b"), liste("c", start=1))))),)),
    "list after a sentence": ("Das:\n- a", (a("Das:"), liste("a"))),
    "sub-heading": ("#### Titel\nText", (Zwischentitel(laeufe=zeile("Titel")), a("Text"))),
    "sub-heading of any level": ("###### A ##", (Zwischentitel(laeufe=zeile("A")),)),
    "empty heading": ("#", ()),
    "table": (
        "| A | B |\n|---|:-:|\n| 1 | **x** |",
        (Texttabelle(kopf=(zeile("A"), zeile("B")), zeilen=((zeile("1"), (FETT,)),)),),
    ),
    "table without a row": ("|A|\n|-|", (Texttabelle(kopf=(zeile("A"),), zeilen=()),)),
    "row that is too short": (
        "|A|B|\n|-|-|\n|1|",
        (Texttabelle(kopf=(zeile("A"), zeile("B")), zeilen=((zeile("1"), ()),)),),
    ),
    "row that is too long": (
        "|A|\n|-|\n|1|Bürger*innen|**x**|",
        (Texttabelle(kopf=(zeile("A"), (), ()), zeilen=((zeile("1"), zeile("Bürger*innen"), (FETT,)),)),),
    ),
    "table in a list": (
        "- |A|\n  |-|\n  |1|2|",
        (liste((Texttabelle(kopf=(zeile("A"), ()), zeilen=((zeile("1"), zeile("2")),)),)),),
    ),
    "pipe in a cell": ("|A|\n|-|\n|a \\| b|", (Texttabelle(kopf=(zeile("A"),), zeilen=((zeile("a | b"),),)),)),
    "escaped star": ("\\*x\\*", (a("*x*"),)),
}  # fmt: skip

BLEIBT_TEXT = [
    "Bürger*innen und Schüler*innen",
    "(Bürger*innen)",
    "Mitarbeiter/*innen",
    "Schüler:innen, Lehrer_innen und Kolleg_innen",
    "3*4*5",
    "<b>fett</b>",
    "<script>alert(1)</script>",
    "<!-- weg? -->",
    "<https://a.example>",
    "&amp; &lt; &#65;",
    "https://a.example",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html,x)",
    "[x](//a.example)",
    "[x](/admin/)",
    "[x](vbscript:x)",
    "[x]",
    "[x]: https://a.example",
    "`x` ```x```",
    "~~x~~",
    "> Zitat",
    "---",
    "***",
    "Titel\n===",
    "2016. Das war",
    "1999) x",
    "#hashtag",
    "-5 Grad",
    "1.250 €",
    "|",
    "a | b",
]


@pytest.mark.parametrize(("text", "erwartet"), DIALEKT.values(), ids=DIALEKT)
def test_dialect(text, erwartet):
    assert lies_text(text) == erwartet


@pytest.mark.parametrize("text", BLEIBT_TEXT)
def test_what_is_no_markup_stays_as_it_is(text):
    assert lies_text(text) == (a(text),)


@pytest.mark.parametrize(
    ("text", "laeufe"),
    [
        ("**Bürger*innen**", (Lauf(text="Bürger*innen", fett=True),)),
        ("*Bürger*innen*", (Lauf(text="Bürger*innen", kursiv=True),)),
        ("_Bürger*innen_", (Lauf(text="Bürger*innen", kursiv=True),)),
        ("Bürger*innen *x*", (Lauf(text="Bürger*innen "), KURSIV)),
        ("[Bürger*innen](https://a.example/b*c)", (Lauf(text="Bürger*innen", ziel="https://a.example/b*c"),)),
    ],
)
def test_the_star_of_gender_is_a_letter(text, laeufe):
    assert lies_text(text) == (Absatz(laeufe=laeufe),)


def test_an_image_becomes_a_link_and_loads_nothing():
    assert lies_text("![Bild](https://a.example/b.png)") == (a("!", Lauf(text="Bild", ziel="https://a.example/b.png")),)


def test_plain_text_of_runs():
    (absatz,) = lies_text("a **x**\nb")
    assert klartext(absatz.laeufe) == "a x\nb"


# Any text


def gezeigt(bloecke) -> str:
    """All that a reader sees of blocks: runs, addresses of links, and the numbers in front of list items."""
    teile = []
    for block in bloecke:
        match block:
            case Liste(start=start, punkte=punkte):
                for i, punkt in enumerate(punkte):
                    teile += ["" if start is None else str(start + i), gezeigt(punkt.bloecke)]
            case Texttabelle(kopf=kopf, zeilen=zeilen):
                teile += [_laeufe(zelle) for reihe in (kopf, *zeilen) for zelle in reihe]
            case _:
                teile.append(_laeufe(block.laeufe))
    return "\n".join(teile)


def _laeufe(laeufe) -> str:
    text, ziel = "", ""
    for lauf in laeufe:
        if lauf.ziel != ziel:
            text, ziel = text + unquote(ziel), lauf.ziel
        text += "" if lauf.text == lauf.ziel else lauf.text
    return text + unquote(ziel)


def _sortiert_ohne_nullen(text: str) -> list[str]:
    # "007. x" is the number 7, "HTTP://" the scheme http: zeros and capitals are no letters lost.
    return sorted(zeichen for zeichen in woerter(text.casefold()) if zeichen != "0")


@given(TEXTE)
@example("[](HTTP://)")
def test_no_letter_and_no_digit_gets_lost(text):
    bloecke = lies_text(text)
    assume("xn--" not in gezeigt(bloecke))  # the address of a link is written in ASCII
    # The address of a link is shown after its text, not where it was typed, so only the counts agree.
    assert _sortiert_ohne_nullen(gezeigt(bloecke)) == _sortiert_ohne_nullen(text)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_letters_keep_their_order(text):
    assert woerter(gezeigt(lies_text(text)).replace("0", "")) == woerter(text.replace("0", ""))


@given(TEXTE)
def test_result_goes_through_json_unchanged(text):
    bloecke = lies_text(text.encode(errors="replace").decode())
    assert msgspec.json.decode(msgspec.json.encode(bloecke), type=baum.Text) == bloecke


VORLAGE = Template("{% load dokument %}{{ text|bloecke }}")
ERLAUBT = {
    "html",
    "head",
    "body",
    "p",
    "br",
    "strong",
    "em",
    "a",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}


@given(TEXTE)
@example("**a & b\nc <d>**")
@example("[a & b](https://a.example/?b&c)")
def test_nothing_typed_becomes_an_element_of_the_page(text):
    bloecke = lies_text(text)
    html = VORLAGE.render(Context({"text": bloecke}))
    assert "<!" not in html
    seite = fabrik.baum(html)
    for knoten in seite.iter():
        assert knoten.tag in ERLAUBT
        assert set(knoten.attrib) <= {"class", "href", "start", "scope"}
        assert knoten.get("href", "#").lower().startswith(("https://", "http://", "mailto:", "#"))
    sichtbar = "".join(seite.itertext())
    erwartet = "".join(t for block in bloecke for t in baum.texte(block))
    assert woerter(sichtbar) == woerter(erwartet)


@pytest.mark.parametrize(
    "text",
    [
        "- " * 500 + "Wort",
        "1. " * 500 + "Wort",
        "_a *b " * 500 + "Wort" + "* d_ " * 500,
        "**a _" * 500 + "Wort" + "_ b**" * 500,
        "[*a" * 500 + "Wort" + "*](https://a.example)" * 500,
        "*" * 20_000 + "Wort",
        "[" * 20_000 + "Wort",
        "|" * 20_000 + "Wort\n|-|",
        "\\*" * 10_000 + "Wort",
    ],
    ids=lambda text: text[:6],
)
def test_text_that_is_nested_beyond_reason_stays_text(text):
    bloecke = lies_text(text)
    assert "Wort" in gezeigt(bloecke)
    assert len(woerter(gezeigt(bloecke))) >= len(woerter(text))


def test_lists_may_be_nested_as_deep_as_anybody_needs():
    tiefe = TIEFSTE_EBENE // 2 - 1
    text = "\n".join(f"{'  ' * i}- Punkt {i}" for i in range(tiefe))
    bloecke, ebenen = lies_text(text), 0
    while bloecke:
        (ebene,) = (b for b in bloecke if isinstance(b, Liste))
        ebenen += 1
        bloecke = tuple(b for b in ebene.punkte[0].bloecke if isinstance(b, Liste))
    assert ebenen == tiefe
