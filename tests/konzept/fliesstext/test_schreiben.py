"""Blocks as dialect: what is written reads as the same blocks, and what was typed prints as typed."""

import pytest
import yaml
from django.conf import settings
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import structs

from konzept.fliesstext import Absatz, Lauf, Liste, Punkt, Texttabelle, Zwischentitel, klartext, lies_text, schreibe
from konzept.fliesstext.bloecke import verschmolzen
from tests.konzept.fliesstext.texte import TEXTE


def a(*laeufe) -> Absatz:
    return Absatz(laeufe=tuple(Lauf(text=lauf) if isinstance(lauf, str) else lauf for lauf in laeufe))


def fett(text: str) -> Lauf:
    return Lauf(text=text, fett=True)


def kursiv(text: str) -> Lauf:
    return Lauf(text=text, kursiv=True)


def link(text: str, ziel: str) -> Lauf:
    return Lauf(text=text, ziel=ziel)


def liste(*punkte, start=None, zaehlung="") -> Liste:
    return Liste(
        start=start,
        zaehlung=zaehlung,
        punkte=tuple(Punkt(bloecke=(a(p),) if isinstance(p, str) else p) for p in punkte),
    )


GESCHRIEBEN = {
    "paragraphs": ((a("Eins."), a("Zwei\ndrei.")), "Eins.\n\nZwei\ndrei."),
    "strong": ((a("un", fett("x"), "lich"),), "un**x**lich"),
    "emphasis": ((a("a ", kursiv("x"), " b"),), "a _x_ b"),
    "strong link": ((a(Lauf(text="x", fett=True, ziel="https://a.example")),), "[**x**](https://a.example)"),
    "brackets in an address": ((a(link("x", "https://a.example/b_(c)")),), "[x](<https://a.example/b_(c)>)"),
    "bullets in bullets": ((liste((a("a"), liste("b", "c")), "d"),), "- a\n  - b\n  - c\n- d"),
    "numbers": ((liste("a", "b", start=9),), "9. a\n10. b"),
    "two lists": ((liste("a"), liste("b")), "- a\n\n* b"),
    "numbers that count on in another list": (
        (liste("a", "b", start=1), liste("c", "d", start=3)),
        "1. a\n2. b\n\n3) c\n4) d",
    ),
    "a list of one item beside others": (
        (liste("a", "b", start=1), liste("c", "d", start=3), liste("e", start=5)),
        "1) a\n2) b\n\n3. c\n4. d\n\n5) e",
    ),
    "letters": (
        (liste("a", (a("b"), liste("c", start=1, zaehlung="I")), start=1, zaehlung="a"),),
        "a) a\nb) b\n   I) c",
    ),
    "months as items": ((liste("Januar", "Februar", start=1),), "1) Januar\n2) Februar"),
    "a date": ((a("8. Februar 2016"), a("am\n1. Mai")), "8. Februar 2016\n\nam\n1. Mai"),
    "an ordinal": ((a("2. Sachstandsbericht"), a("x")), "2. Sachstandsbericht\n\nx"),
    "ordinals that would read as a list": ((a("1. a\n2. b"), a("7. c")), "1\\. a\n2\\. b\n\n7. c"),
    "an ordinal behind a list": ((liste("a", "b", start=1), a("3. c")), "1. a\n2. b\n\n3\\. c"),
    "a letter": ((a("a) x"), a("b) y")), "a\\) x\n\nb\\) y"),
    "paragraphs of an item": ((liste((a("a"), a("b"))),), "- a\n\n  b"),
    "sub-heading": ((Zwischentitel(laeufe=(Lauf(text="A #"),)), a("b")), "#### A \\#\n\nb"),
    "table": (
        (Texttabelle(kopf=((Lauf(text="A"),), ()), zeilen=(((fett("b|c"),), (Lauf(text="d"),)),)),),
        "| A |  |\n|---|---|\n| **b\\|c** | d |",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("bloecke", "text"), GESCHRIEBEN.values(), ids=GESCHRIEBEN)
def test_blocks_are_written_as_people_write(bloecke, text):
    assert schreibe(bloecke) == text
    assert lies_text(text) == bloecke


@pytest.mark.parametrize(
    "text",
    [
        *("*x*", "**x**", "_x_", "__x__", "# x", "#### x", "#", "- x", "-", "+ x", "* x", "1. x", "3) x", "2016. x"),
        *("[x](https://a.example)", "[x]", "![x](https://a.example)", "x ]( y", "|a|\n|-|", "a\n---", "a\n:-:"),
        *("a | b\n--- | ---", "|", "||", "***", "___", "---", "Bürger*innen", "Kolleg_innen", "a_", "<b>x</b>"),
        *("&amp;", "`x`", "> x", "\\", "\\*", "a\\", "a\\\nb", "C:\\Ordner\\_neu"),
        *("12) 3. x\n1. y", "1999)", "1999)\nx", "a\n# b\n- c\n1. d"),
        *("8. Februar", "1. Mai\n2. Mai", "2. Bericht", "1. a\n2. b", "a) x", "a) x\nb) y", "iv) x", "1. a) x", "a. b"),
    ],
)
def test_signs_of_the_dialect_print_as_typed(text):
    def laeufe(ort):
        return (Lauf(text=text if ort == "absatz" else text.replace("\n", " ")),)

    for block in (
        Absatz(laeufe=laeufe("absatz")),
        liste((Absatz(laeufe=laeufe("absatz")), liste((Absatz(laeufe=laeufe("absatz")),), start=7))),
        Zwischentitel(laeufe=laeufe("titel")),
        Texttabelle(kopf=(laeufe("zelle"), ()), zeilen=(((), laeufe("zelle")),)),
        a(fett("x "), Lauf(text="y", fett=True, kursiv=True), f" {text}"),
    ):
        assert lies_text(schreibe((block,))) == (block,)


def test_the_star_of_gender_needs_no_backslash():
    assert schreibe((a("Bürger*innen und Kolleg_innen (siehe [1]), 5 * 3"),)) == (
        "Bürger*innen und Kolleg_innen (siehe [1]), 5 \\* 3"
    )


NAECHSTES = {
    "emphasis inside a word takes the word": (a("un", kursiv("glück"), "lich"), a(kursiv("unglücklich"))),
    "white space at the edge of strong text": (a("a", fett(" b "), "c"), a("a ", fett("b"), " c")),
    "a break in a heading": (Zwischentitel(laeufe=(Lauf(text="a\nb"),)), Zwischentitel(laeufe=(Lauf(text="a b"),))),
}


@pytest.mark.parametrize(("gemeint", "gelesen"), NAECHSTES.values(), ids=NAECHSTES)
def test_what_the_dialect_cannot_say_becomes_the_nearest(gemeint, gelesen):
    assert lies_text(schreibe((gemeint,))) == (gelesen,)


def test_a_very_long_list_of_emphasised_letters_keeps_its_text():
    bloecke = (a(*(kursiv(z) if i % 2 else z for i, z in enumerate("abcdefghij" * 50))),)
    assert "".join(klartext(b.laeufe) for b in lies_text(schreibe(bloecke))) == "abcdefghij" * 50


# Any text


def ohne_marken(text):
    """Blocks whose runs lost strong and emphasis."""

    def schlicht(laeufe):
        gleich = [structs.replace(lauf, fett=False, kursiv=False) for lauf in laeufe]
        zusammen = []
        for lauf in gleich:
            if zusammen and zusammen[-1].ziel == lauf.ziel:
                zusammen[-1] = structs.replace(lauf, text=zusammen[-1].text + lauf.text)
            else:
                zusammen.append(lauf)
        return tuple(zusammen)

    def block(b):
        match b:
            case Liste(punkte=punkte):
                return structs.replace(b, punkte=tuple(Punkt(bloecke=ohne_marken(p.bloecke)) for p in punkte))
            case Texttabelle(kopf=kopf, zeilen=zeilen):
                reihen = tuple(tuple(map(schlicht, reihe)) for reihe in zeilen)
                return Texttabelle(kopf=tuple(map(schlicht, kopf)), zeilen=reihen)
        return structs.replace(b, laeufe=schlicht(b.laeufe))

    return tuple(map(block, text))


@given(TEXTE)
@example("**a\n- b** c\n  1. x\n\n3) **y _z_**")
@example("un**x**lich *a*\n| a\\|b |c\n|-|-|\n| **\\|** ||x")
def test_everything_that_can_be_read_can_be_written(text):
    bloecke = lies_text(text.encode(errors="replace").decode())
    assert ohne_marken(lies_text(schreibe(bloecke))) == ohne_marken(bloecke)


WORT = st.text("abcäöß*_[]()#|<>&\\.-1", min_size=1, max_size=8)
ZIELE = st.sampled_from(["", "", "", "https://a.example/b?c=d&e", "mailto:a@b.example", "https://a.example/(x)"])
LAEUFE = st.lists(
    st.builds(Lauf, text=WORT, fett=st.booleans(), kursiv=st.booleans(), ziel=ZIELE), min_size=1, max_size=4
)


def mit_abstand(laeufe):
    """Runs parted by plain spaces, as when whole words are marked."""
    return tuple(teil for lauf in laeufe for teil in (Lauf(text=" "), lauf))[1:]


ABSAETZE = st.builds(Absatz, laeufe=LAEUFE.map(mit_abstand))
TITEL = st.builds(Zwischentitel, laeufe=LAEUFE.map(mit_abstand))
TABELLEN = st.integers(1, 3).flatmap(
    lambda n: st.lists(st.tuples(*[LAEUFE.map(mit_abstand)] * n), min_size=1, max_size=3).map(
        lambda reihen: Texttabelle(kopf=reihen[0], zeilen=tuple(reihen[1:]))
    )
)
BLOECKE = st.recursive(
    st.one_of(ABSAETZE, TITEL, TABELLEN),
    lambda innen: st.builds(
        Liste,
        start=st.none() | st.integers(0, 90),  # with three digits in front, a line is a year
        punkte=st.lists(st.lists(innen, max_size=3).map(lambda b: Punkt(bloecke=tuple(b))), min_size=1, max_size=3).map(
            tuple
        ),
    ),
    max_leaves=6,
)


def zusammengefasst(text):
    """Blocks as reading would give them: runs of equal style that meet are one."""

    def block(b):
        match b:
            case Liste(punkte=punkte):
                return structs.replace(b, punkte=tuple(Punkt(bloecke=zusammengefasst(p.bloecke)) for p in punkte))
            case Texttabelle(kopf=kopf, zeilen=zeilen):
                reihen = tuple(tuple(map(verschmolzen, reihe)) for reihe in zeilen)
                return Texttabelle(kopf=tuple(map(verschmolzen, kopf)), zeilen=reihen)
        return structs.replace(b, laeufe=verschmolzen(b.laeufe))

    return tuple(map(block, text))


@given(st.lists(BLOECKE, max_size=4).map(tuple))
def test_whole_words_keep_every_mark(bloecke):
    bloecke = zusammengefasst(bloecke)
    assert lies_text(schreibe(bloecke)) == bloecke


def texte_der_beispiele():
    def sammle(wert):
        match wert:
            case str():
                yield wert
            case dict():
                yield from (text for teil in wert.values() for text in sammle(teil))
            case list():
                yield from (text for teil in wert for text in sammle(teil))

    for datei in sorted((settings.BASE_DIR / "fixtures").glob("*.yaml")):
        yield from sammle(yaml.safe_load(datei.read_text()))


def test_every_text_of_the_examples_goes_there_and_back():
    texte = {text for text in texte_der_beispiele() if "\n" in text or "*" in text or "_" in text or "[" in text}
    assert len(texte) > 50
    for text in texte:
        bloecke = lies_text(text)
        assert lies_text(schreibe(bloecke)) == bloecke
