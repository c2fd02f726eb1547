"""`manage.py grosses_beispiel`: a concept as large as one likes, for trying and measuring."""

from time import perf_counter

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from konzept.austausch.grosses_beispiel import SLUG, erzeuge, vorhandenes


class Command(BaseCommand):
    help = (
        "Writes an invented concept with so many measures, in place of an earlier one. "
        "Where a concept with this number is there already, nothing happens."
    )

    def add_arguments(self, parser):
        parser.add_argument("--massnahmen", type=int, default=300, metavar="N", help="default: 300")
        parser.add_argument("--kommune", default=SLUG, metavar="ADRESSE", help=f"default: {SLUG}")
        parser.add_argument("--neu", action="store_true", help="write it again even if it is there")

    def handle(self, *, massnahmen, kommune, neu, **_):
        if not neu and (konzept := vorhandenes(massnahmen, kommune)):
            self.stdout.write(f"{konzept.kommune}: „{konzept}“ schon vorhanden (--neu schreibt es neu)")
            return
        beginn = perf_counter()
        try:
            konzept = erzeuge(massnahmen, kommune)
        except ValueError as fehler:
            raise CommandError("--massnahmen: Geben Sie eine Zahl ab 0 an, z. B. 300.") from fehler
        except ValidationError as fehler:
            raise CommandError(f"--kommune: {' '.join(fehler.messages)}") from fehler
        self.stdout.write(f"{konzept.kommune}: „{konzept}“ geschrieben ({perf_counter() - beginn:.1f} s)")
