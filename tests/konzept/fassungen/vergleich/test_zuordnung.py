"""What belongs to what in two lists, and what has moved."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from konzept.fassungen.vergleich.zuordnung import ordne_zu, ruhende, vereine, verschraenke

SAETZE = [
    "Die Stadt lädt alle Vereine ein.",
    "Die Stadt lädt alle Vereine und Schulen ein.",
    "Im Herbst berichtet das Amt dem Rat.",
    "",
]
LISTEN = st.lists(st.sampled_from(SAETZE), max_size=8)


@given(LISTEN, LISTEN, st.sampled_from([0, 0.45]))
def test_every_item_stands_in_one_pair_and_the_order_is_kept(alt, neu, ab):
    paare = ordne_zu(alt, neu, ab)
    assert [j for j, _ in paare if j is not None] == list(range(len(alt)))
    assert [i for _, i in paare if i is not None] == list(range(len(neu)))


@given(LISTEN)
def test_equal_lists_are_paired_one_by_one(texte):
    assert ordne_zu(texte, texte) == [(i, i) for i in range(len(texte))]


def test_a_similar_text_is_the_same_one_changed():
    assert ordne_zu([SAETZE[0], SAETZE[2]], ["Ganz etwas anderes.", SAETZE[1], SAETZE[2]]) == [
        (None, 0),
        (0, 1),
        (1, 2),
    ]


def test_a_long_stretch_of_changes_is_paired_too():
    alt = [f"Im Jahr {jahr} berichtet das Amt Nummer {jahr} dem Rat" for jahr in range(300)]
    neu = [f"{satz} und der Presse" for satz in alt]
    assert ordne_zu(alt, neu) == [(i, i) for i in range(300)]


@given(st.permutations(range(7)))
def test_as_little_as_possible_counts_as_moved(plaetze):
    bleibend = sorted(ruhende(plaetze))
    steigend = [plaetze[stelle] for stelle in bleibend]
    assert steigend == sorted(steigend)
    laenger = combinations(plaetze, len(bleibend) + 1)
    assert not any(list(folge) == sorted(folge) for folge in laenger)


def test_nothing_rests_in_an_empty_list():
    assert ruhende([]) == set()


@given(st.permutations(range(6)), st.sets(st.integers(0, 5)), st.integers(0, 3))
def test_woven_lists_hold_each_item_once(folge, gepaart, weitere):
    alt_von = {i: j for i, j in enumerate(folge) if i in gepaart}
    verwoben = list(verschraenke(alt_von, 6 + weitere, 6))
    assert sorted(j for j, _ in verwoben if j is not None) == list(range(6 + weitere))
    assert [i for _, i in verwoben if i is not None] == list(range(6))
    assert {i: j for j, i in verwoben if None not in (i, j)} == alt_von


def test_what_was_dropped_follows_what_it_followed():
    gemischt = vereine(["weg", "a", "auch weg", "b"], ["b", "neu", "a"])
    assert list(gemischt) == ["weg", "b", "neu", "a", "auch weg"]
