"""Replacing one piece of a text: nothing else changes, whatever the text."""

from hypothesis import example, given

from konzept.beratung.textstuecke import stuecke
from konzept.dokument.baum import texte
from konzept.fliesstext import Lauf, lies_text, schreibe
from konzept.fliesstext.bloecke import stil
from tests.konzept.fliesstext.texte import TEXTE, woerter


def zeichen(knoten):
    """Each letter and digit with its emphasis and link, in order."""
    if isinstance(knoten, Lauf):
        yield from ((z, stil(knoten)) for z in woerter(knoten.text))
    elif isinstance(knoten, tuple):
        for teil in knoten:
            yield from zeichen(teil)
    elif not isinstance(knoten, str):  # what a column is aligned to
        for feld in knoten.__struct_fields__:
            if isinstance(wert := getattr(knoten, feld), tuple):
                yield from zeichen(wert)


@given(TEXTE)
@example("_0__")
@example("**a** [b](https://c.example)\nd\n\n- e **f**\n  - g\n\n    h\n- i\n\n| j | |\n|---|---|\n| *k* | l |")
@example("[Tabelle: **m**]\n| j | |\n|---|---:|\n| *k* | l |")
def test_a_piece_replaced_by_itself_changes_nothing(text):
    bloecke = lies_text(text)
    for stueck in stuecke(bloecke):
        neu = stueck.ersetze(stueck.text)
        assert neu is None or list(zeichen(neu)) == list(zeichen(bloecke))


@given(TEXTE)
@example("**a** b\n\n- c\n- d\n\n[Tabelle: i]\n| e | f |\n|---|---|\n| g | h |")
def test_only_the_piece_is_replaced_and_the_result_can_be_stored(text):
    bloecke = lies_text(text)
    ganzes = "".join(woerter("".join(texte(bloecke))))
    for stueck in stuecke(bloecke):
        neu = stueck.ersetze("Völlig neu")
        if neu is None:
            continue
        weg = "".join(woerter(stueck.text))
        danach = "".join(woerter("".join(texte(neu))))
        davor, gefunden, dahinter = danach.partition("Völligneu")
        assert gefunden
        assert len(davor) + len(weg) + len(dahinter) == len(ganzes)
        assert ganzes.startswith(davor)
        assert ganzes.endswith(dahinter)
        assert woerter("".join(texte(lies_text(schreibe(neu))))) == woerter("".join(texte(neu)))


def test_the_title_of_a_table_is_a_piece_of_its_own_and_keeps_what_columns_are_aligned_to():
    (tabelle,) = lies_text("[Tabelle: Nach **Orten**]\n| A | B |\n|---|---:|\n| c | 1 |")
    gesamt, titel, *_ = stuecke((tabelle,))
    assert gesamt.text == "Nach Orten\nA | B\nc | 1"
    assert titel.text == "Nach Orten"
    erwartet = "[Tabelle: Nach **Stadtteilen**]\n| A | B |\n|---|---:|\n| c | 1 |"
    assert schreibe(titel.ersetze("Nach Stadtteilen")) == erwartet
    assert schreibe(gesamt.ersetze("Nach Stadtteilen\nA | B\nc | 1")) == erwartet
    assert gesamt.ersetze("A | B\nc | 1") is None
