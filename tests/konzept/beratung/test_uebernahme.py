"""Taking a proposed wording over: every kind of text, the form with it in place, and what is never replaced."""

import re
import unicodedata

import pytest
from django.db import connection
from django.urls import reverse

from konzept import grenzen
from konzept.beratung.models import Anmerkung, Stellungnahme
from konzept.beratung.stellen import Stellen
from konzept.beratung.textstuecke import stuecke
from konzept.fassungen.vorgaenge import festschreiben
from konzept.fliesstext import lies_text
from konzept.models import Gremium
from konzept.werkbank.elemente import ELEMENTE
from tests.fabrik import (
    eingaben,
    mache_abschnitt,
    mache_anmerkung,
    mache_benutzer,
    mache_feld,
    mache_handlungsziel,
    mache_kommune,
    mache_konzept,
    mache_kosten,
    mache_leitziel,
    mache_massnahme,
    mache_runde,
    mache_sachstand,
    mache_schritt,
    mache_stellungnahme,
    nach_id,
    seite_von,
    text,
)
from tests.kosten import kostet_hoechstens

pytestmark = pytest.mark.datenbank

NEU = "Bisher fehlt jeder Überblick über Anlaufstellen."
TEXT = """
Alle Menschen **sollen** [mitreden](https://stadt.example) können.

- Beratung in *vielen* Sprachen
- Begleitung zu Ämtern
- Kurse am Abend

1. Erst fragen
   - auch die Kinder
2. Dann handeln

| Ort | Zeit |
|---|---|
| Rathaus | montags |
| Bücherei | dienstags |
"""


@pytest.fixture
def a(rathaus) -> Anmerkung:
    return mache_anmerkung(rathaus.runde, rathaus.mitglied, 2, anker=f"abschnitt-{rathaus.kapitel.pk}", vorschlag=NEU)


@pytest.fixture
def buch(db):
    """A concept with every kind of text, laid before a Gremium, in a Kommune beside that of `rathaus`."""
    konzept = mache_konzept(mache_kommune(slug="buchhausen"))
    mache_abschnitt(konzept, "Ausgangslage", text=TEXT, reihenfolge=1)
    mache_abschnitt(konzept, "Verständnis", inhalt="leitlinien", reihenfolge=2)
    leitlinie = konzept.leitlinien.create(titel="Wir begegnen uns auf Augenhöhe", text="Niemand wird übersehen.")
    leitlinie.leitfragen.create(text="Wen erreichen wir noch nicht?")
    mache_abschnitt(konzept, "Prozess", inhalt="prozess", reihenfolge=3)
    schritt = konzept.prozessschritte.create(titel="Auftakt im Ratssaal", text="Viele kamen.")
    schritt.termine.create(wortlaut="August 2026")
    schritt.gruppen.create(name="Vereine")
    mache_abschnitt(konzept, "Gremien", inhalt="gremien", reihenfolge=4)
    gremium = Gremium.objects.create(kommune=konzept.kommune, name="Lenkungsgruppe")
    konzept.beteiligungen.create(gremium=gremium, aufgabe="Steuert die Umsetzung.", takt="zweimal im Jahr")
    mache_abschnitt(konzept, "Querschnitt", inhalt="querschnitt", reihenfolge=5)
    mache_abschnitt(konzept, "Angebote", inhalt="angebote", reihenfolge=6)
    angebot = konzept.angebote.create(titel="Nähstube", text="Offen für alle.", seit="seit 2014")
    angebot.foerderungen.create(geber="Stiftung Miteinander", programm="Nachbarschaft", angabe="2.000 €")
    mache_abschnitt(konzept, "Handlungsfelder", inhalt="handlungsfelder", reihenfolge=7)
    feld = mache_feld(konzept, "Sprache", text="Deutsch lernen viele.", staerken="Es gibt Kurse.")
    aufgabe = konzept.querschnittsaufgaben.create(titel="Gleichstellung", text="Frauen fördern.")
    aufgabe.bezuege.create(handlungsfeld=feld, text="Kurse mit Kinderbetreuung")
    leitziel = mache_leitziel(feld, "Alle verstehen sich")
    mache_handlungsziel(feld, "Kurse für alle", leitziel=leitziel, text="Bis 2028 sind es zehn.")
    massnahme = mache_massnahme(
        feld, "Sprachcafé", text="Jeden Montag.\n\n- mit Tee\n- ohne Anmeldung", zeitraum="ab 2027",
        kosten_wortlaut="noch zu beziffern", umsetzungsstand="entfallen", stand_begruendung="Es fehlt ein Raum.",
    )  # fmt: skip
    mache_schritt(massnahme, "Raum suchen", zeitraum="1. Halbjahr 2027")
    mache_schritt(massnahme, "Leute einladen")
    mache_kosten(massnahme, "1.000 €", programm="KOMM-AN")
    mache_sachstand(massnahme, "2026-11-03", "Der Raum ist gefunden.")
    leitung = mache_benutzer(konzept.kommune, "leitung")
    fassung = festschreiben(konzept=konzept, art="entwurf", konto=leitung)
    return mache_runde(fassung, mache_benutzer(konzept.kommune, "gremium"))


