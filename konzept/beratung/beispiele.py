"""Example Beratungen: fixtures/beratung/<file of the Kommune>, as a person writes them in YAML.

A Gremium is named as in the file of the Kommune, a place in the text by the words with which it begins.
"""

import datetime as dt
from pathlib import Path

from django.db import transaction

from konzept.austausch.beispieldatei import Eintrag
from konzept.austausch.einlesen import DateiFehler, lies
from konzept.fassungen.models import Fassung
from konzept.heute import heute

from .models import Anmerkung, Runde, Sitz, Stellungnahme
from .stellen import Stelle, Stellen
from .vorgaenge import gib_frei


class Beispielanmerkung(Eintrag):
    text: str
    stelle: str = ""
    zitat: str = ""
    vorschlag: str = ""
    papier_von: str = ""
    ergebnis: str = ""
    begruendung: str = ""
    aenderung: str = ""
    freigegeben: bool = False


class Beispielrunde(Eintrag):
    konzept: str
    gremium: str
    anlass: str
    hinweis: str = ""
    tage: int = 14
    anmerkungen: tuple[Beispielanmerkung, ...] = ()


@transaction.atomic
def lege_beratung_an(datei: Path, fassung: Fassung, leitung, mitglied) -> Runde | None:
    """Lay a Fassung before the Gremium of the file, in which `mitglied` gets a seat and has commented already, while
    `leitung` has answered; from today for the days of the file. None where the file is about another concept.

    Raises DateiFehler where the text or the Gremium is not there.
    """
    beispiel = lies(datei, Beispielrunde)
    if beispiel.konzept != fassung.konzept.slug:
        return None
    gremium = fassung.konzept.kommune.gremien.filter(name=beispiel.gremium).first()
    if gremium is None:
        raise DateiFehler(f"{datei.name}: Das Gremium „{beispiel.gremium}“ gibt es nicht.")
    Sitz.objects.get_or_create(gremium=gremium, benutzer=mitglied)
    runde = Runde.objects.create(
        fassung=fassung,
        anlass=beispiel.anlass,
        hinweis=beispiel.hinweis,
        ende=heute() + dt.timedelta(days=beispiel.tage),
        eroeffnet_von=leitung,
    )
    runde.gremien.add(gremium)
    stellen = Stellen(fassung.dokument)
    frei = []
    for eintrag in beispiel.anmerkungen:
        stelle = _finde(stellen, eintrag.stelle, datei)
        anmerkung = Anmerkung.objects.create(
            runde=runde,
            rn=stelle and stelle.rn,
            anker=stelle.anker if stelle else "",
            zitat=eintrag.zitat,
            text=eintrag.text,
            vorschlag=eintrag.vorschlag,
            papier_von=eintrag.papier_von,
            verfasser=leitung if eintrag.papier_von else mitglied,
        )
        if eintrag.ergebnis:
            Stellungnahme.objects.create(
                anmerkung=anmerkung,
                ergebnis=eintrag.ergebnis,
                begruendung=eintrag.begruendung,
                aenderung=eintrag.aenderung,
                entworfen_von=leitung,
            )
        frei += [anmerkung.pk] if eintrag.freigegeben else []
    gib_frei(runde=runde, anmerkungen=frei, konto=leitung)
    return runde


def _finde(stellen: Stellen, anfang: str, datei: Path) -> Stelle | None:
    if not anfang:
        return None
    for rn in range(1, stellen.letzte + 1):
        stelle = stellen.get(rn)
        if stelle and stelle.text.startswith(anfang):
            return stelle
    raise DateiFehler(f"{datei.name}: Kein Absatz beginnt mit „{anfang}“.")
