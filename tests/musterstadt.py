"""Musterstadt with fewer Handlungsfelder: every kind of content, but printed and judged in less time."""

from konzept.models import Konzept

BEHALTEN = (
    "Ankommen und Sprache",
    "Bürgerschaftliches Engagement und Beteiligung",
    "Interkulturelle Öffnung, Gesundheit und Schutz vor Diskriminierung",
)
"""They show all that the six of them show."""


def kuerze(konzept: Konzept) -> None:
    """Delete the other Handlungsfelder of the loaded example."""
    for feld in konzept.handlungsfelder.exclude(titel__in=BEHALTEN):
        feld.delete()