def uebernimm(client, runde, stelle: str, vorschlag: str, zitat: str = ""):
    """Propose a wording for the place that begins with these words and take it over: the form that opens."""
    stellen = Stellen(runde.fassung.dokument)
    alle = filter(None, map(stellen.get, range(1, stellen.letzte + 1)))
    (gemeint,) = (s for s in alle if s.text.startswith(stelle))
    autor = runde.gremien.get().sitze.get().benutzer
    a = mache_anmerkung(runde, autor, gemeint.rn, anker=gemeint.anker, vorschlag=vorschlag, zitat=zitat)
    k = runde.konzept
    kennungen = {"kommune": k.kommune.slug, "konzept": k.slug, "pk": runde.pk, "anmerkung": a.pk}
    return client.post(reverse("beratung:uebernehmen", kwargs=kennungen), follow=True)


@pytest.mark.parametrize(
    ("stelle", "zitat", "vorschlag", "feld", "wert"),
    [
        # The text of a section: a paragraph keeps emphasis and links of what stays; items; cells
        ("Alle Menschen", "", "Alle Leute sollen mitreden können.", "text",
         "Alle Leute **sollen** [mitreden](https://stadt.example) können."),
        ("Alle Menschen", "Alle Menschen", "Alle Leute", "text", "Alle Leute **sollen** [mitreden]"),
        ("Alle Menschen", "", "Eins.\n\nZwei.", "text", "Eins.\n\nZwei.\n\n- Beratung"),
        ("Beratung", "", "Beratung in vielen Sprachen\nBegleitung zu allen Ämtern\nKurse am Abend", "text",
         "- Beratung in _vielen_ Sprachen\n- Begleitung zu allen Ämtern\n- Kurse am Abend"),
        ("Beratung", "", "Beratung in vielen Sprachen\nKurse am Abend\nKurse am Morgen", "text",
         "- Beratung in _vielen_ Sprachen\n- Kurse am Abend\n- Kurse am Morgen"),
        ("Beratung", "", "Beratung in vielen Sprachen\n- Kurse am Abend", "text",
         "- Beratung in _vielen_ Sprachen\n- Kurse am Abend\n\n1."),
        ("Beratung", "Begleitung zu Ämtern", "Begleitung zu allen Ämtern", "text", "\n- Begleitung zu allen Ämtern\n"),
        ("Beratung", "", "Kurse am frühen Abend", "text", "Ämtern\n- Kurse am frühen Abend\n"),
        ("Erst fragen", "", "Erst zuhören\nauch die Kinder\nDann handeln", "text",
         "1. Erst zuhören\n   - auch die Kinder"),
        ("Ort", "", "Ort | Zeit\nRathaus | montags\nBücherei | freitags", "text", "| Bücherei | freitags |"),
        ("Ort", "dienstags", "freitags", "text", "| Bücherei | freitags |"),
        # Elements with fields
        ("Wir begegnen", "", "Wir begegnen uns freundlich auf Augenhöhe", "titel", "Wir begegnen uns freundlich"),
        ("Wir begegnen", "Niemand", "Keiner", "text", "Keiner wird übersehen."),
        ("Wir begegnen", "", "Wen erreichen wir noch gar nicht?", "leitfragen-0-text",
         "Wen erreichen wir noch gar nicht?"),
        ("Auftakt", "August 2026", "September 2026", "termine-0-wortlaut", "September 2026"),
        ("Auftakt", "Vereine", "Vereine und Schulen", "gruppen-0-name", "Vereine und Schulen"),
        ("Lenkungsgruppe", "", "Steuert und prüft die Umsetzung.", "aufgabe", "Steuert und prüft die Umsetzung."),
        ("Lenkungsgruppe", "zweimal", "viermal", "takt", "viermal im Jahr"),
        ("Nähstube", "seit 2014", "seit 2013", "seit", "seit 2013"),
        ("Nähstube", "2.000 €", "3.000 €", "foerderungen-0-angabe", "3.000 €"),
        ("Gleichstellung", "Kurse mit Kinderbetreuung", "Kurse mit Spielecke", "text-[0-9]+", "Kurse mit Spielecke"),
        ("Es gibt", "", "Es gibt viele Kurse.", "staerken", "Es gibt viele Kurse."),
        ("Alle verstehen", "", "Jede versteht jeden", "titel", "Jede versteht jeden"),
        ("Kurse für alle", "", "Bis 2027 sind es zwölf.", "text", "Bis 2027 sind es zwölf."),
        # A measure
        ("Sprachcafé", "Sprachcafé", "Café der Sprachen", "titel", "Café der Sprachen"),
        ("Sprachcafé", "Montag", "Dienstag", "text", "Jeden Dienstag."),
        ("Sprachcafé", "", "Jeden Dienstag.", "text", "Jeden Dienstag.\n\n- mit Tee"),
        ("Sprachcafé", "mit Tee", "mit Tee und Kuchen", "text", "\n- mit Tee und Kuchen"),
        ("Sprachcafé", "ab 2027", "ab 2028", "zeitraum", "ab 2028"),
        ("Sprachcafé", "", "noch genau zu beziffern", "kosten_wortlaut", "noch genau zu beziffern"),
        ("Sprachcafé", "Es fehlt ein Raum.", "Es fehlt Geld.", "stand_begruendung", "Es fehlt Geld."),
        ("Sprachcafé", "", "Leute persönlich einladen", "schritte-1-text", "Leute persönlich einladen"),
        ("Sprachcafé", "1. Halbjahr 2027", "2. Halbjahr 2027", "schritte-0-zeitraum", "2. Halbjahr 2027"),
        ("Sprachcafé", "1.000 €", "1.200 €", "kosten-0-angabe", "1.200 €"),
        ("Sprachcafé", "gefunden", "gebucht", "sachstaende-0-text", "Der Raum ist gebucht."),
    ],
)  # fmt: skip
def test_a_wording_stands_in_the_field_that_it_is_about(buch, als, stelle, zitat, vorschlag, feld, wert):
    antwort = uebernimm(als(mache_benutzer(buch.konzept.kommune, "redaktion")), buch, stelle, vorschlag, zitat)
    daten = eingaben(antwort)
    (name,) = [n for n in daten if re.fullmatch(feld, n)]
    assert wert in daten[name][0].replace("\r\n", "\n")
    zettel = text(nach_id(seite_von(antwort), "zettel"))
    assert "ist eingesetzt: im Feld" in zettel
    assert vorschlag.split("\n")[0] in zettel
    # Nothing else differs from what is saved.
    gespeichert = eingaben(als(mache_benutzer(buch.konzept.kommune, "redaktion")).get(antwort.request["PATH_INFO"]))
    andere = {n for n in gespeichert if n not in {name, "_konto", "csrfmiddlewaretoken"}}
    assert {n: daten.get(n) for n in andere} == {n: gespeichert[n] for n in andere}
    assert gespeichert[name] != daten[name]


