"""Answering in the card: beside the text, in the list and in the Abwägung, with the full page behind it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from konzept.beratung.models import Anmerkung, Stellungnahme
from tests.fabrik import eingaben, mache_anmerkung, mache_stellungnahme, nach_id, seite_von, text

pytestmark = pytest.mark.datenbank


@pytest.fixture
def a(rathaus) -> Anmerkung:
    return mache_anmerkung(rathaus.runde, rathaus.mitglied, 2, text="Es gibt eine Liste.")


def orte(rathaus) -> list[str]:
    return [
        rathaus.in_runde("pruefen", f"abschnitt-{rathaus.kapitel.pk}"),
        rathaus.in_runde("anmerkungen") + "?nur=offen",
        rathaus.in_runde("abwaegung") + "?stand=&seite=1",
    ]


def karte(antwort, a):
    return nach_id(seite_von(antwort), f"anmerkung-{a.pk}")


def antworte(client, rathaus, ort: str, a, knopf: str = "_speichern", **felder):
    """Fill in the form in the card as it is shown at an address, and press a button."""
    daten = eingaben(client.get(ort), unter=f"anmerkung-{a.pk}")
    return client.post(rathaus.in_runde("abwaegung", a.pk), daten | felder | {knopf: "1"})


def test_a_draft_is_saved_and_one_is_back_at_the_card(rathaus, als, a):
    client = als(rathaus.redaktion)
    for nummer, ort in enumerate(orte(rathaus)):
        antwort = antworte(client, rathaus, ort, a, ergebnis="teilweise", begruendung=f"Darum {nummer}")
        assert antwort.url == f"{ort}#anmerkung-{a.pk}"
        assert f"Darum {nummer}" in text(karte(client.get(ort), a))
    s = Stellungnahme.objects.get()
    assert (s.ergebnis, s.begruendung, s.version, s.freigegeben_am) == ("teilweise", "Darum 2", 3, None)


def test_what_the_small_form_does_not_show_stays(rathaus, als, a):
    mache_stellungnahme(a, aenderung="Neuer Satz\nin zwei Zeilen", version=1)
    antworte(als(rathaus.redaktion), rathaus, orte(rathaus)[0], a, begruendung="Gut")
    s = Stellungnahme.objects.get()
    assert (s.aenderung, s.begruendung) == ("Neuer Satz\nin zwei Zeilen", "Gut")


def test_what_was_being_typed_is_kept_and_the_card_leads_to_it(rathaus, als, a):
    ort, seite = orte(rathaus)[0], rathaus.in_runde("abwaegung", a.pk)
    client = als(rathaus.redaktion)
    daten = eingaben(client.get(ort), unter=f"anmerkung-{a.pk}") | {"begruendung": "Noch nicht fert", "_adresse": seite}
    assert client.post(reverse("konten:zwischenstand"), daten).status_code == 204
    assert "Weiterschreiben" in text(karte(client.get(ort), a))
    assert "Weiterschreiben" not in text(karte(als(rathaus.leitung).get(ort), a))
    assert "Noch nicht fert" in text(seite_von(client.get(seite)))
    antworte(client, rathaus, ort, a, ergebnis="teilweise", begruendung="Jetzt fertig")
    assert "Weiterschreiben" not in text(karte(client.get(ort), a))


def test_the_leitung_releases_in_the_card(rathaus, als, a):
    ort = orte(rathaus)[0]
    knoepfe = {k.get("name") for k in karte(als(rathaus.redaktion).get(ort), a).iter("button")}
    assert "_speichern" in knoepfe
    assert "_freigeben" not in knoepfe
    antworte(als(rathaus.leitung), rathaus, ort, a, "_freigeben", ergebnis="uebernommen")
    assert Stellungnahme.objects.get().freigegeben_von == rathaus.leitung
    offen = karte(als(rathaus.leitung).get(ort), a)
    assert not list(offen.iter("textarea"))
    assert "übernommen" in text(offen)


def test_who_only_comments_has_no_form(rathaus, als, a):
    for ort in orte(rathaus)[:2]:
        assert not list(karte(als(rathaus.mitglied).get(ort), a).iter("textarea"))


def test_nobody_answers_private_notes_or_what_is_taken_back(rathaus, als):
    weitere = {"privat": True}, {"zurueckgezogen_am": now()}
    for felder in weitere:
        a = mache_anmerkung(rathaus.runde, rathaus.leitung, 2, **felder)
        assert not list(karte(als(rathaus.leitung).get(orte(rathaus)[0]), a).iter("textarea"))


def test_what_cannot_be_saved_comes_back_on_the_page_and_then_leads_to_the_card(rathaus, als, a):
    client, ort = als(rathaus.redaktion), orte(rathaus)[0]
    antwort = antworte(client, rathaus, ort, a, begruendung="Ohne Ergebnis")
    assert antwort.status_code == 422
    daten = eingaben(antwort)
    assert daten["begruendung"] == ["Ohne Ergebnis"]
    antwort = client.post(rathaus.in_runde("abwaegung", a.pk), daten | {"ergebnis": "kenntnis", "_speichern": "1"})
    assert antwort.url == f"{ort}#anmerkung-{a.pk}"


def test_two_who_answer_in_their_cards_lose_nothing(rathaus, als, a):
    eins, zwei, ort = als(rathaus.redaktion), als(rathaus.leitung), orte(rathaus)[0]
    leer = eingaben(zwei.get(ort), unter=f"anmerkung-{a.pk}")
    antworte(eins, rathaus, ort, a, ergebnis="uebernommen", begruendung="Vom Ersten")
    antwort = zwei.post(rathaus.in_runde("abwaegung", a.pk), leer | {"ergebnis": "nicht", "begruendung": "Vom Zweiten"})
    assert antwort.status_code == 409
    konflikt = text(nach_id(seite_von(antwort), "konflikt"))
    assert "Vom Ersten" in konflikt
    assert "Vom Zweiten" in konflikt
    assert Stellungnahme.objects.get().begruendung == "Vom Ersten"


def test_what_is_typed_while_the_author_takes_it_back_is_shown_once_more(rathaus, als, a):
    client = als(rathaus.redaktion)
    daten = eingaben(client.get(orte(rathaus)[0]), unter=f"anmerkung-{a.pk}")
    als(rathaus.mitglied).post(rathaus.in_runde("anmerkungen", a.pk, "zurueckziehen"))
    antwort = client.post(
        rathaus.in_runde("abwaegung", a.pk), daten | {"ergebnis": "nicht", "begruendung": "Lange überlegt"}
    )
    assert antwort.status_code == 404
    assert "Lange überlegt" in text(seite_von(antwort))
    assert not Stellungnahme.objects.exists()


@pytest.mark.parametrize("fremd", ["https://boese.example/", "//boese.example", "/konten/", "javascript:alert(1)"])
def test_the_way_back_stays_inside_the_runde(rathaus, als, a, fremd):
    antwort = antworte(als(rathaus.redaktion), rathaus, orte(rathaus)[0], a, ergebnis="kenntnis", zurueck=fremd)
    assert antwort.url == f"{rathaus.in_runde('abwaegung')}#anmerkung-{a.pk}"


def test_releasing_many_is_offered_where_there_is_something_to_release(rathaus, als, a):
    client, ort = als(rathaus.leitung), rathaus.in_runde("abwaegung")
    assert "Ausgewählte freigeben" not in text(seite_von(client.get(ort)))
    mache_stellungnahme(a)
    assert "Ausgewählte freigeben" in text(seite_von(client.get(ort)))


def test_five_hundred_cards_with_forms_cost_no_more_queries_than_one(rathaus, als, a):
    client = als(rathaus.leitung)

    def zaehle(ort):
        client.get(ort)
        with CaptureQueriesContext(connection) as abfragen:
            antwort = client.get(ort)
        return len(abfragen), antwort

    vorher = [zaehle(ort)[0] for ort in orte(rathaus)]
    neue = Anmerkung.objects.bulk_create(
        Anmerkung(runde=rathaus.runde, verfasser=rathaus.mitglied, rn=1 + i % 3, text=f"Text {i}", vorschlag="Neu.")
        for i in range(500)
    )
    Stellungnahme.objects.bulk_create(Stellungnahme(anmerkung=a, ergebnis="kenntnis") for a in neue[::2])
    nachher = [zaehle(ort) for ort in orte(rathaus)]
    assert [anzahl for anzahl, _ in nachher] == vorher
    assert len([k for k in seite_von(nachher[0][1]).iter("details") if k.get("class") == "kurzantwort"]) == 501
