"""The sums of a concept against sums made by hand, and against naive ones."""

from collections import defaultdict
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konzept.dokument import baum
from konzept.dokument.kostenuebersicht import kostenuebersicht
from konzept.dokument.posten import OHNE_ANGABE
from konzept.dokument.summenhinweise import KURZ
from konzept.dokument.summenspalten import HOECHSTENS_JAHRE, Spalten, nebeneinander
from konzept.dokument.tafeln.kosten import kostentabellen, stellentabellen
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.models import Kommune
from massnahmen.kosten import Grund
from tests.fabrik import mache_abschnitt, mache_feld, mache_konzept, mache_kosten, mache_massnahme


@pytest.fixture
def konzept(db):
    konzept = mache_konzept(gueltig_ab=2027, gueltig_bis=2029)
    mache_abschnitt(konzept, "Handlungsfelder", inhalt="handlungsfelder")
    return konzept


def uebersicht(konzept):
    return kostenuebersicht(stelle_zusammen(konzept))


def sicht(konzept) -> baum.Kostensicht:
    (eine,) = uebersicht(konzept).sichten
    return eine


def zahlen(zeile: baum.Kostenzeile) -> tuple:
    return (*map(int, zeile.betraege), int(zeile.summe))


def hinweise(konzept) -> list[str]:
    """The sentences but for the rule, each with its places."""
    return [
        " ".join([h.satz, *(f"{s.nummer} {s.titel};" for s in h.stellen)]).replace("\u00a0", " ")
        for h in uebersicht(konzept).hinweise[1:]
    ]


def test_sums_by_year_field_and_source(konzept):
    sprache, arbeit = mache_feld(konzept, "Sprache", reihenfolge=1), mache_feld(konzept, "Arbeit", reihenfolge=2)
    mache_feld(konzept, "Leer", reihenfolge=3)
    cafe = mache_massnahme(sprache, "Café", zeitraum="2027 bis 2028")
    mache_kosten(cafe, "10.000 € jährlich", finanzierung="eigenmittel")  # 2027, 2028
    mache_kosten(cafe, "500 € monatlich", jahr=2028, bis_jahr=2028, finanzierung="foerdermittel")  # 6000 in 2028
    mache_kosten(cafe, "3.000 €", jahr=2029)  # once
    kurs = mache_massnahme(arbeit, "Kurs", zeitraum="fortlaufend")
    mache_kosten(kurs, "1.000 € halbjährlich", finanzierung="eigenmittel")  # 2000 in each of the three years
    mache_kosten(kurs, "2.000 € pro Jahr", finanzierung="drittmittel")  # the same
    mache_kosten(kurs, "700 €", finanzierung="drittmittel")  # no year
    mache_massnahme(arbeit, "Ohne Betrag", kosten_wortlaut="kostenneutral")
    u = uebersicht(konzept)
    assert u.spalten == ("2027", "2028", "2029", "ohne Jahr")
    (u,) = u.sichten
    assert {z.titel: zahlen(z) for z in u.felder} == {
        "Sprache": (10_000, 16_000, 3_000, 0, 29_000),
        "Arbeit": (4_000, 4_000, 4_000, 700, 12_700),
        "Leer": (0, 0, 0, 0, 0),
    }
    assert {z.titel: zahlen(z) for z in u.mittel} == {
        "Eigenmittel": (12_000, 12_000, 2_000, 0, 26_000),
        "Fördermittel": (0, 6_000, 0, 0, 6_000),
        "Drittmittel": (2_000, 2_000, 2_000, 700, 6_700),
        OHNE_ANGABE: (0, 0, 3_000, 0, 3_000),
    }
    assert zahlen(u.summe) == (14_000, 20_000, 7_000, 700, 41_700)
    assert hinweise(konzept) == ["1 Maßnahme nennt keinen Betrag (1 in Worten)."]


def test_both_tables_have_the_same_total(konzept):
    feld = mache_feld(konzept)
    for i, finanzierung in enumerate(("eigenmittel", "foerdermittel", "drittmittel", "")):
        massnahme = mache_massnahme(feld, zeitraum="ab 2026")
        mache_kosten(massnahme, f"1.{i}00,50 € jährlich", finanzierung=finanzierung)
        mache_kosten(massnahme, "99,99 €", jahr=2040, finanzierung=finanzierung)
    assert uebersicht(konzept).spalten == ("2027", "2028", "2029", "nach 2029")
    u = sicht(konzept)
    for tabelle in (u.felder, u.mittel):
        for i, betrag in enumerate(u.summe.betraege):
            assert sum(z.betraege[i] for z in tabelle) == betrag
        assert sum(z.summe for z in tabelle) == u.summe.summe
    assert u.summe.betraege[-1] == Decimal("399.96")
    assert u.summe.summe == 3 * Decimal("4602.00") + Decimal("399.96")


