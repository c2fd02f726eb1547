"""A field that is forgotten somewhere is lost in silence: its form empties it at every save, the comparison does not
see it, nobody can propose another wording. Here every field of every element of Musterstadt, which is complete, is
changed, and the change has to come through every door; what does not says why in OHNE.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from itertools import chain, zip_longest
from typing import NamedTuple

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Q
from django.forms import BaseModelFormSet
from django.http import QueryDict
from django.test import Client

from konzept.austausch.einlesen import lade
from konzept.beratung.stellen import Stellen
from konzept.dokument.baum import Dokument, als_json
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.fassungen.vergleich.aenderungsmarken import MARKEN
from konzept.fassungen.vergleich.einarbeitung import markiert
from konzept.fassungen.vergleich.vergleich import vergleiche
from konzept.models import Konzept
from konzept.vorlagen.models import Vorlage
from konzept.werkbank.elemente import ELEMENTE, NACH_MODELL
from massnahmen.liste.forms import SPALTEN
from massnahmen.liste.tabelle import Tabelle
from massnahmen.models import Massnahme
from tests.fabrik import adresse, formular, kommunen_adresse, mache_benutzer, mache_vorlage

pytestmark = pytest.mark.django_db

FORMULAR = "the form on its page"
DOKUMENT = "the document"
VERGLEICH = "the list of changes"
IM_TEXT = "the changes in the text"
VORSCHLAG = "what a proposal can be made for"
LISTE = "a column of the list"

OHNE: dict[str, dict[str, str]] = {
    FORMULAR: {
        "is changed in the outline, where rows are moved": """
            Abschnitt.oberabschnitt Leitziel.handlungsfeld Handlungsziel.handlungsfeld Massnahme.handlungsfeld""",
        "is entered on a page of its own, after the meeting": """
            Station.ergebnis Station.ja Station.nein Station.enthaltung Station.bemerkung
            Punktergebnis.punkt Punktergebnis.ergebnis Punktergebnis.ja Punktergebnis.nein Punktergebnis.enthaltung""",
    },
    DOKUMENT: {"follows from what it belongs to, and is no word of the document": "Indikator.art"},
    VERGLEICH: {
        "shortens a title where there is little room; the title is compared": """
            Leitziel.kurztitel Handlungsziel.kurztitel Massnahme.kurztitel""",
        "groups the measures under other headings, and changes neither them nor their numbers": """
            Konzept.tabellenabschnitte""",
        "is no word of the document": "Indikator.art",
    },
    IM_TEXT: {
        "shortens a title where there is little room; the title is marked": """
            Abschnitt.kurztitel Handlungsfeld.kurztitel Leitziel.kurztitel Handlungsziel.kurztitel
            Massnahme.kurztitel""",
        "stands on the title page, which shows the new date; the list of changes has both": """
            Konzept.stand Konzept.gueltig_ab Konzept.gueltig_bis""",
        "stands at another goal or measure, as it is; the list of changes names it at both": """
            Indikator.leitziel Indikator.handlungsziel Indikator.massnahme""",
        "is a sign and no word; the list of changes has it": "Messwert.bruch",
        "is no word of the document": "Indikator.art",
    },
    VORSCHLAG: {
        "is a heading or a name on the title page, at which no Randnummer stands": """
            Konzept.titel Konzept.untertitel Konzept.anlass Konzept.herausgeber Abschnitt.titel Handlungsfeld.titel""",
        "shortens a title where there is little room": """
            Abschnitt.kurztitel Handlungsfeld.kurztitel Leitziel.kurztitel Handlungsziel.kurztitel
            Massnahme.kurztitel""",
        "is a number": """
            Abschnitt.nummer Leitlinie.nummer Handlungsfeld.nummer Querschnittsaufgabe.nummer Leitziel.nummer
            Handlungsziel.nummer Massnahme.nummer""",
        "is the name of a person, an office or a group": """
            Sachstand.verfasst_von Mitglied.name Akteur.kurz Akteur.name Gremium.name Zielgruppe.name""",
        "belongs to an indicator, at which no Randnummer stands": """
            Indikator.titel Indikator.definition Indikator.einheit Indikator.quelle Messwert.anmerkung""",
        "names a budget line": "Kostenposition.produkt",
    },
    LISTE: {
        "is too long for a table": """
            Massnahme.text Massnahme.stand_begruendung Umsetzungsschritt.text Sachstand.text""",
        "is a filter of the list": "Massnahme.leitlinien",
        "belongs to a single step or note, and the list shows measures": """
            Umsetzungsschritt.zeitraum Sachstand.datum Sachstand.verfasst_von""",
        "tells more of an amount than a row of a table holds": """
            Kostenposition.art Kostenposition.finanzierung Kostenposition.programm Kostenposition.produkt
            Kostenposition.haushalt""",
        "shortens a title where there is little room; the list shows the title": "Massnahme.kurztitel",
    },
}
"""By door and reason: the fields that do not come through it."""

HEISST = {
    "Anbieter.akteur": "anbieter",
    "Indikator.handlungsziel": "bezug",
    "Indikator.leitziel": "bezug",
    "Indikator.massnahme": "bezug",
    "Massnahme.leitziel": "ziel",
    "Massnahme.handlungsziel": "ziel",
    "Querschnittsbezug.handlungsfeld": "betrifft-[0-9]+",
    "Querschnittsbezug.text": "text-[0-9]+",
    "WeitereAnlage.alt": "WeitereAnlage.was",
    "WeitereAnlage.art": "WeitereAnlage.was",
    "WeitereAnlage.runde": "WeitereAnlage.was",
    "Zustaendigkeit.akteur": "mitwirkung",
    "Zustaendigkeit.rolle": "federfuehrung",
}
"""The names of controls that are not those of their fields."""

NICHT_INHALT = {"kommune", "konzept", "slug", "vorgaenger", "reihenfolge"}
"""Where a row belongs, what it comes from, in which order it stands."""

WORT = "Qx7"
VERSUCHE = 12
"""So many other values and rows are tried before a field counts as missing."""


class Art(NamedTuple):
    """A kind of rows: an element, or a part of one; `wege` lead to the element, by the fields `eltern`."""

    modell: type[models.Model]
    element: type[models.Model]
    wege: tuple[str, ...] = ()
    eltern: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        return self.modell.__name__

    def felder(self) -> list[models.Field]:
        meta = self.modell._meta
        weg = self.eltern | NICHT_INHALT
        eigene = [f for f in meta.concrete_fields if f.editable and not f.primary_key and f.name not in weg]
        return eigene + [f for f in meta.many_to_many if f.remote_field.through._meta.auto_created]


def _arten() -> dict[str, Art]:
    gefunden: dict[str, Art] = {}

    def nimm_auf(art: Art):
        bisher = gefunden.get(art.name, art._replace(wege=()))
        gefunden[art.name] = art._replace(wege=bisher.wege + art.wege, eltern=bisher.eltern | art.eltern)
        for name in getattr(art.modell, "TEILE", ()):
            nach_oben = art.modell._meta.get_field(name).field
            wege = tuple(f"{nach_oben.name}__{weg}".removesuffix("__") for weg in art.wege or [""])
            nimm_auf(Art(nach_oben.model, art.element, wege, frozenset({nach_oben.name})))

    for modell in (Konzept, *(element.modell for element in ELEMENTE.values())):
        nimm_auf(Art(modell, modell))
    return gefunden


ARTEN = _arten()
ZUM_KONZEPT = {Konzept: "pk"} | {e.modell: "" if e.kommunal else e.pfad for e in ELEMENTE.values()}


class Stadt:
    """Musterstadt's newest concept, and what is seen of it."""

    def __init__(self):
        lade(settings.BASE_DIR / "fixtures" / "musterstadt.yaml")
        self.konzept = Konzept.objects.neuestes_zuerst().first()
        mache_vorlage(self.konzept, self.konzept.kommune.gremien.create(name="Rat für alle Fälle"))
        self.chefin = mache_benutzer(self.konzept.kommune, is_superuser=True)
        self.browser = Client()
        self.browser.force_login(self.chefin)
        self.spalten = QueryDict("&".join(["je=100", *(f"spalte={name}" for name in SPALTEN)]))
        self.dokument, self.json, self.liste = self.lies(), als_json(self.lies()), self.lies_liste()
        self.formulare = {a.element: self._eingaben(a) for a in ARTEN.values() if a.modell is a.element}

    def lies(self) -> Dokument:
        return stelle_zusammen(Konzept.objects.mit_kommune().get(pk=self.konzept.pk))

    def lies_liste(self) -> list[str]:
        tabelle = Tabelle(self.chefin, Konzept.objects.get(pk=self.konzept.pk), self.spalten)
        return [zeile.html(mit_auswahl=False) for zeile in tabelle.zeilen]

    def zeilen(self, art: Art) -> models.QuerySet:
        ziel, hier = ZUM_KONZEPT[art.element], Q()
        for weg in art.wege or [""]:
            hier |= Q(**{f"{weg}__{ziel}".removeprefix("__"): self.konzept.pk}) if ziel else Q()
        return art.modell._base_manager.filter(hier).order_by("pk")

    def _eingaben(self, art: Art) -> set[str]:
        """The names of the controls in the form of an element that has everything; those of rows as "Model.name"."""
        antwort = self.browser.get(_formular_von(max(self.zeilen(art), key=_fuelle)))
        namen = {k.get("name") for k in formular(antwort).iter() if k.get("name")}
        for zeilen in antwort.context.flatten().values():
            if isinstance(zeilen, BaseModelFormSet):
                davor = re.compile(rf"{zeilen.prefix}-([0-9]+|__prefix__)-")
                namen |= {f"{zeilen.model.__name__}.{davor.sub('', n)}" for n in namen if davor.match(n)}
        return namen

    def offen(self, art: Art, feld: models.Field) -> set[str]:
        """Through which doors no change of this field comes."""
        name = f"{art.name}.{feld.name}"
        kontrolle = HEISST.get(name) or (feld.name if art.modell is art.element else name)
        gefragt = set(tueren(art, feld))
        gefunden = {FORMULAR} if any(re.fullmatch(kontrolle, n) for n in self.formulare[art.element]) else set()
        versuche = 0
        for aendere in veraenderungen(self.zeilen(art), feld) if gefragt > {FORMULAR} else ():
            durch = self._durch(aendere, gefragt)
            gefunden |= durch or set()
            versuche += durch is not None
            if versuche == VERSUCHE or all(t in gefunden or name in ausgenommen(t) for t in gefragt):
                break
        return gefragt - gefunden

    def _durch(self, aendere: Callable[[], None], gefragt: set[str]) -> set[str] | None:
        """The doors through which this change comes; None where the database refuses it."""
        gefunden = set()
        with transaction.atomic():
            try:
                with transaction.atomic():
                    aendere()
                    connection.check_constraints()
            except IntegrityError:
                return None
            jetzt = self.lies()
            if als_json(jetzt) != self.json:
                gefunden.add(DOKUMENT)
                if vergleiche(self.dokument, jetzt).aenderungen:
                    gefunden.add(VERGLEICH)
                if MARKEN.search(als_json(markiert(self.dokument, jetzt)).decode()):
                    gefunden.add(IM_TEXT)
                if VORSCHLAG in gefragt and any(WORT in text for text in _texte(Stellen(jetzt))):
                    gefunden.add(VORSCHLAG)
            if LISTE in gefragt and self.lies_liste() != self.liste:
                gefunden.add(LISTE)
            transaction.set_rollback(True)
        return gefunden


