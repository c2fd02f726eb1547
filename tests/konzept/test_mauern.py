"""What must belong together does, whoever writes: each rule of `konzept.mauern` is tried past all checks in Python."""

import re
from copy import copy

import pytest
from django.core.exceptions import ValidationError
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import IntegrityError, connection, transaction
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import F
from django.utils import timezone

from konzept import trigger
from konzept.druckauftraege.models import Vormerkung
from konzept.fassungen.models import Veroeffentlichung
from konzept.fassungen.vorgaenge import festschreiben
from konzept.konten.models import Einladung
from konzept.mauern import Bleibt, KeinRing, Mauer, NurBei, feste_felder, regeln
from konzept.models import Abschnitt, Kommune, Konzept
from konzept.unveraenderlich import NurAnhaengen
from konzept.vorgaenge import hole_zurueck, loesche, schreibe_fort
from konzept.vorlagen.models import Beschluss, Station
from massnahmen.models import Indikator, Massnahme
from tests.fabrik import (
    mache_abschnitt,
    mache_akteur,
    mache_anmerkung,
    mache_benutzer,
    mache_beschlussfassung,
    mache_fuelle,
    mache_kommune,
    mache_konzept,
    mache_leitziel,
    mache_massnahme,
    mache_runde,
    mache_stellungnahme,
    mache_vorlage,
)

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

MAUERN = [regel for regel in regeln() if isinstance(regel, Mauer)]
FEST = [regel for regel in regeln() if isinstance(regel, Bleibt)]
RINGE = [regel for regel in regeln() if isinstance(regel, KeinRing)]


def _fuelle(kommune: Kommune) -> Konzept:
    """Two concepts of a Kommune, one carrying the other on, with a row for every rule; the first."""
    konzept, neu = mache_konzept(kommune), mache_konzept(kommune, "neu")
    massnahme = mache_fuelle(konzept, 1)
    akteur, leitziel = kommune.akteure.get(), mache_leitziel(massnahme.handlungsfeld)
    Indikator.objects.create(konzept=konzept, titel="x", art="wirkung", leitziel=leitziel)
    Indikator.objects.create(konzept=konzept, titel="x", art="wirkung", massnahme=massnahme)
    konzept.abschnitte.filter(inhalt="handlungsfelder").update(oberabschnitt=None)
    schreibe_fort(alt=konzept, neu=neu, konto=None)
    Konzept.objects.filter(pk=neu.pk).update(vorgaenger=konzept)
    loesche(element=mache_abschnitt(konzept, "weg"), konto=None)
    konzept.druckauftraege.create(art="konzept", schluessel="a", aufnahme=b"x")
    konzept.satzstuecke.create(schluessel="a", groesse=1, benutzt_am=timezone.now(), inhalt=b"x")
    Vormerkung.objects.create(konzept=konzept, spaetestens=timezone.now())
    konto = mache_benutzer(kommune, "gremium")
    konto.mitgliedschaften.create(kommune=kommune, rolle="mitwirkung", akteur=akteur)
    Einladung.objects.create(
        kommune=kommune, email="x@stadt.example", rolle="mitwirkung", akteur=akteur, fingerabdruck=kommune.slug
    )
    Einladung.objects.create(kommune=kommune, email="y@stadt.example", rolle="lesen", fingerabdruck=f"{kommune.slug}2")
    loesche(element=mache_akteur(kommune, "weg"), konto=None)
    mache_vorlage(neu, kommune.gremien.first())
    fassung = mache_beschlussfassung(konzept)
    Veroeffentlichung.objects.create(fassung=fassung)
    konzept.vorlagen.update(fassung=fassung)
    mache_stellungnahme(mache_anmerkung(mache_runde(fassung, konto), konto))
    zweite = mache_beschlussfassung(konzept)
    mache_stellungnahme(mache_anmerkung(mache_runde(zweite, konto), konto))
    zweite.beschluss.delete()
    anlagen = konzept.vorlagen.first().weitere_anlagen
    anlagen.create(art="synopse", alt=fassung, neu=zweite)
    anlagen.create(art="abwaegung", runde=zweite.runden.get())
    Beschluss.objects.create(fassung=zweite, station=Station.objects.filter(vorlage__konzept=konzept).first())
    return konzept


