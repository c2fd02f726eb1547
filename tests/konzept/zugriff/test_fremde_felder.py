"""No field of a form takes a row of another Kommune: one that it offers there, or the hidden number of one.

Fields are found in the forms of the pages that open; a form that stands on none of them fails here.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace

import pytest
from django.forms import BaseForm, ModelChoiceField
from django.forms.formsets import BaseFormSet
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from konzept.formularbau.felder import NamenFeld
from tests.fabrik import eingaben, formular
from tests.konzept.zugriff.adressen import MUSTER, werte
from tests.konzept.zugriff.conftest import verwaltende
from tests.konzept.zugriff.erwartet import OHNE_FREMDES, OHNE_SEITE
from tests.konzept.zugriff.wege import gemischte, stand, stand_von
from tests.konzept.zugriff.welt import mache_welt
from tests.satz import ohne_satz

pytestmark = pytest.mark.django_db

PAKETE = ("konzept", "handlungsfelder", "massnahmen")


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
    return list(formulare_in(antwort.context.flatten())) if antwort.context else []


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


@dataclass
class Blatt:
    """A page that could hold a form, opened here and in the other Kommune by who may the most there."""

    pfad: str
    antwort: HttpResponse
    dort: HttpResponse | None
    """None where the page has no field."""

    @cached_property
    def eigene(self) -> dict:
        return felder(self.antwort) if self.antwort.status_code == 200 else {}

    @cached_property
    def fremde(self) -> dict:
        return felder(self.dort) if self.dort else {}


@pytest.fixture(scope="module")
def rundgang(bleibend) -> Iterator[SimpleNamespace]:
    """Both Kommunen, a browser in each, and `blaetter`; the same for all tests of this module that ask for it."""
    with bleibend(), ohne_satz():
        welt, andere = mache_welt("musterhausen"), mache_welt("nachbarstadt", titel="Konzept der Nachbarn")
        hier, dort = Client(), Client()
        hier.force_login(verwaltende(welt))
        dort.force_login(verwaltende(andere))
        pfade = [
            (reverse(name, kwargs=eigene), reverse(name, kwargs=fremde))
            for name in sorted(MUSTER)
            for eigene, fremde in zip(werte(name, welt), werte(name, andere), strict=True)
        ]
        blaetter = [Blatt(pfad, hier.get(pfad), None) for pfad, _ in pfade]
        for blatt, (_, gegenueber) in zip(blaetter, pfade, strict=True):
            if blatt.eigene:
                blatt.dort = dort.get(gegenueber)
        yield SimpleNamespace(welt=welt, andere=andere, hier=hier, blaetter=blaetter)


def sende(client, seite, antwort, name, aenderungen):
    """Fill in the form of a page that has the field `name`, with changes, and send it off."""
    knoten = formular(antwort, mit=name)
    sende_ab = client.post if knoten.get("method", "").lower() == "post" else client.get
    return sende_ab(knoten.get("action") or seite, eingaben(antwort, mit=name) | aenderungen)


def fehler(antwort) -> set[str]:
    return {f.add_prefix(name) for f in formulare_der_seite(antwort) if f.is_bound for name in f.errors}


def ohne_entwuerfe(zeilen: dict) -> dict:
    """What was refused waits for its author in the form, and is no row of a Kommune."""
    return {name: alle for name, alle in zeilen.items() if name != "entwuerfe.Zwischenstand"}


def test_no_field_takes_a_row_of_another_kommune(rundgang):
    """A field that offers other rows in the other Kommune refuses those, by an error of its own."""
    gefunden, offen, ohne_fremdes = set(), [], set()
    vorher = ohne_entwuerfe(stand())
    for blatt in rundgang.blaetter:
        for name, feld in blatt.eigene.items():
            if feld.widget.is_hidden:
                continue
            werte_dort = fremde_werte(name, feld, blatt.fremde, rundgang.andere)
            if isinstance(feld, ModelChoiceField) and not werte_dort and name not in OHNE_FREMDES:
                ohne_fremdes.add(f"{blatt.pfad} {name}")
            for wert in sorted(werte_dort)[:2]:
                ergebnis = sende(rundgang.hier, blatt.pfad, blatt.antwort, name, {name: wert})
                gefunden.add(name)
                if name not in fehler(ergebnis):
                    offen.append((blatt.pfad, name, wert, ergebnis.status_code))
    assert offen == []
    assert ohne_entwuerfe(stand()) == vorher
    assert ohne_fremdes == set(), "The other Kommune of the test has no row for these fields."
    assert {"ziel", "zielgruppen", "leitlinien", "federfuehrung", "schritte-0-mitwirkung"} <= gefunden


def test_hidden_numbers_of_rows_reach_nothing_of_another_kommune(rundgang):
    """The number of a saved row, its parent, and fields that bear the number of a row in their name."""
    hier = rundgang.hier
    fremdes, versucht, gescheitert = stand_von(rundgang.andere.kommune), set(), []
    for blatt in rundgang.blaetter:
        aenderungen = []
        for name, feld in blatt.eigene.items():
            if name in blatt.fremde and feld.widget.is_hidden:
                wert = eingaben(blatt.dort, mit=name)[name]
                if wert not in ([""], eingaben(blatt.antwort, mit=name)[name]):
                    weg = {f"{name.rpartition('-')[0]}-DELETE": "on"}
                    aenderungen += [(name, {name: wert}), (name, {name: wert} | weg)]
        namen_dort = sorted(set(blatt.fremde) - set(blatt.eigene))[:2]
        aenderungen += [(next(iter(blatt.eigene)), {name: "on"}) for name in namen_dort]
        # Opened anew, because what other pages sent may have been saved.
        antwort = hier.get(blatt.pfad) if aenderungen else None
        for name, aenderung in aenderungen:
            if sende(hier, blatt.pfad, antwort, name, aenderung).status_code >= 500:
                gescheitert.append((blatt.pfad, aenderung))
            versucht.add(name.rpartition("-")[2] if name in aenderung else "")
    assert gescheitert == []
    assert versucht >= {"id", ""}
    assert stand_von(rundgang.andere.kommune) == fremdes
    assert gemischte() == []


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


def test_every_form_stands_on_a_page_of_the_walk(rundgang):
    gesehen = {
        klasse
        for blatt in rundgang.blaetter
        for formular in formulare_der_seite(blatt.antwort)
        for klasse in type(formular).__mro__
    }
    uebrig = {klasse.__name__ for klasse in eigene_formulare() - gesehen}
    assert uebrig == set(OHNE_SEITE)
