"""Saying something: who may, how long, what is refused, what stays private, and that nothing typed is lost."""

from datetime import timedelta

import pytest
from django.db.models import Q
from django.test import Client
from django.utils.timezone import localdate, now

from konzept.beratung.models import Anmerkung, Runde
from konzept.verlauf.models import Aenderung
from tests.fabrik import (
    eingaben,
    fehler_am_feld,
    mache_anmerkung,
    mache_benutzer,
    mache_stellungnahme,
    nach_id,
    seite_von,
    text,
)

pytestmark = pytest.mark.datenbank

GESTERN = localdate() - timedelta(days=1)


def merke_an(client, ort: str, **felder):
    """Fill in the form at this address as it is shown, and press "Speichern"."""
    return client.post(ort, eingaben(client.get(ort)) | felder | {"_speichern": "1"})


def ende_die_runde():
    Runde.objects.update(beginn=GESTERN - timedelta(days=1), ende=GESTERN)


def test_an_anmerkung_is_kept_with_its_place_and_leads_back_to_it(rathaus, als):
    client = als(rathaus.mitglied)
    antwort = merke_an(client, rathaus.in_runde("anmerken") + "?rn=2", text="Es gibt eine Liste.", zitat="Überblick")
    a = Anmerkung.objects.get()
    assert (a.rn, a.anker) == (2, f"abschnitt-{rathaus.kapitel.pk}")
    assert (a.text, a.zitat) == ("Es gibt eine Liste.", "Überblick")
    assert (a.verfasser, a.privat, a.vorschlag) == (rathaus.mitglied, False, "")
    assert antwort.url == rathaus.in_runde("pruefen", f"abschnitt-{rathaus.kapitel.pk}") + "#rn-2"
    seite = seite_von(als(rathaus.zweites).get(antwort.url))
    assert "Es gibt eine Liste." in text(nach_id(seite, f"anmerkung-{a.pk}"))
    assert "Mira Mitglied" in text(nach_id(seite, f"anmerkung-{a.pk}"))


def test_the_words_that_were_selected_stand_in_the_form(rathaus, als):
    ort = rathaus.in_runde("anmerken") + "?rn=2&zitat=ein+gemeinsamer"
    assert eingaben(als(rathaus.mitglied).get(ort))["zitat"] == ["ein gemeinsamer"]


def test_on_the_whole_without_a_randnummer(rathaus, als):
    merke_an(als(rathaus.mitglied), rathaus.in_runde("anmerken"), text="Insgesamt gut.")
    assert Anmerkung.objects.get().rn is None
    assert "Insgesamt gut." in text(seite_von(als(rathaus.redaktion).get(rathaus.in_runde("anmerkungen"))))


@pytest.mark.parametrize("rn", ["0", "6", "99999999999999999999", "-1", "zwei", "²"])
def test_a_randnummer_that_is_not_there(rathaus, als, rn):
    assert als(rathaus.mitglied).get(rathaus.in_runde("anmerken"), {"rn": rn}).status_code == 404


def test_another_wording_starts_from_the_paragraph_and_counts_only_when_changed(rathaus, als):
    client, ort = als(rathaus.mitglied), rathaus.in_runde("anmerken") + "?rn=2"
    vorgabe = "Bisher fehlt ein gemeinsamer Überblick über Anlaufstellen."
    assert eingaben(client.get(ort))["vorschlag"] == [vorgabe]
    merke_an(client, ort, text="Ohne Vorschlag")
    assert Anmerkung.objects.get().vorschlag == ""
    merke_an(client, ort, text="Mit Vorschlag", vorschlag="Bisher fehlt jeder Überblick über Anlaufstellen.")
    a = Anmerkung.objects.get(text="Mit Vorschlag")
    karte = nach_id(seite_von(client.get(rathaus.in_runde("anmerkungen"))), f"anmerkung-{a.pk}")
    assert "gemeinsamer" in " ".join(text(k) for k in karte.iter("del"))
    assert "jeder" in " ".join(text(k) for k in karte.iter("ins"))


