"""Changing several measures at once: which, how, and what others do meanwhile."""

import pytest

from konzept import grenzen
from konzept.verlauf.models import Aenderung
from massnahmen.models import Massnahme
from tests.fabrik import (
    KENNWORT,
    adresse,
    eingaben,
    fehler_am_feld,
    mache_akteur,
    mache_benutzer,
    mache_feld,
    mache_handlungsziel,
    mache_kommune,
    mache_konzept,
    mache_leitziel,
    mache_massnahme,
    mache_schritt,
    seite_von,
    setze_zustaendig,
    text,
    zustaendig,
)
from tests.massnahmen.sammelweg import aendere, druecke, frisch, meldungen, vorschau, waehle, zeilen

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]


# What can be changed


def test_state_of_several(leitung, drei):
    gezeigt = vorschau(leitung, drei[:2], umsetzungsstand="laufend")
    assert zeilen(gezeigt) == [("M 1", "geplant", "laufend"), ("M 2", "geplant", "laufend")]
    assert {m.umsetzungsstand for m in frisch(*drei)} == {"geplant"}
    antwort = druecke(leitung, gezeigt, "_ausfuehren")
    assert (antwort.status_code, antwort.url) == (302, adresse(drei[0], "massnahmen"))
    assert [m.umsetzungsstand for m in frisch(*drei)] == ["laufend", "laufend", "geplant"]
    assert "Umsetzungsstand von 2 Maßnahmen geändert zu „laufend“" in leitung.get(antwort.url).content.decode()


def test_state_without_a_word(leitung, drei):
    aendere(leitung, drei, umsetzungsstand="ohne")
    assert {m.umsetzungsstand for m in frisch(*drei)} == {""}


def test_a_state_that_needs_a_reason_asks_one_for_all(leitung, drei):
    Massnahme.objects.filter(pk=drei[2].pk).update(stand_begruendung="Kein Geld")
    ohne = vorschau(leitung, drei, umsetzungsstand="zurueckgestellt")
    assert [danach.startswith("geht nicht") for _, _, danach in zeilen(ohne)] == [True, True, False]
    assert zeilen(ohne)[2] == ("M 3", "geplant", "zurückgestellt (Kein Geld)")
    mit = druecke(leitung, ohne, "_vorschau", stand_begruendung="Kein Personal")
    druecke(leitung, mit, "_ausfuehren")
    assert {(m.umsetzungsstand, m.stand_begruendung) for m in frisch(*drei)} == {("zurueckgestellt", "Kein Personal")}


def test_where_the_reason_is_missing_only_the_others_change(leitung, drei):
    Massnahme.objects.filter(pk=drei[2].pk).update(stand_begruendung="Kein Geld")
    aendere(leitung, drei, umsetzungsstand="entfallen")
    assert [m.umsetzungsstand for m in frisch(*drei)] == ["geplant", "geplant", "entfallen"]


def test_lead(leitung, konzept, drei):
    amt, verein, neu = (mache_akteur(konzept.kommune, kurz) for kurz in ("51", "SKFM", "VHS"))
    setze_zustaendig(drei[0], amt, rolle="federfuehrung")
    setze_zustaendig(drei[0], verein, neu)
    gezeigt = vorschau(leitung, drei[:2], "federfuehrung", federfuehrung="vhs, 51")
    assert zeilen(gezeigt) == [("M 1", "51", "VHS, 51"), ("M 2", "–", "VHS, 51")]
    druecke(leitung, gezeigt, "_ausfuehren")
    fuehren = [("VHS", "federfuehrung"), ("51", "federfuehrung")]
    assert zustaendig(drei[0]) == [*fuehren, ("SKFM", "mitwirkung")]
    assert zustaendig(drei[1]) == fuehren


def test_an_unknown_akteur_is_said_at_the_field(leitung, konzept, drei):
    mache_akteur(konzept.kommune, "Volkshochschule")
    antwort = vorschau(leitung, drei, "federfuehrung", federfuehrung="Volkshochschul")
    assert antwort.status_code == 422
    assert "Meinten Sie „Volkshochschule“" in fehler_am_feld(antwort, "id_federfuehrung")


def test_another_field_leaves_the_goal_behind(leitung, konzept, feld, drei):
    arbeit = mache_feld(konzept, "Arbeit", reihenfolge=2)
    vorhanden = mache_massnahme(arbeit, "schon da", leitziel=mache_leitziel(arbeit), reihenfolge=9)
    Massnahme.objects.filter(pk=drei[0].pk).update(leitziel=mache_leitziel(feld, "Verstehen"))
    gezeigt = vorschau(leitung, [*drei[:2], vorhanden], "feld", feld=f"handlungsfeld-{arbeit.pk}")
    assert zeilen(gezeigt) == [
        ("M 1", "1.1 Sprache, Leitziel 1: Verstehen", "1.2 Arbeit, ohne Ziel"),
        ("M 2", "1.1 Sprache, ohne Ziel", "1.2 Arbeit, ohne Ziel"),
        ("schon da", "1.2 Arbeit, Leitziel 1: Alle verstehen sich", "bleibt, wie es ist"),
    ]
    druecke(leitung, gezeigt, "_ausfuehren")
    orte = [(m.handlungsfeld, m.leitziel, m.reihenfolge) for m in frisch(*drei[:2])]
    assert orte == [(arbeit, None, 1), (arbeit, None, 2)]
    assert frisch(vorhanden)[0].leitziel is not None


