"""The new document with its changes in place: it still says what it says, and shows what it no longer says."""

from itertools import count

import pytest
from msgspec import structs

from konzept.dokument import baum
from konzept.dokument.html import kapitel_html
from konzept.fassungen.vergleich.einarbeitung import markiert
from konzept.fassungen.vergleich.html import als_html, unterschied_html
from konzept.fassungen.vergleich.marken import neuer_text
from konzept.fliesstext.bloecke import Punkt
from tests.fabrik import baum as lies_seite
from tests.fabrik import nach_id, text
from tests.konzept.fassungen.vergleich.baeume import alle_knoten, ersetze

pytestmark = pytest.mark.django_db


def html(dokument: baum.Dokument) -> str:
    return als_html("".join(kapitel_html(kapitel) for kapitel in dokument.kapitel))


ZEICHEN = (
    ('<del><span class="nur-vorlesen">entfernt: </span>', "[-"),
    ('<span class="nur-vorlesen"> (Ende) </span></del>', "-]"),
    ('<ins><span class="nur-vorlesen">eingefügt: </span>', "[+"),
    ('<span class="nur-vorlesen"> (Ende) </span></ins>', "+]"),
)


def zeige(alt, neu) -> str:
    """The text of the page, [-removed-] and [+inserted+] as they stand in <del> and <ins>, white space left out."""
    seite = html(markiert(alt, neu))
    for tag, zeichen in ZEICHEN:
        seite = seite.replace(tag, zeichen)
    assert "<del>" not in seite
    return "".join(text(lies_seite(seite)).split())


def verstuemmelt(knoten, zaehler):
    """Another tree from the same rows: every third string changed, every ninth element gone, every fifth sequence
    turned round."""
    if isinstance(knoten, tuple):
        teile = [verstuemmelt(teil, zaehler) for teil in knoten]
        teile = [t for t in teile if not (getattr(t, "anker", "") and next(zaehler) % 9 == 0)]
        gleichartig = len({type(t) for t in teile}) == 1 and isinstance(teile[0], baum.Massnahme | baum.Kapitel)
        return tuple(reversed(teile) if gleichartig and next(zaehler) % 5 == 0 else teile)
    if isinstance(knoten, str):
        return f"Anders: {knoten}" if knoten and next(zaehler) % 3 == 0 else knoten
    if not isinstance(knoten, baum.Knoten) or isinstance(knoten, baum.Verweis | baum.Kommune):
        return knoten
    if isinstance(knoten, baum.Matrix | baum.Zeitplan | baum.Kostenuebersicht):
        return knoten
    fest = {"anker", "ziel", "art"}
    werte = {n: getattr(knoten, n) for n in knoten.__struct_fields__}
    return type(knoten)(**{n: w if n in fest else verstuemmelt(w, zaehler) for n, w in werte.items()})


def neu_gelesen(knoten):
    """The tree without what was dropped and without marks: what was dropped bears the Randnummer 0."""
    if isinstance(knoten, str):
        return neuer_text(knoten)
    if isinstance(knoten, tuple):
        return tuple(map(neu_gelesen, knoten))
    if isinstance(knoten, baum.Knoten):
        return type(knoten)(**{n: neu_gelesen(getattr(knoten, n)) for n in knoten.__struct_fields__})
    return knoten


def worte(dokument) -> str:
    return "".join("".join(baum.texte(dokument)).split())


def test_without_changes_it_is_the_same_tree(beispiel):
    assert markiert(beispiel, beispiel) == beispiel
    assert markiert(beispiel, beispiel, {}) == beispiel


def test_the_new_side_says_what_the_new_document_says(beispiel):
    """Every element and Randnummer of the new tree is there, in order, and says the same."""
    alt = verstuemmelt(beispiel, count(1))
    gemischt = markiert(alt, beispiel)
    anker = {k.anker for k in alle_knoten(beispiel) if getattr(k, "anker", "") and not isinstance(k, baum.Verweis)}
    for art in (baum.Massnahme, baum.Leitlinie, baum.Handlungsziel, baum.Angebot, baum.Gremium, baum.Matrixzeile):
        vorher = [k for k in alle_knoten(beispiel) if isinstance(k, art)]
        nachher = [neu_gelesen(k) for k in alle_knoten(gemischt) if isinstance(k, art) and k.anker in anker]
        assert [(k.anker, k.rn) for k in nachher] == [(k.anker, k.rn) for k in vorher]
        assert [worte(k) for k in nachher] == [worte(k) for k in vorher]


def test_a_changed_a_new_and_a_dropped_measure_in_the_table(mache):
    alt = mache.dokument(mache.feld(mache.massnahme(1, "Café", zeitraum="2018"), mache.massnahme(2, "Lotsen")))
    neu = mache.dokument(mache.feld(mache.massnahme(1, "Café", zeitraum="2019"), mache.massnahme(3, "Chor", "2")))
    gezeigt = zeige(alt, neu)
    assert "[-2018-][+2019+]" in gezeigt
    assert "[-Lotsen-]" in gezeigt
    assert "[+Chor+]" in gezeigt
    seite = lies_seite(html(markiert(alt, neu)))
    assert nach_id(seite, "massnahme-3").get("data-rn") == "3"
    assert nach_id(seite, "massnahme-2").get("data-rn") is None


