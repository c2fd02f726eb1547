"""Loads an example file: YAML, checked against `beispieldatei`, becomes rows in one transaction.

What is in the database already stays as it is: a Konzept that exists is never touched, a Kommune that exists
only gets the Konzepte that it lacks. So a file may be loaded as often as one likes.
"""

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

import msgspec
import yaml
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.files import File
from django.db import IntegrityError, models, transaction
from django.utils import translation
from django.utils.dateparse import parse_date

from handlungsfelder.models import (
    Handlungsfeld,
    Handlungsziel,
    Leitziel,
    Querschnittsaufgabe,
    Querschnittsbezug,
)
from konzept.models import (
    Abschnitt,
    Beteiligung,
    Gremium,
    Kommune,
    Konzept,
    Leitfrage,
    Leitlinie,
    Mitglied,
    Prozessgruppe,
    Prozessschritt,
    Prozesstermin,
)
from konzept.models.basis import Fortgeschrieben, Fortschreibung
from konzept.models.bedingungen import finde_gleichen
from konzept.schreibweise import zeilenform
from massnahmen.felder import WortlautField
from massnahmen.models import (
    Akteur,
    Anbieter,
    Angebot,
    Foerderung,
    Indikator,
    Kostenposition,
    Massnahme,
    Messwert,
    Sachstand,
    Umsetzungsschritt,
    Zielgruppe,
    Zustaendigkeit,
)

from . import beispieldatei as datei


class DateiFehler(Exception):
    """A mistake in a file. Its text is one line: file, place ("$.konzepte[0].titel") and reason."""


class Leseergebnis(msgspec.Struct):
    """What `lade` found and did."""

    kommune: Kommune
    kommune_neu: bool
    neu: list[Konzept]
    vorhanden: list[Konzept]


def lies(pfad: Path, typ: type = datei.Datei):
    """Read a file as a value of a type, without touching the database. Raises DateiFehler."""
    try:
        inhalt = yaml.load(pfad.read_text(encoding="utf-8"), _Wortlaut)  # noqa: S506 (builds nothing but strings)
        return msgspec.convert(inhalt, typ, strict=False)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, msgspec.ValidationError) as fehler:
        raise DateiFehler(f"{pfad.name}: {' '.join(str(fehler).split())}") from fehler


def finde_kommune(inhalt: datei.Datei) -> Kommune | None:
    """The Kommune of a file, known by its slug or its Gemeindeschlüssel, if it is there already."""
    bekannt = models.Q(slug=inhalt.kommune.slug)
    if inhalt.kommune.ags:
        bekannt |= models.Q(ags=inhalt.kommune.ags)
    return Kommune.objects.filter(bekannt).first()


@translation.override("en")
def lade(pfad: Path) -> Leseergebnis:
    """Write what the database lacks of the file, all of it or nothing. Raises DateiFehler.

    A Konzept is known by its slug. The Wappen is read from the folder `wappen` beside the file.
    """
    inhalt = lies(pfad)
    kommune = finde_kommune(inhalt)
    vorhanden = list(kommune.konzepte.filter(slug__in=[k.slug for k in inhalt.konzepte])) if kommune else []
    ergebnis = Leseergebnis(kommune, kommune is None, [], vorhanden)
    if kommune and len(vorhanden) == len(inhalt.konzepte):
        return ergebnis
    try:
        with transaction.atomic():
            _schreibe(inhalt, ergebnis, pfad.parent / "wappen")
    except _Fehlerstelle as fehler:
        raise DateiFehler(f"{pfad.name}: {fehler}") from fehler
    return ergebnis


class _Wortlaut(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):
    """Takes every scalar as it is written, so that `51` names an Akteur; refuses a key that stands twice."""

    def construct_mapping(self, node, deep=False):
        zuordnung = super().construct_mapping(node, deep)
        if len(zuordnung) < len(node.value):
            namen = [schluessel.value for schluessel, _ in node.value]
            doppelt = next(name for name in namen if namen.count(name) > 1)
            grund = f'the key "{doppelt}" stands twice in the mapping that begins here'
            raise yaml.constructor.ConstructorError(None, None, grund, node.start_mark)
        return zuordnung


class _Fehlerstelle(Exception):
    def __init__(self, ort: str, grund: str):
        super().__init__(f"{ort}: {grund}")


