"""What belongs together stays together: rules across rows, the outline as a tree, and what deleting takes along."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError

from handlungsfelder.models import Querschnittsbezug
from konzept import trigger
from konzept.konten.models import Mitgliedschaft
from konzept.models import (
    Abschnitt,
    Beteiligung,
    Gremium,
    Konzept,
    Leitfrage,
    Leitlinie,
    Mitglied,
    Prozessschritt,
)
from konzept.vorlagen.models import Punktergebnis, Station
from massnahmen.models import (
    Akteur,
    Angebot,
    Indikator,
    Massnahme,
    Zustaendigkeit,
)
from tests.fabrik import mache_abschnitt, mache_akteur, mache_feld, mache_handlungsziel, mache_massnahme, mache_vorlage
from tests.konzept.stadt import EIGENE, Stadt, geaendert

pytestmark = pytest.mark.django_db


@pytest.fixture
def s():
    return Stadt()


# Rules across rows


FREMDES = {
    "Abschnitt under one of another concept": (
        "oberabschnitt",
        lambda s: Abschnitt(konzept=s.fremd, titel="x", oberabschnitt=s.abschnitt),
    ),
    "Leitlinie in an Abschnitt of another concept": (
        "abschnitt",
        lambda s: Leitlinie(konzept=s.fremd, titel="x", abschnitt=s.abschnitt),
    ),
    "Leitfrage for a Gremium of another Kommune": (
        "gremium",
        lambda s: Leitfrage(leitlinie=s.fremd.leitlinien.create(titel="x"), text="x?", gremium=s.gremium),
    ),
    "Beteiligung of a Gremium of another Kommune": (
        "gremium",
        lambda s: Beteiligung(konzept=s.fremd, gremium=s.gremium),
    ),
    "Fortschreibung of a concept of another Kommune": ("vorgaenger", lambda s: geaendert(s.fremd, vorgaenger=s.k)),
    "cell of a matrix of another concept": (
        "handlungsfeld",
        lambda s: Querschnittsbezug(querschnittsaufgabe=s.thema, handlungsfeld=mache_feld(s.fremd)),
    ),
    "Handlungsziel under a Leitziel of another field": (
        "leitziel",
        lambda s: geaendert(mache_handlungsziel(mache_feld(s.k)), leitziel=s.leitziel),
    ),
    "Maßnahme at a Leitziel of another field": (
        "leitziel",
        lambda s: geaendert(mache_massnahme(mache_feld(s.k)), leitziel=s.leitziel),
    ),
    "Maßnahme at a Handlungsziel of another field": (
        "handlungsziel",
        lambda s: geaendert(mache_massnahme(mache_feld(s.k)), handlungsziel=s.ziel),
    ),
    "Akteur of another Kommune at a measure": (
        "akteur",
        lambda s: Zustaendigkeit(akteur=mache_akteur(s.fremd.kommune, "x"), massnahme=s.massnahme),
    ),
    "Akteur of another Kommune at a step": (
        "akteur",
        lambda s: Zustaendigkeit(akteur=mache_akteur(s.fremd.kommune, "x"), schritt=s.schritt),
    ),
    "Angebot in a field of another concept": (
        "handlungsfeld",
        lambda s: Angebot(konzept=s.fremd, titel="x", handlungsfeld=s.feld),
    ),
    "Station at a Gremium of another Kommune": (
        "gremium",
        lambda s: Station(vorlage=mache_vorlage(s.fremd), gremium=s.rat),
    ),
    "result on a point of another Vorlage": (
        "punkt",
        lambda s: Punktergebnis(
            station=s.vorlage.stationen.get(), punkt=mache_vorlage(s.k).beschlusspunkte.first(), ergebnis="vertagt"
        ),
    ),
    "third manager of a network": ("funktion", lambda s: _dritter(s)),
}


def _dritter(s):
    for name in "ab":
        s.gremium.mitglieder.create(name=name, funktion="netzwerkmanagement")
    return Mitglied(gremium=s.gremium, name="c", funktion="netzwerkmanagement")


@pytest.mark.parametrize(("feld", "bau"), FREMDES.values(), ids=FREMDES)
def test_what_does_not_belong_together_is_refused_at_its_field(s, feld, bau):
    with pytest.raises(ValidationError) as fehler:
        bau(s).full_clean()
    assert feld in fehler.value.message_dict


def test_an_indicator_and_its_goal_belong_to_one_concept(s):
    with pytest.raises(ValidationError, match="gehört zu einem anderen Konzept"):
        Indikator(konzept=s.fremd, titel="x", art="wirkung", leitziel=s.leitziel).full_clean()


def test_a_tandem_of_two_is_allowed_and_can_be_saved_again(s):
    _dritter(s)
    for mitglied in s.gremium.mitglieder.all():
        mitglied.full_clean()


def test_an_actor_has_no_comma_in_its_name(s):
    for kurz in ("a,b", "a;b", "a\nb"):
        with pytest.raises(ValidationError, match="ohne Komma"):
            Akteur(kommune=s.kommune, kurz=kurz).full_clean()


# The outline is a tree


def test_circles_in_the_outline_are_refused(s):
    a = s.abschnitt
    b = mache_abschnitt(s.k, "b", oberabschnitt=a)
    c = mache_abschnitt(s.k, "c", oberabschnitt=b)
    for oben in (a, b, c):
        with pytest.raises(ValidationError, match="unter sich selbst"):
            geaendert(Abschnitt.objects.get(pk=a.pk), oberabschnitt=oben).full_clean()
    geaendert(c, oberabschnitt=a).full_clean()
    geaendert(c, oberabschnitt=None).full_clean()


def test_a_circle_that_is_there_all_the_same_is_noticed(s):
    """As long as the database does not refuse it, such as between two migrations."""
    trigger.reisse_ein()
    b = mache_abschnitt(s.k, "b", oberabschnitt=s.abschnitt)
    Abschnitt.objects.filter(pk=s.abschnitt.pk).update(oberabschnitt=b)
    for zeile in (mache_abschnitt(s.k, "c", oberabschnitt=b), Abschnitt(konzept=s.k, titel="neu", oberabschnitt=b)):
        with pytest.raises(ValidationError, match="unter sich selbst"):
            Abschnitt.clean(geaendert(zeile, oberabschnitt=Abschnitt.objects.get(pk=b.pk)))


def test_levels_of_goals_may_be_skipped(s):
    for ziel in ({}, {"leitziel": s.leitziel}, {"handlungsziel": s.ziel}):
        Massnahme(handlungsfeld=s.feld, titel="x", **ziel).full_clean()
    mache_handlungsziel(s.feld).full_clean()


# Deleting


def test_a_measure_outlives_its_goals(s):
    an_ziel = mache_massnahme(s.feld, handlungsziel=s.ziel)
    an_leitziel = mache_massnahme(s.feld, leitziel=s.leitziel)
    s.leitziel.delete()
    s.ziel.refresh_from_db()
    an_leitziel.refresh_from_db()
    assert (s.ziel.leitziel, an_leitziel.leitziel, an_leitziel.handlungsfeld) == (None, None, s.feld)
    s.ziel.delete()
    an_ziel.refresh_from_db()
    assert (an_ziel.handlungsziel, an_ziel.handlungsfeld) == (None, s.feld)


def test_a_leitlinie_outlives_its_chapter_and_a_leitfrage_its_body(s):
    leitlinie = s.k.leitlinien.create(titel="Miteinander", abschnitt=s.abschnitt)
    frage = leitlinie.leitfragen.create(text="Wie?", gremium=s.gremium)
    s.abschnitt.delete()
    s.gremium.beteiligungen.all().delete()
    s.gremium.delete()
    leitlinie.refresh_from_db()
    frage.refresh_from_db()
    assert (leitlinie.abschnitt, frage.gremium) == (None, None)


def test_an_actor_who_is_responsible_cannot_be_deleted(s):
    with pytest.raises(ProtectedError):
        s.akteur.delete()


def test_a_body_that_takes_part_cannot_be_deleted(s):
    with pytest.raises(ProtectedError):
        s.gremium.delete()


def test_a_kommune_with_a_concept_cannot_be_deleted(s):
    with pytest.raises(ProtectedError):
        s.kommune.delete()


def test_a_concept_is_deleted_with_everything_that_is_its_own(s):
    Konzept.objects.create(kommune=s.kommune, slug="neu", titel="Neu", vorgaenger=s.k)
    s.k.delete()
    for modell in (Abschnitt, Massnahme, Indikator, Angebot, Zustaendigkeit, Beteiligung, Prozessschritt):
        assert not modell.objects.exists()
    assert Konzept.objects.get(slug="neu").vorgaenger is None
    assert Akteur.objects.filter(pk=s.akteur.pk).exists()
    assert Gremium.objects.filter(pk=s.gremium.pk).exists()


def test_an_account_is_deleted_and_what_it_wrote_stays(s):
    with transaction.atomic():
        s.massnahme.beanspruche_version(1, s.benutzer)
    s.benutzer.delete()
    s.massnahme.refresh_from_db()
    assert (s.massnahme.geaendert_von, s.massnahme.version) == (None, 2)
    assert not Mitgliedschaft.objects.exists()


def test_every_row_has_a_name_to_show(s):
    namen = {
        f"{modell.__name__}: {zeile}"
        for modell in apps.get_models()
        if modell._meta.app_label in EIGENE
        for zeile in modell.objects.all()
    }
    assert not [name for name in namen if name.endswith(": ") or " object (" in name]
    assert len(namen) > 15
