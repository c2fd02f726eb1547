"""Whoever changes who reads what is seen: with the person in the log, and in the mail of the other Leitungen."""

from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.management import call_command

from konzept.konten.daten import loesche_konto
from konzept.konten.models import ZUGANG, Benutzer, Ereignis, Namensaenderung, Protokolleintrag
from konzept.konten.oidc.rollen import gleiche_rollen_an
from konzept.konten.protokoll import halte_fest
from konzept.konten.vorgaenge import lade_ein, name_vergeben, nimm_an, widerrufe
from konzept.konten.zugang import Zugangsaenderung, halte_zugang_fest
from konzept.verwaltung.vorgaenge import setze_rollen
from tests.fabrik import (
    KENNWORT,
    fehler_am_feld,
    kommunen_adresse,
    mache_benutzer,
    mache_kommune,
    mache_konzept,
    seite_von,
    text,
)
from tests.konzept.test_admin import adresse, formulardaten

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]


@pytest.fixture
def stadt():
    return mache_konzept().kommune


@pytest.fixture
def lena(stadt):
    return mache_benutzer(stadt, "leitung", name="Lena Leitung", email="lena@stadt.example")


@pytest.fixture
def vera(stadt):
    return mache_benutzer(stadt, "verwaltung", name="Vera Verwaltung", email="vera@stadt.example")


@pytest.fixture
def chef():
    return mache_benutzer(is_staff=True, is_superuser=True, name="Chris Chef")


def eintraege(kommune=None) -> list[tuple]:
    zeilen = Protokolleintrag.objects.filter(ereignis__in=ZUGANG, kommune=kommune).order_by("pk")
    return [(e.ereignis, e.benutzer, e.person, e.text) for e in zeilen]


def briefe(konto) -> str:
    return "\n".join(f"{m.subject}\n{m.body}" for m in mail.outbox if m.to == [konto.email])


# What widens access


def test_what_verwaltung_does_reaches_the_leitung_at_once(stadt, lena, vera):
    person = mache_benutzer(stadt, "lesen", name="Ali Neumann")
    setze_rollen(vera, stadt, person, {("lesen", None), ("redaktion", None)})
    assert eintraege(stadt) == [("rolle_gegeben", vera, person, "Redaktion")]
    assert "Vera Verwaltung hat etwas daran geändert, wer in Stadt Musterhausen was lesen kann" in briefe(lena)
    assert "- Rolle gegeben: Ali Neumann, Redaktion" in briefe(lena)
    assert kommunen_adresse(stadt, "mitglieder") in briefe(lena)
    assert f"{kommunen_adresse(stadt, 'protokoll')}?ereignis=zugang" in briefe(lena)
    assert len(mail.outbox) == 1


def test_a_second_address_of_verwaltung_is_seen_when_it_is_invited_and_when_it_comes_in(stadt, lena, vera):
    einladung, _ = lade_ein(stadt, "v.verwaltung@privat.example", "redaktion", eingeladen_von=vera)
    assert "- eingeladen: v.verwaltung@privat.example, Redaktion" in briefe(lena)
    zweites = mache_benutzer(email="v.verwaltung@privat.example", name="Vera V.")
    nimm_an(einladung, zweites)
    assert "- Rolle gegeben: Vera V., Redaktion, durch Einladung" in briefe(lena)
    assert eintraege(stadt) == [
        ("eingeladen", vera, None, "Redaktion"),
        ("rolle_gegeben", vera, zweites, "Redaktion, durch Einladung"),
    ]


def test_whoever_did_it_is_not_told_and_every_other_leitung_is(stadt, lena):
    zweite = mache_benutzer(stadt, "leitung", "redaktion")
    mache_benutzer(stadt, "leitung", is_active=False)
    setze_rollen(lena, stadt, mache_benutzer(stadt, "lesen"), {("gremium", None)})
    assert [m.to for m in mail.outbox] == [[zweite.email]]