class _Namen(dict):
    """Rows by the names under which a file refers to them, in the spelling in which they are stored."""

    def __init__(self, was: str):
        self.was = was

    def merke(self, ort: str, name: str, zeile):
        name = zeilenform(name)
        if name in self:
            raise _Fehlerstelle(ort, f'the {self.was} "{name}" stands twice')
        self[name] = zeile
        return zeile

    def hole(self, ort: str, name: str):
        name = zeilenform(name)
        if name not in self:
            aehnlich = get_close_matches(name, self, n=1)
            vorschlag = f'; did you mean "{aehnlich[0]}"?' if aehnlich else ""
            raise _Fehlerstelle(ort, f'there is no {self.was} "{name}" in this file{vorschlag}')
        return self[name]

    def hole_wenn(self, ort: str, name: str):
        """The row with this name; None for "", where the file names none."""
        return self.hole(ort, name) if name else None

    def hole_alle(self, ort: str, namen: list[str]) -> list:
        return [self.hole(f"{ort}[{i}]", name) for i, name in enumerate(namen)]


def _durch(ort: str, eintrag: datei.Eintrag, liste: str) -> Iterator[tuple[str, int, datei.Eintrag]]:
    """Place, position from 1, and entry of each member of a list."""
    for i, teil in enumerate(getattr(eintrag, liste)):
        yield f"{ort}.{liste}[{i}]", i + 1, teil


def _gleichnamig(modell: type[models.Model], eintrag: datei.Eintrag | None) -> dict:
    """The keys of an entry that are named like a column of the model."""
    if eintrag is None:
        return {}
    spalten = {f.name for f in modell._meta.concrete_fields if f.editable and not f.is_relation}
    return {name: getattr(eintrag, name) for name in eintrag.__struct_fields__ if name in spalten}


def _satz(fehler: ValidationError) -> str:
    return "; ".join(
        " ".join(texte) if feld == NON_FIELD_ERRORS else f"{feld}: {' '.join(texte)}"
        for feld, texte in fehler.message_dict.items()
    )


def _neu(ort: str, modell: type[models.Model], eintrag: datei.Eintrag | None = None, **felder):
    """Check and insert a row: what the entry says, and `felder` where names or values differ.

    A wording that can mean several things stays as it is: nobody is there to be asked.
    """
    werte = _gleichnamig(modell, eintrag) | felder
    for feld in modell._meta.concrete_fields:
        if isinstance(feld, WortlautField) and isinstance(werte.get(feld.name), str):
            werte[feld.name] = feld.belassen(werte[feld.name])
    zeile = modell(**werte)
    # The rows that it refers to have just been written; the database checks them without a query of its own.
    bezuege = {f.name for f in modell._meta.concrete_fields if f.is_relation}
    try:
        zeile.full_clean(exclude=bezuege)
        zeile.save(force_insert=True)
    except ValidationError as fehler:
        raise _Fehlerstelle(ort, _satz(fehler)) from fehler
    except IntegrityError as fehler:
        raise _Fehlerstelle(ort, " ".join(str(fehler).split())) from fehler
    return zeile


def _schreibe(inhalt: datei.Datei, ergebnis: Leseergebnis, wappenordner: Path) -> None:
    ort, eintrag = "$.kommune", inhalt.kommune
    if ergebnis.kommune_neu:
        ergebnis.kommune = _neu(ort, Kommune, eintrag, wappen="", waehrung=eintrag.waehrung or Kommune.Waehrung.EUR)
    stamm = _Stamm(ort, ergebnis.kommune, eintrag)
    da = {konzept.slug for konzept in ergebnis.vorhanden}
    for hier, _, teil in _durch("$", inhalt, "konzepte"):
        if teil.slug not in da:
            ergebnis.neu.append(_KonzeptSchreiber(stamm).schreibe(hier, teil))
    # The file comes last: should the transaction fail before, no file is left on the disk, where nothing is rolled
    # back.
    if ergebnis.kommune_neu and eintrag.wappen:
        if Path(eintrag.wappen).name != eintrag.wappen:
            raise _Fehlerstelle(f"{ort}.wappen", "Only the name of a file in the folder wappen can stand here.")
        try:
            with (wappenordner / eintrag.wappen).open("rb") as bild:
                ergebnis.kommune.wappen.save(eintrag.wappen, File(bild))
        except OSError as fehler:
            raise _Fehlerstelle(f"{ort}.wappen", str(fehler)) from fehler


