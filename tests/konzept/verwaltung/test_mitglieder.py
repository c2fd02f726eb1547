"""Members: who is listed, who may give and take which role, and what a forged request achieves."""

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext

from konzept.konten.models import Mitgliedschaft, Protokolleintrag
from konzept.rechte import Rolle
from konzept.verwaltung.vorgaenge import RolleAbgelehnt, entferne, setze_rollen
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
from tests.nebenlaeufig import gleichzeitig

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]


def formular(kommune, person) -> str:
    return kommunen_adresse(kommune, "mitglieder", person.pk, "bearbeiten")


def rollen(person, kommune) -> set[str]:
    return {f"{m.rolle}{f' {m.akteur}' if m.akteur else ''}" for m in person.mitgliedschaften.filter(kommune=kommune)}


def sende(client, kommune, person, *angekreuzt, akteure=()):
    """Set exactly these boxes in the form as it is shown now, and save."""
    daten = eingaben(client.get(formular(kommune, person)), "stand")
    daten = {name: werte for name, werte in daten.items() if name not in {*Rolle.values, "akteure"}}
    daten |= dict.fromkeys(angekreuzt, "on") | {"akteure": [getattr(a, "pk", a) for a in akteure]}
    return client.post(formular(kommune, person), daten)


def eintraege(kommune) -> list[tuple]:
    zeilen = Protokolleintrag.objects.filter(kommune=kommune).exclude(ereignis="angemeldet")
    return sorted((z.ereignis, z.text, z.benutzer_id, z.person_id) for z in zeilen)


# The list


def test_list_shows_roles_factor_and_where_a_role_comes_from(leitung, kommune):
    person = mache_benutzer(kommune, "gremium", name="Mia Mit", email="mia@stadt.example")
    person.mitgliedschaften.create(kommune=kommune, rolle="mitwirkung", akteur=mache_akteur(kommune, "51"))
    person.mitgliedschaften.create(kommune=kommune, rolle="lesen", herkunft="anmeldedienst")
    Authenticator.objects.create(user=person, type="totp", data={})
    ausgetreten = mache_benutzer(kommune, "lesen", name="Gast", is_active=False)
    Authenticator.objects.create(user=ausgetreten, type="recovery_codes", data={})
    tabelle = seite_von(leitung.get(kommunen_adresse(kommune, "mitglieder"))).iter("tr")
    zeilen = {text(z[0]): [text(zelle) for zelle in z[1:4]] for z in tabelle}
    rollen_von_mia = "GremiumLesezugang aus dem AnmeldedienstMitwirkung für 51"
    assert zeilen["Mia Mitmia@stadt.example"] == [rollen_von_mia, "noch nie", "ja"]
    (gast,) = (name for name in zeilen if name.startswith("Gast"))
    assert "gesperrt" in gast
    assert zeilen[gast][2] == "nein"  # recovery codes alone are no second factor


def test_list_holds_nobody_of_another_kommune(leitung, kommune):
    andere = mache_kommune("nachbarstadt")
    mache_benutzer(andere, "leitung", name="Nils Nachbar")
    beide = mache_benutzer(kommune, "lesen", name="Berta Beide")
    beide.mitgliedschaften.create(kommune=andere, rolle="verwaltung")
    inhalt = text(seite_von(leitung.get(kommunen_adresse(kommune, "mitglieder"))).find("body//main"))
    assert "Nils" not in inhalt
    assert "Berta Beide" in inhalt
    assert "Verwaltung" not in inhalt


@pytest.mark.parametrize("anzahl", [1, 3])
def test_queries_of_the_lists(leitung, kommune, anzahl):
    for i in range(anzahl):
        person = mache_benutzer(kommune, "redaktion")
        person.mitgliedschaften.create(kommune=kommune, rolle="mitwirkung", akteur=mache_akteur(kommune, str(i)))
        kommune.einladungen.create(email=f"{i}@x.example", rolle="lesen", fingerabdruck=i, eingeladen_von=person)
    with CaptureQueriesContext(connection) as abfragen:
        assert leitung.get(kommunen_adresse(kommune, "mitglieder")).status_code == 200
    # session, account, Kommune, roles; members with their rows, invitations, mails that did not arrive,
    # what was changed lately
    assert len(abfragen) == 9
    with CaptureQueriesContext(connection) as abfragen:
        assert leitung.get(formular(kommune, person)).status_code == 200
    # session, account, Kommune, roles; the member with their rows, Akteure, what was typed and not saved
    assert len(abfragen) == 8