def _fuelle(zeile) -> int:
    """How many kinds of parts a row has; what was carried on has more to be asked."""
    teile = (getattr(zeile, name).exists() for name in getattr(zeile, "TEILE", ()))
    return sum(teile) + bool(getattr(zeile, "vorgaenger_id", None))


def _formular_von(zeile) -> str:
    """The address of the form of an element."""
    if isinstance(zeile, Konzept):
        return adresse(zeile, "bearbeiten")
    element = NACH_MODELL[zeile._meta.model_name]
    teile = (element.art, str(zeile.pk), "bearbeiten")
    return kommunen_adresse(zeile.kommune, *teile) if element.kommunal else adresse(zeile, *teile)


def _texte(stellen: Stellen) -> Iterator[str]:
    for rn in range(1, stellen.letzte + 1):
        yield from stellen[rn].teile()


def tueren(art: Art, feld: models.Field) -> Iterator[str]:
    """The doors that a field of this kind of rows has to come through."""
    yield FORMULAR
    if art.element is Vorlage:  # a paper of its own
        return
    yield from (DOKUMENT, VERGLEICH, IM_TEXT)
    if isinstance(feld, models.CharField | models.TextField) and not feld.choices:
        yield VORSCHLAG
    if art.element is Massnahme:
        yield LISTE


