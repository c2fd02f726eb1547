"""What stands on the sheet of a measure: its facts, its rows, its costs, and nothing left out."""

import datetime as dt
import typing
from decimal import Decimal

import lxml.html
import pytest
from django.template.loader import render_to_string
from msgspec import structs

from konzept.dokument import baum
from konzept.dokument.zahlen import zahl
from konzept.fliesstext.bloecke import Knoten
from konzept.heute import am
from konzept.teildrucke.steckbrief import Steckbrief, eingeordnete, mitwirkende, namen_von, steckbrief
from tests.konzept.dokument.lesart import blank
from tests.konzept.teildrucke.baeume import (
    BUERO,
    KARG,
    LANG,
    NAMEN,
    PERSONAL,
    SACHKOSTEN,
    TAG,
    ZIEL,
    akteure,
    anteile,
    dokument,
    kosten,
    massnahme,
    position,
)
from tests.vollbaum import vollbaum


def glatt(text: str) -> str:
    """With plain spaces."""
    return "\n".join(" ".join(zeile.split()) for zeile in text.split("\n"))


def blatt(m: baum.Massnahme, namen=NAMEN) -> Steckbrief:
    ganz = dokument(m)
    (e,) = eingeordnete(ganz)
    return steckbrief(e, ganz, TAG, namen)


def worte(zelle) -> str:
    zeilen = ["".join(s.text for s in zeile) for zeile in zelle.zeilen]
    zeilen += ["".join(lauf.text for lauf in absatz.laeufe) for absatz in zelle.text]
    return glatt("\n".join(zeilen))


def kacheln(m: baum.Massnahme, **mit) -> dict[str, str]:
    return {kachel.titel: worte(kachel.zelle) for kachel in blatt(m, **mit).kacheln}


def reihen(m: baum.Massnahme, **mit) -> dict[str, list[str]]:
    """The words of each row, without those of its table."""
    return {reihe.titel: [worte(e.zelle) for e in reihe.eintraege] for reihe in blatt(m, **mit).reihen}


def test_number_title_and_the_way_from_the_field():
    b = blatt(BUERO)
    assert (b.nummer, b.titel) == ("4.1-6", "Willkommensbüro im Rathaus einrichten")
    assert [glatt(stelle) for stelle in b.weg] == ["4.1 Ankommen und Sprache", "Leitziel 2", "Handlungsziel 2.1"]
    assert (b.feld.kurz, b.feld.kapitel, b.feld.teile) == ("Ankommen", (), ())
    assert blatt(KARG).weg == ("4.1 Ankommen und Sprache",)


def test_four_facts_in_a_band():
    assert kacheln(BUERO) == {
        "Stand am 15.12.2026": "geplant",
        "Zeitraum": "2. Halbjahr 2027 bis Ende 2032",
        "Federführung": "FMI Fachstelle Migration und Integration",
        "Kosten 2027–2032": "164.000 €, 0,5 VZÄ",
    }
    fuehrt = blatt(BUERO).kacheln[2].zelle
    assert [s.text for s in fuehrt.zeilen[0] if s.fett] == ["FMI"]


def test_the_band_is_there_with_nothing_in_it():
    assert kacheln(KARG) == {"Stand am 15.12.2026": "", "Zeitraum": "", "Federführung": "", "Kosten": ""}
    assert all(kachel.zelle.leer for kachel in blatt(KARG).kacheln)
    assert blatt(KARG).reihen == ()


def test_rows_in_their_order_and_empty_ones_are_gone():
    assert reihen(BUERO) == {
        "Handlungsziel": [ZIEL.titel],
        "Worum es geht": [worte(blatt(BUERO).reihen[1].eintraege[0].zelle)],
        "Schritte": [],
        "Beteiligte": ["33 Bürgerservice, Caritasverband Musterstadt, Jugendmigrationsdienst (JMD)"],
        "Zielgruppen": ["Neuzugewanderte, Geflüchtete Menschen"],
        "Kosten": [],
        "Woran wir es messen": ["Erstgespräche; Zielwert 2030: 900"],
        "Leitlinien": ["2 Integration ist ein wechselseitiger Prozess.", "7 Verwaltung ist für alle da."],
        "Priorität": ["hoch"],
        "Sachstand": ["06.10.2026, FMI\nDer Raum ist gefunden."],
        "Abkürzungen": ["10 Hauptamt"],
    }


