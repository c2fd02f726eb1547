"""Roles that follow from the groups of the identity provider."""

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from konzept.konten.models import Ereignis, Herkunft, Protokolleintrag, Rolle
from konzept.konten.oidc.rollen import gleiche_rollen_an
from tests.anmeldedienst import (
    ANNA,
    angemeldet,
    meldet_sich_an,
    rollen,
    stelle_ein,
)
from tests.fabrik import (
    KENNWORT,
    mache_akteur,
    mache_benutzer,
    mache_kommune,
    seite_von,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]



def test_roles_follow_the_groups_at_every_sign_in(client, anbieter, stadt):
    mache_kommune("nachbarstadt")
    konto = mache_benutzer(email=ANNA)
    for gruppen, erwartet in [
        (["fb50-alle"], {("musterhausen", "redaktion"), ("nachbarstadt", "lesen")}),
        (["fb50-leitung", "fb50-alle"], {("musterhausen", "leitung"), ("musterhausen", "redaktion"),
                                         ("nachbarstadt", "lesen")}),
        (["fb50-leitung"], {("musterhausen", "leitung")}),
        ("fb50-alle", {("musterhausen", "redaktion"), ("nachbarstadt", "lesen")}),
        ([], set()),
        (["fb50-leitung"], {("musterhausen", "leitung")}),
        (None, set()),
        ([{"name": "fb50-alle"}, 7], set()),
        ({"fb50-alle": True}, set()),
    ]:  # fmt: skip
        anbieter.kennt("anna", email=ANNA, email_verified=True, groups=gruppen)
        meldet_sich_an(Client(), anbieter)
        assert rollen(konto) == {(*paar, "anmeldedienst") for paar in erwartet}


def test_without_the_claim_there_are_no_groups(client, anbieter, stadt):
    konto = mache_benutzer(email=ANNA)
    konto.mitgliedschaften.create(kommune=stadt, rolle="leitung", herkunft=Herkunft.ANMELDEDIENST)
    meldet_sich_an(client, anbieter)
    assert rollen(konto) == set()


def test_the_claim_may_have_another_name(client, anbieter, stadt, settings):
    stelle_ein(settings, anbieter.url, GRUPPEN_FELD="https://stadt.example/rollen")
    angaben = {"https://stadt.example/rollen": ["fb50-leitung"], "groups": ["fb50-alle"]}
    anbieter.kennt("anna", email=ANNA, email_verified=True, **angaben)
    meldet_sich_an(client, anbieter)
    assert rollen(angemeldet(client)) == {("musterhausen", "leitung", "anmeldedienst")}


def test_roles_given_by_hand_stay_and_are_not_given_twice(client, anbieter, stadt):
    akteur = mache_akteur(stadt, "51")
    konto = mache_benutzer(stadt, "redaktion", "gremium", email=ANNA)
    konto.mitgliedschaften.create(kommune=stadt, rolle="mitwirkung", akteur=akteur)
    vorher = rollen(konto)
    anbieter.kennt("anna", email=ANNA, email_verified=True, groups=["fb50-alle"])
    meldet_sich_an(Client(), anbieter)
    assert rollen(konto) == vorher
    anbieter.kennt("anna", email=ANNA, email_verified=True, groups=[])
    meldet_sich_an(Client(), anbieter)
    assert rollen(konto) == vorher


def test_mitwirkung_by_group_has_no_akteur_and_yields_to_one_given_by_hand(client, anbieter, stadt, settings):
    stelle_ein(settings, anbieter.url, GRUPPEN="alle=musterhausen:mitwirkung")
    konto = mache_benutzer(email=ANNA)
    anbieter.kennt("anna", email=ANNA, email_verified=True, groups=["alle"])
    meldet_sich_an(Client(), anbieter)
    assert [m.akteur for m in konto.mitgliedschaften.all()] == [None]
    konto.mitgliedschaften.create(kommune=stadt, rolle="mitwirkung", akteur=mache_akteur(stadt, "51"))
    meldet_sich_an(Client(), anbieter)
    assert [m.akteur.kurz for m in konto.mitgliedschaften.all()] == ["51"]


def test_a_kommune_that_is_not_there_is_skipped_and_logged(client, anbieter, stadt, caplog):
    anbieter.kennt("anna", email=ANNA, email_verified=True, groups=["fb50-alle"])
    meldet_sich_an(client, anbieter)
    assert rollen(angemeldet(client)) == {("musterhausen", "redaktion", "anmeldedienst")}
    assert "“nachbarstadt”" in caplog.text


