"""The page "Prüfen": the frozen text with its numbers, what is said beside it, and the ways through it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from django.utils.timezone import now
from hypothesis import given
from hypothesis import strategies as st

from konzept import grenzen
from konzept.beratung.models import Anmerkung
from konzept.beratung.randspalte import mit_rand
from konzept.beratung.stellen import Stellen
from konzept.fassungen.vorgaenge import festschreiben
from tests.fabrik import mache_anmerkung, mache_runde, mache_stellungnahme, nach_id, seite_von, text


def kapitel(rathaus) -> str:
    return rathaus.in_runde("pruefen", f"abschnitt-{rathaus.kapitel.pk}")


def feld(rathaus) -> str:
    return rathaus.in_runde("pruefen", f"handlungsfeld-{rathaus.massnahme.handlungsfeld_id}")


def test_each_block_carries_its_number_as_a_link_to_the_form(rathaus, als):
    seite = seite_von(als(rathaus.mitglied).get(kapitel(rathaus)))
    for rn in (1, 2, 3):
        assert nach_id(seite, f"rn-{rn}").get("href") == f"{rathaus.in_runde('anmerken')}?rn={rn}"
    assert "Bisher fehlt ein gemeinsamer Überblick" in text(seite)


def test_who_only_reads_has_numbers_without_links(rathaus, als):
    assert nach_id(seite_von(als(rathaus.leitung).get(kapitel(rathaus))), "rn-1").get("href") is None


def test_what_is_shown_is_the_fassung_and_not_the_arbeitsstand(rathaus, als):
    """Also when a measure that somebody commented on is deleted afterwards."""
    client = als(rathaus.mitglied)
    mache_anmerkung(rathaus.runde, rathaus.mitglied, 5, text="Gute Idee", anker=f"massnahme-{rathaus.massnahme.pk}")
    vorher = client.get(feld(rathaus)).content
    rathaus.massnahme.delete()
    rathaus.kapitel.text = "Alles neu."
    rathaus.kapitel.save()
    seite = text(seite_von(client.get(feld(rathaus))))
    assert "Sprachcafé" in seite
    assert "Gute Idee" in seite
    assert text(seite_von(vorher.decode())) == seite
    assert "Alles neu." not in text(seite_von(client.get(kapitel(rathaus))))


def test_a_note_stands_at_its_block_and_below_its_row(rathaus, als):
    absatz = mache_anmerkung(rathaus.runde, rathaus.mitglied, 2)
    reihe = mache_anmerkung(rathaus.runde, rathaus.mitglied, 5)
    client = als(rathaus.mitglied)
    folge = [k.get("id") or k.get("data-rn") for k in seite_von(client.get(kapitel(rathaus))).iter() if k.get("id")]
    assert folge.index("rn-2") < folge.index(f"anmerkung-{absatz.pk}") < folge.index("rn-3")
    seite = seite_von(client.get(feld(rathaus)))
    (zeile,) = (tr for tr in seite.iter("tr") if tr.get("class") == "rand-zeile")
    assert nach_id(zeile, f"anmerkung-{reihe.pk}") is not None
    koepfe = next(seite.iter("thead")).findall(".//th")
    assert next(zeile.iter("td")).get("colspan") == str(len(koepfe))


def test_the_outline_counts(rathaus, als):
    for rn in (1, 1, 4):
        mache_anmerkung(rathaus.runde, rathaus.mitglied, rn)
    mache_anmerkung(rathaus.runde, rathaus.mitglied, 1, zurueckgezogen_am=now())
    verweise = seite_von(als(rathaus.zweites).get(kapitel(rathaus))).iter("a")
    eintraege = {text(a) for a in verweise if "pruefen/" in a.get("href", "")}
    assert any("Ausgangslage" in e and "2 Anmerkungen" in e for e in eintraege)
    assert any("Sprache" in e and "1 Anmerkung" in e and "Anmerkungen" not in e for e in eintraege)


def test_jumping_by_number_leads_to_chapter_and_place(rathaus, als):
    client, ort = als(rathaus.mitglied), rathaus.in_runde("pruefen")
    assert client.get(ort, {"rn": "2"}).url == f"{kapitel(rathaus)}#rn-2"
    assert client.get(ort, {"rn": " 5 "}).url == f"{feld(rathaus)}#rn-5"
    assert client.get(ort).url == kapitel(rathaus)


@pytest.mark.parametrize("falsch", ["77", "-1", "zwei", "1.5", "9" * 30])
def test_jumping_to_a_number_that_is_not_there_says_so(rathaus, als, falsch):
    antwort = als(rathaus.mitglied).get(rathaus.in_runde("pruefen"), {"rn": falsch}, follow=True)
    assert "zählt von 1 bis 5" in text(seite_von(antwort))


def test_an_anker_inside_a_page_leads_to_its_place(rathaus, als):
    antwort = als(rathaus.mitglied).get(rathaus.in_runde("pruefen", f"massnahme-{rathaus.massnahme.pk}"))
    assert antwort.url == f"{feld(rathaus)}#massnahme-{rathaus.massnahme.pk}"
    assert als(rathaus.mitglied).get(rathaus.in_runde("pruefen", "massnahme-0")).status_code == 404


def test_the_next_open_anmerkung_in_reading_order_and_round_again(rathaus, als):
    spaet, frueh = (mache_anmerkung(rathaus.runde, rathaus.mitglied, rn) for rn in (4, 1))
    mache_stellungnahme(mache_anmerkung(rathaus.runde, rathaus.mitglied, 2), frei=True)
    client, ort = als(rathaus.leitung), rathaus.in_runde("pruefen")
    erste = client.get(ort, {"nach": "0"}).url
    assert erste == f"{kapitel(rathaus)}#anmerkung-{frueh.pk}"
    assert client.get(ort, {"nach": frueh.pk}).url == f"{feld(rathaus)}#anmerkung-{spaet.pk}"
    assert client.get(ort, {"nach": spaet.pk}).url == erste
    Anmerkung.objects.filter(pk=spaet.pk).update(zurueckgezogen_am=now())
    weiter = client.get(ort, {"nach": frueh.pk}, follow=True)
    assert "keine weitere offene Anmerkung" in text(seite_von(weiter))


def test_the_first_open_anmerkung_from_a_page_on(rathaus, als):
    frueh, spaet = (mache_anmerkung(rathaus.runde, rathaus.mitglied, rn) for rn in (2, 4))
    client = als(rathaus.leitung)
    verweise = {text(a): a.get("href") for a in seite_von(client.get(feld(rathaus))).iter("a")}
    assert client.get(verweise["Nächste offene Anmerkung"]).url == f"{feld(rathaus)}#anmerkung-{spaet.pk}"
    mache_stellungnahme(spaet, frei=True)
    assert client.get(verweise["Nächste offene Anmerkung"]).url == f"{kapitel(rathaus)}#anmerkung-{frueh.pk}"


def test_nothing_of_the_arbeitsstand_shows_through_in_titles(rathaus, als):
    type(rathaus.konzept).objects.update(titel="Noch geheimer Titel", stand="2031-01-01")
    a = mache_anmerkung(rathaus.runde, rathaus.mitglied, 2)
    client = als(rathaus.mitglied)
    orte = [rathaus.ort(), rathaus.in_runde(), kapitel(rathaus), rathaus.in_runde("anmerkungen")]
    orte += [rathaus.in_runde("anmerken") + "?rn=2", rathaus.in_runde("anmerken")]
    orte += [rathaus.in_runde("anmerkungen", a.pk, verb) for verb in ("bearbeiten", "zurueckziehen")]
    for ort in orte:
        antwort = client.get(ort)
        assert antwort.status_code == 200
        assert "geheim" not in antwort.content.decode()
        assert "2031" not in antwort.content.decode()
    assert "geheim" not in client.post("/konto/daten/datei/").content.decode()


def test_filters_stand_in_the_address(rathaus, als):
    eigene = mache_anmerkung(rathaus.runde, rathaus.mitglied, text="Von mir")
    andere = mache_anmerkung(rathaus.runde, rathaus.zweites, text="Vom anderen")
    mache_stellungnahme(andere, frei=True)
    client, ort = als(rathaus.mitglied), rathaus.in_runde("anmerkungen")

    def gezeigt(nur):
        seite = seite_von(client.get(ort, {"nur": nur}))
        return {a.get("id") for a in seite.iter("article")}

    assert gezeigt("eigene") == gezeigt("offen") == {f"anmerkung-{eigene.pk}"}
    assert gezeigt("neu") == {f"anmerkung-{andere.pk}"}
    assert gezeigt("") == gezeigt("unsinn") == {f"anmerkung-{eigene.pk}", f"anmerkung-{andere.pk}"}


@pytest.mark.datenbank
def test_new_is_what_others_said_since_everything_was_read(rathaus, als):
    mache_anmerkung(rathaus.runde, rathaus.zweites, text="Alt", verfasst_am=now() - timedelta(hours=1))
    client, ort = als(rathaus.mitglied), rathaus.in_runde("anmerkungen")
    assert "Eine Anmerkung ist neu für Sie." in text(seite_von(client.get(ort)))
    client.post(rathaus.in_runde("gelesen"))
    assert "neu für Sie" not in text(seite_von(client.get(ort)))
    mache_anmerkung(rathaus.runde, rathaus.zweites, text="Später", verfasst_am=now() + timedelta(seconds=1))
    mache_anmerkung(rathaus.runde, rathaus.mitglied, text="Von mir selbst", verfasst_am=now() + timedelta(seconds=1))
    assert "Eine Anmerkung ist neu für Sie." in text(seite_von(client.get(ort)))


def test_what_changed_since_the_fassung_before_can_be_switched_on(rathaus, als):
    rathaus.kapitel.text = "In Musterhausen leben Menschen aus 121 Ländern."
    rathaus.kapitel.save()
    zweite = mache_runde(festschreiben(konzept=rathaus.konzept, art="entwurf", konto=rathaus.leitung), rathaus.mitglied)
    ort = rathaus.ort(zweite.pk, "pruefen", f"abschnitt-{rathaus.kapitel.pk}")
    client = als(rathaus.mitglied)
    assert list(seite_von(client.get(ort)).iter("del")) == []
    seite = seite_von(client.get(ort, {"aenderungen": "1"}))
    assert any("120" in text(k) for k in seite.iter("del"))
    assert any("121" in text(k) for k in seite.iter("ins"))
    assert nach_id(seite, "rn-1") is not None


def test_what_is_too_much_to_be_compared_is_shown_whole_and_says_so(rathaus, als, monkeypatch):
    rathaus.kapitel.text = "In Musterhausen leben Menschen aus 121 Ländern.\n\nUnd es werden mehr."
    rathaus.kapitel.save()
    zweite = mache_runde(festschreiben(konzept=rathaus.konzept, art="entwurf", konto=rathaus.leitung), rathaus.mitglied)
    ort = rathaus.ort(zweite.pk, "pruefen", f"abschnitt-{rathaus.kapitel.pk}")
    monkeypatch.setattr(grenzen, "VERGLEICH_ZEILEN", 0)
    seite = text(seite_von(als(rathaus.mitglied).get(ort, {"aenderungen": "1"})))
    assert "nicht alles einander zugeordnet werden konnte" in seite
    assert "121 Ländern" in seite
    assert "nicht alles einander" not in text(seite_von(als(rathaus.mitglied).get(ort)))


def test_what_changed_is_counted_from_the_last_fassung_that_was_laid_before_the_person(rathaus, als):
    """Entwurf 2 was never laid before the member: neither its words nor that it differs may be seen."""
    rathaus.kapitel.text += "\n\nGeheimplan Nordstadt."
    rathaus.kapitel.save()
    festschreiben(konzept=rathaus.konzept, art="entwurf", konto=rathaus.leitung)
    rathaus.kapitel.text = "In Musterhausen leben Menschen aus 121 Ländern."
    rathaus.kapitel.save()
    dritte = mache_runde(festschreiben(konzept=rathaus.konzept, art="entwurf", konto=rathaus.leitung), rathaus.mitglied)
    ort = rathaus.ort(dritte.pk, "pruefen", f"abschnitt-{rathaus.kapitel.pk}")

    seite = seite_von(als(rathaus.mitglied).get(ort, {"aenderungen": "1"}))
    assert any("120" in text(k) for k in seite.iter("del"))
    assert "Geheimplan" not in text(seite)
    assert "Änderungen seit Entwurf 1" in text(seite)
    # Who reads the Arbeitsstand compares with the Fassung just before.
    assert "Geheimplan" in text(seite_von(als(rathaus.redaktion).get(ort, {"aenderungen": "1"})))


def test_of_a_first_fassung_that_was_laid_before_the_person_no_changes_are_offered(rathaus, als):
    rathaus.runde.gremien.clear()
    rathaus.kapitel.text = "Neu geschrieben."
    rathaus.kapitel.save()
    zweite = mache_runde(festschreiben(konzept=rathaus.konzept, art="entwurf", konto=rathaus.leitung), rathaus.mitglied)
    ort = rathaus.ort(zweite.pk, "pruefen", f"abschnitt-{rathaus.kapitel.pk}")
    for abfrage in ({}, {"aenderungen": "1"}):
        seite = seite_von(als(rathaus.mitglied).get(ort, abfrage))
        assert "aenderungen" not in "".join(a.get("href", "") for a in seite.iter("a"))
        assert list(seite.iter("del")) == []


def test_five_hundred_anmerkungen_cost_no_more_queries_than_one(rathaus, als):
    client = als(rathaus.mitglied)

    def zaehle(ort):
        client.get(ort)
        with CaptureQueriesContext(connection) as abfragen:
            assert client.get(ort).status_code == 200
        return len(abfragen)

    mache_anmerkung(rathaus.runde, rathaus.zweites)
    orte = (kapitel(rathaus), rathaus.in_runde("anmerkungen"), rathaus.in_runde("anmerken") + "?rn=1")
    vorher = [zaehle(ort) for ort in orte]
    Anmerkung.objects.bulk_create(
        Anmerkung(runde=rathaus.runde, verfasser=rathaus.zweites, rn=1 + i % 3, text=f"Anmerkung {i}", vorschlag="Neu.")
        for i in range(500)
    )
    assert [zaehle(ort) for ort in orte] == vorher
    assert text(seite_von(client.get(kapitel(rathaus)))).count("Anmerkung ") >= 500


def test_every_randnummer_has_its_place(rathaus):
    stellen = Stellen(rathaus.fassung.dokument)
    assert [stellen[rn].ist_text for rn in range(1, 6)] == [True, True, True, True, False]
    assert stellen[2].text == "Bisher fehlt ein gemeinsamer Überblick über Anlaufstellen."
    assert (stellen[5].anker, stellen[5].text) == (f"massnahme-{rathaus.massnahme.pk}", "Sprachcafé\nJeden Montag.")
    assert stellen.letzte == 5
    assert stellen.get(6) is None


@given(st.lists(st.tuples(st.text(), st.booleans()), max_size=8))
def test_weaving_adds_to_the_margin_and_changes_nothing_else(bloecke):
    """Whatever the text: taking out what was woven in gives the page back, sign by sign."""
    muster = {True: '<tr data-rn="{}"><th>{}</th><td>x<br>y</td></tr>', False: '<p data-rn="{}">{}</p>'}
    html = "".join(muster[reihe].format(i, escape(wort)) for i, (wort, reihe) in enumerate(bloecke, start=1))
    gewoben = mit_rand(html, lambda rn: f"[{rn}\ue000]", lambda rn: f"[notiz {rn}\ue000]")
    for i, (_, reihe) in enumerate(bloecke, start=1):
        notiz = f"[notiz {i}\ue000]"
        assert gewoben.count(f"[{i}\ue000]") == gewoben.count(notiz) == 1
        if reihe:
            notiz = f'<tr class="rand-zeile"><td colspan="2">{notiz}</td></tr>'
        gewoben = gewoben.replace(f"[{i}\ue000]", "").replace(notiz, "")
    assert gewoben == html
