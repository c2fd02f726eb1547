"""`manage.py drucke_fassung`: the PDFs that a frozen version lacks; the server starts it by itself."""

from django.core.management.base import BaseCommand, CommandError

from konzept.fassungen.ausgaben import lebenszeichen, stelle_alle_her
from konzept.fassungen.models import Fassung


class Command(BaseCommand):
    help = "Makes the PDFs of a frozen version that are not there yet."

    def add_arguments(self, parser):
        parser.add_argument("fassung", type=int, help="primary key of the Fassung")

    def handle(self, *, fassung, **_):
        if not Fassung.objects.filter(pk=fassung).exists():
            raise CommandError(f"Eine Fassung mit der Nummer {fassung} gibt es nicht.")
        with lebenszeichen(fassung):
            stelle_alle_her(fassung)
