"""Several names in one field, separated by commas or semicolons."""

import pytest
from django import forms

from konzept import grenzen
from konzept.formularbau.felder import NamenFeld


@pytest.mark.parametrize(
    ("text", "namen"),
    [
        ("Ehrenamtsbörse, 32", ["Ehrenamtsbörse", "32"]),
        (" 51 ;51,, Haus  der Vereine,", ["51", "Haus der Vereine"]),
        ("", []),
    ],
)
def test_several_names_in_one_field(text, namen):
    assert NamenFeld(required=False).clean(text) == namen


def test_names_count_as_changed_only_when_they_are():
    feld = NamenFeld()
    assert not feld.has_changed(["51", "32"], "51 , 32")
    assert feld.has_changed(["51", "32"], "32, 51")


def test_so_many_names_are_a_mistake():
    feld, hoechstens = NamenFeld(), grenzen.NAMEN
    assert len(feld.clean(", ".join(map(str, range(hoechstens))))) == hoechstens
    satz = f"Höchstens {hoechstens} Namen haben hier Platz. Genannt sind {hoechstens + 1}"
    with pytest.raises(forms.ValidationError, match=satz):
        feld.clean(", ".join(map(str, range(hoechstens + 1))))


def test_required_names_must_not_be_only_separators():
    with pytest.raises(forms.ValidationError):
        NamenFeld().clean(" , ;")
