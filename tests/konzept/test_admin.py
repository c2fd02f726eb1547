"""The admin: every page of every model opens, with example data and with nothing typed."""

import pytest
from django.conf import settings
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from konzept.austausch.einlesen import lade
from konzept.hintergrund import termine
from konzept.hintergrund.admin import AuftragAdmin
from konzept.konten.models import Benutzer, Protokolleintrag
from konzept.models import Abschnitt, Kommune, Konzept
from konzept.postausgang.models import Sendung
from massnahmen.models import Massnahme
from tests.fabrik import (
    KENNWORT,
    alle_zeilen,
    mache_akteur,
    mache_benutzer,
    mache_feld,
    mache_kommune,
    mache_konzept,
    mache_massnahme,
    seite_von,
    text,
)

pytestmark = pytest.mark.django_db

MODELLE = sorted(admin.site._registry, key=lambda modell: modell._meta.label)
EIGENE = [modell for modell in MODELLE if modell._meta.app_label != "auth"]
NUR_LESBAR = {
    Protokolleintrag,
    *(m for m, verwalter in admin.site._registry.items() if isinstance(verwalter, AuftragAdmin)),
}
"""The log, and jobs: what is done to these is an action."""
BEARBEITBAR = [modell for modell in EIGENE if modell not in NUR_LESBAR]
NIE_GELOESCHT = {Benutzer, *NUR_LESBAR}
"""An account is erased by an action of its own, which keeps what the person wrote."""


def adresse(modell, was, *args) -> str:
    return reverse(f"admin:{modell._meta.app_label}_{modell._meta.model_name}_{was}", args=args)


@pytest.fixture
def chef(client):
    client.force_login(mache_benutzer(is_staff=True, is_superuser=True, email="chef@stadt.example"))
    return client


@pytest.fixture(scope="module")
def bestand(bleibend) -> int:
    """Musterstadt's newer concept (pk), loaded once."""
    with bleibend():
        yield lade(settings.BASE_DIR / "fixtures" / "musterstadt.yaml").neu[-1].pk


@pytest.fixture
def beispiel(bestand) -> Konzept:
    return Konzept.objects.get(pk=bestand)


def test_every_page_opens_with_example_data(chef, beispiel):
    termine.stelle_bereit()
    beispiel.druckauftraege.create(art="konzept", gegenstand="konzept", schluessel="a", aufnahme=b"x")
    Sendung.objects.create(anlass="konto", empfaenger="a@stadt.example", nachricht_id="<a@b>", inhalt="x")
    for modell in MODELLE:
        zeile = modell.objects.first()
        pfade = [adresse(modell, "changelist")]
        if modell not in NUR_LESBAR:
            pfade.append(adresse(modell, "add"))
        if zeile is not None:
            verben = {"change", "delete", "history"} - ({"delete"} if modell in NIE_GELOESCHT else set())
            pfade += [adresse(modell, was, zeile.pk) for was in verben]
        for pfad in pfade:
            assert chef.get(pfad).status_code == 200, pfad
    assert all(modell.objects.exists() for modell in EIGENE)


def test_index_names_every_model_in_german(chef):
    seite = text(seite_von(chef.get("/admin/")))
    for modell in EIGENE:
        assert str(modell._meta.verbose_name_plural) in seite


@pytest.mark.datenbank
@pytest.mark.parametrize("modell", EIGENE, ids=lambda m: m.__name__)
def test_search_finds_or_finds_nothing_but_never_breaks(chef, modell):
    for frage in ("?q=Sprache", "?q=%00", "?q=" + "x" * 500):
        assert chef.get(adresse(modell, "changelist") + frage).status_code in (200, 302, 400)


@pytest.mark.parametrize("modell", BEARBEITBAR, ids=lambda m: m.__name__)
def test_an_empty_form_is_refused_at_its_fields(chef, modell):
    seite = chef.get(adresse(modell, "add"))
    daten = {}
    for formset in seite.context.get("inline_admin_formsets", ()):
        daten |= {f"{formset.formset.prefix}-{n}": "0" for n in ("TOTAL_FORMS", "INITIAL_FORMS")}
    vorher = alle_zeilen()
    antwort = chef.post(adresse(modell, "add"), daten)
    assert antwort.status_code == 200
    assert antwort.context["errors"]
    assert alle_zeilen() == vorher


