"""Chance that always falls the same way."""

from random import Random

from django.db import models

from . import texte

BEGINN, ENDE = 2027, 2032
"""First and last year of the concept."""


def speichere(modell: type[models.Model], zeilen) -> list:
    return modell._default_manager.bulk_create(list(zeilen))


class Wuerfel(Random):
    def waehle(self, auswahl, mindestens: int, hoechstens: int) -> list:
        return self.sample(auswahl, self.randint(mindestens, hoechstens))

    def fuelle(self, satz: str) -> str:
        """The sentence with a number, a year, a place and a group in its braces."""
        return satz.format(
            ort=self.choice(texte.ORTE),
            gruppe=self.choice(texte.ZIELGRUPPEN),
            zahl=self.randrange(12, 240),
            jahr=self.randint(BEGINN + 1, ENDE),
        )

    def fuelle_eines(self, auswahl) -> str:
        return self.fuelle(self.choice(auswahl))

    def text(self, saetze, mindestens: int, hoechstens: int) -> str:
        """One paragraph of different sentences, in the order of their list."""
        nummern = sorted(self.waehle(range(len(saetze)), mindestens, hoechstens))
        return " ".join(self.fuelle(saetze[nummer]) for nummer in nummern)

    def absaetze(self, saetze, anzahl: int) -> str:
        return "\n\n".join(self.text(saetze, 4, 6) for _ in range(anzahl))

    def liste(self, saetze, anzahl: int) -> str:
        return "\n".join(f"- {self.fuelle(satz)}" for satz in self.sample(saetze, anzahl))
