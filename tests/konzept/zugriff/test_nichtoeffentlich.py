"""A nichtöffentliche Vorlage is there for Leitung and Redaktion alone: for everybody else it does not exist."""

import pytest
from django.urls import reverse

from konzept import rechte
from konzept.verlauf.aufzeichnung import schreibe_mit
from konzept.verlauf.models import AenderungArt
from konzept.vorgaenge import loesche
from tests.fabrik import mache_vorlage
from tests.konzept.zugriff.adressen import MUSTER, teile
from tests.konzept.zugriff.personen import ANGEMELDET, BEARBEITENDE, LESENDE

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank, pytest.mark.usefixtures("ohne_druck")]

GEHEIM = "Grundstueckskauf"


@pytest.fixture
def vorlage(welt):
    return mache_vorlage(welt.konzept, welt.kommune.gremien.first(), betreff=GEHEIM, oeffentlich=False)


def _adressen(vorlage) -> list[str]:
    """Every address that names a Vorlage: its own, and those of the workbench for elements of any kind."""
    ort = {"kommune": vorlage.konzept.kommune.slug, "konzept": vorlage.konzept.slug}
    werte = {
        "pk": vorlage.pk,
        "station": vorlage.stationen.first().pk,
        "art": "vorlagen",
        "aenderung": schreibe_mit(vorlage, None, AenderungArt.AUSGANG).pk,
    }
    namen = [name for name in MUSTER if name.startswith("vorlagen:") and "pk" in teile(name)]
    namen += ["werkbank:verlauf", "werkbank:loeschen", "werkbank:wiederherstellen"]
    return [reverse(name, kwargs={teil: (ort | werte)[teil] for teil in teile(name)}) for name in namen]


def test_all_addresses_are_found(vorlage):
    assert len(_adressen(vorlage)) == 7


@pytest.mark.parametrize("art", [art for art in ANGEMELDET if art not in BEARBEITENDE])
def test_for_everybody_else_it_does_not_exist(art, person, vorlage, welt, browser):
    client = browser(person(art))
    for adresse in _adressen(vorlage):
        assert client.get(adresse).status_code == 404, adresse
        getippt = client.post(adresse, {"betreff": "x"})
        assert getippt.status_code in {404, 405}, adresse  # 405 whoever asks, where nothing can be sent
        assert GEHEIM not in getippt.content.decode()
    liste = client.get(reverse("vorlagen:liste", args=[welt.kommune.slug, welt.konzept.slug]))
    assert liste.status_code == (200 if art in LESENDE else 404)
    assert GEHEIM not in liste.content.decode()


@pytest.mark.parametrize("art", sorted(BEARBEITENDE))
def test_leitung_and_redaktion_see_it_in_the_list_and_open_it(art, person, vorlage, welt, browser):
    client = browser(person(art))
    liste = client.get(reverse("vorlagen:liste", args=[welt.kommune.slug, welt.konzept.slug]))
    assert GEHEIM in liste.content.decode()
    for adresse in _adressen(vorlage):
        assert client.get(adresse).status_code in {200, 202}, adresse


def test_readers_see_it_again_once_it_is_public(vorlage, person, browser):
    vorlage.oeffentlich = True
    vorlage.save()
    assert browser(person("lesen")).get(_adressen(vorlage)[0]).status_code == 200


def test_whoever_edits_a_concept_or_sees_its_papierkorb_may_see_every_vorlage():
    """History and Papierkorb of a concept name deleted Vorlagen without asking for each of them."""
    sehen = rechte.rollen_mit(rechte.NICHTOEFFENTLICHES)
    assert rechte.rollen_mit(rechte.BEARBEITEN) <= sehen
    assert rechte.rollen_mit(rechte.VORLAGEN) <= sehen


def test_in_the_papierkorb_it_stays_hidden(vorlage, person, browser):
    adressen = _adressen(vorlage)
    loesche(element=vorlage, konto=None)
    for art in ("lesen", "mitwirkung"):
        client = browser(person(art))
        for adresse in adressen:
            antwort = client.get(adresse)
            assert antwort.status_code == 404
            assert GEHEIM not in antwort.content.decode()