def test_dropped_measures_do_not_count_and_postponed_ones_do(konzept):
    feld = mache_feld(konzept)
    for stand, betrag in (("entfallen", "1.000 €"), ("zurueckgestellt", "20 €"), ("geplant", "3 €")):
        m = mache_massnahme(feld, umsetzungsstand=stand, stand_begruendung="weil")
        mache_kosten(m, betrag, jahr=2027)
    mache_massnahme(feld, umsetzungsstand="entfallen", stand_begruendung="weil")
    assert int(sicht(konzept).summe.summe) == 23
    assert hinweise(konzept) == ["1 zurückgestellte Maßnahme zählt mit 20 € mit: 1.1-2 „Sprachcafé“;"]


def test_only_dropped_measures(konzept):
    mache_kosten(mache_massnahme(mache_feld(konzept), umsetzungsstand="entfallen", stand_begruendung="x"), "5 €")
    assert isinstance(uebersicht(konzept), baum.Hinweis)


def test_an_amount_of_nothing_is_an_amount(konzept):
    mache_kosten(mache_massnahme(mache_feld(konzept)), "0 €", jahr=2027)
    assert int(sicht(konzept).summe.summe) == 0
    assert not hinweise(konzept)


# What does not count is named, by position


def test_every_position_that_does_not_count_is_named(konzept):
    feld = mache_feld(konzept, nummer="4.1")
    eine, andere = (mache_massnahme(feld, nummer=n) for n in ("1", "2"))
    mache_kosten(eine, "976.377,32 €", jahr=2027)
    mache_kosten(eine, "nach Aufwand")
    mache_kosten(eine, "je nach Förderung", jahr=2028)
    mache_kosten(andere, "10.000 €", jahr=2027, bis_jahr=2029)
    mache_kosten(andere, "50 € jährlich", jahr=2035)
    u = uebersicht(konzept)
    assert u.kurz == (
        f"{KURZ} Nicht enthalten: 2 nicht bezifferte Positionen, 2 nicht berechenbare Positionen."
    )
    assert hinweise(konzept) == [
        "2 Positionen sind nicht beziffert und zählen nicht: 4.1-1 „nach Aufwand“; 4.1-1 „je nach Förderung“ (2028);",
        "2 Positionen sind nicht berechenbar und zählen nicht: "
        "4.1-2 „10.000 €“ (2027–2029): insgesamt oder in jedem Jahr?; "
        "4.1-2 „50 € jährlich“ (ab 2035): es fehlt, bis wann der Betrag anfällt;",
    ]
    assert str(u.sichten[0].summe.summe) == "976377.32"


def test_nothing_but_what_does_not_count(konzept):
    mache_kosten(mache_massnahme(mache_feld(konzept)), "nach Aufwand")
    assert uebersicht(konzept).sichten == ()
    assert hinweise(konzept)[0].startswith("1 Position ist nicht beziffert und zählt nicht:")


def test_another_currency_is_no_sum_and_follows_the_kommune(konzept):
    massnahme = mache_massnahme(mache_feld(konzept))
    mache_kosten(massnahme, "CHF 100'000", jahr=2027)
    mache_kosten(massnahme, "7 €", jahr=2027)
    assert int(sicht(konzept).summe.summe) == 7
    assert hinweise(konzept)[0].startswith("1 Position hat eine andere Währung und zählt nicht:")
    Kommune.objects.update(waehrung="CHF")
    konzept.refresh_from_db()
    assert int(sicht(konzept).summe.summe) == 100_000
    assert "„7 €“" in hinweise(konzept)[0]
    assert next(kostentabellen(uebersicht(konzept))).titel.endswith("in Schweizer Franken")


