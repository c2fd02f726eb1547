"""Who takes part in a Runde is no secret to those who do: they are told who comes in and who goes, and by whom."""

import pytest
from django.core import mail

from konzept.beratung.beteiligte import setze_adressaten, setze_sitze
from konzept.beratung.models import Runde, Sitz
from konzept.konten.models import Protokolleintrag
from konzept.konten.versand import ZuViele
from konzept.verwaltung.vorgaenge import entferne, setze_rollen
from konzept.vorgaenge import hole_zurueck, loesche
from tests.fabrik import eingaben, mache_anmerkung, mache_benutzer, seite_von, text

pytestmark = pytest.mark.datenbank


@pytest.fixture
def intern(rathaus) -> Runde:
    Runde.objects.filter(pk=rathaus.runde.pk).update(sichtbarkeit="intern")
    rathaus.runde.refresh_from_db()
    return rathaus.runde


def eintraege(*ereignisse) -> set[tuple]:
    zeilen = Protokolleintrag.objects.filter(ereignis__in=ereignisse)
    return {(e.ereignis, e.benutzer, e.person, e.text) for e in zeilen}


def brief(konto) -> str:
    (einer,) = (m for m in mail.outbox if m.to == [konto.email])
    return f"{einer.subject}\n{einer.body}"


def test_members_of_an_internal_runde_are_told_who_comes_in_and_by_whom(rathaus, als, intern):
    neu = mache_benutzer(rathaus.konzept.kommune, "gremium", name="Nora Neu")
    client, seite = als(rathaus.redaktion), rathaus.in_runde("bearbeiten")
    assert client.post(seite, eingaben(client.get(seite)) | {"personen": [neu.pk]}).status_code == 302
    assert {a for m in mail.outbox for a in m.to} == {
        *(k.email for k in (rathaus.mitglied, rathaus.zweites)),
        *(k.email for k in (neu, rathaus.leitung)),
    }
    assert "Neu dabei:\n- Nora Neu" in brief(rathaus.mitglied)
    assert "Geändert hat das: Rita Redaktion" in brief(rathaus.mitglied)
    assert rathaus.in_runde() in brief(rathaus.mitglied)
    assert "Das sind: Mira Mitglied, Nora Neu, Zoran Zweites." in brief(neu)
    assert "Fassung vorgelegt: Nora Neu, Entwurf 1" in brief(rathaus.leitung)
    assert eintraege("vorgelegt") == {("vorgelegt", rathaus.redaktion, neu, "Entwurf 1, Integrationskonzept")}
    assert Protokolleintrag.objects.filter(ereignis="runde", text__startswith="Runde geändert: Entwurf 1").exists()


def test_who_goes_is_told_too(rathaus, intern):
    gremium = intern.gremien.get()
    setze_sitze(gremium, [rathaus.zweites], rathaus.leitung)
    assert "Nicht mehr dabei:\n- Mira Mitglied" in brief(rathaus.zweites)
    assert "können Sie hier noch ändern" in brief(rathaus.zweites)
    assert "Nicht mehr dabei:\n- Mira Mitglied" in brief(rathaus.mitglied)
    assert rathaus.in_runde() not in brief(rathaus.mitglied)
    assert len(mail.outbox) == 2
    assert eintraege("sitz_gegeben", "sitz_entzogen") == {
        ("sitz_entzogen", rathaus.leitung, rathaus.mitglied, "Integrationsrat")
    }


def test_a_seat_in_a_gremium_that_is_asked_is_told_and_one_elsewhere_is_not(rathaus, intern):
    neu = mache_benutzer(rathaus.konzept.kommune, "lesen", name="Nora Neu")
    anderes = rathaus.konzept.kommune.gremien.create(name="AG Sprache")
    setze_sitze(anderes, [neu], rathaus.leitung)
    assert mail.outbox == []
    setze_sitze(intern.gremien.get(), [rathaus.mitglied, rathaus.zweites, neu], rathaus.leitung)
    assert {a for m in mail.outbox for a in m.to} == {rathaus.mitglied.email, rathaus.zweites.email}
    assert {e[2:] for e in eintraege("sitz_gegeben")} == {(neu, "AG Sprache"), (neu, "Integrationsrat")}


@pytest.mark.parametrize("wie", [{"sichtbarkeit": "offen"}, {"ende": "2020-01-02", "beginn": "2020-01-01"}])
def test_of_an_open_or_ended_runde_only_the_leitung_is_told(rathaus, intern, wie):
    Runde.objects.filter(pk=intern.pk).update(**wie)
    intern.refresh_from_db()
    neu = mache_benutzer(rathaus.konzept.kommune, "lesen")
    setze_adressaten(intern, intern.gremien.all(), [neu], rathaus.redaktion)
    assert [m.to for m in mail.outbox] == [[rathaus.leitung.email]]


