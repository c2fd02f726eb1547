"""Signing in through an identity provider that runs on this machine: who comes in, and who does not."""

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils import timezone

from konzept.konten.models import Benutzer, Rolle
from konzept.konten.vorgaenge import lade_ein
from tests.anmeldedienst import (
    ANNA,
    angemeldet,
    laufender_anbieter,
    meldet_sich_an,
    rollen,
    stelle_ein,
    zustand,
)
from tests.fabrik import (
    KENNWORT,
    mache_benutzer,
    seite_von,
    text,
)

pytestmark = pytest.mark.django_db



def test_an_account_with_the_same_proven_address_is_signed_in_and_linked(client, anbieter):
    konto = mache_benutzer(email=ANNA)
    antwort = meldet_sich_an(client, anbieter)
    assert (antwort.status_code, antwort.url) == (302, "/")
    assert angemeldet(client) == konto
    assert SocialAccount.objects.get().user == konto
    konto.refresh_from_db()
    assert konto.check_password(KENNWORT)


def test_who_is_linked_is_told_by_mail(client, anbieter):
    mache_benutzer(email=ANNA, name="Anna")
    meldet_sich_an(client, anbieter)
    (nachricht,) = mail.outbox
    assert nachricht.to == [ANNA]
    assert "Waren Sie das nicht?" in nachricht.body
    assert "Verwaltungskonto" in nachricht.body
    meldet_sich_an(Client(), anbieter)
    assert len(mail.outbox) == 1


def test_the_link_holds_when_the_provider_names_another_address_later(client, anbieter):
    konto = mache_benutzer(email=ANNA)
    meldet_sich_an(client, anbieter)
    anbieter.kennt("anna", email="anna.neu@stadt.example", email_verified=True)
    meldet_sich_an(zweiter := Client(), anbieter)
    assert angemeldet(zweiter) == konto
    konto.refresh_from_db()
    assert konto.email == ANNA


def test_the_spelling_of_the_address_does_not_matter(client, anbieter):
    konto = mache_benutzer(email=ANNA)
    anbieter.kennt("anna", email="Anna@Stadt.Example", email_verified=True)
    meldet_sich_an(client, anbieter)
    assert angemeldet(client) == konto


@pytest.mark.parametrize("behauptung", [False, None, "true", "false", 1, "fehlt"])
def test_an_address_that_the_provider_does_not_vouch_for_opens_no_account(client, anbieter, stadt, behauptung):
    mache_benutzer(stadt, "leitung", email=ANNA)
    aussage = {} if behauptung == "fehlt" else {"email_verified": behauptung}
    anbieter.kennt("mallory", email=ANNA, groups=["fb50-leitung"], **aussage)
    vorher = zustand()
    antwort = meldet_sich_an(client, anbieter, "mallory")
    assert antwort.status_code == 403
    assert "keine bestätigte E-Mail-Adresse" in antwort.content.decode()
    assert angemeldet(client) is None
    assert zustand() == vorher


@pytest.mark.parametrize("adresse", [None, "", 5, ["anna@stadt.example"], "keine-adresse", "an\u212ae@stadt.example"])
def test_without_an_address_nobody_comes_in(client, anbieter, stadt, adresse):
    mache_benutzer(email="anke@stadt.example")
    anbieter.kennt("mallory", email=adresse, email_verified=True, groups=["fb50-leitung"])
    vorher = zustand()
    assert meldet_sich_an(client, anbieter, "mallory").status_code == 403
    assert zustand() == vorher


def test_somebody_new_whose_groups_give_a_role_gets_an_account(client, anbieter, stadt):
    anbieter.kennt("anna", email="Anna@Stadt.Example", email_verified=True, name="Anna Amsel", groups=["fb50-alle"])
    assert meldet_sich_an(client, anbieter).url == "/"
    konto = angemeldet(client)
    assert (konto.email, konto.name, konto.is_staff) == (ANNA, "Anna Amsel", False)
    assert not konto.has_usable_password()
    assert EmailAddress.objects.get().verified
    assert rollen(konto) == {("musterhausen", "redaktion", "anmeldedienst")}
    assert mail.outbox == []


def test_somebody_new_with_an_open_invitation_gets_an_account_and_its_role(client, anbieter, stadt):
    lade_ein(stadt, ANNA.title(), Rolle.GREMIUM)
    assert meldet_sich_an(client, anbieter).url == "/"
    assert rollen(angemeldet(client)) == {("musterhausen", "gremium", "hand")}


def test_who_comes_from_the_link_of_an_invitation_is_not_led_back_to_a_used_one(client, anbieter, stadt):
    _, schluessel = lade_ein(stadt, ANNA, Rolle.GREMIUM)
    antwort = meldet_sich_an(client, anbieter, next=f"/einladung/{schluessel}/")
    assert antwort.url == "/"
    assert angemeldet(client)


