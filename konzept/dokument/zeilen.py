"""All rows of a concept, read at once and grouped for the assembly."""

from collections import defaultdict
from functools import cached_property

from django.db.models import CharField, DateField, F, IntegerField, Value

from handlungsfelder.models import Handlungsfeld, Handlungsziel, Leitziel, Querschnittsbezug
from konzept.models import Konzept, Leitfrage, Mitglied, Prozessgruppe, Prozesstermin
from konzept.schreibweise import ordnung
from massnahmen.gliederung import Nummern
from massnahmen.models import (
    Anbieter,
    Angebot,
    Foerderung,
    Kostenposition,
    Massnahme,
    Messwert,
    Sachstand,
    Umsetzungsschritt,
    Zustaendigkeit,
)


def _gruppiert(zeilen, schluessel):
    gruppen = defaultdict(list)
    for zeile in zeilen:
        gruppen[getattr(zeile, schluessel)].append(zeile)
    return gruppen


def _gruppiert_nach_art(tupel):
    """(art, id, reihenfolge, pk, …) → {(art, id): [(…), …]} in the order of reihenfolge and pk."""
    gruppen = defaultdict(list)
    for art, schluessel, *rest in sorted(tupel, key=lambda t: t[:4]):
        gruppen[art, schluessel].append(tuple(rest[2:]))
    return gruppen


def _spalten(queryset, art: str, schluessel: str, reihenfolge, *felder):
    """A queryset of plain tuples that can be united with others of the same width."""
    return (
        queryset.order_by()
        .annotate(
            art_=Value(art, CharField()),
            id_=F(schluessel),
            platz_=F(reihenfolge) if isinstance(reihenfolge, str) else reihenfolge,
            **{f"f{i}_": F(feld) if isinstance(feld, str) else feld for i, feld in enumerate(felder)},
        )
        .values_list("art_", "id_", "platz_", "pk", *(f"f{i}_" for i in range(len(felder))))
    )


NULL = Value(0, IntegerField())