@pytest.fixture(scope="module")
def konzepte(bleibend):
    """The concepts of two Kommunen."""
    with bleibend():
        yield [_fuelle(mache_kommune(name)) for name in ("diesseits", "jenseits")]


def _name(regel) -> str:
    return regel.satz


def _mit(modell, weg: str, **felder):
    """The rows of a model from which a way leads somewhere."""
    return modell._base_manager.filter(**{f"{weg}__isnull": False}, **felder).order_by("pk")


def _anderswo(regel, weg: str, ende) -> list:
    """What the first reference of a way could lead to, so that the way ends elsewhere."""
    erstes, _, rest = weg.partition("__")
    modell = regel.modell._meta.get_field(erstes).related_model
    ziele = _mit(modell, rest).exclude(**{rest: ende}) if rest else modell._base_manager.exclude(pk=ende)
    return list(ziele.order_by("pk"))


def _schreibe_ab(wie: str, zeile, spalten: list[str], werte: list[str]) -> None:
    tabelle = zeile._meta.db_table
    with connection.cursor() as cursor:
        aus = f"SELECT {', '.join(werte)} FROM {tabelle} WHERE id = {zeile.pk}"
        cursor.execute(f"{wie} INTO {tabelle} ({', '.join(spalten)}) {aus}")


@pytest.mark.parametrize("regel", MAUERN, ids=_name)
def test_no_reference_leads_over_a_wall(konzepte, regel):
    zeile = _mit(regel.modell, regel.weg, **{f"{regel.weg_gegenueber}__isnull": False}).first()
    ende = regel.modell._base_manager.values_list(regel.weg, flat=True).get(pk=zeile.pk)
    feld = regel.modell._meta.get_field(regel.weg_gegenueber.split("__")[0])
    fremd = _anderswo(regel, regel.weg_gegenueber, ende)[0]
    kopie = copy(zeile)
    kopie.pk, kopie._state.adding = None, True
    setattr(kopie, feld.attname, fremd.pk)
    with pytest.raises(IntegrityError, match=re.escape(regel.satz)), transaction.atomic():
        regel.modell._base_manager.bulk_create([kopie])
    if not issubclass(regel.modell, NurAnhaengen) and feld.name not in feste_felder(regel.modell):
        with pytest.raises(IntegrityError, match=re.escape(regel.satz)), transaction.atomic():
            regel.modell._base_manager.filter(pk=zeile.pk).update(**{feld.attname: fremd.pk})
    spalten = [f.column for f in regel.modell._meta.concrete_fields if not f.primary_key]
    werte = [str(fremd.pk) if spalte == feld.column else spalte for spalte in spalten]
    with pytest.raises(IntegrityError, match=re.escape(regel.satz)), transaction.atomic():
        _schreibe_ab("INSERT", zeile, spalten, werte)


@pytest.mark.parametrize("regel", FEST, ids=_name)
def test_where_a_row_belongs_never_changes(konzepte, regel):
    """For every rule there is a row that breaks no other one by moving."""
    feld, antworten = regel.modell._meta.get_field(regel.weg.split("__")[0]), set()
    for zeile in _mit(regel.modell, regel.weg):
        ende = regel.modell._base_manager.values_list(regel.weg, flat=True).get(pk=zeile.pk)
        for fremd in _anderswo(regel, regel.weg, ende):
            with pytest.raises(IntegrityError) as antwort, transaction.atomic():
                regel.modell._base_manager.filter(pk=zeile.pk).update(**{feld.attname: fremd.pk})
            antworten.add(str(antwort.value).partition("\n")[0])
    assert regel.satz in antworten


