"""Matrix, offers, process and plan on paper and screen: every sign says what it means, whatever their size."""

import re
import subprocess
from decimal import Decimal
from typing import NamedTuple

import lxml.html
import pytest
from msgspec import structs

from konzept.dokument import baum
from konzept.dokument.html import teil_html
from konzept.dokument.pdf import drucke
from konzept.dokument.tafeln.angebote import OHNE_FELD, angebotstafel
from konzept.dokument.tafeln.matrix import matrixtafel
from konzept.dokument.tafeln.spaltenbreiten import anteile
from konzept.dokument.tafeln.zeitplan import zeitplantafeln
from konzept.fliesstext import lies_text
from tests.konzept.dokument import vorlesen

WORT = "Integrationsbeauftragtenstellvertretungsangelegenheitenkoordinierungsausschussvorsitzenden"
SATZ = "Die Beratung in den Quartieren wird ausgebaut und mit den Trägern abgestimmt. "


def feld(nummer: str, titel: str = "Interkulturelle Öffnung und Gesundheitsversorgung im Quartier") -> baum.Verweis:
    return baum.Verweis(anker=f"handlungsfeld-{nummer or titel}", nummer=nummer, titel=titel)


def matrix(felder, text: str = "") -> baum.Matrix:
    zellen = tuple(baum.Matrixzelle(betrifft=i % 3 > 0, text=text if i % 3 == 1 else "") for i in range(len(felder)))
    aufgaben = ("Digitale Teilhabe", f"Geschlechtergerechtigkeit und {WORT}")
    return baum.Matrix(
        spalten=tuple(felder),
        zeilen=tuple(
            baum.Matrixzeile(anker=f"querschnittsaufgabe-{len(felder)}{i}", rn=i, nummer="", titel=titel, zellen=zellen)
            for i, titel in enumerate(aufgaben, start=1)
        ),
    )


def angebot(i: int, wozu: baum.Verweis | None = None, **werte) -> baum.Angebot:
    return baum.Angebot(anker=f"angebot-{i}", rn=i, titel=f"Angebot {i}", feld=wozu, **werte)


def plan(jahre: int) -> baum.Zeitplan:
    def zeile(i: int, titel: str) -> baum.Zeitplanzeile:
        massnahme = baum.Verweis(anker=f"massnahme-{i}", nummer=f"4.1-{i}", titel=titel)
        laeuft = tuple(k != i for k in range(jahre))
        return baum.Zeitplanzeile(massnahme=massnahme, zeitraum="2. Halbjahr 2027 bis 03/2029", laeuft=laeuft)

    zeilen = (zeile(1, "Kurs"), zeile(2, WORT))
    felder = (baum.Zeitplanfeld(feld=feld("4.1"), zeilen=zeilen),)
    return baum.Zeitplan(jahre=tuple(range(2027, 2027 + jahre)), felder=felder)


FELDER = [feld(f"4.{i}") for i in range(1, 16)]
LANG = lies_text(SATZ * 76)
FREI = baum.Mitwirkender(kurz="Netzwerk Migrantenorganisationen", art="Verein oder Initiative")
LISTE = baum.Angebotsliste(
    angebote=(
        angebot(1, feld("4.10"), anbieter=("Caritasverband",), text=lies_text(SATZ)),
        angebot(2),
        angebot(3, feld("4.9"), foerderungen=(baum.Foerderung(geber="Bund", programm="MBE", angabe="9 €"),)),
        angebot(4, feld("4.10"), text=LANG),
    )
)


def dokument(*teile) -> baum.Dokument:
    kommune = baum.Kommune(slug="s", name="Stadt S", kurzname="S", art="stadt")
    kapitel = [
        baum.Kapitel(anker=f"abschnitt-{i}", nummer=str(i), titel=f"Kapitel {i}", teile=(teil,))
        for i, teil in enumerate(teile, start=1)
    ]
    ziele = (*FELDER, *(baum.Verweis(anker=f"massnahme-{i}", titel="Ziel") for i in (1, 2)))
    kapitel += [baum.Kapitel(anker=z.anker, titel=z.titel, teile=(baum.Hinweis(text="x"),)) for z in ziele]
    return baum.Dokument(kommune=kommune, slug="k", titel="Konzept", kapitel=tuple(kapitel))


class Wort(NamedTuple):
    text: str
    links: float
    oben: float
    rechts: float
    unten: float

    @property
    def punkt(self) -> float:
        """The size of its type: the box of a line of Fira Sans is 1.2 times that."""
        return (self.unten - self.oben) / 1.2 / 25.4 * 72