@pytest.mark.parametrize("leer", ["", "   ", "\r\n \t\r\n"])
def test_white_space_says_nothing(rathaus, als, leer):
    antwort = merke_an(als(rathaus.mitglied), rathaus.in_runde("anmerken") + "?rn=1", text=leer)
    assert fehler_am_feld(antwort, "id_text") == "Schreiben Sie, was Sie anmerken möchten."
    assert not Anmerkung.objects.exists()


def test_twenty_thousand_signs_fit_and_more_stay_in_the_form(rathaus, als):
    client, ort = als(rathaus.mitglied), rathaus.in_runde("anmerken") + "?rn=1"
    lang = "ä" * 19_998 + "\r\nß"
    assert merke_an(client, ort, text=lang).status_code == 302
    assert len(Anmerkung.objects.get().text) == 20_000
    antwort = merke_an(client, ort, text=f"x{lang}")
    assert "Höchstens 20.000 Zeichen" in fehler_am_feld(antwort, "id_text")
    assert eingaben(antwort)["text"] == [f"x{lang}"]


def test_a_private_note_is_read_by_nobody_else(rathaus, als):
    merke_an(als(rathaus.mitglied), rathaus.in_runde("anmerken") + "?rn=1", text="Nachfragen bei Ayse", privat="on")
    kapitel = rathaus.in_runde("pruefen", f"abschnitt-{rathaus.kapitel.pk}")
    assert "Nachfragen bei Ayse" in text(seite_von(als(rathaus.mitglied).get(kapitel)))
    a = Anmerkung.objects.get()
    superuser = mache_benutzer(is_superuser=True, is_staff=True)
    for ende in (False, True):
        if ende:
            ende_die_runde()
        for konto in (rathaus.zweites, rathaus.leitung, rathaus.redaktion, superuser):
            client = als(konto)
            orte = [kapitel, rathaus.in_runde("anmerkungen"), rathaus.in_runde("anmerken") + "?rn=1"]
            orte += [rathaus.in_runde(), rathaus.ort(), rathaus.in_runde("abwaegung")]
            antworten = [client.get(ort) for ort in orte]
            assert not any(b"Ayse" in antwort.content for antwort in antworten)
            assert not any(f"anmerkung-{a.pk}".encode() in antwort.content for antwort in antworten)
            for verb in ("bearbeiten", "zurueckziehen"):
                assert client.get(rathaus.in_runde("anmerkungen", a.pk, verb)).status_code == 404
            assert client.get(rathaus.in_runde("abwaegung", a.pk)).status_code in {403, 404}
    assert not Aenderung.objects.filter(Q(stand__icontains="Ayse") | Q(titel__icontains="Ayse")).exists()


def test_a_private_note_is_not_counted_anywhere(rathaus, als):
    mache_anmerkung(rathaus.runde, rathaus.mitglied, privat=True)
    assert "0 Anmerkungen" in text(seite_von(als(rathaus.leitung).get(rathaus.ort())))
    assert "0 Anmerkungen: 0 ohne" in text(seite_von(als(rathaus.leitung).get(rathaus.in_runde("abwaegung"))))


def test_an_internal_runde_is_closed_to_the_administration_until_its_end(rathaus, als):
    Runde.objects.update(sichtbarkeit="intern")
    mache_anmerkung(rathaus.runde, rathaus.mitglied, text="Unter uns")
    orte = [rathaus.in_runde("pruefen", f"abschnitt-{rathaus.kapitel.pk}"), rathaus.in_runde("anmerkungen")]
    orte += [rathaus.in_runde("abwaegung"), rathaus.in_runde("anmerken") + "?rn=1"]
    a = Anmerkung.objects.get()
    for ort in orte:
        assert b"Unter uns" not in als(rathaus.leitung).get(ort).content
        assert b"0 Anmerkungen:" in als(rathaus.leitung).get(rathaus.in_runde("abwaegung")).content
    assert als(rathaus.leitung).get(rathaus.in_runde("abwaegung", a.pk)).status_code == 404
    assert "Eine Anmerkung" not in text(seite_von(als(rathaus.leitung).get(rathaus.ort())))
    assert b"Unter uns" in als(rathaus.zweites).get(orte[0]).content
    ende_die_runde()
    for ort in orte:
        assert b"Unter uns" in als(rathaus.leitung).get(ort).content