@pytest.mark.parametrize("regel", FEST, ids=_name)
def test_a_row_that_replaces_another_stays_where_that_was(konzepte, regel):
    if connection.vendor != "sqlite":
        return  # knows no INSERT OR REPLACE
    zeile = _mit(regel.modell, regel.weg).first()
    ende = regel.modell._base_manager.values_list(regel.weg, flat=True).get(pk=zeile.pk)
    feld = regel.modell._meta.get_field(regel.weg.split("__")[0])
    fremd, spalten = _anderswo(regel, regel.weg, ende)[0], [f.column for f in regel.modell._meta.concrete_fields]
    werte = [str(fremd.pk) if spalte == feld.column else spalte for spalte in spalten]
    with pytest.raises(IntegrityError, match=regel.modell._meta.db_table), transaction.atomic():
        _schreibe_ab("INSERT OR REPLACE", zeile, spalten, werte)


@pytest.mark.parametrize("regel", [regel for regel in regeln() if isinstance(regel, NurBei)], ids=_name)
def test_a_reference_leads_to_rows_of_one_kind(konzepte, regel):
    zeile = _mit(regel.modell, regel.verweis).first()
    feld = regel.modell._meta.get_field(regel.verweis)
    falsch = festschreiben(konzept=konzepte[0], art="entwurf", konto=None)
    assert getattr(falsch, regel.feld) != regel.wert
    spalten = [f.column for f in regel.modell._meta.concrete_fields if not f.primary_key]
    werte = [str(falsch.pk) if spalte == feld.column else spalte for spalte in spalten]
    with pytest.raises(IntegrityError, match=re.escape(regel.satz)), transaction.atomic():
        _schreibe_ab("INSERT", zeile, spalten, werte)
    with pytest.raises(IntegrityError), transaction.atomic():
        regel.modell._base_manager.filter(pk=zeile.pk).update(**{feld.attname: falsch.pk})


def test_a_measure_moves_inside_its_concept(konzepte):
    massnahme = Massnahme.objects.filter(handlungsfeld__konzept=konzepte[0]).first()
    anderes = konzepte[0].handlungsfelder.create(titel="Anderes")
    Massnahme.objects.filter(pk=massnahme.pk).update(handlungsfeld=anderes, handlungsziel=None)
    assert Massnahme.objects.get(pk=massnahme.pk).handlungsfeld == anderes


def test_who_saves_all_columns_as_they_are_is_not_refused(konzepte):
    for modell in {regel.modell for regel in regeln()}:
        if not issubclass(modell, NurAnhaengen):
            spalten = {f.name: F(f.name) for f in modell._meta.concrete_fields if f.is_relation}
            modell._base_manager.update(**spalten)


# Rings


@pytest.mark.parametrize("anzahl", [1, 2, 3])
@pytest.mark.parametrize("regel", RINGE, ids=_name)
def test_no_reference_leads_round(konzepte, regel, anzahl):
    zeile = regel.modell._base_manager.filter(**{f"{regel.feld}__isnull": False}).first()
    kette = [copy(zeile) for _ in range(anzahl)]
    for nummer, kopie in enumerate(kette):
        kopie.pk, kopie._state.adding = None, True
        setattr(kopie, f"{regel.feld}_id", None)
        if regel.modell is Konzept:
            kopie.slug = f"kette-{nummer}"
    kette = regel.modell._base_manager.bulk_create(kette)
    for unten, oben in zip(kette[1:], kette, strict=False):
        regel.modell._base_manager.filter(pk=unten.pk).update(**{f"{regel.feld}_id": oben.pk})
    with pytest.raises(IntegrityError), transaction.atomic():
        regel.modell._base_manager.filter(pk=kette[0].pk).update(**{f"{regel.feld}_id": kette[-1].pk})


def test_a_row_that_comes_in_where_others_wait_for_it_closes_no_ring():
    """Foreign keys are checked at the end of a transaction only."""
    konzept = mache_konzept()
    oben = mache_abschnitt(konzept)
    nummer = oben.pk + 1000
    Abschnitt.objects.filter(pk=oben.pk).update(oberabschnitt=nummer)
    with pytest.raises(IntegrityError, match="in a ring"), transaction.atomic():
        Abschnitt.objects.bulk_create([Abschnitt(pk=nummer, konzept=konzept, titel="x", oberabschnitt_id=oben.pk)])
    Abschnitt.objects.filter(pk=oben.pk).update(oberabschnitt=None)