def test_a_measure_that_is_put_off_says_why_before_anything_else():
    assert next(iter(reihen(LANG).items())) == ("Warum zurückgestellt", ["Der Kreis entscheidet 2028."])


def test_of_a_goal_it_is_said_which_kind_it_is():
    leitziel = baum.Verweis(anker="leitziel-1", nummer="2", titel="Ankommen")
    m = massnahme(1, ziel=leitziel)
    assert reihen(m) == {"Leitziel": ["Ankommen"]}
    assert [glatt(stelle) for stelle in blatt(m).weg] == ["4.1 Ankommen und Sprache", "Leitziel 2"]


def test_actors_are_called_by_their_names_where_the_document_has_them():
    assert "Unbeteiligt" not in str(blatt(BUERO))
    assert kacheln(BUERO, namen={})["Federführung"] == "FMI"
    assert reihen(BUERO, namen={})["Beteiligte"] == ["33, Caritas, JMD"]
    assert "Abkürzungen" not in reihen(BUERO, namen={})
    assert kacheln(massnahme(1, beteiligte=akteure("FMI", "Caritas", fuehrt=2)))["Federführung"] == (
        "FMI Fachstelle Migration und Integration\nCaritasverband Musterstadt"
    )
    assert namen_von(mitwirkende(dokument())) == NAMEN


def test_many_in_charge_stand_in_a_row_below_the_band():
    """The band never breaks across pages, and would leave the first empty."""
    viele = massnahme(1, beteiligte=akteure(*(f"Amt {i}" for i in range(70)), "33", fuehrt=71))
    assert kacheln(viele)["Federführung"] == "siehe unten"
    assert reihen(viele)["Federführung"] == [", ".join([*(f"Amt {i}" for i in range(70)), "33 Bürgerservice"])]
    assert "Beteiligte" not in reihen(viele)
    wenige = massnahme(1, beteiligte=akteure(*(f"Amt {i}" for i in range(8)), fuehrt=8))
    assert kacheln(wenige)["Federführung"].split("\n") == [f"Amt {i}" for i in range(8)]
    assert "Federführung" not in reihen(wenige)


def test_each_step_has_its_own_period_and_actors():
    tafel = next(reihe.schritte for reihe in blatt(BUERO).reihen if reihe.titel == "Schritte")
    assert [(worte(z.schritt), z.zeitraum, worte(z.wer)) for z in tafel.zeilen] == [
        ("(1)Raumkonzept abstimmen", "2027", "10, FMI"),
        ("(2)Betrieb auswerten", "1. Quartal 2030", ""),
    ]
    assert (tafel.mit_zeitraum, tafel.mit_akteuren) == (True, True)


def test_steps_of_nothing_but_words_are_a_list():
    schritte = tuple(baum.Schritt(anker=f"umsetzungsschritt-{i}", nummer=i, text=f"Tu {i}") for i in (1, 2))
    (reihe,) = blatt(massnahme(1, schritte=schritte)).reihen
    assert reihe.schritte is None
    assert [(e.anker, worte(e.zelle)) for e in reihe.eintraege] == [
        ("umsetzungsschritt-1", "(1)Tu 1"),
        ("umsetzungsschritt-2", "(2)Tu 2"),
    ]


def test_where_only_the_steps_have_a_period_the_band_says_so():
    schritt = baum.Schritt(anker="umsetzungsschritt-1", nummer=1, text="Tu", zeitraum="2028")
    assert kacheln(massnahme(1, schritte=(schritt,)))["Zeitraum"] == "siehe Schritte"


# Costs


def kostenzeilen(k: baum.Kosten) -> list[tuple[str, ...]]:
    (reihe,) = (reihe for reihe in blatt(massnahme(1, kosten=k)).reihen if reihe.titel == "Kosten")
    zeilen = [(worte(e.zelle),) for e in reihe.eintraege]
    if reihe.kosten:
        zeilen += [(z.wofuer, z.zeit, z.angabe, z.rechnung) for z in reihe.kosten.zeilen]
        zeilen += list(reihe.kosten.summen)
    return [tuple(map(glatt, zeile)) for zeile in zeilen]


def test_positions_as_worded_how_they_count_and_their_sum():
    assert kostenzeilen(BUERO.kosten) == [
        ("Sachkosten, Eigenmittel, Produkt 05.03.01", "2028", "18.000 €", ""),
        ("Personalkosten 0,5 VZÄ", "2029–2032", "36.500 €", "jährlich, 4 × 36.500 € = 146.000 €"),
        ("Zusammen", "2027–2032", "164.000 €"),
    ]


