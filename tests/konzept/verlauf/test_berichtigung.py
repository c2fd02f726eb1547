"""What breaks a rule before the database holds it is mended, and the history tells of it."""

import pytest
from django.utils.timezone import now

from konzept import trigger
from konzept.fassungen.vorgaenge import festschreiben
from konzept.konten.models import Ereignis, Protokolleintrag
from konzept.mauern import regeln
from konzept.models import Abschnitt, Beteiligung, Gremium, Konzept, Leitfrage
from konzept.models.basis import anker
from konzept.verlauf.berichtigung import nach_migrate
from konzept.verlauf.models import Aenderung, Geloeschtes
from konzept.verlauf.stand import lade, nimm_auf
from konzept.vorlagen.models import Punktergebnis, Station
from massnahmen.models import Akteur, Anbieter, Massnahme, Zielgruppe, Zustaendigkeit
from tests.fabrik import (
    mache_abschnitt,
    mache_akteur,
    mache_konzept,
    mache_massnahme,
    mache_vorlage,
)
from tests.konzept.stadt import Stadt

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]


@pytest.fixture
def s():
    """The database holds no rule yet."""
    stadt = Stadt()
    trigger.reisse_ein()
    return stadt


def _berichtige() -> None:
    nach_migrate()
    assert not trigger.fehlende()
    assert not {regel.satz for regel in regeln() if not regel.satz.endswith("changes") and trigger.kaputte(regel)}


def _verlauf(element) -> list[tuple[str, str]]:
    """Kind and reason of the entries of an element, the newest first; the newest one tells how it is now."""
    eintraege = list(Aenderung.objects.filter(anker=anker(element)).order_by("-pk"))
    assert all(eintrag.benutzer is None for eintrag in eintraege)
    assert eintraege[0].stand == nimm_auf(lade(type(element), element.pk))
    return [(eintrag.art, eintrag.grund) for eintrag in eintraege]


FREMD = "gehörte zu einer anderen Kommune."


def test_an_actor_is_replaced_by_one_of_the_same_name(s):
    """Made where it is missing; where the measure has it already, once is enough."""
    fremde, eigene = mache_akteur(s.fremd.kommune, "53", name="Jugend", art="amt"), mache_akteur(s.kommune, "54")
    doppelt = mache_akteur(s.fremd.kommune, "51")
    Zustaendigkeit.objects.create(massnahme=s.massnahme, akteur=fremde, rolle="federfuehrung")
    Zustaendigkeit.objects.create(schritt=s.schritt, akteur=mache_akteur(s.fremd.kommune, "54"))
    Zustaendigkeit.objects.create(massnahme=s.massnahme, akteur=doppelt)
    Anbieter.objects.create(angebot=s.angebot, akteur=fremde)
    _berichtige()
    neu = Akteur.objects.get(kommune=s.kommune, kurz="53")
    assert (neu.name, neu.art, neu.version) == ("Jugend", "amt", 1)
    direkt = s.massnahme.zustaendigkeiten.values_list("akteur", "rolle")
    assert sorted(direkt) == sorted([(s.akteur.pk, "mitwirkung"), (neu.pk, "federfuehrung")])
    assert {z.akteur for z in s.schritt.zustaendigkeiten.all()} == {s.akteur, eigene}
    assert {a.akteur for a in s.angebot.anbieter.all()} == {s.akteur, neu}
    grund = f"Beim Umstellen berichtigt: „Akteur“ {FREMD}"
    assert _verlauf(neu) == [("angelegt", grund)]
    assert _verlauf(s.angebot) == [("geaendert", grund), ("ausgang", "")]
    assert _verlauf(s.massnahme) == [*[("geaendert", grund)] * 3, ("ausgang", "")]
    assert {fremde, doppelt} <= set(Akteur.objects.filter(kommune=s.fremd.kommune))


def test_who_has_the_form_open_learns_of_it(s):
    version = Massnahme.objects.get(pk=s.massnahme.pk).version
    Zustaendigkeit.objects.create(massnahme=s.massnahme, akteur=mache_akteur(s.fremd.kommune, "53"))
    _berichtige()
    assert Massnahme.objects.get(pk=s.massnahme.pk).version == version + 1