# What must go on working


def test_a_whole_concept_goes_and_an_element_comes_back(konzepte):
    konzept = konzepte[1].fortschreibungen.get()
    for modell, pfad in ((Massnahme, "handlungsfeld__konzept"), (Abschnitt, "konzept")):
        zeile = modell.objects.filter(**{pfad: konzept}).first()
        assert hole_zurueck(eintrag=loesche(element=zeile, konto=None), konto=None).element == zeile
    feld = konzept.handlungsfelder.first()
    assert hole_zurueck(eintrag=loesche(element=feld, konto=None), konto=None).element == feld
    konzept.delete()
    assert not Konzept.objects.filter(pk=konzept.pk).exists()


# Lists


@pytest.mark.parametrize("mauer", [mauer for mauer in MAUERN if mauer.modell._meta.auto_created], ids=_name)
@pytest.mark.parametrize("seite", ["from the list", "from the other side"])
def test_a_list_says_so_from_both_sides(konzepte, mauer, seite):
    modell = mauer.modell._meta.auto_created
    (feld,) = (f for f in modell._meta.many_to_many if f.remote_field.through is mauer.modell)
    zeile = _mit(modell, mauer.weg.split("__", 1)[1]).first()
    ende = modell._base_manager.values_list(mauer.weg.split("__", 1)[1], flat=True).get(pk=zeile.pk)
    fremd = _anderswo(mauer, mauer.weg_gegenueber, ende)[0]
    liste, dazu = (getattr(zeile, feld.name), fremd)
    if seite == "from the other side":
        liste, dazu = getattr(fremd, feld.remote_field.get_accessor_name()), zeile
    wohin = {"kommune": "einer anderen Kommune", "konzept": "einem anderen Konzept"}[mauer.ende._meta.model_name]
    with pytest.raises(ValidationError, match=f"Etwas davon gehört zu {wohin}."):
        liste.add(dazu)


def test_a_measure_serves_no_guiding_principle_of_an_earlier_concept(konzepte):
    neu = konzepte[0].fortschreibungen.get()
    massnahme = mache_massnahme(neu.handlungsfelder.first())
    with pytest.raises(ValidationError, match="anderen Konzept"), transaction.atomic():
        massnahme.leitlinien.add(konzepte[0].leitlinien.first())
    massnahme.leitlinien.add(neu.leitlinien.first())


# Putting them up


def test_while_migrations_run_the_rules_are_away():
    """SQLite renames no table while a trigger elsewhere mentions it."""
    emit_pre_migrate_signal(0, False, "default", plan=[])
    assert not trigger.fehlende()
    emit_pre_migrate_signal(0, False, "default", plan=[(Migration("x", "konzept"), False)])
    assert {regel.satz for regel in trigger.fehlende()} == {regel.satz for regel in regeln()}
    emit_post_migrate_signal(0, False, "default")
    assert not trigger.fehlende()


def test_rules_wait_until_all_tables_are_those_of_the_code():
    trigger.reisse_ein()
    (letzte,) = MigrationLoader(connection).graph.leaf_nodes("massnahmen")
    MigrationRecorder(connection).record_unapplied(*letzte)
    emit_post_migrate_signal(0, False, "default")
    assert trigger.fehlende()


def test_a_rule_that_is_no_more_goes():
    trigger.stelle_auf()
    with connection.cursor() as cursor:
        art = {"sqlite": "BEGIN SELECT 1; END", "postgresql": "FOR EACH ROW EXECUTE FUNCTION alt_mauer_0()"}
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE FUNCTION alt_mauer_0() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
            )
        cursor.execute(f"CREATE TRIGGER alt_mauer_0 BEFORE INSERT ON konzept_konzept {art[connection.vendor]}")
    trigger.stelle_auf()
    assert "alt_mauer_0" not in trigger._vorhandene("default")
    assert not trigger.fehlende()