def test_a_goal_of_another_field_moves_the_field_along(leitung, konzept, drei):
    arbeit = mache_feld(konzept, "Arbeit", reihenfolge=2)
    ziel = mache_handlungsziel(arbeit, "Stellen", leitziel=mache_leitziel(arbeit))
    mache_massnahme(arbeit, "schon da", handlungsziel=ziel, reihenfolge=4)
    gezeigt = vorschau(leitung, drei[:1], "ziel", ziel=f"handlungsziel-{ziel.pk}")
    assert zeilen(gezeigt) == [("M 1", "1.1 Sprache, ohne Ziel", "1.2 Arbeit, Handlungsziel 1.1: Stellen")]
    druecke(leitung, gezeigt, "_ausfuehren")
    (m,) = frisch(drei[0])
    assert (m.handlungsfeld, m.leitziel, m.handlungsziel, m.reihenfolge) == (arbeit, None, ziel, 5)
    aendere(leitung, [m], "ziel", ziel=f"handlungsfeld-{arbeit.pk}")
    assert frisch(m)[0].handlungsziel is None


# Which measures


def test_all_on_the_page_and_all_that_were_found(leitung, feld):
    for i in range(60):
        mache_massnahme(feld, f"M {i}", umsetzungsstand="geplant" if i else "idee")
    erste = Massnahme.objects.first()
    for umfang, liste, erwartet in (
        ("seite", "", 50),
        ("alle", "", 60),
        ("seite", "seite=2", 10),
        ("alle", "stand=idee", 1),
    ):
        antwort = waehle(leitung, [erste], umfang=umfang, liste=liste)
        assert len(eingaben(antwort, "versionen")["versionen"][0].split(",")) == erwartet
    fertig = druecke(leitung, druecke(leitung, antwort, "_vorschau", umsetzungsstand="laufend"), "_ausfuehren")
    assert fertig.url.endswith("/massnahmen/?stand=idee")


def test_too_many_at_once_are_refused_before_anything_happens(leitung, feld, drei, monkeypatch):
    monkeypatch.setattr(grenzen, "SAMMEL_MASSNAHMEN", 2)
    antwort = waehle(leitung, drei)
    assert antwort.status_code == 422
    assert "Das sind 3 Maßnahmen. Auf einmal lassen sich höchstens 2 ändern." in text(seite_von(antwort))


def test_choosing_none_says_what_to_do(leitung, konzept):
    antwort = leitung.post(adresse(konzept, "massnahmen", "sammel"), {"was": "stand"})
    assert antwort.status_code == 422
    assert "Kreuzen Sie in der Liste an" in text(seite_von(antwort))


def test_who_takes_part_changes_the_state_of_own_measures_only(client, konzept, drei):
    amt = mache_akteur(konzept.kommune, "51")
    setze_zustaendig(drei[0], amt)
    setze_zustaendig(mache_schritt(drei[1], "Eins"), amt)
    konto = mache_benutzer()
    konto.mitgliedschaften.create(kommune=konzept.kommune, rolle="mitwirkung", akteur=amt)
    client.force_login(konto)
    assert len(eingaben(waehle(client, drei, umfang="alle"), "versionen")["versionen"][0].split(",")) == 2
    aendere(client, drei[:2], umsetzungsstand="laufend")
    for was in ("federfuehrung", "feld", "ziel"):
        assert waehle(client, drei[:2], was).status_code == 403
    pks = ",".join(f"{m.pk}:{m.version}" for m in frisch(*drei))
    gefaelscht = {"was": "stand", "versionen": pks, "umsetzungsstand": "idee", "gezeigt": "idee\n", "_ausfuehren": "1"}
    assert client.post(adresse(konzept, "massnahmen", "sammel"), gefaelscht).status_code == 409
    assert [m.umsetzungsstand for m in frisch(*drei)] == ["laufend", "laufend", "geplant"]


@pytest.mark.parametrize("ort", ["andere Kommune", "anderes Konzept", "gibt es nicht"])
def test_forged_measures_are_refused_and_nothing_changes(ort, leitung, konzept, drei):
    if ort == "gibt es nicht":
        fremde, version = 10**15, 1
    else:
        kommune = konzept.kommune if ort == "anderes Konzept" else mache_kommune("nachbarstadt")
        m = mache_massnahme(mache_feld(mache_konzept(kommune, "fremdes")), "Fremde", umsetzungsstand="idee")
        fremde, version = m.pk, m.version
    gezeigt = vorschau(leitung, drei, umsetzungsstand="laufend")
    daten = eingaben(gezeigt, "versionen")
    daten["versionen"] = [f"{daten['versionen'][0]},{fremde}:{version}"]
    antwort = leitung.post(gezeigt.wsgi_request.path, daten | {"_ausfuehren": "1"})
    assert antwort.status_code == 409
    assert "Eine gewählte Maßnahme gibt es hier nicht (mehr)" in text(seite_von(antwort))
    assert "Fremde" not in text(seite_von(antwort))
    assert not Massnahme.objects.filter(umsetzungsstand="laufend").exists()
    assert not Aenderung.objects.exists()


