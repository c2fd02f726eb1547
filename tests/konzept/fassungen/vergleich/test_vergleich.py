"""What became of every element: nothing is missed, and nothing is reported that did not happen."""

import datetime as dt
from decimal import Decimal

import pytest
from msgspec import structs

from konzept.dokument import baum
from konzept.fassungen.vergleich.aenderungsmarken import alter_text, neuer_text
from konzept.fassungen.vergleich.vergleich import Wandel, vergleiche
from konzept.fliesstext import lies_text
from konzept.fliesstext.bloecke import Punkt
from tests.konzept.fassungen.vergleich.baeume import alle_knoten, ersetze

pytestmark = pytest.mark.django_db

NEU, GEAENDERT, VERSCHOBEN, UMNUMMERIERT, ENTFALLEN = Wandel


def wandel(alt, neu, vorgaenger=None) -> dict[str, tuple[Wandel, ...]]:
    """Title (or kind) of each element that changed, and how."""
    return {a.titel or a.art: a.wandel for a in vergleiche(alt, neu, vorgaenger).aenderungen}


def felder(aenderung) -> dict[str, list[tuple[str, str]]]:
    """The changed lines of each field: (old, new)."""
    texte = {feld.name: ["".join(lauf.text for lauf in zeile) for zeile in feld.zeilen] for feld in aenderung.felder}
    return {name: [(alter_text(text), neuer_text(text)) for text in zeilen] for name, zeilen in texte.items()}


# Nothing happened


def test_a_tree_is_equal_to_itself(beispiel):
    assert vergleiche(beispiel, beispiel).seiten == ()
    assert vergleiche(beispiel, beispiel, {}).seiten == ()


def test_randnummern_that_count_on_are_no_change(beispiel):
    def gezaehlt(knoten):
        if isinstance(knoten, tuple):
            return tuple(map(gezaehlt, knoten))
        if not isinstance(knoten, baum.Knoten):
            return knoten
        werte = {name: gezaehlt(getattr(knoten, name)) for name in knoten.__struct_fields__}
        return type(knoten)(**werte | ({"rn": werte["rn"] + 7} if werte.get("rn") else {}))

    assert gezaehlt(beispiel) != beispiel
    assert vergleiche(beispiel, gezaehlt(beispiel)).seiten == ()


def test_a_line_with_its_number_is_the_list_that_it_was_frozen_as(beispiel):
    """ "8. Februar 2016" was read as a list of one item once."""

    def mit(*bloecke):
        kapitel = structs.replace(beispiel.kapitel[0], teile=(*bloecke, *beispiel.kapitel[0].teile))
        return structs.replace(beispiel, kapitel=(kapitel, *beispiel.kapitel[1:]))

    def absatz(text):
        return baum.Absatz(laeufe=(baum.Lauf(text=text),))

    def liste(start, *worte):
        return baum.Liste(start=start, punkte=tuple(Punkt(bloecke=(absatz(wort),)) for wort in worte))

    for frueher, heute in (
        (liste(3, "Februar: Auftakt", "März: Ende"), "3. Februar: Auftakt\n4. März: Ende"),
        (absatz("a) x\nb) y"), "a) x\nb) y"),
        (liste(1, "Mai-Fest", "Sommerfest"), "1. Mai-Fest\n2. Sommerfest"),
    ):
        assert vergleiche(mit(frueher), mit(*lies_text(heute))).seiten == ()
    liste = liste(8, "Februar 2016")
    assert vergleiche(mit(liste), mit(absatz("8. Februar 2016"))).seiten == ()
    assert vergleiche(mit(liste), mit(absatz("9. Februar 2016"))).seiten != ()


# Nothing is missed

