"""Example Vorlagen: fixtures/vorlagen/<file of the Kommune>, as a person writes them in YAML.

Keys are those of the models; a Gremium is named as in the file of the Kommune. Dates are ISO.
"""

import datetime as dt
from decimal import Decimal
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from konzept.austausch.beispieldatei import Eintrag
from konzept.austausch.einlesen import DateiFehler, lies
from konzept.models import Gremium, Konzept

from .models import Bereich, Vorlage, Vorlagenkopf, zeilen_fuer
from .vorgaenge import setze_kopf


class Station(Eintrag):
    gremium: str
    rolle: str
    datum: dt.date | None = None
    top: str = ""
    ergebnis: str = ""
    ja: int | None = None
    nein: int | None = None
    enthaltung: int | None = None
    bemerkung: str = ""


class Abschnitt(Eintrag):
    titel: str
    text: str


class Vorgang(Eintrag):
    nummer: str
    datum: dt.date | None = None
    text: str = ""


class Unterschrift(Eintrag):
    name: str
    zusatz: str = ""
    gezeichnet: bool = True
    funktion: str = ""


class Blatt(Eintrag):
    konzept: str
    art: str
    betreff: str
    nummer: str
    datum: dt.date | None = None
    oeffentlich: bool = True
    federfuehrend: str = ""
    berichterstattung: str = ""
    aktenzeichen: str = ""
    sachverhalt: str = ""
    begruendung: str = ""
    finanzen: str = ""
    konzeptkosten: bool = True
    stellenanteile: Decimal | None = None
    beschlusspunkte: list[str] = []
    abschnitte: list[Abschnitt] = []
    weitere_anlagen: list[str] = []
    vorgaenge: list[Vorgang] = []
    unterschriften: list[Unterschrift] = []
    stationen: list[Station] = []


class Datei(Eintrag):
    """`vorlagenkopf` gives other labels to parts; those in `ohne` do not print."""

    kommune: str
    vorlagen: list[Blatt]
    vorlagenkopf: dict[str, str] = {}
    ohne: list[str] = []


ZEILEN = ("abschnitte", "vorgaenge", "unterschriften", "stationen")
NUR_TEXT = {"beschlusspunkte": "text", "weitere_anlagen": "titel"}


def lade_vorlagen(pfad: Path) -> list[Vorlage]:
    """Write the Vorlagen of a file that the database lacks, known by their number; nothing where there is no such
    file. Raises DateiFehler."""
    if not pfad.exists():
        return []
    datei = lies(pfad, Datei)
    try:
        with transaction.atomic():
            neue = [_schreibe(datei.kommune, blatt) for blatt in datei.vorlagen if _fehlt(datei.kommune, blatt)]
            if neue:
                _benenne(neue[0].konzept.kommune, datei)
    except (ValidationError, Gremium.DoesNotExist, Konzept.DoesNotExist) as fehler:
        raise DateiFehler(f"vorlagen/{pfad.name}: {fehler}") from fehler
    return neue


def _fehlt(kommune: str, blatt: Blatt) -> bool:
    vorhanden = Vorlage.objects.filter(konzept__kommune__slug=kommune, konzept__slug=blatt.konzept)
    return not vorhanden.filter(nummer=blatt.nummer).exists()


def _schreibe(kommune: str, blatt: Blatt) -> Vorlage:
    konzept = Konzept.objects.mit_kommune().get(kommune__slug=kommune, slug=blatt.konzept)
    ohne = {"konzept", *ZEILEN, *NUR_TEXT}
    vorlage = Vorlage(konzept=konzept, **_felder(blatt, ohne))
    _sichere(vorlage)
    for name, feld in NUR_TEXT.items():
        for platz, text in enumerate(getattr(blatt, name), start=1):
            _sichere(_teil(vorlage, name)(vorlage=vorlage, reihenfolge=platz, **{feld: text}))
    for name in ZEILEN:
        for platz, eintrag in enumerate(getattr(blatt, name), start=1):
            werte = _felder(eintrag)
            if name == "stationen":
                werte["gremium"] = konzept.kommune.gremien.get(name=eintrag.gremium)
            _sichere(_teil(vorlage, name)(vorlage=vorlage, reihenfolge=platz, **werte))
    return vorlage


def _felder(eintrag: Eintrag, ohne=frozenset()) -> dict:
    return {name: getattr(eintrag, name) for name in eintrag.__struct_fields__ if name not in ohne}


def _teil(vorlage: Vorlage, name: str):
    return vorlage._meta.get_field(name).related_model


def _sichere(zeile) -> None:
    zeile.full_clean()
    zeile.save()


def _benenne(kommune, datei: Datei) -> None:
    """The labels of the file, unless the Kommune has its own already."""
    if not (datei.vorlagenkopf or datei.ohne) or Vorlagenkopf.objects.filter(kommune=kommune).exists():
        return
    zeilen = {
        bereich: [
            (z.teil, datei.vorlagenkopf.get(z.teil, z.bezeichnung), z.gezeigt and z.teil not in datei.ohne)
            for z in folge
        ]
        for bereich, folge in zeilen_fuer(kommune).items()
    }
    setze_kopf(Vorlagenkopf(kommune=kommune), {bereich: zeilen[bereich] for bereich in Bereich})
