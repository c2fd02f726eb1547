"""Nobody in particular: "N.N." and "alle Ämter" are said as such, print as typed, and are responsible nowhere."""

import importlib

import pytest
import yaml
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test import Client

from konzept import rechte
from konzept.austausch.einlesen import lade
from konzept.dokument.luecken import luecken
from konzept.dokument.zeilen import Zeilen
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.heute import heute
from konzept.konten.models import Einladung, Mitgliedschaft
from konzept.models import Konzept
from konzept.verlauf.models import Aenderung
from konzept.werkbank.offen import offene_punkte
from massnahmen.models import Akteur, Massnahme
from massnahmen.platzhalter import ist_platzhalter
from tests.fabrik import (
    adresse,
    eingaben,
    fehler_am_feld,
    formular_adresse,
    hole,
    kommunen_adresse,
    mache_akteur,
    mache_benutzer,
    mache_massnahme,
    mache_schritt,
    nach_id,
    seite_von,
    sende,
    setze_zustaendig,
    text,
    zustaendig,
)

pytestmark = pytest.mark.django_db

NIEMAND = [
    "N.N.", "NN", "n. n.", "N. N", "alle Ämter", "Alle Aemter", "alle", "alle Fachbereiche", "diverse Fachdienste",
    "alle Ämter der Verwaltung", "alle beteiligten Ämter", "sämtliche Fachämter", "diverse Ämter",
    "verschiedene Träger", "alle Beteiligten", "XXX",
    "jeweiliges Fachamt", "zuständige Fachämter", "noch offen", "offen", "[offen]", "?", "???", "–", "…", "k. A.",
    "wird noch benannt", "(wird noch benannt)", "wird später festgelegt", "noch zu benennen", "zu klären", "in Klärung",
    "noch nicht bekannt", "steht noch nicht fest", "unbekannt", "tbd", "N.N. (Träger)",
]  # fmt: skip
JEMAND = [
    "51", "51?", "NNK", "Alle e.V.", "Alle Kinder e.V.", "alle Schulen", "Offener Ganztag", "Offene Tür", "Träger",
    "Vereine", "Kitas", "Zu Hause e.V.", "TBA", "KA", "Planung", "Niemandsland", "Stelle für Vielfalt", "Allerlei",
]  # fmt: skip
STEHT_SO = "„N.N.“ steht so im Druck; damit ist noch niemand zuständig."


@pytest.mark.parametrize("name", NIEMAND)
def test_nobody_in_particular(name):
    assert ist_platzhalter(name)
    assert ist_platzhalter(name.upper())


@pytest.mark.parametrize("name", JEMAND)
def test_somebody(name):
    assert not ist_platzhalter(name)


@pytest.fixture
def nn(konzept):
    return mache_akteur(konzept.kommune, "N.N.", art="unbestimmt")


@pytest.fixture
def nur_nn(feld, nn):
    """A measure that names nobody but N.N., itself and at its step."""
    massnahme = mache_massnahme(feld, "Noch offen", zeitraum="2027", kosten_offen=True, umsetzungsstand="idee")
    setze_zustaendig(massnahme, nn)
    setze_zustaendig(mache_schritt(massnahme, "Anfangen"), nn)
    return massnahme


def zu(massnahme, saetze) -> set[str]:
    return {satz for titel, satz in saetze if f"„{massnahme}“" in titel}


def offene(massnahme) -> set[str]:
    gruppen = offene_punkte(massnahme.konzept, heute())
    return zu(massnahme, [(e.titel, satz) for g in gruppen for e in g.eintraege for satz, _ in e.punkte])


def im_baum(massnahme) -> set[str]:
    dokument = stelle_zusammen(Konzept.objects.mit_kommune().get(pk=massnahme.konzept.pk))
    return zu(massnahme, [(luecke.titel, luecke.satz) for luecke in luecken(dokument)])


@pytest.mark.datenbank
@pytest.mark.parametrize("name", ["N.N.", "alle Ämter", "wird noch benannt", "noch offen", "?"])
def test_it_is_taken_without_a_tick_prints_as_typed_and_is_said(leitung, konzept, massnahme, name):
    antwort = sende(leitung, massnahme, {"federfuehrung": name, "mitwirkung": "", "schritte-0-mitwirkung": name})
    assert antwort.status_code == 302
    assert Akteur.objects.get(kurz=name).art == Akteur.Art.UNBESTIMMT
    assert zustaendig(massnahme) == [(name, "federfuehrung")]
    satz = f"„{name}“ steht so im Druck; damit ist noch niemand zuständig."
    assert satz in " ".join(str(meldung) for meldung in antwort.wsgi_request._messages)
    seite = seite_von(leitung.get(formular_adresse(massnahme)))
    for feld in ("federfuehrung", "schritte-0-mitwirkung"):
        hilfe = nach_id(seite, f"id_{feld}").get("aria-describedby").split()
        assert any(satz in text(nach_id(seite, kennung)) for kennung in hilfe)
    kapitel = leitung.get(adresse(konzept, "lesen", f"massnahme-{massnahme.pk}"), follow=True)
    assert text(nach_id(seite_von(kapitel), f"massnahme-{massnahme.pk}")).count(name) == 2


