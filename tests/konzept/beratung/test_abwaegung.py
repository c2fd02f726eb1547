"""The Abwägung: drafts and releases, two who answer at once, taking a wording over, and the table on paper."""

import io
from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now
from openpyxl import load_workbook

from konzept.beratung.abwaegungstabelle import als_xlsx, zeilen
from konzept.beratung.models import Anmerkung, Runde, Stellungnahme
from konzept.konten.models import Protokolleintrag
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


@pytest.fixture
def a(rathaus) -> Anmerkung:
    return mache_anmerkung(rathaus.runde, rathaus.mitglied, 2, text="Es gibt eine Liste.", anker=_anker(rathaus))


def _anker(rathaus) -> str:
    return f"abschnitt-{rathaus.kapitel.pk}"


def antworte(client, rathaus, a, knopf="_speichern", **felder):
    """Fill in the form as it is shown, and press a button."""
    ort = rathaus.in_runde("abwaegung", a.pk)
    return client.post(ort, eingaben(client.get(ort)) | felder | {knopf: "1"})


def test_a_draft_is_for_the_administration_and_a_release_for_everybody(rathaus, als, a):
    ort = rathaus.in_runde("anmerkungen")
    antworte(als(rathaus.redaktion), rathaus, a, ergebnis="uebernommen", begruendung="Wird ergänzt.")
    s = Stellungnahme.objects.get()
    assert (s.entworfen_von, s.freigegeben_am) == (rathaus.redaktion, None)
    karte = text(nach_id(seite_von(als(rathaus.mitglied).get(ort)), f"anmerkung-{a.pk}"))
    assert "Wird ergänzt." not in karte
    assert "offen" in karte
    als(rathaus.leitung).post(rathaus.in_runde("abwaegung", "freigeben"), {"a": [a.pk]})
    s.refresh_from_db()
    assert s.freigegeben_von == rathaus.leitung
    karte = text(nach_id(seite_von(als(rathaus.mitglied).get(ort)), f"anmerkung-{a.pk}"))
    assert "Wird ergänzt." in karte
    assert "übernommen" in karte
    assert Protokolleintrag.objects.filter(text__startswith="Stellungnahmen freigegeben (1)").exists()


def test_saving_and_releasing_at_once_is_for_the_leitung(rathaus, als, a):
    ort = rathaus.in_runde("abwaegung", a.pk)
    knopf = {"ergebnis": "kenntnis", "_freigeben": "1", "_version": "0"}
    assert als(rathaus.redaktion).post(ort, knopf).status_code == 403
    assert not Stellungnahme.objects.exists()
    antworte(als(rathaus.leitung), rathaus, a, knopf="_freigeben", ergebnis="kenntnis")
    assert Stellungnahme.objects.get().freigegeben_von == rathaus.leitung


def test_only_the_leitung_releases(rathaus, als, a):
    mache_stellungnahme(a)
    for konto, status in ((rathaus.redaktion, 403), (rathaus.mitglied, 403)):
        antwort = als(konto).post(rathaus.in_runde("abwaegung", "freigeben"), {"alle": "1"})
        assert antwort.status_code == status
    assert not Stellungnahme.objects.freigegebene().exists()


def test_many_are_released_at_once_and_nothing_of_another_runde(rathaus, als, a):
    andere = Runde.objects.create(fassung=rathaus.fassung, ende=localdate())
    fremde = mache_stellungnahme(mache_anmerkung(andere, rathaus.mitglied))
    mache_stellungnahme(a)
    mache_stellungnahme(mache_anmerkung(rathaus.runde, rathaus.zweites))
    client = als(rathaus.leitung)
    client.post(rathaus.in_runde("abwaegung", "freigeben"), {"a": [fremde.anmerkung_id, "9" * 30, "x"]})
    assert not Stellungnahme.objects.freigegebene().exists()
    client.post(rathaus.in_runde("abwaegung", "freigeben"), {"alle": "1"})
    assert Stellungnahme.objects.freigegebene().count() == 2
    fremde.refresh_from_db()
    assert fremde.freigegeben_am is None


@pytest.mark.parametrize("ergebnis", ["nicht", "teilweise"])
def test_what_is_not_taken_over_needs_a_reason(rathaus, als, a, ergebnis):
    antwort = antworte(als(rathaus.leitung), rathaus, a, ergebnis=ergebnis, aenderung="Nichts")
    assert "Begründen Sie" in fehler_am_feld(antwort, "id_begruendung")
    assert eingaben(antwort)["aenderung"] == ["Nichts"]


def test_two_who_answer_the_same_anmerkung_lose_nothing(rathaus, als, a):
    eins, zwei = als(rathaus.redaktion), als(rathaus.leitung)
    ort = rathaus.in_runde("abwaegung", a.pk)
    leer = eingaben(zwei.get(ort))
    antworte(eins, rathaus, a, ergebnis="uebernommen", begruendung="Vom Ersten")
    antwort = zwei.post(ort, leer | {"ergebnis": "nicht", "begruendung": "Vom Zweiten"})
    assert antwort.status_code == 409
    konflikt = text(nach_id(seite_von(antwort), "konflikt"))
    assert "Rita Redaktion" in konflikt
    assert "Vom Ersten" in konflikt
    assert "Vom Zweiten" in konflikt
    assert Stellungnahme.objects.get().begruendung == "Vom Ersten"
    assert zwei.post(ort, eingaben(antwort)).status_code == 302
    assert Stellungnahme.objects.get().begruendung == "Vom Zweiten"


