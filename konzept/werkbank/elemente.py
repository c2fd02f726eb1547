"""Which kinds of elements there are, and what each is edited with."""

from typing import NamedTuple

from django.db import models
from django.http import QueryDict

from handlungsfelder.forms import HandlungsfeldForm, HandlungszielForm, LeitzielForm, QuerschnittsaufgabeForm
from handlungsfelder.models import Handlungsfeld, Handlungsziel, Leitziel, Querschnittsaufgabe
from konzept import forms
from konzept.formularbau.elemente import ElementForm, ElementZeilen
from konzept.formularbau.zeilenknoepfe import gleiche_ids_ab
from konzept.models import Abschnitt, Beteiligung, Gremium, Leitlinie, Prozessschritt
from konzept.vorlagen.models import Vorlage
from massnahmen.forms import (
    AkteurForm,
    AngebotForm,
    FoerderungFormSet,
    IndikatorForm,
    MesswertFormSet,
    ZielgruppeForm,
)
from massnahmen.models import Akteur, Angebot, Indikator, Massnahme, Zielgruppe


class Element(NamedTuple):
    """A kind: its name in addresses, its model, its form and the rows beside it by context name.

    Without a form it has a page of its own (the measure), and only its place is dealt with here. With `liste`, the
    name of the address that lists it, it stands in no outline either (the Vorlage): only its history is.
    """

    art: str
    modell: type[models.Model]
    form: type[ElementForm] | None
    zeilen: dict[str, type[ElementZeilen]] = {}
    liste: str = ""

    @property
    def name(self) -> str:
        return str(self.modell._meta.verbose_name)

    @property
    def pfad(self) -> str:
        """The way from an element to its concept, or to its Kommune where it belongs to no concept."""
        for pfad in ("konzept", "handlungsfeld"):
            if hasattr(self.modell, f"{pfad}_id"):
                return pfad if pfad == "konzept" else "handlungsfeld__konzept"
        return "kommune"

    @property
    def kommunal(self) -> bool:
        """Whether it belongs to the whole Kommune: an Akteur, a Gremium."""
        return self.pfad == "kommune"

    def alle(self) -> models.QuerySet:
        """All elements of this kind, with where they belong and who saved last."""
        weg = self.pfad if self.kommunal else f"{self.pfad}__kommune"
        return self.modell._base_manager.select_related(weg, "geaendert_von")

    def formulare(self, objekt, daten: QueryDict | None) -> dict:
        """The forms of the page of an element, by context name; bound where `daten` are given.

        A fixed number of queries: one for each kind of rows, and for each field that chooses from rows.
        """
        konzept = getattr(objekt, "konzept", None)
        alle = {"form": self.form(daten, instance=objekt, konzept=konzept)}
        for name, klasse in self.zeilen.items():
            gelesen = list(klasse.model._base_manager.filter(**{klasse.fk.name: objekt})) if objekt.pk else []
            if daten is not None:
                daten = gleiche_ids_ab(daten, name, {zeile.pk for zeile in gelesen})
            alle[name] = klasse(
                daten, instance=objekt, prefix=name, gelesen=gelesen, form_kwargs={"konzept": konzept}
            )
        return alle


ELEMENTE = {
    element.art: element
    for element in (
        Element("abschnitte", Abschnitt, forms.AbschnittForm),
        Element("leitlinien", Leitlinie, forms.LeitlinieForm, {"leitfragen": forms.LeitfrageFormSet}),
        Element(
            "prozessschritte",
            Prozessschritt,
            forms.ProzessschrittForm,
            {"termine": forms.TerminFormSet, "gruppen": forms.GruppeFormSet},
        ),
        Element("beteiligungen", Beteiligung, forms.BeteiligungForm),
        Element("handlungsfelder", Handlungsfeld, HandlungsfeldForm),
        Element("querschnittsaufgaben", Querschnittsaufgabe, QuerschnittsaufgabeForm),
        Element("leitziele", Leitziel, LeitzielForm),
        Element("handlungsziele", Handlungsziel, HandlungszielForm),
        Element("massnahmen", Massnahme, None),
        Element("angebote", Angebot, AngebotForm, {"foerderungen": FoerderungFormSet}),
        Element("indikatoren", Indikator, IndikatorForm, {"messwerte": MesswertFormSet}),
        Element("akteure", Akteur, AkteurForm),
        Element("gremien", Gremium, forms.GremiumForm, {"mitglieder": forms.MitgliedFormSet}),
        Element("zielgruppen", Zielgruppe, ZielgruppeForm),
        Element("vorlagen", Vorlage, None, liste="vorlagen:liste"),
    )
}
NACH_MODELL = {element.modell._meta.model_name: element for element in ELEMENTE.values()}


def finde(konzept, anker: str):
    """The element of a concept's outline with this Anker, or None. One query."""
    art, _, pk = anker.partition("-")
    element = NACH_MODELL.get(art)
    if element is None or element.kommunal or element.liste or not (pk.isascii() and pk.isdecimal() and len(pk) < 19):
        return None
    return element.alle().filter(**{element.pfad: konzept}, pk=int(pk)).first()
