"""No row joins two Kommunen: every reference between rows that belong to one is tried with a row of the other."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from konzept.konten.models import Einladung, Mitgliedschaft
from konzept.models import Kommune
from konzept.vorlagen.models import Beschluss, Station
from massnahmen.models import Indikator
from tests.fabrik import mache_akteur, mache_benutzer, mache_beschlussfassung, mache_konzept, mache_runde
from tests.konzept.zugriff.wege import VERWEISE, WEGE, modelle, verweise, zeilen
from tests.konzept.zugriff.welt import mache_welt

NIE_AUS_FORMULAREN = {
    "verlauf.Aenderung": "written by the product alone, from a row whose Kommune it takes over",
    "verlauf.Geloeschtes": "likewise",
}

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]


BEZUEGE = [(modell, feld) for modell, feld in VERWEISE if modell._meta.label not in NIE_AUS_FORMULAREN]
MEHRFACH = [
    (modell, feld)
    for modell in WEGE
    for feld in modell._meta.many_to_many
    if feld.remote_field.through._meta.auto_created and feld.related_model in WEGE
]


def name(bezug) -> str:
    modell, feld = bezug
    return f"{modell.__name__}.{feld.name}"


def ist_erlaubt(zeile) -> bool:
    try:
        zeile.full_clean()
    except ValidationError:
        return False
    return True


def haengt_auch_anders(zeile, feld) -> bool:
    """Whether something else than this reference says to which Kommune the row belongs."""
    return any(getattr(zeile, f.attname) for f in verweise(type(zeile)) if f is not feld and f.related_model in WEGE)


@pytest.fixture
def beide() -> tuple[Kommune, Kommune]:
    """Two Kommunen with two concepts each and rows of every kind."""
    kommunen = []
    for slug in ("musterhausen", "nachbarstadt"):
        welt = mache_welt(slug, anzahl=2)
        konzept, massnahme = welt.konzept, welt.massnahme
        mache_konzept(welt.kommune, "zweites")
        leitziel = massnahme.handlungsfeld.leitziele.get()
        for ziel in ({"massnahme": massnahme}, {"leitziel": leitziel}):
            Indikator.objects.create(konzept=konzept, titel="Zahl", art="wirkung", **ziel)
        konto = mache_benutzer()
        Mitgliedschaft.objects.create(benutzer=konto, kommune=welt.kommune, rolle="mitwirkung", akteur=welt.akteur)
        einladung = Einladung(kommune=welt.kommune, email="neu@stadt.example", rolle="mitwirkung", akteur=welt.akteur)
        einladung.eingeladen_von = konto
        einladung.neuer_schluessel()
        einladung.save()
        mache_akteur(welt.kommune, "noch einer")
        runde = mache_runde(welt.fassung)
        anlagen = konzept.vorlagen.first().weitere_anlagen
        anlagen.create(art="synopse", alt=welt.fassung, neu=mache_beschlussfassung(konzept))
        anlagen.create(art="abwaegung", runde=runde)
        station = Station.objects.filter(vorlage__konzept=konzept).first()
        welt.fassung.beschluss.delete()
        Beschluss.objects.create(fassung=welt.fassung, station=station)
        kommunen.append(welt.kommune)
    return tuple(kommunen)


def test_every_model_is_owned_by_a_kommune_or_known_not_to_be():
    assert {modell.__name__ for modell in modelle()} - {modell.__name__ for modell in WEGE} == {
        "Angelegtes", "Arbeiter", "Benutzer", "Namensaenderung", "Protokolleintrag", "Termin", "Zwischenstand",
    }  # fmt: skip


def versuche(modell, feld, hier, dort):
    """Set a reference of each row to one of the other Kommune; yields whether that is allowed."""
    fremde = zeilen(feld.related_model, dort).first()
    for zeile in zeilen(modell, hier):
        for eigene in zeilen(feld.related_model, hier):
            setattr(zeile, feld.name, eigene)
            if haengt_auch_anders(zeile, feld) and ist_erlaubt(zeile):
                setattr(zeile, feld.name, fremde)
                # One that follows another reference of the row may be let go of instead.
                yield ist_erlaubt(zeile) and getattr(zeile, feld.attname) == fremde.pk
                break


def test_a_reference_into_another_kommune_is_refused(beide):
    """Where a reference to a row of the own Kommune is allowed, one to a row of the other is not."""
    ergebnis = {name((modell, feld)): set(versuche(modell, feld, *beide)) for modell, feld in BEZUEGE}
    assert {n for n, genommen in ergebnis.items() if True in genommen} == set()
    unversucht = {n for n, genommen in ergebnis.items() if not genommen}
    assert unversucht == {
        name((modell, feld))
        for modell, feld in BEZUEGE
        if not any(haengt_auch_anders(zeile, feld) for zeile in zeilen(modell, beide[0]))
    }, "The rows of the test hold no row in which these references could be set."


@pytest.mark.parametrize("bezug", MEHRFACH, ids=map(name, MEHRFACH))
def test_a_list_of_references_holds_rows_of_the_own_kommune_only(bezug, beide):
    modell, feld = bezug
    hier, dort = beide
    zeile, eigene = zeilen(modell, hier).first(), zeilen(feld.related_model, hier).first()
    fremde = zeilen(feld.related_model, dort).first()
    liste, gegenueber = getattr(zeile, feld.name), getattr(fremde, feld.remote_field.related_name)
    liste.set([eigene])
    for verbinde in (
        lambda: liste.add(fremde),
        lambda: liste.set([eigene, fremde]),
        lambda: gegenueber.add(zeile),
        lambda: gegenueber.set([zeile]),
    ):
        with pytest.raises(ValidationError), transaction.atomic():
            verbinde()
    assert list(liste.all()) == [eigene]


def test_the_walk_found_the_references():
    assert {"Leitlinie.abschnitt", "Massnahme.vorgaenger", "Zustaendigkeit.akteur"} <= {name(b) for b in BEZUEGE}
    assert {"Massnahme.zielgruppen", "Massnahme.leitlinien", "Handlungsfeld.gremien"} <= {name(b) for b in MEHRFACH}
