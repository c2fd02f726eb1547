"""Nobody widens their own access: by a role, an invitation, a seat, the addressees of a Runde, or the admin."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Permission

from konzept import rechte
from konzept.beratung.beteiligte import lege_vor, setze_adressaten, setze_sitze
from konzept.beratung.models import Runde, Sitz
from konzept.beratung.vorgaenge import Regelverstoss
from konzept.konten.admin_site import Protokolliert
from konzept.konten.models import Benutzer, Einladung, Mitgliedschaft, Protokolleintrag
from konzept.konten.vorgaenge import NichtAnnehmbar, RolleAbgelehnt, lade_ein, nimm_an
from konzept.rechte import Rolle
from konzept.verwaltung.vorgaenge import setze_rollen
from tests.fabrik import mache_anmerkung, mache_benutzer, mache_runde, seite_von

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

# Where access is written at all

MODELLE = {"Mitgliedschaft", "Einladung", "Sitz"}
LISTEN = {"mitgliedschaften", "einladungen", "sitze", "personen", "gremien"}
SCHREIBEND = {"create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "update", "add", "set"}
FELDER = {"is_superuser", "is_staff", "is_active"}

SCHREIBER = {
    "konzept.konten.vorgaenge.lade_ein": "asks whoever invites",
    "konzept.konten.vorgaenge.widerrufe": "takes an offer back",
    "konzept.konten.vorgaenge.nimm_an": "gives what was offered, to the address it was offered to",
    "konzept.konten.oidc.rollen.gleiche_rollen_an": "gives what the operator configured for a group",
    "konzept.konten.daten.loesche_konto": "takes everything away",
    "konzept.konten.admin.BenutzerAnlegenForm": "only name and address",
    "konzept.konten.admin.BenutzerForm": "opens for superusers alone, who hold every right; `BenutzerAdmin` logs",
    "konzept.konten.admin.MitgliedschaftInline": "likewise",
    "konzept.konten.forms.NameForm": "only the name",
    "konzept.konten.models.benutzer.create_superuser": "called by Django's command alone, on the server",
    "konzept.verwaltung.vorgaenge.setze_rollen": "asks whoever gives",
    "konzept.beratung.beteiligte.setze_sitze": "asks whoever gives",
    "konzept.beratung.beteiligte.lege_vor": "asks whoever opens",
    "konzept.beratung.beteiligte.setze_adressaten": "asks whoever changes",
    "konzept.beratung.forms.runde.RundeForm": "saves by `setze_adressaten`",
    "konzept.beratung.forms.runde.RundeNeuForm": "saves by `lege_vor`",
    "konzept.management.commands.einrichten._sichere": "on the server, logged",
    "konzept.management.commands.createsuperuser.handle": "likewise",
    "konzept.management.commands.beispiele._gib_rolle": "likewise",
    "konzept.management.commands.beispiele._lege_konten_an": "likewise",
    "konzept.beratung.beispiele.lege_beratung_an": "likewise, of the invented example",
    "konzept.austausch.einlesen._handlungsfeld": "the Gremien that a Handlungsfeld names",
}
"""Every function and form that can give somebody access, and why nobody gives it to themself there."""


WORTE = MODELLE | LISTEN | FELDER | {"create_superuser", "Runde", "Benutzer"}
"""A module without any of them writes no access: see `schreibt` and `formt`."""


def quellen() -> Iterator[tuple[str, ast.Module]]:
    for paket in ("konzept", "handlungsfelder", "massnahmen"):
        for pfad in sorted((settings.BASE_DIR / paket).rglob("*.py")):
            if "migrations" not in pfad.parts:
                name = ".".join(pfad.relative_to(settings.BASE_DIR).with_suffix("").parts)
                quelle = Path(pfad).read_text(encoding="utf-8")
                if any(wort in quelle for wort in WORTE):
                    yield name, ast.parse(quelle)


def namen(knoten) -> set[str]:
    """The names in a chain of calls: `Sitz.objects.filter(…).create` → {Sitz, objects, filter, create}."""
    gefunden = set()
    while True:
        match knoten:
            case ast.Call():
                knoten = knoten.func
            case ast.Attribute():
                gefunden.add(knoten.attr)
                knoten = knoten.value
            case ast.Name():
                return gefunden | {knoten.id}
            case _:
                return gefunden


def schreibt(knoten) -> bool:
    match knoten:
        case ast.Call(func=ast.Name(id=name)) if name in MODELLE:
            return True
        case ast.Call(func=ast.Attribute(attr=attr, value=davor)) if attr in SCHREIBEND:
            return bool(namen(davor) & (MODELLE | LISTEN))
        case ast.Call(func=ast.Attribute(attr="create_superuser")):
            return True
        case ast.Call(keywords=felder) if {f.arg for f in felder} & {"is_superuser", "is_staff"}:
            return True
        case ast.Assign(targets=ziele):
            return any(isinstance(ziel, ast.Attribute) and ziel.attr in FELDER for ziel in ziele)
    return False


def formt(klasse: ast.ClassDef) -> bool:
    """A form or an inline of the admin for rows that give access."""
    for teil in ast.walk(klasse):
        match teil:
            case ast.Assign(targets=[ast.Name(id="model")], value=ast.Name(id=modell)):
                return modell in MODELLE | {"Runde", "Benutzer"}
    return False


def schreiber() -> set[str]:
    gefunden = set()
    for modul, wurzel in quellen():
        for knoten in ast.walk(wurzel):
            match knoten:
                case ast.FunctionDef():
                    gibt = any(schreibt(teil) for teil in ast.walk(knoten))
                case ast.ClassDef():
                    gibt = knoten.name != "Meta" and formt(knoten)
                case _:
                    continue
            if gibt:
                gefunden.add(f"{modul}.{knoten.name}")
    return gefunden


def test_every_place_that_gives_access_is_known():
    """A new one has to say why nobody widens their own access there."""
    assert schreiber() == set(SCHREIBER)


def test_every_page_of_the_admin_leaves_entries():
    ohne = {m for m, seite in admin.site._registry.items() if not isinstance(seite, Protokolliert)}
    assert ohne == {Benutzer, Protokolleintrag}, "Accounts are logged with the person; the log is only read."


# Roles and invitations


def test_a_leitung_holds_every_right_so_that_no_role_gives_it_more():
    """Whence it may change its own roles."""
    assert all(Rolle.LEITUNG in rollen for rollen in rechte._ROLLEN.values())


@pytest.mark.parametrize("rolle", Rolle.values)
@pytest.mark.parametrize("art", ["verwaltung", "redaktion", "mitwirkung", "gremium", "lesen", "fremd", "ohne rolle"])
def test_nobody_but_a_leitung_invites_or_appoints_themself(art, rolle, person, welt):
    wer = person(art)
    vorher = list(Mitgliedschaft.objects.values())
    for adresse in (wer.email, f" {wer.email.upper()} "):
        with pytest.raises(RolleAbgelehnt):
            lade_ein(welt.kommune, adresse, rolle, eingeladen_von=wer)
    if rolle not in wer.rollen_in(welt.kommune.pk):
        with pytest.raises(RolleAbgelehnt):
            setze_rollen(wer, welt.kommune, wer, {(rolle, None)})
    assert list(Mitgliedschaft.objects.values()) == vorher
    assert not Einladung.objects.exists()


def test_nobody_takes_over_the_address_that_they_have_invited(person, welt, browser):
    verwaltung = person("verwaltung")
    einladung, schluessel = lade_ein(welt.kommune, "zweite@stadt.example", "redaktion", eingeladen_von=verwaltung)
    verwaltung.email = "zweite@stadt.example"
    verwaltung.save()
    with pytest.raises(NichtAnnehmbar):
        nimm_an(einladung, verwaltung)
    antwort = browser(verwaltung).post(f"/einladung/{schluessel}/")
    assert antwort.status_code == 403
    assert "Diese Einladung haben Sie selbst verschickt" in antwort.content.decode()
    assert verwaltung.mitgliedschaften.get().rolle == "verwaltung"


# Seats


@pytest.mark.parametrize("art", ["leitung", "verwaltung", "superuser"])
def test_nobody_gives_a_seat_to_themself(art, person, welt, browser):
    wer, gremium, mitglied = person(art), welt.kommune.gremien.first(), person("gremium")
    if art == "superuser":
        wer.mitgliedschaften.create(kommune=welt.kommune, rolle="lesen")
    with pytest.raises(Regelverstoss):
        setze_sitze(gremium, [wer], wer)
    ort = f"/kommunen/{welt.kommune.slug}/gremien/{gremium.pk}/sitze/"
    angeboten = {k.get("value") for k in seite_von(browser(wer).get(ort)).iter("input") if k.get("name") == "konten"}
    assert str(mitglied.pk) in angeboten
    assert str(wer.pk) not in angeboten
    antwort = browser(wer).post(ort, {"konten": [wer.pk]})
    assert antwort.status_code == 422
    assert "Sich selbst können Sie keinen Sitz geben." in antwort.content.decode()
    assert not Sitz.objects.exists()


def test_a_seat_that_somebody_else_gave_may_stay_or_be_given_up(person, welt):
    leitung, verwaltung, gremium = person("leitung"), person("verwaltung"), welt.kommune.gremien.first()
    setze_sitze(gremium, [leitung], verwaltung)
    setze_sitze(gremium, [leitung, verwaltung], leitung)
    assert gremium.sitze.count() == 2
    setze_sitze(gremium, [verwaltung], leitung)
    with pytest.raises(Regelverstoss):
        setze_sitze(gremium, [verwaltung, leitung], leitung)
    assert [sitz.benutzer for sitz in gremium.sitze.all()] == [verwaltung]


# Addressees of a Runde


@pytest.fixture
def intern(welt, person):
    """An internal Runde in which a member has said something in confidence."""
    mitglied = person("gremium")
    runde = mache_runde(welt.fassung, mitglied, sichtbarkeit="intern")
    mache_anmerkung(runde, mitglied, text="Nur unter uns.")
    return runde


def ort(runde, *teile) -> str:
    k = runde.konzept
    return f"/konzepte/{k.kommune.slug}/{k.slug}/beratung/" + "".join(f"{t}/" for t in (runde.pk, *teile))


@pytest.mark.parametrize("art", ["leitung", "redaktion"])
def test_who_leads_an_internal_runde_does_not_add_themself(art, intern, person, browser):
    wer, gremien = person(art), list(intern.gremien.all())
    with pytest.raises(Regelverstoss):
        setze_adressaten(intern, gremien, [wer], wer)
    client = browser(wer)
    daten = {"gremien": [g.pk for g in gremien], "personen": [wer.pk], "_version": intern.version}
    antwort = client.post(ort(intern, "bearbeiten"), daten)
    assert antwort.status_code == 422
    assert "nimmt sich nicht selbst dazu" in antwort.content.decode()
    assert "Nur unter uns." not in client.get(ort(intern, "anmerkungen")).content.decode()
    assert not intern.personen.exists()


def test_nor_by_a_gremium_in_which_they_sit(intern, person, welt):
    wer, anderes = person("redaktion"), welt.kommune.gremien.create(name="AG Sprache")
    setze_sitze(anderes, [wer], person("verwaltung"))
    with pytest.raises(Regelverstoss):
        setze_adressaten(intern, [*intern.gremien.all(), anderes], [], wer)
    assert not intern.nimmt_teil(wer)
    setze_adressaten(intern, [*intern.gremien.all(), anderes], [], person("leitung"))
    assert intern.nimmt_teil(wer)


def test_an_internal_runde_is_not_opened_for_oneself_but_for_the_gremium_in_which_one_sits(person, welt):
    wer, gremium = person("leitung"), welt.kommune.gremien.first()
    neu = Runde(fassung=welt.fassung, ende="2999-01-01", sichtbarkeit="intern", eroeffnet_von=wer)
    neu.full_clean()
    with pytest.raises(Regelverstoss):
        lege_vor(neu, [gremium], [wer], wer)
    assert not Runde.objects.exists()
    setze_sitze(gremium, [wer], person("verwaltung"))
    lege_vor(neu, [gremium], [], wer)
    assert neu.nimmt_teil(wer)


def test_an_open_runde_is_read_by_who_leads_it_anyway(person, welt):
    wer, runde = person("redaktion"), mache_runde(welt.fassung, person("gremium"))
    assert setze_adressaten(runde, runde.gremien.all(), [wer], wer) == [wer]


def test_who_takes_part_already_may_add_their_other_gremium(intern, person, welt):
    wer, anderes = person("redaktion"), welt.kommune.gremien.create(name="AG Sprache")
    for gremium in (intern.gremien.get(), anderes):
        Sitz.objects.create(gremium=gremium, benutzer=wer)
    setze_adressaten(intern, [intern.gremien.get(), anderes], [], wer)
    assert intern.gremien.count() == 2


# Who may everything


def test_a_superuser_reads_nothing_of_an_internal_runde_before_its_end(intern, person, browser):
    client = browser(person("superuser"))
    for seite in ("", "anmerkungen", "abwaegung"):
        antwort = client.get(ort(intern, *filter(None, [seite])))
        assert antwort.status_code == 200
        assert "Nur unter uns." not in antwort.content.decode()


def test_an_account_for_the_admin_alone_changes_no_account(welt, browser):
    """Not even with Django's own permissions, which would let it make itself a superuser."""
    wer = mache_benutzer(welt.kommune, "lesen", is_staff=True)
    wer.user_permissions.set(Permission.objects.filter(content_type__app_label="konten"))
    client, pfad = browser(wer), f"/admin/konten/benutzer/{wer.pk}"
    assert client.get(f"{pfad}/change/").status_code == 403
    assert client.post(f"{pfad}/change/", {"is_superuser": "on"}).status_code == 403
    assert client.post(f"{pfad}/password/", {"password1": "x"}).status_code == 403
    wer.refresh_from_db()
    assert not wer.is_superuser
