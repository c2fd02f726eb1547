"""Nothing of one Kommune is reached from another by an address, or by what stands in the query of one.

Addresses are found in the URL patterns; a new one without a way to try it fails here. `test_fremde_felder` tries what
forms take.
"""

import pytest
from django.urls import reverse

from konzept import trigger
from konzept.rechte import Rolle
from massnahmen.liste.sammel_forms import FORMEN
from massnahmen.models import Anbieter
from tests.fabrik import adresse, eingaben
from tests.konzept.zugriff.adressen import DURCHGELASSEN, MUSTER, teile, werte
from tests.konzept.zugriff.conftest import verwaltende
from tests.konzept.zugriff.erwartet import ERWARTET, FREMDES_UNERREICHBAR
from tests.konzept.zugriff.personen import ZUSTAENDIG
from tests.konzept.zugriff.wege import gemischte, stand, stand_von

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ohne_druck")]

MIT_OBJEKT = sorted(name for name in MUSTER if teile(name) and name not in FREMDES_UNERREICHBAR)


# Addresses


def fremde_adressen(name, eigene, fremde) -> set[str]:
    """The address of a foreign row: as it is, and with each part of either taken from the other."""
    gemischt = [fremde]
    for teil in fremde:
        gemischt += [fremde | {teil: eigene[teil]}, eigene | {teil: fremde[teil]}]
    return {reverse(name, kwargs=kwargs) for kwargs in gemischt if kwargs != eigene}


@pytest.mark.parametrize("art", ["ohne rolle", *Rolle.values, ZUSTAENDIG])
def test_no_address_leads_to_another_kommune(art, person, welt, andere, browser):
    """It does not exist. Inside the own Kommune, who may not open such a page at all is told so (403)."""
    client = browser(person(art))
    orte: dict[str, tuple[set[int], frozenset[str]]] = {}
    for name in MIT_OBJEKT:
        paare = list(zip(werte(name, welt), werte(name, andere), strict=True))
        if art != Rolle.LEITUNG:  # who may the most tries every kind of row, the others the first
            paare = paare[:1]
        eigene_orte = {reverse(name, kwargs=eigene) for eigene, _ in paare}
        verboten = ERWARTET[name](art).get("GET") == 403 or ERWARTET[name](art).get("POST") == 403
        gefunden = {ort for eigene, fremde in paare for ort in fremde_adressen(name, eigene, fremde)} - eigene_orte
        assert gefunden, name
        methoden = DURCHGELASSEN.get(name, frozenset({"GET", "HEAD", "POST", "PUT", "DELETE"}))
        if art != Rolle.LEITUNG:
            methoden -= {"HEAD"}
        for ort in gefunden:
            orte[ort] = ({403, 404} if verboten and f"/{welt.kommune.slug}/" in ort else {404}, methoden)
    vorher, offen = stand(), []
    for ort, (erlaubt, methoden) in sorted(orte.items()):
        antworten = {methode: client.generic(methode, ort).status_code for methode in sorted(methoden)}
        if not set(antworten.values()) <= erlaubt:
            offen.append((ort, antworten))
    assert offen == []
    assert stand() == vorher


@pytest.fixture
def beide_browser(welt, andere, browser):
    return browser(verwaltende(welt)), browser(verwaltende(andere))


def test_mixed_rows_would_be_found(welt, andere):
    trigger.reisse_ein()
    Anbieter.objects.create(angebot=welt.konzept.angebote.get(), akteur=andere.akteur)
    assert gemischte() == ["Anbieter.angebot"]


# Places that stand in the query of an address


@pytest.mark.parametrize("frage", ["in", "nach"])
def test_a_new_element_cannot_be_put_into_another_kommune(frage, welt, andere, beide_browser):
    fremdes = stand_von(andere.kommune)
    for art, ort in (
        ("abschnitte", f"abschnitt-{andere.abschnitt.pk}"),
        ("massnahmen", f"handlungsfeld-{andere.massnahme.handlungsfeld_id}"),
    ):
        pfad = f"{adresse(welt.konzept, art, 'neu')}?{frage}={ort}"
        if frage == "in":
            assert beide_browser[0].get(pfad).status_code == 404
            assert beide_browser[0].post(pfad, {"titel": "Untergeschoben"}).status_code == 404
        elif art == "abschnitte":
            beide_browser[0].post(pfad, {"titel": "Hier", "zaehlung": "dezimal"})
    assert stand_von(andere.kommune) == fremdes
    assert gemischte() == []


@pytest.mark.parametrize("was", FORMEN)
def test_changing_several_measures_reaches_nothing_of_another_kommune(was, welt, andere, beide_browser):
    """With measures of the other Kommune among the chosen ones, and with a place or an Akteur there."""
    hier, _ = beide_browser
    fremdes = stand_von(andere.kommune)
    feld = andere.massnahme.handlungsfeld_id
    wahl = {"was": was, "_vorschau": "1", "umsetzungsstand": "geplant", "federfuehrung": andere.akteur.kurz}
    for ort in (f"handlungsfeld-{feld}", str(feld), f"handlungsziel-{andere.massnahme.handlungsziel_id}"):
        for massnahme in (andere.massnahme, welt.massnahme):
            daten = wahl | {"m": [massnahme.pk], "feld": ort, "ziel": ort}
            antwort = hier.post(adresse(welt.konzept, "massnahmen", "sammel"), daten)
            gezeigt = eingaben(antwort, mit="versionen") if b'name="versionen"' in antwort.content else {}
            paare = {"versionen": f"{andere.massnahme.pk}:1,{massnahme.pk}:1", "_ausfuehren": "1"}
            hier.post(adresse(welt.konzept, "massnahmen", "sammel"), daten | gezeigt | paare)
            if was != "stand":
                assert antwort.status_code == 422
    assert stand_von(andere.kommune) == fremdes
    assert gemischte() == []