def test_nobody_releases_what_they_may_not_read(rathaus, als):
    """While an internal Runde lasts, what somebody else has typed from paper is hidden from the Leitung too."""
    Runde.objects.update(sichtbarkeit="intern")
    papier = mache_anmerkung(rathaus.runde, rathaus.redaktion, papier_von="Frau Yilmaz")
    mache_stellungnahme(papier)
    als(rathaus.leitung).post(rathaus.in_runde("abwaegung", "freigeben"), {"a": [papier.pk]})
    assert Stellungnahme.objects.get().freigegeben_am is None


def test_an_answer_that_is_released_meanwhile_is_not_changed_under_its_readers(rathaus, als, a):
    mache_stellungnahme(a, begruendung="Freigegeben")
    client, ort = als(rathaus.redaktion), rathaus.in_runde("abwaegung", a.pk)
    daten = eingaben(client.get(ort))
    als(rathaus.leitung).post(rathaus.in_runde("abwaegung", "freigeben"), {"alle": "1"})
    antwort = client.post(ort, daten | {"begruendung": "Geändert"})
    assert antwort.status_code == 422
    assert eingaben(antwort)["begruendung"] == ["Geändert"]
    assert Stellungnahme.objects.get().begruendung == "Freigegeben"
    zuruecknehmen = rathaus.in_runde("abwaegung", a.pk, "zuruecknehmen")
    assert als(rathaus.leitung).post(zuruecknehmen).status_code == 422  # without a reason it stays
    assert Stellungnahme.objects.get().freigegeben_am
    als(rathaus.leitung).post(zuruecknehmen, {"grund": "Die Zahl war falsch."})
    assert Stellungnahme.objects.get().freigegeben_am is None


def test_and_next_leads_to_the_next_without_an_answer(rathaus, als, a):
    naechste = mache_anmerkung(rathaus.runde, rathaus.zweites, 3)
    antwort = antworte(als(rathaus.leitung), rathaus, a, knopf="_naechste", ergebnis="kenntnis")
    assert antwort.url == rathaus.in_runde("abwaegung", naechste.pk)


def test_the_filter(rathaus, als, a):
    entwurf, frei = (mache_anmerkung(rathaus.runde, rathaus.zweites, 3) for _ in range(2))
    mache_stellungnahme(entwurf, "teilweise", begruendung="x")
    mache_stellungnahme(frei, frei=True)
    papier = mache_anmerkung(rathaus.runde, rathaus.leitung, papier_von="Frau Yilmaz")
    client, ort = als(rathaus.leitung), rathaus.in_runde("abwaegung")
    beirat = rathaus.konzept.kommune.gremien.create(name="Beirat")
    beirat.sitze.create(benutzer=rathaus.zweites)

    def gezeigt(**frage):
        return {tr.get("id") for tr in seite_von(client.get(ort, frage)).iter("tr")} - {None}

    def zeilen_von(*anmerkungen):
        return {f"anmerkung-{x.pk}" for x in anmerkungen}

    assert gezeigt() == zeilen_von(a, entwurf, frei, papier)
    assert gezeigt(stand="offen") == zeilen_von(a, papier)
    assert gezeigt(stand="entwurf") == gezeigt(ergebnis="teilweise") == zeilen_von(entwurf)
    assert gezeigt(stand="freigegeben") == zeilen_von(frei)
    assert gezeigt(gremium=beirat.pk) == zeilen_von(entwurf, frei)


def test_what_is_private_or_taken_back_cannot_be_answered(rathaus, als):
    eigene = mache_anmerkung(rathaus.runde, rathaus.leitung, privat=True)
    weg = mache_anmerkung(rathaus.runde, rathaus.mitglied, zurueckgezogen_am=now())
    for a in (eigene, weg):
        for verb in ((), ("uebernehmen",), ("zuruecknehmen",), ("eingearbeitet",)):
            ort = rathaus.in_runde("abwaegung", a.pk, *verb)
            assert als(rathaus.leitung).post(ort, {"ergebnis": "kenntnis"}).status_code == 404
    assert not Stellungnahme.objects.exists()


def test_worked_in_can_be_noted_by_hand(rathaus, als, a):
    mache_stellungnahme(a)
    ort = rathaus.in_runde("abwaegung", a.pk, "eingearbeitet")
    als(rathaus.redaktion).post(ort)
    als(rathaus.leitung).post(ort)  # pressed by two at once, it stays noted
    assert Stellungnahme.objects.get().eingearbeitet_am
    als(rathaus.redaktion).post(ort, {"nein": "1"})
    assert Stellungnahme.objects.get().eingearbeitet_am is None


