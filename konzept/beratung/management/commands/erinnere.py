"""`manage.py erinnere`: the mails of the day about Runden, as the worker sends them once a day."""

from django.core.management.base import BaseCommand, CommandError

from konzept.beratung.tagespost import TagespostUnvollstaendig, erinnere


class Command(BaseCommand):
    help = (
        "Reminds of Runden that end, tells of answers and of what a Runde brought: one mail a day and person, which "
        "`arbeite` sends."
    )

    def handle(self, **optionen):
        try:
            anzahl = erinnere()
        except TagespostUnvollstaendig as fehler:
            raise CommandError(f"{fehler} Ein neuer Aufruf versucht es noch einmal.") from fehler
        self.stdout.write(f"{anzahl} E-Mails geschrieben.")