def test_before_its_beginning_and_after_its_end_nobody_comments(rathaus, als):
    client, ort = als(rathaus.mitglied), rathaus.in_runde("anmerken") + "?rn=1"
    for tage in ({"beginn": localdate() + timedelta(days=1)}, {"beginn": GESTERN - timedelta(days=1), "ende": GESTERN}):
        Runde.objects.update(**tage)
        antwort = client.post(ort, {"text": "Zu spät oder zu früh", "_version": "1"})
        assert antwort.status_code == 422
    assert not Anmerkung.objects.exists()


def test_what_is_typed_while_the_runde_ends_is_kept(rathaus, als):
    client, ort = als(rathaus.mitglied), rathaus.in_runde("anmerken") + "?rn=1"
    daten = eingaben(client.get(ort)) | {"text": "Fast fertig"}
    ende_die_runde()
    antwort = client.post(ort, daten | {"_speichern": "1"})
    assert antwort.status_code == 422
    assert eingaben(antwort)["text"] == ["Fast fertig"]
    assert "Die Runde ist zu Ende" in text(nach_id(seite_von(antwort), "fehler"))
    assert client.post(ort, daten | {"_privat": "1"}).status_code == 302
    assert (Anmerkung.objects.get().text, Anmerkung.objects.get().privat) == ("Fast fertig", True)


def test_an_own_anmerkung_whose_change_comes_too_late_is_kept_in_the_form(rathaus, als):
    a = mache_anmerkung(rathaus.runde, rathaus.mitglied)
    client, ort = als(rathaus.mitglied), rathaus.in_runde("anmerkungen", a.pk, "bearbeiten")
    daten = eingaben(client.get(ort)) | {"text": "Viel besser"}
    ende_die_runde()
    antwort = client.post(ort, daten)
    assert antwort.status_code == 422
    assert eingaben(antwort)["text"] == ["Viel besser"]
    a.refresh_from_db()
    assert (a.text, a.privat) == ("Zu lang.", False)


def test_a_change_that_comes_after_the_answer_is_kept_in_the_form(rathaus, als):
    a = mache_anmerkung(rathaus.runde, rathaus.mitglied)
    client, ort = als(rathaus.mitglied), rathaus.in_runde("anmerkungen", a.pk, "bearbeiten")
    daten = eingaben(client.get(ort)) | {"text": "Viel besser"}
    mache_stellungnahme(a, frei=True)
    antwort = client.post(ort, daten)
    assert antwort.status_code == 422
    assert eingaben(antwort)["text"] == ["Viel besser"]
    assert "inzwischen geantwortet" in text(nach_id(seite_von(antwort), "fehler"))
    a.refresh_from_db()
    assert a.text == "Zu lang."


def test_text_of_an_expired_session_comes_back(rathaus, als):
    client, ort = als(rathaus.mitglied), rathaus.in_runde("anmerken") + "?rn=1"
    daten = eingaben(client.get(ort)) | {"text": "Nicht verloren"}
    client.logout()
    antwort = client.post(ort, daten)
    assert antwort.status_code == 401
    assert "Nicht+verloren" in antwort.content.decode()


def test_whoever_is_not_asked_does_not_comment(rathaus, als):
    """Staff lead the Beratung and answer; they comment where they are asked in person."""
    ort = rathaus.in_runde("anmerken") + "?rn=1"
    assert als(rathaus.redaktion).post(ort, {"text": "x"}).status_code == 403
    assert als(mache_benutzer(rathaus.konzept.kommune, "gremium")).post(ort, {"text": "x"}).status_code == 404
    assert Client().post(ort, {"text": "x"}).status_code == 401
    assert not Anmerkung.objects.exists()
    rathaus.runde.personen.add(rathaus.redaktion)
    merke_an(als(rathaus.redaktion), ort, text="Als Person gefragt")
    assert Anmerkung.objects.get().verfasser == rathaus.redaktion