UNBEZIFFERT = position("je nach Bedarf", grund="unbeziffert", art="Sachkosten")
ERGEBNIS = position(
    "1.000 €", betrag=Decimal(1000), anteile=anteile(1000, 2028, 2028), haushalt="Ergebnishaushalt",
    haushalt_schluessel="ergebnishaushalt",
)  # fmt: skip
FINANZ = structs.replace(ERGEBNIS, haushalt="Finanzhaushalt", haushalt_schluessel="finanzhaushalt")
SPAET = position("5 € jährlich", betrag=Decimal(5), anteile=anteile(5, 2031, 2034), zeit="2031–2034")


@pytest.mark.parametrize(
    ("k", "kachel", "zeilen"),
    [
        (kosten(position("500 €", betrag=Decimal(500), anteile=anteile(500, 2028, 2028))), "500 €", [("500 €",)]),
        (kosten(offen=True), "offen", [("Die Kosten sind noch offen.",)]),
        (kosten(wortlaut="rund 500 € je Kurs"), "rund 500 € je Kurs", [("rund 500 € je Kurs",)]),
        (kosten(wortlaut="Das " * 30), "siehe Kosten", [(glatt("Das " * 30),)]),
        (
            kosten(position(stellenanteil=Decimal("1.5"), art="Personalkosten")),
            "1,5 VZÄ",
            [("Personalkosten 1,5 VZÄ",)],
        ),
        (
            kosten(position("1.000 € jährlich", betrag=Decimal(1000), anteile=anteile(1000, 2027, 2032))),
            "6.000 €",
            [("1.000 € jährlich (6 × 1.000 € = 6.000 €)",)],
        ),
        (
            kosten(SACHKOSTEN, UNBEZIFFERT),
            "18.000 € und weitere",
            [
                ("Sachkosten, Eigenmittel, Produkt 05.03.01", "2028", "18.000 €", ""),
                ("Sachkosten", "", "je nach Bedarf", "nicht beziffert"),
                ("Zusammen, soweit gezählt", "2027–2032", "18.000 €"),
            ],
        ),
        (
            kosten(ERGEBNIS, FINANZ),
            "siehe Kosten",
            [
                ("Ergebnishaushalt", "", "1.000 €", ""),
                ("Finanzhaushalt", "", "1.000 €", ""),
                ("Zusammen im Ergebnishaushalt", "2027–2032", "1.000 €"),
                ("Zusammen im Finanzhaushalt", "2027–2032", "1.000 €"),
            ],
        ),
        (
            kosten(structs.replace(SPAET, gekuerzt=True)),
            "20 €",
            [("Kosten", "2031–2034", "5 €", "jährlich, 4 × 5 € = 20 €; vor 2027 nicht gezählt")],
        ),
        (
            kosten(
                position(
                    "5.000 bis 8.000 €",
                    betrag=Decimal(8000),
                    anteile=anteile(8000, 2028, 2028),
                    grenze_schluessel="Spanne",
                )
            ),
            "8.000 €",
            [("5.000 bis 8.000 € (gezählt mit 8.000 €)",)],
        ),
        (kosten(position("5 €", grund="ein späterer")), "5 €", [("5 € (nicht gezählt)",)]),
    ],
)  # fmt: skip
def test_costs_of_every_kind(k, kachel, zeilen):
    assert kostenzeilen(k) == zeilen
    assert glatt(list(kacheln(massnahme(1, kosten=k)).values())[3]) == kachel


def test_years_beyond_the_validity_are_said_as_they_are():
    assert [titel for titel in kacheln(massnahme(1, kosten=kosten(SPAET))) if titel.startswith("Kosten")] == [
        "Kosten 2031–2034"
    ]


LANGE_ANGABE = "36.500 € im Rahmen der verfügbaren Mittel, die der Rat in jedem Jahr neu beschließt"


def test_a_long_wording_stays_below_the_heads_of_its_columns():
    k = kosten(SACHKOSTEN, structs.replace(PERSONAL, angabe=LANGE_ANGABE))
    (reihe,) = blatt(massnahme(1, kosten=k)).reihen
    assert [zeile.lang for zeile in reihe.kosten.zeilen] == [False, True]
    assert kostenzeilen(k)[1] == (
        "Personalkosten 0,5 VZÄ", "2029–2032", LANGE_ANGABE, "4 × 36.500 € = 146.000 €"
    )  # fmt: skip
    html = lxml.html.fromstring(
        render_to_string("teildrucke/steckbrief_kosten.html", {"tafel": reihe.kosten, "im_druck": True})
    )
    assert {tuple(zelle.get("colspan", "1") for zelle in zeile) for zeile in html.iter("tr")} == {("1", "1", "1")}


