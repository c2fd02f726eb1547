"""The new document with its changes in place: it still says what it says, and shows what it no longer says."""

from decimal import Decimal
from itertools import count

import pytest
from msgspec import structs

from konzept.dokument import baum
from konzept.dokument.html import kapitel_html
from konzept.dokument.zahlen import zahl
from konzept.fassungen.vergleich.aenderungsmarken import neuer_text
from konzept.fassungen.vergleich.einarbeitung import ZAHLEN, markiert
from konzept.fassungen.vergleich.html import als_html, unterschied_html
from konzept.fassungen.vergleich.vergleich import vergleiche
from konzept.fliesstext.bloecke import Punkt
from tests.fabrik import nach_id, text
from tests.fabrik import seite_von as lies_seite
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
    """The tree without what was dropped and without marks, its numbers in words: what was dropped has Randnummer 0."""
    if isinstance(knoten, Decimal):
        return zahl(knoten)
    if isinstance(knoten, int):
        return str(knoten)
    if isinstance(knoten, str):
        return neuer_text(knoten)
    if isinstance(knoten, tuple):
        return tuple(map(neu_gelesen, knoten))
    if isinstance(knoten, baum.Knoten):
        werte = {n: getattr(knoten, n) for n in knoten.__struct_fields__}
        worte = {n: neu_gelesen(w) for n, w in werte.items() if n in ZAHLEN or isinstance(w, str | tuple | baum.Knoten)}
        return structs.replace(knoten, **worte)
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
        vorher = [neu_gelesen(k) for k in alle_knoten(beispiel) if isinstance(k, art)]
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


def test_every_column_of_a_measure_shows_what_changed(mache):
    def dokument(**felder):
        return mache.dokument(mache.feld(mache.massnahme(1, "Café", **felder)))

    def akteure(*kurze):
        return tuple(baum.Beteiligter(kurz=kurz) for kurz in kurze)

    def schritt(text, zeitraum, *kurze):
        return baum.Schritt(anker="schritt-1", nummer=1, text=text, zeitraum=zeitraum, beteiligte=akteure(*kurze))

    def stelle(anteil, angabe):
        return baum.Kosten(positionen=(baum.Kostenposition(angabe=angabe, stellenanteil=Decimal(anteil)),))

    gezeigt = zeige(
        dokument(
            zeitraum="2. Halbjahr 2017",
            kosten=stelle("0.25", "12.000 € jährlich"),
            beteiligte=akteure("51", "VHS"),
            schritte=(schritt("Räume suchen", "2017", "51"),),
            prioritaet="hoch",
        ),
        dokument(
            zeitraum="2. Halbjahr 2018",
            kosten=stelle("0.5", "18.500 € jährlich"),
            beteiligte=akteure("51", "Caritas"),
            schritte=(schritt("Räume mieten", "2018", "50"),),
            prioritaet="mittel",
        ),
    )
    for stueck in (
        "2.Halbjahr[-2017-][+2018+]",
        "[-0,25-][+0,5+]VZÄ[-12.000-][+18.500+]€jährlich",
        "Räume[-suchen-][+mieten+]",
        "[+mieten+][-2017-][+2018+]",
        "[-VHS-]",
        "[+Caritas+]",
        "[-51-]",
        "[+50+]",
        "Priorität[-hoch-][+mittel+]",
    ):
        assert stueck in gezeigt, stueck