def test_an_own_anmerkung_is_changed_and_taken_back(rathaus, als):
    a = mache_anmerkung(rathaus.runde, rathaus.mitglied, text="Alt")
    client = als(rathaus.mitglied)
    merke_an(client, rathaus.in_runde("anmerkungen", a.pk, "bearbeiten"), text="Neu")
    a.refresh_from_db()
    assert (a.text, a.version) == ("Neu", 2)
    client.post(rathaus.in_runde("anmerkungen", a.pk, "zurueckziehen"))
    liste = rathaus.in_runde("anmerkungen")
    assert b"Neu</p>" not in als(rathaus.zweites).get(liste).content
    assert "zurückgezogen" in text(nach_id(seite_von(client.get(liste)), f"anmerkung-{a.pk}"))
    assert not Aenderung.objects.exists()


def test_two_windows_of_one_person_do_not_overwrite_each_other(rathaus, als):
    a = mache_anmerkung(rathaus.runde, rathaus.mitglied, text="Anfang")
    client, ort = als(rathaus.mitglied), rathaus.in_runde("anmerkungen", a.pk, "bearbeiten")
    daten = eingaben(client.get(ort))
    client.post(ort, daten | {"text": "Erstes Fenster"})
    antwort = client.post(ort, daten | {"text": "Zweites Fenster"})
    assert antwort.status_code == 409
    konflikt = text(nach_id(seite_von(antwort), "konflikt"))
    assert "Erstes Fenster" in konflikt
    assert "Zweites Fenster" in konflikt


@pytest.mark.parametrize("fall", ["another person", "answered", "ended", "withdrawn"])
def test_what_can_no_longer_be_changed(rathaus, als, fall):
    a = mache_anmerkung(rathaus.runde, rathaus.mitglied)
    konto = rathaus.zweites if fall == "another person" else rathaus.mitglied
    match fall:
        case "answered":
            mache_stellungnahme(a, frei=True)
        case "ended":
            ende_die_runde()
        case "withdrawn":
            Anmerkung.objects.update(zurueckgezogen_am=now())
    for verb in ("bearbeiten", "zurueckziehen"):
        ort = rathaus.in_runde("anmerkungen", a.pk, verb)
        assert als(konto).get(ort).status_code == 403
        status = 422 if verb == "bearbeiten" and konto == rathaus.mitglied else 403  # what was typed comes back
        assert als(konto).post(ort, {"text": "Geändert", "_version": "1"}).status_code == status
    assert Anmerkung.objects.get().text == "Zu lang."


def test_a_private_note_can_be_deleted_even_after_the_end(rathaus, als):
    a = mache_anmerkung(rathaus.runde, rathaus.mitglied, privat=True)
    ende_die_runde()
    als(rathaus.mitglied).post(rathaus.in_runde("anmerkungen", a.pk, "zurueckziehen"))
    assert not Anmerkung.objects.exists()


# Paper


def test_paper_is_entered_in_the_name_of_its_author_also_after_the_end(rathaus, als):
    ende_die_runde()
    client, ort = als(rathaus.redaktion), rathaus.in_runde("papier")
    daten = eingaben(client.get(ort)) | {"papier_von": "Frau Yilmaz, Integrationsrat", "rn": "2", "text": "Handschrift"}
    antwort = client.post(ort, daten | {"_naechste": "1"})
    assert eingaben(client.get(antwort.url))["papier_von"] == ["Frau Yilmaz, Integrationsrat"]
    a = Anmerkung.objects.get()
    assert (a.rn, a.anker, a.verfasser) == (2, f"abschnitt-{rathaus.kapitel.pk}", rathaus.redaktion)
    karte = text(nach_id(seite_von(als(rathaus.mitglied).get(rathaus.in_runde("anmerkungen"))), f"anmerkung-{a.pk}"))
    assert "Frau Yilmaz, Integrationsrat (auf Papier)" in karte
    assert "Rita" not in karte


