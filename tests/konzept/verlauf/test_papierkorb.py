"""What was deleted comes back whole, with everything that hung on it and every reference to it."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import ProtectedError

from handlungsfelder.models import Handlungsfeld
from konzept.models import Abschnitt, Gremium, Leitlinie
from konzept.models.basis import Versioniert
from konzept.verlauf.aufzeichnung import was_haengt_daran
from konzept.verlauf.models import Geloeschtes
from konzept.vorgaenge import hole_zurueck, loesche
from massnahmen.models import Akteur, Massnahme
from tests.fabrik import mache_akteur, mache_benutzer, mache_fuelle, mache_konzept, setze_zustaendig

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

EIGENE = ("konzept", "handlungsfelder", "massnahmen", "vorlagen")


WER_UND_WANN = {"version", "geaendert_am", "geaendert_von"}
"""What stayed and is referred to again has been edited: an open form must not undo it."""


def inhalt() -> dict[str, list]:
    """Every row of every table of a concept."""
    return {
        modell._meta.label: sorted(
            modell._base_manager.values_list(*(f.name for f in modell._meta.fields if f.name not in WER_UND_WANN)),
            key=str,
        )
        for app in EIGENE
        for modell in apps.get_app_config(app).get_models(include_auto_created=True)
    }


@pytest.fixture
def konzept():
    konzept = mache_konzept()
    mache_fuelle(konzept, 3)
    return konzept


@pytest.fixture
def benutzer(konzept):
    return mache_benutzer(konzept.kommune, "redaktion")


OHNE_BEZUG = {Akteur: {"kurz": "99"}, Gremium: {"name": "Beirat"}}
ELEMENTE = [
    modell
    for app in EIGENE
    for modell in apps.get_app_config(app).get_models()
    if issubclass(modell, Versioniert) and modell._meta.model_name not in {"kommune", "konzept"}
]


@pytest.mark.parametrize("modell", ELEMENTE, ids=lambda m: m._meta.model_name)
def test_every_kind_of_element_comes_back_exactly_as_it_was(modell, konzept, benutzer):
    objekt = modell.objects.first()
    assert objekt is not None
    if modell in OHNE_BEZUG:  # Those of the concept are needed by it and may not go.
        objekt = modell.objects.create(kommune=konzept.kommune, **OHNE_BEZUG[modell])
    vorher = inhalt()
    eintrag = loesche(element=objekt, konto=benutzer)
    assert not modell.objects.filter(pk=objekt.pk).exists()
    assert inhalt() != vorher
    assert hole_zurueck(eintrag=eintrag, konto=benutzer).element == objekt
    assert inhalt() == vorher
    assert not Geloeschtes.objects.exists()
    connection.check_constraints()


def test_the_question_says_what_goes_along(konzept):
    umfang, verboten = was_haengt_daran(Massnahme.objects.filter(schritte__isnull=False).first())
    assert umfang["Umsetzungsschritte"] == 3
    assert "Maßnahme" not in umfang
    assert not verboten


def test_what_something_else_needs_is_not_deleted(konzept, benutzer):
    akteur = mache_akteur(konzept.kommune, "99")
    setze_zustaendig(Massnahme.objects.first(), akteur)
    vorher = inhalt()
    _, verboten = was_haengt_daran(akteur)
    assert verboten
    with pytest.raises(ProtectedError):
        loesche(element=akteur, konto=benutzer)
    assert inhalt() == vorher
    assert not Geloeschtes.objects.exists()


def test_a_child_needs_its_parent_back_first(konzept, benutzer):
    feld = Handlungsfeld.objects.filter(massnahmen__isnull=False).first()
    massnahme = feld.massnahmen.first()
    zuerst, dann = loesche(element=massnahme, konto=benutzer), loesche(element=feld, konto=benutzer)
    with pytest.raises(ValidationError, match="Holen Sie zuerst zurück"):
        hole_zurueck(eintrag=zuerst, konto=benutzer)
    assert Geloeschtes.objects.count() == 2
    hole_zurueck(eintrag=dann, konto=benutzer)
    hole_zurueck(eintrag=zuerst, konto=benutzer)
    assert Massnahme.objects.filter(pk=massnahme.pk).exists()


def test_what_it_referred_to_may_be_gone(konzept, benutzer):
    massnahme = Massnahme.objects.filter(leitlinien__isnull=False).first()
    leitlinie = massnahme.leitlinien.first()
    eintrag = loesche(element=massnahme, konto=benutzer)
    Leitlinie.objects.filter(pk=leitlinie.pk).delete()
    assert leitlinie not in hole_zurueck(eintrag=eintrag, konto=benutzer).element.leitlinien.all()


def test_a_place_that_is_taken_is_named(konzept, benutzer):
    eintrag = loesche(element=Abschnitt.objects.get(inhalt="handlungsfelder"), konto=benutzer)
    Abschnitt.objects.create(konzept=konzept, titel="Andere Stelle", inhalt="handlungsfelder")
    with pytest.raises(ValidationError, match="Platz"):
        hole_zurueck(eintrag=eintrag, konto=benutzer)
    assert Geloeschtes.objects.filter(pk=eintrag.pk).exists()


def test_nothing_comes_back_twice(konzept, benutzer):
    eintrag = loesche(element=Massnahme.objects.first(), konto=benutzer)
    zweiter = Geloeschtes.objects.get()
    hole_zurueck(eintrag=eintrag, konto=benutzer)
    with pytest.raises(ValidationError, match="schon zurückgeholt"):
        hole_zurueck(eintrag=zweiter, konto=benutzer)