def ausgenommen(tuer: str) -> set[str]:
    return {name for namen in OHNE[tuer].values() for name in namen.split()}


def veraenderungen(zeilen: models.QuerySet, feld: models.Field) -> Iterator[Callable[[], None]]:
    """Ways to give a row another value; rows that have one come first, and each row once before the first again, with
    ever another value."""
    if feld.many_to_many:
        yield from (getattr(z, feld.name).clear for z in zeilen if getattr(z, feld.name).exists())
        return
    alle = zeilen.model._base_manager
    inhalte = sorted(zeilen.values_list("pk", feld.attname), key=lambda paar: paar[1] in (None, "", 0))
    andere = [[(pk, wert) for wert in andere_werte(zeilen, feld, bisher)] for pk, bisher in inhalte]
    gedreht = (werte[i % len(werte) :] + werte[: i % len(werte)] for i, werte in enumerate(andere) if werte)
    for paar in chain.from_iterable(zip_longest(*gedreht)):
        if paar:
            yield lambda pk=paar[0], wert=paar[1]: alle.filter(pk=pk).update(**{feld.attname: wert})


def andere_werte(zeilen: models.QuerySet, feld: models.Field, bisher) -> list:
    if isinstance(feld, models.ForeignKey):
        der_geschwister = dict.fromkeys(zeilen.exclude(**{feld.attname: None}).values_list(feld.attname, flat=True))
        alle = feld.related_model._base_manager.values_list("pk", flat=True)
        werte = [*der_geschwister, *(pk for pk in alle if pk not in der_geschwister), *([None] if feld.null else [])]
        return [wert for wert in werte if wert != bisher]
    if feld.choices:
        return [wert for wert, _ in feld.choices if wert != bisher]
    match feld:
        case models.BooleanField():
            return [not bisher]
        case models.DateField():
            return [bisher + timedelta(days=40)] if bisher else []
        case models.CharField() | models.TextField():
            return [f"{bisher} {WORT}".strip()]
        case models.IntegerField() | models.DecimalField():
            return [(bisher or 0) + 7, (bisher or 2) - 1]
    raise TypeError(f"How is a {type(feld).__name__} changed?")


