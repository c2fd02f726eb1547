"""Several names in one text: what parts them and what holds them together. The script of the
browser is asked the same in `tests/js/namen.test.mjs`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konzept.namen import TRENNT, als_text, bekannte_in, ist_geschlossen, namen_aus, wieder_ganz
from tests.namen import FAELLE

STUECKE = ["51", "Ehrenamtsbörse", "Jugend und Familie", "z. B.", *"((([)])],;\n /", " und "]
TEXTE = st.one_of(st.text("ab1()[],;/ \n", max_size=40), st.lists(st.sampled_from(STUECKE), max_size=25).map("".join))


def zerlegt(text: str, bekannt) -> list[str]:
    def finde(name):
        return name if name in bekannt else None

    return [
        teil
        for name in wieder_ganz(namen_aus(text), finde)
        for teil in (not finde(name) and dict.fromkeys(bekannte_in(name, finde))) or [name]
    ]


@pytest.mark.parametrize(("text", "bekannt", "namen"), FAELLE)
def test_the_names_in_a_text(text, bekannt, namen):
    assert zerlegt(text, bekannt) == namen


@given(TEXTE)
def test_what_was_parted_and_joined_is_parted_the_same(text):
    namen = namen_aus(text)
    assert namen_aus(als_text(namen)) == namen


@given(TEXTE)
def test_nothing_is_lost_but_separators_and_repetitions(text):
    namen, alle = namen_aus(text), iter(text)
    assert all(z in alle for name in namen for z in name.replace(" ", ""))  # in the order in which they stood
    assert set(text) - set(f"{TRENNT} ") <= set("".join(namen))


@given(TEXTE)
def test_a_name_that_is_closed_stands_alone(text):
    """It does not grow together with what stands before or behind it."""
    for name in namen_aus(text):
        if ist_geschlossen(name):
            assert namen_aus(name) == [name]
            assert namen_aus(als_text(["x", name, "y"])) == (["x", name, "y"] if name not in ("x", "y") else ["x", "y"])


@given(st.lists(st.text("ab, ;/", min_size=1, max_size=6), min_size=1, max_size=4), st.sampled_from(["()", "[]"]))
def test_brackets_hold_together_whatever_stands_in_them(innen, klammern):
    text = f"Träger {klammern[0]}{' '.join(innen)}{klammern[1]}"
    assert namen_aus(f"51, {text}; 40") == ["51", " ".join(text.split()), "40"]


@given(TEXTE, st.sets(st.sampled_from(["51", "Ehrenamtsbörse", "a", "b", "Jugend und Familie"])))
def test_only_known_names_are_parted(text, bekannt):
    def finde(name):
        return name if name in bekannt else None

    for name in namen_aus(text):
        teile = bekannte_in(name, finde)
        assert set(teile) <= bekannt
        rest = "".join(teile).replace(" ", "")
        alle = iter(name.replace(" ", ""))
        assert all(z in alle for z in rest)


@given(TEXTE, st.sets(st.sampled_from(["51, b", "a, b", "a", "b", "51, Ehrenamtsbörse"])))
def test_put_together_again_nothing_is_lost(text, bekannt):
    namen = namen_aus(text)
    assert als_text(wieder_ganz(namen, bekannt.__contains__)) == als_text(namen)


@pytest.mark.parametrize(
    ("name", "geschlossen"),
    [("51", True), ("A (b [c])", True), ("A (b", False), ("A b)", False), ("A (b]", False), ("A [b (c]", False)],
)
def test_whether_every_bracket_has_its_other_half(name, geschlossen):
    assert ist_geschlossen(name) is geschlossen
