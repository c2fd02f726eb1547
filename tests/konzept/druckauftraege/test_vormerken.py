"""Whatever changes what a concept prints is noticed, so that it is printed ahead once it rests."""

import io
from contextlib import suppress
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now
from PIL import Image

from konzept import vorgaenge
from konzept.austausch.einlesen import lade
from konzept.druckauftraege import vormerken
from konzept.druckauftraege.arbeitsstand import nimm_auf
from konzept.druckauftraege.aufraeumen import loesche_alte
from konzept.druckauftraege.models import Vormerkung
from konzept.fassungen.vorgaenge import festschreiben
from konzept.hintergrund import pacht
from konzept.models import Konzept
from konzept.models.basis import Versioniert, anker
from konzept.verlauf.models import Aenderung
from konzept.verlauf.stand import teilarten, verbindungen
from massnahmen.models import Massnahme
from tests.fabrik import (
    adresse,
    eingaben,
    kommunen_adresse,
    mache_abschnitt,
    mache_akteur,
    mache_benutzer,
    mache_feld,
    mache_kommune,
    mache_konzept,
    mache_massnahme,
    mache_runde,
    sende,
    setze_zustaendig,
)
from tests.massnahmen.sammelweg import aendere, nimm_zurueck

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

@pytest.fixture(autouse=True)
def vorab(settings, tmp_path):
    """Prints wait for the worker, as in production; no earlier test has left anything to note."""
    settings.DRUCK_IM_HINTERGRUND = True
    settings.MEDIA_ROOT = tmp_path
    vormerken._gemerkt.__init__()


@pytest.fixture
def uhr(uhr, monkeypatch):
    """The clock of the database too."""
    monkeypatch.setattr(pacht, "jetzt", uhr)
    uhr.stelle(2026, 11, 3, 12)
    return uhr


@pytest.fixture
def konzept() -> Konzept:
    konzept = mache_konzept()
    mache_abschnitt(konzept, "Felder", inhalt="handlungsfelder")
    return konzept


@pytest.fixture
def vorgemerkt(django_capture_on_commit_callbacks):
    """`vorgemerkt(tue)`: the concepts (pk) that are to be printed ahead since, for what was done in a transaction."""

    def fuehre_aus(tue) -> set[int]:
        Vormerkung.objects.all().delete()
        with django_capture_on_commit_callbacks(execute=True):
            tue()
        return set(Vormerkung.objects.values_list("konzept", flat=True))

    return fuehre_aus


# What is noticed


def test_whatever_a_print_reads_has_a_history(konzept):
    """What is recorded there is noticed: elements, their parts, and the lists that join them to others."""
    with CaptureQueriesContext(connection) as abfragen:
        nimm_auf(konzept)
    gelesen = " ".join(abfrage["sql"] for abfrage in abfragen)
    modelle = {m for m in apps.get_models(include_auto_created=True) if f'"{m._meta.db_table}"' in gelesen}
    offen = [m for m in apps.get_models() if issubclass(m, Versioniert) and m._meta.app_label in vormerken.INHALT]
    aufgezeichnet = set()
    while offen:
        modell = offen.pop()
        aufgezeichnet |= {modell, *(feld.remote_field.through for feld in verbindungen(modell))}
        offen += [feld.model for _, feld in teilarten(modell)]
    assert len(modelle) > 15
    assert modelle - aufgezeichnet == set()


# Each of these prepares what is done to a measure by an account in its browser, and returns it.


def form_der_massnahme(browser, m):
    return lambda: sende(browser, m, {"titel": "Anders"})


def form_eines_abschnitts(browser, m):
    return lambda: sende(browser, m.konzept.abschnitte.get(), {"titel": "Anders"})


def form_des_konzepts(browser, m):
    return _formular(browser, adresse(m, "bearbeiten"), titel="Anders")


def neues_element(browser, m):
    ort = adresse(m, "massnahmen", "neu")
    return _formular(browser, f"{ort}?in=handlungsfeld-{m.handlungsfeld_id}", titel="Neu")


def _formular(browser, ort, mit="_version", **werte):
    daten = eingaben(browser.get(ort), mit) | werte

    def tue():
        assert browser.post(ort, daten).status_code == 302

    return tue


def verschiebe(browser, m):
    arbeit = mache_feld(m.konzept, "Arbeit")
    return lambda: vorgaenge.verschiebe(element=m, unter=arbeit, nach=None, konto=browser.konto)


def einen_schritt(browser, m):
    daneben = mache_massnahme(m.handlungsfeld, "Daneben", reihenfolge=9)
    return lambda: browser.post(adresse(m, "schritt"), {"auf": f"massnahme-{daneben.pk}"})


def markiere(browser, m):
    return lambda: vorgaenge.markiere(element=m, marke="entfallen", konto=browser.konto)


