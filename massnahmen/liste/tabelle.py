"""What the page of the list shows: numbers, choices, the found measures in their order, and one page of them."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from html import escape
from posixpath import relpath
from typing import NamedTuple

from django.core.paginator import Paginator
from django.db.models import F
from django.http import QueryDict
from django.utils.safestring import SafeString

from handlungsfelder.models import Handlungsziel, Leitziel
from konzept import rechte
from konzept.models.basis import GESTRICHEN
from konzept.navigation import adresse
from konzept.schreibweise import ordnung

from ..gliederung import Nummern, anker
from ..models import Massnahme, Umsetzungsstand
from .filterung import treffer
from .forms import GRUNDSPALTEN, SPALTEN, ListenForm, kurz
from .suche import nummernschluessel
from .zellen import Zellen, zielname

SEITE = "seite"
_KURZ = ("handlungsfeld_id", "nummer", "titel", "kurztitel", "fortschreibung")
_STAENDE = {stand: platz for platz, stand in enumerate(Umsetzungsstand.values)}
# Columns with a sorting head: the value of `sort`, and the value for the reverse order.
_SORTIERBAR = {
    "nummer": ("", "-nummer"),
    "titel": ("titel", "-titel"),
    "zeitraum": ("zeitraum", "-zeitraum"),
    "stand": ("stand", "-stand"),
    "geaendert": ("geaendert", "-geaendert"),
}
_SPALTE = {"zeitraum": "beginn_am", "geaendert": "geaendert_am"}


@dataclass
class Spalte:
    """A column and its head. `url` sorts by it; `sortiert` is the value of aria-sort, empty where it is not."""

    name: str
    titel: str
    url: str = ""
    sortiert: str = ""


@dataclass
class Zeile:
    """A measure in the list; `url` and `bearbeiten` are the addresses of its page and, where the account may use it, of
    its form, `zellen` the table cells of the chosen columns as HTML."""

    pk: int
    kennung: str
    titel: str
    url: str
    bearbeiten: str
    zellen: str

    def html(self, mit_auswahl: bool) -> str:
        """The row of the table; `mit_auswahl`: with the columns for choosing and editing it."""
        nr, titel, bearbeiten = escape(self.kennung), escape(self.titel), escape(self.bearbeiten)
        wahl = tat = ""
        if mit_auswahl and bearbeiten:
            wahl = (
                f'<input type="checkbox" class="haken" name="m" value="{self.pk}" form="sammel" '
                f'aria-label="{nr} auswählen">'
            )
            tat = f'<a href="{bearbeiten}" aria-label="{nr} bearbeiten">Bearbeiten</a>'
        if self.url:
            titel = f'<a href="{escape(self.url)}">{titel}</a>'
        return (
            f'<tr id="massnahme-{self.pk}">'
            + (f'<td class="sp-wahl">{wahl}</td>' if mit_auswahl else "")
            + f'<td class="sp-nummer">{nr}</td><th scope="row" class="sp-titel">{titel}</th>{self.zellen}'
            + (f'<td class="sp-tat">{tat}</td>' if mit_auswahl else "")
            + "</tr>"
        )


class Kurzzeile(NamedTuple):
    """What numbers and order need of a measure. As an instance of the model a row would cost several times as much."""

    pk: int
    handlungsfeld_id: int
    leitziel_id: int | None
    handlungsziel_id: int | None
    umsetzungsstand: str
    fortschreibung: str
    nummer: str
    titel: str
    wert: date | datetime | str | None
    """Of the column by which the list is sorted."""

    _meta = Massnahme._meta


def lade_nummern(konzept, sortierung: str = "titel", *, mit_gestrichenen: bool = False) -> Nummern:
    """The numbers of a whole concept, from rows that hold just enough to count and to sort by a column of the measure.
    Five queries."""
    im_konzept = {"handlungsfeld__konzept": konzept}
    massnahmen = Massnahme.objects.filter(**im_konzept).values_list(*Kurzzeile._fields[:-1], F(sortierung))
    return Nummern(
        konzept,
        list(konzept.abschnitte.defer("text")),
        list(konzept.handlungsfelder.only("konzept_id", "titel", "kurztitel", "zaehlung", "nummer", "fortschreibung")),
        list(Leitziel.objects.filter(**im_konzept).only(*_KURZ)),
        list(Handlungsziel.objects.filter(**im_konzept).only("leitziel_id", *_KURZ)),
        [Kurzzeile(*werte) for werte in massnahmen],
        mit_gestrichenen=mit_gestrichenen,
    )


class Auswahl:
    """The rows from which the filters choose, as (key, text). Three queries beside the numbers."""

    def __init__(self, nummern: Nummern):
        konzept = nummern.konzept
        self.feld = [(str(f.pk), kurz(f"{nummern[f]} {f.kurz}".strip())) for f in nummern.felder]
        self.ziel = [
            (anker(ziel), zielname(nummern, ziel, mit_feld=True))
            for feld in nummern.felder
            for ziel in nummern.ziele(feld)
        ]
        self.akteur = [
            (str(pk), kurz(f"{k} – {name}" if name else k))
            for pk, k, name in konzept.kommune.akteure.values_list("pk", "kurz", "name")
        ]
        self.zielgruppe = [(str(pk), kurz(n)) for pk, n in konzept.kommune.zielgruppen.values_list("pk", "name")]
        leitlinien = konzept.leitlinien.values_list("pk", "nummer", "titel")
        self.leitlinie = [(str(pk), kurz(f"{nummer} {titel}".strip())) for pk, nummer, titel in leitlinien]


class Tabelle:
    """The list as the parameters of its address ask for it, for an account that may read the concept.

    A fixed number of queries: five for the numbers, three for the choices, one for the filter (with free text see
    `suche.treffer`), those of `Zellen` for the page, and one more for who takes part for an Akteur.
    """

    def __init__(self, benutzer, konzept, frage: QueryDict):
        self.konzept, self.frage = konzept, frage
        self.nummern = lade_nummern(
            konzept,
            _SPALTE.get(frage.get("sort", "").removeprefix("-"), "titel"),
            mit_gestrichenen=frage.get("fortschreibung") in GESTRICHEN,
        )
        self.eigene = rechte.mitwirkend_fuer(benutzer, konzept)
        self._meine = Massnahme.objects.bearbeitbar_fuer(benutzer, konzept)
        self.form = ListenForm(
            frage,
            Auswahl(self.nummern),
            mit_meinen=bool(self.eigene),
            fortgeschrieben=bool(konzept.vorgaenger_id),
        )
        self.paginator = Paginator(self._sortiert(), self.form.je_seite)
        self.seite = self.paginator.get_page(frage.get(SEITE))

    @cached_property
    def folge(self) -> list[Kurzzeile]:
        """Every measure in the order of the printed tables, with just enough columns to sort them."""
        n = self.nummern
        return [m for feld in n.felder for _, massnahmen in n.tabellenabschnitte(feld) for m in massnahmen]

    @cached_property
    def bearbeitbar(self) -> set[int]:
        """The measures (pk) that the account may edit."""
        if self.eigene is None:
            return {m.pk for m in self.folge}
        return set(self._meine.values_list("pk", flat=True)) if self.eigene else set()

    def _sortiert(self) -> list[Kurzzeile]:
        wahl = self.form.gilt
        pks = treffer(Massnahme.objects.fuer_konzept(self.konzept), wahl, self._meine, self._nummern_je_massnahme)
        gefunden = self.folge if pks is None else [m for m in self.folge if m.pk in pks]
        name = self.form.sortierung.removeprefix("-")
        if name == "nummer":
            return gefunden[::-1] if self.form.sortierung.startswith("-") else gefunden
        schluessel = {
            "titel": lambda m: ordnung(m.titel),
            "stand": lambda m: _STAENDE.get(m.umsetzungsstand),
        }.get(name, lambda m: m.wert)
        mit = [m for m in gefunden if schluessel(m) is not None]
        ohne = [m for m in gefunden if schluessel(m) is None]
        return sorted(mit, key=schluessel, reverse=self.form.sortierung.startswith("-")) + ohne

    def _nummern_je_massnahme(self) -> dict[int, set[str]]:
        """The numbers by which the search finds each measure."""
        return {m.pk: {nummernschluessel(n) for n in self.nummern.nennt(m)} for m in self.folge}

    @property
    def anzahl(self) -> int:
        return self.paginator.count

    @property
    def aenderbar_hier(self) -> int:
        return len(self.aenderbare(nur_diese_seite=True))

    @property
    def aenderbar_gesamt(self) -> int:
        return len(self.aenderbare(nur_diese_seite=False))

    def aenderbare(self, nur_diese_seite: bool) -> list[int]:
        """The found measures (pk) that the account may edit, in the order of the list."""
        zeilen = self.seite if nur_diese_seite else self.paginator.object_list
        return [m.pk for m in zeilen if m.pk in self.bearbeitbar]

    def adresse(self, weg: dict[str, str] | None = None, **setze: str) -> str:
        """This list with other answers: `setze` replaces, `weg` takes single values out; on its first page."""
        neu = self.frage.copy()
        for name in (SEITE, *setze):
            neu.pop(name, None)
        for name, wert in (weg or {}).items():
            neu.setlist(name, [w for w in neu.getlist(name) if w.strip() != wert])
        for name, wert in setze.items():
            if wert:
                neu[name] = wert
        for name in [name for name in neu if not any(neu.getlist(name))]:
            del neu[name]
        return f"?{neu.urlencode()}"

    @cached_property
    def filter(self) -> list[dict]:
        """The active filters: what each says, and the address without it."""
        return [{"text": text, "url": self.adresse({name: wert})} for name, wert, text in self.form.aktiv()]

    def ohne_filter(self) -> str:
        return self.adresse(**dict.fromkeys(ListenForm.FILTER, ""))

    @cached_property
    def spalten(self) -> list[Spalte]:
        """The heads of the columns, number and title among them."""
        namen = {"nummer": "Nr.", "titel": "Maßnahme"} | {name: SPALTEN[name] for name in self.form.spalten}
        return [self._kopf(name, titel) for name, titel in namen.items()]

    @property
    def breit(self) -> bool:
        """Whether there are too many columns to stand beside each other on most screens."""
        return len(self.form.spalten) > len(GRUNDSPALTEN)

    def _kopf(self, name: str, titel: str) -> Spalte:
        if name not in _SORTIERBAR:
            return Spalte(name, titel)
        auf, ab = _SORTIERBAR[name]
        jetzt = self.form.gilt.get("sort") or ""
        sortiert = {auf: "ascending", ab: "descending"}.get(jetzt, "")
        erst, dann = (ab, auf) if name == "geaendert" else (auf, ab)
        return Spalte(name, titel, self.adresse(sort=dann if jetzt == erst else erst), sortiert)

    @cached_property
    def zeilen(self) -> list[Zeile]:
        """The rows of the page."""
        zellen = Zellen(self.nummern, self.form.spalten, [m.pk for m in self.seite])
        bearbeiten = self._adressen("massnahmen:bearbeiten", pk=0)
        lesen = self._adressen("konzept:kapitel", anker="massnahme-0")
        return [
            Zeile(
                m.pk,
                self.nummern.kennung(m),
                m.titel,
                lesen(m.pk) if self.nummern.zeigt_felder else "",
                bearbeiten(m.pk) if m.pk in self.bearbeitbar else "",
                zellen.html(m.pk),
            )
            for m in self.seite
            if m.pk in zellen.massnahmen
        ]

    def zeilen_html(self) -> SafeString:
        """The rows of the page as HTML, in which every text went through `escape`."""
        return SafeString("\n".join([zeile.html(bool(self.bearbeitbar)) for zeile in self.zeilen]))

    def _adressen(self, name: str, **teile):
        """Addresses that differ in a pk alone, which stands as the last 0 in `teile`; relative to that of the list,
        because two whole ones in each row are a good part of the page."""
        von_hier = relpath(adresse(self.konzept, name, **teile), adresse(self.konzept, "massnahmen:liste"))
        davor, _, danach = von_hier.rpartition("0")
        return lambda pk: f"{davor}{pk}{danach}/"
