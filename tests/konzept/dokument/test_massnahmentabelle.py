"""The table of measures: what its cells say, how they lie on the page, and what goes along where a page ends."""

import datetime as dt
import re
import shutil
import subprocess
from decimal import Decimal

import lxml.html
import pytest
from msgspec import structs

from konzept.dokument import baum, pdf
from konzept.dokument.tafeln.massnahmentabelle import als_tabelle
from tests.konzept.dokument import vorlesen
from tests.konzept.dokument.lesart import blank

SATZ = "Die Verwaltung prüft gemeinsam mit den Trägern, wie das Angebot erreichbar bleibt. "
WORT = "Migrantenselbstorganisationsförderungskoordinierungsstellenleiterinnenkonferenz"
ZIEL = baum.Verweis(anker="handlungsziel-1", nummer="1.2", titel="Wer Deutsch lernen will, findet einen Ort dafür.")

mit_pdftotext = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")


def akteure(*namen: str) -> tuple[baum.Beteiligter, ...]:
    return tuple(baum.Beteiligter(kurz=name, federfuehrend=i == 0) for i, name in enumerate(namen))


def position(angabe: str, **werte) -> baum.Kostenposition:
    return baum.Kostenposition(angabe=angabe, **werte)


def massnahme(nummer: int, **werte) -> baum.Massnahme:
    return baum.Massnahme(
        **{
            "anker": f"massnahme-{nummer}",
            "rn": nummer,
            "nummer": str(nummer),
            "kennung": f"4.1-{nummer}",
            "titel": f"Titel {nummer}",
            **werte,
        }
    )


def absaetze(*texte: str) -> tuple[baum.Absatz, ...]:
    return tuple(baum.Absatz(laeufe=(baum.Lauf(text=text),)) for text in texte)


def tabelle(*massnahmen: baum.Massnahme, titel: str = "") -> baum.Massnahmentabelle:
    return baum.Massnahmentabelle(abschnitte=(baum.Tabellenabschnitt(titel=titel, massnahmen=massnahmen),))


def dokument(*teile: baum.Teil) -> baum.Dokument:
    ziele = baum.Zielbaum(handlungsziele=(baum.Handlungsziel(anker=ZIEL.anker, rn=0, nummer="1.2", titel=ZIEL.titel),))
    return baum.Dokument(
        kommune=baum.Kommune(slug="s", name="Stadt S", kurzname="S", art="stadt"),
        slug="k",
        titel="Konzept",
        kapitel=(baum.Kapitel(anker="abschnitt-1", nummer="1", titel="Maßnahmen", teile=(ziele, *teile)),),
    )


ZWEI_POSITIONEN = baum.Kosten(
    positionen=(
        position(
            "18.000 €",
            anteile=(baum.Kostenanteil(jahr=2028, betrag=Decimal(18000)),),
            zeit="2028",
            art="Sachkosten",
            finanzierung="Eigenmittel",
            produkt="05.03.01",
        ),
        position(
            "36.500 € jährlich",
            anteile=tuple(baum.Kostenanteil(jahr=jahr, betrag=Decimal(36500)) for jahr in range(2029, 2033)),
            zeit="2029–2032",
            art="Personalkosten",
            stellenanteil=Decimal("0.5"),
        ),
    )
)
BUERO = massnahme(
    6,
    titel="Willkommensbüro im Rathaus einrichten",
    text=absaetze(SATZ * 3),
    zeitraum="2. Halbjahr 2027 bis Ende 2032",
    beteiligte=akteure("FMI", "33", "Caritas"),
    schritte=(
        baum.Schritt(
            anker="umsetzungsschritt-1",
            nummer=1,
            text="Raumkonzept abstimmen",
            zeitraum="2027",
            beteiligte=akteure("10", "FMI"),
        ),
        baum.Schritt(anker="umsetzungsschritt-2", nummer=2, text="Betrieb auswerten", zeitraum="1. Quartal 2030"),
    ),
    kosten=ZWEI_POSITIONEN,
)


# What the cells say


def zeilen(teil: baum.Massnahmentabelle) -> list[list[str]]:
    """The words of each cell of each row."""
    return [
        ["\n".join("".join(s.text for s in zeile) for zeile in zelle.zeilen) for zelle in zeile.zellen]
        for gruppe in als_tabelle(teil).gruppen
        for zeile in gruppe.zeilen
    ]