def test_amounts_in_the_words_are_named(konzept):
    feld = mache_feld(konzept)
    mache_kosten(mache_massnahme(feld, kosten_wortlaut="6.200 € aus Eigenmitteln"), "5 €", jahr=2027)
    mache_massnahme(feld, kosten_wortlaut="kostenneutral")
    mache_massnahme(feld, kosten_offen=True)
    mache_massnahme(feld)
    worte, ohne = hinweise(konzept)
    assert worte.startswith("1 Betrag steht nur in „Kosten in Worten“ und zählt nicht:")
    assert "„6.200 €“" in worte
    assert ohne == "3 Maßnahmen nennen keinen Betrag (1 bewusst offen, 1 in Worten, 1 ohne Angabe)."


def test_of_many_places_the_first_are_named_and_the_rest_counted(konzept):
    massnahme = mache_massnahme(mache_feld(konzept))
    for i in range(15):
        mache_kosten(massnahme, f"nach Aufwand {i}")
    (hinweis,) = [h for h in uebersicht(konzept).hinweise if h.stellen]
    assert (hinweis.satz.replace("\u00a0", " ")[:13], len(hinweis.stellen), hinweis.weitere) == ("15 Positionen", 12, 3)


# What counts otherwise than one would think


def test_bounds_and_savings_are_said(konzept):
    massnahme = mache_massnahme(mache_feld(konzept))
    for angabe in ("5.000–8.000 €", "bis zu 500 €", "mindestens 70 €", "- 1.000 €"):
        mache_kosten(massnahme, angabe, jahr=2027)
    assert int(sicht(konzept).summe.summe) == 8000 + 500 + 70 - 1000
    assert hinweise(konzept) == [
        "2 Höchstbeträge und Spannen zählen mit der Obergrenze: "
        "1.1-1 „5.000–8.000 €“ (2027); 1.1-1 „bis zu 500 €“ (2027);",
        "1 Mindestbetrag zählt mit dem, was genannt ist; es kann mehr werden: 1.1-1 „mindestens 70 €“ (2027);",
        "Einsparungen und Einnahmen von zusammen 1.000 € sind abgezogen: 1.1-1 „- 1.000 €“ (2027);",
    ]


def test_two_views_of_a_budget_are_not_added(konzept):
    massnahme = mache_massnahme(mache_feld(konzept))
    mache_kosten(massnahme, "185.504 €", jahr=2027, haushalt="ergebnishaushalt")
    mache_kosten(massnahme, "185.159 €", jahr=2027, haushalt="finanzhaushalt")
    mache_kosten(massnahme, "1.000 €", jahr=2028)
    summen = {s.haushalt: zahlen(s.summe) for s in uebersicht(konzept).sichten}
    assert summen == {
        "Ergebnishaushalt": (185_504, 1_000, 0, 186_504),
        "Finanzhaushalt": (185_159, 1_000, 0, 186_159),
    }
    assert hinweise(konzept) == ["1 Position nennt keinen Haushalt und zählt im Ergebnis- und im Finanzhaushalt."]
    titel = [t.titel for t in kostentabellen(uebersicht(konzept))]
    assert titel == [
        f"Kosten im {haushalt} nach {wonach} und Jahren in Euro"
        for haushalt in ("Ergebnishaushalt", "Finanzhaushalt")
        for wonach in ("Handlungsfeldern", "Finanzierung")
    ]


def test_in_sentences_they_are_not_added_either(konzept):
    massnahme = mache_massnahme(
        mache_feld(konzept), "Haus", umsetzungsstand="zurueckgestellt", stand_begruendung="Kein Geld."
    )
    mache_kosten(massnahme, "185.504 €", jahr=2027, haushalt="ergebnishaushalt")
    mache_kosten(massnahme, "185.159 €", jahr=2027, haushalt="finanzhaushalt")
    mache_kosten(massnahme, "1.000 €", jahr=2027)
    mache_kosten(massnahme, "- 10.000 €", jahr=2028, haushalt="ergebnishaushalt")
    mache_kosten(massnahme, "- 10.000 €", jahr=2028, haushalt="finanzhaushalt")
    gespart, spaeter, _ = hinweise(konzept)
    assert "von zusammen 10.000 € (Ergebnishaushalt) und 10.000 € (Finanzhaushalt) sind abgezogen" in gespart
    assert "zählt mit 176.504 € (Ergebnishaushalt) und 176.159 € (Finanzhaushalt) mit" in spaeter


