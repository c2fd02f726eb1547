"""Nothing of one Kommune is reached from another: by address, by the rows a form offers, by hidden numbers of rows.

Addresses are found in the URL patterns, fields in the forms of the pages that open; a new address or form without a
way to try it fails here.
"""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.forms import BaseForm, ModelChoiceField
from django.forms.formsets import BaseFormSet
from django.urls import reverse

from konzept.formulare import NamenFeld
from konzept.rechte import Rolle
from massnahmen.liste.sammel_forms import FORMEN
from massnahmen.models import Anbieter
from tests.fabrik import adresse, eingaben, formular, mache_benutzer
from tests.konzept.zugriff.adressen import MUSTER, teile, werte
from tests.konzept.zugriff.erwartet import ERWARTET, FREMDES_UNERREICHBAR, OHNE_FREMDES, OHNE_SEITE
from tests.konzept.zugriff.personen import ZUSTAENDIG
from tests.konzept.zugriff.wege import gemischte, stand_von

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ohne_druck")]

MIT_OBJEKT = sorted(name for name in MUSTER if teile(name) and name not in FREMDES_UNERREICHBAR)
PAKETE = ("konzept", "handlungsfelder", "massnahmen")


def stand() -> dict[str, list[dict]]:
    """Every row of every table but the sessions."""
    return {
        modell._meta.label: list(modell._base_manager.order_by("pk").values())
        for modell in apps.get_models(include_auto_created=True)
        if modell is not Session and modell._meta.app_label != "usersessions"
    }


def verwaltende(welt):
    return mache_benutzer(welt.kommune, "leitung", "verwaltung")


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
    orte: dict[str, set[int]] = {}
    for name in MIT_OBJEKT:
        paare = list(zip(werte(name, welt), werte(name, andere), strict=True))
        if art != Rolle.LEITUNG:  # who may the most tries every kind of row, the others the first
            paare = paare[:1]
        eigene_orte = {reverse(name, kwargs=eigene) for eigene, _ in paare}
        verboten = ERWARTET[name](art).get("GET") == 403 or ERWARTET[name](art).get("POST") == 403
        gefunden = {ort for eigene, fremde in paare for ort in fremde_adressen(name, eigene, fremde)} - eigene_orte
        assert gefunden, name
        for ort in gefunden:
            orte[ort] = {403, 404} if verboten and f"/{welt.kommune.slug}/" in ort else {404}
    vorher, offen = stand(), []
    for ort, erlaubt in sorted(orte.items()):
        antworten = [client.generic(methode, ort).status_code for methode in ("GET", "HEAD", "POST", "PUT", "DELETE")]
        if not erlaubt & set(antworten) or set(antworten) - erlaubt - {405}:
            offen.append((ort, antworten))
    assert offen == []
    assert stand() == vorher


# Fields of forms


def formulare_in(wert) -> Iterator[BaseForm]:
    """Every form in the context of a page, those of rows included."""
    match wert:
        case BaseForm():
            yield wert
        case BaseFormSet():
            yield from wert.forms
            yield wert.empty_form
        case dict():
            for teil in wert.values():
                yield from formulare_in(teil)
        case list() | tuple():
            for teil in wert:
                yield from formulare_in(teil)


def formulare_der_seite(antwort) -> list[BaseForm]:
    return list(formulare_in(antwort.context[0].flatten())) if antwort.context else []


def auswahl(feld) -> set[str]:
    """What can be chosen, as it is sent; groups taken apart."""
    werte = set()
    for schluessel, name in feld.choices:
        gruppe = name if isinstance(name, list | tuple) else [(schluessel, name)]
        werte |= {str(s) for s, _ in gruppe}
    return werte - {""}


def felder(antwort) -> dict:
    """The fields of a page that can be filled in, by their name in the page."""
    return {
        formular.add_prefix(name): feld
        for formular in formulare_der_seite(antwort)
        for name, feld in formular.fields.items()
        if not feld.disabled and "__prefix__" not in formular.add_prefix(name)
    }


def fremde_werte(name, feld, dort, andere) -> set[str]:
    """What the same field offers on the same page of the other Kommune, and not here."""
    if isinstance(feld, NamenFeld):
        return {andere.akteur.kurz}
    if not hasattr(feld, "choices") or name not in dort:
        return set()
    return auswahl(dort[name]) - auswahl(feld)


def seiten(welt, andere) -> Iterator[tuple[str, str]]:
    """Address of every page that could hold a form, here and in the other Kommune."""
    for name in sorted(MUSTER):
        for hier, dort in zip(werte(name, welt), werte(name, andere), strict=True):
            yield reverse(name, kwargs=hier), reverse(name, kwargs=dort)


@pytest.fixture
def beide_browser(welt, andere, browser):
    return browser(verwaltende(welt)), browser(verwaltende(andere))


