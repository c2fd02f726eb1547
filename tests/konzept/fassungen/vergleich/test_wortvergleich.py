"""Word by word: both texts can be read out of the difference, and it reads well."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konzept.dokument.baum import Lauf
from konzept.fassungen.vergleich.aenderungsmarken import alter_text, neuer_text
from konzept.fassungen.vergleich.wortvergleich import NEU, WEG, ganz, markiere, markiere_laeufe
from konzept.fliesstext.bloecke import verschmolzen

WOERTER = st.sampled_from(["Stadt", "und", "Kurse", "für", "alle", "1.250", "€", ",", ".", " ", "\n", "Bürger*innen"])
TEXTE = st.one_of(st.lists(WOERTER, max_size=30).map("".join), st.text(max_size=40))
TEXTE = TEXTE.map(lambda text: text.translate(dict.fromkeys(range(0xFDD0, 0xFDD4))))
LAEUFE = st.lists(
    st.builds(Lauf, text=TEXTE, fett=st.booleans(), kursiv=st.booleans(), ziel=st.sampled_from(["", "#a", "#b"])),
    max_size=4,
).map(tuple)


def lesbar(text: str) -> str:
    return text.translate({0xFDD0: "[-", 0xFDD1: "-]", 0xFDD2: "[+", 0xFDD3: "+]"})


@pytest.mark.parametrize(
    ("alt", "neu", "erwartet"),
    [
        ("Kurse für alle", "Kurse für alle", "Kurse für alle"),
        ("Kurse für alle", "Neue Kurse für alle", "[+Neue +]Kurse für alle"),
        ("Kurse für alle Kinder", "Kurse für Kinder", "Kurse für [-alle -]Kinder"),
        ("ab 2018 für 1.250 €", "ab 2018 für 1.500 €", "ab 2018 für [-1.250-][+1.500+] €"),
        ("Das Amt berät.", "Das Amt berät und hilft.", "Das Amt berät[+ und hilft+]."),
        ("Die Bürger*innen der Stadt", "Die Bürger:innen der Stadt", "Die [-Bürger*innen-][+Bürger:innen+] der Stadt"),
        ("", "Neu", "[+Neu+]"),
        ("Alt", "", "[-Alt-]"),
    ],
)
def test_a_change_of_some_words(alt, neu, erwartet):
    assert lesbar(markiere(alt, neu)) == erwartet


def test_a_rewritten_sentence_is_not_cut_into_confetti():
    alt = "Das Jugendamt lädt die Eltern im Herbst zu einem Abend in das Rathaus ein"
    neu = "Im Frühjahr besucht die Fachstelle alle Schulen und spricht dort mit den Eltern"
    assert lesbar(markiere(f"{alt}.", f"{neu}.")) == f"[-{alt}-][+{neu}+]."


def test_a_few_equal_words_amid_changes_belong_to_the_change():
    alt = "Zuständig ist das Sozialamt mit der Fachstelle sowie der Volkshochschule im Rathaus."
    neu = "Zuständig ist ein Verein mit dem Jugendzentrum oder einer Schule im Rathaus."
    assert lesbar(markiere(alt, neu)) == (
        "Zuständig ist [-das Sozialamt mit der Fachstelle sowie der Volkshochschule-]"
        "[+ein Verein mit dem Jugendzentrum oder einer Schule+] im Rathaus."
    )


@given(TEXTE, TEXTE)
def test_both_texts_come_back_exactly(alt, neu):
    markiert = markiere(alt, neu)
    assert (alter_text(markiert), neuer_text(markiert)) == (alt, neu)


@given(LAEUFE, LAEUFE)
def test_both_runs_come_back_with_their_emphasis_and_links(alt, neu):
    markiert = markiere_laeufe(alt, neu)
    for seite, erwartet in ((alter_text, alt), (neuer_text, neu)):
        gelesen = (Lauf(text=seite(lf.text), fett=lf.fett, kursiv=lf.kursiv, ziel=lf.ziel) for lf in markiert)
        assert verschmolzen(gelesen) == verschmolzen(erwartet)


def test_other_emphasis_is_a_change():
    alt, neu = (Lauf(text="Kurse "), Lauf(text="für alle")), (Lauf(text="Kurse "), Lauf(text="für alle", fett=True))
    assert [(lesbar(lauf.text), lauf.fett) for lauf in markiere_laeufe(alt, neu)] == [
        ("Kurse ", False),
        ("[-für alle-]", False),
        ("[+für alle+]", True),
    ]


def test_signs_that_would_be_marks_are_not_taken_over():
    falsch = "\ufdd0weg\ufdd1 \ufdd2neu\ufdd3"
    assert markiere(falsch, falsch) == "weg neu"
    assert [lauf.text for lauf in markiere_laeufe((Lauf(text=falsch),), (Lauf(text=falsch),))] == ["weg neu"]
    assert [lesbar(lauf.text) for lauf in ganz((Lauf(text=falsch),), WEG)] == ["[-weg neu-]"]
    assert [lesbar(lauf.text) for lauf in ganz((Lauf(text=falsch),), NEU)] == ["[+weg neu+]"]