def loesche(browser, m):
    return lambda: vorgaenge.loesche(element=m, konto=browser.konto)


def hole_zurueck(browser, m):
    eintrag = vorgaenge.loesche(element=m, konto=browser.konto)
    return lambda: vorgaenge.hole_zurueck(eintrag=eintrag, konto=browser.konto)


def stelle_wieder_her(browser, m):
    sende(browser, m, {"titel": "Anders"})
    m = Massnahme.objects.get(pk=m.pk)
    erste = Aenderung.objects.von(m.konzept.kommune_id, m.konzept.pk, anker(m)).last()
    return lambda: vorgaenge.stelle_wieder_her(element=m, aenderung=erste, gelesen=m.version, konto=browser.konto)


def mehrere_auf_einmal(browser, m):
    return lambda: aendere(browser, [m], umsetzungsstand="laufend")


def stelle_alle_wieder_her(browser, m):
    aendere(browser, [m], umsetzungsstand="laufend")
    return lambda: nimm_zurueck(browser, m.konzept)


AN_EINEM_KONZEPT = (
    form_der_massnahme,
    form_eines_abschnitts,
    form_des_konzepts,
    neues_element,
    verschiebe,
    einen_schritt,
    markiere,
    loesche,
    hole_zurueck,
    stelle_wieder_her,
    mehrere_auf_einmal,
    stelle_alle_wieder_her,
)


@pytest.fixture
def browser(client, konzept):
    client.konto = mache_benutzer(konzept.kommune, "leitung", is_staff=True, is_superuser=True)
    client.force_login(client.konto)
    return client


@pytest.mark.parametrize("art", AN_EINEM_KONZEPT, ids=lambda art: art.__name__)
def test_a_change_of_a_concept_is_noticed_and_only_of_that(art, browser, konzept, vorgemerkt):
    anderes = mache_konzept(konzept.kommune, "anderes")
    _als_gedruckt(anderes)
    vorher = mache_massnahme(mache_feld(mache_konzept(konzept.kommune, "frueher")), "Vorher")
    tue = art(browser, mache_massnahme(mache_feld(konzept), "Sprachcafé", vorgaenger=vorher))
    davor = nimm_auf(konzept)
    assert vorgemerkt(tue) == {konzept.pk}
    assert nimm_auf(konzept) != davor


def test_the_use_cases_are_among_these():
    """A new one has to say how it is noticed."""
    faelle = {name for name in vorgaenge.__all__ if callable(getattr(vorgaenge, name)) and name.islower()}
    assert faelle - {art.__name__ for art in AN_EINEM_KONZEPT} == {"schreibe_fort"}


@pytest.mark.parametrize("fort", [True, False], ids=["from another", "from an outline"])
def test_a_new_concept_is_noticed(fort, browser, konzept, vorgemerkt):
    mache_massnahme(mache_feld(konzept))
    beginnt = f"konzept-{konzept.pk}" if fort else "kapitel"
    tue = _formular(browser, kommunen_adresse(konzept.kommune, "konzepte", "neu"), titel="Neu", beginnt_mit=beginnt)
    assert vorgemerkt(tue) == {Konzept.objects.exclude(pk=konzept.pk).get().pk}


def stammdaten(browser, konzept):
    return _formular(browser, kommunen_adresse(konzept.kommune, "stammdaten"), akzentfarbe="#336699", wappen="")


def wappen(browser, konzept):
    bild = io.BytesIO()
    Image.new("RGB", (80, 80), "red").save(bild, "PNG")
    datei = SimpleUploadedFile("wappen.png", bild.getvalue())
    return _formular(browser, kommunen_adresse(konzept.kommune, "stammdaten"), wappen=datei)


def akteur(browser, konzept):
    ort = kommunen_adresse(konzept.kommune, "akteure", konzept.kommune.akteure.get().pk, "bearbeiten")
    return _formular(browser, ort, kurz="VHS")


def zielgruppe(browser, konzept):
    gruppe = konzept.kommune.zielgruppen.get()
    return lambda: vorgaenge.loesche(element=gruppe, konto=browser.konto)


def in_der_verwaltungsoberflaeche(browser, konzept):
    ort = reverse("admin:massnahmen_massnahme_change", args=[Massnahme.objects.get().pk])
    return _formular(browser, ort, "titel", titel="Anders")


def dort_geloescht(browser, konzept):
    daten = {"action": "delete_selected", "_selected_action": [Massnahme.objects.get().pk], "post": "yes"}
    return lambda: browser.post(reverse("admin:massnahmen_massnahme_changelist"), daten)