def test_a_goal_or_field_of_another_concept_is_not_offered_and_refused(leitung, konzept, drei):
    fremd = mache_feld(mache_konzept(mache_kommune("nachbarstadt")), "Fremdes Feld")
    for was, wert in (("feld", f"handlungsfeld-{fremd.pk}"), ("ziel", f"leitziel-{mache_leitziel(fremd, 'Fremd').pk}")):
        seite = waehle(leitung, drei, was)
        assert "Fremd" not in text(seite_von(seite))
        assert druecke(leitung, seite, "_vorschau", **{was: wert}).status_code == 422


@pytest.mark.parametrize(
    "versionen", ["x", "1", ":", "1:x", "-1:1", "1:1:1", "1,1", "9" * 5000 + ":1", "1:" + "9" * 5000, "\x00"]
)
def test_broken_numbers_do_no_harm(versionen, leitung, konzept, drei):
    daten = {
        "was": "stand",
        "versionen": versionen,
        "umsetzungsstand": "laufend",
        "gezeigt": "laufend\n",
        "_ausfuehren": "1",
    }
    assert leitung.post(adresse(konzept, "massnahmen", "sammel"), daten).status_code in (302, 409, 422)
    assert {m.umsetzungsstand for m in frisch(*drei)} == {"geplant"}


@pytest.mark.parametrize("liste", ["seite=%00", "&&&", "stand=x", "\x00", "q=" + "x" * 9000, "//boese.example/"])
def test_whatever_the_list_was_called_it_leads_back_to_the_list(liste, leitung, drei):
    antwort = druecke(leitung, vorschau(leitung, drei, umsetzungsstand="laufend"), "_ausfuehren", liste=liste)
    assert antwort.status_code == 302
    assert antwort.url.partition("?")[0] == adresse(drei[0], "massnahmen")
    assert leitung.get(antwort.url).status_code == 200


# What others do meanwhile


def test_a_measure_that_was_saved_meanwhile_is_left_out_and_named(leitung, konzept, drei):
    gezeigt = vorschau(leitung, drei, umsetzungsstand="laufend")
    kollege = mache_benutzer(konzept.kommune, "redaktion", name="Kai Kollege")
    Massnahme.objects.get(pk=drei[1].pk).beanspruche_version(1, kollege)
    antwort = leitung.get(druecke(leitung, gezeigt, "_ausfuehren").url)
    assert [m.umsetzungsstand for m in frisch(*drei)] == ["laufend", "geplant", "laufend"]
    assert "inzwischen jemand gespeichert hat: „M 2“ (Kai Kollege)" in meldungen(antwort)


def test_what_was_not_in_the_preview_is_not_carried_out(leitung, drei):
    gezeigt = vorschau(leitung, drei, umsetzungsstand="laufend")
    antwort = druecke(leitung, gezeigt, "_ausfuehren", umsetzungsstand="idee")
    assert antwort.status_code == 200
    assert "noch ist nichts geändert" in text(seite_von(antwort))
    assert {m.umsetzungsstand for m in frisch(*drei)} == {"geplant"}
    druecke(leitung, antwort, "_ausfuehren")
    assert {m.umsetzungsstand for m in frisch(*drei)} == {"idee"}


def test_an_open_form_of_a_changed_measure_meets_the_conflict(leitung, drei):
    formular = adresse(drei[0], "massnahmen", str(drei[0].pk), "bearbeiten")
    offen = eingaben(leitung.get(formular))
    aendere(leitung, drei, umsetzungsstand="laufend")
    assert leitung.post(formular, offen | {"titel": "Neu", "_speichern": "1"}).status_code == 409


def test_an_expired_session_keeps_the_choice_and_changes_nothing(client, leitung, konzept, drei):
    gezeigt = vorschau(leitung, drei, umsetzungsstand="laufend")
    konto = gezeigt.wsgi_request.user
    pfad, daten = gezeigt.wsgi_request.path, eingaben(gezeigt, "versionen")
    client.logout()
    anmeldung = client.post(pfad, daten | {"_ausfuehren": "1"})
    assert anmeldung.status_code == 401
    felder = eingaben(anmeldung, "login") | {"login": konto.email, "password": KENNWORT}
    antwort = client.post("/anmelden/", felder, follow=True)
    assert antwort.redirect_chain[-1][0] == pfad
    assert zeilen(antwort) == zeilen(gezeigt)
    assert {m.umsetzungsstand for m in frisch(*drei)} == {"geplant"}
    druecke(client, antwort, "_ausfuehren")
    assert {m.umsetzungsstand for m in frisch(*drei)} == {"laufend"}
    assert client.get(pfad).status_code == 302