def test_what_was_typed_is_said_at_the_field_beside_an_error_too(leitung, massnahme):
    antwort = sende(leitung, massnahme, {"mitwirkung": "SKFM, N.N.", "zeitraum": "13/2027"})
    assert antwort.status_code == 422
    assert STEHT_SO in text(nach_id(seite_von(antwort), "id_mitwirkung_helptext"))
    assert not Akteur.objects.filter(kurz="N.N.").exists()


def test_what_stood_there_before_is_not_said_again(leitung, massnahme, nn):
    setze_zustaendig(massnahme, nn)
    antwort = sende(leitung, massnahme, {"mitwirkung": "N.N., SKFM"})
    assert STEHT_SO not in " ".join(str(meldung) for meldung in antwort.wsgi_request._messages)


def test_nobody_is_responsible_then(nur_nn, leitung):
    satz = "Niemand ist zuständig: „N.N.“ steht nur als Platzhalter"
    assert offene(nur_nn) == im_baum(nur_nn) == {satz}
    assert satz in text(seite_von(leitung.get(formular_adresse(nur_nn))))


def test_several_are_all_named(nur_nn, konzept):
    setze_zustaendig(nur_nn, mache_akteur(konzept.kommune, "alle Ämter", art="unbestimmt"))
    satz = "Niemand ist zuständig: „N.N.“, „alle Ämter“ stehen nur als Platzhalter"
    assert offene(nur_nn) == im_baum(nur_nn) == {satz}


def test_somebody_beside_it_is_enough(nur_nn, konzept):
    setze_zustaendig(nur_nn.schritte.get(), mache_akteur(konzept.kommune, "51"))
    assert offene(nur_nn) == im_baum(nur_nn) == set()


def test_an_office_that_is_called_so_is_one_when_the_register_says_it(leitung, konzept, nur_nn, nn):
    ort = kommunen_adresse(konzept.kommune, "akteure", nn.pk, "bearbeiten")
    assert leitung.post(ort, eingaben(leitung.get(ort)) | {"art": "amt", "_speichern": "1"}).status_code == 302
    assert offene(nur_nn) == set()


@pytest.mark.datenbank
def test_the_list_finds_measures_without_anybody(zeige, massnahme, nur_nn, konzept):
    leer = mache_massnahme(massnahme.handlungsfeld, "Leer")
    beide = mache_massnahme(massnahme.handlungsfeld, "Beide")
    setze_zustaendig(beide, nur_nn.zustaendigkeiten.get().akteur, mache_akteur(konzept.kommune, "40"))
    assert set(zeige(fehlt="zustaendig")) == {str(leer), str(nur_nn)}
    assert set(zeige(akteur=nur_nn.zustaendigkeiten.get().akteur_id)) == {str(nur_nn), str(beide)}


def test_those_who_take_part_are_others(nur_nn, massnahme):
    zeilen = Zeilen(massnahme.konzept)
    assert [akteur.kurz for akteur in zeilen.mitwirkende] == ["51", "SKFM"]
    assert "N.N." in [akteur.kurz for akteur in zeilen.genannte]


# Nobody edits on its behalf


@pytest.fixture
def person(konzept, nn):
    person = mache_benutzer(konzept.kommune, email="nn@stadt.example")
    Mitgliedschaft.objects.create(benutzer=person, kommune=konzept.kommune, rolle="mitwirkung", akteur=nn)
    return person


@pytest.mark.datenbank
def test_it_gives_no_right_to_edit(person, nur_nn, konzept):
    assert not rechte.darf(person, rechte.MASSNAHME_BEARBEITEN, nur_nn)
    assert not Massnahme.objects.bearbeitbar_fuer(person, konzept).exists()
    client = Client()
    client.force_login(person)
    assert client.get(formular_adresse(nur_nn)).status_code == 403
    assert client.get(adresse(konzept)).status_code == 200


def test_nobody_can_become_a_member_for_it(konzept, nn, leitung):
    for modell, weitere in ((Mitgliedschaft, {"benutzer": mache_benutzer()}), (Einladung, {"email": "a@b.example"})):
        with pytest.raises(ValidationError, match="niemand Bestimmtes"):
            modell(kommune=konzept.kommune, rolle="mitwirkung", akteur=nn, **weitere).clean()
    ort = kommunen_adresse(konzept.kommune, "einladungen", "neu")
    angeboten = [o.get("value") for o in nach_id(seite_von(leitung.get(ort)), "id_akteur").iter("option")]
    assert str(nn.pk) not in angeboten
    assert len(angeboten) == 1 + Akteur.objects.count() - 1


