"""The first run: one command leads from an empty database to somebody who can sign in."""

import io

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection

from konzept.betrieb.eigene_adresse import Adresse
from konzept.konten.models import Benutzer, Einladung, Mitgliedschaft, Protokolleintrag
from konzept.models import Kommune
from tests.fabrik import KENNWORT, alle_zeilen, mache_benutzer, mache_kommune

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

GUT = "Birnbaum-7-Tischlampe"
ALLES = {
    "kommune": "Stadt Neustadt",
    "kurzname": "Neustadt",
    "art": "stadt",
    "ags": "05158026",
    "slug": "neustadt",
    "leitung_email": "Lena@Neustadt.Example",
    "leitung_name": "Lena Leitung",
}


@pytest.fixture(autouse=True)
def kein_kennwort_aus_der_umgebung(monkeypatch):
    monkeypatch.delenv("KONZEPTWERK_KENNWORT", raising=False)


@pytest.fixture
def tippe(monkeypatch):
    """`tippe("Antwort", …, kennwort=[…])` answers the questions in turn, and returns them as they were asked."""

    def antworte(*antworten, kennwort=()):
        offen, geheim, gefragt = list(antworten), list(kennwort), []

        def eingabe(liste):
            def lies(frage=""):
                gefragt.append(frage)
                if not liste:
                    raise EOFError
                return liste.pop(0)

            return lies

        monkeypatch.setattr("builtins.input", eingabe(offen))
        monkeypatch.setattr("konzept.management.commands.einrichten.getpass", eingabe(geheim))
        return gefragt

    return antworte


def richte_ein(**optionen) -> str:
    aus, fehler = io.StringIO(), io.StringIO()
    call_command("einrichten", stdout=aus, stderr=fehler, **optionen)
    return aus.getvalue() + fehler.getvalue()


def kann_sich_anmelden(client, email, kennwort=GUT) -> bool:
    client.post("/anmelden/", {"login": email, "password": kennwort})
    return client.get("/").status_code == 200


def test_by_arguments_alone(client, monkeypatch, tippe):
    monkeypatch.setenv("KONZEPTWERK_KENNWORT", GUT)
    gefragt = tippe()
    ausgabe = richte_ein(**ALLES)
    assert gefragt == []
    kommune, konto = Kommune.objects.get(), Benutzer.objects.get()
    assert (kommune.name, kommune.kurzname, kommune.slug) == ("Stadt Neustadt", "Neustadt", "neustadt")
    assert (kommune.art, kommune.ags) == ("stadt", "05158026")
    assert (konto.email, konto.name, konto.is_superuser) == ("lena@neustadt.example", "Lena Leitung", False)
    assert [(m.benutzer, m.kommune, m.rolle) for m in Mitgliedschaft.objects.all()] == [(konto, kommune, "leitung")]
    assert "lena@neustadt.example ist jetzt Leitung von Stadt Neustadt" in ausgabe
    assert GUT not in ausgabe
    assert kann_sich_anmelden(client, "lena@neustadt.example")
    assert client.get("/kommunen/neustadt/protokoll/").status_code == 200


def test_by_answering_questions_with_proposals_for_the_rest(client, tippe):
    gefragt = tippe("Kreis Ödenßee", "", "", "", "", "lena@neustadt.example", "Lena", kennwort=[GUT, GUT])
    richte_ein()
    kommune = Kommune.objects.get()
    assert (kommune.name, kommune.kurzname, kommune.art, kommune.ags) == ("Kreis Ödenßee", "Ödenßee", "kreis", None)
    assert kommune.slug == "oedenssee"
    assert "Kurzer Name [Ödenßee]: " in gefragt
    assert "Adresse der Kommune [oedenssee]: " in gefragt
    assert kann_sich_anmelden(client, "lena@neustadt.example")


def test_wrong_answers_are_asked_again_with_the_reason(tippe):
    tippe(
        *("", "Stadt Neustadt"),
        "Neustadt",
        *("dorf", "gemeinde"),
        *("123", "05158026"),
        *("Neu stadt", "neustadt"),
        *("keine-adresse", "lena@neustadt.example"),
        "Lena",
        kennwort=["kurz", "lena@neustadt.example", GUT, "vertippt", GUT, GUT],
    )
    ausgabe = richte_ein()
    for satz in ("8 Ziffern (Gemeinde) oder 5 Ziffern (Kreis)", "mindestens 12 Zeichen", "ähnelt Ihrem Namen",
                 "Die beiden Kennwörter sind verschieden.", "E-Mail-Adresse"):  # fmt: skip
        assert satz in ausgabe
    assert (Kommune.objects.get().art, Kommune.objects.get().slug) == ("gemeinde", "neustadt")