def test_each_step_and_each_position_is_a_row_with_its_own_period_actors_and_amount():
    assert zeilen(tabelle(BUERO)) == [
        ["4.1-6", BUERO.titel, BUERO.zeitraum, "FMI, 33, Caritas", "164.000\u00a0€"],
        [""],
        ["(1)Raumkonzept abstimmen", "2027", "10, FMI", ""],
        ["(2)Betrieb auswerten", "1. Quartal 2030", "", ""],
        ["Sachkosten, Eigenmittel, Produkt\u00a005.03.01", "2028", "", "18.000 €"],
        ["Personalkosten 0,5\u00a0VZÄ", "2029–2032", "", "36.500 € jährlich"],
    ]


def test_who_is_in_charge_stands_out():
    (gruppe,) = als_tabelle(tabelle(BUERO)).gruppen
    wer = gruppe.zeilen[0].zellen[3]
    assert [s.text for s in wer.zeilen[0] if s.fett] == ["FMI"]


@pytest.mark.parametrize(
    ("kosten", "betrag"),
    [
        (baum.Kosten(positionen=(position("500 €"),)), "500 €"),
        (baum.Kosten(offen=True), "offen"),
        (baum.Kosten(offen=True, wortlaut="rund 500 € je Kurs"), ""),
        (
            baum.Kosten(positionen=(*ZWEI_POSITIONEN.positionen, position("etwa 5.000 €", grund="verteilung"))),
            "",
        ),
        (
            baum.Kosten(
                positionen=tuple(
                    structs.replace(p, haushalt_schluessel=h)
                    for p, h in zip(ZWEI_POSITIONEN.positionen, ("ergebnis", "finanz"), strict=True)
                )
            ),
            "",
        ),
        (baum.Kosten(positionen=(position("500 €", zeit="2028"),)), ""),
    ],
    ids=["amount alone", "open", "in words", "one that does not count", "two budgets", "nothing counts"],
)
def test_sum_beside_the_title_is_one_that_says_all(kosten, betrag):
    assert zeilen(tabelle(massnahme(1, kosten=kosten)))[0][-1] == betrag


def test_column_of_nothing_is_left_out_and_so_are_words_of_its_head():
    ohne = als_tabelle(tabelle(massnahme(1), massnahme(2)))
    assert [s.titel for s in ohne.spalten] == ["Nr.", "Maßnahme"]
    mit = als_tabelle(tabelle(massnahme(1), BUERO))
    assert [s.titel for s in mit.spalten] == [
        "Nr.", "Maßnahme, Schritte, Kosten", "Zeitraum", "Umsetzung durch", "Betrag",
    ]  # fmt: skip
    kopf = mit.gruppen[0].zeilen[0].zellen
    assert [zelle.leer for zelle in kopf] == [False, False, True, True, True]


def test_section_by_goal_says_the_goal_and_its_measures_do_not_repeat_it():
    nach_ziel = als_tabelle(tabelle(massnahme(1, ziel=ZIEL, prioritaet="hoch"), titel="Handlungsziel 1.2"))
    kopf, gruppe = nach_ziel.gruppen
    assert "".join(s.text for s in kopf.zeilen[0].zellen[0].zeilen[0]) == f"Handlungsziel 1.2 {ZIEL.titel}"
    assert [s.text for s in gruppe.zeilen[-1].zellen[0].zeilen[0]] == ["Priorität hoch"]
    nach_stand = als_tabelle(tabelle(massnahme(1, ziel=ZIEL, prioritaet="hoch"), titel="Ideen"))
    ziel, *_ = nach_stand.gruppen[1].zeilen[-1].zellen[0].zeilen[0]
    assert (ziel.text, ziel.anker, ziel.beschreibung) == (
        "Handlungsziel 1.2", ZIEL.anker, f"Handlungsziel 1.2: {ZIEL.titel}",
    )  # fmt: skip


def test_section_by_goal_has_its_whole_sentence_though_others_name_it_in_short():
    kurz = structs.replace(ZIEL, titel="Deutsch im Stadtteil")
    abschnitt = baum.Tabellenabschnitt(
        titel="Handlungsziel 1.2", satz=ZIEL.titel, massnahmen=(massnahme(1, ziel=kurz),)
    )
    kopf = als_tabelle(baum.Massnahmentabelle(abschnitte=(abschnitt,))).gruppen[0]
    assert "".join(s.text for s in kopf.zeilen[0].zellen[0].zeilen[0]) == f"Handlungsziel 1.2 {ZIEL.titel}"