def test_the_page_names_who_reads_along_and_who_came_and_went(rathaus, als, intern):
    neu = mache_benutzer(rathaus.konzept.kommune, "lesen", name="Nora Neu")
    setze_adressaten(intern, intern.gremien.all(), [neu], rathaus.redaktion)
    setze_sitze(intern.gremien.get(), [rathaus.zweites], rathaus.leitung)
    for konto in (rathaus.zweites, rathaus.leitung):
        seite = text(seite_von(als(konto).get(rathaus.in_runde())))
        assert "Nora Neu, Zoran Zweites Bis zum Ende der Runde lesen nur diese Personen" in seite
        assert "Nora Neu kam dazu (durch Rita Redaktion)" in seite
        assert "Mira Mitglied ist nicht mehr dabei (durch Lena Leitung)" in seite


def test_nothing_is_told_where_nothing_changes(rathaus, als, intern):
    client, seite = als(rathaus.redaktion), rathaus.in_runde("bearbeiten")
    vorher = Protokolleintrag.objects.count()
    assert client.post(seite, eingaben(client.get(seite))).status_code == 302
    setze_sitze(intern.gremien.get(), [rathaus.mitglied, rathaus.zweites], rathaus.leitung)
    assert mail.outbox == []
    assert Protokolleintrag.objects.count() == vorher
    assert not intern.wechsel.exists()


def test_a_deleted_gremium_takes_its_seats_along_and_brings_them_back_and_both_are_told(rathaus, intern):
    gremium = intern.gremien.get()
    mache_anmerkung(intern, rathaus.mitglied)
    eintrag = loesche(element=gremium, konto=rathaus.redaktion)
    assert "Nicht mehr dabei:\n- Mira Mitglied\n- Zoran Zweites" in brief(rathaus.mitglied)
    assert not intern.nimmt_teil(rathaus.mitglied)
    assert {e[2] for e in eintraege("sitz_entzogen")} == {rathaus.mitglied, rathaus.zweites}
    assert "Sitz entzogen: Mira Mitglied, Integrationsrat, Gremium gelöscht" in brief(rathaus.leitung)
    mail.outbox.clear()
    hole_zurueck(eintrag=eintrag, konto=rathaus.redaktion)
    assert Sitz.objects.count() == 2
    assert intern.nimmt_teil(rathaus.mitglied)
    assert {e[2] for e in eintraege("sitz_gegeben")} == {rathaus.mitglied, rathaus.zweites}
    assert "Sitz gegeben: Mira Mitglied, Integrationsrat, Gremium wieder da" in brief(rathaus.leitung)


def test_who_comes_back_with_a_new_role_to_an_old_seat_is_told_like_anybody_else(rathaus, intern):
    """The seat outlasts the last role, and counts again with the next one."""
    kommune, person = rathaus.konzept.kommune, rathaus.zweites
    entferne(rathaus.leitung, kommune, person)
    assert "Nicht mehr dabei:\n- Zoran Zweites" in brief(rathaus.mitglied)
    mail.outbox.clear()
    setze_rollen(rathaus.leitung, kommune, person, {("verwaltung", None)})
    assert "Neu dabei:\n- Zoran Zweites" in brief(rathaus.mitglied)
    assert list(intern.wechsel.values_list("person", "kam")) == [(person.pk, False), (person.pk, True)]


def test_a_second_role_changes_nothing_about_who_takes_part(rathaus, intern):
    setze_rollen(rathaus.leitung, rathaus.konzept.kommune, rathaus.zweites, {("gremium", None), ("lesen", None)})
    assert not intern.wechsel.exists()


def test_nobody_comes_back_into_an_internal_runde_by_bringing_back_their_gremium(rathaus, intern):
    gremium = intern.gremien.get()
    Sitz.objects.create(gremium=gremium, benutzer=rathaus.redaktion)
    eintrag = loesche(element=gremium, konto=rathaus.leitung)
    hole_zurueck(eintrag=eintrag, konto=rathaus.redaktion)
    assert not intern.nimmt_teil(rathaus.redaktion)
    assert intern.nimmt_teil(rathaus.mitglied)


def test_that_an_internal_runde_ends_early_is_told_however_many_mails_were_sent(rathaus, als, intern, monkeypatch):
    monkeypatch.setattr("konzept.beratung.post.zaehle_rundenpost", _zu_viele)
    als(rathaus.redaktion).post(rathaus.in_runde("beenden"), {"grund": "Der Rat tagt früher."})
    assert "früher zu Ende" in brief(rathaus.mitglied)
    assert Protokolleintrag.objects.filter(text__startswith="Interne Runde vorzeitig beendet").exists()


def _zu_viele(*_):
    raise ZuViele("Zu viele.")