NICHT_GEDRUCKT = {
    # Randnummern count on; a Kennung is made of two numbers, each reported where it stands.
    *(("*", name) for name in ("rn", "kennung", "anker", "format")),
    # Addresses, and what the cover shows beside the words.
    *(("Kommune", name) for name in ("slug", "kurzname", "art", "ags", "wappen", "wappen_beschreibung", "akzentfarbe")),
    ("Dokument", "slug"),
    # Stand behind a wording that is printed, or are summed up elsewhere.
    *(("Massnahme", name) for name in ("von", "bis", "offen", "wiederkehr")),
    *(("Kostenposition", name) for name in ("betrag", "stellenjahre", "hinweis", "gekuerzt")),
    *(("Kostenanteil", name) for name in ("jahr", "betrag")),
    *(("Stellenzeile", name) for name in ("titel", "hoechstens")),
    ("Stellenzeile", "anteile"),
    ("Stellen", "satz"),
    ("Kostenuebersicht", "kurz"),
    *(("Summenhinweis", name) for name in ("satz", "weitere")),
    ("Kommune", "waehrung"),
    # The keys of words that stand beside them.
    *(("*", name) for name in baum.SCHLUESSEL),
    # Say again what stands at another element, and change with it.
    ("Verweis", "nummer"),
    ("Verweis", "titel"),
    ("Tabellenabschnitt", "satz"),
    ("Zeitplanzeile", "zeitraum"),
    ("Kostenzeile", "nummer"),
    ("Kostenzeile", "titel"),
    ("Massnahme", "kurz"),
    # Counted, or named after what its measures say.
    ("Schritt", "nummer"),
    ("Tabellenabschnitt", "titel"),
    # How a rich text looks, and what the reader of a list needs not be told.
    ("Liste", "start"),
    ("Liste", "zaehlung"),
    ("Kapitel", "art"),
}


def andere(wert):
    """Another value of the same kind; None where that makes no sense."""
    match wert:
        case bool():
            return not wert
        case str():
            return f"{wert} anders"
        case int():
            return wert + 1
        case Decimal():
            return wert + 1
        case dt.date():
            return wert + dt.timedelta(days=1)
    return None


def test_every_printed_value_is_reported_when_it_changes(beispiel):
    geprueft, stumm = set(), set()
    for knoten in alle_knoten(beispiel):
        art = type(knoten).__name__
        for name in knoten.__struct_fields__:
            neu = andere(getattr(knoten, name))
            schon = (art, name) in geprueft or {(art, name), ("*", name)} & NICHT_GEDRUCKT
            if schon or neu is None or (name == "wert" and getattr(knoten, name) is None):
                continue
            if (art, name) == ("Matrixzelle", "betrifft") and knoten.text:
                continue  # the words in the cell say it
            if (art, name) == ("Kosten", "offen") and (knoten.wortlaut or knoten.positionen):
                continue
            geprueft.add((art, name))
            geaendert = ersetze(beispiel, knoten, structs.replace(knoten, **{name: neu}))
            if not vergleiche(beispiel, geaendert).seiten:
                stumm.add((art, name))
    assert len(geprueft) >= 75
    assert stumm == set()


def test_every_element_that_is_dropped_or_new_is_reported(beispiel):
    arten = set()
    for knoten in alle_knoten(beispiel):
        eigenes = not isinstance(knoten, baum.Verweis | baum.Kostenzeile | baum.Schritt | baum.Indikator)
        if not (eigenes and getattr(knoten, "anker", "")) or type(knoten) in arten:
            continue
        arten.add(type(knoten))
        ohne = ersetze(beispiel, knoten, None)
        entfallen = next(a for a in vergleiche(beispiel, ohne).aenderungen if a.anker_alt == knoten.anker)
        neu = next(a for a in vergleiche(ohne, beispiel).aenderungen if a.anker == knoten.anker)
        assert entfallen.titel == neu.titel != ""
        assert (entfallen.wandel, neu.wandel) == ((ENTFALLEN,), (NEU,))
    assert len(arten) >= 9


# What happened


def test_what_is_new_and_what_was_dropped(mache):
    alt = mache.dokument(mache.feld(mache.massnahme(1, "Sprachcafé"), mache.massnahme(2, "Lotsen")))
    neu = mache.dokument(mache.feld(mache.massnahme(1, "Sprachcafé"), mache.massnahme(3, "Chor", "2")))
    assert wandel(alt, neu) == {"Lotsen": (ENTFALLEN,), "Chor": (NEU,)}
    entfallen, dazu = vergleiche(alt, neu).aenderungen
    assert (entfallen.anker, entfallen.anker_alt, entfallen.nummer_alt) == ("", "massnahme-2", "4.1-2")
    assert (dazu.anker, dazu.anker_alt, dazu.nummer) == ("massnahme-3", "", "4.1-2")
    assert felder(dazu) == {"Titel": [("", "Chor")]}