def sende(client, seite, antwort, name, aenderungen):
    """Fill in the form of a page that has the field `name`, with changes, and send it off."""
    knoten = formular(antwort, mit=name)
    sende_ab = client.post if knoten.get("method", "").lower() == "post" else client.get
    return sende_ab(knoten.get("action") or seite, eingaben(antwort, mit=name) | aenderungen)


def fehler(antwort) -> set[str]:
    return {f.add_prefix(name) for f in formulare_der_seite(antwort) if f.is_bound for name in f.errors}


def test_no_field_takes_a_row_of_another_kommune(welt, andere, beide_browser):
    """A field that offers other rows in the other Kommune refuses those, by an error of its own."""
    hier, dort = beide_browser
    gefunden, offen, ohne_fremdes = set(), [], set()
    for seite, gegenueber in seiten(welt, andere):
        antwort = hier.get(seite)
        if antwort.status_code != 200 or not (eigene := felder(antwort)):
            continue
        fremde = felder(dort.get(gegenueber))
        vorher = stand()
        for name, feld in eigene.items():
            if feld.widget.is_hidden:
                continue
            werte_dort = fremde_werte(name, feld, fremde, andere)
            if isinstance(feld, ModelChoiceField) and not werte_dort and name not in OHNE_FREMDES:
                ohne_fremdes.add(f"{seite} {name}")
            for wert in sorted(werte_dort)[:2]:
                ergebnis = sende(hier, seite, antwort, name, {name: wert})
                gefunden.add(name)
                if name not in fehler(ergebnis):
                    offen.append((seite, name, wert, ergebnis.status_code))
        assert stand() == vorher, seite
    assert offen == []
    assert ohne_fremdes == set(), "The other Kommune of the test has no row for these fields."
    assert {"ziel", "zielgruppen", "leitlinien", "federfuehrung", "schritte-0-mitwirkung"} <= gefunden


def test_hidden_numbers_of_rows_reach_nothing_of_another_kommune(welt, andere, beide_browser):
    """The number of a saved row, its parent, and fields that bear the number of a row in their name."""
    hier, dort = beide_browser
    hier.raise_request_exception = False
    alle_seiten = list(seiten(welt, andere))
    fremdes, versucht, gescheitert = stand_von(andere.kommune), set(), []
    for seite, gegenueber in alle_seiten:
        antwort = hier.get(seite)
        eigene = felder(antwort) if antwort.status_code == 200 else {}
        antwort_dort = dort.get(gegenueber) if eigene else None
        fremde = felder(antwort_dort) if eigene else {}
        aenderungen = []
        for name, feld in eigene.items():
            if name in fremde and feld.widget.is_hidden:
                wert = eingaben(antwort_dort, mit=name)[name]
                if wert not in ([""], eingaben(antwort, mit=name)[name]):
                    weg = {f"{name.rpartition('-')[0]}-DELETE": "on"}
                    aenderungen += [(name, {name: wert}), (name, {name: wert} | weg)]
        aenderungen += [(next(iter(eigene)), {name: "on"}) for name in sorted(set(fremde) - set(eigene))[:2]]
        for name, aenderung in aenderungen:
            if sende(hier, seite, antwort, name, aenderung).status_code >= 500:
                gescheitert.append((seite, aenderung))
            versucht.add(name.rpartition("-")[2] if name in aenderung else "")
    assert gescheitert == []
    assert versucht >= {"id", ""}
    assert stand_von(andere.kommune) == fremdes
    assert gemischte() == []


def test_mixed_rows_would_be_found(welt, andere):
    Anbieter.objects.create(angebot=welt.konzept.angebote.get(), akteur=andere.akteur)
    assert gemischte() == ["Anbieter.angebot"]


def eigene_formulare() -> set[type[BaseForm]]:
    """Every form class of the product but those of the admin, and those of the own account that offer no rows."""
    for paket in PAKETE:
        for modul in pkgutil.walk_packages(importlib.import_module(paket).__path__, f"{paket}."):
            if not {"migrations", "management", "wsgi"} & set(modul.name.split(".")):
                importlib.import_module(modul.name)
    klassen, warten = set(), [BaseForm]
    while warten:
        unter = warten.pop().__subclasses__()
        warten += unter
        klassen |= {k for k in unter if k.__module__.split(".")[0] in PAKETE and "admin" not in k.__module__}
    return {k for k in klassen if not k.__module__.startswith("konzept.konten") or _bietet_zeilen_an(k)}


def _bietet_zeilen_an(klasse) -> bool:
    return any(isinstance(feld, ModelChoiceField) for feld in klasse.base_fields.values())


def test_every_form_stands_on_a_page_of_the_walk(welt, andere, beide_browser):
    gesehen = {
        klasse
        for seite, _ in seiten(welt, andere)
        for formular in formulare_der_seite(beide_browser[0].get(seite))
        for klasse in type(formular).__mro__
    }
    uebrig = {klasse.__name__ for klasse in eigene_formulare() - gesehen}
    assert uebrig == set(OHNE_SEITE)


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
