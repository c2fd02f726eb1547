"""Names come in one order, whatever the database and wherever it was set up."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konzept.models import Gremium, Kommune
from konzept.namensordnung import nach_namen
from konzept.schreibweise import ordnung, zeilenform
from tests.fabrik import mache_kommune
from tests.konzept.test_schreibweise import REIHE

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

NAMEN = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs", "Cn"]), max_size=20)
NAHE = st.text("abzABZäöüÄÖÜßẞæéøłΑαяЯ 0129-.„“'\u00ad\u0308\u200b", max_size=12)


def geordnet(namen: list[str]) -> list[str]:
    """These names, unchanged, as the database orders them."""
    kommune = Kommune.objects.first() or mache_kommune()
    Gremium.objects.all().delete()
    namen = list(dict.fromkeys(namen))
    Gremium.objects.bulk_create(Gremium(kommune=kommune, name=f"g{i}") for i in range(len(namen)))
    for zeile, name in zip(Gremium.objects.order_by("pk"), namen, strict=True):
        Gremium.objects.filter(pk=zeile.pk).update(name=name)
    return list(Gremium.objects.order_by(nach_namen("name"), "pk").values_list("name", flat=True))


def test_a_database_orders_names_as_a_dictionary_does():
    assert geordnet(REIHE[::-1]) == REIHE


@given(st.lists(NAHE | NAMEN, max_size=8))
def test_it_orders_any_names_as_python_does(namen):
    verschiedene = {zeilenform(f"x{name}") for name in namen}
    assert geordnet(list(verschiedene)) == sorted(verschiedene, key=ordnung)


def test_what_was_stored_before_in_two_signs_stands_at_the_same_place():
    zerlegt = unicodedata.normalize("NFD", "Ämterrunde")
    assert [unicodedata.normalize("NFC", n) for n in geordnet(["Zoo", zerlegt, "Amt", "Ökumene"])] == [
        "Amt",
        "Ämterrunde",
        "Ökumene",
        "Zoo",
    ]