@pytest.mark.datenbank
def test_who_is_a_member_for_it_sees_that_it_counts_nowhere(konzept, person, leitung):
    seite = text(seite_von(leitung.get(kommunen_adresse(konzept.kommune, "mitglieder"))))
    assert "Mitwirkung für N.N. (steht für niemand Bestimmtes, gilt für keine Maßnahme)" in seite
    seite = seite_von(leitung.get(kommunen_adresse(konzept.kommune, "mitglieder", person.pk, "bearbeiten")))
    assert "N.N. – steht für niemand Bestimmtes, gilt für keine Maßnahme" in text(seite)


def test_an_akteur_for_whom_somebody_edits_does_not_become_nobody(konzept, leitung, massnahme):
    amt = Akteur.objects.get(kurz="SKFM")
    Mitgliedschaft.objects.create(benutzer=mache_benutzer(), kommune=konzept.kommune, rolle="mitwirkung", akteur=amt)
    ort = kommunen_adresse(konzept.kommune, "akteure", amt.pk, "bearbeiten")
    antwort = leitung.post(ort, eingaben(leitung.get(ort)) | {"art": "unbestimmt", "_speichern": "1"})
    assert "Nehmen Sie den Akteur erst bei den Mitgliedern heraus" in fehler_am_feld(antwort, "id_art")


# Other ways in


def test_the_register_knows_it_by_its_name(konzept, leitung):
    ort = kommunen_adresse(konzept.kommune, "akteure", "neu")
    for kurz, art in (("wird noch benannt", "unbestimmt"), ("Alle Kinder e.V.", "sonstige")):
        assert leitung.post(ort, eingaben(leitung.get(ort)) | {"kurz": kurz, "_speichern": "1"}).status_code == 302
        assert Akteur.objects.get(kurz=kurz).art == art


def test_a_file_may_leave_it_to_the_name(tmp_path):
    inhalt = yaml.load((settings.BASE_DIR / "fixtures" / "rheine.yaml").read_text("utf-8"), yaml.BaseLoader)
    inhalt["kommune"]["akteure"] += [{"kurz": "N. N."}, {"kurz": "alle Ämter", "art": "amt"}, {"kurz": "Kita (A, B)"}]
    datei = tmp_path / "rheine.yaml"
    datei.write_text(yaml.safe_dump(inhalt), "utf-8")
    kommune = lade(datei).kommune
    arten = dict(kommune.akteure.values_list("kurz", "art"))
    assert (arten["N. N."], arten["alle Ämter"], arten["Kita (A, B)"]) == ("unbestimmt", "amt", "sonstige")


def test_what_is_stored_is_named_so_with_an_entry_in_its_history(konzept):
    for kurz, art in (("N.N.", "sonstige"), ("alle Ämter", "amt"), ("51", "amt"), ("Alle Kinder e.V.", "verein")):
        mache_akteur(konzept.kommune, kurz, art=art)
    lader = MigrationLoader(connection)
    apps = lader.project_state(lader.graph.leaf_nodes()).apps
    importlib.import_module("massnahmen.migrations.0008_akteur_unbestimmt").kennzeichne(apps, None)
    arten = dict(Akteur.objects.values_list("kurz", "art"))
    assert arten == {"N.N.": "unbestimmt", "alle Ämter": "unbestimmt", "51": "amt", "Alle Kinder e.V.": "verein"}
    gruende = Aenderung.objects.exclude(grund="").values_list("titel", "grund")
    assert {titel for titel, _ in gruende} == {"N.N.", "alle Ämter"}
    assert all("zählt nicht mehr als zuständig" in grund for _, grund in gruende)


def test_it_is_offered_with_what_it_is(leitung, massnahme, nn):
    liste = nach_id(seite_von(leitung.get(formular_adresse(massnahme))), "akteure")
    (option,) = (o for o in liste.iter("option") if o.get("value") == "N.N.")
    assert text(option) == "noch niemand Bestimmtes (N.N., alle Ämter)"


def test_who_edits_for_an_akteur_makes_none_of_it(client, konzept, massnahme):
    person = mache_benutzer(konzept.kommune, email="skfm@traeger.example")
    skfm = Akteur.objects.get(kurz="SKFM")
    Mitgliedschaft.objects.create(benutzer=person, kommune=konzept.kommune, rolle="mitwirkung", akteur=skfm)
    client.force_login(person)
    satz = fehler_am_feld(sende(client, massnahme, {"mitwirkung": "SKFM, N.N."}), "id_mitwirkung")
    assert "Neue Akteure legt die Redaktion an." in satz
    assert hole(client, massnahme)["mitwirkung"] == ["SKFM, N.N."]