@pytest.mark.parametrize(
    ("titel", "staende", "gesagt"),
    [
        ("Handlungsziel 1.2", ("geplant", "entfallen"), ["Stand: geplant", "Stand: entfallen"]),
        ("Geplante Maßnahmen", ("geplant", "geplant"), []),
        ("Zurückgestellt oder entfallen", ("entfallen", "entfallen"), ["Stand: entfallen"] * 2),
        ("Bereits umgesetzt, laufende Aktivitäten", ("laufend", "laufend"), ["Stand: laufend"] * 2),
        ("Ideen", ("Idee", "Idee"), []),
        ("", ("Idee", "Idee"), ["Stand: Idee", "Stand: Idee"]),
    ],
)
def test_each_measure_says_its_state_where_its_section_does_not(titel, staende, gesagt):
    alle = (
        massnahme(i, stand=stand, stand_schluessel=stand.lower(), ziel=ZIEL)
        for i, stand in enumerate(staende, start=1)
    )
    worte = [wort for zeile in zeilen(tabelle(*alle, titel=titel)) for wort in zeile[0].split(" · ")]
    assert [wort for wort in worte if wort.startswith("Stand:")] == gesagt


def test_state_with_a_reason_is_said_once():
    (*_, letzte) = zeilen(tabelle(massnahme(1, stand="entfallen", begruendung="Kein Bedarf"), titel="Ideen"))
    assert letzte == ["entfallenKein Bedarf"]


def test_number_too_long_for_its_column_stands_above_the_title_and_narrows_no_other():
    lang = massnahme(1, kennung="4.1-12345678901234567890")
    wert = als_tabelle(tabelle(lang, BUERO))
    (kopf, *_), *_ = (zeile.zellen for zeile in wert.gruppen[0].zeilen)
    assert [zeile[0].text for zeile in kopf.zeilen] == [lang.kennung, lang.titel]
    assert (wert.nummernbreite, kopf.breite, kopf.titelzelle) == (1, 2, True)


@pytest.mark.parametrize(
    "angabe", ["9.999.999.999,99 € jährlich", "100.000.000 Franken je Haushaltsjahr", "je nach Bedarf " * 5]
)
def test_amount_too_long_for_its_column_takes_the_whole_width(angabe):
    kosten = baum.Kosten(positionen=(position(angabe, art="Sachkosten", zeit="2028"),))
    assert zeilen(tabelle(massnahme(1, kosten=kosten)))[-1] == [f"Sachkosten (2028): {angabe}"]


def test_every_row_fills_the_table():
    alles = tabelle(BUERO, massnahme(2, kosten=baum.Kosten(wortlaut="offen")), massnahme(3, ziel=ZIEL), titel="Ideen")
    wert = als_tabelle(alles)
    for gruppe in wert.gruppen:
        for zeile in gruppe.zeilen:
            assert sum(zelle.breite for zelle in zeile.zellen) == len(wert.spalten)


# How they lie on the page


def seiten(inhalt: bytes) -> list[list]:
    """The words of each page with their boxes in pt, in the order of the page."""
    lauf = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=inhalt, capture_output=True, check=True)
    return [
        [
            (wort.text, *(float(wort.get(name)) for name in ("xmin", "ymin", "xmax", "ymax")))
            for wort in seite.iter("word")
        ]
        for seite in lxml.html.document_fromstring(lauf.stdout.decode()).iter("page")
    ]


def stelle(worte: list, text: str):
    return next(wort for wort in worte if wort[0] == text)


@pytest.fixture(scope="module")
def buero() -> list:
    """The words of the page with the table."""
    return seiten(pdf.drucke(dokument(tabelle(BUERO))))[-1]


@mit_pdftotext
def test_a_step_its_period_and_its_actors_are_on_one_height(buero):
    for schritt, *daneben in (("Raumkonzept", "2027", "10,"), ("Betrieb", "2030")):
        hoehe = stelle(buero, schritt)[2]
        for wort in daneben:
            assert any(abs(w[2] - hoehe) < 1 for w in buero if w[0] == wort), wort


@mit_pdftotext
def test_amounts_end_on_one_line_at_the_right_and_text_takes_the_width(buero):
    rechts = [stelle(buero, wort)[3] for wort in ("Betrag", "jährlich")]
    rechts += [max(w[3] for w in buero if w[0] == "€" or w[0].endswith("€"))]
    assert max(rechts) - min(rechts) < 1
    beginn = stelle(buero, "Willkommensbüro")[1]
    text = [w for w in buero if w[0] in SATZ.split()]
    assert abs(min(w[1] for w in text) - beginn) < 1
    assert max(w[3] for w in text) > max(rechts) - 60