def test_the_log_names_an_invited_member_and_says_of_no_other_address_whether_it_has_an_account(stadt, vera):
    mitglied, fremd = mache_benutzer(stadt, "lesen"), mache_benutzer(mache_kommune("nachbarstadt"), "lesen")
    for konto in (mitglied, fremd):
        einladung, _ = lade_ein(stadt, konto.email, "redaktion", eingeladen_von=vera)
        widerrufe(einladung, vera)
    assert [e[2] for e in eintraege(stadt)] == [mitglied, mitglied, None, None]
    assert not any("@" in e[3] for e in eintraege(stadt))


def test_an_invitation_sent_again_says_so(stadt, vera):
    for _ in range(2):
        lade_ein(stadt, "neu@stadt.example", "lesen", eingeladen_von=vera)
    assert [e[3] for e in eintraege(stadt)] == ["Lesezugang", "Lesezugang, erneut"]


def test_what_is_rolled_back_is_not_told(stadt, lena, vera):
    with pytest.raises(ValueError, match="Not a change"):
        halte_zugang_fest(stadt, vera, [Zugangsaenderung("ausgabe", lena, "")])
    assert (eintraege(stadt), mail.outbox) == ([], [])


@pytest.mark.parametrize("ereignis", sorted(ZUGANG))
def test_nothing_of_this_kind_gets_into_the_log_without_being_told(ereignis, stadt):
    with pytest.raises(ValueError, match="told to the Leitungen"):
        halte_fest(ereignis, kommune=stadt)


def test_the_leitung_finds_it_on_its_pages(stadt, lena, vera, client):
    person = mache_benutzer(stadt, "lesen", name="Ali Neumann")
    setze_rollen(vera, stadt, person, {("redaktion", None)})
    halte_fest("stammdaten", kommune=stadt, benutzer=vera, text="Name")
    client.force_login(lena)
    seite = text(seite_von(client.get(kommunen_adresse(stadt, "mitglieder"))))
    assert "Rolle gegebenAli NeumannRedaktionVera Verwaltung" in seite
    seite = text(seite_von(client.get(f"{kommunen_adresse(stadt, 'protokoll')}?ereignis=zugang")))
    assert "Rolle entzogen" in seite
    assert "2 Einträge" in seite
    client.force_login(vera)
    assert "am Zugang geändert" not in client.get(kommunen_adresse(stadt, "mitglieder")).content.decode()


def test_a_leitung_made_on_the_command_line_is_seen_too(stadt, lena, monkeypatch):
    monkeypatch.setenv("KONZEPTWERK_KENNWORT", KENNWORT)
    call_command(
        *("einrichten", "--slug", stadt.slug, "--superuser"),
        *("--leitung-email", "x@stadt.example", "--leitung-name", "Xenia X."),
    )
    assert "- Rolle gegeben: Xenia X., Leitung, über die Kommandozeile" in briefe(lena)
    assert "- Rechte in allen Kommunen: Xenia X., gegeben: liest und verwaltet alles" in briefe(lena)


def test_roles_from_the_identity_provider_are_one_mail_for_each_kommune(stadt, lena, settings):
    settings.OIDC = SimpleNamespace(gruppen={"alle": [(stadt.slug, "lesen"), (stadt.slug, "redaktion")]})
    person = mache_benutzer(name="Ali Neumann")
    gleiche_rollen_an(person, ["alle"])
    assert [m.to for m in mail.outbox] == [[lena.email]]
    assert "- Rolle gegeben: Ali Neumann, Redaktion, aus dem Anmeldedienst" in briefe(lena)
    gleiche_rollen_an(person, [])
    assert {e[0] for e in eintraege(stadt)} == {"rolle_gegeben", "rolle_entzogen"}
    assert len(mail.outbox) == 2


# In the admin


def sende(client, konto, **aenderungen):
    pfad = adresse(Benutzer, "change", konto.pk)
    return client.post(pfad, formulardaten(client.get(pfad)) | aenderungen)


