"""Wherever names are listed, "Ä" stands beside "A": on every page, in every choice and in the document."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client

from konzept.dokument import baum as dokumentbaum
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.fassungen.vorgaenge import festschreiben, veroeffentliche
from konzept.forms import BeteiligungForm
from konzept.konten.models import Benutzer
from konzept.models import Abschnitt, Gremium
from konzept.namensordnung import NachNamen
from konzept.navigation import adresse as url_von
from konzept.werkbank.elemente import ELEMENTE
from konzept.zugriff import kommunen_fuer
from massnahmen.forms import AngebotForm
from massnahmen.liste.tabelle import Auswahl, lade_nummern
from massnahmen.models import Akteur, Massnahme, Zielgruppe
from massnahmen.zustaendigkeiten import AkteureDerKommune
from tests.fabrik import (
    adresse,
    kommunen_adresse,
    mache_abschnitt,
    mache_akteur,
    mache_benutzer,
    mache_beschlussfassung,
    mache_feld,
    mache_kommune,
    mache_konzept,
    mache_massnahme,
    mache_runde,
    seite_von,
    setze_zustaendig,
    text,
)
from tests.satz import ohne_satz

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

IN_DIESER_FOLGE = ["9 Stadtteile", "51 Jugend", "amt", "Ämterrunde", "Apfel", "Äpfel", "Ökumene", "Zoo"]
DURCHEINANDER = [IN_DIESER_FOLGE[i] for i in (7, 2, 3, 6, 5, 0, 4, 1)]


def folge(wo: str) -> list[str]:
    """The names in the order in which they stand in a text."""
    stellen = {name: wo.find(name) for name in IN_DIESER_FOLGE}
    assert -1 not in stellen.values(), stellen
    return sorted(stellen, key=stellen.get)


def inhalt(client: Client, url: str) -> str:
    antwort = client.get(url)
    assert antwort.status_code == 200, url
    (haupt,) = seite_von(antwort).iter("main")
    return text(haupt)


@pytest.fixture
def konzept():
    konzept = mache_konzept(mache_kommune("amt", kurzname="amt"))
    for stelle in ("handlungsfelder", "mitwirkende", "gremien"):
        mache_abschnitt(konzept, stelle, inhalt=Abschnitt.Inhalt(stelle))
    feld = mache_feld(konzept)
    massnahme = mache_massnahme(feld)
    for name in DURCHEINANDER:
        setze_zustaendig(massnahme, mache_akteur(konzept.kommune, name))
        massnahme.zielgruppen.add(konzept.kommune.zielgruppen.create(name=name))
        gremium = konzept.kommune.gremien.create(name=name)
        feld.gremien.add(gremium)
    return konzept


@pytest.fixture
def client(konzept):
    client = Client()
    client.force_login(mache_benutzer(konzept.kommune, "leitung", name="Leitung"))
    return client


@pytest.mark.parametrize("art", [art for art, element in ELEMENTE.items() if element.kommunal])
def test_the_lists_of_a_kommune(art, konzept, client):
    assert folge(inhalt(client, kommunen_adresse(konzept.kommune, art))) == IN_DIESER_FOLGE


def test_choices(konzept):
    kommune = konzept.kommune
    auswahl = Auswahl(lade_nummern(konzept))
    assert [name for _, name in auswahl.akteur] == IN_DIESER_FOLGE
    assert [name for _, name in auswahl.zielgruppe] == IN_DIESER_FOLGE
    assert [akteur.kurz for akteur in AkteureDerKommune(kommune).alle] == IN_DIESER_FOLGE
    assert [str(name) for _, name in BeteiligungForm(konzept=konzept).fields["gremium"].choices][1:] == IN_DIESER_FOLGE
    angebot = AngebotForm(konzept=konzept)
    assert [str(name) for _, name in angebot.fields["zielgruppen"].choices] == IN_DIESER_FOLGE
    for modell in (Akteur, Gremium, Zielgruppe):
        assert [str(zeile) for zeile in modell.objects.filter(kommune=kommune)] == IN_DIESER_FOLGE


def test_the_document(konzept):
    teile = [teil for _, kapitel in stelle_zusammen(konzept).alle_kapitel() for teil in kapitel.teile]
    (massnahme,) = stelle_zusammen(konzept).massnahmen()
    assert list(massnahme.zielgruppen) == IN_DIESER_FOLGE
    assert [b.kurz for b in massnahme.beteiligte] == DURCHEINANDER  # as somebody has put them
    (mitwirkende,) = (teil for teil in teile if isinstance(teil, dokumentbaum.Mitwirkende))
    assert [eintrag.kurz for eintrag in mitwirkende.eintraege] == IN_DIESER_FOLGE
    (zeile,) = (teil for teil in teile if isinstance(teil, dokumentbaum.Gremienzeile))
    assert list(zeile.namen) == IN_DIESER_FOLGE


def test_the_list_of_measures_by_title_and_its_cells(konzept, client):
    assert folge(inhalt(client, f"{adresse(konzept, 'massnahmen')}?spalte=zielgruppen")) == IN_DIESER_FOLGE
    Massnahme.objects.all().delete()
    Akteur.objects.all().delete()
    Zielgruppe.objects.all().delete()
    for name in DURCHEINANDER:
        mache_massnahme(konzept.handlungsfelder.get(), name)
    url = f"{adresse(konzept, 'massnahmen')}?spalte=stand&sort="
    for sort, erwartet in (("titel", IN_DIESER_FOLGE), ("-titel", IN_DIESER_FOLGE[::-1])):
        zeilen = client.get(f"{url}{sort}").context["tabelle"].zeilen
        assert [zeile.titel for zeile in zeilen] == erwartet


def test_people(konzept, client):
    for nummer, name in enumerate(DURCHEINANDER):
        mache_benutzer(konzept.kommune, "lesen", name=name, email=f"{9 - nummer}@stadt.example")
    assert folge(inhalt(client, kommunen_adresse(konzept.kommune, "mitglieder"))) == IN_DIESER_FOLGE
    with ohne_satz():
        fassung = festschreiben(konzept=konzept, art="entwurf", notiz="", konto=None)
    runde = mache_runde(fassung)
    Gremium.objects.filter(name__in=IN_DIESER_FOLGE).delete()
    runde.personen.set(Benutzer.objects.filter(name__in=IN_DIESER_FOLGE))
    assert folge(inhalt(client, url_von(konzept, "beratung:detail", pk=runde.pk))) == IN_DIESER_FOLGE


def test_kommunen():
    konto = mache_benutzer(is_superuser=True)
    for nummer, name in enumerate(DURCHEINANDER):
        konzept = mache_konzept(mache_kommune(f"k{nummer}", kurzname=name, name=name))
        with ohne_satz():
            fassung = mache_beschlussfassung(konzept)
        fassung.ausgaben.create(art="druck", datei=b"%PDF", seiten=1)
        veroeffentliche(fassung=fassung, konto=None)
    client = Client()
    assert folge(inhalt(client, "/oeffentlich/")) == IN_DIESER_FOLGE
    client.force_login(konto)
    assert folge(inhalt(client, "/")) == IN_DIESER_FOLGE
    assert [kommune.kurzname for kommune in kommunen_fuer(konto)] == IN_DIESER_FOLGE  # the menu of the page


# No list is forgotten

PAKETE = ("konzept", "handlungsfelder", "massnahmen")
NAMEN = re.compile(r"-?(\w+__)*(name|kurz|kurzname|titel|kurztitel)")


def test_no_model_is_ordered_by_a_name_as_the_database_likes():
    ohne = {
        modell.__name__
        for modell in apps.get_models()
        if modell.__module__.split(".")[0] in PAKETE
        and any(isinstance(feld, str) and NAMEN.fullmatch(feld) for feld in modell._meta.ordering)
        and not isinstance(modell._default_manager, NachNamen)
    }
    assert ohne == {"Arbeiter", "Termin"}  # of the machine, in ASCII


def test_no_query_is():
    gefunden = []
    for paket in PAKETE:
        for datei in Path(settings.BASE_DIR, paket).rglob("*.py"):
            for knoten in ast.walk(ast.parse(datei.read_text("utf-8"))):
                if isinstance(knoten, ast.Call) and getattr(knoten.func, "attr", "") == "order_by":
                    namen = [a.value for a in knoten.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                    gefunden += [f"{datei.name}: {name}" for name in namen if NAMEN.fullmatch(name)]
    assert gefunden == []
