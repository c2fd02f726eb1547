"""The pages of a Vorlage as somebody uses them."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from konzept.fassungen.vorgaenge import festschreiben
from konzept.heute import am, heute
from konzept.konten.models import Protokolleintrag
from konzept.models import Konzept
from konzept.verlauf.models import Aenderung, Geloeschtes
from konzept.vorgaenge import loesche
from konzept.vorlagen.models import Kopfzeile, Punktergebnis, Vorlage, Vorlagenkopf
from tests.fabrik import (
    eingaben,
    fehler_am_feld,
    mache_benutzer,
    mache_beschlussfassung,
    mache_fuelle,
    mache_vorlage,
    seite_von,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]


def ort(name: str, zeile, **weitere) -> str:
    konzept = zeile if isinstance(zeile, Konzept) else zeile.konzept
    werte = {"kommune": konzept.kommune.slug, "konzept": konzept.slug} | weitere
    if zeile is not konzept:
        werte["pk"] = zeile.pk
    return reverse(name, kwargs=werte)


def ergebnis_ort(vorlage, station) -> str:
    return ort("vorlagen:ergebnis", vorlage, station=station.pk)


# New


def test_a_new_vorlage_begins_with_what_is_known(client, konzept):
    daten = eingaben(client.get(ort("vorlagen:neu", konzept)))
    assert daten["betreff"] == ["Integrationskonzept"]
    antwort = client.post(ort("vorlagen:neu", konzept), daten)
    vorlage = Vorlage.objects.get()
    assert antwort.url == ort("vorlagen:bearbeiten", vorlage)
    erster, zweiter = vorlage.beschlusspunkte.all()
    assert erster.text == "„Integrationskonzept“ (Anlage 1) wird beschlossen."
    assert "Verwaltung" in zweiter.text


@pytest.mark.parametrize(
    ("art", "punkte", "abschnitte"),
    [("information", ["„Integrationskonzept“ (Anlage 1) wird zur Kenntnis genommen."], []), ("antrag", [], ["Antrag"])],
)
def test_other_kinds_begin_otherwise(client, konzept, art, punkte, abschnitte):
    client.post(ort("vorlagen:neu", konzept), eingaben(client.get(ort("vorlagen:neu", konzept))) | {"art": art})
    vorlage = Vorlage.objects.get()
    assert [p.text for p in vorlage.beschlusspunkte.all()] == punkte
    assert [a.titel for a in vorlage.abschnitte.all()] == abschnitte


# Editing


def test_everything_on_the_sheet_is_edited_on_one_page(client, konzept, rat):
    vorlage = mache_vorlage(konzept, rat)
    seite = ort("vorlagen:bearbeiten", vorlage)
    daten = eingaben(client.get(seite))
    for prefix in ("vorgaenge", "unterschriften", "stationen"):
        daten = eingaben(client.post(seite, daten | {"_zeilen": f"{prefix}:neu"}))
    daten |= {
        "nummer": "SV-9-0667",
        "datum": "3.11.2026",
        "stellenanteile": "1,5",
        "beschlusspunkte-0-text": "Der Rat beschließt.",
        "vorgaenge-1-nummer": "§ 8782 (M 132)",
        "unterschriften-1-name": "A. Muster",
        "unterschriften-1-zusatz": "In Vertretung",
        "stationen-1-gremium": str(rat.pk),
        "stationen-1-rolle": "entscheidung",
        "stationen-1-datum": "15.12.2026",
    }
    assert client.post(seite, daten).status_code == 302
    vorlage = Vorlage.objects.get()
    assert str(vorlage) == "SV-9-0667: Integrationskonzept"
    assert (f"{vorlage.datum:%d.%m.%Y}", str(vorlage.stellenanteile)) == ("03.11.2026", "1.50")
    assert vorlage.beschlusspunkte.first().text == "Der Rat beschließt."
    assert vorlage.vorgaenge.last().nummer == "§ 8782 (M 132)"
    assert str(vorlage.unterschriften.last()) == "A. Muster"
    assert str(vorlage.entscheidung) == "Rat (15.12.2026)"
    assert vorlage.stationen.first().punktergebnisse.count() == 2, "results are not touched here"


def test_a_mistake_stands_at_its_field_and_nothing_is_lost(client, konzept):
    vorlage = mache_vorlage(konzept)
    seite = ort("vorlagen:bearbeiten", vorlage)
    daten = eingaben(client.get(seite)) | {"betreff": "", "datum": "irgendwann", "sachverhalt": "Lange geschrieben"}
    antwort = client.post(seite, daten)
    assert antwort.status_code == 422
    assert "worum es geht" in fehler_am_feld(antwort, "id_betreff")
    assert "Tag.Monat.Jahr" in fehler_am_feld(antwort, "id_datum")
    assert eingaben(antwort)["sachverhalt"] == ["Lange geschrieben"]
    assert Vorlage.objects.get().betreff == "Integrationskonzept"


def test_two_who_edit_at_once_see_each_other(client, konzept):
    vorlage = mache_vorlage(konzept)
    seite = ort("vorlagen:bearbeiten", vorlage)
    daten = eingaben(client.get(seite))
    client.post(seite, daten | {"nummer": "V 1"})
    antwort = client.post(seite, daten | {"nummer": "V 2"})
    assert antwort.status_code == 409
    assert eingaben(antwort)["nummer"] == ["V 2"]
    assert Vorlage.objects.get().nummer == "V 1"


def test_deleted_meanwhile_it_can_be_brought_back_with_what_was_typed(client, konzept, rat):
    vorlage = mache_vorlage(konzept, rat)
    seite = ort("vorlagen:bearbeiten", vorlage)
    daten = eingaben(client.get(seite))
    loesche(element=vorlage, konto=None)
    assert client.get(ort("vorlagen:detail", vorlage)).status_code == 404
    assert client.post(seite, daten | {"nummer": "V 2"}).status_code == 410
    zurueck = ort("werkbank:zurueckholen", konzept, pk=Geloeschtes.objects.get().pk)
    assert client.post(zurueck).url == seite
    assert eingaben(client.get(seite))["nummer"] == ["V 2"]
    assert Punktergebnis.objects.count() == 2


def test_who_loses_the_role_while_typing_gets_the_text_to_copy(konzept, rat):
    konto = mache_benutzer(konzept.kommune, "redaktion")
    client = Client()
    client.force_login(konto)
    vorlage = mache_vorlage(konzept, rat)
    for seite, feld in (
        (ort("vorlagen:bearbeiten", vorlage), "sachverhalt"),
        (ergebnis_ort(vorlage, vorlage.stationen.get()), "bemerkung"),
        (ort("vorlagen:neu", konzept), "betreff"),
    ):
        konto.mitgliedschaften.update(rolle="redaktion")
        daten = eingaben(client.get(seite)) | {feld: "Lange geschrieben"}
        konto.mitgliedschaften.update(rolle="lesen")
        antwort = client.post(seite, daten)
        assert antwort.status_code == 403
        assert "Lange geschrieben" in antwort.content.decode()


def test_history_and_deleting_lead_back_to_the_list(client, konzept):
    vorlage = mache_vorlage(konzept)
    seite = ort("vorlagen:bearbeiten", vorlage)
    client.post(seite, eingaben(client.get(seite)) | {"nummer": "V 1"})
    verlauf = client.get(ort("werkbank:verlauf", vorlage, art="vorlagen"))
    assert "V 1" in verlauf.content.decode()
    loeschen = ort("werkbank:loeschen", vorlage, art="vorlagen")
    assert client.post(loeschen).url == ort("vorlagen:liste", konzept)
    assert not Vorlage.objects.exists()


def test_an_earlier_state_comes_back_with_its_results(client, konzept, rat):
    vorlage = mache_vorlage(konzept, rat)
    seite = ort("vorlagen:bearbeiten", vorlage)
    daten = eingaben(client.get(seite))
    client.post(seite, daten | {"stationen-0-DELETE": "on", "beschlusspunkte-0-DELETE": "on"})
    assert not Punktergebnis.objects.exists()
    ausgang = Aenderung.objects.order_by("pk").first()
    zurueck = ort("werkbank:wiederherstellen", vorlage, art="vorlagen", aenderung=ausgang.pk)
    assert client.post(zurueck, eingaben(client.get(zurueck))).status_code == 302
    assert {str(e) for e in Punktergebnis.objects.all()} == {
        "Punkt 1: einstimmig beschlossen",
        "Punkt 2: einstimmig beschlossen",
    }


# The result of a sitting


@pytest.fixture
def station(konzept, rat):
    vorlage = mache_vorlage(konzept)
    return vorlage.stationen.create(gremium=rat, rolle="entscheidung")


def test_the_result_of_a_sitting_also_point_by_point(client, station):
    seite = ergebnis_ort(station.vorlage, station)
    zweiter = station.vorlage.beschlusspunkte.last()
    daten = eingaben(client.get(seite)) | {
        "ergebnis": "mehrheitlich", "ja": "32", "nein": "4", "enthaltung": "1", "datum": "15.12.2025",
        f"punkt-{zweiter.pk}-ergebnis": "abgelehnt", f"punkt-{zweiter.pk}-nein": "20",
    }  # fmt: skip
    assert client.post(seite, daten).url == ort("vorlagen:detail", station.vorlage)
    station.refresh_from_db()
    assert (station.get_ergebnis_display(), station.stimmen) == (
        "mehrheitlich beschlossen",
        "32\u00a0Ja, 4\u00a0Nein, 1\u00a0Enthaltung",
    )
    assert [(e.punkt, e.ergebnis, e.nein) for e in station.punktergebnisse.all()] == [(zweiter, "abgelehnt", 20)]
    assert Aenderung.objects.first().stand["teile"]["stationen"][0]["felder"]["ja"] == 32
    daten = eingaben(client.get(seite)) | {f"punkt-{zweiter.pk}-ergebnis": "", f"punkt-{zweiter.pk}-nein": ""}
    client.post(seite, daten)
    assert not Punktergebnis.objects.exists()


@pytest.mark.parametrize(
    ("eingabe", "feld", "satz"),
    [
        ({"ergebnis": "einstimmig", "nein": "1"}, "id_ergebnis", "nicht einstimmig"),
        ({"ja": "12"}, "id_ergebnis", "auch das Ergebnis"),
        ({"ergebnis": "mehrheitlich", "ja": "viele"}, "id_ja", "Zahl der Stimmen"),
        ({"ergebnis": "mehrheitlich", "ja": "99999"}, "id_ja", "höchstens 999"),
        ({"datum": "31.2.2026"}, "id_datum", "Tag.Monat.Jahr"),
    ],
)
def test_a_result_that_cannot_be_is_refused_at_its_field(client, station, eingabe, feld, satz):
    seite = ergebnis_ort(station.vorlage, station)
    antwort = client.post(seite, eingaben(client.get(seite)) | eingabe)
    assert antwort.status_code == 422
    assert satz in fehler_am_feld(antwort, feld)
    station.refresh_from_db()
    assert station.ergebnis == ""


def test_votes_on_a_point_need_a_result(client, station):
    seite = ergebnis_ort(station.vorlage, station)
    punkt = station.vorlage.beschlusspunkte.first()
    antwort = client.post(seite, eingaben(client.get(seite)) | {f"punkt-{punkt.pk}-ja": "3"})
    assert antwort.status_code == 422
    assert "auch das Ergebnis" in fehler_am_feld(antwort, f"id_punkt-{punkt.pk}-ergebnis")


@pytest.mark.parametrize(
    ("tage", "ergebnis", "satz"),
    [
        (1, "einstimmig", "war noch nicht"),
        (1, "vertagt", "war noch nicht"),
        (1, "abgesetzt", ""),
        (1, "", ""),
        (0, "einstimmig", ""),
        (-365 * 1000, "einstimmig", "Stimmt das Jahr"),
    ],
)
def test_a_sitting_that_has_not_been_held_has_no_result(client, station, tage, ergebnis, satz):
    wo, tag = ergebnis_ort(station.vorlage, station), am(heute() + timedelta(days=tage))
    antwort = client.post(wo, eingaben(client.get(wo)) | {"datum": tag, "ergebnis": ergebnis})
    station.refresh_from_db()
    assert antwort.status_code == (422 if satz else 302)
    assert station.ergebnis == ("" if satz else ergebnis)
    if satz:
        assert satz in fehler_am_feld(antwort, "id_datum")


def test_a_sitting_with_a_result_is_not_moved_into_the_future(client, station):
    station.ergebnis, station.datum = "einstimmig", heute()
    station.save()
    wo = ort("vorlagen:bearbeiten", station.vorlage)
    daten = eingaben(client.get(wo))
    antwort = client.post(wo, daten | {"stationen-0-datum": am(heute() + timedelta(days=1))})
    assert "war noch nicht" in fehler_am_feld(antwort, "id_stationen-0-datum")
    station.refresh_from_db()
    assert station.datum == heute()


@pytest.mark.parametrize(("tage", "gruen"), [(0, True), (1, False), (None, False)])
def test_while_something_hinders_the_page_does_not_say_that_it_is_adopted(client, station, tage, gruen):
    station.ergebnis, station.rolle = "einstimmig", "entscheidung"
    station.datum = None if tage is None else heute() + timedelta(days=tage)
    station.save()
    for rolle in ("redaktion", "lesen"):
        client.force_login(mache_benutzer(station.vorlage.konzept.kommune, rolle))
        seite = seite_von(client.get(ort("vorlagen:detail", station.vorlage)))
        (kasten,) = seite.xpath("//section[@aria-labelledby='beschlossen']")
        assert ("kern-alert--success" in kasten.get("class")) == gruen
        assert (text(kasten.find(".//h2")) == "Beschlossen") == gruen
        assert ("Solange kann keine Beschlussfassung" in text(kasten)) != gruen
        assert ("Schreiben Sie das Konzept so fest" in text(kasten)) == (gruen and rolle == "redaktion")


def test_a_station_of_another_vorlage_does_not_exist_here(client, station, konzept):
    andere = mache_vorlage(konzept)
    assert client.get(ergebnis_ort(andere, station)).status_code == 404


@pytest.mark.parametrize(
    ("rolle", "ergebnis", "bietet_an"),
    [
        ("entscheidung", "einstimmig", True),
        ("entscheidung", "geaendert", True),
        ("entscheidung", "vertagt", False),
        ("entscheidung", "", False),
        ("empfehlung", "einstimmig", False),
    ],
)
def test_once_it_is_decided_the_page_offers_to_freeze_it(client, station, rolle, ergebnis, bietet_an):
    station.rolle, station.ergebnis = rolle, ergebnis
    station.save()
    seite = seite_von(client.get(ort("vorlagen:detail", station.vorlage)))
    formular = ort("fassungen:neu", station.vorlage.konzept)
    ziele = {a.get("href") for a in seite.iter("a") if (a.get("href") or "").startswith(formular)}
    assert ziele == ({f"{formular}?art=beschluss&beschluss={station.pk}"} if bietet_an else set())


def test_from_the_decision_to_the_public_page_each_step_leads_to_the_next(client, station):
    k = station.vorlage.konzept
    entwurf = festschreiben(konzept=k, art="entwurf", konto=None)
    Vorlage.objects.update(fassung=entwurf)
    station.ergebnis, station.datum = "mehrheitlich", date(2026, 1, 28)
    station.save()
    client.force_login(mache_benutzer(k.kommune, "leitung"))

    def ziel(seite, wort):
        (gefunden,) = {a.get("href") for a in seite_von(client.get(seite, follow=True)).iter("a") if text(a) == wort}
        return gefunden

    blatt = ort("vorlagen:detail", station.vorlage)
    assert client.get(ziel(blatt, "Was sich seit Entwurf 1 geändert hat")).status_code == 200
    formular = ziel(blatt, "Beschlussfassung festschreiben")
    daten = eingaben(client.get(formular), mit="notiz")
    assert daten["art"] == ["beschluss"]
    assert daten["beschluss"] == [str(station.pk)]
    client.post(formular, daten)
    assert k.fassungen.get(nummer=2).art == "beschluss"
    assert k.fassungen.get(nummer=2).beschluss.station == station
    client.post(ziel(blatt, "Veröffentlichen"), follow=True)
    assert client.get(ziel(blatt, "Öffentliche Seite")).status_code == 200


def test_an_earlier_beschlussfassung_is_not_that_of_this_decision(client, station):
    k = station.vorlage.konzept
    mache_beschlussfassung(k)
    Vorlage.objects.update(fassung=festschreiben(konzept=k, art="entwurf", konto=None))
    station.ergebnis = "einstimmig"
    station.save()
    seite = text(seite_von(client.get(ort("vorlagen:detail", station.vorlage))))
    assert "Beschlussfassung festschreiben" in seite


def test_who_only_reads_finds_no_way_to_change_anything(client, station):
    client.force_login(mache_benutzer(station.vorlage.konzept.kommune, "lesen"))
    for name in ("vorlagen:liste", "vorlagen:detail"):
        zeile = station.vorlage if name.endswith("detail") else station.vorlage.konzept
        ziele = {a.get("href", "") for a in seite_von(client.get(ort(name, zeile))).iter("a")}
        assert not [z for z in ziele for wort in ("/neu/", "/bearbeiten/", "/stationen/", "/loeschen/") if wort in z]


# Queries


@pytest.mark.parametrize("name", ["liste", "detail", "bearbeiten", "neu", "ergebnis"])
def test_queries_do_not_grow_with_the_rows(client, konzept, name, django_assert_max_num_queries):
    zahlen = []
    for anzahl in (1, 3):
        Vorlage.objects.all().delete()
        mache_fuelle_neu(konzept, anzahl)
        vorlage = Vorlage.objects.first()
        if name in {"liste", "neu"}:
            seite = ort(f"vorlagen:{name}", konzept)
        elif name == "ergebnis":
            seite = ergebnis_ort(vorlage, vorlage.stationen.first())
        else:
            seite = ort(f"vorlagen:{name}", vorlage)
        with django_assert_max_num_queries(60) as gezaehlt:
            assert client.get(seite).status_code == 200
        zahlen.append(len(gezaehlt))
    assert zahlen[0] == zahlen[1]


def mache_fuelle_neu(konzept, anzahl):
    if anzahl == 1:
        mache_fuelle(konzept, 1)
        return
    gremien = [konzept.kommune.gremien.create(name=f"Ausschuss {i}") for i in range(anzahl)]
    for i in range(anzahl):
        mache_vorlage(konzept, *gremien, anzahl=anzahl, betreff=f"Vorlage {i}")


# The labels of a Kommune


@pytest.fixture
def leitung(client, konzept):
    client.force_login(mache_benutzer(konzept.kommune, "leitung"))
    return client


def kopf_ort(konzept) -> str:
    return reverse("vorlagenkopf:bearbeiten", args=[konzept.kommune.slug])


def test_a_kommune_names_and_orders_its_parts(leitung, konzept):
    daten = eingaben(leitung.get(kopf_ort(konzept)))
    daten = eingaben(leitung.post(kopf_ort(konzept), daten | {"_zeilen": "abschnitte:auf:2"}))
    daten |= {"abschnitte-2-bezeichnung": "Beschlussentwurf"}
    daten.pop("kopf-0-gezeigt")
    assert leitung.post(kopf_ort(konzept), daten).status_code == 302
    zeilen = {z.teil: z for z in Kopfzeile.objects.all()}
    assert zeilen["beschluss"].bezeichnung == "Beschlussentwurf"
    assert zeilen["beschluss"].reihenfolge < zeilen["betreff"].reihenfolge
    assert not zeilen["drucksache"].gezeigt
    daten = eingaben(leitung.get(kopf_ort(konzept)))
    assert daten["abschnitte-1-bezeichnung"] == ["Beschlussentwurf"]
    assert leitung.post(kopf_ort(konzept), daten).status_code == 302
    assert Kopfzeile.objects.count() == len(zeilen)


def test_two_who_name_them_for_the_first_time_notice_each_other(leitung, konzept):
    daten = eingaben(leitung.get(kopf_ort(konzept)))
    leitung.post(kopf_ort(konzept), daten | {"kopf-0-bezeichnung": "GRDrs"})
    antwort = leitung.post(kopf_ort(konzept), daten | {"kopf-0-bezeichnung": "Drs.Nr."})
    assert antwort.status_code == 409
    assert eingaben(antwort)["kopf-0-bezeichnung"] == ["Drs.Nr."]
    assert Kopfzeile.objects.get(teil="drucksache").bezeichnung == "GRDrs"
    assert leitung.post(kopf_ort(konzept), eingaben(antwort)).status_code == 302
    assert Kopfzeile.objects.get(teil="drucksache").bezeichnung == "Drs.Nr."


def test_a_list_that_lacks_a_part_or_names_one_twice_is_refused(leitung, konzept):
    daten = eingaben(leitung.get(kopf_ort(konzept)))
    antwort = leitung.post(kopf_ort(konzept), daten | {"kopf-0-teil": "datum"})
    assert antwort.status_code == 422
    assert "nicht vollständig" in text(seite_von(antwort))
    assert not Vorlagenkopf.objects.exists()


def test_a_new_vorlage_can_begin_nichtoeffentlich_and_who_opens_it_leaves_an_entry(konzept, client):
    neu = ort("vorlagen:neu", konzept)
    daten = eingaben(client.get(neu))
    del daten["oeffentlich"]
    client.post(neu, daten)
    vorlage = Vorlage.objects.latest("pk")
    assert vorlage.nichtoeffentlich
    seite = ort("vorlagen:bearbeiten", vorlage)
    client.post(seite, eingaben(client.get(seite)) | {"oeffentlich": "on"})
    assert Protokolleintrag.objects.latest("pk").text == f"jetzt öffentlich: {vorlage}"
    anzahl = Protokolleintrag.objects.count()
    client.post(seite, eingaben(client.get(seite)) | {"betreff": "Anders"})
    assert Protokolleintrag.objects.count() == anzahl


def test_bringing_back_that_it_was_public_leaves_the_same_entry(konzept, client):
    vorlage = mache_vorlage(konzept)
    seite = ort("vorlagen:bearbeiten", vorlage)
    daten = eingaben(client.get(seite))
    del daten["oeffentlich"]
    client.post(seite, daten)
    assert Protokolleintrag.objects.latest("pk").text == f"jetzt nichtöffentlich: {vorlage}"
    erste = Aenderung.objects.filter(anker=f"vorlage-{vorlage.pk}").earliest("pk")
    zurueck = ort("werkbank:wiederherstellen", vorlage, art="vorlagen", aenderung=erste.pk)
    assert client.post(zurueck, {"_version": "2"}).status_code == 302
    assert Protokolleintrag.objects.latest("pk").text == f"jetzt öffentlich: {vorlage}"