def test_a_post_that_both_views_name_is_one(konzept):
    massnahme = mache_massnahme(mache_feld(konzept))
    for haushalt in ("ergebnishaushalt", "finanzhaushalt"):
        mache_kosten(massnahme, "30.000 € jährlich", haushalt=haushalt, stellenanteil="0.5")
    assert float(uebersicht(konzept).stellen.summe.hoechstens) == 0.5
    andere = mache_massnahme(mache_feld(konzept, "Bau"))
    mache_kosten(andere, "5.000 €", haushalt="finanzhaushalt", stellenanteil="0.25")
    assert float(uebersicht(konzept).stellen.summe.hoechstens) == 0.75


# Years outside of the validity


def test_years_of_a_concept_without_validity_are_those_that_occur(db):
    konzept = mache_konzept()
    mache_abschnitt(konzept, "Handlungsfelder", inhalt="handlungsfelder")
    massnahme = mache_massnahme(mache_feld(konzept))
    for jahr in (2030, 2027, *range(2040, 2043)):
        mache_kosten(massnahme, "1 €", jahr=jahr)
    assert uebersicht(konzept).spalten == ("2027", "2030", "2040", "2041", "2042")
    assert int(sicht(konzept).summe.summe) == 5


@pytest.mark.parametrize(
    ("ab", "bis", "spalten"),
    [
        (2027, 2029, ("vor 2027", "2027", "2028", "2029", "nach 2029", "ohne Jahr")),
        (2027, None, ("vor 2027", "2027", "2033", "ohne Jahr")),
        (2026, None, ("vor 2026", "2027", "2033", "ohne Jahr")),
        (None, 2029, ("2025", "2027", "nach 2029", "ohne Jahr")),
        (None, None, ("2025", "2027", "2033", "ohne Jahr")),
        (2100, None, ("2025", "2027", "2033", "ohne Jahr")),
    ],
)
def test_years_outside_of_the_validity_have_a_named_column(ab, bis, spalten):
    summen = {2025: Decimal(5), 2027: Decimal(7), 2033: Decimal(9), None: Decimal(1)}
    ergebnis = Spalten(ab, bis, summen)
    assert ergebnis.titel == spalten
    assert sum(ergebnis.verteilt(summen)) == 22


def test_a_yearly_amount_that_goes_on_after_the_concept(konzept):
    mache_kosten(mache_massnahme(mache_feld(konzept), zeitraum="2027 bis 2032"), "10.000 € jährlich")
    assert uebersicht(konzept).spalten == ("2027", "2028", "2029", "nach 2029")
    assert zahlen(sicht(konzept).summe) == (10_000, 10_000, 10_000, 30_000, 60_000)


def test_what_lies_before_the_concept_is_named_where_it_does_not_count(konzept):
    feld = mache_feld(konzept)
    mache_kosten(mache_massnahme(feld, zeitraum="seit 2020"), "10 € jährlich")
    mache_kosten(mache_massnahme(feld, zeitraum="2020 bis 2026"), "500 € jährlich")
    mache_kosten(mache_massnahme(feld, zeitraum="2025"), "7.000 €")
    assert zahlen(sicht(konzept).summe) == (10, 10, 10, 30)
    gekuerzt, vorbei = hinweise(konzept)
    assert gekuerzt == (
        "1 Position zählt mit den Jahren vor 2027 nicht, weil ihre Maßnahme schon vor dem Konzept begann."
    )
    assert vorbei == (
        "2 Positionen liegen vor der Geltung des Konzepts und zählen nicht: "
        "1.1-2 „500 € jährlich“; 1.1-3 „7.000 €“;"
    )
    assert "2 Positionen vor der Geltung" in uebersicht(konzept).kurz


# Posts


def test_posts_are_counted_by_year_and_never_added_over_the_years(konzept):
    massnahme = mache_massnahme(mache_feld(konzept))
    mache_kosten(massnahme, "18.000 €", jahr=2027, stellenanteil="0.5", finanzierung="foerdermittel")
    mache_kosten(
        massnahme, "9.000 € jährlich", jahr=2028, bis_jahr=2029, stellenanteil="0.5", finanzierung="eigenmittel"
    )
    mache_kosten(massnahme, "", stellenanteil="0.25", finanzierung="eigenmittel")
    stellen = uebersicht(konzept).stellen
    assert stellen.jahre == ("2027", "2028", "2029")
    zeilen = {z.titel: (*map(float, z.anteile), float(z.hoechstens)) for z in (*stellen.zeilen, stellen.summe)}
    assert zeilen == {
        "Eigenmittel": (0.25, 0.75, 0.75, 0.75),
        "Fördermittel": (0.5, 0, 0, 0.5),
        "Zusammen": (0.75, 0.75, 0.75, 0.75),
    }
    assert "Für 0,25 VZÄ davon ist kein Betrag genannt" in stellen.satz
    (tabelle,) = stellentabellen(stellen)
    assert tabelle.summe.zellen == ("0,75", "0,75", "0,75", "0,75")


