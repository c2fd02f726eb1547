"""`manage.py aufraeumen`: deletes what has expired; meant to run once a day."""

from django.core.management.base import BaseCommand

from konzept.konten.aufraeumen import raeume_auf


class Command(BaseCommand):
    help = "Deletes expired sessions, invitations, log entries and counters, and says how many."

    def handle(self, **_):
        for was, anzahl in raeume_auf().items():
            self.stdout.write(f"{was}: {anzahl} gelöscht")