def seiten(pdf: bytes) -> list[list[Wort]]:
    """The words of each page between its head and its foot, in mm."""
    lauf = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True)
    gelesen = []
    for seite in lxml.html.document_fromstring(lauf.stdout.decode()).iter("page"):
        kaesten = ([float(w.get(n)) * 25.4 / 72 for n in ("xmin", "ymin", "xmax", "ymax")] for w in seite.iter("word"))
        worte = [Wort(w.text, *kasten) for w, kasten in zip(seite.iter("word"), kaesten, strict=True)]
        gelesen.append([w for w in worte if 28 < w.oben < 271])
    return gelesen


def zeilen(worte: list[Wort]) -> list[str]:
    """Their lines from above, each from left to right."""
    je_zeile: dict[int, list[Wort]] = {}
    for wort in worte:
        je_zeile.setdefault(round(wort.unten), []).append(wort)
    return [" ".join(w.text for w in sorted(z, key=lambda w: w.links)) for _, z in sorted(je_zeile.items())]


@pytest.fixture(scope="module")
def gesetzt() -> bytes:
    prozess = baum.Prozessliste(
        schritte=tuple(
            baum.Prozessschritt(anker=f"prozessschritt-{i}", rn=i, art="", titel=f"Schritt {i}", text=text)
            for i, text in enumerate(((), LANG, ()), start=1)
        )
    )
    werte = tuple(baum.Messwert(jahr=2000 + i, wert=None if i == 3 else Decimal(i)) for i in range(40))
    reihe = baum.Indikatorentabelle(indikatoren=(baum.Indikator(anker="indikator-1", titel="Reihe", messwerte=werte),))
    return drucke(dokument(matrix(FELDER, SATZ), matrix(FELDER[:4]), LISTE, plan(14), prozess, reihe))


def test_no_type_is_smaller_than_the_eye_can_read(gesetzt):
    klein = {w.text: round(w.punkt, 1) for seite in seiten(gesetzt)[2:] for w in seite if w.punkt < 8.4}
    klein.pop("●", None)  # of another font, whose lines are lower
    assert {*klein} == {str(jahr) for jahr in range(2027, 2041)}  # the numbers of an axis
    assert min(klein.values()) >= 7.9


def test_heads_of_fifteen_columns_stand_in_one_line_each_in_one_piece(gesetzt):
    alle = [zeile for seite in seiten(gesetzt) for zeile in zeilen(seite)]
    assert "Querschnittsaufgabe " + " ".join(f"4.{i}" for i in range(1, 16)) in alle
    assert "Querschnittsaufgabe 4.1 4.2 4.3 4.4" in alle


def test_a_sign_is_heard_as_what_it_means(gesetzt, lesen):
    worte = vorlesen.alles(lesen(gesetzt).pdf)
    assert "Digitale Teilhabe betrifft nicht betrifft betrifft betrifft nicht" in " ".join(worte.split())
    assert worte.count("läuft") == 2 * 13 + 1  # and in the legend
    assert worte.count("●") == 3  # legends
    assert "kein Wert" in worte


def test_what_stands_below_a_row_is_headed_by_it(gesetzt, lesen):
    """The texts of the matrix and the offers, across all columns, and each other cell."""
    buch = lesen(gesetzt)
    texte = vorlesen.alle_texte(buch.pdf)
    koepfe = {bytes(kopf.ID): " ".join(vorlesen.worte(kopf, texte).split()) for kopf in buch.elemente("/TH")}
    breite = [zelle for zelle in buch.elemente("/TD") if zelle.A.get("/ColSpan", 1) > 2]
    namen = [[koepfe[bytes(k)] for k in zelle.A.Headers] for zelle in breite]
    assert ["Digitale Teilhabe"] in namen
    assert any(name[:1] == ["Angebot 4"] for name in namen)
    assert all(list(zelle.A.Headers) for zelle in buch.elemente("/TD"))


def test_what_is_longer_than_a_page_leaves_none_empty_and_none_without_head(gesetzt):
    alle = seiten(gesetzt)
    assert all(len(zeilen(seite)) >= 3 for seite in alle[2:]), [len(zeilen(seite)) for seite in alle]
    fortgesetzt = [zeilen(seite)[0] for seite in alle if "ausgebaut" in " ".join(zeilen(seite)[1:3])]
    assert "Angebot Anbieter Förderung" in fortgesetzt
    assert "Wann Schritt Beteiligte" in fortgesetzt


def test_a_plan_of_many_years_is_parted_and_keeps_each_number_with_its_title(gesetzt):
    alle = [zeile for seite in seiten(gesetzt) for zeile in zeilen(seite)]
    for teil, jahre in ((1, range(2027, 2034)), (2, range(2034, 2041))):
        assert any(zeile.endswith(f"im Quartier ({teil} von 2)") for zeile in alle)
        assert "Maßnahme Zeitraum " + " ".join(map(str, jahre)) in alle
    assert sum(zeile.startswith("4.1-2 Integrationsbeauftragten") for zeile in alle) == 2
    assert "4.1-2" not in alle


