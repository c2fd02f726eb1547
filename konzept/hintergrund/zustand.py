"""Signs of life of the workers, and what can be told about what waits."""

from datetime import timedelta

from . import pacht
from .models import Arbeiter

TAKT = 10.0
"""Seconds between two signs of life."""
TOT = timedelta(seconds=60)
"""After so long without one, a worker counts as dead."""
VERGESSEN = timedelta(days=1)


def melde_leben(name: str, rechner: str) -> None:
    """Say that a worker lives, and forget those that have not for long."""
    jetzt = pacht.jetzt()
    Arbeiter.objects.update_or_create(
        name=name,
        defaults={"gesehen_am": jetzt},
        create_defaults={"gesehen_am": jetzt, "begonnen_am": jetzt, "rechner": rechner},
    )
    Arbeiter.objects.filter(gesehen_am__lt=jetzt - VERGESSEN).delete()


def melde_ab(name: str) -> None:
    Arbeiter.objects.filter(name=name).delete()


def lebt() -> bool:
    """Whether anybody does what waits. One query, and one on PostgreSQL for its clock."""
    return Arbeiter.objects.filter(gesehen_am__gt=pacht.jetzt() - TOT).exists()