def test_numbers_show_the_old_and_the_new_one(mache):
    def dokument(anteil, ziel, jahr, messwert, teilnehmende):
        indikator = baum.Indikator(
            anker="indikator-1",
            titel="Erstgespräche",
            zielwert=ziel,
            zieljahr=jahr,
            messwerte=(baum.Messwert(jahr=2025, wert=messwert),),
        )
        kosten = baum.Kosten(positionen=(baum.Kostenposition(angabe="", art="Personal", stellenanteil=anteil),))
        feld = mache.feld(mache.massnahme(1, "Büro", kosten=kosten, indikatoren=(indikator,)))
        schritt = baum.Prozessschritt(
            anker="prozessschritt-1", rn=9, titel="Auftakt", art="Konferenz", teilnehmende=teilnehmende
        )
        return mache.dokument(feld, mache.kapitel(1, "Prozess", baum.Prozessliste(schritte=(schritt,))))

    gezeigt = zeige(
        dokument(Decimal("0.5"), Decimal(900), 2030, Decimal("27.1"), 84),
        dokument(Decimal("0.75"), Decimal(1200), 2031, Decimal(28), None),
    )
    for stueck in (
        "[-0,5-][+0,75+]VZÄ",
        "Zielwert[-2030-][+2031+]:[-900-][+1.200+]",
        "2025:[-27,1-][+28+]",
        "[-84-]Personen",
    ):
        assert stueck in gezeigt, stueck
    gezeigt = zeige(dokument(None, None, None, None, None), dokument(Decimal("0.5"), Decimal(900), 2030, None, 1))
    for stueck in ("[+0,5+]VZÄ", "Zielwert[+2030+]:[+900+]", "[+1+]Person"):
        assert stueck in gezeigt, stueck


def test_numbers_of_a_new_and_of_a_dropped_measure_are_marked_as_its_words(mache):
    kosten = baum.Kosten(positionen=(baum.Kostenposition(angabe="9 €", stellenanteil=Decimal("0.5")),))
    eine, andere = (mache.massnahme(pk, "Büro", kosten=kosten) for pk in (1, 2))
    gezeigt = zeige(mache.dokument(mache.feld(eine)), mache.dokument(mache.feld(andere)))
    assert "[-0,5-]VZÄ[-9€-]" in gezeigt
    assert "[+0,5+]VZÄ[+9€+]" in gezeigt


def test_references_to_goals_and_leitlinien_show_what_came_and_went(mache):
    def ziel(anker, nummer):
        return baum.Verweis(anker=anker, nummer=nummer, titel="Ziel")

    def dokument(nummer_des_zweiten, ziel_nr, *leitlinien):
        verweise = tuple(baum.Verweis(anker=f"leitlinie-{k}", nummer=str(k), titel="") for k in leitlinien)
        m = mache.massnahme(1, "Café", ziel=ziel(f"handlungsziel-{ziel_nr}", f"1.{ziel_nr}"), leitlinien=verweise)
        zweite = mache.massnahme(2, "Chor", ziel=ziel("handlungsziel-9", nummer_des_zweiten))
        return mache.dokument(mache.feld(m, zweite))

    gezeigt = zeige(dokument("2.1", 1, 1, 2), dokument("2.2", 2, 2, 3))
    assert "Handlungsziel[-1.1-][+1.2+]" in gezeigt
    assert "[-1-],2,[+3+]" in gezeigt
    # The same goal under another number is no change of the measure.
    assert "Handlungsziel2.2" in gezeigt


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


def test_the_title_of_a_table_is_compared_and_what_its_columns_are_aligned_to_is_no_change(mache):
    def dokument(titel, *ausrichtung):
        titel = (baum.Lauf(text=titel),) if titel else ()
        tabelle = baum.Texttabelle(titel=titel, kopf=((baum.Lauf(text="A"),),), zeilen=(), ausrichtung=ausrichtung)
        return mache.dokument(mache.kapitel(1, "Anfang", tabelle))

    assert "NachOrten[+undJahren+]" in zeige(dokument("Nach Orten"), dokument("Nach Orten und Jahren", "rechts"))
    assert "[+T+]A" in zeige(dokument(""), dokument("T"))
    rechts = markiert(dokument("T"), dokument("T", "rechts"))
    assert rechts == dokument("T", "rechts")
    assert not vergleiche(dokument("T"), dokument("T", "rechts")).aenderungen
    assert vergleiche(dokument("T"), dokument("U")).aenderungen


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