def test_what_moved_is_shown_once_where_it_is_now(mache):
    m = mache.massnahme(1, "Café", zeitraum="2018")
    alt = mache.dokument(mache.feld(m, pk=5), mache.feld(mache.massnahme(2, "Chor"), pk=6))
    neu = mache.dokument(
        mache.feld(pk=5), mache.feld(structs.replace(m, zeitraum="2019"), mache.massnahme(2, "Chor"), pk=6)
    )
    gezeigt = zeige(alt, neu)
    assert gezeigt.count("Café") == 1
    assert "[-2018-][+2019+]" in gezeigt


def test_paragraphs_lists_and_tables(mache):
    def dokument(satz, punkt, zelle):
        liste = baum.Liste(punkte=tuple(Punkt(bloecke=mache.text(p)) for p in ("Fester Punkt", punkt)))
        tabelle = baum.Texttabelle(
            kopf=((baum.Lauf(text="Jahr"),), (baum.Lauf(text="Zahl"),)),
            zeilen=(((baum.Lauf(text="2018"),), (baum.Lauf(text=zelle),)),),
        )
        return mache.dokument(mache.kapitel(1, "Anfang", *mache.text(satz), liste, tabelle))

    gezeigt = zeige(
        dokument("Wir sind eine Stadt für alle.", "Kurse am Abend", "12"),
        dokument("Wir sind eine offene Stadt für alle.", "Kurse am Tag", "15"),
    )
    assert "WirsindeineStadtfüralle.".replace("eine", "eine[+offene+]") in gezeigt
    assert "Kurseam[-Abend-][+Tag+]" in gezeigt
    assert "[-12-][+15+]" in gezeigt


def test_a_table_with_other_columns_is_another_table(mache):
    def dokument(*spalten):
        kopf = tuple((baum.Lauf(text=spalte),) for spalte in spalten)
        return mache.dokument(mache.kapitel(1, "Anfang", baum.Texttabelle(kopf=kopf, zeilen=())))

    assert zeige(dokument("A", "B"), dokument("A", "B", "C")).endswith("[-A-][-B-][+A+][+B+][+C+]")


def test_the_matrix_keeps_its_columns(mache):
    def dokument(spalten, *zeilen):
        return mache.dokument(
            mache.kapitel(
                1,
                "Matrix",
                baum.Matrix(
                    spalten=tuple(baum.Verweis(anker=f"handlungsfeld-{i}", titel=f"Feld {i}") for i in spalten),
                    zeilen=tuple(
                        baum.Matrixzeile(
                            anker=f"querschnittsaufgabe-{pk}",
                            rn=pk,
                            nummer="",
                            titel=f"Thema {pk}",
                            zellen=tuple(baum.Matrixzelle(betrifft=bool(z), text=z) for z in zellen),
                        )
                        for pk, *zellen in zeilen
                    ),
                ),
            )
        )

    alt, neu = dokument((1, 2), (1, "ja", "Kita"), (2, "", "Hort")), dokument((2, 3), (1, "Schule", "Amt"))
    gezeigt = zeige(alt, neu)
    assert "Thema1[-Kita-][+Schule+][+Amt+]" in gezeigt
    assert "[-Thema2-][-Hort-]" in gezeigt


def test_a_dropped_section_stays_visible_and_a_dropped_field_has_no_page_any_more(mache):
    unten = mache.kapitel(2, "Unterpunkt", *mache.text("Der Text darunter."))
    alt = mache.dokument(mache.kapitel(1, "Oben", kapitel=(unten, mache.feld(mache.massnahme(1, "Café")))))
    neu = mache.dokument(mache.kapitel(1, "Oben"))
    gezeigt = zeige(alt, neu)
    assert "[-Unterpunkt-]" in gezeigt
    assert "[-DerTextdarunter.-]" in gezeigt
    assert "Café" not in gezeigt


# Marks on the page


def test_every_change_is_said_in_words_too():
    assert als_html("Kurse \ufdd0am Abend\ufdd1\ufdd2am Tag\ufdd3") == (
        'Kurse <del><span class="nur-vorlesen">entfernt: </span>am Abend'
        '<span class="nur-vorlesen"> (Ende) </span></del>'
        '<ins><span class="nur-vorlesen">eingefügt: </span>am Tag<span class="nur-vorlesen"> (Ende) </span></ins>'
    )


def test_an_attribute_holds_the_new_text_only():
    zelle = als_html('<td data-label="\ufdd0Alt\ufdd1\ufdd2Neu\ufdd3" data-rn="0">x</td>')
    assert zelle == '<td data-label="Neu">x</td>'


def test_a_mark_without_its_end_becomes_nothing():
    assert als_html("a\ufdd0b\ufdd3c") == "abc"


def test_wording_is_escaped():
    assert "<script>" not in unterschied_html("<script>alt</script>", "<script>neu</script>")
    assert "&lt;script&gt;" in unterschied_html("", "<script>")


def test_what_a_person_types_makes_no_marks(mache):
    falsch = "\ufdd0weg\ufdd1"
    alt = mache.dokument(mache.feld(mache.massnahme(1, f"Café {falsch}")))
    neu = ersetze(alt, alt.kapitel[0], mache.feld(mache.massnahme(1, f"Café {falsch} am Markt")))
    assert zeige(alt, neu).count("[-") == 0