def test_only_what_differs_of_an_element_is_shown(mache):
    zwei = mache.text("Der erste Absatz bleibt, wie er ist.", "Der zweite wird bald anders.")
    alt = mache.dokument(mache.feld(mache.massnahme(1, "Café", text=zwei, zeitraum="2018", prioritaet="hoch")))
    zwei = mache.text("Der erste Absatz bleibt, wie er ist.", "Der zweite wird heute anders.")
    neu = mache.dokument(mache.feld(mache.massnahme(1, "Café", text=zwei, zeitraum="ab 2019", prioritaet="hoch")))
    (aenderung,) = vergleiche(alt, neu).aenderungen
    assert aenderung.wandel == (GEAENDERT,)
    assert felder(aenderung) == {
        "Beschreibung": [("Der zweite wird bald anders.", "Der zweite wird heute anders.")],
        "Zeitraum": [("2018", "ab 2019")],
    }


def test_steps_that_count_on_are_no_change(mache):
    def schritt(pk, nummer, text):
        return baum.Schritt(anker=f"umsetzungsschritt-{pk}", nummer=nummer, text=text)

    alt = mache.massnahme(1, "Café", schritte=(schritt(1, 1, "Räume suchen"), schritt(2, 2, "Eröffnen")))
    neu = mache.massnahme(
        1, "Café", schritte=(schritt(3, 1, "Bedarf klären"), schritt(1, 2, "Räume suchen"), schritt(2, 3, "Eröffnen"))
    )
    (aenderung,) = vergleiche(mache.dokument(mache.feld(alt)), mache.dokument(mache.feld(neu))).aenderungen
    assert felder(aenderung) == {"Schritte": [("", "(1) Bedarf klären")]}


def test_steps_in_another_order_are_a_change(mache):
    schritte = [baum.Schritt(anker=f"umsetzungsschritt-{i}", nummer=i, text=f"Schritt {i}") for i in (1, 2)]
    anders = [structs.replace(schritte[1], nummer=1), structs.replace(schritte[0], nummer=2)]
    alt, neu = (mache.dokument(mache.feld(mache.massnahme(1, "Café", schritte=tuple(s)))) for s in (schritte, anders))
    (aenderung,) = vergleiche(alt, neu).aenderungen
    assert len(felder(aenderung)["Schritte"]) == 2


def test_a_cross_that_moves_to_another_column_is_a_change(mache):
    spalten = tuple(baum.Verweis(anker=f"handlungsfeld-{i}", titel=f"Feld {i}") for i in (1, 2))

    def matrix(*betrifft):
        zellen = tuple(baum.Matrixzelle(betrifft=ja) for ja in betrifft)
        zeile = baum.Matrixzeile(anker="querschnittsaufgabe-1", rn=1, nummer="a", titel="Gender", zellen=zellen)
        return mache.dokument(mache.kapitel(1, "Matrix", baum.Matrix(spalten=spalten, zeilen=(zeile,))))

    (aenderung,) = vergleiche(matrix(True, False), matrix(False, True)).aenderungen
    assert felder(aenderung)["Bezug zu Handlungsfeldern"] == [("Feld 1: betrifft", ""), ("", "Feld 2: betrifft")]


def test_only_what_was_moved_has_moved(mache):
    namen = ["Eins", "Zwei", "Drei", "Vier"]
    alt = mache.dokument(mache.feld(*(mache.massnahme(i, name) for i, name in enumerate(namen))))
    folge = [3, 0, 1, 2]
    neu = mache.dokument(mache.feld(*(mache.massnahme(i, namen[i]) for i in folge)))
    assert wandel(alt, neu) == {"Vier": (VERSCHOBEN,)}
    (aenderung,) = vergleiche(neu, alt).aenderungen
    assert (aenderung.titel, aenderung.hinter) == ("Vier", "4.1-2 Drei")