@pytest.mark.parametrize(
    ("antworten", "kennwort", "fehlt"),
    [
        ([], [], "--kommune"),
        (["Stadt Neustadt", "", "", "", ""], [], "--leitung-email"),
        (["Stadt Neustadt", "", "", "", "", "lena@neustadt.example", "Lena"], [], "KONZEPTWERK_KENNWORT"),
        (["Stadt Neustadt", "", "", "", "", "lena@neustadt.example", "Lena"], [GUT], "KONZEPTWERK_KENNWORT"),
    ],
)
def test_an_end_in_the_middle_names_what_is_missing_and_leaves_nothing(tippe, antworten, kennwort, fehlt):
    tippe(*antworten, kennwort=kennwort)
    with pytest.raises(CommandError, match=fehlt):
        richte_ein()
    assert not Kommune.objects.exists()
    assert not Benutzer.objects.exists()


def test_giving_up_by_keyboard_leaves_nothing(tippe, monkeypatch):
    def abbrechen(frage):
        raise KeyboardInterrupt

    tippe("Stadt Neustadt", "", "", "", "", "lena@neustadt.example", "Lena")
    monkeypatch.setattr("konzept.management.commands.einrichten.getpass", abbrechen)
    with pytest.raises(CommandError, match="Abgebrochen"):
        richte_ein()
    assert not Kommune.objects.exists()


def test_a_failure_at_the_last_step_leaves_nothing(monkeypatch):
    def scheitere(konto):
        raise RuntimeError

    monkeypatch.setenv("KONZEPTWERK_KENNWORT", GUT)
    monkeypatch.setattr("konzept.management.commands.einrichten.bestaetige_adresse", scheitere)
    with pytest.raises(RuntimeError):
        richte_ein(**ALLES)
    assert not Kommune.objects.exists()
    assert not Benutzer.objects.exists()


@pytest.mark.parametrize(
    ("anders", "satz"),
    [
        ({"ags": "12"}, "--ags: Der amtliche Gemeindeschlüssel"),
        ({"slug": "Neu stadt"}, "Adresse"),
        ({"leitung_email": "keine"}, "--leitung-email"),
        ({"kommune": "x" * 201}, "--kommune"),
        ({"leitung_name": "x" * 201}, "--leitung-name"),
    ],
)
def test_wrong_arguments_are_refused_with_a_sentence(monkeypatch, anders, satz):
    monkeypatch.setenv("KONZEPTWERK_KENNWORT", GUT)
    with pytest.raises(CommandError, match=satz):
        richte_ein(**ALLES | anders)
    assert not Kommune.objects.exists()


def test_a_weak_password_in_the_environment_is_refused(monkeypatch):
    monkeypatch.setenv("KONZEPTWERK_KENNWORT", "kurz")
    with pytest.raises(CommandError, match="KONZEPTWERK_KENNWORT: Das Kennwort ist zu kurz") as fehler:
        richte_ein(**ALLES)
    assert "kurz." in str(fehler.value)
    assert not Kommune.objects.exists()


# By invitation


def link(ausgabe: str) -> str:
    (adresse,) = (wort for wort in ausgabe.split() if "/einladung/" in wort)
    return adresse


def test_an_invitation_instead_of_a_password(client, tippe, settings):
    gefragt = tippe()
    settings.ADRESSE, settings.ALLOWED_HOSTS = Adresse("https", "konzept.example"), ["konzept.example", "testserver"]
    ausgabe = richte_ein(**ALLES, einladen=True)
    assert gefragt == []
    assert not Benutzer.objects.exists()
    einladung = Einladung.objects.get()
    assert (einladung.email, einladung.rolle, einladung.name) == ("lena@neustadt.example", "leitung", "Lena Leitung")
    assert link(ausgabe).startswith("https://konzept.example/einladung/")
    seite = client.get(link(ausgabe).removeprefix("https://konzept.example"))
    assert seite.status_code == 200
    assert "Stadt Neustadt" in seite.content.decode()
    assert mail.outbox == []
    assert "Geben Sie den Link selbst weiter." in ausgabe


