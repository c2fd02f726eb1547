"""Tables of texts: what their columns are aligned to, what heads their rows, and how they stand on paper."""

import lxml.html
import pytest

from konzept.dokument import baum
from konzept.dokument.html import teil_html
from konzept.dokument.pdf import drucke
from konzept.dokument.tafeln.texte import texttafel
from konzept.fliesstext import lies_text
from tests.konzept.dokument.test_tafeln import SATZ, WORT, seiten, zeilen


def tabelle(*reihen: str, striche: str = "", titel: str = "") -> baum.Texttabelle:
    kopf, *weitere = (f"| {reihe} |" for reihe in reihen)
    striche = striche or "|" + "---|" * (reihen[0].count("|") + 1)
    (gelesen,) = lies_text("\n".join([*([f"[Tabelle: {titel}]"] if titel else []), kopf, striche, *weitere]))
    return gelesen


@pytest.mark.parametrize(
    ("reihen", "striche", "wo"),
    [
        (["Ort | Zahl", "a | 1.234", "b | 12,5 %"], "", ["", "rechts"]),
        (["Ort | Zahl", "a | 1.234", "b | –"], "", ["", "rechts"]),
        (["Ort | Zahl", "a | 1.234", "b | viele"], "", ["", ""]),
        (["Ort | Zahl", "a | 1.234", "b | 5"], "|---|:---|", ["", "links"]),
        (["Ort | Zahl", "a | x", "b | y"], "|:---:|---:|", ["mitte", "rechts"]),
        (["Jahr | Zahl", "2015 | 5", "2016 | 6"], "", ["", "rechts"]),
        (["Tag | Zahl", "01.02.2016 | 5", "01.03.2016 | 01.04.2017"], "", ["", ""]),
        (["Ort | Zahl", "a | ", "b | "], "", ["", ""]),
        (["Ort | Zahl"], "", ["", ""]),
        (["Ort | Akte", "a | 14814/0", "b | 7/1"], "", ["", "rechts"]),
    ],
)
def test_columns_of_numbers_stand_at_the_right_unless_somebody_said_otherwise(reihen, striche, wo):
    assert [s.ausrichtung for s in texttafel(tabelle(*reihen, striche=striche)).spalten] == wo


@pytest.mark.parametrize(
    ("reihen", "koepfe"),
    [
        (["Ort | Zahl", "a | 1", "b | 2"], 1),
        (["Ort | Zahl", "a | 1", "a | 2"], 0),
        (["Ort | Zahl", "a | 1", " | 2"], 0),
        (["Nr. | Ort | Zahl", "1 | a | 1", "2 | b | 2"], 2),
        (["Nr. | Ort | Zahl", "1 | a | 1", "2 | a | 2"], 1),
        (["Jahr | Frauen | Männer", "2015 | 1 | 3", "2016 | 2 | 4"], 1),
        (["Ort", "a", "b"], 0),
        (["Ort | Zahl"], 0),
    ],
)
def test_a_row_is_headed_by_what_tells_it_from_the_others(reihen, koepfe):
    assert texttafel(tabelle(*reihen)).zeilenkoepfe == koepfe


def test_title_heads_and_alignment_are_there_for_eye_and_ear():
    html = teil_html(tabelle("Nr. | Ort | Zahl", "1 | **a** | 2015/16", "2 | b | 3", titel="Nach _Ort_ & Zahl"))
    (knoten,) = lxml.html.fragment_fromstring(html, create_parent=True).iter("table")
    assert html.count("Nach <em>Ort</em> &amp; Zahl</caption>") == 1
    assert 'aria-label="Nach Ort &amp; Zahl"' in html
    zeile = knoten.find("tbody")[0]
    assert [(z.tag, z.get("scope"), z.get("class")) for z in zeile] == [
        ("th", "row", None),
        ("th", "row", None),
        ("td", None, "dok-rechts"),
    ]
    assert '<span class="dok-ganz">2015/16</span>' in html
    assert knoten.find("thead")[0][2].get("class") == "dok-rechts"


def dokument_von(*teile) -> baum.Dokument:
    kommune = baum.Kommune(slug="s", name="Stadt S", kurzname="S", art="stadt")
    kapitel = baum.Kapitel(anker="abschnitt-1", titel="T", teile=teile)
    return baum.Dokument(kommune=kommune, slug="k", titel="Konzept", kapitel=(kapitel,))


def dokument(*texte: str) -> baum.Dokument:
    kommune = baum.Kommune(slug="s", name="Stadt S", kurzname="S", art="stadt")
    kapitel = tuple(
        baum.Kapitel(anker=f"abschnitt-{i}", nummer=str(i), titel="T", teile=lies_text(text))
        for i, text in enumerate(texte, start=1)
    )
    return baum.Dokument(kommune=kommune, slug="k", titel="Konzept", kapitel=kapitel)


