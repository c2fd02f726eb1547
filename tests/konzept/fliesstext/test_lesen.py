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
    lesen,
    lies_text,
)
from konzept.fliesstext.zaehlung import ZAEHLUNGEN
from tests import fabrik
from tests.konzept.fliesstext.texte import TEXTE, woerter


def a(*laeufe) -> Absatz:
    """A paragraph of runs; a string is a plain one."""
    return Absatz(laeufe=tuple(Lauf(text=lauf) if isinstance(lauf, str) else lauf for lauf in laeufe))


def zeile(text: str):
    return (Lauf(text=text),) if text else ()


def liste(*punkte, start=None, zaehlung="") -> Liste:
    return Liste(
        start=start,
        zaehlung=zaehlung,
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
    "numbers that jump": ("1. a\n2. b\n8. c\n9. d", (liste("a", "b", start=1), liste("c", "d", start=8))),
    "more than a hundred": ("99. a\n100. b\n101. c", (liste("a", "b", "c", start=99),)),
    "one number with a bracket": ("3) a", (liste("a", start=3),)),
    "one number with two paragraphs": ("3. a\n\n   b", (liste((a("a"), a("b")), start=3),)),
    "letters": ("a) x\nb) y", (liste("x", "y", start=1, zaehlung="a"),)),
    "one letter": ("A) x", (liste("x", start=1, zaehlung="A"),)),
    "letters that go on": ("c) x\nd) y", (liste("x", "y", start=3, zaehlung="a"),)),
    "more letters than there are": ("z) x\naa) y", (liste("x", "y", start=26, zaehlung="a"),)),
    "letters after a sentence": ("Das:\na) x\nb) y", (a("Das:"), liste("x", "y", start=1, zaehlung="a"))),
    "Roman numbers": ("i) x\nii) y\niii) z", (liste("x", "y", "z", start=1, zaehlung="i"),)),
    "the letters after h": ("h) x\ni) y\nj) z", (liste("x", "y", "z", start=8, zaehlung="a"),)),
    "letters, then numbers": ("a) x\n1) y", (liste("x", start=1, zaehlung="a"), liste("y", start=1))),
    "nested": ("- a\n  - b\n    1. c\n    2. d", (liste((a("a"), liste((a("b"), liste("c", "d", start=1))))),)),
    "all ways of counting, nested": (
        "1. u\n2. v\n   a) w\n   b) x\n      i) y\n      ii) z",
        (
            liste(
                "u",
                (a("v"), liste("w", (a("x"), liste("y", "z", start=1, zaehlung="i")), start=1, zaehlung="a")),
                start=1,
            ),
        ),
    ),
    "list after a sentence": ("Das:\n- a", (a("Das:"), liste("a"))),
    "sub-heading": ("#### Titel\nText", (Zwischentitel(laeufe=zeile("Titel")), a("Text"))),
    "sub-heading of any level": ("###### A ##", (Zwischentitel(laeufe=zeile("A")),)),
    "empty heading": ("#", ()),
    "table": (
        "| A | B |\n|---|:-:|\n| 1 | **x** |",
        (
            Texttabelle(
                kopf=(zeile("A"), zeile("B")), zeilen=((zeile("1"), (FETT,)),), ausrichtung=("", "mitte")
            ),
        ),
    ),
    "aligned columns": (
        "|A|B|C|\n|:-|-:|-|\n|1|2|3|4|",
        (
            Texttabelle(
                kopf=(zeile("A"), zeile("B"), zeile("C"), ()),
                zeilen=((zeile("1"), zeile("2"), zeile("3"), zeile("4")),),
                ausrichtung=("links", "rechts", "", ""),
            ),
        ),
    ),
    "title of a table": (
        "Davor\n\n[Tabelle: Nach **x**]\n|A|\n|-|",
        (a("Davor"), Texttabelle(titel=(*zeile("Nach "), FETT), kopf=(zeile("A"),), zeilen=())),
    ),
    "title of a table behind an empty line": (
        "[Tabelle: T]\n\n|A|\n|-|",
        (Texttabelle(titel=zeile("T"), kopf=(zeile("A"),), zeilen=()),),
    ),
    "title of a table in a list": (
        "- a\n\n  [Tabelle: T]\n  |A|\n  |-|",
        (liste((a("a"), Texttabelle(titel=zeile("T"), kopf=(zeile("A"),), zeilen=()))),),
    ),
    "title without a table": ("[Tabelle: T]\n\nDanach", (a("[Tabelle: T]"), a("Danach"))),
    "title that says nothing": (
        "[Tabelle: ]\n\n|A|\n|-|",
        (a("[Tabelle: ]"), Texttabelle(kopf=(zeile("A"),), zeilen=())),
    ),
    "words before a table that are no title": (
        "Tabelle: T\n|A|\n|-|",
        (a("Tabelle: T"), Texttabelle(kopf=(zeile("A"),), zeilen=())),
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
    "8. Februar 2016 beschloss der Rat das Konzept.",
    "1. Mai",
    "3. Okt. 2017 bis 4. Nov. 2017",
    "8. Februar\n3. März",
    "1. Mai\n1. Juni",
    "8. Februar\n9. Februar\n10. Februar",
    "Der Rat beschloss am\n1. April 2016\neinstimmig.",
    "2. Sachstandsbericht",
    "2. Quartal 2018",
    "1. Vorsitzende: Frau Weber",
    "1. Bürgermeisterin\n1. Beigeordneter",
    "1. Preis für den\n3. Platz",
    "2016) Das war",
    "1. - 5. Mai 2016: Woche",
    "20. - 22. September",
    "3. - 4. Klasse\n4. - 5. Klasse",
    "1. + 2. Klasse",
    "01. Sprache\n02. Bildung",
    "007. x",
    "b) x",
    "z) x\n\nb) y",
    "vgl) x",
    "i.d.R.) x",
    "§) x",
    "a. x",
    "(1) x",
    "(a) x\n(b) y",
    "B) Teil",
]


@pytest.mark.parametrize(("text", "erwartet"), DIALEKT.values(), ids=DIALEKT)
def test_dialect(text, erwartet):
    assert lies_text(text) == erwartet


@pytest.mark.parametrize("text", BLEIBT_TEXT)
def test_what_is_no_markup_stays_as_it_is(text):
    assert lies_text(text) == tuple(a(absatz) for absatz in text.split("\n\n"))


@pytest.mark.parametrize(
    ("text", "bloecke"),
    [
        ("8. **Februar** 2016", (a("8. ", Lauf(text="Februar", fett=True), " 2016"),)),
        ("- 8. Februar\n- 2. Bericht", (liste("8. Februar", "2. Bericht"),)),
        ("1. a\n2. b\n8. Februar", (liste("a", "b", start=1), a("8. Februar"))),
        ("- a\n- b\n2. Bericht\nund mehr", (liste("a", "b"), a("2. Bericht\nund mehr"))),
        ("- a\n3. - 4. Klasse", (liste("a"), a("3. - 4. Klasse"))),
        (
            "1. A\n- x\n- y\n2. B\n- z",
            (liste("A", start=1), liste("x", "y"), liste("B", start=2), liste("z")),
        ),
        ("- 1. Mai\n  2. Mai", (liste("1. Mai\n2. Mai"),)),
        (
            "1. A\n  a) x\n  b) y\n2. B",
            (liste("A", start=1), liste("x", "y", start=1, zaehlung="a"), liste("B", start=2)),
        ),
        ("1. 2. Quartal\n2. 3. Quartal", (liste("2. Quartal", "3. Quartal", start=1),)),
        ("1. Januar\n\n   Text", (a("1. Januar"), a("Text"))),
        ("#### 2. Halbjahr", (Zwischentitel(laeufe=zeile("2. Halbjahr")),)),
        ("|2. Halbjahr|a) x|\n|-|-|\n|8. Februar|b) y|", (
            Texttabelle(kopf=(zeile("2. Halbjahr"), zeile("a) x")), zeilen=((zeile("8. Februar"), zeile("b) y")),)),
        )),
        ("a) x | b\n---|---\nc) y|d", (
            Texttabelle(kopf=(zeile("a) x"), zeile("b")), zeilen=((zeile("c) y"), zeile("d")),)),
        )),
    ],
)  # fmt: skip
def test_a_date_or_an_ordinal_at_the_beginning_of_a_line_stays_there(text, bloecke):
    assert lies_text(text) == bloecke


def test_a_number_that_is_no_item_costs_a_few_readings_at_most(monkeypatch):
    gelesen = []
    parse = lesen._markdown.parse
    monkeypatch.setattr(lesen._markdown, "parse", lambda text: gelesen.append(text) or parse(text))
    text = "\n".join(
        f"{n}. {'- ' * (n % 3)}{'a) ' * (n % 2)}x\n\n  z) y" for n in (*range(9, 2, -1), *range(300, 200, -7))
    )
    bloecke = lesen.lies(text)
    assert len(gelesen) <= lesen.LESARTEN
    assert woerter(gezeigt(bloecke)) == woerter(text)


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
            case Liste(punkte=punkte):
                for i, punkt in enumerate(punkte):
                    teile += [block.zeichen(i), gezeigt(punkt.bloecke)]
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


def test_a_text_that_takes_many_readings_keeps_its_dates():
    text = "Text\n4) x\n  - y\n2. x\n3. Mai\n2. x\n   2. z\n\n8. Februar 2016 beschloss"
    assert lies_text(text)[-1] == a("8. Februar 2016 beschloss")


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
    "caption",
    "colgroup",
    "col",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "span",
}


@given(TEXTE)
@example("**a & b\nc <d>**")
@example("[a & b](https://a.example/?b&c)")
def test_nothing_typed_becomes_an_element_of_the_page(text):
    bloecke = lies_text(text)
    html = VORLAGE.render(Context({"text": bloecke}))
    assert "<!" not in html
    seite = fabrik.seite_von(html)
    for knoten in seite.iter():
        assert knoten.tag in ERLAUBT
        assert set(knoten.attrib) <= {"class", "href", "start", "type", "scope"}
        assert knoten.get("type", "a") in ZAEHLUNGEN
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


@pytest.mark.parametrize(
    ("text", "offen"), [("|A|\n|-|\n|B|C|", "tr_open"), ("1. Erstens\n2. Zweitens", "list_item_open")]
)
def test_where_the_parser_tells_no_line_nothing_is_lost_silently(monkeypatch, text, offen):
    parse = lesen._markdown.parse

    def ohne_zeilen(*werte):
        zeichen = parse(*werte)
        for teil in zeichen:
            teil.map = None if teil.type == offen else teil.map
        return zeichen

    monkeypatch.setattr(lesen._markdown, "parse", ohne_zeilen)
    with pytest.raises(TypeError, match="does not say in which line"):
        lesen.lies(text)
