"""Inviting: who may invite whom, what the mail says, sending again, taking back."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from konzept.konten.models import Einladung, Protokolleintrag
from konzept.konten.models.einladung import fingerabdruck
from konzept.konten.vorgaenge import lade_ein
from tests.fabrik import (
    KENNWORT,
    eingaben,
    fehler_am_feld,
    kommunen_adresse,
    mache_akteur,
    mache_benutzer,
    mache_kommune,
    nach_id,
    seite_von,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

NEU = {"email": "neu@stadt.example", "rolle": "redaktion", "name": "Nina Neu"}


def lade(client, kommune, **werte):
    return client.post(kommunen_adresse(kommune, "einladungen", "neu"), NEU | werte)


def schluessel(nachricht=None) -> str:
    return re.search(r"/einladung/(\S+)/", (nachricht or mail.outbox[-1]).body)[1]


def meldung(client, kommune) -> str:
    seite_ = seite_von(client.get(kommunen_adresse(kommune, "mitglieder")))
    return " ".join(text(k) for k in seite_.iter() if k.get("class") == "meldung__text")


# Who, and to what


def test_invitation_is_sent_and_listed(leitung, kommune):
    antwort = lade(leitung, kommune)
    assert (antwort.status_code, antwort.url) == (302, kommunen_adresse(kommune, "mitglieder"))
    (nachricht,) = mail.outbox
    assert nachricht.to == ["neu@stadt.example"]
    for erwartet in ("Guten Tag Nina Neu", "Lena Leitung", str(kommune), "Redaktion", "bearbeitet das ganze Konzept"):
        assert erwartet in nachricht.body
    einladung = Einladung.objects.get()
    assert f"{timezone.localtime(einladung.gueltig_bis):%d.%m.%Y}" in nachricht.body
    assert einladung.gueltig_bis - timezone.now() > timedelta(days=13, hours=23)
    assert "nichts zu tun" in nachricht.body
    assert nachricht.subject == f"Konzeptwerk: Einladung in {kommune}"
    liste = text(nach_id(seite_von(leitung.get(kommunen_adresse(kommune, "mitglieder"))), "einladungen-titel"))
    assert liste == "Offene Einladungen"
    assert "Nina Neu" in leitung.get(kommunen_adresse(kommune, "mitglieder")).content.decode()
    eintrag = Protokolleintrag.objects.get(ereignis="eingeladen")
    assert (eintrag.kommune, eintrag.benutzer, eintrag.text) == (kommune, leitung.konto, "Redaktion")


def test_the_key_is_stored_nowhere(leitung, kommune):
    lade(leitung, kommune)
    (zeile,) = Einladung.objects.values()
    assert zeile["fingerabdruck"] == fingerabdruck(schluessel())
    assert schluessel() not in str(zeile)
    assert schluessel() not in str(list(Protokolleintrag.objects.values()))


def test_an_account_and_no_account_look_alike(leitung, kommune, uhr):
    mache_benutzer(email="da@stadt.example")
    saetze = set()
    for email in ("da@stadt.example", "weg@stadt.example"):
        lade(leitung, kommune, email=email)
        saetze.add(meldung(leitung, kommune).replace(email, "…"))
    assert len(saetze) == 1
    assert re.sub(r"\S*stadt.example\S*", "", mail.outbox[0].body).split("/einladung/")[0].split() == (
        re.sub(r"\S*stadt.example\S*", "", mail.outbox[1].body).split("/einladung/")[0].split()
    )


def test_a_member_may_be_invited_to_a_further_role(leitung, kommune):
    mache_benutzer(kommune, "lesen", email="neu@stadt.example")
    assert lade(leitung, kommune).status_code == 302
    assert len(mail.outbox) == 1


def test_the_address_is_kept_in_one_spelling(leitung, kommune):
    lade(leitung, kommune, email=" Neu@STADT.example ")
    assert Einladung.objects.get().email == "neu@stadt.example"


@pytest.mark.parametrize(
    ("feld", "wert", "satz"),
    [
        ("email", "", "Geben Sie die Adresse ein"),
        ("email", "keine adresse", "Das ist keine E-Mail-Adresse"),
        ("email", "a@b.example\nBcc: alle@c.example", "Das ist keine E-Mail-Adresse"),
    ],
)
def test_a_wrong_address_is_explained(feld, wert, satz, leitung, kommune):
    antwort = lade(leitung, kommune, **{feld: wert})
    assert antwort.status_code == 422
    assert satz in fehler_am_feld(antwort, f"id_{feld}")
    assert not mail.outbox
    assert not Einladung.objects.exists()


def test_akteur_goes_with_mitwirkung_only(leitung, kommune):
    akteur = mache_akteur(kommune, "51")
    assert lade(leitung, kommune, akteur=akteur.pk).status_code == 422
    assert lade(leitung, kommune, akteur=akteur.pk, rolle="mitwirkung").status_code == 302
    assert Einladung.objects.get().akteur == akteur
    assert "Mitwirkung (51)" in mail.outbox[0].body


@pytest.mark.parametrize("pk", [None, "0", "x", "9" * 30, "-1", "1\x00"])
def test_an_akteur_of_another_kommune_or_none_at_all_is_refused(pk, leitung, kommune):
    pk = pk or mache_akteur(mache_kommune("nachbarstadt"), "51").pk
    antwort = lade(leitung, kommune, rolle="mitwirkung", akteur=pk)
    assert antwort.status_code == 422
    assert fehler_am_feld(antwort, "id_akteur")
    assert not Einladung.objects.exists()


def test_only_leitung_invites_a_leitung(verwaltung, leitung, kommune):
    angebot = text(seite_von(verwaltung.get(kommunen_adresse(kommune, "einladungen", "neu"))).find("body//form"))
    assert "Leitung:" not in angebot
    antwort = lade(verwaltung, kommune, rolle="leitung")
    assert antwort.status_code == 422
    assert "Diese Rolle können Sie nicht vergeben" in antwort.content.decode()
    assert lade(verwaltung, kommune).status_code == 302
    assert lade(leitung, kommune, rolle="leitung").status_code == 302
    assert set(Einladung.objects.values_list("rolle", flat=True)) == {"redaktion", "leitung"}


def test_verwaltung_cannot_invite_itself(verwaltung, kommune):
    antwort = lade(verwaltung, kommune, email=verwaltung.konto.email.upper())
    assert antwort.status_code == 422
    assert "Ihre eigenen Rollen" in antwort.content.decode()
    assert not Einladung.objects.exists()


def test_what_was_typed_survives_an_expired_session(leitung, kommune):
    pfad = kommunen_adresse(kommune, "einladungen", "neu")
    daten = eingaben(leitung.get(pfad), "email") | NEU
    leitung.logout()
    antwort = leitung.post(pfad, daten)
    assert antwort.status_code == 401
    assert not mail.outbox
    anmeldung = {"login": leitung.konto.email, "password": KENNWORT}
    assert leitung.post("/anmelden/", eingaben(antwort, "password") | anmeldung).url == pfad
    antwort = leitung.get(pfad)
    assert eingaben(antwort, "email")["name"] == ["Nina Neu"]
    assert "Ihre Eingaben sind noch da" in text(seite_von(antwort))
    assert not mail.outbox
    assert leitung.post(pfad, {"_verwerfen": "1"}).url == kommunen_adresse(kommune, "mitglieder")
    assert "Nina Neu" not in leitung.get(pfad).content.decode()
    assert not mail.outbox


# Replacing, sending again


def test_a_new_invitation_to_the_same_role_replaces_the_open_one(leitung, kommune):
    lade(leitung, kommune)
    alt = schluessel()
    lade(leitung, kommune, email="NEU@stadt.example", name="Nina N.")
    assert Einladung.objects.get().name == "Nina N."
    assert leitung.get(f"/einladung/{alt}/").status_code == 404
    lade(leitung, kommune, rolle="lesen")
    assert Einladung.objects.count() == 2


def test_the_same_address_in_another_kommune_is_another_invitation(leitung, kommune):
    lade_ein(mache_kommune("nachbarstadt"), "neu@stadt.example", "redaktion")
    lade(leitung, kommune)
    assert Einladung.objects.count() == 2


def test_sending_again_makes_a_new_link_for_14_days(leitung, kommune):
    lade(leitung, kommune)
    einladung, alt = Einladung.objects.get(), schluessel()
    Einladung.objects.update(gueltig_bis=timezone.now() - timedelta(days=1))
    assert "abgelaufen" in leitung.get(kommunen_adresse(kommune, "mitglieder")).content.decode()
    pfad = kommunen_adresse(kommune, "einladungen", einladung.pk, "erneut")
    assert "Erneut senden" in leitung.get(pfad).content.decode()
    assert len(mail.outbox) == 1
    assert leitung.post(pfad).status_code == 302
    assert schluessel() != alt
    assert leitung.get(f"/einladung/{alt}/").status_code == 404
    assert leitung.get(f"/einladung/{schluessel()}/").status_code == 403  # it is not for the Leitung
    assert Einladung.objects.get().offen
    assert mail.outbox[-1].to == ["neu@stadt.example"]


# Taking back


def test_taking_back(leitung, kommune):
    lade(leitung, kommune)
    pfad = kommunen_adresse(kommune, "einladungen", Einladung.objects.get().pk, "widerrufen")
    assert "zurücknehmen?" in leitung.get(pfad).content.decode()
    assert Einladung.objects.get().offen
    assert leitung.post(pfad).status_code == 302
    assert "ist zurückgenommen" in meldung(leitung, kommune)
    assert leitung.get(f"/einladung/{schluessel()}/").status_code == 410
    assert Protokolleintrag.objects.filter(ereignis="einladung_widerrufen", text="Redaktion").exists()
    assert leitung.post(pfad).status_code == 404
    assert leitung.post(pfad.replace("widerrufen", "erneut")).status_code == 404


def test_an_accepted_invitation_is_neither_sent_again_nor_taken_back(leitung, kommune):
    einladung, _ = lade_ein(kommune, "neu@stadt.example", "lesen")
    Einladung.objects.update(angenommen_am=timezone.now())
    mail.outbox.clear()
    for tat in ("erneut", "widerrufen"):
        assert leitung.post(kommunen_adresse(kommune, "einladungen", einladung.pk, tat)).status_code == 404
    assert not mail.outbox


def test_verwaltung_touches_no_invitation_of_a_leitung(verwaltung, kommune):
    einladung, _ = lade_ein(kommune, "neu@stadt.example", "leitung")
    zeilen = verwaltung.get(kommunen_adresse(kommune, "mitglieder")).content.decode()
    for tat in ("erneut", "widerrufen"):
        pfad = kommunen_adresse(kommune, "einladungen", einladung.pk, tat)
        assert pfad not in zeilen
        assert verwaltung.post(pfad).status_code == 403
        assert verwaltung.get(pfad).status_code == 403
    assert not mail.outbox
    assert Einladung.objects.get().offen


def test_verwaltung_cannot_renew_an_expired_invitation_to_itself(verwaltung, kommune):
    einladung, _ = lade_ein(kommune, verwaltung.konto.email, "redaktion")
    Einladung.objects.update(gueltig_bis=timezone.now() - timedelta(days=1))
    assert verwaltung.post(kommunen_adresse(kommune, "einladungen", einladung.pk, "erneut")).status_code == 403
    assert not mail.outbox
