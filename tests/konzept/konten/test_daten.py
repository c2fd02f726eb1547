"""What is stored about an account: all of it can be taken along, and all of it goes when the account is erased."""

import json
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import models
from django.test import Client
from django.utils import timezone

from konzept.konten import daten
from konzept.konten.models import EHEMALIG, Benutzer, Einladung, Protokolleintrag
from konzept.konten.protokoll import halte_fest
from konzept.konten.vorgaenge import benenne_um, lade_ein
from konzept.konten.zugang import Zugangsaenderung, halte_zugang_fest
from konzept.postausgang.models import Sendung
from tests.fabrik import (
    KENNWORT,
    alle_zeilen,
    mache_benutzer,
    mache_feld,
    mache_kommune,
    mache_konzept,
    mache_massnahme,
    mache_sachstand,
    seite_von,
    sende,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

RITA = "rita@stadt.example"
DATEN, DATEI, LOESCHEN = "/konto/daten/", "/konto/daten/datei/", "/konto/loeschen/"
GEHEIMNIS = "JBSWY3DPEHPK3PXP"


def melde_an(client, email=RITA):
    client.post("/anmelden/", {"login": email, "password": KENNWORT})
    assert angemeldet(client)
    return client


def angemeldet(client) -> bool:
    return client.get("/").status_code == 200


@pytest.fixture
def alles(client, stadt, rita, ole):
    """Something of every kind about Rita, and as much about somebody else; returns her measure."""
    melde_an(client)
    for wer in (rita, ole):
        TOTP.activate(wer, GEHEIMNIS)
        RecoveryCodes.activate(wer)
        SocialAccount.objects.create(
            user=wer, provider="dienst", uid=f"kennung-{wer.pk}", extra_data={"name": wer.name}
        )
    EmailAddress.objects.create(user=rita, email="rita.neu@stadt.example")
    lade_ein(stadt, RITA, "gremium", name="R. Redaktion", eingeladen_von=ole)
    lade_ein(stadt, "eva@stadt.example", "lesen", name="Eva Eingeladen", eingeladen_von=rita)
    halte_zugang_fest(stadt, ole, [Zugangsaenderung("rolle_gegeben", rita, "Redaktion")])
    halte_fest("stammdaten", kommune=stadt, benutzer=ole)
    for wer, frueher in ((rita, "Rita Früher"), (ole, "Ole Ehedem")):
        heute, wer.name = wer.name, frueher
        wer.save()
        benenne_um(wer, heute, wer)
    konzept = mache_konzept(stadt)
    massnahme = mache_massnahme(mache_feld(konzept), "Sprachcafé am Markt")
    mache_sachstand(massnahme, "2026-05-04", "Läuft gut", verfasst_von="Rita Redaktion")
    sende(client, massnahme, {"titel": "Sprachcafé im Rathaus"})
    for adresse in (RITA, "rita.neu@stadt.example", ole.email):
        Sendung.objects.create(anlass="runde", empfaenger=adresse, inhalt="x")
    for wer in (rita, ole):
        wer.zwischenstaende.create(adresse="/formular/", daten=f"titel=Noch+nicht+gespeichert+von+{wer.pk}")
    LogEntry.objects.create(
        user=ole,
        content_type=ContentType.objects.get_for_model(Benutzer),
        object_id=str(rita.pk),
        object_repr="Rita Redaktion",
        action_flag=CHANGE,
        change_message=f'[{{"added": {{"object": "{RITA}: Redaktion"}}}}]',
    )
    return massnahme


def datei(client) -> dict:
    return json.loads(client.post(DATEI).content)


# To read and to take along


def test_the_page_says_what_is_stored(client, alles):
    seite = text(seite_von(client.get(DATEN)))
    for teil in (
        RITA,
        "rita.neu@stadt.example (noch nicht bestätigt)",
        "Redaktion in Stadt Musterhausen",
        "Authentifizierungs-App, seit",
        "dienst, verbunden seit",
        "Netzadresse 127.0.0.1",
        "1 an Sie, 1 von Ihnen",
        "Rita Früher (bis ",
    ):
        assert teil in seite


def test_the_file_holds_everything_about_the_account(client, alles, rita):
    client.post("/abmelden/")
    melde_zweistufig_an(client)
    d = datei(client)
    assert (d["konto"]["e_mail"], d["konto"]["name"]) == (RITA, "Rita Redaktion")
    assert [a["e_mail"] for a in d["adressen"]] == [RITA, "rita.neu@stadt.example"]
    assert d["rollen"] == [{"kommune": "Stadt Musterhausen", "rolle": "Redaktion", "herkunft": "von Hand"}]
    assert [(e["rolle"], e["name"]) for e in d["einladungen_an_sie"]] == [("Gremium", "R. Redaktion")]
    assert [e["rolle"] for e in d["einladungen_von_ihnen"]] == ["Lesezugang"]
    assert {f["art"] for f in d["zweite_faktoren"]} == {"Authentifizierungs-App", "Wiederherstellungscodes"}
    assert [s["netzadresse"] for s in d["sitzungen"]] == ["127.0.0.1"]
    assert [(e["anlass"], e["an"], e["zustand"]) for e in d["e_mails_an_sie"]] == [
        ("Runde der Beratung", RITA, "wartet"),
        ("Runde der Beratung", "rita.neu@stadt.example", "wartet"),
    ]
    assert d["anmeldedienste"][0]["uebermittelte_angaben"] == {"name": "Rita Redaktion"}
    assert [(n["vorher"], n["nachher"]) for n in d["fruehere_namen"]] == [("Rita Früher", "Rita Redaktion")]
    (wartend,) = d["noch_nicht_gespeicherter_text"]
    assert wartend["eingaben"] == {"titel": [f"Noch nicht gespeichert von {rita.pk}"]}
    ereignisse = [(p["ereignis"], p["von_ihnen"], p["betrifft_sie"]) for p in d["protokoll"]]
    assert ("angemeldet", True, False) in ereignisse
    assert ("Rolle gegeben", False, True) in ereignisse
    assert "Stammdaten geändert" not in {e[0] for e in ereignisse}
    assert "Maßnahme" in {b["was"] for b in d["zuletzt_bearbeitet"]}
    # Somebody else may have written there since, what the account may not read.
    assert "Sprachcafé im Rathaus" not in str(d["zuletzt_bearbeitet"])


def melde_zweistufig_an(client):
    client.post("/anmelden/", {"login": RITA, "password": KENNWORT})
    codes = Authenticator.objects.get(user__email=RITA, type="recovery_codes").wrap().get_unused_codes()
    client.post("/anmelden/zweiter-faktor/", {"code": codes[0]})
    assert angemeldet(client)


def test_the_file_holds_no_secret_and_nobody_else(client, alles, rita, ole):
    rita.refresh_from_db()
    roh = client.post(DATEI).content.decode()
    geheim = [rita.password, GEHEIMNIS, client.session.session_key]
    geheim += Einladung.objects.values_list("fingerabdruck", flat=True)
    geheim += [str(f.data) for f in Authenticator.objects.all()]
    fremd = [ole.email, ole.name, "eva@stadt.example", "Eva", f"kennung-{ole.pk}", f"gespeichert von {ole.pk}"]
    assert [wort for wort in geheim + fremd if wort in roh] == []


def test_the_file_is_one_to_save_and_the_log_remembers_it(client, alles, stadt, rita):
    antwort = client.post(DATEI)
    assert antwort["Content-Type"].startswith("application/json")
    assert antwort["Content-Disposition"].startswith('attachment; filename="konzeptwerk-daten-')
    assert "no-store" in antwort["Cache-Control"]
    eintrag = Protokolleintrag.objects.latest("pk")
    assert (eintrag.ereignis, eintrag.kommune, eintrag.benutzer) == ("daten_ausgegeben", stadt, rita)


def test_reading_changes_nothing(client, alles):
    vorher = alle_zeilen()
    client.get(DATEN)
    client.get(LOESCHEN)
    assert client.get(DATEI).status_code == 405
    assert alle_zeilen() == vorher


def test_every_table_that_points_at_an_account_is_known():
    """A new one has to say whether it goes with the account, tells of it, or remembers who changed something."""
    zeigen = {
        modell
        for modell in apps.get_models()
        for feld in modell._meta.get_fields()
        if isinstance(feld, models.ForeignKey) and feld.related_model is Benutzer
    }
    genannt = {*daten.eigene(), *daten.bleibende(), *(modell for modell, _, _ in daten.bearbeitbares())}
    assert zeigen == genannt


# Erasure


def loesche(client, **felder):
    """Tick the box and press the button; give the password where it is asked for again."""
    antwort = client.post(LOESCHEN, {"ja": "on"} | felder)
    if antwort.status_code == 302 and antwort.url.startswith("/konto/bestaetigen/"):
        antwort = client.post(antwort.url, {"password": KENNWORT})
    return antwort


def spuren(*woerter) -> list[str]:
    """The tables in which any of these words still stands."""
    gefunden = []
    for modell in apps.get_models():
        zeilen = [str(zeile) for zeile in modell._base_manager.values()]
        if modell is Session:
            zeilen = [str(sitzung.get_decoded()) for sitzung in Session.objects.all()]
        gefunden += [modell._meta.label for zeile in zeilen for wort in woerter if wort in zeile]
    return gefunden


def test_erasing_takes_everything_that_names_the_person(client, alles, stadt, rita, ole):
    zweiter = Client()
    zweiter.force_login(rita)
    assert loesche(client).url == "/anmelden/"
    rita.refresh_from_db()
    assert str(rita) == EHEMALIG
    assert timezone.now() - rita.geloescht_am < timedelta(minutes=1)
    assert (rita.email, rita.name) == (f"geloescht-{rita.pk}@geloescht.invalid", "")
    assert not any((rita.is_active, rita.is_staff, rita.is_superuser, rita.has_usable_password(), rita.last_login))
    for modell in (EmailAddress, Authenticator, SocialAccount, UserSession):
        assert not modell.objects.filter(user=rita).exists()
    assert not rita.mitgliedschaften.exists()
    assert not rita.zwischenstaende.exists()
    assert not Einladung.objects.filter(email=RITA).exists()
    assert not angemeldet(client)
    assert not angemeldet(zweiter)
    assert spuren(RITA, "rita.neu@stadt.example", "R. Redaktion") == []
    # A name that somebody wrote into a text is content.
    assert set(spuren("Rita Redaktion")) <= {"massnahmen.Sachstand", "verlauf.Aenderung"}


def test_what_the_person_wrote_stays_without_the_name(client, alles, rita, ole):
    loesche(client)
    alles.refresh_from_db()
    assert (alles.titel, alles.geaendert_von, str(alles.geaendert_von)) == ("Sprachcafé im Rathaus", rita, EHEMALIG)
    assert alles.sachstaende.get().verfasst_von == "Rita Redaktion"
    assert Einladung.objects.get(email="eva@stadt.example").eingeladen_von == rita


def test_the_log_remembers_that_the_account_was_erased(client, alles, stadt, rita):
    loesche(client)
    eintrag = Protokolleintrag.objects.latest("pk")
    assert (eintrag.ereignis, eintrag.kommune) == ("konto_geloescht", stadt)
    assert (eintrag.benutzer, eintrag.person, eintrag.text) == (rita, rita, "")


def test_somebody_else_loses_nothing(client, alles, ole):
    andere = melde_an_als(ole)
    loesche(client)
    assert angemeldet(andere)
    ole.refresh_from_db()
    assert ole.name == "Ole Anders"
    assert Authenticator.objects.filter(user=ole).count() == 2
    assert [s.empfaenger for s in Sendung.objects.all()] == [ole.email]
    assert ole.zwischenstaende.count() == 1


def melde_an_als(konto) -> Client:
    client = Client()
    client.force_login(konto)
    return client


def test_neither_the_old_address_nor_the_new_one_signs_in_again(client, rita):
    melde_an(client)
    loesche(client)
    rita.refresh_from_db()
    for email in (RITA, rita.email):
        client.post("/anmelden/", {"login": email, "password": KENNWORT})
        assert not angemeldet(client)


def test_the_address_is_free_for_a_new_account(client, rita):
    melde_an(client)
    loesche(client)
    neu = mache_benutzer(email=RITA)
    assert neu.pk != rita.pk


def test_text_that_waits_in_another_session_goes_too(client, rita):
    wartend = melde_an_als(rita)
    sitzung = wartend.session
    sitzung["wiedervorlage"] = {"/irgendwo/": "text=Noch+nicht+gespeichert"}
    sitzung.save()
    melde_an(client)
    loesche(client)
    assert spuren("Noch+nicht+gespeichert") == []


def test_a_half_finished_sign_in_goes_too(client, rita):
    TOTP.activate(rita, GEHEIMNIS)
    halb = Client()
    halb.post("/anmelden/", {"login": RITA, "password": KENNWORT})
    client.force_login(rita)
    daten.loesche_konto(rita)
    assert spuren(RITA) == []
    assert not Session.objects.filter(pk=halb.session.session_key).exclude(session_data="").exists()


def test_the_box_has_to_be_ticked(client, rita):
    melde_an(client)
    vorher = alle_zeilen()
    antwort = client.post(LOESCHEN)
    assert antwort.status_code == 422
    assert "Setzen Sie den Haken" in text(seite_von(antwort))
    assert alle_zeilen() == vorher


def test_a_session_alone_is_not_enough(client, rita):
    """Somebody at an unlocked screen does not know the password."""
    client.force_login(rita)
    vorher = alle_zeilen()
    antwort = client.post(LOESCHEN, {"ja": "on"})
    assert (antwort.status_code, antwort.url) == (302, "/konto/bestaetigen/?next=%2Fkonto%2Floeschen%2F")
    assert client.post(antwort.url, {"password": "falsch"}).status_code == 200
    assert {k: v for k, v in alle_zeilen().items() if "Protokoll" not in k} == {
        k: v for k, v in vorher.items() if "Protokoll" not in k
    }
    client.post(antwort.url, {"password": KENNWORT})
    rita.refresh_from_db()
    assert rita.geloescht_am


def test_the_last_leitung_stays_and_is_told_where(client, stadt, ole):
    andere = mache_kommune("nachbarstadt", name="Stadt Nachbarstadt")
    gefuehrt = mache_kommune("drittstadt", name="Stadt Drittstadt")
    for kommune in (andere, gefuehrt):
        ole.mitgliedschaften.create(kommune=kommune, rolle="leitung")
    mache_benutzer(gefuehrt, "leitung")
    mache_benutzer(andere, "leitung", is_active=False)
    client.force_login(ole)
    for antwort in (client.get(LOESCHEN), loesche(client)):
        (warum,) = (text(k) for k in seite_von(antwort).iter() if k.get("role") == "alert" and k.get("hidden") is None)
        assert "Sie sind die einzige Leitung von Stadt Musterhausen und Stadt Nachbarstadt." in warum
        assert "Drittstadt" not in warum
        assert not any(knopf.get("name") == "ja" for knopf in seite_von(antwort).iter("input"))
    ole.refresh_from_db()
    assert not ole.geloescht_am


def test_the_rule_holds_below_the_page_too(stadt, ole, rita):
    vorher = alle_zeilen()
    with pytest.raises(daten.LetzteLeitung) as fehler:
        daten.loesche_konto(ole, durch=rita)
    assert fehler.value.kommunen == [stadt]
    assert alle_zeilen() == vorher
    mache_benutzer(stadt, "leitung")
    daten.loesche_konto(ole, durch=rita)
    assert Protokolleintrag.objects.latest("pk").benutzer == rita


def test_who_has_no_password_but_signs_in_through_the_identity_provider_needs_only_the_box(client, rita):
    rita.set_unusable_password()
    rita.save()
    client.force_login(rita)
    assert loesche(client).url == "/anmelden/"
    rita.refresh_from_db()
    assert rita.geloescht_am
