"""How a view names what it hands out: the file, the entry of the log, the way back; and what it does for a row that is
gone."""

from collections.abc import Callable

from django.http import Http404
from django.utils.text import slugify

from konzept.druckauftraege.antwort import Blatt
from konzept.druckauftraege.aufnahme import Aufnahme
from konzept.fassungen.models import Fassung
from konzept.fassungen.seitenrahmen import rahmen_der_fassung
from konzept.models import Konzept
from konzept.navigation import rahmen

LAENGE = 60
"""Signs of a title in the name of a file."""
UMLAUTE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


def blatt(benutzer, konzept: Konzept, gegenstand: str, titel: str, zurueck: dict) -> Blatt:
    """What is needed to hand out the print of a part of the Arbeitsstand that is called `titel`; `gegenstand` as in
    `Blatt`, `zurueck` has "titel" and "url"."""

    def kontext():
        return rahmen(benutzer, konzept, "druck") | {"basis": "konzept/basis.html", "zurueck": zurueck}

    return Blatt(
        konzept=konzept,
        gegenstand=gegenstand,
        name=dateiname(konzept, titel),
        protokoll=f"{konzept.titel}, {titel} als PDF",
        kontext=kontext,
    )


def blatt_der_fassung(benutzer, fassung: Fassung, gegenstand: str, titel: str, zurueck: dict) -> Blatt:
    """What `blatt` gives, for a part of a Fassung. It bears the title that was frozen, since not everybody who reads
    the Fassung may know what the Arbeitsstand is called by now."""

    def kontext():
        return rahmen_der_fassung(benutzer, fassung) | {"zurueck": zurueck}

    return Blatt(
        konzept=fassung.konzept,
        gegenstand=f"fassung-{fassung.nummer} {gegenstand}",
        name=dateiname(fassung.konzept, str(fassung), titel),
        protokoll=f"{fassung.titel}, {fassung}: {titel} als PDF",
        kontext=kontext,
    )


def wenn_da(zeile: object | None, nimm_auf: Callable[[], Aufnahme]) -> Callable[[], Aufnahme]:
    """For `antworte`: what `nimm_auf` reads of a row; Http404 where there is none (any more). Only a print that is to
    be made needs the row: who has asked for one before still finds its job, and a way to leave it."""

    def auf() -> Aufnahme:
        if zeile is None:
            raise Http404("There is no such part.")
        return nimm_auf()

    return auf


def dateiname(konzept: Konzept, *titel: str) -> str:
    """ "musterstadt-konzept-ankommen-und-sprache"."""
    return "-".join(filter(None, (konzept.kommune.slug, konzept.slug, *map(_lesbar, titel))))


def _lesbar(titel: str) -> str:
    wort = slugify(titel.translate(UMLAUTE))
    return wort if len(wort) <= LAENGE else wort[: LAENGE + 1].rpartition("-")[0] or wort[:LAENGE]
