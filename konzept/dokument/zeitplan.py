"""When the measures of a document run: year by year, from what was read in their Zeitraum."""

from massnahmen.models import Umsetzungsstand

from . import baum
from .posten import handlungsfelder, massnahmen_in

HOECHSTENS_JAHRE = 30
"""More columns are a typing error rather than a plan."""
OHNE_ZEITRAUM = "Zu den Maßnahmen ist noch kein Zeitraum angegeben."
OHNE_JAHRE = "Kein Zeitraum der Maßnahmen nennt ein Jahr, und das Konzept nicht, von wann bis wann es gilt."


def zeitplan(dokument: baum.Dokument) -> baum.Zeitplan | baum.Hinweis:
    """The plan of a document, or a Hinweis where no measure has a Zeitraum that is understood.

    The columns are the years of validity where the concept names them, else those in which measures run. A measure
    without end runs to the last column, one that comes again without a begin in each; one whose wording is not
    understood has no bar and keeps its wording. A postponed one runs in no year, and a dropped one is left out.
    """
    felder = [
        (feld, [m for m in massnahmen_in(feld) if m.stand_schluessel != Umsetzungsstand.ENTFALLEN])
        for feld in handlungsfelder(dokument)
    ]
    jahre = _jahre(dokument, [m for _, massnahmen in felder for m in massnahmen])
    if not jahre:
        ohne_jahr = any(m.offen or m.wiederkehr for _, massnahmen in felder for m in massnahmen)
        return baum.Hinweis(text=OHNE_JAHRE if ohne_jahr else OHNE_ZEITRAUM)
    return baum.Zeitplan(
        jahre=jahre,
        felder=tuple(
            baum.Zeitplanfeld(
                feld=baum.Verweis(anker=feld.anker, nummer=feld.nummer, titel=feld.titel),
                zeilen=tuple(_zeile(m, jahre) for m in massnahmen),
            )
            for feld, massnahmen in felder
            if massnahmen
        ),
    )


def _zeile(m: baum.Massnahme, jahre: tuple[int, ...]) -> baum.Zeitplanzeile:
    spaeter = m.stand_schluessel == Umsetzungsstand.ZURUECKGESTELLT
    laeuft = tuple(not spaeter and _laeuft(m, jahr) for jahr in jahre)
    return baum.Zeitplanzeile(
        massnahme=baum.Verweis(anker=m.anker, nummer=m.kennung, titel=m.kurz or m.titel),
        zeitraum=m.zeitraum,
        laeuft=laeuft,
        vermerk="" if any(laeuft) else m.stand if spaeter else _ausserhalb(m, jahre),
    )


def _laeuft(m: baum.Massnahme, jahr: int) -> bool:
    if not (m.offen or m.von or m.bis or m.wiederkehr):
        return False
    return (m.von is None or m.von.year <= jahr) and (m.bis is None or jahr <= m.bis.year)


def _ausserhalb(m: baum.Massnahme, jahre: tuple[int, ...]) -> str:
    """Where a measure runs that runs in none of these years, though its Zeitraum was understood."""
    if m.von and m.von.year > jahre[-1]:
        return f"erst ab {m.von.year}"
    if m.bis and m.bis.year < jahre[0]:
        return f"nur bis {m.bis.year}"
    return ""


def _jahre(dokument: baum.Dokument, massnahmen: list[baum.Massnahme]) -> tuple[int, ...]:
    ab, bis = dokument.gueltig_ab, dokument.gueltig_bis
    genannt = {tag.year for m in massnahmen for tag in (m.von, m.bis) if tag}
    if not genannt and not any(m.offen or m.wiederkehr for m in massnahmen):
        return ()
    if genannt:
        ab, bis = ab or min(genannt), bis or max(genannt)
    ab, bis = ab or bis, bis or ab
    if ab is None or bis is None:
        return ()
    return tuple(range(ab, max(ab, min(bis, ab + HOECHSTENS_JAHRE - 1)) + 1))
