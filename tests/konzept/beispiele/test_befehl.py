"""`manage.py beispiele`: what it loads, the demo accounts, and what they find."""

from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from konzept.beratung.models import Anmerkung
from konzept.beratung.vorgaenge import offene_runden
from konzept.konten.models import Benutzer, Mitgliedschaft
from konzept.models import Kommune, Konzept
from konzept.postausgang.models import Sendung
from konzept.rechte import Rolle
from massnahmen.models import Massnahme

from .conftest import DATEIEN, ECHTE, ORDNER, alles

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]


def beispiele(*argumente) -> str:
    ausgabe = StringIO()
    call_command("beispiele", *argumente, stdout=ausgabe)
    return ausgabe.getvalue()


def rollen(email: str) -> set[tuple[str, str]]:
    return set(Mitgliedschaft.objects.filter(benutzer__email=email).values_list("kommune__slug", "rolle"))


@pytest.fixture
def entwicklung(settings):
    settings.DEBUG = True


def test_command_loads_every_file_and_says_so():
    assert beispiele().count(" geladen") >= len(DATEIEN)
    assert set(Kommune.objects.values_list("slug", flat=True)) >= ECHTE
    assert not Benutzer.objects.exists()
    ausgabe = beispiele()
    assert "geladen" not in ausgabe
    assert ausgabe.count(" schon vorhanden") >= len(DATEIEN)


def test_command_reports_a_mistake(datei):
    with pytest.raises(CommandError, match=r"kleinstadt\.yaml: .*Fehlt"):
        beispiele(datei(("[Verein]", "[Fehlt]")))


@pytest.mark.usefixtures("entwicklung")
def test_demo_accounts_have_their_role_in_every_example():
    ausgabe = beispiele("--zugaenge")
    for rolle in Rolle.values:
        email = f"{rolle}@musterstadt.example"
        assert email in ausgabe
        assert rollen(email) == {(slug, rolle) for slug in Kommune.objects.values_list("slug", flat=True)}
    (admin,) = Benutzer.objects.filter(is_superuser=True)
    assert admin.email == "admin@musterstadt.example"
    assert admin.check_password("konzeptwerk-demo")
    assert admin.email in ausgabe
    assert "konzeptwerk-demo" in ausgabe


@pytest.mark.usefixtures("entwicklung")
def test_nobody_writes_to_the_invented_addresses_and_other_mails_stay(settings):
    settings.EMAIL_BACKEND = "konzept.postausgang.backend.Postausgang"
    mail.send_mail("Vorher", "Text", None, ["leitung@musterstadt.example"])
    beispiele("--zugaenge", str(ORDNER / "musterstadt.yaml"))
    assert Mitgliedschaft.objects.exists()
    assert Sendung.objects.count() == 1


@pytest.mark.usefixtures("entwicklung")
def test_demo_of_the_jugendamt_has_measures_to_edit():
    beispiele("--zugaenge", ORDNER / "musterstadt.yaml")
    konto = Benutzer.objects.get(email="mitwirkung@musterstadt.example")
    konzept = Konzept.objects.get(slug="integrationskonzept-2027-2032")
    alle = Massnahme.objects.fuer_konzept(konzept)
    assert 5 < alle.bearbeitbar_fuer(konto, konzept).count() < alle.count() / 2


@pytest.mark.usefixtures("entwicklung")
def test_demo_accounts_that_exist_are_left_alone(datei):
    beispiele("--zugaenge", datei())
    konto = Benutzer.objects.get(email="leitung@musterstadt.example")
    konto.set_password("eigenes")
    konto.save()
    konto.mitgliedschaften.all().delete()
    beispiele("--zugaenge", datei())
    konto.refresh_from_db()
    assert konto.check_password("eigenes")
    assert rollen(konto.email) == set()


@pytest.mark.usefixtures("entwicklung")
def test_demo_accounts_join_an_example_that_is_new(datei):
    beispiele("--zugaenge", datei())
    beispiele("--zugaenge", ORDNER / "rheine.yaml")
    assert rollen("lesen@musterstadt.example") == {("kleinstadt", "lesen"), ("rheine", "lesen")}


def test_demo_accounts_are_refused_in_production(datei, settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="öffentlich bekanntes Kennwort"):
        beispiele("--zugaenge", datei())
    assert not any(alles().values())
    beispiele("--zugaenge", "--erzwingen", datei())
    assert Benutzer.objects.count() == 7


@pytest.mark.usefixtures("entwicklung")
def test_demo_of_the_integrationsrat_has_a_draft_to_comment_on():
    beispiele("--zugaenge", ORDNER / "musterstadt.yaml")
    mitglied = Benutzer.objects.get(email="gremium@musterstadt.example")
    (runde,) = offene_runden(mitglied)
    assert str(runde.fassung) == "Entwurf 1"
    anmerkungen = Anmerkung.objects.filter(runde=runde).mit_antwort()
    assert {bool(a.antwort) for a in anmerkungen} == {True, False}
    assert {bool(a.papier_von) for a in anmerkungen} == {True, False}
    assert runde.konzept.vorlagen.get().fassung == runde.fassung