def test_a_change_of_place_and_number_and_words_at_once(mache):
    alt = mache.dokument(mache.feld(mache.massnahme(1, "Café"), pk=5), mache.feld(pk=6, titel="Arbeit"))
    neu = mache.dokument(mache.feld(pk=5), mache.feld(mache.massnahme(1, "Café am Markt", "7"), pk=6, titel="Arbeit"))
    (aenderung,) = vergleiche(alt, neu).aenderungen
    assert aenderung.wandel == (GEAENDERT, VERSCHOBEN, UMNUMMERIERT)
    assert (aenderung.ort_alt, aenderung.ort) == ("4.1 Sprache", "4.1 Arbeit")
    assert (aenderung.nummer_alt, aenderung.nummer) == ("4.1-1", "4.1-7")
    assert aenderung.seite == "handlungsfeld-6"


def test_another_section_of_the_table_is_no_move(mache):
    """It follows from the Umsetzungsstand, which is reported."""
    a, b = mache.massnahme(1, "Café", stand="geplant"), mache.massnahme(2, "Chor", stand="geplant")

    def feld(*abschnitte):
        tabelle = baum.Massnahmentabelle(
            abschnitte=tuple(baum.Tabellenabschnitt(titel=titel, massnahmen=m) for titel, *m in abschnitte)
        )
        return mache.dokument(mache.kapitel(1, "Feld", tabelle))

    alt = feld(("Geplant", a, b))
    neu = feld(("Laufend", structs.replace(b, stand="laufend")), ("Geplant", a))
    assert wandel(alt, neu) == {"Chor": (GEAENDERT,)}


def test_paragraphs_are_paired_by_their_words(mache):
    alt = mache.text("Wir sind eine offene Stadt für alle.", "Das Konzept gilt bis 2026.", "Dieser Absatz fällt weg.")
    neu = mache.text("Ein Vorspann.", "Wir sind eine offene Stadt für alle Menschen.", "Das Konzept gilt bis 2026.")
    aenderungen = vergleiche(
        mache.dokument(mache.kapitel(1, "Anfang", *alt)), mache.dokument(mache.kapitel(1, "Anfang", *neu))
    ).aenderungen
    assert [a.wandel for a in aenderungen] == [(NEU,), (GEAENDERT,), (ENTFALLEN,)]
    assert {a.anker for a in aenderungen} == {"abschnitt-1", ""}
    assert felder(aenderungen[1]) == {
        "": [("Wir sind eine offene Stadt für alle.", "Wir sind eine offene Stadt für alle Menschen.")]
    }


def test_a_paragraph_that_went_to_another_chapter_is_no_new_one(mache):
    (absatz,) = mache.text("Dieser Absatz ist so lang, dass er nicht zufällig zweimal dasteht.")
    alt = mache.dokument(mache.kapitel(1, "Anfang", absatz), mache.kapitel(2, "Ende"))
    neu = mache.dokument(mache.kapitel(1, "Anfang"), mache.kapitel(2, "Ende", absatz))
    (aenderung,) = vergleiche(alt, neu).aenderungen
    assert (aenderung.wandel, aenderung.ort_alt, aenderung.ort) == ((VERSCHOBEN,), "1 Anfang", "2 Ende")
    assert aenderung.anderswo


def test_below_a_heading_that_was_only_renamed_nothing_stands_elsewhere(mache):
    def dokument(titel, *pks):
        felder = tuple(mache.feld(pk=pk, titel=f"Feld {pk}") for pk in pks)
        return mache.dokument(mache.kapitel(1, titel, kapitel=felder))

    alles = vergleiche(dokument("Felder", 5, 6), dokument("Handlungsfelder", 6, 5))
    (verschoben,) = (a for a in alles.aenderungen if VERSCHOBEN in a.wandel)
    assert (verschoben.ort_alt, verschoben.ort, verschoben.anderswo) == ("1 Felder", "1 Handlungsfelder", False)


def test_a_dropped_chapter_keeps_its_place_in_the_list(mache):
    alt = mache.dokument(*(mache.kapitel(i, f"Teil {i}", *mache.text("Text")) for i in (1, 2, 3)))
    neu = mache.dokument(mache.kapitel(1, "Teil 1", *mache.text("Anderes")), mache.kapitel(3, "Teil drei"))
    seiten = vergleiche(alt, neu).seiten
    assert [(s.anker, s.entfallen) for s in seiten] == [
        ("abschnitt-1", False),
        ("abschnitt-2", True),
        ("abschnitt-3", False),
    ]


