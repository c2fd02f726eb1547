"""Makes a row of a concept one that cannot be shown: its builder fails, whatever is in the database."""

from contextlib import contextmanager
from unittest.mock import patch

from konzept.dokument import maengel
from konzept.dokument.zeilen import Zeilen
from konzept.dokument.zusammenstellung import Konzeptbau
from massnahmen.gliederung import anker

EINZELN = {
    "leitlinie": "_leitlinie",
    "prozessschritt": "_prozessschritt",
    "beteiligung": "_gremium",
    "querschnittsaufgabe": "_matrixzeile",
    "angebot": "_angebot",
    "indikator": "_indikator",
    "handlungsziel": "_handlungsziel",
    "massnahme": "_massnahme",
}
"""What is left out as a whole, by the builder of its kind."""
UEBERSCHRIFTEN = {
    "abschnitt": ("_text_von", "_liste_von"),
    "handlungsfeld": ("_einleitung", "_massnahmen"),
    "leitziel": ("_zieltext",),
}
"""On what there hangs more: the heading stays."""


def elemente(zeilen: Zeilen) -> list[tuple]:
    """Every row of the document with each builder that may fail for it."""
    n = zeilen.nummern
    indikatoren = [i for gruppe in zeilen.indikatoren.values() for i in gruppe]
    einzeln = (
        *zeilen.leitlinien, *zeilen.prozessschritte, *zeilen.beteiligungen, *zeilen.querschnittsaufgaben,
        *zeilen.angebote, *indikatoren, *n.handlungsziele, *n.massnahmen,
    )  # fmt: skip
    paare = [(z, EINZELN[z._meta.model_name]) for z in einzeln]
    for z in (*n.abschnitte, *n.felder, *n.leitziele):
        paare += [(z, methode) for methode in UEBERSCHRIFTEN[z._meta.model_name]]
    return paare


@contextmanager
def scheitert(zeile, methode: str):
    """Building this row fails; yields what the log is told."""
    echt = getattr(Konzeptbau, methode)

    def baue(selbst, hier, *args):
        if anker(hier) == anker(zeile):
            raise KeyError("unlesbar")
        return echt(selbst, hier, *args)

    with patch.object(Konzeptbau, methode, baue), patch.object(maengel.log, "exception") as log:
        yield log