@pytest.mark.parametrize(
    "art",
    [stammdaten, wappen, akteur, zielgruppe, in_der_verwaltungsoberflaeche, dort_geloescht],
    ids=lambda art: art.__name__,
)
def test_what_belongs_to_a_kommune_is_noticed_for_what_was_printed_of_it(art, browser, konzept, vorgemerkt):
    massnahme = mache_massnahme(mache_feld(konzept))
    setze_zustaendig(massnahme, mache_akteur(konzept.kommune, "51"))
    massnahme.zielgruppen.add(konzept.kommune.zielgruppen.create(name="Kinder"))
    _als_gedruckt(konzept)
    mache_konzept(konzept.kommune, "nie-gedruckt")
    _als_gedruckt(mache_konzept(mache_kommune("nachbarstadt")))
    tue = art(browser, konzept)
    davor = nimm_auf(konzept)
    assert vorgemerkt(tue) == {konzept.pk}
    assert nimm_auf(konzept) != davor


def _als_gedruckt(konzept: Konzept) -> None:
    konzept.druckauftraege.create(art="konzept", schluessel="a", aufnahme=b"", status="fertig", beendet_am=now())


# What is not


def test_what_never_prints_is_not_noticed(browser, konzept, vorgemerkt):
    runde = mache_runde(festschreiben(konzept=konzept, art="entwurf", konto=None), browser.konto)
    tue = _formular(browser, adresse(konzept, "beratung", str(runde.pk), "bearbeiten"), anlass="zur Sitzung im Mai")
    assert vorgemerkt(tue) == set()
    assert Aenderung.objects.filter(anker=anker(runde)).exists()


def test_what_is_read_in_from_a_file_is_not_noticed(vorgemerkt, settings):
    """Nobody is at work on it yet."""
    assert vorgemerkt(lambda: lade(settings.BASE_DIR / "fixtures" / "musterstadt.yaml")) == set()
    assert Konzept.objects.exists()


def test_nor_is_anything_where_nothing_is_to_be_printed_ahead(browser, konzept, vorgemerkt, settings):
    tue = form_des_konzepts(browser, mache_massnahme(mache_feld(konzept)))
    settings.VORAB = False
    assert vorgemerkt(tue) == set()
    settings.VORAB, settings.DRUCK_IM_HINTERGRUND = True, False
    assert vorgemerkt(form_des_konzepts(browser, Massnahme.objects.get())) == set()


# How


def test_it_costs_the_same_for_one_and_for_many(browser, konzept, django_capture_on_commit_callbacks):
    feld = mache_feld(konzept)
    massnahmen = [mache_massnahme(feld, f"M {i}") for i in range(4)]
    anzahl = []
    for welche, stand in ((massnahmen[:1], "laufend"), (massnahmen, "idee")):
        with django_capture_on_commit_callbacks() as danach:
            aendere(browser, welche, umsetzungsstand=stand)
        with CaptureQueriesContext(connection) as abfragen:
            for tue in danach:
                tue()
        anzahl.append(len(abfragen))
    uhr = connection.vendor == "postgresql"
    assert anzahl == [2 + uhr, 2 + uhr]


@pytest.mark.django_db(transaction=True)
def test_what_was_undone_is_not_noticed_and_what_is_gone_disturbs_nobody(konzept):
    with suppress(ZeroDivisionError), transaction.atomic():
        vormerken.merke_vor(konzepte=[konzept.pk])
        raise ZeroDivisionError
    assert not Vormerkung.objects.exists()
    with transaction.atomic():
        vormerken.merke_vor(konzepte=[konzept.pk + 1, konzept.pk])
    assert Vormerkung.objects.get().konzept == konzept


def test_every_change_puts_it_off_and_the_first_one_says_until_when(konzept, uhr, vorgemerkt):
    def faellig() -> bool:
        return Vormerkung.objects.faellige(uhr()).exists()

    vormerken.merke_vor(konzepte=[konzept.pk])
    vormerken._schreibe_gemerktes()
    for _ in range(28):
        uhr.ruecke(timedelta(seconds=2))
        assert not faellig()
        vormerken.merke_vor(konzepte=[konzept.pk])
        vormerken._schreibe_gemerktes()
    uhr.ruecke(timedelta(seconds=2))
    assert not faellig()
    uhr.ruecke(timedelta(seconds=1))  # it has rested
    assert faellig()
    vormerken.merke_vor(konzepte=[konzept.pk])
    vormerken._schreibe_gemerktes()
    assert not faellig()
    uhr.ruecke(timedelta(seconds=1))  # a minute after the first one
    assert faellig()


def test_one_that_nobody_came_to_is_forgotten(konzept, uhr):
    vormerken.merke_vor(konzepte=[konzept.pk])
    vormerken._schreibe_gemerktes()
    uhr.ruecke(timedelta(hours=24))
    loesche_alte(uhr())
    assert Vormerkung.objects.exists()
    uhr.ruecke(timedelta(seconds=4))
    loesche_alte(uhr())
    assert not Vormerkung.objects.exists()