def test_a_superuser_who_gives_leitung_in_the_admin_is_seen(stadt, lena, chef, client):
    person = mache_benutzer(stadt, "lesen", name="Ali Neumann")
    client.force_login(chef)
    zeile = {"mitgliedschaften-0-rolle": "leitung"}
    assert sende(client, person, **zeile).status_code == 302
    assert set(eintraege(stadt)) == {
        ("rolle_entzogen", chef, person, "Lesezugang, in der Verwaltungsoberfläche"),
        ("rolle_gegeben", chef, person, "Leitung, in der Verwaltungsoberfläche"),
    }
    assert "- Rolle gegeben: Ali Neumann, Leitung, in der Verwaltungsoberfläche" in briefe(lena)
    assert {m.to[0] for m in mail.outbox} == {lena.email, person.email}, "Whoever leads from now on is told too."
    assert len(mail.outbox) == 2, "The role that went and the one that came are one mail."


def test_rights_in_all_kommunen_are_told_in_all_of_them(stadt, lena, chef, client):
    andere = mache_kommune("nachbarstadt")
    nina, person = mache_benutzer(andere, "leitung"), mache_benutzer(stadt, "lesen", name="Ali Neumann")
    client.force_login(chef)
    sende(client, person, is_superuser="on")
    for kommune, leitung in ((stadt, lena), (andere, nina)):
        assert eintraege(kommune) == [("installation", chef, person, "gegeben: liest und verwaltet alles")]
        assert "- Rechte in allen Kommunen: Ali Neumann" in briefe(leitung)


@pytest.mark.parametrize(("vorher", "ereignis"), [(True, "konto_gesperrt"), (False, "konto_entsperrt")])
def test_an_account_that_is_switched_off_or_on(vorher, ereignis, stadt, chef, client):
    person = mache_benutzer(stadt, "lesen", is_active=vorher)
    client.force_login(chef)
    sende(client, person, is_active=[] if vorher else "on")
    assert eintraege(stadt) == [(ereignis, chef, person, "")]


def test_saving_an_account_as_it_is_leaves_no_entry(stadt, chef, client):
    client.force_login(chef)
    vorher = Protokolleintrag.objects.count()
    sende(client, mache_benutzer(stadt, "lesen", "gremium", name="Ali"))
    assert Protokolleintrag.objects.count() == vorher


def test_whoever_sets_how_somebody_signs_in_is_seen_by_them_and_by_the_leitung(stadt, lena, chef, client):
    person = mache_benutzer(stadt, "gremium", name="Ali Neumann", email="ali@stadt.example")
    client.force_login(chef)
    kennwort = {"password1": "Birnbaum-7-Tisch", "password2": "Birnbaum-7-Tisch", "usable_password": "true"}
    assert client.post(f"/admin/konten/benutzer/{person.pk}/password/", kennwort).status_code == 302
    assert eintraege(stadt) == [("konto_geaendert", chef, person, "anderes Kennwort")]
    assert "Konto durch die Administration geändert: Ali Neumann, anderes Kennwort" in briefe(lena)
    assert "Chris Chef hat als Administration der Installation" in briefe(person)
    mail.outbox.clear()
    sende(client, person, email="anders@stadt.example")
    assert eintraege(stadt)[1:] == [("konto_geaendert", chef, person, "neue E-Mail-Adresse")]


def test_the_second_factor_that_is_reset_names_who_did_it(stadt, lena, chef, client):
    person = mache_benutzer(stadt, "leitung")
    person.authenticator_set.create(type="totp", data={})
    client.force_login(chef)
    daten = {"action": "setze_zweiten_faktor_zurueck", "_selected_action": [person.pk]}
    client.post(adresse(Benutzer, "changelist"), daten)
    assert eintraege(stadt) == [("konto_geaendert", chef, person, "zweiter Faktor zurückgesetzt")]
    assert briefe(person)
    assert briefe(lena)


def test_whatever_is_edited_in_the_admin_stands_in_the_log_of_its_kommune(stadt, chef, client):
    client.force_login(chef)
    pfad = "/admin/konzept/gremium/add/"
    daten = formulardaten(client.get(pfad)) | {"kommune": stadt.pk, "name": "AG Sprache", "art": "netzwerk"}
    client.post(pfad, daten)
    gremium = stadt.gremien.get()
    pfad = f"/admin/konzept/gremium/{gremium.pk}"
    client.post(f"{pfad}/change/", formulardaten(client.get(f"{pfad}/change/")) | {"name": "AG Deutsch"})
    client.post(f"{pfad}/delete/", {"post": "yes"})
    zeilen = stadt.protokoll.filter(ereignis="oberflaeche").order_by("pk")
    assert [(e.benutzer, e.text) for e in zeilen] == [
        (chef, "Gremium angelegt: AG Sprache"),
        (chef, "Gremium geändert: AG Deutsch"),
        (chef, "Gremium gelöscht: AG Deutsch"),
    ]


