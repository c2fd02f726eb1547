"""Which years an amount counts for.

The rule, as the sums in the print state it: a single amount counts once, in its year. A yearly amount counts in every
year from its `jahr` to its `bis_jahr`; where one is missing, the Zeitraum of the measure and then the validity of the
concept take its place. A monthly amount counts twelve times, a half-yearly one twice.
An amount whose years stay unknown is summed once, without a year.
"""

from decimal import Decimal

from .geld import Turnus

MAL_IM_JAHR = {Turnus.JAEHRLICH: 1, Turnus.HALBJAEHRLICH: 2, Turnus.MONATLICH: 12}


def betrag_je_jahr(betrag: Decimal | None, turnus: str) -> Decimal | None:
    """EUR per year of a recurring amount, the amount itself of a single one, None where there is none."""
    if betrag is None:
        return None
    return betrag * MAL_IM_JAHR.get(turnus, 1)


def jahre(position, zeitraum, gueltig_ab: int | None, gueltig_bis: int | None) -> tuple[int, ...]:
    """The years of a Kostenposition, in order; () where they are unknown. Never more than 50."""
    wiederkehrend = position.turnus in MAL_IM_JAHR
    beginn = position.jahr or (zeitraum.erster_tag.year if zeitraum and zeitraum.erster_tag else None)
    if not wiederkehrend:
        # A single amount of a measure that runs for several years has no year of its own.
        ende = zeitraum.letzter_tag.year if zeitraum and zeitraum.letzter_tag else None
        return (beginn,) if beginn and (position.jahr or beginn == ende) else ()
    ende = position.bis_jahr or (
        zeitraum.letzter_tag.year if zeitraum and zeitraum.letzter_tag else gueltig_bis
    )
    beginn = beginn or gueltig_ab
    if gueltig_ab and not position.jahr and beginn:
        beginn = max(beginn, gueltig_ab)
    if not beginn or not ende or ende < beginn:
        return ()
    return tuple(range(beginn, min(ende, beginn + 49) + 1))