@pytest.mark.parametrize("modell", BEARBEITBAR, ids=lambda m: m.__name__)
def test_a_form_with_half_a_row_is_refused_at_its_fields(chef, beispiel, modell):
    """Only the first text of each row below is filled in, and nothing else."""
    seite = chef.get(adresse(modell, "add"))
    daten = {}
    for helfer in seite.context.get("inline_admin_formsets", ()):
        formset = helfer.formset
        daten |= {f"{formset.prefix}-TOTAL_FORMS": "1", f"{formset.prefix}-INITIAL_FORMS": "0"}
        for feld in formset.empty_form.fields.values():
            feld.required = False
        daten |= {
            f"{formset.prefix}-0-{name}": "1" for name in formset.empty_form.fields if name not in ("id", "DELETE")
        }
    antwort = chef.post(adresse(modell, "add"), daten)
    assert antwort.status_code == 200


@pytest.mark.datenbank
def test_a_changed_form_is_saved_as_it_is_shown(chef, beispiel):
    """Pressing "Sichern" on an example row changes nothing else."""
    for modell in BEARBEITBAR:
        if modell is Benutzer:
            continue
        zeile = modell.objects.first()
        seite = chef.get(adresse(modell, "change", zeile.pk))
        daten = formulardaten(seite)
        vorher = _ohne_rand(alle_zeilen())
        antwort = chef.post(adresse(modell, "change", zeile.pk), daten)
        assert antwort.status_code == 302, (modell, antwort.context["errors"])
        assert _ohne_rand(alle_zeilen()) == vorher, modell


def _ohne_rand(zeilen: dict) -> dict:
    """Rows without the white space around texts, which forms take away, and without the log, which tells of that."""
    return {
        modell: [{n: w.strip() if isinstance(w, str) else w for n, w in zeile.items()} for zeile in reihe]
        for modell, reihe in zeilen.items()
        if modell != "konten.Protokolleintrag"
    }


def formulardaten(seite) -> dict:
    (formular,) = (f for f in seite_von(seite).iter("form") if f.get("id", "").endswith("_form"))
    daten: dict = {}
    for k in formular.iter():
        name = k.get("name")
        if not name or "__prefix__" in name or name.startswith("_") or k.get("type") in ("submit", "file"):
            continue
        if k.tag == "input" and (k.get("type") not in ("checkbox", "radio") or k.get("checked") is not None):
            daten.setdefault(name, []).append(k.get("value", "on" if k.get("type") == "checkbox" else ""))
        elif k.tag == "textarea":
            daten.setdefault(name, []).append("".join(k.itertext()))
        elif k.tag == "select":
            optionen = list(k.iter("option"))
            gewaehlt = [o for o in optionen if o.get("selected") is not None]
            if not gewaehlt and k.get("multiple") is None:
                gewaehlt = optionen[:1]
            daten.setdefault(name, []).extend(o.get("value", "") for o in gewaehlt)
    return daten


# Accounts


@pytest.mark.datenbank
def test_an_account_is_made_with_address_and_password(chef):
    daten = {"email": "Neu@Stadt.Example", "name": "Neu", "password1": KENNWORT, "password2": KENNWORT}
    daten |= {"usable_password": "true", "mitgliedschaften-TOTAL_FORMS": "0", "mitgliedschaften-INITIAL_FORMS": "0"}
    antwort = chef.post(adresse(Benutzer, "add"), daten)
    assert antwort.status_code == 302
    neu = Benutzer.objects.get(name="Neu")
    assert neu.check_password(KENNWORT)
    assert not neu.is_staff
    assert neu.email == "neu@stadt.example"


@pytest.mark.datenbank
def test_the_same_address_in_another_case_is_refused(chef):
    mache_benutzer(email="da@stadt.example")
    daten = {"email": "DA@stadt.example", "password1": KENNWORT, "password2": KENNWORT, "usable_password": "true"}
    daten |= {"mitgliedschaften-TOTAL_FORMS": "0", "mitgliedschaften-INITIAL_FORMS": "0"}
    antwort = chef.post(adresse(Benutzer, "add"), daten)
    assert antwort.status_code == 200
    assert "email" in antwort.context["adminform"].form.errors


# The outline