@pytest.fixture(scope="module")
def stadt(bleibend) -> Iterator[Stadt]:
    with bleibend():
        yield Stadt()


@pytest.mark.parametrize("name", ARTEN)
def test_no_field_is_forgotten(stadt, name):
    art = ARTEN[name]
    vergessen, ohne_grund = [], []
    for feld in art.felder():
        offen = stadt.offen(art, feld)
        for tuer in tueren(art, feld):
            genannt = f"{name}.{feld.name}" in ausgenommen(tuer)
            vergessen += [f"{name}.{feld.name}: {tuer}"] if tuer in offen and not genannt else []
            ohne_grund += [f"{name}.{feld.name}: {tuer}"] if tuer not in offen and genannt else []
    assert vergessen == []
    assert ohne_grund == [], "comes through, and needs no reason"


@pytest.mark.parametrize("name", [name for name, art in ARTEN.items() if art.element is not Vorlage])
def test_musterstadt_has_a_value_in_every_field(stadt, name):
    """What the example leaves empty, no test of completeness sees: the field has to stand in its file, and in what a
    file can hold."""
    zeilen = list(ARTEN[name].modell._base_manager.all())  # of its earlier concept too
    assert [feld.name for feld in ARTEN[name].felder() if not any(map(partial(_ist_gesetzt, feld), zeilen))] == []


def _ist_gesetzt(feld: models.Field, zeile: models.Model) -> bool:
    if feld.many_to_many:
        return getattr(zeile, feld.name).exists()
    wert = feld.value_from_object(zeile)
    return wert not in (None, "") and str(wert) not in ("", str(feld.get_default()))


def test_reasons_are_given_for_fields_that_exist():
    gefragt = {t: {f"{a.name}.{f.name}" for a in ARTEN.values() for f in a.felder() if t in tueren(a, f)} for t in OHNE}
    assert {tuer: ausgenommen(tuer) - gefragt[tuer] for tuer in OHNE} == {tuer: set() for tuer in OHNE}
    assert HEISST.keys() <= gefragt[FORMULAR]
