"""When the measures run: year by year, from the values of their Zeitraum."""

from collections.abc import Collection

from massnahmen.gliederung import anker
from massnahmen.models import Umsetzungsstand

from . import baum
from .zeilen import Zeilen

HOECHSTENS_JAHRE = 10
"""More columns do not fit on a page."""


def zeitplan(zeilen: Zeilen, ohne: Collection[str] = ()) -> baum.Zeitplan | baum.Hinweis:
    """The plan of a concept, or a Hinweis where no measure has a Zeitraum that is understood. No queries.

    The columns are the years of validity where the concept names them, else those in which measures run. A measure
    without end runs to the last column; one that only recurs, or whose wording is not understood, has no bar and keeps
    its wording. Dropped measures are left out, and those whose Anker stand in `ohne`.
    """
    nummern = zeilen.nummern
    massnahmen = {
        feld.pk: [
            m
            for _, gruppe in nummern.tabellenabschnitte(feld)
            for m in gruppe
            if m.umsetzungsstand != Umsetzungsstand.ENTFALLEN and anker(m) not in ohne
        ]
        for feld in nummern.felder
    }
    jahre = _jahre(zeilen.konzept, [m for gruppe in massnahmen.values() for m in gruppe])
    if not jahre:
        return baum.Hinweis(text="Zu den Maßnahmen ist noch kein Zeitraum angegeben.")
    return baum.Zeitplan(
        jahre=jahre,
        felder=tuple(
            baum.Zeitplanfeld(
                feld=baum.Verweis(anker=anker(feld), nummer=nummern[feld], titel=feld.titel),
                zeilen=tuple(
                    baum.Zeitplanzeile(
                        massnahme=baum.Verweis(
                            anker=anker(m), nummer=nummern.kennung(m), titel=m.kurztitel or m.titel
                        ),
                        zeitraum=str(m.zeitraum or ""),
                        laeuft=tuple(_laeuft(m.zeitraum, jahr) for jahr in jahre),
                    )
                    for m in massnahmen[feld.pk]
                ),
            )
            for feld in nummern.felder
            if massnahmen[feld.pk]
        ),
    )


def _grenzen(zeitraum) -> tuple[int | None, int | None]:
    """First and last year; None is open on that side."""
    beginn, ende = zeitraum.erster_tag, zeitraum.letzter_tag
    return beginn and beginn.year, ende and ende.year


def _laeuft(zeitraum, jahr: int) -> bool:
    if not zeitraum or not (zeitraum.offen or zeitraum.beginn or zeitraum.ende):
        return False
    ab, bis = _grenzen(zeitraum)
    return (ab is None or ab <= jahr) and (bis is None or jahr <= bis)


def _jahre(konzept, massnahmen) -> tuple[int, ...]:
    ab, bis = konzept.gueltig_ab, konzept.gueltig_bis
    genannt = {jahr for m in massnahmen if m.zeitraum for jahr in _grenzen(m.zeitraum) if jahr}
    if not genannt and not any(m.zeitraum and m.zeitraum.offen for m in massnahmen):
        return ()
    ab = ab or min(genannt, default=bis)
    bis = bis or max(genannt, default=ab)
    if ab is None:
        return ()
    return tuple(range(ab, max(ab, min(bis, ab + HOECHSTENS_JAHRE - 1)) + 1))