# Giving and taking


def test_leitung_gives_and_takes_roles(leitung, kommune):
    person = mache_benutzer(kommune, "lesen")
    akteur = mache_akteur(kommune, "51")
    antwort = sende(leitung, kommune, person, "leitung", "mitwirkung", akteure=[akteur])
    assert (antwort.status_code, antwort.url) == (302, kommunen_adresse(kommune, "mitglieder"))
    assert rollen(person, kommune) == {"leitung", "mitwirkung 51"}
    ich = leitung.konto.pk
    assert eintraege(kommune) == [
        ("rolle_entzogen", "Lesezugang", ich, person.pk),
        ("rolle_gegeben", "Leitung", ich, person.pk),
        ("rolle_gegeben", "Mitwirkung (51)", ich, person.pk),
    ]


def test_saving_without_a_change_logs_nothing(leitung, kommune):
    person = mache_benutzer(kommune, "lesen")
    sende(leitung, kommune, person, "lesen")
    assert eintraege(kommune) == []


def test_several_akteure_are_several_rows_and_none_is_one(leitung, kommune):
    person = mache_benutzer(kommune, "mitwirkung")
    a, b = (mache_akteur(kommune, kurz) for kurz in ("51", "VHS"))
    sende(leitung, kommune, person, "mitwirkung", akteure=[a, b])
    assert rollen(person, kommune) == {"mitwirkung 51", "mitwirkung VHS"}
    sende(leitung, kommune, person, "mitwirkung")
    assert rollen(person, kommune) == {"mitwirkung"}


def test_an_akteur_needs_the_role_mitwirkung(leitung, kommune):
    person, akteur = mache_benutzer(kommune, "lesen"), mache_akteur(kommune, "51")
    antwort = sende(leitung, kommune, person, "lesen", akteure=[akteur])
    assert antwort.status_code == 422
    assert "nur zur Rolle Mitwirkung" in text(nach_id(seite_von(antwort), "id_akteure_error"))
    assert rollen(person, kommune) == {"lesen"}


@pytest.mark.parametrize("pk", [None, "0", "9" * 30, "x", "-1"])
def test_an_akteur_of_another_kommune_or_none_at_all_is_refused(pk, leitung, kommune):
    person = mache_benutzer(kommune, "lesen")
    pk = pk or mache_akteur(mache_kommune("nachbarstadt"), "51").pk
    antwort = sende(leitung, kommune, person, "mitwirkung", akteure=[pk])
    assert antwort.status_code == 422
    assert rollen(person, kommune) == {"lesen"}


def test_without_any_role_the_form_points_to_removing(leitung, kommune):
    person = mache_benutzer(kommune, "lesen")
    antwort = sende(leitung, kommune, person)
    assert antwort.status_code == 422
    assert "mindestens eine Rolle" in text(nach_id(seite_von(antwort), "fehler"))
    assert rollen(person, kommune) == {"lesen"}


def test_verwaltung_gives_every_role_but_leitung(verwaltung, kommune):
    person = mache_benutzer(kommune, "lesen")
    assert sende(verwaltung, kommune, person, "redaktion", "verwaltung", "leitung").status_code == 302
    assert rollen(person, kommune) == {"redaktion", "verwaltung"}
    box = nach_id(seite_von(verwaltung.get(formular(kommune, person))), "id_leitung")
    assert box.get("disabled") is not None
    assert "nur eine Leitung" in verwaltung.get(formular(kommune, person)).content.decode()


