"""Whoever loses a right while typing is refused, and still gets what they typed, to copy it."""

import pytest
from django.test import Client

from konzept.konten.models import Mitgliedschaft
from massnahmen.models import Massnahme
from tests.fabrik import (
    adresse,
    eingaben,
    formular_adresse,
    mache_akteur,
    mache_benutzer,
    mache_feld,
    mache_fuelle,
    mache_konzept,
    mache_massnahme,
    mache_sachstand,
    mache_schritt,
    seite_von,
    setze_zustaendig,
    text,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def massnahme():
    massnahme = mache_massnahme(mache_feld(mache_konzept()), "Sprachcafé", text="Was gespeichert ist.")
    mache_schritt(massnahme, "Räume suchen")
    mache_sachstand(massnahme, "2026-05-04", "Gespeicherter Sachstand")
    setze_zustaendig(massnahme, mache_akteur(massnahme.konzept.kommune, "51"))
    return massnahme


@pytest.fixture
def konto(client, massnahme):
    konto = mache_benutzer(massnahme.konzept.kommune, "redaktion")
    client.force_login(konto)
    return konto


def texte(antwort) -> dict[str, str]:
    """What the page of refusal gives back: label → text, and nothing of it can be changed or sent."""
    seite = seite_von(antwort)
    assert not list(seite.iter("form"))
    felder = {feld.get("id"): feld for feld in seite.iter("textarea")}
    assert all(feld.get("readonly") is not None for feld in felder.values())
    return {
        text(label): "".join(felder[label.get("for")].itertext()).strip("\n")
        for label in seite.iter("label")
        if label.get("for") in felder
    }


def sende_nach_entzug(client, konto, zeile, rolle: str = "", **aenderungen):
    """Fills in the form, loses the role (or gets another instead), and presses save."""
    pfad = formular_adresse(zeile)
    daten = eingaben(client.get(pfad)) | aenderungen
    Mitgliedschaft.objects.filter(benutzer=konto).delete()
    if rolle:
        Mitgliedschaft.objects.create(benutzer=konto, kommune=zeile.konzept.kommune, rolle=rolle)
    return client.post(pfad, daten)


@pytest.mark.parametrize(("rolle", "status"), [("lesen", 403), ("", 404)])
def test_what_was_typed_comes_back(rolle, status, client, konto, massnahme):
    antwort = sende_nach_entzug(
        client,
        konto,
        massnahme,
        rolle,
        **{
            "text": "Eine Stunde Arbeit.\n\nUnd <b>noch</b> ein Absatz.",
            "schritte-0-text": "Räume mieten",
            "federfuehrung": "Amt für Integration",
            "sachstaende-0-text": "Drei Räume besichtigt",
        },
    )
    assert antwort.status_code == status
    gefunden = texte(antwort)
    assert gefunden["Beschreibung"] == "Eine Stunde Arbeit.\n\nUnd <b>noch</b> ein Absatz."
    assert gefunden["Schritt 1, Schritt"] == "Räume mieten"
    assert gefunden["Federführung"] == "Amt für Integration"
    assert gefunden["Sachstand 1, Sachstand"] == "Drei Räume besichtigt"
    assert "Was gespeichert ist." not in antwort.content.decode()
    massnahme.refresh_from_db()
    assert massnahme.text == "Was gespeichert ist."


def test_nothing_but_what_was_sent(client, konto, massnahme):
    pfad = formular_adresse(massnahme)
    Mitgliedschaft.objects.filter(benutzer=konto).update(rolle="lesen")
    antwort = client.post(pfad, {"_konto": str(konto.pk), "text": "Meins", "_version": "1", "umsetzungsstand": "idee"})
    assert texte(antwort) == {"Beschreibung": "Meins"}


def test_rows_that_were_removed_stay_away(client, konto, massnahme):
    antwort = sende_nach_entzug(client, konto, massnahme, "lesen", **{"schritte-0-DELETE": "on"})
    assert not [name for name in texte(antwort) if name.startswith("Schritt")]


def test_what_the_editor_sends_comes_back_as_its_words(client, konto, massnahme):
    getippt = {"text-html": "<p>Aus dem <strong>Editor</strong></p><ul><li><p>A &lt; B</p></li><li><p>C</p></li></ul>"}
    antwort = sende_nach_entzug(client, konto, massnahme, "lesen", **getippt)
    assert texte(antwort)["Beschreibung"].split() == ["Aus", "dem", "Editor", "A", "<", "B", "C"]


def test_another_account_gets_nothing(client, konto, massnahme):
    pfad = formular_adresse(massnahme)
    daten = eingaben(client.get(pfad)) | {"text": "Von der ersten"}
    andere = Client()
    andere.force_login(mache_benutzer(massnahme.konzept.kommune, "lesen"))
    antwort = andere.post(pfad, daten)
    assert antwort.status_code == 403
    assert texte(antwort) == {}
    assert "Von der ersten" not in antwort.content.decode()


def test_looking_at_what_is_forbidden_shows_no_fields(client, massnahme):
    client.force_login(mache_benutzer(massnahme.konzept.kommune, "lesen"))
    antwort = client.get(f"{formular_adresse(massnahme)}?text=Untergeschoben")
    assert (antwort.status_code, texte(antwort)) == (403, {})
    assert client.post("/gibt/es/nicht/", {"text": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("art", "feld", "name"),
    [
        ("abschnitte", "text", "Text"),
        ("leitlinien", "leitfragen-0-text", "Frage 1, Frage"),
        ("querschnittsaufgaben", "text", "Text"),
        ("angebote", "anbieter", "Anbieter"),
        ("indikatoren", "messwerte-0-anmerkung", "Messwert 1, Anmerkung"),
    ],
)
def test_every_kind_of_form_gives_back_by_its_labels(art, feld, name, client):
    konzept = mache_konzept()
    mache_fuelle(konzept, 1)
    konto = mache_benutzer(konzept.kommune, "redaktion")
    client.force_login(konto)
    modell = {
        "abschnitte": konzept.abschnitte,
        "leitlinien": konzept.leitlinien,
        "querschnittsaufgaben": konzept.querschnittsaufgaben,
        "angebote": konzept.angebote,
        "indikatoren": konzept.indikatoren.exclude(messwerte=None),
    }[art]
    pfad = adresse(konzept, art, str(modell.first().pk), "bearbeiten")
    daten = eingaben(client.get(pfad)) | {feld: "Mit Mühe geschrieben"}
    Mitgliedschaft.objects.filter(benutzer=konto).update(rolle="lesen")
    assert texte(client.post(pfad, daten))[name] == "Mit Mühe geschrieben"


def test_who_is_taken_out_of_a_measure_gets_back_too(client, massnahme):
    akteur = massnahme.zustaendigkeiten.get().akteur
    konto = mache_benutzer()
    konto.mitgliedschaften.create(kommune=akteur.kommune, rolle="mitwirkung", akteur=akteur)
    client.force_login(konto)
    pfad = formular_adresse(massnahme)
    daten = eingaben(client.get(pfad)) | {"text": "Für das Amt 51"}
    massnahme.zustaendigkeiten.all().delete()
    antwort = client.post(pfad, daten)
    assert (antwort.status_code, texte(antwort)["Beschreibung"]) == (403, "Für das Amt 51")
    assert Massnahme.objects.get().text == "Was gespeichert ist."


def test_the_text_of_any_other_form_is_shown_as_well(client, konto, massnahme):
    """Word by word, without the names of its fields."""
    pfad = adresse(massnahme.konzept, "fassungen", "neu")
    daten = eingaben(client.get(pfad), mit="notiz") | {"notiz": "Wofür diese Fassung ist."}
    Mitgliedschaft.objects.update(rolle="lesen")
    antwort = client.post(pfad, daten)
    assert antwort.status_code == 403
    assert "Wofür diese Fassung ist." in " ".join(texte(antwort).values())