def test_whoever_tries_the_admin_in_vain_gets_one_entry_an_hour(stadt, vera, client):
    client.force_login(vera)
    for pfad in ("/admin/", "/admin/konten/benutzer/", "/admin/"):
        assert client.get(pfad, follow=True).status_code == 403
    assert [(e.benutzer, e.text) for e in stadt.protokoll.filter(ereignis="abgewiesen")] == [
        (vera, "von der Verwaltungsoberfläche")
    ]


# Names


def test_another_name_is_told_and_shown_and_goes_with_the_account(stadt, lena, client):
    person = mache_benutzer(stadt, "lesen", name="Rita Redaktion")
    client.force_login(person)
    client.post("/konto/", {"name": "Rita Neu"})
    assert "- Name geändert: Rita Neu, bisher Rita Redaktion" in briefe(lena)
    assert eintraege(stadt) == [("name_geaendert", person, person, "")]
    client.force_login(lena)
    protokoll = kommunen_adresse(stadt, "protokoll")
    assert "„Rita Redaktion“ heißt jetzt „Rita Neu“" in client.get(protokoll).content.decode()
    loesche_konto(person)
    assert not Namensaenderung.objects.exists()
    assert "Rita" not in client.get(protokoll).content.decode()


@pytest.mark.parametrize("name", ["Lena Leitung", "LENA  leitung", "Ｌena Leitung"])
def test_nobody_takes_the_name_of_somebody_else_in_the_kommune(name, stadt, lena, client):
    person = mache_benutzer(stadt, "lesen", name="Rita Redaktion")
    client.force_login(person)
    antwort = client.post("/konto/", {"name": name})
    assert antwort.status_code == 422
    assert "So heißt hier schon jemand." in fehler_am_feld(antwort, "id_name")
    person.refresh_from_db()
    assert person.name == "Rita Redaktion"
    client.logout()
    _, schluessel = lade_ein(stadt, "neu@stadt.example", "lesen")
    daten = {"name": name, "password1": KENNWORT, "password2": KENNWORT}
    assert client.post(f"/einladung/{schluessel}/", daten).status_code == 422
    assert not Benutzer.objects.filter(email="neu@stadt.example").exists()


def test_signs_that_nobody_sees_make_no_other_name(stadt, lena):
    """Forms refuse them; a name from elsewhere may have them."""
    assert name_vergeben(mache_benutzer(stadt, "lesen"), "Lena\u200b Leitung")
    assert name_vergeben(mache_benutzer(stadt, "lesen"), "LÉNA\u00a0Lei\u00adtung")


def test_the_own_name_and_one_of_another_kommune_are_free(stadt, client):
    mache_benutzer(mache_kommune("nachbarstadt"), "lesen", name="Nina Nachbarin")
    client.force_login(mache_benutzer(stadt, "lesen", name="Rita Redaktion"))
    for name in ("Rita Redaktion", "rita redaktion", "Nina Nachbarin"):
        assert client.post("/konto/", {"name": name}).status_code == 302
    assert Namensaenderung.objects.count() == 2


def test_every_event_has_a_label_of_its_own():
    assert len(set(Ereignis.labels)) == len(Ereignis)


def test_a_superuser_made_on_the_command_line_is_told_in_every_kommune(stadt, lena, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", KENNWORT)
    call_command("createsuperuser", "--no-input", "--email", "chefin@stadt.example", verbosity=0)
    assert Benutzer.objects.get(email="chefin@stadt.example").is_superuser
    assert [e[0] for e in eintraege(stadt)] == ["installation"]
    assert "chefin@stadt.example" in briefe(lena)