def test_verwaltung_cannot_take_leitung_away(verwaltung, leitung, kommune):
    mache_benutzer(kommune, "leitung")
    assert sende(verwaltung, kommune, leitung.konto, "lesen").status_code == 302
    assert rollen(leitung.konto, kommune) == {"leitung", "lesen"}
    antwort = verwaltung.post(kommunen_adresse(kommune, "mitglieder", leitung.konto.pk, "entfernen"))
    assert antwort.status_code == 422
    assert "nur eine Leitung" in antwort.content.decode()
    assert rollen(leitung.konto, kommune) == {"leitung", "lesen"}


def test_verwaltung_cannot_widen_its_own_roles(verwaltung, kommune):
    ich, akteur = verwaltung.konto, mache_akteur(kommune, "51")
    sende(verwaltung, kommune, ich, "verwaltung", "redaktion", "leitung")
    assert rollen(ich, kommune) == {"verwaltung"}
    ich.mitgliedschaften.create(kommune=kommune, rolle="mitwirkung")
    antwort = sende(verwaltung, kommune, ich, "verwaltung", "mitwirkung", akteure=[akteur])
    assert antwort.status_code == 422
    assert "Ihre eigenen Rollen" in antwort.content.decode()
    assert rollen(ich, kommune) == {"verwaltung", "mitwirkung"}


def test_everybody_may_lay_down_a_role(verwaltung, kommune):
    ich = verwaltung.konto
    ich.mitgliedschaften.create(kommune=kommune, rolle="redaktion")
    assert sende(verwaltung, kommune, ich, "verwaltung").status_code == 302
    assert rollen(ich, kommune) == {"verwaltung"}
    antwort = verwaltung.post(kommunen_adresse(kommune, "mitglieder", ich.pk, "entfernen"))
    assert (antwort.status_code, antwort.url) == (302, "/")
    assert rollen(ich, kommune) == set()


def test_leitung_may_change_their_own_roles(leitung, kommune):
    assert sende(leitung, kommune, leitung.konto, "leitung", "redaktion").status_code == 302
    assert rollen(leitung.konto, kommune) == {"leitung", "redaktion"}


# The last Leitung


def test_the_last_leitung_stays(leitung, kommune):
    mache_benutzer(kommune, "leitung", is_active=False)  # cannot sign in, and so does not lead
    mache_benutzer(mache_kommune("nachbarstadt"), "leitung")
    ich = leitung.konto
    antwort = sende(leitung, kommune, ich, "redaktion")
    assert antwort.status_code == 422
    assert "einzige Leitung" in fehler_am_feld(antwort, "id_leitung")
    antwort = leitung.post(kommunen_adresse(kommune, "mitglieder", ich.pk, "entfernen"))
    assert antwort.status_code == 422
    assert "einzige Leitung" in antwort.content.decode()
    superuser = mache_benutzer(is_superuser=True)
    with pytest.raises(RolleAbgelehnt):
        entferne(superuser, kommune, ich)
    assert rollen(ich, kommune) == {"leitung"}
    mache_benutzer(kommune, "leitung")
    assert sende(leitung, kommune, ich, "redaktion").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_two_leitungen_cannot_remove_each_other():
    kommune = mache_kommune()
    a, b = mache_benutzer(kommune, "leitung"), mache_benutzer(kommune, "leitung")
    for konto in (a, b):
        konto.rollen_in(kommune.pk)  # each has been let in already
    ergebnisse = gleichzeitig(
        lambda: entferne(a, kommune, b),
        lambda: entferne(b, kommune, a),
        abgelehnt=RolleAbgelehnt,
    )
    assert len([ergebnis for ergebnis in ergebnisse if isinstance(ergebnis, RolleAbgelehnt)]) == 1
    assert Mitgliedschaft.objects.filter(kommune=kommune, rolle="leitung").count() == 1


# Roles of the identity provider


