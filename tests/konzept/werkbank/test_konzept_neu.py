"""A new concept: from an outline, or as Fortschreibung with everything in it."""

import re

import pytest
from django.apps import apps

from konzept.dokument.baum import als_json
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.models import Konzept
from konzept.werkbank.muster import MUSTER
from massnahmen.models import Massnahme
from tests.fabrik import eingaben, mache_benutzer, mache_fuelle, mache_kommune, mache_konzept, seite_von, text

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

PFAD = "/kommunen/musterhausen/konzepte/neu/"


@pytest.fixture
def kommune():
    return mache_kommune()


@pytest.fixture
def redaktion(client, kommune):
    client.force_login(mache_benutzer(kommune, "redaktion"))
    return client


def lege_an(client, **daten):
    return client.post(PFAD, eingaben(client.get(PFAD)) | daten)


@pytest.mark.parametrize("muster", MUSTER)
def test_an_outline_to_begin_with(muster, redaktion):
    antwort = lege_an(redaktion, titel="Integrationskonzept für Übermorgen 2030", beginnt_mit=muster)
    konzept = Konzept.objects.get()
    assert antwort.url == f"/konzepte/musterhausen/{konzept.slug}/gliederung/"
    assert konzept.slug == "integrationskonzept-fuer-uebermorgen-2030"
    assert redaktion.get(antwort.url).status_code == 200
    oberste = [a.titel for a in konzept.abschnitte.filter(oberabschnitt=None)]
    assert oberste == [k.titel for k in MUSTER[muster].kapitel]
    stelle_zusammen(konzept)


def test_the_same_title_twice_gets_an_address_of_its_own(redaktion):
    for nr in range(3):  # asked for on purpose: the same fields once more may have been sent twice
        lege_an(redaktion, titel="Konzept", beginnt_mit="leer", _noch_eines=f"weiteres-{nr}")
    assert sorted(Konzept.objects.values_list("slug", flat=True)) == ["konzept", "konzept-2", "konzept-3"]


@pytest.mark.parametrize("titel", ["???", "Ж", "-" * 200, "x" * 300])
def test_any_title_makes_an_address(titel, redaktion):
    antwort = lege_an(redaktion, titel=titel, beginnt_mit="leer")
    assert redaktion.get(antwort.url).status_code == 200


def test_what_is_missing_is_said_and_what_was_typed_stays(redaktion):
    antwort = lege_an(redaktion, titel="Neu", gueltig_ab="2031", gueltig_bis="2030")
    assert antwort.status_code == 422
    seite = text(seite_von(antwort))
    assert "Wählen Sie, womit das Konzept beginnt." in seite
    assert "Das letzte Jahr (2030) liegt vor dem ersten (2031)." in seite
    assert eingaben(antwort)["titel"] == ["Neu"]
    assert not Konzept.objects.exists()


def _ohne_schluessel(dokument, konzept) -> str:
    """A document as JSON without what must differ: keys, address, title."""
    roh = als_json(dokument).decode()
    return re.sub(r"-\d+\b", "-N", roh).replace(f'"slug":"{konzept.slug}"', "")


def test_a_fortschreibung_prints_the_same_and_knows_where_all_comes_from(redaktion, kommune):
    alt = mache_konzept(kommune, "voriges-konzept", titel="Integrationskonzept")
    mache_fuelle(alt, 3)
    lege_an(redaktion, titel="Integrationskonzept", beginnt_mit=f"konzept-{alt.pk}")
    neu = Konzept.objects.get(vorgaenger=alt)
    assert _ohne_schluessel(stelle_zusammen(neu), neu) == _ohne_schluessel(stelle_zusammen(alt), alt)
    for massnahme in Massnahme.objects.filter(handlungsfeld__konzept=neu):
        assert massnahme.vorgaenger.titel == massnahme.titel
        assert massnahme.vorgaenger.konzept == alt
        assert massnahme.version == 1


def test_a_fortschreibung_leaves_the_earlier_concept_alone(redaktion, kommune):
    alt = mache_konzept(kommune, "alt")
    mache_fuelle(alt, 2)

    def zeilen():
        return {
            modell._meta.label: sorted(modell._base_manager.filter(pk__in=pks).values_list(), key=str)
            for modell, pks in vorher.items()
        }

    vorher = {
        modell: list(modell._base_manager.values_list("pk", flat=True))
        for app in ("konzept", "handlungsfelder", "massnahmen")
        for modell in apps.get_app_config(app).get_models(include_auto_created=True)
    }
    stand = zeilen()
    lege_an(redaktion, titel="Neu", beginnt_mit=f"konzept-{alt.pk}")
    assert zeilen() == stand
    mehr = {m for m, pks in vorher.items() if m._base_manager.count() not in (len(pks), 2 * len(pks))}
    assert mehr == set()


@pytest.mark.parametrize("anzahl", [1, 3])
def test_a_fortschreibung_costs_the_same_for_any_size(anzahl, redaktion, kommune, django_assert_max_num_queries):
    alt = mache_konzept(kommune, "alt")
    mache_fuelle(alt, anzahl)
    with django_assert_max_num_queries(220):
        lege_an(redaktion, titel="Neu", beginnt_mit=f"konzept-{alt.pk}")


def test_a_concept_of_another_kommune_is_not_to_be_had(redaktion):
    fremd = mache_konzept(mache_kommune("nachbarstadt"))
    assert lege_an(redaktion, titel="Neu", beginnt_mit=f"konzept-{fremd.pk}").status_code == 422
    assert Konzept.objects.count() == 1


def test_what_became_of_an_element_is_asked_only_where_there_was_one(redaktion, kommune):
    alt = mache_konzept(kommune, "alt")
    mache_fuelle(alt, 1)
    lege_an(redaktion, titel="Neu", beginnt_mit=f"konzept-{alt.pk}")
    neu = Konzept.objects.get(vorgaenger=alt)
    for konzept, gefragt in ((alt, False), (neu, True)):
        feld = konzept.handlungsfelder.first()
        pfad = f"/konzepte/musterhausen/{konzept.slug}/handlungsfelder/{feld.pk}/bearbeiten/"
        daten = eingaben(redaktion.get(pfad))
        assert ("fortschreibung" in daten) is gefragt
        if gefragt:
            redaktion.post(pfad, daten | {"fortschreibung": "geaendert"})
            feld.refresh_from_db()
            assert feld.fortschreibung == "geaendert"
