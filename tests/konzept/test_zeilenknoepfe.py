"""Buttons that add, remove and move rows: what a person typed stays, and forged buttons do nothing."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from konzept.formularbau.zeilenknoepfe import bearbeite_zeilen, haenge_an
from konzept.grenzen import LEERE_ZEILEN
from massnahmen.forms.massnahme import SchrittFormSet
from massnahmen.models import Massnahme


def post(texte, gespeichert=0, prefix="schritte", **weitere):
    """A submitted form with one row per text; the first `gespeichert` of them are in the database."""
    daten = QueryDict(mutable=True)
    daten["titel"] = "Austauschplattformen"
    daten[f"{prefix}-TOTAL_FORMS"] = str(len(texte))
    daten[f"{prefix}-INITIAL_FORMS"] = str(gespeichert)
    for i, text in enumerate(texte):
        daten[f"{prefix}-{i}-text"] = text
        daten[f"{prefix}-{i}-ORDER"] = str(i + 1)
        daten[f"{prefix}-{i}-DELETE"] = ""
        if i < gespeichert:
            daten[f"{prefix}-{i}-id"] = str(100 + i)
    for name, werte in weitere.items():
        daten.setlist(name.replace("__", "-"), werte)
    return daten


def zeilen(daten, prefix="schritte"):
    """Texts of the visible rows in their order."""
    sichtbar = [
        (int(daten[f"{prefix}-{i}-ORDER"]), daten.get(f"{prefix}-{i}-text", ""))
        for i in range(int(daten[f"{prefix}-TOTAL_FORMS"]))
        if not daten.get(f"{prefix}-{i}-DELETE")
    ]
    return [text for _, text in sorted(sichtbar)]


def test_new_row_comes_last_and_the_rest_stays():
    daten = bearbeite_zeilen(post(["a", "b"]), "schritte:neu")
    assert zeilen(daten) == ["a", "b", ""]
    assert daten["titel"] == "Austauschplattformen"


def test_first_row_of_an_empty_formset():
    assert zeilen(bearbeite_zeilen(post([]), "schritte:neu")) == [""]


def test_saved_row_is_marked_and_keeps_its_id():
    daten = bearbeite_zeilen(post(["a", "b"], gespeichert=2), "schritte:weg:0")
    assert zeilen(daten) == ["b"]
    assert daten["schritte-0-DELETE"]
    assert (daten["schritte-0-id"], daten["schritte-0-text"]) == ("100", "a")
    assert daten["schritte-TOTAL_FORMS"] == "2"


def test_unsaved_row_vanishes_and_later_ones_move_up():
    daten = bearbeite_zeilen(
        post(["a", "b", "c"], gespeichert=1, **{"schritte__2__gruppen": ["x", "y"]}), "schritte:weg:1"
    )
    assert zeilen(daten) == ["a", "c"]
    assert daten.getlist("schritte-1-gruppen") == ["x", "y"]
    assert not [name for name in daten if name.startswith("schritte-2-")]


@pytest.mark.parametrize(
    ("aktion", "folge"),
    [
        ("schritte:auf:2", ["a", "c", "b"]),
        ("schritte:ab:0", ["b", "a", "c"]),
        ("schritte:auf:0", ["a", "b", "c"]),
        ("schritte:ab:2", ["a", "b", "c"]),
    ],
)
def test_moving_swaps_with_the_neighbour(aktion, folge):
    assert zeilen(bearbeite_zeilen(post(["a", "b", "c"], gespeichert=2), aktion)) == folge


def test_moving_skips_removed_rows():
    daten = bearbeite_zeilen(post(["a", "b", "c"], gespeichert=3), "schritte:weg:1")
    assert zeilen(bearbeite_zeilen(daten, "schritte:auf:2")) == ["c", "a"]


def test_rows_without_or_with_equal_order_keep_their_sequence():
    daten = post(["a", "b", "c"])
    daten["schritte-0-ORDER"] = daten["schritte-1-ORDER"] = ""
    daten["schritte-2-ORDER"] = "Unsinn"
    assert zeilen(bearbeite_zeilen(daten, "schritte:ab:0")) == ["b", "a", "c"]


@pytest.mark.parametrize(
    "aktion",
    [
        "",
        "schritte",
        "schritte:neu:1",
        "schritte:weg",
        "schritte:weg:-1",
        "schritte:weg:7",
        "schritte:weg:٠",
        "schritte:loeschen:0",
        "kosten:neu",
        "kosten:weg:0",
        "schritte-0:weg:0",
        "s.*:weg:0",
        "schritte:auf:99999999999999999999",
    ],
)
def test_what_is_not_understood_changes_nothing(aktion):
    daten = post(["a", "b"], gespeichert=1)
    assert bearbeite_zeilen(daten, aktion) == daten


@pytest.mark.parametrize("anzahl", ["", "-1", "1000000", "99999999999999999999", "viele", "²"])
def test_forged_number_of_rows_changes_nothing(anzahl):
    daten = post(["a", "b"])
    daten["schritte-TOTAL_FORMS"] = anzahl
    for aktion in ("schritte:neu", "schritte:weg:0", "schritte:ab:0"):
        assert bearbeite_zeilen(daten, aktion) == daten


def test_argument_is_not_changed():
    daten = QueryDict(post(["a", "b"], gespeichert=1).urlencode())
    bearbeite_zeilen(daten, "schritte:weg:0")
    assert zeilen(daten) == ["a", "b"]


def test_other_formset_whose_prefix_begins_alike_is_left_alone():
    daten = post(["a", "b"])
    daten.update(post(["x", "y"], prefix="schritte-neu"))
    neu = bearbeite_zeilen(daten, "schritte:weg:0")
    assert (zeilen(neu), zeilen(neu, "schritte-neu")) == (["b"], ["x", "y"])


AKTIONEN = st.tuples(st.sampled_from(["neu", "weg", "auf", "ab"]), st.integers(0, 6))


@given(st.integers(0, 3), st.lists(AKTIONEN))
def test_any_sequence_of_buttons_does_what_a_list_would_do(gespeichert, aktionen):
    erwartet = [f"alt {i}" for i in range(gespeichert)]
    daten = post(erwartet, gespeichert=gespeichert)
    for nummer, (verb, stelle) in enumerate(aktionen):
        if verb == "neu":
            daten = bearbeite_zeilen(daten, "schritte:neu")
            daten[f"schritte-{int(daten['schritte-TOTAL_FORMS']) - 1}-text"] = f"neu {nummer}"
            erwartet = [*erwartet, f"neu {nummer}"]
        elif stelle < len(erwartet):
            index = next(
                i
                for i in range(int(daten["schritte-TOTAL_FORMS"]))
                if daten.get(f"schritte-{i}-text") == erwartet[stelle]
            )
            daten = bearbeite_zeilen(daten, f"schritte:{verb}:{index}")
            text = erwartet.pop(stelle)
            if verb != "weg":
                erwartet.insert(max(0, stelle + (-1 if verb == "auf" else 1)), text)
        assert zeilen(daten) == erwartet
    assert all(daten[f"schritte-{i}-id"] == str(100 + i) for i in range(gespeichert))


def test_rows_of_which_nothing_was_sent_are_not_built():
    """A few bytes may say that there are hundreds of rows; a browser sends the fields of each that it shows."""
    daten = {f"schritte-{was}_FORMS": zahl for was, zahl in (("TOTAL", "300"), ("INITIAL", "0"))}


    def anzahl(daten):
        return SchrittFormSet(daten, instance=Massnahme(), prefix="schritte", gelesen=[]).total_form_count()

    assert anzahl(daten) == LEERE_ZEILEN
    assert anzahl(daten | {"schritte-7-titel": "x"}) == 8 + LEERE_ZEILEN


# Rows with something in them


def test_rows_are_added_behind_another_and_take_over_what_it_holds():
    daten = _kosten()
    assert haenge_an(daten, "k", [{"betrag": "2"}, {"betrag": "3"}], nach=0) == [2, 3]
    assert [daten[f"k-{i}-betrag"] for i in (0, 2, 3, 1)] == ["1", "2", "3", "9"]
    assert [daten[f"k-{i}-ORDER"] for i in (0, 2, 3, 1)] == ["1", "2", "3", "4"]
    assert [daten.getlist(f"k-{i}-ziel") for i in (2, 3)] == [["a", "b"], ["a", "b"]]
    assert not any(f"k-{i}-{name}" in daten for i in (2, 3) for name in ("id", "DELETE"))
    assert daten["k-TOTAL_FORMS"] == "4"


def test_rows_are_added_behind_all():
    daten = _kosten()
    assert haenge_an(daten, "k", [{"betrag": "5"}]) == [2]
    assert (daten["k-2-betrag"], daten["k-2-ORDER"]) == ("5", "3")
    assert "k-2-ziel" not in daten


@pytest.mark.parametrize(("prefix", "anzahl", "nach"), [("k", 299, None), ("k", 1, 7), ("x", 1, None)])
def test_where_there_is_no_room_or_no_such_row_nothing_changes(prefix, anzahl, nach):
    daten = _kosten()
    assert haenge_an(daten, prefix, [{"betrag": "5"}] * anzahl, nach=nach) == []
    assert daten == _kosten()


def _kosten() -> QueryDict:
    daten = QueryDict(mutable=True)
    daten.update(
        {"k-TOTAL_FORMS": "2", "k-INITIAL_FORMS": "1", "k-0-betrag": "1", "k-1-betrag": "9", "k-0-id": "4"}
        | {"k-0-ORDER": "1", "k-1-ORDER": "2", "k-0-DELETE": ""}
    )
    daten.setlist("k-0-ziel", ["a", "b"])
    return daten