def test_paper_names_a_person_and_a_number_that_is_there(rathaus, als):
    ort = rathaus.in_runde("papier")
    antwort = als(rathaus.leitung).post(ort, {"text": "x", "rn": "77"})
    assert "von 1 bis 5" in fehler_am_feld(antwort, "id_rn")
    assert "von wem" in fehler_am_feld(antwort, "id_papier_von")
    assert als(rathaus.mitglied).get(ort).status_code == 403


# Accounts


def test_the_page_of_ones_own_data_counts_what_the_file_holds(rathaus, als):
    for privat in (False, False, True):
        mache_anmerkung(rathaus.runde, rathaus.mitglied, privat=privat)
    mache_anmerkung(rathaus.runde, rathaus.zweites)
    seite = text(seite_von(als(rathaus.mitglied).get("/konto/daten/")))
    assert "Anmerkungen 2 von Ihnen" in seite
    assert "Private Notizen 1, die nur Sie lesen" in seite
    assert "Sitze in Gremien Integrationsrat (Stadt Musterhausen)" in seite


def test_the_extract_holds_what_somebody_said_and_erasing_takes_the_private_notes(rathaus):
    from konzept.konten.daten import auszug, loesche_konto

    mache_anmerkung(rathaus.runde, rathaus.mitglied, text="Öffentlich gesagt")
    mache_anmerkung(rathaus.runde, rathaus.mitglied, text="Nur für mich", privat=True)
    mache_anmerkung(rathaus.runde, rathaus.zweites, text="Von jemand anderem")
    inhalt = auszug(rathaus.mitglied)
    assert [a["text"] for a in inhalt["anmerkungen"]] == ["Öffentlich gesagt", "Nur für mich"]
    assert inhalt["sitze_in_gremien"][0]["gremium"] == "Integrationsrat"
    loesche_konto(rathaus.mitglied)
    assert {a.text for a in Anmerkung.objects.all()} == {"Öffentlich gesagt", "Von jemand anderem"}
    assert Anmerkung.objects.get(text="Öffentlich gesagt").von == "ehemaliges Mitglied"
    assert not rathaus.mitglied.sitze.exists()


def test_what_was_said_stays_said_after_the_end_and_a_note_is_one_of_its_own(rathaus, als):
    """Nobody takes back by a private note what the others and the administration have read."""
    a = mache_anmerkung(rathaus.runde, rathaus.mitglied, text="So gesagt")
    ende_die_runde()
    client, ort = als(rathaus.mitglied), rathaus.in_runde("anmerkungen", a.pk, "bearbeiten")
    nicht_mehr = client.post(ort, {"text": "Anders", "privat": "on", "_version": "1"})
    assert nicht_mehr.status_code == 422
    assert client.post(ort, {"text": "Für mich", "_privat": "1", "_version": "1"}).status_code == 302
    gesagt, notiz = Anmerkung.objects.order_by("pk")
    assert (gesagt.text, gesagt.privat, gesagt.rn) == ("So gesagt", False, 1)
    assert (notiz.text, notiz.privat, notiz.rn) == ("Für mich", True, 1)


def test_a_note_that_is_said_to_the_others_is_new_to_them(rathaus, als):
    a = mache_anmerkung(rathaus.runde, rathaus.mitglied, privat=True)
    als(rathaus.zweites).post(rathaus.in_runde("gelesen"))
    client, ort = als(rathaus.mitglied), rathaus.in_runde("anmerkungen", a.pk, "bearbeiten")
    daten = eingaben(client.get(ort))
    del daten["privat"]
    client.post(ort, daten | {"_speichern": "1"})
    seite = seite_von(als(rathaus.zweites).get(rathaus.in_runde("anmerkungen")))
    assert "Eine Anmerkung ist neu für Sie." in text(seite)
