"""The sheet on which Anmerkungen come back by hand, with what a Runde knows: until when, to whom, from which Gremium.

The PDF of a Fassung ends with a sheet too, but is made before there is a Runde, so that these lines stay open there.
"""

import datetime as dt
from typing import ClassVar

from django.template.loader import render_to_string

from konzept.dokument import ressourcen
from konzept.dokument.fehlzeichen import ersetze
from konzept.dokument.html import druckfertig
from konzept.druckauftraege.aufnahme import Aufnahme, Fortschritt, Speicher
from konzept.heute import heute
from konzept.satz.setzen import setze

from .models import Runde


class Bogendruck(Aufnahme, frozen=True, kw_only=True):
    """The sheet as its HTML, and the day on which its Fassung was frozen."""

    ART: ClassVar[str] = "bogen"

    html: str
    tag: dt.date

    def drucke(self, fortschritt: Fortschritt, speicher: Speicher) -> bytes:
        """The sheet as a PDF (PDF/UA-1 and PDF/A-3a)."""
        return setze(self.html, ressourcen.inhalt, stand=self.tag)


def nimm_auf(runde: Runde) -> Bogendruck:
    """The sheet of a Runde that was read. Three queries."""
    return Bogendruck(html=als_html(runde), tag=heute(runde.fassung.festgeschrieben_am))


def als_html(runde: Runde) -> str:
    dokument = runde.fassung.dokument
    kontext = {
        "dokument": dokument,
        "marke": runde.fassung.bezeichnung,
        "anlass": runde.anlass,
        "frist": runde.letzter_tag,
        "zurueck_an": _zurueck_an(runde),
        "gremien": [gremium.name for gremium in runde.gremien.all()],
        "einzelne": runde.personen.exists(),
    }
    return druckfertig(ersetze(render_to_string("beratung/bogen_druck.html", kontext)))


def _zurueck_an(runde: Runde) -> str:
    """Who laid it before them, as the invitation names them, and their office."""
    dokument = runde.fassung.dokument
    namen = [str(runde.eroeffnet_von or ""), dokument.herausgeber, dokument.kommune.name]
    return ", ".join(dict.fromkeys(filter(None, namen)))
