"""Two columns that must agree are held by the database: past every check in Python, and whoever writes."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from handlungsfelder.models import Handlungsfeld, Handlungsziel, Leitziel
from konzept.models.verbund import verbunde
from massnahmen.models import Indikator, Massnahme
from tests.fabrik import mache_abschnitt, mache_feld, mache_fuelle, mache_konzept, mache_massnahme

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

VERBUNDE = [(modell, regel) for modell in apps.get_models() for regel in verbunde(modell)]


@pytest.fixture
def konzept():
    konzept = mache_konzept()
    mache_fuelle(konzept, 2)
    anderes = mache_konzept(konzept.kommune, "anderes")
    for titel in ("Arbeit", "Wohnen"):
        feld = mache_feld(anderes, titel)
        ziel = feld.handlungsziele.create(titel=titel, leitziel=feld.leitziele.create(titel=titel))
        massnahme = mache_massnahme(feld, titel, handlungsziel=ziel)
        massnahme.indikatoren.create(konzept=anderes, titel="Zahl", art="wirkung")
        feld.leitziele.get().indikatoren.create(konzept=anderes, titel="Anteil", art="wirkung")
        mache_massnahme(feld, f"{titel} direkt", leitziel=feld.leitziele.get())
    oben = mache_abschnitt(anderes, "Leitlinien", inhalt="leitlinien")
    mache_abschnitt(anderes, "darunter", oberabschnitt=oben)
    anderes.leitlinien.create(titel="Vielfalt", abschnitt=oben)
    anderes.querschnittsaufgaben.create(titel="Öffnung").bezuege.create(handlungsfeld=feld)
    return konzept


def schreibe(zeile, **werte) -> None:
    """Past everything that Python checks."""
    with transaction.atomic():
        type(zeile)._base_manager.filter(pk=zeile.pk).update(**werte)
        connection.check_constraints()


@pytest.mark.parametrize(("modell", "regel"), VERBUNDE, ids=[regel.name for _, regel in VERBUNDE])
def test_no_writer_can_let_them_differ(modell, regel, konzept):
    zeile = modell._base_manager.filter(**{f"{regel.verweis}__isnull": False}).last()
    partner = modell._meta.get_field(regel.verweis).related_model
    fremd = partner._base_manager.exclude(**{regel.gemeinsam: getattr(zeile, f"{regel.gemeinsam}_id")}).first()
    assert fremd is not None
    with pytest.raises(IntegrityError):
        schreibe(zeile, **{regel.verweis: fremd.pk})
    setattr(zeile, regel.verweis, fremd)
    with pytest.raises(ValidationError) as fehler:
        regel.validate(modell, zeile)
    assert list(fehler.value.message_dict) == [regel.verweis]


def test_what_hangs_on_a_goal_follows_it_to_another_field(konzept):
    """Also where somebody at the database moves the goal."""
    ziel = Handlungsziel.objects.filter(massnahmen__indikatoren__isnull=False).first()
    woanders = ziel.konzept.handlungsfelder.exclude(pk=ziel.handlungsfeld_id).first()
    Leitziel.objects.filter(pk=ziel.leitziel_id).update(handlungsfeld=woanders)
    connection.check_constraints()
    massnahme = ziel.massnahmen.get()
    assert Handlungsziel.objects.get(pk=ziel.pk).handlungsfeld == woanders
    assert massnahme.handlungsfeld == woanders
    assert massnahme.indikatoren.get().handlungsfeld == woanders


def test_a_goal_does_not_leave_its_concept_alone(konzept):
    ziel = Handlungsziel.objects.filter(indikatoren__isnull=False).first()
    fremd = Handlungsfeld.objects.exclude(konzept=ziel.konzept).first()
    with pytest.raises(IntegrityError):
        schreibe(ziel.leitziel, handlungsfeld=fremd)


def test_an_indicator_stands_in_the_field_of_what_it_measures(konzept):
    massnahme = Massnahme.objects.first()
    neu = Indikator(konzept=massnahme.konzept, titel="Neu", art="wirkung", massnahme=massnahme)
    neu.full_clean()
    neu.save()
    assert Indikator.objects.get(pk=neu.pk).handlungsfeld == massnahme.handlungsfeld
    with pytest.raises(IntegrityError):
        schreibe(neu, handlungsfeld=None)


def test_a_field_takes_its_indicators_along_or_lets_them_go(konzept):
    """Those of its goals and measures go with it, those of the context stay."""
    feld = Handlungsfeld.objects.filter(massnahmen__indikatoren__isnull=False).first()
    kontext = Indikator.objects.create(konzept=feld.konzept, titel="Lage", art="kontext", handlungsfeld=feld)
    wirkung = [i.pk for i in feld.indikatoren.filter(art="wirkung")]
    assert wirkung
    feld.delete()
    assert not Indikator.objects.filter(pk__in=wirkung).exists()
    assert Indikator.objects.get(pk=kontext.pk).handlungsfeld is None
