"""The mails of the day: who gets which, once, in one mail, and again only where it failed."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils.timezone import now

from konzept.beratung import tagespost
from konzept.beratung.models import Runde, Stellungnahme
from konzept.beratung.tagespost import schreibe_alle
from konzept.betrieb.eigene_adresse import Adresse
from konzept.hintergrund import lauf, termine
from konzept.hintergrund.arten import art
from konzept.hintergrund.models import Termin
from konzept.postausgang.models import Sendung
from tests.fabrik import mache_anmerkung, mache_benutzer, mache_runde, mache_stellungnahme
from tests.post import stelle_zu

pytestmark = pytest.mark.datenbank

BASIS = "https://konzept.example"
ENDE = date(2030, 5, 20)


def tag(vor_dem_ende: int) -> date:
    return ENDE - timedelta(days=vor_dem_ende)


@pytest.fixture(autouse=True)
def postausgang(settings):
    settings.EMAIL_BACKEND = "konzept.postausgang.backend.Postausgang"


@pytest.fixture(autouse=True)
def bis_mai(rathaus):
    Runde.objects.update(beginn=date(2030, 5, 1), ende=ENDE)


def empfaenger(am: date) -> list[str]:
    mail.outbox.clear()
    schreibe_alle(BASIS, am)
    stelle_zu()
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


def test_a_mail_that_cannot_be_written_keeps_no_other_off_and_is_made_up_for(rathaus, monkeypatch, caplog):
    echt = tagespost.verfasse

    def wackelig(konto, *args, **kwargs):
        if konto == rathaus.zweites:
            raise ValueError("no words for this one")
        return echt(konto, *args, **kwargs)

    with monkeypatch.context() as flicken:
        flicken.setattr(tagespost, "verfasse", wackelig)
        with pytest.raises(tagespost.TagespostUnvollstaendig, match="1 E-Mails"):
            schreibe_alle(BASIS, tag(3))
    assert "no words for this one" in caplog.text
    assert [s.empfaenger for s in Sendung.objects.all()] == [rathaus.mitglied.email]
    assert empfaenger(tag(3)) == sorted([rathaus.mitglied.email, rathaus.zweites.email])
    assert empfaenger(tag(3)) == []


def test_an_answer_counts_as_told_with_its_mail_or_not_at_all(rathaus, monkeypatch):
    mache_stellungnahme(mache_anmerkung(rathaus.runde, rathaus.mitglied), frei=True)
    with monkeypatch.context() as flicken:
        flicken.setattr(tagespost.timezone, "now", lambda: None / 1)
        with pytest.raises(tagespost.TagespostUnvollstaendig):
            schreibe_alle(BASIS, tag(10))
    assert not Sendung.objects.exists()
    assert empfaenger(tag(10)) == [rathaus.mitglied.email]


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
    from konzept.beratung.vorgaenge import beende

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
    assert "1 E-Mails geschrieben." in capsys.readouterr().out
    assert mail.outbox == []
    stelle_zu()
    assert "https://konzept.example/konzepte/" in mail.outbox[0].body


def test_the_command_ends_badly_where_it_failed(rathaus, monkeypatch):
    mache_stellungnahme(mache_anmerkung(rathaus.runde, rathaus.mitglied), frei=True)
    monkeypatch.setattr(tagespost, "verfasse", lambda *_, **__: None / 1)
    with pytest.raises(CommandError, match="1 E-Mails ließen sich nicht verfassen"):
        call_command("erinnere")


def test_the_worker_tells_it_too_and_writes_it_when_it_tries_again(rathaus, monkeypatch):
    mache_stellungnahme(mache_anmerkung(rathaus.runde, rathaus.mitglied), frei=True)
    termin = Termin.objects.create(name="erinnere")
    with monkeypatch.context() as kaputt:
        kaputt.setattr(tagespost, "verfasse", lambda *_, **__: None / 1)
        lauf.arbeite_ab(art(termine.ART))
    termin.refresh_from_db()
    assert "1 E-Mails ließen sich nicht verfassen" in termin.fehler
    assert (termin.gelungen_am, Sendung.objects.count()) == (None, 0)
    Termin.objects.update(ab=now())
    lauf.arbeite_ab(art(termine.ART))
    termin.refresh_from_db()
    assert (termin.fehler, Sendung.objects.count()) == ("", 1)


def test_who_had_the_mail_of_the_day_before_there_was_an_outbox_gets_no_second_one(rathaus):
    """The migration, forwards and back."""
    from importlib import import_module

    umzug = import_module("konzept.beratung.migrations.0005_tagespost_im_postausgang")
    posten = SimpleNamespace(tag=tag(3), benutzer=rathaus.mitglied)
    zurueck = []
    modelle = {
        "Tagespost": SimpleNamespace(
            objects=SimpleNamespace(select_related=lambda _: [posten], create=lambda **werte: zurueck.append(werte))
        ),
        "Sendung": Sendung,
        "Benutzer": type(rathaus.mitglied),
    }
    apps = SimpleNamespace(get_model=lambda _, name: modelle[name])
    umzug.uebernimm(apps, None)
    umzug.gib_zurueck(apps, None)
    assert zurueck == [{"benutzer_id": rathaus.mitglied.pk, "tag": tag(3)}]
    assert empfaenger(tag(3)) == [rathaus.zweites.email]


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
