"""The large example: as many measures as asked for, always the same, and never in the way of anything else."""

from datetime import date
from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.models import Count

from konzept.austausch.einlesen import lade
from konzept.austausch.grosses_beispiel import SLUG, erzeuge
from konzept.models import Kommune, Konzept
from massnahmen.models import (
    Akteur,
    Foerderung,
    Kostenposition,
    Massnahme,
    Umsetzungsschritt,
    Umsetzungsstand,
    Zustaendigkeit,
)

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]


def befehl(*argumente) -> str:
    ausgabe = StringIO()
    call_command("grosses_beispiel", *argumente, stdout=ausgabe)
    return ausgabe.getvalue()


def zeilen() -> dict[str, list[dict]]:
    """Every row without its time; keys are counted from 1 in the order of creation, so two runs compare."""
    modelle = [
        modell
        for app in ("konzept", "handlungsfelder", "massnahmen")
        for modell in apps.get_app_config(app).get_models(include_auto_created=True)
    ]
    platz = {
        modell: {pk: nr for nr, pk in enumerate(modell.objects.order_by("pk").values_list("pk", flat=True), 1)}
        for modell in modelle
    }
    return {
        modell._meta.label: [
            {
                feld.name: platz.get(feld.related_model, {}).get(wert, wert) if feld.is_relation else wert
                for feld in modell._meta.concrete_fields
                if not feld.primary_key and feld.name != "geaendert_am"
                for wert in [feld.value_from_object(zeile)]
            }
            for zeile in modell.objects.order_by("pk")
        ]
        for modell in modelle
    }


# Content


@pytest.mark.parametrize("anzahl", [0, 1, 100])
def test_it_has_as_many_measures_as_asked_for(anzahl):
    konzept = erzeuge(anzahl)
    assert Massnahme.objects.fuer_konzept(konzept).count() == Massnahme.objects.count() == anzahl
    assert str(anzahl) in konzept.titel
    assert konzept.kommune.fiktiv


def test_its_shape_is_that_of_a_big_city():
    konzept = erzeuge(144)
    felder = konzept.handlungsfelder.annotate(
        ziele=Count("leitziele", distinct=True), handlungen=Count("handlungsziele", distinct=True)
    )
    assert [(feld.ziele, feld.handlungen) for feld in felder] == [(3, 9)] * 8
    assert [feld.massnahmen.count() for feld in felder] == [18] * 8
    assert {massnahme.schritte.count() for massnahme in Massnahme.objects.all()} == {3}
    beteiligte = Massnahme.objects.annotate(zahl=Count("zustaendigkeiten")).values_list("zahl", flat=True)
    assert set(beteiligte) == {2, 3, 4}
    assert set(Massnahme.objects.values_list("umsetzungsstand", flat=True)) == set(Umsetzungsstand.values)


def test_titles_differ_up_to_a_thousand_measures():
    erzeuge(1000)
    assert Massnahme.objects.values("titel").distinct().count() == 1000


def test_the_same_number_gives_the_same_content():
    erzeuge(60)
    vorher = zeilen()
    erzeuge(60)
    assert zeilen() == vorher
    erzeuge(61)
    assert zeilen() != vorher


def test_what_it_writes_could_also_be_saved_through_forms():
    erzeuge(30)
    for modell in (Massnahme, Umsetzungsschritt, Zustaendigkeit, Kostenposition, Akteur):
        for zeile in modell.objects.all():
            zeile.full_clean()


IMMER_LEER = {"nummer", "kurztitel", "fortschreibung", "vorgaenger"}
"""Numbers are counted, titles are short, and there is no earlier concept."""


def test_every_other_field_of_a_measure_is_filled_somewhere():
    erzeuge(40)
    felder = [f for f in Massnahme._meta.concrete_fields if f.editable and not f.primary_key]
    zeilen = list(Massnahme.objects.all())
    leer = {f.name for f in felder if not any(str(f.value_from_object(z) or "") for z in zeilen)}
    assert leer == IMMER_LEER


def test_columns_read_from_wordings_are_filled():
    erzeuge(100)
    for massnahme in Massnahme.objects.all():
        assert massnahme.zeitraum.verstanden
        assert massnahme.beginn_am == massnahme.zeitraum.erster_tag
        assert massnahme.ende_am == massnahme.zeitraum.letzter_tag
    assert Massnahme.objects.filter(beginn_am__gte=date(2027, 1, 1), ende_am__lte=date(2032, 12, 31)).exists()
    for modell in (Kostenposition, Foerderung):
        assert modell.objects.exists()
        assert all(zeile.angabe.verstanden for zeile in modell.objects.all())
    assert {zeile.angabe.turnus for zeile in Kostenposition.objects.all()} == {None, "jährlich"}


def test_costs_are_amounts_or_neutral_or_open_but_only_one_of_them():
    erzeuge(100)
    for massnahme in Massnahme.objects.all():
        angaben = [
            bool(massnahme.kosten_wortlaut),
            massnahme.kosten_offen,
            massnahme.kostenpositionen.exists(),
        ]
        assert sum(angaben) == 1


# What it leaves alone


def test_another_number_replaces_the_earlier_example():
    erzeuge(10)
    erzeuge(20)
    assert Konzept.objects.get().titel == "Integrationskonzept mit 20 Maßnahmen"
    assert Kommune.objects.get().slug == SLUG
    assert Akteur.objects.count() == Akteur.objects.values("kurz").distinct().count()


def test_other_concepts_of_the_kommune_stay():
    (echtes,) = lade(settings.BASE_DIR / "fixtures" / "monheim-am-rhein.yaml").neu
    amt = Akteur.objects.get(kommune=echtes.kommune, kurz="51")
    for anzahl in ("10", "12"):
        befehl("--massnahmen", anzahl, "--kommune", "monheim-am-rhein")
    assert Kommune.objects.get().name == "Stadt Monheim am Rhein"
    neues = echtes.kommune.konzepte.exclude(pk=echtes.pk).get()
    assert neues.titel == "Integrationskonzept mit 12 Maßnahmen"
    assert Massnahme.objects.fuer_konzept(echtes).count() == 2
    # The Kommune's own office is the one that new measures name.
    assert Akteur.objects.get(kommune=echtes.kommune, kurz="51").pk == amt.pk
    assert amt.zustaendigkeiten.filter(schritt__massnahme__handlungsfeld__konzept=neues).exists()


# The command


def test_command_writes_once_and_again_only_when_told():
    assert "geschrieben" in befehl("--massnahmen", "5")
    Massnahme.objects.update(titel="Geändert")
    assert "schon vorhanden" in befehl("--massnahmen", "5")
    assert set(Massnahme.objects.values_list("titel", flat=True)) == {"Geändert"}
    assert "geschrieben" in befehl("--massnahmen", "5", "--neu")
    assert not Massnahme.objects.filter(titel="Geändert").exists()


def test_command_says_what_would_be_right():
    with pytest.raises(CommandError, match="Zahl ab 0"):
        befehl("--massnahmen", "-1")
    with pytest.raises(CommandError, match="--kommune"):
        befehl("--massnahmen", "1", "--kommune", "Nicht gültig!")
    assert not Kommune.objects.exists()
