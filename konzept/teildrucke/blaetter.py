"""How a view names what it hands out: the file, the entry of the log, the way back."""

from django.utils.text import slugify

from konzept.druckauftraege.antwort import Blatt
from konzept.models import Konzept
from massnahmen.rahmen import rahmen

LAENGE = 60
"""Signs of a title in the name of a file."""
UMLAUTE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


def blatt(benutzer, konzept: Konzept, gegenstand: str, titel: str, zurueck: dict) -> Blatt:
    """Of a part that is called `titel`; `gegenstand` as in `Blatt`, `zurueck` has "titel" and "url"."""

    def kontext():
        return rahmen(benutzer, konzept, "druck") | {"basis": "konzept/basis.html", "zurueck": zurueck}

    return Blatt(
        konzept=konzept,
        gegenstand=gegenstand,
        name=dateiname(konzept, titel),
        protokoll=f"{konzept.titel}, {titel} als PDF",
        kontext=kontext,
    )


def dateiname(konzept: Konzept, titel: str) -> str:
    """ "musterstadt-konzept-ankommen-und-sprache"."""
    teil = slugify(titel.translate(UMLAUTE))
    if len(teil) > LAENGE:
        teil = teil[: LAENGE + 1].rpartition("-")[0] or teil[:LAENGE]
    return "-".join(filter(None, (konzept.kommune.slug, konzept.slug, teil)))
