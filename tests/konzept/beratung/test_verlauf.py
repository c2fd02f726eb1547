"""The words of others are never changed without the old wording, the person and the reason being there to read."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from konzept.beratung.models import Anmerkung, Runde, Stellungnahme
from konzept.konten.models import Protokolleintrag
from konzept.verlauf.models import Aenderung
from tests.fabrik import eingaben, fehler_am_feld, mache_anmerkung, mache_stellungnahme, seite_von, text

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]


def trage_ein(client, rathaus, **felder) -> Anmerkung:
    ort = rathaus.in_runde("papier")
    daten = {"papier_von": "Frau Yilmaz", "rn": "2", "text": "Der Treff fehlt."}
    client.post(ort, eingaben(client.get(ort)) | daten | felder | {"_speichern": "1"})
    return Anmerkung.objects.latest("pk")


def aendere(client, rathaus, a, **felder):
    ort = rathaus.in_runde("anmerkungen", a.pk, "bearbeiten")
    return client.post(ort, eingaben(client.get(ort)) | felder | {"_speichern": "1"})


def verlauf(client, rathaus, **frage) -> str:
    antwort = client.get(rathaus.in_runde("verlauf"), frage)
    assert antwort.status_code == 200
    return text(seite_von(antwort))


def protokoll() -> list[str]:
    return list(Protokolleintrag.objects.order_by("pk").values_list("text", flat=True))


def test_who_changes_what_came_on_paper_says_why_and_the_old_wording_stays(rathaus, als):
    redaktion = als(rathaus.redaktion)
    a = trage_ein(redaktion, rathaus)
    ohne_grund = aendere(redaktion, rathaus, a, text="Der Treff ist gut.")
    assert ohne_grund.status_code == 422
    assert "warum" in fehler_am_feld(ohne_grund, "id_grund")
    assert eingaben(ohne_grund)["text"] == ["Der Treff ist gut."]
    a.refresh_from_db()
    assert a.text == "Der Treff fehlt."

    assert aendere(redaktion, rathaus, a, text="Der Treff ist gut.", grund="Falsch gelesen").status_code == 302
    seite = verlauf(als(rathaus.leitung), rathaus)
    assert "Der Treff fehlt.Der Treff ist gut." in seite  # side by side in a table
    assert "geändert von Rita Redaktion" in seite
    assert "Grund: Falsch gelesen" in seite
    assert "Anmerkung vom Papier geändert (Rn. 2): Entwurf 1, Integrationskonzept" in protokoll()


def test_who_takes_back_what_came_on_paper_says_why_and_it_can_still_be_read(rathaus, als):
    redaktion = als(rathaus.redaktion)
    a = trage_ein(redaktion, rathaus)
    ort = rathaus.in_runde("anmerkungen", a.pk, "zurueckziehen")
    assert "grund" in eingaben(redaktion.get(ort), mit="grund")
    assert redaktion.post(ort).status_code == 422
    a.refresh_from_db()
    assert a.zurueckgezogen_am is None

    assert redaktion.post(ort, {"grund": "Doppelt eingetragen"}).status_code == 302
    seite = verlauf(als(rathaus.leitung), rathaus)
    assert "zurückgezogen von Rita Redaktion" in seite
    assert "Grund: Doppelt eingetragen" in seite
    assert "Der Treff fehlt." in seite
    assert "Frau Yilmaz" in seite
    assert "Anmerkung vom Papier zurückgezogen (Rn. 2): Entwurf 1, Integrationskonzept" in protokoll()
    assert not any("Yilmaz" in eintrag for eintrag in protokoll())


def test_what_was_entered_before_there_was_a_history_is_kept_when_it_is_taken_back(rathaus, als):
    a = mache_anmerkung(rathaus.runde, rathaus.redaktion, text="Alt und ohne Verlauf", papier_von="Herr Alt")
    als(rathaus.leitung).post(rathaus.in_runde("anmerkungen", a.pk, "zurueckziehen"), {"grund": "Irrtum"})
    assert "Alt und ohne Verlauf" in verlauf(als(rathaus.leitung), rathaus)


def test_what_was_released_and_taken_back_again_stays_readable(rathaus, als):
    a = mache_anmerkung(rathaus.runde, rathaus.mitglied)
    ort = rathaus.in_runde("abwaegung", a.pk)
    leitung = als(rathaus.leitung)
    daten = {"ergebnis": "nicht", "begruendung": "Kein Geld dafür.", "_freigeben": "1"}
    assert leitung.post(ort, eingaben(leitung.get(ort)) | daten).status_code == 302
    zuruecknehmen = rathaus.in_runde("abwaegung", a.pk, "zuruecknehmen")
    assert leitung.get(zuruecknehmen).status_code == 200
    leitung.post(zuruecknehmen, {"grund": "Der Haushalt ist geändert"})
    redaktion = als(rathaus.redaktion)
    daten = {"ergebnis": "uebernommen", "begruendung": "Doch.", "_speichern": "1"}
    redaktion.post(ort, eingaben(redaktion.get(ort)) | daten)
    assert Stellungnahme.objects.get().begruendung == "Doch."

    seite = verlauf(leitung, rathaus, zu=a.pk)
    assert "freigegeben von Lena Leitung" in seite
    assert "Freigabe zurückgenommen von Lena Leitung" in seite
    assert "Grund: Der Haushalt ist geändert" in seite
    assert "Kein Geld dafür.Doch." in seite
    assert "geändert von Rita Redaktion" in seite


def test_nothing_of_a_members_own_words_is_kept_in_the_history(rathaus, als):
    a = mache_anmerkung(rathaus.runde, rathaus.mitglied, text="Unbedacht gesagt")
    mitglied = als(rathaus.mitglied)
    aendere(mitglied, rathaus, a, text="Bedacht gesagt")
    mitglied.post(rathaus.in_runde("anmerkungen", a.pk, "zurueckziehen"))
    assert not Aenderung.objects.filter(anker=f"anmerkung-{a.pk}").exists()
    assert "gesagt" not in verlauf(als(rathaus.leitung), rathaus)


def test_of_an_answer_to_what_a_member_took_back_nothing_is_shown(rathaus, als):
    a = mache_anmerkung(rathaus.runde, rathaus.mitglied)
    leitung, ort = als(rathaus.leitung), rathaus.in_runde("abwaegung", a.pk)
    daten = {"ergebnis": "kenntnis", "begruendung": "Wie Sie sagen", "_speichern": "1"}
    leitung.post(ort, eingaben(leitung.get(ort)) | daten)
    assert "Wie Sie sagen" in verlauf(leitung, rathaus)
    als(rathaus.mitglied).post(rathaus.in_runde("anmerkungen", a.pk, "zurueckziehen"))
    assert "Wie Sie sagen" not in verlauf(leitung, rathaus)


def test_as_long_as_a_runde_is_internal_everybody_sees_only_what_they_may_read(rathaus, als):
    Runde.objects.update(sichtbarkeit="intern")
    trage_ein(als(rathaus.redaktion), rathaus, text="Vertraulich vom Papier")
    assert "Vertraulich vom Papier" in verlauf(als(rathaus.redaktion), rathaus)
    assert "Vertraulich" not in verlauf(als(rathaus.leitung), rathaus)
    Runde.objects.update(beginn=localdate() - dt.timedelta(days=9), ende=localdate() - dt.timedelta(days=1))
    assert "Vertraulich vom Papier" in verlauf(als(rathaus.leitung), rathaus)


def test_members_do_not_open_it_and_another_runde_has_its_own(rathaus, als):
    assert als(rathaus.mitglied).get(rathaus.in_runde("verlauf")).status_code == 403
    trage_ein(als(rathaus.redaktion), rathaus)
    andere = Runde.objects.create(fassung=rathaus.fassung, ende=localdate())
    antwort = als(rathaus.leitung).get(rathaus.ort(andere.pk, "verlauf"))
    assert "Der Treff fehlt" not in text(seite_von(antwort))


def test_many_entries_cost_no_more_queries_than_one(rathaus, als):
    redaktion = als(rathaus.redaktion)

    def zaehle() -> int:
        with CaptureQueriesContext(connection) as abfragen:
            verlauf(redaktion, rathaus)
        return len(abfragen)

    trage_ein(redaktion, rathaus)
    zaehle()
    vorher = zaehle()
    for i in range(3):
        aendere(redaktion, rathaus, trage_ein(redaktion, rathaus), text=f"Anders {i}", grund="Nachgelesen")
    zaehle()  # what was said of the changes goes from the session with the first page
    assert zaehle() - vorher in {0, 1}  # the first change with one before it asks for that


def test_the_log_tells_nothing_of_what_is_said_in_an_internal_runde(rathaus, als):
    Runde.objects.update(sichtbarkeit="intern")
    a = trage_ein(als(rathaus.redaktion), rathaus)
    mache_stellungnahme(a)
    als(rathaus.redaktion).post(rathaus.in_runde("abwaegung", a.pk, "eingearbeitet"))
    als(rathaus.redaktion).post(rathaus.in_runde("anmerkungen", a.pk, "zurueckziehen"), {"grund": "Doppelt"})
    assert any(eintrag.startswith("Anmerkung vom Papier eingetragen: ") for eintrag in protokoll())
    assert any(eintrag.startswith("Als eingearbeitet vermerkt: ") for eintrag in protokoll())
    assert not any("Rn." in eintrag for eintrag in protokoll())
