"""What is equal to the eye, what finds what, and how names are ordered."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konzept.druckschriften import OHNE_ZEICHEN
from konzept.schreibweise import (
    gefaltet,
    hat_sichtbares,
    namensschluessel,
    normales_html,
    normalform,
    ordnung,
    umlautformen,
    wie_gesehen,
    zeilenform,
)

TEXTE = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
DEUTSCHE = st.text("abzABZäöüÄÖÜßẞéøł 0129-.„“\u00ad\u0308\ufb01\u200b", max_size=20)


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("text", "gespeichert"),
    [
        (nfd("Förderung"), "Förderung"),
        ("\ufb01nanzielle Ho\ufb00nung, Sti\ufb05", "finanzielle Hoffnung, Stist"),
        ("\ufeffKita\u200b\u2060", "Kita"),
        ("Förderung", "Förderung"),
        ("20\u00a0%, m², ½, Straße", "20\u00a0%, m², ½, Straße"),  # all that is to be seen stays
        ("نمی\u200cدانم 👩\u200d🚒", "نمی\u200cدانم 👩\u200d🚒"),
        ("Integrations\u00adkonzept", "Integrations\u00adkonzept"),
        ("eins\r\nzwei\rdrei\n", "eins\nzwei\ndrei\n"),
    ],
)
def test_what_looks_the_same_is_stored_in_one_spelling(text, gespeichert):
    assert normalform(text) == gespeichert


def test_a_line_keeps_no_soft_hyphen():
    assert zeilenform("Büche\u00adrei") == "Bücherei"
    assert zeilenform("Bu\u00ad\u0308cherei") == "Bücherei"


@given(TEXTE | DEUTSCHE)
def test_what_is_stored_is_stored_the_same_again_and_looks_as_it_was_typed(text):
    for form in (normalform, zeilenform):
        einmal = form(text)
        assert form(einmal) == einmal
        assert unicodedata.is_normalized("NFC", einmal)
        assert wie_gesehen(einmal) == wie_gesehen(text)
        assert hat_sichtbares(einmal) == hat_sichtbares(text)


def test_no_letter_of_a_text_joins_with_the_tag_beside_it():
    solidus = "\u0338"  # makes "≯" of ">"
    assert normales_html(f"<b>{nfd('ä')}</b>{solidus}x") == f"<b>ä</b>{solidus}x"


def test_of_what_the_print_leaves_out_there_is_nothing_to_be_seen():
    weggelassen = [*filter(OHNE_ZEICHEN.fullmatch, map(chr, range(sys.maxunicode + 1)))]
    assert len(weggelassen) > 300
    assert [*filter(hat_sichtbares, weggelassen)] == []
    assert hat_sichtbares("👩🏽")


LEERE = ["", " ", "\u200b", "\u00ad", "\u2060\ufeff\u200e", "\u3164", "\u2800", "\u0308", "\x01"]


@pytest.mark.parametrize("text", LEERE)
def test_of_these_nothing_is_to_be_seen(text):
    assert not hat_sichtbares(text)


@pytest.mark.parametrize("text", ["5", "ä", nfd("ä"), "-", "\u200bA", "الأمل", "👩\u200d🚒"])
def test_of_these_there_is(text):
    assert hat_sichtbares(text)


@pytest.mark.parametrize(
    ("eins", "anderes"),
    [(nfd("Förderung"), "Förderung"), ("Integra\u00adtion", "Integration"), ("§\u00a05", "§ 5"), ("\ufb01x", "fix")],
)
def test_a_reader_cannot_tell_these_apart(eins, anderes):
    assert wie_gesehen(eins) == wie_gesehen(anderes)


@pytest.mark.parametrize(
    ("eins", "anderes"), [("Caritas", "caritas"), ("Straße", "Strasse"), ("Bücherei", "Buecherei"), ("m²", "m2")]
)
def test_a_reader_can_tell_these_apart(eins, anderes):
    assert wie_gesehen(eins) != wie_gesehen(anderes)


@pytest.mark.parametrize(
    ("eins", "anderes"),
    [
        ("Caritas", "CARITAS"),
        ("Bücherei", nfd("bücherei")),
        ("Bücherei", "Buecherei"),
        ("Straßenverein", "Strassenverein"),
        ("Café Welt", " cafe  welt\u00ad"),
        ("Café\u00a0Welt", "Café Welt"),
        ("O\ufb03ce", "office"),
        ("Ἀθήνα", "αθηνα"),
        ("שָׁלוֹם", "שלום"),
        ("مُحَمَّد", "محمد"),
        ("❤\ufe0f", "❤"),
        (nfd("Юрий"), "ЮРИЙ"),
        ("ファミリー", "ﾌｧﾐﾘｰ"),
    ],
)
def test_these_are_one_name(eins, anderes):
    assert namensschluessel(eins) == namensschluessel(anderes)


ANDERE_SCHRIFTEN = [
    ("कुल", "कल"),
    ("กิน", "กน"),
    ("தமிழ்", "தமிழ"),
    ("Юрий", "Юрии"),
    ("їжа", "іжа"),
    ("がく", "かく"),
    ("سأل", "سال"),
    ("កុំ", "ក"),
]
"""What looks like an accent there makes another letter."""


@pytest.mark.parametrize(
    ("eins", "anderes"),
    [("Brüder", "Bruder"), ("Amt 5", "Amt 51"), ("A-B", "A B"), ("", "A"), *ANDERE_SCHRIFTEN],
)
def test_these_are_two(eins, anderes):
    assert namensschluessel(eins) != namensschluessel(anderes)


@given(TEXTE)
def test_what_looks_the_same_has_one_key_and_is_found_alike(text):
    assert namensschluessel(text) == namensschluessel(nfd(text)) == namensschluessel(normalform(text))
    assert gefaltet(text) == gefaltet(nfd(text))


def test_what_is_folded_stays_as_it_is():
    for zeichen in map(chr, range(sys.maxunicode + 1)):
        assert gefaltet(gefaltet(zeichen)) == gefaltet(zeichen)
    assert gefaltet("Ǣ ǽ") == "ae ae"


@given(DEUTSCHE)
def test_the_short_way_to_fold_is_the_long_one(text):
    """A sign outside of the code page leads the whole text through the other branch."""
    assert gefaltet(f"{text} \u4e2d") == f"{gefaltet(text)} \u4e2d"


@given(st.characters(codec="cp1252"))
def test_so_it_is_for_every_sign_of_the_code_page(zeichen):
    assert gefaltet(f"{zeichen} \u4e2d") == f"{gefaltet(zeichen)} \u4e2d"


def test_a_word_is_sought_with_its_umlauts_in_either_form():
    assert umlautformen("Förderung") == ["forderung", "foerderung"]
    assert umlautformen("Foerderung") == ["foerderung", "forderung"]
    assert umlautformen("Kurs") == ["kurs"]


REIHE = ["9", "51", "51.2", "51.10", "amt", "Amt 9", "Amt 51", "Ämterrunde", "Apfel", "Äpfel", "„Brücke“", "Ökumene"]
REIHE += ["Strasse", "Straße", "Žižka", "Zoo"]


def test_names_stand_as_in_a_german_dictionary():
    assert sorted(sorted(REIHE, reverse=True), key=ordnung) == REIHE


def test_a_number_has_its_place_by_its_value_however_long_it_is():
    assert sorted(["9" * 11, "1" + "0" * 11, "007", "8"], key=ordnung) == ["007", "8", "9" * 11, "1" + "0" * 11]
