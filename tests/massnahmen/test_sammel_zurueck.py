"""Changing several measures at once: what the history keeps, taking back, and what it costs."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from konzept.models.basis import anker
from konzept.verlauf.models import Aenderung
from konzept.verlauf.stand import lade, nimm_auf
from massnahmen.models import Massnahme
from tests.fabrik import (
    adresse,
    mache_akteur,
    mache_benutzer,
    mache_feld,
    mache_konzept,
    mache_kosten,
    mache_leitziel,
    mache_massnahme,
    mache_schritt,
    seite_von,
    setze_zustaendig,
    text,
    zustaendig,
)
from tests.massnahmen.sammelweg import aendere, druecke, frisch, meldungen, nimm_zurueck, vorschau, zeilen

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]


def test_every_change_is_in_the_history(leitung, drei):
    aendere(leitung, drei[:1], umsetzungsstand="laufend")
    (m,) = frisch(drei[0])
    eintraege = list(Aenderung.objects.von(m.konzept.kommune_id, m.konzept.pk, f"massnahme-{m.pk}"))
    assert [e.art for e in eintraege] == ["geaendert", "ausgang"]
    assert [e.stand["felder"]["umsetzungsstand"] for e in eintraege] == ["laufend", "geplant"]
    assert eintraege[0].benutzer.name == "Lena Leitung"
    assert (m.version, m.geaendert_von) == (2, eintraege[0].benutzer)


def test_taking_back_brings_everything_as_it_was(leitung, konzept, feld, drei):
    """Also what changed before without leaving a trace in the history."""
    arbeit, ziel, amt = mache_feld(konzept, "Arbeit"), mache_leitziel(feld), mache_akteur(konzept.kommune, "51")
    mache_massnahme(arbeit, "schon da", reihenfolge=7)
    aendere(leitung, drei, umsetzungsstand="laufend")
    Massnahme.objects.filter(pk=drei[0].pk).update(leitziel=ziel, text="ohne Verlauf geschrieben")
    setze_zustaendig(mache_schritt(drei[0], "Räume suchen"), amt)
    vorher = Massnahme.objects.filter(pk__in=[m.pk for m in drei]).order_by("pk")
    werte = ("titel", "text", "handlungsfeld", "leitziel", "umsetzungsstand", "reihenfolge")
    stand = list(vorher.values_list(*werte))
    liste = leitung.get(aendere(leitung, drei, "feld", feld=f"handlungsfeld-{arbeit.pk}").url)
    assert list(vorher.values_list(*werte)) != stand
    assert "Rückgängig machen" in text(seite_von(liste))
    antwort = nimm_zurueck(leitung, konzept, liste="stand=laufend")
    assert list(vorher.values_list(*werte)) == stand
    assert [s.text for s in drei[0].schritte.all()] == ["Räume suchen"]
    assert "3 Maßnahmen haben wieder den Stand von vorher." in meldungen(antwort)
    assert antwort.redirect_chain == [(f"{adresse(konzept, 'massnahmen')}?stand=laufend", 302)]
    assert "Rückgängig machen" not in text(seite_von(antwort))


def test_lead_comes_back_too(leitung, konzept, drei):
    alt, neu = mache_akteur(konzept.kommune, "51"), mache_akteur(konzept.kommune, "VHS")
    setze_zustaendig(drei[0], alt, rolle="federfuehrung")
    setze_zustaendig(drei[0], neu)
    aendere(leitung, drei, "federfuehrung", federfuehrung="VHS")
    nimm_zurueck(leitung, konzept)
    assert zustaendig(drei[0]) == [("51", "federfuehrung"), ("VHS", "mitwirkung")]
    assert zustaendig(drei[1]) == []


def test_what_somebody_changed_since_stays_and_is_named(leitung, konzept, drei):
    aendere(leitung, drei, umsetzungsstand="laufend")
    kollege = mache_benutzer(konzept.kommune, "redaktion", name="Kai Kollege")
    Massnahme.objects.get(pk=drei[0].pk).beanspruche_version(2, kollege)
    drei[1].delete()
    antwort = nimm_zurueck(leitung, konzept)
    assert [m.umsetzungsstand for m in frisch(drei[0], drei[2])] == ["laufend", "geplant"]
    assert "1 Maßnahme hat wieder den Stand von vorher." in meldungen(antwort)
    assert "„M 1“ hat Kai Kollege inzwischen geändert" in meldungen(antwort)
    assert "„M 2“ gibt es nicht mehr" in meldungen(antwort)


def test_taking_back_is_offered_once_and_only_in_its_concept(leitung, konzept, drei):
    zweites = mache_konzept(konzept.kommune, "zweites")
    aendere(leitung, drei, umsetzungsstand="laufend")
    assert "Rückgängig" not in leitung.get(adresse(zweites, "massnahmen")).content.decode()
    assert "nichts zurückzunehmen" in meldungen(nimm_zurueck(leitung, zweites))
    nimm_zurueck(leitung, konzept, _ausblenden="1")
    assert {m.umsetzungsstand for m in frisch(*drei)} == {"laufend"}
    assert "nichts zurückzunehmen" in meldungen(nimm_zurueck(leitung, konzept))
    assert {m.umsetzungsstand for m in frisch(*drei)} == {"laufend"}


def test_whoever_lost_the_right_takes_nothing_back(leitung, konzept, drei):
    antwort = aendere(leitung, drei, umsetzungsstand="laufend")
    antwort.wsgi_request.user.mitgliedschaften.update(rolle="lesen")
    assert nimm_zurueck(leitung, konzept).status_code == 403
    assert {m.umsetzungsstand for m in frisch(*drei)} == {"laufend"}


def test_a_change_that_changes_nothing_offers_nothing(leitung, drei):
    gezeigt = vorschau(leitung, drei, umsetzungsstand="geplant")
    assert {danach for _, _, danach in zeilen(gezeigt)} == {"bleibt, wie es ist"}
    assert "_ausfuehren" not in gezeigt.content.decode()
    antwort = leitung.get(druecke(leitung, gezeigt, "_ausfuehren").url)
    assert "Es gab nichts zu ändern" in meldungen(antwort)
    assert {m.version for m in frisch(*drei)} == {1}


# How much it costs


@pytest.mark.parametrize("was", ["stand", "federfuehrung", "feld"])
def test_changing_costs_the_same_for_any_number_and_taking_back_little_for_each(was, leitung, konzept, feld):
    mache_akteur(konzept.kommune, "VHS")
    arbeit = mache_feld(konzept, "Arbeit", reihenfolge=2)
    neu = {
        "stand": {"umsetzungsstand": "laufend"},
        "federfuehrung": {"federfuehrung": "VHS"},
        "feld": {"feld": f"handlungsfeld-{arbeit.pk}"},
    }[was]

    def abfragen(anzahl: int) -> tuple[int, int, int]:
        neue = [mache_massnahme(feld, f"{anzahl}/{i}", umsetzungsstand="geplant") for i in range(anzahl)]
        for m in neue:
            setze_zustaendig(mache_schritt(m, "Eins"), mache_akteur(konzept.kommune, f"{m.pk}"))
        gezeigt = vorschau(leitung, neue, was, **neu)
        with CaptureQueriesContext(connection) as ansehen:
            vorschau(leitung, neue, was, **neu)
        with CaptureQueriesContext(connection) as ausfuehren:
            assert druecke(leitung, gezeigt, "_ausfuehren").status_code == 302
        with CaptureQueriesContext(connection) as zurueck:
            nimm_zurueck(leitung, konzept)
        return len(ansehen), len(ausfuehren), len(zurueck)

    abfragen(1)
    eine, drei, fuenf = abfragen(1), abfragen(3), abfragen(5)
    assert eine[:2] == drei[:2] == fuenf[:2]
    assert fuenf[2] - eine[2] <= 4 * 4


def test_several_are_recorded_and_taken_back_like_one(leitung, konzept, drei):
    """Steps, Akteure and Kosten of each stay its own, in the history and after taking back."""
    for m in drei:
        setze_zustaendig(mache_schritt(m, f"Schritt von {m}"), mache_akteur(konzept.kommune, f"A{m.pk}"))
        mache_kosten(m, "1.000 €")
    vorher = [nimm_auf(lade(Massnahme, m.pk)) for m in drei]
    aendere(leitung, drei, umsetzungsstand="laufend")
    for m, stand in zip(drei, vorher, strict=True):
        neu, alt = Aenderung.objects.von(konzept.kommune_id, konzept.pk, anker(m))
        assert (alt.stand, neu.stand) == (stand, nimm_auf(lade(Massnahme, m.pk)))
        assert neu.titel == m.titel
    nimm_zurueck(leitung, konzept)
    assert [nimm_auf(lade(Massnahme, m.pk)) for m in drei] == vorher


def test_what_was_carried_over_counts_as_changed(leitung, konzept, drei):
    frueher = mache_massnahme(mache_feld(mache_konzept(konzept.kommune, "frueher")), "Damals")
    Massnahme.objects.filter(pk=drei[0].pk).update(vorgaenger=frueher, fortschreibung="uebernommen")
    aendere(leitung, drei, umsetzungsstand="laufend")
    assert [m.fortschreibung for m in frisch(*drei)] == ["geaendert", "", ""]
    nimm_zurueck(leitung, konzept)
    assert frisch(drei[0])[0].fortschreibung == "uebernommen"


def test_one_whose_earlier_state_is_forbidden_by_now_does_not_hold_up_the_others(leitung, konzept, drei, monkeypatch):
    aendere(leitung, drei, umsetzungsstand="laufend")

    def verbietet(self):
        if self.pk == drei[1].pk:
            raise ValidationError("So nicht.")

    monkeypatch.setattr(Massnahme, "clean", verbietet)
    antwort = nimm_zurueck(leitung, konzept)
    assert [(m.umsetzungsstand, m.version) for m in frisch(*drei)] == [("geplant", 3), ("laufend", 2), ("geplant", 3)]
    assert "„M 2“: So nicht." in meldungen(antwort)