def test_twelve_years_stand_side_by_side_and_the_next_page_names_the_field():
    massnahmen = [baum.Verweis(anker="massnahme-1", nummer=f"4.1-{i}", titel="Kurs") for i in range(1, 61)]
    zeilen_ = tuple(baum.Zeitplanzeile(massnahme=m, zeitraum="2028", laeuft=(False, *[True] * 11)) for m in massnahmen)
    felder = (baum.Zeitplanfeld(feld=feld("4.1", "Ankommen"), zeilen=zeilen_),)
    zwoelf = drucke(dokument(baum.Zeitplan(jahre=tuple(range(2027, 2039)), felder=felder)))
    kopf = "Maßnahme Zeitraum " + " ".join(map(str, range(2027, 2039)))
    mit_plan = [kopf in zeilen(seite) for seite in seiten(zwoelf)]
    lauf = subprocess.run(["pdftotext", "-", "-"], input=zwoelf, capture_output=True, check=True)
    geht_weiter = ["4.1 Ankommen (Fortsetzung)" in seite for seite in lauf.stdout.decode().split("\f")]
    assert sum(mit_plan) > 1
    assert geht_weiter[: len(mit_plan)] == [da and mit_plan[i - 1] for i, da in enumerate(mit_plan)]


def test_years_in_which_nothing_runs_are_named_below_the_plan_and_have_no_table():
    zeile = baum.Zeitplanzeile(massnahme=feld("4.1-1"), laeuft=(True, *[False] * 29))
    langer = baum.Zeitplan(
        jahre=tuple(range(2027, 2057)), felder=(baum.Zeitplanfeld(feld=feld("4.1", "A"), zeilen=(zeile,)),)
    )
    (tafel,) = zeitplantafeln(langer, in_teilen=True)
    assert tafel.jahre == tuple(range(2027, 2037))
    assert (tafel.titel, tafel.ohne) == ("4.1\u00a0A", ("2037–2046", "2047–2056"))
    (ganz,) = zeitplantafeln(langer, in_teilen=False)
    assert (ganz.jahre, ganz.ohne) == (langer.jahre, ())


def test_on_the_screen_a_plan_stands_whole():
    (tabelle,) = lxml.html.fragment_fromstring(teil_html(plan(14)), create_parent=True).iter("table")
    assert [th.text_content() for th in tabelle.find("thead").iter("th")][2:] == [str(j) for j in range(2027, 2041)]


def test_each_kind_of_partner_stands_in_one_line_of_its_column():
    art = "Amt oder Stelle der Verwaltung"
    liste = baum.Mitwirkende(eintraege=(baum.Mitwirkender(kurz="FMI", name=SATZ, art=art), *[FREI] * 3))
    alle = [zeile for seite in seiten(drucke(dokument(liste))) for zeile in zeilen(seite)]
    assert sum(zeile.endswith(art) for zeile in alle) == 1


def test_offers_are_grouped_by_field_and_those_without_one_come_last():
    tafel = angebotstafel(LISTE)
    assert [(g.titel.replace("\u00a0", " ")[:4], [z.angebot.titel for z in g.zeilen]) for g in tafel.gruppen] == [
        ("4.9 ", ["Angebot 3"]),
        ("4.10", ["Angebot 1", "Angebot 4"]),
        (OHNE_FELD[:4], ["Angebot 2"]),
    ]
    assert tafel.spalten == ("Anbieter", "Förderung")  # no offer names a Zielgruppe
    html = teil_html(LISTE)
    assert "Zielgruppen" not in html
    assert html.count("dok-kopfgruppe") == 3
    assert re.findall(r'id="(angebot-\d)" data-rn="(\d)"', html) == [(f"angebot-{i}", str(i)) for i in (3, 1, 4, 2)]


def test_offers_of_one_group_have_no_heading():
    html = teil_html(baum.Angebotsliste(angebote=(angebot(1), angebot(2))))
    assert "dok-kopfgruppe" not in html
    assert OHNE_FELD not in html


def test_no_heading_of_a_group_stands_alone_at_the_foot_of_a_page():
    felder = [feld(f"4.{i}", f"Gruppe {i}") for i in range(1, 60)]
    angebote = tuple(
        angebot(i, f, text=lies_text(SATZ * (i % 5)), anbieter=("Caritasverband",)) for i, f in enumerate(felder)
    )
    alle = seiten(drucke(dokument(baum.Angebotsliste(angebote=angebote))))
    letzte = [zeilen(seite)[-1] for seite in alle[2:] if "Anbieter" in zeilen(seite)[0]]
    assert len(letzte) >= 3
    assert not [zeile for zeile in letzte if "Gruppe" in zeile]