def test_kinds_and_chapters_can_be_chosen(mache):
    alt = mache.dokument(
        mache.kapitel(1, "A", *mache.text("x")), mache.feld(mache.massnahme(1, "Café")), titel="Entwurf"
    )
    neu = mache.dokument(mache.kapitel(1, "B"), mache.feld(mache.massnahme(2, "Chor")), titel="Konzept")
    alles = vergleiche(alt, neu)
    assert alles.anzahlen() == {NEU: 1, GEAENDERT: 2, VERSCHOBEN: 0, UMNUMMERIERT: 0, ENTFALLEN: 2}
    assert [a.titel for a in alles.auswahl({"entfallen"}).aenderungen] == ["", "Café"]
    assert [s.anker for s in alles.auswahl(seite="").seiten] == [""]
    assert [a.titel for a in alles.auswahl({"neu"}, "handlungsfeld-5").aenderungen] == ["Chor"]
    assert alles.auswahl({"verschoben"}).seiten == ()


# A concept carried on


def test_a_fortschreibung_knows_what_its_elements_come_from(mache):
    def feld(versatz, titel):
        m = mache.massnahme(1 + versatz, titel, "1", leitlinien=(baum.Verweis(anker=f"leitlinie-{3 + versatz}"),))
        leitlinie = baum.Leitlinie(anker=f"leitlinie-{3 + versatz}", rn=1, nummer="1", titel="Vielfalt")
        teile = *mache.text("Wir sind eine offene Stadt."), baum.Leitlinien(eintraege=(leitlinie,))
        kapitel = mache.kapitel(10 + versatz, "Einleitung", *teile, nummer="1")
        return mache.dokument(kapitel, mache.feld(m, pk=5 + versatz))

    paare = (("massnahme", 1), ("handlungsfeld", 5), ("leitlinie", 3))
    vorgaenger = {f"{art}-{pk + 100}": f"{art}-{pk}" for art, pk in paare}
    (aenderung,) = vergleiche(feld(0, "Sprachcafé"), feld(100, "Neues Sprachcafé"), vorgaenger).aenderungen
    assert aenderung.wandel == (GEAENDERT,)
    assert (aenderung.anker, aenderung.anker_alt) == ("massnahme-101", "massnahme-1")
    assert felder(aenderung) == {"Titel": [("Sprachcafé", "Neues Sprachcafé")]}


def test_two_that_carry_on_the_same_element(mache):
    alt = mache.dokument(mache.feld(mache.massnahme(1, "Kurse")))
    tag, abend = mache.massnahme(11, "Kurse am Tag", "1"), mache.massnahme(12, "Kurse am Abend", "2")
    neu = mache.dokument(mache.feld(tag, abend))
    vorgaenger = {"massnahme-11": "massnahme-1", "massnahme-12": "massnahme-1"}
    assert wandel(alt, neu, vorgaenger) == {"Kurse am Tag": (GEAENDERT,), "Kurse am Abend": (NEU,)}


def test_without_a_predecessor_kind_and_title_decide_if_they_are_unmistakable(mache):
    alt = mache.dokument(mache.kapitel(1, "Ausgangslage"), mache.kapitel(2, "Fazit"), mache.kapitel(3, "Fazit"))
    neu = mache.dokument(mache.kapitel(11, "Ausgangslage", nummer="1"), mache.kapitel(12, "Fazit", nummer="2"))
    arten = [(a.titel, a.wandel) for a in vergleiche(alt, neu, {}).aenderungen]
    assert sorted(arten) == [("Fazit", (ENTFALLEN,)), ("Fazit", (ENTFALLEN,)), ("Fazit", (NEU,))]


@pytest.mark.parametrize("vorgaenger", [None, {}])
def test_an_empty_document_beside_a_full_one(beispiel, vorgaenger):
    leer = structs.replace(beispiel, kapitel=())
    assert {a.wandel for a in vergleiche(leer, beispiel, vorgaenger).aenderungen} == {(NEU,)}
    assert {a.wandel for a in vergleiche(beispiel, leer, vorgaenger).aenderungen} == {(ENTFALLEN,)}
