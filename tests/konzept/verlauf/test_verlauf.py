"""The history of an element: every state is kept, can be read in words and comes back."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from konzept.models.basis import VersionVeraltet, anker
from konzept.verlauf.aufzeichnung import merke_ausgang, schreibe_alle_mit, schreibe_mit
from konzept.verlauf.models import Aenderung, AenderungArt
from konzept.verlauf.stand import lade, nimm_auf, unterschiede
from konzept.vorgaenge import loesche, stelle_wieder_her
from massnahmen.models import Massnahme
from tests.fabrik import (
    mache_akteur,
    mache_benutzer,
    mache_feld,
    mache_fuelle,
    mache_konzept,
    mache_kosten,
    mache_massnahme,
    mache_sachstand,
    mache_schritt,
    schritte,
    sende,
    setze_zustaendig,
    zustaendig,
)

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]


@pytest.fixture
def konzept():
    return mache_konzept()


@pytest.fixture
def massnahme(konzept):
    massnahme = mache_massnahme(
        mache_feld(konzept), "Sprachcafé", zeitraum="ab 2018 jährlich", umsetzungsstand="geplant", kosten_offen=True
    )
    for nummer in (1, 2):
        schritt = mache_schritt(massnahme, f"Schritt {nummer}", zeitraum="03/2018", reihenfolge=nummer)
        setze_zustaendig(schritt, mache_akteur(konzept.kommune, f"5{nummer}"))
    setze_zustaendig(massnahme, mache_akteur(konzept.kommune, "32", name="Ordnungsamt"), rolle="federfuehrung")
    mache_kosten(massnahme, "30.000 € jährlich", jahr=2018)
    mache_sachstand(massnahme, "2018-03-01", "Läuft an.")
    massnahme.zielgruppen.add(konzept.kommune.zielgruppen.create(name="Frauen"))
    return massnahme


@pytest.fixture
def leitung(konzept):
    return mache_benutzer(konzept.kommune, "leitung", name="Lea Leitung")


def in_worten(massnahme, alt: Aenderung, neu: Aenderung) -> dict[str, tuple[str, str]]:
    return {u.feld: (u.vorher, u.nachher) for u in unterschiede(type(massnahme), alt.stand, neu.stand)}


def test_saving_a_form_records_who_what_and_from_what(client, massnahme, leitung):
    client.force_login(leitung)
    sende(client, massnahme, {"titel": "Sprachcafé am Abend", "umsetzungsstand": "laufend", "schritte-0-text": "Neu"})
    neu, alt = Aenderung.objects.von(massnahme.konzept.kommune_id, massnahme.konzept.pk, f"massnahme-{massnahme.pk}")
    assert (alt.art, alt.benutzer, neu.art, neu.benutzer) == ("ausgang", None, "geaendert", leitung)
    assert in_worten(massnahme, alt, neu) == {
        "Titel": ("Sprachcafé", "Sprachcafé am Abend"),
        "Umsetzungsstand": ("geplant", "laufend"),
        "Umsetzungsschritte": (
            "(1) Schritt 1 · 03/2018 · 51 · Mitwirkung\n(2) Schritt 2 · 03/2018 · 52 · Mitwirkung",
            "(1) Neu · 03/2018 · 51 · Mitwirkung\n(2) Schritt 2 · 03/2018 · 52 · Mitwirkung",
        ),
    }


def test_saving_without_a_change_is_no_change(client, massnahme, leitung):
    client.force_login(leitung)
    sende(client, massnahme, {"titel": "Anders"})
    anzahl = Aenderung.objects.count()
    sende(client, massnahme, {})
    assert Aenderung.objects.count() == anzahl


def test_a_refused_form_leaves_no_trace(client, massnahme, leitung):
    client.force_login(leitung)
    sende(client, massnahme, {"titel": ""})
    assert not Aenderung.objects.exists()


def test_an_earlier_state_comes_back_whole_and_the_later_one_stays_in_the_history(massnahme, leitung):
    merke_ausgang(massnahme)
    ausgang = Aenderung.objects.get()
    alte_schritte = list(massnahme.schritte.values_list("pk", flat=True))
    Massnahme.objects.filter(pk=massnahme.pk).update(titel="Ganz anders", zeitraum="2020", umsetzungsstand="idee")
    massnahme.schritte.first().delete()
    massnahme.kostenpositionen.all().delete()
    massnahme.zielgruppen.clear()
    setze_zustaendig(massnahme, mache_akteur(massnahme.konzept.kommune, "66"))
    massnahme.refresh_from_db()
    schreibe_mit(massnahme, leitung, AenderungArt.GEAENDERT)

    assert stelle_wieder_her(element=massnahme, aenderung=ausgang, gelesen=massnahme.version, konto=leitung) == []

    massnahme = lade(Massnahme, massnahme.pk)
    assert nimm_auf(massnahme) == ausgang.stand
    assert list(massnahme.schritte.values_list("pk", flat=True)) == alte_schritte
    assert (massnahme.titel, str(massnahme.zeitraum), massnahme.beginn_am) == (
        "Sprachcafé",
        "ab 2018 jährlich",
        datetime.date(2018, 1, 1),
    )
    assert zustaendig(massnahme) == [("32", "federfuehrung")]
    assert massnahme.kostenpositionen.get().angabe.betrag == 30_000
    arten = list(Aenderung.objects.order_by("pk").values_list("art", flat=True))
    assert arten == ["ausgang", "geaendert", "wiederhergestellt"]


def test_bringing_back_refuses_where_somebody_saved_meanwhile(massnahme, leitung):
    merke_ausgang(massnahme)
    Massnahme.objects.filter(pk=massnahme.pk).update(version=7, titel="Neuer")
    with pytest.raises(VersionVeraltet):
        stelle_wieder_her(element=massnahme, aenderung=Aenderung.objects.get(), gelesen=1, konto=leitung)
    massnahme.refresh_from_db()
    assert massnahme.titel == "Neuer"


def test_what_is_gone_is_named_and_left_out(massnahme, leitung):
    merke_ausgang(massnahme)
    massnahme.zielgruppen.get().delete()
    massnahme.schritte.first().zustaendigkeiten.get().akteur.zustaendigkeiten.all().delete()
    massnahme.konzept.kommune.akteure.get(kurz="51").delete()
    fehlend = stelle_wieder_her(element=massnahme, aenderung=Aenderung.objects.get(), gelesen=1, konto=leitung)
    assert fehlend == ["Frauen", "51"]
    massnahme.refresh_from_db()
    assert schritte(massnahme) == ["Schritt 1", "Schritt 2"]
    assert not massnahme.schritte.first().zustaendigkeiten.exists()


def test_a_state_that_is_no_longer_allowed_changes_nothing(massnahme, leitung):
    merke_ausgang(massnahme)
    schlecht = Aenderung.objects.get()
    schlecht.stand["felder"]["umsetzungsstand"] = "entfallen"
    with pytest.raises(ValidationError, match="begründen"), transaction.atomic():
        stelle_wieder_her(element=massnahme, aenderung=schlecht, gelesen=1, konto=leitung)
    massnahme.refresh_from_db()
    assert (massnahme.umsetzungsstand, massnahme.version) == ("geplant", 1)


def test_a_change_of_another_element_is_never_applied(massnahme, leitung):
    andere = mache_massnahme(massnahme.handlungsfeld, "Andere")
    merke_ausgang(andere)
    with pytest.raises(ValueError, match="another element"):
        stelle_wieder_her(element=massnahme, aenderung=Aenderung.objects.get(), gelesen=1, konto=leitung)


def test_history_survives_deletion_and_erased_accounts_keep_no_name(massnahme, leitung):
    ort = massnahme.konzept.kommune_id, massnahme.konzept.pk, f"massnahme-{massnahme.pk}"
    loesche(element=massnahme, konto=leitung)
    geloescht, ausgang = Aenderung.objects.von(*ort)
    assert (geloescht.art, ausgang.art, geloescht.titel) == ("geloescht", "ausgang", "Sprachcafé")


@pytest.mark.parametrize("anzahl", [1, 3])
def test_reading_a_state_costs_the_same_for_any_number_of_parts(anzahl, konzept, django_assert_num_queries):
    voll = mache_fuelle(konzept, anzahl)
    with django_assert_num_queries(12):
        stand = nimm_auf(lade(Massnahme, voll.pk))
    assert len(stand["teile"]["schritte"]) == anzahl


def test_many_states_cost_as_much_as_one(konzept, leitung, django_assert_num_queries):
    mache_fuelle(konzept, 3)
    alle = list(Massnahme.objects.select_related("handlungsfeld__konzept").order_by("-pk"))
    assert len(alle) == 3
    with django_assert_num_queries(14):
        ausgang = schreibe_alle_mit(alle, None, None)
    assert [(e.anker, e.art, e.stand) for e in ausgang] == [
        (anker(m), "ausgang", nimm_auf(lade(Massnahme, m.pk))) for m in alle
    ]
    Massnahme.objects.filter(pk=alle[1].pk).update(titel="Anders")
    with django_assert_num_queries(14):
        danach = schreibe_alle_mit(alle, leitung, AenderungArt.GEAENDERT)
    assert [neu == alt for neu, alt in zip(danach, ausgang, strict=True)] == [True, False, True]
    assert (danach[1].titel, danach[1].benutzer, danach[1].art) == ("Anders", leitung, "geaendert")
    assert set(Aenderung.objects.all()) == {*ausgang, danach[1]}


def test_bringing_back_writes_only_what_differs(massnahme, leitung):
    merke_ausgang(massnahme)
    Massnahme.objects.filter(pk=massnahme.pk).update(titel="Anders")
    with CaptureQueriesContext(connection) as abfragen:
        stelle_wieder_her(element=massnahme, aenderung=Aenderung.objects.get(), gelesen=1, konto=leitung)
    geschrieben = [a["sql"].split('"')[1] for a in abfragen if a["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]
    assert set(geschrieben) == {"massnahmen_massnahme", "verlauf_aenderung"}
    assert massnahme.titel == "Sprachcafé"