@mit_pdftotext
def test_measure_that_breaks_takes_number_and_title_along():
    viele = tuple(
        baum.Schritt(anker=f"umsetzungsschritt-{i}", nummer=i, text=f"Schritt {i} vorbereiten") for i in range(1, 100)
    )
    lang = massnahme(2, titel="Sprachcafés anbieten", schritte=viele)
    inhalt = pdf.drucke(dokument(tabelle(massnahme(1), lang, massnahme(3), massnahme(4))))
    _, _, *mit_tabelle = seiten(inhalt)
    erste, *weitere = (" ".join(w[0] for w in seite) for seite in mit_tabelle)
    assert len(weitere) == 2
    assert "Fortsetzung" not in erste
    for seite in weitere:
        assert "4.1-2 Sprachcafés anbieten (Fortsetzung)" in seite
    kopf = mit_tabelle[1]
    fortsetzung, nummer, erster = (stelle(kopf, wort) for wort in ("(Fortsetzung)", "Nr.", "Schritt"))
    assert fortsetzung[4] <= nummer[2] < nummer[4] <= erster[2] + 1


@mit_pdftotext
def test_measure_that_ends_with_its_page_goes_on_nowhere():
    """However long: no page begins with a measure that is complete, or lacks the name of one that is not."""
    for anzahl in range(30, 34):
        schritte = tuple(
            baum.Schritt(anker=f"umsetzungsschritt-{i}", nummer=i, text=f"Punkt{i}") for i in range(1, anzahl)
        )
        buch = seiten(pdf.drucke(dokument(tabelle(massnahme(1, schritte=schritte), massnahme(2)))))
        for seite in buch[3:]:
            worte = [w[0] for w in seite]
            geht_weiter = any(re.fullmatch(r"Punkt\d+", wort) for wort in worte)
            assert ("(Fortsetzung)" in worte) == geht_weiter, anzahl


@mit_pdftotext
def test_what_is_taller_than_a_page_leaves_none_empty_or_without_head():
    riesig = (
        massnahme(1, titel=(SATZ * 7)[:500]),
        massnahme(2, text=absaetze((SATZ * 80)[:6000])),
        massnahme(3, schritte=(baum.Schritt(anker="umsetzungsschritt-1", nummer=1, text=SATZ * 120),)),
        massnahme(
            4,
            schritte=tuple(
                baum.Schritt(
                    anker=f"umsetzungsschritt-4{i}",
                    nummer=i,
                    text=f"{WORT} abstimmen",
                    zeitraum="2. Halbjahr 2027 bis Ende 2028",
                    beteiligte=akteure(*(f"Träger für die Nordstadt {n}" for n in range(12))),
                )
                for i in range(1, 26)
            ),
        ),
        massnahme(5, titel=WORT, text=absaetze(WORT), beteiligte=akteure(WORT), kosten=ZWEI_POSITIONEN),
    )
    inhalt = pdf.drucke(dokument(tabelle(*riesig, titel="Geplante Maßnahmen")))
    alle = seiten(inhalt)
    register = next(i for i, seite in enumerate(alle) if i > 1 and "Akteursverzeichnis" in [w[0] for w in seite])
    mit_tabelle = alle[2:register]
    assert len(mit_tabelle) > 8
    for nummer, seite in enumerate(mit_tabelle[:-1]):
        assert [w[0] for w in seite].count("Nr.") == 1, nummer
        zuletzt = max(w[4] for w in seite if w[4] < 780)
        if nummer:
            assert zuletzt > 500, f"page {nummer} ends at {zuletzt} pt"


@mit_pdftotext
def test_nothing_reaches_into_the_next_column_or_over_the_margin():
    breit = massnahme(
        1,
        kennung="Teil W-WWWWWWWWWWWWWWWWWWWW",
        titel=f"{WORT} {WORT}",
        zeitraum="Spätsommer 2027 bis voraussichtlich Herbst 2030",
        beteiligte=akteure("W" * 80, "Familienzentrum Nordstadt"),
        schritte=(baum.Schritt(anker="umsetzungsschritt-1", nummer=1, text=WORT, beteiligte=akteure(WORT)),),
        kosten=baum.Kosten(positionen=(position("höchstens 123.456.789,00 € vierteljährlich", art="Sachkosten"),)),
    )
    for seite in seiten(pdf.drucke(dokument(tabelle(breit, BUERO))))[2:]:
        assert max(w[3] for w in seite) < 595 - 56 + 1
        for a in seite:
            for b in seite:
                ueberlappt = min(a[3], b[3]) - max(a[1], b[1]) > 1 and min(a[4], b[4]) - max(a[2], b[2]) > 3
                assert a is b or not ueberlappt, (a, b)