@pytest.mark.parametrize(
    ("stelle", "zitat", "vorschlag", "grund"),
    [
        ("Sprachcafé", "", "Etwas ganz anderes, das zu nichts passt, was hier steht", "nicht sicher ist"),
        ("Sprachcafé", "Raum", "Räume", "mehr als einmal"),
        ("Sprachcafé", "Raum", "Saal", "nicht sicher ist"),
        ("Ort", "", "Ort | Zeit | Wer\nRathaus | montags | alle\nBücherei | dienstags | alle", "anders gegliedert"),
        ("Erst fragen", "", "Erst fragen\nDann handeln\nauch die Kinder\nund andere", "anders gegliedert"),
        ("Lenkungsgruppe", "", "Lenkungskreis", "nicht sicher ist"),
    ],
)
def test_what_is_not_certain_is_left_to_the_person(buch, als, stelle, zitat, vorschlag, grund):
    client = als(mache_benutzer(buch.konzept.kommune, "redaktion"))
    antwort = uebernimm(client, buch, stelle, vorschlag, zitat)
    zettel = text(nach_id(seite_von(antwort), "zettel"))
    assert "ließ sich nicht von selbst einsetzen" in zettel
    assert grund in zettel
    assert all(zeile in zettel for zeile in vorschlag.split("\n"))
    frisch = als(mache_benutzer(buch.konzept.kommune, "redaktion")).get(antwort.request["PATH_INFO"])
    ohne = {"_konto": None, "csrfmiddlewaretoken": None}
    assert eingaben(antwort) | ohne == eingaben(frisch) | ohne