def _bekannt(ort: str, zeilen: models.Manager, feld: str, name: str):
    """The row of the Kommune with this name, if there is one; refuses a name that only its spelling tells from another,
    of the Kommune or of the file."""
    if zeile := zeilen.filter(**{feld: name}).first():
        return zeile
    if gleicher := finde_gleichen(name, zeilen.values_list(feld, flat=True)):
        raise _Fehlerstelle(ort, f'"{name}" is "{gleicher}" in another spelling')
    return None


class _Stamm:
    """What all concepts of a Kommune share, by name. Rows that exist are taken as they are."""

    def __init__(self, ort: str, kommune: Kommune, eintrag: datei.Kommune):
        self.kommune = kommune
        self.akteure, self.zielgruppen, self.gremien = (
            _Namen(was) for was in ("Akteur", "Zielgruppe", "Gremium")
        )
        for hier, _, teil in _durch(ort, eintrag, "akteure"):
            zeile = _bekannt(hier, kommune.akteure, "kurz", teil.kurz)
            self.akteure.merke(hier, teil.kurz, zeile or self._akteur(hier, teil))
        for hier, _, name in _durch(ort, eintrag, "zielgruppen"):
            zeile = _bekannt(hier, kommune.zielgruppen, "name", name)
            self.zielgruppen.merke(hier, name, zeile or _neu(hier, Zielgruppe, kommune=kommune, name=name))
        for hier, _, teil in _durch(ort, eintrag, "gremien"):
            zeile = _bekannt(hier, kommune.gremien, "name", teil.name)
            self.gremien.merke(hier, teil.name, zeile or self._gremium(hier, teil))

    def _akteur(self, ort: str, eintrag: datei.Akteur) -> Akteur:
        return _neu(ort, Akteur, eintrag, kommune=self.kommune, art=eintrag.art or Akteur.art_fuer(eintrag.kurz))

    def _gremium(self, ort: str, eintrag: datei.Gremium) -> Gremium:
        gremium = _neu(ort, Gremium, eintrag, kommune=self.kommune)
        for hier, platz, teil in _durch(ort, eintrag, "mitglieder"):
            _neu(hier, Mitglied, teil, gremium=gremium, reihenfolge=platz)
        return gremium


