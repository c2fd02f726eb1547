"""`manage.py erinnere`: the mails of the day about Runden, as the worker sends them once a day."""

from django.core.management.base import BaseCommand, CommandError

from konzept.beratung.tagespost import misslungen, verschicke
from konzept.eigene_adresse import absolut


class Command(BaseCommand):
    help = (
        "Reminds of Runden that end, tells of answers and of what a Runde brought: one mail a day and person. Fails if "
        "one could not be sent."
    )

    def handle(self, **_):
        verschickt, gescheitert = verschicke(absolut(""))
        self.stdout.write(f"{verschickt} E-Mails verschickt.")
        if satz := misslungen(gescheitert):
            raise CommandError(f"{satz} Ein neuer Aufruf versucht es noch einmal.")