def test_groups_of_a_kommune_that_is_not_there_open_nothing(client, anbieter):
    anbieter.kennt("anna", email=ANNA, email_verified=True, groups=["fb50-alle"])
    assert meldet_sich_an(client, anbieter).status_code == 403


def test_given_and_taken_roles_stand_in_the_log_once(client, anbieter, stadt):
    konto = mache_benutzer(email=ANNA)
    for gruppen in (["fb50-leitung"], ["fb50-leitung"], []):
        anbieter.kennt("anna", email=ANNA, email_verified=True, groups=gruppen)
        meldet_sich_an(Client(), anbieter)
    eintraege = Protokolleintrag.objects.filter(kommune=stadt, person=konto, ereignis__startswith="rolle")
    assert [(e.ereignis, e.text) for e in eintraege.order_by("pk")] == [
        (Ereignis.ROLLE_GEGEBEN, "Leitung, aus dem Anmeldedienst"),
        (Ereignis.ROLLE_ENTZOGEN, "Leitung, aus dem Anmeldedienst"),
    ]


def test_the_last_leitung_goes_with_its_group_but_not_silently(client, anbieter, stadt, caplog):
    konto = mache_benutzer(email=ANNA)
    konto.mitgliedschaften.create(kommune=stadt, rolle="leitung", herkunft=Herkunft.ANMELDEDIENST)
    meldet_sich_an(client, anbieter)
    assert rollen(konto) == set()
    assert "lost its last Leitung" in caplog.text


ROLLENMENGE = st.sets(st.sampled_from(Rolle.values), max_size=3)


@hypothesis_settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(von_hand=ROLLENMENGE, vom_dienst=ROLLENMENGE, jetzt=ROLLENMENGE)
def test_afterwards_somebody_has_what_hand_and_groups_give_each_once(settings, stadt, von_hand, vom_dienst, jetzt):
    stelle_ein(settings, "http://localhost:1", GRUPPEN=",".join(f"{r}=musterhausen:{r}" for r in Rolle.values))
    konto = mache_benutzer(stadt, *von_hand)
    gleiche_rollen_an(konto, vom_dienst)
    for _ in range(2):
        gleiche_rollen_an(konto, jetzt)
        assert rollen(konto) == {("musterhausen", rolle, "hand") for rolle in von_hand} | {
            ("musterhausen", rolle, "anmeldedienst") for rolle in jetzt - von_hand
        }




# The link in the own account


def loesen(antwort) -> str:
    """The value of the button."""
    (knopf,) = (k for k in seite_von(antwort).iter("button") if k.get("name") == "account")
    return knopf.get("value")


def test_undoing_the_link_takes_the_roles_that_came_with_it(client, anbieter, stadt):
    konto = mache_benutzer(stadt, "lesen", email=ANNA)
    anbieter.kennt("anna", email=ANNA, email_verified=True, groups=["fb50-leitung"])
    meldet_sich_an(client, anbieter)
    seite = client.get("/konto/anmeldedienste/")
    assert ANNA in [text(dd) for dd in seite_von(seite).iter("dd")]
    bestaetigen = client.post("/konto/anmeldedienste/", {"account": loesen(seite)}).url
    client.post(bestaetigen, {"password": KENNWORT})
    assert not SocialAccount.objects.exists()
    assert rollen(konto) == {("musterhausen", "lesen", "hand")}
    eintraege = Protokolleintrag.objects.filter(benutzer=konto, ereignis=Ereignis.ANMELDEDIENST).order_by("pk")
    assert [(e.kommune, e.text) for e in eintraege] == [(stadt, "verbunden"), (stadt, "getrennt")]
    seite = seite_von(client.get("/konto/anmeldedienste/"))
    assert "Ihr Konto ist nicht mit Verwaltungskonto verknüpft." in text(seite)


def test_the_link_stays_where_it_is_the_only_way_in(client, anbieter, stadt):
    anbieter.kennt("anna", email=ANNA, email_verified=True, groups=["fb50-leitung"])
    meldet_sich_an(client, anbieter)
    antwort = client.post("/konto/anmeldedienste/", {"account": loesen(client.get("/konto/anmeldedienste/"))})
    assert "Ihr Konto hat kein Kennwort." in text(seite_von(antwort))
    assert SocialAccount.objects.exists()


def test_nobody_undoes_the_link_of_another(client, anbieter, stadt):
    mache_benutzer(email=ANNA)
    meldet_sich_an(Client(), anbieter)
    client.force_login(mache_benutzer(stadt, "leitung"))
    client.post("/konto/anmeldedienste/", {"account": SocialAccount.objects.get().pk})
    assert SocialAccount.objects.exists()
