"""What happens in the half hour after midnight happens today, on every page, in every mail and file; the clocks
change on 2026-03-29 and 2026-10-25."""

import json
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from konzept.beratung.models import Runde
from konzept.fassungen.vorgaenge import festschreiben
from konzept.heute import am, beginn_von, heute, um
from konzept.konten.models import Ereignis, Protokolleintrag
from konzept.konten.protokoll import halte_fest
from konzept.verlauf.models import Aenderung
from konzept.vorlagen.vorgaenge import moegliche_beschlussfassung
from tests.fabrik import (
    adresse,
    hole,
    kommunen_adresse,
    mache_abschnitt,
    mache_benutzer,
    mache_beschlussfassung,
    mache_konzept,
    mache_runde,
    mache_vorlage,
    seite_von,
    sende,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

NACHTS = [(2026, 7, 1), (2026, 3, 29), (2026, 3, 30), (2026, 10, 25), (2026, 10, 26), (2027, 1, 1)]
"""Days of which the first hours are still those of the day before in UTC."""
TAG, STUNDE = timedelta(days=1), timedelta(hours=1)


@pytest.fixture(params=NACHTS, ids=lambda tag: date(*tag).isoformat())
def nachts(request, uhr) -> date:
    """It is half past midnight of this day."""
    uhr.stelle(*request.param, 0, 30)
    return date(*request.param)


@pytest.fixture
def konzept(uhr):
    return mache_konzept()


@pytest.fixture
def leitung(konzept):
    return mache_benutzer(konzept.kommune, "leitung")


def als(konto) -> Client:
    client = Client()
    client.force_login(konto)
    return client


def test_a_moment_is_said_as_the_local_day_and_a_day_as_it_is(nachts, uhr):
    assert heute() == heute(uhr()) == nachts
    assert am(uhr()) == am(nachts) == f"{nachts:%d.%m.%Y}"
    assert um(uhr()) == "00:30"
    assert beginn_von(nachts) == uhr() - timedelta(minutes=30)
    assert heute(beginn_von(nachts) - timedelta(seconds=1)) == nachts - TAG


def test_a_moment_that_does_not_say_where_has_no_day():
    for frage in (am, um, heute):
        with pytest.raises(ValueError, match="naive"):
            frage(datetime(2026, 7, 1, 0, 30))  # noqa: DTZ001


def test_a_day_on_which_the_clocks_change_has_one_hour_less_or_more(uhr):
    for tag, stunden in ((date(2026, 3, 29), 23), (date(2026, 3, 30), 24), (date(2026, 10, 25), 25)):
        assert beginn_von(tag + TAG).timestamp() - beginn_von(tag).timestamp() == stunden * 3600
    uhr.stelle(2026, 10, 25, 2, 30)
    zuerst = uhr()
    uhr.stelle(2026, 10, 25, 2, 30, zweites=True)
    assert uhr() - zuerst == STUNDE
    assert um(uhr()) == um(zuerst) == "02:30"


def test_history_and_the_message_about_an_earlier_state_name_the_local_day(nachts, konzept, leitung):
    kapitel, client = mache_abschnitt(konzept, "Anlass"), als(leitung)
    for titel in ("Zuerst", "Danach"):
        sende(client, kapitel, {"titel": titel})
    verlauf = adresse(konzept, "abschnitte", str(kapitel.pk), "verlauf")
    assert f"{nachts:%d.%m.%Y}, 00:30" in text(seite_von(client.get(verlauf)))
    frueher = Aenderung.objects.order_by("pk").filter(stand__felder__titel="Zuerst").last()
    daten = {"_version": hole(client, kapitel)["_version"]}
    antwort = client.post(f"{verlauf}{frueher.pk}/", daten, follow=True)
    assert f"hat wieder den Stand vom {nachts:%d.%m.%Y}, 00:30 Uhr." in text(seite_von(antwort))


def test_the_fassungen_that_can_be_chosen_carry_the_local_day(nachts, konzept, leitung):
    fassung = festschreiben(konzept=konzept, art="entwurf", konto=leitung)
    orte = [adresse(konzept, "vorlagen", "neu"), adresse(konzept, "beratung", "neu"), adresse(konzept, "fassungen")]
    for ort in orte:
        assert f"{nachts:%d.%m.%Y}" in text(seite_von(als(leitung).get(ort)))
    assert fassung.bezeichnung == f"Entwurf 1 vom {nachts:%d.%m.%Y}"


def test_what_was_adopted_on_the_day_of_the_decision_may_be_its_fassung_from_midnight_on(nachts, konzept, leitung, uhr):
    rat = konzept.kommune.gremien.create(name="Rat", art="politisch")
    vorlage = mache_vorlage(konzept, rat)
    vorlage.stationen.update(datum=nachts, rolle="entscheidung")
    uhr.ruecke(-STUNDE)
    mache_beschlussfassung(konzept, notiz="am Abend davor", konto=leitung)
    assert moegliche_beschlussfassung(vorlage) is None
    uhr.ruecke(STUNDE)
    beschluss = mache_beschlussfassung(konzept, konto=leitung)
    assert moegliche_beschlussfassung(vorlage) == beschluss


def test_a_stand_is_too_old_from_midnight_on(nachts, konzept, leitung, uhr):
    konzept.stand = nachts.replace(year=nachts.year - 3)
    konzept.save()
    orte = [adresse(konzept, "offen"), adresse(konzept, "fassungen", "neu")]
    danach = [text(seite_von(als(leitung).get(ort))) for ort in orte]
    uhr.ruecke(-STUNDE)
    davor = [text(seite_von(als(leitung).get(ort))) for ort in orte]
    assert "älter als drei Jahre" in danach[0]
    assert "älter als drei Jahre" not in davor[0]
    assert davor[1] != danach[1]


def test_a_runde_ends_with_the_local_day(nachts, konzept, leitung, uhr):
    mache_abschnitt(konzept, text="Ein Absatz.")
    fassung = festschreiben(konzept=konzept, art="entwurf", konto=leitung)
    mitglied = mache_benutzer(konzept.kommune, "gremium")
    runde = mache_runde(fassung, mitglied, beginn=nachts - 3 * TAG, ende=nachts - TAG)
    anmerken = adresse(konzept, "beratung", str(runde.pk), "anmerken")
    assert als(mitglied).post(anmerken, {"text": "Zu spät.", "_speichern": "1"}).status_code != 302
    assert runde.beendet()
    assert not Runde.objects.nicht_beendete().exists()
    uhr.ruecke(-timedelta(minutes=31))
    assert als(mitglied).post(anmerken, {"text": "Noch zur Zeit.", "_speichern": "1"}).status_code == 302
    assert [a.text for a in runde.anmerkungen.all()] == ["Noch zur Zeit."]
    assert runde.laeuft()
    assert runde.tage_noch == 0
    assert Runde.objects.laufende().exists()


def test_a_new_runde_begins_on_the_local_day(nachts, konzept, leitung):
    fassung = festschreiben(konzept=konzept, art="entwurf", konto=leitung)
    assert mache_runde(fassung).beginn == nachts
    assert f'value="{nachts:%d.%m.%Y}"' in als(leitung).get(adresse(konzept, "beratung", "neu")).content.decode()


def test_the_mails_of_the_night_are_those_of_the_local_day(nachts, konzept, leitung):
    """On the last day but one everybody is reminded."""
    mitglied = mache_benutzer(konzept.kommune, "gremium")
    fassung = festschreiben(konzept=konzept, art="entwurf", konto=leitung)
    mache_runde(fassung, mitglied, beginn=nachts - 9 * TAG, ende=nachts + TAG)
    call_command("erinnere")
    (brief,) = mail.outbox
    assert brief.to == [mitglied.email]
    assert f"noch bis {nachts + TAG:%d.%m.%Y}" in brief.subject
    assert brief.einmal == nachts.isoformat()


def test_the_log_of_a_day_is_that_of_the_local_day(nachts, konzept, leitung, uhr):
    halte_fest(Ereignis.KONZEPT_ANGELEGT, kommune=konzept.kommune, benutzer=leitung, text="nach Mitternacht")
    uhr.ruecke(-STUNDE)
    halte_fest(Ereignis.KONZEPT_ANGELEGT, kommune=konzept.kommune, benutzer=leitung, text="vor Mitternacht")
    ort = kommunen_adresse(konzept.kommune, "protokoll")
    for tag, da, weg in ((nachts, "nach", "vor"), (nachts - TAG, "vor", "nach")):
        seite = text(seite_von(als(leitung).get(f"{ort}?{urlencode({'von': tag, 'bis': tag})}")))
        assert f"{da} Mitternacht" in seite
        assert f"{weg} Mitternacht" not in seite
    eintrag = Protokolleintrag.objects.get(text="nach Mitternacht")
    assert str(eintrag).startswith(f"{nachts:%d.%m.%Y} 00:30 ")


def test_the_file_with_what_is_stored_about_an_account_names_local_days(nachts, konzept, leitung):
    antwort = als(leitung).post(reverse("konten:daten_datei"))
    assert f'"konzeptwerk-daten-{nachts.isoformat()}.json"' in antwort["Content-Disposition"]
    inhalt = json.loads(antwort.content)
    assert inhalt["erstellt_am"].startswith(f"{nachts.isoformat()}T00:30:00")
    assert inhalt["konto"]["angelegt_am"].startswith(f"{nachts.isoformat()}T00:30:00")
    assert datetime.fromisoformat(inhalt["erstellt_am"]).utcoffset()


def test_an_invitation_is_valid_until_the_local_day_that_it_names(nachts, konzept, uhr, capsys):
    call_command(
        "einrichten", slug=konzept.kommune.slug, leitung_email="neu@stadt.example", leitung_name="Nea", einladen=True
    )
    assert f"gültig bis {am(uhr() + 14 * TAG)}:" in capsys.readouterr().out
