"""Numbers and order: counted or shown, by level, by part, by letter; and the tables by Umsetzungsstand or by goal."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlungsfelder.models import Handlungsfeld
from konzept.models import Abschnitt, Konzept, Zaehlung
from massnahmen.gliederung import STAND_ABSCHNITTE, Nummern, lade_gliederung, zaehle
from massnahmen.models import Massnahme, Umsetzungsstand
from tests.fabrik import (
    mache_abschnitt,
    mache_feld,
    mache_fuelle,
    mache_handlungsziel,
    mache_konzept,
    mache_leitziel,
    mache_massnahme,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def konzept():
    return mache_konzept()


def nummern(konzept, feld=None) -> Nummern:
    return lade_gliederung(Konzept.objects.get(pk=konzept.pk), feld)[0]


def reihe(konzept, *titel, **felder) -> list[Abschnitt]:
    """Abschnitte side by side, in this order."""
    return [mache_abschnitt(konzept, t, reihenfolge=i, **felder) for i, t in enumerate(titel, start=1)]


# One number


@pytest.mark.parametrize(
    ("zaehlung", "position", "oben", "nummer"),
    [
        (Zaehlung.DEZIMAL, 1, "", "1"),
        (Zaehlung.DEZIMAL, 12, "4.2", "4.2.12"),
        (Zaehlung.TEIL, 1, "", "Teil A"),
        (Zaehlung.TEIL, 27, "3", "Teil AA"),
        (Zaehlung.BUCHSTABE, 1, "3", "a"),
        (Zaehlung.BUCHSTABE, 26, "", "z"),
        (Zaehlung.BUCHSTABE, 27, "", "aa"),
        (Zaehlung.BUCHSTABE, 52, "", "az"),
        (Zaehlung.BUCHSTABE, 53, "", "ba"),
        (Zaehlung.BUCHSTABE, 702, "", "zz"),
        (Zaehlung.BUCHSTABE, 703, "", "aaa"),
        (Zaehlung.OHNE, 3, "1", ""),
    ],
)
def test_a_single_number(zaehlung, position, oben, nummer):
    assert zaehle(zaehlung, position, oben) == nummer


# Chapters and fields


def test_levels_and_fields_count_on(konzept):
    eins, zwei = reihe(konzept, "eins", "zwei")
    a, b = reihe(konzept, "a", "b", oberabschnitt=zwei)
    (tief,) = reihe(konzept, "tief", oberabschnitt=b)
    nr = nummern(konzept)
    assert [nr[x] for x in (eins, zwei, a, b, tief)] == ["1", "2", "2.1", "2.2", "2.2.1"]


def test_fields_come_before_the_sections_below_the_same_chapter(konzept):
    (kapitel,) = reihe(konzept, "Handlungsfelder", inhalt="handlungsfelder", nummer="4.")
    felder = [mache_feld(konzept, t, reihenfolge=i) for i, t in enumerate(("Sprache", "Arbeit"))]
    (danach,) = reihe(konzept, "Danach", oberabschnitt=kapitel)
    nr = nummern(konzept)
    assert [nr[f] for f in felder] == ["4.1", "4.2"]
    assert (nr[kapitel], nr[danach]) == ("4.", "4.3")


def test_a_shown_number_replaces_the_counted_one_and_takes_its_place(konzept):
    a, b, c = reihe(konzept, "a", "b", "c")
    Abschnitt.objects.filter(pk=b.pk).update(nummer="II")
    unter = mache_abschnitt(konzept, "unter b", oberabschnitt=b)
    nr = nummern(konzept)
    assert [nr[x] for x in (a, b, c, unter)] == ["1", "II", "3", "1"]


def test_parts_begin_again(konzept):
    teile = reihe(konzept, "Grundlagen", "Handlungsfelder", zaehlung="teil")
    kinder = [reihe(konzept, "x", "y", oberabschnitt=teil) for teil in teile]
    nr = nummern(konzept)
    assert [nr[t] for t in teile] == ["Teil A", "Teil B"]
    assert [[nr[k] for k in gruppe] for gruppe in kinder] == [["1", "2"], ["1", "2"]]


def test_kinds_are_counted_apart(konzept):
    """A chapter without a number between two others leaves no gap."""
    vorwort, eins, anhang, zwei = reihe(konzept, "Vorwort", "eins", "Anhang", "zwei")
    Abschnitt.objects.filter(pk__in=[vorwort.pk, anhang.pk]).update(zaehlung="ohne")
    nr = nummern(konzept)
    assert [nr[x] for x in (vorwort, eins, anhang, zwei)] == ["", "1", "", "2"]


def test_below_a_letter_or_no_number_counting_begins_anew(konzept):
    ohne = mache_abschnitt(konzept, "ohne", zaehlung="ohne", reihenfolge=1)
    brief = mache_abschnitt(konzept, "a", zaehlung="buchstabe", reihenfolge=2)
    unter = [mache_abschnitt(konzept, "u", oberabschnitt=oben) for oben in (ohne, brief)]
    assert [nummern(konzept)[u] for u in unter] == ["1", "1"]


def test_thirty_letters(konzept):
    abschnitte = reihe(konzept, *"x" * 30, zaehlung="buchstabe")
    nr = nummern(konzept)
    assert [nr[a] for a in abschnitte[24:28]] == ["y", "z", "aa", "ab"]


def test_fields_without_a_place_in_the_outline_count_from_one(konzept):
    mache_abschnitt(konzept)
    felder = [mache_feld(konzept, reihenfolge=i) for i in (1, 2)]
    nr = nummern(konzept)
    assert ([nr[f] for f in felder], nr.zeigt_felder) == (["1", "2"], False)


# Goals and measures


@pytest.fixture
def feld(konzept):
    mache_abschnitt(konzept, "Handlungsfelder", inhalt="handlungsfelder")
    return mache_feld(konzept)


def test_goals_count_in_their_field(konzept, feld):
    erstes, zweites = (mache_leitziel(feld, t, reihenfolge=i) for i, t in enumerate("ab"))
    unter = [mache_handlungsziel(feld, leitziel=ll) for ll in (erstes, zweites, zweites)]
    frei = mache_handlungsziel(feld)
    nr = nummern(konzept, feld)
    assert [nr[z] for z in (erstes, zweites, *unter, frei)] == ["1", "2", "1.1", "2.1", "2.2", "1"]
    assert list(nr.ziele(feld)) == [erstes, unter[0], zweites, unter[1], unter[2], frei]


def test_measures_count_by_their_place_whatever_their_umsetzungsstand(konzept, feld):
    idee = mache_massnahme(feld, "Idee", umsetzungsstand="idee", reihenfolge=1)
    laufend = mache_massnahme(feld, "Laufend", umsetzungsstand="laufend", reihenfolge=2)
    eigene = mache_massnahme(feld, "Eigene Nummer", umsetzungsstand="idee", nummer="7b", reihenfolge=3)
    letzte = mache_massnahme(feld, "Letzte", umsetzungsstand="idee", reihenfolge=4)
    nr = nummern(konzept, feld)
    assert [nr[m] for m in (idee, laufend, eigene, letzte)] == ["1", "2", "7b", "4"]
    assert [nr.kennung(m) for m in (laufend, eigene)] == ["1.1-2", "1.1-7b"]
    assert [[nr[m] for m in massnahmen] for _, massnahmen in nr.tabellenabschnitte(feld)] == [["2"], ["1", "7b", "4"]]


@pytest.mark.parametrize(
    ("getippt", "gezaehlt"),
    [
        (["", "", ""], ["1", "2", "3"]),
        (["", "2", ""], ["1", "2", "3"]),
        (["", "", "2", ""], ["1", "3", "2", "4"]),
        (["3", "", "", ""], ["3", "2", "4", "5"]),
        (["", "", "", "", "7", "5", "6", ""], ["1", "2", "3", "4", "7", "5", "6", "8"]),
        (["2", "1", ""], ["2", "1", "3"]),
        (["1", "1", ""], ["1", "1", "3"]),
    ],
)
def test_a_counted_number_is_none_that_another_measure_shows(konzept, feld, getippt, gezaehlt):
    massnahmen = [mache_massnahme(feld, nummer=nummer, reihenfolge=i) for i, nummer in enumerate(getippt)]
    nr = nummern(konzept, feld)
    assert [nr[m] for m in massnahmen] == gezaehlt


def test_measures_of_all_fields_without_a_number_count_on(konzept, feld):
    ohne = [mache_feld(konzept, t, zaehlung="ohne", reihenfolge=i) for i, t in enumerate(("Wohnen", "Arbeit"), start=2)]
    ziel = mache_leitziel(ohne[1])
    massnahmen = [mache_massnahme(f, str(i), reihenfolge=i) for f in ohne for i in (1, 2)]
    erste = mache_massnahme(ohne[1], "zum Ziel", leitziel=ziel, reihenfolge=9)
    andere = mache_massnahme(feld)
    for f in ohne:  # from the page of each of them
        nr = nummern(konzept, f)
        assert [nr.kennung(m) for m in (*massnahmen, erste)] == ["1", "2", "4", "5", "3"]
    assert nummern(konzept, feld).kennung(andere) == "1.1-1"


def test_measures_of_fields_that_show_the_same_number_count_on(konzept, feld):
    gleich = mache_feld(konzept, "Wohnen", nummer="1.1.", reihenfolge=2)
    massnahmen = [mache_massnahme(f) for f in (feld, gleich)]
    assert [nummern(konzept, gleich).kennung(m) for m in massnahmen] == ["1.1-1", "1.1-2"]


class TestNummernLaufen:
    """Of rows in memory, whatever they are."""

    zeilen = st.lists(st.tuples(st.integers(1, 3), st.sampled_from(["", "", "", "1", "2", "7a"])), max_size=12)
    staende = st.lists(st.sampled_from(Umsetzungsstand.values), min_size=13, max_size=13)

    @staticmethod
    def nummern(zeilen, staende) -> Nummern:
        zaehlung = {1: "dezimal", 2: "ohne", 3: "ohne"}
        felder = [Handlungsfeld(pk=pk, titel=f"Feld {pk}", zaehlung=art) for pk, art in zaehlung.items()]
        massnahmen = [
            Massnahme(pk=pk, handlungsfeld_id=feld, nummer=nummer, umsetzungsstand=stand)
            for pk, ((feld, nummer), stand) in enumerate(zip(zeilen, staende, strict=False))
        ]
        return Nummern(Konzept(), [], felder, massnahmen=massnahmen)

    @given(zeilen, staende, st.randoms(use_true_random=False))
    def test_no_number_depends_on_the_umsetzungsstand(self, zeilen, staende, zufall):
        vorher = self.nummern(zeilen, staende).nummer
        zufall.shuffle(staende)
        assert self.nummern(zeilen, staende).nummer == vorher

    @given(zeilen, staende)
    def test_no_two_have_one_kennung_but_what_was_typed_twice(self, zeilen, staende):
        nr = self.nummern(zeilen, staende)
        kennungen = Counter(nr.kennung(m) for m in nr.massnahmen)
        for massnahme in nr.massnahmen:
            assert massnahme.nummer or kennungen[nr.kennung(massnahme)] == 1

    @given(zeilen, staende)
    def test_a_row_at_the_end_of_a_field_changes_no_number_in_it(self, zeilen, staende):
        vorher = self.nummern(zeilen, staende)
        nachher = self.nummern([*zeilen, (3, "")], staende)  # the last of those that count together
        neue = nachher.massnahmen[-1]
        assert {m.pk: nachher[m] for m in vorher.massnahmen} == {m.pk: vorher[m] for m in vorher.massnahmen}
        assert int(nachher[neue]) > max((int(vorher[m]) for m in vorher.massnahmen_in[3] if not m.nummer), default=0)

    @given(zeilen, staende)
    def test_counted_numbers_ascend_in_every_section_of_the_table(self, zeilen, staende):
        nr = self.nummern(zeilen, staende)
        for feld in nr.felder:
            for _, massnahmen in nr.tabellenabschnitte(feld):
                gezaehlt = [int(nr[m]) for m in massnahmen if not m.nummer]
                assert gezaehlt == sorted(gezaehlt)


def test_table_by_umsetzungsstand_has_five_sections_and_no_empty_one(konzept, feld):
    assert {s for _, staende in STAND_ABSCHNITTE for s in staende} == {"", *Umsetzungsstand.values}
    for stand in ("geplant", "", "entfallen", "umgesetzt", "laufend"):
        mache_massnahme(feld, stand or "ohne", umsetzungsstand=stand, stand_begruendung="x")
    tabelle = nummern(konzept, feld).tabellenabschnitte(feld)
    assert [(titel, [m.titel for m in massnahmen]) for titel, massnahmen in tabelle] == [
        ("Bereits umgesetzt, laufende Aktivitäten", ["umgesetzt", "laufend"]),
        ("Geplante Maßnahmen", ["geplant"]),
        ("Ohne Angabe zum Umsetzungsstand", ["ohne"]),
        ("Zurückgestellt oder entfallen", ["entfallen"]),
    ]


def test_table_by_goal_follows_the_goals(konzept, feld):
    Konzept.objects.update(tabellenabschnitte="ziel")
    leitziele = [mache_leitziel(feld, t, reihenfolge=i) for i, t in enumerate("ab")]
    ziel = mache_handlungsziel(feld, leitziel=leitziele[0])
    frei = mache_handlungsziel(feld)
    mache_massnahme(feld, "am Feld", reihenfolge=1)
    mache_massnahme(feld, "am zweiten", leitziel=leitziele[1], reihenfolge=2)
    mache_massnahme(feld, "frei", handlungsziel=frei, reihenfolge=3)
    mache_massnahme(feld, "am Handlungsziel", handlungsziel=ziel, umsetzungsstand="idee", reihenfolge=4)
    mache_massnahme(feld, "am ersten", leitziel=leitziele[0], umsetzungsstand="laufend", reihenfolge=5)
    tabelle = nummern(konzept, feld).tabellenabschnitte(feld)
    assert [(titel, [m.titel for m in massnahmen]) for titel, massnahmen in tabelle] == [
        ("Leitziel 1", ["am ersten"]),
        ("Handlungsziel 1.1", ["am Handlungsziel"]),
        ("Leitziel 2", ["am zweiten"]),
        ("Handlungsziel 1", ["frei"]),
        ("Zum Handlungsfeld insgesamt", ["am Feld"]),
    ]


def test_within_a_section_measures_follow_their_goals_then_their_place(konzept, feld):
    ziele = [mache_leitziel(feld, t, reihenfolge=i) for i, t in enumerate("ab")]
    for titel, ziel, platz in (("b2", ziele[1], 1), ("a2", ziele[0], 3), ("a1", ziele[0], 2), ("ohne", None, 0)):
        mache_massnahme(feld, titel, leitziel=ziel, reihenfolge=platz)
    ((_, massnahmen),) = nummern(konzept, feld).tabellenabschnitte(feld)
    assert [m.titel for m in massnahmen] == ["a1", "a2", "b2", "ohne"]


def test_every_measure_is_in_exactly_one_section(konzept):
    massnahme = mache_fuelle(konzept, 3)
    feld = massnahme.handlungsfeld
    for ordnung in Konzept.Tabellenabschnitte.values:
        Konzept.objects.update(tabellenabschnitte=ordnung)
        gezeigt = [m.pk for _, massnahmen in nummern(konzept, feld).tabellenabschnitte(feld) for m in massnahmen]
        assert sorted(gezeigt) == sorted(Massnahme.objects.values_list("pk", flat=True))


# The outline beside a page


def test_outline_opens_the_field_of_the_page_only(konzept, feld):
    leitziel = mache_leitziel(feld, "Leitziel", kurztitel="L")
    unter = mache_massnahme(feld, "unter", handlungsziel=mache_handlungsziel(feld, leitziel=leitziel))
    frei = mache_massnahme(feld, "frei")
    anderes = mache_feld(konzept, "Anderes", reihenfolge=2)
    mache_massnahme(anderes)
    _, (kapitel,) = lade_gliederung(konzept, feld)
    eigenes, fremdes = kapitel.kinder
    assert fremdes.kinder == []
    ziel, direkt = eigenes.kinder
    assert (ziel.nummer, ziel.titel, [k.anker for k in ziel.kinder]) == ("L1", "L", [f"massnahme-{unter.pk}"])
    assert direkt.anker == f"massnahme-{frei.pk}"
    assert [e.titel for e in kapitel.durchlaufe()] == ["Handlungsfelder", "Sprache", "L", "unter", "frei", "Anderes"]


@pytest.mark.parametrize("anzahl", [1, 3])
def test_outline_costs_two_queries_and_five_with_a_field(konzept, anzahl, django_assert_num_queries):
    feld = mache_fuelle(konzept, anzahl).handlungsfeld
    with django_assert_num_queries(2):
        lade_gliederung(konzept)
    with django_assert_num_queries(5):
        lade_gliederung(konzept, feld)