def test_a_goal_of_one_sentence_is_proposed_from_that_sentence(buch, als):
    stellen = Stellen(buch.fassung.dokument)
    rn = next(rn for rn in range(1, stellen.letzte + 1) if stellen[rn].text == "Alle verstehen sich")
    k, konto = buch.konzept, buch.gremien.get().sitze.get().benutzer
    ort = reverse("beratung:anmerken", kwargs={"kommune": k.kommune.slug, "konzept": k.slug, "pk": buch.pk})
    assert eingaben(als(konto).get(f"{ort}?rn={rn}"))["vorschlag"] == ["Alle verstehen sich"]


def test_a_step_is_named_by_its_number(buch, als):
    client = als(mache_benutzer(buch.konzept.kommune, "redaktion"))
    antwort = uebernimm(client, buch, "Sprachcafé", "Leute persönlich einladen")
    assert "im Feld „Schritt 2“ anstelle von „Leute einladen“" in text(nach_id(seite_von(antwort), "zettel"))


def test_a_wording_too_long_to_be_worked_in_waits_to_be_copied(buch, client, monkeypatch):
    """Emphasis and links of what stays could not be kept."""
    monkeypatch.setattr(grenzen, "VERGLEICH_WORTE", 2)
    client.force_login(mache_benutzer(buch.konzept.kommune, "redaktion"))
    antwort = uebernimm(client, buch, "Alle Menschen", "Die Leute werden mitreden.")
    assert "weil der Text dafür zu lang ist" in text(seite_von(antwort))
    assert "Die Leute werden mitreden." in text(seite_von(antwort))
    assert "Alle Menschen **sollen**" in eingaben(antwort, "text")["text"][0]


def test_the_note_hangs_at_the_form_until_it_is_saved(buch, als):
    client = als(mache_benutzer(buch.konzept.kommune, "redaktion"))
    antwort = uebernimm(client, buch, "Sprachcafé", "Etwas ganz anderes, das zu nichts passt, was hier steht")
    ort = antwort.request["PATH_INFO"]
    daten = eingaben(antwort)
    falsch = client.post(ort, daten | {"titel": ""})
    assert "Etwas ganz anderes" in text(nach_id(seite_von(falsch), "zettel"))
    client.post(ort, daten | {"titel": "Etwas ganz anderes"})
    assert not any(k.get("id") == "zettel" for k in seite_von(client.get(ort)).iter())


def test_a_place_that_is_there_twice_today_is_left_alone(rathaus, als, a):
    absatz = "Bisher fehlt ein gemeinsamer Überblick über Anlaufstellen."
    type(rathaus.kapitel).objects.update(text=f"{absatz}\n\n{absatz}")
    antwort = als(rathaus.redaktion).post(rathaus.in_runde("abwaegung", a.pk, "uebernehmen"), follow=True)
    assert "mehr als einmal" in text(nach_id(seite_von(antwort), "zettel"))
    assert NEU not in eingaben(antwort)["text"][0]


def test_a_wording_that_was_there_before_does_not_count_as_worked_in(rathaus, als):
    anker = f"massnahme-{rathaus.massnahme.pk}"
    a = mache_anmerkung(rathaus.runde, rathaus.mitglied, 5, anker=anker, zitat="Montag", vorschlag="Sprachcafé")
    mache_stellungnahme(a)
    client = als(rathaus.redaktion)
    ort = f"/konzepte/musterhausen/konzept/massnahmen/{rathaus.massnahme.pk}/bearbeiten/"
    client.post(ort, eingaben(client.get(ort)) | {"zeitraum": "2027"})
    assert Stellungnahme.objects.get().eingearbeitet_am is None
    client.post(ort, eingaben(client.get(ort)) | {"text": "Jedes Sprachcafé."})
    assert Stellungnahme.objects.get().eingearbeitet_am is not None


def test_a_wording_waits_in_the_form_of_the_element_and_counts_once_saved(rathaus, als, a):
    mache_stellungnahme(a)
    client = als(rathaus.redaktion)
    formular = client.post(rathaus.in_runde("abwaegung", a.pk, "uebernehmen")).url
    assert formular.endswith(f"/abschnitte/{rathaus.kapitel.pk}/bearbeiten/")
    seite = client.get(formular)
    absaetze = eingaben(seite)["text"][0].replace("\r\n", "\n").split("\n\n")
    assert absaetze[1:] == [NEU, "Vereine vermitteln seit 2014 Ehrenamtliche."]
    assert "Randnummer 2 ist eingesetzt" in text(seite_von(seite))
    rathaus.kapitel.refresh_from_db()
    assert "jeder" not in rathaus.kapitel.text
    assert Stellungnahme.objects.get().eingearbeitet_am is None
    client.post(formular, eingaben(seite) | {"_speichern": "1"})
    rathaus.kapitel.refresh_from_db()
    assert NEU in rathaus.kapitel.text
    assert Stellungnahme.objects.get().eingearbeitet_am is not None