def test_posts_outside_of_the_validity_have_a_column_with_their_highest(konzept):
    feld = mache_feld(konzept)
    mache_kosten(mache_massnahme(feld, zeitraum="2029 bis 2031"), "", stellenanteil="1")
    mache_kosten(mache_massnahme(feld, zeitraum="2031 bis 2033"), "", stellenanteil="2")
    mache_kosten(mache_massnahme(feld, zeitraum="2020"), "", stellenanteil="0.5")
    mache_kosten(mache_massnahme(feld, zeitraum="ab 2035"), "", stellenanteil="0.25")
    stellen = uebersicht(konzept).stellen
    assert stellen.jahre == ("vor 2027", "2027", "2028", "2029", "nach 2029")
    assert [float(anteil) for anteil in stellen.summe.anteile] == [0.5, 0, 0, 1, 3]
    assert float(stellen.summe.hoechstens) == 3


def test_only_what_names_no_amount_is_said_to_be_done_by_staff(konzept):
    massnahme = mache_massnahme(mache_feld(konzept))
    mache_kosten(massnahme, "CHF 90.000", jahr=2027, stellenanteil="1")
    assert "kein Betrag genannt" not in uebersicht(konzept).stellen.satz


# Against a naive sum


WORTE = {"eigenmittel": "Eigenmittel", "foerdermittel": "Fördermittel", "drittmittel": "Drittmittel", "": ""}
JAHRE = st.none() | st.integers(2024, 2036)
POSITIONEN = st.builds(
    lambda anteile, mittel, haushalt: baum.Kostenposition(
        angabe="x",
        anteile=tuple(baum.Kostenanteil(jahr=jahr, betrag=betrag) for jahr, betrag in anteile.items()),
        grund="" if anteile else str(Grund.UNBEZIFFERT),
        finanzierung=WORTE[mittel],
        finanzierung_schluessel=mittel,
        haushalt=haushalt.capitalize(),
        haushalt_schluessel=haushalt,
    ),
    st.dictionaries(JAHRE, st.decimals(-(10**9), 10**9, places=2), max_size=4),
    st.sampled_from([*WORTE]),
    st.sampled_from(["", "", "", "ergebnishaushalt", "finanzhaushalt"]),
)
STAENDE = st.sampled_from(["", "geplant", "zurueckgestellt", "entfallen"])
FELDER = st.lists(st.lists(st.tuples(STAENDE, st.lists(POSITIONEN, max_size=3)), max_size=3), min_size=1, max_size=3)


def dokument_aus(felder, ab, bis) -> baum.Dokument:
    kapitel = []
    for i, massnahmen in enumerate(felder):
        tabelle = tuple(
            baum.Massnahme(
                anker=f"massnahme-{i}{j}", rn=1, nummer=str(j), kennung=f"{i}-{j}", titel="t", stand_schluessel=stand,
                kosten=baum.Kosten(positionen=tuple(positionen)),
            )
            for j, (stand, positionen) in enumerate(massnahmen)
        )  # fmt: skip
        teil = baum.Massnahmentabelle(abschnitte=(baum.Tabellenabschnitt(titel="", massnahmen=tabelle),))
        innen = baum.Kapitel(anker=f"handlungsfeld-{i}-m", art="teil", titel="Maßnahmen", teile=(teil,))
        kapitel.append(baum.Kapitel(anker=f"handlungsfeld-{i}", art="handlungsfeld", titel=f"F{i}", kapitel=(innen,)))
    kommune = baum.Kommune(slug="s", name="S", kurzname="S", art="stadt")
    return baum.Dokument(kommune=kommune, slug="k", titel="t", gueltig_ab=ab, gueltig_bis=bis, kapitel=tuple(kapitel))


