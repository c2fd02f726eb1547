"""The use cases that write several rows are one family: what they are given has a name, and they ask and lock first."""

import inspect

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from konzept import vorgaenge
from konzept.beratung import vorgaenge as beratung
from konzept.fassungen import vorgaenge as fassungen
from konzept.vorgaenge.vorgang import sperre
from massnahmen.liste import sammelaenderung
from tests.fabrik import mache_akteur, mache_feld, mache_konzept

FAMILIE = [
    *(getattr(vorgaenge, name) for name in vorgaenge.__all__ if inspect.isfunction(getattr(vorgaenge, name))),
    fassungen.festschreiben,
    fassungen.veroeffentliche,
    fassungen.nimm_zurueck,
    beratung.gib_frei,
    beratung.nimm_frei_zurueck,
    sammelaenderung.fuehre_aus,
    sammelaenderung.nimm_zurueck,
]


@pytest.mark.parametrize("vorgang", FAMILIE, ids=lambda v: f"{v.__module__}.{v.__name__}")
def test_each_takes_names_and_says_who_acts(vorgang):
    angaben = inspect.signature(vorgang).parameters
    assert {angabe.kind for angabe in angaben.values()} == {inspect.Parameter.KEYWORD_ONLY}
    assert angaben["konto"].default is inspect.Parameter.empty


@pytest.mark.django_db
@pytest.mark.datenbank
def test_the_lock_is_that_of_the_concept_or_of_the_kommune():
    konzept = mache_konzept()
    for zeile, tabelle in (
        (mache_feld(konzept), "konzept_konzept"),
        (konzept, "konzept_konzept"),
        (mache_akteur(konzept.kommune, "51"), "konzept_kommune"),
    ):
        with CaptureQueriesContext(connection) as abfragen:
            sperre(zeile)
        (abfrage,) = (a["sql"] for a in abfragen)
        assert f'FROM "{tabelle}"' in abfrage
        assert connection.vendor == "sqlite" or abfrage.endswith("FOR NO KEY UPDATE")