# The table


def test_the_table_holds_what_is_said_and_released_and_nothing_else(rathaus):
    mache_stellungnahme(
        mache_anmerkung(rathaus.runde, rathaus.mitglied, 2, text="Zwei", zitat="Überblick", vorschlag="Neu"),
        "nicht", frei=True, begruendung="Darum", aenderung="Keine",
    )  # fmt: skip
    mache_stellungnahme(mache_anmerkung(rathaus.runde, rathaus.mitglied, 1, text="Eins"), begruendung="Nur Entwurf")
    mache_anmerkung(rathaus.runde, rathaus.leitung, None, text="Ganzes", papier_von="Frau Yilmaz")
    mache_anmerkung(rathaus.runde, rathaus.mitglied, text="Geheim", privat=True)
    mache_anmerkung(rathaus.runde, rathaus.mitglied, text="Weg", zurueckgezogen_am=now())
    ganzes, eins, zwei = zeilen(Anmerkung.objects.all())
    assert (ganzes.rn, ganzes.anregung, ganzes.von) == (None, "Ganzes", "Frau Yilmaz (auf Papier)")
    assert (eins.rn, eins.ergebnis, eins.begruendung) == (1, "offen", "")
    assert zwei == (2, "Zwei", "Überblick", "Neu", "Mira Mitglied", "nicht übernommen", "Darum", "Keine")


@pytest.mark.parametrize("boese", ['=HYPERLINK("http://x";"y")', "+1", "-1", "@SUM(1)", "\t=1", "\x01=1"])
def test_no_cell_of_the_spreadsheet_is_a_formula(rathaus, boese):
    mache_stellungnahme(mache_anmerkung(rathaus.runde, rathaus.mitglied, text=boese), begruendung=boese, frei=True)
    blatt = load_workbook(io.BytesIO(als_xlsx(rathaus.runde, zeilen(Anmerkung.objects.all())))).active
    assert [z.value for z in blatt[1]] == ["Randnummer", "Anregung", "von", "Stellungnahme", "Änderung"]
    assert {z.data_type for z in blatt[2] if z.value is not None} <= {"s", "n"}
    assert blatt["B2"].value.endswith(boese.removeprefix("\x01"))
    assert blatt["B2"].quotePrefix


def test_a_title_with_signs_that_no_spreadsheet_can_hold_loses_only_them(rathaus):
    rathaus.runde.fassung.titel = "Kon\ufffezept\x01"
    mappe = load_workbook(io.BytesIO(als_xlsx(rathaus.runde, [])))
    assert mappe.properties.title == "Abwägungstabelle: Konzept"


def test_both_files_are_for_the_administration_and_logged(rathaus, als, a):
    for name, typ in (("tabelle.pdf", "application/pdf"), ("tabelle.xlsx", "spreadsheetml")):
        ort = rathaus.in_runde("abwaegung") + name
        antwort = als(rathaus.redaktion).get(ort)
        assert typ in antwort["Content-Type"]
        assert "no-store" in antwort["Cache-Control"]
        assert als(rathaus.mitglied).get(ort).status_code == 403
        assert als(mache_benutzer()).get(ort).status_code == 404
    assert Protokolleintrag.objects.filter(text__startswith="Abwägungstabelle").count() == 2


def test_an_internal_table_is_empty_for_the_administration_until_the_end(rathaus, als, a):
    Runde.objects.update(sichtbarkeit="intern")
    ort = rathaus.in_runde("abwaegung") + "tabelle.xlsx"

    def blatt():
        return load_workbook(io.BytesIO(als(rathaus.leitung).get(ort).content)).active

    assert blatt().max_row == 1
    gestern = localdate() - timedelta(days=1)
    Runde.objects.update(beginn=gestern, ende=gestern)
    assert blatt().max_row == 2


def test_an_answer_is_not_released_to_other_words_than_those_it_was_written_for(rathaus, als, a):
    mache_stellungnahme(a, begruendung="Übernehmen wir.")
    mitglied, ort = als(a.verfasser), rathaus.in_runde("anmerkungen", a.pk, "bearbeiten")
    mitglied.post(ort, eingaben(mitglied.get(ort)) | {"text": "Das Gegenteil.", "_speichern": "1"})
    leitung, freigeben = als(rathaus.leitung), rathaus.in_runde("abwaegung", "freigeben")
    seite = text(seite_von(leitung.post(freigeben, {"alle": "1"}, follow=True)))
    assert Stellungnahme.objects.get().freigegeben_am is None
    assert "nach dem Entwurf der Stellungnahme geändert" in seite
    assert "Entwurf, Anmerkung danach geändert" in text(seite_von(leitung.get(rathaus.in_runde("anmerkungen"))))

    stellungnahme = rathaus.in_runde("abwaegung", a.pk)
    leitung.post(stellungnahme, eingaben(leitung.get(stellungnahme)) | {"_speichern": "1"})
    leitung.post(freigeben, {"alle": "1"})
    assert Stellungnahme.objects.get().freigegeben_am
