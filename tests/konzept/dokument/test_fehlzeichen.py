"""Signs: what the fonts have prints as it is, what none has is named beforehand and replaced."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from konzept.dokument import baum, fehlzeichen, ressourcen

NAMEN = [
    "Çakal-Rasch",
    "Šabić",
    "Łukasz Żółć",
    "Владимир Ґалаґан",
    "Nguyễn Thị Hường",
    "محمد علي",
    "Ελένη",
    "שרה",
    "ნინო",
]


def dokument(text="", **werte) -> baum.Dokument:
    absatz = baum.Absatz(rn=1, laeufe=(baum.Lauf(text=text),))
    unten = baum.Kapitel(anker="abschnitt-2", nummer="1.1", titel="Darin", teile=(absatz,))
    return baum.Dokument(
        **{
            "kommune": baum.Kommune(slug="o", name="Stadt O", kurzname="O", art="stadt"),
            "slug": "k",
            "titel": "Konzept",
            "kapitel": (baum.Kapitel(anker="abschnitt-1", nummer="1", titel="Kapitel", kapitel=(unten,)),),
            **werte,
        }
    )


@pytest.mark.parametrize(
    "text", [*NAMEN, "ნინო", "≠ ≤ ≥ ≈ ± × ✓ ✗ ☐ ☑ → ← • ▪ – — … „“ »« § € ² ½", "a\u00a0b\u202fc\u2011d"]
)
def test_what_the_fonts_have_stays(text):
    assert fehlzeichen.ersetze(text) == text
    assert fehlzeichen.fehlende_zeichen(dokument(text)) == []


@pytest.mark.parametrize(
    ("text", "gedruckt"),
    [
        ("a\u0308u\u0308 e\u0301", "äü é"),
        ("Fuchs 🦊!", "Fuchs \ufffd!"),
        ("Familie 👩‍👩‍👧 da", "Familie \ufffd da"),
        ("Flagge 🇩🇪🇹🇷.", "Flagge \ufffd\ufffd."),
        ("Hand 🤝🏽 drauf", "Hand \ufffd drauf"),
        ("erledigt ✔️", "erledigt ✔"),
        ("\uf0b7 aus Word \uf0a8", "• aus Word ☐"),
        ("privat \ue123", "privat \ufffd"),
        ("中文", "\ufffd\ufffd"),
        ("Zeile\x0bneu\u2028und weiter", "Zeile\nneu\nund weiter"),
        ("Glocke\x07", "Glocke\ufffd"),
        ("\ufeffAnfang", "Anfang"),
        ("Silben\u00adtrennung", "Silben\u00adtrennung"),
    ],
)
def test_what_is_printed_instead(text, gedruckt):
    assert fehlzeichen.ersetze(text) == gedruckt


def test_what_stands_for_signs_of_word_can_be_printed():
    assert {z for z in fehlzeichen.AUS_WORD.values() if z not in fehlzeichen.grundvorrat()} == set()


def test_missing_signs_are_named_with_their_place():
    unterhalb = "Ein langer Satz davor, nicht ganz gezeigt: das Zeichen 🦊 steht hier mitten im Text des Absatzes."
    fehlend = fehlzeichen.fehlende_zeichen(dokument(unterhalb, untertitel="Auch 中 hier"))
    assert [(f.zeichen, f.stelle, f.anker) for f in fehlend] == [
        ("中", "Deckblatt", ""),
        ("🦊", "1.1 Darin", "abschnitt-2"),
    ]
    assert fehlend[1].name == "U+1F98A FOX FACE"
    assert "das Zeichen \ufffd steht" in fehlend[1].auszug
    assert len(fehlend[1].auszug) < 70
    assert str(fehlend[0]) == "U+4E2D CJK UNIFIED IDEOGRAPH-4E2D, Deckblatt: „Auch \ufffd hier“"


def test_place_is_the_measure_in_which_a_sign_stands():
    tabelle = baum.Massnahmentabelle(
        abschnitte=(
            baum.Tabellenabschnitt(
                titel="",
                massnahmen=(baum.Massnahme(anker="massnahme-7", rn=1, nummer="1", kennung="1-1", titel="\ue000"),),
            ),
        )
    )
    kapitel = baum.Kapitel(anker="handlungsfeld-1", nummer="4.1", titel="Feld", teile=(tabelle,))
    (fehlend,) = fehlzeichen.fehlende_zeichen(dokument(kapitel=(kapitel,)))
    assert (fehlend.anker, fehlend.stelle, fehlend.name) == ("massnahme-7", "4.1 Feld", "U+E000 PRIVATE USE")


@pytest.mark.parametrize(
    ("text", "worte"),
    [
        ("Grün", ""),
        ("🦊 und 🦊", "Für dieses Zeichen hat der Druck keine Schrift: „🦊“"),
        ("中", "Für dieses Zeichen hat der Druck keine Schrift: „中“ (chinesisches Schriftzeichen)"),
        ("中文 が", "keine Schrift: „中文“ (chinesische Schriftzeichen) und „が“ (japanisches Schriftzeichen)"),
        ("👩‍👩‍👧", "Für dieses Zeichen hat der Druck keine Schrift: „👩‍👩‍👧“"),
        ("\ue123", "ein Zeichen aus einer Symbolschrift (U+E123)"),
        ("\x07", "ein unsichtbares Zeichen (U+0007)"),
        ("一二三四五六七八九十", "„一二三四五六七八“ (chinesische Schriftzeichen) und 2 weitere"),
    ],
)
def test_a_person_understands_which_signs_are_meant(text, worte):
    satz = fehlzeichen.satz(fehlzeichen.fehlende(text))
    assert worte in satz
    assert bool(satz) == bool(worte)


def test_the_same_sign_is_named_once_for_each_place():
    assert len(fehlzeichen.fehlende_zeichen(dokument("🦊 und 🦊 und 🐺"))) == 2


def test_printable_tree_keeps_what_is_not_read():
    d = dokument("中", slug="k", kommune=baum.Kommune(slug="中", name="中", kurzname="O", art="stadt", wappen="中.png"))
    neu = fehlzeichen.druckbar(d)
    assert (neu.kommune.slug, neu.kommune.wappen, neu.kommune.name) == ("中", "中.png", "\ufffd")
    assert neu.kapitel[0].kapitel[0].anker == "abschnitt-2"
    assert fehlzeichen.fehlende_zeichen(neu) == []


def test_tree_without_missing_signs_stays_the_same_object():
    d = dokument("Grün ist die Hoffnung.")
    assert fehlzeichen.druckbar(d) is d


@pytest.mark.django_db
def test_examples_lack_no_sign(beispiele):
    assert [str(zeichen) for d in beispiele.values() for zeichen in fehlzeichen.fehlende_zeichen(d)] == []


@given(st.text())
def test_nothing_is_printed_that_no_font_has(text):
    gedruckt = fehlzeichen.ersetze(text)
    assert set(gedruckt) <= fehlzeichen.vorrat()
    assert fehlzeichen.ersetze(gedruckt) == gedruckt
    assert bool(fehlzeichen.fehlende_zeichen(dokument(text))) == (gedruckt.count("\ufffd") > text.count("\ufffd"))


def test_style_sheet_declares_the_fonts_that_are_checked():
    css = ressourcen.datei("static:css/druck.css").read_text()
    genannt = set(ressourcen.URL.findall(css))
    assert genannt == {f"static:{name}" for familie in fehlzeichen.FAMILIEN for name in familie}


def test_every_font_is_whole():
    for familie in fehlzeichen.FAMILIEN:
        for name in familie:
            typ, inhalt = ressourcen.inhalt(f"static:{name}")
            assert typ in {"font/woff", "font/woff2"}
            assert inhalt[:4] in {b"\x00\x01\x00\x00", b"OTTO"}


def test_tree_survives_being_made_printable():
    d = dokument("ä\u0308" + "🦊")
    assert msgspec.json.decode(baum.als_json(fehlzeichen.druckbar(d)), type=baum.Dokument)