class Zeilen:
    """The rows of one concept; all of them are read when it is made, the rest is grouping in memory. 25 queries."""

    def __init__(self, konzept: Konzept) -> None:
        self.konzept = konzept
        self.nummern = Nummern(
            konzept,
            list(konzept.abschnitte.all()),
            list(konzept.handlungsfelder.all()),
            list(Leitziel.objects.filter(handlungsfeld__konzept=konzept)),
            list(Handlungsziel.objects.filter(handlungsfeld__konzept=konzept)),
            list(Massnahme.objects.fuer_konzept(konzept)),
        )
        self._lies_konzept()
        self._lies_felder()
        self._lies_massnahmen()
        self._lies_angebote()
        self._lies_indikatoren()

    def _lies_konzept(self) -> None:
        k = self.konzept
        self.leitlinien = [leitlinie for leitlinie in k.leitlinien.all() if not leitlinie.gestrichen]
        self.leitfragen = _gruppiert(
            Leitfrage.objects.filter(leitlinie__konzept=k).select_related("gremium"), "leitlinie_id"
        )
        self.prozessschritte = list(k.prozessschritte.all())
        zum_prozess = {"schritt__konzept": k}
        self.prozessangaben = _gruppiert_nach_art(
            _spalten(
                Prozesstermin.objects.filter(**zum_prozess), "termin", "schritt_id", "reihenfolge", "tag", "wortlaut"
            ).union(
                _spalten(
                    Prozessgruppe.objects.filter(**zum_prozess),
                    "gruppe", "schritt_id", "reihenfolge", Value(None, DateField()), "name",
                ),
                all=True,
            )
        )  # fmt: skip
        self.beteiligungen = list(k.beteiligungen.select_related("gremium"))
        self.mitglieder = _gruppiert(Mitglied.objects.filter(gremium__beteiligungen__konzept=k), "gremium_id")

    def _lies_felder(self) -> None:
        k = self.konzept
        self.felder_von_gremium = defaultdict(list)
        self.gremien_von_feld = defaultdict(list)
        for bezug in Handlungsfeld.gremien.through.objects.filter(handlungsfeld__konzept=k).select_related("gremium"):
            self.felder_von_gremium[bezug.gremium_id].append(bezug.handlungsfeld_id)
            self.gremien_von_feld[bezug.handlungsfeld_id].append(bezug.gremium.name)
        self.querschnittsaufgaben = list(k.querschnittsaufgaben.all())
        self.bezuege = {
            (bezug.querschnittsaufgabe_id, bezug.handlungsfeld_id): bezug
            for bezug in Querschnittsbezug.objects.filter(querschnittsaufgabe__konzept=k)
        }
        self.nummern.zaehle_geschwister(self.querschnittsaufgaben)

    def _lies_massnahmen(self) -> None:
        k = self.konzept
        zu = {"massnahme__handlungsfeld__konzept": k}
        # Thousands of these rows: as named tuples they cost a fifth of what model instances do.
        self.schritte = _gruppiert(
            Umsetzungsschritt.objects.filter(**zu).values_list("pk", "massnahme_id", "text", "zeitraum", named=True),
            "massnahme_id",
        )
        self.beteiligte = _gruppiert_nach_art(
            _spalten(
                Zustaendigkeit.objects.filter(**zu), "massnahme", "massnahme_id", "reihenfolge", "akteur_id", "rolle"
            ).union(
                _spalten(
                    Zustaendigkeit.objects.filter(schritt__massnahme__handlungsfeld__konzept=k),
                    "schritt", "schritt_id", "reihenfolge", "akteur_id", "rolle",
                ),
                _spalten(
                    Anbieter.objects.filter(angebot__konzept=k),
                    "angebot", "angebot_id", "reihenfolge", "akteur_id", Value("", CharField()),
                ),
                all=True,
            )
        )  # fmt: skip
        self.akteure = {akteur.pk: akteur for akteur in k.kommune.akteure.all()}
        spalten = [feld.attname for feld in Kostenposition._meta.concrete_fields]
        self.kostenpositionen = _gruppiert(
            Kostenposition.objects.filter(**zu).values_list(*spalten, named=True), "massnahme_id"
        )
        self.sachstaende = _gruppiert(Sachstand.objects.filter(**zu), "massnahme_id")
        self.zielgruppen = _gruppiert_nach_art(
            _spalten(
                Massnahme.zielgruppen.through.objects.filter(**zu),
                "massnahme", "massnahme_id", NULL, "zielgruppe__name",
            ).union(
                _spalten(
                    Angebot.zielgruppen.through.objects.filter(angebot__konzept=k),
                    "angebot", "angebot_id", NULL, "zielgruppe__name",
                ),
                all=True,
            )
        )  # fmt: skip
        self.leitlinien_von = defaultdict(set)
        for massnahme, leitlinie in Massnahme.leitlinien.through.objects.filter(**zu).values_list(
            "massnahme_id", "leitlinie_id"
        ):
            self.leitlinien_von[massnahme].add(leitlinie)

    def _lies_angebote(self) -> None:
        self.angebote = list(self.konzept.angebote.all())
        self.foerderungen = _gruppiert(Foerderung.objects.filter(angebot__konzept=self.konzept), "angebot_id")

    def _lies_indikatoren(self) -> None:
        self.indikatoren = defaultdict(list)
        for indikator in self.konzept.indikatoren.all():
            bezug = next(
                (
                    (art, getattr(indikator, f"{art}_id"))
                    for art in ("leitziel", "handlungsziel", "massnahme")
                    if getattr(indikator, f"{art}_id")
                ),
                ("kontext", 0),
            )
            self.indikatoren[bezug].append(indikator)
        self.messwerte = _gruppiert(Messwert.objects.filter(indikator__konzept=self.konzept), "indikator_id")

    def ohne_bezug(self) -> list:
        """The indicators of a goal or measure that is no row of this concept, and not struck out of it either."""
        n = self.nummern
        da = {(zeile._meta.model_name, zeile.pk) for zeile in (*n.leitziele, *n.handlungsziele, *n.massnahmen)}
        fremd = self.indikatoren.keys() - da - n.gestrichen - {("kontext", 0)}
        return [indikator for bezug in sorted(fremd) for indikator in self.indikatoren[bezug]]

    @cached_property
    def genannte(self):
        """The Akteure of the Kommune that this concept names, by Kürzel: numbers first, then letters."""
        massnahmen = [m.pk for gruppe in self.nummern.massnahmen_in.values() for m in gruppe]
        zeigt = [("massnahme", pk) for pk in massnahmen] + [("angebot", angebot.pk) for angebot in self.angebote]
        zeigt += [("schritt", schritt.pk) for pk in massnahmen for schritt in self.schritte[pk]]
        genannt = {akteur for schluessel in zeigt for akteur, _ in self.beteiligte[schluessel]}
        akteure = [akteur for pk, akteur in self.akteure.items() if pk in genannt]
        return sorted(akteure, key=lambda akteur: ordnung(akteur.kurz))

    @property
    def mitwirkende(self):
        """Those who act in this concept: not those that stand for nobody in particular."""
        return [akteur for akteur in self.genannte if not akteur.ist_platzhalter]