def test_the_invitation_goes_out_by_mail_where_a_server_is_set(settings):
    settings.MAILSERVER = object()
    ausgabe = richte_ein(**ALLES, einladen=True)
    (nachricht,) = mail.outbox
    assert nachricht.to == ["lena@neustadt.example"]
    assert link(ausgabe) in nachricht.body


def test_administrators_need_an_account_at_once():
    with pytest.raises(CommandError, match="--superuser"):
        richte_ein(**ALLES, einladen=True, superuser=True)


def test_an_administrator(client, monkeypatch):
    monkeypatch.setenv("KONZEPTWERK_KENNWORT", GUT)
    richte_ein(**ALLES, superuser=True)
    assert kann_sich_anmelden(client, "lena@neustadt.example")
    assert client.get("/admin/").status_code == 200


# A Kommune that is there already


@pytest.fixture
def stadt():
    return mache_kommune("altstadt", name="Stadt Altstadt")


def test_a_kommune_that_lost_its_leitung_gets_one(client, stadt, monkeypatch):
    monkeypatch.setenv("KONZEPTWERK_KENNWORT", GUT)
    richte_ein(slug="altstadt", leitung_email="lena@altstadt.example", leitung_name="Lena")
    assert Kommune.objects.get() == stadt
    assert kann_sich_anmelden(client, "lena@altstadt.example")
    assert client.get("/kommunen/altstadt/protokoll/").status_code == 200
    eintrag = Protokolleintrag.objects.get(ereignis="rolle_gegeben")
    assert (eintrag.kommune, eintrag.benutzer, eintrag.text) == (stadt, None, "Leitung, über die Kommandozeile")


def test_an_account_that_is_there_keeps_its_password(client, stadt, tippe):
    konto = mache_benutzer(stadt, "lesen", email="lena@altstadt.example", name="Lena")
    gefragt = tippe("altstadt", "LENA@altstadt.example")
    richte_ein()
    assert len(gefragt) == 2
    assert konto.rollen_in(stadt.pk) == {"lesen", "leitung"}
    assert kann_sich_anmelden(client, konto.email, KENNWORT)
    vorher = alle_zeilen()
    assert "war schon Leitung" in richte_ein(slug="altstadt", leitung_email=konto.email)
    assert alle_zeilen() == vorher


def test_the_question_lists_what_is_there_and_takes_a_new_one_too(stadt, tippe, monkeypatch):
    monkeypatch.setenv("KONZEPTWERK_KENNWORT", GUT)
    tippe("neustadt", "Stadt Neustadt", "", "", "", "lena@neustadt.example", "Lena")
    assert "Es gibt schon: altstadt (Stadt Altstadt)." in richte_ein()
    assert Kommune.objects.get(slug="neustadt").name == "Stadt Neustadt"


@pytest.mark.parametrize(
    ("anders", "satz"),
    [
        ({"slug": "altstadt"}, "Unter der Adresse altstadt gibt es schon: Stadt Altstadt."),
        ({"ags": "05111000"}, "Amtlicher Gemeindeschlüssel"),
        ({"leitung_email": "aus@altstadt.example"}, "Das Konto aus@altstadt.example ist gesperrt."),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(stadt, monkeypatch, anders, satz):
    monkeypatch.setenv("KONZEPTWERK_KENNWORT", GUT)
    Kommune.objects.update(ags="05111000")
    mache_benutzer(email="aus@altstadt.example", is_active=False)
    vorher = alle_zeilen()
    with pytest.raises(CommandError, match=satz):
        richte_ein(**ALLES | anders)
    assert alle_zeilen() == vorher


@pytest.mark.django_db(transaction=True)
def test_the_table_of_the_counters_is_made(monkeypatch, settings):
    monkeypatch.setenv("KONZEPTWERK_KENNWORT", GUT)
    tabelle = settings.CACHES["default"]["LOCATION"]
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {tabelle}")
    richte_ein(**ALLES)
    assert tabelle in connection.introspection.table_names()
