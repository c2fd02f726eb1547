"""`manage.py aufraeumen`: deletes what has expired, as the worker does once a day."""

from django.core.management.base import BaseCommand, CommandError

from konzept.konten.aufraeumen import misslungen, raeume_auf


class Command(BaseCommand):
    help = "Deletes expired sessions, invitations, log entries and counters, and says how many; fails if some stay."

    def handle(self, **_):
        ergebnis = raeume_auf()
        for was, anzahl in ergebnis.items():
            if anzahl is not None:
                self.stdout.write(f"{was}: {anzahl} gelöscht")
        if satz := misslungen(ergebnis):
            raise CommandError(satz)