def test_who_has_an_account_accepts_an_invitation_themself(client, anbieter, stadt):
    konto = mache_benutzer(email=ANNA)
    _, schluessel = lade_ein(stadt, ANNA, Rolle.GREMIUM)
    antwort = meldet_sich_an(client, anbieter, next=f"/einladung/{schluessel}/")
    assert antwort.url == f"/einladung/{schluessel}/"
    assert rollen(konto) == set()


@pytest.mark.parametrize("feld", ["angenommen_am", "widerrufen_am", "gueltig_bis"])
def test_an_invitation_that_is_over_lets_nobody_in(client, anbieter, stadt, feld):
    einladung, _ = lade_ein(stadt, ANNA, Rolle.GREMIUM)
    setattr(einladung, feld, timezone.now())
    einladung.save()
    vorher = zustand()
    assert meldet_sich_an(client, anbieter).status_code == 403
    assert zustand() == vorher


def test_an_invitation_to_somebody_else_lets_nobody_in(client, anbieter, stadt):
    lade_ein(stadt, "berta@stadt.example", Rolle.GREMIUM)
    assert meldet_sich_an(client, anbieter).status_code == 403


def test_everybody_else_is_shown_out_and_nothing_is_stored(client, anbieter, stadt):
    mache_benutzer(stadt, "leitung")
    anbieter.kennt("anna", email=ANNA, email_verified=True, groups=["andere", "musterhausen", "leitung"])
    vorher = zustand()
    antwort = meldet_sich_an(client, anbieter)
    assert antwort.status_code == 403
    assert "Für dieses Konto ist noch kein Zugang eingerichtet." in text(seite_von(antwort))
    assert angemeldet(client) is None
    assert zustand() == vorher
    assert ANNA not in "".join(str(sitzung.get_decoded()) for sitzung in Session.objects.all())


@pytest.mark.parametrize("verknuepft", [True, False])
@pytest.mark.parametrize("aus", [{"is_active": False}, {"geloescht_am": timezone.now()}])
def test_an_account_that_is_switched_off_gets_the_page_of_strangers(client, anbieter, stadt, aus, verknuepft):
    anbieter.kennt("anna", email=ANNA, email_verified=True, groups=["fb50-leitung"])
    if verknuepft:
        mache_benutzer(email=ANNA)
        meldet_sich_an(Client(), anbieter)
        Benutzer.objects.update(**aus)
    else:
        mache_benutzer(email=ANNA, **aus)
    antwort = meldet_sich_an(client, anbieter)
    assert angemeldet(client) is None
    anbieter.kennt("fremd", email=ANNA, email_verified=True)
    Benutzer.objects.update(email="weg@stadt.example", is_active=True)
    fremd = meldet_sich_an(Client(), anbieter, "fremd")
    assert antwort.status_code == fremd.status_code == 403
    assert text(seite_von(antwort)) == text(seite_von(fremd))


def test_an_address_that_an_account_only_asked_for_is_no_way_into_it(client, anbieter, stadt):
    leitung = mache_benutzer(stadt, "leitung")
    EmailAddress.objects.create(user=leitung, email=ANNA, verified=False)
    assert meldet_sich_an(client, anbieter).status_code == 403
    anbieter.kennt("anna", email=ANNA, email_verified=True, groups=["fb50-alle"])
    meldet_sich_an(client, anbieter)
    assert angemeldet(client) not in {None, leitung}
    assert not EmailAddress.objects.filter(user=leitung, email=ANNA).exists()


def test_the_password_of_an_account_whose_address_was_never_proven_is_gone(client, anbieter):
    """Somebody else may have chosen it."""
    konto = mache_benutzer(email=ANNA)
    EmailAddress.objects.all().delete()
    Client().force_login(konto)
    meldet_sich_an(client, anbieter)
    assert angemeldet(client) == konto
    konto.refresh_from_db()
    assert not konto.has_usable_password()
    assert EmailAddress.objects.get().verified


def test_only_what_is_needed_is_stored(client, anbieter, stadt):
    anbieter.kennt(
        "anna", email=ANNA, email_verified=True, name="Anna", groups=["fb50-alle", "personalrat"],
        phone_number="0123", birthdate="1970-01-01", picture="https://stadt.example/anna.jpg",
    )  # fmt: skip
    meldet_sich_an(client, anbieter)
    verknuepfung = SocialAccount.objects.get()
    assert verknuepfung.extra_data == {"userinfo": {"email": ANNA}, "gruppen": ["fb50-alle"]}
    assert "anna" not in verknuepfung.uid
    assert not SocialToken.objects.exists()


def test_the_same_person_at_another_issuer_is_somebody_else(client, anbieter, settings):
    mache_benutzer(email=ANNA)
    meldet_sich_an(client, anbieter)
    with laufender_anbieter() as anderer:
        stelle_ein(settings, anderer.url)
        anderer.kennt("anna", email="mallory@boese.example", email_verified=True)
        assert meldet_sich_an(Client(), anderer).status_code == 403
