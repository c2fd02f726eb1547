"""Musterstadt shows everything that a concept can hold: complete, understood, and with sums that agree."""

import re
from collections import Counter
from decimal import Decimal
from typing import get_args, get_type_hints

import msgspec
import pytest
from django.conf import settings
from PIL import Image

from konzept.austausch import beispieldatei
from konzept.austausch.einlesen import lade, lies
from konzept.models import Abschnitt, Gremium, Konzept
from massnahmen.geld import euro
from massnahmen.gliederung import Nummern
from massnahmen.kosten import betrag_je_jahr, jahre
from massnahmen.models import Akteur, Angebot, Foerderung, Indikator, Kostenposition, Massnahme, Umsetzungsstand
from massnahmen.models import Umsetzungsschritt as Schritt
from massnahmen.zeitraum import lies as lies_zeitraum

DATEI = settings.BASE_DIR / "fixtures" / "musterstadt.yaml"
FELDER = [
    (klasse.__name__, name)
    for klasse in vars(beispieldatei).values()
    if isinstance(klasse, type) and issubclass(klasse, beispieldatei.Eintrag)
    for name in get_type_hints(klasse)
    if name != "__struct_fields__" and not name.startswith("__")
]


@pytest.fixture(scope="module")
def inhalt():
    return lies(DATEI)


@pytest.fixture(scope="module")
def konzept(django_db_setup, django_db_blocker):
    """The concept 2027–2032, loaded once for all tests of this module, which only read it."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield lade(DATEI).neu[-1]
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def massnahmen(konzept):
    return list(
        Massnahme.objects.fuer_konzept(konzept).prefetch_related(
            "zustaendigkeiten", "schritte__zustaendigkeiten", "kostenpositionen", "sachstaende", "leitlinien"
        )
    )


def eintraege(wert):
    """Every entry of a file, from the Kommune down."""
    if isinstance(wert, beispieldatei.Eintrag):
        yield wert
        wert = [getattr(wert, name) for name in wert.__struct_fields__]
    if isinstance(wert, list):
        for teil in wert:
            yield from eintraege(teil)


# What is in the file


@pytest.fixture(scope="module")
def benutzt(inhalt):
    """Fields that somewhere hold something else than what they hold when the file does not name them."""
    gefunden = set()
    for eintrag in eintraege(inhalt):
        vorgaben = {f.name: f.default for f in msgspec.structs.fields(eintrag)}
        for name, vorgabe in vorgaben.items():
            wert = getattr(eintrag, name)
            if wert not in (vorgabe, [], {}):
                gefunden.add((_klasse_von(eintrag, name), name))
    return gefunden


def _klasse_von(eintrag, name):
    """The class that declares the field, so that a Kontextindikator vouches for the fields of Indikator."""
    return next(k.__name__ for k in reversed(type(eintrag).__mro__) if name in k.__dict__.get("__annotations__", ()))


DEKLARIERT = [
    (klasse.__name__, name)
    for klasse in vars(beispieldatei).values()
    if isinstance(klasse, type) and issubclass(klasse, beispieldatei.Eintrag)
    for name in klasse.__dict__.get("__annotations__", ())
]