def test_a_circle_in_the_outline_is_refused(chef):
    konzept = mache_konzept()
    oben = Abschnitt.objects.create(konzept=konzept, titel="oben")
    unten = Abschnitt.objects.create(konzept=konzept, titel="unten", oberabschnitt=oben)
    daten = formulardaten(chef.get(adresse(Abschnitt, "change", oben.pk))) | {"oberabschnitt": str(unten.pk)}
    antwort = chef.post(adresse(Abschnitt, "change", oben.pk), daten)
    assert "Ein Abschnitt kann nicht unter sich selbst stehen." in antwort.content.decode()


# What belongs together


@pytest.mark.datenbank
def test_where_a_row_belongs_is_chosen_once(chef):
    konzept, nachbarn = mache_konzept(), mache_kommune("nachbarstadt")
    massnahme, akteur = mache_massnahme(mache_feld(konzept)), mache_akteur(konzept.kommune, "51")
    fremd = mache_feld(mache_konzept(nachbarn))
    for zeile, feld, wohin in ((akteur, "kommune", nachbarn), (massnahme, "handlungsfeld", fremd)):
        daten = formulardaten(chef.get(adresse(type(zeile), "change", zeile.pk)))
        assert feld not in daten
        chef.post(adresse(type(zeile), "change", zeile.pk), daten | {feld: wohin.pk})
        assert getattr(type(zeile).objects.get(pk=zeile.pk), feld) == getattr(zeile, feld)
    konto = mache_benutzer(konzept.kommune, "lesen")
    daten = formulardaten(chef.get(adresse(Benutzer, "change", konto.pk)))
    wechsel = {"mitgliedschaften-0-kommune": nachbarn.pk, "mitgliedschaften-0-rolle": "redaktion"}
    assert chef.post(adresse(Benutzer, "change", konto.pk), daten | wechsel).status_code == 302
    assert konto.mitgliedschaften.values_list("kommune", "rolle").get() == (konzept.kommune.pk, "redaktion")


@pytest.mark.datenbank
def test_what_does_not_belong_together_is_refused_with_a_sentence(chef):
    konzept = mache_konzept()
    feld = mache_feld(konzept)
    eine, andere = mache_massnahme(feld), mache_massnahme(feld)
    Massnahme.objects.filter(pk=andere.pk).update(vorgaenger=eine)
    gruppe = mache_kommune("nachbarstadt").zielgruppen.create(name="Kinder")
    for was, satz in (
        ({"zielgruppen": [gruppe.pk]}, "Zielgruppen: Etwas davon gehört zu einer anderen Kommune."),
        ({"vorgaenger": andere.pk}, "Das gehört nicht zusammen, und nichts ist gespeichert."),
    ):
        ort = adresse(Massnahme, "change", eine.pk)
        antwort = chef.post(ort, formulardaten(chef.get(ort)) | {"titel": "Anders"} | was, follow=True)
        assert satz in text(seite_von(antwort))
        assert Massnahme.objects.get(pk=eine.pk).titel != "Anders"


@pytest.mark.datenbank
def test_a_kommune_with_a_concept_is_not_deleted(chef):
    konzept = mache_konzept()
    antwort = chef.post(adresse(Kommune, "delete", konzept.kommune.pk), {"post": "yes"})
    assert antwort.status_code == 200
    assert Kommune.objects.exists()


def test_somebody_is_signed_out_everywhere(chef):
    """Such as who has lost a telephone that was signed in; their account and their password go on."""
    wer, andere = mache_benutzer(email="rita@stadt.example", name="Rita"), mache_benutzer(email="anton@stadt.example")
    browser = [Client(), Client(), Client()]
    for einer, konto in zip(browser, (wer, wer, andere), strict=True):
        einer.force_login(konto)
    admin = Benutzer.objects.get(email="chef@stadt.example")
    auswahl = {"action": "beende_sitzungen", "_selected_action": [wer.pk, admin.pk]}
    antwort = chef.post(adresse(Benutzer, "changelist"), auswahl, follow=True)
    assert [einer.get("/konto/").status_code for einer in browser] == [302, 302, 200]
    assert f"{wer} ist in allen Browsern abgemeldet." in text(seite_von(antwort))
    assert "Ihre eigenen Sitzungen beenden Sie unter „Sitzungen“." in text(seite_von(antwort))
    eintrag = Protokolleintrag.objects.get(person=wer)
    assert (eintrag.benutzer, eintrag.text) == (admin, "in allen Browsern abgemeldet")
    assert browser[0].post("/anmelden/", {"login": wer.email, "password": KENNWORT}).status_code == 302
