"""The mails of the day: who gets which, once, in one mail, and again only where it failed."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.utils.timezone import localdate, now

from konzept.beratung.models import Runde, Stellungnahme
from konzept.beratung.tagespost import verschicke
from konzept.eigene_adresse import Adresse
from konzept.hintergrund import lauf, termine
from konzept.hintergrund.arten import art
from konzept.hintergrund.models import Termin
from tests.fabrik import mache_anmerkung, mache_benutzer, mache_runde, mache_stellungnahme

pytestmark = pytest.mark.datenbank

BASIS = "https://konzept.example"
ENDE = date(2030, 5, 20)


def tag(vor_dem_ende: int) -> date:
    return ENDE - timedelta(days=vor_dem_ende)


@pytest.fixture(autouse=True)
def bis_mai(rathaus):
    Runde.objects.update(beginn=date(2030, 5, 1), ende=ENDE)


def empfaenger(am: date) -> list[str]:
    mail.outbox.clear()
    verschicke(BASIS, am)
    return sorted(m.to[0] for m in mail.outbox)


def test_three_days_before_the_end_who_is_silent_and_on_the_last_but_one_everybody(rathaus):
    mache_anmerkung(rathaus.runde, rathaus.mitglied)
    mache_anmerkung(rathaus.runde, rathaus.zweites, privat=True)
    alle = sorted([rathaus.mitglied.email, rathaus.zweites.email])
    assert empfaenger(tag(4)) == []
    assert empfaenger(tag(3)) == [rathaus.zweites.email]
    assert "Sie haben noch nichts angemerkt." in mail.outbox[0].body
    assert f"{BASIS}/konzepte/musterhausen/konzept/beratung/{rathaus.runde.pk}/pruefen/" in mail.outbox[0].body
    assert empfaenger(tag(2)) == []
    assert empfaenger(tag(1)) == alle
    assert empfaenger(tag(0)) == []


def test_a_second_call_on_a_day_sends_nothing(rathaus):
    assert len(empfaenger(tag(3))) == 2
    assert empfaenger(tag(3)) == []


def test_a_day_on_which_nobody_called_is_made_up_for(rathaus):
    assert len(empfaenger(tag(2))) == 2
    assert empfaenger(tag(2)) == []


def test_what_the_mail_server_refused_goes_out_on_the_next_call_and_nothing_twice(rathaus, monkeypatch):
    echt = EmailBackend.send_messages

    def wackelig(self, nachrichten):
        if nachrichten[0].to == [rathaus.zweites.email]:
            raise OSError
        return echt(self, nachrichten)

    with monkeypatch.context() as flicken:
        flicken.setattr(EmailBackend, "send_messages", wackelig)
        assert empfaenger(tag(3)) == [rathaus.mitglied.email]
    assert empfaenger(tag(3)) == [rathaus.zweites.email]


def test_all_runden_of_a_person_come_in_one_mail(rathaus):
    zweite = mache_runde(rathaus.fassung, rathaus.mitglied, beginn=tag(9), ende=tag(0), anlass="zweite")
    assert len(empfaenger(tag(3))) == 2
    assert all(m.body.count("/pruefen/") == 2 and str(zweite.pk) in m.body for m in mail.outbox)


def test_more_time_reminds_anew(rathaus):
    empfaenger(tag(3))
    Runde.objects.update(ende=ENDE + timedelta(days=10), erinnert_am=None)
    assert empfaenger(tag(2)) == []
    assert len(empfaenger(tag(-7))) == 2


def test_a_runde_that_was_ended_early_reminds_nobody(rathaus):
    from konzept.beratung.regeln import beende

    beende(rathaus.runde, "x", rathaus.leitung)
    assert set(empfaenger(tag(3))) == {rathaus.leitung.email, rathaus.redaktion.email}
    assert all("zu Ende" in m.subject for m in mail.outbox)


def test_after_the_end_the_administration_reads_what_came_once(rathaus):
    mache_anmerkung(rathaus.runde, rathaus.mitglied, text="Sehr geheimer Text")
    mache_stellungnahme(mache_anmerkung(rathaus.runde, rathaus.leitung, papier_von="Frau Yilmaz"))
    mache_anmerkung(rathaus.runde, rathaus.mitglied, privat=True)
    assert empfaenger(tag(-1)) == sorted([rathaus.leitung.email, rathaus.redaktion.email])
    assert all("2 Anmerkungen von 2 Personen; 1 davon" in m.body for m in mail.outbox)
    assert not any("geheim" in m.body for m in mail.outbox)
    assert empfaenger(tag(-2)) == []


def test_the_author_hears_of_answers_that_were_released_once(rathaus):
    a, b = (mache_anmerkung(rathaus.runde, rathaus.mitglied) for _ in range(2))
    mache_stellungnahme(a, frei=True)
    mache_stellungnahme(b)
    assert empfaenger(tag(10)) == [rathaus.mitglied.email]
    assert "auf Ihre Anmerkung zu Entwurf 1" in mail.outbox[0].body
    assert empfaenger(tag(9)) == []
    Stellungnahme.objects.filter(anmerkung=b).update(freigegeben_am="2030-05-01T12:00Z")
    assert empfaenger(tag(9)) == [rathaus.mitglied.email]


def test_nobody_is_written_to_for_paper(rathaus):
    mache_stellungnahme(mache_anmerkung(rathaus.runde, rathaus.leitung, papier_von="Frau Yilmaz"), frei=True)
    assert empfaenger(tag(10)) == []


def test_accounts_that_are_switched_off_get_nothing(rathaus):
    type(rathaus.mitglied).objects.filter(pk=rathaus.mitglied.pk).update(is_active=False)
    assert empfaenger(tag(3)) == [rathaus.zweites.email]


def test_nothing_goes_to_another_kommune(rathaus):
    fremd = mache_benutzer()
    rathaus.runde.personen.add(fremd)
    assert fremd.email not in empfaenger(tag(1))


def test_the_command_says_what_it_did(rathaus, capsys, settings):
    settings.ADRESSE = Adresse("https", "konzept.example")
    mache_stellungnahme(mache_anmerkung(rathaus.runde, rathaus.mitglied), frei=True)
    call_command("erinnere")
    assert "1 E-Mails verschickt." in capsys.readouterr().out
    assert "https://konzept.example/konzepte/" in mail.outbox[0].body


@pytest.fixture
def server_nimmt_nichts_an(monkeypatch, rathaus):
    def lehne_ab(selbst, messages):
        raise OSError("no")

    mache_stellungnahme(mache_anmerkung(rathaus.runde, rathaus.mitglied), frei=True)
    monkeypatch.setattr(EmailBackend, "send_messages", lehne_ab)


@pytest.mark.usefixtures("server_nimmt_nichts_an")
def test_the_command_fails_where_a_mail_did_not_go_out():
    with pytest.raises(CommandError, match="1 E-Mails nahm der Mailserver nicht an"):
        call_command("erinnere")


@pytest.mark.usefixtures("server_nimmt_nichts_an")
def test_the_worker_tells_it_too_and_sends_it_when_it_tries_again(monkeypatch):
    termin = Termin.objects.create(name="erinnere")
    lauf.arbeite_ab(art(termine.ART))
    termin.refresh_from_db()
    assert (termin.fehler, termin.gelungen_am) == ("1 E-Mails nahm der Mailserver nicht an.", None)
    monkeypatch.undo()
    Termin.objects.update(ab=now())
    lauf.arbeite_ab(art(termine.ART))
    termin.refresh_from_db()
    assert termin.fehler == ""
    assert len(mail.outbox) == 1


def test_who_got_a_mail_is_forgotten_after_a_week(rathaus):
    from konzept.konten.aufraeumen import raeume_auf

    for tage in (6, 7, 8):
        rathaus.mitglied.tagespost.create(tag=localdate() - timedelta(days=tage))
    assert raeume_auf()["Vermerke über verschickte Tagespost"] == 1
    assert rathaus.mitglied.tagespost.count() == 2


def test_mails_name_the_frozen_title(rathaus):
    type(rathaus.konzept).objects.update(titel="Noch geheimer Titel")
    mache_stellungnahme(mache_anmerkung(rathaus.runde, rathaus.mitglied), frei=True)
    for am in (tag(3), tag(-1)):
        assert empfaenger(am)
        assert all("Integrationskonzept" in m.body and "geheim" not in m.body + m.subject for m in mail.outbox)


def test_who_is_no_longer_asked_gets_no_answers(rathaus):
    for wer in (rathaus.mitglied, rathaus.zweites):
        mache_stellungnahme(mache_anmerkung(rathaus.runde, wer), frei=True)
    rathaus.zweites.sitze.all().delete()
    assert empfaenger(tag(9)) == [rathaus.mitglied.email]
    rathaus.mitglied.mitgliedschaften.all().delete()
    Stellungnahme.objects.update(mitgeteilt_am=None)
    assert empfaenger(tag(8)) == []