@mit_pdftotext
def test_heading_of_the_table_never_stands_alone_at_the_foot():
    for zeilen_davor in range(38, 48, 3):
        davor = tuple(absaetze(*(f"Absatz {i}" for i in range(zeilen_davor))))
        titel = baum.Zwischentitel(laeufe=(baum.Lauf(text="Überschrift"),))
        buch = dokument(*davor, titel, tabelle(BUERO, titel="Idee"))
        (mit_titel,) = [s for s in seiten(pdf.drucke(buch))[2:] if any(w[0] == "Überschrift" for w in s)]
        worte = [w[0] for w in mit_titel]
        assert {"Nr.", "Idee", "Willkommensbüro", "Verwaltung"} <= set(worte), zeilen_davor


# What is heard, and where one gets


def test_rows_say_what_they_are(lesen):
    """Their heads are the step, the measure with number and title, and the section, and the column last."""
    buch = lesen(pdf.drucke(dokument(tabelle(BUERO, massnahme(7, zeitraum="2028"), titel="Geplante Maßnahmen"))))
    gehoert = blank(vorlesen.alles(buch.pdf))
    schritte = ("Schritt 1: Raumkonzept abstimmen 2027 10, FMI", "Schritt 2: Betrieb auswerten 1. Quartal 2030")
    for worte in (f"Maßnahme 4.1-6: {BUERO.titel}", *schritte):
        assert blank(worte) in gehoert

    def sagt(element) -> str:
        return blank(vorlesen.alles_in(buch.pdf, element))

    koepfe = {bytes(th.ID): sagt(th) for th in buch.elemente("/TH")}
    zellen = {sagt(td): [koepfe[bytes(k)] for k in td.A.Headers] for td in buch.elemente("/TD")}

    def oben(nummer: str, titel: str) -> list[str]:
        return list(map(blank, (f"Maßnahme {nummer}:", titel, "Geplante Maßnahmen")))

    buero = oben("4.1-6", BUERO.titel)
    assert zellen["10,FMI"] == [blank("Schritt 1: Raumkonzept abstimmen"), *buero, blank("Umsetzung durch")]
    assert zellen["18.000€"] == [blank("Sachkosten, Eigenmittel, Produkt 05.03.01"), *buero, "Betrag"]
    assert zellen[blank(SATZ * 3)] == buero
    assert zellen["2028"] in (
        [*oben("4.1-7", "Titel 7"), "Zeitraum"],
        [blank("Sachkosten, Eigenmittel, Produkt 05.03.01"), *buero, "Zeitraum"],
    )


def test_measures_have_bookmarks_below_their_section(lesen):
    lang = massnahme(8, titel=(SATZ * 7)[:500])
    zeichen = lesen(pdf.drucke(dokument(tabelle(BUERO, lang)))).lesezeichen()
    stellen = [titel for _, titel, _ in zeichen]
    assert "4.1-6 Willkommensbüro im Rathaus einrichten" in stellen
    tiefe = {titel: tiefe for tiefe, titel, _ in zeichen}
    assert tiefe["4.1-6 Willkommensbüro im Rathaus einrichten"] == tiefe["1 Maßnahmen"] + 1
    (kurz,) = [titel for titel in stellen if titel.startswith("4.1-8")]
    assert kurz.endswith("…")
    assert len(kurz) <= 90


def test_sachstand_and_indicator_stand_across_with_their_names(lesen):
    m = massnahme(
        1,
        sachstaende=(baum.Sachstand(datum=dt.date(2028, 3, 14), von="FMI", text=absaetze("Der Raum ist gefunden.")),),
        indikatoren=(baum.Indikator(anker="indikator-1", titel="Erstgespräche", zielwert=Decimal(900), zieljahr=2030),),
    )
    buch = lesen(pdf.drucke(dokument(tabelle(m))))
    gehoert = blank(vorlesen.alles(buch.pdf))
    assert blank("Sachstand 14.03.2028, FMI Der Raum ist gefunden.") in gehoert
    assert blank("Indikator Erstgespräche; Zielwert 2030: 900") in gehoert
    assert "indikator-1" in buch.ziele()