@given(FELDER, st.none() | st.integers(2025, 2028), st.none() | st.integers(2028, 2034))
def test_every_amount_stands_once_in_each_table_and_view(felder, ab, bis):
    """Row by row and column by column against a count with pencil and paper."""
    dokument = dokument_aus(felder, ab, bis)
    u = kostenuebersicht(dokument)
    gezaehlt = [
        (i, p, anteil)
        for i, massnahmen in enumerate(felder)
        for stand, positionen in massnahmen
        if stand != "entfallen"
        for p in positionen
        for anteil in p.anteile
    ]
    alle = [p for massnahmen in felder for stand, ps in massnahmen if stand != "entfallen" for p in ps]
    if isinstance(u, baum.Hinweis):
        assert not alle
        return
    genannt = {p.haushalt for _, p, _ in gezaehlt} - {""}
    erwartete_sichten = ["Ergebnishaushalt", "Finanzhaushalt"] if genannt else [""] if gezaehlt else []
    assert [s.haushalt for s in u.sichten] == erwartete_sichten
    for s in u.sichten:
        hier = [(i, p, a) for i, p, a in gezaehlt if not s.haushalt or p.haushalt in ("", s.haushalt)]
        nach_feld, nach_mitteln, nach_spalte = defaultdict(Decimal), defaultdict(Decimal), defaultdict(Decimal)
        for i, p, anteil in hier:
            nach_feld[f"handlungsfeld-{i}"] += anteil.betrag
            nach_mitteln[p.finanzierung or OHNE_ANGABE] += anteil.betrag
            nach_spalte[_spalte(anteil.jahr, u.spalten)] += anteil.betrag
        assert {z.anker: z.summe for z in s.felder if z.summe} == {k: v for k, v in nach_feld.items() if v}
        assert {z.titel: z.summe for z in s.mittel if z.summe} == {k: v for k, v in nach_mitteln.items() if v}
        assert dict(zip(u.spalten, s.summe.betraege, strict=True)) == {k: nach_spalte[k] for k in u.spalten}
        assert s.summe.summe == sum(a.betrag for _, _, a in hier)
        for zeilen in (s.felder, s.mittel):
            spaltensummen = tuple(sum(z.betraege[i] for z in zeilen) for i in range(len(u.spalten)))
            assert spaltensummen == s.summe.betraege
    unbeziffert = sum(p.grund != "" for p in alle)
    nicht_gezaehlt = [h for h in u.hinweise if "beziffert" in h.satz]
    assert sum(len(h.stellen) + h.weitere for h in nicht_gezaehlt) == unbeziffert


def _spalte(jahr, spalten) -> str:
    if jahr is None:
        return "ohne Jahr"
    if str(jahr) in spalten:
        return str(jahr)
    erste = min(int(s) for s in spalten if s.isdecimal())
    return next(s for s in spalten if s.startswith("vor" if jahr < erste else "nach"))


# The columns


@given(st.lists(st.integers(3, 20), max_size=40), st.integers(10, 100))
def test_columns_stand_side_by_side_as_far_as_there_is_room(laengen, platz):
    gruppen = nebeneinander(laengen, platz)
    assert [i for gruppe in gruppen for i in gruppe] == list(range(len(laengen)))
    breite = max(laengen, default=0)
    assert all(len(gruppe) * breite <= platz or len(gruppe) == 1 for gruppe in gruppen)
    if len(gruppen) > 1:
        assert max(map(len, gruppen)) - min(map(len, gruppen)) <= 1


def test_too_many_years_are_summed_behind_the_last():
    spalten = Spalten(2000, 2199, {2000, 2150})
    assert len(spalten.jahre) == HOECHSTENS_JAHRE
    assert spalten.titel[-1] == "nach 2059"


def test_a_minus_is_no_dash_and_an_empty_cell_says_nought(konzept):
    eine, andere = mache_feld(konzept, "A"), mache_feld(konzept, "B")
    mache_kosten(mache_massnahme(eine), "- 1.000,50 €", jahr=2027)
    mache_kosten(mache_massnahme(andere), "3.000 €", jahr=2028)
    tabelle = next(kostentabellen(uebersicht(konzept)))
    assert [reihe.zellen for reihe in (*tabelle.reihen, tabelle.summe)] == [
        ("\u22121.000,50", "0,00", "0,00", "\u22121.000,50"),
        ("0,00", "3.000,00", "0,00", "3.000,00"),
        ("\u22121.000,50", "3.000,00", "0,00", "1.999,50"),
    ]