# Nothing is left out

OHNE = {
    **dict.fromkeys(("Massnahme anker", "Schritt anker", "Indikator anker", "Verweis anker"), "where links lead to"),
    "Massnahme rn": "counts through the whole document",
    "Massnahme nummer": "`kennung` says it for the whole document",
    "Massnahme kurz": "stands for the title where room is short",
    **dict.fromkeys(
        (
            *("Massnahme stand_schluessel", "Kostenposition finanzierung_schluessel", "Kostenposition grund"),
            *("Kostenposition haushalt_schluessel", "Kostenposition grenze_schluessel"),
        ),
        "the key of a word",
    ),
    **dict.fromkeys(
        ("Massnahme von", "Massnahme bis", "Massnahme offen", "Massnahme wiederkehr"), "`zeitraum` is the wording"
    ),
    "Beteiligter federfuehrend": "who leads stands in the band",
    "Kostenposition betrag": "`angabe` is the wording",
    **dict.fromkeys(
        ("Kostenanteil jahr", "Kostenanteil betrag", "Kostenposition gekuerzt", "Kostenposition stellenjahre"),
        "in the sums",
    ),
    "Kostenposition hinweis": "for who edits, and not printed anywhere",
    "Kosten offen": "said in a sentence",
    "Indikator feld": "of context indicators, which belong to no measure",
    "Messwert bruch": "breaks the line of a chart",
}
"""Fields of a measure, and of what it holds, whose value does not stand on the sheet as it is."""


def felder(knoten, name: str = "") -> typing.Iterator[tuple[str, object]]:
    """Each plain value below a node with the kind and field that holds it, and those of OHNE as they are; of a rich
    text its runs."""
    if name in OHNE:
        yield name, knoten
    elif isinstance(knoten, tuple):
        for teil in knoten:
            yield from felder(teil, name)
    elif isinstance(knoten, baum.Lauf):
        yield name, knoten.text
    elif isinstance(knoten, Knoten):
        im_text = type(knoten).__module__ != baum.__name__
        for feld in knoten.__struct_fields__:
            wert = getattr(knoten, feld)
            if not im_text:
                yield from felder(wert, f"{type(knoten).__name__} {feld}")
            elif isinstance(wert, tuple) and feld != "ausrichtung":
                yield from felder(wert, name)
    else:
        yield name, knoten


def in_worten(wert) -> str:
    match wert:
        case bool():
            raise AssertionError("A yes or no has no words: say in OHNE where it is said.")
        case dt.date():
            return am(wert)
        case int() | Decimal():
            return zahl(Decimal(wert)).replace(".", "") if isinstance(wert, int) else zahl(wert)
        case _:
            return wert


def test_every_field_of_a_measure_stands_on_its_sheet():
    ganz = vollbaum()
    (e, *_) = eingeordnete(ganz)
    html = render_to_string("teildrucke/steckbrief.html", {"blatt": steckbrief(e, ganz, TAG), "im_druck": True})
    text = blank(lxml.html.fromstring(html).text_content())
    gefunden = list(felder(e.massnahme))
    assert {name for name, _ in gefunden} >= OHNE.keys(), "OHNE names what is no field any more"
    fehlend = [(name, wert) for name, wert in gefunden if name not in OHNE and blank(in_worten(wert)) not in text]
    assert fehlend == []
    assert len(gefunden) > 80


@pytest.mark.django_db
def test_the_examples_are_said_in_full(beispiele):
    """Every wording of every measure that stands in the table stands on its sheet."""
    for ganz in beispiele.values():
        namen = namen_von(mitwirkende(ganz))
        for e in eingeordnete(ganz):
            kontext = {"blatt": steckbrief(e, ganz, TAG, namen), "im_druck": True}
            html = lxml.html.fromstring(render_to_string("teildrucke/steckbrief.html", kontext))
            text = blank(html.text_content())
            fehlend = [
                (name, wert)
                for name, wert in felder(e.massnahme)
                if wert is not None and name not in OHNE and name != "Beteiligter kurz"
                and blank(" ".join(in_worten(wert).split())) not in text
            ]  # fmt: skip
            assert fehlend == [], e.massnahme.titel