def test_target_groups_and_bodies_are_replaced_too(s):
    gruppe = Zielgruppe.objects.create(kommune=s.fremd.kommune, name="Kinder")
    Massnahme.zielgruppen.through.objects.create(massnahme=s.massnahme, zielgruppe=gruppe)
    ag = Gremium.objects.create(kommune=s.fremd.kommune, name="AG Neu", art="arbeitsgruppe")
    type(s.feld).gremien.through.objects.create(handlungsfeld=s.feld, gremium=ag)
    leitlinie = s.k.leitlinien.create(titel="Alle")
    Leitfrage.objects.create(leitlinie=leitlinie, text="Wie?", gremium=ag)
    Station.objects.create(vorlage=s.vorlage, gremium=ag)
    _berichtige()
    assert list(s.massnahme.zielgruppen.all()) == [s.zielgruppe]
    neu = Gremium.objects.get(kommune=s.kommune, name="AG Neu", art="arbeitsgruppe")
    assert list(s.feld.gremien.all()) == [neu]
    assert leitlinie.leitfragen.get().gremium == neu
    assert set(s.vorlage.stationen.values_list("gremium", flat=True)) == {s.rat.pk, neu.pk}
    for element in (s.massnahme, s.feld, leitlinie, s.vorlage):
        assert _verlauf(element)[0][1].endswith(FREMD)


def test_what_a_body_does_is_not_lost_where_the_concept_has_that_body_already(s):
    fremd = Gremium.objects.create(kommune=s.fremd.kommune, name=s.gremium.name)
    Beteiligung.objects.create(konzept=s.k, gremium=fremd, aufgabe="Berät über Sprache.")
    _berichtige()
    zweite = s.k.beteiligungen.get(aufgabe="Berät über Sprache.")
    assert (zweite.gremium.name, zweite.gremium.kommune) == ("AG Sprache (2)", s.kommune)


def test_a_guiding_principle_of_another_concept_is_taken_out(s):
    eigene = s.k.leitlinien.create(titel="Alle")
    andere = mache_konzept(s.kommune, "anderes").leitlinien.create(titel="Jede")
    for leitlinie in (eigene, andere):
        Massnahme.leitlinien.through.objects.create(massnahme=s.massnahme, leitlinie=leitlinie)
    _berichtige()
    assert list(s.massnahme.leitlinien.all()) == [eigene]
    grund = "Beim Umstellen berichtigt: „Leitlinie“ gehörte zu einem anderen Konzept."
    assert _verlauf(s.massnahme) == [("geaendert", grund), ("ausgang", "")]


def test_what_carries_on_another_kommune_s_stands_for_itself(s):
    fremde = mache_massnahme(s.fremd.handlungsfelder.create(titel="x"))
    Massnahme.objects.filter(pk=s.massnahme.pk).update(vorgaenger=fremde)
    Konzept.objects.filter(pk=s.k.pk).update(vorgaenger=s.fremd)
    _berichtige()
    assert Massnahme.objects.get(pk=s.massnahme.pk).vorgaenger is None
    assert Konzept.objects.get(pk=s.k.pk).vorgaenger is None
    assert _verlauf(s.massnahme)[0][1] == f"Beim Umstellen berichtigt: „fortgeschrieben aus“ {FREMD}"


@pytest.mark.parametrize("anzahl", [2, 3])
def test_a_ring_of_sections_is_opened_where_it_began(s, anzahl):
    ring = [mache_abschnitt(s.k, f"Teil {i}") for i in range(anzahl)]
    unten = mache_abschnitt(s.k, "unten", oberabschnitt=ring[0])
    for abschnitt, oben in zip(ring, [*ring[1:], ring[0]], strict=True):
        Abschnitt.objects.filter(pk=abschnitt.pk).update(oberabschnitt=oben)
    _berichtige()
    oben = dict(Abschnitt.objects.values_list("pk", "oberabschnitt"))
    assert [oben[a.pk] for a in ring] == [None, *(a.pk for a in ring[2:]), ring[0].pk]
    assert oben[unten.pk] == ring[0].pk
    assert _verlauf(ring[0]) == [
        ("geaendert", "Beim Umstellen berichtigt: „steht unter“ führte im Kreis."),
        ("ausgang", ""),
    ]
    assert not Aenderung.objects.filter(anker=anker(ring[1])).exists()