class _KonzeptSchreiber:
    """Writes one concept, from its outline down to the steps of its measures."""

    def __init__(self, stamm: _Stamm):
        self.stamm = stamm
        self.leitlinien, self.felder = _Namen("Leitlinie"), _Namen("Handlungsfeld")
        self.fruehere: dict[type[Fortgeschrieben], _Namen] = {}

    def schreibe(self, ort: str, eintrag: datei.Konzept) -> Konzept:
        kommune = self.stamm.kommune
        frueher = _Namen("earlier Konzept")
        frueher.update({konzept.slug: konzept for konzept in kommune.konzepte.all()})
        vorgaenger = frueher.hole_wenn(f"{ort}.vorgaenger", eintrag.vorgaenger)
        self.konzept = _neu(ort, Konzept, eintrag, kommune=kommune, vorgaenger=vorgaenger)
        self._abschnitte(ort, eintrag, "gliederung", None)
        self._leitlinien(ort, eintrag, None)
        for hier, platz, teil in _durch(ort, eintrag, "prozess"):
            self._prozessschritt(hier, platz, teil)
        for hier, platz, teil in _durch(ort, eintrag, "beteiligung"):
            gremium = self.stamm.gremien.hole(f"{hier}.gremium", teil.gremium)
            _neu(hier, Beteiligung, teil, konzept=self.konzept, gremium=gremium, reihenfolge=platz)
        for hier, platz, teil in _durch(ort, eintrag, "handlungsfelder"):
            self._handlungsfeld(hier, platz, teil)
        for hier, platz, teil in _durch(ort, eintrag, "querschnittsaufgaben"):
            self._querschnittsaufgabe(hier, platz, teil)
        for hier, platz, teil in _durch(ort, eintrag, "angebote"):
            self._angebot(hier, platz, teil)
        for hier, platz, teil in _durch(ort, eintrag, "kontextindikatoren"):
            feld = self.felder.hole_wenn(f"{hier}.handlungsfeld", teil.handlungsfeld)
            self._indikator(hier, platz, teil, art=Indikator.Art.KONTEXT, handlungsfeld=feld)
        return self.konzept

    def _fortgeschrieben(
        self, ort: str, modell: type[Fortgeschrieben], eintrag: datei.Fortgeschrieben, **felder
    ) -> Fortgeschrieben:
        """Write an element that may carry one of the earlier Konzept on; whoever wrote it down has looked at that."""
        if eintrag.vorgaenger:
            felder["vorgaenger"] = self._fruehere(modell).hole(f"{ort}.vorgaenger", eintrag.vorgaenger)
            felder["fortschreibung"] = Fortschreibung.GEAENDERT
        return _neu(ort, modell, eintrag, **felder)

    def _fruehere(self, modell: type[Fortgeschrieben]) -> _Namen:
        if modell not in self.fruehere:
            pfad = modell.pfad_zum_konzept()
            zeilen = modell._base_manager.filter(**{pfad: self.konzept.vorgaenger_id}).select_related(pfad)
            self.fruehere[modell] = _Namen(f"earlier {modell.__name__}")
            self.fruehere[modell].update({zeilenform(zeile.titel): zeile for zeile in zeilen})
        return self.fruehere[modell]

    def _abschnitte(self, ort: str, eintrag, liste: str, oben: Abschnitt | None) -> None:
        for hier, platz, teil in _durch(ort, eintrag, liste):
            abschnitt = _neu(
                hier, Abschnitt, teil, konzept=self.konzept, oberabschnitt=oben, reihenfolge=platz
            )
            self._leitlinien(hier, teil, abschnitt)
            self._abschnitte(hier, teil, "abschnitte", abschnitt)

    def _leitlinien(self, ort: str, eintrag, abschnitt: Abschnitt | None) -> None:
        for hier, platz, teil in _durch(ort, eintrag, "leitlinien"):
            leitlinie = self._fortgeschrieben(
                hier, Leitlinie, teil, konzept=self.konzept, abschnitt=abschnitt, reihenfolge=platz
            )
            self.leitlinien.merke(hier, teil.titel, leitlinie)
            for dort, nr, frage in _durch(hier, teil, "leitfragen"):
                gremium = self.stamm.gremien.hole_wenn(f"{dort}.gremium", frage.gremium)
                _neu(dort, Leitfrage, frage, leitlinie=leitlinie, gremium=gremium, reihenfolge=nr)

    def _prozessschritt(self, ort: str, platz: int, eintrag: datei.Prozessschritt) -> None:
        schritt = _neu(ort, Prozessschritt, eintrag, konzept=self.konzept, reihenfolge=platz)
        for hier, nr, termin in _durch(ort, eintrag, "termine"):
            try:
                tag = parse_date(termin)
            except ValueError as fehler:
                raise _Fehlerstelle(hier, f'"{termin}" is no day of the calendar') from fehler
            wortlaut = "" if tag else termin
            _neu(hier, Prozesstermin, schritt=schritt, tag=tag, wortlaut=wortlaut, reihenfolge=nr)
        for hier, nr, name in _durch(ort, eintrag, "gruppen"):
            _neu(hier, Prozessgruppe, schritt=schritt, name=name, reihenfolge=nr)

    def _handlungsfeld(self, ort: str, platz: int, eintrag: datei.Handlungsfeld) -> None:
        feld = self._fortgeschrieben(ort, Handlungsfeld, eintrag, konzept=self.konzept, reihenfolge=platz)
        self.felder.merke(ort, eintrag.titel, feld)
        feld.gremien.set(self.stamm.gremien.hole_alle(f"{ort}.gremien", eintrag.gremien))
        for hier, nr, teil in _durch(ort, eintrag, "leitziele"):
            leitziel = self._fortgeschrieben(hier, Leitziel, teil, handlungsfeld=feld, reihenfolge=nr)
            self._indikatoren(hier, teil, leitziel=leitziel)
            self._handlungsziele(hier, teil, feld, leitziel)
            self._massnahmen(hier, teil, feld, leitziel=leitziel)
        self._handlungsziele(ort, eintrag, feld, None)
        self._massnahmen(ort, eintrag, feld)

    def _handlungsziele(self, ort: str, eintrag, feld: Handlungsfeld, leitziel: Leitziel | None) -> None:
        for hier, platz, teil in _durch(ort, eintrag, "handlungsziele"):
            ziel = self._fortgeschrieben(
                hier, Handlungsziel, teil, handlungsfeld=feld, leitziel=leitziel, reihenfolge=platz
            )
            self._indikatoren(hier, teil, handlungsziel=ziel)
            self._massnahmen(hier, teil, feld, handlungsziel=ziel)

    def _massnahmen(self, ort: str, eintrag, feld: Handlungsfeld, **ziel) -> None:
        for hier, platz, teil in _durch(ort, eintrag, "massnahmen"):
            massnahme = self._fortgeschrieben(
                hier,
                Massnahme,
                teil,
                handlungsfeld=feld,
                umsetzungsstand=teil.stand,
                stand_begruendung=teil.begruendung,
                kosten_wortlaut=teil.kosten,
                reihenfolge=platz,
                **ziel,
            )
            self._bezuege(hier, teil, massnahme)
            self._zustaendigkeiten(hier, teil, massnahme=massnahme)
            self._indikatoren(hier, teil, massnahme=massnahme)
            for dort, nr, schritt in _durch(hier, teil, "schritte"):
                zeile = _neu(dort, Umsetzungsschritt, schritt, massnahme=massnahme, reihenfolge=nr)
                self._zustaendigkeiten(dort, schritt, schritt=zeile)
            for dort, nr, posten in _durch(hier, teil, "kostenpositionen"):
                _neu(dort, Kostenposition, posten, massnahme=massnahme, angabe=posten.betrag, reihenfolge=nr)
            for dort, _, stand in _durch(hier, teil, "sachstaende"):
                _neu(dort, Sachstand, stand, massnahme=massnahme, verfasst_von=stand.von)

    def _bezuege(self, ort: str, eintrag: datei.Massnahme, massnahme: Massnahme) -> None:
        zielgruppen = self.stamm.zielgruppen.hole_alle(f"{ort}.zielgruppen", eintrag.zielgruppen)
        massnahme.zielgruppen.set(zielgruppen)
        massnahme.leitlinien.set(self.leitlinien.hole_alle(f"{ort}.leitlinien", eintrag.leitlinien))

    def _zustaendigkeiten(self, ort: str, eintrag: datei.Massnahme | datei.Schritt, **wofuer) -> None:
        """Those in charge first, then those who take part: the order in which they print."""
        platz = 0
        for rolle in (Zustaendigkeit.Rolle.FEDERFUEHRUNG, Zustaendigkeit.Rolle.MITWIRKUNG):
            for hier, _, kurz in _durch(ort, eintrag, rolle.value):
                platz += 1
                akteur = self.stamm.akteure.hole(hier, kurz)
                _neu(hier, Zustaendigkeit, akteur=akteur, rolle=rolle, reihenfolge=platz, **wofuer)

    def _indikatoren(self, ort: str, eintrag, **wofuer) -> None:
        for hier, platz, teil in _durch(ort, eintrag, "indikatoren"):
            self._indikator(hier, platz, teil, art=Indikator.Art.WIRKUNG, **wofuer)

    def _indikator(self, ort: str, platz: int, eintrag: datei.Indikator, **bezug) -> None:
        indikator = _neu(ort, Indikator, eintrag, konzept=self.konzept, reihenfolge=platz, **bezug)
        for hier, _, teil in _durch(ort, eintrag, "messwerte"):
            _neu(hier, Messwert, teil, indikator=indikator)

    def _querschnittsaufgabe(self, ort: str, platz: int, eintrag: datei.Querschnittsaufgabe) -> None:
        aufgabe = _neu(ort, Querschnittsaufgabe, eintrag, konzept=self.konzept, reihenfolge=platz)
        for titel, text in eintrag.felder.items():
            hier = f"{ort}.felder[{titel}]"
            feld = self.felder.hole(hier, titel)
            _neu(hier, Querschnittsbezug, querschnittsaufgabe=aufgabe, handlungsfeld=feld, text=text)

    def _angebot(self, ort: str, platz: int, eintrag: datei.Angebot) -> None:
        feld = self.felder.hole_wenn(f"{ort}.handlungsfeld", eintrag.handlungsfeld)
        angebot = _neu(ort, Angebot, eintrag, konzept=self.konzept, handlungsfeld=feld, reihenfolge=platz)
        angebot.zielgruppen.set(self.stamm.zielgruppen.hole_alle(f"{ort}.zielgruppen", eintrag.zielgruppen))
        for hier, nr, kurz in _durch(ort, eintrag, "anbieter"):
            _neu(hier, Anbieter, angebot=angebot, akteur=self.stamm.akteure.hole(hier, kurz), reihenfolge=nr)
        for hier, nr, teil in _durch(ort, eintrag, "foerderungen"):
            _neu(hier, Foerderung, teil, angebot=angebot, angabe=teil.betrag, reihenfolge=nr)