def test_roles_of_the_identity_provider_are_shown_but_not_changed(leitung, kommune):
    person = mache_benutzer(kommune, "lesen")
    person.mitgliedschaften.create(kommune=kommune, rolle="redaktion", herkunft="anmeldedienst")
    antwort = leitung.get(formular(kommune, person))
    box = nach_id(seite_von(antwort), "id_redaktion")
    assert box.get("checked") is not None
    assert box.get("disabled") is not None
    assert "wird dort geändert" in text(nach_id(seite_von(antwort), box.get("aria-describedby")))
    sende(leitung, kommune, person, "gremium")
    assert rollen(person, kommune) == {"redaktion", "gremium"}
    leitung.post(kommunen_adresse(kommune, "mitglieder", person.pk, "entfernen"))
    assert rollen(person, kommune) == {"redaktion"}
    frage = leitung.get(kommunen_adresse(kommune, "mitglieder", person.pk, "entfernen"))
    assert "Anmeldedienst" in text(seite_von(frage))
    assert leitung.post(kommunen_adresse(kommune, "mitglieder", person.pk, "entfernen")).status_code == 200
    assert rollen(person, kommune) == {"redaktion"}


def test_an_akteur_can_be_added_to_mitwirkung_of_the_identity_provider(leitung, kommune):
    person, akteur = mache_benutzer(), mache_akteur(kommune, "51")
    person.mitgliedschaften.create(kommune=kommune, rolle="mitwirkung", herkunft="anmeldedienst")
    assert sende(leitung, kommune, person, akteure=[akteur]).status_code == 302
    assert rollen(person, kommune) == {"mitwirkung", "mitwirkung 51"}


# Removing


def test_removing_asks_first(leitung, kommune):
    person = mache_benutzer(kommune, "lesen", name="Rudi Raus")
    pfad = kommunen_adresse(kommune, "mitglieder", person.pk, "entfernen")
    assert "Rudi Raus entfernen?" in text(seite_von(leitung.get(pfad)))
    assert rollen(person, kommune) == {"lesen"}
    assert leitung.post(pfad).url == kommunen_adresse(kommune, "mitglieder")
    assert rollen(person, kommune) == set()
    person.refresh_from_db()
    assert person.is_active
    assert eintraege(kommune) == [("rolle_entzogen", "Lesezugang", leitung.konto.pk, person.pk)]
    assert leitung.get(pfad).status_code == 404


def test_removing_touches_no_other_kommune(leitung, kommune):
    andere = mache_kommune("nachbarstadt")
    person = mache_benutzer(kommune, "lesen")
    person.mitgliedschaften.create(kommune=andere, rolle="redaktion")
    leitung.post(kommunen_adresse(kommune, "mitglieder", person.pk, "entfernen"))
    assert rollen(person, andere) == {"redaktion"}


# Two people, expired sessions


def test_roles_that_changed_meanwhile_are_shown_before_anything_is_saved(leitung, kommune):
    person = mache_benutzer(kommune, "lesen")
    daten = eingaben(leitung.get(formular(kommune, person)), "stand") | {"gremium": "on"}
    setze_rollen(leitung.konto, kommune, person, {("redaktion", None)})
    antwort = leitung.post(formular(kommune, person), daten)
    assert antwort.status_code == 409
    assert "Gespeichert ist jetzt: Redaktion" in text(seite_von(antwort))
    assert rollen(person, kommune) == {"redaktion"}
    daten = eingaben(antwort, "stand")
    assert {"lesen", "gremium"} <= set(daten)
    assert leitung.post(formular(kommune, person), daten).status_code == 302
    assert rollen(person, kommune) == {"lesen", "gremium"}


def test_ticks_survive_an_expired_session(leitung, kommune):
    person = mache_benutzer(kommune, "lesen")
    daten = eingaben(leitung.get(formular(kommune, person)), "stand") | {"gremium": "on"}
    leitung.logout()
    antwort = leitung.post(formular(kommune, person), daten)
    assert antwort.status_code == 401
    leitung.post("/anmelden/", eingaben(antwort, "password") | {"login": leitung.konto.email, "password": KENNWORT})
    antwort = leitung.get(formular(kommune, person))
    assert "gremium" in eingaben(antwort, "stand")
    assert rollen(person, kommune) == {"lesen"}
