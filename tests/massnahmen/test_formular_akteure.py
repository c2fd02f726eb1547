"""Naming who carries out a measure: by Kürzel or name, in order, and new ones only when asked for."""

import pytest

from massnahmen.models import Akteur
from tests.fabrik import (
    fehler_am_feld,
    formular_adresse,
    hole,
    mache_akteur,
    mache_kommune,
    sende,
    zustaendig,
)

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]


def test_unknown_actor_is_an_error_with_a_suggestion(leitung, massnahme):
    antwort = sende(leitung, massnahme, {"mitwirkung": "Ehrenamtsbörsse"})
    satz = fehler_am_feld(antwort, "id_mitwirkung")
    assert "„Ehrenamtsbörsse“ ist kein Akteur der Kommune. Meinten Sie „Ehrenamtsbörse“?" in satz
    assert Akteur.objects.count() == 3


def test_unknown_actor_in_a_step_stands_at_the_step(leitung, massnahme):
    antwort = sende(leitung, massnahme, {"schritte-1-federfuehrung": "Feuerwehr"})
    satz = fehler_am_feld(antwort, "id_schritte-1-federfuehrung")
    assert satz.startswith("„Feuerwehr“ ist kein Akteur der Kommune. Sonst kreuzen Sie")


def test_new_actor_is_created_once_when_ticked(leitung, konzept, massnahme):
    antwort = sende(
        leitung,
        massnahme,
        {"neue_akteure": "on", "mitwirkung": "Feuerwehr, feuerwehr, SKFM", "schritte-0-mitwirkung": "FEUERWEHR"},
    )
    assert antwort.status_code == 302
    (neu,) = Akteur.objects.filter(kurz__iexact="feuerwehr")
    assert (neu.kurz, neu.kommune) == ("Feuerwehr", konzept.kommune)
    assert [kurz for kurz, _ in zustaendig(massnahme)] == ["51", "Feuerwehr", "SKFM"]
    assert zustaendig(massnahme.schritte.first()) == [("Feuerwehr", "mitwirkung")]


def test_the_tick_for_new_actors_is_not_remembered(leitung, massnahme):
    sende(leitung, massnahme, {"neue_akteure": "on", "mitwirkung": "Feuerwehr"})
    assert "neue_akteure" not in hole(leitung, massnahme)


def test_no_actor_is_created_when_something_else_is_wrong(leitung, massnahme):
    sende(leitung, massnahme, {"neue_akteure": "on", "mitwirkung": "Feuerwehr", "zeitraum": "13/2017"})
    assert not Akteur.objects.filter(kurz="Feuerwehr").exists()


@pytest.mark.parametrize("kurz", ["x" * 81, "Feuer\x00wehr", "Feuer\u200fwehr", "\u202e", "\u3164"])
def test_an_actor_that_cannot_be_is_refused_even_when_ticked(leitung, massnahme, kurz):
    antwort = sende(leitung, massnahme, {"neue_akteure": "on", "mitwirkung": kurz})
    assert antwort.status_code == 422
    assert "Kürzel" in fehler_am_feld(antwort, "id_mitwirkung")
    assert Akteur.objects.count() == 3


def test_a_space_of_no_width_is_no_part_of_a_name(leitung, massnahme):
    """It comes along where a name is copied, and a name with it would be another one that looks the same."""
    for name in ("Feuer\u200bwehr", "Feuerwehr", "\ufeffFeuer\u00adwehr"):
        assert sende(leitung, massnahme, {"neue_akteure": "on", "mitwirkung": name}).status_code == 302
        assert [kurz for kurz, rolle in zustaendig(massnahme) if rolle == "mitwirkung"] == ["Feuerwehr"]
    assert Akteur.objects.count() == 4


def test_actor_may_be_named_by_full_name_and_in_any_case(leitung, massnahme):
    sende(leitung, massnahme, {"federfuehrung": "jugendamt", "mitwirkung": "skfm; ehrenamtsbörse"})
    assert zustaendig(massnahme) == [
        ("51", "federfuehrung"),
        ("SKFM", "mitwirkung"),
        ("Ehrenamtsbörse", "mitwirkung"),
    ]


def test_order_of_actors_is_kept(leitung, massnahme):
    sende(leitung, massnahme, {"federfuehrung": "SKFM, Ehrenamtsbörse", "mitwirkung": "51"})
    assert [kurz for kurz, _ in zustaendig(massnahme)] == ["SKFM", "Ehrenamtsbörse", "51"]
    daten = hole(leitung, massnahme)
    assert (daten["federfuehrung"], daten["mitwirkung"]) == (["SKFM, Ehrenamtsbörse"], ["51"])
    sende(leitung, massnahme, {"federfuehrung": "Ehrenamtsbörse, SKFM", "mitwirkung": ""})
    assert [kurz for kurz, _ in zustaendig(massnahme)] == ["Ehrenamtsbörse", "SKFM"]


def test_nobody_is_named_twice(leitung, massnahme):
    antwort = sende(leitung, massnahme, {"federfuehrung": "51", "mitwirkung": "SKFM, 51"})
    assert fehler_am_feld(antwort, "id_mitwirkung") == (
        "„51“ steht schon bei der Federführung. Nennen Sie jeden Akteur nur einmal."
    )


def test_the_same_actor_by_two_names_counts_once(leitung, massnahme):
    antwort = sende(leitung, massnahme, {"federfuehrung": "51, Jugendamt", "mitwirkung": "SKFM"})
    assert antwort.status_code == 302
    assert [kurz for kurz, _ in zustaendig(massnahme)] == ["51", "SKFM"]


def test_actors_of_another_kommune_are_unknown_here(leitung, massnahme):
    mache_akteur(mache_kommune("nachbarstadt"), "Nachbarschaftshilfe")
    assert sende(leitung, massnahme, {"mitwirkung": "Nachbarschaftshilfe"}).status_code == 422
    leitung.post(formular_adresse(massnahme), {"_verwerfen": "1"})  # what was typed would wait in the form
    assert "Nachbarschaftshilfe" not in leitung.get(formular_adresse(massnahme)).content.decode()