def test_vorlagen(s):
    """The Anlage of another concept is not attached; a result belongs to a point of the same Vorlage."""
    fassung = festschreiben(konzept=s.fremd, art="entwurf", konto=None)
    type(s.vorlage).objects.filter(pk=s.vorlage.pk).update(fassung=fassung)
    punkt = mache_vorlage(s.k).beschlusspunkte.first()
    Punktergebnis.objects.create(station=s.vorlage.stationen.get(), punkt=punkt, ergebnis="vertagt")
    vorher = Punktergebnis.objects.exclude(punkt=punkt).count()
    _berichtige()
    s.vorlage.refresh_from_db()
    assert s.vorlage.fassung is None
    assert Punktergebnis.objects.count() == vorher
    assert [art for art, _ in _verlauf(s.vorlage)] == ["geaendert", "geaendert", "ausgang"]


def test_access_is_never_given_by_guessing(s):
    """Of two actors or bodies of one name, nobody knows which was meant: who reads or edits by it loses that, and the
    Leitungen are told."""
    fremd = mache_akteur(s.fremd.kommune, "51")
    konto = s.benutzer
    zwei = konto.mitgliedschaften.create(kommune=s.kommune, rolle="mitwirkung", akteur=fremd)
    einladung = s.kommune.einladungen.create(
        email="x@stadt.example", rolle="mitwirkung", akteur=fremd, fingerabdruck="x"
    )
    rat = Gremium.objects.create(kommune=s.fremd.kommune, name="Integrationsrat")
    type(s.runde).gremien.through.objects.create(runde=s.runde, gremium=rat)
    hiesige = set(s.runde.gremien.filter(kommune=s.kommune))
    _berichtige()
    zwei.refresh_from_db()
    einladung.refresh_from_db()
    assert (zwei.akteur, einladung.akteur) == (None, None)
    assert set(s.runde.gremien.all()) == hiesige
    assert _verlauf(s.runde)[0][1].endswith(FREMD)
    eintraege = Protokolleintrag.objects.filter(kommune=s.kommune, ereignis=Ereignis.ROLLE_ENTZOGEN)
    assert list(eintraege.order_by("pk").values_list("person", flat=True)) == [konto.pk, None]
    assert all(eintrag.text == f"Beim Umstellen berichtigt: „Akteur“ {FREMD}" for eintrag in eintraege)


def test_a_role_that_would_stand_twice_stands_once(s):
    s.benutzer.mitgliedschaften.create(kommune=s.kommune, rolle="mitwirkung")
    fremd = mache_akteur(s.fremd.kommune, "51")
    s.benutzer.mitgliedschaften.create(kommune=s.kommune, rolle="mitwirkung", akteur=fremd)
    _berichtige()
    rollen = s.benutzer.mitgliedschaften.filter(rolle="mitwirkung").values_list("akteur", flat=True)
    assert sorted(rollen, key=str) == sorted([s.akteur.pk, None], key=str)


def test_history_is_never_changed_and_the_papierkorb_goes_where_its_concept_is(s, caplog):
    eintrag = Aenderung.objects.create(
        kommune=s.fremd.kommune, konzept=s.k, anker="x-1", titel="x", art="ausgang", stand={}
    )
    weg = Geloeschtes.objects.create(
        kommune=s.fremd.kommune, konzept=s.k, anker="x-1", titel="x", umfang={}, zeilen=[], verweise=[]
    )
    nach_migrate()
    assert not trigger.fehlende()
    assert Aenderung.objects.get(pk=eintrag.pk).kommune == s.fremd.kommune
    assert f"verlauf.Aenderung {eintrag.pk}" in caplog.text
    assert Geloeschtes.objects.get(pk=weg.pk).kommune == s.kommune


def test_what_breaks_nothing_is_not_touched(s):
    assert s.runde
    zeilen = list(Massnahme.objects.values()), list(Aenderung.objects.values())
    _berichtige()
    assert (list(Massnahme.objects.values()), list(Aenderung.objects.values())) == zeilen
    assert Massnahme.objects.get().geaendert_am < now()
