"""Numbers that stand in a Fassung stay with their measures, though they are counted in another way from now on."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from konzept.fassungen.models import FassungArt
from konzept.fassungen.vorgaenge import festschreiben
from konzept.models import Konzept
from konzept.verlauf.models import Aenderung
from massnahmen.gliederung import Nummern
from massnahmen.liste.tabelle import lade_nummern
from massnahmen.models import Massnahme
from tests.fabrik import (
    mache_abschnitt,
    mache_feld,
    mache_handlungsziel,
    mache_konzept,
    mache_leitziel,
    mache_massnahme,
)

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

STAENDE = ("idee", "laufend", "geplant", "umgesetzt", "", "laufend")


@pytest.fixture
def konzept():
    """A field with goals, one with a typed number that another counts to, two without numbers, and what is struck."""
    konzept = mache_konzept()
    kapitel = mache_abschnitt(konzept, "Felder", inhalt="handlungsfelder")
    mache_abschnitt(konzept, "danach", oberabschnitt=kapitel)
    felder = [
        mache_feld(konzept, "Sprache"),
        mache_feld(konzept, "Wohnen", nummer="1.1."),
        mache_feld(konzept, "Arbeit", zaehlung="ohne"),
        mache_feld(konzept, "Sport", zaehlung="ohne"),
        mache_feld(konzept, "Weg", fortschreibung="entfallen"),
    ]
    for feld in felder:
        ziele = [mache_leitziel(feld, reihenfolge=i, nummer=nummer) for i, nummer in enumerate(("", "2", "2"))]
        unter = mache_handlungsziel(feld, leitziel=ziele[1])
        weg = mache_handlungsziel(feld, leitziel=ziele[1], fortschreibung="entfallen")
        orte = [{"leitziel": ziele[2]}, {"leitziel": ziele[0]}, {}, {"handlungsziel": unter}, {"leitziel": ziele[1]}]
        for i, stand in enumerate(STAENDE):
            mache_massnahme(feld, f"M {i}", umsetzungsstand=stand, reihenfolge=i, **orte[i % len(orte)])
        mache_massnahme(feld, "zum gestrichenen Ziel", handlungsziel=weg)
        mache_massnahme(feld, "gestrichen", fortschreibung="erledigt", reihenfolge=2)
        mache_massnahme(feld, "getippt", nummer="7a", reihenfolge=3)
    return konzept


def nummern(konzept) -> Nummern:
    return lade_nummern(Konzept.objects.get(pk=konzept.pk))


def wie_bisher(konzept) -> dict[int, str]:
    """As they were counted: in the order in which the table of each field shows them."""
    nr, bisher = nummern(konzept), {}
    for feld in nr.felder:
        folge = [m for _, massnahmen in nr.tabellenabschnitte(feld) for m in massnahmen]
        bisher |= {m.pk: m.nummer or str(i) for i, m in enumerate(folge, start=1)}
    return bisher


def jetzt(konzept) -> dict[int, str]:
    nr = nummern(konzept)
    return {m.pk: nr[m] for m in nr.massnahmen}


def stelle_um() -> None:
    apps = MigrationLoader(connection).project_state().apps
    import_module("massnahmen.migrations.0009_nummern_festgehalten").halte_fest(apps, None)


@pytest.mark.parametrize("ordnung", Konzept.Tabellenabschnitte.values)
def test_no_number_moves_in_a_concept_that_was_frozen(konzept, ordnung):
    Konzept.objects.update(tabellenabschnitte=ordnung)
    festschreiben(konzept=konzept, art=FassungArt.ENTWURF, konto=None)
    bisher = wie_bisher(konzept)
    assert jetzt(konzept) != bisher
    stelle_um()
    assert jetzt(konzept) == bisher
    assert not Massnahme.objects.filter(titel="gestrichen").exclude(nummer="").exists()


def test_what_counts_the_same_is_not_written_and_the_history_says_what_is(konzept):
    festschreiben(konzept=konzept, art=FassungArt.ENTWURF, konto=None)
    vorher, gezaehlt = dict(Massnahme.objects.values_list("pk", "nummer")), jetzt(konzept)
    stelle_um()
    bisher = jetzt(konzept)
    geschrieben = {m.pk for m in Massnahme.objects.all() if m.nummer != vorher[m.pk]}
    assert {pk for pk in bisher if gezaehlt[pk] != bisher[pk]} <= geschrieben
    eintraege = Aenderung.objects.filter(grund__contains="festgehalten")
    assert {e.anker for e in eintraege} == {f"massnahme-{pk}" for pk in geschrieben}
    assert set(Massnahme.objects.filter(pk__in=geschrieben).values_list("version", flat=True)) == {2}
    stelle_um()
    assert eintraege.count() == len(geschrieben)


def test_a_field_that_counts_as_before_is_left_alone(konzept):
    anderes = mache_konzept(konzept.kommune, "anderes")
    mache_abschnitt(anderes, inhalt="handlungsfelder")
    for i, stand in enumerate(("laufend", "geplant", "idee")):
        mache_massnahme(mache_feld(anderes) if not i else anderes.handlungsfelder.get(), umsetzungsstand=stand)
    festschreiben(konzept=anderes, art=FassungArt.ENTWURF, konto=None)
    vorher = list(Massnahme.objects.order_by("pk").values())
    stelle_um()  # and the concept that was never frozen counts as concepts do now
    assert list(Massnahme.objects.order_by("pk").values()) == vorher