SECHZIG = "\n".join(
    ["| Ort | Akte | Wert | Anmerkung |", "|---|---|---|---|"]
    + [f"| Ortsteil {i} | 14814/0 | {i * 1_234_567} | {SATZ if i % 3 else ''} |" for i in range(1, 61)]
)
KOEPFE, ZAHLEN = (" | ".join(text) for text in zip(*[(f"K{i}", str(i * 1111)) for i in range(12)], strict=True))
ZWOELF = f"| {KOEPFE} |\n|{'---|' * 12}\n| {ZAHLEN} |"
LANG = f"[Tabelle: Lange Tabelle]\n| Was | Text |\n|---|---|\n| a | kurz |\n| b | {SATZ * 76} |\n| c | kurz |"


@pytest.fixture(scope="module")
def gedruckte_seiten():
    return seiten(drucke(dokument(f"{SATZ * 20}\n\n{SECHZIG}", LANG, f"{ZWOELF}\n\n| A | B |\n|-|-|\n| {WORT} | 2 |")))


def test_a_table_of_sixty_rows_begins_where_it_stands(gedruckte_seiten):
    erste = next(s for s in gedruckte_seiten[2:] if "14814/0" in {w.text for w in s})
    assert zeilen(erste)[0] == "1 T"  # the heading of the text above it
    assert len([w for w in erste if w.text == "14814/0"]) > 10


def test_its_head_stands_on_each_page(gedruckte_seiten):
    weitere = [s for s in gedruckte_seiten if "14814/0" in {w.text for w in s}][1:]
    assert weitere
    assert all(zeilen(s)[0] == "Ort Akte Wert Anmerkung" for s in weitere)


def test_no_number_is_broken(gedruckte_seiten):
    worte = [w.text for s in gedruckte_seiten for w in s]
    assert worte.count("14814/0") == 60
    assert {str(i * 1_234_567) for i in range(1, 61)} <= {*worte}
    assert {str(i * 1111) for i in range(12)} <= {*worte}


def test_numbers_end_on_one_line_from_top_to_bottom(gedruckte_seiten):
    (rand,) = {round(w.rechts, 1) for s in gedruckte_seiten for w in s if w.text == "14814/0"}
    werte = {round(w.rechts, 1) for s in gedruckte_seiten for w in s if w.text in ("1234567", "74074020", "12345670")}
    assert len(werte) == 1
    assert rand not in werte


def test_a_row_longer_than_a_page_keeps_the_head_and_leaves_no_page_empty(gedruckte_seiten):
    (anfang,) = [i for i, s in enumerate(gedruckte_seiten) if "Lange Tabelle" in zeilen(s)]
    seite = zeilen(gedruckte_seiten[anfang])
    assert seite[seite.index("Lange Tabelle") + 1] == "Was Text"
    assert len(seite) > 30
    assert zeilen(gedruckte_seiten[anfang + 1])[0] == "Was Text"
    assert len(zeilen(gedruckte_seiten[anfang + 1])) > 10


def test_on_paper_a_table_too_wide_for_the_page_stands_in_parts_with_the_heads_of_its_rows():
    spalten = range(2010, 2026)
    (breit,) = lies_text(
        f"[Tabelle: Breit]\n| Ort | {' | '.join(map(str, spalten))} |\n|{'---|' * 17}\n"
        f"| Nord | {' | '.join(f'{jahr}.123.456' for jahr in spalten)} |\n| Süd | 1 |"
    )
    gesetzt = [zeile for seite in seiten(drucke(dokument_von(breit))) for zeile in zeilen(seite)]
    nord = [zeile for zeile in gesetzt if zeile.startswith("Nord")]
    assert len(nord) == 3
    assert " ".join(zeile.removeprefix("Nord ") for zeile in nord) == " ".join(f"{j}.123.456" for j in spalten)
    assert [z for z in gesetzt if z.startswith("Breit")] == [f"Breit ({i} von 3)" for i in (1, 2, 3)]
    (ganz,) = lxml.html.fragment_fromstring(teil_html(breit), create_parent=True).iter("table")
    assert len(ganz.find("thead")[0]) == 17


def test_a_word_that_fits_into_no_column_is_hyphenated(gedruckte_seiten):
    alle = [zeile for s in gedruckte_seiten for zeile in zeilen(s)]
    ab = next(i for i, zeile in enumerate(alle) if zeile.startswith("Integrationsbeauftragten"))
    stuecke = [alle[ab].removesuffix(" 2")]
    while stuecke[-1].endswith(("-", "‐")):
        stuecke.append(alle[ab + len(stuecke)])
    assert "".join(stueck.rstrip("-‐") for stueck in stuecke) == WORT


def test_no_number_is_broken_in_a_table_within_a_cell():
    text = lies_text(
        f"| Wo | Menschen | Anteil | Summe | Was |\n|{'---|' * 5}\n"
        f"| Bürgerinnenundbürgerbeteiligung | 9.999.999 | 12,5 % | 1.234.567.890,00 € | {SATZ * 3} |"
    )
    schritt = baum.Prozessschritt(anker="prozessschritt-1", rn=1, art="", titel="P", gruppen=("Alle",), text=text)
    gesetzt = drucke(dokument_von(baum.Prozessliste(schritte=(schritt,))))
    assert {"9.999.999", "1.234.567.890,00"} <= {w.text for seite in seiten(gesetzt) for w in seite}