def test_a_colleague_who_saves_meanwhile_is_not_overwritten(rathaus, als, a):
    client, andere = als(rathaus.redaktion), als(rathaus.leitung)
    formular = client.post(rathaus.in_runde("abwaegung", a.pk, "uebernehmen")).url
    daten = eingaben(client.get(formular))
    andere.post(formular, eingaben(andere.get(formular)) | {"titel": "Lage"})
    assert client.post(formular, daten).status_code == 409


def test_a_paragraph_that_reads_differently_today_is_left_alone(rathaus, als, a):
    type(rathaus.kapitel).objects.update(text="Ganz anders.")
    client = als(rathaus.redaktion)
    antwort = client.post(rathaus.in_runde("abwaegung", a.pk, "uebernehmen"), follow=True)
    zettel = text(nach_id(seite_von(antwort), "zettel"))
    assert "inzwischen anders lautet" in zettel
    assert NEU in zettel
    assert eingaben(antwort)["text"] == ["Ganz anders."]


def test_text_that_waits_in_the_form_is_not_pushed_out(rathaus, als, a):
    client = als(rathaus.redaktion)
    formular = f"/konzepte/musterhausen/konzept/abschnitte/{rathaus.kapitel.pk}/bearbeiten/"
    daten = eingaben(client.get(formular)) | {"text": "Eben getippt"}
    client.post(reverse("konten:zwischenstand"), daten | {"_adresse": formular})
    wartet = rathaus.redaktion.zwischenstaende.get().daten
    client.post(rathaus.in_runde("abwaegung", a.pk, "uebernehmen"))
    assert rathaus.redaktion.zwischenstaende.get().daten == wartet
    assert eingaben(client.get(formular))["text"] == ["Eben getippt"]


def test_an_element_that_is_gone_is_said_clearly(rathaus, als, a):
    rathaus.kapitel.delete()
    antwort = als(rathaus.redaktion).post(rathaus.in_runde("abwaegung", a.pk, "uebernehmen"), follow=True)
    assert "gibt es im Arbeitsstand nicht mehr" in text(seite_von(antwort))


def test_every_kind_of_element_with_a_form_takes_a_wording_over():
    """The hand-over reads the unbound forms of an element; the measure has forms of its own."""
    assert {e.modell.__name__ for e in ELEMENTE.values() if e.form is None} <= {"Massnahme", "Vorlage"}


def test_a_list_of_thousands_of_equal_items_is_replaced_in_no_time():
    liste = lies_text("- a\n" * 5000 + "- b")
    (stueck,) = (s for s in stuecke(liste) if s.text.startswith("a\na"))
    assert len(stueck.ersetze("a\n" * 5002 + "b")[0].punkte) == 5003
    assert kostet_hoechstens(lambda: stueck.ersetze("a\n" * 5002 + "b"), 25)


def test_a_text_that_was_frozen_in_another_spelling_is_found_in_the_form(db, als):
    konzept = mache_konzept(mache_kommune(slug="frueher"))
    kapitel = mache_abschnitt(konzept, "Ausgangslage", text="x")
    with connection.cursor() as cursor:  # as it was stored and frozen before texts had one spelling
        frueher = unicodedata.normalize("NFD", "Überall fehlen Räume für Ämter und Bürgerinnen.")
        cursor.execute("UPDATE konzept_abschnitt SET text = %s WHERE id = %s", [frueher, kapitel.pk])
    leitung = mache_benutzer(konzept.kommune, "leitung")
    fassung = festschreiben(konzept=konzept, art="entwurf", konto=leitung)
    kapitel.text = frueher
    kapitel.save()
    runde = mache_runde(fassung, mache_benutzer(konzept.kommune, "gremium"))
    for zitat, vorschlag in (("", "Überall fehlen Räume für alle Ämter."), ("Ämter", "Vereine")):
        daten = eingaben(uebernimm(als(leitung), runde, "U", vorschlag, zitat))
        assert vorschlag in daten["text"][0]
        kapitel.refresh_from_db()
        assert kapitel.text == "Überall fehlen Räume für Ämter und Bürgerinnen."
        leitung.zwischenstaende.all().delete()