@pytest.mark.parametrize("titel", ["Bildung", "Interkulturelle Öffnung und Gesundheitsversorgung im Quartier"])
def test_the_matrix_is_headed_by_titles_where_these_have_room(titel):
    tafel = matrixtafel(matrix([feld("", titel + str(i)) for i in range(6)]))
    if titel == "Bildung":
        assert [k.kurz for k in tafel.koepfe] == [f"Bildung{i}" for i in range(6)]
        assert not tafel.mit_kopferklaerung
    else:
        assert [k.kurz for k in tafel.koepfe] == [*"ABCDEF"]
        assert tafel.mit_kopferklaerung


def test_in_a_matrix_of_many_columns_the_texts_stand_below_the_signs():
    tafel = matrixtafel(matrix(FELDER[:4], "Ein Text."))
    (zeile, _) = tafel.zeilen
    assert [z.betrifft for z in zeile.zellen] == [False, True, True, False]
    assert [(z.kopf.kurz, z.text) for z in zeile.texte] == [("4.2", "Ein Text.")]
    wenige = matrixtafel(matrix(FELDER[:3], "Ein Text."))
    assert [z.text for z in wenige.zeilen[0].zellen] == ["", "Ein Text.", ""]


BREIT = [["Nr.", "Wert", "Anmerkung"], ["1", "123.456.789,00", SATZ * 5], ["2", "1", SATZ]]


def test_widths_add_up_whatever_the_order_of_the_rows():
    assert sum(anteile(BREIT)) == 100
    assert anteile(BREIT) == anteile([BREIT[0], BREIT[2], BREIT[1]])
    assert anteile([]) == ()
    assert sum(anteile([["x"] * 40])) == 100
    nr, wert, anmerkung = anteile(BREIT)
    assert nr < wert < anmerkung
    assert wert >= 14  # percent, as wide as its fourteen digits


def test_the_legend_of_many_columns_is_running_text():
    kurz = [feld(f"4.{i}", f"Feld Nummer {i}") for i in range(1, 16)]
    (legende,) = [z for s in seiten(drucke(dokument(matrix(kurz)))) for z in zeilen(s) if z.startswith("4.1 Feld")]
    assert legende.startswith("4.1 Feld Nummer 1; 4.2 Feld Nummer 2; 4.3 Feld Nummer 3;")


@pytest.mark.parametrize(("namen", "wort"), [(("AG Sprache",), "arbeitet"), (("AG Sprache", "Beirat"), "arbeiten")])
def test_one_body_works_and_two_work(namen, wort):
    assert f"Hier {wort}</span> {', '.join(namen)}" in teil_html(baum.Gremienzeile(namen=namen))


def test_the_values_of_a_series_have_as_many_decimals():
    werte = [baum.Messwert(jahr=2027 + i, wert=Decimal(w)) for i, w in enumerate(("30.60", "31", "1251.85"))]
    reihe = baum.Indikator(anker="indikator-1", titel="Reihe", zielwert=Decimal(40), messwerte=tuple(werte))
    html = teil_html(baum.Indikatorentabelle(indikatoren=(reihe,)))
    assert re.findall(r"<td>([\d.,]+)</td>", html) == ["30,60", "31,00", "1.251,85"]
    assert "Zielwert: 40</p>" in html


def test_the_one_full_cell_of_a_column_has_room_beside_titles_of_two_lines():
    foerderung = baum.Foerderung(geber="Bundesamt für Migration und Flüchtlinge", programm=SATZ[:70])
    angebote = [angebot(i, anbieter=("Stadt Meerbusch, Fachbereich",), zielgruppen=("alle",)) for i in range(14)]
    angebote = [structs.replace(a, titel="Sprachförderung für Kinder im Quartier") for a in angebote]
    angebote[0] = structs.replace(angebote[0], foerderungen=(foerderung,))
    titel, _, _, breite = angebotstafel(baum.Angebotsliste(angebote=tuple(angebote))).prozente
    assert breite >= 25
    assert titel >= 25


def test_a_text_below_the_signs_is_shown_once():
    html = teil_html(matrix(FELDER[:4], "Ein Text."))
    assert html.count("Ein Text.") == 2  # rows
    assert html.count('data-gesprochen="betrifft"') == 4


def test_what_has_no_chapter_of_its_own_is_named_and_no_link():
    ohne = [baum.Verweis(anker="", titel=f"{titel} und Gesundheitsversorgung im Quartier") for titel in "abcdefg"]
    html = teil_html(matrix(ohne)) + teil_html(baum.Angebotsliste(angebote=(angebot(1, ohne[0]), angebot(2))))
    assert "<a " not in html
    assert html.count("a und Gesundheitsversorgung im Quartier") >= 2
