"""What Python says of a condition is what the database says of it."""

import operator
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from konzept.models.bedingungen import Bedingung
from massnahmen.models import Kostenposition

WERTE = {
    "angabe": st.sampled_from(["", "1.000 €", "Geld"]),
    "jahr": st.none() | st.integers(2000, 2003),
    "bis_jahr": st.none() | st.integers(2000, 2003),
    "art": st.sampled_from(["", "sachkosten", "unbekannt"]),
    "stellenanteil": st.none() | st.sampled_from([Decimal("-0.5"), Decimal(0), Decimal("0.50")]),
}
VERGLEICHE = [
    Q(angabe=""),
    Q(jahr__isnull=True),
    Q(bis_jahr__gte=F("jahr")),
    Q(bis_jahr__lt=F("jahr")),
    Q(stellenanteil__gte=0),
    Q(stellenanteil__gt=0),
    Q(jahr__lte=2001),
    Q(art__in=["sachkosten", "personalkosten"]),
]
bedingungen = st.recursive(
    st.sampled_from(VERGLEICHE),
    lambda teile: st.builds(operator.and_, teile, teile)
    | st.builds(operator.or_, teile, teile)
    | teile.map(operator.invert),
    max_leaves=5,
)

pytestmark = pytest.mark.datenbank


def erlaubt(klasse, bedingung: Q, zeile, exclude=None) -> bool:
    try:
        klasse(condition=bedingung, name="x").validate(type(zeile), zeile, exclude=exclude)
    except ValidationError:
        return False
    return True


class BedingungTest(TestCase):
    @given(bedingungen, st.fixed_dictionaries(WERTE))
    def test_python_and_the_database_agree(self, bedingung, werte):
        zeile = Kostenposition(**werte)
        assert erlaubt(Bedingung, bedingung, zeile) == erlaubt(models.CheckConstraint, bedingung, zeile)


@pytest.mark.parametrize("ausgenommen", [{"jahr"}, {"bis_jahr"}])
def test_a_field_that_is_left_out_is_not_judged(ausgenommen):
    zeile = Kostenposition(jahr=2003, bis_jahr=2000)
    assert not erlaubt(Bedingung, Q(bis_jahr__gte=F("jahr")), zeile)
    assert erlaubt(Bedingung, Q(bis_jahr__gte=F("jahr")), zeile, ausgenommen)


@pytest.mark.django_db
def test_checking_a_row_asks_the_database_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        Kostenposition(angabe="1.000 €", jahr=2020).validate_constraints()
